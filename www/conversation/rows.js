// The utterances as a list: number, time, voice, a small scale, the score or why there is none.
/** @import {Course, Utterance} from '../types.js' */
import { rangeText } from '../result/message-texts.js';
import { breathe, bringIntoSight, make, query, shape } from '../shell/dom.js';
import { shareOfScale } from '../shell/format.js';
import { scoreText } from '../shell/i18n.js';
import { voiceName } from '../shell/names.js';
import { current, currentCourse, get, watch } from '../shell/state.js';
import { choose } from './edit.js';
import { mark as voiceMark } from './marks.js';
import { reasonsOf, time } from './words.js';
import { counts, scoreOf } from './utterances.js';

const narrow = matchMedia('(max-width: 599.98px)');
/** The small scale. */
const SCALE = { width: 62, height: 14 };

export function start() {
  query('#utterances').addEventListener('keydown', (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const course = currentCourse();
    if (!by || !course) return;
    event.preventDefault();
    event.stopPropagation();
    choose((course.chosen ?? 1) + by);
    /** @type {HTMLElement|null} */ (query('#utterances').querySelector('[aria-current]'))?.focus();
  });
  watch(['current', 'recordings', 'engine', 'acoustics'], fill);
}

/** So many rows are made at once; of a long course the rest follows in further tasks. */
const AT_ONCE = 40;
/** What was shown last: rows are made anew only where something has changed. @type {Utterance[]} */
let shownLast = [];
let shownAs = '';
/** @type {AbortController|null} */
let filling = null;

function fill() {
  const course = currentCourse();
  query('#utterances-part').hidden = !course;
  if (!course) {
    filling?.abort();
    shownLast = [];
    return;
  }
  const list = query('#utterances');
  const as = [get().language, get().acoustics, current()?.number, course.voices].join();
  if (as !== shownAs || course.utterances.length !== shownLast.length) void fillAll(list, course);
  else
    course.utterances.forEach((one, i) => {
      if (one !== shownLast[i]) list.children[i]?.replaceWith(row(course, one));
    });
  [shownLast, shownAs] = [course.utterances, as];
  mark(list);
}

/** @param {HTMLElement} list @param {Course} course */
async function fillAll(list, course) {
  filling?.abort();
  const mine = new AbortController();
  filling = mine;
  const count = course.utterances.length;
  list.replaceChildren(...course.utterances.slice(0, AT_ONCE).map((one) => row(course, one)));
  for (let from = AT_ONCE; from < count; from += AT_ONCE) {
    await breathe();
    if (mine.signal.aborted) return;
    // They may have been measured anew meanwhile.
    const now = shownLast.length === count ? shownLast : course.utterances;
    list.append(...now.slice(from, from + AT_ONCE).map((one) => row(course, one)));
  }
  if (count > AT_ONCE) mark(list);
}

/** Marks the chosen row and brings it into sight. @param {HTMLElement} list */
function mark(list) {
  const chosen = currentCourse()?.chosen ?? 1;
  const before = list.querySelector('[aria-current]');
  const now = list.children[chosen - 1]?.firstElementChild;
  if (before !== now) before?.removeAttribute('aria-current');
  now?.setAttribute('aria-current', 'true');
  requestAnimationFrame(() => bringIntoSight(list, list.querySelector('[aria-current]')?.parentElement));
}

/** @param {Course} course @param {Utterance} one */
function row(course, one) {
  const score = scoreOf(one);
  const why = reasonsOf(one);
  const isHollow = one.certainty === 'uncertain';
  const voice = voiceName(course, one.voice);
  const unseen = (/** @type {string} */ text) => make('span', { class: 'unseen' }, text);
  const choice = make(
    'button',
    {
      type: 'button',
      class: `utterance voice-${one.voice}${counts(one) || get().acoustics ? '' : ' without'}`,
      'data-number': String(one.number),
    },
    make('span', { class: 'utterance-number' }, String(one.number)),
    unseen(', '),
    make('span', { class: 'utterance-time' }, time(one.start, 0)),
    make(
      'span',
      { class: 'utterance-voice' },
      ...(voice ? [unseen(', '), voice] : []),
      ...(why ? [unseen(','), make('small', {}, ` ${why}`)] : []),
    ),
  );
  if (score !== null) {
    const at = 6 + shareOfScale(score) * (SCALE.width - 12);
    const range = one.analysis ? rangeText(one.analysis.interval) : '';
    choice.append(
      shape(
        'svg',
        { class: 'utterance-scale', width: SCALE.width, height: SCALE.height, 'aria-hidden': 'true' },
        shape('line', { x1: 0, x2: SCALE.width, y1: 7, y2: 7 }),
        voiceMark(one.voice, at, 7, 8, isHollow ? 'hollow' : ''),
      ),
      unseen(', '),
      make('span', { class: 'utterance-score' }, scoreText(score)),
      unseen(`, ${range}`),
    );
  }
  choice.addEventListener('click', () => {
    choose(one.number);
    // On a phone the result stands far above the list.
    if (narrow.matches) query('#utterance-line').scrollIntoView({ block: 'start' });
  });
  return make('li', {}, choice);
}
