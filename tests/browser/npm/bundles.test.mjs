// The package in bundles by Vite, webpack and esbuild, without a plug-in: on the main thread and in a worker, and features by themselves.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { browsed } from '../e2e/lib.mjs';
import { consumer, hosted, imported, node, peer, resultOf, voice } from './lib.mjs';

const RATE_HZ = 16_000;
const SECONDS = 1.5;

const browser = await browsed();
const folder = await consumer('bundles');
const host = await hosted(folder);

const undertone = await imported(folder);
const samples = voice(RATE_HZ, SECONDS);
const expected = JSON.parse(
  JSON.stringify({
    features: await undertone.extract(samples, RATE_HZ),
    score: (await undertone.score(samples, RATE_HZ)).activation,
  }),
);

const SOURCES = {
  'sound.js': `export const rateHz = ${RATE_HZ};\n${voice}\nexport const samples = voice(rateHz, ${SECONDS});\n`,
  'work.js': `import { extract, score } from 'undertone';
export const work = async (samples, rateHz) =>
  JSON.parse(JSON.stringify({ features: await extract(samples, rateHz), score: (await score(samples, rateHz)).activation }));
`,
  'worker.js': `import { work } from './work.js';
onmessage = async ({ data: [samples, rateHz] }) => postMessage(await work(samples, rateHz));
`,
  'main.js': `import { createTap } from 'undertone/worklet';
import { rateHz, samples } from './sound.js';
import { work } from './work.js';
const inWorker = new Promise((resolve, reject) => {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = reject;
  worker.postMessage([samples, rateHz]);
});
const context = new OfflineAudioContext(1, rateHz, rateHz);
const tapped = [];
const tap = await createTap(context, (piece) => tapped.push(...piece));
const buffer = new AudioBuffer({ length: rateHz, sampleRate: rateHz });
buffer.copyToChannel(samples.subarray(0, rateHz), 0);
const source = new AudioBufferSourceNode(context, { buffer });
source.connect(tap.node);
source.start();
await context.startRendering();
await tap.stop();
const same = tapped.length === rateHz && tapped.every((value, k) => value === samples[k]);
window.result = { here: await work(samples, rateHz), worker: await inWorker, same };
`,
  'alone.js': `import { extract } from 'undertone/features';
import { rateHz, samples } from './sound.js';
window.result = JSON.parse(JSON.stringify(await extract(samples, rateHz)));
`,
  'index.html':
    '<!doctype html><meta charset="utf-8"><title>all</title><script type="module" src="./main.js"></script>',
  'alone.html':
    '<!doctype html><meta charset="utf-8"><title>alone</title><script type="module" src="./alone.js"></script>',
};
for (const [name, text] of Object.entries(SOURCES)) await writeFile(join(folder, name), text);

/** Sizes of the scripts in a folder, in bytes. @param {string} name */
async function bytesOf(name) {
  const entries = await readdir(join(folder, name), { recursive: true, withFileTypes: true });
  const scripts = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.js'));
  const texts = await Promise.all(scripts.map((entry) => readFile(join(entry.parentPath, entry.name))));
  return texts.reduce((sum, { length }) => sum + length, 0);
}

/** A bundle with all, and one with the features alone. @param {string} all @param {string} alone */
async function tried(all, alone) {
  const { here, worker, same } = await resultOf(browser, `${host.address}/${all}`);
  assert.deepEqual(here, expected);
  assert.deepEqual(worker, expected);
  assert.ok(same, 'the samples of the worklet');
  assert.deepEqual(await resultOf(browser, `${host.address}/${alone}`), expected.features);
}

/** Features alone are the small module and little else: the other has more than 390 kB. @param {number} bytes */
const isSmall = (bytes) => assert.ok(bytes > 190_000 && bytes < 260_000, `${bytes} bytes`);

/** @param {string} script  runs in the folder, in a process of its own */
async function build(script) {
  await writeFile(join(folder, 'build.mjs'), script);
  await node(folder, 'build.mjs').catch(({ stdout, stderr }) => assert.fail(`${stdout}\n${stderr}`));
}

test('Vite', async () => {
  await build(`import { build } from ${JSON.stringify(peer('vite/dist/node/index.js'))};
for (const [page, outDir] of [['index.html', 'vite-all'], ['alone.html', 'vite-alone']])
  await build({ configFile: false, logLevel: 'error', base: './', build: { outDir, target: 'es2022', rolldownOptions: { input: page } } });
`);
  await tried('vite-all/index.html', 'vite-alone/alone.html');
  isSmall(await bytesOf('vite-alone'));
});

test('webpack', async () => {
  await build(`import webpack from ${JSON.stringify(peer('webpack/lib/index.js'))};
for (const [name, entry] of [['all', './main.js'], ['alone', './alone.js']])
  await new Promise((resolve, reject) => {
    const output = { path: new URL('webpack-' + name, import.meta.url).pathname, filename: 'main.js' };
    webpack({ mode: 'production', performance: { hints: false }, entry, output, context: process.cwd() }, (error, stats) => {
      if (error || stats.hasErrors() || stats.hasWarnings()) reject(error ?? new Error(stats.toString()));
      else resolve();
    });
  });
`);
  // As many pages are: without a charset, and with a classic script.
  for (const name of ['all', 'alone'])
    await writeFile(
      join(folder, `webpack-${name}`, 'index.html'),
      `<!doctype html><title>${name}</title><script defer src="main.js"></script>`,
    );
  await tried('webpack-all/index.html', 'webpack-alone/index.html');
  isSmall(await bytesOf('webpack-alone'));
});

test('esbuild, which knows neither workers nor addresses: in one file each', async () => {
  const script = SOURCES['main.js']
    .replace("new URL('./worker.js', import.meta.url)", "'worker.js'")
    .replace('tapped.push(...piece))', "tapped.push(...piece), { processorUrl: 'worklet-processor.js' })");
  await writeFile(join(folder, 'main-esbuild.js'), script);
  mkdirSync(join(folder, 'esbuild-all'), { recursive: true });
  const processor = join(folder, 'node_modules/undertone/lib/worklet-processor.js');
  await build(`import { copyFile, cp } from 'node:fs/promises';
import { build } from ${JSON.stringify(peer('esbuild/lib/main.js'))};
const options = { bundle: true, minify: true, format: 'esm', target: 'es2022', logLevel: 'warning' };
await build({ ...options, entryPoints: { main: 'main-esbuild.js', worker: 'worker.js' }, outdir: 'esbuild-all' });
await build({ ...options, entryPoints: { alone: 'alone.js' }, outdir: 'esbuild-alone' });
await copyFile('index.html', 'esbuild-all/index.html');
await copyFile('alone.html', 'esbuild-alone/alone.html');
await copyFile(${JSON.stringify(processor)}, 'esbuild-all/worklet-processor.js');
`);
  await tried('esbuild-all/index.html', 'esbuild-alone/alone.html');
  isSmall(await bytesOf('esbuild-alone'));
});
