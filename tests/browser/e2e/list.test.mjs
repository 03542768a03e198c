// Many recordings: the newest on top in a scroller of its own, a small course, numbers for the five newest in the map; and
// on a phone the sheet that the bar at the foot opens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrived, headline, open, openFiles, settings, suite } from './lib.mjs';

const { server, browser } = await suite();

/** @typedef {import('playwright-core').Page} Page */

/** The one that is there as many, each with a score of its own. @param {Page} page @param {number} count */
async function become(page, count) {
  await page.evaluate(async (count) => {
    const { get, set } = /** @type {typeof import('../../../www/shell/state.js')} */ (
      await import(`${location.origin}/www/shell/state.js`)
    );
    const [one] = get().recordings;
    const { analysis } = one;
    if (!analysis) throw new Error('it has no score');
    const recordings = Array.from({ length: count }, (_, i) => {
      const moved = (i % 5) / 5;
      return {
        ...one,
        number: i + 1,
        name: `Voice ${i + 1}`,
        analysis: {
          ...analysis,
          activation: analysis.activation + moved,
          score_axis: analysis.score_axis + moved,
        },
      };
    });
    set({ recordings, current: count });
  }, count);
  await page.waitForFunction((n) => document.querySelectorAll('#recordings li').length === n, count);
}

/** @param {import('playwright-core').BrowserContextOptions} [wish] @param {number} [count] */
async function shown(wish = {}, count = 30) {
  const tab = await open(browser, server.address, { reducedMotion: 'reduce', ...wish });
  await openFiles(tab.page, settings.speech);
  await arrived(tab.page);
  await become(tab.page, count);
  return tab;
}

/** Whether the chosen row is seen whole within the list. @param {Page} page */
const inSight = (page) =>
  page.evaluate(() => {
    const list = /** @type {Element} */ (document.querySelector('#recordings')).getBoundingClientRect();
    const row = /** @type {Element} */ (
      document.querySelector('#recordings .current')
    ).getBoundingClientRect();
    return row.top >= list.top - 1 && row.bottom <= list.bottom + 1;
  });
const chosen = (/** @type {Page} */ page) =>
  page.locator('#recordings [aria-current="true"] .disc-number').innerText();

test('thirty: the newest on top, the list scrolls by itself, what is chosen is in sight', async () => {
  const { page, context, complaints } = await shown();
  await page.getByRole('heading', { name: 'Your 30 recordings' }).waitFor();
  const numbers = await page.locator('#recordings .disc-number').allInnerTexts();
  assert.deepEqual(
    numbers,
    Array.from({ length: 30 }, (_, i) => String(30 - i)),
  );
  const [height, whole] = await page.evaluate(() => {
    const list = /** @type {Element} */ (document.querySelector('#recordings'));
    return [list.clientHeight, list.scrollHeight];
  });
  assert.ok(height < 320 && whole > 1000, `${height} of ${whole} px`);
  // What stands beneath the list is not pushed away by it.
  await page.locator('#recordings [aria-current="true"]').focus();
  for (let i = 0; i < 8; i += 1) await page.keyboard.press('ArrowDown');
  assert.equal(await chosen(page), '22');
  assert.ok(await inSight(page));
  await page.keyboard.press('ArrowUp');
  assert.equal(await chosen(page), '23');
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('digits in quick succession are one number, and a pause begins another', async () => {
  const { page, context } = await shown();
  await headline(page).focus();
  await page.keyboard.type('28');
  assert.equal(await chosen(page), '28');
  assert.ok(await inSight(page));
  await page.waitForTimeout(800);
  await page.keyboard.type('3');
  assert.equal(await chosen(page), '3');
  // There is no 39.
  await page.keyboard.type('9');
  assert.equal(await chosen(page), '9');
  await context.close();
});

test('from eight on a course stands over the list, with a point for each, to be walked along', async () => {
  const { page, context } = await shown({}, 7);
  assert.equal(await page.locator('#course').isVisible(), false);
  await become(page, 12);
  const course = page.getByRole('slider', { name: 'Recordings over time' });
  await course.waitFor();
  assert.equal(await page.locator('#course circle').count(), 12);
  assert.equal(await course.getAttribute('aria-valuenow'), '12');
  await course.focus();
  await page.keyboard.press('ArrowLeft');
  assert.equal(await chosen(page), '11');
  assert.match((await course.getAttribute('aria-valuetext')) ?? '', /^Recording 11, Voice 11, \d\.\d$/);
  await page.keyboard.press('Home');
  assert.equal(await chosen(page), '1');
  assert.ok(await inSight(page));
  const box = await course.boundingBox();
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) - 8, (box?.y ?? 0) + 20);
  assert.equal(await chosen(page), '12');
  await context.close();
});

