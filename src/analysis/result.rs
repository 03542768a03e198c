//! The complete result about one utterance.

use serde::Serialize;

use super::measures::Measures;
use super::prediction::Prediction;
use super::prepare::Prepared;
use crate::audio::checks::flags;
use crate::model::Model;

/// Everything that is known about one utterance: what was measured, and what a model predicts from it. Page and command
/// line write it as one flat object, described in `docs/schema/analysis.json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Analysis {
    /// What was measured; its flags include those that the model raises.
    #[serde(flatten)]
    pub measures: Measures,
    /// What the model predicts.
    #[serde(flatten)]
    pub prediction: Prediction,
}

impl Analysis {
    /// Scores a prepared utterance and finds its reasons.
    pub fn new(prepared: &Prepared, model: &Model) -> Analysis {
        let mut measures = Measures::new(prepared);
        let prediction = Prediction::new(&measures.model_features, Some(&(&measures.signal).into()), model);
        measures.flags = flags(&measures.signal, prediction.unlike_reference);
        Analysis { measures, prediction }
    }
}
