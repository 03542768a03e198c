// Keeping recordings on this device, if that is wished: sound, numbers and names in this browser's own database, and
// nowhere else. Off unless somebody has switched it on; what is kept is opened again when the page is.
/** @import {Engine, Message, Recording} from '../types.js' */
/** @import {Key} from '../words/index.js' */
import { calmVoices } from '../result/calm.js';
import { announce, breathe, query, queryAs } from '../shell/dom.js';
import { nameOf as errorName } from '../shell/errors.js';
import { number, t } from '../shell/i18n.js';
import { recall, remember } from '../shell/preferences.js';
import { get, set, watch } from '../shell/state.js';
import { courseMark } from './session-course.js';
import { parse, writeFile } from './session-file.js';
import { apart, fileOf, mark as markOfSound } from './session-sounds.js';
import { markKept, markNotKept, markOnlyKept } from './unsaved.js';

const DATABASE = 'undertone';
const STORE = 'kept';

/** What is kept of a recording: a session of its own as a file, or as a text, with what tells whether it has changed. @typedef {{mark: string, text: Blob|string}} Kept */

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** @returns {Promise<IDBDatabase>} */
function database() {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return done(request);
}

/**
 * Works with what is kept, in one transaction that is over when this is.
 * @template T
 * @param {IDBTransactionMode} mode
 * @param {(store: IDBObjectStore) => IDBRequest<T>} work
 * @returns {Promise<T>}
 */
async function within(mode, work) {
  const open = await database();
  try {
    const transaction = open.transaction(STORE, mode);
    const ended = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const result = await done(work(transaction.objectStore(STORE)));
    await ended;
    return result;
  } finally {
    open.close();
  }
}

/** What of it may change. @param {Recording} recording */
const markOf = (recording) =>
  [
    recording.number,
    recording.name,
    Boolean(recording.take),
    recording.channels?.taken ?? '',
    recording.course?.asOne ?? '',
    courseMark(recording.course),
    ...calmVoices([recording]).map(({ when }) => when.getTime()),
  ].join('|');

/** What is kept, as far as this tab knows, by the recordings' identities. @type {Map<string, {mark: string, size: number}>} */
const here = new Map();
/** Recordings that were in this tab's list: only what has left it is deleted. @type {Set<string>} */
const listed = new Set();
/** Deleted elsewhere: nobody puts them back. @type {Set<string>} */
const dropped = new Set();
/** Whether the browser remembers the switch, so that another tab can turn it off. */
let isRemembered = false;
/** One change after the other. */
let turn = Promise.resolve();

/** @param {() => Promise<void>} work */
function next(work) {
  turn = turn.then(work).catch(refused);
  return turn;
}

/** @param {Key} key @param {Record<string, string|number>} [params] @param {Message['way']} [way] */
function tell(key, params, way) {
  set({ notice: { key, params, way } });
  announce(t(key, params));
}

/** @param {number} n @param {Key} one  said of one recording @param {Key} many @param {Message['way']} [way] */
const tellOf = (n, one, many, way) => tell(n === 1 ? one : many, { n }, way);

/**
 * The browser keeps nothing: that is said, and the switch goes back. Where it has kept something before, the switch stays: that comes
 * back the next time, and the rest is tried again.
 * @param {unknown} error
 * @param {number} [rest]  recordings that are not kept
 */
function refused(error, rest = 0) {
  const reason = errorName(error) ?? '?';
  if (here.size) return tell(rest ? 'keep.part' : 'keep.unreachable', { n: rest, reason });
  remember('keep', 'off');
  set({ keeps: false });
  tell('keep.refused', { reason });
}

/** Nothing is known of what is kept. */
function clear() {
  for (const known of [here, listed, dropped]) known.clear();
  markKept(null);
}

/** All that this browser kept was deleted by another tab or in its settings: nobody is told that it is here, and nothing is put back. */
function gone() {
  clear();
  remember('keep', 'off');
  set({ keeps: false });
  tell('keep.gone');
}

/** Whether keeping was ended elsewhere. */
const isEndedElsewhere = () => isRemembered && recall('keep') !== 'on';

/** What is going on with what is kept; nothing most of the time. */
let busy = '';

