// Long work in slices, so that the page never stands still.
import { breathe } from './dom.js';

/** Longest slice in milliseconds. */
export const SLICE_MS = 8;

/**
 * Works until all is done. Given up between two slices by the signal, whose reason it then throws.
 * @param {(sliceMs: number) => number|Promise<number>} step  works about so long, and says what share of all is done
 * @param {AbortSignal} [signal]
 * @param {(share: number) => void} [progress]
 */
export async function inSlices(step, signal, progress) {
  for (let share = 0; share < 1;) {
    await breathe();
    signal?.throwIfAborted();
    share = await step(SLICE_MS);
    progress?.(share);
  }
}

/**
 * For loops: awaited after each turn, lets the browser breathe where a slice is over, and says whether it was.
 * @returns {() => Promise<boolean>}
 */
export function pace() {
  let until = performance.now() + SLICE_MS;
  return async () => {
    if (performance.now() < until) return false;
    await breathe();
    until = performance.now() + SLICE_MS;
    return true;
  };
}
