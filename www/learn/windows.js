// Step 2: frames. Two windows slide over the sound, and the shorter one can be made longer.
/** @import {Figure, FigureContext} from './parts.js' */
import { make } from '../shell/dom.js';
import { number, t } from '../shell/i18n.js';
import {
  board,
  drag,
  drawSpectrogram,
  ends,
  place,
  placeSlider,
  slider,
  stretch,
  surfaceOf,
  within,
} from './parts.js';

/** Lengths of the window that can be tried, in milliseconds; 20 is the page's own. */
const LENGTHS = [5, 10, 20, 40, 60, 100, 160];
const OWN = 2;
const LONG_S = 0.06;
const HOP_S = 0.01;
const WAVE_S = 0.2;
const PICTURE_S = 0.4;
const COLUMNS = 160;
/** Width of a Hamming window's peak at −3 dB, times its length. */
const HAMMING_WIDTH = 1.3;
let chosen = OWN;

/** @param {FigureContext} stage @returns {Figure} */
export function show({ host, sound }) {
  const wave = board('tall');
  const picture = board('tall close-up');
  const cursor = make('span', { class: 'board-cursor', 'aria-hidden': 'true' });
  picture.box.append(cursor);
  const [times, pictureTimes] = [ends(), ends()];
  const words = make('p', { class: 'reading' });
  const length = slider({
    name: t('learn.windows.length'),
    min: 0,
    max: LENGTHS.length - 1,
    step: 1,
    value: chosen,
    say: (value) => t('learn.ms', { n: number(LENGTHS[value], 0) }),
    move: (value) => {
      chosen = value;
      draw();
    },
  });
  const moment = placeSlider(sound, () => draw());
  const key = make('p', { class: 'figure-name' }, t('learn.windows.key'));
  for (const [{ box }, seconds] of /** @type {[typeof wave, number][]} */ ([
    [wave, WAVE_S],
    [picture, PICTURE_S],
  ])) {
    drag(
      box,
      () => stretch(sound, place.at, seconds),
      (at) => {
        place.at = within(sound, Math.round(at / HOP_S) * HOP_S);
        moment.set(place.at);
        draw();
      },
    );
  }
  host.append(
    key,
    wave.box,
    times.element,
    make('p', { class: 'figure-name' }, t('learn.windows.picture')),
    picture.box,
    pictureTimes.element,
    words,
    make('div', { class: 'sliders' }, length.element, moment.element),
  );

  function draw() {
    const ms = LENGTHS[chosen];
    const seconds = ms / 1000;
    const span = stretch(sound, place.at, WAVE_S);
    const middle = Math.round(place.at / HOP_S) * HOP_S;
    const neighbours = [-3, -2, -1, 1, 2, 3].map((k) => ({
      kind: /** @type {const} */ ('hamming'),
      middle: middle + k * HOP_S,
      seconds,
    }));
    sound.lesson.drawWave(wave.canvas, {
      ...surfaceOf(wave.canvas),
      span,
      windows: [
        { kind: 'gaussian', middle, seconds: LONG_S, strong: true },
        ...neighbours,
        { kind: 'hamming', middle, seconds, strong: true },
      ],
    });
    const around = stretch(sound, place.at, PICTURE_S);
    drawSpectrogram(picture.canvas, sound.lesson.closeUp(around[0], around[1], seconds, COLUMNS));
    cursor.style.setProperty('--at', String((place.at - around[0]) / (around[1] - around[0])));
    const at = (/** @type {number} */ s) => t('learn.seconds', { s: number(s, 2) });
    times.set(at(span[0]), at(span[1]));
    pictureTimes.set(at(around[0]), at(around[1]));
    words.textContent = t('learn.windows.reading', {
      n: number(ms, 0),
      hz: number(HAMMING_WIDTH / seconds, 0),
    });
    wave.box.setAttribute('aria-label', t('learn.windows.alt', { s: number(middle, 2), n: number(ms, 0) }));
    picture.box.setAttribute('aria-label', `${t('learn.windows.picture')}. ${words.textContent}`);
  }
  return { draw };
}
