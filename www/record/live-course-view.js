// What is seen of a conversation while it is recorded: how many utterances, the course so far, how far speech stands above the room.
/** @import {LiveCourse} from './live-course.js' */
import { withNames } from '../conversation/edit.js';
import { mark } from '../conversation/marks.js';
import { placeIn } from '../conversation/stave-drawing.js';
import { counts, scoredOf } from '../conversation/utterances.js';
import { time } from '../conversation/words.js';
import { button, make, query, shape } from '../shell/dom.js';
import { number, scoreText, t } from '../shell/i18n.js';
import { recall, remember } from '../shell/preferences.js';
import { get, set, watch } from '../shell/state.js';
import { isTouched } from '../shell/touch.js';

/** The time axis is so long, in s, one after the other. */
const SPANS_S = [180, 360, 720, 1_800];
/** Columns of the live picture to a second, one to a CSS px. */
const COLUMNS_PER_S = 100;
/** Speech that stands further above the room is good, dB. */
const GOOD_DB = 20;
/** Of so many last utterances. */
const LAST = 5;

/** @param {(voice: number) => void} say  whose the utterance is */
export function start(say) {
  set({ covered: recall('covered') === 'on' });
  const cover = button('', 'word', toggleCover);
  cover.id = 'course-cover';
  query('#live-course').replaceChildren(
    make('p', { class: 'live-brackets', id: 'live-brackets', 'aria-hidden': 'true' }),
    make(
      'div',
      { class: 'live-course-head' },
      make('h2', { 'data-t': 'course.title' }, t('course.title')),
      make('p', { id: 'live-count' }),
      make('p', { class: 'live-voices', id: 'live-voices' }),
      cover,
    ),
    make('div', { id: 'live-stave', 'aria-hidden': 'true' }),
    make(
      'p',
      { class: 'live-room' },
      make('span', { id: 'live-room' }),
      ' ',
      make('span', { id: 'live-awake' }),
    ),
  );
  watch([], () => {
    const names = withNames([], 2);
    query('#live-voices').replaceChildren(
      ...names.map((name, i) => button(`${i + 1} ${name}`, 'word', () => say(i + 1))),
    );
  });
  watch(['covered'], () => {
    query('#course-cover').textContent = t(get().covered ? 'course.uncover' : 'course.cover');
  });
}

export function toggleCover() {
  const covered = !get().covered;
  remember('covered', covered ? 'on' : 'off');
  set({ covered });
}

/** Says whether the screen stays on. @param {boolean} awake */
export const sayAwake = (awake) => {
  query('#live-awake').textContent = t(awake ? 'course.awake' : 'course.keepAwake');
};

/** What was written last. */
let written = '';

/**
 * @param {LiveCourse} course
 * @param {number} seconds  recorded so far
 */
export function drawLiveCourse(course, seconds) {
  const utterances = course.all();
  brackets(course, seconds);
  const { covered, acoustics, language } = get();
  const box = query('#live-stave');
  const span = SPANS_S.find((one) => seconds < one) ?? SPANS_S[SPANS_S.length - 1];
  // Whole pixels are enough for the line of now.
  const now = Math.round((seconds / span) * box.clientWidth);
  const state = [
    utterances.length,
    utterances.at(-1)?.isMeasured,
    utterances.at(-1)?.voice,
    covered,
    acoustics,
    language,
    span,
    now,
    box.clientWidth,
    box.clientHeight,
  ].join();
  if (state === written) return;
  written = state;
  const n = utterances.length;
  const k = utterances.filter((one) => one.isMeasured && !counts(one)).length;
  const one = isTouched() ? 'course.soFarOneTouch' : 'course.soFarOne';
  const several = isTouched() ? 'course.soFarTouch' : 'course.soFar';
  query('#live-count').textContent = n === 1 ? t(one) : n ? t(several, { n, k }) : '';
  const levels = utterances
    .slice(-LAST)
    .map(({ aboveDb }) => aboveDb)
    .sort((a, b) => a - b);
  const middle = levels[Math.floor(levels.length / 2)];
  query('#live-room').textContent =
    middle === undefined
      ? ''
      : t(middle >= GOOD_DB ? 'course.roomGood' : 'course.roomBad', { d: number(middle, 0) });
  draw(box, course, span, now, covered || acoustics);
}

