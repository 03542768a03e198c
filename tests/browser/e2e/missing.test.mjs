// Parts of the page that are missing, cut off, damaged, or of another version: what is wrong is said in a sentence, with a way out,
// and what does not need the part goes on working.
import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { arrived, copied, headline, open, openFiles, page as top, serve, settings, suite } from './lib.mjs';

const { server, browser } = await suite({ speech: settings.speech, allow: true });

/** @typedef {import('playwright-core').Page} Page */

/**
 * Opens the page with one of its files changed; nothing if the file is to be missing.
 * @param {string} file
 * @param {(text: string) => string|null} change
 * @param {(page: Page, context: import('playwright-core').BrowserContext) => Promise<void>} look
 */
async function without(file, change, look) {
  // A worker would keep what it once had.
  const context = await browser.newContext({ locale: 'en-GB', serviceWorkers: 'block' });
  const page = await context.newPage();
  await context.route(`**/${file}`, async (route) => {
    const body = change(await readFile(join(top, file), 'utf8'));
    if (body === null) return route.fulfill({ status: 404 });
    await route.fulfill({ contentType: 'text/javascript; charset=utf-8', body });
  });
  await page.goto(server.address);
  await look(page, context);
  await context.close();
}

/** @param {Page} page @param {RegExp} text */
const says = (page, text) => headline(page).filter({ hasText: text }).waitFor({ timeout: 15_000 });
/** @param {Page} page @param {string} name */
const offers = (page, name) => page.getByRole('button', { name, exact: true }).first().waitFor();

/** The first half of a script, as a connection leaves it that breaks. @param {string} text */
const half = (text) => text.slice(0, text.length / 2);
const gone = () => null;

/** The string of a script module. @param {string} text */
function stringOf(text) {
  const from = text.indexOf('"');
  const to = text.lastIndexOf('"');
  return { before: text.slice(0, from + 1), string: text.slice(from + 1, to), after: text.slice(to) };
}
/** A script module whose bytes are cut off, and which is whole as a script. @param {string} text */
function cut(text) {
  const { before, string, after } = stringOf(text);
  let end = string.length >> 1;
  // Not within an escape.
  while (/\\[^\\]{0,5}$/.test(string.slice(0, end))) end -= 1;
  return before + string.slice(0, end) + after;
}
/** A script module of which two of the last bytes have changed places. @param {string} text */
function damaged(text) {
  const { before, string, after } = stringOf(text);
  const letters = Array.from(string);
  const at = letters.findLastIndex(
    (one, k) =>
      /[a-z]/.test(one) && /[a-z]/.test(letters[k - 1]) && one !== letters[k - 1] && letters[k - 2] !== '\\',
  );
  [letters[at - 1], letters[at]] = [letters[at], letters[at - 1]];
  return before + letters.join('') + after;
}

const NOT_LOADED = (/** @type {string} */ part) =>
  new RegExp(`^A part of the page could not be loaded \\(${part.replaceAll('.', '\\.')}\\)\\.$`);

for (const [file, change] of /** @type {[string, (text: string) => string|null][]} */ ([
  ['pkg/undertone.js', gone],
  ['pkg/undertone-wasm.js', half],
  ['pkg/models-shared.js', half],
]))
  test(`${file}, ${change === gone ? 'missing' : 'cut off in the middle'}, is named, and a reload brings it`, () =>
    without(file, change, async (page, context) => {
      await says(page, NOT_LOADED(file.slice(4)));
      await context.unrouteAll();
      await page.getByRole('button', { name: 'Reload' }).click();
      await page.waitForSelector('html[data-ready="true"]');
    }));

test('a measuring part that is cut off is not called missing', () =>
  without('pkg/undertone-wasm.js', cut, async (page) => {
    await says(page, /^All of the page is here, but its measuring part does not start\.$/);
    await offers(page, 'Reload');
  }));

