// What a part of the page remembers of recordings, until they are gone for good.
import { watch, withDeleted } from './state.js';

/**
 * Something for each recording, by its id: numbers are given again once everything is forgotten.
 * @template T
 * @returns {Map<string, T>}
 */
export function byRecording() {
  /** @type {Map<string, T>} */
  const remembered = new Map();
  watch(['recordings', 'deleted'], () => {
    const known = new Set(withDeleted().map(({ id }) => id));
    for (const id of remembered.keys()) if (!known.has(id)) remembered.delete(id);
  });
  return remembered;
}
