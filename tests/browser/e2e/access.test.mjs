// The page for everyone: axe's rules in both themes, phone and desk, and the keyboard.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { arrived, axe, browse, faults, headline, open, openFiles, serve, settings } from './lib.mjs';

/** @type {Awaited<ReturnType<typeof serve>>} */
let server;
/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  server = await serve();
  browser = await browse({ speech: settings.speech, allow: true });
});
after(async () => {
  await browser?.close();
  server?.close();
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const [size, viewport] of Object.entries({ desk: { width: 1440, height: 900 }, phone: { width: 360, height: 740 } })) {
    test(`no fault found: ${colorScheme}, ${size}`, async () => {
      // A script that the tester brings along is not the page's: it comes in by the tester's door.
      const options = { colorScheme, viewport, before: (/** @type {import('playwright-core').BrowserContext} */ context) => context.addInitScript(axe) };
      const { page, context, complaints } = await open(browser, server.address, options);
      assert.deepEqual(await faults(page), [], 'empty');
      await openFiles(page, settings.speech);
      await arrived(page);
      await page.locator('#values summary').click();
      assert.deepEqual(await faults(page), [], 'result');
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `the page scrolls sideways by ${wide} px`);
      await page.goto(`${server.address}#privacy`);
      assert.deepEqual(await faults(page), [], 'privacy');
      assert.deepEqual(await complaints(), []);
      await page.goto(`${server.address}#record`);
      await page.screenshot({ path: `${settings.folder}/result-${colorScheme}-${size}.png`, fullPage: true });
      await context.close();
    });
  }
}

test('in Danish too', async () => {
  const { page, context, complaints } = await open(browser, server.address, {
    locale: 'da-DK',
    before: (/** @type {import('playwright-core').BrowserContext} */ context) => context.addInitScript(axe),
  });
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'da');
  await openFiles(page, settings.speech);
  await arrived(page);
  assert.match(await headline(page).innerText(), /gearet end|oligere end|Omtrent som/);
  assert.deepEqual(await faults(page), []);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('at 320 px of width nothing scrolls sideways', async () => {
  const { page, context } = await open(browser, server.address, { viewport: { width: 320, height: 640 } });
  await openFiles(page, settings.speech);
  await arrived(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `by ${wide} px`);
  await context.close();
});
