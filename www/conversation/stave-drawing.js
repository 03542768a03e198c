// What a stave is drawn of: axis, brackets, marks with their ranges, blocks for what has no score, times; on the page and on paper.
/** @import {Course, Utterance} from '../types.js' */
import { shape } from '../shell/dom.js';
import { shareOfScale } from '../shell/format.js';
import { scoreText, t } from '../shell/i18n.js';
import { get } from '../shell/state.js';
import { mark } from './marks.js';
import { ROOMY_PX, TIGHT_PX } from './window.js';
import { counts, scoreOf, scoredOf } from './utterances.js';
import { time } from './words.js';

/** Heights in CSS px. */
export const HIGH = { bracket: 8, gap: 14, course: 188, lane: 12, times: 26, foot: 66 };
/** Two marks of a voice are joined where the pause between them is shorter. */
const JOINED_S = 30;
/** Times stand at least so far apart, CSS px. */
const TIMES_PX = 90;

/**
 * Where things are in a stave.
 * @typedef {object} Place
 * @property {number} width
 * @property {number} left     of the plot
 * @property {number} right
 * @property {number} from     in s
 * @property {number} to
 * @property {number} picture  height of the picture
 * @property {number} top      of the course, where 5 is
 * @property {number} bottom   where 1 is
 * @property {(seconds: number) => number} x
 * @property {(score: number) => number} y
 */

/** Where an axis of scores stands. @param {number} width @param {number} from @param {number} to @param {{picture: number, course: number}} high @returns {Place} */
export function placeIn(width, from, to, { picture, course }) {
  const isWide = width >= 560;
  const [left, right] = [isWide ? 92 : 20, width - (isWide ? 2 : 8)];
  const top = picture + HIGH.bracket + HIGH.gap;
  const bottom = top + course;
  return {
    width,
    left,
    right,
    from,
    to,
    picture,
    top,
    bottom,
    x: (seconds) => left + ((seconds - from) / (to - from)) * (right - left),
    y: (score) => bottom - shareOfScale(score) * (bottom - top),
  };
}

/** Whether any of it is seen. @param {Utterance} one @param {Place} place */
export const isIn = ({ start, end }, { from, to }) => end > from && start < to;

/**
 * Everything but the line to the result beneath.
 * @param {Place} place
 * @param {Course} course
 * @param {Utterance|null} chosen
 * @param {boolean} isNarrow
 * @param {[number, number][]} [stretches]  that are compared, from and to in s
 */
export function staveShapes(place, course, chosen, isNarrow, stretches = []) {
  const seen = course.utterances.filter((one) => isIn(one, place));
  const slot = (place.right - place.left) / Math.max(1, seen.length);
  return [
    ...stretches.map(([a, b], i) => stretchShape(place, a, b, i)),
    ...(chosen && isIn(chosen, place) ? column(place, chosen) : []),
    ...axis(place, isNarrow),
    ...brackets(place, seen),
    ...(get().acoustics ? [] : scores(place, course, seen, slot, chosen)),
    ...lane(place, seen),
    ...timeMarks(place),
    ...averageWord(place),
  ];
}

/** @param {Place} place @param {number} a @param {number} b @param {number} i */
function stretchShape({ x, from, to, top, bottom }, a, b, i) {
  const [left, right] = [x(Math.max(a, from)), x(Math.min(b, to))];
  const group = shape('g', { class: `stretch stretch-${i}` });
  if (right <= left) return group;
  group.append(
    shape('rect', { x: left, y: top - 6, width: right - left, height: bottom - top + 12 }),
    shape('text', { x: left + 6, y: top + 10 }, 'AB'[i]),
  );
  return group;
}

/** What falls from the picture through the course where the chosen utterance is. @param {Place} place @param {Utterance} one */
function column(place, one) {
  const [left, right] = [place.x(one.start), place.x(one.end)];
  const [x, width] = [Math.min(left, (left + right) / 2 - 5), Math.max(10, right - left)];
  const made = [
    shape('rect', {
      class: 'column-picture',
      x: left,
      y: 0,
      width: Math.max(2, right - left),
      height: place.picture,
    }),
    shape('rect', { class: 'column', x, y: place.top, width, height: place.bottom + HIGH.lane - place.top }),
  ];
  if (one.analysis && counts(one)) {
    const [low, high] = one.analysis.interval;
    const middle = (left + right) / 2;
    made.push(
      shape('rect', {
        class: 'column-range',
        x: middle - 5,
        y: place.y(high),
        width: 10,
        height: place.y(low) - place.y(high),
      }),
    );
  }
  return made;
}

