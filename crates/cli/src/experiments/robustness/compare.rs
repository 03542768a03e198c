//! Scores under conditions compared with the scores of the clean recordings.

use std::collections::BTreeMap;

use serde::Serialize;

use super::plan::Question;
use crate::data::corpora::Corpus;
use crate::numeric::statistics::{mean_and_deviation, spearman};
use egemaps::catalogue::FEATURE_COUNT;
use undertone::model::{Evaluation, Model};

/// A change of the score that counts as negligible on the scale of 1 to 5.
pub const SMALL_CHANGE: f64 = 0.05;

/// Features of one corpus under one condition, by utterance.
pub type Features = BTreeMap<String, [f32; FEATURE_COUNT]>;

/// The features of a corpus by the names of its utterances.
pub fn features_of(corpus: &Corpus) -> Features {
    corpus.rows.iter().map(|row| (row.id.clone(), row.features)).collect()
}

/// Results on one corpus.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CorpusReport {
    /// Short name.
    pub corpus: String,
    /// Where its labels come from: `human` or `category`.
    pub labels: &'static str,
    /// The recordings as they are.
    pub clean: ConditionResult,
    /// The recordings under conditions.
    pub conditions: Vec<ConditionResult>,
    /// Spread over shifts; `None` for fewer than two shifts.
    pub stability: Option<Spread>,
}

/// Results under one condition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConditionResult {
    /// Name of the condition.
    pub condition: String,
    /// What it was measured for.
    pub question: Question,
    /// Utterances with a score.
    pub utterances: usize,
    /// Utterances that have a score when clean, but none under the condition.
    pub lost: usize,
    /// Rank correlation of score and label; `None` where labels are constant.
    pub spearman: Option<f64>,
    /// Loss of rank correlation: that of the same utterances when clean, less the one above.
    pub cost: Option<f64>,
    /// Share of labels inside the interval.
    pub coverage: f64,
    /// Share of utterances flagged as unlike the training voices.
    pub unlike_reference: f64,
    /// Absolute change of the score from the clean recording.
    pub change: Spread,
}

/// A distribution of distances in score units. All 0 for none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Default)]
pub struct Spread {
    /// Half lie below.
    pub median: f64,
    /// 95 % lie below.
    pub p95: f64,
    /// The largest.
    pub max: f64,
    /// Share that is at most [`SMALL_CHANGE`].
    pub small: f64,
}

impl Spread {
    /// Of these distances, with linear interpolation between values.
    pub fn of(mut distances: Vec<f64>) -> Spread {
        distances.sort_by(f64::total_cmp);
        let Some(last) = distances.len().checked_sub(1) else { return Spread::default() };
        let at = |share: f64| {
            let place = share * last as f64;
            let below = place.floor() as usize;
            let (low, high) = (distances[below], distances[(below + 1).min(last)]);
            low + (high - low) * (place - below as f64)
        };
        let small = distances.iter().filter(|d| **d <= SMALL_CHANGE).count();
        Spread { median: at(0.5), p95: at(0.95), max: at(1.0), small: small as f64 / distances.len() as f64 }
    }
}

/// Compares a corpus under conditions with itself.
pub fn compare(model: &Model, clean: &Corpus, under: &[(Question, String, Features)]) -> CorpusReport {
    let labels: BTreeMap<&str, f64> = clean.rows.iter().map(|r| (r.id.as_str(), r.activation)).collect();
    let scored = |features: &Features| -> BTreeMap<String, Evaluation> {
        features.iter().map(|(id, values)| (id.clone(), model.evaluate(values))).collect()
    };
    let clean_scores = scored(&features_of(clean));
    let measured = |question: Question, name: &str, scores: &BTreeMap<String, Evaluation>| {
        measure(question, name, scores, &clean_scores, &labels)
    };
    let mut conditions = Vec::new();
    let mut shifts: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let mut shift_count = 0;
    for (question, name, features) in under {
        let scores = scored(features);
        if *question == Question::Stability {
            shift_count += 1;
            for (id, e) in &scores {
                shifts.entry(id.clone()).or_default().push(e.activation);
            }
        }
        conditions.push(measured(*question, name, &scores));
    }
    let stability = (shift_count > 1).then(|| {
        let complete = shifts.values().filter(|scores| scores.len() == shift_count);
        Spread::of(complete.map(|scores| mean_and_deviation(scores).1).collect())
    });
    CorpusReport {
        corpus: clean.id.clone(),
        labels: clean.origin().name(),
        clean: measured(Question::Robustness, "clean", &clean_scores),
        conditions,
        stability,
    }
}

