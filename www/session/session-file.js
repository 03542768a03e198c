// A saved session as JSON: written for people and programs, and read again with every part looked at, since a
// file can hold anything. Pure but for the words that a message needs.
/** @import {Captured, Catalogue, Measures, Message, ModelInfo, Problem, Recording} from '../types.js' */
import { CodedError } from '../shell/errors.js';

/** Version of this format; newer ones are not read. */
export const FORMAT = 1;
const RATE_HZ = 16_000;
/** Why a sound could not be used, as far as a saved session may say so. */
const UNUSABLE = ['too_short', 'silent', 'no_voice', 'other_measures'];

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let text = '';
  for (let from = 0; from < bytes.length; from += 32_768)
    text += String.fromCharCode(...bytes.subarray(from, from + 32_768));
  return btoa(text);
}

/** @param {Recording} recording @param {boolean} withSound @param {boolean} acoustics */
function written(
  { number, name, file, when, seconds, take, measures, analysis, captured, notices, problem },
  withSound,
  acoustics,
) {
  const plain = measures && {
    ...measures,
    features: Array.from(measures.features),
    model_features: Array.from(measures.model_features),
  };
  const read = !acoustics &&
    plain &&
    analysis && {
      ...analysis,
      ...plain,
      flags: analysis.flags,
      contributions: { ...analysis.contributions, features: Array.from(analysis.contributions.features) },
    };
  return {
    number,
    name: name || null,
    file: file || null,
    when: when.toISOString(),
    seconds,
    captured,
    notices,
    problem: problem && { kind: problem.kind, ...problem.params },
    ...(plain && !read ? { measures: plain } : { analysis: read || null }),
    ...(withSound && take ? { sound: base64(new Uint8Array(take.wav())) } : {}),
  };
}

/**
 * @param {Recording[]} recordings
 * @param {{info: ModelInfo, catalogue: Catalogue}} engine
 * @param {boolean} withSound  each sound as a WAV file in base64
 * @param {Date} now
 * @param {boolean} [acoustics]  only what was measured: nothing that a model read from it, and so no model
 */
export function write(recordings, { info, catalogue }, withSound, now, acoustics = false) {
  const program = recordings.find(({ measures }) => measures)?.measures?.version ?? null;
  const all = {
    undertone: FORMAT,
    version: program,
    saved: now.toISOString(),
    rate_hz: RATE_HZ,
    catalogue: catalogue.version,
    ...(acoustics ? {} : { model: info }),
    recordings: recordings.map((recording) => written(recording, withSound, acoustics)),
  };
  return JSON.stringify(all, null, 1);
}

