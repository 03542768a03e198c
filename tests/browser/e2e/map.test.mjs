// The map in windows of all sizes: nothing of it is cut, it says when it is drawn flatter, and no control stands where
// its lines fall.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrived, open, openFiles, pause, settings, sideways, suite } from './lib.mjs';

const { server, browser } = await suite();

const WINDOWS = [
  [320, 568],
  [360, 640],
  [599, 900],
  [600, 800],
  [768, 1024],
  [1099, 700],
  [1100, 700],
  [1280, 720],
  [1440, 900],
  [2560, 1440],
];

/** @typedef {import('playwright-core').Page} Page */

/** The map as it is drawn now, with all dots: what of it lies where, in px. @param {Page} page @param {number} [lift] */
const drawn = (page, lift = 0) =>
  page.evaluate(async (lift) => {
    const { get, set } = /** @type {typeof import('../../../www/shell/state.js')} */ (
      await import(`${location.origin}/www/shell/state.js`)
    );
    const { surface, measureAxis } = /** @type {typeof import('../../../www/result/axis.js')} */ (
      await import(`${location.origin}/www/result/axis.js`)
    );
    if (lift) {
      const lifted = get().recordings.map((one) => ({
        ...one,
        analysis: one.analysis && { ...one.analysis, other_axis: one.analysis.other_axis + lift },
      }));
      set({ recordings: lifted });
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    const engine = /** @type {import('../../../www/types.js').Engine} */ (get().engine);
    const shown = /** @type {HTMLCanvasElement} */ (document.querySelector('#map canvas'));
    const axis = measureAxis();
    const height = shown.clientHeight;
    const bleed = axis.left < 20 ? axis.left + 10 : 24;
    const utterances = get().recordings.flatMap(({ analysis, number }) =>
      analysis
        ? [{ u: analysis.score_axis, v: analysis.other_axis, number, current: number === get().current }]
        : [],
    );
    const place = surface(shown, axis, height, bleed);
    const map = engine.wasm.drawEmbedding(document.createElement('canvas'), engine.model, {
      ...place,
      dotsBy: 'none',
      maxDots: 1e6,
      utterances,
    });
    return { ...map, width: place.width, height, count: engine.cloud.score.length };
  }, lift);

/** Waits until the map's height stays as it is. @param {Page} page */
async function settled(page) {
  const height = () =>
    page.evaluate(() =>
      ['#map', '#map canvas'].map((part) => document.querySelector(part)?.clientHeight ?? NaN).join(),
    );
  for (let before = '', same = 0, tries = 0; same < 3 && tries < 50; tries += 1) {
    await pause(60);
    const now = await height();
    same = now === before && now.split(',')[0] === now.split(',')[1] ? same + 1 : 0;
    before = now;
  }
}

test('every dot and disc lies inside, in every window; a flatter map says so', async () => {
  const { page, context, complaints } = await open(browser, server.address, { reducedMotion: 'reduce' });
  await openFiles(page, settings.speech);
  await arrived(page);
  const heights = new Map();
  for (const [width, height] of WINDOWS) {
    await page.setViewportSize({ width, height });
    await settled(page);
    const map = await drawn(page);
    const where = `${width} × ${height}`;
    assert.equal(map.dots.length, map.count, where);
    for (const { x, y } of map.dots)
      assert.ok(
        x >= 4 && x <= map.width - 4 && y >= 8 && y <= map.height - 8,
        `${where}: a dot at ${x}, ${y}`,
      );
    for (const { x, y } of map.discs)
      assert.ok(
        x >= 0 && x <= map.width && y >= 15 && y <= map.height - 15,
        `${where}: a disc at ${x}, ${y}`,
      );
    const isSaid = /drawn flatter/.test(await page.locator('#map-flat').innerText());
    assert.equal(isSaid, map.flatness < 0.99, `${where}: ${map.flatness}`);
    assert.equal(await page.getByRole('button', { name: 'True proportions' }).isVisible(), isSaid, where);
    assert.ok((await sideways(page)) <= 0, where);
    heights.set(where, map.height);
  }
  assert.ok(heights.get('360 × 640') <= 251, String(heights.get('360 × 640')));
  assert.ok(heights.get('1280 × 720') <= 264, String(heights.get('1280 × 720')));
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('true proportions give the map its height, and are remembered', async () => {
  const { page, context } = await open(browser, server.address, {
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 720 },
  });
  await openFiles(page, settings.speech);
  await arrived(page);
  await settled(page);
  const before = await drawn(page);
  await page.getByRole('button', { name: 'True proportions' }).click();
  await settled(page);
  const after = await drawn(page);
  assert.ok(before.flatness < 0.99);
  assert.ok(Math.abs(after.flatness - 1) < 0.01 && after.height > before.height, String(after.flatness));
  assert.match(await page.locator('#map-flat').innerText(), /^Up and down has no name\.$/);
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  await openFiles(page, settings.speech);
  await arrived(page);
  await page.getByRole('button', { name: 'Flatter' }).click();
  await settled(page);
  assert.equal((await drawn(page)).height, before.height);
  await context.close();
});

test('a voice far above stands at the edge', async () => {
  const { page, context } = await open(browser, server.address, { reducedMotion: 'reduce' });
  await openFiles(page, settings.speech);
  await arrived(page);
  await settled(page);
  const before = await drawn(page);
  const near = await drawn(page, 0.4);
  assert.ok(
    near.flatness <= before.flatness,
    `${near.flatness} of ${near.height}, ${before.flatness} of ${before.height}`,
  );
  const far = await drawn(page, 30);
  assert.equal(far.discs.length, 1);
  assert.equal(far.discs[0].y, 15);
  await context.close();
});

test('no control stands where the lines fall, and a low window shows the whole map and the first reasons', async () => {
  const { page, context } = await open(browser, server.address, { reducedMotion: 'reduce' });
  await openFiles(page, [settings.speech, settings.speech]);
  await arrived(page);
  await page.waitForFunction(() => document.querySelectorAll('#recordings li').length === 2);
  await page.waitForSelector('#recorder[data-phase="idle"]');
  for (const [width, height] of WINDOWS) {
    await page.setViewportSize({ width, height });
    await settled(page);
    const crossed = await page.evaluate(() => {
      const lines = ['#guide-average', '#guide-voice'].map((line) =>
        /** @type {Element} */ (document.querySelector(line)).getBoundingClientRect(),
      );
      return [...document.querySelectorAll('#panels :is(button, select, a)')]
        .filter((control) => control.checkVisibility() && !control.closest('#reasons'))
        .filter((control) => {
          const box = control.getBoundingClientRect();
          return lines.some(
            (line) =>
              line.left < box.right &&
              line.right > box.left &&
              line.top < box.bottom &&
              line.bottom > box.top,
          );
        })
        .map(({ id, textContent }) => id || textContent);
    });
    assert.deepEqual(crossed, [], `${width} × ${height}`);
  }
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.evaluate(() => scrollTo(0, 0));
  await settled(page);
  const bottoms = await page.evaluate(() =>
    ['#sentence', '#scale', '#map', '#legend', '#reasons tr:nth-child(4)'].map(
      (part) => document.querySelector(part)?.getBoundingClientRect().bottom ?? NaN,
    ),
  );
  for (const bottom of bottoms) assert.ok(bottom <= 720, `${bottoms}`);
  await context.close();
});
