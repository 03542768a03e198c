//! The sound picture of a part of a take.

use std::ops::{ControlFlow, Range};

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::pace::for_about;
use super::picture::tones_object;
use super::take::Take;
use crate::analysis::utterances::between;
use crate::chart::sound_picture::SoundPicture;

/// A part of a take that is being drawn.
#[wasm_bindgen]
#[derive(Debug)]
pub struct PartPicture {
    place: Range<usize>,
    picture: SoundPicture,
}

#[wasm_bindgen]
impl PartPicture {
    /// Between two times, in seconds.
    #[wasm_bindgen(constructor)]
    pub fn new(
        take: &Take,
        #[wasm_bindgen(js_name = startS)] start_s: f64,
        #[wasm_bindgen(js_name = endS)] end_s: f64,
    ) -> PartPicture {
        PartPicture { place: between(start_s, end_s, take.as_slice().len()), picture: SoundPicture::new() }
    }

    /// Draws of this take for about `maxMs` milliseconds and returns the share that is done.
    pub fn step(
        &mut self,
        take: &Take,
        #[wasm_bindgen(js_name = maxMs)] max_ms: f64,
    ) -> Result<f64, JsValue> {
        let samples = take.as_slice().get(self.place.clone()).unwrap_or_default();
        for_about(max_ms, || {
            let share = self.picture.step(samples);
            Ok(if share < 1.0 { ControlFlow::Continue(share) } else { ControlFlow::Break(share) })
        })
    }

    /// What was drawn.
    #[wasm_bindgen(unchecked_return_type = "LivePicture")]
    pub fn tones(&self) -> JsValue {
        tones_object(&self.picture.whole())
    }
}
