//! Results on held-out speech: predictions, residuals, and the coverage of the interval for the model card.

use super::interval::{Residual, half_width};
use crate::data::corpora::Corpus;
use crate::data::dataset::{Dataset, Utterance};
use crate::learn::fit::FittedNetwork;
use crate::numeric::statistics::spearman;
use egemaps::catalogue::FEATURE_COUNT;
use undertone::model::Novelty;

/// Number of speaker-grouped folds.
pub const FOLDS: usize = 5;

/// Results on one training corpus by networks that held out some of its speakers, or all of it.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOut {
    /// Corpus.
    pub corpus: String,
    /// By networks trained on other speakers of this corpus (and on the other corpora). Each fold's labels are counted
    /// against an interval from the residuals (of the networks without a corpus, if there are several corpora) outside the
    /// fold.
    pub unseen_speakers: HeldOutResult,
    /// By the network trained on the other corpora only. Labels are counted against an interval from the residuals of the
    /// other corpora. `None` if there is no other corpus.
    pub unseen_corpus: Option<HeldOutResult>,
}

/// Results on held-out speech.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeldOutResult {
    /// Rank correlation of score and label; `None` where labels are constant.
    pub spearman: Option<f64>,
    /// Share of labels inside an interval that was made without them.
    pub coverage: f64,
}

/// Oldest child, in years.
pub const CHILD_YEARS: u8 = 12;
/// Youngest adult, in years.
pub const ADULT_YEARS: u8 = 18;

/// Results on calm reading by networks that held the readers out: all of it should score alike.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ReadingResult {
    /// Readers up to [`CHILD_YEARS`] old.
    pub children: ReaderGroup,
    /// Readers from [`ADULT_YEARS`] on.
    pub adults: ReaderGroup,
}

/// Results on the readings of some readers.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ReaderGroup {
    /// Number of readings.
    pub readings: usize,
    /// Mean score.
    pub score: f64,
    /// Share of readings above a novelty threshold.
    pub unlike: f64,
}

/// Evaluates readings by age; `predictions`: one per reading, by a network that held its reader out.
pub(super) fn evaluate_readings(
    data: &Dataset,
    predictions: &[HeldOutPrediction],
    novelty: &Novelty,
) -> ReadingResult {
    let group = |keep: fn(u8) -> bool| {
        let mut group = ReaderGroup::default();
        for (reading, prediction) in data.readings.iter().zip(predictions) {
            if reading.age_years.is_some_and(keep) {
                group.readings += 1;
                group.score += prediction.score;
                let unlike = prediction.reconstruction_error > novelty.reconstruction_error
                    || prediction.feature_distance > novelty.feature_distance;
                group.unlike += f64::from(u8::from(unlike));
            }
        }
        let count = group.readings.max(1) as f64;
        ReaderGroup { score: group.score / count, unlike: group.unlike / count, ..group }
    };
    ReadingResult { children: group(|age| age <= CHILD_YEARS), adults: group(|age| age >= ADULT_YEARS) }
}

/// Residuals of a held-out utterance: as recorded, and under each condition under which it has features.
pub(super) fn residuals(u: &Utterance, fold: usize, network: &FittedNetwork) -> Vec<Residual> {
    std::iter::once(Some(&u.features))
        .chain(u.variants.under_conditions.iter().map(Option::as_ref))
        .enumerate()
        .filter_map(|(condition, features)| {
            let prediction = predict_held_out(network, features?, u.activation);
            Some(Residual { corpus: u.corpus, condition, fold, distance: prediction.residual.abs() })
        })
        .collect()
}

/// Prediction of a network for an utterance that it held out.
pub(super) struct HeldOutPrediction {
    pub(super) score: f64,
    /// Label − score.
    residual: f64,
    /// Mean squared reconstruction error of the standardised features.
    pub(super) reconstruction_error: f64,
    /// Root mean square of the standardised features.
    pub(super) feature_distance: f64,
}

pub(super) fn predict_held_out(
    network: &FittedNetwork,
    features: &[f32; FEATURE_COUNT],
    label: f64,
) -> HeldOutPrediction {
    let z = network.standardise(features);
    let point = network.latent(&z);
    let score = network.score(point);
    let decoded = network.network.decode(&point);
    let (mut error, mut distance) = (0.0, 0.0);
    for (x, y) in z.iter().zip(&decoded) {
        error += (x - y) * (x - y);
        distance += x * x;
    }
    let count = FEATURE_COUNT as f64;
    HeldOutPrediction {
        score,
        residual: label - score,
        reconstruction_error: error / count,
        feature_distance: libm::sqrt(distance / count),
    }
}

