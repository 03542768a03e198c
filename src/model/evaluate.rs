//! From 88 features to latent coordinates, score, interval and novelty.

use super::fingerprints::Fingerprints;
use super::half_width::Circumstances;
use super::info::ModelInfo;
use super::laughter;
use super::network::{LATENT_COUNT, Network};
use super::projection::MapProjection;
use super::quantiles::Quantiles;
use super::scaler::Scaler;
use super::training_voices::TrainingVoices;
use crate::number::within;
use egemaps::catalogue::FEATURE_COUNT;

/// A model's inputs after scaling: standardised and limited.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelInput {
    /// Standardised features, each within ± [`ModelInfo::limit`].
    pub z: [f64; FEATURE_COUNT],
    /// Indices of the features that had to be limited, ascending.
    pub limited: Vec<usize>,
}

/// The output of the model for one utterance.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The two latent coordinates.
    pub latent: [f64; LATENT_COUNT],
    /// The score: readout · latent + offset, 1 calm … 5 excited; not clamped.
    pub activation: f64,
    /// Features whose standardised value was outside ± [`ModelInfo::limit`] (or not a number), ascending.
    pub limited: Vec<usize>,
    /// Mean squared difference between the limited standardised input and its reconstruction.
    pub reconstruction_error: f64,
    /// Root mean square of the limited standardised input: 1 for an everyday training utterance.
    pub feature_distance: f64,
    /// Whether one of the two values above exceeds its novelty threshold ([`ModelInfo::novelty`]), or the voiced segments
    /// have the rhythm of laughter.
    pub unlike_reference: bool,
    /// Ends of the score's interval, in score units, where nothing but the features is known; see [`Model::interval`].
    pub interval: [f64; 2],
}

/// A trained model, checked and ready to evaluate: what a weights file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    pub(super) info: ModelInfo,
    pub(super) scaler: Scaler,
    pub(super) network: Network,
    pub(super) training_voices: TrainingVoices,
    pub(super) quantiles: Quantiles,
    pub(super) trained_on: Fingerprints,
    pub(super) projection: MapProjection,
}

impl Model {
    /// What the file says about itself.
    pub fn info(&self) -> &ModelInfo {
        &self.info
    }

    /// The training voices, as points of the latent space.
    pub fn training_voices(&self) -> &TrainingVoices {
        &self.training_voices
    }

    /// Distribution of each feature over the training utterances.
    pub fn quantiles(&self) -> &Quantiles {
        &self.quantiles
    }

    /// Fingerprints of the recordings that the network was trained on; none in files that were trained without them, and in the
    /// models of the page.
    pub fn trained_on(&self) -> &Fingerprints {
        &self.trained_on
    }

    /// The network.
    pub fn network(&self) -> &Network {
        &self.network
    }

    /// Mean and scale of the features.
    pub fn scaler(&self) -> &Scaler {
        &self.scaler
    }

    /// The score of the average training voice (all standardised features 0): where attributions start.
    pub fn baseline(&self) -> f64 {
        self.score(&self.network.encode(&[0.0; FEATURE_COUNT]))
    }

    /// Standardises and limits features. A value that is not a number counts as limited and becomes 0, the mean.
    pub fn standardise(&self, features: &[f32; FEATURE_COUNT]) -> ModelInput {
        let limit = self.info.limit;
        let mut limited = Vec::new();
        let z = std::array::from_fn(|i| {
            let z = self.scaler.standardise(i, features[i]);
            if z.is_nan() {
                limited.push(i);
                0.0
            } else {
                if z.abs() > limit {
                    limited.push(i);
                }
                within(z, -limit, limit)
            }
        });
        ModelInput { z, limited }
    }

    /// Activation score of two latent coordinates in the model's units: 1 calm … 5 excited, not clamped.
    pub fn score(&self, latent: &[f64; LATENT_COUNT]) -> f64 {
        let mut sum = 0.0;
        for (weight, z) in self.info.readout.iter().zip(latent) {
            sum += weight * z;
        }
        sum + self.info.offset
    }

    /// Evaluates one utterance from its 88 features (catalogue order and units).
    pub fn evaluate(&self, features: &[f32; FEATURE_COUNT]) -> Evaluation {
        let input = self.standardise(features);
        let latent = self.network.encode(&input.z);
        let decoded = self.network.decode(&latent);
        let reconstruction_error = mean_square(input.z.iter().zip(&decoded).map(|(x, y)| x - y));
        let feature_distance = libm::sqrt(mean_square(input.z.iter().copied()));
        let activation = self.score(&latent);
        let novelty = &self.info.novelty;
        Evaluation {
            latent,
            activation,
            limited: input.limited,
            reconstruction_error,
            feature_distance,
            unlike_reference: reconstruction_error > novelty.reconstruction_error
                || feature_distance > novelty.feature_distance
                || laughter::has_laughter_rhythm(features),
            interval: self.interval(activation, None),
        }
    }