const isObject = (/** @type {unknown} */ value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumber = (/** @type {unknown} */ value) => typeof value === 'number' && Number.isFinite(value);
const isRow = (/** @type {unknown} */ value, /** @type {number} */ length, each = isNumber) =>
  Array.isArray(value) && value.length === length && value.every(each);
const isText = (/** @type {unknown} */ value) => typeof value === 'string';
const orNull = (/** @type {(value: unknown) => boolean} */ so) => (/** @type {unknown} */ value) =>
  value === null || so(value);
const hasNumbers = (/** @type {any} */ value, /** @type {readonly string[]} */ names) =>
  isObject(value) && names.every((name) => isNumber(value[name]));

const SIGNAL = [
  'duration_s',
  'active_speech_s',
  'active_speech_level_dbfs',
  'peak_dbfs',
  'clipped_share',
  'dc',
];

/** Whether it is everything that is measured. @param {any} value @param {Catalogue} catalogue */
const isMeasures = (value, { features: { length: count }, flags }) =>
  isObject(value) &&
  isRow(value.region, 2) &&
  Array.isArray(value.flags) &&
  value.flags.every((/** @type {string} */ flag) => flags.includes(flag)) &&
  hasNumbers(value.signal, SIGNAL) &&
  [value.signal.snr_db, value.signal.voiced_share].every(orNull(isNumber)) &&
  orNull((pitch) => hasNumbers(pitch, ['low_hz', 'median_hz', 'high_hz']))(value.pitch) &&
  isRow(value.features, count) &&
  isRow(value.model_features, count) &&
  isText(value.version);

/**
 * Whether it is an analysis with everything that the page shows.
 * @param {any} value
 * @param {Catalogue} catalogue
 */
function isAnalysis(value, catalogue) {
  const {
    features: { length: count },
    groups,
    families,
  } = catalogue;
  return (
    isMeasures(value, catalogue) &&
    hasNumbers(value, ['activation', 'score_axis', 'other_axis', 'baseline']) &&
    isRow(value.interval, 2) &&
    isRow(value.latent, 2) &&
    isRow(value.map, 2) &&
    isRow(
      value.ranks,
      count,
      orNull((rank) => isNumber(rank) && Number(rank) >= 0 && Number(rank) <= 1),
    ) &&
    Array.isArray(value.limited) &&
    value.limited.every((/** @type {number} */ i) => Number.isInteger(i) && i >= 0 && i < count) &&
    isObject(value.contributions) &&
    isRow(value.contributions.features, count) &&
    hasNumbers(value.contributions.groups, groups) &&
    hasNumbers(value.contributions.families, families) &&
    isObject(value.model) &&
    isText(value.model.hash)
  );
}

/** What was measured, without what a model read from it. @param {Measures} measures @returns {Measures} */
const plainOf = ({ flags, region, signal, pitch, features, model_features, version }) => ({
  flags: flags.filter((flag) => flag !== 'unlike_reference'),
  region,
  signal,
  pitch,
  features,
  model_features,
  version,
});

/** @param {any} value @returns {Captured|null} */
function capturedOf(value) {
  if (!isObject(value)) return null;
  const { device, rate, echo, noise, gain } = value;
  const on = (/** @type {unknown} */ flag) => (typeof flag === 'boolean' ? flag : undefined);
  return {
    device: isText(device) ? device : undefined,
    rate: isNumber(rate) ? rate : undefined,
    echo: on(echo),
    noise: on(noise),
    gain: on(gain),
  };
}

/** @param {any} value @returns {Message[]} */
function noticesOf(value) {
  if (!Array.isArray(value)) return [];
  const isFilled = (/** @type {any} */ params) =>
    params === undefined ||
    (isObject(params) && Object.values(params).every((param) => isText(param) || isNumber(param)));
  return value.filter(
    (notice) => isObject(notice) && /^(notice|file)\.[a-z]+$/i.test(notice.key) && isFilled(notice.params),
  );
}

/**
 * What a saved session holds. Scores are not taken over: the chosen model reads the measures anew. Measures
 * of another list of features cannot be read by it, so they are left out and that is said.
 * @param {string} text
 * @param {{catalogue: Catalogue}} engine
 * @returns {{recording: Recording, sound: Uint8Array|null}[]}
 * @throws {CodedError} `not_ours` with the version in its data
 */
export function parse(text, { catalogue }) {
  const refuse = (/** @type {unknown} */ v = '?') =>
    new CodedError('not_ours', { v: isNumber(v) || isText(v) ? String(v).slice(0, 20) : '?' });
  let all;
  try {
    all = JSON.parse(text);
  } catch {
    throw refuse();
  }
  if (!isObject(all) || all.undertone !== FORMAT || !Array.isArray(all.recordings) || !all.recordings.length)
    throw refuse(all?.undertone);
  const isOther = all.catalogue !== catalogue.version;
  return all.recordings.map((/** @type {any} */ one) => {
    const when = new Date(isObject(one) ? one.when : NaN);
    const isWhole =
      isObject(one) &&
      Number.isInteger(one.number) &&
      one.number > 0 &&
      orNull(isText)(one.name ?? null) &&
      orNull(isText)(one.file) &&
      isNumber(one.seconds) &&
      one.seconds >= 0 &&
      Number.isFinite(when.getTime()) &&
      orNull((value) => isAnalysis(value, catalogue))(one.analysis ?? null) &&
      orNull((value) => isMeasures(value, catalogue))(one.measures ?? null);
    if (!isWhole) throw refuse(all.undertone);
    const measured = one.analysis ?? one.measures ?? null;
    const measures = measured && !isOther ? plainOf(measured) : null;
    const kind =
      measured && isOther
        ? 'other_measures'
        : (UNUSABLE.find((name) => name === one.problem?.kind) ?? (measures ? null : 'no_voice'));
    /** @type {Problem|null} */
    const problem = kind
      ? {
          kind,
          family: 'B',
          params: { seconds: one.seconds, peak: isNumber(one.problem?.peak) ? one.problem.peak : NaN },
          ways: ['again', 'file'],
        }
      : null;
    /** @type {Recording} */
    const recording = {
      number: one.number,
      name: one.name ?? '',
      file: one.file ?? '',
      when,
      take: null,
      seconds: one.seconds,
      measures,
      analysis: null,
      picture: null,
      captured: capturedOf(one.captured),
      notices: noticesOf(one.notices),
      problem,
    };
    return { recording, sound: soundOf(one.sound, refuse) };
  });
}

/** @param {unknown} text @param {() => Error} refuse */
function soundOf(text, refuse) {
  if (text === undefined) return null;
  if (!isText(text)) throw refuse();
  try {
    return Uint8Array.from(atob(/** @type {string} */ (text)), (character) => character.charCodeAt(0));
  } catch {
    throw refuse();
  }
}

/**
 * Numbers for those that come back: their own into an empty list, else the next ones.
 * @param {number[]} wanted
 * @param {boolean} isEmpty
 * @param {number} last
 */
export const numbersFor = (wanted, isEmpty, last) =>
  isEmpty && new Set(wanted).size === wanted.length ? wanted : wanted.map((_, i) => last + 1 + i);
