//! What the lesson's figures hand out, as TypeScript sees it.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r##"
export interface Summary {
  mean: number;
  /** Null where the 88 functionals have none. */
  spread: number | null;
  /** 20th, 50th, 80th; null where the 88 functionals have none. */
  percentiles: [number, number, number] | null;
  /** Heights of mean and percentiles in the figure, CSS px. */
  meanY: number;
  percentilesY: [number, number, number] | null;
}
/** Where a voice lands with its groups shifted. */
export interface Landing { activation: number; score_axis: number; other_axis: number; from_average: [number, number];
  /** Left and right edge of each layer in the figure, CSS px. */
  layers: [number, number][] }
"##;
