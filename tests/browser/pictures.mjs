// Takes the README's pictures: node tests/browser/pictures.mjs, after a change of how the page looks or of the models (and after
// `cargo xtask test`, which writes where the browser is). The voices are espeak-ng's. The fonts are those of the system; P052 and
// Roboto were used, and `pngquant --nofs` made them smaller.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { arrived, browse, open, openFiles, pause, serve, wav } from './e2e/lib.mjs';
import { samplesOf } from './e2e/sounds.mjs';

/** @typedef {import('playwright-core').Page} Page */

const folder = fileURLToPath(new URL('../../docs/images', import.meta.url));
const made = mkdtempSync(join(tmpdir(), 'undertone-pictures-'));

/**
 * A sentence as espeak-ng says it.
 * @param {string} text
 * @param {{speed: number, pitch: number, loudness: number}} manner
 */
function said(text, { speed, pitch, loudness }) {
  const file = join(made, 'said.wav');
  execFileSync('espeak-ng', [
    '-v',
    'en-gb',
    '-s',
    `${speed}`,
    '-p',
    `${pitch}`,
    '-a',
    `${loudness}`,
    '-w',
    file,
    text,
  ]);
  return { ...samplesOf(file), bytes: readFileSync(file) };
}

const FOX = 'The quick brown fox jumps over the lazy dog, and nobody saw it.';
const CALM = { speed: 130, pitch: 25, loudness: 60 };
const EXCITED = { speed: 185, pitch: 85, loudness: 190 };

/** A parent and a child at breakfast, with pauses. */
function breakfast() {
  const parent = { speed: 150, pitch: 25, loudness: 90 };
  const child = { speed: 175, pitch: 95, loudness: 130 };
  const lines = /** @type {[typeof parent, string][]} */ ([
    [parent, 'Good morning, did you sleep well tonight?'],
    [child, 'I had a dream about a very big whale!'],
    [parent, 'A whale, was it a friendly one then?'],
    [child, 'It could fly, and it was singing to everybody!'],
    [parent, 'Would you like porridge or bread today?'],
    [child, 'Yes!'],
    [child, 'Bread with a lot of cheese on top, please.'],
    [parent, 'The cheese is still in the refrigerator.'],
    [child, 'Can I cut it myself with the big knife?'],
    [parent, 'With the small one, and slowly please.'],
    [child, 'Look, I made a star out of the cheese!'],
    [parent, 'That is a lovely star, well done.'],
    [child, 'May I take it to school and show it?'],
    [parent, 'Then we had better find a box for it.'],
    [child, 'The blue box with the little elephant!'],
    [parent, 'It is raining, so take your boots along.'],
  ]);
  const pieces = lines.map(([manner, text]) => said(text, manner));
  const { rate } = pieces[0];
  const quiet = Math.round(1.1 * rate);
  const total = pieces.reduce((sum, { samples }) => sum + samples.length + quiet, quiet);
  // A quiet room.
  const sound = Float32Array.from({ length: total }, (_, k) => 0.0005 * Math.sin(k * k));
  let at = quiet;
  for (const { samples } of pieces) {
    samples.forEach((value, k) => (sound[at + k] += value));
    at += samples.length + quiet;
  }
  return {
    bytes: Buffer.from(wav(sound, rate)),
    voices: lines.map(([manner]) => (manner === parent ? 1 : 2)),
  };
}

/** @param {Page} page @param {string} name @param {Buffer} buffer */
async function opened(page, name, buffer) {
  await openFiles(page, { name, mimeType: 'audio/wav', buffer });
  await page.waitForSelector('#recorder[data-phase="idle"]', { timeout: 60_000 });
}

/** The fox in two manners. @param {Page} page @param {[string, string]} names */
async function foxes(page, names) {
  for (const [i, manner] of [CALM, EXCITED].entries()) {
    await opened(page, `${names[i]}.wav`, said(FOX, manner).bytes);
    await arrived(page);
  }
  await page.evaluate(async (names) => {
    const { get, set } = await import(`${location.origin}/www/shell/state.js`);
    set({
      recordings: get().recordings.map((/** @type {any} */ one, /** @type {number} */ i) => ({
        ...one,
        name: names[i],
      })),
    });
  }, names);
}

/** @param {Page} page @param {string} name @param {boolean} [whole] */
async function taken(page, name, whole = false) {
  await page.evaluate(() => document.fonts.ready);
  // What moves has come to rest.
  await pause(1_500);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: whole });
}

const server = await serve();
const browser = await browse();
try {
  const desk = { colorScheme: /** @type {const} */ ('light') };
  {
    const { page, context } = await open(browser, server.address, {
      ...desk,
      viewport: { width: 1440, height: 1230 },
    });
    await foxes(page, ['The fox, calmly', 'The fox, excited']);
    await taken(page, 'result');
    await page.evaluate(() => (location.hash = 'learn/5'));
    await page.waitForSelector('#learn-figure canvas');
    await page.setViewportSize({ width: 1440, height: 1000 });
    await taken(page, 'learn');
    await context.close();
  }
  {
    const { page, context } = await open(browser, server.address, {
      viewport: { width: 360, height: 740 },
      deviceScaleFactor: 2,
      hasTouch: true,
      isMobile: true,
      colorScheme: 'dark',
      locale: 'da-DK',
    });
    await foxes(page, ['Ræven, roligt', 'Ræven, livligt']);
    await page.evaluate(() => scrollTo(0, 0));
    await taken(page, 'phone-dark-danish');
    await context.close();
  }
  {
    const { page, context } = await open(browser, server.address, {
      ...desk,
      viewport: { width: 1280, height: 1010 },
    });
    const { bytes, voices } = breakfast();
    await opened(page, 'breakfast.wav', bytes);
    await page.waitForSelector('#conversation:not([hidden])', { timeout: 60_000 });
    await page.evaluate(async (voices) => {
      const { changeCourse, current } = await import(`${location.origin}/www/shell/state.js`);
      const { number, course } = current();
      const named = course.utterances.map((/** @type {any} */ one, /** @type {number} */ i) => ({
        ...one,
        voice: voices[i],
      }));
      changeCourse(number, { voices: ['parent', 'child'], utterances: named, chosen: 9 });
      scrollTo(0, 0);
    }, voices);
    await taken(page, 'conversation');
    console.log(
      await page.locator('#utterance-course').getByRole('option').count(),
      'utterances of',
      voices.length,
    );
    await context.close();
  }
} finally {
  await browser.close();
  server.close();
}
