// Why a voice lands where it does, down to each measure; and two recordings beside each other.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { arrived, headline, numbers, open, openFiles, settings, suite, toList } from './lib.mjs';

const { server, browser } = await suite();
/** @type {Awaited<ReturnType<typeof open>>} */
let tab;

/**
 * The same speech, faster and higher by a factor: only the header says another rate.
 * @param {number} factor
 */
async function faster(factor) {
  const file = Buffer.from(await readFile(settings.speech));
  file.writeUInt32LE(Math.round(file.readUInt32LE(24) * factor), 24);
  file.writeUInt32LE(Math.round(file.readUInt32LE(28) * factor), 28);
  return file;
}

/** The order of two files by `undertone compare`. @param {string[]} files @returns {Promise<{probability: number}>} */
async function compared(files) {
  const { stdout } = await promisify(execFile)(settings.undertone, ['compare', '--json', ...files]);
  return JSON.parse(stdout).order;
}

before(async () => {
  tab = await open(browser, server.address, { reducedMotion: 'reduce' });
  const buffers = await Promise.all([1, 1.15, 1.5].map(faster));
  await openFiles(
    tab.page,
    buffers.map((buffer, i) => ({ name: `voice${i + 1}.wav`, mimeType: 'audio/wav', buffer })),
  );
  await arrived(tab.page);
  await tab.page.getByRole('button', { name: /^Recording 3, voice3\.wav/ }).waitFor();
  await tab.page.waitForSelector('#recorder[data-phase="idle"]');
});

const table = () => tab.page.getByRole('table', { name: /Why|What changed/ });
/** Numbers at the end of the rows whose names fit. @param {RegExp} [wanted] */
const values = async (wanted = /./) => {
  const rows = await table()
    .getByRole('row')
    .evaluateAll((all) =>
      all.map((row) => [
        row.querySelector('th')?.textContent ?? '',
        (row.querySelector('.value [aria-hidden]') ?? row.querySelector('.value'))?.textContent ?? '',
      ]),
    );
  return rows
    .filter(([name, value]) => value && wanted.test(name))
    .map(([, value]) => Number(value.replace('−', '-')));
};
const sum = (/** @type {number[]} */ all) => Math.round(all.reduce((a, b) => a + b, 0) * 100) / 100;

test('the numbers of the scale stand right below its line', async () => {
  const gaps = await tab.page.evaluate(() => {
    const line = /** @type {Element} */ (document.querySelector('#axis')).getBoundingClientRect().top;
    return [...document.querySelectorAll('#scale .tick')].map(
      (tick) => tick.getBoundingClientRect().top - line,
    );
  });
  assert.equal(gaps.length, 5);
  for (const gap of gaps) assert.ok(gap > 6 && gap < 20, `${gap} px`);
});

test('a group opens into its measures: meaning, value with unit, how unusual; and adds up', async () => {
  const group = table().getByRole('button', {
    name: /^First resonance of the mouth, (plus|minus) \d\.\d\d$/,
  });
  if (!(await group.count()))
    await table()
      .getByRole('button', { name: /^The other 19 together, / })
      .click();
  const before = (await values(/^First resonance/))[0];
  await group.click();
  assert.equal(await group.getAttribute('aria-expanded'), 'true');
  assert.ok(await group.evaluate((element) => element === document.activeElement), 'the focus stays');
  const measures = tab.page.locator('#reasons tr.feature');
  assert.equal(await measures.count(), 6);
  const text = await measures.filter({ hasText: 'Where it lies, on average' }).innerText();
  assert.match(text, /Where the first resonance lies\./);
  const { analysis } = await numbers(tab.page);
  const at = 'F1frequency_sma3nz_amean';
  assert.ok(
    text.includes(`${Math.round(analysis.ranks[at] * 100)} of 100`),
    `${text}: ${analysis.ranks[at]}`,
  );
  assert.ok(
    text.includes(`${Math.round(analysis.model_features[at])} Hz`),
    `${text}: ${analysis.model_features[at]}`,
  );
  assert.match((await measures.first().textContent()) ?? '', /\d+ of 100 reference recordings lie lower\./);
  const parts = await measures.locator('.value').allTextContents();
  assert.equal(sum(parts.map((part) => Number(part.replace('−', '-')))), before);
  await tab.page.getByText('Rises when the mouth opens.').waitFor();
  await group.click();
  assert.equal(await measures.count(), 0);
});

