// The synthetic voice of the examples.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MANNERS, RATE, WITH_S, speak } from '../../../www/sound/formant-synthesis.js';

test('each example is a few seconds of sound within the limits, the same every time', () => {
  for (const [name, manner] of Object.entries(MANNERS)) {
    const sound = speak(manner);
    const seconds = sound.length / RATE;
    assert.ok(seconds > 2 && seconds < 6, `${name}: ${seconds} s`);
    assert.ok(
      sound.every((value) => Math.abs(value) < 0.6),
      name,
    );
    const power = sound.reduce((sum, value) => sum + value * value, 0) / sound.length;
    assert.ok(power > 1e-4, `${name}: ${power}`);
    assert.deepEqual(speak(manner), sound, name);
  }
});

test('only the whisper has no pulses', () => {
  // How much a sound repeats itself at the length of its own pitch.
  const repeats = (/** @type {keyof typeof MANNERS} */ name) => {
    const sound = speak(MANNERS[name]);
    const from = Math.floor(sound.length * 0.42);
    const part = sound.subarray(from, from + 1024);
    const at = (/** @type {number} */ lag) =>
      part.subarray(0, 600).reduce((sum, value, k) => sum + value * part[k + lag], 0);
    return Math.max(...Array.from({ length: 250 }, (_, k) => at(k + 40))) / at(0);
  };
  assert.ok(repeats('calm') > 0.55, `calm ${repeats('calm')}`);
  assert.ok(repeats('lively') > 0.55, `lively ${repeats('lively')}`);
  assert.ok(repeats('whisper') < 0.4, `whisper ${repeats('whisper')}`);
});

test('the longer text ends in an s: no tone, and bright', () => {
  const sound = speak(MANNERS.calm, WITH_S);
  const crossings = (/** @type {number} */ at) =>
    sound.subarray(at * RATE, (at + 0.05) * RATE).filter((value, k, part) => k > 0 && value * part[k - 1] < 0)
      .length;
  const loud = (/** @type {number} */ at) => Math.hypot(...sound.subarray(at * RATE, (at + 0.05) * RATE));
  // 50 ms of the last vowel, and of the s; neither drowns the other.
  assert.ok(crossings(4.2) < 60 && crossings(4.5) > 300, `${crossings(4.2)} ${crossings(4.5)}`);
  const ratio = loud(4.5) / loud(4.2);
  assert.ok(ratio > 0.25 && ratio < 4, String(ratio));
});
