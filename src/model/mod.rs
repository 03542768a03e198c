//! The model: 88 numbers in, two coordinates, a score and its uncertainty out.
//!
//! A fully connected autoencoder 88 → 40 → 20 → 10 → **2** → 10 → 20 → 40 → 88 (Das et al. 2022) whose two latent
//! coordinates were trained to average to the activation of the voice plus a constant. So the score is the mean of
//! the two coordinates plus an offset, in label units: 1 calm … 5 excited (never clamped here). The study's other
//! objectives define no such axis; there the score is a straight line through the coordinates that was fitted to the
//! training labels ([`ModelInfo::readout`]).
//!
//! Weights are stored as `f32` and evaluated in `f64` with plain loops in a fixed order: the same bits everywhere.
//!
//! ```
//! use undertone::model::{Objective, shipped};
//!
//! let model = shipped(Objective::MetricAct)?;
//! // The average training voice, and one whose pitch lies higher.
//! let mut features: [f32; 88] = std::array::from_fn(|i| model.scaler().mean[i]);
//! assert_eq!(model.evaluate(&features).activation, model.baseline());
//! features[0] += 2.0 * model.scaler().scale[0];
//! assert!(model.evaluate(&features).activation > model.baseline());
//! # Ok::<(), undertone::model::ModelError>(())
//! ```
//!
//! This module knows nothing of sound; of [`egemaps`] it uses the catalogue of names only.

mod beat;
mod cloud;
mod error;
pub mod frame;
mod info;
mod inside;
mod network;
mod quantiles;
#[cfg(any(test, feature = "testing"))]
#[doc(hidden)]
pub mod testing;
mod weights;

pub use cloud::ReferenceCloud;
pub use error::ModelError;
pub use info::{CorpusInfo, Family, Interval, LabelOrigin, ModelInfo, Novelty, Objective, Provenance};
pub use inside::Inside;
pub use network::{Layer, Network};
pub use quantiles::{QUANTILE_COUNT, Quantiles};
pub use weights::FORMAT_VERSION;

use egemaps::catalogue::FEATURE_COUNT;

/// Number of latent coordinates.
pub const LATENT_COUNT: usize = 2;

/// Widths of the layers from input to latent; the decoder mirrors them.
pub const WIDTHS: [usize; 5] = [FEATURE_COUNT, 40, 20, 10, LATENT_COUNT];

/// Mean and scale of each feature over the training data.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaler {
    /// Mean per feature, in the feature's unit.
    pub mean: Vec<f32>,
    /// Divisor per feature (standard deviation over the training data), > 0.
    pub scale: Vec<f32>,
}

impl Scaler {
    /// (x − mean) / scale of feature `index`.
    pub fn standardise(&self, index: usize, value: f32) -> f64 {
        (f64::from(value) - f64::from(self.mean[index])) / f64::from(self.scale[index])
    }
}

/// A model's inputs after scaling: standardised and limited.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelInput {
    /// Standardised features, each within ± [`ModelInfo::limit`].
    pub z: [f64; FEATURE_COUNT],
    /// Indices of the features that had to be limited, ascending.
    pub limited: Vec<usize>,
}

/// What the model says about one utterance.
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
    /// Whether one of the two figures above exceeds what almost all held-out speech stays below, or the voice comes in
    /// a beat as steady as that of laughter.
    pub unlike_reference: bool,
    /// Ends of the score's interval, in score units.
    pub interval: [f64; 2],
}

/// A checked weights file, ready to evaluate.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    info: ModelInfo,
    scaler: Scaler,
    network: Network,
    cloud: ReferenceCloud,
    quantiles: Quantiles,
}

