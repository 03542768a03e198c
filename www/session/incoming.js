// Sounds come in, from the microphone or as files, one after the other: each is analysed and joins the list,
// or it is said why not.
/** @import {Analysis, Calm, Captured, Course, Engine, Levelled, Message, Recording, Take} from '../types.js' */
import { analyse, letGo } from '../engine/analyse.js';
import { ready } from '../engine/engine.js';
import { predict, shownInSlices } from '../engine/predict.js';
import { cut, measureUtterances } from '../engine/utterances.js';
import { opensAsCourse } from '../conversation/utterances.js';
import { reader } from '../engine/reader.js';
import { unlessAborted } from '../shell/abort.js';
import { announce } from '../shell/dom.js';
import { CodedError, cannotUse, codeOf, fail } from '../shell/errors.js';
import { t } from '../shell/i18n.js';
import { cleanName, newId } from '../shell/names.js';
import { current, get, isFull, set } from '../shell/state.js';
import { noticesOf, whyNotSound } from '../sound/file-messages.js';
import { read } from '../sound/files.js';
import { addLine, changeLine, dropLine, follow } from './progress-lines.js';
import {
  addToList,
  bringBack,
  countFrom,
  lastGiven,
  nextNumber,
  replace,
  select,
  show,
  showEarly,
  withdraw,
} from './session.js';
import { begin, end } from './work.js';

/** The pause that ends an utterance, in s. */
export const PAUSE_S = 0.5;
/** Longer files may open as a course. */
const COURSE_FROM_S = 20;
/** Fewer utterances need not be told apart, and there are no more in so few seconds. */
const LEAST_UTTERANCES = 3;
const LEAST_S = 3;

/**
 * A take that comes to nothing is freed.
 * @template T
 * @param {Take} take
 * @param {() => Promise<T>} work
 */
async function orFree(take, work) {
  try {
    return await work();
  } catch (error) {
    letGo(take);
    throw error;
  }
}

/**
 * Analyses a closed take. If it is to be shown early, that is done as soon as a model can predict from it.
 * @param {Take} take
 * @param {Partial<Pick<Recording, 'id'|'number'|'name'|'file'|'source'|'channels'|'captured'|'notices'|'course'>> & {early?: boolean, signal: AbortSignal}} about
 * @returns {Promise<Recording>}
 */
async function measure(
  take,
  {
    id = newId(),
    number = 0,
    name = '',
    file = '',
    source = null,
    channels = null,
    captured = null,
    notices = [],
    course = null,
    early = false,
    signal,
  },
) {
  const engine = await ready();
  /** @type {Recording} */
  const recording = {
    id,
    number,
    name,
    file,
    source,
    channels,
    when: new Date(),
    take,
    seconds: take.seconds,
    measures: null,
    analysis: null,
    picture: null,
    captured,
    notices,
    problem: null,
    course,
  };
  const showScore = (/** @type {Levelled} */ levelled) => {
    const { engine: chosen, acoustics } = get();
    if (!early || !chosen || acoustics || (recording.course && !recording.course.asOne)) return;
    recording.number = nextNumber();
    // What is not there yet is asked for by nobody before the measures are there.
    const analysis = /** @type {Analysis} */ (predict(levelled, chosen));
    showEarly({ ...recording, analysis });
    if (get().nextTake === 'closed') set({ nextTake: 'open' });
  };
  const progress = (/** @type {number} */ share) => set({ progress: share });
  // A longer file is cut first, as it may be shown as a course; what was just recorded has its score first.
  const isFirst = !course && !captured && take.seconds > COURSE_FROM_S;
  if (isFirst) recording.course = await cutToCourse(engine, take, signal, (share) => progress(share * 0.6));
  const done = isFirst ? 0.6 : 0;
  const rest = (/** @type {number} */ share) => progress(done + share * (1 - done));
  try {
    Object.assign(recording, await analyse(engine, take, signal, rest, showScore));
    if (!recording.course && !isFirst && take.seconds > LEAST_S)
      recording.course = await cutToCourse(engine, take, signal, () => {}, Infinity);
  } catch (error) {
    const { course: found } = recording;
    // As one sound it may come to nothing; its utterances are there.
    if (!signal.aborted && found && !found.asOne && codeOf(error)) {
      recording.number ||= nextNumber();
      return recording;
    }
    withdraw(recording.number);
    recording.number = number;
    if (signal.aborted || (file && codeOf(error) === 'not_finite')) throw error;
    recording.problem = cannotUse(error, { seconds: recording.seconds, peak: peakOf(take) });
  }
  recording.number ||= nextNumber();
  return recording;
}

