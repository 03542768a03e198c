// Why: from the average voice, or from another recording, to this one, group by group; a group opens into its
// measures. The column adds up, and so do the bars.
/** @import {Axis} from './axis.js' */
/** @import {Row} from './reason-rows.js' */
/** @import {Attribution} from './attribution.js' */
import { kind, ownNotes } from '../engine/map-axis.js';
import { nameOf } from '../shell/names.js';
import { make, query, queryAll, queryAs, rich } from '../shell/dom.js';
import { number, t, unbroken } from '../shell/i18n.js';
import { get, set, watch } from '../shell/state.js';
import { calmName, calmTitle } from './calm.js';
import { currentAttribution } from './attribution.js';
import { surface } from './axis.js';
import { groupName } from './explain.js';
import { about, featureRow } from './measure-row.js';
import { DIGITS, tree } from './reason-rows.js';

/** Bars of groups, and thinner ones of the measures within, in CSS px. */
const BAR = { group: 17, nested: 9 };

/** What is summed up, as it is chosen. @param {Attribution} attribution @param {'groups'|'families'} by */
function sumOf({ start, end, zero, contributions }, by) {
  const features = get().engine?.catalogue.features ?? [];
  const part = by === 'groups' ? /** @type {const} */ ('group') : /** @type {const} */ ('family');
  return {
    start: start - zero,
    end: end - zero,
    parts: contributions[by],
    features: Object.values(contributions.features),
    members: (/** @type {string} */ id) =>
      features.flatMap((feature, i) => (feature[part] === id ? [i] : [])),
  };
}

export function start() {
  for (const tab of queryAll('[data-sum]'))
    tab.addEventListener('click', () => choose(/** @type {'groups'|'families'} */ (tab.dataset.sum)));
  query('#sum-by').addEventListener('keydown', ({ key }) => {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
    choose(get().sumBy === 'groups' ? 'families' : 'groups');
    query(`[data-sum="${get().sumBy}"]`).focus();
  });
  watch(['engine', 'current', 'recordings', 'ticked', 'opened', 'sumBy', 'calm', 'fromAverage'], () => {
    const attribution = currentAttribution();
    query('#why').hidden = !attribution;
    if (attribution) fill(attribution);
  });
}

/** @param {'groups'|'families'} sumBy */
const choose = (sumBy) => set({ sumBy });

/** @param {Row} row */
const toggle = ({ id }) => {
  const { opened } = get();
  set({ opened: opened.includes(id) ? opened.filter((other) => other !== id) : [...opened, id] });
};

/** @param {Attribution} attribution */
function fill(attribution) {
  const { sumBy, opened } = get();
  for (const tab of queryAll('[data-sum]')) {
    const chosen = tab.dataset.sum === sumBy;
    tab.setAttribute('aria-selected', String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) query('#reasons-panel').setAttribute('aria-labelledby', tab.id);
  }
  const { rows, start: from, end } = tree(sumOf(attribution, sumBy), opened);
  const held = /** @type {HTMLElement|null} */ (document.activeElement)?.dataset.row;
  const body = make(
    'tbody',
    { role: 'rowgroup' },
    ...(kind() === 'free' ? [marks()] : []),
    edge('start', startName(attribution), from),
  );
  for (const row of rows) {
    if (row.kind === 'feature') body.append(featureRow(row, attribution));
    else body.append(line(look(row), opener(row), number(row.shown, DIGITS, true), signed(row.shown)));
    if (row.kind === 'group' && row.open) body.append(about(row.group));
  }
  body.append(edge('sum', endName(attribution), end));
  query('#reasons').replaceChildren(body);
  if (held)
    /** @type {HTMLElement|null} */ (
      query('#reasons').querySelector(`[data-row="${CSS.escape(held)}"]`)
    )?.focus();
  query('#heading-why').textContent = t(heading(attribution));
  if (kind() !== 'score') rich(query('#why-note'), ownNotes().why);
  else
    rich(
      query('#why-note'),
      attribution.from
        ? t('why.noteTwo', { a: attribution.from.number, b: attribution.to.number })
        : unbroken(t('why.note', { avg: attribution.calm ? calmName() : t('avg') })),
    );
  query('#why-text').textContent = describe(attribution);
}

