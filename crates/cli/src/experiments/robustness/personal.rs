//! Personal baselines: how much the rank correlation gains from a speaker's neutral utterances.
//!
//! Some speakers always sound more activated than others. If a few neutral utterances of the speaker are known, their mean
//! can be subtracted from the score, or from the features. Both are compared with the raw score, on the same utterances,
//! which never include those of the baseline.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::data::corpora::{Corpus, Row};
use crate::data::emotion::Emotion;
use crate::numeric::random::Random;
use crate::numeric::statistics::{mean_and_deviation, spearman};
use egemaps::catalogue::FEATURE_COUNT;
use undertone::model::Model;

/// Rank correlations pooled over the speakers of a corpus, means over random choices of the neutral utterances.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BaselineGain {
    /// Short name of the corpus.
    pub corpus: String,
    /// Neutral utterances per speaker that make the baseline.
    pub neutral: usize,
    /// Speakers who have as many and something besides.
    pub speakers: usize,
    /// Test utterances per draw.
    pub utterances: usize,
    /// Random draws.
    pub draws: usize,
    /// Rank correlation of the plain score.
    pub raw: f64,
    /// … of the score less the mean score of the speaker's neutral utterances.
    pub score: f64,
    /// Standard deviation of the one above over the draws.
    pub score_deviation: f64,
    /// … of the score of features shifted so that the speaker's neutral mean becomes `target_mean`.
    pub features: f64,
    /// Standard deviation of the one above over the draws.
    pub features_deviation: f64,
    /// Mean over the speakers of |mean of score − label|: of the plain score.
    pub bias: f64,
    /// … of the score less the speaker's neutral mean, plus the score of the neutral voice that features are moved to.
    pub bias_with_baseline: f64,
    /// Share of pairs of a speaker's utterances that the plain score puts in the order of their labels, each speaker with the
    /// same weight. Subtracting a baseline does not change it.
    pub order: f64,
    /// … that the score of moved features puts in order.
    pub order_of_features: f64,
}

/// Mean standardised features of the neutral utterances of corpora, each utterance with the same weight: the mean that
/// speakers' neutral means are moved to. All 0, the training mean, if there are none.
pub fn neutral_mean(model: &Model, corpora: &[&Corpus]) -> [f64; FEATURE_COUNT] {
    mean(model, corpora.iter().flat_map(|c| &c.rows).filter(|row| row.emotion == Emotion::Neutral))
}

fn mean<'a>(model: &Model, rows: impl Iterator<Item = &'a Row>) -> [f64; FEATURE_COUNT] {
    let (mut sum, mut count) = ([0.0; FEATURE_COUNT], 0.0f64);
    for row in rows {
        let z = standardised(model, row);
        for (sum, z) in sum.iter_mut().zip(z) {
            *sum += z;
        }
        count += 1.0;
    }
    sum.map(|v| v / count.max(1.0))
}

fn standardised(model: &Model, row: &Row) -> [f64; FEATURE_COUNT] {
    model.standardise(&row.features).z
}

/// Measures the gain with `neutral` utterances per speaker, whose mean features are moved to `target_mean`. `None` if no speaker has enough of them, or if the labels
/// of the test utterances are constant.
pub fn baseline_gain(
    model: &Model,
    corpus: &Corpus,
    target_mean: &[f64; FEATURE_COUNT],
    neutral: usize,
    draws: usize,
    seed: u64,
) -> Option<BaselineGain> {
    let mut speakers: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in &corpus.rows {
        speakers.entry(&row.speaker).or_default().push(row);
    }
    let neutral_count = |rows: &[&Row]| rows.iter().filter(|row| row.emotion == Emotion::Neutral).count();
    speakers.retain(|_, rows| neutral_count(rows) >= neutral && rows.len() > neutral);
    if neutral == 0 || speakers.is_empty() {
        return None;
    }
    let mut random = Random::new(seed);
    let mut rhos: [Vec<f64>; 3] = Default::default();
    let mut utterances = 0;
    let mut by_speaker = BySpeaker::default();
    for _ in 0..draws {
        let mut pooled = Pooled::default();
        for rows in speakers.values() {
            let mut order: Vec<&Row> = rows.clone();
            random.shuffle(&mut order);
            // The first neutral ones make the baseline; a stable sort keeps the random order among them.
            order.sort_by_key(|row| row.emotion != Emotion::Neutral);
            let (own, tests) = order.split_at(neutral);
            let first = pooled.labels.len();
            pooled.add(model, own, tests, target_mean);
            by_speaker.add(&pooled, first, model.score(&model.network().encode(target_mean)));
        }
        utterances = pooled.labels.len();
        for (rhos, scores) in rhos.iter_mut().zip(&pooled.scores) {
            rhos.push(spearman(scores, &pooled.labels)?);
        }
    }
    let [raw, score, features] = rhos.map(|rhos| mean_and_deviation(&rhos));
    Some(BaselineGain {
        corpus: corpus.id.clone(),
        neutral,
        speakers: speakers.len(),
        utterances,
        draws,
        raw: raw.0,
        score: score.0,
        score_deviation: score.1,
        features: features.0,
        features_deviation: features.1,
        bias: by_speaker.mean(0),
        bias_with_baseline: by_speaker.mean(1),
        order: by_speaker.mean(2),
        order_of_features: by_speaker.mean(3),
    })
}

