//! The recipe: hyper-parameters of a training.

use undertone::model::{Architecture, Objective};

/// Hyper-parameters of a training.
///
/// Network and objective are those of Das et al. (2022; method §1 to §3). The additions change the training batches
/// ([`clean_share`](Recipe::clean_share), [`speaker_shift`](Recipe::speaker_shift)), the initial weights
/// ([`initial_bias`](Recipe::initial_bias)) and the unit of the latent plane ([`rescale`](Recipe::rescale)), not network or
/// objective.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// What the latent space is trained for, besides reconstruction.
    pub objective: Objective,
    /// Kind of autoencoder.
    pub architecture: Architecture,
    /// Whether the metric term is that of the code released with Das et al.: metric-cluster takes a second root
    /// ([`crate::learn::metric::cluster`]); the other objectives are the same either way.
    pub as_released: bool,
    /// Whether the logarithm of the objective is minimised, as in the released code; only where the objective has a
    /// metric term.
    pub logarithm: bool,
    /// Passes over the data.
    pub epochs: usize,
    /// Utterances per batch.
    pub batch_size: usize,
    /// Adam's learning rate at the start; it falls to 0 along a half cosine.
    pub learning_rate: f64,
    /// Standard deviation of the noise on the standardised input of a DAE. A VAE gets none, whatever is set here: its
    /// noise is the sample from the latent distribution, as in Das et al.
    pub noise: f64,
    /// Largest weight of the KL divergence in a VAE, annealed in cycles ([`crate::learn::loss::annealed_beta`]).
    pub beta: f64,
    /// Standardised features are limited to ± this.
    pub limit: f64,
    /// Share of inputs that are the recording as it is. The others are one of its augmentations
    /// ([`crate::data::augment`]), all with the same probability; the reconstruction target is always the recording as it is.
    /// Utterances without augmentations are always used as they are.
    pub clean_share: f64,
    /// Augmentation in feature space: an utterance is shifted, input and target alike, by a share of the way from its
    /// speaker's mean to that of a random speaker. The share is uniform between 0 and this; 0 for no shifts. Above 1 it goes
    /// beyond the other speaker's mean.
    pub speaker_shift: f64,
    /// Added to the initial biases of the encoder's layers with a ReLU. With a few units all ReLUs are active at first, so
    /// the encoder starts as a linear map.
    pub initial_bias: f64,
    /// Whether the latent plane is rescaled after training, so that the slope of the label against its axis is 1 (metric-act,
    /// metric-val; the others define no axis). Reconstruction and ranks do not change. Without it the slope is below 1,
    /// because the objective trades some of it for reconstruction.
    pub rescale: bool,
}

impl Recipe {
    /// The recipe of the built-in models: network and objective of Das et al., with augmentation, shifts between speakers
    /// and initial biases. `docs/results.md` says how it was chosen.
    pub fn shipped() -> Recipe {
        Recipe {
            noise: 0.75,
            limit: 3.0,
            clean_share: 0.3,
            speaker_shift: 1.7,
            initial_bias: 4.0,
            rescale: true,
            ..Recipe::published()
        }
    }

    /// The training published by Das et al. (method §3), but for the decaying learning rate.
    pub fn published() -> Recipe {
        Recipe {
            objective: Objective::MetricAct,
            architecture: Architecture::Dae,
            as_released: false,
            logarithm: false,
            epochs: 50,
            batch_size: 64,
            learning_rate: 1e-3,
            noise: 1.0,
            beta: 0.25,
            limit: 10.0,
            clean_share: 1.0,
            speaker_shift: 0.0,
            initial_bias: 0.0,
            rescale: false,
        }
    }
}
