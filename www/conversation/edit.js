// What is changed by hand: joined, split, moved, left out, given a voice. What it touches is measured anew, and everything can be undone.
/** @import {Course, Recording, Utterance} from '../types.js' */
import { measureUtterances } from '../engine/utterances.js';
import { byRecording } from '../shell/by-recording.js';
import { announce } from '../shell/dom.js';
import { t } from '../shell/i18n.js';
import { changeCourse, current, currentCourse, currentUtterance, get } from '../shell/state.js';
import { changed, found, joined, moved, split } from './utterances.js';
import { span } from './words.js';

/** Changes that can be undone. */
const MOST_STEPS = 20;

/** @typedef {Pick<Course, 'utterances'|'voices'|'chosen'>} Step */
/** @type {Map<string, {past: Step[], future: Step[]}>} */
const histories = byRecording();

/** @param {string} recording  its id */
function historyOf(recording) {
  const known = histories.get(recording) ?? { past: [], future: [] };
  histories.set(recording, known);
  return known;
}

/** @param {Course} course @returns {Step} */
const stepOf = ({ utterances, voices, chosen }) => ({ utterances, voices, chosen });

/** Whether a change can be undone, or done again. */
export function canUndo() {
  const history = histories.get(current()?.id ?? '');
  return { undo: Boolean(history?.past.length), redo: Boolean(history?.future.length) };
}

/** Nothing of a recording's changes is remembered. @param {string} recording  its id */
export const forgetHistory = (recording) => histories.delete(recording);

/** What is being measured. @type {Map<string, AbortController>} */
const measuring = byRecording();

/** Measures what is not measured yet, or has changed. @param {Recording} recording */
export async function measureAnew({ id, number, take }) {
  measuring.get(id)?.abort();
  const mine = new AbortController();
  measuring.set(id, mine);
  const { engine, acoustics } = get();
  const course = get().recordings.find((one) => one.id === id)?.course;
  if (!course || !engine || !take || course.utterances.every(({ isMeasured }) => isMeasured)) return;
  // Where the sound is gone meanwhile the measuring ends with it.
  const isThere = () => get().recordings.some((one) => one.take === take);
  try {
    const anew = await measureUtterances(engine, take, course.utterances, acoustics, mine.signal, () => {
      if (!isThere()) mine.abort();
    });
    if (mine.signal.aborted || !isThere()) return;
    const now = get().recordings.find((one) => one.id === id)?.course;
    // A voice or a mark may have been given while it was measured.
    const utterances = now?.utterances.map((one) => {
      const measured = anew.find(({ start, end }) => start === one.start && end === one.end);
      if (one.isMeasured || !measured) return one;
      const { voice, isOut } = one;
      return { ...measured, voice, isOut, number: one.number };
    });
    if (utterances) changeCourse(number, { utterances });
  } catch (error) {
    if (!mine.signal.aborted) throw error;
  }
}

/**
 * @param {Partial<Step>} patch
 * @param {string} said
 */
function apply(patch, said) {
  const [recording, course] = [current(), currentCourse()];
  if (!recording || !course) return;
  const history = historyOf(recording.id);
  history.past = [...history.past, stepOf(course)].slice(-MOST_STEPS);
  history.future = [];
  changeCourse(recording.number, patch);
  if (said) announce(said);
  void measureAnew(recording);
}

/** @param {'undo'|'redo'} which @returns {boolean} whether there was anything */
export function step(which) {
  const [recording, course] = [current(), currentCourse()];
  if (!recording || !course) return false;
  const history = historyOf(recording.id);
  const [from, to] = which === 'undo' ? [history.past, history.future] : [history.future, history.past];
  const back = from.pop();
  if (!back) return false;
  to.push(stepOf(course));
  changeCourse(recording.number, back);
  announce(t('course.sayUndone'));
  void measureAnew(recording);
  return true;
}

/** The sound is needed to measure anew. */
export const canMeasure = () => Boolean(current()?.take) && get().phase === 'idle';

/** Joins an utterance with the next. @param {number} number @returns {boolean} */
export function join(number) {
  const course = currentCourse();
  const utterances = course && canMeasure() ? joined(course.utterances, number) : null;
  if (!utterances) return false;
  apply({ utterances, chosen: number }, t('course.sayJoined', { n: number }));
  return true;
}

/** @param {number} number @param {number} at  in s @returns {boolean} */
export function splitAt(number, at) {
  const course = currentCourse();
  const utterances = course && canMeasure() ? split(course.utterances, number, at) : null;
  if (!utterances) {
    announce(t('course.cannotSplit'));
    return false;
  }
  apply({ utterances, chosen: number }, t('course.saySplit', { n: number, m: number + 1 }));
  return true;
}

/** @param {number} number @param {'start'|'end'} edge @param {number} at  in s */
export function moveEdge(number, edge, at) {
  const [recording, course] = [current(), currentCourse()];
  if (!recording || !course || !canMeasure()) return;
  const utterances = moved(course.utterances, number, edge, at, recording.seconds);
  const one = utterances && found(utterances, number);
  if (one) apply({ utterances }, t('course.sayMoved', { n: number, span: span(one) }));
}

/** Leaves the chosen utterance out, or takes it in again. */
export function toggleOut() {
  const [course, chosen] = [currentCourse(), currentUtterance()];
  if (!course || !chosen) return;
  const isOut = !chosen.isOut;
  const utterances = changed(course.utterances, (one) => (one === chosen ? { isOut } : null));
  apply({ utterances }, t(isOut ? 'course.sayOut' : 'course.sayIn', { n: chosen.number }));
}

/** Names who speaks in the chosen utterance. @param {number} voice  0 nobody */
export function giveVoice(voice) {
  const [course, chosen] = [currentCourse(), currentUtterance()];
  if (!course || !chosen || chosen.voice === voice) return;
  const utterances = changed(course.utterances, (one) => (one === chosen ? { voice } : null));
  const voices = withNames(course.voices, voice);
  apply({ utterances, voices }, voice ? voices[voice - 1] : t('course.nobody'));
}

/** Names who speaks in all utterances that nobody is named in. @param {number} voice */
export function giveRest(voice) {
  const course = currentCourse();
  if (!course) return;
  const utterances = changed(course.utterances, (one) => (one.voice ? null : { voice }));
  apply({ utterances, voices: withNames(course.voices, voice) }, '');
}

/** @param {number} voice @param {string} name */
export function nameVoice(voice, name) {
  const course = currentCourse();
  if (!course) return;
  const voices = withNames(course.voices, voice).map((one, i) => (i + 1 === voice ? name : one));
  apply({ voices }, '');
}

/** The first names are proposals. */
const PROPOSED = /** @type {const} */ (['course.parent', 'course.child']);

/** Names up to a voice. @param {string[]} voices @param {number} voice */
export function withNames(voices, voice) {
  const names = [...voices];
  while (names.length < voice) {
    const proposed = PROPOSED[names.length];
    names.push(proposed ? t(proposed) : t('course.voiceName', { n: names.length + 1 }));
  }
  return names;
}

/** Shows an utterance. @param {number} number */
export function choose(number) {
  const [recording, course] = [current(), currentCourse()];
  if (recording && course && course.chosen !== number && found(course.utterances, number))
    changeCourse(recording.number, { chosen: number });
}

/** @param {Utterance[]} utterances whether anything was changed by hand */
export const areTouched = (utterances) =>
  utterances.some(({ isByHand, isOut, voice }) => isByHand || isOut || voice > 0);
