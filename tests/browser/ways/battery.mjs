// Tries the ways out in one engine and writes what reached the collector, as JSON, to standard output. Runs in the
// network namespace of namespace.mjs:
//   node battery.mjs ENGINE all|short
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as playwright } from 'playwright-core';
import { bareHost, CONTROL } from '../e2e/bare-host.mjs';
import { firefox, webkit } from '../e2e/engines.mjs';
import { pause, serve, settings } from '../e2e/lib.mjs';
import { collector } from './collector.mjs';
import { ADDRESS } from './namespace.mjs';
import { GROUPS, MAKERS, script } from './ways.mjs';

/** How long a way may take to reach the collector. */
const PATIENCE_MS = 3_000;
/** No step of an engine takes longer, or it counts as done. */
const STEP_MS = 15_000;

/** @typedef {'chromium'|'firefox'|'webkit'} Engine */
/**
 * What reached the collector, protocols joined by `+`; `mark: …` for what only the page itself could see; `absent`
 * where the engine has no such interface; `untried` where the page did not run what tries them. Ways of which nothing was heard are not listed.
 * @typedef {Record<string, string>} Found
 */
/**
 * @typedef {object} Measured
 * @property {string} version
 * @property {boolean} worker  whether the service worker served the page for `headersWorker`
 * @property {boolean} workerWithoutHeaders  whether there was one on a host that sends none
 * @property {Found} control  a page without any policy
 * @property {Found} headers  the page with its headers, at the first load
 * @property {Found} headersWorker  the same under the service worker
 * @property {Found} bare  the page on a host that sends no headers
 */

/** @typedef {'control'|'headers'|'headersWorker'|'bare'} Kind */
/** @typedef {{version: string, go: (address: string) => Promise<unknown>, run: (work: string) => Promise<any>, close: () => Promise<unknown>}} Driver */

/**
 * Chromium as people have it: with a profile, without which it looks nothing up ahead, and without the switches that
 * make the other tests quiet.
 * @returns {Promise<Driver>}
 */
