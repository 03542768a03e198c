// Single keys. They work outside fields only, and can be switched off in their own list.
import { compareWithPrevious, end } from './result/compare.js';
import { open as openLive } from './live/live.js';
import { openSave } from './session/save.js';
import { select } from './session/session.js';
import { toggle } from './sound/player.js';
import { press } from './record/record.js';
import { giveUp } from './record/recorder.js';
import { open } from './shell/dialog.js';
import { make, query } from './shell/dom.js';
import { t } from './shell/i18n.js';
import { recall, remember } from './shell/preferences.js';
import { current, currentCourse, get, set } from './shell/state.js';

const LIST = /** @type {const} */ ([
  ['R', 'keys.r'],
  ['Esc', 'keys.esc'],
  ['P', 'keys.p'],
  ['↑ ↓', 'keys.arrows'],
  ['1 … 9', 'keys.n'],
  ['C', 'keys.c'],
  ['L', 'live'],
  ['O', 'keys.o'],
  ['S', 'keys.s'],
  ['?', 'keys.help'],
]);
/** On the course of a conversation, while it has the focus. */
const COURSE = /** @type {const} */ ([
  ['← →', 'keys.utterances'],
  ['1 … 4', 'keys.voice'],
  ['Enter', 'course.edges'],
  ['J', 'course.join'],
  ['X', 'course.leaveOut'],
  ['Ctrl Z', 'course.undo'],
]);

export function start() {
  set({ keys: recall('keys') !== 'off' });
  query('#keys').addEventListener('click', openList);
  document.addEventListener('keydown', (event) => {
    if (
      event.defaultPrevented ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      event.isComposing ||
      event.repeat
    )
      return;
    if (document.querySelector('dialog[open]')) return;
    if (event.key === 'Escape') {
      if (giveUp()) event.preventDefault();
      else if (get().ticked) end();
      return;
    }
    const target = /** @type {Element} */ (event.target);
    if (!get().keys || target.closest('input, select, textarea, [contenteditable]')) return;
    if (run(event.key)) event.preventDefault();
  });
}

/** Digits that follow each other in so many ms are one number. */
const NUMBER_MS = 700;
let typed = '';
let typedAt = -Infinity;

/** A recording by its number; 2 8 is 28, and at once 2 where there is no 28. @param {string} digit */
function choose(digit) {
  const now = performance.now();
  const goesOn = now - typedAt < NUMBER_MS;
  typed =
    goesOn && get().recordings.some((one) => one.number === Number(typed + digit)) ? typed + digit : digit;
  typedAt = now;
  select(Number(typed));
}

/** @param {string} key @returns {boolean} whether it means something */
function run(key) {
  const shown = current();
  if (/^\d$/.test(key)) choose(key);
  else if (key === '?') openList();
  else if (key.toLowerCase() === 'r') press();
  else if (get().phase !== 'idle') return false;
  else if (key.toLowerCase() === 'l') void openLive();
  else if (key.toLowerCase() === 'o') query('#files').click();
  else if (key.toLowerCase() === 'p' && shown) toggle(shown);
  else if (key.toLowerCase() === 'c') return compareWithPrevious();
  else if (key.toLowerCase() === 's' && shown) openSave();
  else return false;
  return true;
}

function openList() {
  const input = make('input', { type: 'checkbox' });
  input.checked = get().keys;
  input.addEventListener('change', () => {
    remember('keys', input.checked ? 'on' : 'off');
    set({ keys: input.checked });
  });
  const row = (/** @type {readonly [string, import('./words/index.js').Key]} */ [key, words]) =>
    make('div', {}, make('dt', {}, key), make('dd', {}, t(words)));
  const rows = LIST.filter(([key]) => key !== 'C' || !get().acoustics).map(row);
  const ofCourse = currentCourse()
    ? [make('h3', {}, t('keys.course')), make('dl', { class: 'rules' }, ...COURSE.map(row))]
    : [];
  open(
    t('keys'),
    [
      make('dl', { class: 'rules' }, ...rows),
      ...ofCourse,
      make('label', { class: 'option' }, input, ` ${t('keys.use')}`),
    ],
    [],
  );
}
