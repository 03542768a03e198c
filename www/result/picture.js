// The sound picture of the chosen recording: flat tones of ink, the pitch in yellow, a cursor while it is
// heard.
/** @import {Recording} from '../types.js' */
import { fit, onChange, token } from '../shell/canvas.js';
import { make, query, queryAs } from '../shell/dom.js';
import { number, percent, t } from '../shell/i18n.js';
import { current, currentCourse, get, watch } from '../shell/state.js';
import { position, toggle } from '../sound/player.js';
import { drawPitch } from './pitch-line.js';
import { spectrogramImage } from './spectrogram.js';
import { lengthOf } from './message-texts.js';

export function start() {
  const ask = onChange(query('#picture'), draw);
  query('#listen').addEventListener('click', () => {
    const shown = current();
    if (shown) toggle(shown);
  });
  watch(['current', 'recordings', 'theme', 'engine'], () => {
    const shown = current();
    // A course has a picture of its own.
    query('#take').hidden = !shown || Boolean(currentCourse());
    if (!shown) return;
    query('#take-title').textContent = t('list.voice', { n: shown.number });
    query('#listen').hidden = query('.take-foot').hidden = !shown.take;
    query('#take-silent').hidden = Boolean(shown.take);
    query('#take-note').textContent = lengthOf(shown);
    // Where the score is shown before the picture, its place is kept: what stands beneath does not move.
    const comes = !shown.picture && !shown.measures && !shown.problem;
    const isThere = Boolean(shown.picture) || comes;
    query('#picture').hidden = query('#times').hidden = query('#pitch-key').hidden = !isThere;
    query('#picture').setAttribute('aria-hidden', String(comes));
    query('#picture').setAttribute('aria-label', describe(shown));
    times(shown.seconds);
    ask();
  });
  watch(['playing', 'current'], () => {
    const heard = get().playing !== null && get().playing === get().current;
    query('#listen').classList.toggle('heard', heard);
    query('#listen-word').textContent = t(heard ? 'list.pause' : 'list.listen');
    query('#cursor').hidden = !heard;
    // The view also comes by for another language: one movement is enough.
    cancelAnimationFrame(next);
    if (heard) next = requestAnimationFrame(follow);
  });
}

/** The cursor's next step, while something is heard. */
let next = 0;

function follow() {
  const shown = current();
  if (!shown || get().playing !== shown.number) return;
  query('#cursor').style.setProperty('--at', String(Math.min(1, position() / shown.seconds)));
  next = requestAnimationFrame(follow);
}

/** @param {Recording} recording */
function describe({ seconds, measures }) {
  const d = number(seconds, 1);
  const pitch = measures?.pitch;
  if (!pitch) return t('alt.pictureNoPitch', { d });
  return t('alt.picture', {
    d,
    p: percent(measures.signal.voiced_share, 0),
    lo: number(pitch.low_hz, 0),
    hi: number(pitch.high_hz, 0),
    mid: number(pitch.median_hz, 0),
  });
}

/** Steps between the times beneath the picture, at most. */
const MOST_TIMES = 6;

/** Seconds beneath the picture; the last is the length. @param {number} seconds */
function times(seconds) {
  const step =
    [1, 2, 5, 10, 15, 30, 60, 120].find((one) => seconds / one <= MOST_TIMES) ??
    300 * Math.ceil(seconds / MOST_TIMES / 300);
  const marks = [];
  for (let at = 0; at < seconds - step * 0.8; at += step) marks.push({ at, text: number(at, 0) });
  marks.push({ at: seconds, text: `${number(seconds, 1)} s` });
  query('#times').replaceChildren(
    ...marks.map(({ at, text }) => {
      const mark = make('span', {}, text);
      mark.style.setProperty('--at', String(at / seconds));
      return mark;
    }),
  );
}

function draw() {
  const picture = current()?.picture;
  const canvas = queryAs('#picture canvas', HTMLCanvasElement);
  if (!canvas.clientWidth) return;
  const { context, width, height } = fit(canvas, canvas.clientWidth, canvas.clientHeight);
  if (!picture) return;
  context.imageSmoothingQuality = 'high';
  context.drawImage(
    spectrogramImage(picture, token('--picture-background'), token('--foreground')),
    0,
    0,
    width,
    height,
  );
  drawPitch(context, picture.f0Hz, (at) => (at / picture.f0Hz.length) * width, height, {
    line: token('--pitch-line'),
    casing: token('--pitch-casing'),
  });
}
