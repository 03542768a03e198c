// The package in Node.js, as its users meet it: the README's code, errors, what is loaded when, memory.
import assert from 'node:assert/strict';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { consumer, examples, imported, node, voice } from './lib.mjs';

const RATE_HZ = 16_000;

/** Memories of the WebAssembly modules that were started. @type {WebAssembly.Memory[]} */
const memories = [];
class Watched extends WebAssembly.Instance {
  /** @param {WebAssembly.Module} module @param {WebAssembly.Imports} [imports] */
  constructor(module, imports) {
    super(module, imports);
    memories.push(/** @type {WebAssembly.Memory} */ (this.exports.memory));
  }
}
WebAssembly.Instance = Watched;
/** Requests that were attempted. @type {unknown[]} */
const requests = [];
globalThis.fetch = async (request) => {
  requests.push(request);
  throw new Error('no network here');
};

/** @type {string} */
let folder;
/** @type {any} */
let undertone;

before(async () => {
  folder = await consumer('use');
  undertone = await imported(folder);
});

test('nothing is started at import, and what is used alone later', async () => {
  assert.equal(memories.length, 0);
  const features = await imported(folder, 'undertone/features');
  assert.equal(features.extract, undertone.extract);
  assert.deepEqual(Object.keys(features).sort(), [
    'Extractor',
    'FEATURES',
    'LLDS',
    'UndertoneError',
    'extract',
    'load',
    'mix',
  ]);
  assert.equal(memories.length, 0);
  await undertone.extract(voice(RATE_HZ, 0.2), RATE_HZ);
  assert.equal(memories.length, 1);
  await Promise.all([undertone.loadScore(), undertone.loadScore(), undertone.load()]);
  assert.equal(memories.length, 2);
  assert.deepEqual(requests, []);
});

test('the code of the README runs', async () => {
  const [code] = examples();
  assert.ok(code.includes("from 'undertone'"));
  await writeFile(join(folder, 'readme.mjs'), code);
  const { stdout } = await node(folder, 'readme.mjs');
  const [first, second] = stdout.trim().split('\n');
  const [pitch, rows] = first.split(' ').map(Number);
  // Pulses every 107 samples.
  assert.ok(Math.abs(pitch - 12 * Math.log2(RATE_HZ / 107 / 27.5)) < 0.1, stdout);
  assert.equal(rows, 146);
  assert.match(second, /^\d\.\d+ \[ \d\.\d+, \d\.\d+ \] \[.*\] -?\d\.\d+$/s, stdout);
});

/** @param {() => unknown} work @param {string} code @param {RegExp} message */
async function fails(work, code, message) {
  /** @type {any} */
  const error = await Promise.resolve()
    .then(work)
    .then(
      () => null,
      (thrown) => thrown,
    );
  assert.ok(error instanceof undertone.UndertoneError, `${code}: ${error}`);
  assert.equal(error.code, code, error.message);
  assert.match(error.message, message);
  assert.equal(error.name, code === 'aborted' ? 'AbortError' : 'UndertoneError');
}

