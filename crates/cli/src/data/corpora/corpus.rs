//! A corpus in memory: utterances, labelled or calm reading, as features, with what to call and how to cite it.

use super::layout::{AgeGroup, Sex, SpeakerGroup};
use super::problems::Problems;
use crate::data::dataset::Variants;
use crate::data::emotion::Emotion;
use egemaps::catalogue::FEATURE_COUNT;
use undertone::model::{CorpusInfo, LabelOrigin};

/// One labelled utterance of a corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// File name without extension (SAVEE: with the speaker before it), or the name in a table.
    pub id: String,
    /// Speaker, unique within the corpus.
    pub speaker: String,
    /// Sex and age of the speaker, as far as the corpus says them.
    pub group: SpeakerGroup,
    /// The acted emotion (IEMOCAP, CREMA-D, Emozionalmente: the one that most listeners heard).
    pub emotion: Emotion,
    /// Activation label, 1 … 5.
    pub activation: f64,
    /// Valence label, 1 … 5, where there is one.
    pub valence: Option<f64>,
    /// Where the labels come from.
    pub origin: LabelOrigin,
    /// The 88 functionals of the speech region at the fixed level.
    pub features: [f32; FEATURE_COUNT],
    /// Features of changed versions of its sound; empty unless asked for.
    pub variants: Variants,
}

/// One utterance of calm reading, without a label.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadingRow {
    /// File name without extension.
    pub id: String,
    /// Speaker, unique within the corpus.
    pub speaker: String,
    /// The speaker's age in years, where it is known.
    pub age_years: Option<u8>,
    /// The 88 functionals of the speech region at the fixed level.
    pub features: [f32; FEATURE_COUNT],
    /// Features of changed versions of its sound; empty unless asked for.
    pub variants: Variants,
}

/// A corpus: utterances, labelled or calm reading, its name and its reference to cite.
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
    /// The labelled utterances, sorted by id.
    pub rows: Vec<Row>,
    /// Calm reading without labels, sorted by id.
    pub readings: Vec<ReadingRow>,
    /// What did not fit.
    pub problems: Problems,
}

impl Corpus {
    /// Where its labels come from: human only if all are; without labelled utterances there are none.
    pub fn origin(&self) -> LabelOrigin {
        if self.rows.is_empty() {
            LabelOrigin::Reading
        } else if self.rows.iter().all(|r| r.origin == LabelOrigin::Human) {
            LabelOrigin::Human
        } else {
            LabelOrigin::Category
        }
    }

    /// Numbers of utterances by women and girls, by men and boys, and by children, of those where the corpus says it.
    pub fn group_counts(&self) -> [usize; 3] {
        let count = |is: fn(SpeakerGroup) -> bool| self.rows.iter().filter(|r| is(r.group)).count();
        [
            count(|g| g.sex == Some(Sex::Female)),
            count(|g| g.sex == Some(Sex::Male)),
            count(|g| g.age == Some(AgeGroup::Child)),
        ]
    }

    /// Its entry in a weights file.
    pub fn info(&self) -> CorpusInfo {
        let mut speakers: Vec<&str> = self.rows.iter().map(|r| r.speaker.as_str()).collect();
        speakers.extend(self.readings.iter().map(|r| r.speaker.as_str()));
        speakers.sort_unstable();
        speakers.dedup();
        CorpusInfo {
            id: self.id.clone(),
            name: self.name.clone(),
            language: self.language.clone(),
            licence: self.licence.clone(),
            labels: self.origin(),
            utterances: (self.rows.len() + self.readings.len()) as u32,
            speakers: speakers.len() as u32,
        }
    }
}
