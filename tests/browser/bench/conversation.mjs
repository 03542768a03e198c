// How long the page stands still with half an hour of conversation in it, in headless Chromium: `cargo xtask bench --conversation` runs it
// and writes its table into docs/performance.md. Alone: node tests/browser/bench/conversation.mjs [--root DIR] [--sound FILE.wav]
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { browse, open, openFiles, pause, serve, settings, wav } from '../e2e/lib.mjs';
import { samplesOf, talkOf } from '../e2e/sounds.mjs';
import { memory } from './memory.mjs';
import { tasks } from './trace.mjs';

const { values: options } = parseArgs({ options: { root: { type: 'string' }, sound: { type: 'string' } } });
const HALF_HOUR_S = 1_800;
/** A task that a person feels, ms. */
const LONG_MS = 50;
/** Utterances that are looked at one after the other. */
const STEPS = 30;

/** @type {string[]} */
const rows = [];
const server = await serve(options.root);
const browser = await browse();

/**
 * Does something and reports the main thread's tasks meanwhile.
 * @param {import('playwright-core').Page} page
 * @param {string} what
 * @param {() => Promise<unknown>} work
 */
async function row(page, what, work) {
  // The test tool's own script comes into the page once, which takes 90 ms.
  if (page.url() !== 'about:blank') await page.waitForSelector('#recorder');
  const begin = performance.now();
  let seconds = 0;
  const found = await tasks(browser, page, async () => {
    await work();
    seconds = (performance.now() - begin) / 1e3;
    // What is drawn afterwards belongs to it.
    await pause(1_500);
  });
  const long = found.filter((ms) => ms > LONG_MS).sort((a, b) => b - a);
  const list = long.length ? `${long.length}: ${long.map((ms) => ms.toFixed(0)).join(', ')} ms` : 'none';
  rows.push(`| ${what} | ${seconds.toFixed(1)} s | ${Math.max(...found).toFixed(0)} ms | ${list} |`);
  process.stderr.write(`${rows[rows.length - 1]}\n`);
}

/** Waits for a course. Asking is quicker than having the page watched. @param {import('playwright-core').Page} page */
async function course(page) {
  const isThere = () =>
    /** @type {HTMLElement|null} */ (document.querySelector('#recorder'))?.dataset.phase === 'idle' &&
    document.querySelector('#conversation')?.hasAttribute('hidden') === false;
  while (!(await page.evaluate(isThere))) await pause(300);
}

/** Waits until something is said of what is kept. @param {import('playwright-core').Page} page */
async function kept(page) {
  const said = () => document.querySelector('#keep')?.textContent ?? '';
  while (!/[1-9]\d*\.\d MB/.test(await page.evaluate(said))) await pause(300);
}

let said = '';
try {
  const talk = options.sound ?? join(settings.folder, 'talk.wav');
  if (!options.sound) {
    const speech = samplesOf(settings.speech);
    await writeFile(talk, wav(talkOf(speech, HALF_HOUR_S), speech.rate));
  }
  const { page, context } = await open(browser, server.address);
  page.setDefaultTimeout(180_000);
  const { now: empty } = await memory(browser);
  await row(page, 'opened, cut, every utterance and the whole measured', async () => {
    await openFiles(page, talk);
    await course(page);
  });
  const count = await page.locator('#utterances > li').count();
  const { now, most } = await memory(browser);
  await row(page, `${STEPS} utterances looked at, one after the other`, async () => {
    await page.focus('#utterance-course');
    for (let k = 0; k < STEPS; k += 1) await page.keyboard.press('ArrowRight', { delay: 60 });
  });
  await row(page, 'shown as one sound, and as a course again', async () => {
    await page.click('#course-one');
    await pause(700);
    await page.click('#course-offer button');
  });
  await row(page, 'kept on this device', async () => {
    await page.check('#keep-here');
    await kept(page);
  });
  await page.close();
  const next = await context.newPage();
  next.setDefaultTimeout(180_000);
  await row(next, 'the page opened again, with what is kept', async () => {
    await next.goto(server.address);
    await course(next);
  });
  const saved = join(settings.folder, 'talk.json');
  await row(next, 'saved with its sound', async () => {
    await next.click('#save');
    const waiting = next.waitForEvent('download');
    // By its place: looking for a role takes longer than the page may.
    await next.click('.kinds li:has(.note) button');
    await (await waiting).saveAs(saved);
  });
  const { page: fresh } = await open(browser, server.address);
  fresh.setDefaultTimeout(180_000);
  await row(fresh, 'opened from that file', async () => {
    await openFiles(fresh, saved);
    await course(fresh);
  });
  said = `${count} utterances. Memory of the renderer: ${empty} MB with the empty page, ${now} MB with the course, ${most} MB at most.`;
} finally {
  await browser.close();
  server.close();
}
process.stdout.write(
  `| what is done | time | longest task, CPU time | tasks of more than ${LONG_MS} ms |\n|---|---|---|---|\n${rows.join('\n')}\n\n${said}\n`,
);
