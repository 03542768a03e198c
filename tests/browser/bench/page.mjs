// How fast the page is, in headless Chromium: `cargo xtask bench --page` runs it and writes its table into
// docs/performance.md. Alone: node tests/browser/bench/page.mjs [--root DIR] [--rounds N]
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { browse, open, openFiles, pause, serve, settings, wav } from '../e2e/lib.mjs';
import { tasks } from './trace.mjs';

const { values: options } = parseArgs({ options: { root: { type: 'string' }, rounds: { type: 'string' } } });
const ROUNDS = Number(options.rounds ?? 7);
/** Rates of a microphone and of most files. */
const RATE_HZ = 48_000;
const LONG_FILE_S = 600;

/**
 * A row of the table: what was measured, in which unit, and the single values.
 * @typedef {{what: string, unit: string, values: number[]}} Row
 */
/** @type {Row[]} */
const rows = [];
/** @param {string} what @param {string} unit @param {number[]} values */
function report(what, unit, values) {
  rows.push({ what, unit, values });
  process.stderr.write(`${what}: ${values.map((value) => value.toFixed(1)).join(' ')} ${unit}\n`);
}

/** @param {number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** The samples of a 16-bit mono WAV file. @param {string} file */
async function samplesOf(file) {
  const bytes = await readFile(file);
  const data = bytes.indexOf('data') + 8;
  const count = (bytes.length - data) >> 1;
  const samples = Float32Array.from({ length: count }, (_, k) => bytes.readInt16LE(data + 2 * k) / 32768);
  return { samples, rateHz: bytes.readUInt32LE(24) };
}

/** Speech of any length at any rate: the spoken sentence again and again. @param {number} seconds */
async function speech(seconds) {
  const { samples, rateHz } = await samplesOf(settings.speech);
  return Float32Array.from({ length: seconds * RATE_HZ }, (_, k) => {
    const at = (k * rateHz) / RATE_HZ;
    const [before, after] = [Math.floor(at), Math.floor(at) + 1].map((n) => samples[n % samples.length]);
    return before + (after - before) * (at % 1);
  });
}

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').CDPSession} Session */

/** CPU time of the page's main thread so far, s. @param {Session} session */
async function threadSeconds(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'ThreadTime')?.value ?? NaN;
}

/** @param {Page} page */
async function session(page) {
  const made = await page.context().newCDPSession(page);
  await made.send('Performance.enable', { timeDomain: 'threadTicks' });
  return made;
}

/**
 * CPU time from a closed sound to its first score, by the page's own module, ms.
 * @param {Page} page
 * @param {number} seconds
 */
async function computing(page, seconds) {
  const sound = Buffer.from((await speech(seconds)).buffer).toString('base64');
  const metrics = await session(page);
  await page.evaluate(async (base64) => {
    const { ready } = await import(`${location.origin}/www/engine/engine.js`);
    const { wasm, model } = await ready();
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const samples = new Float32Array(bytes.buffer);
    const take = new wasm.Take(48_000);
    take.push(samples);
    take.close();
    Object.assign(window, {
      toFirstScore() {
        const analyser = new wasm.Analyser(take);
        let found = analyser.levelled?.();
        for (let share = 0; share < 1 && !found;) {
          share = analyser.step(8);
          found = analyser.levelled?.();
        }
        found ??= analyser.measures();
        model.predict(Float32Array.from(Object.values(found.model_features)));
        analyser.free();
      },
    });
  }, sound);
  const times = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const begin = await threadSeconds(metrics);
    await page.evaluate('toFirstScore()');
    times.push(1e3 * ((await threadSeconds(metrics)) - begin));
  }
  // The first run compiles.
  return times.slice(1);
}

/** Records, and looks at the main thread meanwhile. @param {Page} page @param {Session} metrics @param {number} seconds */
async function record(page, metrics, seconds) {
  await page.click('#record');
  await page.waitForSelector('#recorder[data-phase="recording"]');
  await pause(1_000 * Math.max(0, seconds - 4));
  const [begin, from] = [await threadSeconds(metrics), performance.now()];
  await pause(4_000);
  return (100 * ((await threadSeconds(metrics)) - begin)) / ((performance.now() - from) / 1e3);
}

/**
 * Stops the recording: ms from the click until sentence, scale and map are painted, and until everything is there.
 * @param {Page} page
 */
