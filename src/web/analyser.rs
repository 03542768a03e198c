//! An analysis in slices, so that the page never stands still.

use std::ops::ControlFlow;

use js_sys::Float32Array;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::error::{coded, set, to_js};
use super::pace::for_about;
use super::picture::tones_object;
use super::take::{Samples, Take};
use crate::analysis::utterances::{between, scored};
use crate::analysis::{LevelledMeasures, Measures, Preparation, Prepared, progress};
use crate::audio::seconds;
use crate::chart::sound_picture::{Overview, SoundPicture, pitch_of_columns};

/// The analysis of one finished sound: everything but what a model reads from it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Analyser {
    /// Those of the take.
    samples: Samples,
    stage: Stage,
    /// None where only the measures are wanted.
    picture: Option<SoundPicture>,
    /// The picture as it is shown.
    overview: Overview,
}

#[derive(Debug)]
enum Stage {
    /// Features are being extracted.
    Features(Box<Preparation<Samples>>),
    /// They are ready, and the picture is being drawn,
    Picture(Box<Preparation<Samples>>),
    /// and made as small as it is shown.
    Overview(Box<Preparation<Samples>>),
    Done(Box<Prepared>),
    /// An error was thrown; there is nothing to ask for any more.
    Failed,
}

#[wasm_bindgen]
impl Analyser {
    /// Begins with a closed take. Throws `empty`, `too_short`.
    #[wasm_bindgen(constructor)]
    pub fn new(take: &Take) -> Result<Analyser, JsValue> {
        let samples = take.share();
        let preparation = Preparation::new(samples.clone())?;
        let stage = Stage::Features(Box::new(preparation));
        Ok(Analyser { samples, stage, picture: Some(SoundPicture::new()), overview: Overview::default() })
    }

    /// An utterance between two times of a take, in seconds, with the margin that belongs to it unless it is only a window in
    /// one; without a picture. The take may still grow. Throws as the constructor does.
    pub fn part(
        take: &Take,
        #[wasm_bindgen(js_name = startS)] start_s: f64,
        #[wasm_bindgen(js_name = endS)] end_s: f64,
        #[wasm_bindgen(js_name = isWindow)] is_window: bool,
    ) -> Result<Analyser, JsValue> {
        let total = take.as_slice().len();
        let place = between(start_s, end_s, total);
        let samples = take.part(if is_window { place } else { scored(place, total) });
        let preparation = Preparation::new(samples.clone())?;
        Ok(Analyser {
            samples,
            stage: Stage::Features(Box::new(preparation)),
            picture: None,
            overview: Overview::default(),
        })
    }

    /// Works for about `maxMs` milliseconds, at least one small unit, and returns the share that is done; 1 means that
    /// `measures` and `picture` are ready. Returns early when `levelled` has become so. Throws `not_finite`, `silent`, `no_voice`.
    pub fn step(&mut self, #[wasm_bindgen(js_name = maxMs)] max_ms: f64) -> Result<f64, JsValue> {
        for_about(max_ms, || self.unit())
    }

    /// What a model predicts from and what is known besides, after about half of the work; undefined before that, and again
    /// once all of the features are there.
    #[wasm_bindgen(unchecked_return_type = "Levelled | undefined")]
    pub fn levelled(&self) -> Result<JsValue, JsValue> {
        let levelled = match &self.stage {
            Stage::Features(preparation) => preparation.levelled(),
            _ => None,
        };
        levelled.map_or(Ok(JsValue::UNDEFINED), |levelled| to_js(&LevelledMeasures::new(levelled)))
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
        let picture = self.picture.as_ref().ok_or_else(|| coded("not_finished", &"no picture was wanted"))?;
        let object = tones_object(&self.overview.tones());
        let columns = 0..picture.columns();
        let pitch = pitch_of_columns(prepared.region.start, &prepared.levelled.f0_hz, columns);
        set(&object, "f0Hz", &Float32Array::from(pitch.as_slice()));
        set(&object, "seconds", &JsValue::from_f64(seconds(self.samples.as_ref().len())));
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
    fn unit(&mut self) -> Result<ControlFlow<f64, f64>, JsValue> {
        let (stage, done, news) = match std::mem::replace(&mut self.stage, Stage::Failed) {
            Stage::Features(mut preparation) => {
                let was_levelled = preparation.levelled().is_some();
                let share = preparation.step()?;
                let news = !was_levelled && preparation.levelled().is_some();
                let stage =
                    if share < 1.0 { Stage::Features(preparation) } else { Stage::Picture(preparation) };
                (stage, progress::while_extracting(share), news)
            }
            Stage::Picture(preparation) => {
                let share = self.picture.as_mut().map_or(1.0, |picture| picture.step(self.samples.as_ref()));
                let drawn = progress::while_drawing(share);
                if share < 1.0 {
                    (Stage::Picture(preparation), drawn, false)
                } else {
                    (Stage::Overview(preparation), drawn, false)
                }
            }
            Stage::Overview(preparation) => {
                let picture = self.picture.as_ref();
                let share = picture.map_or(1.0, |picture| picture.step_overview(&mut self.overview));
                if share < 1.0 {
                    (Stage::Overview(preparation), progress::while_shrinking(share), false)
                } else {
                    let prepared = preparation.finish()?;
                    (Stage::Done(Box::new(prepared)), 1.0, true)
                }
            }
            Stage::Done(prepared) => (Stage::Done(prepared), 1.0, true),
            Stage::Failed => return Err(coded("not_finished", &"the analysis has failed")),
        };
        self.stage = stage;
        Ok(if news { ControlFlow::Break(done) } else { ControlFlow::Continue(done) })
    }
}
