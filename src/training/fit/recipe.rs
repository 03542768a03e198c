//! How to train, as data.

use crate::model::{Family, Objective};

/// How to train.
///
/// The network and its objective are the study's (method §1 to §3). What is added around them (speaker shifts, mixing,
/// averaging) changes what the network is shown and which of its weights are kept, never what it is. Several versions
/// of an utterance are several rows of the data set, with the same speaker and the same labels; a teacher's opinion is
/// another label in those rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// What shapes the latent space besides reconstruction.
    pub objective: Objective,
    /// Kind of autoencoder.
    pub family: Family,
    /// Whether the metric term is the one of the study's released code: metric-cluster takes a second root
    /// ([`crate::training::metric::cluster`]); the other objectives are the same either way.
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
    /// Decoupled weight decay.
    pub decay: f64,
    /// Standard deviation of the noise on the standardised input of a DAE. A VAE gets none, whatever stands here: its
    /// noise is the sample that it draws from the latent distribution, and with both it would be another method than
    /// the study's.
    pub noise: f64,
    /// Largest weight of the divergence in a VAE, which rises to it in cycles ([`crate::training::loss::annealed`]).
    pub beta: f64,
    /// Standardised features are limited to ± this.
    pub limit: f64,
    /// Largest share of the way from an utterance's own speaker's mean to another speaker's mean that the utterance is
    /// shifted by; 0 for none.
    pub speaker_shift: f64,
    /// Whether every utterance is mixed with another one, labels alike; the emotion is that of the larger share.
    pub mix: bool,
    /// The network gets the mean of the weights after each of the last so many epochs; 0 and 1: those after the last.
    pub averaged_epochs: usize,
}

impl Recipe {
    /// What the shipped models are trained by: the study's training, longer, on voices that are shifted towards other
    /// speakers and mixed. How it was chosen stands in `docs/results.md`.
    pub fn shipped() -> Recipe {
        Recipe { epochs: 100, limit: 5.0, speaker_shift: 1.0, mix: true, ..Recipe::plain() }
    }

    /// The study's own training (method §3), but for the falling learning rate.
    pub fn plain() -> Recipe {
        Recipe {
            objective: Objective::MetricAct,
            family: Family::Dae,
            as_released: false,
            logarithm: false,
            epochs: 50,
            batch: 64,
            rate: 1e-3,
            decay: 0.0,
            noise: 1.0,
            beta: 0.25,
            limit: 10.0,
            speaker_shift: 0.0,
            mix: false,
            averaged_epochs: 0,
        }
    }
}