/** @param {string} words */
function say(words) {
  busy = words;
  show();
}

/** Takes note of what was deleted elsewhere. @returns {Promise<boolean>} whether anything may be kept still */
async function notice() {
  if (isEndedElsewhere()) return false;
  if (!here.size) return true;
  const keys = new Set((await within('readonly', (store) => store.getAllKeys())).map(String));
  if (!keys.size) return false;
  const missing = [...here.keys()].filter((id) => !keys.has(id));
  for (const id of missing) {
    here.delete(id);
    dropped.add(id);
  }
  const left = get().recordings.filter(({ id }) => missing.includes(id));
  markNotKept(left);
  if (left.length) tellOf(left.length, 'keep.goneSomeOne', 'keep.goneSome');
  return true;
}

/** Brings what is kept in step with the list. */
async function follow() {
  const { recordings, engine, acoustics, keeps } = get();
  if (!keeps || !engine) return;
  if (!(await notice())) return gone();
  for (const id of [...here.keys()]) {
    if (!listed.has(id) || recordings.some((one) => one.id === id)) continue;
    await within('readwrite', (store) => store.delete(id));
    here.delete(id);
  }
  /** @type {unknown} */
  let failure = null;
  let rest = 0;
  // What is still being measured is kept when it is.
  const measured = recordings.filter(
    ({ id, measures, problem }) => (measures || problem) && !dropped.has(id),
  );
  for (const [i, recording] of measured.entries()) {
    const mark = markOf(recording);
    try {
      if (here.get(recording.id)?.mark !== mark) {
        say(t('keep.writing', { k: i + 1, n: measured.length }));
        const text = await writeFile(
          [recording],
          engine,
          true,
          new Date(),
          acoustics,
          calmVoices([recording]),
        );
        if (isEndedElsewhere()) return gone();
        if (!get().keeps) return;
        await within('readwrite', (store) => store.put({ mark, text }, recording.id));
        here.set(recording.id, { mark, size: text.size });
      }
      markKept([recording]);
    } catch (error) {
      failure ??= error;
      rest += 1;
    }
  }
  say('');
  if (rest) refused(failure, rest);
}

/**
 * What is kept and can be read, as a file that the page opens, the oldest first.
 * @param {Engine} engine
 * @returns {Promise<{file: File|null, ids: string[], unread: number}>} with the identities in it; what cannot be read is left as it is
 */
async function keptFile(engine) {
  const all = /** @type {Kept[]} */ (await within('readonly', (store) => store.getAll()));
  const keys = await within('readonly', (store) => store.getAllKeys());
  /** @type {any[]} */
  const sessions = [];
  /** @type {(Blob|null)[]} */
  const sounds = [];
  const ids = [];
  let unread = 0;
  for (const [i, { mark, text }] of all.entries()) {
    const id = String(keys[i]);
    const file = typeof text === 'string' ? new Blob([text]) : text;
    here.set(id, { mark, size: file.size });
    try {
      const one = await apart(file);
      const session = JSON.parse(one.text);
      await breathe();
      // Each must be whole by itself, or all would be refused for it.
      parse(session, engine, one.sounds);
      await breathe();
      // A session of its own for each recording; older ones have no identity but what they are kept under.
      const [recording] = session.recordings;
      recording.id = id;
      if (one.sounds.length) recording.sound = markOfSound(sounds.length);
      sounds.push(...one.sounds);
      sessions.push(session);
      ids.push(id);
    } catch (error) {
      console.info(error);
      unread += 1;
    }
  }
  if (!sessions.length) return { file: null, ids, unread };
  const recordings = sessions
    .flatMap((session) => session.recordings)
    .sort((a, b) => Date.parse(a.when) - Date.parse(b.when));
  /** @type {Map<string, unknown>} */
  const calm = new Map(
    sessions.flatMap((session) => session.calm ?? []).map((one) => [`${one.when}|${one.voice ?? ''}`, one]),
  );
  // What is kept is one session with what is recorded now.
  const text = JSON.stringify({
    ...sessions[0],
    saved: '',
    calm: [...calm.values()],
    recordings,
  });
  await breathe();
  return { file: fileOf({ text, sounds }, t('keep.name')), ids, unread };
}

