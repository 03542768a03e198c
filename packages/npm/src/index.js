// `undertone`: features, and the score of a voice with its reasons. What is used is loaded at its first use.
/** @import {Analysis, Explanation, ExplainOptions, Measures, ModelName, ScoreOptions, Signal, Utterance, UtteranceOptions} from './types.js' */
import { UndertoneError, called, checkRate, checkSamples, checkSignal, checkSound, kind } from './errors.js';
import { inPieces, inSlices } from './slices.js';
import { bytes, once, part, started } from './start.js';

export { FEATURES, LLDS, UndertoneError, Extractor, extract, load, mix } from './features.js';

const engine = once(() =>
  started(part('the scores', () => Promise.all([import('./wasm/score.js'), import('./wasm/score-wasm.js')]))),
);

const WEIGHTS = {
  'metric-act': () => import('./wasm/model-metric-act.js'),
  'metric-cluster': () => import('./wasm/model-metric-cluster.js'),
  'metric-val': () => import('./wasm/model-metric-val.js'),
  unsupervised: () => import('./wasm/model-unsupervised.js'),
};

/** The models that there are; the first gives the score that the page shows. @type {readonly ModelName[]} */
export const MODELS = Object.freeze(/** @type {ModelName[]} */ (Object.keys(WEIGHTS)));

/** @param {ModelName} name */
const reading = (name) =>
  once(async () => {
    const { Model } = await engine();
    const [shared, own] = await part(`the model ${name}`, () =>
      Promise.all([import('./wasm/models-shared.js'), WEIGHTS[name]()]),
    );
    try {
      return new Model(bytes(shared.default), bytes(own.default));
    } catch (error) {
      throw new UndertoneError('load', `the model ${name} is damaged`, error);
    }
  });
/** @type {Map<ModelName, () => Promise<import('./wasm/score.js').Model>>} */
const models = new Map(MODELS.map((name) => [name, reading(name)]));

/** @param {ModelName} name @returns {Promise<import('./wasm/score.js').Model>} */
function model(name) {
  const read = models.get(name);
  if (read) return read();
  const shown = typeof name === 'string' ? `“${name}”` : kind(name);
  throw new UndertoneError('bad_argument', `there is no model ${shown}: use one of ${MODELS.join(', ')}`);
}

/**
 * Loads and starts what scores need, which the first call does otherwise.
 * @param {ModelName} [name]
 * @returns {Promise<void>}
 */
export async function loadScore(name = 'metric-act') {
  await model(name);
}

/**
 * Measures a sound, and hands what was measured on before its memory is freed.
 * @template T
 * @param {Float32Array} samples
 * @param {number} rateHz
 * @param {Signal|undefined} signal
 * @param {(scoring: import('./wasm/score.js').Scoring) => T} result
 */
async function measured(samples, rateHz, signal, result) {
  checkSound(samples);
  checkRate(rateHz);
  checkSignal(signal);
  const { Scoring } = await engine();
  const scoring = called(() => new Scoring(rateHz));
  try {
    await inPieces(samples, (piece) => scoring.push(piece), signal);
    await inSlices(() => called(() => scoring.step()) >= 1, signal);
    return called(() => result(scoring));
  } finally {
    scoring.free();
  }
}

/**
 * What is measured of an utterance without any model: its speech, flags, pitch and 88 features, at 16 kHz. It is what a score rests
 * on, and no score.
 * @param {Float32Array} samples  mono, −1 to 1; the array is not changed
 * @param {number} rateHz  8000 to 192000
 * @param {{signal?: Signal}} [options]
 * @returns {Promise<Measures>}
 */
export function measure(samples, rateHz, { signal } = {}) {
  return measured(samples, rateHz, signal, (scoring) => scoring.measures());
}

/**
 * The score of an utterance, with its interval, flags and reasons: the object that `undertone score --json` writes. Works in slices of
 * a few milliseconds.
 * @param {Float32Array} samples  mono, −1 to 1; the array is not changed
 * @param {number} rateHz  8000 to 192000
 * @param {ScoreOptions} [options]
 * @returns {Promise<Analysis>}
 */
export async function score(samples, rateHz, { model: name = 'metric-act', signal } = {}) {
  checkSound(samples);
  const weights = await model(name);
  return measured(samples, rateHz, signal, (scoring) => scoring.analysis(weights));
}

/**
 * What moved the score of an utterance, by a method of attribution: the object that `undertone explain --format json` writes.
 * @param {Float32Array} samples  mono, −1 to 1; the array is not changed
 * @param {number} rateHz  8000 to 192000
 * @param {ExplainOptions} [options]
 * @returns {Promise<Explanation>}
 */
