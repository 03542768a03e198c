//! The 88 functionals and 25 low-level descriptors (LLDs) of a sound, at its own rate.

use egemaps::{ExtractError, Extractor, Features};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::thrown;

/// An extraction under way.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Extraction(Extractor);

#[wasm_bindgen]
impl Extraction {
    /// Of a sound at `rateHz`, with LLDs in the result or without. Throws `unsupported_rate`.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(js_name = rateHz)] rate_hz: u32, llds: bool) -> Result<Extraction, JsValue> {
        let extractor = Extractor::new(rate_hz).map_err(coded)?;
        Ok(Extraction(if llds { extractor } else { extractor.without_llds() }))
    }

    /// Adds samples. Throws `not_finite`; the samples of this call are then not used.
    pub fn push(&mut self, samples: &[f32]) -> Result<(), JsValue> {
        self.0.push(samples).map_err(coded)
    }

    /// Seconds so far.
    #[wasm_bindgen(getter)]
    pub fn seconds(&self) -> f64 {
        self.0.duration_s()
    }

    /// The pitch of the frames from number `first` on, as it would be decided now, Hz.
    #[wasm_bindgen(js_name = pitchHz)]
    pub fn pitch_hz(&mut self, first: usize) -> Vec<f32> {
        self.0.provisional_f0_hz(first)
    }

    /// Ends the sound. Throws `too_short`.
    pub fn finish(self) -> Result<Extracted, JsValue> {
        self.0.finish().map(Extracted).map_err(coded)
    }
}

/// What an extraction gave.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Extracted(Features);

#[wasm_bindgen]
impl Extracted {
    /// The 88 functionals, in the catalogue's order.
    pub fn functionals(&self) -> Vec<f32> {
        self.0.functionals.to_vec()
    }

    /// The values of an LLD, one per hop.
    pub fn lld(&self, index: usize) -> Vec<f32> {
        self.0.llds.iter().filter_map(|row| row.get(index).copied()).collect()
    }

    /// The pitch of each 60 ms frame before smoothing, Hz; 0 = unvoiced.
    #[wasm_bindgen(js_name = f0Hz)]
    pub fn f0_hz(&self) -> Vec<f32> {
        self.0.f0_hz.clone()
    }

    /// Step between rows, s.
    #[wasm_bindgen(getter, js_name = hopSeconds)]
    pub fn hop_s(&self) -> f64 {
        self.0.hop_s
    }
}

fn coded(error: ExtractError) -> JsValue {
    thrown(error.code(), &error)
}
