// Ways into the page besides a plain recording: examples, a pause that ends it, microphones that come and go.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrived, suite, open, pause, settings, wav } from './lib.mjs';

const { server, browser } = await suite({ speech: settings.speech, allow: true });

/** @param {import('playwright-core').Page} page @param {string} name */
async function example(page, name) {
  await page.getByRole('button', { name: 'Try an example' }).click();
  assert.match(await page.getByRole('dialog').innerText(), /Made by a computer, not by a person\./);
  await page.getByRole('dialog').getByRole('button', { name }).click();
  await page.locator('#recordings').getByRole('button', { name }).waitFor();
  await page.waitForSelector('#recorder[data-phase="idle"]');
}

test('the examples are made here, say so, and come to results', async () => {
  const { page, context, complaints } = await open(browser, server.address);
  const requests = server.log.length;
  await example(page, 'A calm voice');
  await arrived(page);
  const calm = await page.locator('#score').innerText();
  await example(page, 'A lively voice');
  await arrived(page);
  const lively = await page.locator('#score').innerText();
  assert.ok(Number(lively) > Number(calm), `lively ${lively}, calm ${calm}`);
  await example(page, 'A quick whisper');
  assert.match(await page.locator('#result').innerText(), /Little voice\.|no voice in it/);
  for (const row of await page.locator('#recordings .row').all())
    assert.match(await row.innerText(), /made by a computer/);
  assert.deepEqual(server.log.slice(requests), []);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('the tone of the voice is drawn while it is spoken', async () => {
  const { page, context, complaints } = await open(browser, server.address);
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.waitForSelector('#recorder[data-phase="recording"]');
  /** Pixels of the line's yellow. */
  const yellow = () =>
    page.evaluate(() => {
      const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('#live-picture'));
      const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(
        0,
        0,
        canvas.width,
        canvas.height,
      );
      let count = 0;
      for (let k = 0; k < data.length; k += 4)
        if (data[k] > 240 && data[k + 1] > 200 && data[k + 2] < 140) count += 1;
      return count;
    });
  let most = 0;
  for (let k = 0; k < 12 && most < 200; k += 1) {
    await pause(300);
    most = Math.max(most, await yellow());
  }
  assert.ok(most >= 200, `${most} pixels`);
  await page.keyboard.press('Escape');
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('a pause ends the recording, if that is wished, and the wish is remembered', async () => {
  const { page, context } = await open(browser, server.address);
  const wish = page.getByRole('checkbox', { name: 'Stop by itself after a pause' });
  assert.equal(await wish.isChecked(), false);
  await wish.check();
  await page.reload();
  await page.waitForSelector('html[data-ready="true"][data-offline]');
  assert.equal(await wish.isChecked(), true);
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.waitForSelector('#recorder[data-phase="recording"]');
  // The microphone speaks once, for some four seconds, and is then silent.
  await arrived(page);
  const seconds = Number(/([\d.]+) s/.exec(await page.locator('#take-note').innerText())?.[1]);
  assert.ok(seconds > 4 && seconds < 12, `${seconds} s`);
  assert.equal(await page.locator('#mic-state').innerText(), 'Microphone off');
  await context.close();
});

test('a chosen microphone that is unplugged is named, and another takes its place', async () => {
  const { page, context, complaints } = await open(browser, server.address, {
    before: (/** @type {import('playwright-core').BrowserContext} */ made) =>
      made.addInitScript(() => {
        const plugged = ['Desk microphone', 'Headset'];
        navigator.mediaDevices.enumerateDevices = async () =>
          /** @type {any} */ (
            plugged.map((label) => ({ kind: 'audioinput', deviceId: label, label, groupId: '' }))
          );
        window.plug = (change) => {
          change(plugged);
          navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
        };
      }),
  });
  const picker = page.getByRole('combobox', { name: 'Microphone' });
  const names = () => picker.locator('option').allInnerTexts();
  assert.deepEqual(await names(), ['The browser’s choice', 'Desk microphone', 'Headset']);
  await picker.selectOption('Headset');
  await page.evaluate(() => window.plug((plugged) => plugged.push('Camera')));
  await page.waitForFunction(() => document.querySelectorAll('#device option').length === 4);
  assert.equal(await picker.inputValue(), 'Headset');
  await page.evaluate(() => window.plug((plugged) => plugged.splice(1, 1)));
  await page.waitForFunction(() => document.querySelectorAll('#device option').length === 3);
  assert.equal(await picker.inputValue(), '');
  assert.match(
    await page.locator('#notice').innerText(),
    /^Headset is gone\. Using The browser’s choice instead\.$/,
  );
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('pasted files are measured one after the other, and Cancel ends the batch', async () => {
  const { page, context } = await open(browser, server.address);
  const tone = (/** @type {number} */ seconds) =>
    wav(
      Float32Array.from(
        { length: 16_000 * seconds },
        (_, k) => 0.4 * Math.sin(k / 12) * Math.abs(Math.sin(k / 4_000)),
      ),
      16_000,
    );
  const paste = (/** @type {Record<string, Buffer>} */ files) =>
    page.evaluate(
      (files) => {
        const data = new DataTransfer();
        for (const [name, bytes] of Object.entries(files))
          data.items.add(
            new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name, { type: 'audio/wav' }),
          );
        document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
      },
      Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, bytes.toString('base64')])),
    );
  await paste({ 'one.wav': tone(2), 'two.wav': tone(2) });
  for (const name of ['one.wav', 'two.wav'])
    await page
      .locator('#recordings')
      .getByRole('button', { name: new RegExp(name) })
      .waitFor();
  await page.waitForSelector('#recorder[data-phase="idle"]');
  await paste({ 'long.wav': tone(120), 'never.wav': tone(2) });
  await page.getByText(/^long\.wav: \d+ %$/).waitFor();
  assert.match(await page.locator('#queue').innerText(), /never\.wav: 0 %/);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.waitForSelector('#recorder[data-phase="idle"]');
  assert.equal(await page.locator('#recordings li').count(), 2);
  assert.equal(await page.locator('#queue li').count(), 0);
  await context.close();
});
