// A voice made by a computer, for the examples: pulses or breath through the resonances of a mouth that moves
// from sound to sound. Pure arithmetic; the same bytes every time.

export const RATE = 16_000;
/** The mouth takes this long to reach the next sound. */
const GLIDE_S = 0.045;
/** Work is done in steps of this many samples: 5 ms. */
const STEP = 80;

/**
 * A sound: resonances in Hz, voice and breath from 0 to 1, seconds.
 * @typedef {[number, number, number, number, number, number]} Sound
 */
/** @type {Record<string, Sound>} */
const SOUNDS = {
  h: [600, 1500, 2500, 0, 0.5, 0.07],
  e: [530, 1840, 2480, 1, 0.02, 0.1],
  l: [360, 1150, 2700, 0.55, 0, 0.07],
  o: [500, 950, 2350, 1, 0.02, 0.13],
  U: [380, 850, 2250, 0.8, 0.02, 0.14],
  a: [760, 1300, 2500, 1, 0.02, 0.13],
  A: [720, 1090, 2440, 1, 0.02, 0.15],
  r: [430, 1150, 1600, 0.7, 0, 0.09],
  j: [280, 2200, 2900, 0.7, 0, 0.07],
  u: [310, 900, 2240, 0.9, 0.02, 0.24],
  w: [300, 700, 2200, 0.7, 0, 0.08],
  i: [290, 2250, 2950, 0.9, 0.02, 0.14],
  n: [270, 1300, 2500, 0.45, 0, 0.08],
  x: [450, 1950, 2600, 0, 0, 0.05],
  X: [4800, 5800, 6900, 0, 0, 0.05],
  s: [4800, 5800, 6900, 0, 0.0001, 0.16],
  E: [450, 1950, 2600, 1, 0.02, 0.16],
  _: [500, 1500, 2500, 0, 0, 0.16],
};
/** "Hello. How are you? We are on our way." */
const TEXT = '_heloU_haUArju_wiArAnaUrwEi_';
/**
 * The same, and "Yes.", for who looks for an s. Before it the voice ends (x, X), or its last pulses would be
 * heard through it.
 */
export const WITH_S = `${TEXT}jExXs_`;

/**
 * @typedef {object} Manner
 * @property {number} pitch   Hz, where the melody lies
 * @property {number} melody  semitones up and down
 * @property {number} pace    1 = as above, more is faster
 * @property {number} press   0 soft … 1.5 pressed: how suddenly the vocal folds close
 * @property {number} voice   0 for a whisper, 1 for a voice
 */
export const MANNERS = /** @satisfies {Record<string, Manner>} */ ({
  calm: { pitch: 105, melody: 1.6, pace: 0.86, press: 0.15, voice: 1 },
  lively: { pitch: 290, melody: 8, pace: 1.5, press: 1.25, voice: 1 },
  whisper: { pitch: 120, melody: 0, pace: 1.25, press: 0, voice: 0 },
});

/** Noise that is the same every time. */
function dice() {
  let state = 20_260_101;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  };
}

/** One resonance of the mouth; its frequency may move. */
function resonator() {
  let [a, b, c, y1, y2] = [1, 0, 0, 0, 0];
  return {
    /** @param {number} hz @param {number} width Hz */
    set(hz, width) {
      const r = Math.exp((-Math.PI * width) / RATE);
      c = -r * r;
      b = 2 * r * Math.cos((2 * Math.PI * hz) / RATE);
      a = 1 - b - c;
    },
    /** @param {number} x */
    run(x) {
      const y = a * x + b * y1 + c * y2;
      y2 = y1;
      y1 = y;
      return y;
    },
  };
}

/**
 * A creaking moment: every second pulse is weaker there, so that the pitch could also be an octave lower. `at` and `half` its width in
 * s, `depth` how much weaker in its middle, 0 to 1.
 * @typedef {{at: number, half: number, depth: number}} Creak
 */
/** So that the best guess of the calm voice's pitch leaps down and back, and the path through the guesses does not. */
export const CREAK = { at: 1.74, half: 0.15, depth: 0.65 };

/**
 * @param {Manner} manner
 * @param {string} [text]
 * @param {Creak} [creak]
 * @returns {Float32Array<ArrayBuffer>} samples at {@link RATE}, a few seconds
 */
export function speak({ pitch, melody, pace, press, voice }, text = TEXT, creak = { ...CREAK, depth: 0 }) {
  const sounds = [...text].map((letter) => SOUNDS[letter]);
  const seconds = sounds.reduce((sum, sound) => sum + sound[5] / pace, 0);
  const out = new Float32Array(Math.ceil((seconds * RATE) / STEP) * STEP);
  const noise = dice();
  const mouth = [resonator(), resonator(), resonator(), resonator()];
  mouth[3].set(3_500, 250);
  /** Where the mouth is now: the first five numbers of a sound. */
  const now = sounds[0].slice(0, 5);
  const approach = 1 - Math.exp(-STEP / RATE / (GLIDE_S / pace / 2));
  let [index, left, phase, pulse, before, wobble] = [0, sounds[0][5] / pace, 0, 0, 0, 0];
  for (let from = 0; from < out.length; from += STEP) {
    for (; left <= 0 && index < sounds.length - 1; left += sounds[index][5] / pace) index += 1;
    left -= STEP / RATE;
    for (let k = 0; k < 5; k += 1) now[k] += (sounds[index][k] - now[k]) * approach;
    // Behind the teeth nothing rings.
    const dull = now[0] > 1_500 ? 8 : 1;
    [70, 90, 130].forEach((width, k) => mouth[k].set(now[k], width * dull));
    mouth[3].set(3_500 * Math.min(2, dull), 250 * dull);
    const at = from / out.length;
    wobble = 0.8 * wobble + 0.2 * noise();
    // The melody: three arcs over the sentences, falling towards the end, never quite steady.
    const tones = melody * (Math.sin(at * 6 * Math.PI) + 0.4 - 1.2 * at) + 0.25 * wobble;
    const hz = pitch * 2 ** (tones / 12);
    const weak = creak.depth * Math.max(0, 1 - Math.abs(from / RATE - creak.at) / creak.half);
    for (let k = from; k < from + STEP; k += 1) {
      phase += hz / RATE;
      if (phase >= 1) [phase, pulse] = [phase - 1, 1 - pulse];
      const x =
        voice * now[3] * (1 - pulse * weak) * flow(phase, press) +
        (now[4] + (1 - voice) * 0.4 * now[3]) * 0.25 * noise();
      const y = mouth.reduce((sound, part) => part.run(sound), x);
      // The lips let the change of the flow out.
      out[k] = y - 0.99 * before;
      before = y;
    }
  }
  const loudest = out.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  // Between the words no recording is quite silent.
  return out.map((value) => (0.5 * value) / loudest + 0.0004 * noise());
}

/**
 * The flow of air through the vocal folds: it rises, falls faster, and rests.
 * @param {number} phase  0–1
 * @param {number} press
 */
function flow(phase, press) {
  const [rise, fall] = [0.42 - 0.1 * press, 0.24 - 0.14 * press];
  if (phase < rise) return 0.5 - 0.5 * Math.cos((Math.PI * phase) / rise);
  return phase < rise + fall ? Math.cos((Math.PI / 2) * ((phase - rise) / fall)) : 0;
}
