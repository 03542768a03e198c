// Loads the measuring part. It travels inside script modules as base64, because the policy allows no fetch at all.
/** @import {Engine, Objective} from '../types.js' */
import { Trouble } from '../shell/errors.js';
import { catalogue } from './catalogue.js';

/** The model that gives a score, and that the page begins with. */
export const DEFAULT = 'metric-act';

/** Each model's weights, in the order in which they are offered. */
const WEIGHTS = /** @satisfies {Record<Objective, () => Promise<{default: string}>>} */ ({
  unsupervised: () => import('../../pkg/model-unsupervised.js'),
  'metric-cluster': () => import('../../pkg/model-metric-cluster.js'),
  'metric-act': () => import('../../pkg/model-metric-act.js'),
  'metric-val': () => import('../../pkg/model-metric-val.js'),
});
export const OBJECTIVES = /** @type {Objective[]} */ (Object.keys(WEIGHTS));

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

/** @param {Objective} objective */
const weights = (objective) => piece(`model-${objective}.js`, WEIGHTS[objective]);

/** @param {string} base64 @returns {Uint8Array<ArrayBuffer>} */
function bytes(base64) {
  const text = atob(base64);
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) out[i] = text.charCodeAt(i);
  return out;
}

/** Models that were wanted, opened. @type {Map<Objective, Engine>} */
const opened = new Map();

/**
 * The measuring part with one of the models.
 * @param {Engine['wasm']} wasm
 * @param {Objective} objective
 * @returns {Promise<Engine>}
 */
export async function withModel(wasm, objective) {
  const known = opened.get(objective);
  if (known) return known;
  const file = await weights(objective);
  try {
    const model = new wasm.Model(bytes(file.default));
    const engine = { wasm, model, info: model.info(), cloud: model.cloud(), catalogue };
    opened.set(objective, engine);
    return engine;
  } catch (error) {
    throw new Trouble('model', {}, error);
  }
}

/** @param {Objective} objective @returns {Promise<Engine>} */
export async function load(objective) {
  const [wasm, binary] = await Promise.all([
    piece('undertone.js', () => import('../../pkg/undertone.js')),
    piece('undertone-wasm.js', () => import('../../pkg/undertone-wasm.js')),
    weights(objective),
  ]);
  await piece('WebAssembly', async () =>
    wasm.initSync({ module: await WebAssembly.compile(bytes(binary.default)) }),
  );
  return withModel(wasm, objective);
}

/**
 * Brings in the weights of all models, so that nothing has to be asked for when another one is wanted. They stay text until
 * then. One that does not come is no harm before it is wanted.
 */
export const fetchAll = () => Promise.allSettled(OBJECTIVES.map(weights));
