// The four models: chosen, read anew without measuring anew, said aloud, carried by the address, written and
// opened again.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import {
  arrived,
  axe,
  faults,
  headline,
  numbers,
  open,
  openFiles,
  save,
  score,
  settings,
  suite,
  toList,
  wav,
} from './lib.mjs';

/** @typedef {import('playwright-core').Page} Page */
const { server, browser } = await suite();

const TITLES = {
  unsupervised: 'Left to itself.',
  'metric-cluster': 'Taught to sort.',
  'metric-val': 'Taught pleasantness.',
};
const OTHERS = /** @type {(keyof typeof TITLES)[]} */ (Object.keys(TITLES));

/** @param {Page} page @param {string} objective */
async function choose(page, objective) {
  await page.getByRole('combobox', { name: 'Model' }).selectOption(objective);
  await page.waitForFunction(
    (wanted) => new URLSearchParams(location.search).get('model') === wanted,
    objective === 'metric-act' ? null : objective,
  );
}

/** The page with two recordings. @param {object} [options] @param {string} [query] */
async function withTwo(options = {}, query = '') {
  const tab = await open(browser, server.address + query, { reducedMotion: 'reduce', ...options });
  const speech = await readFile(settings.speech);
  // The second is the first half of the first.
  const samples = Array.from(
    { length: Math.floor((speech.length - 44) / 4) },
    (_, k) => speech.readInt16LE(44 + 2 * k) / 32_768,
  );
  await openFiles(
    tab.page,
    [
      ['one.wav', speech],
      ['two.wav', wav(samples, speech.readUInt32LE(24))],
    ].map(([name, buffer]) => ({ name, mimeType: 'audio/wav', buffer })),
  );
  await arrived(tab.page);
  await tab.page.waitForSelector('#recordings li:nth-child(2)', { state: 'attached' });
  await tab.page.waitForSelector('#recorder[data-phase="idle"]');
  return tab;
}

