// The course as a stave: time runs across, the score runs up. Above it the sound picture, below it what has no score; one utterance is
// chosen, and its line falls to the result beneath.
/** @import {Place} from './stave-drawing.js' */
/** @import {Course, Recording, Utterance} from '../types.js' */
import { onChange } from '../shell/canvas.js';
import { make, query, shape } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { current, currentCourse, currentUtterance, get } from '../shell/state.js';
import { position, stop, toggle } from '../sound/player.js';
import { choose, giveVoice, join, step, toggleOut } from './edit.js';
import { partPicture } from './picture.js';
import { HIGH, inkLine, isIn, placeIn, staveShapes, turn } from './stave-drawing.js';
import { reveal, windowOf } from './window.js';
import { courseAlt, utteranceName } from './words.js';

/** @type {ReturnType<typeof partPicture>} */
let paint;
/** Starts what is drawn anew. */
let ask = () => {};
/** Two stretches that are being chosen or compared, by whoever compares. @type {() => [number, number][]} */
let stretches = () => [];
/** @type {(event: KeyboardEvent) => boolean} */
let stretchKeys = () => false;
/** @type {(from: number, to: number, isDone: boolean) => boolean} */
let stretchDrag = () => false;

/** @param {{places: () => [number, number][], keys: (event: KeyboardEvent) => boolean, drag: (from: number, to: number, isDone: boolean) => boolean}} by */
export function offerStretches(by) {
  [stretches, stretchKeys, stretchDrag] = [by.places, by.keys, by.drag];
}

/** Opens an utterance's edges, which is done elsewhere. */
let open = () => {};
/** @param {() => void} does */
export const onOpen = (does) => {
  open = does;
};

export const openChosen = () => open();
export const redraw = () => ask();

export function start() {
  const box = query('#stave');
  paint = partPicture(/** @type {HTMLCanvasElement} */ (box.querySelector('canvas')));
  ask = onChange(box, draw);
  const list = query('#utterance-course');
  list.addEventListener('keydown', keys);
  pointer(box);
  query('#course-listen').addEventListener('click', () => {
    const recording = current();
    if (recording) toggle(recording);
  });
}

/** The utterance nearest to a place. @param {number} seconds @param {Course} course */
function nearest(seconds, { utterances }) {
  const far = (/** @type {Utterance} */ { start, end }) => Math.max(start - seconds, seconds - end, 0);
  return [...utterances].sort((a, b) => far(a) - far(b))[0] ?? null;
}

/** @param {HTMLElement} box */
function pointer(box) {
  /** @type {number|null} */
  let from = null;
  const at = (/** @type {PointerEvent|MouseEvent} */ { clientX }) => {
    const place = lastPlace;
    if (!place) return 0;
    const x = clientX - box.getBoundingClientRect().left;
    const seconds = place.from + ((x - place.left) / (place.right - place.left)) * (place.to - place.from);
    return Math.min(place.to, Math.max(place.from, seconds));
  };
  box.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || /** @type {Element} */ (event.target).closest('button')) return;
    from = at(event);
    if (stretchDrag(from, from, false)) box.setPointerCapture(event.pointerId);
  });
  box.addEventListener('pointermove', (event) => {
    if (from !== null) stretchDrag(Math.min(from, at(event)), Math.max(from, at(event)), false);
    tip(event.pointerType === 'mouse' ? at(event) : null);
  });
  box.addEventListener('pointerleave', () => tip(null));
  box.addEventListener('pointercancel', () => (from = null));
  box.addEventListener('pointerup', (event) => {
    if (from === null) return;
    const [start, end] = [Math.min(from, at(event)), Math.max(from, at(event))];
    from = null;
    if (stretchDrag(start, end, true)) return;
    const course = currentCourse();
    const one = course && nearest(at(event), course);
    if (one) choose(one.number);
    query('#utterance-course').focus({ preventScroll: true });
  });
  box.addEventListener('dblclick', (event) => {
    if (!(/** @type {Element} */ (event.target).closest('button'))) open();
  });
}

/** Says what is pointed at. @param {number|null} seconds */
function tip(seconds) {
  const line = query('#course-tip');
  const course = currentCourse();
  const one = course && seconds !== null ? nearest(seconds, course) : null;
  const place = lastPlace;
  line.hidden = !one || !place;
  if (!one || !course || !place) return;
  line.textContent = utteranceName(course, one);
  const x = place.x((one.start + one.end) / 2);
  line.style.setProperty('--x', String(Math.min(place.right - 130, Math.max(place.left + 60, x))));
}

