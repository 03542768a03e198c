// Acoustics only: sound picture, checks and 88 measures, without a score, a map, reasons or a word for how a
// voice seems.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { arrived, axe, faults, headline, open, openFiles, settings, suite, toSave } from './lib.mjs';

/** @typedef {import('playwright-core').Page} Page */
const { server, browser } = await suite();

/** Words that judge how a voice seems, in both languages; and what could only come from a model. */
const JUDGING =
  /activat|excited|\bcalm|score\b(?!\.? Switch|, |\.$)|emotion|anger|happiness|sadness|arousal|oppe i gear|rolig|livlig|lively|aktivering|følelse|vrede|glæde|tristhed|average voice|gennemsnitsstemme|metric-/i;

/**
 * Everything that can be seen or is read aloud on the page with recordings, or on another.
 * @param {Page} page
 */
const words = (page, part = '#page-record') =>
  page.evaluate((part) => {
    const main = /** @type {HTMLElement} */ (document.querySelector(part));
    const names = [...main.querySelectorAll('[aria-label]')]
      .filter((one) => one.checkVisibility())
      .map((one) => one.getAttribute('aria-label'));
    const said = ['#said', '#alert'].map((id) => document.querySelector(id)?.textContent);
    return [main.innerText, ...names, ...said, document.title].join('\n');
  }, part);

/** @param {Page} page @param {string} hash */
const go = (page, hash) =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

/** Goes through the lesson, and gives what each of its steps says. @param {Page} page */
async function lesson(page) {
  const said = [];
  for (let step = 1; step <= 6; step += 1) {
    await go(page, `#learn/${step}`);
    await page.waitForSelector(`#learn-figure[data-step="${step}"] canvas`);
    await page.waitForFunction(() =>
      [...document.querySelectorAll('#learn-figure [role="img"]')].every((image) =>
        image.getAttribute('aria-label'),
      ),
    );
    said.push(await words(page, '#page-learn'));
  }
  await go(page, '#record');
  return said;
}

/** The sentence that says what is switched on names the score that there is not. @param {string} text */
const besides = (text) => text.replace(/Acoustics only[^\n]*|Kun akustik[^\n]*/g, '');

/** @param {Page} page @param {string} kind */
async function saved(page, kind) {
  await toSave(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('.kinds button', { hasText: kind }).click(),
  ]);
  await page.keyboard.press('Escape');
  return Buffer.from(await readFile(await download.path())).toString('utf8');
}

for (const [locale, empty, result] of /** @type {const} */ ([
  ['en-GB', /What is in the sound of a voice\?/, /^A tone around \d+ Hz\.$/],
  ['da-DK', /Hvad er der i lyden af en stemme\?/, /^En tone omkring \d+ Hz\.$/],
])) {
  test(`no word says how a voice seems: ${locale}`, async () => {
    const { page, context, complaints } = await open(browser, `${server.address}?acoustics`, {
      locale,
      reducedMotion: 'reduce',
    });
    assert.match(await headline(page).innerText(), empty);
    assert.doesNotMatch(besides(await words(page)), JUDGING);
    const steps = await lesson(page);
    for (const said of steps) assert.doesNotMatch(besides(said), JUDGING);
    assert.match(
      steps[0],
      locale === 'da-DK'
        ? /^Fra lyd til 88 tal\n+Vist med en stemme, der er lavet af en computer\./
        : /^From sound to 88 numbers\n+Shown with a voice made by a computer\./,
    );
    await openFiles(page, settings.speech);
    await arrived(page);
    assert.match(await headline(page).innerText(), result);
    assert.ok((await page.locator('#picture').isVisible()) && (await page.locator('#checks').isVisible()));
    assert.equal(await page.locator('#values-table tbody tr').count(), 88);
    for (const part of ['#panels', '#compare', '#start-choice'])
      assert.ok(!(await page.locator(part).isVisible()), part);
    // A share of the reference recordings stands in every row, and nothing moves a score.
    const ranks = await page.locator('#values-table tbody tr td:nth-child(4)').allInnerTexts();
    assert.ok(
      ranks.every((rank) => /^\d{1,3}$/.test(rank) && Number(rank) <= 100),
      ranks.join(' '),
    );
    assert.equal(await page.locator('#values-table thead th').count(), 5);
    await page.locator('#example').click();
    assert.doesNotMatch(await page.locator('#dialog').innerText(), JUDGING);
    await page.locator('#dialog .choices button').nth(1).click();
    await page.waitForSelector('#recordings li:nth-child(2)');
    await page.waitForSelector('#recorder[data-phase="idle"]');
    await page.waitForTimeout(100);
    assert.doesNotMatch(besides(await words(page)), JUDGING);
    await page.keyboard.press('c');
    assert.equal(await page.locator('#result.two').count(), 0);
    assert.deepEqual(await complaints(), []);
    await context.close();
  });
}

