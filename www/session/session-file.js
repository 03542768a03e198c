// A saved session as JSON: written for people and programs, and read again with every part looked at, since a
// file can hold anything. Pure but for the words that a message needs.
/** @import {Calm, Captured, Catalogue, Channels, Measures, ModelInfo, Problem, Recording} from '../types.js' */
import { CodedError } from '../shell/errors.js';
import { exact } from '../shell/format.js';
import { newId } from '../shell/names.js';
import { MOST_RECORDINGS } from '../shell/state.js';
import { fileOfPieces, wavPieces } from '../sound/wav-file.js';
import { MOST_VOICE_LETTERS, courseOf, courseWritten, utteranceWritten } from './session-course.js';
import { fromVersion1 } from './session-file-1.js';
import {
  MOST_CALM,
  MOST_CALM_LINES,
  MOST_CHANNELS,
  MOST_NUMBER,
  areSome,
  isList,
  isNumber,
  isSeconds,
  isSingle,
  isText,
  linesOf,
  textOf,
  timeOf,
} from './session-limits.js';
import { noticesOf } from './session-notices.js';
import { base64, bytesOf, marked } from './session-sounds.js';

/** Version of this format; newer ones are not read, version 1 is. `docs/schema/session.json` describes it. */
export const FORMAT = 2;
/** Version of the form of measures and analyses; `docs/schema/analysis.json` describes it. */
const SCHEMA = 1;
const RATE_HZ = 16_000;
/** How a session begins, or a line of the command line. */
const OUR_BEGINNING = /^\s*\{\s*"(undertone|schema|file":.{0,600}"schema)"/s;
/** What an identity may be. */
const ID = /^[\w|.+-]{1,64}$/;
/** Why a sound could not be used, as far as a saved session may say so. */
const UNUSABLE = ['too_short', 'silent', 'no_voice', 'other_measures'];

/** Each of an object's values changed. @template {Record<string, number>} T @param {T} values @param {(value: number) => number} change @returns {T} */
const each = (values, change) =>
  /** @type {T} */ (Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)])));

/** A single-precision number as the one that its shortest decimals are: the command line writes the same. @param {number} value */
const short = (value) => Number(exact(value));

/** With its single-precision numbers as they are written. @template {Measures} T @param {T} measured @returns {T} */
const shortened = (measured) => ({
  ...measured,
  pitch: each(measured.pitch, short),
  features: each(measured.features, short),
  model_features: each(measured.model_features, short),
});

/** What is written piece by piece stands for itself until then. @param {Recording} recording @param {boolean} hasSound @param {boolean} acoustics */
function written(
  { id, number, name, file, channels, when, seconds, measures, analysis, captured, notices, problem, course },
  hasSound,
  acoustics,
) {
  const isRead = analysis && !acoustics;
  return {
    id,
    number,
    name: name || null,
    file: file || null,
    ...(channels ? { channels: { ...channels, taken: String(channels.taken) } } : {}),
    when: when.toISOString(),
    seconds,
    captured,
    notices,
    problem: problem && { kind: problem.kind, ...problem.params },
    ...(measures && !isRead
      ? { measures: shortened(measures) }
      : { analysis: isRead ? shortened(analysis) : null }),
    ...(course ? { course: { ...courseWritten(course), utterances: LATER } } : {}),
    ...(hasSound ? { sound: LATER } : {}),
  };
}

/** @param {Calm} calm */
const calmWritten = ({ when, voice, lines }) => ({
  when: when.toISOString(),
  ...(voice ? { voice } : {}),
  lines: lines.map(({ text, seconds, measures }) => ({ text, seconds, measures: shortened(measures) })),
});

/**
 * The calm voices of a saved session; those that were measured otherwise cannot be used.
 * @param {any} saved
 * @param {string} origin
 * @param {Catalogue} catalogue
 * @returns {Calm[]|null}  null: something else stands there
 */
function calmOf(saved, origin, catalogue) {
  if (!Array.isArray(saved) || saved.length > MOST_CALM) return null;
  const isLine = (/** @type {any} */ line) =>
    isObject(line) && isText(line.text) && isSeconds(line.seconds) && isText(line.measures?.catalogue);
  const isOther = (/** @type {any} */ line) => line.measures.catalogue !== catalogue.version;
  /** @type {Calm[]} */
  const found = [];
  for (const one of saved) {
    const when = timeOf(one?.when);
    const lines = isList(one?.lines, MOST_CALM_LINES) ? one.lines : [];
    const isNamed = isObject(one) && (one.voice === undefined || isText(one.voice));
    if (!isNamed || !Number.isFinite(when.getTime()) || !lines.length || !lines.every(isLine)) return null;
    if (lines.some(isOther)) continue;
    if (!lines.every((/** @type {any} */ line) => isMeasures(line.measures, catalogue))) return null;
    const read = lines.map((/** @type {any} */ { text, seconds, measures }) => ({
      text: textOf(text),
      seconds,
      measures: plainOf(measures, namesIn(catalogue)),
    }));
    found.push({ when, origin, voice: textOf(one.voice, MOST_VOICE_LETTERS), lines: read });
  }
  return found;
}

