// Tables as CSV: openSMILE's column names, a row for each sound or utterance, full precision.
import { exact } from '../shell/format.js';

/** A cell of a CSV file. @param {string} text */
const cell = (text) => (/[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

/** @typedef {{name: string, before?: string[], values: ArrayLike<number|undefined>, given?: string[]}} Row */

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
