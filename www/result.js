// The sentence, what leads on from it, what is to be taken with care; or what went wrong and the ways out.
/** @import {Problem, Recording, State} from './types.js' */
import { announce, button, make, one, rich } from './dom.js';
import { has, number, say, t, unbroken } from './i18n.js';
import { press } from './record.js';
import { dropLine } from './session.js';
import { applied, choose, leadOf, remarks } from './sentence.js';
import { current, get, watch } from './state.js';

/** How a recording is called. @param {Recording} recording */
export const nameOf = (recording) => recording.file || t('list.voice', { n: recording.number });

/** What is to be said with care, as lines. @param {Recording} recording */
export function careOf(recording) {
  const lines = recording.notices.map(say);
  if (recording.analysis) lines.push(...remarks(recording.analysis, number).map(say));
  const changed = applied(recording.captured).map((what) => t(`processing.${what}`));
  if (changed.length) lines.push(t('processing', { what: changed.join(', ') }));
  return lines;
}

/** Length and level in three words. @param {Recording} recording */
export function lengthOf({ seconds, analysis }) {
  const flags = analysis?.flags ?? [];
  const level = flags.includes('clipped') ? t('level.clipped') : flags.includes('too_quiet') ? t('level.quiet') : analysis ? t('level.good') : '';
  return [`${number(seconds, 1)} s`, level].filter(Boolean).join(', ');
}

export function start() {
  watch(['current', 'recordings', 'problem', 'engine', 'cannot'], () => {
    const { problem } = get();
    const shown = current();
    one('#result').dataset.state = problem ? 'problem' : shown ? 'result' : 'empty';
    if (problem) showProblem(problem);
    else if (shown) showResult(shown);
    else showEmpty();
    showFlags(problem && problem.family !== 'B' ? null : shown);
    which(problem && problem.family !== 'B' ? null : shown);
  });
  watch(['notice'], () => {
    const { notice } = get();
    one('#notice').hidden = !notice;
    if (notice) rich(one('#notice'), say(notice));
  });
  watch(['queue'], queue);
  let last = /** @type {Pick<State, 'current'|'problem'>} */ ({ current: null, problem: null });
  watch(['current', 'problem', 'phase'], () => {
    const { current: now, problem, phase } = get();
    if (phase !== 'idle' || (now === last.current && problem === last.problem)) return;
    const isNew = now !== last.current ? now !== null : problem !== null;
    last = { current: now, problem };
    if (isNew) arrive();
  });
}

/** Focus goes to the sentence, and the result is said aloud; not when a person walks through the list. */
function arrive() {
  const shown = current();
  const inList = document.activeElement?.closest('#recordings');
  if (!inList) one('#sentence').focus({ preventScroll: false });
  if (!shown?.analysis || get().problem || inList) return;
  const { activation, interval, baseline } = shown.analysis;
  const n = careOf(shown).length;
  const said = n > 1 ? t('say.remarks', { n }) : t(n ? 'say.remark' : 'say.noRemarks');
  announce(t('say.result', {
    n: shown.number, sentence: sentenceOf(activation, interval, baseline), s: number(activation, 1),
    lo: number(interval[0], 1), hi: number(interval[1], 1), remarks: said,
  }));
}

/** @param {number} score @param {[number, number]} interval @param {number} average */
const sentenceOf = (score, interval, average) => unbroken(t(`sentence.${choose(score, interval, average)}`, { avg: t('avg') }));

function showEmpty() {
  const cannot = get().cannot;
  clear();
  one('#sentence').textContent = t('empty.sentence');
  rich(one('#lead'), t('empty.lead'));
  if (cannot) showProblem(cannot);
}

/** @param {Recording} recording */
function showResult({ analysis }) {
  clear();
  if (!analysis) return;
  const { activation, interval, baseline } = analysis;
  const choice = choose(activation, interval, baseline);
  const lead = leadOf(choice);
  one('#sentence').textContent = t(`sentence.${choice}`, { avg: t('avg') });
  const range = t('range', { lo: number(interval[0], 1), hi: number(interval[1], 1) });
  rich(one('#lead'), lead ? `${t(lead)} ${range}` : range);
}

/** @param {Problem} problem */
function showProblem(problem) {
  clear();
  const key = `problem.${problem.kind}`;
  const [title, lead = '', ...steps] = t(has(key) ? key : 'problem.unexpected', problem.params).split('|');
  one('#sign').hidden = problem.family !== 'A';
  rich(one('#sentence'), title);
  const heard = problem.family === 'B' ? t('problem.heard', { d: number(Number(problem.params?.seconds), 1), l: number(Number(problem.params?.peak), 0) }) : '';
  rich(one('#lead'), [heard, lead].filter(Boolean).join(' '));
  one('#steps').hidden = !steps.length;
  one('#steps').replaceChildren(...steps.map((step) => {
    const text = make('span');
    rich(text, step);
    return make('li', {}, text);
  }));
  const ways = one('#ways');
  ways.hidden = false;
  ways.replaceChildren(...problem.ways.map((way, i) => button(t(wayWord(way, problem)), i ? 'word' : 'pill', () => take(way, problem))));
  one('#error-name').hidden = !problem.name;
  if (problem.name) one('#error-name').textContent = t('problem.name', { name: problem.name });
}

/** @param {Problem['ways'][number]} way @param {Problem} problem */
const wayWord = (way, problem) => (way === 'again' && problem.family === 'B' ? 'record.again' : /** @type {const} */ (`way.${way}`));

/** @param {Problem['ways'][number]} way @param {Problem} problem */
async function take(way, problem) {
  if (way === 'again') press();
  else if (way === 'file') one('#files').click();
  else if (way === 'reload') location.reload();
  else {
    const details = JSON.stringify({ problem: problem.kind, name: problem.name, ...problem.params, browser: navigator.userAgent }, null, 1);
    await navigator.clipboard?.writeText(details).then(() => announce(t('way.copied')), () => {});
  }
}

function clear() {
  for (const id of ['#sign', '#steps', '#ways', '#error-name']) one(id).hidden = true;
}

/** @param {Recording|null} recording */
function showFlags(recording) {
  const lines = recording ? careOf(recording) : [];
  const flags = one('#flags');
  flags.hidden = !lines.length;
  flags.replaceChildren(...lines.map((line) => {
    const item = make('li');
    rich(item, line);
    return item;
  }));
}

/** @param {Recording|null} recording */
function which(recording) {
  const line = one('#which');
  line.hidden = !recording;
  if (!recording) return;
  line.replaceChildren(make('span', { class: 'disc-number' }, String(recording.number)), make('b', {}, nameOf(recording)), make('span', { class: 'which-note' }, lengthOf(recording)));
}

function queue() {
  const { queue: lines } = get();
  const list = one('#queue');
  list.hidden = !lines.length;
  list.replaceChildren(...lines.map(({ id, text, progress }) => {
    const words = make('span');
    words.textContent = say(text);
    return make('li', {}, words, ...(progress === null ? [button(t('files.dismiss'), 'word', () => dropLine(id))] : []));
  }));
}
