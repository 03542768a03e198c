// One result: what page and command line really write is what the schemas describe; what was written before still opens.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { faults } from '../schema.mjs';
import { arrived, headline, suite, open, openFiles, save, score, settings } from './lib.mjs';

const { server, browser } = await suite();
const run = promisify(execFile);
/** @param {string} name */
const place = (name) => new URL(`../../fixtures/${name}`, import.meta.url);
/** @param {string} name */
const fixture = (name) => readFile(place(name));
/** @param {string[]} args lines of the command line, as JSON */
const lines = async (...args) =>
  (await run(settings.undertone, args)).stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

/** Saves what the dialog offers as everything. @param {import('playwright-core').Page} page */
const everything = async (page) =>
  JSON.parse(Buffer.from(await save(page, 'Results, without the sound (JSON)')).toString());

/** Every object in a value, by its path. @param {any} value @param {string[]} path @returns {string[][]} */
const objects = (value, path = []) =>
  value === null || typeof value !== 'object'
    ? []
    : [
        ...(Array.isArray(value) ? [] : [path]),
        ...Object.entries(value).flatMap(([name, member]) => objects(member, [...path, name])),
      ];

test('the page writes what the schema describes, with every model and with none, and no field more', async () => {
  for (const query of [
    '',
    '?model=metric-val',
    '?model=unsupervised',
    '?model=metric-cluster',
    '?acoustics',
  ]) {
    const { page, context } = await open(browser, server.address + query, { reducedMotion: 'reduce' });
    await openFiles(page, settings.speech);
    await arrived(page);
    const session = await everything(page);
    assert.deepEqual(faults('session.json', session), [], query);
    const [{ analysis, measures }] = session.recordings;
    assert.equal(Boolean(analysis), query !== '?acoustics');
    if (analysis) assert.deepEqual(faults('analysis.json', analysis), [], query);
    for (const path of objects(session)) {
      // What is filled into a message or a problem has names of its own.
      const more = structuredClone(session);
      path.reduce((value, name) => value[name], more).more = 1;
      assert.notDeepEqual(faults('session.json', more), [], `${query} ${path.join('/')}/more`);
    }
    const [fewer, kind] = [structuredClone(session), structuredClone(session)];
    delete (analysis ? fewer.recordings[0].analysis : fewer.recordings[0].measures).features
      .loudness_sma3_amean;
    assert.notDeepEqual(faults('session.json', fewer), []);
    kind.recordings[0][analysis ? 'analysis' : 'measures'].region = ['0', '1'];
    assert.notDeepEqual(faults('session.json', kind), []);
    assert.equal((analysis ?? measures).schema, 1);
    await context.close();
  }
});

test('for one WAV file the command line writes what the page writes', async () => {
  const { page, context } = await open(browser, server.address, { reducedMotion: 'reduce' });
  await openFiles(page, settings.speech);
  await arrived(page);
  const [{ analysis }] = (await everything(page)).recordings;
  const [line] = await lines('score', '--json', settings.speech);
  assert.deepEqual(line, { file: settings.speech, ...analysis });
  assert.deepEqual(Object.keys(line), ['file', ...Object.keys(analysis)], 'in one order');
  const [explained] = await lines('explain', settings.speech, '--format', 'json');
  for (const field of ['activation', 'baseline', 'contributions', 'model'])
    assert.deepEqual(explained[field], analysis[field], field);
  await context.close();
});

const SOUNDS = ['flac', 'mp3', 'ogg', 'm4a'].map((kind) => fileURLToPath(place(`voice.${kind}`)));

/**
 * Takes out, adds and changes the kind of every member of a valid value; what the schema lets pass all the same.
 * @param {Parameters<typeof faults>[0]} name
 * @param {any} value
 * @param {string[]} optional
 */
function letPass(name, value, optional) {
  return objects(value).flatMap((path) => {
    const broken = (/** @type {(object: any) => void} */ change) => {
      const copy = structuredClone(value);
      change(path.reduce((object, name) => object[name], copy));
      return faults(name, copy).length > 0;
    };
    const at = (/** @type {string} */ member) => [...path, member].join('/');
    const members = Object.keys(path.reduce((object, name) => object[name], value));
    return [
      ...(broken((object) => (object.more = 1)) ? [] : [at('more')]),
      ...members.flatMap((member) => [
        ...(optional.includes(member) || broken((object) => delete object[member])
          ? []
          : [`${at(member)} left out`]),
        ...(broken((object) => (object[member] = [{}])) ? [] : [`${at(member)} of another kind`]),
      ]),
    ];
  });
}

