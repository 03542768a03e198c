// The parts of the lesson that need no browser.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FIRST, read } from '../../../www/learn/llds.js';
import { stretch, within } from '../../../www/learn/parts.js';
import { prepare } from '../../../www/learn/sound.js';
import { columnAt } from '../../../www/learn/spectrum.js';
import { apart } from '../../../www/learn/summary.js';
import { set } from '../../../www/shell/state.js';
import { CODES, loadAllWords, wordsOf as loaded } from '../../../www/words/index.js';
import { catalogue } from './sources.mjs';

/**
 * The words of a language, by any key.
 * @param {typeof CODES[number]} code
 * @returns {Record<string, string>}
 */
const wordsOf = (code) => loaded(code);

await loadAllWords();

const sound = /** @type {any} */ ({ seconds: 4 });

test('a stretch has its length and stays within the speech', () => {
  assert.deepEqual(stretch(sound, 2, 1), [1.5, 2.5]);
  assert.deepEqual(stretch(sound, 0.1, 1), [0, 1]);
  assert.deepEqual(stretch(sound, 3.9, 1), [3, 4]);
  assert.deepEqual(stretch(sound, 2, 9), [0, 4]);
  assert.equal(within(sound, -1), 0);
  assert.equal(within(sound, 5), 4);
});

test('every moment that the slider or a finger can reach has its own column of the sound picture', () => {
  for (let k = 0; k < 6000; k += 1) {
    for (const seconds of [k * 0.01, k / 100, Number((k / 100).toFixed(2)), k / 100 + 0.004])
      assert.equal(columnAt(seconds, 6000), k, String(seconds));
  }
  assert.equal(columnAt(4, 400), 399);
});

test('the sound that is made for the lesson is freed, also where the lesson fails', async () => {
  let [made, freed] = [0, 0];
  class Take {
    constructor() {
      made += 1;
    }
    push() {}
    close() {}
    free() {
      freed += 1;
    }
  }
  class Lesson {
    constructor() {
      throw new Error('no lesson');
    }
  }
  set({ engine: /** @type {any} */ ({ wasm: { Take, Lesson } }) });
  await assert.rejects(prepare(), /no lesson/);
  assert.deepEqual([made, freed], [1, 1]);
  set({ engine: null });
});

test('labels that would lie on each other move apart and stay on the sheet', () => {
  const at = (/** @type {number[]} */ marks) =>
    apart(
      marks.map((y) => ({ y })),
      17,
      200,
    ).map(({ y }) => y);
  assert.deepEqual(at([20, 100]), [20, 100]);
  assert.deepEqual(at([100, 20]), [20, 100]);
  for (const marks of [
    [100, 100, 101, 102],
    [195, 196, 197, 198],
    [2, 3, 4],
  ]) {
    const found = at(marks);
    found.slice(1).forEach((y, i) => assert.ok(y - found[i] >= 17 - 1e-9, String(found)));
    assert.ok(found[found.length - 1] <= 200 - 8.5);
  }
});

test('a step has a name, a headline of one sentence, at most three lines of text, one thing to try', () => {
  const steps = ['wave', 'windows', 'spectrum', 'pitch', 'lines', 'numbers', 'layers', 'models'];
  for (const code of CODES) {
    for (const step of steps) {
      const parts = wordsOf(code)[`learn.${step}`].split('|');
      assert.equal(parts.length, 4, step);
      assert.match(parts[1], /^[^.?!]+\.$/, step);
      // 68 characters are a line.
      assert.ok(parts[2].length <= 3 * 72, `${step}: ${parts[2].length} characters`);
    }
  }
});

test('every one of the 25 lines has a name and a term, and the first eight are among them', () => {
  const names = catalogue.llds.map(({ name }) => name);
  assert.equal(names.length, 25);
  for (const code of CODES)
    for (const name of names)
      assert.equal(wordsOf(code)[`line.${name}`]?.split('|').length, 2, `${code}: ${name}`);
  assert.equal(FIRST.length, 8);
  for (const name of FIRST) assert.ok(names.includes(name), name);
});

test('a value is read in its unit', () => {
  set({ language: 'en' });
  const said = (/** @type {string} */ name, /** @type {number} */ value) =>
    read(/** @type {any} */ (catalogue.llds.find((lld) => lld.name === name)), value);
  assert.equal(said('F0semitoneFrom27.5Hz_sma3nz', 36), '220 Hz');
  assert.equal(said('jitterLocal_sma3nz', 0.0214), '2.1 %');
  assert.equal(said('F2bandwidth_sma3nz', 801.6), '802 Hz');
  assert.equal(said('F1amplitudeLogRelF0_sma3nz', -20.04), '−20.0 dB');
  assert.equal(said('HNRdBACF_sma3nz', 6.26), '6.3 dB');
  assert.equal(said('slope0-500_sma3', 0.0126), '0.013');
  assert.equal(said('mfcc3_sma3', 7.127), '7.13');
  assert.equal(said('Loudness_sma3', NaN), wordsOf('en')['learn.lines.none']);
});
