// The utterances of a course as a list: what they come to, and what can be changed by hand. Pure: lists in, lists out; numbers follow
// time and are given anew. What has changed is to be measured again.
/** @import {Utterance} from '../types.js' */

/** A recording that is longer, with so many utterances of at least a second, opens as a course. */
const COURSE_FROM_S = 20;
const COURSE_FROM = 3;
/** On either side of a cut by hand there is at least so much. */
const SHORTEST_PART_S = 0.3;
/** Voices that can be named. */
export const MOST_VOICES = 4;

/** @param {Utterance[]} utterances @param {number} seconds  of the recording */
export const opensAsCourse = (utterances, seconds) =>
  seconds > COURSE_FROM_S && utterances.filter((one) => one.seconds >= 1).length >= COURSE_FROM;

/** Whether it has a score that counts. @param {Utterance} utterance */
export const counts = ({ analysis, certainty, isOut }) => Boolean(analysis) && certainty !== 'none' && !isOut;

/** @param {Utterance} utterance */
export const scoreOf = (utterance) => (counts(utterance) ? (utterance.analysis?.activation ?? null) : null);

/** With the score that it has. @param {Utterance[]} utterances */
export const scoredOf = (utterances) =>
  utterances.flatMap((utterance) => {
    const score = scoreOf(utterance);
    return score === null ? [] : [{ utterance, score }];
  });

/** @param {number[]} sorted @param {number} share */
function quantile(sorted, share) {
  const at = share * (sorted.length - 1);
  const [low, high] = [Math.floor(at), Math.ceil(at)];
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}

/**
 * What the utterances come to; null where none has a score.
 * @param {Utterance[]} utterances
 */
export function summary(utterances) {
  const scored = scoredOf(utterances).sort((a, b) => a.score - b.score);
  if (!scored.length) return null;
  const scores = scored.map(({ score }) => score);
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(scores, share));
  // Those at the ends are named; a sure one instead of an uncertain one that lies as good as there, too.
  const sure = scored.filter(({ utterance }) => utterance.certainty === 'sure');
  const near = (
    /** @type {typeof scored[number]} */ end,
    /** @type {typeof scored[number]|undefined} */ one,
  ) => (one && Math.abs(end.score - one.score) < SAME ? one : end);
  const lowest = near(scored[0], sure[0]);
  const highest = near(scored[scored.length - 1], sure[sure.length - 1]);
  return {
    count: scored.length,
    low,
    middle,
    high,
    lowest,
    highest,
    areAlike: highest.score - lowest.score < SAME,
    uncertain: scored.filter(({ utterance }) => utterance.certainty === 'uncertain').length,
    without: utterances.filter((one) => !counts(one) && !one.isOut).length,
    out: utterances.filter((one) => one.isOut).length,
  };
}

/** By time, numbered anew. @param {Utterance[]} utterances */
const numbered = (utterances) =>
  [...utterances]
    .sort((a, b) => a.start - b.start)
    .map((utterance, i) => (utterance.number === i + 1 ? utterance : { ...utterance, number: i + 1 }));

/** @param {Utterance[]} utterances @param {number} number */
export const found = (utterances, number) => utterances.find((one) => one.number === number) ?? null;

/**
 * Changed by hand, and to be measured again.
 * @param {Utterance} utterance
 * @param {number} start
 * @param {number} end
 * @returns {Utterance}
 */
const remade = (utterance, start, end) => ({
  ...utterance,
  start,
  end,
  seconds: end - start,
  isMeasured: false,
  measures: null,
  analysis: null,
  windows: [],
  windowsBy: '',
  windowInputs: [],
  isByHand: true,
  before: scoreOf(utterance) ?? utterance.before,
});

/**
 * One utterance of two neighbours: the pause between them comes in.
 * @param {Utterance[]} utterances
 * @param {number} number  of the first
 * @returns {Utterance[]|null} null where there is nothing to join
 */
export function joined(utterances, number) {
  const [first, second] = [found(utterances, number), found(utterances, number + 1)];
  if (!first || !second) return null;
  const one = {
    ...remade(first, first.start, second.end),
    voicedS: first.voicedS + second.voicedS,
    aboveDb: Math.min(first.aboveDb, second.aboveDb),
    voice: first.voice || second.voice,
    isOut: false,
    pauseInsideS: Math.max(first.pauseInsideS, second.pauseInsideS, second.start - first.end),
    before: null,
  };
  return numbered(utterances.flatMap((other) => (other === first ? [one] : other === second ? [] : [other])));
}

/**
 * Two utterances of one.
 * @param {Utterance[]} utterances
 * @param {number} number
 * @param {number} at  in s
 * @returns {Utterance[]|null} null where a part would be too short
 */
