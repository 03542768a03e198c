// Each thing that can go wrong has a message of its own, and a way out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrived, browse, headline, open, openFiles, serve, served, settings, wav } from './lib.mjs';

const server = await served();

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

/** @param {import('playwright-core').Page} page */
const record = (page) => page.getByRole('button', { name: 'Record', exact: true }).click();
/** @param {import('playwright-core').Page} page @param {RegExp} text */
const says = (page, text) => headline(page).filter({ hasText: text }).waitFor({ timeout: 15_000 });
/** @param {import('playwright-core').Page} page */
const listed = (page) => page.locator('#queue');

test('permission refused', () =>
  within({ speech: settings.speech }, async (browser) => {
    const tab = await open(browser, server.address, { before: (context) => context.grantPermissions([]) });
    await record(tab.page);
    await says(tab.page, /^(Your browser keeps the microphone closed|The question was closed)\.$/);
    await tab.page.getByText('Nothing was recorded.').waitFor();
    await tab.page.getByText('NotAllowedError').waitFor();
    await tab.page.getByRole('button', { name: 'Try again' }).waitFor();
    // The way out works: files need no permission.
    await openFiles(tab.page, settings.speech);
    await arrived(tab.page);
    assert.deepEqual(await tab.complaints(), []);
  }));

test('no microphone', () =>
  within({ allow: true }, async (browser) => {
    const tab = await open(browser, server.address, { permissions: ['microphone'] });
    await record(tab.page);
    await says(tab.page, /^No microphone found\.$/);
    await tab.page.getByRole('button', { name: 'Open a sound file instead' }).waitFor();
    assert.deepEqual(await tab.complaints(), []);
  }));

test('a busy microphone', () =>
  within({ speech: settings.speech, allow: true }, async (browser) => {
    const tab = await open(browser, server.address);
    await tab.page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException('Could not start audio source', 'NotReadableError'));
    });
    await record(tab.page);
    await says(tab.page, /^Another program holds the microphone\.$/);
  }));

test('an insecure address', async (scope) => {
  const named = await serve(undefined, ['--name', 'undertone.test']);
  scope.after(() => named.close());
  await within({ more: ['--host-resolver-rules=MAP undertone.test 127.0.0.1'] }, async (browser) => {
    const tab = await open(browser, named.address.replace('127.0.0.1', 'undertone.test'));
    assert.equal(await tab.page.evaluate(() => isSecureContext), false);
    await says(tab.page, /^The microphone only opens on a secure address/);
    await openFiles(tab.page, settings.speech);
    await arrived(tab.page);
  });
});

test('a worklet that does not load leaves files working', () =>
  within({ speech: settings.speech, allow: true }, async (browser) => {
    const context = await browser.newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    await page.addInitScript(() => {
      AudioWorklet.prototype.addModule = () =>
        Promise.reject(new DOMException('Unable to load a worklet module.', 'AbortError'));
    });
    await page.goto(server.address);
    await page.waitForSelector('html[data-ready]');
    await says(page, /^Recording is blocked here, but files work\.$/);
    await openFiles(page, settings.speech);
    await arrived(page);
  }));

const NOT_LOADED = {
  en: /^A part of the page could not be loaded \(undertone-wasm\.js\)\.$/,
  da: /^En del af siden kunne ikke hentes \(undertone-wasm\.js\)\.$/,
};
const NOT_STARTED = {
  en: /^All of the page is here, but its measuring part does not start\.$/,
  da: /^Hele siden er hentet, men måledelen går ikke i gang\.$/,
};

/** The module with another name for the table that the glue needs: it compiles and does not start. @param {string} script */
const dead = (script) => {
  // It begins with the characters that stand for the bytes 0 to 255.
  const alphabet = script.slice(script.indexOf('"') + 1);
  const written = (/** @type {string} */ name) =>
    Array.from(name, (letter) => alphabet[letter.charCodeAt(0)]).join('');
  return script.replaceAll(written('__wbindgen_externrefs'), written('__wbindgen_externrefz'));
};

for (const [locale, reload] of /** @type {['en'|'da', string][]} */ ([
  ['en', 'Reload'],
  ['da', 'Genindlæs'],
])) {
  test(`a script that does not come is named, with a way out: ${locale}`, () =>
    within({}, async (browser) => {
      const context = await browser.newContext({ locale, serviceWorkers: 'block' });
      const page = await context.newPage();
      await page.route('**/undertone-wasm.js', (route) => route.abort());
      await page.goto(server.address);
      await says(page, NOT_LOADED[locale]);
      await page.getByRole('button', { name: reload }).waitFor();
      // A connection that is back is all that it takes.
      await page.unroute('**/undertone-wasm.js');
      await page.getByRole('button', { name: reload }).click();
      await page.waitForSelector('html[data-ready="true"]');
      await openFiles(page, settings.speech);
      await arrived(page);
    }));

  test(`a measuring part that is here and does not start is not called missing: ${locale}`, () =>
    within({}, async (browser) => {
      const context = await browser.newContext({ locale, serviceWorkers: 'block' });
      const page = await context.newPage();
      await page.route('**/undertone-wasm.js', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: dead(await response.text()) });
      });
      await page.goto(server.address);
      await says(page, NOT_STARTED[locale]);
      await page.getByText('TypeError').waitFor();
      await page.getByRole('button', { name: reload }).waitFor();
    }));
}