/** @param {Attribution} attribution */
export function heading(attribution) {
  if (kind() === 'free') return 'heading.read';
  return attribution.from ? 'heading.changed' : kind() === 'valence' ? 'heading.whyThere' : 'heading.why';
}

/** The marks of a line that was fitted afterwards: the map above has others. */
const marks = () =>
  make(
    'tr',
    { role: 'row', class: 'marks' },
    make('th', { role: 'rowheader', scope: 'row' }, t('why.marks')),
    make(
      'td',
      { role: 'presentation', 'aria-hidden': 'true' },
      ...[1, 2, 3, 4, 5].map((score) => make('span', { class: 'mark' }, String(score))),
    ),
  );

/** @param {Row} row its classes */
const look = ({ kind, shown, nested, open }) =>
  [
    shown < 0 ? 'down' : shown > 0 ? 'up' : 'still',
    kind === 'rest' ? 'rest' : '',
    nested ? 'nested' : '',
    open ? 'open' : '',
    kind === 'more' ? 'more' : '',
  ]
    .filter(Boolean)
    .join(' ');

/** The name of a row that opens, as a button. @param {Row} row */
function opener(row) {
  const name =
    row.kind === 'group'
      ? groupName(row.group)
      : t(row.kind === 'rest' ? 'why.other' : 'why.more', { n: row.count });
  const made = make(
    'button',
    {
      type: 'button',
      class: 'opener',
      'data-row': row.id,
      'aria-expanded': String(row.open),
      'aria-label': `${name}, ${signed(row.shown)}`,
    },
    make('span', {}, name),
  );
  made.addEventListener('click', () => toggle(row));
  return made;
}

/** @param {string} look @param {Node} name @param {string} value @param {string} spoken */
const line = (look, name, value, spoken = value) =>
  make(
    'tr',
    { role: 'row', class: look },
    make('th', { role: 'rowheader', scope: 'row' }, name),
    make('td', { role: 'presentation', class: 'bar', 'aria-hidden': 'true' }),
    make(
      'td',
      { role: 'cell', class: 'value' },
      ...(spoken === value
        ? [value]
        : [make('span', { 'aria-hidden': 'true' }, value), make('span', { class: 'unseen' }, spoken)]),
    ),
  );

/**
 * Where the sum begins or ends.
 * @param {'start'|'sum'} look
 * @param {(Node|string)[]} name
 * @param {number} score
 */
const edge = (look, name, score) =>
  line(look, make('span', { class: 'edge' }, ...name), number(score, DIGITS));

/** @param {Attribution} attribution @returns {(Node|string)[]} */
const startName = ({ from, calm }) =>
  from
    ? [make('span', { class: 'disc-number hollow' }, String(from.number)), nameOf(from)]
    : [startWords(calm)];

/** What the way starts from where that is no recording. @param {Attribution['calm']} calm */
export const startWords = (calm) => (calm ? calmTitle() : t('why.average'));

/** @param {Attribution} attribution @returns {(Node|string)[]} */
const endName = ({ from, to }) =>
  from ? [make('span', { class: 'disc-number' }, String(to.number)), nameOf(to)] : [t('why.voice')];

/** @param {number} value */
const signed = (value) => t(value < 0 ? 'alt.minus' : 'alt.plus', { x: number(Math.abs(value), DIGITS) });

