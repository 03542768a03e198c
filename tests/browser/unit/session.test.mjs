import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLevel } from '../../../www/level.js';
import { addUp } from '../../../www/reasons.js';
import { csv, fileName, slug } from '../../../www/save.js';

test('the reasons add up to the score as shown, largest first, the rest in one row', () => {
  const groups = Object.fromEntries(Array.from({ length: 27 }, (_, i) => [`g${i}`, (i % 2 ? -1 : 1) * (i + 1) * 0.0137]));
  const activation = 2.9249 + Object.values(groups).reduce((a, b) => a + b, 0);
  const { start, end, rows, others } = addUp({ activation, baseline: 2.9249, contributions: { groups } });
  assert.equal(rows.length, 9);
  assert.equal(others, 19);
  assert.deepEqual(rows.slice(0, 2).map(({ group }) => group), ['g26', 'g25']);
  assert.equal(rows[8].group, '');
  assert.equal(Math.round((start + rows.reduce((sum, { shown }) => sum + shown, 0)) * 100), Math.round(end * 100));
  assert.equal(start, 2.92);
});

test('files are named so that every system takes them', () => {
  assert.equal(slug('Om hunden, højt.wav'), 'om-hunden-hoejt');
  assert.equal(slug('Ærø/åben.flac'), 'aeroe-aaben');
  assert.equal(fileName({ number: 3, file: 'The dog.wav' }, new Date(2026, 10, 23), 'csv'), 'undertone-2026-11-23-3-the-dog.csv');
  assert.equal(fileName({ number: 3, file: '' }, new Date(2026, 0, 2), 'wav'), 'undertone-2026-01-02-3.wav');
  assert.equal(fileName(null, new Date(2026, 0, 2), 'json'), 'undertone-2026-01-02-all.json');
});

test('the table has one line per recording and quotes what needs it', () => {
  assert.equal(csv(['a', 'b'], [{ name: 'x,"y".wav', values: Float32Array.of(0.1, -2) }]), 'file,a,b\n"x,""y"".wav",0.1,-2\n');
});

test('the level falls 20 dB a second, holds its peak two seconds, remembers clipping three', () => {
  const level = createLevel();
  level.reset(1000);
  level.add(new Float32Array(100).fill(0.5));
  assert.ok(Math.abs(level.shown() + 6.02) < 0.01);
  assert.equal(level.zone(), 'good');
  level.add(new Float32Array(1000));
  assert.ok(Math.abs(level.shown() + 26.02) < 0.01 && Math.abs(level.held() + 6.02) < 0.01);
  level.add(new Float32Array(1200));
  assert.ok(level.held() < -60 && level.zone() === 'quiet');
  assert.equal(level.clipped(), false);
  level.add(new Float32Array(10).fill(-1));
  assert.ok(level.clipped() && level.zone() === 'loud');
  level.add(new Float32Array(3100));
  assert.equal(level.clipped(), false);
  assert.ok(level.loudest === 0);
});
