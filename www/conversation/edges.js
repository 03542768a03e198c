// One utterance opened: its edges are moved, it is split or joined with a neighbour.
/** @import {Utterance} from '../types.js' */
import { onChange } from '../shell/canvas.js';
import { button, make, query } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { current, currentCourse, currentUtterance, watch } from '../shell/state.js';
import { canMeasure, canUndo, join, moveEdge, splitAt, step, toggleOut } from './edit.js';
import { partPicture } from './picture.js';
import { onOpen, playUtterance } from './stave.js';
import { found } from './utterances.js';
import { span, time } from './words.js';

/** What is seen of the sound before and after, and at most, in s. */
const AROUND_S = 0.9;
const MOST_S = 12;
/** What an arrow key and a page key move an edge by, in s. */
const STEPS_S = {
  ArrowLeft: -0.01,
  ArrowRight: 0.01,
  ArrowDown: -0.01,
  ArrowUp: 0.01,
  PageDown: -0.1,
  PageUp: 0.1,
};

let isOpen = false;
/** Where it would be split, in s. */
let line = 0;
/** @type {number|null} */
let of = null;
/** @type {ReturnType<typeof partPicture>} */
let paint;
let ask = () => {};

export function start() {
  const box = query('#edges-picture');
  paint = partPicture(/** @type {HTMLCanvasElement} */ (box.querySelector('canvas')));
  ask = onChange(box, draw);
  onOpen(() => {
    if (!currentUtterance()) return;
    isOpen = true;
    show();
    query('#edges-title').focus();
  });
  box.addEventListener('click', ({ clientX, target }) => {
    if (/** @type {Element} */ (target).closest('[role=slider]')) return;
    const [from, to] = seen();
    const { left, width } = box.getBoundingClientRect();
    line = from + ((clientX - left) / width) * (to - from);
    draw();
  });
  for (const edge of /** @type {const} */ (['start', 'end', 'line'])) handle(edge);
  query('#edges').addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      return close();
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') {
      event.preventDefault();
      step(event.shiftKey ? 'redo' : 'undo');
    }
  });
  watch(['current', 'recordings', 'engine', 'theme', 'phase'], show);
}

export function close() {
  isOpen = false;
  show();
  query('#utterance-course').focus({ preventScroll: true });
}

/** What is seen, in s. @returns {[number, number]} */
function seen() {
  const [recording, one] = [current(), currentUtterance()];
  if (!recording || !one) return [0, 1];
  const from = Math.max(0, one.start - AROUND_S);
  return [from, Math.min(recording.seconds, one.end + AROUND_S, from + MOST_S)];
}

/** @param {'start'|'end'|'line'} edge */
function handle(edge) {
  const grip = query(`#edge-${edge}`);
  const place = (/** @type {Utterance} */ one) => (edge === 'line' ? line : one[edge]);
  const move = (/** @type {number} */ at) => {
    const one = currentUtterance();
    if (!one) return;
    if (edge === 'line') {
      line = Math.min(one.end, Math.max(one.start, at));
      draw();
    } else moveEdge(one.number, edge, Math.round(at * 100) / 100);
  };
  grip.addEventListener('keydown', (event) => {
    const by = STEPS_S[/** @type {keyof typeof STEPS_S} */ (event.key)];
    const end = { Home: 0, End: current()?.seconds ?? 0 }[event.key];
    const one = currentUtterance();
    if ((!by && end === undefined) || !one) return;
    event.preventDefault();
    event.stopPropagation();
    move(end ?? place(one) + by);
  });
  /** @type {number|null} */
  let held = null;
  grip.addEventListener('pointerdown', (event) => {
    held = event.pointerId;
    grip.setPointerCapture(event.pointerId);
  });
  const at = (/** @type {PointerEvent} */ { clientX }) => {
    const [from, to] = seen();
    const { left, width } = query('#edges-picture').getBoundingClientRect();
    return from + ((clientX - left) / width) * (to - from);
  };
  grip.addEventListener('pointermove', (event) => {
    if (held !== event.pointerId) return;
    // Only when it is let go the utterance is measured anew.
    if (edge === 'line') move(at(event));
    else grip.style.setProperty('--at', String(shareOf(at(event))));
  });
  grip.addEventListener('pointerup', (event) => {
    if (held !== event.pointerId) return;
    held = null;
    move(at(event));
    draw();
  });
}

/** A time's place in the picture, 0–1. @param {number} seconds */
function shareOf(seconds) {
  const [from, to] = seen();
  return Math.min(1, Math.max(0, (seconds - from) / (to - from)));
}

