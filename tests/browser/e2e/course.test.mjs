// The course of a conversation: a file opens as one, its utterances are chosen, changed by hand, compared, saved and opened again; one is
// recorded.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, test } from 'node:test';
import {
  axe,
  browse,
  faults,
  open,
  openFiles,
  pause,
  save,
  scoreUtterances,
  settings,
  sideways,
  small,
  suite,
  wav,
} from './lib.mjs';
import { faults as against } from '../schema.mjs';
import { conversationOf, flacOf } from './sounds.mjs';

const { server, browser } = await suite();
const { samples, places } = conversationOf();
const file = join(settings.folder, 'talk.wav');

/** @typedef {import('playwright-core').Page} Page */
/** @type {Awaited<ReturnType<typeof open>>} */
let tab;

/** Waits until the course is there and nothing is measured. @param {Page} page */
async function came(page) {
  await page.waitForSelector('#conversation:not([hidden])', { timeout: 60_000 });
  await page.waitForSelector('#recorder[data-phase="idle"]');
  await page.waitForFunction(() => document.querySelectorAll('#utterance-course [role=option]').length > 0);
}

/** @param {import('playwright-core').BrowserContextOptions} [wish] */
async function opened(wish = {}) {
  const made = await open(browser, server.address, { reducedMotion: 'reduce', ...wish });
  await openFiles(made.page, file);
  await came(made.page);
  return made;
}

/** The course as the store has it. @param {Page} page */
const course = (page) =>
  page.evaluate(async () => {
    const { current } = /** @type {typeof import('../../../www/shell/state.js')} */ (
      await import(`${location.origin}/www/shell/state.js`)
    );
    const found = current()?.course;
    return (
      found && {
        chosen: found.chosen,
        voices: found.voices,
        asOne: found.asOne,
        utterances: found.utterances.map(
          ({ number, start, end, certainty, reasons, voice, isOut, isByHand, isMeasured, analysis }) => ({
            number,
            start,
            end,
            certainty,
            reasons,
            voice,
            isOut,
            isByHand,
            isMeasured,
            score: analysis?.activation ?? null,
          }),
        ),
      }
    );
  });

/** @param {Page} page @param {number} count */
const measured = (page, count) =>
  page.waitForFunction(
    async (count) => {
      const { current } = /** @type {typeof import('../../../www/shell/state.js')} */ (
        await import(`${location.origin}/www/shell/state.js`)
      );
      const utterances = current()?.course?.utterances ?? [];
      return utterances.length === count && utterances.every(({ isMeasured }) => isMeasured);
    },
    count,
    { timeout: 30_000 },
  );

before(async () => {
  await writeFile(file, wav(samples, 16_000));
  tab = await opened();
});

test('a file with pauses opens as a course, cut where the speech is', async () => {
  const { page } = tab;
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'course-sentence');
  await page.waitForFunction(() =>
    /^8 utterances\. /.test(document.querySelector('#said')?.textContent ?? ''),
  );
  const found = await course(page);
  assert.ok(found);
  assert.equal(found.utterances.length, places.length);
  found.utterances.forEach(({ start, end }, i) => {
    assert.ok(Math.abs(start - places[i][0]) < 0.2, `start of ${i + 1}: ${start}, ${places[i][0]}`);
    assert.ok(Math.abs(end - places[i][1]) < 0.35, `end of ${i + 1}: ${end}, ${places[i][1]}`);
  });
  const [calm, lively] = [0, 1].map((kind) => found.utterances.filter((_, i) => i !== 4 && i % 2 === kind));
  assert.equal(found.utterances[4].score, null);
  assert.equal(found.utterances[4].reasons[0], 'too_short');
  assert.match(
    await page.getByRole('heading', { level: 1 }).first().innerText(),
    /^8 utterances, most of them/,
  );
  assert.ok(
    Math.max(...calm.slice(0, 2).map(({ score }) => score ?? NaN)) <
      Math.min(...lively.slice(0, 2).map(({ score }) => score ?? NaN)),
  );
});

test(
  'page and command line find the same utterances with the same scores',
  { skip: !settings.undertone },
  async () => {
    const lines = await scoreUtterances(file);
    const found = await course(tab.page);
    assert.deepEqual(
      found?.utterances.map(({ start, end, certainty, score }) => ({ start, end, certainty, score })),
      lines.map(({ start, end, certainty, analysis }) => ({
        start,
        end,
        certainty,
        score: analysis?.activation ?? null,
      })),
    );
  },
);

