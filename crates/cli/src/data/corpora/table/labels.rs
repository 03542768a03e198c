//! Labels of rows: from the table itself, or from another one joined by the sound's name.

use std::collections::BTreeMap;

use super::super::error::CorpusError;
use super::super::problems::Problem;
use super::super::ratings::number;
use super::csv_file::{CsvFile, Record};
use super::names;
use crate::data::emotion::Emotion;

/// Columns that a table of labels must have.
pub const COLUMNS: [&str; 3] = ["speaker", "emotion", "activation"];

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
    let rating = |column: &str, expected| {
        number(record.text(column)).map_err(|()| record.error(column, record.text(column), expected))
    };
    let activation = rating("activation", "a label from 1 to 5")?;
    let valence = rating("valence", "a label from 1 to 5, or nothing")?;
    let emotion = Emotion::from_name(record.text("emotion")).ok_or_else(|| {
        record.error("emotion", record.text("emotion"), "a known emotion (anger, boredom, …)")
    })?;
    if record.text("speaker").is_empty() {
        return Err(record.error("speaker", "", "a speaker's name"));
    }
    Ok(RowLabel { speaker: record.text("speaker").to_owned(), emotion, activation, valence })
}

/// The rows of a table of labels, to be found by the names of sounds.
pub struct LabelTable<'a> {
    rows: Vec<LabelRow<'a>>,
    /// Row by the name as written.
    by_name: BTreeMap<&'a str, usize>,
    /// Rows by the bare name.
    by_bare_name: BTreeMap<&'a str, Vec<usize>>,
}

struct LabelRow<'a> {
    name: &'a str,
    label: RowLabel,
    /// The sound that took it.
    taken: Option<String>,
}

impl<'a> LabelTable<'a> {
    /// Reads the labels of a table.
    ///
    /// # Errors
    /// [`CorpusError`] names missing columns, cells that do not fit, and a name that stands there twice.
    pub fn read(table: &'a CsvFile) -> Result<LabelTable<'a>, CorpusError> {
        let mut missing = table.missing(COLUMNS);
        let column = names::column(table);
        if column.is_none() {
            missing.insert(0, names::COLUMNS[0].to_owned());
        }
        let (Some(column), true) = (column, missing.is_empty()) else {
            return Err(CorpusError::MissingColumns { path: table.path().to_owned(), columns: missing });
        };
        let (mut rows, mut by_name) = (Vec::new(), BTreeMap::new());
        let mut by_bare_name: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for record in table.rows() {
            let name = names::name(record, column);
            if by_name.insert(name, rows.len()).is_some() {
                return Err(CorpusError::RepeatedLabel {
                    path: table.path().to_owned(),
                    line: record.line(),
                    name: name.to_owned(),
                });
            }
            by_bare_name.entry(names::bare_name(name)).or_default().push(rows.len());
            rows.push(LabelRow { name, label: row_label(record)?, taken: None });
        }
        Ok(LabelTable { rows, by_name, by_bare_name })
    }

    /// The label of a sound: by its name as written, else by its bare name, if only one row has that.
    ///
    /// # Errors
    /// [`Problem::Rating`] if no row or more than one fits, [`Problem::Duplicate`] if another sound took the row.
    pub fn take(&mut self, sound: &str) -> Result<RowLabel, Problem> {
        let index = self.by_name.get(sound).copied().or_else(|| {
            match self.by_bare_name.get(names::bare_name(sound)).map(Vec::as_slice) {
                Some(&[index]) => Some(index),
                _ => None,
            }
        });
        let row = index.and_then(|index| self.rows.get_mut(index)).ok_or(Problem::Rating)?;
        // Segments of one sound share its label; two sounds do not.
        if row.taken.get_or_insert_with(|| sound.to_owned()) != sound {
            return Err(Problem::Duplicate);
        }
        Ok(row.label.clone())
    }

    /// Names of the rows that no sound took.
    pub fn unused(&self) -> impl Iterator<Item = &'a str> {
        self.rows.iter().filter(|row| row.taken.is_none()).map(|row| row.name)
    }
}
