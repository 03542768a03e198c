// What a model predicts from what was measured. Measuring is done once; predicting, whenever another model is
// chosen.
/** @import {Engine, Levelled, Prediction, Recording, Utterance, WindowInputs} from '../types.js' */
import { pace } from '../shell/slices.js';
import { readerNow } from './reader.js';

/** A model's inputs, in the catalogue's order. @param {Levelled} measures */
export const inputs = ({ model_features: values }) => Float32Array.from(Object.values(values));

/**
 * @template {Levelled} M
 * @param {M} measures  all of them, or those that are there first
 * @param {Pick<Engine, 'model'>} engine
 * @returns {M & Prediction}
 */
export function predict(measures, { model }) {
  const { active_speech_s: speech, snr_db: snr } = measures.signal;
  const prediction = model.predict(inputs(measures), speech, snr ?? undefined);
  const { flags } = measures;
  return {
    ...measures,
    ...prediction,
    flags: prediction.unlike_reference ? [...flags, 'unlike_reference'] : flags,
  };
}

/**
 * With this model's prediction, or, where it is to be acoustics only, without any.
 * @template {Pick<Recording, 'measures'|'analysis'>} R
 * @param {R} recording
 * @param {Engine|null} engine
 * @param {boolean} acoustics
 * @returns {R}
 */
function predictedBy(recording, engine, acoustics) {
  const { measures, analysis } = recording;
  const wanted = measures && engine && !acoustics ? engine : null;
  if ((analysis?.model.hash ?? null) === (wanted?.info.hash ?? null)) return recording;
  return { ...recording, analysis: measures && wanted ? predict(measures, wanted) : null };
}

/**
 * An utterance with what a model predicts, and how far that can be relied on: that depends on the flags, one of which is the model's.
 * @param {Utterance} utterance
 * @param {Engine} engine
 * @param {boolean} acoustics
 * @returns {Utterance}
 */
export function judged(utterance, engine, acoustics) {
  const predicted = predictedBy(utterance, engine, acoustics);
  const { analysis, measures, seconds, aboveDb, failed } = predicted;
  const parts = readerNow();
  if ((!measures && !failed) || !parts) return utterance;
  const flags = (analysis ?? measures)?.flags ?? [];
  const { certainty, reasons } = parts.certainty(seconds, aboveDb, flags, failed ?? undefined);
  return { ...predicted, certainty, reasons, ...(acoustics ? {} : windowsBy(predicted, engine)) };
}

/**
 * The scores of an utterance's windows by this model: those of another one that cannot be predicted anew are left out.
 * @param {Utterance} utterance
 * @param {Engine} engine
 * @returns {Pick<Utterance, 'windows'|'windowsBy'>}
 */
function windowsBy({ windows, windowsBy: by, windowInputs }, { model, info }) {
  if (by === info.hash) return { windows, windowsBy: by };
  const anew = windowInputs.map((one) => windowOf(one, model));
  return { windows: anew, windowsBy: anew.length ? info.hash : '' };
}

/**
 * Start, end and score of a window.
 * @param {WindowInputs} window
 * @param {Engine['model']} model
 * @returns {[number, number, number]}
 */
export const windowOf = ({ start, end, features, speechS, snrDb }, model) => [
  start,
  end,
  model.predict(features, speechS, snrDb).activation,
];

/**
 * A recording, and the utterances of its course, as the page shows them.
 * @param {Recording} recording
 * @param {Engine|null} engine
 * @param {boolean} acoustics
 * @returns {Recording}
 */
export function shownBy(recording, engine, acoustics) {
  const predicted = predictedBy(recording, engine, acoustics);
  const { course } = predicted;
  if (!course || !engine) return predicted;
  if (!course.utterances.some((one) => isOther(one, engine, acoustics))) return predicted;
  const utterances = course.utterances.map((one) => now(one, engine, acoustics));
  return { ...predicted, course: { ...course, utterances } };
}

/** Whether it is to be read by a model, or by another one. @param {Utterance} one @param {Engine} engine @param {boolean} acoustics */
const isOther = ({ measures, analysis }, engine, acoustics) =>
  measures && (analysis?.model.hash ?? null) !== (acoustics ? null : engine.info.hash);

/** @param {Utterance} one @param {Engine} engine @param {boolean} acoustics */
const now = (one, engine, acoustics) =>
  isOther(one, engine, acoustics) ? judged(one, engine, acoustics) : one;

/**
 * {@link shownBy} in slices: hundreds of utterances take longer than the page may stand still.
 * @param {Recording} recording
 * @param {Engine} engine
 * @param {boolean} acoustics
 * @returns {Promise<Recording>}
 */
export async function shownInSlices(recording, engine, acoustics) {
  const { course } = recording;
  if (!course) return shownBy(recording, engine, acoustics);
  const utterances = [];
  const rested = pace();
  for (const one of course.utterances) {
    utterances.push(now(one, engine, acoustics));
    await rested();
  }
  return shownBy({ ...recording, course: { ...course, utterances } }, engine, acoustics);
}
