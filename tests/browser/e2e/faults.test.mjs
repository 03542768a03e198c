// What goes wrong in the middle: the microphone is taken away, storage is full or emptied. Nothing recorded is lost, and
// it is said in a sentence.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrived, browse, open, openFiles, pause, served, settings } from './lib.mjs';

const server = await served();

/** @typedef {import('playwright-core').Page} Page */

/**
 * @param {Parameters<typeof browse>[0]} wish
 * @param {(browser: import('playwright-core').Browser) => Promise<void>} work
 */
async function within(wish, work) {
  const browser = await browse(wish);
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

/** Records for three seconds, of a speaker who goes on for longer. @param {Page} page */
async function begin(page) {
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.waitForSelector('#recorder[data-phase="recording"]');
  await pause(3_000);
}

/** What was heard is measured, listed, can be heard again, and the page says why it ended. @param {Page} page */
async function isKept(page) {
  await arrived(page);
  assert.equal(await page.locator('#recordings li').count(), 1);
  await page.getByText('The microphone went away. What was heard until then is kept.').waitFor();
  const seconds = Number(/([\d.]+) s/.exec(await page.locator('#take-note').innerText())?.[1]);
  assert.ok(seconds > 2 && seconds < 8, `${seconds} s`);
  assert.equal(await page.locator('#mic-state').innerText(), 'Microphone off');
  await page.locator('#take').getByRole('button', { name: 'Listen' }).waitFor();
  // The way on: the next recording begins as the first did.
  await page.getByRole('button', { name: 'Record again', exact: true }).waitFor();
}

test('a microphone that is unplugged in mid-word ends the recording, and what was heard is measured', () =>
  within({ speech: settings.speech, allow: true }, async (browser) => {
    const { page, complaints } = await open(browser, server.address, {
      before: (context) =>
        context.addInitScript(() => {
          const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
          navigator.mediaDevices.getUserMedia = async (wish) => {
            const stream = await ask(wish);
            Object.assign(window, {
              unplug: () => {
                const [track] = stream.getTracks();
                track.stop();
                // A track that the page itself stops says nothing.
                track.dispatchEvent(new Event('ended'));
              },
            });
            return stream;
          };
        }),
    });
    await begin(page);
    await page.evaluate(() => /** @type {any} */ (window).unplug());
    await isKept(page);
    assert.deepEqual(await complaints(), []);
  }));

test('a permission that is taken back while recording ends it, and what was heard is measured', () =>
  within({ speech: settings.speech }, async (browser) => {
    const { page, context, complaints } = await open(browser, server.address, {
      permissions: ['microphone'],
    });
    await begin(page);
    await context.clearPermissions();
    await isKept(page);
    assert.deepEqual(await complaints(), []);
  }));

test('storage that is full is said, nothing is lost from the list, and the switch goes back', () =>
  within({}, async (browser) => {
    const { page } = await open(browser, server.address, {
      reducedMotion: 'reduce',
    });
    await page.getByRole('button', { name: 'Try an example' }).click();
    await page.locator('#dialog button').first().click();
    await arrived(page);
    const session = await page.context().newCDPSession(page);
    await session.send('Storage.overrideQuotaForOrigin', {
      origin: new URL(server.address).origin,
      quotaSize: 1,
    });
    await page.getByRole('checkbox', { name: 'Keep on this device' }).click();
    await page
      .locator('#notice')
      .filter({
        hasText: /^The browser does not keep anything here \(.+\)\. Save a file instead\.$/,
      })
      .waitFor();
    assert.equal(await page.getByRole('checkbox', { name: 'Keep on this device' }).isChecked(), false);
    assert.equal(await page.locator('#recordings li').count(), 1);
  }));

/** How many recordings this browser keeps. @param {Page} page @returns {Promise<number>} */
const keptNow = (page) =>
  page.evaluate(async () => {
    // To open it would make one.
    if (!(await indexedDB.databases()).some(({ name }) => name === 'undertone')) return 0;
    return new Promise((resolve, reject) => {
      const request = indexedDB.open('undertone');
      request.onerror = reject;
      request.onsuccess = () => {
        const count = request.result.transaction('kept').objectStore('kept').count();
        count.onsuccess = () => resolve(count.result);
        request.result.close();
      };
    });
  });
/** @param {Page} page @param {RegExp} text */
const keepSays = (page, text) => page.locator('#keep').filter({ hasText: text }).waitFor();

test('what is kept and deleted elsewhere is not put back; it is said, and the recordings stay in the list', () =>
  within({}, async (browser) => {
    const { page, context, complaints } = await open(browser, server.address, {
      reducedMotion: 'reduce',
    });
    await page.evaluate(() => {
      location.hash = '#privacy';
    });
    await page.getByRole('checkbox', { name: 'Keep on this device' }).check();
    await openFiles(page, settings.speech);
    await arrived(page);
    await keepSays(page, /^Kept here: one recording/);
    const session = await context.newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', {
      origin: new URL(server.address).origin,
      storageTypes: 'indexeddb,local_storage',
    });
    await openFiles(page, settings.speech);
    await page
      .locator('#notice')
      .filter({
        hasText: /^What was kept on this device has been deleted elsewhere\./,
      })
      .waitFor();
    await keepSays(page, /^Kept in this tab only\. The page asks before you close it\.$/);
    assert.equal(await page.locator('#recordings li').count(), 2);
    assert.equal(await page.getByRole('checkbox', { name: 'Keep on this device' }).isChecked(), false);
    assert.equal(await keptNow(page), 0);
    assert.equal(
      await page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))),
      true,
      'the browser asks before it closes the page',
    );
    assert.deepEqual(await complaints(), []);
  }));

test('two tabs keep what each has, and the next visit has all of it', () =>
  within({}, async (browser) => {
    const { page, context, complaints } = await open(browser, server.address, {
      reducedMotion: 'reduce',
    });
    await openFiles(page, settings.speech);
    await arrived(page);
    await page.getByRole('checkbox', { name: 'Keep on this device' }).check();
    await keepSays(page, /^Kept here: one recording/);
    const other = await context.newPage();
    await other.goto(server.address);
    await other.getByText('Kept on this device: one recording is back.').first().waitFor();
    await other.waitForSelector('#recorder[data-phase="idle"]');
    await openFiles(other, settings.speech);
    await keepSays(other, /^Kept here: 2 recordings/);
    await openFiles(page, settings.speech);
    await keepSays(page, /^Kept here: 2 recordings/);
    assert.equal(await keptNow(page), 3);
    await page.reload();
    await page.getByText('Kept on this device: 3 recordings are back.').first().waitFor();
    assert.deepEqual(await complaints(), []);
  }));
