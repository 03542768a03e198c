// Text of twice the size on the narrowest windows (WCAG 1.4.4, 1.4.10): nothing scrolls sideways, no text leaves the window
// or lies on another, and nothing stays covered by the bar at the foot.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrived, open, openFiles, pause, settings, sideways, suite, toList, toSave, wav } from './lib.mjs';
import { conversationOf } from './sounds.mjs';

const { server, browser } = await suite({ speech: settings.speech, allow: true });
const { samples } = conversationOf();
const sound = (/** @type {string} */ name, /** @type {number} */ to = Infinity) => ({
  name,
  mimeType: 'audio/wav',
  buffer: wav(samples.slice(0, to), 16_000),
});

/** @typedef {import('playwright-core').Page} Page */

/** What lies wrong in what is on top. @param {Page} page @returns {Promise<string[]>} */
const wrong = (page) =>
  page.evaluate(() => {
    const recorder = /** @type {HTMLElement} */ (document.querySelector('#recorder'));
    const surface = recorder.dataset.phase === 'recording' ? recorder : document.body;
    const top = /** @type {HTMLElement} */ ([...document.querySelectorAll('dialog[open]')].at(-1) ?? surface);
    /** @type {Set<string>} */
    const found = new Set();
    if (top.scrollWidth > top.clientWidth + 1)
      found.add(`can be pushed sideways: ${top.id || top.className}`);
    const name = (/** @type {Element} */ one) =>
      `${one.tagName.toLowerCase()} “${(one.textContent ?? '').trim().slice(0, 30)}”`;
    // What scrolls by itself or is cut short on purpose.
    const own =
      '.unseen, option, .scroller, .recordings, .utterances, .live-brackets, #dialog-body, .which b';
    /** @param {Element|null} one */
    const held = (one) => {
      for (; one; one = one.parentElement)
        if (['fixed', 'sticky'].includes(getComputedStyle(one).position)) return one;
      return null;
    };
    /** @type {{one: Element, box: DOMRect, on: Element|null}[]} */
    const texts = [];
    const all = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    while (all.nextNode()) {
      const one = all.currentNode.parentElement;
      if (!one || !all.currentNode.textContent?.trim() || one.closest(own)) continue;
      const isSeen = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      if (!isSeen || getComputedStyle(one).clipPath !== 'none') continue;
      const range = document.createRange();
      range.selectNodeContents(all.currentNode);
      for (const box of range.getClientRects()) {
        if (box.width <= 1) continue;
        texts.push({ one, box, on: held(one) });
        if (box.left < -1 || box.right > innerWidth + 1) found.add(`leaves the window: ${name(one)}`);
      }
    }
    texts.forEach((a, i) => {
      for (const b of texts.slice(i + 1)) {
        if (a.one === b.one || a.on !== b.on) continue;
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (across > 4 && down > 0.34 * Math.min(a.box.height, b.box.height))
          found.add(`${name(a.one)} lies on ${name(b.one)}`);
      }
    });
    const bar = getComputedStyle(recorder).position === 'fixed' ? recorder.getBoundingClientRect() : null;
    if (bar?.height && top === document.body) {
      const last = Math.max(
        ...[...document.querySelectorAll('#page-record .side *, #page-record .result *')]
          .filter((one) => one.checkVisibility() && !one.closest('.unseen, .scroller, .recordings'))
          .map((one) => one.getBoundingClientRect().bottom),
      );
      const room = document.documentElement.scrollHeight - scrollY - last;
      if (room < bar.height) found.add(`the bar of ${bar.height} px covers the last ${bar.height - room} px`);
    }
    return [...found];
  });

