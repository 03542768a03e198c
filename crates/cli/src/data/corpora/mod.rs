//! Labelled speech: where it lies, what it is called, how active it sounds.
//!
//! A corpus comes from a folder in its documented layout ([`load`]) or from a table of features ([`read_table`],
//! [`read_joined`]). What does not fit is named with counts ([`Problems`]) and never silently dropped.
//!
//! | module | what |
//! |---|---|
//! | `layout` | the known corpora: facts and what file names say, one module each |
//! | `ratings`, `evaluations` | human ratings: tables; IEMOCAP's text files |
//! | `labels` | which label a file gets |
//! | `folder` | a corpus from its folder |
//! | `table` | a corpus from a table of features |
//! | `cache` | features kept between runs |

mod cache;
mod error;
mod evaluations;
mod folder;
mod labels;
mod layout;
mod problems;
mod ratings;
mod table;

pub use cache::{FeatureCache, default_directory};
pub use error::CorpusError;
pub use folder::{FeatureError, FeatureFunction, Sources, files, load, load_by_category};
pub use layout::{CorpusId, Labels, Layout, NameError, Named};
pub use problems::{Problem, Problems};
pub use table::{read_joined, read_table};

use std::collections::BTreeMap;

use crate::data::dataset::{Dataset, Renditions, Utterance};
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
    /// The acted emotion (IEMOCAP: the one that most listeners heard).
    pub emotion: Emotion,
    /// Activation label, 1 … 5.
    pub activation: f64,
    /// Valence label, 1 … 5, where there is one.
    pub valence: Option<f64>,
    /// Where the labels come from.
    pub origin: LabelOrigin,
    /// The 88 functionals of the speech region at the fixed level.
    pub features: [f32; FEATURE_COUNT],
    /// What else it could have sounded like; nothing unless asked for.
    pub renditions: Renditions,
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
                renditions: row.renditions.clone(),
            });
        }
    }
    (dataset, names)
}
