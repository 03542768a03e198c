// What the browser tests share: the server with its log, Chromium with its microphone, the page with its
// complaints. `cargo xtask test` writes the settings; a test file can then also be run alone: node --test
// tests/browser/e2e/FILE.
import { spawn, execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';

const run = promisify(execFile);

/**
 * Engines that are not here have an empty path.
 * @type {Record<'chromium'|'firefox'|'webkit'|'xvfb'|'nginx'|'apache'|'caddy'|'xtask'|'undertone'|'speech'|'folder', string>}
 */
export const settings = JSON.parse(
  readFileSync(new URL('../../../target/e2e/settings.json', import.meta.url), 'utf8'),
);
/** Where `cargo xtask test` has put what all tests look at. */
export const shared = settings.folder;
// Files of tests run at the same time: each writes into a folder of its own.
settings.folder = join(settings.folder, basename(process.argv[1], '.test.mjs'));
mkdirSync(settings.folder, { recursive: true });

/** Where the page lies: the repository, or the packed page that the tests are to try. */
export const page = process.env.UNDERTONE_PAGE ?? fileURLToPath(new URL('../../..', import.meta.url));

/** Without these Chromium looks for its maker's servers at every start. */
const QUIET = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
  '--autoplay-policy=no-user-gesture-required',
];

/**
 * Starts the development server on a free port. Its log is a line per request.
 * @param {string} [root]  another folder than the page's
 * @param {string[]} [more]  further options
 */
export async function serve(root = page, more = []) {
  const server = spawn(settings.xtask, ['serve', '--port', '0', '--no-build', '--root', root, ...more], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  /** @type {string[]} */
  const log = [];
  const address = await new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    createInterface({ input: server.stdout }).on('line', (line) => {
      const found = /^Undertone: (http:\S+)$/.exec(line);
      if (found) resolve(found[1]);
      else log.push(line);
    });
  });
  return { address, log, close: () => server.kill() };
}

/**
 * @param {object} [wish]
 * @param {string} [wish.speech]  a WAV file that the fake microphone speaks once
 * @param {boolean} [wish.allow]  whether the browser says yes when the page asks for the microphone
 * @param {string[]} [wish.more]  further switches
 */
