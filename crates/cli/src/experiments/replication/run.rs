//! One run: trained on all folds but one, measured on that fold and on every target.

use ndarray::{Array2, Axis};
use serde::{Deserialize, Serialize};

use super::corpora::Corpora;
use super::error::ReplicationError;
use super::measures::{CLASSES, adjusted_r2, balanced_accuracy, bhattacharyya};
use super::plan::{Plan, Run, Scaling};
use crate::data::dataset::Dataset;
use crate::data::emotion::Emotion;
use crate::experiments::zero_shot::RIDGE_LIMIT;
use crate::learn::baselines::{Additions, FeatureRidge, Ridge, SingleFeature};
use crate::learn::fit::{FittedNetwork, fit};
use crate::learn::svc::Svc;
use crate::numeric::statistics::spearman;
use egemaps::catalogue::FEATURE_COUNT;
use undertone::model::{LATENT_COUNT, Objective, Scaler};

/// The penalty C of the classifier.
const SVC_COST: f64 = 1.0;

/// Results of one run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunResult {
    /// Per method, scaling and test set.
    pub measured: Vec<MethodResult>,
}

/// Results of one method on one test set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MethodResult {
    /// The objective's name, `ridge` or `single`.
    pub method: String,
    /// How the features were standardised.
    pub scaling: Scaling,
    /// 0: the held-out fold of the source; n: the n-th target.
    pub test_set: usize,
    /// The axis that the method itself defines: the mean of the latent coordinates.
    pub axis: Readout,
    /// A linear readout fitted on the training utterances.
    pub transfer: Readout,
    /// The same encoder with a linear readout fitted on the other folds of this test set.
    pub supervised: Readout,
    /// +1, or −1 where more of the axis means less activation in the training utterances (for objectives that leave its
    /// sign open).
    pub axis_sign: f64,
    /// Balanced accuracy over the classes that occur.
    pub accuracy: Option<f64>,
    /// Per utterance: 1 classified correctly, 0 not.
    pub hits: Vec<u8>,
    /// Adjusted R² of activation on the latent.
    pub r2_activation: Option<f64>,
    /// Adjusted R² of valence on the latent, over the utterances that have a valence.
    pub r2_valence: Option<f64>,
    /// Bhattacharyya distance of the latents to those of the training utterances.
    pub distance: Option<f64>,
    /// The choice of a baseline: the penalty or the feature.
    pub choice: Option<f64>,
}

/// One score per utterance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Readout {
    /// Spearman's rank correlation with activation; `None` if the scores are constant.
    pub spearman: Option<f64>,
    /// The scores.
    pub scores: Vec<f32>,
}

impl Readout {
    fn new(scores: &[f64], labels: &[f64]) -> Readout {
        Readout { spearman: spearman(scores, labels), scores: scores.iter().map(|&v| v as f32).collect() }
    }
}

/// How a method represents utterances.
struct Representation {
    /// Points whose R² and distance are measured, \[n, p\]: latents, or a baseline's score.
    latents: Array2<f64>,
    /// Points that are classified, where they are not the latents.
    classified: Option<Array2<f64>>,
    /// The method's own axis, where it is not the mean of the latent coordinates.
    axis: Option<Vec<f64>>,
}

impl Representation {
    fn classified(&self) -> &Array2<f64> {
        self.classified.as_ref().unwrap_or(&self.latents)
    }

    fn axis(&self) -> Vec<f64> {
        let mean =
            |row: ndarray::ArrayView1<f64>| row.iter().fold(0.0, |s, v| s + v) / row.len().max(1) as f64;
        self.axis.clone().unwrap_or_else(|| self.latents.rows().into_iter().map(mean).collect())
    }
}

/// From utterances, and a scaler or `None` for the method's own, to their representation.
type Represent<'a> = Box<dyn Fn(&Dataset, Option<&Scaler>) -> Representation + 'a>;

/// A fitted method.
struct Method<'a> {
    name: &'static str,
    /// How it represents utterances.
    represent: Represent<'a>,
    /// Whether the sign of its axis is arbitrary.
    arbitrary_sign: bool,
    /// Whether its readouts are fitted on the classified points rather than on the latents, and with which penalty.
    readout_penalty: Option<f64>,
    choice: Option<f64>,
}

