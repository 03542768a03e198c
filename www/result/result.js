// The sentence, what leads on from it and what is to be taken with care; or what went wrong. Focus and screen
// readers follow what is new.
/** @import {Recording, State, Utterance} from '../types.js' */
/** @import {Scored} from './attribution.js' */
import { nameOf } from '../shell/names.js';
import { announce, button, make, query, rich } from '../shell/dom.js';
import { say, t } from '../shell/i18n.js';
import { current, currentCourse, currentSound, currentUtterance, get, watch } from '../shell/state.js';
import { pair } from './attribution.js';
import { clearProblem, showProblem } from './problem.js';
import {
  acousticWords,
  careOf,
  changeOf,
  emptyWords,
  lengthOf,
  resultOf,
  takenOf,
  spokenResult,
} from './message-texts.js';

/** @type {(keyof State)[]} */
const SHOWN = [
  'current',
  'recordings',
  'problem',
  'engine',
  'cannot',
  'ticked',
  'acoustics',
  'twoSpeakers',
  'calm',
  'fromAverage',
];
/** What is said of an utterance besides, by the part that stands above this one. */
let ofUtterance = {
  /** @type {(utterance: Utterance) => {sentence: string, lead: string}} */
  without: () => ({ sentence: '', lead: '' }),
  /** @type {(utterance: Utterance) => string[]} */
  care: () => [],
  /** A course has come: focus and announcement. */
  arrive() {},
};

/** @param {typeof ofUtterance} words */
export function onUtterance(words) {
  ofUtterance = words;
}

export function start() {
  watch(SHOWN, show);
  watch(['notice'], () => {
    const { notice } = get();
    query('#notice').hidden = !notice;
    if (!notice) return;
    rich(query('#notice'), say(notice));
    const { way } = notice;
    if (way) query('#notice').append(' ', button(say(way), 'word', way.take));
  });
  let last = /** @type {Pick<State, 'current'|'problem'>} */ ({ current: null, problem: null });
  watch(['current', 'problem', 'phase'], () => {
    const { current: now, problem, phase } = get();
    if (phase !== 'idle' || (now === last.current && problem === last.problem)) return;
    const isNew = now !== last.current ? now !== null : problem !== null;
    last = { current: now, problem };
    if (isNew) arrive();
  });
}

function show() {
  const { problem, cannot } = get();
  const two = problem ? null : pair();
  const shown = two ? current() : currentSound();
  query('#result').dataset.state = problem ? 'problem' : shown ? 'result' : 'empty';
  query('#result').classList.toggle('two', Boolean(two));
  const trouble = problem ?? (shown ? null : cannot);
  if (trouble) showProblem(trouble);
  else showWords(two, shown);
  const spokenOf = two ?? (problem && problem.family !== 'B' ? [] : shown ? [shown] : []);
  showCare(spokenOf);
  showNames(spokenOf);
}

/** @param {[Scored, Scored]|null} two @param {Recording|null} shown */
function showWords(two, shown) {
  clearProblem();
  const said = two ? changeOf(two) : shown ? wordsOf(shown) : emptyWords();
  if (!said) return;
  query('#sentence').textContent = said.sentence;
  rich(query('#lead'), said.lead);
}

/** @param {Recording} recording */
function wordsOf(recording) {
  const { analysis, measures } = recording;
  const utterance = currentUtterance();
  if (utterance?.isOut || (utterance?.isMeasured && !measures)) return ofUtterance.without(utterance);
  if (analysis) return resultOf({ ...recording, analysis });
  return measures && acousticWords(measures, recording.seconds);
}

/** Focus goes to the sentence, and the result is said aloud; not when a person walks through the list. */
function arrive() {
  const shown = current();
  const inList = document.activeElement?.closest('#recordings, #course');
  if (inList) return;
  if (shown && currentCourse() && !get().problem) return ofUtterance.arrive();
  query('#sentence').focus({ preventScroll: false });
  const measures = shown?.measures;
  if (measures && !get().problem && !pair()) announce(spokenResult({ ...shown, measures }));
}

/** What is to be taken with care; of two, whose it is. @param {Recording[]} recordings */
function showCare(recordings) {
  const isOneOfTwo = recordings.length > 1;
  const lines = recordings.flatMap((recording) =>
    careOf(recording).map((text) => (isOneOfTwo ? t('compare.care', { n: recording.number, text }) : text)),
  );
  const utterance = isOneOfTwo ? null : currentUtterance();
  if (utterance && recordings.length) lines.push(...ofUtterance.care(utterance));
  const flags = query('#flags');
  flags.hidden = !lines.length;
  flags.replaceChildren(...lines.map(careItem));
}

/** @param {string} line */
function careItem(line) {
  const item = make('li');
  rich(item, line);
  return item;
}

/** Which recording is spoken of. @param {Recording[]} recordings */
function showNames(recordings) {
  const line = query('#which');
  line.hidden = !recordings.length;
  const name = (/** @type {Recording} */ recording) => [
    make('span', { class: 'disc-number' }, String(recording.number)),
    make('b', {}, nameOf(recording)),
  ];
  const [first, second] = recordings;
  if (second) line.replaceChildren(...name(first), '→', ...name(second));
  else if (first) {
    line.replaceChildren(...name(first), make('span', { class: 'which-note' }, lengthOf(first)));
    if (first.channels) line.append(make('span', { class: 'which-channels' }, takenOf(first.channels)));
  }
}
