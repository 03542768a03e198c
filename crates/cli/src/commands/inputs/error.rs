//! Why files, segments and outputs do not go together, or cannot be read.

use std::io;
use std::path::PathBuf;

use crate::io::names::shown;
use crate::io::reason::reason;
use crate::io::segments::SegmentsError;
use crate::io::time::Time;
use undertone::analysis::utterances::PAUSES_S;

/// Why the files, segments and tables that a command line names do not go together.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// No file.
    #[error("no sound is named: name files or folders, - for standard input, or a list with --files-from")]
    Nothing,
    /// Standard input cannot be read twice.
    #[error("standard input is named twice: it can be read once")]
    StandardInputTwice,
    /// A list of files cannot be read.
    #[error("the list of files {} cannot be read ({}): check the path", shown(path), reason(source))]
    List {
        /// The list.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The table of segments cannot be used.
    #[error(transparent)]
    Segments(#[from] SegmentsError),
    /// The table does not say which file its segments are of.
    #[error("the segments do not name their file: name one sound, not {count}")]
    OneFile {
        /// How many were named.
        count: usize,
    },
    /// Start and end.
    #[error("--end {} s is not behind --start {} s", end.seconds(), start.seconds())]
    Backwards {
        /// The start.
        start: Time,
        /// The end.
        end: Time,
    },
    /// A window almost without length.
    #[error("--window and --hop must be 0.001 s or more")]
    NoWindow,
    /// An index that cannot tell segments apart.
    #[error("--index file cannot tell segments apart: leave it out, or use --index file,start,end")]
    Index,
    /// A TextGrid is of one sound.
    #[error(
        "a .TextGrid is of one whole sound: name one file, without --segments, --channel each, --append or --resume"
    )]
    OneTextGrid,
    /// A TextGrid of something else.
    #[error("a .TextGrid holds utterances: use --utterances without --json and --csv, or name a .csv file")]
    NoTextGrid,
    /// A pause that cannot end an utterance.
    #[error("--pause must be {} to {} s", PAUSES_S.start(), PAUSES_S.end())]
    Pause,
    /// JSON in a Parquet file.
    #[error("a .parquet output is a table: leave --json out, or name another file")]
    JsonInParquet,
    /// A table of this kind is written as a whole.
    #[error("{form} cannot be carried on: leave --append and --resume out, or write {instead}")]
    NotCarriedOn {
        /// The kind of output.
        form: &'static str,
        /// What can be.
        instead: &'static str,
    },
}

impl InputError {
    /// Whether the command line itself is wrong.
    pub(in crate::commands) fn is_usage(&self) -> bool {
        !matches!(self, Self::List { .. } | Self::Segments(_))
    }
}