/** @param {Attribution} attribution */
function describe(attribution) {
  const { rows, start: from, end } = tree(sumOf(attribution, 'groups'), [], Infinity);
  const top = (/** @type {(value: number) => boolean} */ wanted) =>
    rows
      .filter(({ shown }) => wanted(shown))
      .slice(0, 2)
      .map(({ group, shown }) => `${groupName(group).toLowerCase()}, ${signed(shown)}`)
      .join('; ') || t('alt.nothing');
  const filled = {
    avg: number(from, DIGITS),
    s: number(end, DIGITS),
    up: top((v) => v > 0),
    down: top((v) => v < 0),
    sum: signed(end - from),
  };
  return attribution.from
    ? t('alt.whyTwo', { ...filled, a: attribution.from.number, b: attribution.to.number })
    : t('alt.why', { ...filled, start: attribution.calm ? calmName() : t('avg') });
}

/** @param {Axis} axis @param {number} build share of the rows that is there */
export function draw(axis, build) {
  const { engine, sumBy, opened } = get();
  const attribution = currentAttribution();
  if (!engine || !attribution) return;
  const canvas = queryAs('#bars canvas', HTMLCanvasElement);
  const home = query('#bars').getBoundingClientRect();
  const cells = [...query('#reasons').querySelectorAll('.bar')].map((cell) => cell.getBoundingClientRect());
  const { rows } = tree(sumOf(attribution, sumBy), opened);
  const middleOf = (/** @type {number} */ i) => middle(cells[i]) - home.top;
  engine.wasm.drawContributions(canvas, {
    ...surface(canvas, axis, home.height, 8),
    start: attribution.start,
    end: attribution.end,
    startMark: startMark(attribution),
    startY: middleOf(0),
    endY: build < 1 ? null : middleOf(cells.length - 1),
    rows: rows.slice(0, Math.ceil(build * rows.length)).flatMap(({ value, nested, bar }, i) => {
      const height = Math.min(nested ? BAR.nested : BAR.group, cells[i + 1].height - 6);
      return bar ? [{ top: middleOf(i + 1) - height / 2, height, value, nested }] : [];
    }),
  });
  lean(axis, attribution);
}

/** @param {Attribution} attribution @returns {'recording'|'calm'|'average'} */
export const startMark = ({ from, calm }) => (from ? 'recording' : calm ? 'calm' : 'average');

/**
 * The strips of opened rows stand in the emptier half of the axis.
 * @param {Axis} axis
 * @param {Attribution} attribution
 */
function lean(axis, attribution) {
  const middle = (axis.held(attribution.start) + axis.held(attribution.end)) / 2;
  query('#reasons').classList.toggle('strips-right', middle < (axis.left + axis.right) / 2);
}

/** @param {DOMRect} box */
const middle = ({ top, bottom }) => (top + bottom) / 2;

/** Where the sum begins and ends, in px of the window; null while there is none. */
export function ends() {
  const cells = [...query('#reasons').querySelectorAll('.bar')];
  if (query('#why').hidden || cells.length < 2) return null;
  return {
    start: middle(cells[0].getBoundingClientRect()),
    end: middle(cells[cells.length - 1].getBoundingClientRect()),
  };
}

/** All groups, for the table. */
export function rowsOf() {
  const attribution = currentAttribution();
  if (!attribution) return [];
  const { rows, start: from, end } = tree(sumOf(attribution, get().sumBy), [], Infinity);
  const name = (/** @type {typeof attribution.to|null} */ one, /** @type {string} */ otherwise) =>
    one && attribution.from ? `${one.number} ${nameOf(one)}` : otherwise;
  return [
    [name(attribution.from, startWords(attribution.calm)), '', number(from, DIGITS)],
    ...rows.map(({ group, shown }) => [groupName(group), group, number(shown, DIGITS, true)]),
    [name(attribution.to, t('why.voice')), '', number(end, DIGITS)],
  ];
}

/** The groups as they are first seen, for a saved figure. */
export function rowsToSave() {
  const attribution = currentAttribution();
  if (!attribution) return null;
  const sum = tree(sumOf(attribution, 'groups'), []);
  return {
    ...sum,
    rows: sum.rows.map((row) => ({
      ...row,
      name: row.kind === 'rest' ? t('why.other', { n: row.count }) : groupName(row.group),
    })),
  };
}

/** @typedef {NonNullable<ReturnType<typeof rowsToSave>>} Reasons */
