// The package computes what the command line computes, to the last bit.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { settings } from '../e2e/lib.mjs';
import { faults } from '../schema.mjs';
import { commandLine, consumer, imported, joined, readSpeech, voice, writeWav } from './lib.mjs';

/** @type {any} */
let undertone;
/** @type {{name: string, samples: Float32Array, rateHz: number, file: string}[]} */
const sounds = [];

before(async () => {
  undertone = await imported(await consumer('bits'));
  for (const rateHz of [8_000, 16_000, 44_100, 48_000]) {
    const file = join(settings.folder, `voice-${rateHz}.wav`);
    const samples = voice(rateHz, 2.3);
    await writeWav(file, samples, rateHz);
    sounds.push({ name: `voice at ${rateHz} Hz`, samples, rateHz, file });
  }
  sounds.push({ name: 'speech', ...(await readSpeech(settings.speech)), file: settings.speech });
});

/** Rows of a CSV table without quotes, by the names of its columns. @param {string} text */
function rows(text) {
  const [names, ...lines] = text.trim().split('\n');
  const columns = names.split(',');
  return { columns, lines: lines.map((line) => line.split(',')) };
}

/** A number of single precision that a table or JSON has with the fewest decimals. @param {string|number} text */
const single = (text) => Math.fround(Number(text));

/**
 * With single-precision numbers in place of their shortest decimals.
 * @param {any} analysis
 */
function widened(analysis) {
  for (const name of ['pitch', 'features', 'model_features'])
    analysis[name] = Object.fromEntries(
      Object.entries(analysis[name]).map(([feature, value]) => [
        feature,
        single(/** @type {number} */ (value)),
      ]),
    );
  return analysis;
}

test('the 88 functionals are those of undertone extract', async () => {
  for (const { name, samples, rateHz, file } of sounds) {
    const { columns, lines } = rows(await commandLine('extract', file));
    const { features, seconds } = await undertone.extract(samples, rateHz);
    assert.deepEqual(Object.keys(features), columns.slice(1), name);
    assert.equal(columns.length, 89);
    Object.values(features).forEach((value, index) => {
      assert.ok(Object.is(value, single(lines[0][index + 1])), `${name}, ${columns[index + 1]}: ${value}`);
    });
    assert.equal(seconds, samples.length / rateHz);
    const bare = await undertone.extract(samples, rateHz, { llds: false });
    assert.deepEqual(bare.features, features);
    assert.equal(bare.llds.Loudness_sma3.length, 0);
  }
});

test('the 25 low-level descriptors are those of undertone extract --llds', async () => {
  for (const { name, samples, rateHz, file } of sounds) {
    const { columns, lines } = rows(await commandLine('extract', '--llds', file));
    const { llds, hopSeconds } = await undertone.extract(samples, rateHz);
    assert.deepEqual(Object.keys(llds), columns.slice(3), name);
    assert.ok(lines.length > 200 && Math.abs(hopSeconds - 0.01) < 1e-4);
    columns.slice(3).forEach((column, index) => {
      const values = llds[column];
      assert.equal(values.length, lines.length);
      lines.forEach((line, row) => {
        assert.ok(
          Object.is(values[row], single(line[index + 3])),
          `${name}, ${column}, row ${row}: ${values[row]}`,
        );
      });
    });
  }
});

test('pieces of any size give the bits of the whole', async () => {
  const [, , { samples, rateHz }] = sounds;
  const whole = await undertone.extract(samples, rateHz);
  for (const size of [97, 1_024, 50_000]) {
    const extractor = await undertone.Extractor.create(rateHz);
    for (let from = 0; from < samples.length; from += size) {
      extractor.push(samples.subarray(from, from + size));
      if (size > 1_000) extractor.pitchHz();
    }
    assert.deepEqual(extractor.finish(), whole, `pieces of ${size}`);
  }
});

