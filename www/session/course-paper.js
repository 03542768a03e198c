// A conversation on paper: its sentence, the course with the sound picture, a row for each utterance, the voices; as many pages as it needs.
/** @import {Course, Recording, Utterance} from '../types.js' */
import { placeIn, staveShapes } from '../conversation/stave-drawing.js';
import { mark } from '../conversation/marks.js';
import { counts, scoreOf, scoredOf, summary } from '../conversation/utterances.js';
import { courseAlt, courseCare, courseWords, reasonsOf, time } from '../conversation/words.js';
import { rangeText } from '../result/message-texts.js';
import { spectrogramImage } from '../result/spectrogram.js';
import { make, shape } from '../shell/dom.js';
import { shareOfScale } from '../shell/format.js';
import { scoreText, t } from '../shell/i18n.js';
import { voiceName } from '../shell/names.js';
import { get } from '../shell/state.js';

/** In px of the paper's width of 680. */
const WIDTH = 680;
const HIGH = { picture: 50, course: 170, foot: 40 };
/** About so many utterances of the course have their numbers, every fifth or tenth, and the highest and the lowest. */
const NUMBERED = 12;
const RATIO = 3;

/** @param {Recording} recording @param {Course} course */
function stave(recording, course) {
  const place = placeIn(WIDTH, 0, recording.seconds, HIGH);
  const height = place.bottom + HIGH.foot;
  const whole = summary(course.utterances);
  const every = 5 * Math.max(1, Math.ceil(course.utterances.length / NUMBERED / 5));
  const extremes = [whole?.highest.utterance.number, whole?.lowest.utterance.number];
  const numbers = scoredOf(course.utterances).flatMap(({ utterance: { number: n, start, end }, score }) =>
    n % every === 0 || extremes.includes(n)
      ? [
          shape(
            'text',
            {
              class: 'paper-number',
              x: place.x((start + end) / 2),
              y: place.y(score) - 7,
              'text-anchor': 'middle',
            },
            String(n),
          ),
        ]
      : [],
  );
  const drawing = shape(
    'svg',
    { class: 'stave-drawing', viewBox: `0 0 ${WIDTH} ${height}`, role: 'img' },
    shape('title', {}, courseAlt(recording, course)),
    ...staveShapes(place, course, null, false),
    ...(get().acoustics ? [] : numbers),
  );
  const canvas = make('canvas', { class: 'paper-picture' });
  const width = place.right - place.left;
  Object.assign(canvas, { width: width * RATIO, height: HIGH.picture * RATIO });
  for (const [name, value] of Object.entries({ left: place.left / WIDTH, width: width / WIDTH, top: 0 }))
    canvas.style.setProperty(name, `${value * 100}%`);
  canvas.style.setProperty('height', `${(HIGH.picture / height) * 100}%`);
  const context = canvas.getContext('2d');
  if (recording.picture && context) {
    context.imageSmoothingQuality = 'high';
    context.drawImage(
      spectrogramImage(recording.picture, '#ffffff', '#222222'),
      0,
      0,
      canvas.width,
      canvas.height,
    );
  }
  return make('div', { class: 'paper-stave' }, canvas, drawing);
}

/** @param {Course} course @param {Utterance} one */
function row(course, one) {
  const score = scoreOf(one);
  const cells = [
    String(one.number),
    time(one.start, 1),
    voiceName(course, one.voice),
    score === null ? '' : scoreText(score),
    score !== null && one.analysis ? rangeText(one.analysis.interval) : '',
    reasonsOf(one),
  ];
  return make('li', {}, ...cells.map((text) => make('span', {}, text)));
}

/** Each voice that was named on the axis, its middle half and its mean. @param {Course} course */
function voices(course) {
  const all = scoredOf(course.utterances);
  return [...new Set(all.map(({ utterance }) => utterance.voice))].sort().flatMap((voice) => {
    const scores = all.filter(({ utterance }) => utterance.voice === voice).map(({ score }) => score);
    const whole = summary(course.utterances.filter((one) => one.voice === voice && counts(one)));
    if (!whole) return [];
    const x = (/** @type {number} */ score) => 150 + shareOfScale(score) * 480;
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const drawing = shape(
      'svg',
      { class: 'paper-voice', viewBox: `0 0 ${WIDTH} 26` },
      shape(
        'text',
        { class: 'paper-number', x: 0, y: 17 },
        `${voiceName(course, voice) || t('course.nobody')}, ${scores.length}`,
      ),
      shape('line', { class: 'axis-line', x1: x(1), x2: x(5), y1: 13, y2: 13 }),
      ...[1, 2, 3, 4, 5].map((score) =>
        shape('line', { class: 'axis-line', x1: x(score), x2: x(score), y1: 9, y2: 17 }),
      ),
      shape('rect', {
        class: 'paper-half',
        x: x(whole.low),
        y: 7,
        width: Math.max(1, x(whole.high) - x(whole.low)),
        height: 12,
      }),
      ...scores.map((score) => mark(voice, x(score), 13, 5, 'hollow')),
      shape('line', { class: 'paper-mean', x1: x(mean), x2: x(mean), y1: 2, y2: 24 }),
      shape('text', { class: 'paper-number', x: 676, y: 17, 'text-anchor': 'end' }, scoreText(mean)),
    );
    return [drawing];
  });
}

/** What is said of a course. @param {Recording} recording @param {Course} course */
export const courseSaid = (recording, course) => ({
  ...courseWords(recording, course),
  care: courseCare(recording, course),
});

/** The course, the table and the voices. @param {Recording} recording @param {Course} course */
export function courseParts(recording, course) {
  const isNamed = course.utterances.some(({ voice }) => voice > 0);
  return [
    stave(recording, course),
    ...(get().acoustics ? [] : voices(course)),
    make('ol', { class: 'paper-utterances' }, ...course.utterances.map((one) => row(course, one))),
    ...(isNamed ? [make('p', {}, t('paper.named'))] : []),
  ];
}
