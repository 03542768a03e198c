// Why: from the average voice to this one, group by group. The column adds up, and so do the bars.
/** @import {Axis} from './axis.js' */
/** @import {Analysis, Recording} from './types.js' */
import { surface } from './axis.js';
import { make, one, rich, typed } from './dom.js';
import { has, number, t, unbroken } from './i18n.js';
import { apportion } from './numbers.js';
import { current, get, watch } from './state.js';

/** So many groups stand alone; the others are summed in one row. */
const ALONE = 8;
const DIGITS = 2;
const STEPS = 10 ** DIGITS;

/** @param {string} group @returns {string} */
export function groupName(group) {
  const key = `group.${group}`;
  return has(key) ? t(key) : group;
}

/**
 * The rows as exact as they are shown: start and steps sum to the end.
 * @param {Pick<Analysis, 'activation'|'baseline'>&{contributions: Pick<Analysis['contributions'], 'groups'>}} analysis
 * @param {number} alone
 */
export function addUp({ activation, baseline, contributions }, alone = ALONE) {
  const groups = Object.entries(contributions.groups).sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
  const others = groups.slice(alone);
  const rows = groups.slice(0, alone).map(([group, value]) => ({ group, value }));
  if (others.length) rows.push({ group: '', value: others.reduce((sum, [, value]) => sum + value, 0) });
  const start = Math.round(baseline * STEPS);
  const end = Math.round(activation * STEPS);
  const shown = apportion(rows.map(({ value }) => value), end - start, DIGITS);
  return { start: start / STEPS, end: end / STEPS, others: others.length, rows: rows.map((row, i) => ({ ...row, shown: shown[i] / STEPS })) };
}

export function start() {
  watch(['engine', 'current', 'recordings'], () => {
    const analysis = current()?.analysis;
    one('#why').hidden = !analysis;
    if (analysis) fill(analysis);
  });
}

/** @param {Analysis} analysis */
function fill(analysis) {
  const { rows, start: from, end, others } = addUp(analysis);
  const line = (/** @type {string} */ look, /** @type {string} */ name, /** @type {string} */ value, /** @type {string} */ spoken = value) => make('tr', { role: 'row', class: look },
    make('th', { role: 'rowheader', scope: 'row' }, make('span', {}, name)),
    make('td', { 'role': 'presentation', 'class': 'bar', 'aria-hidden': 'true' }),
    make('td', { role: 'cell', class: 'value' }, ...(spoken === value ? [value] : [make('span', { 'aria-hidden': 'true' }, value), make('span', { class: 'unseen' }, spoken)])));
  one('#reasons').replaceChildren(make('tbody', { role: 'rowgroup' },
    line('start', t('why.average'), number(from, DIGITS)),
    ...rows.map(({ group, shown }) => line(`${shown < 0 ? 'down' : shown > 0 ? 'up' : 'still'}${group ? '' : ' rest'}`,
      group ? groupName(group) : t('why.other', { n: others }), number(shown, DIGITS, true), signed(shown))),
    line('sum', t('why.voice'), number(end, DIGITS))));
  rich(one('#why-note'), unbroken(t('why.note', { avg: t('avg') })));
  one('#why-text').textContent = describe(analysis);
}

/** @param {number} value */
const signed = (value) => t(value < 0 ? 'alt.minus' : 'alt.plus', { x: number(Math.abs(value), DIGITS) });

/** @param {Analysis} analysis */
function describe(analysis) {
  const { rows, start: from, end } = addUp(analysis, Infinity);
  const top = (/** @type {(value: number) => boolean} */ wanted) => rows.filter(({ shown }) => wanted(shown)).slice(0, 2)
    .map(({ group, shown }) => `${groupName(group).toLowerCase()}, ${signed(shown)}`).join('; ') || t('alt.nothing');
  return t('alt.why', { avg: number(from, DIGITS), s: number(end, DIGITS), up: top((v) => v > 0), down: top((v) => v < 0), sum: signed(end - from) });
}

/** @param {Axis} axis @param {Recording|null} shown @param {number} build share of the rows that is there */
export function draw(axis, shown, build) {
  const { engine } = get();
  const analysis = shown?.analysis;
  if (!engine || !analysis) return;
  const canvas = typed('#bars canvas', HTMLCanvasElement);
  const home = one('#bars').getBoundingClientRect();
  const bars = [...one('#reasons').querySelectorAll('.bar')].map((cell) => cell.getBoundingClientRect());
  const height = Math.min(17, bars[0].height - 6);
  const { rows } = addUp(analysis);
  engine.wasm.drawContributions(canvas, {
    ...surface(canvas, axis, home.height, 8), start: analysis.baseline, end: analysis.activation, startMark: 'average',
    startY: middle(bars[0]) - home.top, endY: build < 1 ? null : middle(bars[bars.length - 1]) - home.top,
    rows: rows.slice(0, Math.ceil(build * rows.length)).map(({ value }, i) => ({ top: bars[i + 1].top - home.top + (bars[i + 1].height - height) / 2, height, value })),
  });
}

/** @param {DOMRect} box */
const middle = ({ top, bottom }) => (top + bottom) / 2;

/** Where the sum begins and ends, in px of the window; null while there is none. */
export function ends() {
  const cells = [...one('#reasons').querySelectorAll('.bar')];
  if (one('#why').hidden || cells.length < 2) return null;
  return { start: middle(cells[0].getBoundingClientRect()), end: middle(cells[cells.length - 1].getBoundingClientRect()) };
}

/** All groups, for the table. */
export function rowsOf() {
  const analysis = current()?.analysis;
  if (!analysis) return [];
  const { rows, start: from, end } = addUp(analysis, Infinity);
  return [[t('why.average'), '', number(from, DIGITS)], ...rows.map(({ group, shown }) => [groupName(group), group, number(shown, DIGITS, true)]), [t('why.voice'), '', number(end, DIGITS)]];
}
