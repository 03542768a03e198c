// The whole page as one file, opened from a disk: files, microphone, lesson, saving, and no request; in Chromium and Firefox. And what the
// packed page says when it is opened from a disk itself.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { firefox } from '../e2e/engines.mjs';
import {
  arrived,
  browsed,
  open,
  openFiles,
  page as packed,
  pause,
  save,
  settings,
  shared,
} from '../e2e/lib.mjs';

const file = pathToFileURL(join(shared, 'undertone.html')).href;
const browser = await browsed({ speech: settings.speech, allow: true });

test('from a disk in Chromium: a file, the microphone, the lesson, another model, saving', async () => {
  const { page, context, complaints } = await open(browser, file);
  /** @type {string[]} */
  const requests = [];
  page.on('request', (request) => {
    if (!/^(?:data|blob):/.test(request.url())) requests.push(request.url());
  });
  try {
    await openFiles(page, settings.speech);
    await arrived(page);
    assert.match(await page.locator('#sentence').innerText(), /average voice/);
    await page.getByRole('button', { name: 'Record again' }).click();
    await page.waitForSelector('#recorder[data-phase="recording"]');
    await pause(4_000);
    await page.getByRole('button', { name: 'Stop recording' }).click();
    await arrived(page);
    assert.equal(await page.locator('#recordings li').count(), 2);
    await page.getByLabel('Model').selectOption('metric-val');
    await page.waitForFunction(
      () => document.querySelector('#panels')?.getAttribute('data-kind') === 'valence',
    );
    assert.ok((await save(page, 'Numbers (CSV)')).length > 1_000);
    await page.getByRole('link', { name: 'Learn' }).click();
    await page.waitForSelector('#page-learn:not([hidden])');
    await page.getByRole('button', { name: 'Dansk' }).click();
    await page.getByRole('link', { name: 'Privatliv og grænser' }).click();
    assert.match(await page.locator('#offline').innerText(), /^Siden er én fil/);
    assert.deepEqual(requests, []);
    assert.deepEqual(await complaints(), []);
  } finally {
    await context.close();
  }
});

test('from a disk in Firefox: an example comes to its result', { skip: !settings.firefox }, async () => {
  const tab = await firefox(settings.firefox);
  try {
    await tab.go(file);
    const until = async (/** @type {() => boolean} */ holds) => {
      for (let tries = 0; !(await tab.run(holds)); tries += 1) {
        assert.ok(tries < 150, String(holds));
        await pause(200);
      }
    };
    await until(() => document.documentElement.dataset.ready === 'true');
    await tab.run(() => /** @type {HTMLElement} */ (document.querySelector('#example')).click());
    await until(() => document.querySelector('#dialog button') !== null);
    await tab.run(() => /** @type {HTMLElement} */ (document.querySelector('#dialog button')).click());
    await until(
      () =>
        /** @type {HTMLElement} */ (document.querySelector('#result')).dataset.state === 'result' &&
        /** @type {HTMLElement} */ (document.querySelector('#recorder')).dataset.phase === 'idle',
    );
    assert.deepEqual(tab.complaints, []);
  } finally {
    await tab.close();
  }
});

test('the packed page opened from a disk says what to open instead', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  try {
    await page.goto(pathToFileURL(join(packed, 'index.html')).href);
    const words = page.getByText('undertone.html').first();
    assert.equal(await words.isVisible(), false);
    await words.waitFor({ state: 'visible', timeout: 12_000 });
  } finally {
    await context.close();
  }
});
