//! An analysis in slices, so that the page never stands still.

use js_sys::Float32Array;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::error::{coded, set, thrown, to_js};
use super::pace::for_about;
use super::take::{Take, picture_object};
use crate::analysis::{AnalysisError, Measures, Preparation, Prepared};
use crate::audio::SAMPLE_RATE_HZ;
use crate::chart::sound_picture::SoundPicture;

/// Columns of the sound picture that are drawn between two looks at the clock.
const COLUMNS_PER_UNIT: usize = 50;
/// Shares of the whole work, for the progress: features, then the picture; ending it is the rest.
const FEATURES_SHARE: f64 = 0.9;
const PICTURE_SHARE: f64 = 0.07;

/// The analysis of one finished sound: everything but what a model reads from it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Analyser {
    samples: Vec<f32>,
    stage: Stage,
    picture: SoundPicture,
}

#[derive(Debug)]
enum Stage {
    /// Features are being extracted.
    Features(Box<Preparation>),
    /// They are ready, and the picture is being drawn.
    Picture(Box<Preparation>),
    Done(Box<Prepared>),
    /// An error was thrown; there is nothing to ask for any more.
    Failed,
}

#[wasm_bindgen]
impl Analyser {
    /// Checks a closed take. Throws `empty`, `too_short`, `not_finite`.
    #[wasm_bindgen(constructor)]
    pub fn new(take: &Take) -> Result<Analyser, JsValue> {
        let samples = take.as_slice().to_vec();
        let preparation = Preparation::new(&samples).map_err(|error| analysis_error(&error))?;
        Ok(Analyser { samples, stage: Stage::Features(Box::new(preparation)), picture: SoundPicture::new() })
    }

    /// Works for about `maxMs` milliseconds, at least one small unit, and returns the share that is done; 1 means
    /// that `result` and `picture` are ready. Throws `silent`, `no_voice`.
    pub fn step(&mut self, #[wasm_bindgen(js_name = maxMs)] max_ms: f64) -> Result<f64, JsValue> {
        for_about(max_ms, || self.unit())
    }

    /// What was measured; a model predicts from the result's `model_features`. Throws `not_finished` before
    /// `step` returned 1.
    #[wasm_bindgen(unchecked_return_type = "Measures")]
    pub fn measures(&self) -> Result<JsValue, JsValue> {
        to_js(&Measures::new(self.prepared()?))
    }

    /// The sound picture of the whole recording with the pitch of its speech. Throws `not_finished`.
    #[wasm_bindgen(unchecked_return_type = "SoundPicture")]
    pub fn picture(&self) -> Result<JsValue, JsValue> {
        let prepared = self.prepared()?;
        let object = picture_object(&self.picture, 0);
        let pitch = pitch_per_column(prepared.region.start, &prepared.levelled.f0_hz, self.picture.columns());
        set(&object, "f0Hz", &Float32Array::from(pitch.as_slice()));
        let seconds = self.samples.len() as f64 / f64::from(SAMPLE_RATE_HZ);
        set(&object, "seconds", &JsValue::from_f64(seconds));
        Ok(object)
    }
}

impl Analyser {
    fn prepared(&self) -> Result<&Prepared, JsValue> {
        match &self.stage {
            Stage::Done(prepared) => Ok(prepared),
            _ => Err(coded("not_finished", &"the analysis has not finished")),
        }
    }

    /// One small unit of work; the share that is done after it.
    fn unit(&mut self) -> Result<f64, JsValue> {
        let (stage, done) = match std::mem::replace(&mut self.stage, Stage::Failed) {
            Stage::Features(mut preparation) => {
                let share = preparation.step().map_err(|error| analysis_error(&error))?;
                let stage =
                    if share < 1.0 { Stage::Features(preparation) } else { Stage::Picture(preparation) };
                (stage, FEATURES_SHARE * share)
            }
            Stage::Picture(preparation) => {
                if self.picture.draw(&self.samples, true, COLUMNS_PER_UNIT) {
                    let prepared = preparation.finish().map_err(|error| analysis_error(&error))?;
                    (Stage::Done(Box::new(prepared)), 1.0)
                } else {
                    let all = SoundPicture::columns_of(self.samples.len()).max(1);
                    let share = self.picture.columns() as f64 / all as f64;
                    (Stage::Picture(preparation), FEATURES_SHARE + PICTURE_SHARE * share)
                }
            }
            Stage::Done(prepared) => (Stage::Done(prepared), 1.0),
            Stage::Failed => return Err(coded("not_finished", &"the analysis has failed")),
        };
        self.stage = stage;
        Ok(done)
    }
}

fn analysis_error(error: &AnalysisError) -> JsValue {
    thrown(error)
}

/// Pitch per column of the picture. Frames are 60 ms long and start every 10 ms from the speech's beginning, so the
/// one whose middle lies in a column started two or three columns before.
pub(super) fn pitch_per_column(speech_start: usize, f0_hz: &[f32], columns: usize) -> Vec<f32> {
    const FRAMES_TO_MIDDLE: usize = 2;
    let first = speech_start / crate::chart::sound_picture::HOP + FRAMES_TO_MIDDLE;
    (0..columns)
        .map(|column| column.checked_sub(first).and_then(|frame| f0_hz.get(frame)).copied().unwrap_or(0.0))
        .collect()
}
