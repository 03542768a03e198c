//! Why a network cannot be trained on some data.

use std::fmt;

use crate::data::emotion::Emotion;
use egemaps::catalogue::FEATURES;

/// One of the two labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// Calm … excited.
    Activation,
    /// Unpleasant … pleasant.
    Valence,
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Label::Activation => "activation",
            Label::Valence => "valence",
        })
    }
}

/// Why no network can be trained on a data set by a recipe.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FitError {
    /// No rows.
    #[error("no utterances to train on")]
    Empty,
    /// NaN or infinity among the features.
    #[error(
        "{bad} of {utterances} utterances have features that are not finite numbers; the first is utterance {first} with {}",
        FEATURES[*feature].name
    )]
    Features {
        /// Utterances with such a feature.
        bad: usize,
        /// All utterances.
        utterances: usize,
        /// Index of the first such utterance.
        first: usize,
        /// Catalogue index of its first such feature.
        feature: usize,
    },
    /// A label that is not a finite number.
    #[error("{bad} of {utterances} utterances have {label} labels that are not finite numbers")]
    LabelNotFinite {
        /// Which label.
        label: Label,
        /// Utterances with such a label.
        bad: usize,
        /// All utterances.
        utterances: usize,
    },
    /// All labels are equal.
    #[error("all {label} labels are {value}: labels must differ")]
    ConstantLabels {
        /// Which label.
        label: Label,
        /// Its value everywhere.
        value: f64,
    },
    /// The objective uses valence labels, and some utterances have none.
    #[error("metric-val needs a valence label for every utterance: {missing} of {utterances} have none")]
    NoValence {
        /// Utterances without.
        missing: usize,
        /// All utterances.
        utterances: usize,
    },
    /// The objective separates emotions, and there is one only.
    #[error("metric-cluster needs at least two emotions: all {utterances} utterances are {}", emotion.name())]
    OneEmotion {
        /// The emotion.
        emotion: Emotion,
        /// All utterances.
        utterances: usize,
    },
    /// The loss is not finite.
    #[error("training diverged in epoch {epoch}: try a lower learning rate")]
    Diverged {
        /// Epoch, from 1.
        epoch: usize,
    },
}
