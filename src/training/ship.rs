//! From corpora to a weights file: the final network, its interval, its novelty thresholds, its cloud.
//!
//! Interval and thresholds come from speakers that a network has not heard: five networks are trained by the same
//! recipe, each without a fifth of the speakers, and judge those. The final network is then trained on everyone.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::corpora::{Corpus, Emotion, join};
use super::dataset::Dataset;
use super::fit::{Fitted, Recipe, fit};
use super::statistics::{conformal_quantile, spearman};
use crate::egemaps::catalogue::{CATALOGUE_VERSION, FEATURE_COUNT};
use crate::model::{
    FORMAT_VERSION, Family, Interval, Model, ModelError, ModelInfo, Novelty, Objective, Provenance,
    Quantiles, ReferenceCloud,
};

/// Number of speaker-grouped folds behind interval and thresholds.
pub const FOLDS: usize = 5;
/// Share of held-out labels that the interval shall cover.
pub const INTERVAL_LEVEL: f64 = 0.8;
/// Share of held-out speech that stays below each novelty threshold.
pub const NOVELTY_QUANTILE: f64 = 0.99;

/// Why no model can be made of these corpora.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ShipError {
    /// Nothing to train on.
    #[error("no utterances to train on")]
    Empty,
    /// Too few speakers to hold some out.
    #[error("{speakers} speakers: at least {FOLDS} are needed to hold some out")]
    TooFewSpeakers {
        /// How many there are.
        speakers: usize,
    },
    /// All labels are equal.
    #[error("all activation labels are {label}: there is nothing to learn")]
    ConstantLabels {
        /// The label.
        label: f64,
    },
    /// More names than a weights file can count.
    #[error("{count} {what}: a weights file holds at most {limit}")]
    TooMany {
        /// Corpora or speakers.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many fit.
        limit: usize,
    },
    /// The parts do not make a valid model.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// A model with what was measured while it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Shipment {
    /// The model.
    pub model: Model,
    /// Per training corpus, in order: how speakers outside the training folds were judged.
    pub held_out: Vec<HeldOut>,
}

/// How the speakers of one training corpus were judged by networks that had not heard them.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldOut {
    /// Corpus.
    pub corpus: String,
    /// Rank correlation of score and label; `None` where labels are constant.
    pub spearman: Option<f64>,
    /// Share of labels inside the interval.
    pub coverage: f64,
}

/// Number of ticks that [`ship`] gives.
pub fn ticks(recipe: &Recipe) -> usize {
    (FOLDS + 1) * recipe.epochs
}

/// Trains the model. `tick` is called after every epoch of every network, from several threads.
///
/// # Errors
/// [`ShipError`].
pub fn ship(
    corpora: &[&Corpus],
    recipe: &Recipe,
    provenance: Provenance,
    tick: &(dyn Fn() + Sync),
) -> Result<Shipment, ShipError> {
    let (data, names) = join(corpora);
    check(&data, corpora.len(), names.speakers.len())?;
    let seed = provenance.seed;
    let folds = data.speaker_folds(FOLDS, seed);

    let mut fitted = networks(&data, &folds, recipe, seed, tick);
    let Some(last) = fitted.pop() else { return Err(ShipError::Empty) };

    let mut judged: BTreeMap<usize, Judged> = BTreeMap::new();
    for (fold, network) in fitted.iter().enumerate() {
        for (i, u) in data.utterances.iter().enumerate().filter(|&(i, _)| folds[i] == fold) {
            judged.insert(i, judge(network, &u.features, u.activation));
        }
    }
    let judged: Vec<Judged> = judged.into_values().collect();
    let residuals: Vec<f64> = judged.iter().map(|j| j.residual).collect();
    let tail = (1.0 + INTERVAL_LEVEL) / 2.0;
    let mirrored: Vec<f64> = residuals.iter().map(|r| -r).collect();
    let interval = Interval {
        level: INTERVAL_LEVEL,
        lower: -conformal_quantile(&mirrored, tail),
        upper: conformal_quantile(&residuals, tail),
        method: format!(
            "split-conformal: residuals (label − score) of speakers held out in {FOLDS} speaker-grouped folds"
        ),
        residuals: residuals.len(),
    };
    let quantile = |of: fn(&Judged) -> f64| {
        conformal_quantile(&judged.iter().map(of).collect::<Vec<_>>(), NOVELTY_QUANTILE)
    };
    let novelty = Novelty {
        quantile: NOVELTY_QUANTILE,
        reconstruction_error: quantile(|j| j.reconstruction_error),
        feature_distance: quantile(|j| j.feature_distance),
    };
    let held_out = held_out(corpora, &data, &judged, &interval);

    let mut emotions: Vec<Emotion> = names.emotions.clone();
    emotions.sort_unstable();
    emotions.dedup();
    let rows = data.standardised(&last.scaler, last.limit);
    let cloud = ReferenceCloud {
        latent: rows.rows().into_iter().map(|row| latent(&last, &row.to_vec()).map(|v| v as f32)).collect(),
        activation: data.utterances.iter().map(|u| u.activation as f32).collect(),
        emotion: names.emotions.iter().map(|e| emotions.binary_search(e).unwrap_or(0) as u8).collect(),
        corpus: data.utterances.iter().map(|u| u.corpus as u8).collect(),
        speaker: data.utterances.iter().map(|u| u.speaker as u16).collect(),
    };
    let columns: Vec<Vec<f32>> =
        (0..FEATURE_COUNT).map(|i| data.utterances.iter().map(|u| u.features[i]).collect()).collect();
    let info = ModelInfo {
        format: FORMAT_VERSION,
        catalogue: CATALOGUE_VERSION.to_owned(),
        objective: Objective::MetricAct,
        family: Family::Dae,
        offset: last.offset,
        limit: last.limit,
        interval,
        novelty,
        corpora: corpora.iter().map(|c| c.info()).collect(),
        emotions: emotions.iter().map(|e| e.name().to_owned()).collect(),
        speakers: names.speakers,
        provenance,
        hash: String::new(),
    };
    let model = Model::from_parts(info, last.scaler, last.network, cloud, Quantiles::of(&columns))?;
    Ok(Shipment { model, held_out })
}