fn measure(
    question: Question,
    name: &str,
    scores: &BTreeMap<String, Evaluation>,
    clean_scores: &BTreeMap<String, Evaluation>,
    labels: &BTreeMap<&str, f64>,
) -> ConditionResult {
    let (mut own, mut clean, mut wanted, mut changes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut inside, mut unlike) = (0usize, 0usize);
    for (id, e) in scores {
        let (Some(before), Some(&label)) = (clean_scores.get(id), labels.get(id.as_str())) else { continue };
        own.push(e.activation);
        clean.push(before.activation);
        wanted.push(label);
        changes.push((e.activation - before.activation).abs());
        inside += usize::from((e.interval[0]..=e.interval[1]).contains(&label));
        unlike += usize::from(e.unlike_reference);
    }
    let rho = spearman(&own, &wanted);
    let count = own.len().max(1) as f64;
    ConditionResult {
        condition: name.to_owned(),
        question,
        utterances: own.len(),
        lost: clean_scores.len() - own.len(),
        spearman: rho,
        cost: spearman(&clean, &wanted).zip(rho).map(|(before, after)| before - after),
        coverage: inside as f64 / count,
        unlike_reference: unlike as f64 / count,
        change: Spread::of(changes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing::corpora;
    use crate::release::testing::trained;

    #[test]
    fn spread_has_its_quantiles() {
        let spread = Spread::of((0..=100).rev().map(|i| f64::from(i) / 1_000.0).collect());
        assert!((spread.median - 0.05).abs() < 1e-12 && (spread.p95 - 0.095).abs() < 1e-12);
        assert_eq!((spread.max, spread.small), (0.1, 51.0 / 101.0));
        assert_eq!(Spread::of(Vec::new()), Spread::default());
    }

    #[test]
    fn compare_measures_changes_and_counts_what_is_lost() {
        let corpora = corpora(4, 12);
        let model = trained(&corpora, 1).model;
        let clean = &corpora[0];
        let same = features_of(clean);
        // Everyone gets the features of someone else: the order is lost.
        let ids: Vec<&String> = same.keys().collect();
        let mixed: Features = ids
            .iter()
            .enumerate()
            .map(|(i, id)| ((*id).clone(), same[ids[(i * 17 + 5) % ids.len()]]))
            .collect();
        let mut fewer = same.clone();
        fewer.retain(|id, _| id.len() > 1);
        let under = [
            (Question::Level, "same".to_owned(), same.clone()),
            (Question::Robustness, "mixed".to_owned(), mixed.clone()),
            (Question::Robustness, "fewer".to_owned(), fewer.clone()),
            (Question::Stability, "one".to_owned(), same.clone()),
            (Question::Stability, "two".to_owned(), mixed),
        ];
        let report = compare(&model, clean, &under);
        assert_eq!(report.labels, "human");
        let [level, mixed, fewer, ..] = report.conditions.as_slice() else { panic!() };
        assert_eq!((level.cost, level.change.max, level.lost), (Some(0.0), 0.0, 0));
        assert_eq!(level.spearman, report.clean.spearman);
        assert!(mixed.cost.unwrap() > 0.3 && mixed.change.median > SMALL_CHANGE, "{mixed:?}");
        // The same utterances on both sides: leaving some out costs nothing.
        assert_eq!((fewer.cost, fewer.lost), (Some(0.0), 10));
        // Of two scores, the deviation is their distance by √2.
        let spread = report.stability.unwrap();
        assert!((spread.max * 2f64.sqrt() - mixed.change.max).abs() < 1e-9, "{spread:?}");
        assert_eq!(compare(&model, clean, &under[..4]).stability, None);
    }
}
