//! What one model predicts from an utterance's 88 inputs.

use serde::{Serialize, Serializer};

use crate::attribution::{Contributions, attribute, features_by_name};
use crate::audio::checks::SignalReport;
use crate::model::{Circumstances, MapAxis, MapProjection, Model, Objective};
use egemaps::catalogue::{FEATURE_COUNT, FEATURES};

/// What a model predicts from an utterance's inputs. Another model needs only this half of an analysis anew.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prediction {
    /// The model.
    pub model: ModelSummary,
    /// Activation score, 1 calm … 5 excited; not clamped. The model's own axis, or a line fitted afterwards
    /// ([`crate::model::ModelInfo::readout`]).
    pub activation: f64,
    /// Range in which listeners' ratings of unseen speakers lay in the share of cases that the model states
    /// ([`ModelSummary::interval_level`]).
    pub interval: [f64; 2],
    /// Score of the average training voice, where the contributions start.
    pub baseline: f64,
    /// Whether the voice is unlike anything in training.
    pub unlike_reference: bool,
    /// The two latent coordinates.
    pub latent: [f64; 2],
    /// Place in the map from left to right, in marks 1 to 5: the score where the map's axis is the score
    /// ([`ModelSummary::axis`]).
    pub score_axis: f64,
    /// Place in the map upwards, in steps as long as those between the marks; see [`MapProjection`].
    pub other_axis: f64,
    /// For each feature the share of the model's training utterances with a lower value, 0 … 1.
    #[serde(serialize_with = "features_by_name")]
    pub ranks: [Option<f64>; FEATURE_COUNT],
    /// Indices of features that lay so far outside that they were limited, ascending. Written as names.
    #[serde(serialize_with = "names")]
    pub limited: Vec<usize>,
    /// What led from the baseline to the score.
    pub contributions: Contributions,
}

/// Which model it was, and what its numbers mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelSummary {
    /// What shaped its latent space.
    pub objective: Objective,
    /// SHA-256 of the weights file, hexadecimal.
    pub hash: String,
    /// Share of ratings of held-out speech that lay in the interval, 0 … 1.
    pub interval_level: f64,
    /// What the map's horizontal axis is.
    pub axis: MapAxis,
}

impl ModelSummary {
    /// The summary of a loaded model: objective and interval from its metadata, the hash of its weights file, and the axis
    /// of its map.
    pub fn of(model: &Model) -> ModelSummary {
        let info = model.info();
        ModelSummary {
            objective: info.objective,
            hash: info.hash.clone(),
            interval_level: info.interval.level,
            axis: MapProjection::of(model).axis,
        }
    }
}

impl From<&SignalReport> for Circumstances {
    fn from(signal: &SignalReport) -> Circumstances {
        Circumstances { speech_s: signal.active_speech_s, snr_db: signal.snr_db }
    }
}

impl Prediction {
    /// Scores an utterance's inputs (catalogue order and units) and finds the reasons. The interval depends on the
    /// circumstances, where they are known and the model has half-widths for them.
    pub fn new(
        inputs: &[f32; FEATURE_COUNT],
        circumstances: Option<&Circumstances>,
        model: &Model,
    ) -> Prediction {
        let evaluation = model.evaluate(inputs);
        let attribution = attribute(model, inputs);
        let [score_axis, other_axis] = MapProjection::of(model).place(evaluation.latent);
        Prediction {
            model: ModelSummary::of(model),
            activation: evaluation.activation,
            interval: model.interval(evaluation.activation, circumstances),
            baseline: attribution.baseline,
            unlike_reference: evaluation.unlike_reference,
            latent: evaluation.latent,
            score_axis,
            other_axis,
            ranks: model.quantiles().ranks(inputs),
            limited: evaluation.limited,
            contributions: attribution.contributions,
        }
    }
}

/// Features by their official names.
fn names<S: Serializer>(indices: &[usize], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(indices.iter().filter_map(|&i| FEATURES.get(i)).map(|feature| feature.name))
}
