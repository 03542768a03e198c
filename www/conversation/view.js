// A course on the page: its sentence, legend and tools above the stave, the utterance's own line of words above the result.
/** @import {Course, Recording} from '../types.js' */
import { cut, measureUtterances } from '../engine/utterances.js';
import { onCourse } from '../result/map.js';
import { onUtterance } from '../result/result.js';
import { ask } from '../shell/dialog.js';
import { announce, button, make, query, queryAs, rich } from '../shell/dom.js';
import { nameOf } from '../shell/names.js';
import { number, scoreText, t, unbroken } from '../shell/i18n.js';
import { changeCourse, current, currentCourse, currentUtterance, get, watch } from '../shell/state.js';
import {
  areTouched,
  canMeasure,
  choose,
  forgetHistory,
  giveRest,
  giveVoice,
  join,
  nameVoice,
  toggleOut,
  withNames,
} from './edit.js';
import * as edges from './edges.js';
import { markIcon } from './marks.js';
import * as overview from './overview.js';
import * as rows from './rows.js';
import * as stave from './stave.js';
import * as stretches from './stretches.js';
import { MOST_VOICES, around, scoredOf, summary } from './utterances.js';
import { forgetWindow } from './window.js';
import { courseCare, courseWords, handCare, reasonsOf, span, voiceName, withoutScore } from './words.js';

/** Pauses that can be wanted, in s. */
const PAUSES = [0.3, 0.5, 0.8];

