// A pause of the speaker is noticed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAUSE_S, SPEECH_S, createPause } from '../../../www/sound/pause.js';

const RATE = 16_000;
/** Seconds until the pause is noticed, or null. @param {[number, number][]} parts amplitude and seconds */
function noticed(parts) {
  const pause = createPause();
  pause.reset(RATE);
  let at = 0;
  for (const [amplitude, seconds] of parts) {
    for (let left = seconds; left > 1e-9; left -= 0.02) {
      at += 0.02;
      if (pause.add(Float32Array.from({ length: 320 }, (_, k) => amplitude * Math.sin(k)))) return at;
    }
  }
  return null;
}

test('a pause after speech is noticed when it has lasted', () => {
  const at = noticed([
    [0, 1],
    [0.3, 1.5],
    [0.001, 5],
  ]);
  assert.ok(at !== null && Math.abs(at - (2.5 + PAUSE_S)) < 0.05, String(at));
});

test('before anybody speaks there is no pause, however long', () => {
  assert.equal(noticed([[0.001, 30]]), null);
  assert.equal(
    noticed([
      [0.3, SPEECH_S / 2],
      [0, 30],
    ]),
    null,
  );
});

test('a breath between two sentences is no end', () => {
  assert.equal(
    noticed([
      [0.3, 1],
      [0.001, PAUSE_S - 0.2],
      [0.3, 1],
      [0.001, PAUSE_S - 0.2],
    ]),
    null,
  );
});

test('a noisy room is quiet beside a near voice', () => {
  assert.notEqual(
    noticed([
      [0.5, 1],
      [0.01, 5],
    ]),
    null,
  );
});

test('what was heard before does not count after a reset', () => {
  const pause = createPause();
  pause.reset(RATE);
  const loud = Float32Array.from({ length: RATE }, (_, k) => 0.3 * Math.sin(k));
  pause.add(loud);
  pause.reset(RATE);
  assert.equal(pause.add(new Float32Array(RATE * 5)), false);
});
