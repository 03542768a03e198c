// The list of recordings: named, deleted, saved in every way, opened again, forgotten.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { arrived, headline, suite, open, openFiles, settings } from './lib.mjs';

const { server, browser } = await suite();
/** @type {Awaited<ReturnType<typeof open>>} */
let tab;
let requests = 0;
/** @type {Map<string, Uint8Array>} */
const kept = new Map();

before(async () => {
  tab = await open(browser, server.address, { reducedMotion: 'reduce' });
  requests = server.log.length;
  const speech = await readFile(settings.speech);
  await openFiles(
    tab.page,
    ['one.wav', 'two.wav'].map((name) => ({ name, mimeType: 'audio/wav', buffer: speech })),
  );
  await arrived(tab.page);
  await row(/^Recording 2, two\.wav/).waitFor();
  await tab.page.waitForSelector('#recorder[data-phase="idle"]');
});

/** @param {RegExp} name */
const row = (name) => tab.page.locator('#recordings').getByRole('button', { name });
const count = () => tab.page.locator('#recordings li').count();

/** Saves by the page's own dialog. @param {string} kind @param {{all?: boolean}} [wish] */
async function saved(kind, { all = false } = {}) {
  const { page } = tab;
  await page.getByRole('button', { name: 'Save …' }).click();
  if (all) await page.getByRole('radio', { name: 'All recordings' }).check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: kind }).click(),
  ]);
  await page.getByRole('dialog').getByText(`Saved: ${download.suggestedFilename()}`).waitFor();
  await page.keyboard.press('Escape');
  return { name: download.suggestedFilename(), bytes: new Uint8Array(await readFile(await download.path())) };
}

/** @param {Uint8Array} bytes */
const text = (bytes) => Buffer.from(bytes).toString('utf8');

async function forget() {
  await tab.page.getByRole('button', { name: 'Forget everything' }).click();
  await tab.page.getByRole('button', { name: 'Forget', exact: true }).click();
  await tab.page.getByText('Everything is forgotten.').first().waitFor();
  assert.equal(await count(), 0);
}

/** @param {Uint8Array} bytes @param {string} [name] */
const bring = (bytes, name = 'session.json') =>
  openFiles(tab.page, { name, mimeType: 'application/json', buffer: Buffer.from(bytes) });

test('a recording is renamed in place; Escape leaves it as it was', async () => {
  const { page } = tab;
  await page.getByRole('button', { name: 'Rename recording 2' }).click();
  const field = page.getByRole('textbox', { name: 'Name of recording 2' });
  assert.ok(await field.evaluate((element) => element === document.activeElement));
  await field.fill('  Om   hunden, højt ');
  await field.press('Enter');
  await row(/^Recording 2, Om hunden, højt/).waitFor();
  assert.ok(
    await page
      .getByRole('button', { name: 'Rename recording 2' })
      .evaluate((element) => element === document.activeElement),
  );
  await page.getByRole('button', { name: 'Rename recording 2' }).press('Enter');
  // A single key is a letter here.
  await page.keyboard.type('1rc');
  await page.keyboard.press('Escape');
  await row(/^Recording 2, Om hunden, højt/).waitFor();
  assert.equal(await page.locator('#recorder').getAttribute('data-phase'), 'idle');
});

test('a deleted recording comes back for ten seconds', async () => {
  const { page } = tab;
  await page.getByRole('button', { name: 'Delete recording 2' }).click();
  assert.equal(await count(), 1);
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.equal(await count(), 2);
  await row(/^Recording 2, Om hunden, højt/).waitFor();
});

test('every kind is saved under its own name', async () => {
  const day = new Date().toISOString().slice(0, 4);
  for (const [kind, end] of [
    ['Numbers (CSV)', 'csv'],
    ['Results, without the sound (JSON)', 'json'],
    ['Sound (WAV)', 'wav'],
    ['Figure (SVG)', 'svg'],
    ['Figure (PNG)', 'png'],
  ]) {
    const { name, bytes } = await saved(kind);
    assert.match(name, new RegExp(`^undertone-${day}-\\d\\d-\\d\\d-2-om-hunden-hoejt(-results)?\\.${end}$`));
    kept.set(end, bytes);
  }
  kept.set('all', (await saved('Results, without the sound (JSON)', { all: true })).bytes);
  const whole = await saved('Everything, with the sound (JSON)', { all: true });
  assert.match(whole.name, /^undertone-[\d-]+-all\.json$/);
  kept.set('sound', whole.bytes);
});

