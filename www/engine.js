// Loads the measuring part. It travels inside script modules as base64, because the policy allows no fetch at all.
/** @import {Engine} from './types.js' */
import { Trouble } from './errors.js';

/**
 * @template T
 * @param {string} part  its name in messages
 * @param {() => Promise<T>} load
 */
async function piece(part, load) {
  try {
    return await load();
  } catch (error) {
    throw new Trouble('load', { part }, error);
  }
}

/** @param {string} base64 @returns {Uint8Array<ArrayBuffer>} */
function bytes(base64) {
  const text = atob(base64);
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) out[i] = text.charCodeAt(i);
  return out;
}

/** @returns {Promise<Engine>} */
export async function load() {
  const [wasm, binary, weights] = await Promise.all([
    piece('undertone.js', () => import('../pkg/undertone.js')),
    piece('undertone-wasm.js', () => import('../pkg/undertone-wasm.js')),
    piece('model-metric-act.js', () => import('../pkg/model-metric-act.js')),
  ]);
  await piece('WebAssembly', async () => wasm.initSync({ module: await WebAssembly.compile(bytes(binary.default)) }));
  try {
    const model = new wasm.Model(bytes(weights.default));
    return { wasm, model, info: model.info(), cloud: model.cloud(), catalogue: wasm.catalogue() };
  } catch (error) {
    throw new Trouble('model', {}, error);
  }
}
