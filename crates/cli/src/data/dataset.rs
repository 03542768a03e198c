//! Data sets: utterances as features, labels, speaker and corpus; scaler; cross-validation folds.

use std::collections::BTreeMap;

use ndarray::Array2;

use crate::data::emotion::Emotion;
use crate::numeric::random::Random;
use egemaps::catalogue::FEATURE_COUNT;
use undertone::model::{Circumstances, Scaler};

/// A take of an utterance (a version of its sound, or a piece of one), as a model sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Taken {
    /// Its place in the list of takes.
    pub take: usize,
    /// The 88 functionals.
    pub features: [f32; FEATURE_COUNT],
    /// How much speech it has, how far above the background.
    pub circumstances: Circumstances,
}

/// Features of changed versions of an utterance's sound. Empty where there is no sound, as in tables.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Variants {
    /// To train on: one per [`Augmentation`](crate::data::augment::Augmentation).
    pub augmented: Vec<[f32; FEATURE_COUNT]>,
    /// To calibrate the interval on: one per condition; `None` where the sound has no features under it.
    pub under_conditions: Vec<Option<[f32; FEATURE_COUNT]>>,
    /// To calibrate half-widths and the order of two recordings on: those that exist.
    pub takes: Vec<Taken>,
}

/// One labelled utterance.
#[derive(Debug, Clone, PartialEq)]
pub struct Utterance {
    /// The 88 functionals, catalogue order and units, finite.
    pub features: [f32; FEATURE_COUNT],
    /// Activation label, 1 … 5.
    pub activation: f64,
    /// Valence label, 1 … 5, where there is one.
    pub valence: Option<f64>,
    /// The acted emotion.
    pub emotion: Emotion,
    /// Index of the speaker; two corpora never share one.
    pub speaker: usize,
    /// Index of the corpus.
    pub corpus: usize,
    /// Features of changed versions of its sound. Scaler, folds and scores do not use them.
    pub variants: Variants,
}

/// One utterance of calm reading. It has no label: what a training assumes of it is the recipe's.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The 88 functionals, catalogue order and units, finite.
    pub features: [f32; FEATURE_COUNT],
    /// Index of the reader, counted apart from the speakers of labelled utterances.
    pub reader: usize,
    /// The reader's age in years, where it is known.
    pub age_years: Option<u8>,
    /// Index of the corpus.
    pub corpus: usize,
    /// Features of changed versions of its sound. Scaler, folds and scores do not use them.
    pub variants: Variants,
}

/// Utterances in a fixed order: labelled ones, and calm reading to train on beside them. Whatever is evaluated or counted
/// uses the labelled ones only, unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dataset {
    /// The labelled utterances.
    pub utterances: Vec<Utterance>,
    /// Calm reading without labels.
    pub readings: Vec<Reading>,
}

impl Dataset {
    /// Number of labelled utterances.
    pub fn len(&self) -> usize {
        self.utterances.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.utterances.is_empty()
    }

    /// The labelled utterances for which `keep` is true, in the same order, and all readings.
    pub fn filter(&self, keep: impl Fn(&Utterance) -> bool) -> Dataset {
        self.part(|_, u| keep(u), |_, _| true)
    }

    /// The labelled utterances and the readings for whose index and content these are true, in the same order.
    pub fn part(
        &self,
        utterance: impl Fn(usize, &Utterance) -> bool,
        reading: impl Fn(usize, &Reading) -> bool,
    ) -> Dataset {
        let utterances = self.utterances.iter().enumerate().filter(|(i, u)| utterance(*i, u));
        let readings = self.readings.iter().enumerate().filter(|(i, r)| reading(*i, r));
        Dataset {
            utterances: utterances.map(|(_, u)| u.clone()).collect(),
            readings: readings.map(|(_, r)| r.clone()).collect(),
        }
    }

    /// The same without readings.
    pub fn without_readings(&self) -> Dataset {
        Dataset { utterances: self.utterances.clone(), readings: Vec::new() }
    }

    /// The indices of the corpora with labelled utterances, ascending.
    pub fn labelled_corpora(&self) -> Vec<usize> {
        let mut corpora: Vec<usize> = self.utterances.iter().map(|u| u.corpus).collect();
        corpora.sort_unstable();
        corpora.dedup();
        corpora
    }

    /// Features of the recordings as they are: labelled utterances, then readings.
    pub fn features(&self) -> impl Iterator<Item = &[f32; FEATURE_COUNT]> {
        self.utterances.iter().map(|u| &u.features).chain(self.readings.iter().map(|r| &r.features))
    }

    /// Changed versions of all recordings, in the order of [`Dataset::features`].
    pub fn variants(&self) -> impl Iterator<Item = &Variants> {
        self.utterances.iter().map(|u| &u.variants).chain(self.readings.iter().map(|r| &r.variants))
    }

