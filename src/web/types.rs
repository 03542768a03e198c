//! What the module hands out, as TypeScript sees it; figures' options are declared where they are made
//! ([`super::options`]).

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r##"
/** What this module throws: a code to look words up by, a text for developers, and data by the code. */
export interface Thrown { code: string; message: string; [data: string]: unknown }

/** A low-level descriptor. */
export interface Lld { name: string; unit: string; frameSeconds: number; needsPitch: boolean }
export interface Feature {
  name: string;
  /** Name of the descriptor that it summarises; null for segments and level. */
  lld: string | null;
  frames: string;
  statistic: string; unit: string; group: string; family: string;
}
export interface Catalogue {
  version: string;
  /** The 25 low-level descriptors in official order. */
  llds: Lld[];
  /** The 88 functionals in official order. */
  features: Feature[];
  /** The 27 groups. */
  groups: string[];
  families: string[];
  flags: string[];
  limits: { minRateHz: number; maxRateHz: number; minSeconds: number; sampleRateHz: number };
}

export interface Corpus {
  id: string; name: string; language: string; licence: string; labels: string; utterances: number; speakers: number;
}
export interface ModelInfo {
  objective: string;
  /** Kind of autoencoder: `dae` or `vae`. */
  architecture: string;
  /** Score of the average voice. */
  baseline: number;
  /** Share of held-out ratings inside the range. */
  interval_level: number;
  /** Ends of the range, as offsets from the score. */
  interval: [number, number];
  /** SHA-256 of the weights file. */
  hash: string;
  corpora: Corpus[];
  /** Version of the features that it was trained with. */
  catalogue: string;
  /** Version of the program that trained it. */
  version: string;
  name: string;
  date: string;
  commit: string;
  seed: number;
  /**
   * What the map's five marks are: scores 1 to 5 (`score`); or `centre` and steps of it to both sides, in the model's own
   * units and counted from the average voice, along the valence that the model was trained on (`valence`) or along the
   * longer side of a space that has no trained direction (`free`).
   */
  map: { axis: "score" | "valence" | "free"; centre: number; step: number };
}
/** The training voices; all columns have one entry per voice. */
export interface Cloud {
  /** Place in the map from left to right, in marks 1 to 5: the score where the map's axis is the score. */
  score: Float32Array;
  /** Place upwards, in steps of the same length. */
  other: Float32Array;
  /** Index in `emotions`. */
  emotion: Uint8Array;
  /** Index in `corpora`. */
  corpus: Uint8Array;
  /** Its activation label. */
  activation: Float32Array;
  speaker: string[];
  emotions: string[];
  corpora: Corpus[];
}

/** A value for each of the 88 features, by official name in the catalogue's order. */
export type ByName<Value = number> = Record<string, Value>;

/** What was measured of one sound; no model has seen it. `docs/schema/analysis.json` describes every field. */
export interface Measures {
  /** Version of this object's form. */
  schema: number;
  /** Version of the program that measured. */
  version: string;
  /** Version of the list of features. */
  catalogue: string;
  /** What is to be said with care about the sound. */
  flags: string[];
  /** The speech within the recording, in seconds. */
  region: [number, number];
  signal: {
    duration_s: number; active_speech_s: number; active_speech_level_dbfs: number; peak_dbfs: number;
    clipped_share: number; dc: number; snr_db: number | null; voiced_share: number;
  };
  pitch: { low_hz: number; median_hz: number; high_hz: number };
  /** The 88 values of the speech as recorded. */
  features: ByName;
  /** The 88 values at the fixed level: a model's inputs. */
  model_features: ByName;
}

/** What is known of a sound when a model can already predict from it. */
export type Levelled = Pick<Measures, "flags" | "region" | "signal" | "pitch" | "model_features">;

/** What leads from one score to another; each list adds up to the difference. */
export interface Contributions { features: ByName; groups: Record<string, number>; families: Record<string, number> }
export interface Attribution { baseline: number; activation: number; contributions: Contributions }

/** What a model predicts from a sound's 88 model features. */
export interface Prediction {
  model: {
    objective: string;
    /** SHA-256 of the weights file. */
    hash: string;
    /** Share of held-out ratings inside the interval. */
    interval_level: number;
    /** What the map's axis is; see `ModelInfo.map`. */
    axis: ModelInfo["map"]["axis"];
  };
  /** 1 calm … 5 excited; not clamped. By a readout fitted afterwards where the model has no such axis. */
  activation: number;
  interval: [number, number];
  /** Score of the average voice, where the contributions start. */
  baseline: number;
  unlike_reference: boolean;
  latent: [number, number];
  /** Place in the map: left to right in marks, and upwards in steps; see `ModelInfo.map`. */
  score_axis: number;
  other_axis: number;
  /** Share of the training voices below each value, 0 … 1. */
  ranks: ByName<number | null>;
  /** Features that were held at the model's limits. */
  limited: string[];
  contributions: Contributions;
}

/** Everything that is known about one sound: the object that the command line's `score --json` writes, too. */
export type Analysis = Measures & Prediction;

/** Tones of ink, column by column, row 0 = 0 Hz, the last just below 5,000 Hz: 0 (empty) … 9. */
export interface LivePicture { columns: number; rows: number; tones: Uint8Array }
/** What is to be painted of a growing picture: columns from number `first` on. */
export interface LiveView extends LivePicture {
  /** The column at the left edge. */
  start: number;
  first: number;
  /** The loudest level that is shown, which the tones are relative to. */
  loudest: number;
  /** Pitch per column, 0 where there is none. */
  f0Hz: Float32Array;
}
/** Of a long sound a column stands for several 10 ms. */
export interface SoundPicture extends LivePicture {
  /** Pitch per 10 ms, 0 where there is none. */
  f0Hz: Float32Array;
  seconds: number;
}

/** The order of two recordings of one voice. */
export interface OrderEstimate {
  /** Probability that listeners hear the one with the higher score as the more activated one, 0.5 to 1. */
  probability: number;
  verdict: "alike" | "more" | "much";
}

export interface DrawnMap {
  dots: { x: number; y: number; index: number }[];
  discs: { x: number; y: number; number: number }[];
  /** How long a step is upwards compared with one sideways: 1, or less where the canvas is low. */
  flatness: number;
}
"##;