/** @param {Place} place @param {boolean} isNarrow */
function axis({ left, right, top, bottom, y }, isNarrow) {
  const { engine, acoustics } = get();
  const made = [
    shape('line', {
      class: 'lane-line',
      x1: left,
      x2: right,
      y1: bottom + HIGH.lane,
      y2: bottom + HIGH.lane,
    }),
  ];
  if (acoustics || !engine) return made;
  for (let score = 1; score <= 5; score += 1) {
    made.push(
      shape('line', { class: 'grid', x1: left, x2: right, y1: y(score), y2: y(score) }),
      shape('line', { class: 'axis-line', x1: left - 5, x2: left + 5, y1: y(score), y2: y(score) }),
      shape('text', { class: 'axis-figure', x: left - 9, y: y(score) + 4.5 }, String(score)),
    );
  }
  const average = y(engine.info.baseline);
  made.push(
    shape('line', { class: 'axis-line', x1: left, x2: left, y1: top, y2: bottom }),
    shape('line', { class: 'average-line', x1: left, x2: right, y1: average, y2: average }),
    shape('path', { class: 'diamond', d: `M${left} ${average - 7}l7 7l-7 7l-7-7z` }),
    isNarrow
      ? shape('text', { class: 'end-word inside', x: left + 8, y: top + 15 }, t('scale.excited'))
      : shape('text', { class: 'end-word', x: left - 22, y: top + 5 }, t('scale.excited')),
    isNarrow
      ? shape('text', { class: 'end-word inside', x: left + 8, y: bottom - 6 }, t('scale.calm'))
      : shape('text', { class: 'end-word', x: left - 22, y: bottom + 5 }, t('scale.calm')),
  );
  return made;
}

/** Above everything else, on paper of its own. @param {Place} place */
function averageWord({ right, y }) {
  const { engine, acoustics } = get();
  if (acoustics || !engine) return [];
  const { baseline } = engine.info;
  const words = t('scale.average', { s: scoreText(baseline) });
  return [shape('text', { class: 'average-word', x: right, y: y(baseline) - 6 }, words)];
}

/** One under the picture for each utterance. @param {Place} place @param {Utterance[]} seen */
const brackets = ({ x, picture, from, to }, seen) =>
  seen.map(({ start, end, voice }) => {
    const [a, b] = [x(Math.max(start, from)), Math.max(x(Math.min(end, to)), x(Math.max(start, from)) + 2)];
    return shape('path', { class: `bracket voice-${voice}`, d: `M${a} ${picture + 2}v5H${b}v-5` });
  });

/** @param {Place} place @param {Course} course @param {Utterance[]} seen @param {number} slot @param {Utterance|null} chosen */
function scores({ x, y, from, to }, course, seen, slot, chosen) {
  const middle = (/** @type {Utterance} */ { start, end }) => x((start + end) / 2);
  const scored = scoredOf(course.utterances);
  const lines = [0, 1, 2, 3, 4].map((voice) => {
    let d = '';
    /** @type {Utterance|null} */
    let before = null;
    for (const { utterance, score } of scored.filter(({ utterance: one }) => one.voice === voice)) {
      const goesOn = before && utterance.start - before.end < JOINED_S;
      d += `${goesOn ? 'L' : 'M'}${middle(utterance).toFixed(1)} ${y(score).toFixed(1)}`;
      before = utterance;
    }
    return shape('path', { class: `voice-line voice-${voice}`, d });
  });
  const clip = shape('clipPath', { id: 'course-clip' });
  clip.append(shape('rect', { x: x(from) - 6, y: 0, width: x(to) - x(from) + 12, height: 2000 }));
  const group = shape('g', { 'clip-path': 'url(#course-clip)' }, ...lines);
  const size = slot < TIGHT_PX ? 4 : slot < ROOMY_PX ? 7 : 9;
  const inSight = scored.filter(({ utterance }) => seen.includes(utterance));
  const marks = inSight.flatMap(({ utterance, score }) => {
    const isChosen = utterance === chosen;
    const isUncertain = utterance.certainty === 'uncertain';
    const [at, up] = [middle(utterance), y(score)];
    const interval = utterance.analysis?.interval ?? [score, score];
    const made = [];
    if (slot >= ROOMY_PX && !isChosen)
      made.push(
        shape('line', {
          class: `range-line${isUncertain ? ' uncertain' : ''}`,
          x1: at,
          x2: at,
          y1: y(interval[0]),
          y2: y(interval[1]),
        }),
      );
    for (const [a, b, value] of utterance.windows.filter(([a, b]) => b > from && a < to))
      made.push(
        shape('circle', {
          class: `window voice-${utterance.voice}`,
          cx: x((a + b) / 2),
          cy: y(value),
          r: 1.4,
        }),
      );
    const long = x(utterance.end) - x(utterance.start);
    if (slot >= ROOMY_PX && long > size + 3)
      made.push(
        shape('line', {
          class: `lasting voice-${utterance.voice}`,
          x1: x(utterance.start),
          x2: x(utterance.end),
          y1: up,
          y2: up,
        }),
      );
    made.push(mark(utterance.voice, at, up, isChosen ? size + 4 : size, isUncertain ? 'hollow' : ''));
    return made;
  });
  group.append(...marks);
  return [clip, group];
}

