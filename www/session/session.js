// The recordings of this tab: added, numbered, chosen, deleted with a way back, forgotten.
/** @import {Message, Recording} from '../types.js' */
import { shownBy } from '../engine/predict.js';
import { announce } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { forget as forgetPreferences } from '../shell/preferences.js';
import { MOST_RECORDINGS, current, get, set, withDeleted } from '../shell/state.js';
import { stop as stopPlaying } from '../sound/player.js';
import { keepMark } from './unsaved.js';
import { abandon } from './work.js';

/** How long a deleted recording can come back. */
const UNDO_MS = 30_000;

let lastNumber = 0;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let undoTimer;

/** The last number that was given. */
export const lastGiven = () => lastNumber;

/** A number for a further recording. */
export function nextNumber() {
  lastNumber += 1;
  return lastNumber;
}

/**
 * As it is to be shown now: the model may have been changed since it was measured.
 * @param {Recording} recording
 */
const asShown = (recording) => shownBy(recording, get().engine, get().acoustics);

/** Recordings that are shown while they are being measured: which was shown before. @type {Map<number, number|null>} */
const unfinished = new Map();

/** The list with further recordings: what was deleted gives them its place where there is no other. @param {Recording[]} further */
function listWith(further) {
  if (withDeleted().length + further.length > MOST_RECORDINGS) settle();
  return [...get().recordings, ...further];
}

/** @param {Recording} recording */
function add(recording) {
  const recordings = listWith([recording]);
  set({ recordings, current: recording.number, problem: recording.problem, notice: null, page: 'record' });
}

/** Adds a recording and shows it, above all else; one that is shown already is completed. @param {Recording} measured */
export function show(measured) {
  if (unfinished.delete(measured.number)) complete(measured);
  else add(asShown(measured));
}

/**
 * Adds a recording that is still being measured and shows it, as it is given. `show` completes it, `withdraw` takes it
 * back.
 * @param {Recording} recording
 */
export function showEarly(recording) {
  unfinished.set(recording.number, get().current);
  add(recording);
}

/**
 * Whoever looks at it may have named, left or deleted it by now.
 * @param {Recording} measured
 */
function complete(measured) {
  const anew = (/** @type {Recording} */ one) =>
    one.number === measured.number ? asShown({ ...measured, name: one.name }) : one;
  const { recordings, deleted } = get();
  set({ recordings: recordings.map(anew), deleted: deleted && anew(deleted) });
  if (!withDeleted().some(({ number }) => number === measured.number)) measured.take?.free();
}

/**
 * Puts what was measured of another channel in the place of what has its number: with the name and the time of that, unless it was
 * deleted for good.
 * @param {Recording} measured
 * @returns {Recording|null} as it is listed now
 */
export function replace(measured) {
  const { recordings, deleted, current: chosen } = get();
  const before = withDeleted().find(({ number }) => number === measured.number);
  if (!before) {
    measured.take?.free();
    return null;
  }
  if (get().playing === measured.number) stopPlaying();
  const { name, when } = before;
  const listed = asShown({ ...measured, name, when });
  set({
    recordings: recordings.map((one) => (one === before ? listed : one)),
    deleted: deleted === before ? listed : deleted,
    ...(chosen === measured.number ? { problem: listed.problem, notice: null } : {}),
  });
  before.take?.free();
  return listed;
}

/** What was shown early comes to nothing. @param {number} gone */
export function withdraw(gone) {
  const before = unfinished.get(gone) ?? null;
  if (!unfinished.delete(gone)) return;
  if (lastNumber === gone) lastNumber -= 1;
  const { recordings, current: chosen, deleted } = get();
  set({
    recordings: recordings.filter(({ number }) => number !== gone),
    current: chosen === gone ? before : chosen,
    deleted: deleted?.number === gone ? null : deleted,
  });
}

/**
 * Adds a recording that stays in the list: what is shown goes on being shown.
 * @param {Recording} recording
 */
export const addToList = (recording) => set({ recordings: listWith([recording]) });

/**
 * Adds recordings that came back from a file, which have their numbers.
 * @param {Recording[]} back
 * @param {Message} notice
 */
export function bringBack(back, notice) {
  keepMark(back);
  if (!back.length) return set({ page: 'record', notice });
  const shown = back[back.length - 1];
  const recordings = listWith(back.map(asShown));
  set({ recordings, current: shown.number, problem: shown.problem, page: 'record', notice });
}

/** Further numbers follow this one. @param {number} last */
export function countFrom(last) {
  lastNumber = last;
}

/** @param {number} chosen */
export function select(chosen) {
  const found = get().recordings.find((recording) => recording.number === chosen);
  if (found) set({ current: chosen, problem: found.problem, notice: null });
}

/** @param {Recording} recording */
export function remove(recording) {
  if (get().playing === recording.number) stopPlaying();
  settle();
  const shown = current();
  const at = get().recordings.indexOf(recording);
  const recordings = get().recordings.filter((other) => other !== recording);
  const neighbour = recordings[Math.min(at, recordings.length - 1)] ?? null;
  const next = shown?.number === recording.number ? neighbour : shown;
  set({
    recordings,
    deleted: recording,
    current: next?.number ?? null,
    problem: next?.problem ?? null,
    notice: null,
  });
  announce(t('say.deleted', { n: recording.number }));
  letUndo();
}

/** A deletion becomes final in a while, counted anew; not while somebody is at its way back. @param {boolean} [isHeld] */
export function letUndo(isHeld = false) {
  clearTimeout(undoTimer);
  if (!isHeld && get().deleted) undoTimer = setTimeout(settle, UNDO_MS);
}

/** Makes the last deletion final. */
function settle() {
  clearTimeout(undoTimer);
  const { deleted } = get();
  // What is still being measured is freed by whoever measures it.
  if (deleted && !unfinished.has(deleted.number)) deleted.take?.free();
  set({ deleted: null });
}

/** Brings back what was deleted last. */
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

/** Forgets everything of this session, and the preferences. */
export function forgetAll() {
  abandon();
  stopPlaying();
  settle();
  for (const { take, number } of get().recordings) if (!unfinished.has(number)) take?.free();
  unfinished.clear();
  lastNumber = 0;
  forgetPreferences();
  set({
    recordings: [],
    current: null,
    calm: [],
    fromAverage: false,
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