export function browse({ speech, allow = false, more = [] } = {}) {
  const microphone = speech
    ? ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${speech}%noloop`]
    : [];
  const yes = allow ? ['--use-fake-ui-for-media-stream'] : [];
  // Root may not use Chromium's own sandbox; the page's sandbox comes with its headers and stays.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    executablePath: settings.chromium,
    headless: true,
    args: [...QUIET, ...root, ...microphone, ...yes, ...more],
  });
}

/** A copy of the page, to be changed by the tests of a file. Where it lies. */
export async function copied() {
  const copy = join(settings.folder, 'copy');
  await rm(copy, { recursive: true, force: true });
  await mkdir(copy, { recursive: true });
  for (const part of ['index.html', 'www', 'pkg', 'worker'])
    await cp(join(page, part), join(copy, part), { recursive: true });
  return copy;
}

/**
 * A server that ends with a test, or else with the whole file.
 * @param {{after: (end: () => void) => void}} [scope]
 * @param {string} [root]  another folder than the page's
 */
export async function served(scope = { after }, root) {
  const server = await serve(root);
  scope.after(() => server.close());
  return server;
}

/** A browser that ends with the whole file. @param {Parameters<typeof browse>[0]} [wish] */
export async function browsed(wish) {
  const browser = await browse(wish);
  after(() => browser.close());
  return browser;
}

/**
 * A server and a browser for a whole test file; both end with it.
 * @param {Parameters<typeof browse>[0]} [wish]
 */
export async function suite(wish) {
  // The browser first: a server would outlive a file that fails here.
  const browser = await browsed(wish);
  return { browser, server: await served() };
}

/**
 * What is done to the window before the page is opened.
 * @typedef {{before?: (context: import('playwright-core').BrowserContext) => Promise<unknown>}} Before
 */

/**
 * Opens the page and waits until everything that it ever loads has been loaded.
 * @param {import('playwright-core').Browser} browser
 * @param {string} address
 * @param {import('playwright-core').BrowserContextOptions & Before} [options]
 */
export async function open(browser, address, { before, ...options } = {}) {
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  await before?.(context);
  const page = await context.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      window.violations.push(`${violatedDirective} ${blockedURI}`),
    );
  });
  await page.goto(address);
  await page.waitForSelector('html[data-ready][data-offline]', { timeout: 60_000 });
  if ((await page.getAttribute('html', 'data-ready')) !== 'true')
    throw new Error(`the measuring part did not load: ${complaints.join('; ')}`);
  return {
    page,
    context,
    /** What went wrong that nobody expected. */
    async complaints() {
      const violations = await page.evaluate(() => window.violations);
      return [...complaints, ...violations.map((what) => `policy: ${what}`)];
    },
  };
}

/** The headline: the finished sentence, or what went wrong. @param {import('playwright-core').Page} page */
export const headline = (page) => page.getByRole('heading', { level: 1 }).first();

/** Waits for a result other than the empty page's. @param {import('playwright-core').Page} page */
export async function arrived(page) {
  await page.waitForSelector('#result[data-state="result"]', { timeout: 60_000 });
  await page.waitForSelector('#recorder[data-phase="idle"]', { timeout: 60_000 });
}

/** Opens files as the button does. @param {import('playwright-core').Page} page @param {any} files */
export const openFiles = (page, files) => page.setInputFiles('#files', files);

/**
 * Drops a file on the page.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {Uint8Array} bytes
 */
export async function drop(page, name, bytes) {
  const data = await page.evaluateHandle(
    ({ name, bytes }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name));
      return transfer;
    },
    { name, bytes: Buffer.from(bytes).toString('base64') },
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
}

/** Opens the dialog that saves: from the list, or on a phone from the bar at the foot. @param {import('playwright-core').Page} page */
export const toSave = (page) => page.locator('#save:visible, #bar-save:visible').first().click();

/** On a phone the list is a sheet that has to be opened. @param {import('playwright-core').Page} page */
export async function toList(page) {
  const bar = page.locator('#bar-list');
  if (!(await page.locator('#sheet[open]').count()) && (await bar.isVisible())) await bar.click();
}

/**
 * Saves what is shown by the page's own dialog.
 * @param {import('playwright-core').Page} page
 * @param {string} kind
 */
export async function save(page, kind) {
  await toSave(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: kind }).click(),
  ]);
  await page.keyboard.press('Escape');
  return new Uint8Array(await readFile(await download.path()));
}

/** The shown recording's numbers, from the page's own JSON. @param {import('playwright-core').Page} page */
export async function numbers(page) {
  const all = JSON.parse(Buffer.from(await save(page, 'Results, without the sound (JSON)')).toString('utf8'));
  return all.recordings.at(-1);
}

/**
 * `undertone score --json` on one file.
 * @param {string} file
 * @param {string} [model]  another than the program's own choice
 */
export async function score(file, model) {
  const { stdout } = await run(settings.undertone, [
    'score',
    '--json',
    ...(model ? ['--model', model] : []),
    file,
  ]);
  return JSON.parse(stdout);
}

/** `undertone score --utterances --json` on one file: a line for each. @param {string} file @returns {Promise<any[]>} */
export async function scoreUtterances(file) {
  const { stdout } = await run(settings.undertone, ['score', '--utterances', '--json', file]);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** A 16-bit mono WAV. @param {ArrayLike<number>} samples −1 … 1 @param {number} rate */
export function wav(samples, rate) {
  const file = Buffer.alloc(44 + 2 * samples.length);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + 2 * samples.length, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(rate, 24);
  file.writeUInt32LE(2 * rate, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(2 * samples.length, 40);
  for (let k = 0; k < samples.length; k += 1)
    file.writeInt16LE(Math.max(-32768, Math.min(32767, Math.round(samples[k] * 32768))), 44 + 2 * k);
  return file;
}

/** @param {number} ms */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** axe's own script: the tester brings it along, by the tester's door. */
export const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong, in short. @param {import('playwright-core').Page} page */
export async function faults(page) {
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.map(
      (/** @type {any} */ { id, nodes }) =>
        `${id}: ${nodes.map((/** @type {any} */ node) => node.target.join(' ')).join(', ')}`,
    );
  });
  return found;
}

/**
 * What a finger must hit: every control that is seen, but for links within a sentence.
 * @param {import('playwright-core').Page} page
 */
export const small = (page) =>
  page.evaluate(() => {
    const top = document.querySelector('dialog[open]') ?? document;
    return [...top.querySelectorAll('button, a[href], select, summary, input:not([type="file"])')].flatMap(
      (control) => {
        // A checkbox is as large as its label.
        const target = control.closest('label') ?? control;
        const { width, height: own } = target.getBoundingClientRect();
        // A table's rows are lower than a finger: their buttons reach beyond themselves by a pseudo-element,
        // which is hit as they are.
        const reach = getComputedStyle(target, '::before');
        const height =
          reach.position === 'absolute' && reach.content !== 'none'
            ? Math.max(own, parseFloat(reach.height))
            : own;
        const inText = control.matches('p:not(.purpose, .choice) > a, .lead > button');
        if (
          !control.checkVisibility({ visibilityProperty: true }) ||
          !width ||
          inText ||
          control.closest('[inert], .skip')
        )
          return [];
        return height < 43.5 || width < 24
          ? [
              `${control.id || control.className || control.textContent}: ${Math.round(width)} × ${Math.round(height)}`,
            ]
          : [];
      },
    );
  });

/** How far the page can be pushed sideways. @param {import('playwright-core').Page} page */
export const sideways = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
