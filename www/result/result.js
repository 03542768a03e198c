// The sentence, what leads on from it, what is to be taken with care; or what went wrong and the ways out.
/** @import {Problem, Recording, State} from '../types.js' */
/** @import {Scored} from './attribution.js' */
import { announce, button, make, query, rich } from '../shell/dom.js';
import { choose as chooseExample } from '../sound/examples.js';
import { has, number, percent, say, t, unbroken } from '../shell/i18n.js';
import { groupName } from './explain.js';
import { kind } from '../engine/map-axis.js';
import { placeWords } from '../engine/model-choice.js';
import { nameOf } from '../session/names.js';
import { press } from '../sound/record.js';
import { dropLine } from '../session/progress-lines.js';
import { applied, change, choose, countedMost, leadOf, overlap, remarks } from './sentence.js';
import { current, get, watch } from '../shell/state.js';
import { pair, currentAttribution } from './attribution.js';

/** What is to be said with care, as lines. @param {Recording} recording */
export function careOf(recording) {
  const lines = recording.notices.map(say);
  const said = recording.analysis ?? recording.measures;
  if (said) lines.push(...remarks(said, number, Boolean(recording.analysis) && kind() === 'score').map(say));
  const changed = applied(recording.captured).map((what) => t(`processing.${what}`));
  if (changed.length) lines.push(t('processing', { what: changed.join(', ') }));
  return lines;
}

/** Length and level in three words. @param {Recording} recording */
export function lengthOf({ seconds, measures }) {
  const flags = measures?.flags ?? [];
  const level = flags.includes('clipped')
    ? t('level.clipped')
    : flags.includes('too_quiet')
      ? t('level.quiet')
      : measures
        ? t('level.good')
        : '';
  return [`${number(seconds, 1)} s`, level].filter(Boolean).join(', ');
}

