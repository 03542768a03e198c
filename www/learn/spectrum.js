// Step 3: a frame, its spectrum, and its column of the spectrogram.
/** @import {Figure, FigureContext} from './parts.js' */
import { button, make } from '../shell/dom.js';
import { number, percent, t } from '../shell/i18n.js';
import { board, drag, drawSpectrogram, ends, place, placeSlider, surfaceOf, within } from './parts.js';

/**
 * Low, middle, bright: the parts whose tilt is measured, and the rest up to where the picture ends.
 * @type {[number, number, number, number]}
 */
const EDGES_HZ = [0, 500, 1500, 5000];
const COLUMN_S = 0.01;
/** Far less than a column, far more than the error of a division: 0.29 / 0.01 is 28.999… */
const ROUNDING = 1e-6;

/**
 * The column of the sound picture that begins at a moment or holds it.
 * @param {number} seconds
 * @param {number} columns  how many there are
 */
export const columnAt = (seconds, columns) =>
  Math.min(columns - 1, Math.max(0, Math.floor(seconds / COLUMN_S + ROUNDING)));

/**
 * What was kept to compare with: of which sound, when, and its shares.
 * @type {{of: number, at: number, shares: ArrayLike<number>}|null}
 */
let kept = null;

/** @param {ArrayLike<number>} shares */
const sharesIn = (shares) =>
  t('learn.spectrum.shares', {
    low: percent(shares[0], 0),
    middle: percent(shares[1], 0),
    bright: percent(shares[2], 0),
  });

/** @param {FigureContext} stage @returns {Figure} */
export function show({ host, sound }) {
  const [picture, slice, spectrum, column] = [
    board('low'),
    board('slice'),
    board('spectrum'),
    board('column'),
  ];
  const cursor = make('span', { class: 'board-cursor', 'aria-hidden': 'true' });
  picture.box.append(cursor);
  const words = make('p', { class: 'reading' });
  const before = make('p', { class: 'reading kept' });
  const moment = placeSlider(sound, () => draw());
  drag(
    picture.box,
    () => [0, sound.seconds],
    (seconds) => {
      place.at = within(sound, Math.round(seconds / COLUMN_S) * COLUMN_S);
      moment.set(place.at);
      draw();
    },
  );
  /** @type {ArrayLike<number>} */
  let shares = [0, 0, 0];
  const keep = button(t('learn.spectrum.keep'), 'word', () => {
    kept = { of: sound.id, at: place.at, shares };
    draw();
  });
  const times = ends();
  times.set(t('learn.seconds', { s: number(0, 0) }), t('learn.seconds', { s: number(sound.seconds, 1) }));
  const parts = make('p', { class: 'parts', 'aria-hidden': 'true' });
  parts.append(
    ...['low', 'middle', 'bright'].map((part) =>
      make('span', { class: part }, t(/** @type {'learn.spectrum.low'} */ (`learn.spectrum.${part}`))),
    ),
  );
  const named = (/** @type {string} */ name, /** @type {HTMLElement[]} */ ...boxes) =>
    make('div', {}, make('p', { class: 'figure-name' }, name), ...boxes);
  host.append(
    picture.box,
    times.element,
    make('div', { class: 'sliders one' }, moment.element),
    make(
      'div',
      { class: 'three-views' },
      named(t('learn.spectrum.slice'), slice.box),
      named(t('learn.spectrum.spectrum'), spectrum.box, parts),
      named(t('learn.spectrum.column'), column.box),
    ),
    words,
    before,
    make('p', { class: 'figure-way' }, keep),
  );

  function draw() {
    const { lesson } = sound;
    drawSpectrogram(picture.canvas, sound.picture);
    cursor.style.setProperty('--at', String(place.at / sound.seconds));
    lesson.drawSlice(slice.canvas, { ...surfaceOf(slice.canvas), at: place.at });
    shares = lesson.drawSpectrum(spectrum.canvas, {
      ...surfaceOf(spectrum.canvas),
      at: place.at,
      edgesHz: EDGES_HZ,
    });
    const { rows, columns, tones } = sound.picture;
    const at = columnAt(place.at, columns);
    drawSpectrogram(
      column.canvas,
      /** @type {any} */ ({ rows, columns: 1, tones: tones.subarray(at * rows, (at + 1) * rows) }),
    );
    const s = number(place.at, 2);
    words.textContent = t('learn.spectrum.reading', { s, shares: sharesIn(shares) });
    before.hidden = kept?.of !== sound.id;
    if (kept)
      before.textContent = t('learn.spectrum.kept', { s: number(kept.at, 2), shares: sharesIn(kept.shares) });
    picture.box.setAttribute(
      'aria-label',
      t('learn.spectrum.pictureAlt', { d: number(sound.seconds, 1), s }),
    );
    slice.box.setAttribute('aria-label', t('learn.spectrum.sliceAlt', { s }));
    spectrum.box.setAttribute('aria-label', words.textContent);
    column.box.setAttribute('aria-label', t('learn.spectrum.columnAlt'));
  }
  return { draw };
}
