//! From corpora to a weights file: the final network with its interval, novelty thresholds and training voices.
//!
//! The final network is trained on all data. Others, by the same recipe, are evaluated on data that they hold out:
//!
//! - one per labelled corpus, trained on the other corpora. A user is an unseen speaker in an unseen room, mostly of an unseen
//!   language, so the interval comes from the residuals on held-out corpora;
//! - five, each trained without a fifth of the speakers and of the readers. Novelty thresholds come from them, and the interval
//!   too if there is only one corpus.
//!
//! No residual is counted against an interval that it made: see [`HeldOut`]. Augmentations and conditions of an utterance
//! are held out with it. Only the babble behind other utterances may contain a snippet of a held-out voice, mixed with other
//! voices and below the speech; no label comes with it.

use super::cross_fit::cross_fitted;
use super::error::FinalModelError;
use super::held_out::{
    FOLDS, HeldOut, HeldOutPrediction, ReadingResult, evaluate_held_out, evaluate_readings, predict_held_out,
    residuals,
};
use super::interval::{INTERVAL_LEVEL, Residual, half_width, method};
use super::networks::{Folds, network_count, train_networks};
use super::novelty;
use super::scored_takes::{self, IntervalCell, OrderCell};
use super::{half_widths, order};
use crate::data::corpora::{Corpus, join};
use crate::data::dataset::{Dataset, Utterance};
use crate::data::emotion::Emotion;
use crate::learn::fit::{self, FittedNetwork, Recipe};
use egemaps::catalogue::{CATALOGUE_VERSION, FEATURE_COUNT};
use undertone::model::{
    FORMAT_VERSION, Fingerprints, Interval, LabelOrigin, Model, ModelInfo, Provenance, Quantiles,
    TrainingVoices,
};

/// A model with what was measured while it was trained.
#[derive(Debug, Clone, PartialEq)]
pub struct FinalModel {
    /// The model.
    pub model: Model,
    /// Training utterances that had augmentations.
    pub augmented_utterances: usize,
    /// Per labelled training corpus, in order: results on held-out speakers, and on the corpus held out as a whole.
    pub held_out: Vec<HeldOut>,
    /// Results on calm reading by networks that held the readers out.
    pub reading: ReadingResult,
    /// How often the half-widths that the other training corpora make hold in each; empty if there is no other one.
    pub intervals: Vec<IntervalCell>,
    /// How well the order that the other training corpora make is predicted in each.
    pub orders: Vec<OrderCell>,
}

/// Number of epochs of all networks that [`train_final_model`] trains for this many labelled corpora.
pub fn epochs(recipe: &Recipe, corpora: usize) -> usize {
    network_count(corpora) * recipe.epochs
}

