// Recording: from the press of the button to a closed take.
/** @import {Message, Take} from '../types.js' */
import { ready } from '../engine/engine.js';
import { PAUSE_S, addRecording } from '../session/incoming.js';
import { onNext } from '../session/work.js';
import { unlessAborted } from '../shell/abort.js';
import { announce, query } from '../shell/dom.js';
import {
  CodedError,
  cannotListen,
  cannotUse,
  fail,
  isMemory,
  microphoneKind,
  nameOf,
} from '../shell/errors.js';
import { clock } from '../shell/format.js';
import { number, t } from '../shell/i18n.js';
import { MOST_RECORDINGS, get, isFull, set } from '../shell/state.js';
import * as capture from '../sound/capture.js';
import { SCALE, createLevel } from '../sound/level.js';
import { createPause } from '../sound/pause.js';
import { stop as stopPlaying } from '../sound/player.js';
import { ask } from '../shell/dialog.js';

/** How long a recording and a conversation may last. */
const LIMITS_S = { short: 60, long: 1_800 };
export const limitS = () => (get().long ? LIMITS_S.long : LIMITS_S.short);
/** A conversation that is cancelled after this is asked about. */
const ASKED_FROM_S = 60;
/** So often it is said how long it has lasted, s. */
const SAID_EVERY_S = 300;
/** Cuts a conversation while it comes in, where that part has been loaded. @type {typeof import('./live-course.js').liveCourse|null} */
let cutting = null;

/** @param {NonNullable<typeof cutting>} by */
export const onLong = (by) => {
  cutting = by;
};
/** A stop before this counts as a cancel. */
const SHORTEST_S = 0.5;
/** A device whose peaks all stay below this for this long sends only silence. */
const SILENT_DBFS = -70;
const SILENT_S = 2;
/** No peak above the quiet zone for this long: say so, once. */
const QUIET_S = 3;

/** @type {AbortController|null} */
let asking = null;
/**
 * A recording that runs.
 * @typedef {object} Running
 * @property {capture.Capturing} capturing
 * @property {Take} take
 * @property {number} frames   pushed so far
 * @property {Message[]} notices
 * @property {Set<string>} said  hints that were spoken
 * @property {import('./live-course.js').LiveCourse|null} course  of a conversation
 */
/** @type {Running|null} */
let running = null;

/** What the level meter shows; fed for as long as a recording runs. */
export const level = createLevel();
const pause = createPause();
/** Seconds recorded so far. */
export const elapsed = () => (running ? running.frames / running.capturing.rate : 0);

/**
 * What is to be painted of the sound picture, with the pitch as far as it is known.
 * @param {Parameters<Take['liveView']>} wanted
 */
export const liveView = (...wanted) => running?.take.liveView(...wanted) ?? null;

onNext(() => void begin());

/** The conversation that is recorded. */
export const runningCourse = () => running?.course ?? null;

/** Records a conversation, when it is agreed to. */
export async function pressLong() {
  if (get().phase !== 'idle' || !cutting) return;
  const agreed =
    wasAgreed ||
    (await ask(
      t('course.ask'),
      [t('course.askRoom'), t('course.askWhat')],
      t('course.askYes'),
      t('course.askNo'),
    ));
  if (!agreed || get().phase !== 'idle') return;
  wasAgreed = true;
  await begin(true);
}
/** Whoever has agreed once in this tab is not asked again. */
let wasAgreed = false;

/** The button and the key R. While the rest of a sound is measured, the recording is only wanted, and begins then. */
export function press() {
  const { phase } = get();
  if (phase === 'recording') finish();
  else if (phase === 'asking') cancel();
  else if (phase === 'idle') begin();
  else if (get().nextTake === 'open' && !get().cannot) {
    // There is one piece of work at a time.
    set({ nextTake: 'wanted' });
    announce(t('say.soon'));
  }
}