    /// Labels in order.
    pub fn labels(&self) -> Vec<f64> {
        self.utterances.iter().map(|u| u.activation).collect()
    }

    /// Mean and standard deviation of each feature over all recordings, readings too, rounded to what a weights file holds.
    /// A constant feature gets the scale 1.
    pub fn scaler(&self) -> Scaler {
        let count = (self.len() + self.readings.len()).max(1) as f64;
        let (mut means, mut scales) = (Vec::new(), Vec::new());
        for i in 0..FEATURE_COUNT {
            let column = || self.features().map(move |features| f64::from(features[i]));
            let mut sum = 0.0;
            for value in column() {
                sum += value;
            }
            let mean = sum / count;
            let mut squares = 0.0;
            for value in column() {
                squares += (value - mean) * (value - mean);
            }
            let scale = libm::sqrt(squares / count) as f32;
            means.push(mean as f32);
            // The deviation of a constant may be a rounding error instead of 0.
            scales.push(if f64::from(scale) > 1e-9 * (1.0 + mean.abs()) { scale } else { 1.0 });
        }
        Scaler { mean: means, scale: scales }
    }

    /// Standardised features of the labelled utterances, limited to ± `limit`, \[utterances, 88\].
    pub fn standardised(&self, scaler: &Scaler, limit: f64) -> Array2<f64> {
        let mut rows = Array2::zeros((self.len(), FEATURE_COUNT));
        for (mut row, u) in rows.rows_mut().into_iter().zip(&self.utterances) {
            standardise(scaler, limit, &u.features, row.iter_mut());
        }
        rows
    }

    /// The same of the readings, \[readings, 88\].
    pub fn standardised_readings(&self, scaler: &Scaler, limit: f64) -> Array2<f64> {
        let mut rows = Array2::zeros((self.readings.len(), FEATURE_COUNT));
        for (mut row, r) in rows.rows_mut().into_iter().zip(&self.readings) {
            standardise(scaler, limit, &r.features, row.iter_mut());
        }
        rows
    }

    /// Speaker-independent folds: the fold of each utterance. Speakers, in random order, are assigned corpus by corpus, so
    /// that each of `folds` folds gets its share of every corpus and no speaker is in two.
    pub fn speaker_folds(&self, folds: usize, seed: u64) -> Vec<usize> {
        let mut speakers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for u in &self.utterances {
            let list = speakers.entry(u.corpus).or_default();
            if !list.contains(&u.speaker) {
                list.push(u.speaker);
            }
        }
        let mut random = Random::new(seed);
        let mut fold_of = BTreeMap::new();
        let mut assigned = 0;
        for list in speakers.values_mut() {
            list.sort_unstable();
            random.shuffle(list);
            for &speaker in list.iter() {
                fold_of.insert(speaker, assigned % folds.max(1));
                assigned += 1;
            }
        }
        self.utterances.iter().map(|u| fold_of.get(&u.speaker).copied().unwrap_or(0)).collect()
    }

    /// Folds of readers: the fold of each reading. Readers, in random order, are assigned to `folds` folds in turn.
    pub fn reader_folds(&self, folds: usize, seed: u64) -> Vec<usize> {
        let mut readers: Vec<usize> = self.readings.iter().map(|r| r.reader).collect();
        readers.sort_unstable();
        readers.dedup();
        Random::new(seed).shuffle(&mut readers);
        let fold_of: BTreeMap<usize, usize> =
            readers.iter().enumerate().map(|(at, &reader)| (reader, at % folds.max(1))).collect();
        self.readings.iter().map(|r| fold_of.get(&r.reader).copied().unwrap_or(0)).collect()
    }

    /// Stratified folds: the fold of each utterance. The utterances of each emotion of each corpus, in random order, are
    /// assigned such that all of `folds` folds have the same shares of both. A speaker is in several folds.
    pub fn stratified_folds(&self, folds: usize, seed: u64) -> Vec<usize> {
        let mut strata: BTreeMap<(usize, Emotion), Vec<usize>> = BTreeMap::new();
        for (row, u) in self.utterances.iter().enumerate() {
            strata.entry((u.corpus, u.emotion)).or_default().push(row);
        }
        let mut random = Random::new(seed);
        let mut fold_of = vec![0; self.len()];
        let mut assigned = 0;
        for rows in strata.values_mut() {
            random.shuffle(rows);
            for &row in rows.iter() {
                fold_of[row] = assigned % folds.max(1);
                assigned += 1;
            }
        }
        fold_of
    }

    /// Mean standardised features per speaker, ascending speaker index, given the rows of [`Dataset::standardised`].
    pub fn speaker_means(&self, rows: &Array2<f64>) -> BTreeMap<usize, Vec<f64>> {
        means_by(self.utterances.iter().map(|u| u.speaker), rows)
    }