impl Model {
    /// Reads a weights file (safetensors with the metadata entry `undertone`) and checks all of it: versions, names,
    /// types and shapes of the tensors, finite values, positive scales, indices within their lists.
    ///
    /// # Errors
    /// [`ModelError`] says what does not fit, what was expected and what was found.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, ModelError> {
        weights::read(bytes)
    }

    /// Puts a model together from its parts, with the same checks as [`Model::from_bytes`]; the hash in `info` is
    /// replaced by the one of the bytes that [`Model::to_bytes`] gives.
    ///
    /// # Errors
    /// As [`Model::from_bytes`].
    pub fn from_parts(
        info: ModelInfo,
        scaler: Scaler,
        network: Network,
        cloud: ReferenceCloud,
        quantiles: Quantiles,
    ) -> Result<Model, ModelError> {
        Model::from_bytes(&weights::write(&Model { info, scaler, network, cloud, quantiles })?)
    }

    /// The weights file. The same model always gives the same bytes.
    ///
    /// # Errors
    /// [`ModelError::Container`] if the parts cannot be laid out as tensors.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ModelError> {
        weights::write(self)
    }

    /// What the file says about itself.
    pub fn info(&self) -> &ModelInfo {
        &self.info
    }

    /// The training utterances as points of the latent space.
    pub fn reference(&self) -> &ReferenceCloud {
        &self.cloud
    }

    /// Distribution of each feature over the training utterances.
    pub fn quantiles(&self) -> &Quantiles {
        &self.quantiles
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
                z.clamp(-limit, limit)
            }
        });
        ModelInput { z, limited }
    }

    /// Score of a pair of latent coordinates.
    pub fn score(&self, latent: &[f64]) -> f64 {
        let mut sum = 0.0;
        for (weight, z) in self.info.readout.iter().zip(latent) {
            sum += weight * z;
        }
        sum + self.info.offset
    }

    /// How its latent space lies in the map.
    pub fn frame(&self) -> frame::Frame {
        frame::Frame::of(self)
    }

    /// Everything the model says about one utterance's 88 features (catalogue order and units).
    pub fn evaluate(&self, features: &[f32; FEATURE_COUNT]) -> Evaluation {
        let input = self.standardise(features);
        let encoded = self.network.encode(&input.z);
        let decoded = self.network.decode(&encoded);
        let reconstruction_error = mean_square(input.z.iter().zip(&decoded).map(|(x, y)| x - y));
        let feature_distance = libm::sqrt(mean_square(input.z.iter().copied()));
        let latent = [encoded[0], encoded[1]];
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
                || beat::is_steady(features),
            interval: [activation + self.info.interval.lower, activation + self.info.interval.upper],
        }
    }
}

/// A model that comes with the program, trained on Emo-DB and BanglaSER only. The default is metric-act.
///
/// Not in the browser build: the page hands the bytes over.
///
/// # Errors
/// Only if the file was damaged before the build; a test holds that all of them load.
#[cfg(not(target_arch = "wasm32"))]
pub fn shipped(objective: Objective) -> Result<Model, ModelError> {
    Model::from_bytes(shipped_bytes(objective))
}

/// Bytes of the weights file that [`shipped`] reads.
#[cfg(not(target_arch = "wasm32"))]
pub const fn shipped_bytes(objective: Objective) -> &'static [u8] {
    match objective {
        Objective::Unsupervised => include_bytes!("../../models/unsupervised.safetensors"),
        Objective::MetricCluster => include_bytes!("../../models/metric-cluster.safetensors"),
        Objective::MetricAct => include_bytes!("../../models/metric-act.safetensors"),
        Objective::MetricVal => include_bytes!("../../models/metric-val.safetensors"),
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

    #[test]
    fn every_shipped_model_is_its_objective_s_and_scores_the_average_voice_as_its_baseline() {
        for objective in Objective::ALL {
            let model = shipped(objective).unwrap();
            assert_eq!(model.info().objective, objective);
            let mean: [f32; FEATURE_COUNT] = std::array::from_fn(|i| model.scaler().mean[i]);
            let evaluation = model.evaluate(&mean);
            assert_eq!(evaluation.activation, model.baseline());
            assert!(evaluation.limited.is_empty());
            assert!(!evaluation.unlike_reference);
            assert!((1.0..5.0).contains(&evaluation.activation), "{}", evaluation.activation);
            // Only corpora whose licence allows it.
            let corpora: Vec<&str> = model.info().corpora.iter().map(|c| c.id.as_str()).collect();
            assert_eq!(corpora, ["emodb", "bangla-ser"]);
            assert_eq!(model.reference().len(), 339 + 1466);
        }
        let families = Objective::ALL.map(|objective| shipped(objective).unwrap().info().family);
        assert_eq!(families, [families[0]; 4]);
    }

    #[test]
    fn the_score_is_the_mean_latent_plus_the_offset_and_the_map_s_axis() {
        let model = testing::model(7);
        let features = testing::features(&model, 3);
        let e = model.evaluate(&features);
        assert_eq!(e.activation, 0.5 * e.latent[0] + 0.5 * e.latent[1] + model.info().offset);
        let [across, up] = model.frame().place(e.latent);
        assert_eq!(across, e.activation);
        // The map is a turn: both coordinates come back.
        let m = across - model.info().offset;
        assert!((m + up - e.latent[0]).abs() < 1e-12);
        assert!((m - up - e.latent[1]).abs() < 1e-12);
        assert_eq!(e.interval[0], e.activation + model.info().interval.lower);
        assert_eq!(e.interval[1], e.activation + model.info().interval.upper);
    }

    #[test]
    fn far_and_missing_values_are_limited_named_and_never_poison_the_score() {
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
    fn voices_unlike_the_reference_are_flagged_by_distance_and_by_reconstruction() {
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
