// The level of what is heard: short-time peak and zones. Pure arithmetic on samples.

/** The scale of the meter in dBFS, and its zones. */
export const SCALE = { low: -60, quiet: -40, loud: -3, high: 0 };
const CLIPPED = 10 ** (-0.1 / 20);
const FALL_DB_PER_S = 20;
const HOLD_S = 2;
const CLIP_WORD_S = 3;

/** @param {number} peak linear */
const decibels = (peak) => (peak > 1e-6 ? 20 * Math.log10(peak) : -120);

export function createLevel() {
  let rate = 48_000;
  let seconds = 0;
  let shown = -120;
  let held = -120;
  let heldAt = 0;
  let clippedAt = -Infinity;
  return {
    /** Highest peak since the start in dBFS. */
    loudest: -120,
    /** @param {number} rateHz */
    reset(rateHz) {
      rate = rateHz;
      seconds = 0;
      shown = held = this.loudest = -120;
      heldAt = 0;
      clippedAt = -Infinity;
    },
    /** @param {Float32Array} samples */
    add(samples) {
      let peak = 0;
      for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
      const duration = samples.length / rate;
      seconds += duration;
      const now = decibels(peak);
      shown = Math.max(now, shown - FALL_DB_PER_S * duration);
      if (now >= held || seconds - heldAt > HOLD_S) {
        held = now;
        heldAt = seconds;
      }
      this.loudest = Math.max(this.loudest, now);
      if (peak >= CLIPPED) clippedAt = seconds;
    },
    shown: () => shown,
    held: () => held,
    /** Whether the sound was at the limit within the last seconds. */
    clipped: () => seconds - clippedAt < CLIP_WORD_S,
    /** @returns {'quiet'|'good'|'loud'} */
    zone: () => (shown < SCALE.quiet ? 'quiet' : shown < SCALE.loud ? 'good' : 'loud'),
  };
}
