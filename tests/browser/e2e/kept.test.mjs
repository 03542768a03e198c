// Keeping recordings on this device: only if it is wished, complete, and gone when it is deleted.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrived, axe, faults, headline, open, openFiles, score, settings, suite } from './lib.mjs';
import { conversationOf, samplesOf, wavOf } from './sounds.mjs';

const { server, browser } = await suite();

/** @typedef {import('playwright-core').Page} Page */

/** How many databases this browser keeps for the page. @param {Page} page */
const databases = (page) => page.evaluate(async () => (await indexedDB.databases()).length);
/** Whether the browser would ask before it closes the page. @param {Page} page */
const asks = (page) =>
  page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
/** @param {Page} page @param {RegExp} text */
const says = (page, text) => page.locator('#keep').filter({ hasText: text }).waitFor();

/** @param {Page} page @param {RegExp} text */
const tells = (page, text) => page.locator('#notice').filter({ hasText: text }).waitFor();
/** @param {Page} page @param {number} n  recordings that are listed */
const lists = (page, n) =>
  page.waitForFunction((n) => document.querySelectorAll('#recordings li').length === n, n);

/** What is kept, by its key: the recordings of each session. @param {Page} page @returns {Promise<[string, any][]>} */
const kept = (page) =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('undertone');
        request.onerror = reject;
        request.onsuccess = () => {
          const store = request.result.transaction('kept').objectStore('kept');
          const [keys, all] = [store.getAllKeys(), store.getAll()];
          all.onsuccess = async () => {
            request.result.close();
            const texts = await Promise.all(all.result.map(({ text }) => new Blob([text]).text()));
            resolve(texts.map((text, i) => [String(keys.result[i]), JSON.parse(text).recordings?.[0]]));
          };
        };
      }),
  );

/** Keeps a session under a key. @param {Page} page @param {string} key @param {object} session */
const put = (page, key, session) =>
  page.evaluate(
    ([key, text]) =>
      new Promise((resolve) => {
        const request = indexedDB.open('undertone');
        request.onsuccess = () => {
          const transaction = request.result.transaction('kept', 'readwrite');
          transaction.objectStore('kept').put({ mark: '', text }, key);
          transaction.oncomplete = () => resolve(request.result.close());
        };
      }),
    [key, JSON.stringify(session)],
  );

/** Waits until the first recording is kept like that; in vain, the test goes on and finds it. @param {Page} page @param {(recording: any) => boolean} so */
async function written(page, so) {
  for (let k = 0; k < 50 && !so((await kept(page))[0][1]); k += 1) await page.waitForTimeout(100);
}

/** A page that keeps these files. @param {(string|{name: string, mimeType: string, buffer: Buffer})[]} files */
async function keeping(files) {
  const made = await open(browser, server.address, { reducedMotion: 'reduce' });
  const { page } = made;
  for (const [i, one] of files.entries()) {
    await page.setInputFiles('#files', one);
    await lists(page, i + 1);
    await page.waitForSelector('#recorder[data-phase="idle"]', { state: 'attached' });
  }
  await page.getByRole('checkbox', { name: 'Keep on this device' }).check();
  await says(
    page,
    files.length === 1 ? /^Kept here: one recording/ : new RegExp(`^Kept here: ${files.length} rec`),
  );
  return made;
}

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

