// The sound of the last seconds, as columns of tones and pitch in a ring. The sound itself is let go: it is pushed into
// takes that follow each other, none of which lives longer than half a minute.
/** @import {Engine, Take} from '../types.js' */

/** Columns in a second. */
export const COLUMNS_PER_S = 100;
/** The longest span that is shown, s. */
export const LONGEST_S = 16;
/** The ring's length in columns. */
const RING = LONGEST_S * COLUMNS_PER_S;
/** A take is followed by another after so long, which began so much before, s: its pitch needs to have heard something. */
const LIFE_S = 20;
const LEAD_S = 2;
/** The last columns of the one before may still change, and are taken from the other. */
const OPEN = 60;
/** Left empty where sound was left out, in columns. */
const GAP = 8;

/** @typedef {{take: Take, frames: number, base: number, painted: number, loudest: number}} Part  `base`: number of its first column */

/** @param {Engine} engine @param {number} rateHz */
export function createSound({ wasm }, rateHz) {
  /** @type {Part[]} the one that is read, and at times the one that will follow it */
  let parts = [];
  let rows = 0;
  let tones = new Uint8Array();
  const f0Hz = new Float32Array(RING);
  let end = 0;
  /** Columns before this one are not written again. */
  let fixed = 0;
  /** Columns from here on were not seen since they were last asked for. */
  let changed = 0;

  /** @param {number} base */
  const part = (base) => ({ take: new wasm.Take(rateHz), frames: 0, base, painted: 0, loudest: 0 });

  /** @param {number} number */
  function clear(number) {
    tones.fill(0, (number % RING) * rows, ((number % RING) + 1) * rows);
    f0Hz[number % RING] = 0;
  }

  return {
    /** @param {Float32Array} samples */
    push(samples) {
      if (!parts.length) parts = [part(end)];
      for (const one of parts) {
        one.take.push(samples);
        one.frames += samples.length;
      }
      const [first] = parts;
      const age = first.frames / rateHz;
      if (age > LIFE_S - LEAD_S && parts.length < 2)
        parts.push(part(first.base + Math.round(age * COLUMNS_PER_S)));
      if (age > LIFE_S) {
        parts.shift()?.take.free();
        fixed = end - OPEN;
      }
    },
    /** Reads what has come in since. */
    read() {
      const [one] = parts;
      if (!one) return;
      const view = one.take.liveView(RING, false, one.painted, one.loudest);
      if (!rows && view.rows) {
        rows = view.rows;
        tones = new Uint8Array(RING * rows);
      }
      for (let i = 0; i < view.columns; i += 1) {
        const number = one.base + view.first + i;
        if (number < fixed) continue;
        tones.set(view.tones.subarray(i * rows, (i + 1) * rows), (number % RING) * rows);
        f0Hz[number % RING] = view.f0Hz[i] ?? 0;
      }
      changed = Math.min(changed, Math.max(fixed, one.base + view.first));
      end = Math.max(end, one.base + view.first + view.columns);
      Object.assign(one, { painted: view.first + view.columns, loudest: view.loudest });
    },
    /** Sound is left out from here on: it goes on after a gap. */
    skip() {
      for (const { take } of parts) take.free();
      parts = [];
      for (let i = 0; i < GAP; i += 1) clear(end + i);
      end += GAP;
      fixed = end;
    },
    /** Lets everything go. */
    free() {
      for (const { take } of parts) take.free();
      parts = [];
    },
    /** The number of the next column. */
    end: () => end,
    rows: () => rows,
    /** Columns `from` to `to` as the picture has them. @param {number} from @param {number} to */
    columns(from, to) {
      const out = new Uint8Array(Math.max(0, to - from) * rows);
      for (let k = from; k < to; k += 1)
        if (k >= 0) out.set(tones.subarray((k % RING) * rows, ((k % RING) + 1) * rows), (k - from) * rows);
      return out;
    },
    /** @param {number} from @param {number} to */
    pitch: (from, to) =>
      Float32Array.from({ length: Math.max(0, to - from) }, (_, i) =>
        from + i < 0 ? 0 : f0Hz[(from + i) % RING],
      ),
    /** From which column on the picture has changed since this was asked last. */
    changes() {
      const from = Math.max(changed, end - RING, 0);
      changed = end;
      return from;
    },
  };
}