export function start() {
  watch(['current', 'recordings', 'problem', 'engine', 'cannot', 'ticked', 'acoustics'], () => {
    const { problem } = get();
    const shown = current();
    const two = problem ? null : pair();
    query('#result').dataset.state = problem ? 'problem' : shown ? 'result' : 'empty';
    query('#result').classList.toggle('two', Boolean(two));
    if (problem) showProblem(problem);
    else if (two) showChange(two);
    else if (shown) showResult(shown);
    else showEmpty();
    const told = two ?? (problem && problem.family !== 'B' ? [] : shown ? [shown] : []);
    showFlags(told);
    which(told);
  });
  watch(['notice'], () => {
    const { notice } = get();
    query('#notice').hidden = !notice;
    if (notice) rich(query('#notice'), say(notice));
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
  if (!inList) query('#sentence').focus({ preventScroll: false });
  if (!shown?.measures || get().problem || inList || pair()) return;
  const n = careOf(shown).length;
  const said = n > 1 ? t('say.remarks', { n }) : t(n ? 'say.remark' : 'say.noRemarks');
  if (!shown.analysis || kind() !== 'score') {
    const { sentence } = shown.analysis ? placeWords() : acousticWords(shown.measures);
    announce(t('say.noScore', { n: shown.number, sentence: unbroken(sentence), remarks: said }));
    return;
  }
  const { activation, interval, baseline } = shown.analysis;
  announce(
    t('say.result', {
      n: shown.number,
      sentence: sentenceOf(activation, interval, baseline),
      s: number(activation, 1),
      lo: number(interval[0], 1),
      hi: number(interval[1], 1),
      remarks: said,
    }),
  );
}

/** @param {number} score @param {[number, number]} interval @param {number} average */
const sentenceOf = (score, interval, average) =>
  unbroken(t(`sentence.${choose(score, interval, average)}`, { avg: t('avg') }));

function showEmpty() {
  const cannot = get().cannot;
  clear();
  const { sentence, lead } = get().acoustics || kind() === 'score' ? emptyWords() : placeWords();
  query('#sentence').textContent = sentence;
  rich(query('#lead'), lead);
  if (cannot) showProblem(cannot);
}

const emptyWords = () =>
  get().acoustics
    ? { sentence: t('acoustics.empty'), lead: t('acoustics.emptyLead') }
    : { sentence: t('empty.sentence'), lead: t('empty.lead') };

/** What was measured, in words that judge nothing. @param {import('../types.js').Measures} measures */
export function acousticWords({ pitch, signal }) {
  const filled = {
    d: number(signal.duration_s, 1),
    p: percent(signal.voiced_share, 0),
    mid: number(pitch?.median_hz ?? NaN, 0),
    lo: number(pitch?.low_hz ?? NaN, 0),
    hi: number(pitch?.high_hz ?? NaN, 0),
  };
  return { sentence: t('acoustics.sentence', filled), lead: t('acoustics.lead', filled) };
}

/** @param {Recording} recording */
function showResult({ analysis, measures }) {
  clear();
  if (!measures) return;
  const { sentence, lead } = analysis ? resultOf(analysis) : acousticWords(measures);
  query('#sentence').textContent = sentence;
  rich(query('#lead'), lead);
}

/** One recording in words. @param {import('../types.js').Analysis} analysis */
export function resultOf({ activation, interval, baseline }) {
  if (kind() !== 'score') return placeWords();
  const choice = choose(activation, interval, baseline);
  const lead = leadOf(choice);
  const range = t('range', { lo: number(interval[0], 1), hi: number(interval[1], 1) });
  return { sentence: t(`sentence.${choice}`, { avg: t('avg') }), lead: lead ? `${t(lead)} ${range}` : range };
}

/** What two recordings have to say about each other. @param {[Scored, Scored]} two */
export function changeOf([a, b]) {
  if (kind() !== 'score') {
    const { sentence, lead } = placeWords();
    return { sentence: t('compare.places', { a: a.number, b: b.number }), lead: `**${sentence}** ${lead}` };
  }
  const groups = currentAttribution()?.contributions.groups ?? {};
  const difference = b.analysis.activation - a.analysis.activation;
  const way = change(a.analysis.activation, b.analysis.activation);
  const most = countedMost(groups, difference);
  const lead = [
    t('compare.by', { d: number(Math.abs(difference), 1) }),
    most && way !== 'same' ? t('compare.most', { group: groupName(most) }) : '',
    overlap(a.analysis.interval, b.analysis.interval) ? t('compare.overlap') : '',
  ];
  return {
    sentence: t(`compare.${way}`, { a: a.number, b: b.number }),
    lead: lead.filter(Boolean).join(' '),
  };
}

/** @param {[Scored, Scored]} two */
function showChange(two) {
  clear();
  const { sentence, lead } = changeOf(two);
  query('#sentence').textContent = sentence;
  rich(query('#lead'), lead);
}

/** @param {Problem} problem */
function showProblem(problem) {
  clear();
  const key = `problem.${problem.kind}`;
  const [title, lead = '', ...steps] = t(has(key) ? key : 'problem.unexpected', problem.params).split('|');
  query('#sign').hidden = problem.family !== 'A';
  rich(query('#sentence'), title);
  // Silence has no level.
  const peak = Number(problem.params?.peak);
  const heard =
    problem.family === 'B' && Number.isFinite(peak)
      ? t('problem.heard', { d: number(Number(problem.params?.seconds), 1), l: number(peak, 0) })
      : '';
  rich(query('#lead'), [heard, lead].filter(Boolean).join(' '));
  query('#steps').hidden = !steps.length;
  query('#steps').replaceChildren(
    ...steps.map((step) => {
      const text = make('span');
      rich(text, step);
      return make('li', {}, text);
    }),
  );
  const ways = query('#ways');
  ways.hidden = false;
  ways.replaceChildren(
    ...problem.ways.map((way, i) =>
      button(t(wayWord(way, problem)), i ? 'word' : 'pill', () => take(way, problem)),
    ),
  );
  query('#error-name').hidden = !problem.name;
  if (problem.name) query('#error-name').textContent = t('problem.name', { name: problem.name });
}

/** @param {Problem['ways'][number]} way @param {Problem} problem */
const wayWord = (way, problem) =>
  way === 'again' && problem.family === 'B' ? 'record.again' : /** @type {const} */ (`way.${way}`);

/** @param {Problem['ways'][number]} way @param {Problem} problem */
async function take(way, problem) {
  if (way === 'again') press();
  else if (way === 'file') query('#files').click();
  else if (way === 'example') chooseExample();
  else if (way === 'reload') location.reload();
  else {
    const details = JSON.stringify(
      { problem: problem.kind, name: problem.name, ...problem.params, browser: navigator.userAgent },
      null,
      1,
    );
    await navigator.clipboard?.writeText(details).then(
      () => announce(t('way.copied')),
      () => {},
    );
  }
}

function clear() {
  for (const id of ['#sign', '#steps', '#ways', '#error-name']) query(id).hidden = true;
}

/** @param {Recording[]} told */
function showFlags(told) {
  const lines = told.flatMap((recording) =>
    careOf(recording).map((text) =>
      told.length > 1 ? t('compare.care', { n: recording.number, text }) : text,
    ),
  );
  const flags = query('#flags');
  flags.hidden = !lines.length;
  flags.replaceChildren(
    ...lines.map((line) => {
      const item = make('li');
      rich(item, line);
      return item;
    }),
  );
}

/** @param {Recording[]} told */
function which(told) {
  const line = query('#which');
  line.hidden = !told.length;
  const name = (/** @type {Recording} */ recording) => [
    make('span', { class: 'disc-number' }, String(recording.number)),
    make('b', {}, nameOf(recording)),
  ];
  const [first, second] = told;
  if (second) line.replaceChildren(...name(first), '→', ...name(second));
  else if (first)
    line.replaceChildren(...name(first), make('span', { class: 'which-note' }, lengthOf(first)));
}

function queue() {
  const { queue: lines } = get();
  const list = query('#queue');
  list.hidden = !lines.length;
  list.replaceChildren(
    ...lines.map(({ id, text, progress }) => {
      const words = make('span');
      words.textContent = say(text);
      return make(
        'li',
        {},
        words,
        ...(progress === null ? [button(t('files.dismiss'), 'word', () => dropLine(id))] : []),
      );
    }),
  );
}
