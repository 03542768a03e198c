//! CREMA-D: `AudioWAV/1001_DFA_ANG_XX.wav` is speaker (1001 to 1091), sentence, acted emotion, acted level (`LO`, `MD`, `HI`, or
//! `XX` where none was asked for). Layout, tables and licence are those of the corpus's repository.
//!
//! Listeners chose one of six emotions and a level from 0 to 100 of that emotion. Nobody rated activation. So the label is the category
//! mean of the emotion that most listeners heard in the voice alone (`VoiceVote`), and counts as a label by category, not as a human
//! one. Their level (`VoiceLevel`) is not used: how strong sadness is says nothing of activation on the scale of the others, and
//! how neutral a voice is even less. Nor is the acted level: only one of the twelve sentences has it. Where emotions have equally many
//! votes (`A:D`), there is no label.
//!
//! A copy made without Git LFS has text in place of sound; its files are reported as unreadable.

use std::path::Path;

use super::common::{
    AgeGroup, Labels, Layout, NameError, Named, Sex, SpeakerGroup, Tables, digits, named, stem,
};
use super::tables::{TableLabel, TableLabels, find, known_columns};
use crate::data::corpora::error::CorpusError;
use crate::data::corpora::problems::Problem;
use crate::data::corpora::table::CsvFile;
use crate::data::emotion::Emotion;

pub(super) const LAYOUT: Layout = Layout {
    id: "crema-d",
    name: "CREMA-D (Cao et al. 2014)",
    language: "English",
    licence: "ODbL 1.0, contents DbCL 1.0",
    labels: Labels::Tables(Tables::CremaD),
    example: "AudioWAV/1001_DFA_ANG_XX.wav",
    read,
};

const VOTES: &str = "processedResults/summaryTable.csv";
const SPEAKERS: &str = "VideoDemographics.csv";

fn read(path: &Path) -> Result<Named, NameError> {
    let stem = stem(path)?;
    let fields: Vec<&str> = stem.split('_').collect();
    let &[speaker, sentence, code, level] = fields.as_slice() else { return Err(NameError::Layout) };
    let letters = |text: &str| text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase());
    let follows = speaker.len() == 4
        && digits(speaker)
        && speaker.parse().is_ok_and(|n: u16| (1001..=1091).contains(&n))
        && letters(sentence)
        && letters(code)
        && ["XX", "LO", "MD", "HI"].contains(&level);
    if !follows {
        return Err(NameError::Layout);
    }
    let emotion = match code {
        "ANG" => Some(Emotion::Anger),
        "DIS" => Some(Emotion::Disgust),
        "FEA" => Some(Emotion::Fear),
        "HAP" => Some(Emotion::Happiness),
        "NEU" => Some(Emotion::Neutral),
        "SAD" => Some(Emotion::Sadness),
        _ => None,
    };
    named(stem, speaker, emotion)
}

/// The emotions heard; none by category, because names have the acted ones. Sex and age where the table of speakers is there.
pub(super) fn read_tables(folder: &Path, by_category: bool) -> Result<TableLabels, CorpusError> {
    let mut tables = TableLabels::default();
    if let Some(path) = find(folder, &[SPEAKERS])? {
        read_speakers(&path, &mut tables)?;
    }
    if by_category {
        return Ok(tables);
    }
    let path = find(folder, &[VOTES])?.ok_or_else(|| CorpusError::NoTable {
        corpus: LAYOUT.name,
        folder: folder.to_owned(),
        expected: VOTES,
        advice: "give the whole repository as its folder, or label by the acted emotion with --category-labels",
    })?;
    let file = CsvFile::open(&path)?;
    // The published table writes the first one, its description the second.
    let key = ["FileName", "fileName"].into_iter().find(|k| file.column_index(k).is_some());
    let key = key.unwrap_or("FileName");
    known_columns(&file, &[key, "VoiceVote"])?;
    for row in file.rows() {
        let vote = row.text("VoiceVote");
        let emotion = match vote {
            "A" => Ok(Emotion::Anger),
            "D" => Ok(Emotion::Disgust),
            "F" => Ok(Emotion::Fear),
            "H" => Ok(Emotion::Happiness),
            "N" => Ok(Emotion::Neutral),
            "S" => Ok(Emotion::Sadness),
            "" | "NA" => Err(Problem::Rating),
            _ if vote.contains(':') && vote.split(':').all(|v| v.len() == 1 && "ADFHNS".contains(v)) => {
                Err(Problem::Agreement)
            }
            _ => {
                return Err(row.error(
                    "VoiceVote",
                    vote,
                    "one or several of A, D, F, H, N, S with colons between",
                ));
            }
        };
        tables.insert(row, row.text(key), TableLabel { speaker: None, emotion, rating: None })?;
    }
    Ok(tables)
}

fn read_speakers(path: &Path, tables: &mut TableLabels) -> Result<(), CorpusError> {
    let file = CsvFile::open(path)?;
    known_columns(&file, &["ActorID", "Age", "Sex"])?;
    for row in file.rows() {
        let sex = match row.text("Sex") {
            "Female" => Some(Sex::Female),
            "Male" => Some(Sex::Male),
            "" | "NA" => None,
            other => return Err(row.error("Sex", other, "Female or Male")),
        };
        let age = AgeGroup::read(row, "Age")?;
        tables.groups.insert(row.text("ActorID").to_owned(), SpeakerGroup { sex, age });
    }
    Ok(())
}