/** Stands for what is written piece by piece. */
const LATER = '@later@';
/** Where it stands. Names are escaped in JSON, so nothing else has quotes like these. */
const PLACES = /(?<="(recordings|utterances|sound)": )"@later@"/;

/** A value as a text that stands so deep in another. @param {unknown} value @param {number} depth */
const nested = (value, depth) => JSON.stringify(value, null, 1).replaceAll('\n', `\n${' '.repeat(depth)}`);

/**
 * The elements of a list that stands so deep.
 * @template T
 * @param {T[]} elements
 * @param {number} depth
 * @param {(element: T, depth: number) => Iterable<string>} each
 */
function* listed(elements, depth, each) {
  yield '[';
  for (const [i, element] of elements.entries()) {
    yield `${i ? ',' : ''}\n${' '.repeat(depth + 1)}`;
    yield* each(element, depth + 1);
  }
  yield `\n${' '.repeat(depth)}]`;
}

/**
 * A session's text piece by piece: half an hour with its sound takes 150 MB.
 * @param {Recording[]} recordings
 * @param {{info: ModelInfo}} engine
 * @param {boolean} withSound  each sound as a WAV file in base64
 * @param {Date} now
 * @param {boolean} [acoustics]  only what was measured: nothing that a model predicts from it, and so no model
 * @param {Calm[]} [calm]  calm voices of these recordings' sessions; they serve only for scores
 * @returns {Generator<string>}
 */
export function* pieces(recordings, { info }, withSound, now, acoustics = false, calm = []) {
  const all = {
    undertone: FORMAT,
    saved: now.toISOString(),
    rate_hz: RATE_HZ,
    ...(acoustics ? {} : { model: info }),
    ...(acoustics || !calm.length ? {} : { calm: calm.map(calmWritten) }),
    recordings: LATER,
  };
  const [head, , tail] = nested(all, 0).split(PLACES);
  yield head;
  yield* listed(recordings, 1, (recording, depth) => recordingPieces(recording, depth, withSound, acoustics));
  yield tail;
}

/** @param {Recording} recording @param {number} depth @param {boolean} withSound @param {boolean} acoustics */
function* recordingPieces(recording, depth, withSound, acoustics) {
  const { take, course } = recording;
  const parts = nested(written(recording, withSound && take !== null, acoustics), depth).split(PLACES);
  for (const [at, part] of parts.entries()) {
    if (at % 2 === 0) yield part;
    else if (part === 'utterances' && course)
      yield* listed(course.utterances, depth + 2, (one, within) => [
        nested(utteranceWritten(one, acoustics, shortened), within),
      ]);
    else if (part === 'sound' && take) {
      yield '"';
      yield* base64(wavPieces(take));
      yield '"';
    }
  }
}

/**
 * A session as a file. The page stays awake meanwhile.
 * @param {Parameters<typeof pieces>} session
 */
export const writeFile = (...session) => fileOfPieces(pieces(...session), 'application/json');

/** Why the mean of channels may say little. */
const DIFFERENCES = /** @type {const} */ (['silent', 'cancel', 'levels', 'unlike']);

