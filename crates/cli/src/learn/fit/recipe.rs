//! The recipe: hyper-parameters of a training.

use crate::learn::line::LineSettings;
use undertone::model::{Architecture, Objective};

/// Calm reading in a training. It has no labels; the recipe assumes some.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReadingUse {
    /// The activation that the network is trained with. Emotion and valence, where the objective asks for them, are those of
    /// neutral speech.
    pub activation: f64,
    /// How often a reading is drawn, relative to a labelled utterance in the mean.
    pub weight: f64,
    /// The same for metric-cluster. There all readings are of one cluster, neutral speech, and many of them leave little room for
    /// the other emotions.
    pub weight_in_clusters: f64,
}

/// Whose means an utterance is shifted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShiftBy {
    /// From the mean of its speaker to that of a random speaker of labelled utterances.
    Speakers,
    /// By the difference of the means of two random readers; where there are fewer than two, as [`ShiftBy::Speakers`].
    /// Readers all speak calmly, so what differs between them is the voice.
    Readers,
}

/// A line ([`crate::learn::line`]) in the last unit of each of the encoder's hidden layers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineInNetwork {
    /// How it is fitted.
    pub settings: LineSettings,
    /// Its share of the mean latent coordinate; the rest is the network's. Both are in label units.
    pub share: f64,
}

/// How many bits the weights have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    /// 32 (IEEE single precision), as in a weights file.
    Single,
    /// 16 (IEEE half precision), as on the page. A weights file holds them without loss.
    Half,
}

/// Hyper-parameters of a training.
///
/// Network and objective are those of Das et al. (2022; method §1 to §3). The additions change the training batches
/// ([`clean_share`](Recipe::clean_share), [`speaker_shift`](Recipe::speaker_shift)), the initial weights
/// ([`initial_bias`](Recipe::initial_bias)), the unit of the latent plane ([`rescale`](Recipe::rescale)) and one unit per
/// hidden layer ([`line`](Recipe::line)), not the shape of the network or the objective.
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
    /// Augmentation in feature space: an utterance is shifted, input and target alike, by a share of the difference between
    /// two voices. The share is uniform between 0 and this; 0 for no shifts. Above 1 it goes beyond the other voice.
    pub speaker_shift: f64,
    /// The voices of these shifts.
    pub shift_by: ShiftBy,
    /// Calm reading; `None`: it is left out.
    pub reading: Option<ReadingUse>,
    /// How much the size of a labelled corpus counts in the batches: 1 draws corpora as they fall, 0 all alike, between them
    /// by this power of their size.
    pub corpus_exponent: f64,
    /// A line in the network, where the objective has an axis for activation (metric-act); the others get none.
    pub line: Option<LineInNetwork>,
    /// Precision of the weights.
    pub precision: Precision,
    /// Added to the initial biases of the encoder's layers with a ReLU. With a few units all ReLUs are active at first, so
    /// the encoder starts as a linear map.
    pub initial_bias: f64,
    /// Whether the latent plane is rescaled after training, so that the slope of the label against its axis is 1 (metric-act,
    /// metric-val; the others define no axis). Reconstruction and ranks do not change. Without it the slope is below 1,
    /// because the objective trades some of it for reconstruction.
    pub rescale: bool,
}

impl Recipe {
    /// The recipe of the built-in models: network and objective of Das et al., with augmentation, shifts between readers,
    /// initial biases and a line. `docs/results.md` says how it was chosen.
    pub fn shipped() -> Recipe {
        Recipe {
            noise: 0.75,
            limit: 3.0,
            clean_share: 0.3,
            speaker_shift: 1.7,
            shift_by: ShiftBy::Readers,
            reading: Some(ReadingUse { activation: 2.5, weight: 1.0, weight_in_clusters: 1.0 / 3.0 }),
            corpus_exponent: 0.0,
            line: Some(LineInNetwork {
                settings: LineSettings { alpha: 100.0, channel: 0.7, gains: true, reading: Some(2.5) },
                share: 0.5,
            }),
            precision: Precision::Half,
            initial_bias: 4.0,
            rescale: true,
            ..Recipe::published()
        }
    }

    /// The line of a training for this recipe's objective.
    pub(super) fn own_line(&self) -> Option<LineInNetwork> {
        self.line.filter(|_| self.objective.has_own_score())
    }

    /// How often a reading is drawn by this recipe, relative to a labelled utterance in the mean; 0 without readings.
    pub(crate) fn reading_weight(&self) -> f64 {
        let weight = |reading: ReadingUse| match self.objective {
            Objective::MetricCluster => reading.weight_in_clusters,
            Objective::Unsupervised | Objective::MetricAct | Objective::MetricVal => reading.weight,
        };
        self.reading.map_or(0.0, weight)
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
            shift_by: ShiftBy::Speakers,
            reading: None,
            corpus_exponent: 1.0,
            line: None,
            precision: Precision::Single,
            initial_bias: 0.0,
            rescale: false,
        }
    }
}