test('the command line writes what the schemas describe; nothing may be more, fewer or of another kind', async () => {
  for (const model of ['unsupervised', 'metric-cluster', 'metric-act', 'metric-val'])
    for (const line of await lines('score', '--json', '--model', model, settings.speech, ...SOUNDS))
      assert.deepEqual(faults('analysis.json', line), [], model);
  const [line] = await lines('score', '--json', settings.speech);
  assert.deepEqual(letPass('analysis.json', line, ['file']), []);
  for (const change of /** @type {((line: any) => void)[]} */ ([
    (line) => (line.schema = 2),
    (line) => (line.catalogue = 'eGeMAPSv02/2'),
    (line) => (line.flags = ['too_loud']),
    (line) => (line.interval = [1, 2, 3]),
    (line) => (line.limited = [11]),
    (line) => (line.ranks.loudness_sma3_amean = 1.5),
    (line) => (line.model.hash = '0'),
    (line) => (line.pitch = null),
    (line) => (line.signal.voiced_share = null),
    (line) => (line.features.loudness_sma3_amean = null),
  ])) {
    const changed = structuredClone(line);
    change(changed);
    assert.notDeepEqual(faults('analysis.json', changed), [], String(change));
  }
  for (const args of [[], ['--method', 'shapley'], ['--method', 'expected', '--background', ...SOUNDS]]) {
    const [explained] = await lines('explain', settings.speech, '--format', 'json', ...args);
    assert.deepEqual(faults('explanation.json', explained), [], args.join(' '));
    assert.deepEqual(letPass('explanation.json', explained, []), [], args.join(' '));
  }
});

test('sessions that version 1 saved open: numbers, sound, and measures alone', async () => {
  const { page, context, complaints } = await open(browser, server.address, { reducedMotion: 'reduce' });
  const old = JSON.parse((await fixture('session-1.json')).toString());
  for (const name of ['session-1.json', 'session-1-acoustics.json', 'session-1-sound.json']) {
    await openFiles(page, { name, mimeType: 'application/json', buffer: await fixture(name) });
    // The same recordings once more: without being asked for they are not doubled.
    if (name === 'session-1-acoustics.json') {
      await page.getByText(`${name}: 2 of 2 are listed already. Added: 0.`).first().waitFor();
      await page.waitForSelector('#recorder[data-phase="idle"]');
      await page.getByRole('button', { name: 'Add all again' }).click();
    }
    await page
      .getByText(
        name === 'session-1-sound.json'
          ? `${name}: one recording is back.`
          : `${name}: 2 recordings are back.`,
      )
      .first()
      .waitFor();
    await page.waitForSelector('#recorder[data-phase="idle"]');
  }
  await page.getByRole('button', { name: 'Save …' }).click();
  await page.getByRole('radio', { name: 'All recordings' }).check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Results, without the sound (JSON)' }).click(),
  ]);
  await page.keyboard.press('Escape');
  const session = JSON.parse((await readFile(await download.path())).toString());
  assert.deepEqual(faults('session.json', session), []);
  assert.equal(session.recordings.length, 5);
  const was = old.recordings[0].analysis;
  // Measures are those that were saved; scores are the present model's, the same from numbers and from sound.
  const now = session.recordings.find((/** @type {any} */ one) => one.analysis).analysis;
  const sum = Object.values(now.contributions.features).reduce((all, one) => all + one, now.baseline);
  assert.ok(Math.abs(sum - now.activation) < 1e-9, `${sum} ${now.activation}`);
  for (const { file, analysis, problem } of session.recordings) {
    if (file === 'silence.wav') {
      assert.deepEqual([analysis, problem.kind], [null, 'silent']);
      continue;
    }
    // The flag has another name by now.
    assert.deepEqual(
      analysis.flags,
      was.flags.map((/** @type {string} */ flag) => (flag === 'too_short' ? 'short' : flag)),
    );
    assert.deepEqual(Object.values(analysis.features).map(Math.fround), was.features);
    for (const field of ['activation', 'interval', 'latent', 'score_axis', 'other_axis', 'baseline'])
      assert.deepEqual(analysis[field], now[field], field);
    assert.deepEqual([analysis.ranks, analysis.contributions], [now.ranks, now.contributions]);
  }
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('lines of the command line open with the scores that they have', async () => {
  const { page, context, complaints } = await open(browser, server.address, { reducedMotion: 'reduce' });
  const file = join(settings.folder, 'scores.jsonl');
  const { stdout } = await run(settings.undertone, ['score', '--json', settings.speech, settings.speech]);
  await writeFile(file, stdout);
  await openFiles(page, file);
  await page.getByText('scores.jsonl: 2 recordings are back.').first().waitFor();
  await arrived(page);
  assert.match(await headline(page).innerText(), /average voice/);
  const [{ analysis, name, file: from }] = (await everything(page)).recordings;
  assert.deepEqual([name, from], [null, 'speech.wav']);
  assert.deepEqual({ file: settings.speech, ...analysis }, await score(settings.speech));
  assert.deepEqual(await complaints(), []);
  await context.close();
});