/** @param {KeyboardEvent} event */
function keys(event) {
  const [course, chosen, recording] = [currentCourse(), currentUtterance(), current()];
  if (!course || !recording || event.altKey) return;
  const done = () => {
    event.preventDefault();
    event.stopPropagation();
  };
  if (stretchKeys(event)) return done();
  const numbers = course.utterances.length;
  const n = chosen?.number ?? 1;
  const next = {
    ArrowLeft: Math.max(1, n - 1),
    ArrowUp: Math.max(1, n - 1),
    ArrowRight: Math.min(numbers, n + 1),
    ArrowDown: Math.min(numbers, n + 1),
    Home: 1,
    End: numbers,
  }[event.key];
  if (event.ctrlKey || event.metaKey) {
    if (event.key.toLowerCase() === 'z' && step(event.shiftKey ? 'redo' : 'undo')) done();
    return;
  }
  if (next) {
    choose(next);
    return done();
  }
  if (event.key === 'Enter') {
    open();
    return done();
  }
  if (!get().keys) return;
  const key = event.key.toLowerCase();
  if (key === 'p' && chosen) playUtterance(recording, chosen);
  else if (key === 'j') join(n);
  else if (key === 'x') toggleOut();
  else if (/^[0-4]$/.test(key)) giveVoice(Number(key));
  else return;
  done();
}

/** Plays an utterance, or stops it. @param {Recording} recording @param {Pick<Utterance, 'start'|'end'>} place */
export function playUtterance(recording, { start, end }) {
  if (get().playing !== null) stop();
  else void toggle(recording, [start, end]);
}

/** @type {Place|null} */
let lastPlace = null;

function draw() {
  const [recording, course] = [current(), currentCourse()];
  const box = query('#stave');
  if (!recording || !course || !box.clientWidth) return;
  const width = box.clientWidth;
  const isNarrow = width < 560;
  const chosen = currentUtterance();
  if (chosen) reveal(recording, chosen.start, chosen.end);
  const [from, to] = windowOf(recording, course, width);
  const place = placeIn(width, from, to, {
    picture: isNarrow ? 72 : innerHeight < 800 ? 64 : 88,
    course: get().acoustics ? 10 : isNarrow ? 170 : innerHeight < 800 ? 150 : HIGH.course,
  });
  lastPlace = place;
  const height = place.bottom + HIGH.lane + HIGH.times + HIGH.foot;
  box.style.setProperty('--stave-height', String(height));
  for (const [name, value] of Object.entries({
    left: place.left,
    plot: place.right - place.left,
    picture: place.picture,
  }))
    box.style.setProperty(`--${name}`, String(value));
  const drawing = shape(
    'svg',
    { class: 'stave-drawing', width, height, 'aria-hidden': 'true' },
    ...staveShapes(place, course, chosen, isNarrow, stretches()),
    ...(chosen && isIn(chosen, place) ? [turn(place, chosen, height)] : [inkLine(place, height)]),
  );
  box.querySelector('.stave-drawing')?.replaceWith(drawing);
  paint(recording, from, to);
  options(place, recording, course, chosen);
}

/** What the options were made of, and what they show. */
let made = { utterances: /** @type {Utterance[]} */ ([]), as: '', seen: '' };

/**
 * What screen readers and touch find: an option for each utterance.
 * @param {Place} place
 * @param {Recording} recording
 * @param {Course} course
 * @param {Utterance|null} chosen
 */
function options({ x, from, to, left, right }, recording, course, chosen) {
  const list = query('#utterance-course');
  const as = [get().language, get().acoustics, course.voices].join();
  if (made.utterances !== course.utterances || made.as !== as) {
    list.setAttribute('aria-label', t('course.name', { n: course.utterances.length }));
    query('#course-alt').textContent = courseAlt(recording, course);
    const before = made.as === as ? made.utterances : [];
    const isSame = before.length === course.utterances.length;
    course.utterances.forEach((one, i) => {
      if (isSame && one === before[i]) return;
      const option = make('span', {
        role: 'option',
        id: `option-${one.number}`,
        'aria-selected': 'false',
        'aria-label': utteranceName(course, one),
      });
      if (isSame || list.children[i]) list.children[i].replaceWith(option);
      else list.append(option);
    });
    while (list.children.length > course.utterances.length) list.lastElementChild?.remove();
    made = { utterances: course.utterances, as, seen: '' };
  }
  const seen = [from, to, left, right].join();
  if (made.seen !== seen) {
    made.seen = seen;
    course.utterances.forEach((one, i) => {
      const [a, b] = [Math.max(one.start, from), Math.min(one.end, to)];
      const { style } = /** @type {HTMLElement} */ (list.children[i]);
      style.setProperty('--at', String(b > a ? x(a) : 0));
      style.setProperty('--long', String(b > a ? x(b) - x(a) : 0));
    });
  }
  list.querySelector('[aria-selected="true"]')?.setAttribute('aria-selected', 'false');
  if (chosen) {
    list.children[chosen.number - 1]?.setAttribute('aria-selected', 'true');
    list.setAttribute('aria-activedescendant', `option-${chosen.number}`);
  } else list.removeAttribute('aria-activedescendant');
}

/** The cursor while something is heard. */
export function follow() {
  const [recording, place] = [current(), lastPlace];
  const cursor = query('#course-cursor');
  const heard = Boolean(recording && place && get().playing === recording.number && currentCourse());
  cursor.hidden = !heard;
  if (!recording || !place || !heard) return;
  const at = position();
  cursor.hidden = at < place.from || at > place.to;
  cursor.style.setProperty('--x', String(place.x(at)));
  requestAnimationFrame(follow);
}
