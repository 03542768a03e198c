// What goes wrong in the middle: the microphone is taken away, storage is full or emptied. Nothing recorded is lost, and
// it is said in a sentence.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  arrived,
  browse,
  headline,
  open,
  openFiles,
  page as top,
  pause,
  save,
  served,
  settings,
  wav,
} from './lib.mjs';

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

/** Records for some seconds, of a speaker who goes on for longer. @param {Page} page */
async function begin(page, seconds = 3) {
  await page.getByRole('button', { name: /^Record( again)?$/ }).click();
  await page.waitForSelector('#recorder[data-phase="recording"]');
  await pause(1_000 * seconds);
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
    // It may be said before the next recording is shown, which takes it away, or after.
    await page.evaluate(async () => {
      const { get, watch } = await import(`${location.origin}/www/shell/state.js`);
      const noticed = /** @type {string[]} */ ([]);
      Object.assign(window, { noticed });
      watch(['notice'], () => noticed.push(get().notice?.key ?? ''));
    });
    const session = await context.newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', {
      origin: new URL(server.address).origin,
      storageTypes: 'indexeddb,local_storage',
    });
    await openFiles(page, settings.speech);
    await page.waitForFunction(() => document.querySelectorAll('#recordings li').length === 2);
    await page.waitForFunction(() => /** @type {any} */ (window).noticed.includes('keep.gone'));
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

/** What the page holds of the browser: its microphone and its sound hardware, which a test does something to. @param {import('playwright-core').BrowserContext} context */
const held = (context) =>
  context.addInitScript(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wish) => {
      const stream = await ask(wish);
      Object.assign(window, { track: stream.getTracks()[0] });
      return stream;
    };
    const { resume } = AudioContext.prototype;
    AudioContext.prototype.resume = function () {
      Object.assign(window, { hardware: this });
      return resume.call(this);
    };
  });

/** Ends a recording and waits for its result. @param {Page} page */
async function finish(page) {
  await page.getByRole('button', { name: 'Stop recording' }).click();
  await arrived(page);
  return Number(/([\d.]+) s/.exec(await page.locator('#take-note').innerText())?.[1]);
}

