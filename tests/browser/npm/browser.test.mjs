// The package in a page without any tool: under a strict policy, in a worker, in an AudioWorklet; what is loaded, and how much that is.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { browsed } from '../e2e/lib.mjs';
import { README, consumer, examples, hosted, imported, resultOf, voice } from './lib.mjs';

const RATE_HZ = 48_000;
const SECONDS = 1.6;

const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";

const browser = await browsed();
const folder = await consumer('browser');
const host = await hosted(folder, { 'Content-Security-Policy': POLICY });
/** Without a policy: an import map is a script within the page. */
const open = await hosted(folder);

const undertone = await imported(folder);
const samples = voice(RATE_HZ, SECONDS);
/** What is computed in Node.js, as JSON. */
const expected = JSON.parse(
  JSON.stringify({
    features: await undertone.extract(samples, RATE_HZ),
    score: await undertone.score(samples, RATE_HZ),
  }),
);
const sound = `export const rateHz = ${RATE_HZ};\n${voice}\nexport const samples = voice(rateHz, ${SECONDS});\n`;
await writeFile(join(folder, 'sound.js'), sound);

/**
 * A page with one script, which sets what it found.
 * @param {string} name
 * @param {string} script
 * @param {string} [head]
 */
async function write(name, script, head = '') {
  await writeFile(join(folder, `${name}.js`), script);
  const page = `<!doctype html><meta charset="utf-8"><title>${name}</title>${head}<script type="module" src="${name}.js"></script>`;
  await writeFile(join(folder, `${name}.html`), page);
}

const LIB = '/node_modules/undertone/lib';

test('a plain page under a strict policy computes the bits of Node.js, and asks for scripts alone', async () => {
  await write(
    'plain',
    `import * as undertone from '${LIB}/index.js';
import { rateHz, samples } from './sound.js';
const steps = [];
const mark = () => steps.push(performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
performance.setResourceTimingBufferSize(1000);
mark();
const features = await undertone.extract(samples, rateHz);
mark();
const score = await undertone.score(samples, rateHz);
mark();
window.result = JSON.parse(JSON.stringify({ found: { features, score }, steps }));
`,
  );
  host.log.length = 0;
  const { found, steps } = await resultOf(browser, `${host.address}/plain.html`);
  assert.deepEqual(found, expected);
  const [imported, extracted, scored] = steps.map((/** @type {string[]} */ paths) =>
    paths.filter((path) => path.startsWith(LIB)).map((path) => path.slice(LIB.length + 1)),
  );
  const FIRST = ['index.js', 'features.js', 'catalogue.js', 'errors.js', 'slices.js', 'start.js'];
  assert.deepEqual(imported.sort(), FIRST.sort());
  const further = (/** @type {string[]} */ all, /** @type {string[]} */ known) =>
    all.filter((path) => !known.includes(path));
  assert.deepEqual(further(extracted, imported).sort(), ['wasm/features-wasm.js', 'wasm/features.js']);
  assert.deepEqual(further(scored, extracted).sort(), [
    'wasm/model-metric-act.js',
    'wasm/models-shared.js',
    'wasm/score-wasm.js',
    'wasm/score.js',
  ]);
  assert.ok(
    host.log.every((path) => /\.(?:js|html)$/.test(path) || path === '/favicon.ico'),
    host.log.join(' '),
  );
});

test('where the policy forbids WebAssembly the error says what it needs', async () => {
  const closed = await hosted(folder, { 'Content-Security-Policy': "default-src 'none'; script-src 'self'" });
  await write(
    'closed',
    `import { extract } from '${LIB}/features.js';
const error = await extract(new Float32Array(9000), 16000).catch((error) => error);
window.result = [error.code, error.message];
`,
  );
  const page = await browser.newPage();
  await page.goto(`${closed.address}/closed.html`);
  const result = await page.waitForFunction(() => /** @type {any} */ (window).result);
  const [code, message] = await result.jsonValue();
  assert.equal(code, 'start');
  assert.match(message, /'wasm-unsafe-eval'/);
  await page.close();
});

test('a module worker computes the same', async () => {
  await writeFile(
    join(folder, 'worker.js'),
    `import { extract } from '${LIB}/features.js';
import { score } from '${LIB}/index.js';
onmessage = async ({ data: { samples, rateHz } }) => {
  const [features, analysis] = [await extract(samples, rateHz), await score(samples, rateHz)];
  postMessage(JSON.parse(JSON.stringify({ features, score: analysis })));
};
`,
  );
  await write(
    'with-worker',
    `import { rateHz, samples } from './sound.js';
const worker = new Worker('./worker.js', { type: 'module' });
worker.onmessage = ({ data }) => {
  window.result = data;
};
worker.onerror = ({ message }) => console.error(message);
worker.postMessage({ samples, rateHz });
`,
  );
  assert.deepEqual(await resultOf(browser, `${host.address}/with-worker.html`), expected);
});