/// Does one run. `tick` is called after every epoch.
///
/// # Errors
/// [`ReplicationError`].
pub fn do_run(
    corpora: &Corpora,
    plan: &Plan,
    run: &Run,
    tick: &(dyn Fn() + Sync),
) -> Result<RunResult, ReplicationError> {
    let source = &corpora.source.data;
    let folds = run.grouping.folds(source, plan.folds, run.seed);
    let (train, held_out) =
        (part(source, &folds, |f| f != run.fold), part(source, &folds, |f| f == run.fold));
    let test_sets: Vec<&Dataset> =
        std::iter::once(&held_out).chain(corpora.targets.iter().map(|t| &t.data)).collect();
    let mut measured = Vec::new();
    match run.recipe(plan) {
        Some(recipe) => {
            let fitted = fit(&train, &recipe, run.seed, tick)
                .map_err(|source| ReplicationError::Fit { corpus: corpora.source.id.clone(), source })?;
            measure(&network(&fitted, recipe.objective), &train, &test_sets, plan, run, &mut measured);
        }
        None => {
            let ridge = FeatureRidge::by_rank(&train, RIDGE_LIMIT, Additions::None, None);
            measure(&ridge_method(&ridge), &train, &test_sets, plan, run, &mut measured);
            let single = SingleFeature::choose(&train);
            measure(&single_method(single, &train), &train, &test_sets, plan, run, &mut measured);
            tick();
        }
    }
    Ok(RunResult { measured })
}

fn part(data: &Dataset, folds: &[usize], keep: impl Fn(usize) -> bool) -> Dataset {
    let rows = data.utterances.iter().zip(folds).filter(|&(_, &fold)| keep(fold));
    Dataset { utterances: rows.map(|(u, _)| u.clone()).collect(), readings: data.readings.clone() }
}

fn network(fitted: &FittedNetwork, objective: Objective) -> Method<'_> {
    Method {
        name: objective.name(),
        represent: Box::new(move |data, scaler| {
            let rows = data.standardised(scaler.unwrap_or(&fitted.scaler), fitted.limit);
            let mut latents = Array2::zeros((data.len(), LATENT_COUNT));
            for (mut point, row) in latents.rows_mut().into_iter().zip(rows.rows()) {
                let z: [f64; FEATURE_COUNT] = std::array::from_fn(|i| row[i]);
                point.iter_mut().zip(fitted.latent(&z)).for_each(|(to, from)| *to = from);
            }
            Representation { latents, classified: None, axis: None }
        }),
        arbitrary_sign: matches!(objective, Objective::Unsupervised | Objective::MetricCluster),
        readout_penalty: None,
        choice: None,
    }
}

fn ridge_method(ridge: &FeatureRidge) -> Method<'_> {
    Method {
        name: "ridge",
        represent: Box::new(move |data, scaler| {
            let rows = data.standardised(scaler.unwrap_or(&ridge.scaler), ridge.limit);
            let predict = |row: ndarray::ArrayView1<f64>| ridge.line.predict(row.iter().copied());
            let scores: Vec<f64> = rows.rows().into_iter().map(predict).collect();
            Representation { latents: column(&scores), classified: Some(rows), axis: Some(scores) }
        }),
        arbitrary_sign: false,
        readout_penalty: Some(ridge.settings.alpha),
        choice: Some(ridge.settings.alpha),
    }
}

fn single_method<'a>(single: SingleFeature, train: &Dataset) -> Method<'a> {
    let own = train.scaler();
    Method {
        name: "single",
        represent: Box::new(move |data, scaler| {
            let rows = data.standardised(scaler.unwrap_or(&own), f64::INFINITY);
            let scores: Vec<f64> = rows.column(single.feature).iter().map(|v| single.sign * v).collect();
            Representation { latents: column(&scores), classified: None, axis: Some(scores) }
        }),
        arbitrary_sign: false,
        readout_penalty: None,
        choice: Some(single.feature as f64),
    }
}

fn column(values: &[f64]) -> Array2<f64> {
    Array2::from_shape_fn((values.len(), 1), |(row, _)| values[row])
}

