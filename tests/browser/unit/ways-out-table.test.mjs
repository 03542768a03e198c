// The tables of docs/privacy.md are those of docs/ways-out.json, and that file has every way of the list.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DOCUMENT, isOpen, MARKS, recorded, tables, TITLES } from '../ways/measured.mjs';
import { GROUPS, script, WAYS } from '../ways/ways.mjs';

test('the tables of the ways out are what was measured', () => {
  const text = readFileSync(DOCUMENT, 'utf8');
  const inside = text.split(MARKS[0])[1]?.split(MARKS[1])[0]?.trim();
  assert.equal(inside, tables(recorded()));
});

test('what was measured is of the ways that are tried, and proves something', () => {
  const all = recorded();
  assert.deepEqual(Object.keys(all), Object.keys(TITLES));
  for (const measured of Object.values(all)) {
    assert.equal(measured.worker, true);
    assert.equal(measured.workerWithoutHeaders, false);
    for (const found of [measured.control, measured.headers, measured.headersWorker, measured.bare])
      for (const way of Object.keys(found)) assert.ok(WAYS.has(way), way);
    // Most ways are open without a policy, or what is closed would say little.
    const proven = [...WAYS.keys()].filter((way) => isOpen(measured.control, way)).length;
    assert.ok(proven > WAYS.size / 2, `${proven} of ${WAYS.size}`);
  }
});

test('each group names ways of its own for the short run, and every way can be put into a page', () => {
  for (const { short, ways } of Object.values(GROUPS)) for (const way of short) assert.ok(way in ways, way);
  const made = new Function(`return ${script([...WAYS.keys()], 'r1', '10.9.9.1')}`)();
  assert.equal(typeof made, 'function');
});