test('every model predicts what the command line does, measured once and without a request', async () => {
  const { page, context, complaints } = await open(browser, server.address, { reducedMotion: 'reduce' });
  const requests = server.log.length;
  await openFiles(page, settings.speech);
  await arrived(page);
  // Whatever is measured from now on is measured anew.
  await page.evaluate(async () => {
    const { Analyser } = await import(
      /** @type {any} */ (new URL('pkg/undertone.js', document.baseURI).href)
    );
    Analyser.prototype.step = () => {
      throw new Error('measured anew');
    };
  });
  for (const model of [...OTHERS, 'metric-act']) {
    await choose(page, model);
    const { analysis } = await numbers(page);
    const native = await score(settings.speech, model);
    assert.equal(analysis.model.objective, model);
    assert.deepEqual({ file: settings.speech, ...analysis }, native, 'one object, to the last bit');
  }
  assert.deepEqual(server.log.slice(requests), [], 'all four came when the page was loaded');
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('only the model that was taught activation gives a score, a range and guide lines', async () => {
  const { page, context, complaints } = await withTwo();
  const figure = page.getByRole('region', { name: 'Result' });
  const scale = page.getByRole('img', { name: /on a scale from 1, calm, to 5, excited/ });
  const row = page.locator('#recordings').getByRole('button', { name: /^Recording 2, two\.wav/ });
  const sentence = await headline(page).innerText();
  assert.match(sentence, /average voice/);
  assert.ok((await scale.isVisible()) && (await page.locator('#guide-voice').isVisible()));
  const scored = /** @type {string} */ (await row.innerText());
  assert.match(scored, /\d\.\d/);
  for (const model of OTHERS) {
    await choose(page, model);
    assert.equal(await headline(page).innerText(), TITLES[model]);
    await page.getByText(`${TITLES[model]} `, { exact: false }).first().waitFor({ state: 'attached' });
    assert.equal(await scale.count(), 0);
    await page
      .getByRole('img', {
        name: /^The map’s own axis, from −[\d.]+ to [\d.]+, counted from the average voice\.$/,
      })
      .waitFor();
    for (const part of ['#guide-voice', '#guide-average', '#interval-band', '#score', '#average'])
      assert.ok(!(await page.locator(part).isVisible()), `${model}: ${part}`);
    assert.doesNotMatch(/** @type {string} */ (await row.textContent()), /\d\.\d|–|no score/);
    const words = await figure.innerText();
    assert.doesNotMatch(words, /More activated than|Calmer than|Listeners would most likely|on the scale/);
    const reasons = page.getByRole('table', {
      name: model === 'metric-val' ? 'Why it lies there' : 'Read afterwards',
    });
    await reasons.waitFor();
    assert.equal(
      await reasons.getByText('From 1, calm, to 5, excited').count(),
      model === 'metric-val' ? 0 : 1,
    );
    if (model === 'metric-val') {
      assert.match(await page.locator('#lead').innerText(), /the page draws no conclusion from it\.$/);
      assert.doesNotMatch(words, /activated|calm\b|excited/, 'nothing of activation');
    } else assert.match(words, /Afterwards a line was fitted/);
    // The selection stays.
    assert.equal(await row.getAttribute('aria-current'), 'true');
  }
  await choose(page, 'metric-act');
  assert.equal(await headline(page).innerText(), sentence);
  assert.equal(await row.innerText(), scored);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('the column of every model adds up as shown, also between two recordings', async () => {
  const { page, context } = await withTwo();
  const adds = async (/** @type {string} */ what) => {
    const shown = await page
      .locator('#reasons tr:not(.marks, .nested, .about) .value')
      .evaluateAll((cells) =>
        cells.map((cell) =>
          Number((cell.querySelector('[aria-hidden]') ?? cell).textContent?.replace('−', '-')),
        ),
      );
    const [start, ...rest] = shown;
    const end = rest.pop();
    assert.equal(
      Math.round(100 * (start + rest.reduce((a, b) => a + b, 0))),
      Math.round(100 * Number(end)),
      what,
    );
    return [start, end];
  };
  for (const model of [...OTHERS, 'metric-act']) {
    await choose(page, model);
    const [start, end] = await adds(model);
    if (model === 'metric-val') assert.equal(start, 0, 'counted from the average voice');
    await page.locator('#compare').click();
    await page.waitForSelector('#result.two');
    if (model !== 'metric-act')
      assert.equal(await headline(page).innerText(), 'Where recordings 1 and 2 land.');
    const [, second] = await adds(`${model}, compared`);
    assert.equal(second, end);
    assert.notEqual(start, second);
    await page.locator('#compare').click();
  }
  await context.close();
});

test('a comparison stays when another model is chosen, and the change is said aloud', async () => {
  const { page, context } = await withTwo();
  await page.locator('#compare').click();
  await page.waitForSelector('#result.two');
  await choose(page, 'unsupervised');
  await page
    .locator('#said')
    .filter({
      hasText:
        'Left to itself. It only learned to redraw voices from two numbers; nobody told it what to look for.' +
        ' All 2 recordings are read anew.',
    })
    .waitFor({ state: 'attached' });
  assert.ok(await page.locator('#result.two').count());
  await context.close();
});

test('the address carries the model, also before there is a recording, and nothing is stored', async () => {
  const { page, context, complaints } = await open(browser, `${server.address}?model=metric-cluster`, {
    reducedMotion: 'reduce',
  });
  assert.equal(await headline(page).innerText(), 'Taught to sort.');
  assert.equal(await page.getByRole('combobox', { name: 'Model' }).inputValue(), 'metric-cluster');
  await choose(page, 'unsupervised');
  await page.reload();
  await page.waitForSelector('html[data-ready][data-offline]');
  assert.equal(await headline(page).innerText(), 'Left to itself.');
  await choose(page, 'metric-act');
  assert.match(await headline(page).innerText(), /How calm or excited/);
  assert.equal(new URL(page.url()).search, '');
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  await page.goto(`${server.address}?model=nonsense`);
  await page.waitForSelector('html[data-ready][data-offline]');
  assert.match(await headline(page).innerText(), /How calm or excited/);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('tables and sessions name the model; a session of another one is read by the chosen one', async () => {
  const { page, context } = await open(browser, server.address, { reducedMotion: 'reduce' });
  await openFiles(page, settings.speech);
  await arrived(page);
  const text = async (/** @type {string} */ kind) => Buffer.from(await save(page, kind)).toString('utf8');
  const ends = async () => {
    const [head, line] = (await text('Numbers (CSV)'))
      .trimEnd()
      .split('\n')
      .map((row) => row.split(','));
    assert.deepEqual(head.slice(89), [
      'activation',
      'low',
      'high',
      'own_difference',
      'flags',
      'seconds',
      'name',
      'model',
      'model_sha256',
    ]);
    assert.equal(line.length, 98);
    const [score, lo, hi, own, flags, seconds, name, ...model] = line.slice(89);
    assert.deepEqual([own, flags, Number(seconds) > 3, name], ['', '', true, '']);
    return [score, lo, hi, ...model];
  };
  const act = JSON.parse(await text('Results, without the sound (JSON)'));
  assert.deepEqual(await ends(), [
    String(act.recordings[0].analysis.activation),
    ...act.recordings[0].analysis.interval.map(String),
    'metric-act',
    act.model.hash,
  ]);
  await choose(page, 'metric-val');
  const val = JSON.parse(await text('Results, without the sound (JSON)'));
  assert.notEqual(val.model.hash, act.model.hash);
  assert.deepEqual(
    [val.model.objective, val.recordings[0].analysis.model.hash],
    ['metric-val', val.model.hash],
  );
  assert.deepEqual(await ends(), ['', '', '', 'metric-val', val.model.hash]);
  const svg = await text('Figure (SVG)');
  for (const words of [/Taught pleasantness\./, new RegExp(`metric-val ${val.model.hash.slice(0, 12)}`)])
    assert.match(svg, words);
  assert.match(
    svg.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '),
    /It says what the model goes by, not how the voice is\./,
  );
  assert.doesNotMatch(svg, /average voice 3|excited|How activated/);
  await choose(page, 'unsupervised');
  await openFiles(page, {
    name: 'val.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(val)),
  });
  // It is listed already: what it adds is asked for.
  await page.getByText('val.json: 1 of 1 are listed already. Added: 0.').first().waitFor();
  await page.waitForSelector('#recorder[data-phase="idle"]');
  await page.getByRole('button', { name: 'Add all again' }).click();
  await page.getByText('val.json: one recording is back.').first().waitFor();
  const again = await numbers(page);
  assert.equal(again.number, 2);
  assert.equal(again.analysis.model.objective, 'unsupervised');
  const { activation } = await score(settings.speech, 'unsupervised');
  assert.equal(again.analysis.activation, activation);
  await context.close();
});

// Each theme, language and size once; `access.test.mjs` has more of them with the usual model.
const ways = /** @type {const} */ ([
  ['light', 'phone', { width: 320, height: 640 }, 'da-DK'],
  ['dark', 'desk', { width: 1440, height: 900 }, 'en-GB'],
]);
for (const [colorScheme, size, viewport, locale] of ways) {
  test(`no fault found with any model: ${colorScheme}, ${size}`, async () => {
    const { page, context, complaints } = await withTwo({
      colorScheme,
      viewport,
      locale,
      hasTouch: size === 'phone',
      before: (/** @type {import('playwright-core').BrowserContext} */ context) => context.addInitScript(axe),
    });
    for (const model of OTHERS) {
      await choose(page, model);
      const check = async (/** @type {string} */ state) => {
        assert.deepEqual(await faults(page), [], `${model}: ${state}`);
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.ok(wide <= 0, `${model}, ${state}: the page scrolls sideways by ${wide} px`);
      };
      await page.locator('[data-row="rest"]').click();
      await page.locator('[data-row="Pitch"]').click();
      await check('opened');
      await page.screenshot({
        path: `${settings.folder}/model-${model}-${colorScheme}-${size}.png`,
        fullPage: true,
      });
      await toList(page);
      await page.locator('#compare').click();
      await page.waitForSelector('#result.two');
      await check('compared');
      await page.locator('[data-end]').click();
      await page.locator('#figure-table').click();
      await check('table');
      await page.keyboard.press('Escape');
    }
    if (size === 'phone') {
      const { height } = /** @type {{height: number}} */ (await page.locator('#model-choice').boundingBox());
      assert.ok(height >= 43.5, `the choice is ${height} px high`);
    }
    assert.deepEqual(await complaints(), []);
    await context.close();
  });
}

test('a model that does not load is named, and the one that is there stays', async () => {
  const { page, context } = await open(browser, server.address, {
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    before: (/** @type {import('playwright-core').BrowserContext} */ context) =>
      context.route(/model-unsupervised\.js/, (route) => route.abort()),
  });
  await openFiles(page, settings.speech);
  await arrived(page);
  await page.getByRole('combobox', { name: 'Model' }).selectOption('unsupervised');
  await headline(page)
    .filter({ hasText: 'A part of the page could not be loaded (model-unsupervised.js).' })
    .waitFor();
  assert.equal(await page.getByRole('combobox', { name: 'Model' }).inputValue(), 'metric-act');
  assert.equal(new URL(page.url()).search, '');
  await page
    .locator('#recordings')
    .getByRole('button', { name: /^Recording 1/ })
    .click();
  await headline(page)
    .filter({ hasText: /average voice/ })
    .waitFor();
  await context.close();
});
