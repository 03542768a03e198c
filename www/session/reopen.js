// A saved session is opened again: measured anew where its sound was saved, else with its numbers.
/** @import {Calm, Captured, Channels, Course, Engine, Message, Recording, Take} from '../types.js' */
import { measureAnew } from '../conversation/edit.js';
import { breathe } from '../shell/dom.js';
import { CodedError, codeOf } from '../shell/errors.js';
import { number } from '../shell/i18n.js';
import { newId } from '../shell/names.js';
import { MOST_RECORDINGS, get, withDeleted } from '../shell/state.js';
import { read } from '../sound/files.js';
import { courseWithin } from './session-course.js';
import { parse, unpack } from './session-file.js';
import { LONGEST_TEXT, apart } from './session-sounds.js';
export { numbersFor } from './session-limits.js';

/** @typedef {{id: string, file: string, channels: Channels|null, captured: Captured|null, notices: Message[], course: Course|null}} About */

/** Files of which everything is wanted, also what is listed already. @type {WeakSet<File>} */
const wholly = new WeakSet();

/** The same file, to be opened with everything in it. @param {File} file */
export function again(file) {
  wholly.add(file);
  return file;
}

/**
 * Whether the list has this recording, and with its sound if that was saved. Files without identities have a time, a name and a length;
 * one of another time was changed by hand, so nothing is lost of it.
 * @param {ReturnType<typeof parse>[number]} saved
 */
const isListed = ({ recording: { id, when, file, seconds }, sound }) =>
  get().recordings.some(
    (one) =>
      one.when.getTime() === when.getTime() &&
      (one.id === id || (one.file === file && Math.abs(one.seconds - seconds) < 1e-3)) &&
      (one.take || !sound),
  );

/** Whether another recording of this page has that identity. @param {string} id @param {Recording[]} back */
const isTaken = (id, back) => [...withDeleted(), ...back].some((one) => one.id === id);

/**
 * A course whose windows another model gave: what they were predicted from is measured again.
 * @param {Course|null} course
 * @param {Engine} engine
 * @returns {Course|null}
 */
const withoutOthersWindows = (course, { info }) =>
  course && {
    ...course,
    utterances: course.utterances.map((one) =>
      one.windows.length && one.windowsBy !== info.hash ? { ...one, isMeasured: false } : one,
    ),
  };

/** Measures what was not measured yet when it was saved. @param {Recording[]} back */
export async function measureRest(back) {
  for (const { id } of back) {
    const listed = get().recordings.find((one) => one.id === id);
    if (listed?.course && !listed.course.asOne) await measureAnew(listed);
  }
}

/**
 * All recordings of the file, or none; what is listed already is left out and counted.
 * @param {Engine} engine
 * @param {File} file
 * @param {AbortSignal} signal
 * @param {(take: Take, about: About) => Promise<Recording>} measure
 * @returns {Promise<{back: Recording[], listed: number, calm: Calm[]}>} with the numbers that they were saved with
 */
export async function reopen(engine, file, signal, measure) {
  const { text, sounds } = await apart(file, signal);
  const all = unpack(text, engine, new Date(file.lastModified));
  // Each takes some 30 ms for half an hour.
  await breathe();
  signal.throwIfAborted();
  const saved = parse(all, engine, sounds);
  const wanted = wholly.has(file) ? saved : saved.filter((one) => !isListed(one));
  // What is listed is saved, and is to be opened again.
  if (get().recordings.length + wanted.length > MOST_RECORDINGS) throw new CodedError('many_recordings');
  const back = [];
  try {
    for (const { recording, sound } of wanted) {
      if (isTaken(recording.id, back)) recording.id = newId();
      if (!sound) {
        back.push(recording);
        continue;
      }
      const { id, number: n, name, file: from, when, origin, channels, captured, notices } = recording;
      const course = withoutOthersWindows(recording.course, engine);
      const { take } = await read(engine, new File([/** @type {BlobPart} */ (sound)], 'sound.wav'), signal);
      const within = courseWithin(course, take.seconds);
      const about = { id, file: from, channels, captured, notices, course: within };
      back.push({
        ...(await measure(take, about)),
        number: n,
        name,
        when,
        origin,
      });
    }
    return { back, listed: saved.length - wanted.length, calm: saved.calm };
  } catch (error) {
    for (const { take } of back) take?.free();
    throw error;
  }
}

/**
 * What a person is told about a file that was opened again.
 * @param {File} file
 * @param {{back: Recording[], listed: number}} found
 * @param {() => void} openWholly
 * @returns {Message}
 */
export function whatCame(file, { back, listed }, openWholly) {
  const n = back.length;
  if (!listed) return { key: n === 1 ? 'file.backOne' : 'file.back', params: { file: file.name, n } };
  return {
    key: 'file.again',
    params: { file: file.name, k: listed, n: n + listed, m: n },
    way: { key: 'file.allAgain', take: openWholly },
  };
}

/** @type {Record<string, string>} */
const WHY = {
  not_ours: 'notOurs',
  newer_session: 'newer',
  damaged_session: 'brokenSession',
  large_file: 'large',
  many_recordings: 'many',
};

/**
 * What a person is told about a file that could not be opened again.
 * @param {unknown} error
 * @param {string} file
 * @returns {Message}
 */
export function whyNot(error, file) {
  const kind = WHY[codeOf(error) ?? ''] ?? 'damaged';
  const { data } = /** @type {{data?: Record<string, string>}} */ (error);
  const most = { m: number(LONGEST_TEXT / 1e6, 0), n: number(MOST_RECORDINGS, 0) };
  return { key: `file.${kind}`, params: { ...data, file, ...most } };
}
