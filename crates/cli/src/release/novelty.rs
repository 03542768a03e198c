//! Novelty thresholds: values that almost all held-out speech stays below.

use super::held_out::HeldOutPrediction;
use crate::numeric::statistics::conformal_quantile;
use undertone::model::Novelty;

/// Share of held-out speech that stays below each novelty threshold.
const NOVELTY_QUANTILE: f64 = 0.99;

/// The thresholds from predictions for held-out speakers and readers.
pub(super) fn thresholds<'a>(predictions: impl Iterator<Item = &'a HeldOutPrediction> + Clone) -> Novelty {
    let quantile = |of: fn(&HeldOutPrediction) -> f64| {
        conformal_quantile(&predictions.clone().map(of).collect::<Vec<_>>(), NOVELTY_QUANTILE)
    };
    Novelty {
        quantile: NOVELTY_QUANTILE,
        reconstruction_error: quantile(|p| p.reconstruction_error),
        feature_distance: quantile(|p| p.feature_distance),
    }
}
