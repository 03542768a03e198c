//! Why no final model can be trained.

use super::held_out::FOLDS;
use crate::learn::fit::FitError;
use undertone::model::ModelError;

/// Why no final model can be trained on some corpora.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FinalModelError {
    /// No network can be trained on them.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// No network can be trained without a part of them, which is held out.
    #[error("without {part}, which is held out in turn: {source}")]
    HeldOut {
        /// The part that is held out.
        part: String,
        /// Why no network can be trained on the rest.
        source: FitError,
    },
    /// Too few speakers to hold some out.
    #[error("{speakers} speakers: at least {FOLDS} are needed to hold some out")]
    TooFewSpeakers {
        /// Number of speakers.
        speakers: usize,
    },
    /// More corpora or speakers than a weights file can index.
    #[error("{count} {what}: a weights file holds at most {limit}")]
    TooMany {
        /// Corpora or speakers.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many fit.
        limit: usize,
    },
    /// The parts do not make a valid model.
    #[error(transparent)]
    Model(#[from] ModelError),
}
