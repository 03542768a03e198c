// Recordings, measures and analyses as the page has them, to be changed by each test as it needs.
/** @import {Analysis, Catalogue, Measures, Recording, Take} from '../../../www/types.js' */

/**
 * A stand-in that has what the code under test uses of a thing, and no more.
 * @template T
 * @param {unknown} value
 * @returns {T}
 */
export const standIn = (value) => /** @type {any} */ (value);

/** @param {number} length */
export const row = (length, value = 0.5) => Array.from({ length }, () => value);

/** @type {Catalogue} */
export const catalogue = {
  version: 'x/1',
  features: row(88).map((_, i) => ({
    name: `f${i}`,
    lld: null,
    frames: 'all',
    statistic: 'mean',
    unit: '',
    group: 'Pitch',
    family: 'energy',
  })),
  groups: ['Pitch', 'Loudness'],
  families: ['energy'],
  llds: [],
  flags: ['too_short', 'noisy', 'unlike_reference'],
  limits: { minRateHz: 8_000, maxRateHz: 48_000, minSeconds: 0.06, sampleRateHz: 16_000 },
};

/** @param {Partial<Measures>} [more] @returns {Measures} */
export const measuresWith = (more) => ({
  flags: ['noisy'],
  region: [0, 2],
  signal: {
    duration_s: 2,
    active_speech_s: 1.5,
    active_speech_level_dbfs: -20,
    peak_dbfs: -3,
    clipped_share: 0,
    dc: 0,
    snr_db: null,
    voiced_share: 0.5,
  },
  pitch: null,
  features: row(88),
  model_features: row(88),
  version: '0.1.0',
  ...more,
});

/** @param {Partial<Analysis>} [more] @returns {Analysis} */
export const analysisWith = (more) => ({
  ...measuresWith(),
  activation: 3.25,
  interval: [2.5, 4],
  latent: [0.1, 0.2],
  score_axis: 3.25,
  other_axis: -0.1,
  map: [0.1, 0.2],
  baseline: 2.9,
  flags: ['noisy', 'unlike_reference'],
  ranks: [null, ...row(87)],
  limited: [3],
  contributions: {
    features: row(88, 0.004),
    groups: { Pitch: 0.3, Loudness: 0.05 },
    families: { energy: 0.35 },
  },
  groups: { Pitch: 0.3, Loudness: 0.05 },
  families: { energy: 0.35 },
  model: { hash: 'abc', objective: 'metric-act' },
  ...more,
});

/** @param {Partial<Recording>} [more] @returns {Recording} */
export const recordingWith = (more) => ({
  number: 2,
  name: 'The dog',
  file: 'dog.wav',
  when: new Date(Date.UTC(2026, 10, 23)),
  seconds: 2,
  take: /** @type {Take} */ (standIn({ wav: () => Uint8Array.of(1, 2, 250), free() {} })),
  measures: measuresWith(),
  analysis: analysisWith(),
  picture: standIn({ columns: 1 }),
  captured: { device: 'Built-in', rate: 48_000, echo: false, noise: true },
  notices: [{ key: 'notice.interrupted', params: { t: '0:05' } }],
  problem: null,
  ...more,
});
