//! What can go wrong with one file, and with a whole command.

use std::io;
use std::path::PathBuf;

use super::decode::DecodeError;
use super::train::DateError;
use crate::analysis::AnalysisError;
use crate::audio::AudioError;
use crate::chart::ChartError;
use crate::egemaps::ExtractError;
use crate::egemaps::geometry::{MAX_RATE_HZ, MIN_RATE_HZ};
use crate::model::ModelError;
use crate::training::corpora::CorpusError;
use crate::training::fit::FitError;
use crate::training::ship::ShipError;
use crate::training::study::check::StudyError;

/// Why one file was skipped. Printed behind the file's name.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// It could not be turned into samples.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// It cannot be extracted at its own rate.
    #[error(
        "its rate of {rate_hz} Hz is outside {MIN_RATE_HZ} to {MAX_RATE_HZ} Hz: leave `--rate native` out, so that \
         it is resampled"
    )]
    NativeRate {
        /// The file's rate, in Hz.
        rate_hz: u32,
    },
    /// The sound itself.
    #[error(transparent)]
    Audio(#[from] AudioError),
    /// The extraction.
    #[error(transparent)]
    Extract(#[from] ExtractError),
    /// The analysis.
    #[error(transparent)]
    Analysis(#[from] AnalysisError),
}

/// Why a command came to an end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CommandError {
    /// The output could not be written.
    #[error("{} cannot be written ({source}): check that the folder exists and has room", path.display())]
    Write {
        /// Where to; `standard output` if that was it.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The weights file could not be read from disk.
    #[error(
        "the weights file {} cannot be opened ({source}): check the path, or name a built-in model (unsupervised, \
         metric-cluster, metric-act, metric-val)",
        path.display()
    )]
    OpenModel {
        /// The weights file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The weights file is none, or does not fit this program.
    #[error("the weights file {} does not fit: {source}", path.display())]
    Model {
        /// The weights file.
        path: PathBuf,
        /// What does not fit.
        source: ModelError,
    },
    /// A corpus cannot be used.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// A table of features was given where recordings are needed.
    #[error("{} holds features, no sound: name the folder of its recordings, NAME=FOLDER", path.display())]
    NoSound {
        /// The table.
        path: PathBuf,
    },
    /// No model can be made of the corpora.
    #[error(transparent)]
    Ship(#[from] ShipError),
    /// The study cannot be done, or its runs cannot be kept.
    #[error(transparent)]
    Study(#[from] StudyError),
    /// Nothing can be learned from the corpora.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// There is no day to write into the weights file.
    #[error(transparent)]
    Date(#[from] DateError),
    /// The folder for features cannot be made.
    #[error("features cannot be kept in {} ({source}): say where with --cache DIR", path.display())]
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
    /// A table could not be put into rows; a defect of this program.
    #[error("a table cannot be written as CSV ({0}): please report this")]
    Csv(#[from] csv::Error),
    /// A row could not be put into words; a defect of this program.
    #[error("a result cannot be written as JSON ({0}): please report this")]
    Json(#[from] serde_json::Error),
}