fn check(data: &Dataset, corpora: usize, speakers: usize) -> Result<(), ShipError> {
    let Some(first) = data.utterances.first() else { return Err(ShipError::Empty) };
    if speakers < FOLDS {
        return Err(ShipError::TooFewSpeakers { speakers });
    }
    if data.utterances.iter().all(|u| u.activation == first.activation) {
        return Err(ShipError::ConstantLabels { label: first.activation });
    }
    for (what, count, limit) in
        [("corpora", corpora, usize::from(u8::MAX)), ("speakers", speakers, usize::from(u16::MAX))]
    {
        if count > limit {
            return Err(ShipError::TooMany { what, count, limit });
        }
    }
    Ok(())
}

/// One network per fold that has not heard the fold's speakers, and the final one, which has heard everyone.
fn networks(
    data: &Dataset,
    folds: &[usize],
    recipe: &Recipe,
    seed: u64,
    tick: &(dyn Fn() + Sync),
) -> Vec<Fitted> {
    (0..=FOLDS)
        .into_par_iter()
        .map(|fold| fit(&part(data, folds, |f| f != fold), recipe, seed, tick))
        .collect()
}

fn part(data: &Dataset, folds: &[usize], keep: impl Fn(usize) -> bool) -> Dataset {
    let kept = data.utterances.iter().zip(folds).filter(|&(_, &fold)| keep(fold));
    Dataset { utterances: kept.map(|(u, _)| u.clone()).collect() }
}

/// What a network says about an utterance that it has not heard.
struct Judged {
    score: f64,
    residual: f64,
    reconstruction_error: f64,
    feature_distance: f64,
}

