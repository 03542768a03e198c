//! Why a command failed.

use std::io;
use std::path::PathBuf;

use super::date::DateError;
use super::explain::error::ExplainError;
use super::inputs::error::InputError;
use super::names::objective_names;
use crate::data::corpora::CorpusError;
use crate::experiments::replication::error::ReplicationError;
use crate::io::WriteError;
use crate::io::names::shown;
use crate::io::reason::reason;
use crate::io::resume::ResumeError;
use crate::learn::fit::FitError;
use crate::release::FinalModelError;
use undertone::attribution::AttributionError;
use undertone::chart::ChartError;
use undertone::model::ModelError;

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CommandError {
    /// The output could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Files, segments and outputs do not go together, or cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The table that is to be carried on cannot be.
    #[error(transparent)]
    Resume(#[from] ResumeError),
    /// There is no manual page of it.
    #[error("there is no command “{name}”: `undertone --help` lists them")]
    NoSuchCommand {
        /// What was named.
        name: String,
    },
    /// The threads of `--jobs` could not be started.
    #[error("so many threads cannot be started: give a smaller number of --jobs")]
    Jobs(#[from] rayon::ThreadPoolBuildError),
    /// The weights file could not be read from disk.
    #[error(
        "the weights file {} cannot be opened ({}): check the path, or name a built-in model ({})",
        shown(path),
        reason(source),
        objective_names()
    )]
    OpenModel {
        /// The weights file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The file is no weights file, or does not fit this program.
    #[error("the weights file {} does not fit: {source}", shown(path))]
    Model {
        /// The weights file.
        path: PathBuf,
        /// What does not fit.
        source: ModelError,
    },
    /// A score cannot be explained as the command line asks.
    #[error(transparent)]
    Explain(#[from] ExplainError),
    /// The method of attribution and the background do not go together; [`ExplainError`] says so earlier, with the
    /// options' names.
    #[error(transparent)]
    Attribution(#[from] AttributionError),
    /// Voices to start from cannot be read; each was reported.
    #[error(
        "{failed} of {count} background voices cannot be used: leave them out or mend them, nothing was explained"
    )]
    Background {
        /// How many cannot.
        failed: usize,
        /// How many were named.
        count: usize,
    },
    /// A corpus cannot be used.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// A corpus of calm reading was given where labels are needed.
    #[error("{corpus} has no labels: it can be trained on beside labelled corpora, not evaluated")]
    NoLabels {
        /// Its short name.
        corpus: String,
    },
    /// A corpus to be tested on has recordings that are trained on.
    #[error(
        "{} of the {utterances} recordings of {target} are among the training corpora: a result on them says nothing of new \
         recordings. Leave {target} out, or take them out of one of the two",
        trained_on
    )]
    TrainedOn {
        /// The short name of the corpus to be tested on.
        target: String,
        /// How many of its recordings are trained on.
        trained_on: usize,
        /// How many it has.
        utterances: usize,
    },
    /// A table of features was given where recordings are needed.
    #[error("{} holds features, not sound: name the folder of its recordings, NAME=FOLDER", shown(path))]
    NoSound {
        /// The table.
        path: PathBuf,
    },
    /// No model can be trained on the corpora.
    #[error(transparent)]
    FinalModel(#[from] FinalModelError),
    /// The replication cannot be done, or its runs cannot be stored.
    #[error(transparent)]
    Replication(#[from] ReplicationError),
    /// Nothing can be learned from the corpora.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// There is no date for the weights file.
    #[error(transparent)]
    Date(#[from] DateError),
    /// The folder of the feature cache cannot be created.
    #[error(
        "features cannot be cached in {} ({}): name another folder with --cache DIR",
        shown(path),
        reason(source)
    )]
    Cache {
        /// The folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// A figure could not be drawn.
    #[error("the figure {file} cannot be drawn: {source}")]
    Chart {
        /// Its file.
        file: String,
        /// Why not.
        source: ChartError,
    },
    /// A table could not be serialised; a defect of this program.
    #[error("a table cannot be written as CSV ({0}): please report this")]
    Csv(#[from] csv::Error),
    /// A result could not be serialised; a defect of this program.
    #[error("a result cannot be written as JSON ({0}): please report this")]
    Json(#[from] serde_json::Error),
}

impl CommandError {
    /// Whether the command line itself is wrong.
    pub(super) fn is_usage(&self) -> bool {
        match self {
            Self::Explain(_) | Self::NoSuchCommand { .. } => true,
            Self::Write(error) | Self::Resume(ResumeError::Write(error)) => error.is_usage(),
            Self::Input(error) => error.is_usage(),
            _ => false,
        }
    }
}
