// Utterances of a longer sound: where they are, what is measured of each, how far its score can be relied on. In slices, so that the
// page never stands still.
/** @import {Engine, Take, Utterance, WindowInputs} from '../types.js' */
/** @import {UtterancePlace} from '../../pkg/reader.js' */
import { codeOf } from '../shell/errors.js';
import { inSlices } from '../shell/slices.js';
import { inputs, judged, windowOf } from './predict.js';
import { reader } from './reader.js';

/** Utterances that last longer are followed by windows of so many seconds, one every so many. */
const LONG_S = 8;
const WINDOW_S = 3;
const WINDOW_STEP_S = 1;

/** Samples of a sound that are handed over at once. */
const PIECE = 8_000;
const RATE_HZ = 16_000;

/**
 * Finds the utterances of a sound while it grows.
 * @param {number} pauseS  that ends an utterance
 */
export async function splitterOf(pauseS) {
  const { Utterances } = await reader();
  const splitter = new Utterances(pauseS);
  let taken = 0;
  /** @type {Utterance[]} */
  const found = [];
  return {
    found,
    /** Where one began that is still going on, in s. */
    open: () => splitter.open ?? null,
    /**
     * Follows what has come of a sound, for a slice. Returns the share that is done.
     * @param {Take} take
     * @param {number} sliceMs
     */
    step(take, sliceMs) {
      const total = Math.round(take.seconds * RATE_HZ);
      const until = performance.now() + sliceMs;
      while (taken < total && performance.now() < until) {
        const end = Math.min(total, taken + PIECE);
        splitter.push(take.samplesBetween(taken / RATE_HZ, end / RATE_HZ));
        taken = end;
      }
      collect();
      return total ? taken / total : 1;
    },
    /** The sound has ended, and all of it was followed. */
    finish() {
      splitter.finish();
      collect();
    },
    free: () => splitter.free(),
  };
  function collect() {
    for (let place = splitter.next(); place; place = splitter.next())
      found.push(unmeasured(place, found.length + 1));
  }
}

/**
 * @param {Take} take  closed
 * @param {number} pauseS  that ends an utterance
 * @param {AbortSignal} signal
 * @param {(share: number) => void} progress
 */
export async function cut(take, pauseS, signal, progress) {
  const splitter = await splitterOf(pauseS);
  try {
    await inSlices((sliceMs) => splitter.step(take, sliceMs), signal, progress);
    splitter.finish();
    return splitter.found;
  } finally {
    splitter.free();
  }
}

/**
 * An utterance that nothing is known of but its place.
 * @param {UtterancePlace} place
 * @param {number} number
 * @returns {Utterance}
 */
export const unmeasured = ({ start, end, voicedS, aboveDb }, number) => ({
  id: '',
  number,
  name: '',
  file: '',
  source: null,
  channels: null,
  when: new Date(),
  take: null,
  seconds: end - start,
  measures: null,
  analysis: null,
  picture: null,
  captured: null,
  notices: [],
  problem: null,
  course: null,
  start,
  end,
  voicedS,
  aboveDb,
  failed: null,
  isMeasured: false,
  certainty: 'none',
  reasons: [],
  windows: [],
  windowsBy: '',
  windowInputs: [],
  voice: 0,
  isOut: false,
  isByHand: false,
  pauseInsideS: 0,
  before: null,
});

/**
 * Measures utterances that are not measured yet. The take may still grow.
 * @param {Engine} engine
 * @param {Take} take
 * @param {Utterance[]} utterances
 * @param {boolean} acoustics
 * @param {AbortSignal} signal
 * @param {(share: number) => void} progress
 */
export async function measureUtterances(engine, take, utterances, acoustics, signal, progress) {
  const all = utterances.reduce((sum, { seconds }) => sum + seconds, 0);
  const measured = [];
  let done = 0;
  for (const utterance of utterances) {
    measured.push(
      utterance.isMeasured ? utterance : await measureOne(engine, take, utterance, acoustics, signal),
    );
    done += utterance.seconds;
    progress(done / all);
  }
  return measured;
}

/**
 * @param {Engine} engine
 * @param {Take} take
 * @param {Utterance} utterance
 * @param {boolean} acoustics
 * @param {AbortSignal} signal
 * @returns {Promise<Utterance>}
 */
async function measureOne(engine, take, utterance, acoustics, signal) {
  const { start, end, seconds, aboveDb } = utterance;
  const bare = {
    ...utterance,
    isMeasured: true,
    measures: null,
    analysis: null,
    failed: null,
    windows: [],
    windowsBy: '',
    windowInputs: [],
  };
  const parts = await reader();
  const reason = parts.unscored(seconds, aboveDb);
  if (reason) return { ...bare, certainty: 'none', reasons: [reason] };
  try {
    const measures = await analysed(engine, take, start, end, false, signal, (analyser) =>
      analyser.measures(),
    );
    /** @type {Utterance['windows']} */
    const windows = [];
    /** @type {WindowInputs[]} */
    const windowInputs = [];
    for (let from = start; !acoustics && seconds > LONG_S && from + WINDOW_S <= end; from += WINDOW_STEP_S) {
      const found = await inputsOf(engine, take, from, from + WINDOW_S, signal);
      if (!found) continue;
      windowInputs.push(found);
      windows.push(windowOf(found, engine.model));
    }
    const windowsBy = windows.length ? engine.info.hash : '';
    return judged({ ...bare, measures, windows, windowsBy, windowInputs }, engine, acoustics);
  } catch (error) {
    const failed = codeOf(error);
    if (signal.aborted || !failed) throw error;
    return judged({ ...bare, failed }, engine, acoustics);
  }
}

/**
 * What a model predicts the score of a window from; null where it has too little voice.
 * @param {Engine} engine
 * @param {Take} take
 * @param {number} start
 * @param {number} end
 * @param {AbortSignal} signal
 * @returns {Promise<WindowInputs|null>}
 */
async function inputsOf(engine, take, start, end, signal) {
  try {
    const levelled = await analysed(engine, take, start, end, true, signal, (analyser) =>
      analyser.levelled(),
    );
    if (!levelled) return null;
    const { active_speech_s: speechS, snr_db: snr } = levelled.signal;
    return { start, end, features: inputs(levelled), speechS, snrDb: snr ?? undefined };
  } catch (error) {
    if (signal.aborted || !codeOf(error)) throw error;
    return null;
  }
}

/**
 * @template T
 * @param {Engine} engine
 * @param {Take} take
 * @param {number} start
 * @param {number} end
 * @param {boolean} isWindow  then only what a model predicts from
 * @param {AbortSignal} signal
 * @param {(analyser: import('../../pkg/undertone.js').Analyser) => T} result
 */
async function analysed(engine, take, start, end, isWindow, signal, result) {
  const analyser = engine.wasm.Analyser.part(take, start, end, isWindow);
  try {
    await inSlices((sliceMs) => {
      const share = analyser.step(sliceMs);
      return isWindow && analyser.levelled() ? 1 : share;
    }, signal);
    return result(analyser);
  } finally {
    analyser.free();
  }
}