test('a browser that refuses the module is not told that a part is missing, and no file is to blame', () =>
  within({}, async (browser) => {
    const page = await browser.newPage({ locale: 'en-GB' });
    await page.addInitScript(() => {
      WebAssembly.compile = () => Promise.reject(new WebAssembly.CompileError('refused'));
    });
    await page.goto(server.address);
    await says(page, NOT_STARTED.en);
    await page.getByRole('button', { name: 'Reload' }).waitFor();
    await openFiles(page, settings.speech);
    await page.waitForSelector('#recorder[data-phase="idle"]');
    await says(page, NOT_STARTED.en);
    assert.equal(await listed(page).locator('li').count(), 0);
  }));

test(
  'a browser without 128-bit vectors says that its measuring part does not start',
  { skip: process.arch !== 'x64' && 'only x86-64 processors can be told to do without' },
  () =>
    within({ more: ['--js-flags=--no-enable-ssse3 --no-enable-sse4-1 --no-enable-avx'] }, async (browser) => {
      const page = await browser.newPage({ locale: 'en-GB' });
      await page.goto(server.address);
      await says(page, NOT_STARTED.en);
      await page.getByText('CompileError').waitFor();
      await page.getByText('update the browser or try another one').waitFor();
    }),
);

test('files that cannot be used say why, each its own way', () =>
  within({}, async (browser) => {
    const tab = await open(browser, server.address);
    const { page } = tab;
    const noise = Buffer.from(Array.from({ length: 5_000 }, (_, k) => (k * 7_919 + 13) % 251));
    await openFiles(page, {
      name: 'letter.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('Dear reader, this is no sound.'),
    });
    await listed(page).getByText('letter.txt: holds text, not sound.').waitFor();
    await openFiles(page, { name: 'noise.mp3', mimeType: 'audio/mpeg', buffer: noise });
    await listed(page).getByText('noise.mp3: not a sound file that is known here.').waitFor();
    await openFiles(page, {
      name: 'cut.wav',
      mimeType: 'audio/wav',
      buffer: wav(new Float32Array(16_000), 16_000).subarray(0, 30),
    });
    await listed(page).getByText('cut.wav: the file is damaged.').waitFor();
    await openFiles(page, { name: 'empty.wav', mimeType: 'audio/wav', buffer: Buffer.alloc(0) });
    await listed(page).getByText('empty.wav: empty.').waitFor();
    // A good one in the same session goes on working.
    await openFiles(page, settings.speech);
    await arrived(page);
    assert.deepEqual(await tab.complaints(), []);
  }));

test('too short, silent, and without a voice', () =>
  within({}, async (browser) => {
    const tab = await open(browser, server.address);
    const { page } = tab;
    const tone = Float32Array.from({ length: 600 }, (_, k) => 0.3 * Math.sin(k / 8));
    await openFiles(page, { name: 'click.wav', mimeType: 'audio/wav', buffer: wav(tone, 16_000) });
    await says(page, /^Too short to measure\.$/);
    await openFiles(page, {
      name: 'silence.wav',
      mimeType: 'audio/wav',
      buffer: wav(new Float32Array(32_000), 16_000),
    });
    await says(page, /^Only silence came through\.$/);
    let state = 1;
    const hiss = Float32Array.from({ length: 32_000 }, () => {
      state = (state * 48_271) % 2_147_483_647;
      return 0.2 * (state / 1_073_741_823.5 - 1);
    });
    await openFiles(page, { name: 'hiss.wav', mimeType: 'audio/wav', buffer: wav(hiss, 16_000) });
    await says(page, /^Sound, but no voice in it\.$/);
    assert.deepEqual(await tab.complaints(), []);
  }));

test('clipped, quiet and short recordings come with a remark', () =>
  within({}, async (browser) => {
    const tab = await open(browser, server.address);
    const { page } = tab;
    const voice = (/** @type {number} */ seconds, /** @type {number} */ gain) =>
      Float32Array.from({ length: seconds * 16_000 }, (_, k) => {
        const t = k / 16_000;
        let y = 0;
        for (let h = 1; h < 20; h += 1) y += Math.sin(2 * Math.PI * h * 130 * t) / h;
        return gain * y * (0.6 + 0.4 * Math.sin(2 * Math.PI * 3 * t));
      });
    const remark = (/** @type {string} */ text) => page.locator('#flags').getByText(text).waitFor();
    await openFiles(page, { name: 'loud.wav', mimeType: 'audio/wav', buffer: wav(voice(2, 3), 16_000) });
    await remark('Clipped.');
    await openFiles(page, { name: 'faint.wav', mimeType: 'audio/wav', buffer: wav(voice(2, 0.002), 16_000) });
    await remark('Quiet.');
    await openFiles(page, { name: 'brief.wav', mimeType: 'audio/wav', buffer: wav(voice(0.7, 0.2), 16_000) });
    await remark('Short.');
    await openFiles(page, {
      name: 'syllable.wav',
      mimeType: 'audio/wav',
      buffer: wav(voice(0.3, 0.2), 16_000),
    });
    await says(page, /^Too little speech to measure\.$/);
    assert.deepEqual(await tab.complaints(), []);
  }));
