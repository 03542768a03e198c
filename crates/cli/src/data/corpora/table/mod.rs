//! Corpora as tables of features: for corpora that must not be redistributed, or features of another extractor.
//!
//! Columns are found by name, in any order, with `,` or `;` between:
//!
//! | columns | what |
//! |---|---|
//! | the 88 official names | features; finite numbers (nothing or `NaN`: the row is left out) |
//! | `speaker`, `emotion`, `activation` | labels: text, one of [`Emotion::ALL`](crate::data::emotion::Emotion::ALL)'s names or synonyms, 1 to 5 (nothing or `NaN`: no rating) |
//! | `valence` | optional label, 1 to 5, nothing or `NaN` |
//! | `file`, `name` or `filename` | optional name of the sound |
//! | `start` or `frameTime` | optional start of a segment within the sound |
//!
//! Columns of labels and names have synonyms, in any case (`columns`). Other columns do not matter. What openSMILE writes (its program: `name;frameTime;…` with the name in single quotes;
//! its Python package: `file,start,end,…`) has features but no labels; those come from a second table, joined by the
//! sound's name: as written if the second table has it so, else without folders and extension. If both have `start` and
//! `end`, a segment has its own label.

mod columns;
mod csv_file;
mod labels;
mod names;
mod segment;

use std::collections::BTreeSet;
use std::path::Path;

pub use self::columns::help as columns_help;
pub(super) use self::csv_file::{CsvFile, Record};
use self::labels::{Key, LabelTable, RowLabel, row_label};
use super::corpus::{Corpus, Row};
use super::error::CorpusError;
use super::layout::SpeakerGroup;
use super::problems::{Problem, Problems};
use crate::data::dataset::Variants;
use egemaps::catalogue::{FEATURE_COUNT, FEATURES};
use undertone::model::LabelOrigin;

/// Reads a table that holds features and labels. The file's stem names the corpus.
///
/// Labels count as human: a table says nothing about their origin.
///
/// # Errors
/// [`CorpusError`] names missing or repeated columns, and the line and column of a cell that does not fit.
pub fn read_table(path: &Path) -> Result<Corpus, CorpusError> {
    let table = CsvFile::open(path)?;
    let no_labels = columns::missing(&table, &columns::LABELS);
    let no_features = table.missing(FEATURES.iter().map(|f| f.name));
    if no_features.is_empty() && !no_labels.is_empty() {
        return Err(CorpusError::NoLabels { path: path.to_owned(), columns: no_labels });
    }
    if !no_features.is_empty() {
        let columns = no_labels.into_iter().chain(no_features).collect();
        return Err(CorpusError::MissingColumns { path: path.to_owned(), columns });
    }
    let mut problems = Problems::default();
    let rows = rows(&table, &mut problems, false, |record, _| row_label(record).map(Ok))?;
    corpus(&table, rows, problems)
}

/// Reads a table of features and a second one with their labels, joined by the sound's name. The stem of the first
/// names the corpus; labels in the first do not matter.
///
/// # Errors
/// [`CorpusError`] as for [`read_table`], for either file; also for a name that stands twice in the second.
pub fn read_joined(features: &Path, labels: &Path) -> Result<Corpus, CorpusError> {
    let (table, label_file) = (CsvFile::open(features)?, CsvFile::open(labels)?);
    let mut missing = table.missing(FEATURES.iter().map(|f| f.name));
    if columns::FILE.index(&table).is_none() {
        missing.insert(0, columns::FILE.name.to_owned());
    }
    if !missing.is_empty() {
        return Err(CorpusError::MissingColumns { path: features.to_owned(), columns: missing });
    }
    let by_segment = segment::has_segments(&table) && segment::has_segments(&label_file);
    let mut labels = LabelTable::read(&label_file, by_segment)?;
    let mut problems = Problems::default();
    let rows = rows(&table, &mut problems, by_segment, |_, sound| Ok(labels.take(sound)))?;
    for name in labels.unused() {
        problems.add(Problem::Absent, name);
    }
    corpus(&table, rows, problems)
}

/// Rows of a table that has all features. `label` is given the row and the name of its sound.
fn rows(
    table: &CsvFile,
    problems: &mut Problems,
    by_segment: bool,
    mut label: impl FnMut(Record, Key) -> Result<Result<RowLabel, Problem>, CorpusError>,
) -> Result<Vec<Row>, CorpusError> {
    let indices: Vec<usize> = FEATURES.iter().filter_map(|f| table.column_index(f.name)).collect();
    let column = columns::FILE.index(table);
    let mut seen = BTreeSet::new();
    let mut rows = Vec::new();
    for record in table.rows() {
        let unnamed = Key { name: "", segment: None };
        let sound = column.map_or(unnamed, |column| Key::of(record, column, by_segment));
        let id = match (sound.name, names::start(record)) {
            _ if by_segment => sound.to_string(),
            ("", _) => format!("{}:{}", table.stem(), record.line()),
            (sound, "") => sound.to_owned(),
            (sound, start) => format!("{sound}@{start}"),
        };
        let features = features(record, &indices)?;
        let found = label(record, sound)?.and_then(|l| {
            let activation = l.activation.ok_or(Problem::Rating)?;
            Ok((l, activation, features.ok_or(Problem::Feature)?))
        });
        let (label, activation, features) = match found {
            Ok(found) => found,
            Err(Problem::Feature) => {
                problems.add(Problem::Feature, format!("{id} (line {})", record.line()));
                continue;
            }
            Err(problem) => {
                problems.add(problem, id);
                continue;
            }
        };
        if !seen.insert(id.clone()) {
            problems.add(Problem::Duplicate, format!("{id} (line {})", record.line()));
            continue;
        }
        rows.push(Row {
            id,
            speaker: label.speaker,
            group: SpeakerGroup::default(),
            emotion: label.emotion,
            activation,
            valence: label.valence,
            origin: LabelOrigin::Human,
            features,
            variants: Variants::default(),
        });
    }
    Ok(rows)
}

/// The features in a row; none if one of them is empty or NaN, as openSMILE writes them for sounds that are too short.
fn features(record: Record, indices: &[usize]) -> Result<Option<[f32; FEATURE_COUNT]>, CorpusError> {
    let mut complete = true;
    let mut features = [0.0; FEATURE_COUNT];
    for ((value, &index), feature) in features.iter_mut().zip(indices).zip(&FEATURES) {
        let text = record.cell(index);
        *value = match text.parse::<f32>() {
            Ok(number) if number.is_finite() => number,
            Ok(number) if number.is_nan() => {
                complete = false;
                number
            }
            _ if text.is_empty() => {
                complete = false;
                f32::NAN
            }
            _ => return Err(record.error(feature.name, text, "a finite number")),
        };
    }
    Ok(complete.then_some(features))
}

fn corpus(table: &CsvFile, rows: Vec<Row>, problems: Problems) -> Result<Corpus, CorpusError> {
    if rows.is_empty() {
        return Err(CorpusError::Nothing { path: table.path().to_owned(), problems });
    }
    let stem = table.stem().to_owned();
    Ok(Corpus {
        name: format!("the table {stem}"),
        id: stem,
        language: "not stated".into(),
        licence: "not stated".into(),
        rows,
        readings: Vec::new(),
        problems,
    })
}

#[cfg(test)]
mod tests;