test('what cannot be measured is refused by code and words', async () => {
  const samples = voice(RATE_HZ, 1.5);
  const { extract, explain, measure, score, utterances, Extractor, UtteranceScorer } = undertone;
  for (const work of [extract, measure, score, explain, utterances]) {
    const wrong = [
      undefined,
      null,
      'sound',
      Array.from(samples),
      new Int16Array(9),
      new Float64Array(9),
      samples.buffer,
    ];
    for (const other of wrong)
      await fails(() => work(other, RATE_HZ), 'bad_argument', /must be a Float32Array/);
    await fails(() => work(samples), 'bad_argument', /rateHz must be a number, not undefined/);
    await fails(() => work(samples, '16000'), 'bad_argument', /rateHz must be a number, not string/);
    for (const rateHz of [NaN, Infinity, -16_000, 0, 44_100.5, 7_999, 192_001, 2 ** 33])
      await fails(() => work(samples, rateHz), 'unsupported_rate', /sampling rate of/);
    await fails(() => work(new Float32Array(0), RATE_HZ), 'empty', /not one sample/);
    const signal = AbortSignal.abort('enough');
    await fails(() => work(samples, RATE_HZ, { signal }), 'aborted', /given up/);
  }
  for (const work of [extract, measure, score, explain]) {
    await fails(() => work(samples.subarray(0, 800), RATE_HZ), 'too_short', /at least 60 ms/);
    const broken = samples.slice();
    broken[7] = NaN;
    await fails(() => work(broken, RATE_HZ), 'not_finite', /sample 7 /);
  }
  await fails(() => extract(samples, 96_000), 'unsupported_rate', /8000 to 48000/);
  for (const work of [measure, score, explain]) {
    await fails(() => work(new Float32Array(RATE_HZ), RATE_HZ), 'silent', /silent/);
    await fails(() => work(samples.subarray(0, 0.3 * RATE_HZ), RATE_HZ), 'too_short', /speech/);
    const hiss = samples.map((_, k) => 0.1 * Math.sin(k * k * 0.37));
    await fails(() => work(hiss, RATE_HZ), 'no_voice', /voiced/);
  }
  await fails(() => score(samples, RATE_HZ, { model: 'metric-mood' }), 'bad_argument', /metric-act/);
  await fails(() => score(samples, RATE_HZ, { model: 'toString' }), 'bad_argument', /metric-act/);
  await fails(
    () => explain(samples, RATE_HZ, { method: 'guess' }),
    'bad_argument',
    /path, expected or shapley/,
  );
  await fails(() => explain(samples, RATE_HZ, { method: 'expected' }), 'bad_argument', /background/);
  const background = [{ samples, rateHz: RATE_HZ }];
  await fails(() => explain(samples, RATE_HZ, { background }), 'bad_argument', /background/);
  for (const pauseSeconds of [NaN, 0.1, 9])
    await fails(() => utterances(samples, RATE_HZ, { pauseSeconds }), 'bad_argument', /0\.2 to 3/);
  await fails(() => Extractor.create(), 'bad_argument', /rateHz/);
  await fails(() => UtteranceScorer.create(RATE_HZ, { pauseSeconds: '1' }), 'bad_argument', /pauseSeconds/);
});

test('a sound that has ended takes nothing more', async () => {
  const samples = voice(RATE_HZ, 0.5);
  const extractor = await undertone.Extractor.create(RATE_HZ);
  extractor.push(samples);
  assert.equal(extractor.seconds, 0.5);
  assert.equal(extractor.pitchHz(3).length, extractor.pitchHz().length - 3);
  extractor.finish();
  extractor.free();
  await fails(() => extractor.push(samples), 'closed', /another Extractor/);
  await fails(() => extractor.finish(), 'closed', /another Extractor/);
  const short = await undertone.Extractor.create(RATE_HZ);
  await fails(() => short.finish(), 'too_short', /0 ms/);
  await fails(() => short.finish(), 'closed', /another Extractor/);
  const scorer = await undertone.UtteranceScorer.create(RATE_HZ);
  scorer.push(samples);
  scorer.free();
  await fails(() => scorer.push(samples), 'closed', /another UtteranceScorer/);
});

test('long work can be given up, and lets others run meanwhile', async () => {
  const samples = voice(RATE_HZ, 60);
  for (const work of [undertone.extract, undertone.score, undertone.utterances]) {
    const controller = new AbortController();
    const begin = performance.now();
    const working = fails(() => work(samples, RATE_HZ, { signal: controller.signal }), 'aborted', /given up/);
    await pause(30);
    controller.abort();
    await working;
    assert.ok(performance.now() - begin < 5_000);
  }
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  await undertone.extract(samples, RATE_HZ);
  clearInterval(timer);
  assert.ok(turns >= 3, `${turns} turns`);
});

