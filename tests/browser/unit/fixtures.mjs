// Recordings, measures and analyses as the page has them, to be changed by each test as it needs.
import { catalogue as generated } from '../../../www/engine/catalogue.js';
/** @import {Analysis, Catalogue, Measures, Recording, Take} from '../../../www/types.js' */

/**
 * A stand-in that has what the code under test uses of a thing, and no more.
 * @template T
 * @param {unknown} value
 * @returns {T}
 */
export const standIn = (value) => /** @type {any} */ (value);

/** The catalogue of the program, with fewer groups and families. @type {Catalogue} */
export const catalogue = {
  ...generated,
  groups: ['Pitch', 'Loudness'],
  families: ['energy'],
  flags: ['short', 'noisy', 'unlike_reference'],
};

/** The features' official names. */
export const NAMES = generated.features.map(({ name }) => name);

/**
 * A value for each feature, with the first one's own.
 * @template T
 * @param {T} value
 * @param {T} [first]
 * @returns {Record<string, T>}
 */
export const byName = (value, first = value) =>
  Object.fromEntries(NAMES.map((name, i) => [name, i === 0 ? first : value]));

/**
 * A file's bytes as `Take` gives them.
 * @param {Uint8Array} bytes
 * @param {number} size  of a piece
 */
export const inPieces = (bytes, size) => (/** @type {number} */ piece) =>
  bytes.slice(piece * size, (piece + 1) * size);

/** @param {Partial<Measures>} [more] @returns {Measures} */
export const measuresWith = (more) => ({
  schema: 1,
  version: '0.1.0',
  catalogue: generated.version,
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
  pitch: { low_hz: Math.fround(99.9), median_hz: 110, high_hz: 120 },
  features: byName(0.5, Math.fround(0.1)),
  model_features: byName(0.5, Math.fround(1e-7)),
  ...more,
});

/** @param {Partial<Analysis>} [more] @returns {Analysis} */
export const analysisWith = (more) => ({
  ...measuresWith(),
  model: { hash: 'abc', objective: 'metric-act', interval_level: 0.8, axis: 'score' },
  activation: 3.25,
  interval: [2.5, 4],
  baseline: 2.9,
  unlike_reference: true,
  latent: [0.1, 0.2],
  score_axis: 3.25,
  other_axis: -0.1,
  flags: ['noisy', 'unlike_reference'],
  ranks: byName(/** @type {number | null} */ (0.5), null),
  limited: [NAMES[3]],
  contributions: {
    features: byName(0.004),
    groups: { Pitch: 0.3, Loudness: 0.05 },
    families: { energy: 0.35 },
  },
  ...more,
});

/** @param {Partial<Recording>} [more] @returns {Recording} */
export const recordingWith = (more) => ({
  id: 'a1',
  number: 2,
  name: 'The dog',
  file: 'dog.wav',
  source: null,
  channels: { count: 2, taken: 1, difference: 'levels' },
  when: new Date(Date.UTC(2026, 10, 23)),
  seconds: 2,
  take: /** @type {Take} */ (standIn({ wavPiece: inPieces(Uint8Array.of(1, 2, 250), 2), free() {} })),
  measures: measuresWith(),
  analysis: analysisWith(),
  picture: standIn({ columns: 1 }),
  captured: { device: 'Built-in', rate: 48_000, echo: false, noise: true },
  notices: [{ key: 'notice.interrupted', params: { t: '0:05' } }],
  problem: null,
  course: null,
  ...more,
});