export function start() {
  build();
  for (const part of [stave, overview, rows, stretches, edges]) part.start();
  onCourse(({ utterances, chosen }) => around(utterances, chosen ?? 0).map((one) => one.number));
  onUtterance({ without: withoutScore, care: handCare });
  watch(['current', 'recordings', 'engine', 'acoustics', 'problem', 'ticked', 'phase'], show);
  wide.addEventListener('change', show);
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
  split.addEventListener('change', () => void cutAnew(Number(split.value)));
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
  rich(query('#course-lead'), said.lead);
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

/** Number, place and what can be done. @param {Recording} recording @param {Course} course */
function utteranceLine(recording, course) {
  const one = currentUtterance();
  const box = query('#utterance-line');
  if (!one) return box.replaceChildren();
  const n = one.number;
  const held = /** @type {HTMLElement|null} */ (document.activeElement)?.dataset.does;
  const way = (
    /** @type {string} */ does,
    /** @type {string} */ word,
    /** @type {() => void} */ press,
    name = '',
  ) => {
    const made = button(word, 'word', press);
    made.dataset.does = does;
    if (name) made.setAttribute('aria-label', name);
    return made;
  };
  const isThere = canMeasure();
  const last = n === course.utterances.length;
  const why = reasonsOf(one);
  const voice = make('select', { 'data-does': 'voice', 'aria-label': t('course.whose') });
  const names = withNames(course.voices, Math.min(MOST_VOICES, course.voices.length + 1));
  voice.append(
    ...[t('course.nobody'), ...names].map((name, i) => {
      const isNew = i > Math.max(course.voices.length, 2);
      const option = make('option', { value: String(i) }, isNew ? `${t('course.addVoice')} (${name})` : name);
      option.selected = i === one.voice;
      return option;
    }),
  );
  voice.addEventListener('change', () => giveVoice(Number(voice.value)));
  const title = [String(n), voiceName(course, one.voice)].filter(Boolean).join(', ');
  box.replaceChildren(
    make(
      'p',
      { class: 'utterance-name' },
      arrow(-1, t('course.before'), n > 1),
      make('b', {}, title),
      make('span', { class: 'note' }, ` ${span(one)} · ${number(one.seconds, 1)} s${why ? ` · ${why}` : ''}`),
      arrow(1, t('course.after'), !last),
    ),
    make(
      'p',
      { class: 'utterance-ways' },
      ...(recording.take ? [way('listen', t('list.listen'), () => stave.playUtterance(recording, one))] : []),
      ...(isThere ? [way('edges', t('course.edges'), stave.openChosen)] : []),
      ...(isThere && !last
        ? [way('join', t('course.join'), () => join(n), t('course.joinName', { n, m: n + 1 }))]
        : []),
      way('out', t(one.isOut ? 'course.takeIn' : 'course.leaveOut'), toggleOut),
      make('label', { class: 'choice' }, t('course.voice'), ' ', voice),
    ),
  );
  if (held) /** @type {HTMLElement|null} */ (box.querySelector(`[data-does="${held}"]`))?.focus();
}

/** To the utterance before or after, on a phone. @param {number} by @param {string} name @param {boolean} there */
function arrow(by, name, there) {
  const made = button(by < 0 ? '‹' : '›', 'utterance-step', () =>
    choose((currentCourse()?.chosen ?? 1) + by),
  );
  made.setAttribute('aria-label', name);
  made.dataset.does = `step ${by}`;
  made.disabled = !there;
  return made;
}

/** Offers the course of a recording that is shown as one sound. @param {Recording|null} recording */
function offerCourse(recording) {
  const line = query('#course-offer');
  const course = recording?.course;
  const isOffered =
    Boolean(course?.asOne) && !get().problem && !get().ticked && get().engine?.info.map.axis === 'score';
  line.hidden = !isOffered;
  if (course && isOffered)
    line.replaceChildren(
      button(t('course.asCourse', { n: course.utterances.length }), 'word', () => void asOne(false)),
    );
}

/** Shows the recording as one sound or as its course. @param {boolean} one */
async function asOne(one) {
  const recording = current();
  if (!recording?.course) return;
  changeCourse(recording.number, { asOne: one });
  const course = current()?.course;
  if (!course || one) return query('#sentence').focus();
  query('#course-sentence').focus();
  if (course.utterances.some(({ isMeasured }) => !isMeasured)) await measureAll(recording, course);
  arrive(recording.number);
}

/** Says what a course has come to. @param {number} n */
function arrive(n) {
  const [recording, course] = [current(), currentCourse()];
  if (!recording || !course || recording.number !== n) return;
  const whole = summary(course.utterances);
  const { sentence } = courseWords(recording, course);
  announce(
    t('course.sayMeasured', {
      n: course.utterances.length,
      sentence: unbroken(sentence),
      u: whole?.uncertain ?? 0,
      k: whole?.without ?? 0,
    }),
  );
}

/** @param {Recording} recording @param {Course} course */
async function measureAll({ number: n, take }, course) {
  const { engine, acoustics } = get();
  if (!engine || !take) return;
  const mine = new AbortController();
  const isThere = () => get().recordings.some((one) => one.take === take);
  try {
    const utterances = await measureUtterances(
      engine,
      take,
      course.utterances,
      acoustics,
      mine.signal,
      () => {
        if (!isThere()) mine.abort();
      },
    );
    if (isThere()) changeCourse(n, { utterances });
  } catch (error) {
    if (!mine.signal.aborted) throw error;
  }
}

/** Cuts the recording at other pauses. @param {number} pauseS */
async function cutAnew(pauseS) {
  const [recording, course] = [current(), currentCourse()];
  const { engine } = get();
  if (!recording?.take || !course || !engine || pauseS === course.pauseS) return;
  if (
    areTouched(course.utterances) &&
    !(await ask(t('course.recutAsk'), [t('course.recutText')], t('course.recutYes'), t('course.recutNo')))
  )
    return show();
  const { take, number: n } = recording;
  const mine = new AbortController();
  const isThere = () => get().recordings.some((one) => one.take === take);
  try {
    const utterances = await cut(take, pauseS, mine.signal, () => {
      if (!isThere()) mine.abort();
    });
    if (!isThere() || !utterances.length) return;
    forgetHistory(n);
    forgetWindow(n);
    changeCourse(n, { utterances, pauseS, chosen: 1 });
    const anew = get().recordings.find((one) => one.number === n)?.course;
    if (anew) await measureAll(recording, anew);
    arrive(n);
  } catch (error) {
    if (!mine.signal.aborted) throw error;
  }
}

/** Names of voices, and whose all the others are. */
async function openVoices() {
  const course = currentCourse();
  if (!course) return;
  const count = Math.max(2, course.voices.length);
  const fields = withNames(course.voices, Math.min(MOST_VOICES, count + 1)).map((name, i) => {
    const input = make('input', {
      type: 'text',
      maxlength: '24',
      value: i < count ? name : '',
      placeholder: i < count ? '' : t('course.addVoice'),
      'aria-label': t('course.voiceName', { n: i + 1 }),
    });
    return input;
  });
  const rest = make(
    'select',
    { 'aria-label': t('course.allWithout') },
    make('option', { value: '0' }, t('course.nobody')),
  );
  const fill = () => {
    const value = rest.value;
    rest.replaceChildren(
      make('option', { value: '0' }, t('course.nobody')),
      ...fields.flatMap(({ value: name }, i) =>
        name.trim() ? [make('option', { value: String(i + 1) }, name)] : [],
      ),
    );
    rest.value = value || '0';
  };
  for (const field of fields) field.addEventListener('input', fill);
  fill();
  const lines = fields.map((field, i) => make('label', { class: 'voice-field' }, markIcon(i + 1), field));
  const agreed = await ask(
    t('course.whose'),
    [t('course.youSay'), ...lines, make('label', { class: 'choice' }, t('course.allWithout'), ' ', rest)],
    t('course.done'),
    t('record.cancel'),
  );
  if (!agreed) return;
  fields.forEach(({ value }, i) => {
    const name = value.trim();
    if (name && name !== currentCourse()?.voices[i]) nameVoice(i + 1, name);
  });
  if (Number(rest.value)) giveRest(Number(rest.value));
}
