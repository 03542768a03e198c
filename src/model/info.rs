//! The metadata of a weights file.

use serde::{Deserialize, Serialize};

use super::error::ModelError;
use super::half_width::HalfWidths;
use super::network::LATENT_COUNT;
use super::order::Order;
use egemaps::catalogue::CATALOGUE_VERSION;

/// Version of the weights format that this program reads and writes.
pub const FORMAT_VERSION: u32 = 2;

/// What the latent space was trained for, besides reconstruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Objective {
    /// Reconstruction alone.
    Unsupervised,
    /// Utterances of one emotion lie together, emotions apart.
    MetricCluster,
    /// The mean latent coordinate equals the activation label plus a constant.
    MetricAct,
    /// The mean latent coordinate equals the valence label plus a constant.
    MetricVal,
}

impl Objective {
    /// All, in the order of Das et al. (2022).
    pub const ALL: [Objective; 4] =
        [Objective::Unsupervised, Objective::MetricCluster, Objective::MetricAct, Objective::MetricVal];

    /// Name as written in files and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Objective::Unsupervised => "unsupervised",
            Objective::MetricCluster => "metric-cluster",
            Objective::MetricAct => "metric-act",
            Objective::MetricVal => "metric-val",
        }
    }

    /// Whether the latent space has an axis for activation, so that the score is the model's own. Of the other objectives'
    /// models it is a line that was fitted to the training labels afterwards.
    pub const fn has_own_score(self) -> bool {
        match self {
            Objective::MetricAct => true,
            Objective::Unsupervised | Objective::MetricCluster | Objective::MetricVal => false,
        }
    }

    /// The objective of that name.
    pub fn from_name(name: &str) -> Option<Objective> {
        Objective::ALL.into_iter().find(|objective| objective.name() == name)
    }
}

/// The two kinds of autoencoder that share the layers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Architecture {
    /// Denoising autoencoder.
    Dae,
    /// Variational autoencoder. Its weights file holds the head for the mean of the latent distribution, not the one for
    /// the log-variance, which is used in training only.
    Vae,
}

impl Architecture {
    /// Both.
    pub const ALL: [Architecture; 2] = [Architecture::Dae, Architecture::Vae];

    /// Name as written in files and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Architecture::Dae => "dae",
            Architecture::Vae => "vae",
        }
    }
}

/// Where the activation labels of a corpus come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LabelOrigin {
    /// People listened to this utterance and rated it.
    Human,
    /// The mean human rating of the acted emotion stands in, from other corpora.
    Category,
    /// None: calm reading, of which the recipe assumes a label.
    Reading,
}

impl LabelOrigin {
    /// Name as written in tables.
    pub const fn name(self) -> &'static str {
        match self {
            LabelOrigin::Human => "human",
            LabelOrigin::Category => "category",
            LabelOrigin::Reading => "reading",
        }
    }
}

/// A training corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CorpusInfo {
    /// Short name, as on the command line.
    pub id: String,
    /// Name with the reference to cite.
    pub name: String,
    /// Language of the speech, in English.
    pub language: String,
    /// Licence of the recordings.
    pub licence: String,
    /// Where its activation labels come from.
    pub labels: LabelOrigin,
    /// Utterances that were used.
    pub utterances: u32,
    /// Speakers that were used.
    pub speakers: u32,
}

/// The interval around a score that held-out speech justifies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Share of held-out labels inside, e.g. 0.8.
    pub level: f64,
    /// Lower end minus score.
    pub lower: f64,
    /// Upper end minus score.
    pub upper: f64,
    /// How it was obtained, in a sentence.
    pub method: String,
    /// Number of held-out residuals behind it.
    pub residuals: u32,
    /// Half-widths by duration of the speech and by background, which then replace `lower` and `upper` for recordings of
    /// which both are known. `None` in files that were trained without them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_widths: Option<HalfWidths>,
}

/// Thresholds above which an utterance counts as unlike anything in training.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Novelty {
    /// Share of held-out speech below each threshold, e.g. 0.99.
    pub quantile: f64,
    /// Threshold of [`super::Evaluation::reconstruction_error`].
    pub reconstruction_error: f64,
    /// Threshold of [`super::Evaluation::feature_distance`].
    pub feature_distance: f64,
}