fn measure(
    method: &Method,
    train: &Dataset,
    test_sets: &[&Dataset],
    plan: &Plan,
    run: &Run,
    measured: &mut Vec<MethodResult>,
) {
    let trained = (method.represent)(train, None);
    let labels = train.labels();
    let axis_sign = match spearman(&trained.axis(), &labels) {
        Some(rho) if method.arbitrary_sign && rho < 0.0 => -1.0,
        _ => 1.0,
    };
    let readout_points = |representation: &Representation| match method.readout_penalty {
        Some(_) => representation.classified().clone(),
        None => representation.latents.clone(),
    };
    let penalty = method.readout_penalty.unwrap_or(0.0);
    let readout = Ridge::fit(&readout_points(&trained), &labels, penalty);
    let classes: Vec<usize> =
        (0..train.len()).filter(|&row| CLASSES.contains(&train.utterances[row].emotion)).collect();
    let emotions: Vec<Emotion> = classes.iter().map(|&row| train.utterances[row].emotion).collect();
    let svc = Svc::fit(&trained.classified().select(Axis(0), &classes), &emotions, SVC_COST);

    for &scaling in &plan.scalings {
        for (test_set, &data) in test_sets.iter().enumerate() {
            let scaler = (scaling == Scaling::Corpus).then(|| data.scaler());
            let representation = (method.represent)(data, scaler.as_ref());
            let labels = data.labels();
            let points = readout_points(&representation);
            let refitted = refit(&points, data, penalty, plan, run);
            let emotions = || data.utterances.iter().map(|u| u.emotion);
            let hits: Vec<u8> = match &svc {
                Some(svc) => emotions()
                    .zip(representation.classified().rows())
                    .map(|(emotion, row)| u8::from(svc.predict(&row.to_vec()) == emotion))
                    .collect(),
                None => Vec::new(),
            };
            let valued: Vec<usize> =
                (0..data.len()).filter(|&row| data.utterances[row].valence.is_some()).collect();
            let valence: Vec<f64> = valued.iter().filter_map(|&row| data.utterances[row].valence).collect();
            measured.push(MethodResult {
                method: method.name.to_owned(),
                scaling,
                test_set,
                axis: Readout::new(&representation.axis(), &labels),
                transfer: Readout::new(&readout.predict_rows(&points), &labels),
                supervised: Readout::new(&refitted, &labels),
                axis_sign,
                accuracy: svc
                    .is_some()
                    .then(|| balanced_accuracy(emotions().zip(hits.iter().map(|&hit| f64::from(hit)))))
                    .flatten(),
                hits,
                r2_activation: adjusted_r2(&representation.latents, &labels),
                r2_valence: adjusted_r2(&representation.latents.select(Axis(0), &valued), &valence),
                distance: bhattacharyya(&trained.latents, &representation.latents),
                choice: method.choice,
            });
        }
    }
}

