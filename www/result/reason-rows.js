// The rows of the reasons: largest first, what is small together in one row, opened rows followed by their
// parts. Pure: numbers in, rows out. Every column adds up as shown.
import { apportion } from '../shell/format.js';

/** So many groups stand alone; the others are summed in one row. */
const ALONE = 8;
/** Of a group with more than `MANY` measures the largest `FEW` are shown at first. */
const MANY = 6;
const FEW = 4;
export const DIGITS = 2;
const STEPS = 10 ** DIGITS;

/**
 * `rest` sums the groups that are too small to stand alone, `more` the measures of an opened group that are.
 * @typedef {object} Row
 * @property {'group'|'rest'|'feature'|'more'} kind
 * @property {string} id         names the row among all; what `opened` lists
 * @property {string} group      what it belongs to, '' for `rest`
 * @property {number} feature    index of the measure, −1 for the others
 * @property {number} count      how many are summed in it
 * @property {number} value
 * @property {number} shown      the value as it is shown
 * @property {boolean} nested    drawn within its group's span
 * @property {boolean} bar       whether it is drawn: what is opened into rows of its kind is drawn by them
 * @property {boolean|null} open null: nothing to open
 *
 * What is summed up.
 * @typedef {object} Sum
 * @property {number} start
 * @property {number} end
 * @property {Record<string, number>} parts   by group or family
 * @property {ArrayLike<number>} features
 * @property {(part: string) => number[]} members  indices of a part's measures
 */

/** @template T @param {T[]} items @param {(item: T) => number} value */
const largestFirst = (items, value) => [...items].sort((a, b) => Math.abs(value(b)) - Math.abs(value(a)));

/** @param {{value: number}[]} items */
const total = (items) => items.reduce((sum, { value }) => sum + value, 0);

/**
 * Rounds so that the rows sum to what stands above them.
 * @param {{value: number}[]} items
 * @param {number} sum  as shown
 */
function shownOf(items, sum) {
  return apportion(
    items.map(({ value }) => value),
    Math.round(sum * STEPS),
    DIGITS,
  ).map((steps) => steps / STEPS);
}

/**
 * @param {Sum} sum
 * @param {readonly string[]} opened  ids of rows that are open
 * @param {number} [alone]
 * @returns {{start: number, end: number, rows: Row[]}}
 */
export function tree(sum, opened, alone = ALONE) {
  const start = Math.round(sum.start * STEPS) / STEPS;
  const end = Math.round(sum.end * STEPS) / STEPS;
  const groups = largestFirst(
    Object.entries(sum.parts).map(([group, value]) => ({ group, value })),
    ({ value }) => value,
  );
  const large = groups.slice(0, alone);
  const small = groups.slice(alone);
  const items = small.length ? [...large, { group: '', value: total(small) }] : large;
  const shown = shownOf(items, end - start);
  const rows = items.flatMap(({ group, value }, i) =>
    group ? withParts(sum, group, value, shown[i], opened) : withGroups(sum, small, value, shown[i], opened),
  );
  return { start, end, rows };
}

/**
 * @param {Sum} sum
 * @param {{group: string, value: number}[]} small
 * @param {number} value
 * @param {number} shown
 * @param {readonly string[]} opened
 * @returns {Row[]}
 */
function withGroups(sum, small, value, shown, opened) {
  const open = opened.includes('rest');
  /** @type {Row} */
  const rest = {
    kind: 'rest',
    id: 'rest',
    group: '',
    feature: -1,
    count: small.length,
    value,
    shown,
    nested: false,
    bar: !open,
    open,
  };
  if (!open) return [rest];
  const each = shownOf(small, shown);
  return [rest, ...small.flatMap((item, i) => withParts(sum, item.group, item.value, each[i], opened))];
}

/**
 * @param {Sum} sum
 * @param {string} group
 * @param {number} value
 * @param {number} shown
 * @param {readonly string[]} opened
 * @returns {Row[]}
 */
function withParts(sum, group, value, shown, opened) {
  const open = opened.includes(group);
  /** @type {Row} */
  const own = {
    kind: 'group',
    id: group,
    group,
    feature: -1,
    count: 1,
    value,
    shown,
    nested: false,
    bar: true,
    open,
  };
  if (!open) return [own];
  const features = largestFirst(
    sum.members(group).map((feature) => ({ feature, value: sum.features[feature] })),
    (item) => item.value,
  );
  const few = features.length > MANY ? features.slice(0, FEW) : features;
  const others = features.slice(few.length);
  const moreId = `${group}/more`;
  const all = opened.includes(moreId);
  const items = others.length ? [...few, { feature: -1, value: total(others) }] : few;
  const each = shownOf(items, shown);
  const row = (/** @type {{feature: number, value: number}} */ item, /** @type {number} */ as) =>
    /** @type {Row} */ ({
      kind: 'feature',
      id: `${group}/${item.feature}`,
      group,
      feature: item.feature,
      count: 1,
      value: item.value,
      shown: as,
      nested: true,
      bar: true,
      open: null,
    });
  const rows = [own, ...few.map((item, i) => row(item, each[i]))];
  if (!others.length) return rows;
  const sumOf = each[each.length - 1];
  rows.push({
    kind: 'more',
    id: moreId,
    group,
    feature: -1,
    count: others.length,
    value: total(others),
    shown: sumOf,
    nested: true,
    bar: !all,
    open: all,
  });
  if (all) rows.push(...shownOf(others, sumOf).map((as, i) => row(others[i], as)));
  return rows;
}
