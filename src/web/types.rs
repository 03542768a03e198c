//! The plain objects of the page's side, as TypeScript sees them.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r##"
/** What this module throws: a code to look words up by, a text for developers, and data by the code. */
export interface Thrown { code: string; message: string; [data: string]: unknown }

export interface Feature { name: string; statistic: string; unit: string; group: string; family: string }
export interface Catalogue {
  version: string;
  /** The 88 functionals in official order. */
  features: Feature[];
  /** The 27 groups. */
  groups: string[];
  families: string[];
  /** The 25 contours. */
  contours: string[];
  flags: string[];
  limits: { minRateHz: number; maxRateHz: number; minSeconds: number; sampleRateHz: number };
}

export interface Corpus {
  id: string; name: string; language: string; licence: string; labels: string; utterances: number; speakers: number;
}
export interface ModelInfo {
  objective: string;
  family: string;
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
   * units and counted from the average voice, along a direction that was taught (`taught`) or has no name (`unnamed`).
   */
  frame: { kind: "score" | "taught" | "unnamed"; centre: number; step: number };
}
/** The reference voices; all columns have one entry per voice. */
export interface Cloud {
  /** Place in the map from left to right, in marks 1 to 5: the score where the map's axis is the score. */
  score: Float32Array;
  /** Place upwards, in steps of the same length. */
  other: Float32Array;
  /** Index in `emotions`. */
  emotion: Uint8Array;
  /** Index in `corpora`. */
  corpus: Uint8Array;
  /** The label that the voice was rated with. */
  activation: Float32Array;
  speaker: string[];
  emotions: string[];
  corpora: Corpus[];
}

export interface Sniffed {
  kind: "wav" | "flac" | "mp3" | "aac" | "ogg_vorbis" | "ogg_opus" | "ogg_flac" | "mp4" | "webm" | "unknown";
  rateHz?: number;
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
    /** What the map's axis is; see `ModelInfo.frame`. */
    axis: ModelInfo["frame"]["kind"];
  };
  /** 1 calm … 5 excited; not held to that. By a line fitted afterwards where the model has no such axis. */
  activation: number;
  interval: [number, number];
  /** Score of the average voice, where the contributions start. */
  baseline: number;
  unlike_reference: boolean;
  latent: [number, number];
  /** Place in the map: left to right in marks, and upwards in steps; see `ModelInfo.frame`. */
  score_axis: number;
  other_axis: number;
  /** Share of the reference voices below each value, 0 … 1. */
  ranks: ByName<number | null>;
  /** Features that were held at the model's limits. */
  limited: string[];
  contributions: Contributions;
}

/** Everything that is known about one sound: the object that the command line's `score --json` writes, too. */
export type Analysis = Measures & Prediction;

/** What a WAV file holds, mono. */
export interface WavSound { rateHz: number; samples: Float32Array }

/** Tones of ink, column by column, row 0 = 0 Hz, the last just below 5,000 Hz: 0 (empty) … 9. */
export interface LivePicture { columns: number; rows: number; tones: Uint8Array }
export interface SoundPicture extends LivePicture {
  /** Pitch per column, 0 where there is none. */
  f0Hz: Float32Array;
  seconds: number;
}

export interface Axis { /** px of score 1 */ left: number; /** px of score 5 */ right: number }
export interface Palette {
  paper: string; field: string; mark: string; wash: string; ink: string; ink2: string; line2: string; line: string;
  calm: string; exc: string; markline: string;
  emotions: {
    anger: string; happiness: string; surprise: string; neutral: string; sadness: string;
    fear: string; disgust: string; boredom: string; calm: string;
  };
}
/** A line that drops from a score through a stave. */
export interface Plumb { score: number; dashed?: boolean }
export interface StaveSpec {
  /** CSS px. */
  width: number;
  height: number;
  /** Device px per CSS px. */
  ratio: number;
  axis: Axis;
  palette: Palette;
  plumbs?: Plumb[];
}
export interface ScaleSpec extends StaveSpec {
  /** Of the axis line. */
  y: number;
  average?: number | null;
  own?: number | null;
  marks?: {
    score: number; interval?: [number, number] | null; style: "current" | "start" | "unlike"; number?: number | null;
  }[];
}
export interface EmbeddingSpec extends StaveSpec {
  dotsBy?: "emotion" | "corpus" | "none";
  /** Names of emotions or ids of corpora. */
  hidden?: string[];
  single?: string | null;
  /** All dots at 25 %. */
  faded?: boolean;
  maxDots: number;
  utterances?: { u: number; v: number; number: number; current?: boolean }[];
  interval?: [number, number] | null;
}
export interface ContributionsSpec extends StaveSpec {
  start: number;
  end: number;
  /** A nested row is a part of the last row that is not, and adds nothing. */
  rows: { top: number; height: number; value: number; nested?: boolean }[];
  /** Where the marks of start and end stand; none if absent. */
  startY?: number | null;
  startMark?: "average" | "own" | "recording";
  endY?: number | null;
}
export interface FigureSpec {
  width: number;
  height: number;
  palette: Palette;
  title: string;
  description: string;
  scale?: { left?: number; top: number; spec: ScaleSpec };
  embedding?: { left?: number; top: number; spec: EmbeddingSpec };
  contributions?: { left?: number; top: number; spec: ContributionsSpec };
  /** Pieces of the plumb lines between the staves. */
  plumbs?: { x: number; top: number; bottom: number; dashed?: boolean }[];
  labels?: {
    x: number; y: number; text: string; size: number; face?: "sans" | "sans-bold" | "serif" | "serif-italic";
    anchor?: "start" | "middle" | "end"; colour?: string;
  }[];
}
export interface DrawnMap {
  dots: { x: number; y: number; index: number }[];
  discs: { x: number; y: number; number: number }[];
}
"##;