function stop(page) {
  return page.evaluate(
    () =>
      /** @type {Promise<{painted: number, finished: number}>} */ (
        new Promise((resolve) => {
          const painted = (/** @type {() => void} */ then) =>
            requestAnimationFrame(() => {
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = then;
              port2.postMessage(null);
            });
          const list = /** @type {Element} */ (document.querySelector('#recordings'));
          const recorder = /** @type {HTMLElement} */ (document.querySelector('#recorder'));
          const before = list.childElementCount;
          const begin = performance.now();
          const times = { painted: 0, finished: 0 };
          const looks = new MutationObserver(() => {
            if (!times.painted && list.childElementCount > before) {
              times.painted = -1;
              painted(() => (times.painted = performance.now() - begin));
            }
            if (times.painted && recorder.dataset.phase === 'idle') {
              looks.disconnect();
              painted(() => {
                times.finished = performance.now() - begin;
                resolve(times);
              });
            }
          });
          looks.observe(document, { subtree: true, childList: true, attributes: true });
          /** @type {HTMLElement} */ (document.querySelector('#record')).click();
        })
      ),
  );
}

/** CPU time of the main thread until the page can record and score, with 4 × throttling, s. */
async function readyThrottled(
  /** @type {import('playwright-core').Browser} */ browser,
  /** @type {string} */ address,
) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const metrics = await session(page);
  await metrics.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.goto(address, { waitUntil: 'commit' });
  // The map is drawn as soon as the engine is there.
  await page.waitForFunction(() => {
    const map = document.querySelector('#map canvas');
    return map instanceof HTMLCanvasElement && map.width !== 300;
  });
  const seconds = await threadSeconds(metrics);
  await context.close();
  return seconds;
}

const sound = join(settings.folder, 'bench-speech.wav');
await writeFile(sound, wav(await speech(70), RATE_HZ));
const server = await serve(options.root);
const browser = await browse({ speech: sound, allow: true });
try {
  const ready = [];
  for (let round = 0; round < ROUNDS; round += 1) ready.push(await readyThrottled(browser, server.address));
  report('ready to record and score, 4 × CPU throttling, CPU time of the main thread', 's', ready);

  const { page } = await open(browser, server.address);
  for (const seconds of [5, 60])
    report(
      `from stop to the first score, ${seconds} s recorded, CPU time`,
      'ms',
      await computing(page, seconds),
    );

  const metrics = await session(page);
  const shares = [];
  /** @type {Awaited<ReturnType<typeof stop>>[]} */
  const stops = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    shares.push(await record(page, metrics, 5));
    stops.push(await stop(page));
    await pause(1_000);
  }
  report('main thread while recording, second 1 to 5', '%', shares);
  const of = (/** @type {'painted'|'finished'} */ what) => stops.map((times) => times[what]);
  report('click on stop until sentence, scale and map are painted, 5 s', 'ms', of('painted'));
  report('click on stop until everything is there, 5 s', 'ms', of('finished'));
  report('main thread while recording, second 54 to 58', '%', [await record(page, metrics, 58)]);
  const last = await stop(page);
  report('click on stop until sentence, scale and map are painted, 58 s', 'ms', [last.painted]);

  const long = join(settings.folder, 'bench-long.wav');
  await writeFile(long, wav(await speech(LONG_FILE_S), RATE_HZ));
  const mp3 = await readFile(new URL('../../fixtures/voice.mp3', import.meta.url));
  const times = Math.ceil(LONG_FILE_S / (await secondsOf(page, mp3)));
  const mp3s = join(settings.folder, 'bench-long.mp3');
  await writeFile(mp3s, Buffer.concat(Array.from({ length: times }, () => mp3)));
  for (const [kind, file] of [
    ['WAV, 48 kHz', long],
    ['MP3', mp3s],
  ]) {
    const longest = [];
    for (let round = 0; round < Math.min(3, ROUNDS); round += 1) {
      const { page, context } = await open(browser, server.address);
      const during = await tasks(browser, page, async () => {
        await openFiles(page, file);
        await page.waitForSelector('#result[data-state="result"]', { timeout: 120_000 });
        await page.waitForSelector('#recorder[data-phase="idle"]', { timeout: 120_000 });
        await pause(1_000);
      });
      longest.push(Math.max(...during));
      await context.close();
    }
    report(`longest task while a 10-minute file is opened and measured, ${kind}, CPU time`, 'ms', longest);
  }
} finally {
  await browser.close();
  server.close();
}

/** @param {Page} page @param {Buffer} file */
function secondsOf(page, file) {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const decoder = new OfflineAudioContext({ numberOfChannels: 1, length: 1, sampleRate: 48_000 });
    return (await decoder.decodeAudioData(bytes.buffer)).duration;
  }, file.toString('base64'));
}

const version = await new Promise((resolve) =>
  execFile(settings.chromium, ['--version'], (_, out) => resolve(out.trim())),
);
const digits = (/** @type {number} */ value) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
process.stdout.write(
  [
    `In headless ${version}:`,
    '',
    '| page | median | least … most | runs |',
    '|---|---|---|---|',
    ...rows.map(
      ({ what, unit, values }) =>
        `| ${what} | ${digits(median(values))} ${unit} | ${digits(Math.min(...values))} … ${digits(Math.max(...values))} | ${values.length} |`,
    ),
    '',
  ].join('\n'),
);
