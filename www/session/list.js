// The list of this tab's recordings: choose, tick two, rename, delete with a way back, forget everything.
/** @import {Recording} from '../types.js' */
import { kind, scoreOf } from '../engine/map-axis.js';
import { end, tick } from '../result/compare.js';
import { point } from '../result/map.js';
import { ask } from '../shell/dialog.js';
import { bringIntoSight, button, make, query } from '../shell/dom.js';
import { shareOfScale } from '../shell/format.js';
import { scoreText, t } from '../shell/i18n.js';
import { get, watch } from '../shell/state.js';
import { fullName, nameOf } from '../shell/names.js';
import { deleteKept } from './kept.js';
import { nameField, rename } from './rename.js';
import { forgetAll, letUndo, remove, select, undo } from './session.js';

/** Ends a recording under way, which stands above this part. */
let endRecording = () => {};

/** @param {() => void} end */
export const onForget = (end) => {
  endRecording = end;
};

export function start() {
  query('#forget').addEventListener('click', async () => {
    const n = get().recordings.length;
    const agreed = await ask(
      t('forget.ask'),
      [n === 1 ? t('forget.textOne') : t('forget.text', { n })],
      t('forget.yes'),
      t('forget.no'),
    );
    if (!agreed) return;
    endRecording();
    deleteKept();
    forgetAll();
    query('#sentence').focus();
  });
  query('#recordings').addEventListener('keydown', (event) => {
    const step = { ArrowDown: -1, ArrowUp: 1 }[event.key];
    if (!step || /** @type {Element} */ (event.target).matches('.name-field')) return;
    event.preventDefault();
    move(step);
  });
  watch(['recordings', 'current', 'ticked', 'renaming', 'engine', 'acoustics'], fill);
  const line = query('#undo');
  for (const there of ['focusin', 'mouseenter']) line.addEventListener(there, () => letUndo(true));
  for (const gone of ['focusout', 'mouseleave']) line.addEventListener(gone, () => letUndo());
  watch(['deleted'], () => {
    const { deleted } = get();
    line.hidden = !deleted;
    if (!deleted) return;
    const back = button(t('list.undo'), 'word', () => {
      undo();
      focusOn('choose');
    });
    line.replaceChildren(make('span', {}, t('list.deleted', { n: deleted.number })), back);
  });
}

function fill() {
  const { recordings, current, renaming } = get();
  const list = query('#recordings');
  const held = list.contains(document.activeElement)
    ? /** @type {HTMLElement} */ (document.activeElement).dataset.does
    : undefined;
  const empty = !recordings.length;
  query('#list-empty').hidden = !empty;
  list.hidden = query('#list-ways').hidden = empty;
  // The newest stands on top.
  const rows = recordings.map((recording) => row(recording, recording.number === current)).reverse();
  list.replaceChildren(...rows);
  const many = recordings.length > 1;
  query('#heading-list').textContent = many ? t('list.many', { n: recordings.length }) : t('heading.list');
  if (renaming !== null) {
    const field = /** @type {HTMLInputElement|null} */ (list.querySelector('.name-field'));
    field?.focus();
    field?.select();
  } else if (held) focusOn(held);
  // Where it lies is known once everything else has been changed, too.
  requestAnimationFrame(() => inSight(list));
}

/** Scrolls the list, and nothing else, so that the chosen recording is in sight. @param {HTMLElement} list */
export function inSight(list = query('#recordings')) {
  bringIntoSight(list, list.querySelector('li.current'));
}

/** Brings the focus to what the chosen recording's row offers. @param {string} does */
function focusOn(does) {
  const list = query('#recordings');
  const target = list.querySelector(`[data-does="${does}"]`) ?? list.querySelector('[aria-current="true"]');
  /** @type {HTMLElement|null} */ (target)?.focus();
}

