// The sentence and its remarks follow from the numbers.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  applied,
  change,
  choose,
  countedMost,
  cut,
  distance,
  leadOf,
  remarks,
  sureness,
} from '../../../www/result/message-keys.js';
import { catalogue } from '../../../www/engine/catalogue.js';
import { words as da } from '../../../www/words/da.js';
import { words as en } from '../../../www/words/en.js';
import { analysisWith, measuresWith } from './fixtures.mjs';

test('the sentence follows from the range and the average', () => {
  assert.equal(choose(4.1, [3.3, 4.9], 2.9), 'above');
  assert.equal(choose(1.8, [1.0, 2.6], 2.9), 'below');
  assert.equal(choose(3.3, [2.5, 4.1], 2.9), 'probablyAbove');
  assert.equal(choose(2.5, [1.7, 3.3], 2.9), 'probablyBelow');
  assert.equal(choose(3.1, [2.3, 3.9], 2.9), 'same');
  // The average on the very edge lies inside the range.
  assert.equal(choose(3.7, [2.9, 4.5], 2.9), 'probablyAbove');
  assert.equal(choose(3.25, [3, 3.5], 3), 'same');
});

test('the lead names causes only for the side on which the voice lies', () => {
  assert.equal(leadOf('probablyAbove'), 'lead.above');
  assert.equal(leadOf('below'), 'lead.below');
  assert.equal(leadOf('same'), null);
});

const { signal } = measuresWith();
const analysis = analysisWith({
  flags: ['too_quiet', 'unlike_reference', 'short'],
  signal: { ...signal, active_speech_s: 0.42, voiced_share: 0.187 },
  limited: ['a', 'b', 'c', 'd'],
});

test('remarks stand in order of weight and carry their numbers', () => {
  const lines = remarks(analysis, (value, digits) => value.toFixed(digits));
  assert.deepEqual(
    lines.map(({ key }) => key),
    ['flag.unlike_reference', 'flag.short', 'flag.too_quiet', 'flag.extremes'],
  );
  assert.deepEqual(lines[1].params, { d: '0.4', p: '19' });
  assert.equal(lines[3].params?.n, 4);
  const few = remarks({ ...analysis, limited: ['a', 'b', 'c'] }, String);
  assert.ok(!few.some(({ key }) => key === 'flag.extremes'));
});

test('every flag has its remark in both languages, and none of them speaks of a score where there is none', () => {
  const every = { ...analysis, flags: [...catalogue.flags], limited: [] };
  const keys = (/** @type {boolean} */ isScored) => remarks(every, String, isScored).map(({ key }) => key);
  assert.deepEqual(keys(true), [
    'flag.not_spoken',
    'flag.unlike_reference',
    'flag.clipped',
    'flag.short',
    'flag.little_voice',
    'flag.telephone_band',
    'flag.noisy',
    'flag.reverberant',
    'flag.too_quiet',
  ]);
  for (const [words, score] of /** @type {[Record<string, string>, RegExp][]} */ ([
    [en, /score/],
    [da, /tallet/i],
  ])) {
    for (const key of [...keys(true), ...keys(false)]) assert.match(words[key], /^\*\*.+[.?]\*\* .+\.$/, key);
    for (const key of keys(false)) assert.doesNotMatch(words[key], score, key);
  }
});

test('a good recording gets no remark, and a high voice is no reason for one', () => {
  const within = { ...analysis, flags: [], limited: [] };
  const pitch = { low_hz: 200, median_hz: 380, high_hz: 450 };
  assert.deepEqual(remarks({ ...within, pitch }, String), []);
});

test('only what is known to be on counts as applied', () => {
  assert.deepEqual(applied({ echo: true, noise: undefined, gain: false }), ['echo']);
  assert.deepEqual(applied(null), []);
});

test('two recordings: which lies above, what counted most', () => {
  assert.equal(change(3.2, 4.1), 'more');
  assert.equal(change(4.1, 3.2), 'less');
  assert.equal(change(3.2, 3.45), 'same');
  assert.equal(change(3.45, 3.2), 'same');
  const parts = { Pitch: 0.34, Loudness: -0.5, HNR: 0.1 };
  assert.equal(countedMost(parts, 0.2), 'Pitch');
  assert.equal(countedMost(parts, -0.2), 'Loudness');
  assert.equal(countedMost(parts, 0), null);
  assert.equal(countedMost({ Pitch: -0.1 }, 0.2), null);
});

test('the distance is that of the scores as they are summed up, and near or unsure ones are in no order', () => {
  // 2.996 → 3.00 and 3.294 → 3.29: 0.29, though they lie 0.298 apart.
  assert.equal(distance(2.996, 3.294), 0.29);
  assert.equal(change(2.996, 3.294), 'same');
  assert.equal(change(2.994, 3.2951), 'more');
  const unsure = /** @type {const} */ ({ probability: 0.74, verdict: 'alike' });
  assert.equal(change(3, 3.4, unsure), 'same');
  assert.equal(change(3, 3.4, { probability: 0.76, verdict: 'more' }), 'more');
});

test('how sure an order is: never all of 100, nothing in noise, of two people or where it is not known', () => {
  const order = (/** @type {number} */ probability) =>
    sureness({ probability, verdict: 'much' }, { isNoisy: false, areTwoSpeakers: false });
  assert.deepEqual(order(0.968), { key: 'compare.order', params: { k: 97, o: 3 } });
  assert.deepEqual(order(0.994), { key: 'compare.order', params: { k: 99, o: 1 } });
  assert.deepEqual(order(0.9951), { key: 'compare.orderMost' });
  assert.deepEqual(order(1), { key: 'compare.orderMost' });
  const known = /** @type {const} */ ({ probability: 0.97, verdict: 'much' });
  assert.deepEqual(sureness(known, { isNoisy: true, areTwoSpeakers: false }), { key: 'compare.orderNoisy' });
  assert.deepEqual(sureness(known, { isNoisy: true, areTwoSpeakers: true }), { key: 'compare.speakers' });
  assert.equal(sureness(undefined, { isNoisy: false, areTwoSpeakers: false }), null);
});

test('a range is cut where the scale ends', () => {
  assert.deepEqual(cut([2.6, 4.4]), { as: 'between', lo: 2.6, hi: 4.4 });
  assert.deepEqual(cut([1, 5]), { as: 'between', lo: 1, hi: 5 });
  assert.deepEqual(cut([3.3, 5.2]), { as: 'atLeast', lo: 3.3, hi: 5 });
  assert.deepEqual(cut([0.4, 2.2]), { as: 'atMost', lo: 1, hi: 2.2 });
  assert.deepEqual(cut([0.9, 5.1]), { as: 'all', lo: 1, hi: 5 });
  assert.deepEqual(cut([5.3, 7.1]), { as: 'atLeast', lo: 5, hi: 5 });
});
