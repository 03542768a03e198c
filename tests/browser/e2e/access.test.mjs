// The page for everyone: axe's rules in both themes, phone and desk, and the keyboard.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  arrived,
  axe,
  faults,
  headline,
  suite,
  open,
  openFiles,
  pause,
  settings,
  sideways,
  small,
  toList,
  toSave,
  wav,
} from './lib.mjs';

const { server, browser } = await suite({ speech: settings.speech, allow: true });

/** @typedef {import('playwright-core').Page} Page */

/** Ten recordings: the list scrolls, its course is there. @param {Page} page */
async function many(page) {
  await page.keyboard.press('Escape');
  await page.evaluate(async () => {
    const { get, set } = /** @type {typeof import('../../../www/shell/state.js')} */ (
      await import(`${location.origin}/www/shell/state.js`)
    );
    const { recordings: listed, deleted } = get();
    const scored = [...listed, deleted].find((one) => one?.analysis);
    if (!scored) throw new Error('no recording has a score');
    const recordings = Array.from({ length: 10 }, (_, i) => ({
      ...scored,
      number: i + 1,
      name: `Voice ${i + 1}`,
    }));
    /** @type {HTMLDialogElement} */ (document.querySelector('#sheet')).close();
    set({ recordings, current: 4, problem: null });
  });
  await page.waitForSelector('#course svg', { state: 'attached' });
}

/** Every state of the page, one after the other. @type {[string, (page: Page) => Promise<unknown>][]} */
const STATES = [
  ['empty', async () => {}],
  ['keys', (page) => page.keyboard.press('?')],
  [
    'an example is chosen',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Try an example' }).click();
    },
  ],
  [
    'microphone refused',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.evaluate(() => {
        const media = /** @type {any} */ (navigator.mediaDevices);
        media.open = media.getUserMedia.bind(media);
        media.getUserMedia = () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError'));
        navigator.permissions.query = async () => /** @type {any} */ ({ state: 'denied' });
      });
      await page.getByRole('button', { name: 'Record', exact: true }).click();
      await headline(page).filter({ hasText: 'keeps the microphone closed' }).waitFor();
    },
  ],
  [
    'waiting for permission',
    async (page) => {
      await page.evaluate(() => {
        navigator.mediaDevices.getUserMedia = () => new Promise(() => {});
      });
      await page.getByRole('button', { name: 'Record', exact: true }).click();
      await page.waitForSelector('#recorder[data-phase="asking"]');
    },
  ],
  [
    'recording',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.evaluate(() => {
        const media = /** @type {any} */ (navigator.mediaDevices);
        media.getUserMedia = media.open;
      });
      await page.getByRole('button', { name: 'Record', exact: true }).click();
      await page.waitForSelector('#recorder[data-phase="recording"]');
      await pause(600);
    },
  ],
  [
    'a silent file',
    async (page) => {
      await page.keyboard.press('Escape');
      await openFiles(page, {
        name: 'silent.wav',
        mimeType: 'audio/wav',
        buffer: wav(new Float32Array(32_000), 16_000),
      });
      await headline(page).filter({ hasText: 'Only silence came through' }).waitFor();
      await page.waitForSelector('#recorder[data-phase="idle"]');
    },
  ],
  [
    'a file that is none',
    async (page) => {
      await openFiles(page, {
        name: 'letter.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('Dear reader, this is no sound.'),
      });
      await page.locator('#queue').getByText('letter.txt: holds text, not sound.').waitFor();
    },
  ],
  [
    'result',
    async (page) => {
      await openFiles(page, settings.speech);
      await arrived(page);
      await page.locator('#values summary').click();
    },
  ],
  ['map as a table', (page) => page.locator('#figure-table').click()],
  [
    'saving',
    async (page) => {
      await page.keyboard.press('Escape');
      await toSave(page);
    },
  ],
  [
    'one deleted',
    async (page) => {
      await page.keyboard.press('Escape');
      await toList(page);
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.locator('#undo').waitFor();
    },
  ],
  ['asked before forgetting', (page) => page.getByRole('button', { name: 'Forget everything' }).click()],
  ['ten recordings, one chosen', many],
  ['the list of ten', (page) => toList(page)],
  [
    'a new version',
    async (page) => {
      await page.evaluate(() => {
        /** @type {HTMLDialogElement} */ (document.querySelector('#sheet')).close();
        /** @type {HTMLElement} */ (document.querySelector('#update')).hidden = false;
      });
    },
  ],
  [
    'privacy, checked',
    async (page) => {
      await page.evaluate(() => {
        location.hash = '#privacy';
      });
      await page.getByRole('button', { name: 'Try to connect' }).click();
      await page.waitForSelector('#ways-out:not([hidden])');
    },
  ],
];

/** A script that the tester brings along is not the page's: it comes in by the tester's door. */
const withAxe = {
  before: (/** @type {import('playwright-core').BrowserContext} */ context) => context.addInitScript(axe),
};

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const [size, options] of Object.entries({
    desk: { viewport: { width: 1440, height: 900 } },
    phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  })) {
    test(`no fault found in any state: ${colorScheme}, ${size}`, async () => {
      const { page, context } = await open(browser, server.address, {
        colorScheme,
        reducedMotion: 'reduce',
        ...options,
        ...withAxe,
      });
      for (const [name, reach] of STATES) {
        await reach(page);
        assert.deepEqual(await faults(page), [], name);
        assert.ok(
          (await sideways(page)) <= 0,
          `${name}: the page scrolls sideways by ${await sideways(page)} px`,
        );
        if (size === 'phone') assert.deepEqual(await small(page), [], `${name}: too small for a finger`);
        await page.screenshot({
          path: `${settings.folder}/${name.replace(/\W+/g, '-')}-${colorScheme}-${size}.png`,
          fullPage: name === 'result',
        });
      }
      await context.close();
    });
  }
}