    /// Ends of a score's interval, in score units. What is known of the recording besides its features counts if the weights
    /// file has half-widths for it ([`super::Interval::half_widths`]).
    pub fn interval(&self, activation: f64, circumstances: Option<&Circumstances>) -> [f64; 2] {
        let interval = &self.info.interval;
        match interval.half_widths.as_ref().zip(circumstances) {
            Some((half_widths, circumstances)) => {
                let half_width = half_widths.at(circumstances);
                [activation - half_width, activation + half_width]
            }
            None => [activation + interval.lower, activation + interval.upper],
        }
    }
}

impl MapProjection {
    /// The projection of a model's space.
    pub fn of(model: &Model) -> MapProjection {
        model.projection.clone()
    }
}

fn mean_square(values: impl Iterator<Item = f64>) -> f64 {
    let (mut sum, mut count) = (0.0, 0usize);
    for value in values {
        sum += value * value;
        count += 1;
    }
    sum / count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing;

    #[test]
    fn evaluation_scores_the_mean_latent_plus_the_offset_and_its_map_has_the_score_as_axis() {
        let model = testing::model(7);
        let features = testing::features(&model, 3);
        let e = model.evaluate(&features);
        assert_eq!(e.activation, 0.5 * e.latent[0] + 0.5 * e.latent[1] + model.info().offset);
        let [across, up] = MapProjection::of(&model).place(e.latent);
        assert_eq!(across, e.activation);
        // The rotation is invertible: both coordinates come back.
        let m = across - model.info().offset;
        assert!((m + up - e.latent[0]).abs() < 1e-12);
        assert!((m - up - e.latent[1]).abs() < 1e-12);
        assert_eq!(e.interval[0], e.activation + model.info().interval.lower);
        assert_eq!(e.interval[1], e.activation + model.info().interval.upper);
    }

    #[test]
    fn interval_has_the_half_width_of_the_recording_where_the_file_has_any() {
        let recording = Circumstances { speech_s: 1.5, snr_db: Some(3.0) };
        let plain = testing::model(7);
        assert_eq!(plain.interval(3.0, Some(&recording)), [2.25, 3.5]);
        let calibrated = testing::calibrated(&plain);
        assert_eq!(calibrated.interval(3.0, None), [2.25, 3.5]);
        assert_eq!(calibrated.interval(3.0, Some(&recording)), [2.0, 4.0]);
    }

    #[test]
    fn standardise_limits_and_names_far_and_missing_values_and_the_score_stays_finite() {
        let model = testing::model(1);
        let mut features = testing::features(&model, 5);
        let near: [f32; FEATURE_COUNT] = std::array::from_fn(|i| model.scaler().mean[i]);
        features.copy_from_slice(&near);
        features[4] = f32::INFINITY;
        features[9] = f32::NAN;
        features[87] = -1e30;
        let input = model.standardise(&features);
        assert_eq!(input.limited, [4, 9, 87]);
        assert_eq!((input.z[4], input.z[9], input.z[87]), (model.info().limit, 0.0, -model.info().limit));
        let e = model.evaluate(&features);
        assert_eq!(e.limited, [4, 9, 87]);
        assert!(e.activation.is_finite() && e.reconstruction_error.is_finite());
    }

    #[test]
    fn evaluation_flags_voices_unlike_the_training_voices_by_distance_and_by_reconstruction() {
        let model = testing::model(2);
        let mean: [f32; FEATURE_COUNT] = std::array::from_fn(|i| model.scaler().mean[i]);
        let far: [f32; FEATURE_COUNT] =
            std::array::from_fn(|i| model.scaler().mean[i] + 9.0 * model.scaler().scale[i]);
        let near = model.evaluate(&mean);
        assert!(near.feature_distance == 0.0 && !near.unlike_reference);
        assert!((model.evaluate(&far).feature_distance - 9.0).abs() < 1e-4);
        assert!(model.evaluate(&far).unlike_reference);

        // The same utterance with a threshold just below its reconstruction error.
        let mut info = model.info().clone();
        info.novelty.reconstruction_error = near.reconstruction_error * 0.999;
        let strict = testing::with_info(&model, info);
        assert!(strict.evaluate(&mean).unlike_reference);
    }
}