/// Sums over speakers and draws of both biases and both shares of pairs, each with its count.
#[derive(Default)]
struct BySpeaker([(f64, f64); 4]);

impl BySpeaker {
    /// Adds a speaker, whose utterances are those from number `first` on. `neutral_score`: of the neutral voice.
    fn add(&mut self, pooled: &Pooled, first: usize, neutral_score: f64) {
        let labels = &pooled.labels[first..];
        let [raw, less_baseline, features] = pooled.scores.each_ref().map(|scores| &scores[first..]);
        let bias = |scores: &[f64], added: f64| {
            let mut sum = 0.0;
            scores.iter().zip(labels).for_each(|(score, label)| sum += score + added - label);
            Some((sum / labels.len().max(1) as f64).abs())
        };
        let values = [
            bias(raw, 0.0),
            bias(less_baseline, neutral_score),
            share_in_order(raw, labels),
            share_in_order(features, labels),
        ];
        for ((sum, count), value) in self.0.iter_mut().zip(values) {
            if let Some(value) = value {
                *sum += value;
                *count += 1.0;
            }
        }
    }

    fn mean(&self, place: usize) -> f64 {
        let (sum, count) = self.0[place];
        sum / f64::max(count, 1.0)
    }
}

/// Share of pairs with different labels that the scores put in the order of the labels; `None` without any.
fn share_in_order(scores: &[f64], labels: &[f64]) -> Option<f64> {
    let (mut right, mut pairs) = (0usize, 0usize);
    for i in 0..labels.len() {
        for j in 0..i {
            if labels[i] != labels[j] {
                pairs += 1;
                right += usize::from((scores[i] - scores[j]) * (labels[i] - labels[j]) > 0.0);
            }
        }
    }
    (pairs > 0).then(|| right as f64 / pairs as f64)
}

/// Labels of the test utterances of all speakers, and their scores: raw, less the baseline, of moved features.
#[derive(Default)]
struct Pooled {
    labels: Vec<f64>,
    scores: [Vec<f64>; 3],
}

impl Pooled {
    fn add(&mut self, model: &Model, own: &[&Row], tests: &[&Row], target_mean: &[f64; FEATURE_COUNT]) {
        let score = |z: &[f64; FEATURE_COUNT]| model.score(&model.network().encode(z));
        let mut baseline = 0.0;
        for row in own {
            baseline += score(&standardised(model, row));
        }
        baseline /= own.len() as f64;
        let own_mean = mean(model, own.iter().copied());
        let limit = model.info().limit;
        for row in tests {
            let z = standardised(model, row);
            let raw = score(&z);
            let moved = std::array::from_fn(|i| (z[i] - own_mean[i] + target_mean[i]).clamp(-limit, limit));
            self.labels.push(row.activation);
            for (list, value) in self.scores.iter_mut().zip([raw, raw - baseline, score(&moved)]) {
                list.push(value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing::corpora;
    use crate::release::testing::trained;

    #[test]
    fn baseline_gain_is_positive_where_speakers_have_offsets() {
        let mut all = corpora(6, 30);
        let model = trained(&all, 1).model;
        // Everyone's middle third is neutral; each speaker gets an offset of its own in what tells activation.
        for row in all.iter_mut().flat_map(|c| &mut c.rows) {
            if (2.5..3.5).contains(&row.activation) {
                row.emotion = Emotion::Neutral;
            }
            let offset = row.speaker.parse::<f32>().unwrap() % 3.0 - 1.0;
            row.features[3] += 4.0 * 1.5 * offset;
            row.features[10] += 11.0 * 1.5 * offset;
        }
        let target_mean = neutral_mean(&model, &[&all[1]]);
        let with = |neutral| baseline_gain(&model, &all[0], &target_mean, neutral, 5, 1).unwrap();
        let three = with(3);
        assert_eq!((three.speakers, three.utterances, three.draws), (6, 6 * 27, 5));
        assert!(three.score > three.raw + 0.1 && three.features > three.raw + 0.1, "{three:?}");
        assert!(with(1).score < three.score, "one utterance says less than three");
        assert!(three.bias_with_baseline < three.bias && three.order > 0.7, "{three:?}");
        assert_eq!(share_in_order(&[1.0, 3.0, 2.0, 2.0], &[1.0, 2.0, 3.0, 3.0]), Some(0.6));
        assert_eq!(share_in_order(&[1.0, 3.0], &[2.0, 2.0]), None);
        assert_eq!(baseline_gain(&model, &all[0], &target_mean, 3, 5, 1), Some(three));
        assert_eq!(baseline_gain(&model, &all[0], &target_mean, 30, 5, 1), None);
        assert_eq!(baseline_gain(&model, &all[0], &target_mean, 0, 5, 1), None);
    }
}