test('the CSV of all recordings is one table', async () => {
  const { bytes } = await saved('Numbers (CSV)', { all: true });
  assert.deepEqual(
    text(bytes)
      .trimEnd()
      .split('\n')
      .map((line) => line.split(',')[0]),
    ['file', 'one.wav', 'two.wav'],
  );
  const [head, ...rows] = text(bytes)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  assert.deepEqual(head.slice(-9), [
    'activation',
    'low',
    'high',
    'own_difference',
    'flags',
    'seconds',
    'name',
    'model',
    'model_sha256',
  ]);
  for (const [score, lo, hi] of rows.map((row) => row.slice(89, 92).map(Number)))
    assert.ok(lo < score && score < hi && hi - lo < 3, `${lo} ${score} ${hi}`);
});

test('the JSON says what made it and what the browser did to the sound', () => {
  const all = JSON.parse(text(kept.get('json') ?? new Uint8Array()));
  assert.equal(all.undertone, 2);
  assert.match(all.recordings[0].analysis.version, /^\d+\.\d+\.\d+/);
  assert.match(all.model.hash, /^[0-9a-f]{64}$/);
  assert.equal(all.rate_hz, 16_000);
  assert.equal(all.recordings.length, 1);
  assert.equal(all.recordings[0].captured, null, 'a file was not captured');
  assert.equal(all.recordings[0].sound, undefined, 'no sound unless it is wished');
});

test('the SVG has the figure’s words, and the PNG twice its size', async () => {
  const svg = text(kept.get('svg') ?? new Uint8Array());
  for (const words of [
    /<title[^>]*>.+average voice\.<\/title>/,
    /Not for diagnosis, grading, or decisions about people\./,
    /How activated/,
    /The other 19 together/,
    /Om hunden, højt/,
  ])
    assert.match(svg, words);
  const [, width, height] = /<svg[^>]* width="([\d.]+)"[^>]* height="([\d.]+)"/.exec(svg) ?? [];
  const png = Buffer.from(kept.get('png') ?? []);
  assert.equal(png.toString('latin1', 1, 4), 'PNG');
  assert.equal(png.readUInt32BE(16), 2 * Number(width));
  assert.equal(png.readUInt32BE(20), 2 * Number(height));
});

test('all figures are saved one by one, and what is shown stays', async () => {
  const { page } = tab;
  await row(/^Recording 1, one\.wav/).click();
  await page.getByRole('button', { name: 'Save …' }).click();
  await page.getByRole('radio', { name: 'All recordings' }).check();
  /** @type {string[]} */
  const names = [];
  page.on('download', (download) => names.push(download.suggestedFilename()));
  await page.getByRole('button', { name: 'Figure (SVG)' }).click();
  for (let i = 0; i < 50 && names.length < 2; i += 1) await page.waitForTimeout(100);
  page.removeAllListeners('download');
  await page.keyboard.press('Escape');
  assert.deepEqual(names.map((name) => name.replace(/^undertone-[\d]+-\d\d-\d\d-/, '')).sort(), [
    '1-one.svg',
    '2-om-hunden-hoejt.svg',
  ]);
  assert.equal(await row(/^Recording 1, one\.wav/).getAttribute('aria-current'), 'true');
  await row(/Om hunden/).click();
});

test('a saved session is opened again: the same numbers, no sound', async () => {
  const { page } = tab;
  const before = await headline(page).innerText();
  await forget();
  await bring(kept.get('all') ?? new Uint8Array());
  await page.getByText('session.json: 2 recordings are back.').first().waitFor();
  await row(/^Recording 2, Om hunden, højt/).waitFor();
  await row(/^Recording 1, one\.wav/).waitFor();
  assert.equal(await headline(page).innerText(), before);
  await page.getByText('Saved without its sound: there are only the numbers.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Listen' }).count(), 0);
  await page.getByRole('table', { name: 'Why' }).getByRole('button').first().click();
  assert.ok((await page.locator('#reasons tr.feature').count()) > 0);
  // What was read is written again, the same to the last digit.
  const again = JSON.parse(text((await saved('Results, without the sound (JSON)', { all: true })).bytes));
  assert.deepEqual(again.recordings, JSON.parse(text(kept.get('all') ?? new Uint8Array())).recordings);
  // There is no sound to save.
  await page.getByRole('button', { name: 'Save …' }).click();
  assert.ok(await page.getByRole('button', { name: 'Sound (WAV)' }).isDisabled());
  await page.keyboard.press('Escape');
});

