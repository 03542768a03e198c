//! Why a file was skipped, and why an output could not be written.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use egemaps::ExtractError;
use egemaps::geometry::{MAX_RATE_HZ, MIN_RATE_HZ};
use undertone::analysis::AnalysisError;
use undertone::audio::{AudioError, MAX_RATE_HZ as RESAMPLED_FROM_HZ};

use super::decode::DecodeError;
use super::names::shown;
use super::reason::reason;
use super::time::Time;

/// Why one file was skipped. Printed behind the file's name.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// It could not be turned into samples.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// It cannot be extracted at its own rate, or at any.
    #[error("its rate of {rate_hz} Hz {}", outside(*rate_hz))]
    Rate {
        /// The file's rate, in Hz.
        rate_hz: u32,
    },
    /// It has no such channel.
    #[error("it has {}, so there is no channel {channel}: name another with --channel", channels(*count))]
    NoChannel {
        /// Which was wanted; the first is 1.
        channel: u16,
        /// How many there are.
        count: usize,
    },
    /// The segment reaches beyond the end of the sound.
    #[error("the segment reaches beyond the end of the sound, at {:.3} s: correct its times", end.seconds())]
    Beyond {
        /// Where the sound ends.
        end: Time,
    },
    /// The segment has no length.
    #[error("the segment does not end behind its start: correct its times")]
    Backwards,
    /// There is no room for a window.
    #[error("there is no room for one window in {:.3} s: give a shorter --window", length.seconds())]
    NoWindow {
        /// What the window was to lie in.
        length: Time,
    },
    /// A file that is named on the command line does not stand in the table of segments.
    #[error("the table of segments does not have it: names must be those of the table")]
    NoSegments,
    /// Nothing in it is an utterance.
    #[error(
        "no utterance was found: nothing in it has a voice for 0.12 s that stands out from the background"
    )]
    NoUtterance,
    /// A folder that cannot be listed.
    #[error("the folder cannot be read ({}): check the path and its permissions", reason(&(*.0).into()))]
    Folder(ErrorKind),
    /// A folder without sound files.
    #[error("the folder holds no sound file, going by their endings: name the files themselves")]
    NoSoundFiles,
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

fn channels(count: usize) -> String {
    if count == 1 { "1 channel".to_owned() } else { format!("{count} channels") }
}

/// What to do with a rate that features are not computed at.
fn outside(rate_hz: u32) -> String {
    if rate_hz < MIN_RATE_HZ {
        return format!(
            "is below {MIN_RATE_HZ} Hz: too little of the voice is in it, and no option helps; export it again at the \
             rate of the recording if that was higher"
        );
    }
    if rate_hz > RESAMPLED_FROM_HZ {
        return format!("is above {RESAMPLED_FROM_HZ} Hz: export it at 48000 Hz or less");
    }
    format!("is outside {MIN_RATE_HZ} to {MAX_RATE_HZ} Hz: use `--rate 16000`, which resamples it")
}

/// The output could not be written, or is not to be.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The file system refused.
    #[error(
        "{} cannot be written ({}): check that the folder exists, may be written to and has room",
        shown(path),
        reason(source)
    )]
    Failed {
        /// Where to; `standard output` if that was it.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// It is read as well.
    #[error(
        "the output {} is the input {}: nothing was written; name another file with --output",
        shown(path),
        shown(input)
    )]
    IsInput {
        /// Where to.
        path: PathBuf,
        /// The input, which may have another name.
        input: PathBuf,
    },
    /// Two outputs of one file.
    #[error("{first} and {second} name the same file: nothing was written; name two")]
    SameOutputs {
        /// What the first one is called.
        first: &'static str,
        /// What the second one is called.
        second: &'static str,
    },
    /// Parquet is not part of this program.
    #[error(
        "{} cannot be written as Parquet: this program was built without it; name a .csv file",
        shown(path)
    )]
    NoParquet {
        /// Where to.
        path: PathBuf,
    },
    /// There is a recording of that name.
    #[error(
        "the output {} holds sound: nothing was written; name another file with --output, or move the sound away",
        shown(path)
    )]
    HoldsSound {
        /// Where to.
        path: PathBuf,
    },
}

impl WriteError {
    /// What the file system refused.
    #[must_use]
    pub fn failed(path: &Path, source: io::Error) -> Self {
        Self::Failed { path: path.to_owned(), source }
    }

    /// Whether the command line names a file that may not be written to.
    #[must_use]
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Failed { .. } => false,
            Self::IsInput { .. }
            | Self::HoldsSound { .. }
            | Self::SameOutputs { .. }
            | Self::NoParquet { .. } => true,
        }
    }
}