/** Takes back a recording that was wanted. @returns {boolean} whether one was */
export function takeBack() {
  if (get().nextTake !== 'wanted') return false;
  set({ nextTake: 'open' });
  announce(t('say.notSoon'));
  return true;
}

async function begin(long = false) {
  const { cannot, device } = get();
  if (cannot) return set({ phase: 'idle', problem: cannot, page: 'record' });
  if (isFull()) return full();
  stopPlaying();
  const mine = new AbortController();
  asking = mine;
  set({ phase: 'asking', notice: null, page: 'record', long });
  /** @type {capture.Capturing|null} */
  let capturing = null;
  /** @type {Take|null} */
  let take = null;
  /** @type {Running['course']} */
  let course = null;
  try {
    const engine = await unlessAborted(ready(), mine.signal);
    capturing = await capture.open(device, mine.signal, { heard, lost, muted });
    mine.signal.throwIfAborted();
    take = new engine.wasm.Take(capturing.rate);
    take.expect(limitS());
    level.reset(capturing.rate);
    pause.reset(capturing.rate);
    course = long && cutting ? await cutting(engine, take, PAUSE_S) : null;
    mine.signal.throwIfAborted();
    running = { capturing, take, frames: 0, notices: [], said: new Set(), course };
    asking = null;
    set({ phase: 'recording', problem: null });
    announce(t(long ? 'course.sayStart' : 'say.start'), true);
    // The dialog that asked has gone, with the focus that was in it.
    if (long) query('#record').focus();
  } catch (error) {
    // Whatever went wrong: the microphone does not stay open behind a page that says nothing of it.
    capturing?.cancel();
    course?.cancel();
    take?.free();
    if (mine.signal.aborted) return;
    asking = running = null;
    capture.rest();
    set({ phase: 'idle' });
    return explain(error);
  }
  // Only now may the browser tell the names.
  set({ devices: await capture.devices() });
}

/** The list takes no further recording: that is said before anybody speaks. */
function full() {
  const params = { n: number(MOST_RECORDINGS, 0) };
  set({ phase: 'idle', notice: { key: 'list.full', params }, page: 'record' });
  announce(t('list.full', params));
}

/** @param {unknown} error why the microphone did not open */
export async function explain(error) {
  if (isMemory(error)) return set({ problem: cannotUse(error) });
  if (error instanceof CodedError) {
    if (error.code !== 'worklet') return fail(error);
    const cannot = cannotListen('worklet', nameOf(error));
    return set({ cannot, problem: cannot });
  }
  const known = /** @type {{name: string, message: string}} */ (error);
  set({ problem: cannotListen(microphoneKind(known, await capture.permission()), nameOf(error)) });
}

/** @param {Float32Array} samples */
function heard(samples) {
  if (!running) return;
  const { capturing, take } = running;
  const room = limitS() * capturing.rate - running.frames;
  const part = samples.length > room ? samples.subarray(0, room) : samples;
  take.push(part);
  running.frames += part.length;
  level.add(part);
  running.course?.heard();
  hint(running);
  // What the worklet still hands over while it stops is beyond the limit, too.
  if (part.length === room && get().phase === 'recording') {
    running.notices.push({ key: running.course ? 'course.full' : 'notice.limit' });
    finish();
  } else if (pause.add(part) && get().pauseStops && !running.course && get().phase === 'recording') finish();
}