/// Trains the final model. `tick` is called after every epoch of every network, from several threads.
///
/// # Errors
/// [`FinalModelError`].
pub fn train_final_model(
    corpora: &[&Corpus],
    recipe: &Recipe,
    provenance: Provenance,
    tick: &(dyn Fn() + Sync),
) -> Result<FinalModel, FinalModelError> {
    let (data, speakers) = join(corpora);
    fit::check(&data, recipe)?;
    check_counts(corpora.len(), speakers.len())?;
    let seed = provenance.seed;
    let folds = Folds::new(&data, seed);

    let ids: Vec<&str> = corpora.iter().map(|c| c.id.as_str()).collect();
    let networks = train_networks(&data, &ids, &folds, recipe, seed, tick)?;
    let rows = || data.utterances.iter().zip(&folds.utterances);
    let by_speaker: Vec<HeldOutPrediction> = rows()
        .map(|(u, &fold)| predict_held_out(&networks.without_fold[fold], &u.features, u.activation))
        .collect();
    let without_corpus = |u: &Utterance| {
        networks.without_corpus.as_ref().and_then(|networks| networks.get(u.corpus)?.as_ref())
    };
    let without = |u: &Utterance, fold: usize| without_corpus(u).unwrap_or(&networks.without_fold[fold]);
    let residuals: Vec<Residual> =
        rows().flat_map(|(u, &fold)| residuals(u, fold, without(u, fold))).collect();
    let takes = scored_takes::held_out(rows().map(|(u, &fold)| (u, without(u, fold))));
    let half_width_of_all = half_width(&residuals, |_| true);
    let interval = Interval {
        level: INTERVAL_LEVEL,
        lower: -half_width_of_all,
        upper: half_width_of_all,
        method: method(&residuals, networks.without_corpus.is_some(), FOLDS),
        residuals: residuals.len() as u32,
        half_widths: half_widths::calibrate(&takes, |_| true),
    };
    let by_corpus: Option<Vec<HeldOutPrediction>> = data
        .utterances
        .iter()
        .map(|u| Some(predict_held_out(without_corpus(u)?, &u.features, u.activation)))
        .collect();
    // Readings have no label: of their predictions only score, error and distance are used.
    let of_readings: Vec<HeldOutPrediction> = data
        .readings
        .iter()
        .zip(&folds.readings)
        .map(|(r, &fold)| predict_held_out(&networks.without_fold[fold], &r.features, 0.0))
        .collect();
    let novelty = novelty::thresholds(by_speaker.iter().chain(&of_readings));
    let reading = evaluate_readings(&data, &of_readings, &novelty);
    let held_out =
        evaluate_held_out(corpora, &data, &folds.utterances, &by_speaker, by_corpus.as_deref(), &residuals);

    let takes_by_speaker = scored_takes::held_out(rows().map(|(u, &fold)| (u, &networks.without_fold[fold])));
    let is_rated: Vec<bool> = corpora.iter().map(|c| c.origin() == LabelOrigin::Human).collect();
    let order = order::calibrate(&takes_by_speaker, |_| true, |take| is_rated[take.corpus]);
    let (intervals, orders) = cross_fitted(&ids, &is_rated, &takes, &takes_by_speaker);

    let last = networks.last;
    let mut emotions: Vec<Emotion> = data.utterances.iter().map(|u| u.emotion).collect();
    emotions.sort_unstable();
    emotions.dedup();
    let training_voices = training_voices(&last, &data, &emotions);
    let columns: Vec<Vec<f32>> =
        (0..FEATURE_COUNT).map(|i| data.features().map(|features| features[i]).collect()).collect();
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
        order,
        corpora: corpora.iter().map(|c| c.info()).collect(),
        emotions: emotions.iter().map(|e| e.name().to_owned()).collect(),
        speakers,
        provenance,
        hash: String::new(),
    };
    let model = Model::from_parts(info, last.scaler, last.network, training_voices, Quantiles::of(&columns))?
        .with_trained_on(Fingerprints::of(data.features()))?;
    let augmented_utterances = data.variants().filter(|variants| !variants.augmented.is_empty()).count();
    Ok(FinalModel { model, augmented_utterances, held_out, reading, intervals, orders })
}

/// The labelled training utterances as points of the latent space. `emotions`: those that occur, sorted.
fn training_voices(network: &FittedNetwork, data: &Dataset, emotions: &[Emotion]) -> TrainingVoices {
    let utterances = &data.utterances;
    TrainingVoices {
        latent: network.latents(data).into_iter().map(|point| point.map(|v| v as f32)).collect(),
        activation: utterances.iter().map(|u| u.activation as f32).collect(),
        emotion: utterances.iter().map(|u| emotions.binary_search(&u.emotion).unwrap_or(0) as u8).collect(),
        corpus: utterances.iter().map(|u| u.corpus as u8).collect(),
        speaker: utterances.iter().map(|u| u.speaker as u16).collect(),
    }
}