test('the samples stay as they are, wherever they lie', async () => {
  const samples = voice(RATE_HZ, 1.2);
  const copy = samples.slice();
  const expected = await undertone.extract(samples, RATE_HZ);
  await undertone.score(samples, RATE_HZ);
  await undertone.utterances(samples, RATE_HZ);
  assert.deepEqual(samples, copy);
  const shared = new Float32Array(new SharedArrayBuffer(4 * samples.length));
  shared.set(samples);
  assert.deepEqual(await undertone.extract(shared, RATE_HZ), expected);
  const part = new Float32Array(samples.length + 10);
  part.set(samples, 5);
  assert.deepEqual(await undertone.extract(part.subarray(5, -5), RATE_HZ), expected);
});

test('memory is freed, also after failures', async () => {
  const samples = voice(RATE_HZ, 2);
  const broken = samples.slice();
  broken[broken.length - 1] = NaN;
  const round = async () => {
    await undertone.extract(samples, RATE_HZ);
    await undertone.score(samples, RATE_HZ);
    await undertone.utterances(samples, RATE_HZ);
    for (const work of [undertone.extract, undertone.score]) {
      await work(broken, RATE_HZ).catch(() => {});
      await work(samples.subarray(0, 100), RATE_HZ).catch(() => {});
    }
    const controller = new AbortController();
    const aborted = undertone.score(samples, RATE_HZ, { signal: controller.signal }).catch(() => {});
    await pause(5);
    controller.abort();
    await aborted;
  };
  const bytes = () => memories.map(({ buffer }) => buffer.byteLength);
  for (let i = 0; i < 5; i += 1) await round();
  const settled = bytes();
  for (let i = 0; i < 20; i += 1) await round();
  assert.deepEqual(bytes(), settled);
});

test('names come in official order, with units', () => {
  assert.equal(undertone.FEATURES.length, 88);
  assert.deepEqual(undertone.FEATURES[0], {
    name: 'F0semitoneFrom27.5Hz_sma3nz_amean',
    lld: 'F0semitoneFrom27.5Hz_sma3nz',
    frames: 'voiced',
    statistic: 'mean',
    unit: 'st',
    group: 'Pitch',
    family: 'frequency',
  });
  assert.equal(undertone.LLDS.length, 25);
  assert.deepEqual(undertone.MODELS, ['metric-act', 'metric-cluster', 'metric-val', 'unsupervised']);
});

test('the package has what a package needs, and nothing else', async () => {
  const installed = join(folder, 'node_modules/undertone');
  const description = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
  const cargo = await readFile(new URL('../../../Cargo.toml', import.meta.url), 'utf8');
  assert.equal(description.version, /^version = "(.*)"$/m.exec(cargo)?.[1]);
  assert.equal(description.dependencies, undefined);
  const files = (await readdir(installed, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(installed.length + 1))
    .sort();
  assert.deepEqual(files, [
    'LICENSE-APACHE',
    'LICENSE-MIT',
    'README.md',
    'THIRD-PARTY.txt',
    'lib/catalogue.d.ts',
    'lib/catalogue.js',
    'lib/errors.d.ts',
    'lib/errors.js',
    'lib/features.d.ts',
    'lib/features.js',
    'lib/index.d.ts',
    'lib/index.js',
    'lib/slices.js',
    'lib/start.js',
    'lib/types.d.ts',
    'lib/wasm/features-wasm.js',
    'lib/wasm/features.js',
    'lib/wasm/model-metric-act.js',
    'lib/wasm/model-metric-cluster.js',
    'lib/wasm/model-metric-val.js',
    'lib/wasm/model-unsupervised.js',
    'lib/wasm/models-shared.js',
    'lib/wasm/score-wasm.js',
    'lib/wasm/score.js',
    'lib/worklet-processor.d.ts',
    'lib/worklet-processor.js',
    'lib/worklet.d.ts',
    'lib/worklet.js',
    'package.json',
  ]);
  const notices = await readFile(join(installed, 'THIRD-PARTY.txt'), 'utf8');
  assert.ok(notices.startsWith('The npm package undertone contains') && notices.includes('\nlibm '));
});
