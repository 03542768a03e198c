// Firefox and WebKitGTK: the way of a file through the page, and every view. Where an engine is not on this
// machine the test says what to type; where CI is set, a missing one fails.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { bareHost } from './bare-host.mjs';
import { firefox, webkit } from './engines.mjs';
import { pause, score, scoreUtterances, served, settings, wav } from './lib.mjs';
import { conversationOf, flacOf, samplesOf } from './sounds.mjs';

/**
 * @type {{name: string, here: boolean, wants: string, start: () => Promise<import('./engines.mjs').Tab>}[]}
 */
const engines = [
  {
    name: 'Firefox',
    here: Boolean(settings.firefox),
    wants: 'firefox-esr',
    start: () => firefox(settings.firefox),
  },
  {
    name: 'WebKitGTK',
    here: Boolean(settings.webkit && settings.xvfb),
    wants: 'webkit2gtk-driver xvfb',
    start: () => webkit(settings.webkit, settings.xvfb),
  },
];

/**
 * Waits for a condition in the page.
 * @param {import('./engines.mjs').Tab} tab
 * @param {(...values: any[]) => boolean} holds
 * @param {...any} values
 */
async function until(tab, holds, ...values) {
  for (let tries = 0; !(await tab.run(holds, ...values)); tries += 1) {
    if (tries > 150)
      throw new Error(
        `in vain: ${holds}, ${values}; the page says: ${await tab.run(() => document.querySelector('main')?.innerText)}`,
      );
    await pause(200);
  }
}

/** @param {string} selector @returns {boolean} */
const here = (selector) => document.querySelector(selector) !== null;
/** @param {string} selector */
const press = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector)).click();
/** @param {string} selector */
const text = (selector) => /** @type {HTMLElement} */ (document.querySelector(selector)).innerText;
/**
 * Whether an element reads so. Numbers are written with the next frame, so a test waits for them.
 * @param {string} selector @param {string} wanted
 */
const reads = (selector, wanted) =>
  /** @type {HTMLElement} */ (document.querySelector(selector)).innerText === wanted;
/** @param {string} selector @param {string} value */
const choose = (selector, value) => {
  const list = /** @type {HTMLSelectElement} */ (document.querySelector(selector));
  list.value = value;
  list.dispatchEvent(new Event('change', { bubbles: true }));
};
/** Whether something is drawn on a canvas. @param {string} selector */
const drawn = (selector) => {
  const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(selector));
  const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(
    0,
    0,
    canvas.width,
    canvas.height,
  );
  return data.some((value) => value !== 0);
};
/** How many figures the lesson's step has. */
const canvases = () => document.querySelectorAll('#learn-figure canvas').length;
/** Whether something is drawn on one of them. @param {number} which */
const drawnAt = (which) => {
  const canvas = /** @type {HTMLCanvasElement} */ (document.querySelectorAll('#learn-figure canvas')[which]);
  const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(
    0,
    0,
    canvas.width,
    canvas.height,
  );
  return data.some((value) => value !== 0);
};
/** @param {string} name @param {string} bytes base64 */
const dropFile = (name, bytes) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name));
  document.body.dispatchEvent(
    new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
  );
};

