// Keeping recordings on this device, if that is wished: sound, numbers and names in this browser's own database, and
// nowhere else. Off unless somebody has switched it on; what is kept is opened again when the page is.
/** @import {Recording} from '../types.js' */
import { calmVoices } from '../result/calm.js';
import { announce, breathe, query, queryAs } from '../shell/dom.js';
import { nameOf as errorName } from '../shell/errors.js';
import { number, t } from '../shell/i18n.js';
import { recall, remember } from '../shell/preferences.js';
import { get, set, watch } from '../shell/state.js';
import { courseMark } from './session-course.js';
import { writeFile } from './session-file.js';
import { apart, fileOf, mark as markOfSound } from './session-sounds.js';
import { markKept, markOnlyKept } from './unsaved.js';

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

/** What one is kept under: two tabs may give the same number. @param {Recording} recording */
const keyOf = ({ when, seconds }) => [when.getTime(), seconds].join('|');

/** What of it may change. @param {Recording} recording */
const markOf = (recording) =>
  [
    recording.number,
    recording.name,
    Boolean(recording.take),
    courseMark(recording.course),
    ...calmVoices([recording]).map(({ when }) => when.getTime()),
  ].join('|');

/** What this tab has kept, or found kept, by its key. @type {Map<string, {mark: string, size: number}>} */
const here = new Map();
/** One change after the other. */
let turn = Promise.resolve();

/** @param {() => Promise<void>} work */
function next(work) {
  turn = turn.then(work).catch(refused);
  return turn;
}

/**
 * The browser keeps nothing: that is said, and the switch goes back. Where it keeps a part, as when its room is full, the switch
 * stays: what is kept comes back the next time, and the rest is tried again.
 * @param {unknown} error
 * @param {number} [rest]  recordings that are not kept
 */
function refused(error, rest = 0) {
  const reason = errorName(error) ?? '?';
  const isPart = rest > 0 && here.size > 0;
  if (!isPart) remember('keep', 'off');
  const key = isPart ? 'keep.part' : 'keep.refused';
  const params = { n: rest, reason };
  set({ keeps: isPart, notice: { key, params } });
  announce(t(key, params));
}

/** What this tab has kept was deleted by another tab or in the browser's settings: nobody is told that it is here, and nothing is put back. */
function gone() {
  here.clear();
  markKept(null);
  remember('keep', 'off');
  set({ keeps: false, notice: { key: 'keep.gone' } });
  announce(t('keep.gone'));
}

/** What is going on with what is kept; nothing most of the time. */
let busy = '';

/** @param {string} words */
function say(words) {
  busy = words;
  show();
}

/** Brings what is kept in step with the list. */
async function follow() {
  const { recordings, engine, acoustics, keeps } = get();
  if (!keeps || !engine) return;
  if (here.size) {
    const keys = new Set((await within('readonly', (store) => store.getAllKeys())).map(String));
    const missing = [...here.keys()].filter((key) => !keys.has(key));
    if (missing.length === here.size) return gone();
    for (const key of missing) here.delete(key);
  }
  for (const key of [...here.keys()].filter((key) => !recordings.some((one) => keyOf(one) === key))) {
    await within('readwrite', (store) => store.delete(key));
    here.delete(key);
  }
  /** @type {unknown} */
  let failure = null;
  let rest = 0;
  // What is still being measured is kept when it is.
  const measured = recordings.filter(({ measures, problem }) => measures || problem);
  for (const [i, recording] of measured.entries()) {
    const [key, mark] = [keyOf(recording), markOf(recording)];
    try {
      if (here.get(key)?.mark !== mark) {
        say(t('keep.writing', { k: i + 1, n: measured.length }));
        const text = await writeFile(
          [recording],
          engine,
          true,
          new Date(),
          acoustics,
          calmVoices([recording]),
        );
        await within('readwrite', (store) => store.put({ mark, text }, key));
        here.set(key, { mark, size: text.size });
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

/** What is kept, as a file that the page opens; the oldest first. @returns {Promise<File|null>} */
async function keptFile() {
  const all = /** @type {Kept[]} */ (await within('readonly', (store) => store.getAll()));
  const keys = await within('readonly', (store) => store.getAllKeys());
  /** @type {any[]} */
  const sessions = [];
  /** @type {(Blob|null)[]} */
  const sounds = [];
  for (const [i, { mark, text }] of all.entries()) {
    const file = typeof text === 'string' ? new Blob([text]) : text;
    here.set(String(keys[i]), { mark, size: file.size });
    const one = await apart(file);
    const session = JSON.parse(one.text);
    await breathe();
    // A session of its own for each recording.
    if (one.sounds.length) session.recordings[0].sound = markOfSound(sounds.length);
    sounds.push(...one.sounds);
    sessions.push(session);
  }
  if (!sessions.length) return null;
  const recordings = sessions
    .flatMap((session) => session.recordings)
    .sort((a, b) => Date.parse(a.when) - Date.parse(b.when));
  /** @type {Map<string, unknown>} */
  const calm = new Map(sessions.flatMap((session) => session.calm ?? []).map((one) => [one.when, one]));
  // What is kept is one session with what is recorded now.
  const text = JSON.stringify({
    ...sessions[0],
    saved: '',
    calm: [...calm.values()],
    recordings,
  });
  await breathe();
  return fileOf({ text, sounds }, t('keep.name'));
}

/** Deletes what is kept, and keeps nothing further. */
export function deleteKept() {
  if (!get().keeps && !here.size) return;
  remember('keep', 'off');
  set({ keeps: false });
  void next(async () => {
    here.clear();
    markKept(null);
    await new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase(DATABASE);
      request.onsuccess = request.onblocked = resolve;
      request.onerror = () => reject(request.error);
    });
    show();
    announce(t('keep.deleted'));
  });
}

function show() {
  const { keeps, recordings } = get();
  for (const box of boxes()) box.checked = keeps;
  const megabytes = [...here.values()].reduce((sum, { size }) => sum + size, 0) / 1e6;
  const filled = { n: here.size, size: `${number(megabytes, 1)} MB` };
  const kept = t(here.size === 1 ? 'keep.hereOne' : 'keep.here', filled);
  query('#keep').textContent = keeps ? busy || kept : t('list.keep');
  query('#keep').hidden = query('#keep-choice').hidden = !keeps && !recordings.length;
  query('#keep-delete').hidden = !keeps;
}

/** The switch under the list, and on the page about privacy. */
const boxes = () => ['#keep-here', '#keep-here-too'].map((id) => queryAs(id, HTMLInputElement));

/** @param {(files: File[]) => Promise<void>} addFiles opens what is kept */
export function start(addFiles) {
  set({ keeps: recall('keep') === 'on' });
  for (const box of boxes())
    box.addEventListener('change', () => {
      if (!box.checked) return deleteKept();
      remember('keep', 'on');
      set({ keeps: true });
    });
  query('#keep-delete').addEventListener('click', deleteKept);
  let isBack = !get().keeps;
  watch(['recordings', 'engine', 'keeps', 'calm'], () => {
    show();
    if (!get().engine || !get().keeps) return;
    if (isBack) return void next(follow);
    isBack = true;
    void next(async () => {
      say(t('keep.opening'));
      const file = await keptFile();
      const [{ page }, { hash }] = [get(), location];
      if (file) await addFiles([file]);
      say('');
      // Whoever has opened another part of the page stays there.
      if (page !== 'record') {
        history.replaceState(history.state, '', hash);
        set({ page });
      }
      markOnlyKept(get().recordings);
      await follow();
    });
  });
}
