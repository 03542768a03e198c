// What a visitor loads of the packed page, compressed as a host would: within its limits, before the page can record
// and score and in all. The figures stand in docs/building.md.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { open, page as folder, suite } from '../e2e/lib.mjs';

/** Bytes under brotli's best setting: the figures that were reached, and 3 % more. */
const LIMITS = { module: 1.03 * 154_022, first: 1.03 * 277_376, all: 1.03 * 519_155 };

/** Where the table stands, between these marks; written anew if the environment says so. */
const DOCUMENT = new URL('../../../docs/building.md', import.meta.url);
const MARKS = ['<!-- bytes -->', '<!-- end of bytes -->'];

/** @param {Buffer} bytes */
const packed = (bytes) =>
  brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length;

const { server, browser } = await suite();

test('what is loaded stays small', async () => {
  const { page, context } = await open(browser, server.address, { serviceWorkers: 'block' });
  const loaded = await page.evaluate(() => {
    const [{ startTime: ready }] = performance.getEntriesByName('ready to record');
    return performance
      .getEntriesByType('resource')
      .map(({ name, startTime }) => ({ path: new URL(name).pathname.slice(1), first: startTime < ready }));
  });
  await context.close();
  const files = new Map(loaded.map(({ path, first }) => [path, first]));
  files.set('index.html', true);
  /** @type {Record<string, number>} */
  const groups = {};
  const sums = { first: 0, all: 0, module: 0 };
  for (const [path, first] of files) {
    const bytes = packed(await readFile(join(folder, path)));
    sums.all += bytes;
    if (first) sums.first += bytes;
    if (path === 'pkg/undertone-wasm.js') sums.module += bytes;
    const group = `${/^www\/(?:style|words|learn|icons)|^pkg\/[\w-]+|^index/.exec(path)?.[0] ?? 'other scripts'}`;
    const name = `${group} (${first ? 'first' : 'then'})`;
    groups[name] = (groups[name] ?? 0) + bytes;
  }
  const rows = [
    ...Object.entries(groups).sort(),
    ['**before it is ready**', sums.first],
    ['**all**', sums.all],
  ];
  const table = [
    '| what | bytes, brotli |',
    '|---|---|',
    ...rows.map(([what, sum]) => `| ${what} | ${sum} |`),
  ];
  console.log(table.join('\n'));
  if (process.env.UNDERTONE_WRITE_BYTES) {
    const text = await readFile(DOCUMENT, 'utf8');
    const [before] = text.split(MARKS[0]);
    const [, after] = text.split(MARKS[1]);
    await writeFile(DOCUMENT, [before, MARKS[0], '\n', table.join('\n'), '\n', MARKS[1], after].join(''));
  }
  // Each kind of file was seen, in its turn.
  for (const path of ['pkg/undertone-wasm.js', 'pkg/model-metric-act.js', 'www/words/en.js', 'www/app.js'])
    assert.equal(files.get(path), true, path);
  for (const path of [
    'pkg/reader-wasm.js',
    'pkg/model-unsupervised.js',
    'www/words/da.js',
    'www/learn/lesson.js',
  ])
    assert.equal(files.get(path), false, path);
  for (const [what, limit] of Object.entries(LIMITS)) {
    const bytes = sums[/** @type {keyof typeof sums} */ (what)];
    assert.ok(bytes <= limit, `${what}: ${bytes} bytes, at most ${limit}`);
  }
});
