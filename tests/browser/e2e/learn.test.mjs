// The lesson: every step by role and name, with the example and with one's own voice, by link, keyboard and
// finger.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { MANNERS, RATE, speak } from '../../../www/sound/formant-synthesis.js';
import {
  arrived,
  axe,
  faults,
  headline,
  suite,
  numbers,
  open,
  openFiles,
  settings,
  sideways,
  small,
  wav,
} from './lib.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { server, browser } = await suite();

/** Headlines, and what a figure's picture is called. @type {Record<'en'|'da', [string, RegExp][]>} */
const STEPS = {
  en: [
    ['Air that moves.', /^Waveform from 0\.00 to/],
    ['Thin slices.', /^Waveform around/],
    ['The colours in a slice.', /^Energy at/],
    ['Finding the pitch.', /^Pitch candidates from/],
    ['Twenty-five lines, like a sheet of music.', /^8 lines\. At/],
    ['Eighty-eight numbers.', /^88 ticks among/],
    ['Down to two.', /^Network of 88, 40, 20, 10 and 2 units/],
    [
      'Four ways to teach it.',
      /^Taught activation\. The voice lies .*; a line falls to it from its score, \d\.\d\.$/,
    ],
  ],
  da: [
    ['Luft i bevægelse.', /^Lydbølge fra 0,00 til/],
    ['Tynde skiver.', /^Lydbølge omkring/],
    ['Farverne i en skive.', /^Energien ved/],
    ['På jagt efter tonen.', /^Bud på tonen fra/],
    ['Femogtyve linjer, som et partitur.', /^8 linjer\. Ved/],
    ['Otteogfirs tal.', /^88 streger blandt/],
    ['Ned til to.', /^Netværk med 88, 40, 20, 10 og 2/],
    [
      'Fire måder at lære den op på.',
      /^Lært op i aktivering\. Stemmen ligger .*; der falder en linje til den fra dens tal, \d,\d\.$/,
    ],
  ],
};

/** Waits until a step's figure is there. @param {Page} page @param {number} step */
const shown = async (page, step) => {
  await page.waitForSelector(`#learn-figure[data-step="${step}"] canvas`, { timeout: 20_000 });
  await page.waitForFunction(() =>
    [...document.querySelectorAll('#learn-figure [role="img"]')].every((image) =>
      image.getAttribute('aria-label'),
    ),
  );
};

/** @param {Page} page @param {number} step */
async function go(page, step) {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#learn/${step}`);
  await shown(page, step);
}

const title = (/** @type {Page} */ page) => page.getByRole('heading', { level: 1 }).filter({ visible: true });

/** Pixels that have something on them, per canvas of the figure. @param {Page} page */
const inked = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('#learn-figure canvas')].map((canvas) => {
      const { width, height } = /** @type {HTMLCanvasElement} */ (canvas);
      const context = /** @type {HTMLCanvasElement} */ (canvas).getContext('2d');
      const { data } = /** @type {CanvasRenderingContext2D} */ (context).getImageData(0, 0, width, height);
      const first = data.slice(0, 4).join();
      let others = 0;
      for (let k = 0; k < data.length; k += 4) if (data.slice(k, k + 4).join() !== first) others += 1;
      return others;
    }),
  );

for (const [language, locale] of /** @type {const} */ ([
  ['en', 'en-GB'],
  ['da', 'da-DK'],
])) {
  test(`all eight steps with the example, one after the other: ${language}`, async () => {
    const { page, context, complaints } = await open(browser, server.address, {
      locale,
      reducedMotion: 'reduce',
    });
    const asked = server.log.length;
    await page.getByRole('link', { name: language === 'en' ? 'Learn' : 'Lær', exact: true }).click();
    for (const [at, [name, picture]] of STEPS[language].entries()) {
      await shown(page, at + 1);
      assert.equal(await title(page).innerText(), name);
      await page.getByRole('img', { name: picture }).first().waitFor();
      assert.equal(await page.locator('#learn-steps [aria-current="step"]').count(), 1);
      await page
        .locator('#learn-whose')
        .getByText(
          language === 'en'
            ? 'Shown with a voice made by a computer.'
            : 'Vist med en stemme, der er lavet af en computer.',
        )
        .waitFor();
      for (const [k, pixels] of (await inked(page)).entries())
        assert.ok(pixels > 50, `${name}: canvas ${k} is empty`);
      // Whatever is in the figure has a name.
      const nameless = await page
        .locator('#learn-figure')
        .evaluate(
          (host) =>
            [...host.querySelectorAll('[role="img"], input, button, select')].filter(
              (one) =>
                !(
                  one.getAttribute('aria-label') ||
                  one.closest('label')?.textContent ||
                  one.textContent?.trim()
                ),
            ).length,
        );
      assert.equal(nameless, 0, name);
      if (at < 7) await page.getByRole('link', { name: language === 'en' ? /^Next: / : /^Videre: / }).click();
    }
    assert.equal(server.log.length, asked, 'nothing was asked for');
    assert.deepEqual(await complaints(), []);
    await context.close();
  });
}