test('a pitch is also given in Hz, and all ten measures can be seen', async () => {
  const group = table().getByRole('button', { name: /^Pitch and melody, / });
  await group.click();
  await table()
    .getByRole('button', { name: /^The other 6, / })
    .click();
  const measures = tab.page.locator('#reasons tr.feature');
  assert.equal(await measures.count(), 10);
  assert.match(await measures.filter({ hasText: 'The middle' }).innerText(), /\d semitones \(\d+ Hz\)/);
  await group.click();
});

test('the other groups open to all 27, and the column adds up', async () => {
  const rest = table().getByRole('button', { name: /^The other 19 together, / });
  if ((await rest.getAttribute('aria-expanded')) === 'false') await rest.click();
  const [from, ...others] = await values();
  const end = others.pop();
  const grouped = others.filter((_, i) => i !== 8);
  assert.equal(grouped.length, 27);
  assert.equal(sum([from, ...grouped]), end);
  await rest.click();
  assert.equal((await values()).length, 11);
});

test('the four families are a second tab, by pointer and by key', async () => {
  await tab.page.getByRole('tab', { name: 'Four families' }).click();
  const [from, ...others] = await values();
  assert.equal(others.length, 5);
  assert.equal(sum([from, ...others.slice(0, 4)]), others[4]);
  await table()
    .getByRole('button', { name: /^Strength and clarity, / })
    .click();
  await tab.page.getByText('How strong and how clean the voice sounds.').waitFor();
  assert.equal(await tab.page.locator('#reasons tr.feature').count(), 4);
  await tab.page.getByRole('tab', { name: 'Four families' }).press('ArrowLeft');
  assert.equal(await tab.page.getByRole('tab', { name: '27 groups' }).getAttribute('aria-selected'), 'true');
  assert.ok(
    await tab.page
      .getByRole('tab', { name: '27 groups' })
      .evaluate((element) => element === document.activeElement),
  );
});

test('two are ticked, compared and swapped; what changed leads from one to the other', async () => {
  const { page } = tab;
  await page.getByRole('button', { name: 'Compare two' }).click();
  await page.getByText('Tick two recordings.').waitFor();
  await page.getByRole('checkbox', { name: 'Compare Recording 1, voice1.wav' }).check();
  await page.getByRole('checkbox', { name: 'Compare Recording 3, voice3.wav' }).check();
  await headline(page)
    .filter({ hasText: /^Recording 3 is more activated than 1\.$/ })
    .waitFor();
  assert.match(
    await page.locator('#lead').innerText(),
    /^The difference is \d\.\d\. .+ pulled most in that direction\./,
  );
  await page.getByRole('heading', { name: 'What changed' }).waitFor();
  await page.getByRole('heading', { name: 'Where they land' }).waitFor();
  await page.waitForFunction(() =>
    /recording 1 at .* recording 3 at/.test(
      document.querySelector('#scale')?.getAttribute('aria-label') ?? '',
    ),
  );
  const discs = await page
    .locator('#reasons .disc-number')
    .evaluateAll((all) => all.map((disc) => [disc.textContent, disc.clientWidth, disc.clientHeight]));
  assert.deepEqual(
    discs.map(([n]) => n),
    ['1', '3'],
  );
  for (const [n, width, height] of discs)
    assert.ok(Number(width) > 16 && width === height, `disc ${n}: ${width} × ${height} px`);
  const there = await values();
  assert.equal(sum(there.slice(0, -1)), there.at(-1));
  const listed = await page.locator('.row-score').allInnerTexts();
  // The newest stands on top.
  const [score] = /\d\.\d/.exec(listed[2]) ?? [];
  assert.ok(Math.abs(Number(score) - there[0]) < 0.051, `listed with ${score}, begins at ${there[0]}`);
  await page.locator('#two-ways').getByRole('button', { name: 'Swap' }).click();
  await headline(page)
    .filter({ hasText: /^Recording 1 is calmer than 3\.$/ })
    .waitFor();
  const back = await values();
  assert.equal(back[0], there.at(-1));
  assert.equal(back.at(-1), there[0]);
  // Both values and both places of a measure.
  await table().getByRole('button').first().click();
  assert.match(await page.locator('#reasons tr.feature').first().innerText(), /\d → \d+ of 100[\s\S]* → /);
  await table().getByRole('button').first().click();
});

