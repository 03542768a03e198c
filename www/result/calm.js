// The speaker's calm voice: lines that were read calmly, as a measure for the recordings of the same session. In a conversation
// each named voice has its own.
/** @import {Analysis, Calm, Engine, Measures, Recording} from '../types.js' */
import { kind } from '../engine/map-axis.js';
import { predict } from '../engine/predict.js';
import { capital, t } from '../shell/i18n.js';
import { voiceName } from '../shell/names.js';
import { current, currentCourse, get } from '../shell/state.js';

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

/**
 * The calm voice that was read in the session of a recording, or else on its day.
 * @param {Pick<Recording, 'when'|'origin'>} recording
 * @param {string} [voice]  its name in a conversation
 */
export function calmFor(recording, voice = '') {
  const { calm } = get();
  const day = recording.when.toDateString();
  const same = calm.filter((one) => one.voice === voice && one.when.toDateString() === day);
  return same.find((one) => sessionOf(one) === sessionOf(recording)) ?? (same.length === 1 ? same[0] : null);
}

/** The calm voices of the sessions of some recordings. @param {Recording[]} recordings */
export const calmVoices = (recordings) =>
  get().calm.filter((one) => recordings.some((recording) => calmFor(recording, one.voice) === one));

/**
 * A calm voice as the chosen model hears it.
 * @param {Calm|null} calm
 * @returns {CalmVoice|null}  null where there is none, or no score
 */
export function heard(calm) {
  const { engine, acoustics } = get();
  if (!calm || !engine || acoustics || kind() !== 'score') return null;
  const lines = calm.lines.map(({ measures }) => analysisOf(measures, engine));
  return { score: lines.reduce((sum, { activation }) => sum + activation, 0) / lines.length, lines };
}

/**
 * The calm voice of whoever speaks in what is shown: of an utterance that of the voice that it was given, since several people may
 * speak in a course.
 * @param {Pick<Recording, 'when'|'origin'> & {voice?: number}} sound
 * @returns {CalmVoice|null}
 */
export function calmHere(sound) {
  const [recording, course] = [current(), currentCourse()];
  if (!recording || !course) return heard(calmFor(sound));
  const name = voiceName(course, sound.voice ?? 0);
  return name ? heard(calmFor(recording, name)) : null;
}

/** The calm voice that it is compared with. @param {Parameters<typeof calmHere>[0]} sound */
export const calmOf = (sound) => (get().fromAverage ? null : calmHere(sound));

/**
 * How far a score lies above the calm voice of its speaker; undefined where there is none.
 * @param {Pick<Recording, 'when'|'origin'>} recording
 * @param {Analysis} analysis
 * @param {string} [voice]  its name in a conversation
 */
export function ownDifference(recording, { activation }, voice = '') {
  const calm = heard(calmFor(recording, voice));
  return calm ? activation - calm.score : undefined;
}

/** How it is called: in a conversation the reader of the page may not be the speaker. */
export const calmName = () => t(currentCourse() ? 'own.speaker' : 'own.yours');

/** The same at the beginning of a sentence. */
export const calmTitle = () => capital(calmName());

/** @typedef {{score: number, lines: Analysis[]}} CalmVoice */
