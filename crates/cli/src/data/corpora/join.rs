//! From corpora to one data set.

use std::collections::BTreeMap;

use super::corpus::Corpus;
use crate::data::dataset::{Dataset, Utterance};

/// Joins corpora into one data set, and names its speakers (`corpus/speaker`) by their index. Corpus indices are positions
/// in `corpora`; speakers are told apart by corpus.
pub fn join(corpora: &[&Corpus]) -> (Dataset, Vec<String>) {
    let mut dataset = Dataset::default();
    let mut speakers: Vec<String> = Vec::new();
    let mut index_of: BTreeMap<String, usize> = BTreeMap::new();
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
    }
    (dataset, speakers)
}
