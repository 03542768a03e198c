//! A model in the page, with its training voices as the map needs them.

use std::cell::OnceCell;

use js_sys::{Array, Float32Array, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::error::{coded, set, to_js};
use super::options::read;
use crate::analysis::Prediction;
use crate::attribution::{attribute_along_map_axis, features_by_name};
use crate::chart::density::Density;
use crate::chart::embedding::Cloud;
use crate::chart::geometry::Axis;
use crate::model::{Architecture, Circumstances, CorpusInfo, MapAxis, MapProjection, Objective};
use egemaps::catalogue::FEATURE_COUNT;

/// A model, ready to score, and its training voices.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Model {
    inner: crate::model::Model,
    projection: MapProjection,
    /// Places of the training voices in the map.
    score: Vec<f32>,
    other: Vec<f32>,
    corpora: Vec<String>,
    density: OnceCell<Option<Density>>,
}

#[derive(Serialize)]
struct Info<'a> {
    objective: Objective,
    architecture: Architecture,
    baseline: f64,
    interval_level: f64,
    interval: [f64; 2],
    hash: &'a str,
    corpora: &'a [CorpusInfo],
    catalogue: &'a str,
    version: &'a str,
    name: &'a str,
    date: &'a str,
    commit: &'a str,
    seed: f64,
    map: MapInfo,
}

#[derive(Serialize)]
struct MapInfo {
    axis: MapAxis,
    centre: f64,
    step: f64,
}

#[wasm_bindgen]
impl Model {
    /// Reads and checks a model: what all share, and its own file. Throws the model's errors.
    #[wasm_bindgen(constructor)]
    pub fn new(shared: &[u8], own: &[u8]) -> Result<Model, JsValue> {
        let inner =
            crate::model::Model::from_packed(shared, own).map_err(|error| coded(error.code(), &error))?;
        let projection = MapProjection::of(&inner);
        let (score, other) = projection.places(&inner.training_voices().latent);
        let corpora = inner.info().corpora.iter().map(|corpus| corpus.id.clone()).collect();
        Ok(Model { inner, projection, score, other, corpora, density: OnceCell::new() })
    }

    /// What the model is.
    #[wasm_bindgen(unchecked_return_type = "ModelInfo")]
    pub fn info(&self) -> Result<JsValue, JsValue> {
        let info = self.inner.info();
        to_js(&Info {
            objective: info.objective,
            architecture: info.architecture,
            baseline: self.inner.baseline(),
            interval_level: info.interval.level,
            interval: [info.interval.lower, info.interval.upper],
            hash: &info.hash,
            corpora: &info.corpora,
            catalogue: &info.catalogue,
            version: &info.provenance.version,
            name: &info.provenance.name,
            date: &info.provenance.date,
            commit: &info.provenance.commit,
            seed: info.provenance.seed as f64,
            map: MapInfo {
                axis: self.projection.axis,
                centre: self.projection.centre,
                step: self.projection.step,
            },
        })
    }

    /// The training voices.
    #[wasm_bindgen(unchecked_return_type = "Cloud")]
    pub fn cloud(&self) -> Result<JsValue, JsValue> {
        let info = self.inner.info();
        let voices = self.inner.training_voices();
        let names: Vec<JsValue> = info.speakers.iter().map(|name| JsValue::from_str(name)).collect();
        let name =
            |&index: &u16| names.get(usize::from(index)).cloned().unwrap_or_else(|| JsValue::from_str(""));
        let speakers: Array = voices.speaker.iter().map(name).collect();
        let object = JsValue::from(js_sys::Object::new());
        set(&object, "score", &Float32Array::from(self.score.as_slice()));
        set(&object, "other", &Float32Array::from(self.other.as_slice()));
        set(&object, "emotion", &Uint8Array::from(voices.emotion.as_slice()));
        set(&object, "corpus", &Uint8Array::from(voices.corpus.as_slice()));
        set(&object, "activation", &Float32Array::from(voices.activation.as_slice()));
        set(&object, "speaker", &speakers);
        set(&object, "emotions", &to_js(&info.emotions)?);
        set(&object, "corpora", &to_js(&info.corpora)?);
        Ok(object)
    }

