// The level meter: short-time peak, hold, clipping.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLevel } from '../../../www/sound/level.js';

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
