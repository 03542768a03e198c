// Sound files of every format: page and command line give the same, what cannot be read says why, and one channel of several can
// be chosen.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  arrived,
  axe,
  faults,
  headline,
  numbers,
  open,
  openFiles,
  save,
  score,
  settings,
  suite,
} from './lib.mjs';
import { aiffOf, auOf, cafOf, flacOf, mp4Of, samplesOf, wavOf } from './sounds.mjs';

const { server, browser } = await suite();

const { samples, rate } = samplesOf(settings.speech);
/** Another voice: the same, higher and later. */
const other = Float64Array.from(samples, (_, k) => 0.6 * (samples[Math.floor(1.3 * (k - 4_000))] ?? 0));
const nothing = new Float64Array(samples.length);

/**
 * Opens a file that has this content.
 * @param {import('playwright-core').Page} page
 * @param {string} name
 * @param {Buffer} bytes
 */
async function bring(page, name, bytes) {
  const file = join(settings.folder, name);
  await writeFile(file, bytes);
  const before = await page.locator('#recordings > li').count();
  await openFiles(page, file);
  await page.locator('#recordings > li').nth(before).waitFor();
  await arrived(page);
  return file;
}

/** @type {[string, Buffer][]} */
const LOSSLESS = [
  ['1.aiff', aiffOf([samples], rate)],
  ['2.aiff', aiffOf([samples, other], rate)],
  ['1.au', auOf([samples], rate)],
  ['2.au', auOf([samples, other], rate)],
  ['1.caf', cafOf([samples], rate)],
  ['2.caf', cafOf([samples, other], rate)],
  ...[8, 16, 24, 32, 'float', 'double', 'a-law', 'mu-law'].flatMap((encoding) =>
    [[samples], [samples, other]].map(
      (channels) =>
        /** @type {[string, Buffer]} */ ([
          `${encoding}-${channels.length}.wav`,
          wavOf(channels, rate, /** @type {any} */ (encoding)),
        ]),
    ),
  ),
  ...[8, 16, 24].flatMap((bits) =>
    [[samples], [samples, other], [samples, other, samples]].map(
      (channels) =>
        /** @type {[string, Buffer]} */ ([
          `${bits}-${channels.length}.flac`,
          flacOf(channels, rate, /** @type {any} */ (bits)),
        ]),
    ),
  ),
];

test('of a lossless file page and command line give the same, to the last bit', async () => {
  const { page, context, complaints } = await open(browser, server.address, { reducedMotion: 'reduce' });
  for (const [name, bytes] of LOSSLESS) {
    const file = await bring(page, name, bytes);
    const { analysis, channels } = await numbers(page);
    const { channels: counted, ...line } = await score(file);
    assert.deepEqual({ file, ...analysis }, line, name);
    assert.deepEqual(channels, counted, name);
  }
  assert.deepEqual(await complaints(), []);
  await context.close();
});

/** Two frames' heads of MP3 with nothing in them that is one. */
const noise = Buffer.concat(
  [0, 1, 2].map(() => {
    const frame = Buffer.alloc(417, 0x5a);
    frame.writeUInt32BE(0xfffb9000);
    return frame;
  }),
);

/**
 * How far a score may differ where another decoder is at work. Of Vorbis, Chromium leaves the last 128 samples of this file out, 8 ms
 * of 400; all others are the same.
 * @type {[string, number][]}
 */
const LOSSY = [
  ['voice.mp3', 1e-3],
  ['voice.ogg', 1e-2],
  ['voice.m4a', 1e-3],
  ['voice.opus', 1e-3],
  ['voice.webm', 1e-3],
  ['voice.vorbis.webm', 1e-3],
  ['voice.flac.mkv', 1e-3],
];

