//! From corpora to a weights file: the final network, its interval, its novelty thresholds, its cloud.
//!
//! The final network is trained on everyone. Others, by the same recipe, show what happens with the unheard:
//!
//! - one per corpus, trained on the other corpora, judges that corpus. A person at the page is an unheard speaker in
//!   an unheard room and mostly of an unheard language, so the interval comes from these residuals;
//! - five, each trained without a fifth of the speakers, judge those. Novelty thresholds come from them, and the
//!   interval too if there is one corpus only.
//!
//! No residual is ever counted against an interval that it made: see [`HeldOut`]. Versions and conditions of an utterance
//! go with it: who is held out is so in every version. Only the babble behind others may hold a snippet of the voice of
//! someone held out, among others and below the speech; no label and no word of it comes through.

use rayon::prelude::*;

use crate::data::corpora::{Corpus, join};
use crate::data::dataset::{Dataset, Utterance};
use crate::data::emotion::Emotion;
use crate::learn::fit::{self, FitError, Fitted, Recipe, fit};
use crate::numeric::statistics::conformal_quantile;
use crate::release::held_out::{FOLDS, HeldOut, Judged, held_out, judge, residuals};
use crate::release::interval::{INTERVAL_LEVEL, Residual, half_width, method};
use egemaps::catalogue::{CATALOGUE_VERSION, FEATURE_COUNT};
use undertone::model::{
    FORMAT_VERSION, Interval, Model, ModelError, ModelInfo, Novelty, Provenance, Quantiles, TrainingVoices,
};

/// Share of held-out speech that stays below each novelty threshold.
pub const NOVELTY_QUANTILE: f64 = 0.99;

/// Why no model can be made of these corpora.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ShipError {
    /// Nothing can be learned from them.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// Nothing can be learned without a part of them, which is held out to see how a network judges the unheard.
    #[error("without {part}, which is held out in turn: {source}")]
    HeldOut {
        /// What was held out.
        part: String,
        /// Why nothing can be learned from the rest.
        source: FitError,
    },
    /// Too few speakers to hold some out.
    #[error("{speakers} speakers: at least {FOLDS} are needed to hold some out")]
    TooFewSpeakers {
        /// How many there are.
        speakers: usize,
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
    /// Training utterances that had degraded versions.
    pub with_versions: usize,
    /// Per training corpus, in order: how speakers outside the training folds were judged.
    pub held_out: Vec<HeldOut>,
}

