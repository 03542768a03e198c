//! Quechua Collao: `Audios/10006.wav`. Mean ratings of four listeners, 1 to 5, are in `Labels/Labels/Labels.csv` (columns
//! `Audio`, `Valence`, `Arousal`, `Dominance`); speaker and acted emotion in the sheet “map” of the workbook
//! `Data/Data/Data.xlsx` (`Audio`, `Emotion`, `Actor`).
//!
//! Workbooks are not read here: the sheet has to be saved beside it as `map.csv`. Of the nine emotions, excited and sleepy are
//! left out, since there is no such class here. Readers of the corpus report slips in its tables (a valence far beyond the scale,
//! speakers that do not exist): such files are left out and named.
//!
//! Taken from published readers of the corpus, not from the corpus itself: that speakers are `a1` to `a6`, names of sound five
//! digits, and that `Labels.csv` has the raters' means. Two readers find `Data.xlsx` in `Data/Data`, one in `Data`; both are looked
//! in. The speakers' sex and age are in none of the tables, and stay unknown.

use std::collections::BTreeMap;
use std::path::Path;

use super::common::{Labels, Layout, NameError, Named, SpeakerGroup, Tables, digits, stem};
use super::tables::{TableLabel, TableLabels, find, known_columns, name_without_extension};
use crate::data::corpora::error::CorpusError;
use crate::data::corpora::problems::Problem;
use crate::data::corpora::ratings::Rating;
use crate::data::corpora::table::{CsvFile, Record};
use crate::data::emotion::Emotion;

pub(super) const LAYOUT: Layout = Layout {
    id: "quechua-collao",
    name: "Quechua Collao (Paccotacya-Yanque et al. 2022)",
    language: "Quechua (Collao)",
    licence: "CC BY 4.0",
    labels: Labels::Tables(Tables::QuechuaCollao),
    example: "Audios/10006.wav",
    read,
};

const RATINGS: &str = "Labels/Labels/Labels.csv";
const MAP: &str = "Data/Data/map.csv";

fn read(path: &Path) -> Result<Named, NameError> {
    let stem = stem(path)?;
    if stem.len() != 5 || !digits(stem) {
        return Err(NameError::Layout);
    }
    Ok(Named {
        id: stem.to_owned(),
        speaker: String::new(),
        group: SpeakerGroup::default(),
        emotion: None,
        strong: false,
    })
}

/// Speakers, acted emotions and, unless labels are by category, ratings.
pub(super) fn read_tables(folder: &Path, by_category: bool) -> Result<TableLabels, CorpusError> {
    let none = |expected, advice| CorpusError::NoTable {
        corpus: LAYOUT.name,
        folder: folder.to_owned(),
        expected,
        advice,
    };
    let map = find(folder, &[MAP, "Data/map.csv"])?
        .ok_or_else(|| none(MAP, "save the sheet “map” of Data/Data/Data.xlsx under that name, as CSV"))?;
    let map = CsvFile::open(&map)?;
    known_columns(&map, &["Audio", "Emotion", "Actor"])?;
    let mut tables = TableLabels::default();
    for row in map.rows().filter(|row| !row.text("Audio").is_empty()) {
        let actor = row.text("Actor");
        let emotion = match row.text("Emotion").to_ascii_lowercase().as_str() {
            _ if !["a1", "a2", "a3", "a4", "a5", "a6"].contains(&actor) => Err(Problem::Speaker),
            "angry" | "anger" => Ok(Emotion::Anger),
            "bored" | "boredom" => Ok(Emotion::Boredom),
            "calm" => Ok(Emotion::Calm),
            "fear" => Ok(Emotion::Fear),
            "happy" => Ok(Emotion::Happiness),
            "neutral" => Ok(Emotion::Neutral),
            "sad" | "sadness" => Ok(Emotion::Sadness),
            "excited" | "sleepy" => Err(Problem::OtherClass),
            _ => Err(Problem::Emotion),
        };
        let label = TableLabel { speaker: Some(actor.to_owned()), emotion, rating: None };
        tables.insert(row, name_without_extension(row.text("Audio")), label)?;
    }
    if !by_category {
        let path = find(folder, &[RATINGS, "Labels/Labels.csv"])?
            .ok_or_else(|| none(RATINGS, "label by the acted emotion with --category-labels"))?;
        add_ratings(&path, &mut tables)?;
    }
    Ok(tables)
}

/// Adds the ratings to the labels. Files without one have none.
fn add_ratings(path: &Path, tables: &mut TableLabels) -> Result<(), CorpusError> {
    let file = CsvFile::open(path)?;
    known_columns(&file, &["Audio", "Valence", "Arousal"])?;
    let mut ratings: BTreeMap<&str, Result<Rating, Problem>> = BTreeMap::new();
    for row in file.rows().filter(|row| !row.text("Audio").is_empty()) {
        let (activation, valence) = (number(row, "Arousal")?, number(row, "Valence")?);
        let rating = activation.zip(valence).ok_or(Problem::Rating).and_then(|(activation, valence)| {
            let on_scale = [activation, valence].iter().all(|r| (1.0..=5.0).contains(r));
            if on_scale { Ok(Rating { activation, valence }) } else { Err(Problem::Scale) }
        });
        let name = name_without_extension(row.text("Audio"));
        if ratings.insert(name, rating).is_some() {
            return Err(row.repeated(name));
        }
    }
    for (name, label) in &mut tables.labels {
        label.rating = Some(ratings.get(name.as_str()).copied().unwrap_or(Err(Problem::Rating)));
    }
    Ok(())
}

/// A number, or none where nothing or NaN stands.
fn number(row: Record, column: &str) -> Result<Option<f64>, CorpusError> {
    let text = row.text(column);
    match text.parse::<f64>() {
        Ok(value) if value.is_nan() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(_) if text.is_empty() => Ok(None),
        Err(_) => Err(row.error(column, text, "a mean rating from 1 to 5")),
    }
}
