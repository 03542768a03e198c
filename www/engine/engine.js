// Loads the measuring part and the models.
/** @import {Engine, Objective} from '../types.js' */
import { CodedError, codeOf } from '../shell/errors.js';
import { catalogue } from './catalogue.js';
import { OBJECTIVES, sharedWeights, weightsOf } from './models.js';
import { bytes, piece, start } from './script-bytes.js';

/** @param {Objective} objective */
const weights = (objective) => piece(`model-${objective}.js`, () => weightsOf(objective));
const shared = () => piece('models-shared.js', sharedWeights);

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
  const [common, own] = await Promise.all([shared(), weights(objective)]);
  try {
    const model = new wasm.Model(bytes(common), bytes(own));
    const engine = { wasm, model, info: model.info(), cloud: model.cloud(), catalogue };
    opened.set(objective, engine);
    return engine;
  } catch (error) {
    // A file that does not fit is refused with a code; anything else is a measuring part that does not run.
    throw new CodedError(codeOf(error) ? 'model' : 'start', {}, error);
  }
}

/** @param {Objective} objective @returns {Promise<Engine>} */
export async function load(objective) {
  const [wasm, binary] = await Promise.all([
    piece('undertone.js', () => import('../../pkg/undertone.js')),
    piece('undertone-wasm.js', () => import('../../pkg/undertone-wasm.js')),
    weights(objective),
    shared(),
  ]);
  await start(wasm, binary.default);
  return withModel(wasm, objective);
}

/**
 * Brings in the weights of all models, so that nothing has to be asked for when another one is wanted. They
 * stay text until then. One that does not come is no harm before it is wanted.
 */
export const fetchAll = () => Promise.allSettled(OBJECTIVES.map(weights));

/** @type {Promise<Engine>} */
let current;

/** What is measured from now on is measured by this one. @param {Promise<Engine>} loading */
export function use(loading) {
  current = loading;
}

/** The measuring part, as soon as it is there. */
export const ready = () => current;
