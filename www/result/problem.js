// What went wrong takes the place of the sentence, with what a person can do about it.
/** @import {Problem} from '../types.js' */
import { announce, button, make, query, rich } from '../shell/dom.js';
import { has, number, t } from '../shell/i18n.js';

/** @typedef {Problem['ways'][number]} Way */

/** What recording and the examples do when their way is taken: they stand above this part. */
const actions = { again: () => {}, example: () => {} };

/** @param {Partial<typeof actions>} given */
export const offer = (given) => Object.assign(actions, given);

/** Takes away what only a problem shows. */
export function clearProblem() {
  for (const id of ['#sign', '#steps', '#ways', '#error-name']) query(id).hidden = true;
}

/** @param {Problem} problem */
export function showProblem(problem) {
  clearProblem();
  const key = `problem.${problem.kind}`;
  const { a, ...others } = problem.params ?? {};
  const params = a === undefined ? others : { ...others, a: number(Number(a), 1) };
  const [title, lead = '', ...steps] = t(has(key) ? key : 'problem.unexpected', params).split('|');
  query('#sign').hidden = problem.family !== 'A';
  rich(query('#sentence'), title);
  rich(query('#lead'), [heardOf(problem), lead].filter(Boolean).join(' '));
  query('#steps').hidden = !steps.length;
  query('#steps').replaceChildren(...steps.map(stepItem));
  query('#ways').hidden = false;
  query('#ways').replaceChildren(
    ...problem.ways.map((way, i) => wayButton(way, i ? 'word' : 'pill', problem)),
  );
  query('#error-name').hidden = !problem.name;
  if (problem.name) query('#error-name').textContent = t('problem.name', { name: problem.name });
}

/** How much came through of a sound that cannot be used. Silence has no level. @param {Problem} problem */
function heardOf({ family, params }) {
  const peak = Number(params?.peak);
  if (family !== 'B' || !Number.isFinite(peak)) return '';
  return t('problem.heard', { d: number(Number(params?.seconds), 1), l: number(peak, 0) });
}

/** @param {string} step */
function stepItem(step) {
  const text = make('span');
  rich(text, step);
  return make('li', {}, text);
}

/** @param {Way} way @param {string} look @param {Problem} problem */
function wayButton(way, look, problem) {
  const isRecordAgain = way === 'again' && problem.family === 'B';
  const text = t(isRecordAgain ? 'record.again' : `way.${way}`);
  return button(text, look, () => void take(way, problem));
}

/** @param {Way} way @param {Problem} problem */
async function take(way, problem) {
  if (way === 'again') actions.again();
  else if (way === 'file') query('#files').click();
  else if (way === 'example') actions.example();
  else if (way === 'reload') location.reload();
  else await copyDetails(problem);
}

/** For a person who asks for help. @param {Problem} problem */
async function copyDetails({ kind, name, params }) {
  const details = { problem: kind, name, ...params, browser: navigator.userAgent };
  try {
    if (!navigator.clipboard) return;
    await navigator.clipboard.writeText(JSON.stringify(details, null, 1));
    announce(t('way.copied'));
  } catch {
    // Not allowed to copy: the error's name still stands there to be read.
  }
}