test('scores are the objects of undertone score --json, by every model', async () => {
  for (const { name, samples, rateHz, file } of sounds) {
    const { file: _, ...expected } = JSON.parse(await commandLine('score', '--json', file));
    const analysis = await undertone.score(samples, rateHz);
    assert.deepEqual(analysis, widened(expected), name);
    assert.deepEqual(faults('analysis.json', analysis), []);
    const { flags, ...measures } = await undertone.measure(samples, rateHz);
    assert.deepEqual({ ...analysis, ...measures }, analysis);
    assert.deepEqual(
      flags,
      analysis.flags.filter((/** @type {string} */ flag) => flag !== 'unlike_reference'),
    );
  }
  const [{ samples, rateHz, file }] = sounds;
  assert.equal(undertone.MODELS.length, 4);
  for (const model of undertone.MODELS) {
    const { file: _, ...expected } = JSON.parse(await commandLine('score', '--json', '--model', model, file));
    assert.deepEqual(await undertone.score(samples, rateHz, { model }), widened(expected), model);
  }
});

test('explanations are the objects of undertone explain --format json', async () => {
  const [other, { samples, rateHz, file }] = sounds;
  for (const method of ['path', 'shapley', 'expected']) {
    const expected = method === 'expected';
    const words = expected ? ['--background', other.file] : [];
    const line = await commandLine('explain', '--format', 'json', '--method', method, ...words, file);
    const { file: _, background: __, ...wanted } = JSON.parse(line);
    const background = expected ? [other] : [];
    const explanation = await undertone.explain(samples, rateHz, { method, background });
    assert.deepEqual(explanation, wanted, method);
    const written = { file, ...(expected && { background: [other.file] }), ...explanation };
    assert.deepEqual(faults('explanation.json', written), []);
  }
});

test('utterances are the objects of undertone score --utterances --json', async () => {
  const rateHz = 16_000;
  const silence = new Float32Array(1.2 * rateHz);
  const samples = joined(
    voice(rateHz, 2.5),
    silence,
    voice(rateHz, 9.5, { f0Hz: 190, pauses: false }),
    silence,
    voice(rateHz, 1.2, { f0Hz: 120 }),
  );
  const file = join(settings.folder, 'conversation.wav');
  await writeWav(file, samples, rateHz);
  for (const pauseSeconds of [0.5, 0.3]) {
    const text = await commandLine('score', '--utterances', '--json', '--pause', String(pauseSeconds), file);
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    /** @type {any[]} */
    const heard = [];
    const onUtterance = (/** @type {any} */ utterance) => heard.push(utterance);
    const found = await undertone.utterances(samples, rateHz, { pauseSeconds, onUtterance });
    assert.deepEqual(heard, found);
    assert.ok(found.length >= 3 && found.some((/** @type {any} */ one) => one.windows.length > 0));
    assert.equal(found.length, lines.length);
    found.forEach((/** @type {any} */ { start, end, ...utterance }, /** @type {number} */ index) => {
      const { file: _, start: from, end: to, ...expected } = lines[index];
      // The command line rounds these two to the microsecond.
      assert.ok(
        Math.abs(start - from) <= 1e-6 && Math.abs(end - to) <= 1e-6,
        `${start} ${from} ${end} ${to}`,
      );
      if (expected.analysis) widened(expected.analysis);
      assert.deepEqual(utterance, expected);
      assert.deepEqual(faults('utterance.json', { file, start, end, ...utterance }), []);
    });
    const scorer = await undertone.UtteranceScorer.create(rateHz, { pauseSeconds });
    const streamed = [];
    for (let from = 0; from < samples.length; from += 1_000)
      streamed.push(...scorer.push(samples.subarray(from, from + 1_000)));
    assert.ok(streamed.length > 0, 'utterances come before the end');
    streamed.push(...scorer.finish());
    assert.deepEqual(streamed, found);
  }
});

test('the mean of channels is that of the command line', async () => {
  const left = voice(16_000, 1.5);
  const right = voice(16_000, 1.5, { f0Hz: 210 }).map((value, k) => value * 0.3 + left[k] / 3);
  const mixed = undertone.mix([left, right]);
  assert.equal(mixed.length, left.length);
  mixed.forEach((/** @type {number} */ value, /** @type {number} */ k) => {
    assert.equal(value, Math.fround((left[k] + right[k]) / 2));
  });
  assert.throws(() => undertone.mix([left, right.subarray(1)]), { code: 'bad_argument' });
  assert.throws(() => undertone.mix([]), { code: 'bad_argument' });
});