test('a link opens the step that it names, and a wrong one the nearest', async () => {
  const { page, context } = await open(browser, `${server.address}#learn/6`);
  await shown(page, 6);
  assert.equal(await title(page).innerText(), 'Eighty-eight numbers.');
  for (const [hash, name] of [
    ['#learn', 'Air that moves.'],
    ['#learn/99', 'Four ways to teach it.'],
    ['#learn/0', 'Air that moves.'],
  ]) {
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await title(page).filter({ hasText: name }).waitFor();
  }
  await page.getByRole('link', { name: 'Record', exact: true }).click();
  await headline(page)
    .filter({ hasText: /How calm or excited/ })
    .waitFor();
  await page.goBack();
  await title(page).filter({ hasText: 'Air that moves.' }).waitFor();
  await context.close();
});

test('by keyboard: arrows in the list of steps, sliders, focus on the sentence after Next', async () => {
  const { page, context } = await open(browser, `${server.address}#learn/5`, {
    viewport: { width: 1280, height: 900 },
  });
  await shown(page, 5);
  await page.getByRole('link', { name: '5 Twenty-five lines' }).focus();
  await page.keyboard.press('ArrowRight');
  await shown(page, 6);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('href')), '#learn/6');
  await page.keyboard.press('ArrowLeft');
  await shown(page, 5);
  await page.getByRole('slider', { name: 'Moment' }).focus();
  const score = page.getByRole('img', { name: /lines\. At/ });
  await page.keyboard.press('Home');
  assert.match((await score.getAttribute('aria-label')) ?? '', /At 0\.00 s: .*Pitch none/);
  await page.keyboard.press('ArrowRight');
  assert.match((await score.getAttribute('aria-label')) ?? '', /At 0\.01 s/);
  assert.equal(await page.getByRole('slider', { name: 'Moment' }).getAttribute('aria-valuetext'), '0.01 s');
  await page.getByRole('button', { name: 'Show all twenty-five' }).press('Enter');
  await page.getByRole('img', { name: /^25 lines/ }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Show the first eight');
  await page.keyboard.press('Enter');
  await page.getByRole('img', { name: /^8 lines/ }).waitFor();
  await page.getByRole('link', { name: /^Next/ }).press('Enter');
  await shown(page, 6);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'learn-sentence');
  await context.close();
});

test('zooming in, longer windows, a kept slice, the path switched off', async () => {
  const { page, context } = await open(browser, `${server.address}#learn/1`);
  await shown(page, 1);
  const far = await page.locator('#learn-figure .reading').innerText();
  assert.match(far, /only louder and softer/);
  await page.getByRole('slider', { name: 'Stretch that is shown' }).press('End');
  assert.equal(
    await page.getByRole('slider', { name: 'Stretch that is shown' }).getAttribute('aria-valuetext'),
    '20 ms',
  );
  // The example's voice lies around 105 Hz.
  const [, hz] =
    /about (\d+) times a second/.exec(await page.locator('#learn-figure .reading').innerText()) ?? [];
  assert.ok(Number(hz) > 85 && Number(hz) < 130, hz);

  await go(page, 2);
  const length = page.getByRole('slider', { name: 'Length of the window' });
  assert.equal(await length.getAttribute('aria-valuetext'), '20 ms');
  const before = await inked(page);
  await length.press('End');
  assert.equal(await length.getAttribute('aria-valuetext'), '160 ms');
  assert.match(await page.locator('#learn-figure .reading').innerText(), /160 ms.*about 8 Hz/);
  assert.notDeepEqual(await inked(page), before);

  await go(page, 3);
  await page.getByRole('button', { name: 'Keep this slice to compare' }).click();
  await page.getByRole('slider', { name: 'Moment' }).press('Home');
  const [now, kept] = await page.locator('#learn-figure .reading').allInnerTexts();
  assert.match(now, /^Energy at 0\.00 s: low \d+ %, middle \d+ %, bright \d+ %\.$/);
  assert.match(kept, /^To compare, at /);
  assert.notEqual(now.replace(/.*low/, ''), kept.replace(/.*low/, ''));

  await go(page, 4);
  const path = page.getByRole('checkbox', { name: 'Follow the path' });
  const reading = page.locator('#learn-figure .reading');
  assert.match(
    await reading.innerText(),
    /on the path: (\d+ Hz|no tone)\. Octave leaps in the whole recording: \d+ on the path, \d+ by the best guess\.$/,
  );
  await path.press('Space');
  assert.match(await reading.innerText(), /by the best guess/);
  await context.close();
});

