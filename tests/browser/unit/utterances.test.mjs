// The utterances of a course as a list: what they come to, what changes by hand do to them, two stretches compared.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unmeasured } from '../../../www/engine/utterances.js';
import {
  around,
  changed,
  compareStretches,
  counts,
  joined,
  moved,
  opensAsCourse,
  split,
  summary,
} from '../../../www/conversation/utterances.js';
import { textGrid } from '../../../www/session/course-files.js';
import { withVoices } from '../../../www/record/live-course.js';
import { courseMark } from '../../../www/session/session-course.js';

/** @import {Utterance} from '../../../www/types.js' */

/**
 * An utterance with a score.
 * @param {number} number
 * @param {number} start
 * @param {number} end
 * @param {number|null} score
 * @param {Partial<Utterance>} [more]
 * @returns {Utterance}
 */
function utterance(number, start, end, score, more = {}) {
  const bare = unmeasured({ start, end, voicedS: (end - start) / 2, aboveDb: 30 }, number);
  const analysis =
    score === null ? null : /** @type {any} */ ({ activation: score, interval: [score - 1, score + 1] });
  return { ...bare, isMeasured: true, certainty: score === null ? 'none' : 'sure', analysis, ...more };
}

const four = [
  utterance(1, 1, 3, 2.5),
  utterance(2, 4, 6, 3.5, { voice: 1 }),
  utterance(3, 7, 7.5, null, { reasons: ['too_short'] }),
  utterance(4, 12, 15, 3),
];

test('what the utterances come to', () => {
  const whole = summary(four);
  assert.ok(whole);
  assert.equal(whole.count, 3);
  assert.deepEqual([whole.low, whole.middle, whole.high], [2.75, 3, 3.25]);
  assert.equal(whole.highest.utterance.number, 2);
  assert.equal(whole.lowest.utterance.number, 1);
  assert.equal(whole.without, 1);
  assert.equal(summary([four[2]]), null);
  const left = changed(four, (one) => (one.number === 2 ? { isOut: true } : null));
  assert.equal(summary(left)?.count, 2);
  assert.equal(summary(left)?.out, 1);
  assert.equal(counts(left[1]), false);
});

test('a sure score is named unless an uncertain one lies beyond it, and nothing is named where all are alike', () => {
  const named = (/** @type {Utterance[]} */ all) => {
    const whole = summary(all);
    return [whole?.lowest.utterance.number, whole?.highest.utterance.number, whole?.areAlike];
  };
  const one = (
    /** @type {number} */ n,
    /** @type {number} */ score,
    /** @type {'sure'|'uncertain'} */ certainty,
  ) => utterance(n, n, n + 0.9, score, { certainty });
  const unsure = one(1, 2, 'uncertain');
  assert.deepEqual(named([unsure, one(2, 3, 'sure'), one(3, 3.4, 'sure')]), [1, 3, false]);
  assert.deepEqual(named([one(1, 2.8, 'uncertain'), one(2, 3, 'sure'), one(3, 3.4, 'sure')]), [2, 3, false]);
  assert.deepEqual(named([unsure, one(2, 3, 'sure')]), [1, 2, false]);
  assert.deepEqual(named([one(1, 3.1, 'uncertain'), one(2, 3, 'sure'), one(3, 3.2, 'sure')]), [2, 3, true]);
});

test('a longer recording with three utterances of a second opens as a course', () => {
  assert.equal(opensAsCourse(four, 21), true);
  assert.equal(opensAsCourse(four, 20), false);
  assert.equal(opensAsCourse(four.slice(1), 60), false);
});

test('joined: the pause comes in, numbers follow time, what was measured is not taken over', () => {
  const three = joined(four, 2);
  assert.ok(three);
  assert.deepEqual(
    three.map(({ number, start, end }) => [number, start, end]),
    [
      [1, 1, 3],
      [2, 4, 7.5],
      [3, 12, 15],
    ],
  );
  const [, one] = three;
  assert.equal(one.isMeasured, false);
  assert.equal(one.analysis, null);
  assert.equal(one.isByHand, true);
  assert.equal(one.pauseInsideS, 1);
  assert.equal(one.voice, 1);
  assert.equal(three[0], four[0]);
  assert.equal(joined(four, 4), null);
});

test('split: both parts are long enough, or nothing is', () => {
  const five = split(four, 4, 13);
  assert.deepEqual(
    five?.slice(3).map(({ number, start, end }) => [number, start, end]),
    [
      [4, 12, 13],
      [5, 13, 15],
    ],
  );
  assert.equal(split(four, 4, 12.2), null);
  assert.equal(split(four, 3, 7.25), null);
});

test('edges stay between the neighbours and apart from each other', () => {
  const at = (/** @type {Utterance[]|null} */ list, /** @type {number} */ n) =>
    list && [list[n - 1].start, list[n - 1].end];
  assert.deepEqual(at(moved(four, 2, 'start', 0, 20), 2), [3, 6]);
  assert.deepEqual(at(moved(four, 2, 'end', 9, 20), 2), [4, 7]);
  assert.deepEqual(at(moved(four, 2, 'start', 8, 20), 2), [5.7, 6]);
  assert.deepEqual(at(moved(four, 4, 'end', 99, 20), 4), [12, 20]);
  assert.equal(moved(four, 1, 'start', 1, 20), null);
  assert.equal(moved(four, 1, 'end', 2, 20)?.[0].before, 2.5);
});

