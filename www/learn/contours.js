// Step 5: the contours under each other, as a conductor reads them, with one moment marked in all.
/** @import {Figure, Stage} from './parts.js' */
import { button, make } from '../shell/dom.js';
import { has, number, t } from '../shell/i18n.js';
import { board, drag, drawTones, ends, place, placeSlider, surfaceOf, within } from './parts.js';

/** The first eight, as they are read. */
const FIRST = [0, 10, 1, 2, 5, 16, 19, 11];
const PITCH = 10;
const JITTER = 11;
/** The tone from which semitones count upwards. */
const LOWEST_HZ = 27.5;
let all = false;

/** Name and term of a contour. @param {string} name  official */
function wordsOf(name) {
  const key = `line.${name}`;
  return (has(key) ? t(key) : name).split('|');
}

/** A value as it is read. @param {number} contour @param {string} name @param {number} value */
function read(contour, name, value) {
  if (!Number.isFinite(value)) return t('learn.lines.none');
  if (contour === PITCH) return `${number(LOWEST_HZ * 2 ** (value / 12), 0)} Hz`;
  if (contour === JITTER) return `${number(value * 100, 1)} %`;
  if (/frequency|bandwidth/.test(name)) return `${number(value, 0)} Hz`;
  if (/alpha|hammarberg|shimmer|HNR|logRel|amplitude/.test(name)) return `${number(value, 1)} dB`;
  return number(value, /slope/.test(name) ? 3 : 2);
}

/** @param {Stage} stage @returns {Figure} */
export function show(stage) {
  const { host, sound, engine } = stage;
  const { lesson } = sound;
  const names = engine.catalogue.contours;
  const order = all
    ? [...FIRST, ...names.keys()].filter((contour, i, list) => list.indexOf(contour) === i)
    : FIRST;
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
  const rows = order.map((contour) => {
    const [name, term] = wordsOf(names[contour]);
    const value = make('p', { class: 'line-value' });
    const track = make('div', { class: 'track' });
    return {
      contour,
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
  const score = make('div', { class: 'score-sheet' }, picture, ...rows.map(({ element }) => element), over);
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
    score,
    times.element,
    make('div', { class: 'sliders one lines-ends' }, moment.element),
    make('p', { class: 'figure-way' }, more),
  );

  let draw = () => {
    const base = score.getBoundingClientRect().top;
    const first = pictureBox.getBoundingClientRect();
    for (const [name, value] of [
      ['left', first.left - score.getBoundingClientRect().left],
      ['width', first.width],
    ])
      over.style.setProperty(`--${name}`, String(value));
    drawTones(pictureCanvas, sound.picture);
    lesson.drawContours(lines, {
      ...surfaceOf(lines),
      span: [0, sound.seconds],
      at: place.at,
      rows: rows.map(({ contour, track }) => {
        const { top, height } = track.getBoundingClientRect();
        return { contour, top: top - base, height };
      }),
    });
    const values = lesson.valuesAt(place.at);
    const s = number(place.at, 2);
    const said = rows.map(({ contour, name, value }) => {
      const text = read(contour, names[contour], values[contour]);
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