/// Number of ticks that [`ship`] gives for this many corpora.
pub fn ticks(recipe: &Recipe, corpora: usize) -> usize {
    (FOLDS + 1 + if corpora > 1 { corpora } else { 0 }) * recipe.epochs
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
    fit::check(&data, recipe)?;
    check(corpora.len(), names.speakers.len())?;
    let seed = provenance.seed;
    let folds = data.speaker_folds(FOLDS, seed);

    let ids: Vec<&str> = corpora.iter().map(|c| c.id.as_str()).collect();
    let (last, by_speaker, by_corpus) = networks(&data, &ids, &folds, recipe, seed, tick)?;
    let rows = || data.utterances.iter().zip(&folds);
    let judged: Vec<Judged> =
        rows().map(|(u, &fold)| judge(&by_speaker[fold], &u.features, u.activation)).collect();
    let unheard = |u: &Utterance, fold: usize| match &by_corpus {
        Some(networks) => &networks[u.corpus],
        None => &by_speaker[fold],
    };
    let residuals: Vec<Residual> =
        rows().flat_map(|(u, &fold)| residuals(u, fold, unheard(u, fold))).collect();
    let half_width_of_all = half_width(&residuals, |_| true);
    let interval = Interval {
        level: INTERVAL_LEVEL,
        lower: -half_width_of_all,
        upper: half_width_of_all,
        method: method(&residuals, by_corpus.is_some(), FOLDS),
        residuals: residuals.len(),
    };
    let by_corpus: Option<Vec<Judged>> = by_corpus.as_ref().map(|networks| {
        let judge_row = |u: &Utterance| judge(&networks[u.corpus], &u.features, u.activation);
        data.utterances.iter().map(judge_row).collect()
    });
    let quantile = |of: fn(&Judged) -> f64| {
        conformal_quantile(&judged.iter().map(of).collect::<Vec<_>>(), NOVELTY_QUANTILE)
    };
    let novelty = Novelty {
        quantile: NOVELTY_QUANTILE,
        reconstruction_error: quantile(|j| j.reconstruction_error),
        feature_distance: quantile(|j| j.feature_distance),
    };
    let held_out = held_out(corpora, &data, &folds, &judged, by_corpus.as_deref(), &residuals);

    let mut emotions: Vec<Emotion> = names.emotions.clone();
    emotions.sort_unstable();
    emotions.dedup();
    let cloud = TrainingVoices {
        latent: last.latents(&data).into_iter().map(|point| point.map(|v| v as f32)).collect(),
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
        objective: recipe.objective,
        architecture: recipe.architecture,
        readout: last.readout,
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
    let with_versions = data.utterances.iter().filter(|u| !u.renditions.versions.is_empty()).count();
    Ok(Shipment { model, with_versions, held_out })
}

fn check(corpora: usize, speakers: usize) -> Result<(), ShipError> {
    if speakers < FOLDS {
        return Err(ShipError::TooFewSpeakers { speakers });
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

/// The final network, one per fold of speakers, and one per corpus if there are several.
type Networks = (Fitted, Vec<Fitted>, Option<Vec<Fitted>>);

/// The final network, which has heard everyone; one per fold that has not heard the fold's speakers; and, if there are
/// several corpora, one per corpus that has heard nothing of it. `ids`: names of the corpora.
fn networks(
    data: &Dataset,
    ids: &[&str],
    folds: &[usize],
    recipe: &Recipe,
    seed: u64,
    tick: &(dyn Fn() + Sync),
) -> Result<Networks, ShipError> {
    let mut parts = vec![(None, data.clone())];
    parts.extend((0..FOLDS).map(|out| {
        let name = format!("fold {} of {FOLDS} of the speakers", out + 1);
        (Some(name), part(data, folds, |_, fold| fold != out))
    }));
    if ids.len() > 1 {
        parts.extend(
            ids.iter().enumerate().map(|(out, id)| {
                (Some(format!("the corpus {id}")), part(data, folds, |u, _| u.corpus != out))
            }),
        );
    }
    let train = |(held_out, part): (Option<String>, Dataset)| {
        fit(&part, recipe, seed, tick).map_err(|source| match held_out {
            Some(part) => ShipError::HeldOut { part, source },
            None => ShipError::Fit(source),
        })
    };
    // All of them, then the first error in order: which one is found does not depend on threads.
    let results: Vec<Result<Fitted, ShipError>> = parts.into_par_iter().map(train).collect();
    let mut fitted = results.into_iter().collect::<Result<Vec<_>, _>>()?;
    let by_corpus = fitted.split_off(FOLDS + 1);
    let by_speaker = fitted.split_off(1);
    Ok((fitted.swap_remove(0), by_speaker, (ids.len() > 1).then_some(by_corpus)))
}

fn part(data: &Dataset, folds: &[usize], keep: impl Fn(&Utterance, usize) -> bool) -> Dataset {
    let kept = data.utterances.iter().zip(folds).filter(|&(u, &fold)| keep(u, fold));
    Dataset { utterances: kept.map(|(u, _)| u.clone()).collect() }
}

#[cfg(test)]
pub(crate) mod testing {
    use super::*;
    use crate::data::corpora::{Problems, Row};
    use crate::data::dataset::{Renditions, testing};
    use undertone::model::LabelOrigin;

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
                        emotion: u.emotion,
                        activation: u.activation,
                        valence: u.valence,
                        origin: LabelOrigin::Human,
                        features: u.features,
                        renditions: Renditions::default(),
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

    pub(crate) fn recipe() -> Recipe {
        Recipe { epochs: 30, batch: 16, ..Recipe::plain() }
    }

    pub(crate) fn try_ship(corpora: &[Corpus], recipe: &Recipe, seed: u64) -> Result<Shipment, ShipError> {
        ship(&corpora.iter().collect::<Vec<_>>(), recipe, provenance(seed), &|| ())
    }

    pub(crate) fn shipped(corpora: &[Corpus], seed: u64) -> Shipment {
        try_ship(corpora, &recipe(), seed).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::{corpora, recipe, shipped, try_ship};
    use super::*;
    use crate::data::corpora::Row;
    use crate::data::dataset;
    use crate::learn::fit::Label;
    use undertone::model::{Architecture, Objective};

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
            let whole = held_out.whole.unwrap();
            assert!(
                held_out.speakers.spearman.unwrap() > 0.6 && whole.spearman.unwrap() > 0.5,
                "{held_out:?}"
            );
            // Both corpora are drawn from one distribution, so what one promises holds in the other.
            assert!((whole.coverage - 0.8).abs() < 0.1, "{held_out:?}");
            assert!((held_out.speakers.coverage - 0.8).abs() < 0.15, "{held_out:?}");
        }
        assert!(info.interval.lower < 0.0 && info.interval.upper > 0.0);
        assert!(info.interval.method.contains("other training corpora only"));

        // The cloud is what the model itself says about its training utterances; hardly any is novel.
        let rows: Vec<&Row> = corpora.iter().flat_map(|c| &c.rows).collect();
        assert_eq!(model.training_voices().len(), rows.len());
        let mut novel = 0;
        for (i, row) in rows.iter().enumerate() {
            let e = model.evaluate(&row.features);
            assert_eq!(model.training_voices().latent[i], e.latent.map(|v| v as f32));
            assert_eq!(info.emotions[usize::from(model.training_voices().emotion[i])], row.emotion.name());
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
        let trained = |data: &Dataset| {
            let (last, by_speaker, by_corpus) =
                networks(data, &["c0", "c1"], &folds, &recipe, 1, &|| ()).unwrap();
            (last, by_speaker, by_corpus.unwrap())
        };
        let before = trained(&data);
        let changed = |change: &dyn Fn(&Utterance, usize) -> bool| {
            let mut data = data.clone();
            for (u, _) in data.utterances.iter_mut().zip(&folds).filter(|(u, f)| change(u, **f)) {
                u.features.iter_mut().for_each(|v| *v = 1e6);
                u.activation = 6.0 - u.activation;
            }
            trained(&data)
        };
        // Scaler, weights and offset: nothing of the network without fold 2 moves, and every other one does; likewise
        // the network without corpus 1.
        let by_fold = changed(&|_, fold| fold == 2);
        let by_corpus = changed(&|u, _| u.corpus == 1);
        assert!(by_fold.0 != before.0 && by_corpus.0 != before.0);
        for (fold, (after, before)) in by_fold.1.iter().zip(&before.1).enumerate() {
            assert_eq!(after == before, fold == 2, "{fold}");
        }
        for (corpus, (after, before)) in by_corpus.2.iter().zip(&before.2).enumerate() {
            assert_eq!(after == before, corpus == 1, "{corpus}");
        }
    }

    #[test]
    fn conditions_count_beside_the_recordings_as_they_are() {
        let mut corpora = corpora(5, 12);
        let clean = shipped(&corpora, 1);
        let rows: Vec<_> =
            corpora.iter().flat_map(|c| &c.rows).map(|row| (row.activation, row.features)).collect();
        let calmest = rows.iter().min_by(|a, b| a.0.total_cmp(&b.0)).unwrap().1;
        let most_excited = rows.iter().max_by(|a, b| a.0.total_cmp(&b.0)).unwrap().1;
        // Under the one condition everything is as it is; under the other half have no features, and the calm sound as the
        // most excited do, the excited as the calmest.
        for (i, row) in corpora.iter_mut().flat_map(|c| &mut c.rows).enumerate() {
            let off = if row.activation < 3.0 { most_excited } else { calmest };
            row.renditions.conditions = vec![Some(row.features), (i % 2 == 0).then_some(off)];
        }
        let noisy = shipped(&corpora, 1);
        let (before, after) = (&clean.model.info().interval, &noisy.model.info().interval);
        assert_eq!((before.residuals, after.residuals), (120, 120 + 120 + 60));
        assert!(after.upper > before.upper && after.lower == -after.upper, "{before:?} {after:?}");
        assert!(after.method.contains("conditions") && !before.method.contains("conditions"));
        // Nothing else of the model knows of them.
        assert_eq!(noisy.model.info().offset, clean.model.info().offset);
        assert_eq!(noisy.model.info().novelty, clean.model.info().novelty);
    }

    #[test]
    fn held_out_speakers_versions_are_held_out_too() {
        let data = dataset::testing::with_versions(dataset::testing::dataset(5, 10, 1), 3);
        let folds = data.speaker_folds(FOLDS, 1);
        let recipe = Recipe { epochs: 2, ..Recipe::shipped() };
        let trained = |data: &Dataset| {
            let (last, by_speaker, by_corpus) =
                networks(data, &["c0", "c1"], &folds, &recipe, 1, &|| ()).unwrap();
            (last, by_speaker, by_corpus.unwrap())
        };
        let before = trained(&data);
        let mut changed = data.clone();
        for (u, _) in changed.utterances.iter_mut().zip(&folds).filter(|(_, f)| **f == 2) {
            u.renditions.versions.iter_mut().flatten().for_each(|v| *v += 7.0);
        }
        let after = trained(&changed);
        assert!(after.0 != before.0 && after.0.scaler == before.0.scaler);
        for fold in 0..FOLDS {
            assert_eq!(after.1[fold] == before.1[fold], fold == 2, "{fold}");
        }
    }

    #[test]
    fn one_corpus_alone_has_only_its_own_speakers_to_go_by() {
        let corpora = corpora(6, 12);
        let shipment = shipped(&corpora[..1], 1);
        assert_eq!(shipment.held_out[0].whole, None);
        let interval = &shipment.model.info().interval;
        assert!(interval.method.contains("speakers held out"), "{}", interval.method);
        assert_eq!(interval.residuals, 72);
    }

    #[test]
    fn every_objective_of_both_families_has_an_interval_and_thresholds_of_its_own_score() {
        let corpora = corpora(5, 8);
        for architecture in [Architecture::Dae, Architecture::Vae] {
            for objective in Objective::ALL {
                let recipe = Recipe { objective, architecture, epochs: 4, ..recipe() };
                let shipment = try_ship(&corpora, &recipe, 1).unwrap();
                let (model, info) = (&shipment.model, shipment.model.info());
                assert_eq!((info.objective, info.architecture), (objective, architecture));
                // The file's score is the readout's: by the model, as by the network that made the interval.
                let rows: Vec<&Row> = corpora.iter().flat_map(|c| &c.rows).collect();
                let scores: Vec<f64> = rows.iter().map(|r| model.evaluate(&r.features).activation).collect();
                let bias: f64 = scores.iter().zip(&rows).map(|(s, r)| s - r.activation).sum();
                assert!((bias / rows.len() as f64).abs() < 1e-9, "{objective:?} {architecture:?}");
                let [low, high] = model.evaluate(&rows[0].features).interval;
                assert!(low < scores[0] && scores[0] < high && high - low < 5.0, "{info:?}");
                assert!(info.novelty.reconstruction_error > 0.0 && info.novelty.feature_distance > 0.0);
                assert_eq!(Model::from_bytes(&model.to_bytes().unwrap()).unwrap(), *model);
            }
        }
    }

    #[test]
    fn corpora_that_cannot_teach_are_refused() {
        let error =
            |corpora: &[Corpus], objective| try_ship(corpora, &Recipe { objective, ..recipe() }, 1).err();
        let act = Objective::MetricAct;
        assert!(matches!(error(&[], act), Some(ShipError::Fit(FitError::Empty))));
        assert!(matches!(error(&corpora(2, 9), act), Some(ShipError::TooFewSpeakers { speakers: 4 })));
        let changed = |change: &dyn Fn(&mut Row)| {
            let mut corpora = corpora(4, 5);
            corpora.iter_mut().flat_map(|c| &mut c.rows).for_each(change);
            corpora
        };
        let flat = error(&changed(&|r| r.activation = 2.8), act);
        let is = |value| FitError::ConstantLabels { label: Label::Activation, value };
        assert!(matches!(flat, Some(ShipError::Fit(e)) if e == is(2.8)));
        let silent = error(&changed(&|r| r.valence = None), Objective::MetricVal);
        let expected = FitError::NoValence { missing: 40, utterances: 40 };
        assert!(matches!(silent, Some(ShipError::Fit(e)) if e == expected));

        // Enough as a whole, but not without the corpus that alone has differing labels.
        let mut corpora = corpora(5, 5);
        corpora[0].rows.iter_mut().for_each(|r| r.activation = 2.5);
        let found = error(&corpora, act);
        let Some(ShipError::HeldOut { part, source }) = found else { panic!("{found:?}") };
        assert_eq!((part.as_str(), source), ("the corpus c1", is(2.5)));
    }
}