const isObject = (/** @type {unknown} */ value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRow = (/** @type {unknown} */ value, /** @type {number} */ length, each = isNumber) =>
  Array.isArray(value) && value.length === length && value.every(each);
const orNull = (/** @type {(value: unknown) => boolean} */ so) => (/** @type {unknown} */ value) =>
  value === null || so(value);
const areNamed = (/** @type {any} */ value, /** @type {readonly string[]} */ names, each = isNumber) =>
  isObject(value) && names.every((name) => Object.hasOwn(value, name) && each(value[name]));

const SIGNAL = [
  'duration_s',
  'active_speech_s',
  'active_speech_level_dbfs',
  'peak_dbfs',
  'clipped_share',
  'dc',
  'voiced_share',
];
const PITCH = ['low_hz', 'median_hz', 'high_hz'];

/** Flags of former versions, and what they are called now. */
const FORMER_FLAGS = new Map([['too_short', 'short']]);

/** @param {string} flag */
const nameNow = (flag) => FORMER_FLAGS.get(flag) ?? flag;

/** The features' official names. @param {Catalogue} catalogue */
const namesIn = ({ features }) => features.map(({ name }) => name);

/** Whether it is everything that is measured. @param {any} value @param {Catalogue} catalogue */
const isMeasures = (value, catalogue) =>
  isObject(value) &&
  value.schema === SCHEMA &&
  isText(value.version) &&
  isRow(value.region, 2) &&
  areSome(value.flags, catalogue.flags, nameNow) &&
  areNamed(value.signal, SIGNAL) &&
  orNull(isNumber)(value.signal.snr_db) &&
  areNamed(value.pitch, PITCH, isSingle) &&
  areNamed(value.features, namesIn(catalogue), isSingle) &&
  areNamed(value.model_features, namesIn(catalogue), isSingle);

const isRank = (/** @type {any} */ rank) => isNumber(rank) && rank >= 0 && rank <= 1;

/**
 * Whether it is an analysis with everything that the page shows.
 * @param {any} value
 * @param {Catalogue} catalogue
 */
function isAnalysis(value, catalogue) {
  const names = namesIn(catalogue);
  return (
    isMeasures(value, catalogue) &&
    areNamed(value, ['activation', 'score_axis', 'other_axis', 'baseline']) &&
    isRow(value.interval, 2) &&
    isRow(value.latent, 2) &&
    typeof value.unlike_reference === 'boolean' &&
    areNamed(value.ranks, names, orNull(isRank)) &&
    areSome(value.limited, names) &&
    isObject(value.contributions) &&
    areNamed(value.contributions.features, names) &&
    areNamed(value.contributions.groups, catalogue.groups) &&
    areNamed(value.contributions.families, catalogue.families) &&
    isObject(value.model) &&
    isText(value.model.objective) &&
    isText(value.model.hash)
  );
}

/** The named values alone, in this order: a file's own may be another. @param {any} values @param {readonly string[]} names */
const inOrder = (values, names) => Object.fromEntries(names.map((name) => [name, values[name]]));

/** What was measured, without what a model predicted from it. @param {Measures} measures @param {readonly string[]} names @returns {Measures} */
const plainOf = ({ schema, version, catalogue, flags, region, signal, pitch, ...measured }, names) => ({
  schema,
  version: textOf(version),
  catalogue,
  flags: flags.filter((flag) => flag !== 'unlike_reference').map(nameNow),
  region,
  signal: /** @type {Measures['signal']} */ (
    inOrder(signal, [...SIGNAL.slice(0, -1), 'snr_db', 'voiced_share'])
  ),
  pitch: /** @type {Measures['pitch']} */ (each(inOrder(pitch, PITCH), Math.fround)),
  features: each(inOrder(measured.features, names), Math.fround),
  model_features: each(inOrder(measured.model_features, names), Math.fround),
});

/** @param {any} value @returns {Captured|null} */
function capturedOf(value) {
  if (!isObject(value)) return null;
  const { device, rate, echo, noise, gain } = value;
  const on = (/** @type {unknown} */ flag) => (typeof flag === 'boolean' ? flag : undefined);
  return {
    device: isText(device) ? textOf(device) : undefined,
    rate: isNumber(rate) ? rate : undefined,
    echo: on(echo),
    noise: on(noise),
    gain: on(gain),
  };
}

/** @param {any} value @returns {Channels|null} */
function channelsOf(value) {
  if (!isObject(value) || !Number.isInteger(value.count)) return null;
  if (value.count < 2 || value.count > MOST_CHANNELS) return null;
  const { taken: said } = value;
  const taken = said === 'mean' ? said : isText(said) || isNumber(said) ? Number(said) : NaN;
  if (taken !== 'mean' && !(Number.isInteger(taken) && taken >= 1 && taken <= value.count)) return null;
  const difference = DIFFERENCES.find((name) => name === value.difference) ?? null;
  return { count: value.count, taken, difference };
}

/**
 * A session's text, or lines that the command line's `score --json` wrote, as an object of this format.
 * @param {string} text
 * @param {Catalogue} catalogue
 * @param {Date} when  of lines that do not say so
 * @returns {any}
 */
function unpacked(text, catalogue, when) {
  let lines;
  try {
    lines = [JSON.parse(text)];
  } catch {
    // One more than is taken is refused with all of them.
    lines = Array.from(linesOf(text, MOST_RECORDINGS + 1), (line) => JSON.parse(line));
  }
  const [first] = lines;
  if (isObject(first) && 'undertone' in first) {
    if (lines.length > 1) throw new SyntaxError('more than one session');
    return first.undertone === 1 ? fromVersion1(first, namesIn(catalogue)) : first;
  }
  if (!isObject(first) || !('schema' in first)) return first;
  if (first.schema > SCHEMA) throw new CodedError('newer_session', { v: String(first.schema).slice(0, 20) });
  const recordings = lines.map((line, i) => {
    const { file = null, ...analysis } = isObject(line) ? line : {};
    return {
      number: i + 1,
      // Without the folders, as the browser names a file that was opened.
      file: isText(file) ? file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1) : file,
      when: when.toISOString(),
      seconds: analysis.signal?.duration_s,
      analysis,
    };
  });
  return { undertone: FORMAT, recordings };
}