/// Provenance: how the weights were made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// Name of the recipe in the model card.
    pub name: String,
    /// Seed of every random number.
    pub seed: u64,
    /// Passes over the training data.
    pub epochs: u32,
    /// Day of training, `YYYY-MM-DD`.
    pub date: String,
    /// Commit of the program that trained.
    pub commit: String,
    /// Version of the program that trained.
    pub version: String,
}

/// What a weights file says about itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelInfo {
    /// Version of the file format.
    pub format: u32,
    /// Version of the feature catalogue.
    pub catalogue: String,
    /// What the latent space was trained for, besides reconstruction.
    pub objective: Objective,
    /// Kind of autoencoder; `family` in the file.
    #[serde(rename = "family")]
    pub architecture: Architecture,
    /// Weights of the two latent coordinates in the score: ½, ½ where the objective is metric-act, a least-squares fit
    /// to the training labels otherwise.
    pub readout: [f64; LATENT_COUNT],
    /// Score = readout · latent + offset.
    pub offset: f64,
    /// Standardised features are limited to ± this.
    pub limit: f64,
    /// The score's interval.
    pub interval: Interval,
    /// When an utterance counts as unlike the training voices.
    pub novelty: Novelty,
    /// The order of two recordings of one voice. `None` in files that were trained without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// Training corpora; [`super::TrainingVoices::corpus`] points into this list.
    pub corpora: Vec<CorpusInfo>,
    /// Emotion names; [`super::TrainingVoices::emotion`] points into this list.
    pub emotions: Vec<String>,
    /// Speaker names, `corpus/speaker`; [`super::TrainingVoices::speaker`] points into this list.
    pub speakers: Vec<String>,
    /// Provenance: how the weights were made.
    pub provenance: Provenance,
    /// SHA-256 of the file, hexadecimal. Computed on reading, not stored.
    #[serde(skip_deserializing, default)]
    pub hash: String,
}

impl ModelInfo {
    /// Checks versions and the ranges of all numbers.
    pub(super) fn check(&self) -> Result<(), ModelError> {
        if self.format != FORMAT_VERSION {
            return Err(ModelError::Format { expected: FORMAT_VERSION, actual: self.format });
        }
        if self.catalogue != CATALOGUE_VERSION {
            return Err(ModelError::Catalogue {
                expected: CATALOGUE_VERSION.to_owned(),
                actual: self.catalogue.clone(),
            });
        }
        let positive = "a number above 0";
        let share = "a share between 0 and 1";
        let is_positive = |v: f64| v > 0.0 && v.is_finite();
        let is_share = |v: f64| v > 0.0 && v < 1.0;
        let interval = &self.interval;
        let novelty = &self.novelty;
        for (name, value, fits, expected) in [
            ("readout", self.readout[0], self.readout[0].is_finite(), "a finite number"),
            ("readout", self.readout[1], self.readout[1].is_finite(), "a finite number"),
            ("offset", self.offset, self.offset.is_finite(), "a finite number"),
            ("limit", self.limit, is_positive(self.limit), positive),
            ("interval.level", interval.level, is_share(interval.level), share),
            (
                "interval.lower",
                interval.lower,
                interval.lower.is_finite() && interval.lower <= interval.upper,
                "a finite number not above interval.upper",
            ),
            ("interval.upper", interval.upper, interval.upper.is_finite(), "a finite number"),
            ("novelty.quantile", novelty.quantile, is_share(novelty.quantile), share),
            (
                "novelty.reconstruction_error",
                novelty.reconstruction_error,
                is_positive(novelty.reconstruction_error),
                positive,
            ),
            (
                "novelty.feature_distance",
                novelty.feature_distance,
                is_positive(novelty.feature_distance),
                positive,
            ),
        ] {
            if !fits {
                return Err(ModelError::Value { name, expected, actual: value });
            }
        }
        if let Some(half_widths) = &interval.half_widths {
            half_widths.check()?;
        }
        self.order.as_ref().map_or(Ok(()), Order::check)
    }
}