/** What has no score. @param {Place} place @param {Utterance[]} seen */
const lane = ({ x, bottom, from, to }, seen) =>
  seen
    .filter((one) => !counts(one) && (one.isMeasured || one.isOut) && !(get().acoustics && !one.isOut))
    .map((one) => {
      const a = x(Math.max(one.start, from));
      const b = Math.max(x(Math.min(one.end, to)), a + 5);
      const block = shape('g', { class: one.isOut ? 'block out' : 'block' });
      block.append(shape('rect', { x: a, y: bottom + HIGH.lane - 5, width: b - a, height: 10 }));
      const strokes = one.isOut ? [[a, b]] : [];
      for (let at = a + 1; !one.isOut && at < b - 1; at += 5) strokes.push([at, Math.min(b, at + 5)]);
      for (const [p, q] of strokes)
        block.append(shape('line', { x1: p, x2: q, y1: bottom + HIGH.lane + 5, y2: bottom + HIGH.lane - 5 }));
      return block;
    });

/** @param {Place} place */
function timeMarks({ x, from, to, bottom, left, right }) {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600];
  const most = Math.max(2, (right - left) / TIMES_PX);
  const every = steps.find((one) => (to - from) / one <= most) ?? 600 * Math.ceil((to - from) / most / 600);
  const made = [];
  for (let at = Math.ceil(from / every - 1e-9) * every; at <= to; at += every) {
    const px = x(at);
    const anchor = px > right - 16 ? 'end' : px < left + 12 ? 'start' : 'middle';
    made.push(
      shape('line', {
        class: 'time-tick',
        x1: px,
        x2: px,
        y1: bottom + HIGH.lane,
        y2: bottom + HIGH.lane + 5,
      }),
      shape(
        'text',
        { class: 'time-word', x: px, y: bottom + HIGH.lane + 20, 'text-anchor': anchor },
        time(at, 0),
      ),
    );
  }
  return made;
}

/** @param {Place} place @param {number} height */
export const inkLine = ({ width }, height) =>
  shape('line', { class: 'ink-line', x1: 0, x2: width, y1: height - 16, y2: height - 16 });

/** The line from the chosen mark to the result beneath, with its number. @param {Place} place @param {Utterance} one @param {number} height */
export function turn(place, one, height) {
  const x = Math.min(place.right - 15, Math.max(place.left + 1, place.x((one.start + one.end) / 2)));
  const score = get().acoustics ? null : scoreOf(one);
  const from = score === null ? place.bottom + HIGH.lane : place.y(score) + 7;
  const group = shape('g', { class: `turn voice-${one.voice}` });
  group.append(
    inkLine(place, height),
    shape('line', { class: 'turn-line', x1: x, x2: x, y1: from, y2: height - 31 }),
    shape('rect', { x: x - 15, y: height - 31, width: 30, height: 30 }),
    shape('text', { class: 'turn-number', x, y: height - 11 }, String(one.number)),
  );
  if (score !== null) {
    const isRight = x > place.right - 50;
    group.append(
      shape(
        'text',
        {
          class: 'turn-score',
          x: isRight ? x - 10 : x + 10,
          y: Math.max(place.top + 16, place.y(score) - 6),
          'text-anchor': isRight ? 'end' : 'start',
        },
        scoreText(score),
      ),
    );
  }
  return group;
}