test('a comparison says how sure the order is, as the command line does; of two people it does not', async () => {
  const { page } = tab;
  const files = await Promise.all(
    [1, 1.5].map(async (factor, i) => {
      const file = `${settings.folder}/compared-${i}.wav`;
      await writeFile(file, await faster(factor));
      return file;
    }),
  );
  const { probability } = await compared(files);
  const k = Math.round(probability * 100);
  const said = page.getByText(
    k > 99
      ? /listeners told apart, they heard more than 99 in this order\./
      : new RegExp(`listeners told apart, they heard ${k} in this order and ${100 - k} the other way\\.`),
  );
  await said.first().waitFor();
  await page.getByRole('button', { name: 'Two different speakers?' }).click();
  assert.match(await page.locator('#lead').innerText(), /no figure says how sure this order is/);
  assert.doesNotMatch(await page.locator('#lead').innerText(), /listeners told apart/);
  await headline(page)
    .filter({ hasText: /^Recording 1 is calmer than 3\.$/ })
    .waitFor();
  await page.getByRole('button', { name: 'The same speaker' }).click();
  assert.match(await page.locator('#lead').innerText(), /listeners told apart/);
  await page.locator('#two-ways').getByRole('button', { name: 'End comparison' }).click();
});

test('two that lie near each other are in no order', async () => {
  const { page } = tab;
  await page.evaluate(async () => {
    const state = /** @type {typeof import('../../../www/shell/state.js')} */ (
      await import(`${location.origin}/www/shell/state.js`)
    );
    const [one, two, ...rest] = state.get().recordings;
    const near = /** @type {NonNullable<typeof one.analysis>} */ (one.analysis);
    state.set({
      recordings: [one, { ...two, analysis: { ...near, activation: near.activation + 0.12 } }, ...rest],
    });
  });
  await page.getByRole('button', { name: 'Compare two' }).click();
  await page.getByRole('checkbox', { name: 'Compare Recording 1, voice1.wav' }).check();
  await page.getByRole('checkbox', { name: 'Compare Recording 2, voice2.wav' }).check();
  await headline(page)
    .filter({ hasText: /^Recordings 1 and 2 are about the same\.$/ })
    .waitFor();
  assert.match(
    await page.locator('#lead').innerText(),
    /^They lie 0\.1 apart\. That is too close to tell which sounds more activated\.$/,
  );
  await page.locator('#two-ways').getByRole('button', { name: 'End comparison' }).click();
});

test('choosing another ends a comparison, a key begins one, the reasons can start from any', async () => {
  const { page } = tab;
  await page.getByRole('button', { name: /^Recording 2, voice2\.wav/ }).click();
  await page.getByRole('heading', { name: 'Why', exact: true }).waitFor();
  assert.equal(await page.getByRole('checkbox', { name: /Recording \d/ }).count(), 0);
  await headline(page).focus();
  await page.keyboard.press('c');
  await headline(page)
    .filter({ hasText: /^(Recording 2 is .* than 1|Recordings 1 and 2 are about the same)\.$/ })
    .waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Why', exact: true }).waitFor();
  // The reasons can start from another recording, too.
  await page.getByRole('combobox', { name: 'Start from' }).selectOption('3');
  await headline(page)
    .filter({ hasText: /^Recording 2 is calmer than 3\.$/ })
    .waitFor();
  await page.getByRole('combobox', { name: 'Start from' }).selectOption({ label: 'The average voice' });
  await page.getByRole('heading', { name: 'Why', exact: true }).waitFor();
});

test('on a phone the result of a comparison comes into sight, with the ways out', async () => {
  const { page } = tab;
  await page.setViewportSize({ width: 360, height: 740 });
  await toList(page);
  await page.getByRole('button', { name: 'Compare two' }).click();
  await page.getByRole('checkbox', { name: /Recording 1/ }).check();
  // With the second one the sheet closes.
  await page.getByRole('checkbox', { name: /Recording 2/ }).click();
  await page.waitForSelector('#result.two');
  assert.equal(await page.locator('#sheet[open]').count(), 0);
  assert.ok(
    await headline(page).evaluate(
      (element) =>
        element === document.activeElement &&
        element.getBoundingClientRect().top >= 0 &&
        element.getBoundingClientRect().bottom <= innerHeight,
    ),
  );
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(wide <= 0, `by ${wide} px`);
  await page.locator('#two-ways').getByRole('button', { name: 'End comparison' }).click();
  await page.getByRole('heading', { name: 'Why', exact: true }).waitFor();
  assert.deepEqual(await tab.complaints(), []);
});
