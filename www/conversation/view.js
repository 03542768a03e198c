// A course on the page: its sentence, legend and tools above the stave.
/** @import {Course, Recording} from '../types.js' */
import { onCourse } from '../result/map.js';
import { onUtterance } from '../result/result.js';
import { button, make, query, queryAs, rich } from '../shell/dom.js';
import { number, scoreText, t } from '../shell/i18n.js';
import { nameOf, voiceName } from '../shell/names.js';
import { current, currentCourse, get, watch } from '../shell/state.js';
import { arriveAtCourse, asOne, cutAnew } from './cutting.js';
import { canMeasure, choose, step } from './edit.js';
import * as edges from './edges.js';
import { markIcon } from './marks.js';
import * as overview from './overview.js';
import * as rows from './rows.js';
import * as stave from './stave.js';
import * as stretches from './stretches.js';
import { utteranceLine } from './utterance-line.js';
import { around, scoredOf, summary } from './utterances.js';
import { openVoices } from './voices.js';
import { courseCare, courseWords, handCare, withoutScore } from './words.js';

/** Pauses that can be wanted, in s. */
const PAUSES = [0.3, 0.5, 0.8];

export function start() {
  build();
  for (const part of [stave, overview, rows, stretches, edges]) part.start();
  onCourse(({ utterances, chosen }) => around(utterances, chosen ?? 0).map((one) => one.number));
  onUtterance({ without: withoutScore, care: handCare, arrive: arriveAtCourse });
  watch(['current', 'recordings', 'engine', 'acoustics', 'problem', 'ticked', 'phase'], show);
  wide.addEventListener('change', show);
  document.addEventListener('keydown', (event) => {
    const isField = /** @type {Element} */ (event.target).closest('input, textarea, dialog');
    if (event.defaultPrevented || isField || !currentCourse() || !(event.ctrlKey || event.metaKey)) return;
    if (event.key.toLowerCase() === 'z' && step(event.shiftKey ? 'redo' : 'undo')) event.preventDefault();
  });
  watch(['current', 'recordings', 'engine', 'acoustics', 'theme'], stave.redraw);
  watch(['playing'], () => {
    const heard = get().playing !== null && get().playing === get().current;
    query('#course-listen').classList.toggle('heard', heard);
    query('#course-listen-word').textContent = t(heard ? 'list.pause' : 'list.listen');
    stave.follow();
  });
}

/** Everything that a course is shown in; it is filled when there is one. */
function build() {
  const word = (/** @type {string} */ id, /** @type {() => void} */ press) => {
    const made = button('', 'word', press);
    made.id = id;
    return made;
  };
  const slider = (/** @type {string} */ id, /** @type {'course.from'|'course.to'} */ key) =>
    make('input', { type: 'range', id, min: '0', step: '1', 'aria-label': t(key), 'data-t-name': key });
  const split = make('select', { id: 'course-split' });
  split.addEventListener('change', async () => {
    if (!(await cutAnew(Number(split.value)))) show();
  });
  const listen = query('#listen').cloneNode(true);
  if (!(listen instanceof HTMLButtonElement)) return;
  listen.id = 'course-listen';
  const listenWord = listen.querySelector('span');
  if (listenWord) listenWord.id = 'course-listen-word';
  query('#conversation').replaceChildren(
    make('p', { class: 'which', id: 'course-which' }),
    make('h1', { id: 'course-sentence', tabindex: '-1' }),
    make('p', { class: 'lead', id: 'course-lead' }),
    make('ul', { class: 'flags', id: 'course-flags' }),
    make(
      'div',
      { class: 'course-head' },
      make('h2', { 'data-t': 'course.title', id: 'course-title' }, t('course.title')),
      make('ul', { class: 'course-legend', id: 'course-legend' }),
      make(
        'p',
        { class: 'course-tools' },
        word('course-voices', () => void openVoices()),
        word('course-stretches', stretches.press),
        word('course-whole', overview.showAll),
        make(
          'label',
          { class: 'choice' },
          make('span', { 'data-t': 'course.split' }, t('course.split')),
          ' ',
          split,
        ),
        word('course-one', () => asOne(true)),
      ),
    ),
    make(
      'div',
      { id: 'overview-part', class: 'overview-part', hidden: '' },
      make('div', { class: 'overview', id: 'overview' }),
      slider('window-from', 'course.from'),
      slider('window-to', 'course.to'),
      make('p', { class: 'overview-times', id: 'overview-times', 'aria-hidden': 'true' }),
    ),
    make(
      'div',
      { class: 'stave', id: 'stave' },
      listen,
      make('canvas', { 'aria-hidden': 'true' }),
      document.createElementNS('http://www.w3.org/2000/svg', 'svg'),
      make('div', {
        id: 'utterance-course',
        role: 'listbox',
        tabindex: '0',
        'aria-orientation': 'horizontal',
        'aria-describedby': 'course-alt',
      }),
      make('span', { class: 'course-cursor', id: 'course-cursor', hidden: '' }),
      make('p', { class: 'tip', id: 'course-tip', hidden: '' }),
    ),
    make('p', { class: 'unseen', id: 'course-alt' }),
    make('section', { class: 'stretches', id: 'stretches', 'aria-live': 'polite', hidden: '' }),
    edges.built(),
  );
  query('#stave').querySelector('svg:not(button svg)')?.classList.add('stave-drawing');
  query('#utterances-part').replaceChildren(
    make('h2', { id: 'heading-utterances', 'data-t': 'course.list' }, t('course.list')),
    make('ol', { class: 'utterances', id: 'utterances', 'aria-labelledby': 'heading-utterances' }),
  );
}

