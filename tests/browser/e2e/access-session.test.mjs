// For everyone: what opens, what is compared, what is named and saved.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrived, axe, faults, open, openFiles, settings, suite, toList, toSave } from './lib.mjs';

const { server, browser } = await suite();

const ways = /** @type {const} */ ([
  ['light', 'desk', { width: 1440, height: 900 }, 'en-GB'],
  ['dark', 'tablet', { width: 768, height: 1024 }, 'da-DK'],
  ['light', 'phone', { width: 320, height: 640 }, 'da-DK'],
]);
for (const [colorScheme, size, viewport, locale] of ways) {
  test(`no fault found: ${colorScheme}, ${size}`, async () => {
    const { page, context, complaints } = await open(browser, server.address, {
      colorScheme,
      viewport,
      locale,
      hasTouch: size === 'phone',
      reducedMotion: 'reduce',
      before: (context) => context.addInitScript(axe),
    });
    await openFiles(page, settings.speech);
    await arrived(page);
    await openFiles(page, settings.speech);
    await page.waitForSelector('#recordings li:nth-child(2)', { state: 'attached' });
    await page.waitForSelector('#recorder[data-phase="idle"]');
    const check = async (/** @type {string} */ state) => {
      assert.deepEqual(await faults(page), [], state);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(wide <= 0, `${state}: the page scrolls sideways by ${wide} px`);
    };
    await page.locator('[data-row="rest"]').click();
    await page.locator('[data-row="Pitch"]').click();
    await page.locator('[data-row="Pitch/more"]').click();
    await check('opened');
    const small = () =>
      page
        .locator(
          '#reasons .opener, #sum-by button, #start-from, .row-ways button, #compare, #list-ways button',
        )
        .evaluateAll((all) =>
          all
            .filter((one) => one.checkVisibility())
            .flatMap((one) => {
              const area = one.matches('.opener')
                ? /** @type {Element} */ (one.closest('tr')).getBoundingClientRect()
                : one.getBoundingClientRect();
              return area.height < (matchMedia('(pointer: coarse)').matches ? 44 : 24)
                ? [`${one.textContent} ${area.height}`]
                : [];
            }),
        );
    assert.deepEqual(await small(), []);
    await toList(page);
    assert.deepEqual(await small(), []);
    await check('the list');
    await page.evaluate(() => /** @type {HTMLDialogElement} */ (document.querySelector('#sheet')).close());
    await page.locator('#tab-families').click();
    await check('families');
    await page.locator('#tab-groups').click();
    await toList(page);
    await page.locator('#compare').click();
    await page.waitForSelector('#result.two');
    await check('compared');
    await page.locator('#two-speakers').click();
    await check('two speakers');
    await page.locator('[data-end]').click();
    await toList(page);
    await page.locator('[data-does="rename"]').click();
    await page.waitForSelector('.name-field');
    await check('named');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.name-field', { state: 'detached' });
    // Escape leaves the field, and not the sheet around it.
    assert.equal(await page.locator('#sheet[open]').count(), size === 'phone' ? 1 : 0);
    if (size === 'phone') await page.keyboard.press('Escape');
    await toSave(page);
    await check('saved');
    await page.keyboard.press('Escape');
    assert.deepEqual(await complaints(), []);
    await context.close();
  });
}
