//! Why a file was skipped, and why an output could not be written.

use std::io;
use std::path::PathBuf;

use egemaps::ExtractError;
use egemaps::geometry::{MAX_RATE_HZ, MIN_RATE_HZ};
use undertone::analysis::AnalysisError;
use undertone::audio::AudioError;

use super::decode::DecodeError;

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
    /// The command has ended before the file was done; nobody is told.
    #[error("the command has ended")]
    Stopped,
}

/// The output could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be written ({source}): check that the folder exists and has room", path.display())]
pub struct WriteError {
    /// Where to; `standard output` if that was it.
    pub path: PathBuf,
    /// Why not.
    pub source: io::Error,
}
