// The scores of many recordings in the order in which they were made: a point for each, the chosen one larger. Arrow keys
// move along it as in the list.
import { shareOfScale } from '../shell/format.js';
import { scoreOf } from '../engine/map-axis.js';
import { query, shape } from '../shell/dom.js';
import { scoreText, t } from '../shell/i18n.js';
import { fullName } from '../shell/names.js';
import { get, watch } from '../shell/state.js';
import { move } from './list.js';
import { select } from './session.js';

/** Fewer can be seen in the list. */
const MANY = 8;
const SIZE = { height: 48, inset: 6 };

/** @param {number} score */
const y = (score) => SIZE.height - SIZE.inset - shareOfScale(score) * (SIZE.height - 2 * SIZE.inset);

export function start() {
  const course = query('#course');
  course.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key];
    const { recordings } = get();
    const end = { Home: recordings[0], End: recordings[recordings.length - 1] }[event.key];
    if (step) move(step);
    else if (end) select(end.number);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  course.addEventListener('click', ({ clientX }) => {
    const { left, width } = course.getBoundingClientRect();
    const { recordings } = get();
    const step = (width - 2 * SIZE.inset) / (recordings.length - 1);
    const at = Math.round((clientX - left - SIZE.inset) / step);
    select(recordings[Math.min(recordings.length - 1, Math.max(0, at))].number);
  });
  watch(['recordings', 'current', 'engine', 'acoustics'], () => draw(course));
  new ResizeObserver(() => draw(course)).observe(course);
}

/** @param {HTMLElement} course */
function draw(course) {
  const { recordings, current, engine } = get();
  const scored = recordings.map((recording, i) => ({ recording, i, score: scoreOf(recording) }));
  const placed = scored.filter(({ score }) => score !== null);
  course.hidden = recordings.length < MANY || placed.length < 2 || !engine;
  if (course.hidden || !engine) return;
  const width = course.clientWidth;
  const x = (/** @type {number} */ i) =>
    SIZE.inset + (i / (recordings.length - 1)) * (width - 2 * SIZE.inset);
  const points = placed.map(({ recording, i, score }) => ({
    x: x(i),
    y: y(score ?? NaN),
    isCurrent: recording.number === current,
  }));
  const average = y(engine.info.baseline);
  const picture = shape('svg', {
    width,
    height: SIZE.height,
    'aria-hidden': 'true',
  });
  picture.append(
    shape('line', { class: 'course-average', x1: 0, x2: width, y1: average, y2: average }),
    shape('polyline', {
      class: 'course-line',
      points: points.map((point) => `${point.x},${point.y}`).join(' '),
    }),
    ...points
      .sort((a, b) => Number(a.isCurrent) - Number(b.isCurrent))
      .map((point) =>
        shape('circle', {
          class: point.isCurrent ? 'course-current' : 'course-point',
          cx: point.x,
          cy: point.y,
          r: point.isCurrent ? 5 : recordings.length > 60 ? 1.6 : 2.6,
        }),
      ),
  );
  course.replaceChildren(picture);
  const at = recordings.findIndex(({ number }) => number === current);
  const shown = recordings[at];
  const score = shown ? scoreOf(shown) : null;
  const text = shown
    ? [fullName(shown), score === null ? t('list.noScore') : scoreText(score)].join(', ')
    : t('list.noScore');
  for (const [name, value] of Object.entries({
    role: 'slider',
    tabindex: '0',
    'aria-label': t('list.course'),
    'aria-valuemin': '1',
    'aria-valuemax': String(recordings.length),
    'aria-valuenow': String(at + 1),
    'aria-valuetext': text,
  }))
    course.setAttribute(name, value);
}
