// Notices when somebody has stopped speaking. Pure arithmetic on samples.

/** Speech lies at most this far below the loudest of it. */
const BELOW_DB = 26;
/** And never below this, in dBFS: the room. */
const FLOOR_DB = -50;
/** So much speech must have been heard before a pause means anything. */
export const SPEECH_S = 0.6;
/** So long it must be quiet where nothing else is said. */
export const PAUSE_S = 2;

/** @param {number} [pauseS]  so long it must be quiet */
export function createPause(pauseS = PAUSE_S) {
  let [rate, loudest, spoken, quiet] = [48_000, FLOOR_DB, 0, 0];
  return {
    /** @param {number} rateHz */
    reset(rateHz) {
      [rate, loudest, spoken, quiet] = [rateHz, FLOOR_DB, 0, 0];
    },
    /** @param {Float32Array} samples some 20 ms @returns {boolean} whether the speaker has come to an end */
    add(samples) {
      // The mean, not the peak: a click in the room is no speech.
      const power = samples.reduce((sum, value) => sum + value * value, 0) / Math.max(1, samples.length);
      const level = 10 * Math.log10(power + 1e-12);
      const seconds = samples.length / rate;
      loudest = Math.max(loudest, level);
      const speaks = level > Math.max(FLOOR_DB, loudest - BELOW_DB);
      spoken += speaks ? seconds : 0;
      quiet = speaks ? 0 : quiet + seconds;
      return spoken >= SPEECH_S && quiet >= pauseS;
    },
  };
}
