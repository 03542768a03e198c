//! Why a corpus cannot be used at all.

use std::path::PathBuf;

use super::problems::Problems;
use crate::io::reason::{of_table, reason};

/// Why a corpus cannot be used at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// A file or folder cannot be read.
    #[error("{}: {}", path.display(), reason(source))]
    Io {
        /// Where.
        path: PathBuf,
        /// The error of the system.
        source: std::io::Error,
    },
    /// A table is not readable as CSV.
    #[error("{}: {}", path.display(), of_table(source))]
    Csv {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        source: csv::Error,
    },
    /// A table is not in a form that is read.
    #[error("{}: {found}: {advice}", path.display())]
    Form {
        /// Where.
        path: PathBuf,
        /// What was found.
        found: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// A row is longer or shorter than the first line.
    #[error(
        "{}, line {line}: {cells} cells, but {columns} columns: if its numbers have decimal commas, write points (2.5, not 2,5)",
        path.display()
    )]
    RowLength {
        /// Where.
        path: PathBuf,
        /// Line, from 1.
        line: u64,
        /// Number of its cells.
        cells: u64,
        /// Number of columns in the first line.
        columns: u64,
    },
    /// The folder of a corpus cannot be opened.
    #[error("the folder {} of {corpus} cannot be opened ({}): check the path", path.display(), reason(source))]
    Folder {
        /// Corpus.
        corpus: &'static str,
        /// Its folder.
        path: PathBuf,
        /// The error of the system.
        source: std::io::Error,
    },
    /// A table lacks columns.
    #[error("{}: {} columns are missing: {}", path.display(), columns.len(), shorten(columns))]
    MissingColumns {
        /// Where.
        path: PathBuf,
        /// Their names.
        columns: Vec<String>,
    },
    /// A table of features says nothing of speakers and labels.
    #[error(
        "{}: the columns {} are missing: add them, or join a table that has them, and names the same files, with \
         FEATURES.csv+LABELS.csv",
        path.display(),
        columns.join(", ")
    )]
    NoLabels {
        /// Where.
        path: PathBuf,
        /// Names of the missing columns.
        columns: Vec<String>,
    },
    /// A column occurs twice in a table.
    #[error("{}: the column {column} occurs twice", path.display())]
    RepeatedColumn {
        /// Where.
        path: PathBuf,
        /// Its name.
        column: String,
    },
    /// A cell is not what its column holds.
    #[error("{}, line {line}, column {column}: “{value}” is not {expected}", path.display())]
    Cell {
        /// Where.
        path: PathBuf,
        /// Line, from 1.
        line: u64,
        /// Column.
        column: String,
        /// Its content.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
    /// A line of text is not what its file holds.
    #[error("{}, line {line}: expected {expected}", path.display())]
    Line {
        /// Where.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// Two ratings or labels of one utterance, so that neither can be trusted.
    #[error("{}, line {line}: “{name}” occurs a second time", path.display())]
    RepeatedLabel {
        /// Where.
        path: PathBuf,
        /// Line of the second one, from 1.
        line: u64,
        /// The utterance.
        name: String,
    },
    /// Neither WAV nor FLAC files in a folder.
    #[error("{}: no .wav or .flac files there", path.display())]
    NoAudio {
        /// Where.
        path: PathBuf,
    },
    /// A corpus with human ratings was asked for without the ratings.
    #[error("{corpus} needs its ratings: {expected}")]
    NoRatings {
        /// Corpus.
        corpus: &'static str,
        /// Where they were looked for.
        expected: String,
    },
    /// A table of the corpus is not in its folder.
    #[error("{corpus} needs its labels: there is no {expected} in {}; {advice}", folder.display())]
    NoTable {
        /// Corpus.
        corpus: &'static str,
        /// Its folder.
        folder: PathBuf,
        /// The table, relative to the folder.
        expected: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// No usable utterance.
    #[error("{}: not one usable utterance ({problems})", path.display())]
    Nothing {
        /// Where.
        path: PathBuf,
        /// Why.
        problems: Problems,
    },
}

fn shorten(names: &[String]) -> String {
    let more = if names.len() > 4 { ", …" } else { "" };
    format!("{}{more}", names.iter().take(4).cloned().collect::<Vec<_>>().join(", "))
}
