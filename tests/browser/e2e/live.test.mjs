// The live view: what it shows, how it is operated, and that nothing of it stays.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, faults, open, pause, settings, sideways, small, suite } from './lib.mjs';

const { server, browser } = await suite({ speech: settings.speech, allow: true });

/** Pixels of the tone's line. @param {import('playwright-core').Page} page */
const yellow = (page) =>
  page.evaluate(() => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('.live-area canvas'));
    const { width, height } = canvas;
    const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(
      0,
      0,
      width,
      height,
    );
    let count = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] > 240 && data[at + 2] < 130) count += 1;
    return count;
  });

/** Opens it and waits until a tone was heard. @param {import('playwright-core').Page} page */
async function heard(page) {
  const view = page.getByRole('dialog', { name: 'Live view' });
  await view.getByText('Microphone on').waitFor();
  await view.locator('.live-tone', { hasText: /^\d+ Hz$/ }).waitFor();
  await pause(600);
  return view;
}

test('by keys: the picture grows, is held and read, and nothing of it stays', async () => {
  const { page, context, complaints } = await open(browser, server.address);
  const requests = server.log.length;
  await page.keyboard.press('l');
  const view = await heard(page);
  assert.match(await view.innerText(), /Nothing is kept\.[^]*the last 8 seconds/);
  assert.ok((await yellow(page)) > 200);
  await page.keyboard.press('t');
  assert.equal(await view.getByRole('button', { name: 'Tone' }).getAttribute('aria-pressed'), 'false');
  assert.ok((await yellow(page)) < 50);
  await page.keyboard.press('1');
  await view.getByText('the last 4 seconds').waitFor();
  await page.keyboard.press('t');
  await page.keyboard.press(' ');
  await view.getByRole('button', { name: 'Go on' }).waitFor();
  const held = await yellow(page);
  const picture = view.getByRole('img');
  assert.match(
    (await picture.getAttribute('aria-label')) ?? '',
    /^Sound picture, 4 seconds, tone from \d+ to \d+ Hz\.$/,
  );
  for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowUp']) await page.keyboard.press(key);
  assert.equal(await view.locator('.live-tone').innerText(), '0.02 s ago, 50 Hz');
  await pause(300);
  assert.equal(await yellow(page), held, 'it stands still');
  await page.evaluate(axe);
  assert.deepEqual(await faults(page), []);
  await page.keyboard.press('l');
  assert.notEqual(await view.evaluate((it) => getComputedStyle(it).backgroundColor), 'rgb(20, 27, 52)');
  assert.deepEqual(await faults(page), []);
  await page.keyboard.press(' ');
  await view.getByRole('button', { name: 'Hold' }).waitFor();
  await view.getByRole('button', { name: 'Leave' }).click();
  await view.waitFor({ state: 'hidden' });
  assert.equal(await page.locator('#recordings li').count(), 0);
  assert.equal(await yellow(page), 0);
  // The recorder has the microphone again.
  await page.keyboard.press('r');
  await page.waitForSelector('#recorder[data-phase="recording"]');
  await page.keyboard.press('Escape');
  assert.deepEqual(server.log.slice(requests), []);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('on a phone: by finger, upright, without movement; without a microphone it says so', async () => {
  const viewport = { width: 320, height: 640 };
  const { page, context, complaints } = await open(browser, server.address, {
    viewport,
    hasTouch: true,
    isMobile: true,
    reducedMotion: 'reduce',
    locale: 'da-DK',
  });
  const show = async () => {
    await page.getByRole('button', { name: 'Menu' }).tap();
    await page.getByRole('button', { name: 'Direkte visning' }).tap();
  };
  await show();
  const view = page.getByRole('dialog', { name: 'Direkte visning' });
  await view.locator('.live-tone', { hasText: /^\d+ Hz$/ }).waitFor();
  assert.deepEqual(await small(page), []);
  assert.ok((await sideways(page)) <= 0);
  // It fills from the left: the first seconds are there, and right of them there is nothing yet.
  await view.getByRole('button', { name: 'Frys' }).tap();
  await view.locator('.live-area').tap({ position: { x: 10, y: 100 } });
  assert.match(await view.locator('.live-tone').innerText(), /^for \d+,\d\d s siden, [\d.]+ Hz$/);
  await page.keyboard.press('Escape');
  await view.waitFor({ state: 'hidden' });
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'));
  });
  await show();
  await view.getByText('Direkte visning kræver en mikrofon. Filer kan åbnes på siden.').waitFor();
  await page.keyboard.press('Escape');
  await view.waitFor({ state: 'hidden' });
  assert.deepEqual(await complaints(), []);
  await context.close();
});
