//! Why a replication cannot be done.

use std::path::PathBuf;

use crate::learn::fit::FitError;

/// Why a replication cannot be done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReplicationError {
    /// No utterances.
    #[error("{corpus}: no utterances")]
    Empty {
        /// Corpus.
        corpus: String,
    },
    /// Fewer than two folds.
    #[error("{folds} folds: at least two are needed, one to hold out and one to train on")]
    TooFewFolds {
        /// How many were asked for.
        folds: usize,
    },
    /// Fewer utterances than folds.
    #[error("{corpus}: {rows} utterances are fewer than {folds} folds: ask for fewer with --folds")]
    FewerRowsThanFolds {
        /// Corpus.
        corpus: String,
        /// Utterances.
        rows: usize,
        /// Folds.
        folds: usize,
    },
    /// Only one speaker.
    #[error("{corpus}: all utterances are of one speaker: at least two are needed")]
    OneSpeaker {
        /// Corpus.
        corpus: String,
    },
    /// Fewer speakers than folds.
    #[error(
        "{corpus}: {speakers} speakers are fewer than {folds} folds: ask for fewer with --folds, or for \
         --grouping stratified"
    )]
    FewerSpeakersThanFolds {
        /// Corpus.
        corpus: String,
        /// Speakers.
        speakers: usize,
        /// Folds.
        folds: usize,
    },
    /// Fewer than two of the four classes.
    #[error("{corpus}: has only one class of neutral, sadness, happiness and anger: at least two are needed")]
    OneClass {
        /// Corpus.
        corpus: String,
    },
    /// All labels are equal.
    #[error("{corpus}: all activation labels are {label}: labels must differ")]
    ConstantLabels {
        /// Corpus.
        corpus: String,
        /// The label.
        label: f64,
    },
    /// Features or labels that are not finite numbers.
    #[error("{corpus}: {count} utterances with features or labels that are not finite numbers")]
    NotFinite {
        /// Corpus.
        corpus: String,
        /// How many.
        count: usize,
    },
    /// A network cannot be trained on the source, for example because it lacks labels that the objective needs.
    #[error("{corpus}: {source}")]
    Fit {
        /// Source corpora.
        corpus: String,
        /// Why not.
        source: FitError,
    },
    /// A stored run cannot be written or read.
    #[error("{}: {source}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A result could not be serialised; a defect of this program.
    #[error("a result cannot be written ({0}): please report this")]
    Json(#[from] serde_json::Error),
    /// A table could not be written; a defect of this program.
    #[error("a table cannot be written ({0}): please report this")]
    Csv(#[from] csv::Error),
}