/** Every view and surface, one after the other. @type {[string, (page: Page) => Promise<unknown>][]} */
const VIEWS = [
  ['empty', async () => {}],
  ['menu', (page) => page.locator('#menu').click()],
  [
    'keys',
    async (page) => {
      await page.locator('#menu').click();
      await page.keyboard.press('?');
    },
  ],
  [
    'own measure',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.locator('#own button').click();
    },
  ],
  [
    'own measure, listening',
    async (page) => {
      await page.locator('dialog.reading .record').click();
      await page.waitForSelector('dialog.reading[data-phase="recording"]');
    },
  ],
  [
    'waiting for permission',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.waitForSelector('#recorder[data-phase="idle"]');
      await page.evaluate(() => {
        const media = /** @type {any} */ (navigator.mediaDevices);
        media.open = media.getUserMedia.bind(media);
        media.getUserMedia = () => new Promise(() => {});
      });
      await page.locator('#record').click();
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
      await page.locator('#record').click();
      await page.waitForSelector('#recorder[data-phase="recording"]');
    },
  ],
  [
    'recording a conversation',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.locator('#record-long').click();
      await page.locator('dialog[open] .pill').click();
      await page.waitForSelector('#recorder.long[data-phase="recording"]');
    },
  ],
  [
    'result',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.waitForSelector('#recorder[data-phase="idle"]');
      await openFiles(page, settings.speech);
      await arrived(page);
      await page.locator('[data-row="Pitch"]').click();
      await page.locator('[data-row="Pitch/more"]').click();
    },
  ],
  ['saving', (page) => toSave(page)],
  [
    'list',
    async (page) => {
      await page.keyboard.press('Escape');
      await openFiles(page, sound('b.wav', 40_000));
      await arrived(page);
      await toList(page);
    },
  ],
  [
    'compared',
    async (page) => {
      await page.locator('#compare').click();
      await page.waitForSelector('#result.two');
    },
  ],
  [
    'one deleted',
    async (page) => {
      await page.locator('[data-end]').click();
      await toList(page);
      await page.locator('[data-does="delete"]').click();
    },
  ],
  [
    'course',
    async (page) => {
      await page.keyboard.press('Escape');
      await openFiles(page, sound('talk.wav'));
      await page.waitForSelector('#conversation:not([hidden])', { timeout: 60_000 });
      await page.waitForSelector('#recorder[data-phase="idle"]', { timeout: 60_000 });
    },
  ],
  ['voices', (page) => page.locator('#course-voices').click()],
  [
    'an utterance opened',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.locator('[data-does="edges"]').click();
    },
  ],
  [
    'two stretches',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.locator('#course-stretches').click();
    },
  ],
  .../** @type {[string, (page: Page) => Promise<unknown>][]} */ (
    ['privacy', ...Array.from({ length: 8 }, (_, i) => `learn/${i + 1}`)].map((hash) => [
      hash,
      async (page) => {
        await page.evaluate((hash) => {
          location.hash = hash;
        }, hash);
        await page.waitForSelector(
          hash === 'privacy' ? '#page-privacy:not([hidden])' : `#page-learn:not([hidden]) .learn-figure *`,
        );
        await pause(150);
      },
    ])
  ),
  [
    'live view, waiting for permission',
    async (page) => {
      await page.evaluate(() => {
        navigator.mediaDevices.getUserMedia = () => new Promise(() => {});
        /** @type {HTMLElement} */ (document.querySelector('#live-open')).click();
      });
      await page.waitForSelector('.live-view[open]');
    },
  ],
  [
    'live view',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.waitForSelector('.live-view:not([open])', { state: 'attached' });
      await page.evaluate(() => {
        const media = /** @type {any} */ (navigator.mediaDevices);
        media.getUserMedia = media.open;
        /** @type {HTMLElement} */ (document.querySelector('#live-open')).click();
      });
      await page.waitForSelector('.live-view.on[open]');
    },
  ],
];

for (const [width, height, locale] of /** @type {[number, number, string][]} */ ([
  [360, 740, 'en-GB'],
  [320, 640, 'de-DE'],
]))
  test(`text of twice the size on ${width} px, ${locale}: everything stays readable`, async () => {
    const { page, context } = await open(browser, server.address, {
      locale,
      viewport: { width, height },
      hasTouch: true,
      reducedMotion: 'reduce',
      before: (context) =>
        context.addInitScript(() => {
          new MutationObserver(() => {
            document.documentElement?.style.setProperty('font-size', '200%');
          }).observe(document, { childList: true });
        }),
    });
    page.setDefaultTimeout(20_000);
    for (const [name, reach] of VIEWS) {
      await reach(page);
      assert.ok(
        (await sideways(page)) <= 0,
        `${name}: the page scrolls sideways by ${await sideways(page)} px`,
      );
      assert.deepEqual(await wrong(page), [], name);
    }
    await context.close();
  });
