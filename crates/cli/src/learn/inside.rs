//! The criterion by which recipes and penalties are chosen: rank correlations on what was left out of the training corpora.
//!
//! Each labelled corpus is left out once as a whole, and once in five folds of speakers; every one of them gives one rank
//! correlation per corpus. Ranks, because the score is judged by ranks; whole corpora, because a user is an unseen speaker
//! of an unseen corpus.

use crate::data::dataset::{Dataset, Utterance};
use crate::numeric::statistics::spearman;

/// Number of folds of speakers.
pub const FOLDS: usize = 5;
/// Seed of the folds.
const SEED: u64 = 4;

/// The parts of a data set to train on: without each labelled corpus in turn (if there are several), then without each fold
/// of speakers. Readings are left out with a fold of readers, never with a corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct Inside {
    /// The parts, in this order.
    pub parts: Vec<Dataset>,
    corpora: Vec<usize>,
    folds: Vec<usize>,
    reader_folds: Vec<usize>,
}

/// Rank correlations on what was left out, per labelled corpus; 0 where there is none, as with constant labels.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct InsideRanks {
    /// By what was trained without the corpus; empty if there is only one.
    pub corpus_left_out: Vec<f64>,
    /// By what was trained without the speaker.
    pub speaker_left_out: Vec<f64>,
}

impl InsideRanks {
    /// The mean of all.
    pub fn mean(&self) -> f64 {
        let all = || self.corpus_left_out.iter().chain(&self.speaker_left_out);
        all().sum::<f64>() / all().count().max(1) as f64
    }
}

impl Inside {
    /// The parts of a data set.
    pub fn new(data: &Dataset) -> Inside {
        let mut corpora = data.labelled_corpora();
        let folds = data.speaker_folds(FOLDS, SEED);
        let reader_folds = data.reader_folds(FOLDS, SEED);
        let mut parts = Vec::new();
        if corpora.len() > 1 {
            parts.extend(corpora.iter().map(|&out| data.filter(|u| u.corpus != out)));
        }
        let without = |out: usize| data.part(|i, _| folds[i] != out, |i, _| reader_folds[i] != out);
        parts.extend((0..FOLDS).map(without));
        corpora.dedup();
        Inside { parts, corpora, folds, reader_folds }
    }

    /// Index of the first part that leaves a fold out; those before leave a corpus out.
    pub fn first_fold(&self) -> usize {
        self.parts.len() - FOLDS
    }

    /// The part that leaves the reading with this index out.
    pub fn part_of_reading(&self, reading: usize) -> usize {
        self.first_fold() + self.reader_folds.get(reading).copied().unwrap_or(0)
    }

    /// The rank correlations, where `predict` gives the score of an utterance by what was trained on a part. `data`: the one
    /// that the parts are of.
    pub fn ranks(&self, data: &Dataset, predict: impl Fn(usize, &Utterance) -> f64) -> InsideRanks {
        let first_fold = self.first_fold();
        let mut ranks = InsideRanks::default();
        for (at, &corpus) in self.corpora.iter().enumerate() {
            let rows = || data.utterances.iter().zip(&self.folds).filter(|(u, _)| u.corpus == corpus);
            let labels: Vec<f64> = rows().map(|(u, _)| u.activation).collect();
            let rho = |scores: Vec<f64>| spearman(&scores, &labels).unwrap_or(0.0);
            if first_fold > 0 {
                ranks.corpus_left_out.push(rho(rows().map(|(u, _)| predict(at, u)).collect()));
            }
            ranks
                .speaker_left_out
                .push(rho(rows().map(|(u, &fold)| predict(first_fold + fold, u)).collect()));
        }
        ranks
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing;

    #[test]
    fn inside_asks_only_what_was_trained_without_the_utterance() {
        let data = testing::with_readings(testing::dataset(6, 10, 1), 6, 2);
        let inside = Inside::new(&data);
        assert_eq!((inside.parts.len(), inside.first_fold()), (2 + FOLDS, 2));
        let ranks = inside.ranks(&data, |part, u| {
            assert!(!inside.parts[part].utterances.contains(u));
            let same = |other: &Utterance| other.speaker == u.speaker;
            assert!(!inside.parts[part].utterances.iter().any(same));
            // All of the other corpus is there.
            assert_eq!(part < 2, inside.parts[part].labelled_corpora().len() == 1);
            u.activation
        });
        assert_eq!((ranks.corpus_left_out.len(), ranks.speaker_left_out.len()), (2, 2));
        assert!((ranks.mean() - 1.0).abs() < 1e-12);
        for (i, reading) in data.readings.iter().enumerate() {
            let part = &inside.parts[inside.part_of_reading(i)];
            assert!(part.readings.iter().all(|r| r.reader != reading.reader));
        }
        assert!(inside.parts[..2].iter().all(|part| part.readings.len() == data.readings.len()));
        // Half of the ranks are wrong: the mean of 1, 1 and −1, −1.
        let half = inside.ranks(&data, |part, u| if part < 2 { u.activation } else { -u.activation });
        assert!(half.mean() < 0.1);
    }

    #[test]
    fn inside_of_one_corpus_has_folds_only() {
        let data = testing::dataset(6, 10, 1).filter(|u| u.corpus == 0);
        let inside = Inside::new(&data);
        assert_eq!((inside.parts.len(), inside.first_fold()), (FOLDS, 0));
        assert!(inside.ranks(&data, |_, u| u.activation).corpus_left_out.is_empty());
    }
}
