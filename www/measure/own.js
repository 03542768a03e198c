// The own measure: four lines read calmly, against which every score of the session is shown. In a conversation each named voice has
// its own.
/** @import {CalmLine, Course, Measures} from '../types.js' */
import { markIcon } from '../conversation/marks.js';
import { openVoices } from '../conversation/voices.js';
import { analyse } from '../engine/analyse.js';
import { kind } from '../engine/map-axis.js';
import { predict } from '../engine/predict.js';
import { heard, calmFor } from '../result/calm.js';
import { remarks } from '../result/message-keys.js';
import { announce, button, make, query, rich } from '../shell/dom.js';
import { cannotUse } from '../shell/errors.js';
import { number, say, scoreText, t } from '../shell/i18n.js';
import { current, currentCourse, get, set, watch } from '../shell/state.js';
import { areSeveral, open as openOver } from './over-time.js';
import { read } from './reading.js';
import { CALM } from './sentences.js';

/** So many lines are enough. */
const ENOUGH = 3;
/** Readings that lie further apart than this differ, in score units. */
const APART = 0.8;

/** The calm voice that counts now: that of what is shown, else of what would be recorded now. @param {string} voice */
const here = (voice) => calmFor(current() ?? { when: new Date(), origin: '' }, voice);

/** @param {Measures} measures what is to be said of a line, or nothing */
function remarkOn(measures) {
  const { engine } = get();
  if (!engine) return '';
  const [first] = remarks(predict(measures, engine), number);
  return first ? say(first).replaceAll('**', '') : '';
}

/** @param {string} voice  its name in a conversation, or nothing */
function begin(voice) {
  /** @type {CalmLine[]} */
  const lines = [];
  /** @type {CalmLine|null} */
  let refused = null;
  read({
    title: 'own',
    whose: voice,
    count: CALM,
    enough: ENOUGH,
    first: (step) => step,
    hint: () => 'own.hint',
    goesOn: true,
    async take({ take, text, signal }) {
      const { engine } = get();
      refused = null;
      try {
        take.close();
        if (!engine) return { failed: true };
        const { measures } = await analyse(
          engine,
          take,
          signal,
          () => {},
          () => {},
        );
        const line = { text, seconds: take.seconds, measures };
        const again = remarkOn(measures);
        if (again) refused = line;
        else lines.push(line);
        return again ? { again, canKeep: true } : {};
      } catch (error) {
        const { kind: why } = cannotUse(error);
        return { again: say({ key: `problem.${why}` }).split('|')[0] };
      } finally {
        take.free();
      }
    },
    keep() {
      if (refused) lines.push(refused);
    },
    end(complete) {
      if (complete) keep(lines, voice);
      query('#own h2').focus();
    },
  });
}

/** Whether what is shown is of today, or nothing is: only then do lines that are read now belong to it. */
const isOfToday = () => (current()?.when ?? new Date()).toDateString() === new Date().toDateString();

/** @param {CalmLine[]} lines @param {string} voice */
function keep(lines, voice) {
  const when = new Date();
  const origin = (isOfToday() && current()?.origin) || '';
  const before = calmFor({ when, origin }, voice);
  const calm = { when, origin, voice, lines };
  set({ calm: [...get().calm.filter((one) => one !== before), calm], fromAverage: false });
  announce(doneText(voice));
}

/** @param {string} name */
function doneText(name) {
  const calm = here(name);
  const voice = heard(calm);
  if (!voice || !calm) return '';
  const filled = { s: scoreText(voice.score), n: calm.lines.length };
  return name ? t('own.of', { v: name, ...filled }) : t('own.done', filled);
}

/** @param {string} voice */
function forget(voice) {
  const gone = here(voice);
  set({ calm: get().calm.filter((one) => one !== gone) });
  announce(t('own.forgotten'));
  query('#own h2').focus();
}

/** What is said of a calm voice, and what can be done. @param {string} name */
function ofVoice(name) {
  const { cannot } = get();
  const voice = heard(here(name));
  const scores = voice?.lines.map(({ activation }) => activation) ?? [];
  const differ = Math.max(...scores) - Math.min(...scores) > APART;
  const way = (/** @type {'start'|'again'|'forget'} */ key, /** @type {() => void} */ press) => {
    const made = button(t(`own.${key}`), 'word', press);
    if (name) made.setAttribute('aria-label', `${t(`own.${key}`)}: ${name}`);
    return made;
  };
  const canRead = !cannot && isOfToday();
  const read = canRead ? [way(voice ? 'again' : 'start', () => begin(name))] : [];
  return {
    said: voice
      ? [doneText(name), differ && canRead ? t('own.differ') : ''].join(' ').trim()
      : name || t(isOfToday() ? 'own.offer' : 'own.otherDay'),
    ways: voice ? [...read, way('forget', () => forget(name))] : read,
    has: Boolean(voice),
  };
}

/** A row for each named voice of a course. @param {Course} course */
function ofCourse(course) {
  const named = course.voices.map((name, i) => ({ name, voice: i + 1 })).filter(({ name }) => name);
  if (!isOfToday() && !named.some(({ name }) => here(name)))
    return { text: t('own.otherDay'), list: [], ways: [] };
  const rows = named.map(({ name, voice }) => {
    const { said, ways } = ofVoice(name);
    const text = make('span', {});
    rich(text, said);
    return make('li', {}, markIcon(voice), text, make('span', { class: 'list-ways' }, ...ways));
  });
  return rows.length
    ? { text: t('own.each'), list: [make('ul', { class: 'own-voices' }, ...rows)], ways: [] }
    : { text: t('own.names'), list: [], ways: [button(t('course.whose'), 'word', () => void openVoices())] };
}

function show() {
  const { cannot, acoustics } = get();
  const part = query('#own');
  const course = currentCourse();
  const single = course ? null : ofVoice('');
  const { text, list, ways } = course
    ? ofCourse(course)
    : { text: single?.said ?? '', list: [], ways: single?.ways ?? [] };
  const over = areSeveral() ? [button(t('over'), 'word', openOver)] : [];
  part.hidden = acoustics || kind() !== 'score' || Boolean(cannot && !over.length && !course && !single?.has);
  const note = make('p', { class: 'note' });
  rich(note, text);
  part.replaceChildren(
    make('h2', { tabindex: '-1' }, t('own')),
    note,
    ...list,
    make('p', { class: 'list-ways' }, ...ways, ...over),
  );
}

export function start() {
  query('#side').append(make('section', { id: 'own', class: 'own' }));
  watch(['calm', 'current', 'recordings', 'engine', 'acoustics', 'cannot'], show);
}