for (const { name, here: installed, wants, start } of engines) {
  const missing = installed
    ? false
    : `${name} is not here. On Debian or Ubuntu: sudo apt-get install ${wants}`;
  if (missing) console.log(`# ${missing}`);
  test(
    `${name}: a file comes to the same score, and every view is there`,
    { skip: process.env.CI ? false : missing },
    async (t) => {
      assert.ok(installed, String(missing));
      const server = await served(t);
      const tab = await start();
      t.after(() => tab.close());
      await tab.go(server.address);
      await until(tab, here, 'html[data-ready="true"][data-offline]');
      const requests = server.log.length;

      // The file, measured: the score that the command line gives, to the last digit that the page shows.
      await tab.run(dropFile, 'speech.wav', (await readFile(settings.speech)).toString('base64'));
      // The result is there before the work is at its end.
      await until(tab, here, '#result[data-state="result"]');
      await until(tab, here, '#recorder[data-phase="idle"]');
      const line = await score(settings.speech);
      const shown = line.activation.toFixed(1);
      await until(tab, reads, '#score', shown);
      // The same from a FLAC file that has the other channel as well, once the channel is chosen.
      const { samples, rate } = samplesOf(settings.speech);
      const flac = flacOf([samples.map((v) => -v), samples], rate, 16);
      await tab.run(dropFile, 'speech.flac', flac.toString('base64'));
      await until(tab, here, '#channels:not([hidden])');
      await until(tab, here, '#result[data-state="problem"]');
      await tab.run(choose, '#channel', '2');
      await until(tab, here, '#result[data-state="result"]');
      await until(tab, here, '#recorder[data-phase="idle"]');
      await until(tab, reads, '#score', shown);
      for (const canvas of ['#scale canvas', '#map canvas', '#bars canvas', '#picture canvas'])
        await until(tab, drawn, canvas);
      await tab.run(press, '#values summary');
      await until(tab, () => document.querySelectorAll('#values-table tbody tr').length === 88);
      await writeFile(join(settings.folder, `result-${name}.png`), await tab.picture());

      // Every view: tables, Danish, dark, an example, the privacy page.
      await tab.run(press, '#figure-table');
      await until(tab, here, 'dialog[open] table');
      await tab.run(press, '#dialog-ways button');
      await tab.run(press, '[data-language="da"]');
      assert.match(await tab.run(text, '#sentence'), /i gear end|oligere end|Omtrent som/);
      await tab.run(press, '[data-language="en"]');
      // Another model, and none: nothing is asked of the server for them.
      await tab.run(choose, '#model-choice', 'unsupervised');
      await until(tab, () => document.querySelector('#sentence')?.textContent === 'Left to itself.');
      await tab.run(choose, '#model-choice', 'metric-act');
      await until(tab, () => document.querySelector('#panels')?.getAttribute('data-kind') === 'score');
      await until(tab, reads, '#score', shown);
      await tab.run(press, '#acoustics');
      await until(tab, () =>
        /^A tone around \d+ Hz\.$/.test(document.querySelector('#sentence')?.textContent ?? ''),
      );
      await tab.run(press, '#acoustics');
      await until(tab, drawn, '#map canvas');
      // A conversation: cut and scored as by the command line.
      const talk = join(settings.folder, `talk-${name}.wav`);
      await writeFile(talk, wav(conversationOf().samples, 16_000));
      await tab.run(dropFile, 'talk.wav', (await readFile(talk)).toString('base64'));
      await until(tab, here, '#conversation:not([hidden])');
      await until(tab, here, '#recorder[data-phase="idle"]');
      await until(tab, () => document.querySelectorAll('#utterance-course [role=option]').length === 8);
      const spoken = await tab.run(() =>
        [...document.querySelectorAll('#utterance-course [role=option]')].map((one) =>
          one.getAttribute('aria-label'),
        ),
      );
      const utterances = await scoreUtterances(talk);
      spoken.forEach((/** @type {string} */ words, /** @type {number} */ i) => {
        const { analysis } = utterances[i];
        assert.match(
          words,
          analysis ? new RegExp(`, ${analysis.activation.toFixed(1)}, `) : /, too short$/,
          words,
        );
      });
      await until(tab, drawn, '#stave canvas');
      await writeFile(join(settings.folder, `course-${name}.png`), await tab.picture());
      await tab.run(press, '#theme');
      await tab.run(press, '#theme');
      await until(
        tab,
        () => getComputedStyle(document.documentElement).backgroundColor === 'rgb(20, 22, 29)',
      );
      await tab.run(press, '#theme');
      await tab.run(press, '#example');
      await tab.run(press, '#dialog .choices button');
      await until(tab, () => document.querySelectorAll('#recordings li').length === 4);
      await until(tab, here, '#recorder[data-phase="idle"]');
      const wide = await tab.run(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(wide <= 0, `the page scrolls sideways by ${wide} px`);
      // The lesson, with the recording: every step draws its figure.
      for (let step = 1; step <= 8; step += 1) {
        await tab.run((/** @type {number} */ which) => {
          location.hash = `#learn/${which}`;
        }, step);
        await until(tab, here, `#learn-figure[data-step="${step}"] canvas`);
        for (let canvas = 0; canvas < (await tab.run(canvases)); canvas += 1)
          await until(tab, drawnAt, canvas);
      }
      await writeFile(join(settings.folder, `learn-${name}.png`), await tab.picture());
      await tab.run(() => {
        location.hash = '#privacy';
      });
      await until(tab, () =>
        /** @type {HTMLElement} */ (document.querySelector('#page-privacy')).checkVisibility(),
      );
      assert.deepEqual(server.log.slice(requests), []);
      assert.deepEqual(tab.complaints, []);

      // The self-check says what this engine refuses.
      await tab.run(press, '#check');
      await until(tab, here, '#ways-out:not([hidden])');
      const found = await tab.run(() =>
        [...document.querySelectorAll('#ways-out li')].map((row) =>
          [...row.children].map((cell) => cell.textContent),
        ),
      );
      const agent = await tab.run(() => navigator.userAgent);
      const kept = await tab.run(() => document.documentElement.dataset.offline);
      t.diagnostic(`${name} ${agent}; kept: ${kept}; ${await tab.run(text, '#verdict')}`);
      assert.deepEqual(
        found.filter((/** @type {string[]} */ [, what]) => what !== 'refused'),
        [],
      );
      assert.equal(await tab.run(text, '#verdict'), 'All 12 ways that were tried were refused.');
      assert.equal(await tab.run(here, '#no-headers[hidden]'), true);
      await writeFile(join(settings.folder, `privacy-${name}.png`), await tab.picture());

      // Without the server the next visit works all the same.
      assert.equal(await tab.run(() => document.documentElement.dataset.offline), 'ready');
      server.close();
      await tab.go(`${server.address}?again#record`);
      await until(tab, here, 'html[data-ready="true"][data-offline="ready"]');
      await tab.run(press, '#example');
      await tab.run(press, '#dialog .choices button');
      // The result is there before the work is at its end.
      await until(tab, here, '#result[data-state="result"]');
      await until(tab, here, '#recorder[data-phase="idle"]');

      // The microphone: on a machine that lets the engine hear, a recording; elsewhere the page says what is
      // so, and the microphone is closed. What it never does is wait for ever.
      await tab.run(press, '#record');
      await until(
        tab,
        () =>
          document.querySelector('#recorder[data-phase="recording"], #result[data-state="problem"]') !== null,
      );
      if (await tab.run(here, '#recorder[data-phase="recording"]')) {
        await pause(2_000);
        await tab.run(press, '#record');
        await until(tab, here, '#recorder[data-phase="idle"]');
        assert.equal(await tab.run(() => document.querySelectorAll('#recordings li').length), 2);
      } else {
        assert.match(
          await tab.run(text, '#sentence'),
          /^(No microphone found|The microphone did not start)\.$/,
        );
        t.diagnostic(`${name}: ${await tab.run(text, '#sentence')} ${await tab.run(text, '#error-name')}`);
      }
      assert.equal(await tab.run(text, '#mic-state'), 'Microphone off');
    },
  );
  test(
    `${name}: on a host without headers the self-check blames no browser for it`,
    { skip: process.env.CI ? false : missing },
    async (t) => {
      assert.ok(installed, String(missing));
      const host = await bareHost();
      t.after(() => host.close());
      const tab = await start();
      t.after(() => tab.close());
      await tab.go(`${host.address}#privacy`);
      await until(tab, here, 'html[data-ready="true"][data-offline="none"]');
      await tab.run(press, '#check');
      await until(tab, here, '#ways-out:not([hidden])');
      const said = await tab.run(text, '#verdict');
      t.diagnostic(`${name}: ${said}`);
      // Whether a window opens depends on whether the engine takes the driver's press for a person's.
      assert.match(
        said,
        /^(All 12 ways that were tried were refused\.|1 of 12 got out: Open a window\. The server that this page comes from does not send the rule against that; another browser would change nothing\.)$/,
      );
      assert.equal(await tab.run(here, '#no-headers:not([hidden])'), true);
      assert.equal(
        await tab.run(() => document.querySelector('#rules')?.textContent?.includes('sandbox')),
        false,
      );
    },
  );
}
