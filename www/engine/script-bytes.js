// WebAssembly and models travel inside script modules, as text with a character per byte, because the policy allows
// no fetch at all.
import { CodedError } from '../shell/errors.js';

/**
 * @template T
 * @param {string} part  its name in messages
 * @param {() => Promise<T>} load
 */
export async function piece(part, load) {
  try {
    return await load();
  } catch (error) {
    throw new CodedError('load', { part }, error);
  }
}

/**
 * The bytes of a string: its first 256 characters stand for the bytes 0 to 255, and each one after them for a byte.
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function bytes(text) {
  const alphabet = 256;
  // No character of the alphabet has a number above 511.
  const byteOf = new Uint8Array(2 * alphabet);
  for (let byte = 0; byte < alphabet; byte += 1) byteOf[text.charCodeAt(byte)] = byte;
  const out = new Uint8Array(Math.max(text.length - alphabet, 0));
  for (let i = 0; i < out.length; i += 1) out[i] = byteOf[text.charCodeAt(alphabet + i)];
  return out;
}

/**
 * Starts a module of which the bindings are there.
 * @param {{initSync: (start: {module: WebAssembly.Module}) => unknown}} bindings
 * @param {string} text
 */
export async function start(bindings, text) {
  try {
    bindings.initSync({ module: await WebAssembly.compile(bytes(text)) });
  } catch (error) {
    throw new CodedError('start', {}, error);
  }
}
