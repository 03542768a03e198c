//! Labelled speech: where it lies, what it is called, how active it sounds.
//!
//! A corpus comes from a folder in its documented layout ([`load`]) or from a table of features ([`read_table`]). What does
//! not fit is named with counts ([`Problems`]) and never silently dropped.

mod cache;
mod emotion;
mod folder;
mod layout;
mod ratings;
mod table;

pub use cache::{FeatureCache, default_directory};
pub use emotion::Emotion;
pub use folder::{FeatureError, FeatureFunction, Sources, load};
pub use layout::{CorpusId, NameError, Named};
pub use table::read_table;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use super::dataset::{Dataset, Utterance};
use crate::egemaps::catalogue::FEATURE_COUNT;
use crate::model::{CorpusInfo, LabelOrigin};

/// One labelled utterance of a corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// File name without extension, or the name in a table.
    pub id: String,
    /// Speaker, unique within the corpus.
    pub speaker: String,
    /// The acted emotion.
    pub emotion: Emotion,
    /// Activation label, 1 … 5.
    pub activation: f64,
    /// Valence label, 1 … 5, where there is one.
    pub valence: Option<f64>,
    /// Where the labels come from.
    pub origin: LabelOrigin,
    /// The 88 functionals of the speech region at the fixed level.
    pub features: [f32; FEATURE_COUNT],
}

/// Labelled utterances with what to call and how to cite them.
#[derive(Debug, Clone, PartialEq)]
pub struct Corpus {
    /// Short name, as on the command line.
    pub id: String,
    /// Name with the reference to cite.
    pub name: String,
    /// Language, in English.
    pub language: String,
    /// Licence of the recordings.
    pub licence: String,
    /// The utterances, sorted by id.
    pub rows: Vec<Row>,
    /// What did not fit.
    pub problems: Problems,
}

impl Corpus {
    /// Where most labels come from: human only if all are.
    pub fn origin(&self) -> LabelOrigin {
        if self.rows.iter().all(|r| r.origin == LabelOrigin::Human) {
            LabelOrigin::Human
        } else {
            LabelOrigin::Category
        }
    }

    /// What a weights file says about it.
    pub fn info(&self) -> CorpusInfo {
        let mut speakers: Vec<&str> = self.rows.iter().map(|r| r.speaker.as_str()).collect();
        speakers.sort_unstable();
        speakers.dedup();
        CorpusInfo {
            id: self.id.clone(),
            name: self.name.clone(),
            language: self.language.clone(),
            licence: self.licence.clone(),
            labels: self.origin(),
            utterances: self.rows.len(),
            speakers: speakers.len(),
        }
    }
}

/// Names behind the indices of a [`Dataset`] made of corpora.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Names {
    /// `corpus/speaker` per speaker index.
    pub speakers: Vec<String>,
    /// Emotion of each utterance.
    pub emotions: Vec<Emotion>,
}

/// Joins corpora into one data set; corpus indices are positions in `corpora`, speakers are told apart by corpus.
pub fn join(corpora: &[&Corpus]) -> (Dataset, Names) {
    let mut dataset = Dataset::default();
    let mut names = Names::default();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (index, corpus) in corpora.iter().enumerate() {
        for row in &corpus.rows {
            let name = format!("{}/{}", corpus.id, row.speaker);
            let speaker = *places.entry(name.clone()).or_insert_with(|| {
                names.speakers.push(name);
                names.speakers.len() - 1
            });
            names.emotions.push(row.emotion);
            dataset.utterances.push(Utterance {
                features: row.features,
                activation: row.activation,
                valence: row.valence,
                emotion: row.emotion,
                speaker,
                corpus: index,
            });
        }
    }
    (dataset, names)
}

/// What did not fit while reading a corpus: kinds of trouble with the files concerned.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Problems {
    kinds: BTreeMap<Problem, Vec<String>>,
}

/// A kind of trouble with single files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// The name does not follow the corpus's layout.
    Layout,
    /// The name follows the layout but names an emotion that the layout does not know.
    Emotion,
    /// The corpus has human ratings, but none for this file.
    Rating,
    /// A second file for the same utterance.
    Duplicate,
    /// The sound cannot be read or has no speech in it.
    Unreadable,
}

impl Problem {
    fn words(self) -> &'static str {
        match self {
            Problem::Layout => "name does not follow the layout",
            Problem::Emotion => "unknown emotion",
            Problem::Rating => "no rating",
            Problem::Duplicate => "a second file for the same utterance",
            Problem::Unreadable => "unreadable or without speech",
        }
    }
}

impl Problems {
    /// Notes a file with its trouble.
    pub fn add(&mut self, kind: Problem, file: impl Into<String>) {
        self.kinds.entry(kind).or_default().push(file.into());
    }

    /// Number of files with this trouble.
    pub fn count(&self, kind: Problem) -> usize {
        self.kinds.get(&kind).map_or(0, Vec::len)
    }

    /// Number of files in trouble.
    pub fn total(&self) -> usize {
        self.kinds.values().map(Vec::len).sum()
    }

    /// The files with this trouble.
    pub fn files(&self, kind: Problem) -> &[String] {
        self.kinds.get(&kind).map_or(&[], Vec::as_slice)
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (i, (kind, files)) in self.kinds.iter().enumerate() {
            let separator = if i > 0 { "; " } else { "" };
            let shown = files.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
            let more = if files.len() > 3 { ", …" } else { "" };
            write!(f, "{separator}{} × {}: {shown}{more}", files.len(), kind.words())?;
        }
        Ok(())
    }
}

/// Why a corpus cannot be used at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// A file or folder cannot be read.
    #[error("{}: {source}", path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A table is not readable as CSV.
    #[error("{}: {source}", path.display())]
    Csv {
        /// Where.
        path: PathBuf,
        /// What is wrong.
        source: csv::Error,
    },
    /// A table lacks columns.
    #[error("{}: {} columns are missing: {}", path.display(), columns.len(), shorten(columns))]
    MissingColumns {
        /// Where.
        path: PathBuf,
        /// Their names.
        columns: Vec<String>,
    },
    /// A column stands twice in a table.
    #[error("{}: the column {column} stands there twice", path.display())]
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
        /// What stands there.
        value: String,
        /// What should.
        expected: &'static str,
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
    /// Nothing was left.
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