test('what is kept and is not opened, because something else is under way or it was given up, stays kept', async () => {
  const { page, context, complaints } = await keeping([settings.speech, settings.speech]);
  // A recording is under way when the page would open what is kept.
  await page.addInitScript(() => {
    void import(`${location.origin}/www/shell/state.js`).then(({ set }) => set({ phase: 'recording' }));
  });
  await again(page);
  await says(page, /^Opening what is kept/);
  await page.waitForTimeout(500);
  assert.equal((await kept(page)).length, 2);
  await page.evaluate(async () =>
    (await import(`${location.origin}/www/shell/state.js`)).set({ phase: 'idle' }),
  );
  await lists(page, 2);
  await says(page, /^Kept here: 2 recordings/);

  // Given up while the sounds are measured.
  await page.addInitScript(() => {
    void Promise.all(
      ['shell/state', 'session/work'].map((name) => import(`${location.origin}/www/${name}.js`)),
    ).then(([{ get, set, watch }, { cancel }]) => {
      set({ phase: 'idle' });
      let first = true;
      watch(['progress'], () => {
        if (!first || get().phase !== 'working' || !get().progress) return;
        first = false;
        cancel();
      });
    });
  });
  await again(page);
  await tells(page, /^2 recordings are kept on this device and were not opened\. They stay kept\./);
  assert.equal(await page.locator('#recordings li').count(), 0);
  await says(page, /^Kept here: 2 recordings/);
  assert.equal((await kept(page)).length, 2);
  await page.locator('#notice').getByRole('button', { name: 'Open now' }).click();
  await lists(page, 2);
  await says(page, /^Kept here: 2 recordings/);
  assert.equal((await kept(page)).length, 2);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('a kept recording that cannot be read keeps no other from coming back, and stays as it is', async () => {
  const { page, context } = await keeping([settings.speech]);
  await put(page, 'newer', { undertone: 99, recordings: [] });
  await again(page);
  await tells(
    page,
    /^One kept recording cannot be read by this version of the page\. It stays kept, as it is\./,
  );
  await lists(page, 1);
  await says(page, /^Kept here: 2 recordings/);
  await page.getByRole('button', { name: 'Delete recording 1' }).click();
  await says(page, /^Kept here: one recording/);
  assert.deepEqual(
    (await kept(page)).map(([key]) => key),
    ['newer'],
  );
  await page.getByRole('button', { name: 'Delete what is kept' }).click();
  await page.waitForFunction(async () => !(await indexedDB.databases()).length);
  await context.close();
});

test('another channel is kept, and each of several sounds of one time and length', async () => {
  const { samples, rate } = samplesOf(settings.speech);
  const stereo = {
    name: 'stereo.wav',
    mimeType: 'audio/wav',
    buffer: Buffer.from(wavOf([samples, samples.map((x) => x / 2)], rate)),
  };
  const { page, context } = await keeping([stereo]);
  assert.equal((await kept(page))[0][1].channels.taken, 'mean');
  await page.locator('#channel').selectOption('2');
  await page.waitForSelector('#recorder[data-phase="idle"]');
  await written(page, (recording) => recording.channels.taken === '2');
  assert.equal((await kept(page))[0][1].channels.taken, '2');
  assert.equal((await kept(page)).length, 1);
  await says(page, /^Kept here: one recording/);
  assert.equal(await asks(page), false);

  const line = await score(settings.speech);
  const lines = ['a.wav', 'b.wav', 'c.wav'].map((file) => JSON.stringify({ ...line, file })).join('\n');
  await page.setInputFiles('#files', {
    name: 'lines.jsonl',
    mimeType: 'application/json',
    buffer: Buffer.from(lines),
  });
  await lists(page, 4);
  await says(page, /^Kept here: 4 recordings/);
  assert.equal((await kept(page)).length, 4);
  await again(page);
  await lists(page, 4);
  await page.waitForSelector('#recorder[data-phase="idle"]');
  assert.equal((await kept(page)).length, 4);
  await context.close();
});

test('a conversation that was kept while it was cut anew is measured when it comes back', async () => {
  const { samples } = conversationOf();
  const talk = {
    name: 'talk.wav',
    mimeType: 'audio/wav',
    buffer: Buffer.from(wavOf([samples], 16_000)),
  };
  const { page, context } = await keeping([talk]);
  const [[key, recording]] = await kept(page);
  assert.ok(recording.course.utterances.every((/** @type {any} */ one) => one.measured));
  for (const one of recording.course.utterances)
    Object.assign(one, { measured: false, analysis: null, certainty: 'none', reasons: [] });
  await put(page, key, { undertone: 2, saved: '2026-11-01T00:00:00Z', recordings: [recording] });
  await again(page);
  await lists(page, 1);
  await page.waitForFunction(async () => {
    const { get } = await import(`${location.origin}/www/shell/state.js`);
    return get().recordings[0]?.course?.utterances.every((/** @type {any} */ one) => one.isMeasured);
  });
  await written(page, (recording) => recording.course.utterances[0].measured);
  assert.deepEqual(
    (await kept(page))[0][1].course.utterances.map((/** @type {any} */ one) => [
      one.measured,
      Boolean(one.analysis ?? one.failed ?? one.reasons.length),
    ]),
    recording.course.utterances.map(() => [true, true]),
  );
  await context.close();
});

test('what another tab deleted is not put back, one by one or all, and keeping that was ended there is ended here', async () => {
  const { page, context } = await keeping([settings.speech, settings.speech]);
  const other = await context.newPage();
  await other.goto(server.address);
  await lists(other, 2);
  await other.waitForSelector('#recorder[data-phase="idle"]');
  await other.getByRole('button', { name: 'Delete recording 2' }).click();
  await says(other, /^Kept here: one recording/);
  await page.getByRole('button', { name: /^Rename recording/ }).click();
  await page.keyboard.type('The kettle');
  await page.keyboard.press('Enter');
  await tells(
    page,
    /^One recording was deleted from this device elsewhere\. It is in this tab only, and is not kept again\./,
  );
  assert.equal((await kept(page)).length, 1);
  assert.equal(await asks(page), true);

  // Another tab that has nothing to keep yet.
  const empty = await context.newPage();
  await empty.goto(server.address);
  await lists(empty, 1);
  await empty.waitForSelector('#recorder[data-phase="idle"]');
  await other.getByRole('button', { name: 'Delete what is kept' }).click();
  await other.waitForFunction(async () => !(await indexedDB.databases()).length);
  await tells(
    empty,
    /^What was kept on this device has been deleted elsewhere\. Your recordings are in this tab only/,
  );
  await says(empty, /^Kept in this tab only/);
  await openFiles(empty, settings.speech);
  await lists(empty, 2);
  await empty.waitForSelector('#recorder[data-phase="idle"]');
  assert.equal(await databases(empty), 0);
  assert.equal(await empty.locator('#keep-here').isChecked(), false);
  await context.close();
});

test('what is kept and cannot be reached now is said to be there still; forgetting deletes it, also where keeping is off', async () => {
  const { page, context } = await keeping([settings.speech]);
  await page.addInitScript(() => {
    if (sessionStorage.getItem('refused')) return;
    sessionStorage.setItem('refused', 'once');
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = () => {
      throw new DOMException('not now', 'UnknownError');
    };
    Object.assign(window, { giveBack: () => Object.assign(IDBFactory.prototype, { open }) });
  });
  await again(page);
  await tells(page, /^What this browser keeps cannot be reached now \(UnknownError\)\. It is still there\./);
  assert.equal(await page.evaluate(() => localStorage.getItem('undertone.keep')), 'on');
  await page.evaluate(() => /** @type {any} */ (window).giveBack());
  assert.equal((await kept(page)).length, 1);
  // It is tried again with the next change.
  await openFiles(page, settings.speech);
  await lists(page, 2);
  await says(page, /^Kept here: 2 recordings/);
  // Something is there though the switch is off.
  await page.evaluate(() => localStorage.setItem('undertone.keep', 'off'));
  await page.evaluate(() => localStorage.setItem('undertone.covered', 'on'));
  await again(page);
  assert.equal(await databases(page), 1);
  await openFiles(page, settings.speech);
  await lists(page, 1);
  await page.getByRole('button', { name: 'Forget everything' }).click();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await page.waitForFunction(async () => !(await indexedDB.databases()).length);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await context.close();
});
