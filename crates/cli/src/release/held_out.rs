//! What networks say about speech that they have not heard, and what of it a model card tells.

use crate::data::corpora::Corpus;
use crate::data::dataset::{Dataset, Utterance};
use crate::learn::fit::Fitted;
use crate::numeric::statistics::spearman;
use crate::release::interval::{Residual, half_width};
use egemaps::catalogue::FEATURE_COUNT;

/// Number of speaker-grouped folds.
pub const FOLDS: usize = 5;

/// How one training corpus was judged by networks that had not heard its speakers, or nothing of it at all.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOut {
    /// Corpus.
    pub corpus: String,
    /// Networks that had heard other speakers of this corpus. Each fold's labels are counted against an interval from
    /// the residuals (of the corpus-wise networks, if there are several corpora) outside the fold.
    pub speakers: Unheard,
    /// The network that had heard the other corpora only. Labels are counted against an interval from the residuals of
    /// the other corpora. `None` if there is no other corpus.
    pub whole: Option<Unheard>,
}

/// What came out for speech that a network had not heard.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unheard {
    /// Rank correlation of score and label; `None` where labels are constant.
    pub spearman: Option<f64>,
    /// Share of labels inside an interval that was made without them.
    pub coverage: f64,
}

/// How far the label of an utterance lies from a network's score, as it is and under each condition that it has features
/// of.
pub(super) fn residuals(u: &Utterance, fold: usize, network: &Fitted) -> Vec<Residual> {
    std::iter::once(Some(&u.features))
        .chain(u.renditions.conditions.iter().map(Option::as_ref))
        .enumerate()
        .filter_map(|(condition, features)| {
            let judged = judge(network, features?, u.activation);
            Some(Residual { corpus: u.corpus, condition, fold, distance: judged.residual.abs() })
        })
        .collect()
}

/// What a network says about an utterance that it has not heard.
pub(super) struct Judged {
    score: f64,
    /// Label − score.
    residual: f64,
    /// Mean squared error of the restored standardised features.
    pub(super) reconstruction_error: f64,
    /// Root mean square of the standardised features.
    pub(super) feature_distance: f64,
}

pub(super) fn judge(network: &Fitted, features: &[f32; FEATURE_COUNT], label: f64) -> Judged {
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
    Judged {
        score,
        residual: label - score,
        reconstruction_error: error / count,
        feature_distance: libm::sqrt(distance / count),
    }
}

/// Coverage of the utterances as they are, by cross-fitting: `residuals` make the intervals, those of `by_speaker` or
/// `by_corpus`, one per utterance, are counted.
pub(super) fn held_out(
    corpora: &[&Corpus],
    data: &Dataset,
    folds: &[usize],
    by_speaker: &[Judged],
    by_corpus: Option<&[Judged]>,
    residuals: &[Residual],
) -> Vec<HeldOut> {
    let without_fold: Vec<f64> = (0..FOLDS).map(|fold| half_width(residuals, |r| r.fold != fold)).collect();
    corpora
        .iter()
        .enumerate()
        .map(|(index, corpus)| {
            let summary = |judged: &[Judged], half_width: &dyn Fn(usize) -> f64| {
                let (mut scores, mut own, mut inside) = (Vec::new(), Vec::new(), 0usize);
                for ((u, &fold), judged) in data.utterances.iter().zip(folds).zip(judged) {
                    if u.corpus == index {
                        scores.push(judged.score);
                        own.push(u.activation);
                        inside += usize::from(judged.residual.abs() <= half_width(fold));
                    }
                }
                let coverage = inside as f64 / own.len().max(1) as f64;
                Unheard { spearman: spearman(&scores, &own), coverage }
            };
            let without_corpus = half_width(residuals, |r| r.corpus != index);
            HeldOut {
                corpus: corpus.id.clone(),
                speakers: summary(by_speaker, &|fold| without_fold[fold]),
                whole: by_corpus.map(|judged| summary(judged, &|_| without_corpus)),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::corpora::join;
    use crate::release::final_model::testing::corpora;

    /// Residuals (label − score) from −1 to 1 for 300 utterances per corpus, those of corpus 1 raised by `shift`.
    fn judged(shift: f64) -> Vec<Judged> {
        let value = |i: usize| -1.0 + 2.0 * ((i * 7) % 300) as f64 / 299.0;
        (0..600)
            .map(|i| Judged {
                score: 3.0,
                residual: value(i % 300) + if i < 300 { 0.0 } else { shift },
                reconstruction_error: 0.0,
                feature_distance: 0.0,
            })
            .collect()
    }

    fn distances(judged: &[Judged], folds: &[usize]) -> Vec<Residual> {
        let of = |(i, (j, &fold)): (usize, (&Judged, &usize))| Residual {
            corpus: i / 300,
            condition: 0,
            fold,
            distance: j.residual.abs(),
        };
        judged.iter().zip(folds).enumerate().map(of).collect()
    }

    #[test]
    fn coverage_is_counted_on_residuals_that_did_not_make_the_interval() {
        let corpora = corpora(5, 60);
        let corpora: Vec<&Corpus> = corpora.iter().collect();
        let (data, _) = join(&corpora);
        assert_eq!(data.len(), 600);
        let folds: Vec<usize> = (0..600).map(|i| i % FOLDS).collect();
        // Corpora of which one is judged much worse: an interval from both holds all of the one and three fifths of the
        // other; what the better one promises holds nothing in the other.
        let all = judged(3.0);
        let rows = held_out(&corpora, &data, &folds, &all, Some(&all), &distances(&all, &folds));
        let near = |a: f64, b: f64| (a - b).abs() < 0.03;
        assert!(near(rows[0].speakers.coverage, 1.0) && near(rows[1].speakers.coverage, 0.6), "{rows:?}");
        assert_eq!(rows[0].whole.unwrap().coverage, 1.0);
        assert_eq!(rows[1].whole.unwrap().coverage, 0.0);
        // A fold of outliers widens every interval but its own.
        let mut odd = judged(0.0);
        odd.iter_mut().zip(&folds).filter(|(_, fold)| **fold == 1).for_each(|(j, _)| j.residual = 9.0);
        for h in held_out(&corpora, &data, &folds, &odd, None, &distances(&odd, &folds)) {
            assert_eq!(h.whole, None);
            // Fold 1 is outside by its own interval; pooled, its 9.0 would be the end and inside.
            assert!(h.speakers.coverage < 0.81, "{h:?}");
        }
    }
}