/** To a later recording, or an earlier one. @param {number} step */
export function move(step) {
  const { recordings, current } = get();
  const at = recordings.findIndex((recording) => recording.number === current);
  const next = recordings[Math.min(recordings.length - 1, Math.max(0, at + step))];
  if (next) select(next.number);
}

/** @param {Recording} recording @param {boolean} isCurrent */
function row(recording, isCurrent) {
  const { ticked, renaming } = get();
  const item = make('li', isCurrent ? { class: 'current' } : {});
  if (ticked) item.append(box(recording, ticked.includes(recording.number)));
  if (renaming === recording.number) {
    item.append(
      make('span', { class: 'disc-number', 'aria-hidden': 'true' }, String(recording.number)),
      nameField(recording, () => focusOn('rename')),
    );
    return item;
  }
  item.append(chooser(recording, isCurrent));
  if (isCurrent && !ticked) item.append(ways(recording));
  return item;
}

/** @param {Recording} recording @param {boolean} isCurrent */
function chooser(recording, isCurrent) {
  const n = recording.number;
  const score = scoreOf(recording);
  const name = nameOf(recording);
  const unseen = (/** @type {string} */ text) => make('span', { class: 'unseen' }, text);
  const said = recording.name || recording.file ? [unseen(`${t('list.voice', { n })}, `), name] : [name];
  const choose = make(
    'button',
    { type: 'button', class: 'row', 'data-does': isCurrent ? 'choose' : `choose ${n}` },
    make('span', { class: 'disc-number', 'aria-hidden': 'true' }, String(n)),
    make('span', { class: 'row-name' }, ...said),
  );
  const { course } = recording;
  // Where no score is given, none is missing.
  if (course && !course.asOne)
    choose.append(
      make('span', { class: 'row-utterances' }, t('course.utterances', { n: course.utterances.length })),
    );
  else if (kind() === 'score' && !get().acoustics) {
    const scale = make('span', {
      class: `small-scale${score === null ? ' none' : ''}`,
      'aria-hidden': 'true',
    });
    if (score !== null) scale.style.setProperty('--at', String(shareOfScale(score)));
    const shown =
      score === null
        ? [make('span', { 'aria-hidden': 'true' }, '–'), unseen(t('list.noScore'))]
        : [scoreText(score)];
    choose.append(scale, make('span', { class: 'row-score' }, unseen(', '), ...shown));
  }
  if (isCurrent) choose.setAttribute('aria-current', 'true');
  // Where the map has many, it shows which one is meant.
  for (const when of ['focus', 'mouseenter']) choose.addEventListener(when, () => point(n));
  for (const when of ['blur', 'mouseleave']) choose.addEventListener(when, () => point(null));
  choose.addEventListener('click', () => {
    if (get().ticked?.length === 2) end();
    select(n);
  });
  return choose;
}

/** What can be done with the chosen recording. @param {Recording} recording */
function ways(recording) {
  const n = recording.number;
  const way = (
    /** @type {string} */ does,
    /** @type {string} */ word,
    /** @type {string} */ name,
    /** @type {() => void} */ press,
  ) => {
    const made = button(word, 'word', press);
    made.setAttribute('aria-label', name);
    made.dataset.does = does;
    return made;
  };
  return make(
    'p',
    { class: 'row-ways' },
    way('rename', t('list.rename'), t('list.renameName', { n }), () => rename(n)),
    way('delete', t('list.delete'), t('list.deleteName', { n }), () => {
      remove(recording);
      /** @type {HTMLElement|null} */ (query('#undo').querySelector('button'))?.focus();
    }),
  );
}

/** @param {Recording} recording @param {boolean} on */
function box(recording, on) {
  const input = make('input', {
    type: 'checkbox',
    'aria-label': t('compare.tick', { name: fullName(recording) }),
    'data-does': `tick ${recording.number}`,
  });
  input.checked = on;
  input.disabled = !recording.analysis;
  input.addEventListener('change', () => tick(recording.number, input.checked));
  return make('label', { class: 'tick-box' }, input);
}