/** Speaks each hint once. @param {Running} now */
function hint({ said, capturing, course }) {
  const seconds = elapsed();
  const once = (/** @type {string} */ what, /** @type {() => void} */ tell) => {
    if (said.has(what)) return;
    said.add(what);
    tell();
  };
  if (course) {
    if (seconds >= limitS() - 60) once('minute', () => announce(t('course.minute')));
    const spans = Math.floor(seconds / SAID_EVERY_S);
    if (spans)
      once(`minutes ${spans}`, () =>
        announce(t('course.sayMinutes', { m: (spans * SAID_EVERY_S) / 60, n: course.all().length })),
      );
  } else if (seconds >= limitS() - 10) once('ten', () => announce(t('say.ten')));
  if (level.clipped()) once('loud', () => announce(t('say.loud')));
  if (level.loudest < SCALE.quiet && seconds > QUIET_S) once('quiet', () => announce(t('say.quiet')));
  if (said.has('quiet') && level.zone() === 'good') once('good', () => announce(t('say.good')));
  if (level.loudest < SILENT_DBFS && seconds > SILENT_S) {
    once('silent', () =>
      set({ notice: { key: 'notice.silent', params: { name: capturing.captured.device || t('mic.name') } } }),
    );
  } else if (said.delete('silent')) set({ notice: null });
}

/** What is not heard while it is muted is a pause in what is measured, and the result says so. @param {boolean} isMuted */
function muted(isMuted) {
  if (!running) return;
  const { capturing, notices } = running;
  if (isMuted) {
    const params = { name: capturing.captured.device || t('mic.name') };
    set({ notice: { key: 'notice.muted', params } });
    announce(t('notice.muted', params));
    if (notices.every(({ key }) => key !== 'notice.wasMuted'))
      notices.push({ key: 'notice.wasMuted', params: { t: clock(elapsed()) } });
  } else if (get().notice?.key === 'notice.muted') set({ notice: null });
}

/** @param {'unplugged'|'interrupted'} why */
function lost(why) {
  if (!running) return;
  running.notices.push({ key: `notice.${why}`, params: { t: clock(elapsed()) } });
  finish(why);
}

/** @param {'unplugged'|'interrupted'} [why] the sound ended by itself */
export async function finish(why) {
  const now = running;
  if (!now || get().phase !== 'recording') return;
  if (elapsed() < SHORTEST_S) {
    cancel();
    if (why) set({ notice: null, problem: cannotListen(why) });
    return;
  }
  await addRecording(
    now.take,
    now.capturing.captured,
    now.notices,
    async () => {
      try {
        await now.capturing.stop();
      } finally {
        now.capturing.cancel();
        running = null;
        capture.rest();
      }
      announce(t('say.stop'));
    },
    now.course,
  );
}

/**
 * Closes the microphone; what was heard is thrown away. A recording that is stopped already belongs to the
 * session.
 */
export function discard() {
  const { phase } = get();
  if (phase !== 'asking' && phase !== 'recording') return;
  const now = running;
  asking?.abort();
  asking = running = null;
  now?.capturing.cancel();
  now?.course?.cancel();
  now?.take.free();
  capture.rest();
  set({ phase: 'idle', long: false });
}

/** Gives up; what has lasted long is asked about. */
export async function cancel() {
  if (running?.course && elapsed() > ASKED_FROM_S) {
    const m = Math.round(elapsed() / 60);
    const gone = await ask(
      m === 1 ? t('course.throwOne') : t('course.throw', { m }),
      [t('course.throwText')],
      t('course.throwYes'),
      t('course.throwNo'),
    );
    if (!gone || !running) return;
  }
  const wasLong = get().long;
  discard();
  if (wasLong) query('#record').focus();
  set({ notice: { key: 'cancelled' } });
  announce(t('cancelled'));
}

/** Follows the microphones that come and go. */
export async function followDevices() {
  if (capture.impossible()) return;
  const look = async () => {
    const devices = await capture.devices();
    const { device, devices: before, problem } = get();
    const lost = device && !devices.some(({ id }) => id === device);
    if (lost) {
      const name = before.find(({ id }) => id === device)?.label || t('mic.name');
      set({ device: '', notice: { key: 'notice.gone', params: { name, other: t('mic.default') } } });
    }
    set({ devices });
    // "Plug one in; the page will notice."
    if (problem?.kind === 'none' && devices.length) set({ problem: null });
  };
  navigator.mediaDevices.addEventListener('devicechange', look);
  await look();
}