/// Scores by readouts that are each fitted on the other folds of the same test set. Constant where nothing is left to fit
/// on (one speaker, speaker folds).
fn refit(points: &Array2<f64>, data: &Dataset, penalty: f64, plan: &Plan, run: &Run) -> Vec<f64> {
    let folds = run.grouping.folds(data, plan.folds, run.seed);
    let labels = data.labels();
    let mut scores = vec![0.0; data.len()];
    for fold in 0..plan.folds {
        let rows = |inside: bool| -> Vec<usize> {
            (0..data.len()).filter(|&row| (folds[row] == fold) == inside).collect()
        };
        let (others, own) = (rows(false), rows(true));
        let known: Vec<f64> = others.iter().map(|&row| labels[row]).collect();
        let readout = Ridge::fit(&points.select(Axis(0), &others), &known, penalty);
        for row in own {
            scores[row] = readout.predict(points.row(row).iter().copied());
        }
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::super::plan::{Grouping, Learner};
    use super::super::testing;
    use super::*;
    use undertone::model::Architecture;

    fn runs_of(learner: Learner) -> (Corpora, Plan, Run) {
        (
            testing::corpora(6, 20),
            testing::plan(),
            Run { grouping: Grouping::Speaker, seed: 4, fold: 1, learner },
        )
    }

    const NETWORK: Learner =
        Learner::Network { recipe: 0, architecture: Architecture::Dae, objective: Objective::MetricAct };

    #[test]
    fn run_fits_nothing_on_the_held_out_fold() {
        for learner in [NETWORK, Learner::Baselines] {
            let (corpora, plan, run_of) = runs_of(learner);
            let first = do_run(&corpora, &plan, &run_of, &|| ()).unwrap();
            let mut changed = corpora.clone();
            let folds = Grouping::Speaker.folds(&changed.source.data, plan.folds, 4);
            for (u, fold) in changed.source.data.utterances.iter_mut().zip(&folds) {
                if *fold == 1 {
                    u.features.iter_mut().for_each(|v| *v = 3.0 * *v - 7.0);
                    u.activation = 6.0 - u.activation;
                }
            }
            let second = do_run(&changed, &plan, &run_of, &|| ()).unwrap();
            for (a, b) in first.measured.iter().zip(&second.measured) {
                if a.test_set == 0 {
                    assert_ne!(a.transfer, b.transfer);
                } else {
                    assert_eq!(a, b, "{}", a.method);
                }
            }
        }
    }

    #[test]
    fn run_fits_nothing_of_the_source_on_the_target() {
        for learner in [NETWORK, Learner::Baselines] {
            let (corpora, plan, run_of) = runs_of(learner);
            let first = do_run(&corpora, &plan, &run_of, &|| ()).unwrap();
            let mut changed = corpora.clone();
            changed.targets[0].data.utterances.iter_mut().for_each(|u| u.activation = 6.0 - u.activation);
            let second = do_run(&changed, &plan, &run_of, &|| ()).unwrap();
            for (a, b) in first.measured.iter().zip(&second.measured) {
                assert_eq!(a.transfer.scores, b.transfer.scores);
                if a.test_set == 1 {
                    // The same scores against turned labels; only the readout refitted on them turns with them.
                    assert!((a.transfer.spearman.unwrap() + b.transfer.spearman.unwrap()).abs() < 1e-9);
                    assert!((a.supervised.spearman.unwrap() - b.supervised.spearman.unwrap()).abs() < 1e-6);
                    assert_eq!(a.hits, b.hits);
                } else {
                    assert_eq!(a, b);
                }
            }
        }
    }

    #[test]
    fn refit_does_not_use_the_own_speaker_of_a_test_set() {
        // Each speaker has a feature of its own, on which its labels lie: a leak would find them.
        let (mut corpora, plan, run_of) = runs_of(Learner::Baselines);
        let data = &mut corpora.targets[0].data;
        for u in &mut data.utterances {
            u.features = [0.0; FEATURE_COUNT];
            u.features[u.speaker] = u.activation as f32;
        }
        let points = data.standardised(&data.scaler(), 10.0);
        let rho = |grouping: Grouping| {
            let run_of = Run { grouping, ..run_of };
            spearman(&refit(&points, data, 1.0, &plan, &run_of), &data.labels()).unwrap_or(0.0)
        };
        assert!(rho(Grouping::Stratified) > 0.9);
        assert!(rho(Grouping::Speaker) < 0.5);
    }

    #[test]
    fn scaling_by_corpus_undoes_a_shift_of_the_target_and_by_source_does_not() {
        let (corpora, plan, run_of) = runs_of(NETWORK);
        let plan = Plan { scalings: Scaling::ALL.to_vec(), ..plan };
        let mut shifted = corpora.clone();
        for u in &mut shifted.targets[0].data.utterances {
            u.features.iter_mut().enumerate().for_each(|(i, v)| *v = 2.0 * *v + 64.0 * (i % 3) as f32);
        }
        let first = do_run(&corpora, &plan, &run_of, &|| ()).unwrap();
        let second = do_run(&shifted, &plan, &run_of, &|| ()).unwrap();
        for (a, b) in first.measured.iter().zip(&second.measured).filter(|(a, _)| a.test_set == 1) {
            let moved =
                a.axis.scores.iter().zip(&b.axis.scores).fold(0.0f32, |m, (a, b)| m.max((a - b).abs()));
            match a.scaling {
                Scaling::Corpus => assert!(moved < 1e-3, "{moved}"),
                Scaling::Source => assert!(moved > 0.1, "{moved}"),
            }
        }
    }
}