/** What is going on stands above what is shown. @param {boolean} isCourse */
function placeNews(isCourse) {
  const [queue, notice] = [query('#queue'), query('#notice')];
  const home = query(isCourse ? '#conversation' : '#result');
  if (queue.parentElement === home) return;
  if (isCourse) home.prepend(queue, notice);
  else query('#acoustics-line').after(queue, notice);
}

/** Which channel is measured is chosen where the sound is shown. @param {boolean} isCourse */
function placeChannels(isCourse) {
  const [choice, flags] = [query('#channels'), query('#course-flags')];
  if (isCourse && flags.nextElementSibling !== choice) flags.after(choice);
  else if (!isCourse && choice.parentElement !== query('#take')) query('#take-silent').before(choice);
}

const wide = matchMedia('(min-width: 1100px)');

/** Beside a result that is a course the list comes before the ways in. @param {boolean} isCourse */
function placeInputs(isCourse) {
  if (!wide.matches) return;
  const [side, inputs] = [query('#side'), query('#inputs')];
  if (isCourse && side.lastElementChild !== inputs) side.append(inputs);
  else if (!isCourse && side.firstElementChild !== inputs) side.prepend(inputs);
}

/** Whether something with a course is shown, and how. */
function show() {
  const [recording, course] = [current(), currentCourse()];
  const seen = Boolean(course) && !get().problem && !get().ticked;
  query('#conversation').hidden = !seen;
  query('#page-record').classList.toggle('as-course', seen);
  placeNews(seen);
  placeChannels(seen);
  offerCourse(recording);
  query('#utterance-line').hidden = !seen;
  placeInputs(seen);
  const sentence = query('#sentence');
  if (seen) sentence.setAttribute('aria-level', '2');
  else sentence.removeAttribute('aria-level');
  if (!recording || !course || !seen) return;
  query('#course-which').replaceChildren(
    make('span', { class: 'disc-number' }, String(recording.number)),
    make('b', {}, nameOf(recording)),
  );
  const said = courseWords(recording, course);
  query('#course-sentence').textContent = said.sentence;
  lead(said);
  const care = courseCare(recording, course);
  query('#course-flags').hidden = !care.length;
  query('#course-flags').replaceChildren(
    ...care.map((text) => {
      const item = make('li');
      rich(item, text);
      return item;
    }),
  );
  legend(course);
  query('#course-voices').textContent = t('course.voices');
  query('#course-whole').textContent = t('course.whole');
  query('#course-one').textContent = t('course.asOne');
  query('#course-stretches').hidden = get().acoustics;
  query('#course-listen').hidden = !recording.take;
  const split = queryAs('#course-split', HTMLSelectElement);
  split.disabled = !canMeasure();
  split.replaceChildren(
    ...[...new Set([...PAUSES, course.pauseS])].sort().map((pause) => {
      const option = make('option', { value: String(pause) }, t('course.pause', { d: number(pause, 1) }));
      option.selected = pause === course.pauseS;
      return option;
    }),
  );
  utteranceLine(recording, course);
}

/** The lead; the numbers in it are ways to their utterances. @param {ReturnType<typeof courseWords>} said */
function lead({ lead: text, parts = [text], numbers = [] }) {
  query('#course-lead').replaceChildren(
    ...parts.map((part, i) => {
      if (i % 2) return button(part, 'word', () => goTo(numbers[(i - 1) / 2]));
      const made = make('span');
      rich(made, part);
      return made;
    }),
  );
}

/** Chooses an utterance, and brings the course into sight. @param {number} number */
function goTo(number) {
  choose(number);
  query('#utterance-course').focus({ preventScroll: true });
  query('#stave').scrollIntoView({ block: 'nearest' });
}

/** @param {Course} course */
function legend(course) {
  const { utterances } = course;
  const voices = [...new Set(utterances.map(({ voice }) => voice))].sort();
  const items = voices
    .filter((voice) => voice || voices.length > 1)
    .map((voice) => {
      const count = utterances.filter((one) => one.voice === voice && !one.isOut).length;
      return make(
        'li',
        {},
        markIcon(voice),
        make('span', {}, voiceName(course, voice) || t('course.nobody')),
        make('small', {}, ` ${count}`),
      );
    });
  const whole = summary(utterances);
  if (whole?.uncertain)
    items.push(
      make(
        'li',
        {},
        markIcon(0, 'hollow'),
        make('span', {}, t('course.uncertain')),
        make('small', {}, ` ${whole.uncertain}`),
      ),
    );
  if (whole?.without)
    items.push(
      make(
        'li',
        {},
        make('span', { class: 'block-icon' }),
        make('span', {}, t('course.unscored')),
        make('small', {}, ` ${whole.without}`),
      ),
    );
  const first = scoredOf(utterances)[0]?.utterance.analysis;
  if (first)
    items.push(
      make(
        'li',
        { class: 'legend-range' },
        t('course.rangeOfOne', { d: scoreText((first.interval[1] - first.interval[0]) / 2) }),
      ),
    );
  query('#course-legend').replaceChildren(...items);
}

/** Offers the course of a recording that is shown as one sound, or says where it is. @param {Recording|null} recording */
function offerCourse(recording) {
  const line = query('#course-offer');
  const course = recording?.course;
  const { problem, ticked, engine } = get();
  const hasScale = engine?.info.map.axis === 'score';
  const isLong = (course?.utterances.length ?? 0) > 1;
  const isOffered = isLong && !problem && !ticked && (!hasScale || Boolean(course?.asOne));
  line.hidden = !course || !isOffered;
  if (!course || !isOffered) return;
  const n = course.utterances.length;
  const way = button(t('course.asCourse', { n }), 'word', () => void asOne(false));
  line.replaceChildren(hasScale ? way : t('course.otherModel', { n }));
}
