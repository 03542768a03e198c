//! Labels and speakers in tables of a corpus's own folder, for corpora whose file names do not have them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::common::SpeakerGroup;
use crate::data::corpora::error::CorpusError;
use crate::data::corpora::problems::Problem;
use crate::data::corpora::ratings::Rating;
use crate::data::corpora::table::{CsvFile, Record};
use crate::data::emotion::Emotion;

/// What tables say of one utterance.
#[derive(Debug, Clone, PartialEq)]
pub struct TableLabel {
    /// Speaker, where the file name does not say it.
    pub speaker: Option<String>,
    /// Emotion, or why there is none.
    pub emotion: Result<Emotion, Problem>,
    /// The listeners' mean rating, or why there is none; `None` where nobody was asked.
    pub rating: Option<Result<Rating, Problem>>,
}

/// What tables say of a corpus.
#[derive(Debug, Default)]
pub struct TableLabels {
    /// Labels by file name without extension.
    pub labels: BTreeMap<String, TableLabel>,
    /// Sex and age by speaker.
    pub groups: BTreeMap<String, SpeakerGroup>,
}

impl TableLabels {
    /// Adds a row's label.
    ///
    /// # Errors
    /// [`CorpusError::RepeatedLabel`] if the utterance has one.
    pub(super) fn insert(&mut self, row: Record, name: &str, label: TableLabel) -> Result<(), CorpusError> {
        match self.labels.insert(name.to_owned(), label) {
            None => Ok(()),
            Some(_) => Err(row.repeated(name)),
        }
    }
}

/// The first of these files that is in the folder, or else in one of its own folders: archives often unpack into one more.
pub(super) fn find(folder: &Path, files: &[&str]) -> Result<Option<PathBuf>, CorpusError> {
    let error = |source| CorpusError::Io { path: folder.to_owned(), source };
    let inner = fs::read_dir(folder).map_err(error)?.map(|entry| entry.map(|e| e.path()).map_err(error));
    let mut places = inner.collect::<Result<Vec<PathBuf>, _>>()?;
    places.sort();
    places.insert(0, folder.to_owned());
    Ok(places.iter().flat_map(|place| files.iter().map(|file| place.join(file))).find(|path| path.is_file()))
}

/// Refuses a table without one of these columns.
pub(super) fn known_columns(file: &CsvFile, columns: &[&str]) -> Result<(), CorpusError> {
    let missing = file.missing(columns.iter().copied());
    if missing.is_empty() {
        return Ok(());
    }
    Err(CorpusError::MissingColumns { path: file.path().to_owned(), columns: missing })
}

/// A name as in a table, with or without `.wav`.
pub(super) fn name_without_extension(name: &str) -> &str {
    name.strip_suffix(".wav").unwrap_or(name)
}