test('opened once more, nothing is doubled; if it is wanted, it comes in after what is there', async () => {
  const { page } = tab;
  await bring(kept.get('json') ?? new Uint8Array());
  await page.getByText('session.json: 1 of 1 are listed already. Added: 0.').first().waitFor();
  await page.waitForSelector('#recorder[data-phase="idle"]');
  assert.equal(await count(), 2);
  await page.getByRole('button', { name: 'Add all again' }).click();
  await row(/^Recording 3, Om hunden, højt/).waitFor();
  assert.equal(await count(), 3);
});

test('with its sound it can be heard, and measures the same', async () => {
  const { page } = tab;
  await forget();
  await bring(kept.get('sound') ?? new Uint8Array());
  await row(/^Recording 2, Om hunden, højt/).waitFor();
  await page.waitForSelector('#recorder[data-phase="idle"]');
  await page.locator('#take').getByRole('button', { name: 'Listen' }).waitFor();
  const again = JSON.parse(text((await saved('Results, without the sound (JSON)', { all: true })).bytes));
  assert.deepEqual(
    again.recordings.map((/** @type {any} */ one) => one.analysis),
    JSON.parse(text(kept.get('all') ?? new Uint8Array())).recordings.map(
      (/** @type {any} */ one) => one.analysis,
    ),
  );
});

test('other files say why they are no session; another model’s is read anew', async () => {
  const { page } = tab;
  await bring(Buffer.from('{"a": 1}'), 'other.json');
  await page.locator('#queue').getByText('other.json: not a session that Undertone has saved.').waitFor();
  await bring(Buffer.from('{"undertone": 9, "recordings": []}'), 'newer.json');
  await page
    .locator('#queue')
    .getByText('newer.json: saved by a newer version of Undertone (format 9).')
    .waitFor();
  const other = JSON.parse(text(kept.get('json') ?? new Uint8Array()));
  // Made at another time: the list has it not yet.
  const later = (/** @type {number} */ seconds) =>
    new Date(Date.parse(other.recordings[0].when) + seconds * 1000).toISOString();
  other.recordings[0].when = later(60);
  other.recordings[0].sound = Buffer.from('RIFF and nothing more').toString('base64');
  const listed = await count();
  await bring(Buffer.from(JSON.stringify(other)), 'cut.json');
  await page.locator('#queue').getByText('cut.json: the file is damaged.').waitFor();
  assert.equal(await count(), listed);
  delete other.recordings[0].sound;
  const { activation } = other.recordings[0].analysis;
  Object.assign(other.recordings[0].analysis, {
    activation: 1.23,
    model: { ...other.recordings[0].analysis.model, hash: 'f'.repeat(64) },
  });
  await bring(Buffer.from(JSON.stringify(other)), 'other-model.json');
  await page.getByText('other-model.json: one recording is back.').first().waitFor();
  const { recordings } = JSON.parse(text((await saved('Results, without the sound (JSON)')).bytes));
  assert.equal(recordings[0].analysis.activation, activation);
  other.recordings[0].analysis.catalogue = 'another/1';
  other.recordings[0].when = later(60);
  await bring(Buffer.from(JSON.stringify(other)), 'other-measures.json');
  await headline(page)
    .filter({ hasText: /^Measured with another list of measures\.$/ })
    .waitFor();
});

/** An utterance without a score, as a session has it. @param {number} start @param {number} end */
const utterance = (start, end) => ({
  ...{
    start,
    end,
    voiced_s: 1,
    above_background_db: 30,
    measured: true,
    certainty: 'none',
    reasons: ['no_tone'],
  },
  ...{
    voice: 0,
    left_out: false,
    by_hand: false,
    pause_inside_s: 0,
    before: null,
    failed: null,
    windows: [],
  },
  analysis: null,
});
/** A course of such utterances. @param {boolean} asOne @param {[number, number][]} places */
const courseOf = (asOne, places) => ({
  ...{ pause_s: 0.5, voices: ['Ann'], chosen: 1, as_one: asOne },
  utterances: places.map(([start, end]) => utterance(start, end)),
});