test('muted, other devices, frozen, interrupted: what is heard is kept, and each is said', () =>
  within({ speech: settings.speech, allow: true }, async (browser) => {
    const { page, context, complaints } = await open(browser, server.address, { before: held });
    const notice = page.locator('#notice');

    await begin(page, 1.5);
    await page.evaluate(() => {
      const { track } = /** @type {any} */ (window);
      let muted = true;
      Object.defineProperty(track, 'muted', { get: () => muted, configurable: true });
      track.dispatchEvent(new Event('mute'));
      Object.assign(window, {
        unmute: () => {
          muted = false;
          track.dispatchEvent(new Event('unmute'));
        },
      });
    });
    await notice
      .filter({ hasText: /was muted, by the system, the browser or a key\. Nothing is heard/ })
      .waitFor();
    assert.equal(await page.getAttribute('#recorder', 'data-phase'), 'recording');
    await page.evaluate(() => /** @type {any} */ (window).unmute());
    await notice.filter({ hasText: /was muted/ }).waitFor({ state: 'hidden' });
    // The system has another default now, and the one that was chosen before is gone.
    await page.evaluate(() => {
      const other = { kind: 'audioinput', deviceId: 'other', groupId: '', label: 'Headset' };
      navigator.mediaDevices.enumerateDevices = async () =>
        /** @type {any} */ ([{ ...other, deviceId: 'default' }, other]);
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    await pause(300);
    assert.equal(await page.getAttribute('#recorder', 'data-phase'), 'recording');
    assert.ok((await finish(page)) > 1.5);
    await page.locator('#device option', { hasText: 'Headset' }).waitFor({ state: 'attached' });
    await page
      .getByText(/^The microphone was muted at 0:0\d\. Until it was not, a pause was measured\.$/)
      .waitFor();

    // A frozen tab loses nothing of what the sound hardware has handed over.
    await begin(page, 1.5);
    const session = await context.newCDPSession(page);
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await pause(1_000);
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    assert.ok((await finish(page)) > 2);

    await begin(page, 1.5);
    await page.evaluate(() => /** @type {any} */ (window).hardware.suspend());
    await arrived(page);
    await page.getByText(/^Interrupted by the device\. The recording ended at 0:0\d\.$/).waitFor();
    assert.equal(await page.locator('#mic-state').innerText(), 'Microphone off');
    // And it goes on afterwards.
    await begin(page, 1.5);
    assert.ok((await finish(page)) > 1);
    assert.equal(await page.locator('#recordings li').count(), 4);
    assert.deepEqual(await complaints(), []);
  }));

test('a tab that is thrown away and one that is left come back with what is kept', () =>
  within({}, async (browser) => {
    const { page, context } = await open(browser, server.address, { reducedMotion: 'reduce' });
    await openFiles(page, settings.speech);
    await arrived(page);
    await page.getByRole('checkbox', { name: 'Keep on this device' }).check();
    await keepSays(page, /^Kept here: one recording/);
    const back = (/** @type {Page} */ page) =>
      page.getByText('Kept on this device: one recording is back.').first().waitFor();
    // A browser that needs memory ends the tab's process without a word to the page.
    const session = await context.newCDPSession(page);
    const ended = page.waitForEvent('crash');
    session.send('Page.crash').catch(() => {});
    await ended;
    const again = await context.newPage();
    /** @type {string[]} */
    const complaints = [];
    again.on('pageerror', ({ message }) => complaints.push(message));
    await again.goto(server.address);
    await back(again);
    await again.goto('about:blank');
    await again.goBack();
    await back(again);
    assert.deepEqual(complaints, []);
  }));

/** The measuring part, as its script holds it, with so many pages of memory (64 KiB) at most beyond what it begins with. @param {string} text @param {number} more */
function poor(text, more) {
  const alphabet = Array.from(text.slice(0, 256));
  const byteOf = new Map(alphabet.map((letter, byte) => [letter, byte]));
  const bytes = Uint8Array.from(Array.from(text.slice(256)), (letter) => byteOf.get(letter) ?? 0);
  /** A number of the format, seven bits a byte, and where it ends. @param {number} at @returns {[number, number]} */
  const numberAt = (at) => {
    let value = 0;
    for (let shift = 0; ; shift += 7, at += 1) {
      value |= (bytes[at] & 127) << shift;
      if (bytes[at] < 128) return [value, at + 1];
    }
  };
  /** @param {number} value @returns {number[]} */
  const written = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...written(value >> 7)]);
  const parts = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length;) {
    const [length, begin] = numberAt(at + 1);
    // The section of memories: one, without a limit.
    if (bytes[at] === 5) {
      const [least] = numberAt(begin + 2);
      const body = [1, 1, ...written(least), ...written(least + more)];
      parts.push(Uint8Array.from([5, body.length, ...body]));
    } else parts.push(bytes.subarray(at, begin + length));
    at = begin + length;
  }
  const all = parts.flatMap((part) => Array.from(part, (byte) => alphabet[byte])).join('');
  return `export default ${JSON.stringify(alphabet.join('') + all)};\n`;
}

test('memory that is refused is said before anything is lost; what is listed stays and is saved', () =>
  within({ speech: settings.speech, allow: true }, async (browser) => {
    const context = await browser.newContext({ locale: 'en-GB', serviceWorkers: 'block' });
    const page = await context.newPage();
    const { default: text } = await import(join(top, 'pkg/undertone-wasm.js'));
    const body = poor(text, 100);
    await context.route('**/undertone-wasm.js', (route) =>
      route.fulfill({ contentType: 'text/javascript; charset=utf-8', body }),
    );
    await page.goto(server.address);
    await page.waitForSelector('html[data-ready="true"]');
    await begin(page, 1.5);
    await finish(page);
    const long = wav(
      Float32Array.from({ length: 200 * 8_000 }, (_, k) => 0.3 * Math.sin(k / 20)),
      8_000,
    );
    await openFiles(page, { name: 'long.wav', mimeType: 'audio/wav', buffer: long });
    await page.locator('#queue').getByText('long.wav: not enough memory for it here.').waitFor();
    await page.getByRole('button', { name: 'A conversation' }).first().click();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await headline(page)
      .filter({ hasText: /^Not enough memory for this\.$/ })
      .waitFor();
    assert.equal(await page.locator('#mic-state').innerText(), 'Microphone off');
    await page.locator('#recordings button').first().click();
    const { recordings } = JSON.parse(
      Buffer.from(await save(page, 'Results, without the sound (JSON)')).toString('utf8'),
    );
    assert.equal(recordings.length, 1);
    assert.ok(recordings[0].analysis.activation > 1);
    // The way on: a short one is measured.
    await page.keyboard.press('Escape');
    await openFiles(page, settings.speech);
    await page.locator('#recordings > li').nth(1).waitFor();
  }));
