// What the steps of the lesson share: canvases with a text alternative, sliders, and the moment in the sound.
/** @import {Lesson, LivePicture} from '../../pkg/undertone.js' */
/** @import {Engine} from '../types.js' */
import { palette } from '../result/palette.js';
import { spectrogramImage } from '../result/spectrogram.js';
import { token } from '../shell/canvas.js';
import { make } from '../shell/dom.js';
import { number, t } from '../shell/i18n.js';

/**
 * One sound on its way, as far as the steps need it.
 * @typedef {object} Sound
 * @property {number} id  another one for every sound
 * @property {Lesson} lesson
 * @property {Float32Array} features  the 88 numbers
 * @property {LivePicture} picture
 * @property {number} seconds
 * @property {number} number  of the recording; 0 for the example
 *
 * A step's figure: `draw` is called whenever its size or colours change. `attempt` says what to try where
 * this sound does not show what the step's own words promise.
 * @typedef {{draw: () => void, attempt?: string}} Figure
 * `engine` has the model that gives a score, whichever the page has chosen; `engines` all that the step
 * needs.
 * @typedef {{host: HTMLElement, sound: Sound, engine: Engine, engines: Engine[]}} FigureContext
 */

/** The moment that all steps look at, in seconds into the speech. */
export const place = { at: 0 };

/** A canvas for a figure; the `aria-label` of its box says what it shows. @param {string} look  its class */
export function board(look) {
  const canvas = make('canvas', { 'aria-hidden': 'true' });
  const box = make('div', { class: `board ${look}`, role: 'img' }, canvas);
  return { box, canvas };
}

/** What a chart of the measuring part needs to fill a canvas. @param {HTMLCanvasElement} canvas */
export function surfaceOf(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas;
  return {
    width: Math.max(1, width),
    height: Math.max(1, height),
    ratio: devicePixelRatio || 1,
    palette: palette(),
  };
}

/**
 * Tones of ink, stretched over a canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {LivePicture} picture
 */
export function drawSpectrogram(canvas, picture) {
  const ratio = devicePixelRatio || 1;
  Object.assign(canvas, {
    width: Math.max(1, Math.round(canvas.clientWidth * ratio)),
    height: Math.max(1, Math.round(canvas.clientHeight * ratio)),
  });
  const context = canvas.getContext('2d');
  if (!context) return;
  context.imageSmoothingQuality = 'high';
  context.drawImage(
    spectrogramImage(picture, token('--picture-background'), token('--foreground')),
    0,
    0,
    canvas.width,
    canvas.height,
  );
}

/**
 * A slider with its name and its value in words.
 * @param {object} wish
 * @param {string} wish.name
 * @param {number} wish.min
 * @param {number} wish.max
 * @param {number} wish.step
 * @param {number} wish.value
 * @param {(value: number) => string} wish.say   for who listens
 * @param {(value: number) => string} [wish.show]  for who looks, if that is shorter
 * @param {(value: number) => void} wish.move
 */
export function slider({ name, min, max, step, value, say, show = say, move }) {
  const input = make('input', { type: 'range', min: String(min), max: String(max), step: String(step) });
  input.value = String(value);
  const shown = make('span', { class: 'slider-value', 'aria-hidden': 'true' });
  const tell = () => {
    shown.textContent = show(Number(input.value));
    input.setAttribute('aria-valuetext', say(Number(input.value)));
  };
  input.addEventListener('input', () => {
    move(Number(input.value));
    tell();
  });
  tell();
  return {
    element: make('label', { class: 'slider' }, make('span', { class: 'slider-name' }, name), shown, input),
    /** Follows a change from elsewhere. @param {number} now */
    set(now) {
      input.value = String(now);
      tell();
    },
  };
}

/** The slider of the shared moment. @param {Sound} sound @param {() => void} moved */
export function placeSlider(sound, moved) {
  const moment = slider({
    name: t('learn.place'),
    min: 0,
    max: Math.floor(sound.seconds * 100) / 100,
    step: 0.01,
    value: place.at,
    say: (value) => t('learn.seconds', { s: number(value, 2) }),
    move: (value) => {
      place.at = value;
      moved();
    },
  });
  return moment;
}

/**
 * Lets a finger or a mouse take the shared moment along on a figure.
 * @param {HTMLElement} box
 * @param {() => [number, number]} span  the seconds at its ends when it is taken: a stretch that follows the
 *   moment must not run away
 * @param {(seconds: number) => void} moved
 */
export function drag(box, span, moved) {
  box.classList.add('draggable');
  let [from, to] = [0, 0];
  const follow = (/** @type {PointerEvent} */ event) => {
    const { left, width } = (box.querySelector('canvas') ?? box).getBoundingClientRect();
    moved(from + (to - from) * Math.min(1, Math.max(0, (event.clientX - left) / width)));
  };
  box.addEventListener('pointerdown', (event) => {
    box.setPointerCapture(event.pointerId);
    [from, to] = span();
    follow(event);
  });
  box.addEventListener('pointermove', (event) => box.hasPointerCapture(event.pointerId) && follow(event));
}

/** A moment within the speech. @param {Sound} sound @param {number} seconds */
export const within = (sound, seconds) => Math.min(sound.seconds, Math.max(0, seconds));

/**
 * A stretch of given length around a moment, kept within the speech where that is longer.
 * @param {Sound} sound
 * @param {number} middle
 * @param {number} length
 * @returns {[number, number]}
 */
export function stretch(sound, middle, length) {
  if (length >= sound.seconds) return [0, sound.seconds];
  const from = Math.min(sound.seconds - length, Math.max(0, middle - length / 2));
  return [from, from + length];
}

/** Words at the two ends below a figure. @param {string} look */
export function ends(look = '') {
  const [from, to] = [make('span'), make('span')];
  return {
    element: make('p', { class: `ends ${look}`, 'aria-hidden': 'true' }, from, to),
    /** @param {string} a @param {string} b */
    set(a, b) {
      from.textContent = a;
      to.textContent = b;
    },
  };
}