/** A time under the course needs so much, in letters' heights. */
const PART_REM = 5.8;

/**
 * @param {HTMLElement} box
 * @param {LiveCourse} course
 * @param {number} span
 * @param {number} now  CSS px
 * @param {boolean} covered
 */
function draw(box, course, span, now, covered) {
  const [width, height] = [box.clientWidth, box.clientHeight];
  if (!width || !height) return;
  const place = placeIn(width, 0, span, { picture: -14, course: Math.max(60, height - 40) });
  const { x, y, left, right, top, bottom } = place;
  const drawing = shape('svg', { class: 'stave-drawing live-drawing', width, height });
  for (let score = 1; score <= 5 && !covered; score += 1)
    drawing.append(
      shape('line', { class: 'grid', x1: left, x2: right, y1: y(score), y2: y(score) }),
      shape('text', { class: 'axis-figure', x: left - 9, y: y(score) + 4.5 }, String(score)),
    );
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const parts = [6, 3].find((count) => width >= count * PART_REM * rem) ?? 2;
  for (let part = 0; part <= parts; part += 1) {
    const at = (span / parts) * part;
    const anchor = part === parts ? 'end' : part === 0 ? 'start' : 'middle';
    drawing.append(
      shape('text', { class: 'time-word', x: x(at), y: bottom + 26, 'text-anchor': anchor }, time(at, 0)),
    );
  }
  for (const one of course.all()) {
    const middle = x((one.start + one.end) / 2);
    if (covered) {
      drawing.append(
        shape('line', {
          class: `tick voice-${one.voice}`,
          x1: middle,
          x2: middle,
          y1: (top + bottom) / 2 - 8,
          y2: (top + bottom) / 2 + 8,
        }),
      );
    } else if (one.isMeasured && !counts(one)) {
      drawing.append(
        shape('rect', { class: 'tick-block', x: middle - 2, y: bottom + 2, width: 4, height: 8 }),
      );
    }
  }
  if (!covered)
    for (const { utterance: one, score } of scoredOf(course.all()))
      drawing.append(
        mark(
          one.voice,
          x((one.start + one.end) / 2),
          y(score),
          8,
          one.certainty === 'uncertain' ? 'hollow' : '',
        ),
      );
  const at = Math.min(right, left + (now / width) * (right - left));
  drawing.append(shape('line', { class: 'now-line', x1: at, x2: at, y1: top - 4, y2: bottom + 8 }));
  box.replaceChildren(drawing);
}

/** Which of the last seconds' utterances are seen in the live picture. @param {LiveCourse} course @param {number} seconds */
function brackets(course, seconds) {
  const box = query('#live-brackets');
  const width = box.clientWidth;
  const from = seconds - width / COLUMNS_PER_S;
  const px = (/** @type {number} */ at) => Math.max(0, (at - from) * COLUMNS_PER_S);
  const open = course.open();
  const all = course.all();
  const last = all.filter(({ end }) => end > from).slice(-4);
  const parts = last.map((one) => {
    const [score] = get().covered ? [] : scoredOf([one]);
    const words = score
      ? t('course.newest', { n: one.number, s: scoreText(score.score) })
      : String(one.number);
    return bracket(px(one.start), px(one.end), words, '');
  });
  if (open !== null) parts.push(bracket(px(open), width, t('course.goingOn', { n: all.length + 1 }), 'open'));
  box.replaceChildren(...parts);
}

/** @param {number} a @param {number} b @param {string} words @param {string} look */
function bracket(a, b, words, look) {
  const made = make('span', { class: look }, words);
  made.style.setProperty('--at', `${a}px`);
  made.style.setProperty('--long', `${Math.max(4, b - a)}px`);
  return made;
}