test('around one: the same voice, each near the next', () => {
  assert.deepEqual(
    around(four, 1).map(({ number }) => number),
    [1, 4],
  );
  assert.deepEqual(
    around(four, 2).map(({ number }) => number),
    [2],
  );
  assert.deepEqual(around(four, 3), []);
  const far = [utterance(1, 0, 1, 3), utterance(2, 40, 41, 3), utterance(3, 50, 51, 3)];
  assert.deepEqual(
    around(far, 2).map(({ number }) => number),
    [2, 3],
  );
});

test('two stretches: five utterances each, an order that is clear, means that are apart', () => {
  const talk = (/** @type {number[]} */ scores) =>
    scores.map((score, i) => utterance(i + 1, 10 * i, 10 * i + 2, score));
  const compare = (/** @type {number[]} */ scores) => compareStretches(talk(scores), 0, [0, 50], [50, 100]);
  assert.deepEqual(compare([3, 3, 3, 3]), { voice: 0, counts: { a: 4, b: 0 }, verdict: 'few' });
  const calmer = compare([4, 4.2, 3.9, 4.1, 4, 3, 3.1, 2.9, 3, 3]);
  assert.equal(calmer.verdict, 'calmer');
  assert.equal(calmer.lower, 100);
  assert.equal(compare([3, 3.1, 2.9, 3, 3, 4, 4.2, 3.9, 4.1, 4]).verdict, 'more');
  assert.equal(compare([3, 3.1, 2.9, 3, 3.1, 3.2, 3, 2.9, 3.1, 3]).verdict, 'same');
  // In 17 of 25 pairs the second lies higher, and the means are 0.44 apart.
  assert.equal(compare([2, 3, 3.5, 3.6, 3.9, 3.4, 3.7, 3.75, 3.8, 3.55]).verdict, 'probably-more');
  // Clear in order, but nearer than a difference that says something.
  assert.equal(compare([3, 3, 3, 3, 3, 3.1, 3.1, 3.1, 3.1, 3.1]).verdict, 'same');
});

test('a TextGrid fills the whole sound, and quotes what is in a name', () => {
  const course = { pauseS: 0.5, voices: ['mum "M"'], chosen: 1, asOne: false, utterances: four };
  const lines = textGrid(20, course).split('\n');
  assert.ok(lines.includes('xmax = 20'));
  assert.ok(lines.includes('            text = "mum ""M"""'));
  const from = lines
    .filter((line) => line.startsWith('            xmin = '))
    .map((line) => Number(line.slice(19)));
  const to = lines
    .filter((line) => line.startsWith('            xmax = '))
    .map((line) => Number(line.slice(19)));
  // Four tiers; within each every interval begins where the one before has ended.
  const each = from.length / 4;
  from.forEach((start, i) => assert.equal(start, i % each ? to[i - 1] : 0));
  assert.equal(to[each - 1], 20);
});

test('a course that was changed by hand is another to save; one that was only looked at is not', () => {
  const course = { pauseS: 0.5, voices: [], chosen: 1, asOne: false, utterances: [four[0], four[2]] };
  const mark = courseMark(course);
  assert.equal(courseMark({ ...course, chosen: 2, asOne: true }), mark);
  assert.notEqual(courseMark({ ...course, voices: ['mum'] }), mark);
  const out = changed(course.utterances, (one) => (one.number === 1 ? { isOut: true } : null));
  assert.notEqual(courseMark({ ...course, utterances: out }), mark);
  assert.equal(courseMark(null), '');
});

test('while it is recorded: what is said is of the utterance that goes on, or has just ended', () => {
  const bare = four.map((one) => ({ ...one, voice: 0 }));
  const voices = (
    /** @type {Utterance[]} */ list,
    /** @type {{at: number, voice: number}[]} */ said,
    /** @type {number|null} */ open = null,
  ) => withVoices(list, said, open).map(({ voice }) => voice);
  // Said 0.8 s after the second has ended, and before the third begins; the last word counts.
  assert.deepEqual(voices(bare, [{ at: 6.8, voice: 2 }]), [0, 2, 0, 0]);
  assert.deepEqual(
    voices(bare, [
      { at: 4.1, voice: 1 },
      { at: 6.8, voice: 2 },
    ]),
    [0, 2, 0, 0],
  );
  // The third goes on and is not cut yet: what is said of it waits, and is not the second's.
  assert.deepEqual(voices(bare.slice(0, 2), [{ at: 7.2, voice: 2 }], 7), [0, 0]);
  assert.deepEqual(voices(bare.slice(0, 3), [{ at: 7.2, voice: 2 }]), [0, 0, 2]);
  // Before anybody spoke nobody is meant.
  assert.deepEqual(voices(bare, [{ at: 0.5, voice: 2 }]), [0, 0, 0, 0]);
  assert.deepEqual(
    voices(bare, [
      { at: 2, voice: 1 },
      { at: 2.5, voice: 0 },
    ]),
    [0, 0, 0, 0],
  );
});
