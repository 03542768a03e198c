// What was measured, as it is kept in docs/ways-out.json, compared with what is measured now, and as the table of
// docs/privacy.md.
import { readFileSync } from 'node:fs';
import { GROUPS } from './ways.mjs';

/** @import {Engine, Found, Kind, Measured} from './battery.mjs' */

export const RECORD = new URL('../../../docs/ways-out.json', import.meta.url);
export const DOCUMENT = new URL('../../../docs/privacy.md', import.meta.url);
/** Where the table stands in the document. */
export const MARKS = ['<!-- ways out -->', '<!-- end of ways out -->'];

/** @type {Record<Engine, string>} */
export const TITLES = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' };
/** @type {[Exclude<Kind, 'control'>, string][]} */
const KINDS = [
  ['headers', 'with the headers, first load'],
  ['headersWorker', 'with the headers, under the service worker'],
  ['bare', 'a host without headers'],
];

/** @returns {Record<Engine, Measured>} */
export const recorded = () => JSON.parse(readFileSync(RECORD, 'utf8'));

/** A way of which nothing is known under a kind of visit: its run was cut short. */
const UNTRIED = 'untried';
/** Whether anything was heard or seen of a way. @param {Found} found @param {string} way */
export const isOpen = (found, way) => !['absent', UNTRIED].includes(found[way] ?? UNTRIED);

/**
 * What is open and was recorded as closed, in sentences.
 * @param {Engine} engine
 * @param {Measured} now
 * @param {Measured} before
 * @param {string[]} ways  that were tried
 * @param {Kind[]} kinds
 */
export function opened(engine, now, before, ways, kinds) {
  return kinds.flatMap((kind) =>
    ways
      .filter((way) => isOpen(now[kind], way) && !isOpen(before[kind], way) && before[kind][way] !== UNTRIED)
      .map((way) => `${TITLES[engine]}, ${kind}: ${way} is open (${now[kind][way]}) and was closed`),
  );
}

/**
 * What is closed and was recorded as open, in sentences.
 * @param {Engine} engine
 * @param {Measured} now
 * @param {Measured} before
 * @param {string[]} ways  that were tried
 * @param {Kind[]} kinds
 */
export function closed(engine, now, before, ways, kinds) {
  return kinds.flatMap((kind) =>
    ways
      .filter((way) => !isOpen(now[kind], way) && isOpen(before[kind], way))
      .map((way) => `${TITLES[engine]}, ${kind}: ${way} is closed and was open (${before[kind][way]})`),
  );
}

/** How a way that is open gets out, in a word or none. @param {string} how */
function manner(how) {
  if (how === 'dns') return ' (look-up of the name)';
  if (how === 'dns+tcp' || how === 'tcp') return ' (look-up and connection, no request)';
  if (how === 'maker') return ' (look-up of its maker)';
  if (how.startsWith('mark: ')) return ` (${how.slice('mark: '.length)})`;
  return '';
}

/**
 * A group in one engine: of the ways that reach the collector from a page without a policy, which still do.
 * @param {string[]} ways
 * @param {Found} control
 * @param {Found} found
 */
function cell(ways, control, found) {
  const proven = ways.filter((way) => isOpen(control, way));
  const open = ways.filter((way) => isOpen(found, way));
  const untried = ways.filter((way) => found[way] === UNTRIED).length;
  const closed = proven.filter((way) => !open.includes(way) && found[way] !== UNTRIED).length;
  const rest = untried > 0 ? [`${untried} not measured`] : [];
  if (open.length > 0) {
    const list = open.map((way) => `${way}${manner(found[way])}`).join(', ');
    return [`**open**: ${list}`, ...(closed > 0 ? [`${closed} closed`] : []), ...rest].join('; ');
  }
  return [...(closed > 0 ? [`closed (${closed})`] : []), ...rest].join('; ') || '—';
}

/** @param {string[]} cells */
const row = (cells) => `| ${cells.join(' | ')} |`;

/** The tables, from the ways and from what was measured. @param {Record<Engine, Measured>} all */
export function tables(all) {
  const short = (/** @type {string[]} */ ways) =>
    ways.length > 0 ? `by every test run: ${ways.join(', ')}` : '';
  const parts = [
    [
      row(['ways', 'closed by', 'where that does not hold, there is', 'tried']),
      '|---|---|---|---|',
      ...Object.values(GROUPS).map(({ title, closedBy, otherwise, ways, short: few }) =>
        row([
          title,
          closedBy,
          otherwise,
          [`${Object.keys(ways).length} ways`, short(few)].filter(Boolean).join('; '),
        ]),
      ),
    ].join('\n'),
  ];
  for (const [engine, title] of /** @type {[Engine, string][]} */ (Object.entries(TITLES))) {
    const measured = all[engine];
    parts.push(
      [
        row([`${title} ${measured.version}`, ...KINDS.map(([, words]) => words)]),
        '|---|---|---|---|',
        ...Object.values(GROUPS).map(({ title: group, ways }) =>
          row([group, ...KINDS.map(([kind]) => cell(Object.keys(ways), measured.control, measured[kind]))]),
        ),
      ].join('\n'),
    );
  }
  return parts.join('\n\n');
}
