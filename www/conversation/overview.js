// The whole course in little, above a window that is moved over it.
/** @import {Recording} from '../types.js' */
import { onChange } from '../shell/canvas.js';
import { make, query, queryAs, shape } from '../shell/dom.js';
import { shareOfScale } from '../shell/format.js';
import { number, t } from '../shell/i18n.js';
import { current, currentCourse, currentUtterance, get, watch } from '../shell/state.js';
import { mark } from './marks.js';
import { redraw } from './stave.js';
import { counts, scoredOf } from './utterances.js';
import { needsOverview, onReveal, setWindow, windowOf } from './window.js';
import { time } from './words.js';

/** How near a handle must be met, CSS px. */
const REACH_PX = 22;

export function start() {
  const box = query('#overview');
  // It is hidden where it is not needed, so its own size says nothing.
  const ask = onChange(query('#stave'), draw);
  watch(['current', 'recordings', 'engine', 'theme', 'acoustics'], ask);
  for (const [id, side] of /** @type {const} */ ([
    ['#window-from', 'from'],
    ['#window-to', 'to'],
  ]))
    query(id).addEventListener('input', () => {
      const [recording, [from, to]] = seen();
      if (!recording) return;
      const value = Number(queryAs(id, HTMLInputElement).value);
      if (side === 'from') setWindow(recording, Math.min(value, to - 2), to);
      else setWindow(recording, from, Math.max(value, from + 2));
      show();
    });
  onReveal(ask);
  drag(box);
}

/** The recording and what is seen of it. @returns {[Recording|null, [number, number]]} */
function seen() {
  const [recording, course] = [current(), currentCourse()];
  if (!recording || !course) return [null, [0, 1]];
  return [recording, windowOf(recording, course, query('#stave').clientWidth)];
}

function show() {
  draw();
  redraw();
}

/** All of the course. */
export function showAll() {
  const [recording] = seen();
  if (recording) setWindow(recording, 0, recording.seconds);
  show();
}

/** @param {HTMLElement} box */
function drag(box) {
  /** @type {{x: number, from: number, to: number, part: 'from'|'to'|'body'}|null} */
  let held = null;
  const perPx = (/** @type {Recording} */ recording) => recording.seconds / box.clientWidth;
  box.addEventListener('pointerdown', (event) => {
    const [recording, [from, to]] = seen();
    if (!recording || event.button !== 0) return;
    const x = event.clientX - box.getBoundingClientRect().left;
    const [a, b] = [from, to].map((seconds) => seconds / perPx(recording));
    const part = Math.abs(x - a) < REACH_PX ? 'from' : Math.abs(x - b) < REACH_PX ? 'to' : 'body';
    // A press beside the window brings it there.
    if (part === 'body' && (x < a || x > b)) {
      const middle = x * perPx(recording);
      setWindow(recording, middle - (to - from) / 2, middle + (to - from) / 2);
    }
    const [, [start, end]] = seen();
    held = { x: event.clientX, from: start, to: end, part };
    box.setPointerCapture(event.pointerId);
    show();
  });
  box.addEventListener('pointermove', (event) => {
    const [recording] = seen();
    if (!held || !recording) return;
    const by = (event.clientX - held.x) * perPx(recording);
    if (held.part === 'body') setWindow(recording, held.from + by, held.to + by);
    else if (held.part === 'from') setWindow(recording, Math.min(held.from + by, held.to - 2), held.to);
    else setWindow(recording, held.from, Math.max(held.to + by, held.from + 2));
    show();
  });
  for (const end of ['pointerup', 'pointercancel']) box.addEventListener(end, () => (held = null));
}

function draw() {
  const part = query('#overview-part');
  const box = query('#overview');
  const [recording, [from, to]] = seen();
  const course = currentCourse();
  const isWhole = !recording || (from <= 0 && to >= recording.seconds - 1e-6);
  const isNeeded = course && (!isWhole || needsOverview(course, query('#stave').clientWidth));
  part.hidden = !recording || !isNeeded;
  query('#course-whole').hidden = part.hidden;
  if (part.hidden || !recording || !course) return;
  const [width, height] = [box.clientWidth, box.clientHeight];
  const x = (/** @type {number} */ seconds) => (seconds / recording.seconds) * width;
  const y = (/** @type {number} */ score) => height - 8 - shareOfScale(score) * (height - 16);
  const [a, b] = [x(from), x(to)];
  const chosen = currentUtterance();
  const scored = get().acoustics ? [] : scoredOf(course.utterances);
  const middle = height / 2;
  const drawing = shape(
    'svg',
    { width, height, 'aria-hidden': 'true' },
    shape('rect', { class: 'window-ground', x: a, y: 0, width: Math.max(2, b - a), height }),
    ...course.utterances
      .filter((one) => get().acoustics || !counts(one))
      .map((one) =>
        shape('rect', {
          class: 'tick-block',
          x: x((one.start + one.end) / 2) - 1,
          y: middle - 4,
          width: 2,
          height: 8,
        }),
      ),
    ...scored.map(({ utterance, score }) =>
      mark(utterance.voice, x((utterance.start + utterance.end) / 2), y(score), utterance === chosen ? 8 : 4),
    ),
    ...[a, b].map((at) =>
      shape(
        'g',
        { class: 'window-edge' },
        shape('line', { x1: at, x2: at, y1: 0, y2: height }),
        shape('circle', { cx: Math.min(width - 8, Math.max(8, at)), cy: middle, r: 8 }),
      ),
    ),
  );
  box.replaceChildren(drawing);
  for (const [id, value] of /** @type {[string, number][]} */ ([
    ['#window-from', from],
    ['#window-to', to],
  ])) {
    const input = queryAs(id, HTMLInputElement);
    input.max = String(recording.seconds);
    input.value = String(value);
    input.setAttribute('aria-valuetext', t('course.seconds', { d: number(value, 0) }));
  }
  const words = [time(0, 0), `${time(from, 0)} – ${time(to, 0)}`, time(recording.seconds, 0)];
  query('#overview-times').replaceChildren(...words.map((text) => make('span', {}, text)));
}
