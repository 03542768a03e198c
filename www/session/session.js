// What happened in this tab: sounds come in, are analysed, listed, chosen, deleted, forgotten.
/** @import {Captured, Engine, Message, Recording, Take} from '../types.js' */
import { unlessAborted } from '../shell/abort.js';
import { analyse } from '../engine/analyse.js';
import { announce } from '../shell/dom.js';
import { cannotLoad, cannotUse, codeOf, fileKind } from '../shell/errors.js';
import { LARGEST_MB, LONGEST_S, read } from '../sound/files.js';
import { number, t } from '../shell/i18n.js';
import { forget as forgetPreferences } from '../shell/preferences.js';
import { addLine, changeLine, dropLine, follow } from '../sound/progress-lines.js';
import { isSaved, reopen, whyNot } from './reopen.js';
import { numbersFor } from './session-file.js';
import { stop as stopPlaying } from '../sound/player.js';
import { shownBy } from '../engine/predict.js';
import { clock } from '../shell/format.js';
import { current, get, set } from '../shell/state.js';

const UNDO_MS = 10_000;
/** Why work is given up when everything is forgotten: nothing more is said of it. */
const FORGOTTEN = new DOMException('forgotten', 'AbortError');
/** @type {AbortController|null} */
let work = null;
let lastNumber = 0;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let undoTimer;
/** @type {Promise<Engine>} */
let engine;

/** @param {Promise<Engine>} loading */
export const use = (loading) => {
  engine = loading;
};

export const ready = () => engine;

/** @param {number} chosen */
export function select(chosen) {
  const { recordings } = get();
  if (recordings.some((one) => one.number === chosen))
    set({
      current: chosen,
      problem: recordings.find((one) => one.number === chosen)?.problem ?? null,
      notice: null,
    });
}

/** Gives up what is being measured. */
export const cancelWork = () => work?.abort();

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
    take.free();
    throw error;
  }
}

/**
 * Analyses a closed take.
 * @param {Take} take
 * @param {{file?: string, captured?: Captured|null, notices?: Message[], signal: AbortSignal}} about
 * @returns {Promise<Recording>}
 */
async function measure(take, { file = '', captured = null, notices = [], signal }) {
  const loaded = await engine;
  /** @type {Recording} */
  const recording = {
    number: 0,
    name: '',
    file,
    when: new Date(),
    take,
    seconds: take.seconds,
    measures: null,
    analysis: null,
    picture: null,
    captured,
    notices,
    problem: null,
  };
  try {
    Object.assign(recording, await analyse(loaded, take, signal, (progress) => set({ progress })));
  } catch (error) {
    if (signal.aborted || (file && codeOf(error) === 'not_finite')) throw error;
    recording.problem = cannotUse(error, { seconds: recording.seconds, peak: peakOf(take) });
  }
  lastNumber += 1;
  recording.number = lastNumber;
  return recording;
}

/** The loudest sample in dBFS. @param {Take} take */
function peakOf(take) {
  let peak = 0;
  for (const sample of take.samples()) peak = Math.max(peak, Math.abs(sample));
  return 20 * Math.log10(peak);
}

/** As it is to be shown now: the model may have been changed since it was measured. @param {Recording} recording */
const asShown = (recording) => shownBy(recording, get().engine, get().acoustics);

/** @param {Recording} measured shows it, above all else */
function show(measured) {
  const recording = asShown(measured);
  const recordings = [...get().recordings, recording];
  set({ recordings, current: recording.number, problem: recording.problem, notice: null, page: 'record' });
}

/**
 * A recording from the microphone.
 * @param {Take} take
 * @param {Captured} captured
 * @param {Message[]} notices
 * @param {() => Promise<void>} stop  hands over the last samples and closes the microphone
 */
export async function addRecording(take, captured, notices, stop) {
  const { signal } = begin();
  try {
    set({ problem: null });
    show(
      await orFree(take, async () => {
        await stop();
        signal.throwIfAborted();
        take.close();
        return measure(take, { captured, notices, signal });
      }),
    );
  } catch (error) {
    if (!signal.aborted) fail(error);
  } finally {
    end(signal, false);
  }
}

/** Work begins: it can be given up from now on. */
function begin() {
  work = new AbortController();
  set({ phase: 'working', progress: 0 });
  return work;
}

/** @param {AbortSignal} signal @param {boolean} added whether something came of it */
function end(signal, added) {
  work = null;
  set({ phase: 'idle' });
  if (signal.aborted && signal.reason !== FORGOTTEN && !added) set({ notice: { key: 'cancelled' } });
  else if (get().notice?.key === 'notice.busy') set({ notice: null });
}

/** @param {unknown} error something that nobody foresaw, or a part that is missing */
export function fail(error) {
  console.error(error);
  set({ problem: cannotLoad(error) });
}

