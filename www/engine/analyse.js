// Runs the analysis in slices, so that the page never stands still.
/** @import {Engine, Levelled, Measures, SoundPicture, Take} from '../types.js' */
import { breathe, painted } from '../shell/dom.js';

/** Longest slice in milliseconds. */
const SLICE_MS = 8;

/**
 * @param {Engine} engine
 * @param {Take} take  closed
 * @param {AbortSignal} signal
 * @param {(share: number) => void} progress
 * @param {(levelled: Levelled) => void} early  called once, when a model can predict from what is known
 * @returns {Promise<{measures: Measures, picture: SoundPicture}>}
 */
export async function analyse(engine, take, signal, progress, early) {
  const analyser = new engine.wasm.Analyser(take);
  let isEarly = true;
  try {
    for (let share = 0; share < 1;) {
      await breathe();
      signal.throwIfAborted();
      share = analyser.step(SLICE_MS);
      progress(share);
      const levelled = isEarly ? analyser.levelled() : undefined;
      if (!levelled) continue;
      isEarly = false;
      await breathe();
      signal.throwIfAborted();
      early(levelled);
      await painted();
    }
    await breathe();
    const measures = analyser.measures();
    await breathe();
    const picture = analyser.picture();
    await breathe();
    // Given up after the last slice is given up, too.
    signal.throwIfAborted();
    return { measures, picture };
  } finally {
    analyser.free();
  }
}