test('the course is a listbox for keys: choose, voice, leave out, join, undo', async () => {
  const { page } = tab;
  const list = page.getByRole('listbox', { name: 'Course, 8 utterances' });
  await list.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  assert.equal((await course(page))?.chosen, 2);
  assert.match(
    (await page.locator('#utterance-course [aria-selected="true"]').getAttribute('aria-label')) ?? '',
    /^2, at 0:0\d/,
  );
  await page.keyboard.press('2');
  assert.deepEqual((await course(page))?.voices, ['parent', 'child']);
  assert.equal((await course(page))?.utterances[1].voice, 2);
  await page.keyboard.press('x');
  assert.equal(await page.locator('#sentence').innerText(), 'Left out by hand.');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await measured(page, 7);
  const joined = await course(page);
  assert.ok(joined);
  assert.equal(joined.utterances[1].isByHand, true);
  assert.ok(joined.utterances[1].end - joined.utterances[1].start > 5);
  assert.equal(joined.utterances[2].number, 3);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await measured(page, 8);
  assert.equal((await course(page))?.utterances[1].voice, 0);
});

test('the numbers in the lead choose their utterances; one length stands everywhere', async () => {
  const { page } = tab;
  const ways = page.locator('#course-lead button');
  for (const n of [0, 1]) {
    const wanted = Number((await ways.nth(n).innerText()).replace(/\D/g, ''));
    await ways.nth(n).click();
    assert.equal((await course(page))?.chosen, wanted);
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'utterance-course');
  }
  const chosen = await course(page);
  const { start = NaN, end = NaN } = chosen?.utterances[(chosen?.chosen ?? NaN) - 1] ?? {};
  const checks = await page.locator('#checks').innerText();
  assert.match(checks, new RegExp(`Length\\s+${(end - start).toFixed(2)} s`));
  const speech = Number(/Speech[^\n]*\s+([\d.]+) s/.exec(checks)?.[1]);
  assert.ok(speech <= Number((end - start).toFixed(2)), `${speech} s of speech in ${end - start} s`);
  assert.match(
    await page.locator('.utterance-name').innerText(),
    new RegExp(` ${(end - start).toFixed(1)} s`),
  );
});

test('an opened utterance: its edges by keys, split, join by buttons', async () => {
  const { page } = tab;
  await page.getByRole('listbox').focus();
  await page.keyboard.press('Home');
  const start = (await course(page))?.utterances[0].start ?? NaN;
  await page.keyboard.press('Enter');
  const edge = page.getByRole('slider', { name: 'Start of utterance 1' });
  await edge.focus();
  await page.keyboard.press('PageUp');
  await measured(page, 8);
  const moved = (await course(page))?.utterances[0].start ?? NaN;
  assert.ok(Math.abs(moved - start - 0.1) < 0.006, `${moved} ${start}`);
  await page.getByRole('button', { name: 'Split at the line' }).click();
  await measured(page, 9);
  assert.match(await page.locator('#flags').innerText(), /Its edges were set by hand/);
  await page.getByRole('button', { name: 'Join utterances 1 and 2' }).first().click();
  await measured(page, 8);
  for (let k = 0; k < 3; k += 1)
    await page.locator('#edges-ways').getByRole('button', { name: 'Undo' }).click();
  await measured(page, 8);
  assert.equal((await course(page))?.utterances[0].start, start);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#edges').isVisible(), false);
});

test('two stretches: each voice with itself, and too few are said', async () => {
  const { page } = tab;
  await page.getByRole('button', { name: 'Compare two stretches' }).click();
  const box = await page.locator('#stave').boundingBox();
  assert.ok(box);
  for (const [a, b] of [
    [0.12, 0.45],
    [0.55, 0.97],
  ]) {
    await page.mouse.move(box.x + a * box.width, box.y + 150);
    await page.mouse.down();
    await page.mouse.move(box.x + b * box.width, box.y + 150, { steps: 4 });
    await page.mouse.up();
  }
  assert.match(
    await page.locator('#stretches').innerText(),
    /too few utterances: \d in A, \d in B\. Five are needed/,
  );
  await page.locator('#stretches').getByRole('button', { name: 'End comparison' }).click();
});