test('in the map the five newest have numbers, and a row shows where its recording lies', async () => {
  const { page, context } = await shown({}, 5);
  assert.equal(await page.locator('#map-older').isVisible(), false);
  await become(page, 9);
  await page.getByText('Numbers stand at the five newest; older ones are small.').waitFor();
  await page
    .locator('#recordings')
    .getByRole('button', { name: /^Recording 2,/ })
    .hover();
  await page
    .locator('#tip')
    .filter({ hasText: /^Recording 2 · \d\.\d$/ })
    .waitFor();
  await page.locator('#sentence').hover();
  await page.waitForSelector('#tip', { state: 'hidden' });
  await context.close();
});

test('on a phone the list is a sheet: it opens from the foot, closes by Escape, by a swipe and by a choice', async () => {
  const { page, context, complaints } = await shown(
    { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
    12,
  );
  const bar = page.locator('#bar-list');
  assert.equal((await bar.innerText()).replace(/\s+/g, ' '), '12 List');
  assert.equal(await page.locator('#recordings').isVisible(), false);
  const sheet = page.getByRole('dialog', { name: 'Your 12 recordings' });
  await bar.click();
  await sheet.waitFor();
  assert.ok(await inSight(page));
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'hidden' });
  assert.ok(await bar.evaluate((element) => element === document.activeElement), 'the focus goes back');
  await bar.click();
  await sheet.evaluate((element) => {
    const at = (/** @type {number} */ y) => [
      new Touch({ identifier: 1, target: element, clientX: 100, clientY: y }),
    ];
    element.dispatchEvent(new TouchEvent('touchstart', { touches: at(200), changedTouches: at(200) }));
    element.dispatchEvent(new TouchEvent('touchend', { touches: [], changedTouches: at(330) }));
  });
  await sheet.waitFor({ state: 'hidden' });
  await bar.click();
  await page
    .locator('#recordings')
    .getByRole('button', { name: /^Recording 9,/ })
    .click();
  await sheet.waitFor({ state: 'hidden' });
  assert.ok(await headline(page).evaluate((element) => element === document.activeElement));
  await page.locator('#which').getByText('Voice 9').waitFor();
  // A wider window has it beside the result again.
  await bar.click();
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.waitForSelector('.voice #recordings');
  assert.equal(await page.locator('#sheet[open]').count(), 0);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('on an empty phone the ways to a first sound stand under the sentence, above the scale', async () => {
  const { page, context } = await open(browser, server.address, {
    viewport: { width: 360, height: 640 },
    hasTouch: true,
    isMobile: true,
  });
  // Whatever fonts the device has, all ways can be pressed at once; how much of the scale follows depends on the fonts.
  const [sentence, example, last, axis, foot] = await page.evaluate(() =>
    ['#sentence', '#example', '#record-long', '#axis', '#recorder'].map((part) => {
      const { top, bottom } = document.querySelector(part)?.getBoundingClientRect() ?? {
        top: NaN,
        bottom: NaN,
      };
      return part === '#record-long' ? bottom : top;
    }),
  );
  const order = [sentence, example, last, Math.min(axis, foot)];
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
    'under the sentence, above the scale and the bar',
  );
  await openFiles(page, settings.speech);
  await arrived(page);
  assert.equal(
    await page.locator('#inputs #example').count(),
    1,
    'with a result they stand with the options',
  );
  await context.close();
});