test('a session of a day draws no more than one of a minute; longer ones and too many are refused', async () => {
  const { page } = tab;
  await forget();
  const session = JSON.parse(text(kept.get('json') ?? new Uint8Array()));
  const [one] = session.recordings;
  const opens = async (/** @type {string} */ name, /** @type {object} */ more) => {
    const when = new Date(Date.parse(one.when) + 1000 * (await count())).toISOString();
    await bring(Buffer.from(JSON.stringify({ ...session, recordings: [{ ...one, when, ...more }] })), name);
  };
  await opens('day.json', { seconds: 86_400 });
  await page.getByText('day.json: one recording is back.').first().waitFor();
  assert.ok((await page.locator('#times span').count()) <= 8);
  const course = courseOf(false, [
    [0, 2],
    [3, 5],
    [10, 86_000],
  ]);
  await opens('course.json', { seconds: 86_400, course });
  await page.getByText('course.json: one recording is back.').first().waitFor();
  await page.locator('#conversation .block').first().waitFor();
  const strokes = await page.locator('#conversation .block line').count();
  assert.ok(strokes > 2 && strokes < 600, `${strokes}`);
  await opens('long.json', { seconds: 1e10 });
  await page.locator('#queue').getByText('long.json: a session of Undertone that is damaged').waitFor();
  const others = Array.from({ length: 5_000 }, (_, i) => ({ ...one, id: `other-${i}`, analysis: null }));
  const many = {
    ...session,
    recordings: others.map((other) => ({ ...other, when: '2020-01-01T00:00:00Z' })),
  };
  await bring(Buffer.from(JSON.stringify(many)), 'many.json');
  await page
    .locator('#queue')
    .getByText('many.json: too many recordings. The list holds 5,000 at most.')
    .waitFor();
  assert.equal(await count(), 2);
});

test('a course that is longer than its sound is left out beyond it, and the session is saved and opened again', async () => {
  const { page } = tab;
  await forget();
  const session = JSON.parse(text(kept.get('sound') ?? new Uint8Array()));
  const [one, other] = session.recordings;
  const inside = /** @type {[number, number]} */ ([0.1, 1.2]);
  Object.assign(one, { seconds: 1_000, number: 1e9, course: courseOf(true, [inside, [1.3, 900]]) });
  Object.assign(other, { seconds: 1_000, course: courseOf(true, [[500, 900]]) });
  let bytes = Buffer.from(JSON.stringify(session));
  for (const round of [1, 2]) {
    await bring(bytes, `round-${round}.json`);
    await page.getByText(`round-${round}.json: 2 recordings are back.`).first().waitFor();
    await page.waitForSelector('#recorder[data-phase="idle"]');
    const whole = await saved('Everything, with the sound (JSON)', { all: true });
    bytes = Buffer.from(whole.bytes);
    const { recordings } = JSON.parse(text(whole.bytes));
    const [first, second] = recordings;
    assert.deepEqual([first.number, second.number], [1, 2]);
    assert.ok(first.seconds < 30 && first.analysis !== null, `${first.seconds}`);
    assert.deepEqual(first.course.voices, ['Ann']);
    assert.deepEqual(
      first.course.utterances.map((/** @type {any} */ { start, end }) => [start, end]),
      [inside],
    );
    assert.ok(
      (second.course?.utterances ?? []).every((/** @type {any} */ { end }) => end <= second.seconds + 0.01),
    );
    await forget();
  }
  // The list as the other tests leave it.
  await bring(kept.get('all') ?? new Uint8Array());
  await row(/^Recording 2, Om hunden, højt/).waitFor();
  await page.waitForSelector('#recorder[data-phase="idle"]');
});

test('the browser asks before it closes a page with what is in no file, and only then', async () => {
  const { page } = tab;
  /** @type {string[]} */
  const asked = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  /** Whether leaving was stopped. */
  const leave = async () => {
    asked.length = 0;
    await page.evaluate(() => setTimeout(() => location.reload(), 0));
    await page.waitForTimeout(600);
    return asked.length;
  };
  const speech = await readFile(settings.speech);
  await openFiles(page, { name: 'new.wav', mimeType: 'audio/wav', buffer: speech });
  await row(/new\.wav/).waitFor();
  await page.waitForSelector('#recorder[data-phase="idle"]');
  // A browser asks only for a page that somebody has used.
  await headline(page).click();
  assert.equal(await leave(), 1);
  assert.deepEqual(asked, ['beforeunload']);
  await saved('Results, without the sound (JSON)', { all: true });
  const isListening = () =>
    page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })));
  assert.equal(await isListening(), false, 'everything is in a file');
  await page.getByRole('button', { name: /^Rename recording/ }).click();
  await page.keyboard.type('Another name');
  await page.keyboard.press('Enter');
  assert.equal(await isListening(), true, 'the new name is in no file');
  page.removeAllListeners('dialog');
});

test('nothing was asked of the server, nothing is left, and nobody complained', async () => {
  await forget();
  assert.deepEqual(server.log.slice(requests), []);
  assert.equal(
    await tab.page.evaluate(() => Object.keys(localStorage).length + Object.keys(sessionStorage).length),
    0,
  );
  assert.deepEqual(await tab.complaints(), []);
});
