// Tables as CSV: openSMILE's column names, a row for each sound or utterance, full precision.
import { exact } from '../shell/format.js';

/**
 * Text of a cell that no spreadsheet takes for a formula, as the command line has it: `'` stands in front of one that begins with `=`, `+`, `-`,
 * `@`, tab or carriage return, or so behind a `'`. A lone sign is no formula.
 * @param {string} text
 */
const guarded = (text) => (text.length > 1 && /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/**
 * A cell of a CSV file. Text stands in quotes also where it has a semicolon or a tab, at which spreadsheets end cells, too.
 * @param {Given} given
 */
function cell(given) {
  if (typeof given !== 'string') return String(given);
  const text = guarded(given);
  return /[",;\t\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** @typedef {string|number|boolean} Given  strings are text, perhaps from outside */
/** @typedef {{name: string, before?: Given[], values: ArrayLike<number|undefined>, given?: Given[]}} Row */

/**
 * The file's name comes first; what a model gives stands in columns of its own at the end. A value that is not known is an empty cell.
 * @param {string[]} names
 * @param {Row[]} rows
 */
export function csv(names, rows) {
  const lines = rows.map(({ name, before = [], values, given = [] }) =>
    [
      cell(name),
      ...before.map(cell),
      ...Array.from(values, (value) => (value === undefined ? '' : exact(value))),
      ...given.map(cell),
    ].join(','),
  );
  return `${[['file', ...names].join(','), ...lines].join('\n')}\n`;
}
