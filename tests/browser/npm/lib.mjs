// What the tests of the npm package share: the package as a user has it, the command line to compare with, synthesised voices.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after } from 'node:test';
import { extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { settings } from '../e2e/lib.mjs';

const run = promisify(execFile);
const target = fileURLToPath(new URL('../../../target', import.meta.url));

/** The package, as `cargo xtask npm` has packed it. */
export const tarball = join(
  target,
  'npm',
  /** @type {string} */ (readdirSync(join(target, 'npm')).find((name) => name.endsWith('.tgz'))),
);

/** A file of what the package is tried with. @param {string} path */
export const peer = (path) => join(target, 'npm-peers/node_modules', path);

/** The README of the repository's package. */
export const README = fileURLToPath(new URL('../../../packages/npm/README.md', import.meta.url));

/** The scripts that the README shows, in its order. */
export const examples = () =>
  [...readFileSync(README, 'utf8').matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);

/**
 * An empty folder in which the package was installed, without a network.
 * @param {string} name
 */
export async function consumer(name) {
  const folder = join(settings.folder, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await writeFile(
    join(folder, 'package.json'),
    '{ "name": "consumer", "private": true, "type": "module" }\n',
  );
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts', tarball], {
    cwd: folder,
  });
  return folder;
}

/**
 * The package's own exports.
 * @param {string} folder  of a consumer
 * @param {string} [entry]
 */
export async function imported(folder, entry = 'undertone') {
  const file = join(folder, `${entry.replaceAll('/', '-')}-exports.mjs`);
  await writeFile(file, `export * from '${entry}';\n`);
  return import(pathToFileURL(file).href);
}

/** Runs node in a folder. @param {string} folder @param {string[]} words */
export const node = (folder, ...words) => run(process.execPath, words, { cwd: folder });

/** What the command line says. @param {string[]} words */
export async function commandLine(...words) {
  const { stdout } = await run(settings.undertone, words, { maxBuffer: 2 ** 28 });
  return stdout;
}

/**
 * A voice of pulses that ring out, whose pitch moves, in syllables, with a little noise: the same samples in every run.
 * @param {number} rateHz
 * @param {number} seconds
 * @param {{f0Hz?: number, pauses?: boolean}} [options]  `pauses`: now and then there is silence of a second
 */
export function voice(rateHz, seconds, { f0Hz = 150, pauses = true } = {}) {
  let [phase, random] = [0, 1];
  return Float32Array.from({ length: Math.round(seconds * rateHz) }, (_, k) => {
    const t = k / rateHz;
    random = (Math.imul(1_103_515_245, random) + 12_345) & 0x7fff_ffff;
    phase = (phase + (f0Hz * (1 + 0.2 * Math.sin(2 * t))) / rateHz) % 1;
    const slow = pauses ? Math.sin(1.7 * t) : 0.5;
    const loud = Math.min(1, Math.max(0, 0.3 + Math.sin(25 * t) + slow));
    return 0.5 * loud * Math.exp(-6 * phase) * Math.sin(25 * phase) + 0.002 * (random / 2 ** 30 - 1);
  });
}

/** Sounds one behind the other. @param {Float32Array[]} parts */
export function joined(...parts) {
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const part of parts) {
    all.set(part, from);
    from += part.length;
  }
  return all;
}

/**
 * A WAV file of 32-bit floats: nothing of the samples is lost.
 * @param {string} file
 * @param {Float32Array} samples
 * @param {number} rateHz
 */
export async function writeWav(file, samples, rateHz) {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + 4 * samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(3, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rateHz, 24);
  head.writeUInt32LE(4 * rateHz, 28);
  head.writeUInt16LE(4, 32);
  head.writeUInt16LE(32, 34);
  head.write('data', 36);
  head.writeUInt32LE(4 * samples.length, 40);
  await writeFile(
    file,
    Buffer.concat([head, Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)]),
  );
}

/** The samples of a WAV file of 16-bit integers with one channel, as the program reads them. @param {string} file */
export async function readSpeech(file) {
  const bytes = await readFile(file);
  const data = bytes.indexOf('data', 36);
  const samples = new Float32Array(bytes.readUInt32LE(data + 4) / 2);
  for (let k = 0; k < samples.length; k += 1) samples[k] = bytes.readInt16LE(data + 8 + 2 * k) / 32_768;
  return { samples, rateHz: bytes.readUInt32LE(24) };
}

/** @type {Record<string, string>} */
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript' };

/**
 * Serves a folder statically, as any host would, until the tests of the file end. Every request's path is in `log`.
 * @param {string} root
 * @param {Record<string, string>} [headers]
 */
export async function hosted(root, headers = {}) {
  /** @type {string[]} */
  const log = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://host').pathname);
    log.push(path);
    try {
      const body = await readFile(join(root, path));
      const type = TYPES[extname(path)] ?? 'application/octet-stream';
      response.writeHead(200, { 'Content-Type': type, ...headers }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(undefined));
  });
  after(() => server.close());
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return { address: `http://localhost:${port}`, log };
}

/**
 * Opens a page and waits for what it says in `result`, or fails with what the browser complains about.
 * @param {import('playwright-core').Browser} browser
 * @param {string} url
 */
export async function resultOf(browser, url) {
  const page = await browser.newPage();
  /** @type {string[]} */
  const complaints = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url);
  const waited = await page
    .waitForFunction(
      () => /** @type {{result?: unknown}} */ (/** @type {unknown} */ (window)).result,
      undefined,
      {
        timeout: 60_000,
      },
    )
    .catch(() => null);
  const result = waited && (await waited.jsonValue());
  const wrong = complaints.filter((text) => !text.includes('favicon') && !text.includes('404'));
  await page.close();
  if (!result || wrong.length) throw new Error(`${url}: ${wrong.join('\n') || 'no result'}`);
  return /** @type {any} */ (result);
}