fn judge(network: &Fitted, features: &[f32; FEATURE_COUNT], label: f64) -> Judged {
    let z: Vec<f64> = (0..FEATURE_COUNT)
        .map(|i| network.scaler.standardise(i, features[i]).clamp(-network.limit, network.limit))
        .collect();
    let point = latent(network, &z);
    let score = (point[0] + point[1]) / 2.0 + network.offset;
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

fn latent(network: &Fitted, z: &[f64]) -> [f64; 2] {
    let point = network.network.encode(z);
    [point[0], point[1]]
}

fn held_out(corpora: &[&Corpus], data: &Dataset, judged: &[Judged], interval: &Interval) -> Vec<HeldOut> {
    corpora
        .iter()
        .enumerate()
        .map(|(index, corpus)| {
            let of: Vec<(&Judged, f64)> = data
                .utterances
                .iter()
                .zip(judged)
                .filter(|(u, _)| u.corpus == index)
                .map(|(u, j)| (j, u.activation))
                .collect();
            let scores: Vec<f64> = of.iter().map(|(j, _)| j.score).collect();
            let labels: Vec<f64> = of.iter().map(|(_, label)| *label).collect();
            let inside =
                of.iter().filter(|(j, _)| (interval.lower..=interval.upper).contains(&j.residual)).count();
            HeldOut {
                corpus: corpus.id.clone(),
                spearman: spearman(&scores, &labels),
                coverage: inside as f64 / of.len().max(1) as f64,
            }
        })
        .collect()
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use crate::model::LabelOrigin;
    use crate::training::corpora::{Problems, Row};
    use crate::training::dataset::testing;

    pub(crate) fn corpora(speakers: usize, each: usize) -> Vec<Corpus> {
        let data = testing::dataset(speakers, each, 5);
        (0..2)
            .map(|corpus| Corpus {
                id: format!("c{corpus}"),
                name: format!("Corpus {corpus}"),
                language: "none".into(),
                licence: "CC0-1.0".into(),
                rows: data
                    .filter(|u| u.corpus == corpus)
                    .utterances
                    .iter()
                    .enumerate()
                    .map(|(i, u)| Row {
                        id: i.to_string(),
                        speaker: u.speaker.to_string(),
                        emotion: if u.activation > 3.0 { Emotion::Anger } else { Emotion::Sadness },
                        activation: u.activation,
                        origin: LabelOrigin::Human,
                        features: u.features,
                    })
                    .collect(),
                problems: Problems::default(),
            })
            .collect()
    }

    pub(crate) fn provenance(seed: u64) -> Provenance {
        let text = || "test".to_owned();
        Provenance { name: text(), seed, epochs: 30, date: text(), commit: text(), version: text() }
    }

    pub(crate) fn try_ship(corpora: &[Corpus], seed: u64) -> Result<Shipment, ShipError> {
        let recipe = Recipe { epochs: 30, batch: 16, ..Recipe::plain() };
        ship(&corpora.iter().collect::<Vec<_>>(), &recipe, provenance(seed), &|| ())
    }

    pub(crate) fn shipped(corpora: &[Corpus], seed: u64) -> Shipment {
        try_ship(corpora, seed).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{corpora, shipped, try_ship};
    use super::*;
    use crate::training::corpora::Row;
    use crate::training::dataset;

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_another_gives_others() {
        let corpora = corpora(4, 12);
        let one = shipped(&corpora, 1);
        let bytes = one.model.to_bytes().unwrap();
        assert_eq!(shipped(&corpora, 1), one);
        assert_ne!(shipped(&corpora, 2).model.to_bytes().unwrap(), bytes);
        assert_eq!(Model::from_bytes(&bytes).unwrap(), one.model);
    }

    #[test]
    fn the_model_learns_and_its_interval_covers_what_it_says() {
        let corpora = corpora(6, 25);
        let shipment = shipped(&corpora, 3);
        let (model, info) = (&shipment.model, shipment.model.info());
        for held_out in &shipment.held_out {
            assert!(held_out.spearman.unwrap() > 0.6, "{held_out:?}");
        }
        let coverage = shipment.held_out.iter().map(|h| h.coverage).sum::<f64>() / 2.0;
        assert!((coverage - 0.8).abs() < 0.02, "{coverage}");
        assert!(info.interval.lower < 0.0 && info.interval.upper > 0.0);

        // The cloud is what the model itself says about its training utterances; hardly any is novel.
        let rows: Vec<&Row> = corpora.iter().flat_map(|c| &c.rows).collect();
        assert_eq!(model.reference().len(), rows.len());
        let mut novel = 0;
        for (i, row) in rows.iter().enumerate() {
            let e = model.evaluate(&row.features);
            assert_eq!(model.reference().latent[i], e.latent.map(|v| v as f32));
            assert_eq!(info.emotions[usize::from(model.reference().emotion[i])], row.emotion.name());
            novel += usize::from(e.unlike_reference);
        }
        assert!(novel * 50 < rows.len(), "{novel}");
        // Mean score = mean label: that is what the offset is for.
        let bias: f64 = rows.iter().map(|r| model.evaluate(&r.features).activation - r.activation).sum();
        assert!((bias / rows.len() as f64).abs() < 1e-9);
    }

    #[test]
    fn held_out_speakers_leave_no_trace_in_a_fold_s_network() {
        let data = dataset::testing::dataset(5, 10, 1);
        let folds = data.speaker_folds(FOLDS, 1);
        let recipe = Recipe { epochs: 2, ..Recipe::plain() };
        let trained = |data: &Dataset| networks(data, &folds, &recipe, 1, &|| ());
        let before = trained(&data);
        let mut changed = data.clone();
        for (u, _) in changed.utterances.iter_mut().zip(&folds).filter(|&(_, &f)| f == 2) {
            u.features.iter_mut().for_each(|v| *v = 1e6);
            u.activation = 1.0;
        }
        // Scaler, weights and offset: nothing of the network without fold 2 moves, and every other one does.
        for (fold, (after, before)) in trained(&changed).iter().zip(&before).enumerate() {
            assert_eq!(after == before, fold == 2, "{fold}");
        }
    }

    #[test]
    fn corpora_that_cannot_teach_are_refused() {
        assert!(matches!(try_ship(&[], 1), Err(ShipError::Empty)));
        assert!(matches!(try_ship(&corpora(2, 9), 1), Err(ShipError::TooFewSpeakers { speakers: 4 })));
        let mut flat = corpora(4, 5);
        flat.iter_mut().flat_map(|c| &mut c.rows).for_each(|r| r.activation = 2.8);
        assert!(matches!(try_ship(&flat, 1), Err(ShipError::ConstantLabels { label: 2.8 })));
    }
}
