//! How to train, as data.

use undertone::model::{Architecture, Objective};

/// How to train.
///
/// The network and its objective are the study's (method §1 to §3). What is added around them changes what the network is
/// shown ([`clean_share`](Recipe::clean_share), [`speaker_shift`](Recipe::speaker_shift)), where it starts
/// ([`open_bias`](Recipe::open_bias)) and in which unit its plane is measured ([`rescale`](Recipe::rescale)), never what
/// it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// What shapes the latent space besides reconstruction.
    pub objective: Objective,
    /// Kind of autoencoder.
    pub architecture: Architecture,
    /// Whether the metric term is the one of the study's released code: metric-cluster takes a second root
    /// ([`crate::learn::metric::cluster`]); the other objectives are the same either way.
    pub as_released: bool,
    /// Whether the logarithm of the objective is minimised, as in the study's released code; only where the objective
    /// has a metric term.
    pub logarithm: bool,
    /// Passes over the data.
    pub epochs: usize,
    /// Utterances per step.
    pub batch: usize,
    /// Adam's learning rate at the start; it falls to 0 along a half cosine.
    pub rate: f64,
    /// Standard deviation of the noise on the standardised input of a DAE. A VAE gets none, whatever stands here: its
    /// noise is the sample that it draws from the latent distribution, and with both it would be another method than
    /// the study's.
    pub noise: f64,
    /// Largest weight of the divergence in a VAE, which rises to it in cycles ([`crate::learn::loss::annealed`]).
    pub beta: f64,
    /// Standardised features are limited to ± this.
    pub limit: f64,
    /// Share of inputs that are the recording as it is. The others are one of the utterance's degraded versions
    /// ([`crate::data::augment`]), each as likely; what the network shall restore is the recording as it is, always.
    /// Utterances without versions are always shown as they are.
    pub clean_share: f64,
    /// An utterance is shifted, input and target alike, by a share of the way from its own speaker's mean to that of
    /// a random one, uniform between 0 and this; 0 for no shifts. Above 1 it goes on beyond the other speaker.
    pub speaker_shift: f64,
    /// Added at the start to the biases of the encoder's layers with a ReLU. A few units open all of them, so that the
    /// encoder starts as a linear map and bends only where the data ask for it.
    pub open_bias: f64,
    /// Whether the plane is rescaled at the end, so that a step along its axis is a step of the label that the objective
    /// follows (metric-act, metric-val; the others define no axis). The reconstruction and all ranks stay as they are.
    /// Without, the plane is smaller than the labels': the objective gives up some of the slope for reconstruction.
    pub rescale: bool,
}

impl Recipe {
    /// What the shipped models are trained by: the study's network and objective, shown degraded versions and shifted
    /// voices, started open. How it was chosen stands in `docs/results.md`.
    pub fn shipped() -> Recipe {
        Recipe {
            noise: 0.75,
            limit: 3.0,
            clean_share: 0.3,
            speaker_shift: 1.7,
            open_bias: 4.0,
            rescale: true,
            ..Recipe::plain()
        }
    }

    /// The study's own training (method §3), but for the falling learning rate.
    pub fn plain() -> Recipe {
        Recipe {
            objective: Objective::MetricAct,
            architecture: Architecture::Dae,
            as_released: false,
            logarithm: false,
            epochs: 50,
            batch: 64,
            rate: 1e-3,
            noise: 1.0,
            beta: 0.25,
            limit: 10.0,
            clean_share: 1.0,
            speaker_shift: 0.0,
            open_bias: 0.0,
            rescale: false,
        }
    }
}
