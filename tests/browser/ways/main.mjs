// `cargo xtask ways-out [ENGINE …]`: tries every way out in the engines that are here, or those that are named, and compares
// with docs/ways-out.json; with --write it writes what was measured of them into that file, and the tables of docs/privacy.md
// anew.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { settings } from '../e2e/lib.mjs';
import { closed, DOCUMENT, isOpen, MARKS, opened, RECORD, recorded, tables, TITLES } from './measured.mjs';
import { inside, whyNot } from './namespace.mjs';
import { WAYS } from './ways.mjs';

/** @import {Engine, Kind, Measured} from './battery.mjs' */

const BATTERY = fileURLToPath(new URL('battery.mjs', import.meta.url));
/** @type {Kind[]} */
const KINDS = ['control', 'headers', 'headersWorker', 'bare'];
/** The control has to be heard by each protocol, or silence means nothing; WebRTC is not in every engine. */
const PROVES = { tcp: 'fetch', request: 'fetch', dns: 'fetch', udp: 'stunaddress' };

/** What to install for an engine. @type {Record<Engine, string>} */
export const WANTS = {
  chromium: 'chromium',
  firefox: 'firefox-esr',
  webkit: 'webkit2gtk-driver xvfb',
};

/** @param {Engine} engine */
export const isHere = (engine) =>
  engine === 'webkit' ? Boolean(settings.webkit && settings.xvfb) : Boolean(settings[engine]);

/**
 * Tries the ways in an engine, in a namespace of its own.
 * @param {Engine} engine
 * @param {'all'|'short'} extent
 * @returns {Promise<Measured>}
 */
export async function measured(engine, extent) {
  const { code, out, complaints } = await inside([process.execPath, BATTERY, engine, extent]);
  if (code !== 0) throw new Error(`the ways out in ${TITLES[engine]} ended with ${code}: ${complaints}`);
  return JSON.parse(out);
}

/** Why what was measured proves nothing; empty where it does. @param {Measured} measured */
export function unproven({ control }) {
  const deaf = Object.entries(PROVES).filter(
    ([protocol, way]) => control[way] !== 'absent' && !control[way]?.includes(protocol),
  );
  return deaf
    .map(([protocol, way]) => `${way} of a page without a policy was not heard by ${protocol}`)
    .join('; ');
}

/**
 * What the same version of an engine has let out once stays open, although it was not heard this time.
 * @param {Engine} engine
 * @param {Measured} now
 */
function keepOpen(engine, now) {
  if (!existsSync(RECORD)) return;
  const before = /** @type {Record<string, Measured>} */ (recorded())[engine];
  if (before?.version !== now.version) return;
  for (const kind of KINDS)
    for (const way of WAYS.keys())
      if (isOpen(before[kind], way) && !isOpen(now[kind], way)) now[kind][way] = before[kind][way];
}

/**
 * Writes down what was measured of an engine; the tables once all engines are in the record.
 * @param {Engine} engine
 * @param {Measured} now
 */
async function record(engine, now) {
  const before = existsSync(RECORD) ? recorded() : {};
  const all = /** @type {Record<Engine, Measured>} */ (
    Object.fromEntries(
      Object.keys(TITLES).flatMap((one) => {
        const measured = one === engine ? now : /** @type {Record<string, Measured>} */ (before)[one];
        return measured ? [[one, measured]] : [];
      }),
    )
  );
  await writeFile(RECORD, `${JSON.stringify(all, null, 2)}\n`);
  if (Object.keys(all).length < Object.keys(TITLES).length) return;
  const text = await readFile(DOCUMENT, 'utf8');
  const [head] = text.split(MARKS[0]);
  const [, tail] = text.split(MARKS[1]);
  await writeFile(DOCUMENT, [head, MARKS[0], '\n', tables(all), '\n', MARKS[1], tail].join(''));
}

/** @param {string[]} words */
async function main(words) {
  const write = words.includes('--write');
  const reason = await whyNot();
  if (reason) {
    console.log(`LEFT OUT: ${reason}`);
    console.log(`0 passed, 0 failed, ${Object.keys(TITLES).length} skipped`);
    return;
  }
  const known = /** @type {Engine[]} */ (Object.keys(TITLES));
  const named = known.filter((engine) => words.includes(engine));
  const engines = named.length ? named : known;
  const here = engines.filter(isHere);
  for (const engine of engines)
    if (!here.includes(engine)) console.log(`LEFT OUT: ${TITLES[engine]} is not here (${WANTS[engine]})`);
  if (write && here.length < engines.length) throw new Error('--write needs all engines');
  let failed = 0;
  for (const engine of here) {
    const now = await measured(engine, 'all');
    const faults = [unproven(now)].filter(Boolean);
    for (const kind of KINDS)
      for (const way of WAYS.keys())
        if (now[kind][way] === 'untried') faults.push(`${kind}: ${way} could not be tried`);
    if (!now.worker) faults.push('the service worker did not serve the page');
    if (now.workerWithoutHeaders) faults.push('a service worker was installed on a host without headers');
    if (!write) {
      const before = recorded()[engine];
      faults.push(...opened(engine, now, before, [...WAYS.keys()], KINDS));
      // What is heard only now and then is no fault, and stays written down as open.
      for (const note of closed(engine, now, before, [...WAYS.keys()], KINDS)) console.log(`note: ${note}`);
    } else keepOpen(engine, now);
    const count = (/** @type {Kind} */ kind) =>
      [...WAYS.keys()].filter((way) => isOpen(now[kind], way)).length;
    console.log(
      `${TITLES[engine]} ${now.version}: of ${WAYS.size} ways ${KINDS.map((kind) => `${count(kind)} open (${kind})`).join(', ')}`,
    );
    for (const fault of faults) console.log(`FAILED: ${fault}`);
    failed += faults.length > 0 ? 1 : 0;
    if (write && !faults.length) await record(engine, now);
  }
  console.log(`${here.length - failed} passed, ${failed} failed, ${engines.length - here.length} skipped`);
  if (failed > 0) process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