/**
 * Cuts a sound into its utterances; those of a sound that opens as a course are measured.
 * @param {Engine} engine
 * @param {Take} take
 * @param {AbortSignal} signal
 * @param {(share: number) => void} progress
 * @param {number} [from]  only longer sounds open as a course, s
 * @returns {Promise<Course|null>} null where there is nothing to tell apart
 */
async function cutToCourse(engine, take, signal, progress, from = 0) {
  const found = await cut(take, PAUSE_S, signal, (share) => progress(share * 0.2));
  if (found.length < LEAST_UTTERANCES) return null;
  const course = { pauseS: PAUSE_S, voices: [], chosen: 1 };
  if (take.seconds < from || !opensAsCourse(found, take.seconds))
    return { ...course, utterances: found, asOne: true };
  const { acoustics } = get();
  const utterances = await measureUtterances(engine, take, found, acoustics, signal, (share) =>
    progress(0.2 + share * 0.8),
  );
  return { ...course, utterances, asOne: false };
}

/** The loudest sample in dBFS. @param {Take} take */
function peakOf(take) {
  let peak = 0;
  for (const sample of take.samples()) peak = Math.max(peak, Math.abs(sample));
  return 20 * Math.log10(peak);
}

/**
 * A recording from the microphone.
 * @param {Take} take
 * @param {Captured} captured
 * @param {Message[]} notices
 * @param {() => Promise<void>} stop  hands over the last samples and closes the microphone
 * @param {{finish: () => Promise<Course>}|null} [long]  of a conversation
 * @param {string} [name]
 * @returns {Promise<Recording|null>} null if nothing came of it
 */
export async function addRecording(take, captured, notices, stop, long = null, name = '') {
  const signal = begin();
  try {
    set({ problem: null });
    const recording = await orFree(take, async () => {
      await stop();
      signal.throwIfAborted();
      take.close();
      const course = (await long?.finish()) ?? null;
      const early = !course || course.asOne;
      return measure(take, { name, captured, notices, course, early, signal });
    });
    show(recording);
    return recording;
  } catch (error) {
    if (!signal.aborted) fail(error);
    return null;
  } finally {
    set({ long: false });
    end(signal, false);
  }
}

/** @param {File[]} files one after the other; a bad one is named and the others go on */
export async function addFiles(files) {
  if (!files.length) return;
  if (get().phase !== 'idle') return busy();
  const signal = begin();
  set({ problem: current()?.problem ?? null });
  const waiting = files.map((file) => {
    const line = addLine({ key: 'working.file', params: { file: file.name, p: 0 } });
    return { file, line };
  });
  let added = false;
  try {
    // Without the parts that read and measure no file is to blame.
    const [engine] = await unlessAborted(Promise.all([ready(), reader()]), signal);
    for (const { file, line } of waiting) {
      if (signal.aborted) break;
      added = (await addFile(engine, file, line, signal, files.length === 1)) || added;
    }
  } catch (error) {
    for (const { line } of waiting) dropLine(line);
    if (!signal.aborted) fail(error);
  } finally {
    if (signal.aborted) for (const { line } of waiting) dropLine(line);
    end(signal, added);
  }
  const { recordings, current: chosen } = get();
  if (chosen === null && recordings.length) select(recordings[recordings.length - 1].number);
}

/** Files that come while something else is under way. */
function busy() {
  set({ notice: { key: 'notice.busy' } });
  announce(t('notice.busy'));
}

/**
 * Measures another channel of a file, under the number that it has.
 * @param {Recording} recording
 * @param {number} channel  the first is 1; 0: the mean of all
 * @returns {Promise<Recording|null>} as it is listed now; null if nothing came of it
 */
