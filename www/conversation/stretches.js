// Two stretches of a course are compared: each voice with itself.
/** @import {Course} from '../types.js' */
import { groupName } from '../result/explain.js';
import { announce, button, make, query } from '../shell/dom.js';
import { scoreText, t, number } from '../shell/i18n.js';
import { voiceName } from '../shell/names.js';
import { current, currentCourse, currentUtterance, get, watch } from '../shell/state.js';
import { isTouched } from '../shell/touch.js';
import { offerStretches, redraw } from './stave.js';
import { compareStretches, found, inStretch, scoredOf } from './utterances.js';
import { time } from './words.js';

/** Shorter ones were a click. */
const SHORTEST_S = 1;
/** Of what changed the most is named. */
const NAMED = 3;

/** @typedef {[number, number]} Stretch */
/** While stretches are chosen or compared: those that are there. @type {Stretch[]|null} */
let chosen = null;
/** The one that is being drawn. @type {Stretch|null} */
let drawing = null;
let of = -1;

const dragFirst = () => (isTouched() ? 'course.dragFirstTouch' : 'course.dragFirst');

export const areCompared = () => chosen !== null;

export function start() {
  offerStretches({
    places: () => [...(chosen ?? []), ...(drawing ? [drawing] : [])],
    drag(from, to, isDone) {
      if (!chosen || chosen.length === 2) return false;
      drawing = isDone ? null : [from, to];
      if (isDone) take([from, to]);
      redraw();
      return true;
    },
    keys: byKeys,
  });
  watch(['current', 'recordings', 'engine', 'acoustics'], () => {
    if (chosen && (current()?.number !== of || !currentCourse())) end();
    else fill();
  });
}

/** Numbers of the utterances at both ends of a stretch that keys widen. @type {[number, number]|null} */
let widened = null;

/** @param {KeyboardEvent} event */
function byKeys(event) {
  const course = currentCourse();
  if (!chosen || !course) return false;
  if (event.key === 'Escape') {
    end();
    return true;
  }
  const step = event.shiftKey ? { ArrowLeft: -1, ArrowRight: 1 }[event.key] : 0;
  if (step) {
    const n = currentUtterance()?.number ?? 1;
    widened ??= [n, n];
    widened[1] = Math.min(course.utterances.length, Math.max(1, widened[1] + step));
    const [a, b] = [...widened].sort((one, other) => one - other).map((at) => found(course.utterances, at));
    if (a && b) drawing = [a.start, b.end];
    redraw();
    return true;
  }
  if (event.key === 'Enter' && drawing) {
    const made = drawing;
    [drawing, widened] = [null, null];
    take(made);
    redraw();
    return true;
  }
  return false;
}

/** @param {Stretch} stretch */
function take(stretch) {
  if (!chosen || stretch[1] - stretch[0] < SHORTEST_S) return;
  // A is the earlier one.
  chosen = [...chosen, stretch].sort(([a], [b]) => a - b);
  fill();
  announce(query('#stretches').textContent ?? '');
}

/** Begins, or ends. */
export function press() {
  if (chosen) return end();
  chosen = [];
  of = current()?.number ?? -1;
  fill();
  query('#utterance-course').focus({ preventScroll: true });
  // What to do stands below the course.
  query('#stretches').scrollIntoView({ block: 'nearest' });
  announce(t(dragFirst()));
}

function end() {
  [chosen, drawing, widened] = [null, null, null];
  fill();
  redraw();
}

/** @param {Stretch} stretch @param {number} i */
const stretchWords = ([a, b], i) => t('course.stretch', { l: 'AB'[i], a: time(a, 0), b: time(b, 0) });

function fill() {
  const part = query('#stretches');
  const course = currentCourse();
  part.hidden = !chosen || !course;
  query('#course-stretches').textContent = t(chosen ? 'course.endStretches' : 'course.stretches');
  if (!chosen || !course) return;
  if (chosen.length < 2) {
    part.replaceChildren(
      ...chosen.map((one, i) => make('p', { class: 'note' }, stretchWords(one, i))),
      make('p', {}, t(chosen.length ? 'course.dragSecond' : dragFirst())),
    );
    return;
  }
  const [a, b] = chosen;
  const voices = [...new Set(scoredOf(course.utterances).map(({ utterance }) => utterance.voice))].sort();
  part.replaceChildren(
    make('p', { class: 'note' }, chosen.map(stretchWords).join(' · ')),
    ...voices.flatMap((voice) => verdict(course, voice, a, b)),
    make('p', { class: 'note' }, t(voices.includes(0) ? 'course.unnamed' : 'course.onlyItself')),
    button(t('course.endStretches'), 'word', end),
  );
}

/** @param {Course} course @param {number} voice @param {Stretch} a @param {Stretch} b */
function verdict(course, voice, a, b) {
  const v = voiceName(course, voice) || t('course.noName');
  const found = compareStretches(course.utterances, voice, a, b);
  if (found.verdict === 'few') return [make('p', {}, t('course.few', { v, ...found.counts }))];
  const { means, lower } = found;
  const changes = changesOf(course, voice, a, b);
  return [
    make('h3', {}, t(`course.${found.verdict}`, { v })),
    make(
      'p',
      {},
      `${t('course.means', { a: scoreText(means.a), b: scoreText(means.b), k: lower })} `,
      found.verdict === 'same' || !changes ? '' : t('course.changes', { list: changes }),
    ),
  ];
}

/** Which groups moved the mean score most: their mean contributions differ by as much as the means. @param {Course} course @param {number} voice @param {Stretch} a @param {Stretch} b */
function changesOf({ utterances }, voice, a, b) {
  const groups = get().engine?.catalogue.groups ?? [];
  const sums = [a, b].map((stretch) => {
    const within = inStretch(utterances, voice, stretch);
    const of = (/** @type {string} */ group) =>
      within.reduce((sum, { utterance }) => sum + (utterance.analysis?.contributions.groups[group] ?? 0), 0);
    return groups.map((group) => of(group) / within.length);
  });
  const difference = sums[1].reduce((sum, value, i) => sum + value - sums[0][i], 0);
  return groups
    .map((group, i) => ({ group, by: sums[1][i] - sums[0][i] }))
    .filter(({ by }) => by * difference > 0)
    .sort((one, other) => Math.abs(other.by) - Math.abs(one.by))
    .slice(0, NAMED)
    .map(({ group, by }) => `${groupName(group)} ${number(by, 2, true)}`)
    .join(', ');
}
