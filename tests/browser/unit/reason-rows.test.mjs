// The rows of the reasons: which stand alone, and that they add up.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tree } from '../../../www/result/reason-rows.js';

/** 27 groups; the first has ten measures, the others two each. */
const members = (/** @type {string} */ part) => {
  const k = Number(part.slice(1));
  return k === 0 ? Array.from({ length: 10 }, (_, i) => i) : [8 + 2 * k, 9 + 2 * k];
};
const features = Array.from({ length: 62 }, (_, i) => (((i * 37) % 19) - 9) * 0.0083);
const parts = Object.fromEntries(
  Array.from({ length: 27 }, (_, k) => [`g${k}`, members(`g${k}`).reduce((sum, i) => sum + features[i], 0)]),
);
const start = 2.9249;
const sum = { start, end: start + Object.values(parts).reduce((a, b) => a + b, 0), parts, features, members };
const hundredths = (/** @type {{shown: number}[]} */ rows) =>
  Math.round(rows.reduce((total, { shown }) => total + shown, 0) * 100);

test('the reasons add up to the score as shown, largest first, the rest in one row', () => {
  const { start: from, end, rows } = tree(sum, []);
  assert.equal(rows.length, 9);
  assert.deepEqual(
    rows.map(({ kind }) => kind),
    [...Array(8).fill('group'), 'rest'],
  );
  assert.equal(rows[8].count, 19);
  for (let i = 1; i < 8; i += 1) assert.ok(Math.abs(rows[i - 1].value) >= Math.abs(rows[i].value));
  assert.equal(from, 2.92);
  assert.equal(hundredths(rows), Math.round((end - from) * 100));
});

test('an opened group is followed by its measures, which add up to it', () => {
  const id = tree(sum, []).rows[1].id;
  const { rows } = tree(sum, [id]);
  const at = rows.findIndex((row) => row.id === id);
  const nested = rows.filter(({ nested: isNested }) => isNested);
  assert.ok(rows[at].open && rows[at].bar);
  assert.deepEqual(
    nested.map(({ group }) => group),
    nested.map(() => id),
  );
  assert.deepEqual(nested.map(({ feature }) => feature).sort(), members(id).sort());
  assert.equal(hundredths(nested), Math.round(rows[at].shown * 100));
  assert.deepEqual(rows.slice(at + 1, at + 1 + nested.length), nested);
});

test('measures that are each too small to be seen still add up to their group', () => {
  const small = Array.from({ length: 6 }, () => 0.004);
  const { rows } = tree(
    { start: 3, end: 3.024, parts: { g: 0.024 }, features: small, members: () => [0, 1, 2, 3, 4, 5] },
    ['g'],
  );
  assert.deepEqual(
    rows.slice(1).map(({ shown }) => shown),
    [0.01, 0.01, 0, 0, 0, 0],
  );
});

test('of many measures the largest come first, and the others open, too', () => {
  const closed = tree(sum, ['rest', 'g0']).rows.filter(
    ({ group, kind }) => group === 'g0' && kind !== 'group',
  );
  assert.deepEqual(
    closed.map(({ kind }) => kind),
    ['feature', 'feature', 'feature', 'feature', 'more'],
  );
  assert.equal(closed[4].count, 6);
  assert.ok(closed[4].bar);
  const group = tree(sum, ['rest', 'g0']).rows.find(({ id }) => id === 'g0');
  assert.ok(group);
  assert.equal(hundredths(closed), Math.round(group.shown * 100));
  const all = tree(sum, ['rest', 'g0', 'g0/more']).rows.filter(
    ({ group: of, kind }) => of === 'g0' && kind !== 'group',
  );
  assert.deepEqual(
    all
      .filter(({ feature }) => feature >= 0)
      .map(({ feature }) => feature)
      .sort((a, b) => a - b),
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
  assert.equal(all[4].bar, false, 'its parts are drawn instead');
  assert.equal(hundredths(all.slice(5)), Math.round(all[4].shown * 100));
});

test('the rest opens to all groups, and what is drawn still leads from start to end', () => {
  const { rows } = tree(sum, ['rest', 'g0', 'g0/more']);
  assert.equal(new Set(rows.filter(({ kind }) => kind === 'group').map(({ group }) => group)).size, 27);
  const drawn = rows
    .filter(({ bar, nested }) => bar && !nested)
    .reduce((total, { value }) => total + value, 0);
  assert.ok(Math.abs(start + drawn - sum.end) < 1e-9);
  const rest = rows.find(({ kind }) => kind === 'rest');
  assert.ok(rest);
  assert.equal(rest.bar, false);
  assert.equal(
    hundredths(rows.slice(rows.indexOf(rest) + 1).filter(({ kind }) => kind === 'group')),
    Math.round(rest.shown * 100),
  );
});

test('few parts need no rest', () => {
  const { rows } = tree({ ...sum, parts: { g1: 0.1, g2: -0.3 }, end: start - 0.2 }, []);
  assert.deepEqual(
    rows.map(({ id, shown }) => [id, shown]),
    [
      ['g2', -0.3],
      ['g1', 0.1],
    ],
  );
});