/**
 * A rough voice: two seconds of pulses, unevenly spaced, every second one weaker, so that its pitch can be
 * heard an octave apart.
 */
function rough() {
  const rate = 16_000;
  const samples = new Float32Array(3 * rate);
  let state = 1;
  const dice = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0) / 2 ** 31;
  for (let t = 0.5, k = 0; t < 2.5; t += (1 + 0.08 * dice()) / 200, k += 1) {
    for (let i = 0; i < 400; i += 1)
      samples[Math.round(t * rate) + i] +=
        (k % 2 ? 0.2 : 0.5) * Math.exp(-i / 40) * Math.sin((2 * Math.PI * 700 * i) / rate);
  }
  return wav(samples, rate);
}

test('what is to be tried with the pitch is there to be seen, or the step says that it is not', async () => {
  const { page, context, complaints } = await open(browser, `${server.address}#learn/4`, {
    reducedMotion: 'reduce',
  });
  await shown(page, 4);
  const [reading, attempt] = [page.locator('#learn-figure .reading'), page.locator('#learn-try')];
  // The example has a leap to look at, at the moment that is seen first.
  assert.match(await reading.innerText(), /: 0 on the path, 2 by the best guess\.$/);
  assert.match(await attempt.innerText(), /^Switch the path off/);
  const saved = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the figure (PNG)' }).click(),
  ]);
  assert.equal(saved[0].suggestedFilename(), 'undertone-learn-4.png');
  const png = await readFile(await saved[0].path());
  const { width } = (await page.locator('#learn-figure').boundingBox()) ?? { width: 0 };
  assert.equal(
    png.readUInt32BE(16),
    Math.round(2 * (width + 48)),
    'twice as wide as the figure with its margins',
  );
  assert.ok(png.readUInt32BE(20) > 600 && png.length > 20_000, `${png.readUInt32BE(20)} ${png.length}`);
  // Another voice may have none.
  const even = wav(speak(MANNERS.calm), RATE);
  await openFiles(page, { name: 'even.wav', mimeType: 'audio/wav', buffer: even });
  await arrived(page);
  await go(page, 4);
  await page.locator('#learn-whose').getByText('even.wav').waitFor();
  assert.match(await reading.innerText(), / 0 by the best guess\.$/);
  assert.match(await attempt.innerText(), /^Here the best guess never jumps an octave\./);
  await page.getByRole('button', { name: 'Dansk' }).click();
  await attempt.getByText('Her springer det bedste gæt aldrig en oktav.').waitFor();
  await page.getByRole('button', { name: 'English' }).click();
  await go(page, 5);
  assert.match(await attempt.innerText(), /^Drag the line/);
  await openFiles(page, { name: 'rough.wav', mimeType: 'audio/wav', buffer: rough() });
  await arrived(page);
  await go(page, 4);
  await page.locator('#learn-whose').getByText('rough.wav').waitFor({ state: 'attached' });
  await attempt.getByText('Switch the path off').waitFor();
  const [, path, guess] =
    /: (\d+) on the path, (\d+) by the best guess\.$/.exec(await reading.innerText()) ?? [];
  assert.ok(Number(guess) > 0 && Number(path) < Number(guess), `${path} ${guess}`);
  assert.match(await attempt.innerText(), /^Switch the path off/);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test("with one's own recording the numbers are those of its result", async () => {
  const { page, context, complaints } = await open(browser, server.address, { reducedMotion: 'reduce' });
  await openFiles(page, settings.speech);
  await arrived(page);
  const { analysis: own } = await numbers(page);
  await go(page, 6);
  await page.locator('#learn-whose').getByText('speech.wav').waitFor();
  const [summary] = await page.locator('#learn-figure .reading').allInnerTexts();
  const feature = (/** @type {string} */ name) => own.model_features[name];
  const [mean, low, high] = ['amean', 'percentile20.0', 'percentile80.0']
    .map((statistic) => feature(`loudness_sma3_${statistic}`))
    .map((value) => value.toFixed(Math.abs(value) >= 1 ? 2 : 3));
  assert.ok(summary.includes(`on average ${mean};`), `${summary} ${mean}`);
  assert.ok(summary.includes(`low end ${low}, high end ${high}.`), summary);
  await page.getByRole('combobox', { name: 'Line' }).selectOption({ label: 'Pitch and melody' });
  const semitones = feature('F0semitoneFrom27.5Hz_sma3nz_amean').toFixed(1);
  assert.match(
    (await page.getByRole('img', { name: /^Pitch and melody: on average/ }).getAttribute('aria-label')) ?? '',
    new RegExp(`on average ${semitones} semitones`),
  );
  await page.getByRole('button', { name: 'Show the most unusual' }).click();
  const most = /(\d+) of 100 reference/.exec(await page.locator('#learn-figure .reading').last().innerText());
  const ranks = /** @type {number[]} */ (Object.values(own.ranks));
  const furthest = Math.max(...ranks.map((rank) => Math.abs(rank - 0.5)));
  assert.ok(
    most &&
      ranks.some((rank) => Math.round(rank * 100) === Number(most[1])) &&
      Math.abs(Math.abs(Number(most[1]) / 100 - 0.5) - furthest) < 0.006,
    String(most),
  );

  await go(page, 7);
  const words = page.locator('#learn-figure .reading');
  assert.ok(
    (await words.innerText()).includes(`As recorded the score is ${own.activation.toFixed(1)};`),
    await words.innerText(),
  );
  const first = page.getByRole('slider').first();
  await first.press('End');
  assert.match((await first.getAttribute('aria-valuetext')) ?? '', /^\+3\.00 steps, score \d\.\d$/);
  const [, from, to] = /went from (\d\.\d) to (\d\.\d)/.exec(await words.innerText()) ?? [];
  assert.equal(from, own.activation.toFixed(1));
  assert.notEqual(to, from, 'the group that counts most moves the dot');
  assert.ok(((await first.getAttribute('aria-valuetext')) ?? '').endsWith(to));
  assert.equal(await page.getByRole('slider').count(), 6);
  await page.getByRole('button', { name: 'All 27 groups' }).click();
  assert.equal(await page.getByRole('slider').count(), 27);
  await page.getByRole('button', { name: 'All as recorded' }).click();
  assert.match(await words.innerText(), /^As recorded/);
  assert.equal(await first.inputValue(), '0');
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('four maps of the same voice, one of them with a line; only six steps in acoustics only', async () => {
  const { page, context, complaints } = await open(browser, `${server.address}?model=unsupervised#learn/8`, {
    reducedMotion: 'reduce',
  });
  await shown(page, 8);
  await page.getByRole('img', { name: /^Taught pleasantness/ }).waitFor();
  const names = await page
    .getByRole('img')
    .evaluateAll((images) => images.map((image) => image.getAttribute('aria-label')));
  assert.deepEqual(
    names.map((name) => name?.replace(/\..*/, '')),
    ['Left to itself', 'Taught to sort', 'Taught activation', 'Taught pleasantness'],
  );
  assert.deepEqual(
    names.map((name) => /a line falls/.test(name ?? '')),
    [false, false, true, false],
  );
  // Whichever model the page has chosen, the seventh step is that of the score.
  await go(page, 7);
  const scored = await page.locator('#learn-figure .reading').innerText();
  assert.match(scored, /^As recorded the score is \d\.\d; the average voice has \d\.\d/);
  assert.deepEqual(await complaints(), []);
  const usual = await open(browser, `${server.address}#learn/7`, { reducedMotion: 'reduce' });
  await shown(usual.page, 7);
  assert.equal(scored, await usual.page.locator('#learn-figure .reading').innerText());
  await usual.context.close();
  await context.close();
  const measured = await open(browser, `${server.address}?acoustics#learn/8`, { reducedMotion: 'reduce' });
  await shown(measured.page, 6);
  assert.equal(await measured.page.locator('#learn-steps li a:visible').count(), 6);
  assert.equal(await title(measured.page).innerText(), 'Eighty-eight numbers.');
  assert.equal(await measured.page.getByRole('link', { name: /^Next/ }).count(), 0);
  await openFiles(measured.page, settings.speech);
  await measured.page.waitForSelector('#take:not([hidden])');
  await go(measured.page, 4);
  await measured.page.locator('#learn-whose').getByText('speech.wav').waitFor();
  assert.deepEqual(await measured.complaints(), []);
  await measured.context.close();
});

test('another recording is followed once it is chosen, and the example once all are forgotten', async () => {
  const { page, context, complaints } = await open(browser, server.address, { reducedMotion: 'reduce' });
  for (const name of ['one.wav', 'two.wav']) {
    await openFiles(page, {
      name,
      mimeType: 'audio/wav',
      buffer: (await import('node:fs')).readFileSync(settings.speech),
    });
    await page.locator('#recordings').getByText(name).first().waitFor();
    await arrived(page);
  }
  await go(page, 5);
  const choice = page.getByRole('combobox', { name: 'Recording to follow' });
  assert.equal(await choice.locator('option:checked').innerText(), 'Recording 2, two.wav');
  await choice.selectOption({ label: 'Recording 1, one.wav' });
  assert.equal(await page.locator('#learn-whose').getByText('one.wav').count(), 1, 'it is named once');
  await shown(page, 5);
  await page.evaluate(() => {
    location.hash = '#record';
  });
  await page.getByRole('button', { name: 'Forget everything' }).click();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  // The dialog closes first; then no picture of it is left.
  await page.waitForFunction(
    () => !document.querySelector('#recordings li') && !document.querySelector('#learn-figure canvas'),
  );
  await go(page, 5);
  await page.locator('#learn-whose').getByText('a voice made by a computer').waitFor();
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('a finger takes the moment along', async () => {
  const { page, context } = await open(browser, `${server.address}#learn/5`, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  await shown(page, 5);
  assert.equal(await page.getByText('5 of 8').isVisible(), true);
  const box = await page.locator('.over').boundingBox();
  assert.ok(box);
  await page.touchscreen.tap(box.x + box.width * 0.75, box.y + box.height / 2);
  const at = Number(await page.getByRole('slider', { name: 'Moment' }).inputValue());
  const end = Number(await page.getByRole('slider', { name: 'Moment' }).getAttribute('max'));
  assert.ok(Math.abs(at / end - 0.75) < 0.02, `${at} of ${end}`);
  await context.close();
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const [size, options] of Object.entries({
    desk: { viewport: { width: 1440, height: 900 } },
    phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  })) {
    test(`no fault found in any step: ${colorScheme}, ${size}`, async () => {
      const { page, context } = await open(browser, server.address, {
        colorScheme,
        reducedMotion: 'reduce',
        ...options,
        before: (inside) => inside.addInitScript(axe),
      });
      for (const [at, [name]] of STEPS.en.entries()) {
        await go(page, at + 1);
        assert.deepEqual(await faults(page), [], name);
        assert.ok(
          (await sideways(page)) <= 0,
          `${name}: the page scrolls sideways by ${await sideways(page)} px`,
        );
        if (size === 'phone') assert.deepEqual(await small(page), [], `${name}: too small for a finger`);
        await page.screenshot({
          path: `${settings.folder}/learn-${at + 1}-${colorScheme}-${size}.png`,
          fullPage: true,
        });
      }
      await context.close();
    });
  }
}

for (const [what, options] of Object.entries({
  '320 px': { viewport: { width: 320, height: 640 } },
  'zoom of 200 %': { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
  'zoom of 400 %': { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 },
})) {
  test(`no step scrolls sideways: ${what}`, async () => {
    const { page, context } = await open(browser, server.address, {
      locale: 'da-DK',
      reducedMotion: 'reduce',
      ...options,
    });
    for (const [at, [name]] of STEPS.da.entries()) {
      await go(page, at + 1);
      assert.ok((await sideways(page)) <= 0, `${name}: by ${await sideways(page)} px`);
    }
    await context.close();
  });
}