test('an AudioWorklet hands over every sample of a graph', async () => {
  await write(
    'tap',
    `import { Extractor } from '${LIB}/features.js';
import { createTap } from '${LIB}/worklet.js';
import { rateHz, samples } from './sound.js';
const context = new OfflineAudioContext(1, samples.length, rateHz);
const buffer = context.createBuffer(1, samples.length, rateHz);
buffer.copyToChannel(samples, 0);
const source = new AudioBufferSourceNode(context, { buffer });
const extractor = await Extractor.create(rateHz);
let chunks = 0;
const tap = await createTap(context, (piece) => {
  chunks += 1;
  extractor.push(piece);
});
source.connect(tap.node);
source.start();
await context.startRendering();
await tap.stop();
const { seconds } = extractor;
window.result = JSON.parse(JSON.stringify({ chunks, seconds, features: extractor.finish() }));
`,
  );
  const { chunks, seconds, features } = await resultOf(browser, `${host.address}/tap.html`);
  assert.ok(chunks > 50, `${chunks} chunks`);
  assert.equal(seconds, SECONDS);
  assert.deepEqual(features, expected.features);
});

test("the README's listener runs in a page", async () => {
  const [, code] = examples();
  await writeFile(join(folder, 'listen.js'), code);
  const map = {
    imports: { 'undertone/features': `.${LIB}/features.js`, 'undertone/worklet': `.${LIB}/worklet.js` },
  };
  await write(
    'readme',
    `import { listen } from './listen.js';
const context = new AudioContext();
// A tone with harmonics, of 200 Hz.
const source = new OscillatorNode(context, { type: 'sawtooth', frequency: 200 });
source.start();
const { features, rateHz, seconds } = await listen(context, source, 1.5);
window.result = { pitch: features['F0semitoneFrom27.5Hz_sma3nz_percentile50.0'], rateHz, contextHz: context.sampleRate, seconds };
`,
    `<script type="importmap">${JSON.stringify(map)}</script>`,
  );
  const { pitch, rateHz, contextHz, seconds } = await resultOf(browser, `${open.address}/readme.html`);
  assert.ok(Math.abs(pitch - 12 * Math.log2(200 / 27.5)) < 0.2, `${pitch} semitones`);
  assert.equal(rateHz, contextHz);
  assert.ok(seconds > 0.5 && seconds < 10, `${seconds} s`);
});

test('the README states the sizes', async () => {
  const features = [
    'features.js',
    'catalogue.js',
    'errors.js',
    'slices.js',
    'start.js',
    'wasm/features.js',
    'wasm/features-wasm.js',
  ];
  const scripts = ['index.js', 'features.js', 'catalogue.js', 'errors.js', 'slices.js', 'start.js'];
  const score = ['score.js', 'score-wasm.js', 'models-shared.js', 'model-metric-act.js'].map(
    (name) => `wasm/${name}`,
  );
  const rows = [
    ['undertone/features', 'extract', features],
    ['undertone', 'extract', ['index.js', ...features]],
    ['undertone', 'score', [...scripts, ...score]],
  ];
  const lines = ['| import | loaded at the first call | bytes | brotli |', '|---|---|---|---|'];
  for (const [entry, call, files] of rows) {
    let [bytes, packed] = [0, 0];
    for (const file of files) {
      const content = await readFile(join(folder, LIB, file));
      bytes += content.length;
      packed += brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
    }
    const kilobytes = (/** @type {number} */ count) => `${Math.round(count / 1000)} kB`;
    lines.push(`| \`${entry}\` | \`${call}\` | ${kilobytes(bytes)} | ${kilobytes(packed)} |`);
  }
  const readme = await readFile(README, 'utf8');
  const [before, rest] = readme.split('<!-- sizes -->\n');
  const [stated, after] = rest.split('\n<!-- end of sizes -->');
  if (process.env.UNDERTONE_WRITE_BYTES)
    await writeFile(
      README,
      [before, '<!-- sizes -->\n', lines.join('\n'), '\n<!-- end of sizes -->', after].join(''),
    );
  // Another compiler makes another module, a little larger or smaller.
  const figures = (/** @type {string} */ table) =>
    [...table.matchAll(/(\d+) kB/g)].map(([, figure]) => Number(figure));
  const withoutFigures = (/** @type {string} */ table) => table.replaceAll(/\d+ kB/g, '');
  const table = process.env.UNDERTONE_WRITE_BYTES ? lines.join('\n') : stated;
  assert.equal(withoutFigures(table), withoutFigures(lines.join('\n')));
  figures(lines.join('\n')).forEach((figure, index) => {
    const said = figures(table)[index];
    assert.ok(Math.abs(said - figure) <= 0.03 * figure, `the README says ${said} kB, and it is ${figure}`);
  });
});
