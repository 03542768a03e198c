// The types of what goes in and comes out. Results of `score`, `explain` and `utterances` are the objects that the command line writes as
// JSON; the repository's docs/schema/ describes every field, and a test compares the names of both.
import type { FamilyName, FeatureName, FlagName, GroupName, LldName } from './catalogue.js';
export type { FamilyName, FeatureName, FlagName, GroupName, LldName };

/** What ends long work: an `AbortSignal` is one. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason?: unknown;
}

/**
 * Why there is no result.
 *
 * `bad_argument`: of a wrong type, or not one of the values that there are. `unsupported_rate`: a sampling rate that is no whole number or
 * out of range. `empty`: not one sample. `too_short`: less than 60 ms, or less than 0.35 s of speech for a score. `not_finite`: a sample is
 * NaN or infinite. `silent`, `no_voice`: there is nothing to score. `aborted`: the signal said so. `closed`: the sound had ended. `load`: a
 * part of the package did not come. `start`: WebAssembly did not start.
 */
export type ErrorCode =
  | 'bad_argument'
  | 'unsupported_rate'
  | 'empty'
  | 'too_short'
  | 'not_finite'
  | 'silent'
  | 'no_voice'
  | 'aborted'
  | 'closed'
  | 'load'
  | 'start';

/** A row of `LLDS`: a low-level descriptor. */
export interface Lld {
  readonly name: LldName;
  readonly unit: string;
  /** Length of the frame that a value is computed from, s. */
  readonly frameSeconds: number;
  /** Whether it has a value only where there is a pitch. */
  readonly needsPitch: boolean;
}

/** A row of `FEATURES`: a functional. */
export interface Feature {
  readonly name: FeatureName;
  /** The descriptor that it summarises; null for segments and level. */
  readonly lld: LldName | null;
  readonly frames: string;
  readonly statistic: string;
  readonly unit: string;
  readonly group: GroupName;
  readonly family: FamilyName;
}

export interface FeatureOptions {
  /** `false` leaves the LLDs empty: less memory, less time. */
  llds?: boolean;
  signal?: Signal;
}

/** The features of a sound. */
export interface Features {
  rateHz: number;
  /** Length of the sound. */
  seconds: number;
  /** The 88 functionals by their official names: single-precision numbers. */
  features: Record<FeatureName, number>;
  /** The 25 smoothed low-level descriptors by their official names, a value per hop; without values where they were left out. */
  llds: Record<LldName, Float32Array>;
  /** Step between frames: 0.01 but at rates where that is not a whole number of samples. */
  hopSeconds: number;
  /** The pitch of each 60 ms frame before smoothing, Hz; 0 where there is none. */
  pitchHz: Float32Array;
}

/** `metric-act` gives the score; the others were trained with other objectives, and their score is a line that was fitted afterwards. */
export type ModelName = 'metric-act' | 'metric-cluster' | 'metric-val' | 'unsupervised';

export interface ScoreOptions {
  model?: ModelName;
  signal?: Signal;
}

export interface ExplainOptions extends ScoreOptions {
  /**
   * `path`: path-integrated gradients from the average training voice. `expected`: the same, averaged over the voices of a background.
   * `shapley`: exact Shapley values of the four families.
   */
  method?: Method;
  /** The voices that the method `expected` starts from. */
  background?: readonly { samples: Float32Array; rateHz: number }[];
}

export interface UtteranceOptions extends ScoreOptions {
  /** The pause that ends an utterance, 0.2 to 3 s; 0.5 unless given. */
  pauseSeconds?: number;
  /** Called with each utterance as soon as it is scored. */
  onUtterance?: (utterance: Utterance) => void;
}

export type Method = 'path' | 'expected' | 'shapley';

/** What was measured of an utterance; no model has seen it. */
export interface Measures {
  /** Version of the form of this object. */
  schema: number;
  /** Version of the program that measured. */
  version: string;
  /** Version of the list of features. */
  catalogue: string;
  /** Reasons to trust the result less. */
  flags: FlagName[];
  /** Start and end of the speech within the sound, s; the rest was left out. */
  region: [number, number];
  /** Figures about the whole sound at 16 kHz. */
  signal: {
    duration_s: number;
    active_speech_s: number;
    active_speech_level_dbfs: number;
    peak_dbfs: number;
    clipped_share: number;
    dc: number;
    /** Null where the background is digital silence. */
    snr_db: number | null;
    voiced_share: number;
  };
  /** Tenth percentile, median, ninetieth percentile of the pitch, Hz. */
  pitch: { low_hz: number; median_hz: number; high_hz: number };
  /** The 88 functionals of the region as recorded, at 16 kHz. */
  features: Record<FeatureName, number>;
  /** The same at one fixed level: the inputs of the model. */
  model_features: Record<FeatureName, number>;
}

/** The model that predicted. */
export interface ModelSummary {
  objective: ModelName;
  /** SHA-256 of the weights file. */
  hash: string;
  /** Share of ratings of held-out speech that lay in the interval. */
  interval_level: number;
  /** What the map's horizontal axis is. */
  axis: 'score' | 'valence' | 'free';
}

/** What leads from one score to another; each list adds up to the difference. */
export interface Contributions {
  features: Record<FeatureName, number>;
  groups: Record<GroupName, number>;
  families: Record<FamilyName, number>;
}

/** Everything that is known about an utterance. */
export interface Analysis extends Measures {
  model: ModelSummary;
  /** Activation (arousal), 1 calm to 5 excited; not limited to that range. */
  activation: number;
  interval: [number, number];
  /** Score of the average training voice, where the contributions start. */
  baseline: number;
  /** Whether the voice is unlike anything that the model was trained on; also a flag. */
  unlike_reference: boolean;
  latent: [number, number];
  score_axis: number;
  other_axis: number;
  /** Share of the training voices with a lower value, 0 to 1. */
  ranks: Record<FeatureName, number | null>;
  /** Features that were held at the model's limits. */
  limited: FeatureName[];
  contributions: Contributions;
}

/** What moved a score, by one method. */
export interface Explanation {
  schema: number;
  version: string;
  catalogue: string;
  model: ModelSummary;
  method: Method;
  baseline: number;
  activation: number;
  /** By the method `shapley` of the families alone. */
  contributions: Pick<Contributions, 'families'> & Partial<Contributions>;
}

/** An utterance of a longer sound. */
export interface Utterance {
  /** Where it starts and ends, s. */
  start: number;
  end: number;
  /** `sure`: at least 1.5 s, at least 20 dB above the background, no flag; `none`: no score. */
  certainty: 'none' | 'uncertain' | 'sure';
  /** Why it is not sure. */
  reasons: (FlagName | 'too_short' | 'too_noisy' | 'no_tone' | 'unmeasured')[];
  voiced_s: number;
  above_background_db: number;
  /** Start and end of what was scored, s; the region of the analysis counts from this start. */
  scored: [number, number];
  /** Windows of 3 s, one a second, in an utterance of more than 8 s that has a score. */
  windows: { start: number; end: number; activation: number | null }[];
  /** Null without a score. */
  analysis: Analysis | null;
}