/** Without loss: 320 px of width, twice the size of everything, twice the size of the text alone. */
const NARROW = {
  '320 px': { viewport: { width: 320, height: 640 } },
  'zoom of 200 %': { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
  'zoom of 400 %': { viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 },
};
for (const [what, options] of Object.entries(NARROW)) {
  test(`nothing scrolls sideways in any state: ${what}`, async () => {
    const { page, context } = await open(browser, server.address, { reducedMotion: 'reduce', ...options });
    for (const [name, reach] of STATES) {
      await reach(page);
      assert.ok((await sideways(page)) <= 0, `${name}: by ${await sideways(page)} px`);
    }
    await context.close();
  });
}

test('a heading gets the focus without a ring, a control with one', async () => {
  const { page, context } = await open(browser, server.address, { reducedMotion: 'reduce' });
  const ring = () =>
    page.evaluate(() => {
      const { tagName, id } = /** @type {Element} */ (document.activeElement);
      const { outlineStyle, outlineWidth } = getComputedStyle(
        /** @type {Element} */ (document.activeElement),
      );
      return [tagName, id, outlineStyle === 'none' ? '0px' : outlineWidth];
    });
  // The keyboard was used last: now the browser shows where the focus is.
  await page.keyboard.press('r');
  await page.waitForSelector('#recorder[data-phase="recording"]');
  await pause(2500);
  await page.keyboard.press('r');
  await arrived(page);
  assert.deepEqual(await ring(), ['H1', 'sentence', '0px']);
  await page.keyboard.press('?');
  assert.deepEqual(await ring(), ['H2', 'dialog-title', '0px']);
  await page.keyboard.press('Escape');
  await page.locator('#save').focus();
  assert.deepEqual(await ring(), ['BUTTON', 'save', '3px']);
  await context.close();
});

test('text of twice the size stays on the page', async () => {
  const { page, context } = await open(browser, server.address, { reducedMotion: 'reduce' });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  await openFiles(page, settings.speech);
  await arrived(page);
  assert.ok((await sideways(page)) <= 0, `by ${await sideways(page)} px`);
  const tight = await page.evaluate(() =>
    [...document.querySelectorAll('#reasons th, #legend button, #scale .tick')].flatMap((element) => {
      const { lineHeight, fontSize } = getComputedStyle(element);
      return parseFloat(lineHeight) < 1.2 * parseFloat(fontSize)
        ? [`${element.textContent}: ${lineHeight} for ${fontSize}`]
        : [];
    }),
  );
  assert.deepEqual(tight, [], 'lines of text run into each other');
  const [score, axis] = await page.evaluate(() => [
    document.querySelector('#score')?.getBoundingClientRect().bottom ?? NaN,
    document.querySelector('#axis')?.getBoundingClientRect().top ?? NaN,
  ]);
  assert.ok(score < axis, `the score ends at ${score} px, its line lies at ${axis} px`);
  await page.screenshot({ path: `${settings.folder}/text-200.png`, fullPage: true });
  await context.close();
});

test("with the system's own colours every drawing is still there", async () => {
  const { page, context, complaints } = await open(browser, server.address, {
    forcedColors: 'active',
    reducedMotion: 'reduce',
    ...withAxe,
  });
  await openFiles(page, settings.speech);
  await arrived(page);
  assert.deepEqual(await faults(page), []);
  // What carries meaning by a colour of its own must not vanish into the ground.
  const lost = await page.evaluate(() =>
    ['#axis', '#guide-voice', '.row .small-scale', '.disc .heart'].filter((selector) => {
      const part = document.querySelector(selector);
      if (!part) return true;
      const { backgroundColor, borderTopColor, borderLeftColor, fill } = getComputedStyle(part);
      const before = getComputedStyle(part, '::before');
      const ground = getComputedStyle(document.documentElement).backgroundColor;
      const seen = [
        backgroundColor,
        borderTopColor,
        borderLeftColor,
        fill,
        before.backgroundColor,
        before.borderTopColor,
      ];
      return seen.every((colour) => colour === ground || colour === 'rgba(0, 0, 0, 0)' || colour === 'none');
    }),
  );
  assert.deepEqual(lost, []);
  await page.screenshot({ path: `${settings.folder}/forced-colors.png`, fullPage: true });
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('no fault found in Danish', async () => {
  const { page, context, complaints } = await open(browser, server.address, {
    locale: 'da-DK',
    before: (/** @type {import('playwright-core').BrowserContext} */ context) => context.addInitScript(axe),
  });
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'da');
  await openFiles(page, settings.speech);
  await arrived(page);
  assert.match(await headline(page).innerText(), /i gear end|oligere end|Omtrent som/);
  assert.deepEqual(await faults(page), []);
  assert.deepEqual(await complaints(), []);
  await context.close();
});