/** Called when the page has nothing under way. @type {(() => void)[]} */
let waiting = [];

/** Until nothing is under way: files that come meanwhile are not opened. */
async function idle() {
  while (get().phase !== 'idle')
    await /** @type {Promise<void>} */ (new Promise((resolve) => waiting.push(resolve)));
}

/**
 * Opens what is kept. What does not come back, because it was given up or cannot be read, stays kept.
 * @param {(files: File[]) => Promise<void>} addFiles
 */
async function openKept(addFiles) {
  const { engine } = get();
  if (!engine) return;
  say(t('keep.opening'));
  const { file, ids, unread } = await keptFile(engine);
  if (file) {
    await idle();
    if (!get().keeps) return say('');
    const [{ page }, { hash }] = [get(), location];
    await addFiles([file]);
    // Whoever has opened another part of the page stays there.
    if (page !== 'record') {
      history.replaceState(history.state, '', hash);
      set({ page });
    }
  }
  say('');
  const back = get().recordings.filter(({ id }) => ids.includes(id));
  markOnlyKept(back);
  if (unread) tellOf(unread, 'keep.unreadOne', 'keep.unread');
  if (back.length < ids.length)
    tellOf(ids.length - back.length, 'keep.waitingOne', 'keep.waiting', {
      key: 'keep.openNow',
      take: () => void next(() => openKept(addFiles)),
    });
  await follow();
}

/** Deletes what is kept, and keeps nothing further. */
export function deleteKept() {
  const isKept = get().keeps || here.size > 0;
  remember('keep', 'off');
  set({ keeps: false });
  void next(async () => {
    try {
      // Also where nothing is known of it: another tab may have kept something.
      await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase(DATABASE);
        request.onsuccess = request.onblocked = resolve;
        request.onerror = () => reject(request.error);
      });
    } catch (error) {
      if (isKept) tell('keep.notDeleted', { reason: errorName(error) ?? '?' });
      return;
    }
    clear();
    show();
    if (isKept) announce(t('keep.deleted'));
  });
}

function show() {
  const { keeps, recordings } = get();
  for (const box of boxes()) box.checked = keeps;
  const megabytes = [...here.values()].reduce((sum, { size }) => sum + size, 0) / 1e6;
  const filled = { n: here.size, size: `${number(megabytes, 1)} MB` };
  const kept = t(here.size === 1 ? 'keep.hereOne' : 'keep.here', filled);
  const isKept = keeps || here.size > 0;
  query('#keep').textContent = isKept ? busy || kept : t('list.keep');
  query('#keep').hidden = query('#keep-choice').hidden = !isKept && !recordings.length;
  query('#keep-delete').hidden = !isKept;
}

/** The switch under the list, and on the page about privacy. */
const boxes = () => ['#keep-here', '#keep-here-too'].map((id) => queryAs(id, HTMLInputElement));

/** @param {(files: File[]) => Promise<void>} addFiles opens what is kept */
export function start(addFiles) {
  isRemembered = recall('keep') === 'on';
  set({ keeps: isRemembered });
  for (const box of boxes())
    box.addEventListener('change', () => {
      if (!box.checked) return deleteKept();
      remember('keep', 'on');
      isRemembered = recall('keep') === 'on';
      dropped.clear();
      set({ keeps: true });
    });
  query('#keep-delete').addEventListener('click', deleteKept);
  addEventListener('storage', () => {
    if (get().keeps && isEndedElsewhere()) void next(follow);
  });
  watch(['phase'], () => {
    if (get().phase !== 'idle') return;
    for (const go of waiting.splice(0)) go();
  });
  let isBack = !get().keeps;
  watch(['recordings', 'engine', 'keeps', 'calm'], () => {
    for (const { id } of get().recordings) listed.add(id);
    show();
    if (!get().engine || !get().keeps) return;
    if (isBack) return void next(follow);
    isBack = true;
    void next(async () => {
      try {
        await openKept(addFiles);
      } catch (error) {
        // It may be there still, and is tried again when something changes.
        isBack = false;
        const reason = errorName(error) ?? '?';
        say(t('keep.unreachable', { reason }));
        tell('keep.unreachable', { reason });
      }
    });
  });
}
