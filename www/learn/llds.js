// Step 5: the low-level descriptors (LLDs) over one time axis, with one moment marked in all.
/** @import {Lld} from '../types.js' */
/** @import {Figure, FigureContext} from './parts.js' */
import { button, make } from '../shell/dom.js';
import { hertz } from '../shell/format.js';
import { has, number, t } from '../shell/i18n.js';
import { board, drag, drawSpectrogram, ends, place, placeSlider, surfaceOf, within } from './parts.js';

/** The first eight, as they are read. */
export const FIRST = [
  'Loudness_sma3',
  'F0semitoneFrom27.5Hz_sma3nz',
  'alphaRatio_sma3',
  'hammarbergIndex_sma3',
  'spectralFlux_sma3',
  'F1frequency_sma3nz',
  'F2frequency_sma3nz',
  'jitterLocal_sma3nz',
];
/** Decimals by unit, where they are not two. @type {Record<string, number>} */
const DECIMALS = { Hz: 0, dB: 1, 'dB re F0': 1, 'dB/Hz': 3 };
let all = false;

/** Name and term of a descriptor. @param {string} name  official */
function wordsOf(name) {
  const key = `line.${name}`;
  return (has(key) ? t(key) : name).split('|');
}

/** A value as it is read. @param {Lld} lld @param {number} value */
export function read({ unit }, value) {
  if (!Number.isFinite(value)) return t('learn.lines.none');
  if (unit === 'st') return `${number(hertz(value), 0)} Hz`;
  if (unit === '1') return `${number(value * 100, 1)} %`;
  const text = number(value, DECIMALS[unit] ?? 2);
  if (unit === 'Hz') return `${text} Hz`;
  return unit === 'dB' || unit === 'dB re F0' ? `${text} dB` : text;
}

/** @param {FigureContext} stage @returns {Figure} */
export function show(stage) {
  const { host, sound, engine } = stage;
  const { lesson } = sound;
  const { llds } = engine.catalogue;
  const first = FIRST.map((name) => llds.findIndex((lld) => lld.name === name));
  const order = all ? [...new Set([...first, ...llds.keys()])] : first;
  const lines = make('canvas', { 'aria-hidden': 'true' });
  const { box: pictureBox, canvas: pictureCanvas } = board('track');
  pictureBox.removeAttribute('role');
  const time = make('span', { class: 'line-time', 'aria-hidden': 'true' });
  const over = make('div', { class: 'over', role: 'img' }, lines, time);
  const head = make('p', { class: 'line-value note' });
  const picture = make(
    'div',
    { class: 'line picture-line' },
    make(
      'p',
      { class: 'line-name' },
      make('b', {}, t('learn.picture')),
      make('span', {}, t('learn.pictureRange')),
    ),
    pictureBox,
    head,
  );
  const rows = order.map((index) => {
    const [name, term] = wordsOf(llds[index].name);
    const value = make('p', { class: 'line-value' });
    const track = make('div', { class: 'track' });
    return {
      index,
      name,
      value,
      track,
      element: make(
        'div',
        { class: 'line' },
        make('p', { class: 'line-name' }, make('b', {}, name), make('span', {}, term)),
        track,
        value,
      ),
    };
  });
  const sheet = make('div', { class: 'lld-sheet' }, picture, ...rows.map(({ element }) => element), over);
  const times = ends('lines-ends');
  times.set(t('learn.seconds', { s: number(0, 0) }), t('learn.seconds', { s: number(sound.seconds, 1) }));
  const moment = placeSlider(sound, () => draw());
  drag(
    over,
    () => [0, sound.seconds],
    (seconds) => {
      place.at = within(sound, Math.round(seconds * 100) / 100);
      moment.set(place.at);
      draw();
    },
  );
  const more = button(t(all ? 'learn.lines.fewer' : 'learn.lines.all'), 'word', () => {
    all = !all;
    host.replaceChildren();
    const again = show(stage);
    draw = again.draw;
    again.draw();
    /** @type {HTMLElement|null} */ (host.querySelector('.lines-all'))?.focus();
  });
  more.classList.add('lines-all');
  host.append(
    sheet,
    times.element,
    make('div', { class: 'sliders one lines-ends' }, moment.element),
    make('p', { class: 'figure-way' }, more),
  );

  let draw = () => {
    const base = sheet.getBoundingClientRect().top;
    const first = pictureBox.getBoundingClientRect();
    for (const [name, value] of [
      ['left', first.left - sheet.getBoundingClientRect().left],
      ['width', first.width],
    ])
      over.style.setProperty(`--${name}`, String(value));
    drawSpectrogram(pictureCanvas, sound.picture);
    lesson.drawLlds(lines, {
      ...surfaceOf(lines),
      span: [0, sound.seconds],
      at: place.at,
      rows: rows.map(({ index, track }) => {
        const { top, height } = track.getBoundingClientRect();
        return { lld: llds[index].name, top: top - base, height };
      }),
    });
    const values = lesson.valuesAt(place.at);
    const s = number(place.at, 2);
    const said = rows.map(({ index, name, value }) => {
      const text = read(llds[index], values[index]);
      value.textContent = text;
      return `${name} ${text}`;
    });
    time.textContent = t('learn.seconds', { s });
    head.textContent = t('learn.lines.at', { s });
    time.style.setProperty('--at', String(place.at / sound.seconds));
    over.setAttribute('aria-label', t('learn.lines.alt', { n: rows.length, s, list: said.join(', ') }));
  };
  return { draw: () => draw() };
}