/**
 * A session's text as an object, with nothing looked at yet but whose it is.
 * @param {string} text
 * @param {{catalogue: Catalogue}} engine
 * @param {Date} [when]  when lines of the command line were written
 * @returns {any}  throws {@link CodedError} `not_ours`, `newer_session` or `damaged_session`
 */
export function unpack(text, { catalogue }, when = new Date()) {
  try {
    return unpacked(text, catalogue, when);
  } catch (error) {
    if (error instanceof CodedError) throw error;
    // What is cut off still begins as ours does.
    throw new CodedError(OUR_BEGINNING.test(text) ? 'damaged_session' : 'not_ours', { v: '?' });
  }
}

/**
 * What a saved session holds. Scores are not taken over: the chosen model predicts from the measures anew. Measures of
 * another list of features cannot be read by it, so they are left out and that is said.
 * @param {any} all  as {@link unpack} gives it
 * @param {{catalogue: Catalogue}} engine
 * @param {(Blob|null)[]} [sounds]  that were taken out of the text
 * @returns {{recording: Recording, sound: Uint8Array|Blob|null}[] & {calm: Calm[]}}  throws {@link CodedError} `not_ours`, `many_recordings`, `newer_session` or `damaged_session` with the version in its data
 */
export function parse(all, { catalogue }, sounds = []) {
  const v = isObject(all) ? all.undertone : undefined;
  const refuse = () => new CodedError('damaged_session', { v: String(v) });
  if (!isNumber(v)) throw new CodedError('not_ours', { v: '?' });
  if (v > FORMAT) throw new CodedError('newer_session', { v: String(v).slice(0, 20) });
  if (![1, FORMAT].includes(v) || !isList(all.recordings, Infinity)) throw refuse();
  if (all.recordings.length > MOST_RECORDINGS) throw new CodedError('many_recordings');
  const origin = textOf(all.saved);
  const calm = calmOf(all.calm ?? [], origin, catalogue);
  if (!calm) throw refuse();
  const list = all.recordings.map((/** @type {any} */ one) => {
    const when = timeOf(one?.when);
    const measured = (isObject(one) && (one.analysis ?? one.measures)) || null;
    const isOther = isText(measured?.catalogue) && measured.catalogue !== catalogue.version;
    const isWhole =
      isObject(one) &&
      Number.isInteger(one.number) &&
      one.number > 0 &&
      one.number <= MOST_NUMBER &&
      orNull(isText)(one.name ?? null) &&
      orNull(isText)(one.file ?? null) &&
      isSeconds(one.seconds) &&
      Number.isFinite(when.getTime()) &&
      (isOther ||
        ((measured === null || isText(measured.catalogue)) &&
          orNull((value) => isAnalysis(value, catalogue))(one.analysis ?? null) &&
          orNull((value) => isMeasures(value, catalogue))(one.measures ?? null)));
    if (!isWhole) throw refuse();
    const measures = measured && !isOther ? plainOf(measured, namesIn(catalogue)) : null;
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
      id: isText(one.id) && ID.test(one.id) ? one.id : newId(),
      number: one.number,
      name: textOf(one.name),
      file: textOf(one.file),
      source: null,
      channels: channelsOf(one.channels ?? measured?.channels),
      when,
      origin,
      take: null,
      seconds: one.seconds,
      measures,
      analysis: null,
      picture: null,
      captured: capturedOf(one.captured),
      notices: noticesOf(one.notices, textOf(one.file)),
      problem,
      course: courseOf(
        one.course,
        one.seconds,
        catalogue,
        (value) => isMeasures(value, catalogue),
        (value) => plainOf(value, namesIn(catalogue)),
        refuse,
      ),
    };
    return { recording, sound: soundOf(one.sound, sounds, refuse) };
  });
  return Object.assign(list, { calm });
}

/** @param {unknown} text @param {(Blob|null)[]} sounds @param {() => Error} refuse */
function soundOf(text, sounds, refuse) {
  if (text === undefined) return null;
  if (!isText(text)) throw refuse();
  const written = /** @type {string} */ (text);
  const sound = sounds[marked(written) ?? -1];
  if (sound) return sound;
  try {
    return bytesOf(written);
  } catch {
    throw refuse();
  }
}