export async function explain(samples, rateHz, options = {}) {
  const { method = 'path', background = [], model: name = 'metric-act', signal } = options;
  checkSound(samples);
  if (!['path', 'expected', 'shapley'].includes(method))
    throw new UndertoneError('bad_argument', `there is no method “${method}”: use path, expected or shapley`);
  if (!Array.isArray(background))
    throw new UndertoneError(
      'bad_argument',
      `background must be an array of sounds, not ${kind(background)}`,
    );
  if ((method === 'expected') !== background.length > 0)
    throw new UndertoneError(
      'bad_argument',
      'the method “expected” needs a background of at least one voice, and the others take none',
    );
  const weights = await model(name);
  /** @type {number[]} */
  const inputs = [];
  for (const other of background)
    inputs.push(...(await measured(other.samples, other.rateHz, signal, (scoring) => scoring.inputs())));
  return measured(samples, rateHz, signal, (scoring) =>
    scoring.explanation(weights, method, Float32Array.from(inputs)),
  );
}

/** Cuts a longer sound at its pauses while it comes in, and scores each utterance by itself. */
export class UtteranceScorer {
  /** @type {import('./wasm/score.js').Utterances|null} */
  #utterances;

  /**
   * @private
   * @param {import('./wasm/score.js').Utterances} utterances
   */
  constructor(utterances) {
    this.#utterances = utterances;
  }

  /**
   * @param {number} rateHz  8000 to 192000
   * @param {{pauseSeconds?: number, model?: ModelName}} [options]  a pause of `pauseSeconds` (0.2 to 3; 0.5 unless given) ends an utterance
   * @returns {Promise<UtteranceScorer>}
   */
  static async create(rateHz, { pauseSeconds, model: name = 'metric-act' } = {}) {
    checkRate(rateHz);
    if (pauseSeconds !== undefined && typeof pauseSeconds !== 'number')
      throw new UndertoneError('bad_argument', `pauseSeconds must be a number, not ${kind(pauseSeconds)}`);
    const [{ Utterances }, weights] = [await engine(), await model(name)];
    return new UtteranceScorer(called(() => new Utterances(rateHz, pauseSeconds, weights)));
  }

  /**
   * Adds mono samples, and scores the utterances that are complete with them: one is known about 2.5 s after its end.
   * @param {Float32Array} samples
   * @returns {Utterance[]}
   */
  push(samples) {
    checkSamples(samples);
    const utterances = this.#open();
    called(() => utterances.push(samples));
    return rest(utterances);
  }

  /**
   * Ends the sound, frees the memory, and gives the utterances that are left.
   * @returns {Utterance[]}
   */
  finish() {
    const utterances = this.#open();
    try {
      called(() => utterances.finish());
      return rest(utterances);
    } finally {
      this.free();
    }
  }

  /** Gives the sound up and frees its memory. @returns {void} */
  free() {
    this.#utterances?.free();
    this.#utterances = null;
  }

  #open() {
    if (this.#utterances) return this.#utterances;
    throw new UndertoneError('closed', 'this sound has ended already: create another UtteranceScorer');
  }
}

/** @param {import('./wasm/score.js').Utterances} utterances @returns {Utterance[]} */
function rest(utterances) {
  /** @type {Utterance[]} */
  const found = [];
  for (let next = called(() => utterances.next()); next; next = called(() => utterances.next()))
    found.push(next);
  return found;
}

/**
 * The utterances of a longer sound, each with its score: the objects that `undertone score --utterances --json` writes. Scoring one
 * utterance is a slice by itself: long sounds belong in a worker.
 * @param {Float32Array} samples  mono, −1 to 1; the array is not changed
 * @param {number} rateHz  8000 to 192000
 * @param {UtteranceOptions} [options]
 * @returns {Promise<Utterance[]>}
 */
export async function utterances(samples, rateHz, { signal, onUtterance, ...options } = {}) {
  checkSound(samples);
  checkSignal(signal);
  const scorer = await UtteranceScorer.create(rateHz, options);
  /** @type {Utterance[]} */
  const found = [];
  /** @param {Utterance[]} next */
  const take = (next) => {
    found.push(...next);
    if (onUtterance) next.forEach((utterance) => onUtterance(utterance));
  };
  try {
    await inPieces(samples, (piece) => take(scorer.push(piece)), signal);
    take(scorer.finish());
    return found;
  } finally {
    scorer.free();
  }
}
