//! The two halves of an answer: what was measured, whatever the model, and what one model reads from the 88 numbers.
//!
//! Another model needs only the second half anew; whoever wants no score needs only the first.

use std::collections::BTreeMap;

use serde::Serialize;

use super::prepare::Prepared;
use super::result::{PitchSpan, as_slice};
use crate::attribution::attribute;
use crate::attribution::groups::{FeatureFamily, Group};
use crate::audio::checks::{Flag, SignalReport, flags};
use crate::model::Model;
use egemaps::catalogue::FEATURE_COUNT;

/// What was measured of one utterance; no model has seen it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measures {
    /// What is to be said with care about the sound.
    pub flags: Vec<Flag>,
    /// Start and end of the speech within the recording, s. The rest was left out.
    pub region: [f64; 2],
    /// Figures about the recording.
    pub signal: SignalReport,
    /// Pitch of the voiced frames, Hz.
    pub pitch: PitchSpan,
    /// The 88 functionals of the region as recorded, catalogue order.
    #[serde(serialize_with = "as_slice")]
    pub features: [f32; FEATURE_COUNT],
    /// The 88 functionals at the fixed active speech level: a model's inputs.
    #[serde(serialize_with = "as_slice")]
    pub model_features: [f32; FEATURE_COUNT],
    /// Version of this program.
    pub version: &'static str,
}

impl Measures {
    /// What a prepared utterance has to say without a model.
    pub fn new(prepared: &Prepared) -> Measures {
        Measures {
            flags: flags(&prepared.signal, false),
            region: prepared.region.seconds(),
            signal: prepared.signal.clone(),
            pitch: PitchSpan::of(&prepared.levelled.f0_hz),
            features: prepared.recorded.functionals,
            model_features: prepared.levelled.functionals,
            version: crate::VERSION,
        }
    }
}

/// What a model reads from an utterance's 88 inputs. The fields are explained where they come together, in
/// [`super::Analysis`].
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// Score, 1 calm … 5 excited: the model's own axis, or a line fitted afterwards
    /// ([`crate::model::ModelInfo::readout`]).
    pub activation: f64,
    /// Range around the score.
    pub interval: [f64; 2],
    /// The two latent coordinates.
    pub latent: [f64; 2],
    /// The latent point turned so that its first axis is the score.
    pub map: [f64; 2],
    /// Score of the average training voice.
    pub baseline: f64,
    /// Whether the voice is unlike anything in training.
    pub unlike_reference: bool,
    /// For each feature the share of the model's training utterances with a lower value, 0 … 1.
    pub ranks: Vec<Option<f64>>,
    /// Indices of features that were limited.
    pub limited: Vec<usize>,
    /// Contributions of the features to activation − baseline.
    #[serde(serialize_with = "as_slice")]
    pub contributions: [f64; FEATURE_COUNT],
    /// Their sums over the 27 groups.
    pub groups: BTreeMap<&'static str, f64>,
    /// Their sums over the four families.
    pub families: BTreeMap<&'static str, f64>,
    /// SHA-256 of the weights file.
    pub model: String,
}

impl Reading {
    /// Scores an utterance's inputs (catalogue order and units) and finds the reasons.
    pub fn new(inputs: &[f32; FEATURE_COUNT], model: &Model) -> Reading {
        let evaluation = model.evaluate(inputs);
        let attribution = attribute(model, inputs);
        let quantiles = model.quantiles();
        Reading {
            activation: evaluation.activation,
            interval: evaluation.interval,
            latent: evaluation.latent,
            map: evaluation.map,
            baseline: attribution.baseline,
            unlike_reference: evaluation.unlike_reference,
            ranks: inputs.iter().enumerate().map(|(i, v)| quantiles.rank(i, *v)).collect(),
            limited: evaluation.limited,
            contributions: attribution.features,
            groups: Group::ALL.iter().map(|g| (g.name(), attribution.groups[g.index()])).collect(),
            families: FeatureFamily::ALL
                .iter()
                .map(|f| (f.name(), attribution.families[f.index()]))
                .collect(),
            model: model.info().hash.clone(),
        }
    }
}