fn check_counts(corpora: usize, speakers: usize) -> Result<(), FinalModelError> {
    if speakers < FOLDS {
        return Err(FinalModelError::TooFewSpeakers { speakers });
    }
    for (what, count, limit) in
        [("corpora", corpora, usize::from(u8::MAX)), ("speakers", speakers, usize::from(u16::MAX))]
    {
        if count > limit {
            return Err(FinalModelError::TooMany { what, count, limit });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::corpora::Row;
    use crate::data::dataset::Taken;
    use crate::data::testing::{corpora, reading_corpus};
    use crate::learn::fit::{FitError, Label};
    use crate::release::card::card;
    use crate::release::testing::{recipe, trained, try_train};
    use undertone::model::{Architecture, Circumstances, Objective};

    #[test]
    fn final_model_has_the_same_bytes_for_a_seed_and_others_for_another() {
        let corpora = corpora(4, 12);
        let one = trained(&corpora, 1);
        let bytes = one.model.to_bytes().unwrap();
        assert_eq!(trained(&corpora, 1), one);
        assert_ne!(trained(&corpora, 2).model.to_bytes().unwrap(), bytes);
        assert_eq!(Model::from_bytes(&bytes).unwrap(), one.model);
    }

    #[test]
    fn final_model_learns_and_its_interval_has_its_coverage() {
        let corpora = corpora(6, 25);
        let final_model = trained(&corpora, 3);
        let (model, info) = (&final_model.model, final_model.model.info());
        for held_out in &final_model.held_out {
            let corpus = held_out.unseen_corpus.unwrap();
            assert!(
                held_out.unseen_speakers.spearman.unwrap() > 0.6 && corpus.spearman.unwrap() > 0.5,
                "{held_out:?}"
            );
            // Both corpora are drawn from one distribution, so what one promises holds in the other.
            assert!((corpus.coverage - 0.8).abs() < 0.1, "{held_out:?}");
            assert!((held_out.unseen_speakers.coverage - 0.8).abs() < 0.15, "{held_out:?}");
        }
        assert!(info.interval.lower < 0.0 && info.interval.upper > 0.0);
        assert!(info.interval.method.contains("other training corpora only"));

        // The training voices are the model's own latents of its training utterances; hardly any is novel.
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
        // It knows what it was trained on, and what it was not.
        assert!(rows.iter().all(|row| model.trained_on().contains(&row.features)));
        assert!(!model.trained_on().contains(&[0.25; FEATURE_COUNT]));
        // Mean score = mean label: that is what the offset is for.
        let bias: f64 = rows.iter().map(|r| model.evaluate(&r.features).activation - r.activation).sum();
        assert!((bias / rows.len() as f64).abs() < 1e-9);
    }

    #[test]
    fn final_model_interval_counts_conditions_beside_the_recordings_as_they_are() {
        let mut corpora = corpora(5, 12);
        let clean = trained(&corpora, 1);
        let rows: Vec<_> =
            corpora.iter().flat_map(|c| &c.rows).map(|row| (row.activation, row.features)).collect();
        let calmest = rows.iter().min_by(|a, b| a.0.total_cmp(&b.0)).unwrap().1;
        let most_excited = rows.iter().max_by(|a, b| a.0.total_cmp(&b.0)).unwrap().1;
        // Under the one condition everything is as it is; under the other half have no features, and the calm sound as the
        // most excited do, the excited as the calmest.
        for (i, row) in corpora.iter_mut().flat_map(|c| &mut c.rows).enumerate() {
            let off = if row.activation < 3.0 { most_excited } else { calmest };
            row.variants.under_conditions = vec![Some(row.features), (i % 2 == 0).then_some(off)];
        }
        let noisy = trained(&corpora, 1);
        let (before, after) = (&clean.model.info().interval, &noisy.model.info().interval);
        assert_eq!((before.residuals, after.residuals), (120, 120 + 120 + 60));
        assert!(after.upper > before.upper && after.lower == -after.upper, "{before:?} {after:?}");
        assert!(after.method.contains("conditions") && !before.method.contains("conditions"));
        // Nothing else of the model depends on them.
        assert_eq!(noisy.model.info().offset, clean.model.info().offset);
        assert_eq!(noisy.model.info().novelty, clean.model.info().novelty);
    }

    #[test]
    fn final_model_with_calm_reading_has_its_voices_and_figures_from_labelled_utterances_only() {
        let mut corpora = corpora(5, 12);
        corpora.insert(1, reading_corpus(12, 2));
        let recipe = Recipe { epochs: 8, batch_size: 16, ..Recipe::shipped() };
        let final_model = try_train(&corpora, &recipe, 1).unwrap();
        let (model, info) = (&final_model.model, final_model.model.info());
        assert_eq!(
            (model.training_voices().len(), info.speakers.len(), info.interval.residuals),
            (120, 10, 120)
        );
        assert_eq!(info.corpora[1].labels, undertone::model::LabelOrigin::Reading);
        // Corpus 1 holds the readings: no voice points to it.
        assert!(model.training_voices().corpus.iter().all(|&corpus| corpus != 1));
        let ids: Vec<&str> = final_model.held_out.iter().map(|h| h.corpus.as_str()).collect();
        assert_eq!(ids, ["c0", "c1"]);
        assert!(final_model.held_out.iter().all(|h| h.unseen_corpus.is_some()));
        assert_eq!((final_model.reading.children.readings, final_model.reading.adults.readings), (12, 12));
        // The file holds the weights of 16 bits without loss.
        assert_eq!(Model::from_bytes(&model.to_bytes().unwrap()).unwrap(), *model);
        let rows: Vec<&Row> = corpora.iter().flat_map(|c| &c.rows).collect();
        let bias: f64 = rows.iter().map(|r| model.evaluate(&r.features).activation - r.activation).sum();
        assert!((bias / rows.len() as f64).abs() < 1e-9);
    }

    #[test]
    fn final_model_with_takes_has_half_widths_and_an_order_and_its_card_says_so() {
        let mut corpora = corpora(5, 12);
        let plain = trained(&corpora, 1);
        let info = plain.model.info();
        assert!(info.interval.half_widths.is_none() && info.order.is_none());
        assert!(plain.intervals.is_empty() && plain.orders.is_empty());
        assert!(!card(&plain, &recipe(), "", &[]).contains("apart"));
        for (i, row) in corpora.iter_mut().flat_map(|c| &mut c.rows).enumerate() {
            let taken = |take, speech_s, snr_db, off: f32| {
                let mut features = row.features;
                features[3] += if i % 2 == 0 { off } else { -off };
                Taken { take, features, circumstances: Circumstances { speech_s, snr_db: Some(snr_db) } }
            };
            row.variants.takes = vec![
                taken(0, 4.0, 40.0, 0.0),
                taken(7, 0.9, 40.0, 6.0),
                taken(8, 1.5, 40.0, 3.0),
                taken(5, 4.0, 8.0, 12.0),
            ];
        }
        let calibrated = trained(&corpora, 1);
        let info = calibrated.model.info();
        let widths = info.interval.half_widths.as_ref().unwrap();
        assert!(widths.clean[0] > widths.clean[2] && widths.noisy[2] > widths.clean[2], "{widths:?}");
        assert_eq!(widths.residuals, [[120; 3], [0, 0, 120]]);
        let order = info.order.as_ref().unwrap();
        assert_eq!((order.speakers, order.pairs), (10, 3 * 10 * 12 * 11 / 2));
        assert!(order.slopes[0] < order.slopes[2], "{order:?}");
        // Two corpora, three classes without noise and one with, of which each has some.
        assert_eq!(calibrated.intervals.len(), 2 * 4);
        assert!(calibrated.orders.iter().any(|cell| cell.corpus == "c1" && cell.observed > 0.9));
        // Nothing else of the model depends on them.
        assert_eq!(
            (info.interval.upper, info.offset),
            (plain.model.info().interval.upper, plain.model.info().offset)
        );
        assert_eq!(calibrated.model.network(), plain.model.network());
        let text = card(&calibrated, &recipe(), "", &[]);
        for part in
            ["| 0.9 | ± ", " 1.0 apart |", "by an order that the other training corpora made", "(1980 pairs"]
        {
            assert!(text.contains(part), "{part} is missing in\n{text}");
        }
    }

    #[test]
    fn final_model_of_one_corpus_has_its_interval_from_held_out_speakers() {
        let corpora = corpora(6, 12);
        let final_model = trained(&corpora[..1], 1);
        assert_eq!(final_model.held_out[0].unseen_corpus, None);
        let interval = &final_model.model.info().interval;
        assert!(interval.method.contains("speakers held out"), "{}", interval.method);
        assert_eq!(interval.residuals, 72);
    }

    #[test]
    fn final_model_of_every_objective_and_architecture_has_an_interval_and_thresholds() {
        let corpora = corpora(5, 8);
        for architecture in [Architecture::Dae, Architecture::Vae] {
            for objective in Objective::ALL {
                let recipe = Recipe { objective, architecture, epochs: 4, ..recipe() };
                let final_model = try_train(&corpora, &recipe, 1).unwrap();
                let (model, info) = (&final_model.model, final_model.model.info());
                assert_eq!((info.objective, info.architecture), (objective, architecture));
                // The model's score is the readout's, as is that of the network that the interval was made with.
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
    fn final_model_refuses_unfit_corpora() {
        let error =
            |corpora: &[Corpus], objective| try_train(corpora, &Recipe { objective, ..recipe() }, 1).err();
        let act = Objective::MetricAct;
        assert!(matches!(error(&[], act), Some(FinalModelError::Fit(FitError::Empty))));
        assert!(matches!(error(&corpora(2, 9), act), Some(FinalModelError::TooFewSpeakers { speakers: 4 })));
        let changed = |change: &dyn Fn(&mut Row)| {
            let mut corpora = corpora(4, 5);
            corpora.iter_mut().flat_map(|c| &mut c.rows).for_each(change);
            corpora
        };
        let flat = error(&changed(&|r| r.activation = 2.8), act);
        let is = |value| FitError::ConstantLabels { label: Label::Activation, value };
        assert!(matches!(flat, Some(FinalModelError::Fit(e)) if e == is(2.8)));
        let silent = error(&changed(&|r| r.valence = None), Objective::MetricVal);
        let expected = FitError::NoValence { missing: 40, utterances: 40 };
        assert!(matches!(silent, Some(FinalModelError::Fit(e)) if e == expected));

        // Enough as a whole, but not without the corpus that alone has differing labels.
        let mut corpora = corpora(5, 5);
        corpora[0].rows.iter_mut().for_each(|r| r.activation = 2.5);
        let found = error(&corpora, act);
        let Some(FinalModelError::HeldOut { part, source }) = found else { panic!("{found:?}") };
        assert_eq!((part.as_str(), source), ("the corpus c1", is(2.5)));
    }
}
