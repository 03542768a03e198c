// Much in one page, in headless Chromium: a WAV of 560 MB, 500 recordings, and half an hour of speech after them. Memory of the renderer
// is read from Linux's process table. `cargo xtask load` runs it: node tests/browser/load/page.mjs LARGE.wav UNDERTONE [RECORDINGS]
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { memory } from '../bench/memory.mjs';
import { browse, open, openFiles, serve, settings, wav } from '../e2e/lib.mjs';
import { samplesOf, sentence, talkOf } from '../e2e/sounds.mjs';

const [large, undertone, wished = '500'] = process.argv.slice(2);
const RECORDINGS = Number(wished);
/** So many are opened at a time. */
const BATCH = 50;
const HALF_HOUR_S = 1_800;
/** What the page may hold more, MB, for each of the later recordings than for each of the first. */
const MAY_GROW = 1.25;

const rows = [''];
/** @param {string[]} cells */
const row = (...cells) => {
  rows.push(`| ${cells.join(' | ')} |`);
  process.stderr.write(`${cells.join(' · ')}\n`);
};

/** @typedef {import('playwright-core').Page} Page */

/** Waits for the end of what is under way, with memory read so many times a minute. @param {import('playwright-core').Browser} browser @param {Page} page */
async function ended(browser, page) {
  const read = [];
  for (;;) {
    const isOver = await page
      .waitForSelector('#recorder[data-phase="idle"]', { timeout: 2_000 })
      .then(() => true)
      .catch(() => false);
    read.push((await memory(browser)).now);
    if (isOver) return read;
  }
}

/** What is listed: name, length, score, and the utterances' scores. @param {Page} page */
const listed = (page) =>
  page.evaluate(async () => {
    const { get } = /** @type {typeof import('../../../www/shell/state.js')} */ (
      await import(`${location.origin}/www/shell/state.js`)
    );
    return get().recordings.map(({ file, seconds, analysis, course, notices, problem }) => ({
      file,
      seconds,
      score: analysis?.activation ?? null,
      utterances: course?.asOne === false ? course.utterances.length : null,
      notices: notices.map(({ key }) => key),
      problem: problem?.kind ?? null,
    }));
  });

/** Opens files, and says how long it took, s. @param {import('playwright-core').Browser} browser @param {Page} page @param {string[]} files */
async function bring(browser, page, files) {
  const begin = performance.now();
  await openFiles(page, files);
  await page.waitForSelector('#recorder[data-phase="working"]', { timeout: 60_000 });
  const read = await ended(browser, page);
  return { seconds: (performance.now() - begin) / 1e3, read };
}

/** What the command line makes of files, by name. @param {string[]} files @returns {Promise<any[]>} */
async function scores(files) {
  const list = join(settings.folder, 'list.txt');
  await writeFile(list, files.join('\n'));
  const options = { maxBuffer: 2 ** 30 };
  const { stdout } = await promisify(execFile)(undertone, ['score', '--json', '--files-from', list], options);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const spoken = samplesOf(settings.speech);
const { rate } = spoken;
const server = await serve();
const browser = await browse();
try {
  {
    const { page, context, complaints } = await open(browser, server.address, { reducedMotion: 'reduce' });
    const before = await memory(browser);
    const { seconds } = await bring(browser, page, [large]);
    const [found] = await listed(page);
    assert.equal(found.seconds, HALF_HOUR_S);
    assert.deepEqual(found.notices, ['file.long']);
    assert.equal(found.problem, null);
    assert.deepEqual(await complaints(), []);
    const after = await memory(browser);
    row(
      'the same file in the page, which measures its first half hour',
      `${seconds.toFixed(0)} s`,
      `${after.most} MB (${before.now} before it, ${after.now} after it)`,
      'the rest is said to be left out',
    );
    await context.close();
  }

  const { page, complaints } = await open(browser, server.address, { reducedMotion: 'reduce' });
  const folder = join(settings.folder, 'sounds');
  await mkdir(folder, { recursive: true });
  const files = [];
  for (let k = 0; k < RECORDINGS; k += 1) {
    const file = join(folder, `${String(k).padStart(4, '0')}.wav`);
    await writeFile(file, wav(sentence(spoken, 0.8 + (0.45 * k) / RECORDINGS), rate));
    files.push(file);
  }
  const read = [(await memory(browser)).now];
  const times = [];
  for (let k = 0; k < RECORDINGS; k += BATCH) {
    const { seconds } = await bring(browser, page, files.slice(k, k + BATCH));
    times.push(seconds);
    read.push((await memory(browser)).now);
  }
  const all = await listed(page);
  assert.equal(all.length, RECORDINGS);
  const expected = await scores(files);
  all.forEach(({ score, file }, i) => assert.equal(score, expected[i].activation, file));
  const length = all.reduce((sum, { seconds }) => sum + seconds, 0) / RECORDINGS;
  const half = Math.floor(read.length / 2);
  const perRecording = (/** @type {number} */ from, /** @type {number} */ to) =>
    (read[to] - read[from]) / (BATCH * (to - from));
  row(
    `${RECORDINGS} recordings of ${length.toFixed(1)} s in one page, ${BATCH} at a time`,
    `${times.reduce((sum, one) => sum + one, 0).toFixed(0)} s (first ${times[0].toFixed(1)}, last ${times[times.length - 1].toFixed(1)})`,
    `${read.join(', ')} MB`,
    `each has the score that the command line gives its file, in every digit; ${perRecording(half, read.length - 1).toFixed(2)} MB for a recording in the second half`,
  );
  assert.ok(
    perRecording(half, read.length - 1) <= Math.max(1, MAY_GROW * perRecording(1, half)),
    `memory grows: ${read.join(', ')} MB`,
  );

  const talk = join(settings.folder, 'talk.wav');
  await writeFile(talk, wav(talkOf(spoken, HALF_HOUR_S), rate));
  const { seconds, read: meanwhile } = await bring(browser, page, [talk]);
  const found = (await listed(page))[RECORDINGS];
  const options = { maxBuffer: 2 ** 30 };
  const { stdout } = await promisify(execFile)(undertone, ['score', '--utterances', '--json', talk], options);
  assert.equal(found.utterances, stdout.trim().split('\n').length);
  const tenth = meanwhile.filter((_, k) => k % Math.ceil(meanwhile.length / 8) === 0);
  row(
    'half an hour of speech as a course, after them in the same page',
    `${seconds.toFixed(0)} s`,
    `${tenth.join(', ')} MB`,
    `${found.utterances} utterances, as many as the command line finds`,
  );
  // Everything is let go.
  await page.getByRole('button', { name: 'Forget everything' }).first().click();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await page.waitForFunction(() => !document.querySelectorAll('#recordings li').length);
  const again = await bring(browser, page, files.slice(0, BATCH));
  const after = await memory(browser);
  row(
    `then everything forgotten, and the first ${BATCH} again`,
    `${again.seconds.toFixed(0)} s`,
    `${after.now} MB`,
    'the same scores',
  );
  assert.deepEqual(
    (await listed(page)).map(({ score }) => score),
    all.slice(0, BATCH).map(({ score }) => score),
  );
  assert.deepEqual(await complaints(), []);
} finally {
  await browser.close();
  server.close();
}
process.stdout.write(`${rows.slice(1).join('\n')}\n`);