/** @param {File[]} files one after the other; a bad one is named and the others go on */
export async function addFiles(files) {
  if (!files.length) return;
  if (get().phase !== 'idle') return busy();
  const { signal } = begin();
  set({ problem: current()?.problem ?? null });
  const waiting = files.map((file) => ({
    file,
    line: addLine({ key: 'working.file', params: { file: file.name, p: 0 } }),
  }));
  let added = false;
  try {
    // Without the measuring part no file is to blame.
    const loaded = await unlessAborted(engine, signal);
    for (const { file, line } of waiting) {
      if (signal.aborted) break;
      added = (await addFile(loaded, file, line, signal, files.length === 1)) || added;
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
 * @param {Engine} loaded
 * @param {File} file
 * @param {number} line
 * @param {AbortSignal} signal
 * @param {boolean} alone  a sound that cannot be used takes the sentence only if no other file was opened with it
 * @returns {Promise<boolean>} whether something was added to the list
 */
async function addFile(loaded, file, line, signal, alone) {
  const name = file.name;
  if (isSaved(file)) return addSaved(loaded, file, line, signal);
  try {
    const { take, fileSeconds } = await read(loaded, file, signal);
    const stopFollowing = follow(name, line);
    try {
      const recording = await orFree(take, () => measure(take, { file: name, signal }));
      if (fileSeconds > LONGEST_S + 1)
        recording.notices.push({
          key: 'file.long',
          params: { file: name, m: number(fileSeconds / 60, 0), l: clock(LONGEST_S) },
        });
      if (recording.problem?.family === 'B' && !alone) {
        changeLine(line, { key: `file.${recording.problem.kind}`, params: { file: name } });
        set({ recordings: [...get().recordings, recording] });
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
    else {
      const data = /** @type {{known?: unknown, data?: {known?: unknown}}} */ (error);
      // What nobody foresaw says nothing about the file.
      const known = !codeOf(error) || Boolean(data?.known ?? data?.data?.known);
      changeLine(line, {
        key: `file.${fileKind(error, known)}`,
        params: { file: name, m: number(LARGEST_MB, 0) },
      });
      if (!codeOf(error)) console.error(error);
    }
    return false;
  }
}

/**
 * A saved session comes back.
 * @param {Engine} loaded
 * @param {File} file
 * @param {number} line
 * @param {AbortSignal} signal
 * @returns {Promise<boolean>}
 */
async function addSaved(loaded, file, line, signal) {
  const stopFollowing = follow(file.name, line);
  const last = lastNumber;
  try {
    const back = await reopen(loaded, file, signal, (take, about) =>
      orFree(take, () => measure(take, { ...about, signal })),
    );
    const { recordings, deleted } = get();
    const numbers = numbersFor(
      back.map((recording) => recording.number),
      !recordings.length && !deleted,
      last,
    );
    back.forEach((recording, i) => Object.assign(recording, { number: numbers[i] }));
    lastNumber = Math.max(last, ...numbers);
    const shown = back[back.length - 1];
    dropLine(line);
    const notice = {
      key: back.length === 1 ? 'file.backOne' : 'file.back',
      params: { file: file.name, n: back.length },
    };
    set({
      recordings: [...recordings, ...back.map(asShown)],
      current: shown.number,
      problem: shown.problem,
      page: 'record',
      notice,
    });
    return true;
  } catch (error) {
    if (signal.aborted) dropLine(line);
    else changeLine(line, whyNot(error, file.name));
    return false;
  } finally {
    stopFollowing();
  }
}

/** @param {Recording} recording */
export function remove(recording) {
  if (get().playing === recording.number) stopPlaying();
  const before = get();
  settle();
  const at = before.recordings.indexOf(recording);
  const recordings = before.recordings.filter((one) => one !== recording);
  const next =
    before.current === recording.number
      ? (recordings[Math.min(at, recordings.length - 1)] ?? null)
      : current();
  set({
    recordings,
    deleted: recording,
    current: next?.number ?? null,
    problem: next?.problem ?? null,
    notice: null,
  });
  announce(t('say.deleted', { n: recording.number }));
  undoTimer = setTimeout(settle, UNDO_MS);
}

/** Makes the last deletion final. */
function settle() {
  clearTimeout(undoTimer);
  get().deleted?.take?.free();
  set({ deleted: null });
}

export function undo() {
  const { deleted, recordings } = get();
  if (!deleted) return;
  clearTimeout(undoTimer);
  set({
    deleted: null,
    recordings: [...recordings, deleted].sort((a, b) => a.number - b.number),
    current: deleted.number,
    problem: deleted.problem,
  });
}

/** Everything of this session, and the preferences. */
export function forgetAll() {
  work?.abort(FORGOTTEN);
  stopPlaying();
  settle();
  for (const { take } of get().recordings) take?.free();
  lastNumber = 0;
  forgetPreferences();
  set({
    recordings: [],
    current: null,
    problem: null,
    queue: [],
    single: null,
    ticked: null,
    renaming: null,
    opened: [],
    notice: { key: 'forget.done' },
  });
  announce(t('forget.done'));
}