test('no network hears the voice, and no export holds a score', async () => {
  const { page, context, complaints } = await open(browser, `${server.address}?acoustics`, {
    reducedMotion: 'reduce',
  });
  await page.evaluate(async () => {
    const { Model } = await import(/** @type {any} */ (new URL('pkg/undertone.js', document.baseURI).href));
    for (const way of ['predict', 'compare', 'drawLayers', 'densityClass']) {
      if (!Model.prototype[way]) throw new Error(`there is no ${way}`);
      Model.prototype[way] = () => {
        throw new Error('a network heard it');
      };
    }
  });
  await lesson(page);
  await openFiles(page, settings.speech);
  await arrived(page);
  await lesson(page);
  await toSave(page);
  assert.deepEqual(await page.locator('.kinds button').allInnerTexts(), [
    'Numbers (CSV)',
    'Everything, with the sound (JSON)',
    'Results, without the sound (JSON)',
    'Sound (WAV)',
    'One page (print or PDF)',
  ]);
  await page.keyboard.press('Escape');
  const [head, line] = (await saved(page, 'CSV'))
    .trimEnd()
    .split('\n')
    .map((row) => row.split(','));
  // The file, the 88, and flags, seconds and name.
  assert.equal(head.length, 92);
  assert.equal(line.length, 92);
  const json = await saved(page, 'without the sound (JSON)');
  assert.doesNotMatch(
    json,
    /"model"|activation|score|baseline|interval|latent|contributions|metric-|unlike_reference/,
  );
  assert.equal(Object.keys(JSON.parse(json).recordings[0].measures.model_features).length, 88);
  // It comes back as it went; and where scores are given, it is read.
  await openFiles(page, { name: 'again.json', mimeType: 'application/json', buffer: Buffer.from(json) });
  await page.getByText('again.json: 1 of 1 are listed already. Added: 0.').first().waitFor();
  await page.waitForSelector('#recorder[data-phase="idle"]');
  await page.getByRole('button', { name: 'Add all again' }).click();
  await page.getByText('again.json: one recording is back.').first().waitFor();
  assert.match(await headline(page).innerText(), /^A tone around/);
  const [said] = await lesson(page);
  assert.match(said, /Recording 2 was saved without its sound\. Shown with a voice made by a computer\./);
  assert.deepEqual(await complaints(), []);
  await context.close();
  const scored = await open(browser, server.address, { reducedMotion: 'reduce' });
  await openFiles(scored.page, {
    name: 'again.json',
    mimeType: 'application/json',
    buffer: Buffer.from(json),
  });
  await headline(scored.page)
    .filter({ hasText: /average voice/ })
    .waitFor();
  await scored.context.close();
});

test('the switch is remembered, takes the score away and brings it back; a link only asks', async () => {
  const { page, context, complaints } = await open(browser, server.address, { reducedMotion: 'reduce' });
  await openFiles(page, settings.speech);
  await arrived(page);
  const sentence = await headline(page).innerText();
  assert.match(sentence, /average voice/);
  const box = page.getByRole('checkbox', { name: 'Acoustics only, without a score' });
  await box.check();
  assert.match(await headline(page).innerText(), /^A tone around/);
  await page
    .locator('#said')
    .filter({ hasText: 'Acoustics only: the page measures sound and gives no score.' })
    .waitFor({ state: 'attached' });
  await page.getByRole('button', { name: 'Switch off' }).click();
  assert.equal(await headline(page).innerText(), sentence);
  assert.ok(await headline(page).evaluate((element) => element === document.activeElement));
  await box.check();
  await page.reload();
  await page.waitForSelector('html[data-ready][data-offline]');
  assert.ok(await box.isChecked());
  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.goto(`${server.address}?acoustics`);
  await page.waitForSelector('html[data-ready][data-offline]');
  assert.ok(await box.isChecked());
  await page.goto(server.address);
  await page.waitForSelector('html[data-ready][data-offline]');
  assert.ok(!(await box.isChecked()), 'a link changes no preference');
  // Privacy and limits keeps quiet about the model, and does not send anybody away from here.
  await page.goto(`${server.address}?acoustics#privacy`);
  await page.waitForSelector('html[data-ready][data-offline]');
  assert.ok(!(await page.locator('#model-card').isVisible()) && !(await page.locator('#use').isVisible()));
  await page.getByText('judges nothing').waitFor();
  assert.deepEqual(await complaints(), []);
  await context.close();
});

const ways = /** @type {const} */ ([
  ['light', 'desk', { width: 1440, height: 900 }, 'en-GB'],
  ['dark', 'tablet', { width: 768, height: 1024 }, 'da-DK'],
  ['light', 'phone', { width: 320, height: 640 }, 'da-DK'],
  ['dark', 'phone', { width: 360, height: 740 }, 'en-GB'],
]);
for (const [colorScheme, size, viewport, locale] of ways) {
  test(`no fault found: ${colorScheme}, ${size}`, async () => {
    const { page, context, complaints } = await open(browser, `${server.address}?acoustics`, {
      colorScheme,
      viewport,
      locale,
      hasTouch: size === 'phone',
      reducedMotion: 'reduce',
      before: (context) => context.addInitScript(axe),
    });
    const check = async (/** @type {string} */ state) => {
      assert.deepEqual(await faults(page), [], state);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(wide <= 0, `${state}: the page scrolls sideways by ${wide} px`);
    };
    await check('empty');
    await openFiles(page, settings.speech);
    await arrived(page);
    await check('result');
    await page.screenshot({
      path: `${settings.folder}/acoustics-${colorScheme}-${size}.png`,
      fullPage: true,
    });
    await toSave(page);
    await check('saving');
    await page.keyboard.press('Escape');
    if (size === 'phone') {
      const low = await page
        .locator('#acoustics-off, #acoustics-choice')
        .evaluateAll((all) =>
          all.flatMap((one) => (one.getBoundingClientRect().height < 43.5 ? [one.id] : [])),
        );
      assert.deepEqual(low, []);
    }
    await page.evaluate(() => {
      location.hash = '#privacy';
    });
    await check('privacy');
    assert.deepEqual(await complaints(), []);
    await context.close();
  });
}