    /// How densely the training voices lie where a voice lies: among their densest 60 %, within 95 %, or outside.
    #[wasm_bindgen(js_name = densityClass, unchecked_return_type = "\"dense\" | \"sparse\" | \"outside\"")]
    pub fn density_class(&self, score: f64, other: f64) -> Result<JsValue, JsValue> {
        let class = self.density().map(|density| density.class((score, other)));
        to_js(&class.unwrap_or(crate::chart::density::DensityClass::Outside))
    }

    /// The height in CSS px at which the map shows the whole cloud, and recordings at these places upwards, as high as it is
    /// wide.
    #[wasm_bindgen(js_name = naturalHeight)]
    pub fn natural_height(
        &self,
        #[wasm_bindgen(unchecked_param_type = "Axis")] axis: JsValue,
        recordings: Option<Vec<f64>>,
    ) -> Result<f64, JsValue> {
        let axis: Axis = read(axis)?;
        Ok(self.chart_cloud().natural_height(axis, &recordings.unwrap_or_default()))
    }

    /// How often listeners hear two recordings of one voice in the order of their scores; undefined if the model does not
    /// know. `shorter_speech_s`: active speech of the shorter one.
    #[wasm_bindgen(unchecked_return_type = "OrderEstimate | undefined")]
    pub fn order(&self, one: f64, other: f64, shorter_speech_s: f64) -> Result<JsValue, JsValue> {
        match &self.inner.info().order {
            Some(order) => to_js(&order.estimate(one, other, shorter_speech_s)),
            None => Ok(JsValue::UNDEFINED),
        }
    }

    /// The share of the training voices below each of 88 features, 0 to 1, by name; null where it is not known.
    #[wasm_bindgen(unchecked_return_type = "ByName<number | null>")]
    pub fn ranks(&self, features: &[f32]) -> Result<JsValue, JsValue> {
        to_js(&Ranks(self.inner.quantiles().ranks(&all_features(features)?)))
    }

    /// What this model predicts from the 88 model features of a sound. The interval depends on its active speech in s and
    /// on its distance to the background in dB, where the first is given; without background the second is left out.
    #[wasm_bindgen(unchecked_return_type = "Prediction")]
    pub fn predict(
        &self,
        features: &[f32],
        speech_s: Option<f64>,
        snr_db: Option<f64>,
    ) -> Result<JsValue, JsValue> {
        let circumstances = speech_s.map(|speech_s| Circumstances { speech_s, snr_db });
        to_js(&Prediction::new(&all_features(features)?, circumstances.as_ref(), &self.inner))
    }

    /// Contributions to the difference between a voice, or the average voice, and another, from their 88 model features:
    /// along the score, or from left to right in the map where the model was trained on valence.
    #[wasm_bindgen(unchecked_return_type = "Attribution")]
    pub fn compare(&self, start: Option<Vec<f32>>, features: &[f32]) -> Result<JsValue, JsValue> {
        let start = start.as_deref().map(all_features).transpose()?;
        let features = all_features(features)?;
        to_js(&attribute_along_map_axis(&self.inner, &self.projection, start.as_ref(), &features))
    }
}

#[derive(Serialize)]
#[serde(transparent)]
struct Ranks(#[serde(serialize_with = "features_by_name")] [Option<f64>; FEATURE_COUNT]);

pub(super) fn all_features(features: &[f32]) -> Result<[f32; FEATURE_COUNT], JsValue> {
    features.try_into().map_err(|_| coded("bad_argument", &"88 features are needed"))
}

impl Model {
    /// The model itself.
    pub(super) fn inner(&self) -> &crate::model::Model {
        &self.inner
    }

    /// How its space lies in the map.
    pub(super) fn projection(&self) -> &MapProjection {
        &self.projection
    }

    /// The training voices as the map needs them.
    pub(super) fn chart_cloud(&self) -> Cloud<'_> {
        let voices = self.inner.training_voices();
        Cloud {
            score: &self.score,
            other: &self.other,
            emotion: &voices.emotion,
            corpus: &voices.corpus,
            emotions: &self.inner.info().emotions,
            corpora: &self.corpora,
            density: self.density(),
            arrow: self.projection.arrow,
        }
    }

    /// Their density, estimated at first use.
    fn density(&self) -> Option<&Density> {
        self.density.get_or_init(|| Density::new(&self.score, &self.other)).as_ref()
    }
}