    /// Mean standardised features per reader, ascending reader index, given the rows of
    /// [`Dataset::standardised_readings`].
    pub fn reader_means(&self, rows: &Array2<f64>) -> BTreeMap<usize, Vec<f64>> {
        means_by(self.readings.iter().map(|r| r.reader), rows)
    }
}

fn standardise<'a>(
    scaler: &Scaler,
    limit: f64,
    features: &[f32; FEATURE_COUNT],
    row: impl Iterator<Item = &'a mut f64>,
) {
    for (i, (value, &feature)) in row.zip(features).enumerate() {
        *value = scaler.standardise(i, feature).clamp(-limit, limit);
    }
}

/// Mean rows per key, ascending; `keys`: one per row.
fn means_by(keys: impl Iterator<Item = usize>, rows: &Array2<f64>) -> BTreeMap<usize, Vec<f64>> {
    let mut sums: BTreeMap<usize, (Vec<f64>, f64)> = BTreeMap::new();
    for (key, row) in keys.zip(rows.rows()) {
        let (sum, count) = sums.entry(key).or_insert_with(|| (vec![0.0; row.len()], 0.0));
        for (s, v) in sum.iter_mut().zip(row) {
            *s += v;
        }
        *count += 1.0;
    }
    sums.into_iter().map(|(key, (sum, count))| (key, sum.into_iter().map(|s| s / count).collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing;

    #[test]
    fn scaler_and_folds_do_not_use_variants() {
        let data = testing::dataset(5, 4, 1);
        let mut more = testing::with_augmentations(data.clone(), 3);
        more.utterances
            .iter_mut()
            .for_each(|u| u.variants.under_conditions = vec![Some([1e9; FEATURE_COUNT])]);
        assert_eq!(more.scaler(), data.scaler());
        assert_eq!(more.speaker_folds(5, 1), data.speaker_folds(5, 1));
    }

    #[test]
    fn scaler_standardises_what_it_was_fitted_on_and_survives_constants() {
        let mut data = testing::dataset(3, 20, 1);
        for u in &mut data.utterances {
            u.features[7] = 0.1;
        }
        let scaler = data.scaler();
        assert_eq!(scaler.scale[7], 1.0);
        let z = data.standardised(&scaler, 1e9);
        for i in [0, 3, 87] {
            let column = z.column(i);
            let mean = column.sum() / column.len() as f64;
            let variance = column.iter().map(|v| v * v).sum::<f64>() / column.len() as f64;
            assert!(mean.abs() < 1e-5 && (variance - 1.0).abs() < 1e-4, "{i}: {mean} {variance}");
        }
        assert!(data.standardised(&scaler, 1.5).iter().all(|v| v.abs() <= 1.5));
    }

    #[test]
    fn speaker_folds_never_share_a_speaker_and_have_every_corpus() {
        let data = testing::dataset(7, 3, 2);
        let folds = data.speaker_folds(5, 4);
        for (u, f) in data.utterances.iter().zip(&folds) {
            for (v, g) in data.utterances.iter().zip(&folds) {
                assert!(u.speaker != v.speaker || f == g);
            }
        }
        for fold in 0..5 {
            for corpus in 0..2 {
                assert!(data.utterances.iter().zip(&folds).any(|(u, &f)| f == fold && u.corpus == corpus));
            }
        }
        assert_eq!(folds, data.speaker_folds(5, 4));
        assert_ne!(folds, data.speaker_folds(5, 5));
    }

    #[test]
    fn stratified_folds_keep_the_shares_of_every_emotion_and_corpus() {
        let data = testing::dataset(7, 13, 2);
        let folds = data.stratified_folds(5, 4);
        let mut sizes = [0usize; 5];
        folds.iter().for_each(|&fold| sizes[fold] += 1);
        assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1, "{sizes:?}");
        for corpus in 0..2 {
            for emotion in [Emotion::Anger, Emotion::Sadness] {
                let of = |fold: usize| {
                    let rows = data.utterances.iter().zip(&folds);
                    rows.filter(|(u, f)| (u.corpus, u.emotion, **f) == (corpus, emotion, fold)).count()
                };
                let counts: Vec<usize> = (0..5).map(of).collect();
                assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1, "{counts:?}");
                assert!(counts[0] > 5);
            }
        }
        assert_eq!(folds, data.stratified_folds(5, 4));
        assert_ne!(folds, data.stratified_folds(5, 5));
    }

    #[test]
    fn speaker_means_are_the_means_of_their_rows() {
        let data = testing::dataset(2, 4, 3);
        let z = data.standardised(&data.scaler(), 10.0);
        let means = data.speaker_means(&z);
        assert_eq!(means.len(), 4);
        let by_hand = (0..4).map(|row| z[[row, 5]]).sum::<f64>() / 4.0;
        assert!((means[&0][5] - by_hand).abs() < 1e-12);
    }
}
