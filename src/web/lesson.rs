//! One utterance with the extractor's intermediate results, for the page's lesson.

use std::ops::ControlFlow;

use js_sys::Float32Array;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::error::coded;
use super::pace::for_about;
use super::picture::tones_object;
use super::take::Take;
use crate::analysis::progress;
use crate::chart::sound_picture::SoundPicture;
use crate::lesson::{self, Preparation};

/// Everything that is computed from one finished sound to its 88 functionals.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Lesson {
    stage: Stage,
    picture: SoundPicture,
}

#[derive(Debug)]
enum Stage {
    Extracting(Box<Preparation>),
    Ready(Box<lesson::Lesson>),
    /// An error was thrown; there is nothing to ask for any more.
    Failed,
}

#[wasm_bindgen]
impl Lesson {
    /// Finds the speech of a closed take. Throws `empty`, `too_short`, `silent`, `not_finite`.
    #[wasm_bindgen(constructor)]
    pub fn new(take: &Take) -> Result<Lesson, JsValue> {
        let preparation = Preparation::new(take.as_slice())?;
        Ok(Lesson { stage: Stage::Extracting(Box::new(preparation)), picture: SoundPicture::new() })
    }

    /// Works for about `maxMs` milliseconds, at least one small unit, and returns the share that is done; 1 means that
    /// everything else can be asked for. Throws `no_voice`.
    pub fn step(&mut self, #[wasm_bindgen(js_name = maxMs)] max_ms: f64) -> Result<f64, JsValue> {
        for_about(max_ms, || self.unit())
    }

    /// Length of the speech, seconds.
    #[wasm_bindgen(getter)]
    pub fn seconds(&self) -> Result<f64, JsValue> {
        Ok(self.ready()?.seconds())
    }

    /// The 88 functionals, the model's inputs.
    pub fn features(&self) -> Result<Float32Array, JsValue> {
        Ok(Float32Array::from(self.ready()?.features.functionals.as_slice()))
    }

    /// The sound picture of the speech.
    #[wasm_bindgen(unchecked_return_type = "LivePicture")]
    pub fn picture(&self) -> Result<JsValue, JsValue> {
        self.ready()?;
        Ok(tones_object(&self.picture.every_column()))
    }

    /// How often the chosen path, and how often the best candidate of each frame by itself, leaps by about an octave.
    pub fn leaps(&self) -> Result<Vec<u32>, JsValue> {
        Ok(self.ready()?.octave_leaps().map(|count| count as u32).to_vec())
    }

    /// The pitch of the frame around a moment by the chosen path, and by its best candidate alone, Hz; 0 = none.
    #[wasm_bindgen(js_name = pitchAt)]
    pub fn pitch_at(&self, at: f64) -> Result<Vec<f32>, JsValue> {
        Ok(self.ready()?.pitch_at(at).to_vec())
    }

    /// The 25 LLDs at a moment; not a number where one has no value.
    #[wasm_bindgen(js_name = valuesAt)]
    pub fn values_at(&self, at: f64) -> Result<Float32Array, JsValue> {
        Ok(Float32Array::from(self.ready()?.values_at(at).as_slice()))
    }

    /// Features that are the mean of an LLD that can be shown, by their index in the catalogue.
    #[wasm_bindgen(js_name = summaries)]
    pub fn summaries() -> Vec<u32> {
        lesson::means().map(|index| index as u32).collect()
    }
}

impl Lesson {
    /// What has been prepared. Throws `not_finished`.
    pub(super) fn ready(&self) -> Result<&lesson::Lesson, JsValue> {
        match &self.stage {
            Stage::Ready(lesson) => Ok(lesson),
            _ => Err(coded("not_finished", &"the lesson is not ready")),
        }
    }

    /// One small unit of work; the share that is done after it.
    fn unit(&mut self) -> Result<ControlFlow<f64, f64>, JsValue> {
        let (stage, done) = match std::mem::replace(&mut self.stage, Stage::Failed) {
            Stage::Extracting(mut preparation) => {
                let share = preparation.step()?;
                let stage = if share < 1.0 {
                    Stage::Extracting(preparation)
                } else {
                    Stage::Ready(Box::new(preparation.finish()?))
                };
                (stage, progress::while_extracting(share))
            }
            Stage::Ready(lesson) => {
                let share = self.picture.step(&lesson.speech);
                (Stage::Ready(lesson), if share < 1.0 { progress::while_drawing(share) } else { 1.0 })
            }
            Stage::Failed => return Err(coded("not_finished", &"the lesson has failed")),
        };
        self.stage = stage;
        Ok(if done < 1.0 { ControlFlow::Continue(done) } else { ControlFlow::Break(done) })
    }
}