async function chromium() {
  const profile = await mkdtemp(join(tmpdir(), 'undertone-chromium-'));
  const context = await playwright.launchPersistentContext(profile, {
    executablePath: settings.chromium,
    ignoreDefaultArgs: ['--disable-background-networking'],
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
    ],
    permissions: ['microphone', 'notifications'],
  });
  let tab = await context.newPage();
  const { product } = await (await context.newCDPSession(tab)).send('Browser.getVersion');
  return {
    version: product.replace(/^.*\//, ''),
    async go(address) {
      const before = context.pages();
      tab = await context.newPage();
      await Promise.all(before.map((one) => one.close()));
      await tab.goto(address);
    },
    run: (work) => tab.evaluate(`(${work})()`),
    async close() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** @param {Promise<import('../e2e/engines.mjs').Tab>} started @returns {Promise<Driver>} */
async function driven(started) {
  const tab = await started;
  // The drivers send the text of what they are given.
  return {
    version: tab.version,
    go: tab.go,
    run: (work) => tab.run(/** @type {any} */ (work)),
    close: tab.close,
  };
}

/** @type {Record<Engine, () => Promise<Driver>>} */
const START = {
  chromium,
  // Under remote control Firefox would neither look up nor connect ahead.
  firefox: () => driven(firefox(settings.firefox, { 'remote.prefs.recommended': false })),
  webkit: () => driven(webkit(settings.webkit, settings.xvfb)),
};

/** @template T @param {Promise<T>} work @returns {Promise<T|undefined>} */
const inTime = (work) => Promise.race([work.catch(() => undefined), pause(STEP_MS).then(() => undefined)]);

/** Which ways are tried in one load of the page. @param {boolean} short */
function loads(short) {
  const groups = Object.values(GROUPS);
  const names = (/** @type {import('./ways.mjs').Group} */ { ways, short: few }) =>
    short ? few : Object.keys(ways);
  const apart = groups.filter((group) => group.apart).flatMap((group) => names(group).map((name) => [name]));
  const together = groups.filter((group) => !group.apart).map(names);
  return [...(short ? [together.flat()] : together), ...apart].filter((list) => list.length > 0);
}

let runs = 0;

/**
 * Tries ways in one load and adds what was heard.
 * @param {Driver} driver
 * @param {Awaited<ReturnType<typeof collector>>} ears
 * @param {{address: string, log: string[]}} host
 * @param {string} path
 * @param {string[]} names
 * @returns {Promise<Found>}
 */
async function tried(driver, ears, host, path, names) {
  runs += 1;
  const run = `r${runs}`;
  await inTime(driver.go(host.address + path));
  await pause(300);
  ears.heard.length = 0;
  ears.others.length = 0;
  const asked = host.log.length;
  const isStarted = await inTime(driver.run(script(names, run, ADDRESS)));
  await pause(PATIENCE_MS);
  /** @type {Record<string, string>} */
  const marks = (await inTime(driver.run('() => window.waysOut ?? {}'))) ?? {};
  // A page that was not there, or stood still, says nothing of the ways. One that goes elsewhere cannot say.
  if (!isStarted || (names.length > 1 && !marks['']))
    return Object.fromEntries(names.map((name) => [name, 'untried']));
  /** @type {Found} */
  const found = {};
  for (const name of names) {
    const protocols = new Set(
      ears.heard
        .filter((one) => one.way === name && (one.run === run || one.run === ''))
        .map(({ protocol }) => /** @type {string} */ (protocol)),
    );
    if (ears.others.some((other) => MAKERS[name]?.test(other))) protocols.add('maker');
    if (host.log.slice(asked).some((line) => line.includes(`voice=${name}.${run}.`)))
      protocols.add('own server');
    if (protocols.size > 0) found[name] = [...protocols].sort().join('+');
    else if (marks[name] === 'absent') found[name] = 'absent';
    else if (marks[name]) found[name] = `mark: ${marks[name]}`;
  }
  return found;
}

/**
 * Opens the page until it has done what it can to be kept, and again; whether the service worker then serves it.
 * @param {Driver} driver
 * @param {string} address
 */
async function kept(driver, address) {
  await inTime(driver.go(address));
  for (let tries = 0; tries < 150; tries += 1) {
    if (await inTime(driver.run('() => Boolean(document.documentElement.dataset.offline)'))) break;
    await pause(200);
  }
  await inTime(driver.go(address));
  return Boolean(await inTime(driver.run('() => Boolean(navigator.serviceWorker?.controller)')));
}

/** @param {Engine} engine @param {boolean} short @returns {Promise<Measured>} */
async function measure(engine, short) {
  const ears = await collector(ADDRESS);
  const bare = await bareHost();
  const full = await serve();
  /** @type {Measured} */
  const measured = {
    version: '',
    worker: false,
    workerWithoutHeaders: false,
    control: {},
    headers: {},
    headersWorker: {},
    bare: {},
  };

  /** What the control reached only by itself: elsewhere it is tried by itself as well. @type {Set<string>} */
  const alone = new Set();

  /**
   * Every load of one kind, in a browser of its own.
   * @param {Kind} kind
   * @param {{address: string, log: string[]}} host
   * @param {string} path
   */
  const all = async (kind, host, path) => {
    const driver = await START[engine]();
    measured.version = driver.version;
    try {
      if (kind === 'headersWorker' || kind === 'bare') {
        const worker = await kept(driver, host.address + path);
        if (kind === 'bare') measured.workerWithoutHeaders = worker;
        else measured.worker = worker;
      }
      /** Where a look-up alone was heard, a connection may have come too late. */
      const isWeak = (/** @type {string} */ name) =>
        [undefined, 'dns', 'untried'].includes(measured[kind][name]);
      const note = async (/** @type {string[]} */ names) => {
        const found = await tried(driver, ears, host, path, names);
        process.stderr.write(`${engine}, ${kind}: ${names.join(' ')}: ${JSON.stringify(found)}\n`);
        for (const name of names) {
          const how = found[name];
          if (how && isWeak(name) && (how !== 'untried' || !measured[kind][name])) measured[kind][name] = how;
          // It was tried now, and nothing was heard.
          else if (!how && measured[kind][name] === 'untried') delete measured[kind][name];
        }
      };
      const lists = loads(short);
      for (const names of lists) await note(names);
      if (short) return;
      // In company a way may come too late, or not at all.
      const inCompany = lists.filter((names) => names.length > 1).flat();
      for (const name of inCompany.filter(
        (one) => isWeak(one) && (kind === 'control' || alone.has(one) || measured[kind][one] === 'untried'),
      )) {
        const before = measured[kind][name];
        await note([name]);
        if (kind === 'control' && measured[kind][name] !== before) alone.add(name);
      }
    } finally {
      await inTime(driver.close());
    }
  };
  try {
    await all('control', bare, CONTROL);
    await all('headers', full, '');
    if (!short) {
      await all('headersWorker', full, '');
      await all('bare', bare, '');
    }
  } finally {
    ears.close();
    bare.close();
    full.close();
  }
  return measured;
}

const [engine, extent] = process.argv.slice(2);
if (!(engine in START) || !['all', 'short'].includes(extent ?? ''))
  throw new Error('battery.mjs chromium|firefox|webkit all|short');
const measured = await measure(/** @type {Engine} */ (engine), extent === 'short');
console.log(JSON.stringify(measured));
process.exit(0);