test('of a lossy file page and command line give nearly the same', async () => {
  const { page, context, complaints } = await open(browser, server.address, { reducedMotion: 'reduce' });
  for (const [name, near] of LOSSY) {
    const file = fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
    await bring(page, name, await readFile(file));
    const { analysis } = await numbers(page);
    const { activation } = await score(file);
    console.log(`${name}: page ${analysis.activation}, command line ${activation}`);
    const off = Math.abs(analysis.activation - activation);
    assert.ok(off <= near, `${name}: ${analysis.activation}, ${activation}`);
  }
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('one channel of several is chosen, and the result says how many there are', async () => {
  const { page, context, complaints } = await open(browser, server.address, {
    reducedMotion: 'reduce',
    before: (/** @type {import('playwright-core').BrowserContext} */ context) => context.addInitScript(axe),
  });
  const alone = await bring(page, 'alone.wav', wavOf([samples], rate));
  assert.equal(await page.locator('#channels').isVisible(), false);
  await bring(page, 'two.wav', wavOf([samples, other], rate));
  await page.getByText('2 channels, measured:').waitFor();
  const choice = page.getByRole('combobox', { name: '2 channels, measured:' });
  assert.equal(await choice.inputValue(), 'mean');
  await page.getByText('Perhaps two people speak, and their mean is neither voice.').waitFor();
  const [{ analysis: mean }, left] = [await numbers(page), await score(alone)];
  assert.notEqual(mean.activation, left.activation);
  // By the keyboard, and the focus stays.
  await choice.focus();
  await choice.selectOption('1');
  await page.getByText('Perhaps two people speak').waitFor({ state: 'detached' });
  await page.locator('#said').getByText('Measured: the left one.').waitFor();
  assert.equal(await choice.evaluate((element) => element === document.activeElement), true);
  const chosen = await numbers(page);
  assert.deepEqual(
    { file: alone, ...chosen.analysis },
    left,
    'the left channel is the file that has it alone',
  );
  assert.deepEqual(chosen.channels, { count: 2, taken: '1', difference: 'unlike' });
  assert.deepEqual([chosen.number, await page.locator('#recordings > li').count()], [2, 2]);
  // It is kept in what is saved, and said of what comes back.
  const [head, line] = Buffer.from(await save(page, 'Numbers (CSV)'))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  assert.match(head, /,channels,channel,channel_difference$/);
  assert.match(line, /,2,1,unlike$/);
  const session = Buffer.from(await save(page, 'Results, without the sound (JSON)'));
  assert.deepEqual(await faults(page), []);
  // What a finger must hit.
  const { height = 0 } = (await choice.boundingBox()) ?? {};
  assert.ok(height >= 43.5, `${height}`);
  assert.deepEqual(await complaints(), []);
  await context.close();
  const again = await open(browser, server.address, { reducedMotion: 'reduce' });
  await bring(again.page, 'session.json', session);
  assert.equal(await again.page.locator('#channel').isVisible(), false);
  assert.equal(await again.page.locator('#channel-fixed').innerText(), 'the left one');
  assert.deepEqual(await again.complaints(), []);
  await again.context.close();
});

test('channels that make their mean say little are pointed out', async () => {
  const { page, context, complaints } = await open(browser, server.address, { reducedMotion: 'reduce' });
  await bring(page, 'silent.wav', wavOf([samples, nothing], rate));
  await page.getByText('One channel is silent. Their mean is softer for it.').waitFor();
  const soft = Float64Array.from(samples, (v) => v / 20);
  await bring(page, 'levels.wav', wavOf([soft, samples], rate, 24));
  await page.getByText('One channel is much louder.').waitFor();
  const turned = Float64Array.from(samples, (v) => -v);
  await openFiles(page, { name: 'cancel.flac', mimeType: '', buffer: flacOf([samples, turned], rate, 16) });
  await page.getByText('The channels cancel each other. Little is left of their mean.').waitFor();
  assert.match(await headline(page).innerText(), /Only silence/);
  await page.getByRole('combobox', { name: '2 channels, measured:' }).selectOption('2');
  await page.locator('#result[data-state="result"]').waitFor();
  assert.doesNotMatch(await headline(page).innerText(), /Only silence/);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('what cannot be read says what it is and what to do', async () => {
  const { page, context, complaints } = await open(browser, server.address);
  const queue = page.locator('#queue');
  /** @param {string} name @param {Buffer} bytes @param {string} says */
  const refused = async (name, bytes, says) => {
    await openFiles(page, { name, mimeType: '', buffer: bytes });
    await queue.getByText(`${name}: ${says}`).waitFor();
  };
  const flac = flacOf([samples], rate, 16);
  const broken = Buffer.from(flac);
  broken[30_000] ^= 1;
  const gsm = wavOf([samples], rate);
  gsm.writeUInt16LE(0x31, 20);
  const convert = 'cannot be read here. Convert the file to WAV or FLAC';
  /** @type {[string, Buffer, string][]} */
  const files = [
    ['low.wav', wavOf([samples], 6_000), '6,000 samples a second are too few to hear a voice by'],
    ['high.flac', flacOf([samples], 384_000, 16), '384,000 samples a second are more than can be used here'],
    ['broken.flac', broken, 'the file is damaged. Copy or export it again.'],
    ['header.wav', gsm.subarray(0, 30), 'the file is damaged. Copy or export it again.'],
    [
      'call.wav',
      gsm,
      'WAV, but its sound is stored in a way that cannot be read here. Save it again as plain WAV',
    ],
    ['note.amr', Buffer.from('#!AMR\n and more'), `the sound in it (AMR) ${convert}`],
    ['song.mp3', Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex'), `the sound in it (WMA) ${convert}`],
    ['clip.m4a', mp4Of('soun'), 'it does not say how many samples a second it has'],
    ['film.mp4', mp4Of('vide'), 'a video without sound.'],
    ['empty.wav', Buffer.alloc(0), 'empty. Copy or export it again.'],
    ['zeros.wav', Buffer.alloc(5_000), 'holds nothing but zeros.'],
    ['letter.wav', Buffer.from('Dear reader, this is no sound.'), 'holds text, not sound.'],
    ['sheet.mp3', Buffer.from('%PDF-1.7 and more'), 'holds text, not sound.'],
    ['cover.wav', Buffer.from('89504e470d0a1a0a', 'hex'), 'a picture, not a sound.'],
    ['all.wav', Buffer.from('504b030414000000', 'hex'), 'packed. Unpack it, and open the sounds in it.'],
    ['tune.wav', Buffer.from('MThd and more'), 'holds notes to be played (MIDI), not sound.'],
    ['what.wav', Buffer.from([127, 69, 76, 70, 2, 1, 1, 0, 200]), 'not a sound file that is known here.'],
    ['noise.mp3', noise, `the sound in it (MP3 or MP2) ${convert}`],
  ];
  for (const [name, bytes, says] of files) await refused(name, bytes, says);
  assert.equal(await page.locator('#recordings > li').count(), 0);
  await bring(page, 'cut.wav', wavOf([samples], rate).subarray(0, samples.length));
  await page
    .locator('#flags')
    .getByText(/cut\.wav: cut off after \d\.\d of \d\.\d s\. What is there was measured\./)
    .waitFor();
  await bring(page, 'cut.flac', flac.subarray(0, flac.length / 2));
  await page
    .locator('#flags')
    .getByText(/cut\.flac: cut off after \d\.\d of \d\.\d s\. What is there was measured\./)
    .waitFor();
  const { notices } = await numbers(page);
  assert.equal(notices[0].key, 'file.cut');
  assert.deepEqual(await complaints(), []);
  await context.close();
});
