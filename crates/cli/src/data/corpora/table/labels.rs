//! Labels of rows: from the table itself, or from another one joined by the sound's name.

use std::collections::BTreeMap;
use std::fmt;

use super::super::error::CorpusError;
use super::super::problems::Problem;
use super::super::ratings::number;
use super::columns::{self, Column};
use super::csv_file::{CsvFile, Record};
use super::names;
use super::segment::Segment;
use crate::data::emotion::Emotion;

/// Labels of one row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowLabel {
    pub speaker: String,
    pub emotion: Emotion,
    /// `None` where nothing or NaN stands.
    pub activation: Option<f64>,
    pub valence: Option<f64>,
}

/// Reads the labels in a row.
///
/// # Errors
/// [`CorpusError::Cell`] for a rating that is no number from 1 to 5, an unknown emotion, a speaker without name.
pub fn row_label(record: Record) -> Result<RowLabel, CorpusError> {
    let rating = |column: Column, expected| {
        number(column.cell(record)).map_err(|()| record.error(column.name, column.cell(record), expected))
    };
    let activation = rating(columns::ACTIVATION, "a label from 1 to 5")?;
    let valence = rating(columns::VALENCE, "a label from 1 to 5, or nothing")?;
    let word = columns::EMOTION.cell(record);
    let emotion = Emotion::from_word(word).ok_or_else(|| {
        record.error(columns::EMOTION.name, word, "a known emotion (undertone train --help has them all)")
    })?;
    let speaker = columns::SPEAKER.cell(record);
    if speaker.is_empty() {
        return Err(record.error(columns::SPEAKER.name, "", "a speaker's name"));
    }
    Ok(RowLabel { speaker: speaker.to_owned(), emotion, activation, valence })
}

/// A sound, or a segment of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key<'a> {
    pub name: &'a str,
    /// Where both tables have the columns.
    pub segment: Option<Segment<'a>>,
}

impl<'a> Key<'a> {
    /// The key of a row.
    pub fn of(record: Record<'a>, column: usize, by_segment: bool) -> Key<'a> {
        Key { name: names::name(record, column), segment: by_segment.then(|| Segment::of(record)) }
    }

    /// Without folder and extension.
    fn bare(self) -> Key<'a> {
        Key { name: names::bare_name(self.name), ..self }
    }
}

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.segment {
            Some(segment) => write!(f, "{}@{segment}", self.name),
            None => f.write_str(self.name),
        }
    }
}

/// The rows of a table of labels, to be found by the names of sounds.
pub struct LabelTable<'a> {
    rows: Vec<LabelRow<'a>>,
    /// Row by the name as written.
    by_name: BTreeMap<Key<'a>, usize>,
    /// Rows by the bare name.
    by_bare_name: BTreeMap<Key<'a>, Vec<usize>>,
}

struct LabelRow<'a> {
    key: Key<'a>,
    label: RowLabel,
    /// The sound that took it.
    taken: Option<String>,
}

impl<'a> LabelTable<'a> {
    /// Reads the labels of a table; with `by_segment` of segments of sounds.
    ///
    /// # Errors
    /// [`CorpusError`] names missing columns, cells that do not fit, and a name that stands there twice.
    pub fn read(table: &'a CsvFile, by_segment: bool) -> Result<LabelTable<'a>, CorpusError> {
        let mut missing = columns::missing(table, &columns::LABELS);
        let column = columns::FILE.index(table);
        if column.is_none() {
            missing.insert(0, columns::FILE.name.to_owned());
        }
        let (Some(column), true) = (column, missing.is_empty()) else {
            return Err(CorpusError::MissingColumns { path: table.path().to_owned(), columns: missing });
        };
        let (mut rows, mut by_name) = (Vec::new(), BTreeMap::new());
        let mut by_bare_name: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
        for record in table.rows() {
            let key = Key::of(record, column, by_segment);
            if by_name.insert(key, rows.len()).is_some() {
                return Err(record.repeated(&key.to_string()));
            }
            by_bare_name.entry(key.bare()).or_default().push(rows.len());
            rows.push(LabelRow { key, label: row_label(record)?, taken: None });
        }
        Ok(LabelTable { rows, by_name, by_bare_name })
    }

    /// The label of a sound or segment: by its name as written, else by its bare name, if only one row has that.
    ///
    /// # Errors
    /// [`Problem::Rating`] if no row or more than one fits, [`Problem::Duplicate`] if another sound took the row.
    pub fn take(&mut self, sound: Key) -> Result<RowLabel, Problem> {
        let index = self.by_name.get(&sound).copied().or_else(|| {
            match self.by_bare_name.get(&sound.bare()).map(Vec::as_slice) {
                Some(&[index]) => Some(index),
                _ => None,
            }
        });
        let row = index.and_then(|index| self.rows.get_mut(index)).ok_or(Problem::Rating)?;
        // Segments of one sound share its label; two sounds do not.
        if row.taken.get_or_insert_with(|| sound.name.to_owned()) != sound.name {
            return Err(Problem::Duplicate);
        }
        Ok(row.label.clone())
    }

    /// Names of the rows that no sound took.
    pub fn unused(&self) -> impl Iterator<Item = String> {
        self.rows.iter().filter(|row| row.taken.is_none()).map(|row| row.key.to_string())
    }
}
