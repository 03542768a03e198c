//! The score of an utterance, with what was measured of it and what moved it.

use std::fmt::Display;
use std::rc::Rc;

use serde::Serialize;
use undertone::analysis::{Analysis, AnalysisError, Measures, ModelSummary, Preparation, Prepared, SCHEMA};
use undertone::attribution::{Explanation, Method, explain};
use undertone::audio::AudioError;
use undertone::audio::resample::Resampler;
use undertone::egemaps::catalogue::{CATALOGUE_VERSION, FEATURE_COUNT};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::thrown;

/// A model, ready to score.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Model(Rc<undertone::model::Model>);

#[wasm_bindgen]
impl Model {
    /// Reads what all models share, and a model's own file. Throws the model's errors.
    #[wasm_bindgen(constructor)]
    pub fn new(shared: &[u8], own: &[u8]) -> Result<Model, JsValue> {
        let model = undertone::model::Model::from_packed(shared, own);
        model.map(|model| Model(Rc::new(model))).map_err(|error| thrown(error.code(), &error))
    }
}

impl Model {
    /// The model, not copied.
    pub(super) fn share(&self) -> Rc<undertone::model::Model> {
        self.0.clone()
    }
}

/// The analysis of one utterance: samples come in, then it is worked on in slices.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Scoring(Stage);

#[derive(Debug)]
enum Stage {
    /// Samples come in and are brought to 16 kHz.
    Input {
        resampler: Resampler,
        samples: Vec<f32>,
    },
    /// The sound has ended.
    Work(Box<Preparation<Vec<f32>>>),
    Done(Box<Prepared>),
    Failed,
}

#[wasm_bindgen]
impl Scoring {
    /// Of a sound at `rateHz`. Throws `unsupported_rate`.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(js_name = rateHz)] rate_hz: u32) -> Result<Scoring, JsValue> {
        let resampler = Resampler::new(rate_hz).map_err(of_audio)?;
        Ok(Scoring(Stage::Input { resampler, samples: Vec::new() }))
    }

    /// Adds samples.
    pub fn push(&mut self, chunk: &[f32]) {
        if let Stage::Input { resampler, samples } = &mut self.0 {
            resampler.push(chunk, samples);
        }
    }

    /// Does the next small unit of the work and returns the share that is done; the first call ends the sound. Throws the errors of
    /// the analysis.
    pub fn step(&mut self) -> Result<f64, JsValue> {
        let (stage, share) = match std::mem::replace(&mut self.0, Stage::Failed) {
            Stage::Input { resampler, mut samples } => {
                resampler.finish(&mut samples);
                (Stage::Work(Box::new(Preparation::new(samples).map_err(coded)?)), 0.0)
            }
            Stage::Work(mut preparation) => match preparation.step().map_err(coded)? {
                share if share < 1.0 => (Stage::Work(preparation), share),
                _ => (Stage::Done(Box::new(preparation.finish().map_err(coded)?)), 1.0),
            },
            stage @ (Stage::Done(_) | Stage::Failed) => (stage, 1.0),
        };
        self.0 = stage;
        Ok(share)
    }

    /// What was measured; no model has seen it.
    pub fn measures(&self) -> Result<JsValue, JsValue> {
        to_js(&Measures::new(self.prepared()?))
    }

    /// What was measured, with the score and its reasons.
    pub fn analysis(&self, model: &Model) -> Result<JsValue, JsValue> {
        to_js(&Analysis::new(self.prepared()?, &model.0))
    }

    /// The model's 88 inputs.
    pub fn inputs(&self) -> Result<Vec<f32>, JsValue> {
        Ok(self.prepared()?.levelled.functionals.to_vec())
    }

    /// What moved the score, by a method; `background` has the inputs of the voices to start from, one behind the other. Throws
    /// `bad_argument` where there is no such method, or it does not go with the background.
    pub fn explanation(&self, model: &Model, method: &str, background: &[f32]) -> Result<JsValue, JsValue> {
        let bad = |message: &dyn Display| thrown("bad_argument", message);
        let method = Method::ALL.into_iter().find(|one| one.name() == method);
        let method = method.ok_or_else(|| bad(&"the methods are path, expected and shapley"))?;
        let (voices, []) = background.as_chunks::<FEATURE_COUNT>() else {
            return Err(bad(&"88 inputs of each voice are needed"));
        };
        let features = &self.prepared()?.levelled.functionals;
        let explanation = explain(&model.0, method, voices, features).map_err(|error| bad(&error))?;
        to_js(&Explained {
            schema: SCHEMA,
            version: undertone::VERSION,
            catalogue: CATALOGUE_VERSION,
            model: ModelSummary::of(&model.0),
            explanation,
        })
    }
}

impl Scoring {
    fn prepared(&self) -> Result<&Prepared, JsValue> {
        match &self.0 {
            Stage::Done(prepared) => Ok(prepared),
            _ => Err(thrown("not_finished", &"the analysis has not finished")),
        }
    }
}

/// An explanation as `docs/schema/explanation.json` describes it, without the names of files.
#[derive(Serialize)]
struct Explained {
    schema: u32,
    version: &'static str,
    catalogue: &'static str,
    model: ModelSummary,
    #[serde(flatten)]
    explanation: Explanation,
}

/// A plain object, as in JSON.
pub(super) fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|error| thrown("unexpected", &error))
}

fn coded(error: AnalysisError) -> JsValue {
    thrown(error.code(), &error)
}

pub(super) fn of_audio(error: AudioError) -> JsValue {
    thrown(error.code(), &error)
}
