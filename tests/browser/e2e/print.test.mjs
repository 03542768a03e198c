// What is printed: one page, black on white whatever the theme, of a recording, of two, and without a score.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { arrived, open, openFiles, settings, suite } from './lib.mjs';

const { server, browser } = await suite();

/** @typedef {import('playwright-core').Page} Page */

/** Eight points: nothing on paper is smaller. */
const SMALLEST_PX = (8 * 96) / 72;

/** Prints the page, as the browser does, and keeps the file. @param {Page} page @param {string} name @param {string} format */
async function printed(page, name, format = 'A4') {
  const bytes = await page.pdf({ format });
  await writeFile(`${settings.folder}/print-${name}.pdf`, bytes);
  return (bytes.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length;
}

/** What is on the paper: its words, the smallest of them, and what of it is no ink on white. @param {Page} page */
async function paper(page) {
  await page.emulateMedia({ media: 'print' });
  const found = await page.evaluate(() => {
    window.dispatchEvent(new Event('beforeprint'));
    const paper = /** @type {HTMLElement} */ (document.querySelector('#paper'));
    const seen = [...document.querySelectorAll('body *')].filter((one) => one.checkVisibility());
    const texts = seen.filter((one) =>
      [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
    );
    const sizes = texts.map((one) => [
      parseFloat(one.getAttribute('font-size') ?? getComputedStyle(one).fontSize),
      one.textContent,
    ]);
    const result = {
      elsewhere: seen.filter((one) => !paper.contains(one)).map((one) => one.id || one.className),
      controls: seen.filter((one) => one.matches('button, a, input, select')).length,
      words: paper.innerText,
      svg: [...paper.querySelectorAll('svg text')].map((one) => one.textContent).join(' | '),
      inks: [
        ...new Set(
          [...paper.querySelectorAll('svg [fill], svg [stroke]')].flatMap((one) => [
            one.getAttribute('fill'),
            one.getAttribute('stroke'),
          ]),
        ),
      ],
      background: getComputedStyle(document.documentElement).backgroundColor,
      canvases: paper.querySelectorAll('canvas').length,
      smallest: sizes.sort((a, b) => Number(a[0]) - Number(b[0]))[0],
      title: document.title,
    };
    window.dispatchEvent(new Event('afterprint'));
    return { ...result, left: paper.childElementCount, after: document.title };
  });
  await page.emulateMedia({ media: null });
  return found;
}

/** @param {import('playwright-core').BrowserContextOptions & {query?: string}} [wish] @param {number} [count] */
async function shown({ query = '', ...wish } = {}, count = 1) {
  const tab = await open(browser, server.address + query, { reducedMotion: 'reduce', ...wish });
  const speech = await readFile(settings.speech);
  const faster = (/** @type {number} */ factor) => {
    const file = Buffer.from(speech);
    file.writeUInt32LE(Math.round(file.readUInt32LE(24) * factor), 24);
    file.writeUInt32LE(Math.round(file.readUInt32LE(28) * factor), 28);
    return file;
  };
  const files = [1, 1.5].slice(0, count).map((factor, i) => ({
    name: `voice${i + 1}.wav`,
    mimeType: 'audio/wav',
    buffer: faster(factor),
  }));
  await openFiles(tab.page, files);
  await arrived(tab.page);
  await tab.page.waitForFunction((n) => document.querySelectorAll('#recordings li').length === n, count);
  await tab.page.waitForSelector('#recorder[data-phase="idle"]');
  return tab;
}

test('one recording is one page, black on white in the dark, too', async () => {
  const { page, context, complaints } = await shown({ colorScheme: 'dark' });
  const found = await paper(page);
  assert.deepEqual([found.elsewhere, found.controls], [[], 0]);
  for (const words of [
    'Undertone',
    'Recording 1, voice1.wav',
    'Name:',
    'Describes how a voice sounds.',
    'Page 1 of 1',
  ])
    assert.ok(found.words.includes(words), words);
  for (const words of ['How activated', 'hatched: the range', 'Up and down has no name', 'This voice'])
    assert.ok(found.svg.includes(words), words);
  for (const ink of found.inks.filter((one) => one !== null && one !== 'none')) {
    const [r, g, b] = (/^#(..)(..)(..)$/.exec(String(ink)) ?? []).slice(1);
    assert.ok(r === g && g === b, `${ink} is no grey`);
  }
  assert.match(found.background, /rgba\(0, 0, 0, 0\)|rgb\(255, 255, 255\)/);
  assert.equal(found.canvases, 1);
  assert.ok(Number(found.smallest[0]) >= SMALLEST_PX, String(found.smallest));
  assert.match(found.title, /^undertone-\d{4}-\d\d-\d\d-1-voice1$/);
  assert.equal(found.left, 0);
  assert.doesNotMatch(found.after, /^undertone-/);
  assert.equal(await printed(page, 'one'), 1);
  assert.equal(await printed(page, 'one-letter', 'Letter'), 1);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('two that are compared are on one page, in Danish', async () => {
  const { page, context, complaints } = await shown({ locale: 'da-DK' }, 2);
  await page.keyboard.press('c');
  await page.waitForSelector('#result.two');
  const found = await paper(page);
  assert.match(found.words, /1, voice1\.wav → 2, voice2\.wav/);
  assert.match(found.words, /Nummer 2 er .+ end nummer 1\./);
  assert.match(found.svg, /stiplet: spændet for 1/);
  assert.equal(found.canvases, 2);
  assert.ok(Number(found.smallest[0]) >= SMALLEST_PX, String(found.smallest));
  assert.equal(await printed(page, 'two'), 1);
  assert.equal(await printed(page, 'two-letter', 'Letter'), 1);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('without a score nothing on paper has one', async () => {
  const { page, context } = await shown({ query: '?acoustics' });
  const found = await paper(page);
  assert.equal(found.svg, '');
  assert.doesNotMatch(found.words, /score|activated|average voice|Model|learned/);
  assert.match(found.words, /A tone around \d+ Hz\./);
  assert.match(found.words, /Time with voice/);
  assert.equal(found.canvases, 1);
  assert.equal(await printed(page, 'acoustics'), 1);
  await context.close();
});

test('the button prints; another part of the page is printed as it is', async () => {
  const { page, context } = await shown();
  await page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', '');
  });
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  assert.equal(await page.locator('html[data-printed]').count(), 1);
  await page.evaluate(() => {
    location.hash = '#privacy';
  });
  const found = await paper(page);
  assert.equal(found.words, '');
  assert.ok(found.elsewhere.includes('page-privacy'));
  await context.close();
});
