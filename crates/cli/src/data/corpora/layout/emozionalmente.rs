//! Emozionalmente: `audio/1612872848291.wav`, named by the time of the recording in milliseconds; everything else is in tables in
//! `metadata/`: speaker and acted emotion in `samples.csv`, what listeners heard in `evaluations.csv`, sex and age in `users.csv`.
//!
//! About five listeners chose one of seven emotions. Nobody rated activation. So the label is the category mean of the emotion
//! that most of them heard, and counts as a label by category. Where emotions have equally many votes there is none. Their
//! judgement of the sound's quality is not used.
//!
//! The columns are those that several published readers of the corpus use. Not confirmed: that all names have 13 digits (names
//! of the makers' recorder also have a number and an underscore before them), and how `users.csv` writes the sexes: what is not
//! male or female in one of the usual spellings is unknown.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::common::{AgeGroup, Labels, Layout, NameError, Named, Sex, SpeakerGroup, Tables, digits, stem};
use super::tables::{TableLabel, TableLabels, find, known_columns, name_without_extension};
use crate::data::corpora::error::CorpusError;
use crate::data::corpora::problems::Problem;
use crate::data::corpora::table::CsvFile;
use crate::data::emotion::Emotion;

pub(super) const LAYOUT: Layout = Layout {
    id: "emozionalmente",
    name: "Emozionalmente (Catania, Wilke, Garzotto 2025)",
    language: "Italian",
    licence: "CC BY 4.0",
    labels: Labels::Tables(Tables::Emozionalmente),
    example: "audio/1612872848291.wav",
    read,
};

const SAMPLES: &str = "metadata/samples.csv";
const EVALUATIONS: &str = "metadata/evaluations.csv";
const USERS: &str = "metadata/users.csv";

fn read(path: &Path) -> Result<Named, NameError> {
    let stem = stem(path)?;
    if !stem.split('_').all(digits) || stem.rsplit('_').next().is_none_or(|time| time.len() != 13) {
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

fn emotion(text: &str) -> Option<Emotion> {
    match text {
        "anger" => Some(Emotion::Anger),
        "disgust" => Some(Emotion::Disgust),
        "fear" => Some(Emotion::Fear),
        "joy" => Some(Emotion::Happiness),
        "neutrality" => Some(Emotion::Neutral),
        "sadness" => Some(Emotion::Sadness),
        "surprise" => Some(Emotion::Surprise),
        _ => None,
    }
}

const EMOTIONS: &str = "anger, disgust, fear, joy, neutrality, sadness or surprise";

/// Speakers, and the emotions heard; by category the acted ones.
pub(super) fn read_tables(folder: &Path, by_category: bool) -> Result<TableLabels, CorpusError> {
    let needed = |expected: &'static str, advice: &'static str| -> Result<PathBuf, CorpusError> {
        let none =
            || CorpusError::NoTable { corpus: LAYOUT.name, folder: folder.to_owned(), expected, advice };
        find(folder, &[expected])?.ok_or_else(none)
    };
    let samples = CsvFile::open(&needed(SAMPLES, "give the folder that has audio and metadata in it")?)?;
    known_columns(&samples, &["file_name", "actor", "emotion_expressed"])?;
    let heard = if by_category {
        None
    } else {
        Some(read_votes(&needed(EVALUATIONS, "label by the acted emotion with --category-labels")?)?)
    };
    let mut tables = TableLabels::default();
    for row in samples.rows() {
        let name = name_without_extension(row.text("file_name"));
        let text = row.text("emotion_expressed");
        let acted = emotion(text).ok_or_else(|| row.error("emotion_expressed", text, EMOTIONS))?;
        let emotion = match &heard {
            None => Ok(acted),
            Some(votes) => votes.get(name).map_or(Err(Problem::Rating), most),
        };
        let speaker = Some(row.text("actor").to_owned()).filter(|s| !s.is_empty());
        let speaker = speaker.ok_or_else(|| row.error("actor", "", "a speaker"))?;
        tables.insert(row, name, TableLabel { speaker: Some(speaker), emotion, rating: None })?;
    }
    if let Some(path) = find(folder, &[USERS])? {
        read_users(&path, &mut tables)?;
    }
    Ok(tables)
}

type Votes = BTreeMap<Emotion, usize>;

fn read_votes(path: &Path) -> Result<BTreeMap<String, Votes>, CorpusError> {
    let file = CsvFile::open(path)?;
    known_columns(&file, &["file_name", "emotion_recognized"])?;
    let mut votes: BTreeMap<String, Votes> = BTreeMap::new();
    for row in file.rows() {
        let text = row.text("emotion_recognized");
        let heard = emotion(text).ok_or_else(|| row.error("emotion_recognized", text, EMOTIONS))?;
        let name = name_without_extension(row.text("file_name")).to_owned();
        *votes.entry(name).or_default().entry(heard).or_default() += 1;
    }
    Ok(votes)
}

/// The emotion with the most votes.
fn most(votes: &Votes) -> Result<Emotion, Problem> {
    let highest = votes.values().copied().max().ok_or(Problem::Rating)?;
    let mut first = votes.iter().filter(|(_, count)| **count == highest).map(|(emotion, _)| *emotion);
    match (first.next(), first.next()) {
        (Some(emotion), None) => Ok(emotion),
        _ => Err(Problem::Agreement),
    }
}

fn read_users(path: &Path, tables: &mut TableLabels) -> Result<(), CorpusError> {
    let file = CsvFile::open(path)?;
    known_columns(&file, &["username", "gender", "age"])?;
    for row in file.rows() {
        let sex = match row.text("gender").to_ascii_lowercase().as_str() {
            "f" | "female" | "femmina" | "donna" | "woman" => Some(Sex::Female),
            "m" | "male" | "maschio" | "uomo" | "man" => Some(Sex::Male),
            _ => None,
        };
        let age = AgeGroup::read(row, "age")?;
        tables.groups.insert(row.text("username").to_owned(), SpeakerGroup { sex, age });
    }
    Ok(())
}
