// Starts what travels inside script modules as text (base64): so nothing has to be fetched, whatever the host or the bundler.
import { UndertoneError } from './errors.js';

/** @param {string} base64 */
export function bytes(base64) {
  const binary = atob(base64);
  const out = new Uint8Array(binary.length);
  for (let i = 0; i < out.length; i += 1) out[i] = binary.charCodeAt(i);
  return out;
}

/**
 * A part of the package, which is loaded at its first use.
 * @template T
 * @param {string} name  in messages
 * @param {() => Promise<T>} load
 */
export async function part(name, load) {
  try {
    return await load();
  } catch (error) {
    throw new UndertoneError('load', `a part of the package could not be loaded: ${name}`, error);
  }
}

/**
 * @template {{initSync: (start: {module: WebAssembly.Module}) => unknown}} B
 * @param {Promise<[B, {default: string}]>} loading  the bindings, and the module's bytes
 * @returns {Promise<B>}
 */
export async function started(loading) {
  const [bindings, text] = await loading;
  try {
    bindings.initSync({ module: await WebAssembly.compile(bytes(text.default)) });
  } catch (error) {
    throw new UndertoneError(
      'start',
      "WebAssembly did not start: it needs 128-bit vectors (SIMD), and in a page with a Content Security Policy script-src 'wasm-unsafe-eval'",
      error,
    );
  }
  return bindings;
}

/**
 * Does something once. What failed is done again when it is wanted again.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {() => Promise<T>}
 */
export function once(work) {
  /** @type {Promise<T>|undefined} */
  let doing;
  return () => {
    doing ??= work().catch((error) => {
      doing = undefined;
      throw error;
    });
    return doing;
  };
}
