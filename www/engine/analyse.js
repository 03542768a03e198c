// Runs the analysis of one sound.
/** @import {Engine, Levelled, Measures, SoundPicture, Take} from '../types.js' */
import { breathe, painted } from '../shell/dom.js';
import { inSlices } from '../shell/slices.js';

/**
 * Lets go of what the measuring part holds. Where it stopped in the middle of its work it gives nothing back, and the reason for that is
 * what counts.
 * @param {{free: () => void}} held
 */
export function letGo(held) {
  try {
    held.free();
  } catch (error) {
    console.info(error);
  }
}

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
  /** @param {number} sliceMs */
  async function step(sliceMs) {
    const share = analyser.step(sliceMs);
    progress(share);
    const levelled = isEarly ? analyser.levelled() : undefined;
    if (!levelled) return share;
    isEarly = false;
    await breathe();
    signal.throwIfAborted();
    early(levelled);
    await painted();
    return share;
  }
  try {
    await inSlices(step, signal);
    await breathe();
    const measures = analyser.measures();
    await breathe();
    const picture = analyser.picture();
    await breathe();
    // Given up after the last slice is given up, too.
    signal.throwIfAborted();
    return { measures, picture };
  } finally {
    letGo(analyser);
  }
}
