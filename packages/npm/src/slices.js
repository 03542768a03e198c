// Long work in slices, so that a page never stands still and a signal can end it.
/** @import {Signal} from './types.js' */
import { checkSignal } from './errors.js';

/** Longest slice in milliseconds. */
const SLICE_MS = 12;
/** Samples that are handed over at once. */
const PIECE = 4096;

/** Lets others run. */
function breathe() {
  return new Promise((go) => {
    const immediate = /** @type {{setImmediate?: (go: unknown) => void}} */ (globalThis).setImmediate;
    if (immediate) {
      immediate(go);
      return;
    }
    // A timer would wait for 4 ms.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      go(undefined);
    };
    port2.postMessage(null);
  });
}

/**
 * Calls `unit` until it returns true.
 * @param {() => boolean} unit  a millisecond or two of work
 * @param {Signal} [signal]
 */
export async function inSlices(unit, signal) {
  checkSignal(signal);
  for (let until = performance.now() + SLICE_MS; !unit();) {
    if (performance.now() < until) continue;
    await breathe();
    checkSignal(signal);
    until = performance.now() + SLICE_MS;
  }
  checkSignal(signal);
}

/**
 * Hands over a sound piece by piece.
 * @param {Float32Array} samples
 * @param {(piece: Float32Array) => void} push
 * @param {Signal} [signal]
 */
export async function inPieces(samples, push, signal) {
  let from = 0;
  await inSlices(() => {
    push(samples.subarray(from, from + PIECE));
    from += PIECE;
    return from >= samples.length;
  }, signal);
}
