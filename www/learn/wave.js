// Step 1: the waveform, from the whole sound down to a fiftieth of a second.
/** @import {Figure, FigureContext} from './parts.js' */
import { make } from '../shell/dom.js';
import { number, t } from '../shell/i18n.js';
import { board, drag, ends, place, placeSlider, slider, stretch, surfaceOf, within } from './parts.js';

const SHORTEST_S = 0.02;
const STEPS = 50;
/** Steps into the sound, 0 = all of it. */
let zoom = 0;

/** @param {number} seconds */
const shownSeconds = (seconds) => seconds * (Math.min(SHORTEST_S, seconds) / seconds) ** (zoom / STEPS);

/** @param {FigureContext} stage @returns {Figure} */
export function show({ host, sound }) {
  const { box, canvas } = board('tall');
  const times = ends();
  const words = make('p', { class: 'reading' });
  const span = () => stretch(sound, place.at, shownSeconds(sound.seconds));
  const length = (/** @type {number} */ s) =>
    s < 1 ? t('learn.ms', { n: number(s * 1000, 0) }) : t('learn.seconds', { s: number(s, 1) });
  const nearer = slider({
    name: t('learn.zoom'),
    min: 0,
    max: STEPS,
    step: 1,
    value: zoom,
    say: () => length(shownSeconds(sound.seconds)),
    move: (value) => {
      zoom = value;
      draw();
    },
  });
  const moment = placeSlider(sound, () => draw());
  drag(box, span, (seconds) => {
    place.at = within(sound, seconds);
    moment.set(place.at);
    draw();
  });
  host.append(box, times.element, words, make('div', { class: 'sliders' }, nearer.element, moment.element));

  function draw() {
    const [from, to] = span();
    sound.lesson.drawWave(canvas, { ...surfaceOf(canvas), span: [from, to], at: zoom ? null : place.at });
    times.set(t('learn.seconds', { s: number(from, 2) }), t('learn.seconds', { s: number(to, 2) }));
    const [hz] = sound.lesson.pitchAt(place.at);
    const near = to - from <= 0.12;
    words.textContent = near
      ? t(hz ? 'learn.wave.tone' : 'learn.wave.noTone', { hz: number(hz, 0) })
      : t('learn.wave.far', { d: length(to - from) });
    box.setAttribute(
      'aria-label',
      `${t('learn.wave.alt', { from: number(from, 2), to: number(to, 2) })} ${words.textContent}`,
    );
  }
  return { draw };
}
