//! From corpora to one data set.

use std::collections::BTreeMap;

use super::corpus::Corpus;
use crate::data::dataset::{Dataset, Reading, Utterance};

/// Joins corpora into one data set, and names the speakers of its labelled utterances (`corpus/speaker`) by their index.
/// Corpus indices are positions in `corpora`; speakers are told apart by corpus, readers are counted apart from them.
pub fn join(corpora: &[&Corpus]) -> (Dataset, Vec<String>) {
    let mut dataset = Dataset::default();
    let mut speakers: Vec<String> = Vec::new();
    let mut index_of: BTreeMap<String, usize> = BTreeMap::new();
    let mut readers: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for (index, corpus) in corpora.iter().enumerate() {
        for row in &corpus.rows {
            let name = format!("{}/{}", corpus.id, row.speaker);
            let speaker = *index_of.entry(name.clone()).or_insert_with(|| {
                speakers.push(name);
                speakers.len() - 1
            });
            dataset.utterances.push(Utterance {
                features: row.features,
                activation: row.activation,
                valence: row.valence,
                emotion: row.emotion,
                speaker,
                corpus: index,
                variants: row.variants.clone(),
            });
        }
        for row in &corpus.readings {
            let next = readers.len();
            dataset.readings.push(Reading {
                features: row.features,
                reader: *readers.entry((index, row.speaker.as_str())).or_insert(next),
                age_years: row.age_years,
                corpus: index,
                variants: row.variants.clone(),
            });
        }
    }
    (dataset, speakers)
}
