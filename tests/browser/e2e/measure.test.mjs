// Sentences to read: the first pair, and the own measure that scores are compared with.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MANNERS, RATE, speak } from '../../../www/sound/formant-synthesis.js';
import { faults as schemaFaults } from '../schema.mjs';
import {
  arrived,
  axe,
  browsed,
  drop,
  faults,
  headline,
  open,
  openFiles,
  save,
  served,
  settings,
  sideways,
  small,
  wav,
} from './lib.mjs';
import { conversationOf } from './sounds.mjs';

const LIVELY = speak(MANNERS.lively);
/** It has no high tones, so it is taken for a telephone: a line of it is asked for once more. */
const DULL = speak({ ...MANNERS.calm, pace: 1.5 });
/** With some breath. */
const CALM = DULL.map((value, k) => value + 0.002 * Math.sin(k * k));
/** After each of them: so long is needed to notice the end and to go on. */
const SILENCE = new Float32Array(Math.round(2.2 * RATE));

/** A microphone that hears these over and over. @param {string} name @param {Float32Array[]} sounds */
function microphone(name, sounds) {
  const file = join(settings.folder, `${name}.wav`);
  writeFileSync(
    file,
    wav(
      sounds.flatMap((sound) => [...sound, ...SILENCE]),
      RATE,
    ),
  );
  const heard = ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${file}`];
  return browsed({ allow: true, more: heard });
}

const server = await served();
const phone = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };

/** What nobody must find on a surface: axe's faults, small targets, a page that can be pushed. @param {import('playwright-core').Page} page */
async function inspected(page) {
  await page.evaluate(axe);
  assert.deepEqual(await faults(page), []);
  assert.deepEqual(await small(page), []);
  assert.ok((await sideways(page)) <= 0);
}

test('a first pair takes three presses and ends with the two compared', async () => {
  const browser = await microphone('pair', [CALM]);
  const { page, context, complaints } = await open(browser, server.address, phone);
  const requests = server.log.length;
  await page.getByRole('button', { name: 'Give me a sentence' }).tap();
  const surface = page.getByRole('dialog', { name: 'Give me a sentence' });
  assert.match(
    await surface.innerText(),
    /Say it calmly, as if nothing had happened\.\s+The parcel is by the door\./,
  );
  await surface.getByRole('button', { name: 'Another line' }).tap();
  await surface.getByText('The painter comes on Monday.', { exact: true }).waitFor();
  await surface.getByRole('combobox', { name: 'Sentences in' }).selectOption('Deutsch');
  const line = surface.locator('.reading-words');
  assert.deepEqual(
    [await line.innerText(), await line.getAttribute('lang')],
    ['Am Montag kommt der Maler.', 'de'],
  );
  await inspected(page);
  await surface.getByRole('button', { name: 'Record' }).tap();
  // It stops by itself, and the microphone is closed until the next press.
  await surface.locator('.reading-hint', { hasText: 'Now the same, lively' }).waitFor();
  await surface.getByText('Microphone off').waitFor();
  await surface.getByRole('button', { name: 'Record' }).tap();
  await page.waitForSelector('#result.two');
  // This microphone says the same each time that it is opened.
  assert.match(await headline(page).innerText(), /^Recordings 1 and 2 are about the same\.$/);
  const names = await page.locator('#which b').allInnerTexts();
  assert.deepEqual(names, ['Calmly: Am Montag kommt der Maler.', 'Lively: Am Montag kommt der Maler.']);
  assert.equal(await surface.count(), 0);
  // The second time it is one sentence, the next one, and Escape leaves it.
  await page.getByRole('button', { name: 'Give me a sentence' }).tap();
  assert.match(await surface.innerText(), /Say this/);
  await page.keyboard.press('Escape');
  assert.equal(await surface.count(), 0);
  assert.deepEqual(server.log.slice(requests), []);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('four calm lines become the measure of every score, are saved, and can be forgotten', async () => {
  const browser = await microphone('own', [DULL, DULL, CALM, CALM]);
  const { page, context, complaints } = await open(browser, server.address, { reducedMotion: 'reduce' });
  // By the keyboard alone.
  await page.getByRole('button', { name: 'Start reading' }).press('Enter');
  const surface = page.getByRole('dialog', { name: 'Your own measure' });
  await page.keyboard.press('Enter');
  const remark = surface.locator('.reading-remark', { hasText: 'Telephone?' });
  await remark.waitFor();
  assert.match(await surface.innerText(), /line 1 of 4/);
  assert.equal(await surface.getByRole('button', { name: 'Keep it anyway' }).count(), 0);
  await inspected(page);
  await surface.getByRole('button', { name: 'Keep it anyway' }).press('Enter');
  await surface.getByText('line 2 of 4', { exact: true }).waitFor();
  await surface.getByRole('button', { name: 'Enough for today' }).press('Enter');
  const part = page.locator('#own');
  assert.match(await part.innerText(), /Your calm voice lies at \d\.\d, from 3 lines\./);

  await openFiles(page, { name: 'lively.wav', mimeType: 'audio/wav', buffer: wav(LIVELY, RATE) });
  await arrived(page);
  assert.equal(await headline(page).innerText(), 'More activated than your calm voice.');
  assert.match(
    await page.locator('#lead').innerText(),
    /The difference is .* in this order .* would most likely/,
  );
  assert.match(await page.locator('#average').innerText(), /^your calm voice \d\.\d$/);
  assert.match(await page.locator('#map-calm').innerText(), /^Triangles: the 3 calm lines/);
  const start = page.locator('#reasons tr').first();
  const [calm] = /\d\.\d\d/.exec(await start.innerText()) ?? [];
  assert.match(await start.innerText(), /^Your calm voice/);
  // The bars lead from there to the score.
  const values = (await page.locator('#reasons .value').allInnerTexts()).map((text) =>
    Number((/[+−]?\d+\.\d\d/.exec(text)?.[0] ?? 'NaN').replace('−', '-')),
  );
  const sum = values.slice(0, -1).reduce((all, value) => all + value, 0);
  assert.ok(Math.abs(sum - values[values.length - 1]) < 1e-9, `${sum} ${values}`);
  assert.deepEqual(await faults(page), []);

  await page.getByRole('combobox', { name: 'Start from' }).selectOption('The average voice');
  assert.match(await headline(page).innerText(), /average voice/);
  await page.getByRole('combobox', { name: 'Start from' }).selectOption('Your calm voice');

  const bytes = await save(page, 'Results, without the sound (JSON)');
  const session = JSON.parse(Buffer.from(bytes).toString('utf8'));
  assert.deepEqual(schemaFaults('session.json', session), []);
  assert.equal(session.calm[0].lines.length, 3);
  assert.deepEqual(await complaints(), []);
  await context.close();

  const again = await open(browser, server.address);
  await drop(again.page, 'session.json', bytes);
  await arrived(again.page);
  assert.equal(await headline(again.page).innerText(), 'More activated than your calm voice.');
  assert.match(await again.page.locator('#reasons tr').first().innerText(), new RegExp(`${calm}`));
  await again.page.getByRole('checkbox', { name: 'Acoustics only' }).check();
  assert.equal(await again.page.locator('#own').isVisible(), false);
  const bare = JSON.parse(
    Buffer.from(await save(again.page, 'Results, without the sound (JSON)')).toString('utf8'),
  );
  assert.equal(bare.calm, undefined);
  await again.page.getByRole('checkbox', { name: 'Acoustics only' }).uncheck();
  await again.page.getByRole('button', { name: 'Forget it' }).click();
  assert.match(await headline(again.page).innerText(), /average voice/);
  assert.ok(await again.page.getByRole('button', { name: 'Start reading' }).isVisible());
  assert.deepEqual(await again.complaints(), []);
  await again.context.close();
});

test('in a conversation each named voice has its own calm voice, over days too', async () => {
  const browser = await microphone('voices', [CALM]);
  const { page, context, complaints } = await open(browser, server.address, { reducedMotion: 'reduce' });
  const talk = Buffer.from(wav(conversationOf().samples, 16_000));
  await openFiles(page, { name: 'talk.wav', mimeType: 'audio/wav', buffer: talk });
  await page.waitForSelector('#conversation:not([hidden])');
  await page.waitForSelector('#recorder[data-phase="idle"]');
  const part = page.locator('#own');
  assert.match(await part.innerText(), /Give the voices names, and each can have its own measure\./);
  await part.getByRole('button', { name: 'Whose voice' }).click();
  const names = page.locator('dialog[open] .voice-field input');
  await names.nth(0).fill('Mum');
  await names.nth(1).fill('Ida');
  await page.locator('dialog[open]').getByRole('combobox').selectOption('Ida');
  await page.locator('dialog[open]').getByRole('button', { name: 'Done' }).click();
  // The first is Mum's, all others are Ida's.
  await page.locator('#utterance-course').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('1');
  assert.deepEqual(await part.locator('li > span:first-of-type').allInnerTexts(), ['Mum', 'Ida']);

  await part.getByRole('button', { name: 'Start reading: Ida' }).press('Enter');
  const surface = page.getByRole('dialog', { name: 'Your own measure · Ida' });
  await page.keyboard.press('Enter');
  await surface.getByRole('button', { name: 'Enough for today' }).press('Enter', { timeout: 60_000 });
  assert.deepEqual(
    (await part.locator('li > span:first-of-type').allInnerTexts()).map((text) =>
      text.replace(/[\d.]+(?=,)/, 'x'),
    ),
    ['Mum', 'Ida: calm voice at x, from 3 lines.'],
  );
  await page.evaluate(axe);
  assert.deepEqual(await faults(page), []);
  // Mum's first utterance is compared with the average voice, Ida's second with her calm one.
  await page.locator('#utterance-course').focus();
  await page.keyboard.press('Home');
  assert.match(await page.locator('#sentence').innerText(), /average voice/);
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.locator('#sentence').innerText(), 'More activated than the speaker’s calm voice.');
  assert.match(await page.locator('#average').innerText(), /^the speaker’s calm voice \d\.\d$/);
  assert.match(await page.locator('#reasons tr').first().innerText(), /^The speaker’s calm voice/);

  const rows = Buffer.from(await save(page, 'Utterances (CSV)'))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const cells = (/** @type {string} */ name) => rows.slice(1).map((row) => row[rows[0].indexOf(name)]);
  const [voices, scores, differences] = ['voice', 'activation', 'own_difference'].map(cells);
  assert.deepEqual(voices, ['Mum', ...Array(7).fill('Ida')]);
  const calm = Number(scores[1]) - Number(differences[1]);
  voices.forEach((voice, i) => {
    if (voice === 'Mum' || !scores[i]) assert.equal(differences[i], '', `${i}`);
    else assert.ok(Math.abs(Number(scores[i]) - Number(differences[i]) - calm) < 1e-9, `${i}`);
  });

  const session = JSON.parse(
    Buffer.from(await save(page, 'Results, without the sound (JSON)')).toString('utf8'),
  );
  assert.deepEqual(schemaFaults('session.json', session), []);
  assert.deepEqual(
    session.calm.map((/** @type {any} */ one) => [one.voice, one.lines.length]),
    [['Ida', 3]],
  );
  assert.deepEqual(await complaints(), []);
  await context.close();

  // The same on two days: a point for each day's Ida, and none for Mum.
  const again = await open(browser, server.address);
  const files = [3, 5].map((day) => {
    const when = new Date(2026, 9, day, 10).toISOString();
    const on = {
      ...session,
      calm: session.calm.map((/** @type {any} */ one) => ({ ...one, when })),
      recordings: session.recordings.map((/** @type {any} */ one) => ({ ...one, when })),
    };
    return { name: `${day}.json`, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(on)) };
  });
  await openFiles(again.page, files);
  await again.page.locator('#recordings li').nth(1).waitFor();
  await again.page.waitForSelector('#recorder[data-phase="idle"]');
  // Calm lines that are read now would not belong to another day's recording.
  assert.match(await again.page.locator('#own').innerText(), /Ida: calm voice at/);
  await again.page.screenshot({ path: join(settings.folder, 'voices.png') });
  assert.equal(await again.page.getByRole('button', { name: 'Start reading: Mum' }).count(), 0);
  await again.page.getByRole('button', { name: 'Over time' }).click();
  const over = again.page.getByRole('dialog', { name: '2 sessions, each against its own calm voice.' });
  assert.equal(await over.locator('.over-figure circle').count(), 2);
  const said = (await over.locator('.over-said p').allInnerTexts()).map((text) => text.replace(/\d.*$/s, ''));
  assert.deepEqual(said, Array(2).fill('Ida: The mean of the session lies '));
  await again.page.keyboard.press('Escape');
  assert.deepEqual(await again.complaints(), []);
  await again.context.close();
});

test('sessions of several days stand against their own calm voices, in German', async () => {
  const browser = await browsed();
  const made = await open(browser, `${server.address}?acoustics`);
  await openFiles(made.page, [
    { name: 'calm.wav', mimeType: 'audio/wav', buffer: wav(CALM, RATE) },
    { name: 'lively.wav', mimeType: 'audio/wav', buffer: wav(LIVELY, RATE) },
  ]);
  await made.page.locator('#recordings').getByRole('button', { name: 'lively.wav' }).waitFor();
  await arrived(made.page);
  await made.page.locator('#save').click();
  await made.page.getByRole('radio', { name: 'All recordings' }).check();
  const [download] = await Promise.all([
    made.page.waitForEvent('download'),
    made.page.getByRole('button', { name: 'Results, without the sound (JSON)' }).click(),
  ]);
  const session = JSON.parse(readFileSync(await download.path(), 'utf8'));
  await made.context.close();
  const [calm, lively] = session.recordings;
  /** A session of a day in November, with or without calm lines. @param {number} day @param {any[]} recordings @param {boolean} isRead */
  const on = (day, recordings, isRead) => {
    const when = new Date(2026, 10, day, 10).toISOString();
    const lines = [1, 2, 3].map((k) => ({ text: `Line ${k}.`, seconds: 2, measures: calm.measures }));
    const file = {
      ...session,
      saved: when,
      ...(isRead ? { calm: [{ when, lines }] } : {}),
      recordings: recordings.map((one, k) => ({
        ...one,
        number: k + 1,
        when: new Date(2026, 10, day, 10, k),
      })),
    };
    return { name: `${day}.json`, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) };
  };

  const { page, context, complaints } = await open(browser, server.address, {
    viewport: { width: 360, height: 740 },
    locale: 'de-DE',
  });
  await openFiles(page, [on(3, [calm, lively], true), on(2, [lively], false), on(5, [calm], true)]);
  await arrived(page);
  assert.equal(await headline(page).innerText(), 'Etwa so ruhig wie Ihre ruhige Stimme.');
  await page.getByRole('button', { name: 'Im Lauf der Zeit' }).click();
  const over = page.getByRole('dialog', { name: '3 Sitzungen, jede neben ihrer eigenen ruhigen Stimme.' });
  const text = (await over.locator('.over-said').innerText()).split(/\n+/);
  assert.deepEqual(
    text.filter((_, k) => k % 2 === 0),
    ['5. November', '3. November', '2. November'],
  );
  assert.match(text[1], /^Das Mittel der Sitzung liegt 0,0 neben der ruhigen Stimme: zu nah/);
  assert.match(text[3], /^Das Mittel der Sitzung liegt \d,\d über der ruhigen Stimme\. Von 100 /);
  assert.match(text[5], /^Es wurden keine ruhigen Zeilen gelesen/);
  // The calm lines lie at zero, the lively voice above it.
  const marks = await over
    .locator('circle')
    .evaluateAll((all) => all.map((one) => Number(one.getAttribute('cy'))));
  const zero = Number(/ (\d+\.?\d*)H/.exec((await over.locator('.zero').getAttribute('d')) ?? '')?.[1]);
  assert.deepEqual(
    marks.slice(-3).map((y) => Math.sign(Math.round(zero - y))),
    [0, 1, 0],
  );
  await inspected(page);
  await page.keyboard.press('Escape');
  assert.equal(await over.count(), 0);
  assert.deepEqual(await complaints(), []);
  await context.close();
});
