// The utterances as a list: number, time, voice, a small scale, the score or why there is none.
/** @import {Course, Utterance} from '../types.js' */
import { rangeText } from '../result/message-texts.js';
import { make, query, shape } from '../shell/dom.js';
import { scoreText } from '../shell/i18n.js';
import { current, currentCourse, get, watch } from '../shell/state.js';
import { choose } from './edit.js';
import { mark } from './marks.js';
import { reasonsOf, time, voiceName } from './words.js';
import { counts, scoreOf } from './utterances.js';

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

/** What was shown last: rows are made anew only where something has changed. @type {Utterance[]} */
let shownLast = [];
/** @type {string} */
let shownAs = '';

function fill() {
  const course = currentCourse();
  query('#utterances-part').hidden = !course;
  if (!course) {
    shownLast = [];
    return;
  }
  const list = query('#utterances');
  const as = [get().language, get().acoustics, current()?.number, course.voices].join();
  if (as !== shownAs || course.utterances.length !== list.children.length) {
    list.replaceChildren(...course.utterances.map((one) => row(course, one)));
  } else {
    course.utterances.forEach((one, i) => {
      if (one !== shownLast[i]) list.children[i].replaceWith(row(course, one));
    });
  }
  [shownLast, shownAs] = [course.utterances, as];
  for (const item of list.querySelectorAll('button'))
    if (Number(item.dataset.number) === course.chosen) item.setAttribute('aria-current', 'true');
    else item.removeAttribute('aria-current');
  inSight(list);
}

/** @param {HTMLElement} list */
function inSight(list) {
  const chosen = list.querySelector('[aria-current]')?.parentElement;
  if (!chosen) return;
  const [box, item] = [list.getBoundingClientRect(), chosen.getBoundingClientRect()];
  if (item.top < box.top) list.scrollTop -= box.top - item.top;
  else if (item.bottom > box.bottom) list.scrollTop += item.bottom - box.bottom;
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
    const at = 6 + ((Math.min(5, Math.max(1, score)) - 1) / 4) * (SCALE.width - 12);
    const range = one.analysis ? rangeText(one.analysis.interval) : '';
    choice.append(
      shape(
        'svg',
        { class: 'utterance-scale', width: SCALE.width, height: SCALE.height, 'aria-hidden': 'true' },
        shape('line', { x1: 0, x2: SCALE.width, y1: 7, y2: 7 }),
        mark(one.voice, at, 7, 8, isHollow ? 'hollow' : ''),
      ),
      unseen(', '),
      make('span', { class: 'utterance-score' }, scoreText(score)),
      unseen(`, ${range}`),
    );
  }
  choice.addEventListener('click', () => choose(one.number));
  return make('li', {}, choice);
}