for (const [what, file, change] of /** @type {[string, string, (text: string) => string][]} */ ([
  ['damaged', 'pkg/model-metric-act.js', damaged],
  ['of another version than what all share', 'pkg/models-shared.js', damaged],
]))
  test(`a model that is ${what} is refused in words, and another one can be chosen`, () =>
    without(file, change, async (page) => {
      await says(page, /^The model does not fit this version of the page \(model_packed\)\.$/);
      await page.getByText('choose another model').waitFor();
      await offers(page, 'Reload');
      if (file.includes('shared')) return;
      await page.waitForSelector('html[data-ready]');
      await page.getByRole('combobox', { name: 'Model' }).selectOption('unsupervised');
      await page.waitForSelector('html[data-ready="true"]');
      assert.equal(new URL(page.url()).searchParams.get('model'), 'unsupervised');
      await openFiles(page, settings.speech);
      await arrived(page);
    }));

test('a damaged model that is chosen later leaves the one that is there', () =>
  without('pkg/model-metric-val.js', damaged, async (page) => {
    await page.waitForSelector('html[data-ready="true"]');
    await openFiles(page, settings.speech);
    await arrived(page);
    await page.getByRole('combobox', { name: 'Model' }).selectOption('metric-val');
    await says(page, /^The model does not fit this version of the page \(model_packed\)\.$/);
    assert.equal(await page.getByRole('combobox', { name: 'Model' }).inputValue(), 'metric-act');
    assert.equal(await page.locator('#recordings li').count(), 1);
  }));

test('the part that reads files, cut off, is to blame and not the file; recording goes on', () =>
  without('pkg/reader-wasm.js', cut, async (page) => {
    await page.waitForSelector('html[data-ready="true"]');
    await openFiles(page, settings.speech);
    await says(page, /^All of the page is here, but its measuring part does not start\.$/);
    assert.equal(await page.locator('#queue li').count(), 0);
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.waitForSelector('#recorder[data-phase="recording"]');
    await page.waitForTimeout(2_500);
    await page.getByRole('button', { name: 'Stop recording' }).click();
    await arrived(page);
  }));

test('a part that nobody waits for is missing: it is said, and recording goes on', () =>
  without('www/session/save.js', gone, async (page) => {
    await says(page, NOT_LOADED('further-parts.js'));
    await offers(page, 'Reload');
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.waitForSelector('#recorder[data-phase="recording"]');
  }));

test('the lesson is missing: it is said where it is wanted', () =>
  without('www/learn/lesson.js', gone, async (page) => {
    await page.waitForSelector('html[data-ready="true"]');
    await page.getByRole('link', { name: 'Learn' }).first().click();
    await says(page, NOT_LOADED('lesson.js'));
    await offers(page, 'Reload');
    await openFiles(page, settings.speech);
    await arrived(page);
  }));

test('a page that cannot begin says what to do, in three languages', () =>
  without('www/shell/dom.js', gone, async (page) => {
    const words = page.locator('.from-disk');
    assert.equal(await words.isVisible(), false, 'not while it may still begin');
    await words.getByText('a part of the page did not come. Reload it.').waitFor();
    for (const language of ['da', 'de']) await words.locator(`[lang="${language}"]`).waitFor();
  }));

test('a worklet that the host does not have leaves files working', async (t) => {
  // It is loaded past what a test can put in its place, so the host has to be without it.
  const copy = await copied();
  await rm(join(copy, 'www/sound/capture-worklet.js'));
  const host = await serve(copy);
  t.after(() => host.close());
  const context = await browser.newContext({ locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(host.address);
  await says(page, /^Recording is blocked here, but files work\.$/);
  await offers(page, 'Reload');
  await openFiles(page, settings.speech);
  await arrived(page);
  await context.close();
});

test('an older version that a worker keeps is whole, and goes on without what the browser has thrown away', async () => {
  const { page, context, complaints } = await open(browser, server.address);
  // The browser may throw away what it keeps while the worker stays: the page then comes from its host.
  for (const wish of ['one', 'all']) {
    await page.evaluate(async (wish) => {
      const [name] = await caches.keys();
      const cache = await caches.open(name);
      if (wish === 'all') await caches.delete(name);
      else for (const { url } of await cache.keys()) if (url.includes('/pkg/')) await cache.delete(url);
    }, wish);
    await page.reload();
    await page.waitForSelector('html[data-ready="true"][data-offline]');
    await openFiles(page, settings.speech);
    await arrived(page);
  }
  assert.deepEqual(await complaints(), []);
  await context.close();
});