test('saved: a row for each utterance, tiers for Praat, a picture; the session brings it back', async () => {
  const { page } = tab;
  const text = async (/** @type {string} */ kind) => Buffer.from(await save(page, kind)).toString('utf8');
  const rows = (await text('Utterances (CSV)'))
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  assert.equal(rows.length, 9);
  assert.deepEqual(rows[0].slice(0, 6), ['file', 'utterance', 'start_s', 'end_s', 'seconds', 'voice']);
  assert.ok(rows.every((row) => row.length === rows[0].length));
  assert.equal(rows[5][rows[0].indexOf('activation')], '');
  assert.equal(rows[5][rows[0].indexOf('certainty')], 'none');
  assert.equal(rows[5][rows[0].indexOf('reasons')], 'too_short');
  const grid = await text('For Praat (TextGrid)');
  assert.match(grid, /^File type = "ooTextFile"\nObject class = "TextGrid"\n/);
  assert.equal(grid.match(/class = "IntervalTier"/g)?.length, 4);
  assert.match(await text('Figure (SVG)'), /^<svg[^>]*>.*<image /s);
  const found = await course(page);
  const session = JSON.parse(await text('Results, without the sound (JSON)'));
  assert.deepEqual(against('session.json', session), []);
  assert.equal(session.recordings[0].course.utterances.length, 8);
  const other = await open(browser, server.address);
  await openFiles(other.page, {
    name: 'talk.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(session)),
  });
  await came(other.page);
  assert.deepEqual(await course(other.page), found);
  await other.context.close();
});

test('on paper: the course, a row for each utterance, one page for a short one', async () => {
  const { page } = tab;
  const bytes = await page.pdf({ format: 'A4' });
  await writeFile(join(settings.folder, 'print-course.pdf'), bytes);
  assert.equal((bytes.toString('latin1').match(/\/Type\s*\/Page[^s]/g) ?? []).length, 1);
  const rows = await page.evaluate(() => {
    window.dispatchEvent(new Event('beforeprint'));
    const found = [...document.querySelectorAll('#paper .paper-utterances li')].map((one) => one.textContent);
    window.dispatchEvent(new Event('afterprint'));
    return found;
  });
  assert.equal(rows.length, 8);
  assert.match(rows[4] ?? '', /^50:\d\d\.\d.*too short$/);
});

test('as one sound and back; at other pauses', async () => {
  const { page } = tab;
  await page.getByRole('button', { name: 'As one sound' }).click();
  assert.equal(await page.locator('#conversation').isVisible(), false);
  await page.getByRole('button', { name: '8 utterances in here. Show them one by one' }).click();
  assert.equal(await page.locator('#conversation').isVisible(), true);
  await page.getByLabel('How it was split').selectOption('0.8');
  await page.waitForFunction(
    () => /** @type {HTMLSelectElement} */ (document.querySelector('#course-split')).value === '0.8',
  );
  await measured(page, 8);
});

test('in acoustics only there are cuts and measures, no scores', async () => {
  const { page } = tab;
  await page.getByLabel('Acoustics only, without a score').check();
  assert.match(await page.getByRole('heading', { level: 1 }).first().innerText(), /^8 utterances\.$/);
  assert.equal(await page.locator('.stave-drawing .voice-mark').count(), 0);
  await page.getByLabel('Acoustics only, without a score').uncheck();
  assert.ok(await page.locator('.stave-drawing .voice-mark').count());
  assert.deepEqual(await tab.complaints(), []);
});

