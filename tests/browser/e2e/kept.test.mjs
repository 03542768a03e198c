// Keeping recordings on this device: only if it is wished, complete, and gone when it is deleted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrived, axe, faults, headline, open, openFiles, settings, suite } from './lib.mjs';

const { server, browser } = await suite();

/** @typedef {import('playwright-core').Page} Page */

/** How many databases this browser keeps for the page. @param {Page} page */
const databases = (page) => page.evaluate(async () => (await indexedDB.databases()).length);
/** Whether the browser would ask before it closes the page. @param {Page} page */
const asks = (page) =>
  page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
/** @param {Page} page @param {RegExp} text */
const says = (page, text) => page.locator('#keep').filter({ hasText: text }).waitFor();

/** @param {Page} page */
async function again(page) {
  await page.reload();
  await page.waitForSelector('html[data-ready][data-offline]');
}

test('nothing is kept unless it is wished; then everything comes back, with its sound, until it is deleted', async () => {
  const { page, context, complaints } = await open(browser, server.address, {
    reducedMotion: 'reduce',
    before: (context) => context.addInitScript(axe),
  });
  assert.equal(await page.locator('#keep-choice').isVisible(), false, 'there is nothing to keep');
  await openFiles(page, settings.speech);
  await arrived(page);
  await says(page, /^Kept in this tab only\. The page asks before you close it\.$/);
  assert.equal(await page.getByRole('checkbox', { name: 'Keep on this device' }).isChecked(), false);
  assert.equal(await databases(page), 0);
  assert.equal(await asks(page), true);

  await page.getByRole('checkbox', { name: 'Keep on this device' }).check();
  await says(page, /^Kept here: one recording, 0\.\d MB\. Others who use this browser can open it\.$/);
  assert.equal(await asks(page), false);
  assert.deepEqual(await faults(page), []);
  const score = await page.locator('#score').innerText();
  await page.getByRole('button', { name: 'Rename recording 1' }).click();
  await page.keyboard.type('The kettle');
  await page.keyboard.press('Enter');
  await openFiles(page, settings.speech);
  await says(page, /^Kept here: 2 recordings/);

  await again(page);
  await page.getByText('Kept on this device: 2 recordings are back.').first().waitFor();
  await page.waitForSelector('#recorder[data-phase="idle"]');
  await page
    .locator('#recordings')
    .getByRole('button', { name: /^Recording 1, The kettle/ })
    .click();
  assert.equal(await page.locator('#score').innerText(), score);
  await page.locator('#take').getByRole('button', { name: 'Listen' }).waitFor();
  assert.equal(await asks(page), false);
  await says(page, /^Kept here: 2 recordings/);

  // What is deleted from the list is deleted here, too.
  await page.getByRole('button', { name: 'Delete recording 1' }).click();
  await says(page, /^Kept here: one recording/);
  await again(page);
  await page.getByText('Kept on this device: one recording is back.').first().waitFor();
  await page.waitForSelector('#recorder[data-phase="idle"]');

  // Whoever opens another part of the page is not taken away from it.
  await page.evaluate(() => {
    location.hash = '#privacy';
  });
  await again(page);
  await page.waitForFunction(() => document.querySelectorAll('#recordings li').length === 1);
  await page.waitForSelector('#recorder[data-phase="idle"]', { state: 'attached' });
  assert.equal(await page.locator('#page-privacy').isVisible(), true);
  assert.match(page.url(), /#privacy$/);
  await page.evaluate(() => {
    location.hash = '#record';
  });

  await page.getByRole('button', { name: 'Delete what is kept' }).click();
  await says(page, /^Kept in this tab only/);
  await page.waitForFunction(async () => !(await indexedDB.databases()).length);
  assert.equal(await asks(page), true, 'it is in no file');
  await again(page);
  assert.equal(await page.locator('#recordings li').count(), 0);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('forgetting everything deletes what is kept; the page about privacy has the switch, too', async () => {
  const { page, context } = await open(browser, server.address, { reducedMotion: 'reduce' });
  await page.evaluate(() => {
    location.hash = '#privacy';
  });
  await page.getByRole('checkbox', { name: 'Keep on this device' }).check();
  await openFiles(page, settings.speech);
  await arrived(page);
  await says(page, /^Kept here: one recording/);
  assert.equal(await databases(page), 1);
  await page.getByRole('button', { name: 'Forget everything' }).click();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await page.waitForFunction(async () => !(await indexedDB.databases()).length);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  assert.equal(await page.locator('#keep-here').isChecked(), false);
  await context.close();
});

test('a browser that keeps nothing says so, and the switch goes back', async () => {
  const { page, context } = await open(browser, server.address, { reducedMotion: 'reduce' });
  await page.evaluate(() => {
    indexedDB.open = () => {
      throw new DOMException('not here', 'SecurityError');
    };
  });
  await openFiles(page, settings.speech);
  await arrived(page);
  await page.getByRole('checkbox', { name: 'Keep on this device' }).click();
  await page
    .locator('#notice')
    .filter({
      hasText: /^The browser does not keep anything here \(SecurityError\)\. Save a file instead\.$/,
    })
    .waitFor();
  assert.equal(await page.getByRole('checkbox', { name: 'Keep on this device' }).isChecked(), false);
  assert.equal(await asks(page), true);
  await headline(page).waitFor();
  await context.close();
});

test('where its room is full the browser keeps what it can, says what it could not, and loses nothing', async () => {
  const { page, context } = await open(browser, server.address, { reducedMotion: 'reduce' });
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    let count = 0;
    IDBObjectStore.prototype.put = function (...values) {
      count += 1;
      if (count > 1) throw new DOMException('full', 'QuotaExceededError');
      return put.apply(this, values);
    };
  });
  await openFiles(page, settings.speech);
  await arrived(page);
  await page.getByRole('checkbox', { name: 'Keep on this device' }).check();
  await says(page, /^Kept here: one recording/);
  await openFiles(page, settings.speech);
  await page
    .locator('#notice')
    .filter({ hasText: /^1 of the recordings could not be kept on this device \(QuotaExceededError\)/ })
    .waitFor();
  assert.equal(await page.getByRole('checkbox', { name: 'Keep on this device' }).isChecked(), true);
  assert.equal(await page.locator('#recordings li').count(), 2);
  assert.equal(await asks(page), true, 'one is in this tab only');
  await again(page);
  await page.getByText('Kept on this device: one recording is back.').first().waitFor();
  await context.close();
});
