//! The plain objects of the lesson, as TypeScript sees them.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r##"
/** What every figure of the lesson needs: CSS px, device px per CSS px, colours. */
export interface SheetSpec { width: number; height: number; ratio: number; palette: Palette }
export interface WaveSpec extends SheetSpec {
  /** Beginning and end, seconds into the speech. */
  span: [number, number];
  /** The marked moment. */
  at?: number | null;
  windows?: { kind: "hamming" | "gaussian"; middle: number; seconds: number; strong?: boolean }[];
}
/** 20 ms under the Hamming window around a moment. */
export interface SliceSpec extends SheetSpec { at: number }
export interface SpectrumSpec extends SliceSpec { edgesHz: [number, number, number, number] }
export interface PitchSpec extends SheetSpec {
  span: [number, number];
  at?: number | null;
  /** The path that the extractor chose; else the best guess of each frame by itself. */
  path: boolean;
}
export interface ContoursSpec extends SheetSpec {
  span: [number, number];
  at?: number | null;
  /** Which low-level descriptor, by its index in the catalogue, and where. */
  rows: { contour: number; top: number; height: number }[];
}
export interface SummarySpec extends SheetSpec {
  /** Index of the feature that is the descriptor's mean. */
  feature: number;
  contourRight: number;
  turnedLeft: number;
}
export interface Summary {
  mean: number;
  /** Null where the 88 numbers have none. */
  spread: number | null;
  /** 20th, 50th, 80th; null where the 88 numbers have none. */
  percentiles: [number, number, number] | null;
  /** Heights of mean and percentiles in the figure, CSS px. */
  meanY: number;
  percentilesY: [number, number, number] | null;
}
export interface RanksSpec extends SheetSpec {
  rows: { top: number; height: number; ticks: number[]; marked?: number | null }[];
}
export interface LayersSpec extends SheetSpec {
  /** The group whose inputs are marked. */
  group?: string | null;
}
/** Where a voice lands once groups were turned up or down. */
export interface Landing { activation: number; score_axis: number; other_axis: number; from_average: [number, number];
  /** Left and right edge of each layer in the figure, CSS px. */
  layers: [number, number][] }
"##;
