// The speaker's calm voice: lines that were read calmly, as a measure for the recordings of the same session.
/** @import {Analysis, Calm, Engine, Measures, Recording} from '../types.js' */
import { kind } from '../engine/map-axis.js';
import { predict } from '../engine/predict.js';
import { currentCourse, get } from '../shell/state.js';

/** What a model predicts from a line, as long as it is this model. @type {WeakMap<Measures, Analysis>} */
const predicted = new WeakMap();

/** @param {Measures} measures @param {Engine} engine */
function analysisOf(measures, engine) {
  const known = predicted.get(measures);
  if (known?.model.hash === engine.info.hash) return known;
  const found = predict(measures, engine);
  predicted.set(measures, found);
  return found;
}

/** The session that something belongs to: a day, and the file that it came from. @param {Pick<Recording, 'when'|'origin'>} one */
export const sessionOf = ({ when, origin }) => `${when.toDateString()}|${origin ?? ''}`;

/** The calm voice that was read in the session of a recording, or else on its day. @param {Pick<Recording, 'when'|'origin'>} recording */
export function calmFor(recording) {
  const { calm } = get();
  const day = recording.when.toDateString();
  const same = calm.filter(({ when }) => when.toDateString() === day);
  return same.find((one) => sessionOf(one) === sessionOf(recording)) ?? (same.length === 1 ? same[0] : null);
}

/** The calm voices of the sessions of some recordings. @param {Recording[]} recordings */
export const calmVoices = (recordings) =>
  get().calm.filter((one) => recordings.some((recording) => calmFor(recording) === one));

/**
 * A calm voice as the chosen model hears it.
 * @param {Calm|null} calm
 * @returns {{score: number, lines: Analysis[]}|null}  null where there is none, or no score
 */
export function heard(calm) {
  const { engine, acoustics } = get();
  if (!calm || !engine || acoustics || kind() !== 'score') return null;
  const lines = calm.lines.map(({ measures }) => analysisOf(measures, engine));
  return { score: lines.reduce((sum, { activation }) => sum + activation, 0) / lines.length, lines };
}

/** The calm voice that a recording is compared with; not an utterance of a course, where several people may speak. @param {Recording} recording */
export const calmOf = (recording) =>
  get().fromAverage || currentCourse() ? null : heard(calmFor(recording));

/** @typedef {NonNullable<ReturnType<typeof heard>>} CalmVoice */