function show() {
  const one = currentUtterance();
  if (!one || !canMeasure()) isOpen = false;
  const part = query('#edges');
  part.hidden = !isOpen;
  if (!isOpen || !one) return;
  if (of !== one.number || line <= one.start || line >= one.end) line = (one.start + one.end) / 2;
  of = one.number;
  const course = currentCourse();
  query('#edges-title').textContent = t('course.edgesTitle', { n: one.number });
  query('#edges-span').textContent = span(one);
  const box = query('#edges-ways');
  const held = box.contains(document.activeElement)
    ? /** @type {HTMLElement} */ (document.activeElement).dataset.does
    : undefined;
  const way = (
    /** @type {string} */ does,
    /** @type {string} */ text,
    /** @type {() => void} */ press,
    look = 'pill quiet',
  ) => {
    const made = button(text, look, press);
    made.dataset.does = does;
    return made;
  };
  const before = course && found(course.utterances, one.number - 1);
  const after = course && found(course.utterances, one.number + 1);
  const { undo, redo } = canUndo();
  const recording = current();
  const joinWord = (/** @type {number} */ n) => t('course.joinName', { n, m: n + 1 });
  box.replaceChildren(
    way('listen', t('list.listen'), () => recording && playUtterance(recording, one), 'word'),
    way('split', t('course.splitAt'), () => splitAt(one.number, line)),
    ...(before ? [way('join before', joinWord(before.number), () => join(before.number))] : []),
    ...(after ? [way('join after', joinWord(one.number), () => join(one.number))] : []),
    way('out', t(one.isOut ? 'course.takeIn' : 'course.leaveOut'), toggleOut),
    ...(undo ? [way('undo', t('course.undo'), () => step('undo'), 'word')] : []),
    ...(redo ? [way('redo', t('course.redo'), () => step('redo'), 'word')] : []),
    way('back', t('course.back'), close, 'word'),
  );
  // What was pressed may have gone: the focus stays within.
  if (held)
    /** @type {HTMLElement|null} */ (
      box.querySelector(`[data-does="${held}"]`) ?? box.querySelector('[data-does="back"]')
    )?.focus();
  ask();
  draw();
}

function draw() {
  const [recording, one] = [current(), currentUtterance()];
  if (!isOpen || !recording || !one) return;
  const [from, to] = seen();
  paint(recording, from, to);
  const box = query('#edges-picture');
  box.style.setProperty('--from', String(shareOf(one.start)));
  box.style.setProperty('--to', String(shareOf(one.end)));
  for (const [edge, at, name] of /** @type {[string, number, string][]} */ ([
    ['start', one.start, t('course.edgeStart', { n: one.number })],
    ['end', one.end, t('course.edgeEnd', { n: one.number })],
    ['line', line, t('course.line')],
  ])) {
    const grip = query(`#edge-${edge}`);
    grip.style.setProperty('--at', String(shareOf(at)));
    // At the picture's side the time stands on the other side of the line.
    grip.classList.toggle('inward', edge === 'start' ? shareOf(at) < 0.1 : shareOf(at) > 0.9);
    for (const [attribute, value] of Object.entries({
      'aria-label': name,
      'aria-valuemin': from.toFixed(2),
      'aria-valuemax': to.toFixed(2),
      'aria-valuenow': at.toFixed(2),
      'aria-valuetext': time(at, 2),
    }))
      grip.setAttribute(attribute, value);
    const word = grip.querySelector('span');
    if (word) word.textContent = edge === 'line' ? '' : time(at, 2);
  }
}

/** What is built once. */
export const built = () =>
  make(
    'section',
    { class: 'edges', id: 'edges', 'aria-labelledby': 'edges-title', hidden: '' },
    make('h2', { id: 'edges-title', tabindex: '-1' }),
    make('p', { class: 'note' }, make('span', { 'data-t': 'course.edgesLead' }, t('course.edgesLead'))),
    make(
      'div',
      { class: 'edges-picture', id: 'edges-picture' },
      make('canvas', { 'aria-hidden': 'true' }),
      make('div', { class: 'edges-inside' }),
      ...['start', 'line', 'end'].map((edge) =>
        make(
          'div',
          { class: `grip grip-${edge}`, id: `edge-${edge}`, role: 'slider', tabindex: '0' },
          make('span'),
        ),
      ),
    ),
    make('p', { class: 'note', id: 'edges-span' }),
    make('p', { class: 'edges-ways', id: 'edges-ways' }),
  );