export function split(utterances, number, at) {
  const one = found(utterances, number);
  if (!one || at - one.start < SHORTEST_PART_S || one.end - at < SHORTEST_PART_S) return null;
  const parts = [remade(one, one.start, at), remade(one, at, one.end)].map((part) => ({
    ...part,
    voicedS: (one.voicedS * part.seconds) / one.seconds,
    pauseInsideS: 0,
    before: null,
  }));
  return numbered(utterances.flatMap((other) => (other === one ? parts : [other])));
}

/**
 * With other edges, which stay between the neighbours and as far apart as a part of a split is long.
 * @param {Utterance[]} utterances
 * @param {number} number
 * @param {'start'|'end'} edge
 * @param {number} at  in s
 * @param {number} longest  the recording's length in s
 * @returns {Utterance[]|null} null where nothing changes
 */
export function moved(utterances, number, edge, at, longest) {
  const one = found(utterances, number);
  if (!one) return null;
  const least = found(utterances, number - 1)?.end ?? 0;
  const most = found(utterances, number + 1)?.start ?? longest;
  const [start, end] =
    edge === 'start'
      ? [Math.min(Math.max(at, least), one.end - SHORTEST_PART_S), one.end]
      : [one.start, Math.max(Math.min(at, most), one.start + SHORTEST_PART_S)];
  if (start === one.start && end === one.end) return null;
  return utterances.map((other) => (other === one ? remade(one, start, end) : other));
}

/**
 * @param {Utterance[]} utterances
 * @param {(utterance: Utterance) => Partial<Utterance>|null} change
 */
export const changed = (utterances, change) =>
  utterances.map((one) => {
    const patch = change(one);
    return patch ? { ...one, ...patch } : one;
  });

/** Of the same voice around one, in time, those that follow each other within so many seconds. */
const NEAR_S = 30;

/**
 * The two before and the two after an utterance of the same voice, with itself, as far as each is near the next.
 * @param {Utterance[]} utterances
 * @param {number} number
 */
export function around(utterances, number) {
  const one = found(utterances, number);
  if (!one || !counts(one)) return [];
  const same = utterances.filter((other) => other.voice === one.voice && counts(other));
  const at = same.indexOf(one);
  const near = [one];
  for (let i = at - 1; i >= Math.max(0, at - 2) && same[i + 1].start - same[i].end < NEAR_S; i -= 1)
    near.unshift(same[i]);
  for (let i = at + 1; i <= at + 2 && i < same.length && same[i].start - same[i - 1].end < NEAR_S; i += 1)
    near.push(same[i]);
  return near;
}

/** Pairs of scores, one from each list: how many of 100 have the second lower. @param {number[]} a @param {number[]} b */
function lowerOf100(a, b) {
  let lower = 0;
  for (const one of a) for (const other of b) lower += other < one ? 1 : other === one ? 0.5 : 0;
  return Math.round((100 * lower) / (a.length * b.length));
}

const mean = (/** @type {number[]} */ values) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** A stretch with fewer of a voice says nothing of it. */
export const LEAST_PER_STRETCH = 5;
/** Of 100 pairs so many lie in one order: that is said, or said with care. */
const CLEAR = 75;
const LIKELY = 65;
/** Means that are nearer are about the same. */
const SAME = 0.3;

/**
 * The utterances of a voice, with their scores, whose middle lies in a stretch.
 * @param {Utterance[]} utterances
 * @param {number} voice
 * @param {[number, number]} stretch  from and to, in s
 */
export const inStretch = (utterances, voice, [from, to]) =>
  scoredOf(utterances).filter(({ utterance: { start, end, voice: whose } }) => {
    const middle = (start + end) / 2;
    return whose === voice && middle >= from && middle < to;
  });

/**
 * One voice in two stretches.
 * @param {Utterance[]} utterances
 * @param {number} voice
 * @param {[number, number]} a  from and to, in s
 * @param {[number, number]} b
 */
export function compareStretches(utterances, voice, a, b) {
  const [inA, inB] = [a, b].map((stretch) => inStretch(utterances, voice, stretch));
  const counts = { a: inA.length, b: inB.length };
  if (Math.min(counts.a, counts.b) < LEAST_PER_STRETCH)
    return { voice, counts, verdict: /** @type {const} */ ('few') };
  const [scoresA, scoresB] = [inA, inB].map((list) => list.map(({ score }) => score));
  const means = { a: mean(scoresA), b: mean(scoresB) };
  const lower = lowerOf100(scoresA, scoresB);
  const clear = Math.max(lower, 100 - lower);
  const way = lower > 50 ? 'calmer' : 'more';
  const isApart = Math.abs(means.b - means.a) >= SAME;
  const verdict = !isApart || clear < LIKELY ? 'same' : clear >= CLEAR ? way : `probably-${way}`;
  return {
    voice,
    counts,
    verdict: /** @type {'same'|'calmer'|'more'|'probably-calmer'|'probably-more'} */ (verdict),
    means,
    lower,
  };
}