/// Results on the recordings as they are, by cross-fitting: `residuals` make the intervals, `by_speaker` or `by_corpus`,
/// one prediction per utterance, are counted against them.
pub(super) fn evaluate_held_out(
    corpora: &[&Corpus],
    data: &Dataset,
    folds: &[usize],
    by_speaker: &[HeldOutPrediction],
    by_corpus: Option<&[HeldOutPrediction]>,
    residuals: &[Residual],
) -> Vec<HeldOut> {
    let without_fold: Vec<f64> = (0..FOLDS).map(|fold| half_width(residuals, |r| r.fold != fold)).collect();
    corpora
        .iter()
        .enumerate()
        .filter(|(_, corpus)| !corpus.rows.is_empty())
        .map(|(index, corpus)| {
            let summary = |predictions: &[HeldOutPrediction], half_width: &dyn Fn(usize) -> f64| {
                let (mut scores, mut own, mut inside) = (Vec::new(), Vec::new(), 0usize);
                for ((u, &fold), prediction) in data.utterances.iter().zip(folds).zip(predictions) {
                    if u.corpus == index {
                        scores.push(prediction.score);
                        own.push(u.activation);
                        inside += usize::from(prediction.residual.abs() <= half_width(fold));
                    }
                }
                let coverage = inside as f64 / own.len().max(1) as f64;
                HeldOutResult { spearman: spearman(&scores, &own), coverage }
            };
            let without_corpus = half_width(residuals, |r| r.corpus != index);
            HeldOut {
                corpus: corpus.id.clone(),
                unseen_speakers: summary(by_speaker, &|fold| without_fold[fold]),
                unseen_corpus: by_corpus.map(|predictions| summary(predictions, &|_| without_corpus)),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::corpora::join;
    use crate::data::testing::corpora;

    /// Residuals (label − score) from −1 to 1 for 300 utterances per corpus, those of corpus 1 raised by `shift`.
    fn predictions(shift: f64) -> Vec<HeldOutPrediction> {
        let value = |i: usize| -1.0 + 2.0 * ((i * 7) % 300) as f64 / 299.0;
        (0..600)
            .map(|i| HeldOutPrediction {
                score: 3.0,
                residual: value(i % 300) + if i < 300 { 0.0 } else { shift },
                reconstruction_error: 0.0,
                feature_distance: 0.0,
            })
            .collect()
    }

    fn distances(predictions: &[HeldOutPrediction], folds: &[usize]) -> Vec<Residual> {
        let of = |(i, (j, &fold)): (usize, (&HeldOutPrediction, &usize))| Residual {
            corpus: i / 300,
            condition: 0,
            fold,
            distance: j.residual.abs(),
        };
        predictions.iter().zip(folds).enumerate().map(of).collect()
    }

    #[test]
    fn readings_are_evaluated_by_the_age_of_their_readers() {
        let mut data = crate::data::testing::with_readings(Dataset::default(), 4, 1);
        data.readings[3].age_years = None;
        let of = |score: f64, reconstruction_error: f64, feature_distance: f64| HeldOutPrediction {
            score,
            residual: 0.0,
            reconstruction_error,
            feature_distance,
        };
        // Child, adult, child, unknown.
        let predictions = [of(3.0, 1.0, 1.0), of(2.0, 1.0, 9.0), of(3.5, 1.5, 1.0), of(9.0, 9.0, 9.0)];
        let novelty = Novelty { quantile: 0.99, reconstruction_error: 1.2, feature_distance: 5.0 };
        let result = evaluate_readings(&data, &predictions, &novelty);
        assert_eq!(result.children, ReaderGroup { readings: 2, score: 3.25, unlike: 0.5 });
        assert_eq!(result.adults, ReaderGroup { readings: 1, score: 2.0, unlike: 1.0 });
    }

    #[test]
    fn held_out_coverage_is_counted_on_residuals_that_did_not_make_the_interval() {
        let corpora = corpora(5, 60);
        let corpora: Vec<&Corpus> = corpora.iter().collect();
        let (data, _) = join(&corpora);
        assert_eq!(data.len(), 600);
        let folds: Vec<usize> = (0..600).map(|i| i % FOLDS).collect();
        // Corpora of which one has much larger residuals: an interval from both covers all of the one and three fifths of
        // the other; an interval from the better one covers nothing of the other.
        let all = predictions(3.0);
        let rows = evaluate_held_out(&corpora, &data, &folds, &all, Some(&all), &distances(&all, &folds));
        let near = |a: f64, b: f64| (a - b).abs() < 0.03;
        assert!(
            near(rows[0].unseen_speakers.coverage, 1.0) && near(rows[1].unseen_speakers.coverage, 0.6),
            "{rows:?}"
        );
        assert_eq!(rows[0].unseen_corpus.unwrap().coverage, 1.0);
        assert_eq!(rows[1].unseen_corpus.unwrap().coverage, 0.0);
        // A fold of outliers widens every interval but its own.
        let mut odd = predictions(0.0);
        odd.iter_mut().zip(&folds).filter(|(_, fold)| **fold == 1).for_each(|(j, _)| j.residual = 9.0);
        for h in evaluate_held_out(&corpora, &data, &folds, &odd, None, &distances(&odd, &folds)) {
            assert_eq!(h.unseen_corpus, None);
            // Fold 1 is outside by its own interval; pooled, its 9.0 would be the end and inside.
            assert!(h.unseen_speakers.coverage < 0.81, "{h:?}");
        }
    }
}
