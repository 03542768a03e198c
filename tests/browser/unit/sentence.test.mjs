import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applied, choose, leadOf, remarks } from '../../../www/sentence.js';

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

test('what could make a voice so is named for its side only', () => {
  assert.equal(leadOf('probablyAbove'), 'lead.above');
  assert.equal(leadOf('below'), 'lead.below');
  assert.equal(leadOf('same'), null);
});

const analysis = { flags: ['too_quiet', 'unlike_reference', 'too_short'], signal: { active_speech_s: 0.42, voiced_share: 0.187 }, pitch: { median_hz: 301 }, limited: [3, 17, 40, 86] };

test('remarks stand in order of weight and carry their numbers', () => {
  const lines = remarks(analysis, (value, digits) => value.toFixed(digits));
  assert.deepEqual(lines.map(({ key }) => key), ['flag.unlike_reference', 'flag.too_short', 'flag.too_quiet', 'flag.extremes', 'flag.young']);
  assert.deepEqual(lines[1].params, { d: '0.4', p: '19' });
  assert.equal(lines[3].params.n, 4);
  const few = remarks({ ...analysis, limited: [3, 17, 40] }, String);
  assert.ok(!few.some(({ key }) => key === 'flag.extremes'));
});

test('a low voice within the limits gets no remark', () => {
  assert.deepEqual(remarks({ ...analysis, flags: [], limited: [], pitch: { median_hz: 280 } }, String), []);
  assert.deepEqual(remarks({ ...analysis, flags: [], limited: [], pitch: null }, String), []);
});

test('only what is known to be on counts as applied', () => {
  assert.deepEqual(applied({ echo: true, noise: undefined, gain: false }), ['echo']);
  assert.deepEqual(applied(null), []);
});