test('of two channels with a speaker each it is said, and one can be chosen', async () => {
  // The first four utterances left, the others right.
  const half = Math.round(((places[3][1] + places[4][0]) / 2) * 16_000);
  const sides = [0, 1].map((side) =>
    [...samples].map((v, k) => (k < half === (side === 0) ? v : 0.0004 * Math.sin(k * k + side))),
  );
  const { page, context, complaints } = await open(browser, server.address);
  await openFiles(page, { name: 'two.flac', mimeType: 'audio/flac', buffer: flacOf(sides, 16_000, 16) });
  await came(page);
  assert.match(
    await page.locator('#course-flags').innerText(),
    /^The channels differ\. Perhaps two people speak/,
  );
  const before = await course(page);
  assert.equal(before?.utterances.length, 8);
  // What was named by hand is not lost unasked, and does not come back into the other channel's course.
  await page.locator('#utterance-course').focus();
  await page.keyboard.press('1');
  const choice = page.getByLabel('2 channels, measured');
  await choice.selectOption({ label: 'the left one' });
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
  await page.waitForFunction(
    () => /** @type {HTMLSelectElement|null} */ (document.querySelector('#channel'))?.value === 'mean',
  );
  assert.equal((await course(page))?.utterances.filter(({ voice }) => voice).length, 1);
  await choice.selectOption({ label: 'the left one' });
  await page.getByRole('dialog').getByRole('button', { name: 'Split anew' }).click();
  await page.waitForFunction(() => document.querySelectorAll('#utterance-course [role=option]').length === 4);
  await page.waitForSelector('#recorder[data-phase="idle"]');
  await page.locator('#utterance-course').focus();
  await page.keyboard.press('Control+z');
  assert.equal((await course(page))?.utterances.length, 4);
  assert.equal(await page.getByRole('button', { name: 'Undo' }).count(), 0);
  assert.equal(await page.locator('#course-flags').isVisible(), false);
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('what was done with a forgotten conversation cannot be undone in the next one', async () => {
  const { page, context } = await opened();
  await page.locator('#utterance-course').focus();
  await page.keyboard.press('1');
  assert.deepEqual((await course(page))?.voices, ['parent']);
  await page.getByRole('button', { name: 'Forget everything' }).click();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await page.waitForFunction(() => !document.querySelectorAll('#recordings li').length);
  await openFiles(page, file);
  await came(page);
  assert.equal(await page.getByRole('button', { name: 'Undo' }).count(), 0);
  await page.locator('#utterance-course').focus();
  await page.keyboard.press('Control+z');
  assert.deepEqual((await course(page))?.voices, []);
  await context.close();
});

test('where not all is seen at once the overview follows what is chosen', async () => {
  const { page, context, complaints } = await open(browser, server.address, {
    viewport: { width: 360, height: 740 },
  });
  const long = Float32Array.from({ length: 4 * samples.length }, (_, k) => samples[k % samples.length]);
  await openFiles(page, { name: 'long.wav', mimeType: 'audio/wav', buffer: Buffer.from(wav(long, 16_000)) });
  await came(page);
  const seen = () => page.locator('#overview-times span').nth(1).innerText();
  assert.match(await seen(), /^0:00 – /);
  await page.locator('#utterance-course').focus();
  await page.keyboard.press('End');
  await page.waitForFunction(
    () => !document.querySelector('#overview-times')?.children[1].textContent?.startsWith('0:00'),
  );
  const to = Number(await page.locator('#window-to').inputValue());
  const last = (await course(page))?.utterances.at(-1);
  assert.ok(last && to >= last.end, `${to}`);
  // Where there is room for all, all is seen again, and back on the phone there is the overview.
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.waitForFunction(() => document.querySelector('#overview-part')?.hasAttribute('hidden'));
  await page.waitForFunction(() =>
    [...document.querySelectorAll('#utterance-course [role=option]')].every(
      (one) => Number(/** @type {HTMLElement} */ (one).style.getPropertyValue('--long')) > 0,
    ),
  );
  await page.setViewportSize({ width: 360, height: 740 });
  await page.waitForFunction(
    () => document.querySelector('#overview-part')?.hasAttribute('hidden') === false,
  );
  assert.deepEqual(await complaints(), []);
  await context.close();
});

test('on a phone, on a tablet and in the dark nothing is cut off or too small', async () => {
  for (const wish of [
    { viewport: { width: 320, height: 640 }, hasTouch: true },
    { viewport: { width: 360, height: 740 }, hasTouch: true, colorScheme: /** @type {const} */ ('dark') },
    { viewport: { width: 768, height: 1024 } },
    { viewport: { width: 1440, height: 900 } },
  ]) {
    const { page, context } = await opened(wish);
    assert.equal(await sideways(page), 0, `${wish.viewport.width}`);
    if (wish.hasTouch) assert.deepEqual(await small(page), [], `${wish.viewport.width}`);
    await page.addScriptTag({ content: axe }).catch(() => page.evaluate(axe));
    assert.deepEqual(await faults(page), [], `${wish.viewport.width}`);
    await context.close();
  }
});

test('a conversation is recorded: cut and scored while it lasts, named by keys', async () => {
  const speaking = await browse({ speech: file, allow: true });
  try {
    const { page, complaints } = await open(speaking, server.address);
    await page.getByRole('button', { name: 'A conversation' }).click();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.waitForSelector('#recorder.long[data-phase="recording"]');
    assert.equal(await page.locator('#live-title').innerText(), 'Recording a conversation.');
    await page.waitForFunction(
      () => /^2 utterances so far/.test(document.querySelector('#live-count')?.textContent ?? ''),
      null,
      { timeout: 30_000 },
    );
    await page.keyboard.press('2');
    assert.ok(await page.locator('#live-stave .voice-mark').count());
    await page.keyboard.press('h');
    await page.waitForFunction(() => !document.querySelector('#live-stave .voice-mark'));
    await page.keyboard.press('h');
    await pause(4_000);
    await page.getByRole('button', { name: 'Stop recording' }).click();
    await came(page);
    const found = await course(page);
    assert.ok(found && found.utterances.length >= 2);
    assert.ok(found.utterances.some(({ voice }) => voice === 2));
    await save(page, 'Results, without the sound (JSON)');
    assert.ok(
      await page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))),
      'a file without the sound is no place for a recording',
    );
    assert.deepEqual(await complaints(), []);
  } finally {
    await speaking.close();
  }
});
