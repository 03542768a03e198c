// Step 4: the pitch candidates of each frame as hollow dots, and the path that is chosen through them, which can be
// switched off.
/** @import {Figure, FigureContext} from './parts.js' */
import { make } from '../shell/dom.js';
import { number, t } from '../shell/i18n.js';
import { board, drag, ends, place, placeSlider, stretch, surfaceOf, within } from './parts.js';

/** A frame needs this much room, or its dots run together. */
const FRAME_PX = 4;
const HOP_S = 0.01;
/** Hz at the lines of the figure. */
const LINES = [100, 200, 400, 800];
const RANGE_HZ = [50, 1000];
let follow = true;

/** @param {FigureContext} stage @returns {Figure} */
export function show({ host, sound }) {
  const { box, canvas } = board('tall pitch-board');
  const [path, guess] = sound.lesson.leaps();
  const times = ends();
  const words = make('p', { class: 'reading' });
  const hertz = LINES.map((hz) => {
    const label = make('span', { class: 'board-label', 'aria-hidden': 'true' }, `${number(hz, 0)} Hz`);
    label.style.setProperty('--up', String(Math.log(hz / RANGE_HZ[0]) / Math.log(RANGE_HZ[1] / RANGE_HZ[0])));
    return label;
  });
  box.append(...hertz);
  const span = () => stretch(sound, place.at, (canvas.clientWidth / FRAME_PX) * HOP_S);
  const moment = placeSlider(sound, () => draw());
  drag(box, span, (seconds) => {
    place.at = within(sound, Math.round(seconds / HOP_S) * HOP_S);
    moment.set(place.at);
    draw();
  });
  const choice = make('input', { type: 'checkbox' });
  choice.checked = follow;
  choice.addEventListener('change', () => {
    follow = choice.checked;
    draw();
  });
  const key = make(
    'p',
    { class: 'pitch-words note' },
    ...[
      ['hollow', t('learn.pitch.keyStrong')],
      ['hollow weak', t('learn.pitch.keyWeak')],
      ['pitch-line', t('learn.pitch.keyLine')],
    ].map(([mark, word]) => make('span', {}, make('span', { class: mark, 'aria-hidden': 'true' }), word)),
  );
  host.append(
    box,
    times.element,
    key,
    words,
    make(
      'div',
      { class: 'sliders' },
      moment.element,
      make('label', { class: 'option' }, choice, ` ${t('learn.pitch.path')}`),
    ),
  );

  function draw() {
    const { lesson } = sound;
    const [from, to] = span();
    lesson.drawPitch(canvas, { ...surfaceOf(canvas), span: [from, to], at: place.at, path: follow });
    times.set(t('learn.seconds', { s: number(from, 2) }), t('learn.seconds', { s: number(to, 2) }));
    const [hz, guessed] = lesson.pitchAt(place.at);
    const say = (/** @type {number} */ found) => (found ? `${number(found, 0)} Hz` : t('learn.pitch.none'));
    const counts = t('learn.pitch.leaps', { path: number(path, 0), guess: number(guess, 0) });
    const here = { s: number(place.at, 2), hz: say(follow ? hz : guessed) };
    words.textContent = `${t(follow ? 'learn.pitch.onPath' : 'learn.pitch.byGuess', here)} ${counts}`;
    box.setAttribute(
      'aria-label',
      t('learn.pitch.alt', { from: number(from, 2), to: number(to, 2), words: words.textContent }),
    );
  }
  return { draw, attempt: guess ? undefined : t('learn.pitch.noLeaps') };
}
