// A sound as a WAV file. Half an hour has 115 MB, so it is made piece by piece.
/** @import {Take} from '../types.js' */
import { pace } from '../shell/slices.js';

/** Its bytes, in pieces. @param {Pick<Take, 'wavPiece'>} take @returns {Generator<Uint8Array<ArrayBuffer>>} */
export function* wavPieces(take) {
  for (let number = 0; ; number += 1) {
    const piece = /** @type {Uint8Array<ArrayBuffer>} */ (take.wavPiece(number));
    if (!piece.length) return;
    yield piece;
  }
}

/**
 * Pieces put together as a file, while the page stays awake.
 * @param {Iterable<string|Uint8Array<ArrayBuffer>>} pieces
 * @param {string} type
 * @returns {Promise<Blob>}
 */
export async function fileOfPieces(pieces, type) {
  /** @type {Blob[]} */
  const parts = [];
  /** @type {(string|Uint8Array<ArrayBuffer>)[]} */
  let slice = [];
  const rested = pace();
  for (const piece of pieces) {
    slice.push(piece);
    if (!(await rested())) continue;
    parts.push(new Blob(slice));
    slice = [];
  }
  return new Blob([...parts, ...slice], { type });
}