export async function measureChannel({ id, number, file, source, captured }, channel) {
  if (get().phase !== 'idle') busy();
  if (get().phase !== 'idle' || !source) return null;
  const signal = begin();
  const line = addLine({ key: 'working.file', params: { file, p: 0 } });
  const stopFollowing = follow(file, line);
  let listed = null;
  try {
    const engine = await unlessAborted(ready(), signal);
    const sound = await read(engine, source, signal, channel);
    const { take, channels } = sound;
    const about = { id, number, file, source, channels, captured, notices: noticesOf(sound, file), signal };
    listed = replace(await orFree(take, () => measure(take, about)));
    dropLine(line);
  } catch (error) {
    if (signal.aborted) dropLine(line);
    else changeLine(line, whyNotSound(error, file));
  } finally {
    stopFollowing();
    end(signal, listed !== null);
  }
  return listed;
}

/**
 * @param {Engine} engine
 * @param {File} file
 * @param {number} line
 * @param {AbortSignal} signal
 * @param {boolean} alone  only then a sound that cannot be used takes the place of the sentence
 * @returns {Promise<boolean>} whether something was added to the list
 */
async function addFile(engine, file, line, signal, alone) {
  if (isSaved(file)) return addSaved(engine, file, line, signal);
  try {
    if (isFull()) throw new CodedError('many_recordings');
    const sound = await read(engine, file, signal);
    const { take, channels } = sound;
    const stopFollowing = follow(file.name, line);
    try {
      const notices = noticesOf(sound, file.name);
      const about = { file: cleanName(file.name), source: file, channels, notices, early: true, signal };
      const recording = await orFree(take, () => measure(take, about));
      if (recording.problem?.family === 'B' && !alone) {
        changeLine(line, { key: `file.${recording.problem.kind}`, params: { file: file.name } });
        addToList(recording);
      } else {
        dropLine(line);
        show(recording);
      }
      return true;
    } finally {
      stopFollowing();
    }
  } catch (error) {
    if (signal.aborted) dropLine(line);
    else changeLine(line, whyNotSound(error, file.name));
    if (!signal.aborted && !codeOf(error)) console.error(error);
    return false;
  }
}

/** @param {File} file */
const isSaved = ({ name, type }) => type === 'application/json' || /\.jsonl?$/i.test(name);

/** What reads saved sessions: no recording waits for it, and it is there when the page is ready. */
const sessions = () =>
  import('./reopen.js').catch((error) => {
    throw new CodedError('load', { part: 'reopen.js' }, error);
  });

/**
 * A saved session comes back.
 * @param {Engine} engine
 * @param {File} file
 * @param {number} line
 * @param {AbortSignal} signal
 * @returns {Promise<boolean>} whether something was added to the list
 */
async function addSaved(engine, file, line, signal) {
  const stopFollowing = follow(file.name, line);
  const last = lastGiven();
  try {
    const { again, measureRest, numbersFor, reopen, whatCame } = await sessions();
    const found = await reopen(engine, file, signal, (take, about) =>
      orFree(take, () => measure(take, { ...about, signal })),
    );
    const back = [];
    for (const one of found.back) back.push(await shownInSlices(one, engine, get().acoustics));
    const { recordings, deleted, calm } = get();
    const isNew = (/** @type {Calm} */ one) =>
      calm.every(({ when }) => when.getTime() !== one.when.getTime());
    set({ calm: [...calm, ...found.calm.filter(isNew)] });
    const wanted = back.map((recording) => recording.number);
    const numbers = numbersFor(wanted, !recordings.length && !deleted, last);
    back.forEach((recording, i) => Object.assign(recording, { number: numbers[i] }));
    countFrom(Math.max(last, ...numbers));
    dropLine(line);
    bringBack(
      back,
      whatCame(file, found, () => void addFiles([again(file)])),
    );
    void measureRest(back);
    return true;
  } catch (error) {
    if (signal.aborted) dropLine(line);
    else if (codeOf(error) === 'load') throw error;
    else changeLine(line, (await sessions()).whyNot(error, file.name));
    return false;
  } finally {
    stopFollowing();
  }
}
