// The sounds of a saved session, apart from its text: half an hour is 150 MB of base64. As part of one text it would stand the page still,
// and several are longer than a text can be. In their place stand marks.
import { unlessAborted } from '../shell/abort.js';
import { breathe } from '../shell/dom.js';
import { CodedError } from '../shell/errors.js';
import { MOST_RECORDINGS } from '../shell/state.js';

/** Bytes of a file that are read at once. */
const READ = 1 << 19;
/** A session's text without its sounds is no longer, in letters: ten thousand utterances. */
export const LONGEST_TEXT = 200e6;

/** How a sound begins. Names are escaped in JSON, so nothing else has quotes like these. */
const BEGINNING = /"sound"[ \t\r\n]{0,8}:[ \t\r\n]{0,8}"/;
/** It has no more letters. */
const LONGEST_BEGINNING = 25;

/** What stands in the place of a sound; no base64 has such letters. @param {number} i */
export const mark = (i) => `@sound ${i}@`;

/** Which sound stands there, if any. @param {string} text */
export function marked(text) {
  const found = /^@sound (\d+)@$/.exec(text);
  return found ? Number(found[1]) : null;
}

/** Bytes that are turned into letters at once: three of them are four letters. */
const WRITTEN = 3 * 8_192;

/** Bytes as base64, piece by piece. @param {Iterable<Uint8Array>} pieces */
export function* base64(pieces) {
  const letters = (/** @type {Uint8Array} */ bytes) => btoa(String.fromCharCode(...bytes));
  let left = new Uint8Array(0);
  for (const piece of pieces) {
    // What is left of the piece before makes whole threes with what comes.
    const more = left.length && 3 - left.length;
    const joined = Uint8Array.of(...left, ...piece.subarray(0, more));
    const rest = piece.subarray(more);
    if (joined.length < 3 && joined.length) {
      left = joined;
      continue;
    }
    yield letters(joined);
    const whole = rest.length - (rest.length % 3);
    for (let from = 0; from < whole; from += WRITTEN)
      yield letters(rest.subarray(from, Math.min(whole, from + WRITTEN)));
    left = rest.slice(whole);
  }
  yield letters(left);
}

/** @param {string} letters @returns {Uint8Array<ArrayBuffer>} throws where it is no base64 */
export function bytesOf(letters) {
  const characters = atob(letters);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = characters.charCodeAt(i);
  return bytes;
}

/** Reads base64 that comes in pieces. */
function decoder() {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const bytes = [];
  let left = '';
  let isWhole = true;
  const take = (/** @type {string} */ letters) => {
    try {
      bytes.push(bytesOf(letters));
    } catch {
      isWhole = false;
    }
  };
  return {
    /** @param {string} letters */
    add(letters) {
      // Nothing follows the end.
      if (left.includes('=') && letters) isWhole = false;
      const all = left + letters;
      // What ends a sound is read at its end.
      const whole = Math.max(0, all.length - (all.length % 4) - 4);
      left = all.slice(whole);
      if (whole && isWhole) take(all.slice(0, whole));
    },
    /** @returns {Blob|null} null where it is damaged */
    end() {
      take(left);
      return isWhole ? new Blob(bytes) : null;
    },
  };
}

/** @typedef {{text: string, sounds: (Blob|null)[]}} Apart  a session's text with marks, and its sounds; null for one that is damaged */

/** Files whose sounds are known already. @type {WeakMap<Blob, Apart>} */
const known = new WeakMap();

/**
 * A file of a session's text whose sounds are apart already.
 * @param {Apart} apart
 * @param {string} name
 */
export function fileOf(apart, name) {
  const file = new File([apart.text], name, { type: 'application/json' });
  known.set(file, apart);
  return file;
}

/**
 * Reads a session's file without its sounds, and these by themselves.
 * @param {Blob} file
 * @param {AbortSignal} [signal]
 * @returns {Promise<Apart>}  throws {@link CodedError} `large_file` or `many_recordings`
 */
export async function apart(file, signal = new AbortController().signal) {
  const before = known.get(file);
  if (before) return before;
  const letters = new TextDecoder();
  /** @type {string[]} */
  const plain = [];
  let length = 0;
  /** @type {Apart['sounds']} */
  const sounds = [];
  /** @type {ReturnType<typeof decoder>|null} */
  let sound = null;
  let rest = '';
  const keep = (/** @type {string} */ text) => {
    length += text.length;
    if (length > LONGEST_TEXT) throw new CodedError('large_file');
    plain.push(text);
  };
  for (let from = 0; from < file.size; from += READ) {
    const bytes = await unlessAborted(file.slice(from, from + READ).arrayBuffer(), signal);
    rest += letters.decode(bytes, { stream: from + READ < file.size });
    while (rest) {
      if (sound) {
        const end = rest.indexOf('"');
        const part = end < 0 ? rest : rest.slice(0, end);
        // Escaped letters are no concern of ours: such a text is read as one.
        if (part.includes('\\')) return { text: await unlessAborted(file.text(), signal), sounds: [] };
        sound.add(part);
        rest = end < 0 ? '' : rest.slice(end);
        if (end < 0) break;
        sounds.push(sound.end());
        sound = null;
      }
      const found = BEGINNING.exec(rest);
      // A beginning may go on in the next piece.
      const until = found ? found.index + found[0].length : Math.max(0, rest.length - LONGEST_BEGINNING);
      keep(rest.slice(0, until));
      rest = rest.slice(until);
      if (!found) break;
      // Each recording has one.
      if (sounds.length === MOST_RECORDINGS) throw new CodedError('many_recordings');
      keep(mark(sounds.length));
      sound = decoder();
    }
    await breathe();
    signal.throwIfAborted();
  }
  keep(rest);
  // A sound that is cut off leaves a text that is.
  return { text: plain.join(''), sounds };
}
