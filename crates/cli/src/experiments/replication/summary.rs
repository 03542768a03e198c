//! Statistics over runs: mean and deviation, intervals over speakers, oracle and chance.

use std::collections::BTreeMap;

use ndarray::Array2;
use rayon::prelude::*;
use serde::Serialize;

use super::corpora::Corpora;
use super::measures::{
    CLASSES, RESAMPLINGS, adjusted_r2, balanced_accuracy, bhattacharyya, bootstrap, central_95_percent,
};
use super::plan::{Grouping, Learner, Plan, Run, Scaling};
use super::run::{MethodResult, Readout, RunResult};
use crate::data::dataset::Dataset;
use crate::data::emotion::Emotion;
use crate::numeric::random::Random;
use crate::numeric::statistics::{mean_and_deviation, spearman};

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Spearman with activation of the method's own axis.
    Axis,
    /// Its absolute value, run by run.
    AxisAbsolute,
    /// Spearman of the readout fitted on the source.
    Transfer,
    /// Spearman of the readout fitted on the target.
    Supervised,
    /// Balanced accuracy over N-S-H-A.
    Accuracy,
    /// Adjusted R² of activation on the latent.
    R2Activation,
    /// Adjusted R² of valence on the latent.
    R2Valence,
    /// Bhattacharyya distance to the latents of the source.
    Distance,
}

impl Measure {
    /// All, in the order of the tables.
    pub const ALL: [Measure; 8] = [
        Measure::Axis,
        Measure::AxisAbsolute,
        Measure::Transfer,
        Measure::Supervised,
        Measure::Accuracy,
        Measure::R2Activation,
        Measure::R2Valence,
        Measure::Distance,
    ];

    /// Name as written in files.
    pub const fn name(self) -> &'static str {
        match self {
            Measure::Axis => "spearman-axis",
            Measure::AxisAbsolute => "spearman-axis-absolute",
            Measure::Transfer => "spearman-transfer",
            Measure::Supervised => "spearman-supervised",
            Measure::Accuracy => "balanced-accuracy",
            Measure::R2Activation => "r2-activation",
            Measure::R2Valence => "r2-valence",
            Measure::Distance => "bhattacharyya",
        }
    }

    fn value(self, result: &MethodResult) -> Option<f64> {
        match self {
            Measure::Axis => result.axis.spearman,
            Measure::AxisAbsolute => result.axis.spearman.map(f64::abs),
            Measure::Transfer => result.transfer.spearman,
            Measure::Supervised => result.supervised.spearman,
            Measure::Accuracy => result.accuracy,
            Measure::R2Activation => result.r2_activation,
            Measure::R2Valence => result.r2_valence,
            Measure::Distance => result.distance,
        }
    }
}

/// Name of the test set 0, the source's own held-out folds.
pub const IN_DOMAIN: &str = "in domain";

/// One statistic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statistic {
    /// How utterances were assigned to folds; `None` for oracle and chance, which have no folds.
    pub grouping: Option<Grouping>,
    /// Recipe; `None` for baselines.
    pub recipe: Option<String>,
    /// Scaling; `None` for oracle and chance.
    pub scaling: Option<Scaling>,
    /// Kind of autoencoder; `None` for baselines.
    pub architecture: Option<String>,
    /// The objective, or `ridge`, `single`, `oracle`, `chance`.
    pub method: String,
    /// [`IN_DOMAIN`] or the target.
    pub test_set: String,
    /// What is measured.
    pub measure: Measure,
    /// Number of runs in which it exists; of permutations for chance.
    pub runs: usize,
    /// Mean over runs.
    pub mean: f64,
    /// Standard deviation over runs.
    pub deviation: f64,
    /// The same measure of the mean score over runs (Spearman), where there is one.
    pub of_mean_score: Option<f64>,
    /// 95 % interval of the measure of the mean over runs: bootstrap over speakers; for chance over permutations.
    pub interval: Option<[f64; 2]>,
}

/// All statistics of a replication, in the order of the tables.
pub fn summarise(corpora: &Corpora, plan: &Plan, results: &[(Run, RunResult)]) -> Vec<Statistic> {
    let mut groups: Vec<(Grouping, Learner)> = Vec::new();
    for (run, _) in results {
        if !groups.contains(&(run.grouping, run.learner)) {
            groups.push((run.grouping, run.learner));
        }
    }
    let mut jobs = Vec::new();
    for (grouping, learner) in groups {
        let runs: Vec<&(Run, RunResult)> =
            results.iter().filter(|(run, _)| (run.grouping, run.learner) == (grouping, learner)).collect();
        let Some((_, first)) = runs.first() else { continue };
        // Every run of a group measures the same things in the same order.
        jobs.extend((0..first.measured.len()).map(|at| (grouping, learner, runs.clone(), at)));
    }
    let mut statistics: Vec<Statistic> = jobs
        .into_par_iter()
        .flat_map_iter(|(grouping, learner, runs, at)| {
            statistics_over_runs(corpora, plan, grouping, learner, &runs, at)
        })
        .collect();
    let test_sets: Vec<usize> = (0..=corpora.targets.len()).collect();
    statistics.extend(
        test_sets.par_iter().flat_map_iter(|&set| oracle_and_chance(corpora, set)).collect::<Vec<_>>(),
    );
    statistics
}

fn data_of(corpora: &Corpora, test_set: usize) -> &Dataset {
    test_set.checked_sub(1).and_then(|at| corpora.targets.get(at)).map_or(&corpora.source.data, |t| &t.data)
}

fn name_of(corpora: &Corpora, test_set: usize) -> String {
    test_set.checked_sub(1).and_then(|at| corpora.targets.get(at)).map_or(IN_DOMAIN, |t| &t.id).to_owned()
}

/// Statistics of one method on one test set: the result number `at` of every run.
fn statistics_over_runs(
    corpora: &Corpora,
    plan: &Plan,
    grouping: Grouping,
    learner: Learner,
    runs: &[&(Run, RunResult)],
    at: usize,
) -> Vec<Statistic> {
    let measured: Vec<(&Run, &MethodResult)> =
        runs.iter().filter_map(|(run, result)| Some((run, result.measured.get(at)?))).collect();
    let Some(&(_, first)) = measured.first() else { return Vec::new() };
    let data = data_of(corpora, first.test_set);
    // Which utterances each run has measured.
    let rows: Vec<Vec<usize>> = measured
        .iter()
        .map(|(run, _)| match first.test_set {
            0 => {
                let folds = grouping.folds(data, plan.folds, run.seed);
                (0..data.len()).filter(|&row| folds[row] == run.fold).collect()
            }
            _ => (0..data.len()).collect(),
        })
        .collect();
    let speakers: Vec<usize> = data.utterances.iter().map(|u| u.speaker).collect();
    let emotions: Vec<Emotion> = data.utterances.iter().map(|u| u.emotion).collect();
    let labels = data.labels();
    let mean_of = |values: &dyn Fn(&MethodResult) -> Vec<f64>| {
        let (mut sums, mut counts) = (vec![0.0; data.len()], vec![0.0; data.len()]);
        for ((_, measured), rows) in measured.iter().zip(&rows) {
            for (&row, value) in rows.iter().zip(values(measured)) {
                sums[row] += value;
                counts[row] += 1.0;
            }
        }
        sums.iter().zip(&counts).map(|(sum, &count)| if count > 0.0 { sum / count } else { 0.0 }).collect()
    };
    let ranked = |scores: Vec<f64>| {
        let rho = |rows: &[usize]| {
            let pick = |of: &[f64]| rows.iter().map(|&row| of[row]).collect::<Vec<_>>();
            spearman(&pick(&scores), &pick(&labels))
        };
        (spearman(&scores, &labels), bootstrap(&speakers, rho))
    };
    let (recipe, architecture) = match learner {
        Learner::Network { recipe, architecture, .. } => {
            (plan.recipes.get(recipe).map(|(name, _)| name.clone()), Some(architecture.name().to_owned()))
        }
        Learner::Baselines => (None, None),
    };
    let mut statistics = Vec::new();
    for measure in Measure::ALL {
        let values: Vec<f64> = measured.iter().filter_map(|(_, m)| measure.value(m)).collect();
        if values.is_empty() {
            continue;
        }
        let (of_mean_score, interval) = match measure {
            // Axes of different runs have different scales and, for some objectives, signs.
            Measure::Axis => ranked(mean_of(&|m| aligned(&m.axis, m.axis_sign))),
            Measure::Transfer => ranked(mean_of(&|m| wide(&m.transfer))),
            Measure::Supervised => ranked(mean_of(&|m| wide(&m.supervised))),
            Measure::Accuracy => {
                let hits: Vec<f64> = mean_of(&|m| m.hits.iter().map(|&hit| f64::from(hit)).collect());
                let of =
                    |rows: &[usize]| balanced_accuracy(rows.iter().map(|&row| (emotions[row], hits[row])));
                (None, bootstrap(&speakers, of))
            }
            _ => (None, None),
        };
        let (mean, deviation) = mean_and_deviation(&values);
        statistics.push(Statistic {
            grouping: Some(grouping),
            recipe: recipe.clone(),
            scaling: Some(first.scaling),
            architecture: architecture.clone(),
            method: first.method.clone(),
            test_set: name_of(corpora, first.test_set),
            measure,
            runs: values.len(),
            mean,
            deviation,
            of_mean_score,
            interval,
        });
    }
    statistics
}

fn wide(readout: &Readout) -> Vec<f64> {
    readout.scores.iter().map(|&v| f64::from(v)).collect()
}

/// Scores of one run with mean 0, deviation 1 and the given sign.
fn aligned(readout: &Readout, sign: f64) -> Vec<f64> {
    let scores = wide(readout);
    let (mean, deviation) = mean_and_deviation(&scores);
    let scale = if deviation > 0.0 { sign / deviation } else { 0.0 };
    scores.into_iter().map(|v| scale * (v - mean)).collect()
}

const CHANCE_SEED: u64 = 1;

/// Baselines that need no training: the oracle, which predicts the mean label of the true emotion, and chance.
fn oracle_and_chance(corpora: &Corpora, test_set: usize) -> Vec<Statistic> {
    let data = data_of(corpora, test_set);
    let labels = data.labels();
    let statistic = |method: &str, measure: Measure, values: &[f64], interval: Option<[f64; 2]>| {
        let (mean, deviation) = mean_and_deviation(values);
        Statistic {
            grouping: None,
            recipe: None,
            scaling: None,
            architecture: None,
            method: method.to_owned(),
            test_set: name_of(corpora, test_set),
            measure,
            runs: values.len(),
            mean,
            deviation,
            of_mean_score: None,
            interval,
        }
    };
    let mut statistics = Vec::new();

    let predicted = class_means(data, &labels);
    let known = indicators(data);
    let valued = data.filter(|u| u.valence.is_some());
    let valence: Vec<f64> = valued.utterances.iter().filter_map(|u| u.valence).collect();
    if let Some(rho) = spearman(&predicted, &labels) {
        for measure in [Measure::Axis, Measure::AxisAbsolute, Measure::Transfer, Measure::Supervised] {
            statistics.push(statistic("oracle", measure, &[rho], None));
        }
    }
    statistics.push(statistic("oracle", Measure::Accuracy, &[1.0], None));
    let r2 = [
        (Measure::R2Activation, adjusted_r2(&known, &labels)),
        (Measure::R2Valence, adjusted_r2(&indicators(&valued), &valence)),
    ];
    for (measure, r2) in r2 {
        statistics.extend(r2.map(|r2| statistic("oracle", measure, &[r2], None)));
    }

    let mut random = Random::new(CHANCE_SEED);
    let mut drawn: BTreeMap<Measure, Vec<f64>> = BTreeMap::new();
    let (mut shuffled, mut guessed) = (labels.clone(), emotions_of_classes(data));
    let truth = guessed.clone();
    // Distances have no labels to permute: two samples of one normal distribution, as large as training part and test set.
    let trained = corpora.source.data.len();
    for draw in 0..RESAMPLINGS {
        random.shuffle(&mut shuffled);
        random.shuffle(&mut guessed);
        let mut put = |measure, value: Option<f64>| drawn.entry(measure).or_default().extend(value);
        let rho = spearman(&shuffled, &labels);
        for measure in [Measure::Axis, Measure::Transfer, Measure::Supervised] {
            put(measure, rho);
        }
        put(Measure::AxisAbsolute, rho.map(f64::abs));
        let hits = truth
            .iter()
            .zip(&guessed)
            .map(|(&truth, &guessed)| (truth, f64::from(u8::from(truth == guessed))));
        put(Measure::Accuracy, balanced_accuracy(hits));
        // Regressions and distances cost more: a tenth of the draws.
        if draw % 10 == 0 {
            let mut noise = |rows: usize| Array2::from_shape_fn((rows, 2), |_| random.normal());
            let points = noise(labels.len());
            put(Measure::R2Activation, adjusted_r2(&points, &labels));
            put(Measure::R2Valence, adjusted_r2(&noise(valence.len()), &valence));
            put(Measure::Distance, bhattacharyya(&noise(trained), &points));
        }
    }
    for (measure, values) in drawn {
        if !values.is_empty() {
            statistics.push(statistic("chance", measure, &values, central_95_percent(values.clone())));
        }
    }
    statistics
}

fn class_means(data: &Dataset, labels: &[f64]) -> Vec<f64> {
    // Counted from the emotion's first label, so that equal labels have exactly themselves as mean, and two emotions
    // with the same label stay tied.
    let mut sums: BTreeMap<Emotion, (f64, f64, f64)> = BTreeMap::new();
    for (u, label) in data.utterances.iter().zip(labels) {
        let (first, sum, count) = sums.entry(u.emotion).or_insert((*label, 0.0, 0.0));
        *sum += label - *first;
        *count += 1.0;
    }
    let mean = |emotion: &Emotion| sums.get(emotion).map_or(0.0, |(first, sum, count)| first + sum / count);
    data.utterances.iter().map(|u| mean(&u.emotion)).collect()
}

/// One column per emotion but the first: 1 where it is the utterance's.
fn indicators(data: &Dataset) -> Array2<f64> {
    let mut emotions: Vec<Emotion> = data.utterances.iter().map(|u| u.emotion).collect();
    emotions.sort_unstable();
    emotions.dedup();
    let columns = emotions.get(1..).unwrap_or_default();
    Array2::from_shape_fn((data.len(), columns.len()), |(row, column)| {
        f64::from(u8::from(data.utterances[row].emotion == columns[column]))
    })
}

fn emotions_of_classes(data: &Dataset) -> Vec<Emotion> {
    data.utterances.iter().map(|u| u.emotion).filter(|e| CLASSES.contains(e)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::replicate::replicate;
    use super::super::run_store::RunStore;
    use super::super::testing;
    use super::*;

    fn find<'a>(all: &'a [Statistic], method: &str, test_set: &str, measure: Measure) -> &'a Statistic {
        all.iter()
            .find(|f| (f.method.as_str(), f.test_set.as_str(), f.measure) == (method, test_set, measure))
            .unwrap()
    }

    #[test]
    fn summarise_gives_means_over_runs_with_baselines_everywhere() {
        let (corpora, plan) = (testing::corpora(6, 30), testing::plan());
        let folder = tempfile::tempdir().unwrap();
        let results = replicate(&corpora, &plan, &RunStore::open(folder.path()).unwrap(), &|_| ()).unwrap();
        let statistics = summarise(&corpora, &plan, &results);
        assert_eq!(summarise(&corpora, &plan, &results), statistics, "deterministic");

        for test_set in [IN_DOMAIN, "c1"] {
            for measure in Measure::ALL {
                for method in ["unsupervised", "metric-act", "ridge", "single", "chance", "oracle"] {
                    if (method, measure) == ("oracle", Measure::Distance) {
                        continue;
                    }
                    assert!(find(&statistics, method, test_set, measure).mean.is_finite());
                }
            }
        }
        let mean = find(&statistics, "ridge", "c1", Measure::Transfer);
        let by_hand: Vec<f64> = results
            .iter()
            .filter(|(run, _)| run.learner == Learner::Baselines)
            .flat_map(|(_, r)| r.measured.iter().filter(|m| m.method == "ridge" && m.test_set == 1))
            .filter_map(|m| m.transfer.spearman)
            .collect();
        assert_eq!((mean.runs, by_hand.len()), (3, 3));
        assert!((mean.mean - by_hand.iter().sum::<f64>() / 3.0).abs() < 1e-12);
        let [low, high] = mean.interval.unwrap();
        let of_mean_score = mean.of_mean_score.unwrap();
        assert!(low < of_mean_score && of_mean_score < high && high - low < 0.5, "{mean:?}");
        assert!(mean.mean > 0.6, "what is in the data is found: {mean:?}");

        // Chance is chance, and what has no order of its own stays near it.
        let chance = find(&statistics, "chance", "c1", Measure::Transfer);
        assert!(
            chance.mean.abs() < 0.02 && (chance.deviation - 1.0 / 179.0f64.sqrt()).abs() < 0.01,
            "{chance:?}"
        );
        let guess = find(&statistics, "chance", "c1", Measure::Accuracy);
        assert!((guess.mean - 0.25).abs() < 0.01, "{guess:?}");
        assert!(find(&statistics, "chance", "c1", Measure::Distance).mean < 0.02);
        // The oracle knows a quarter of the scale exactly: hardly anyone knows more.
        assert!(find(&statistics, "oracle", "c1", Measure::Transfer).mean > 0.9);
    }

    #[test]
    fn aligned_axes_with_an_arbitrary_sign_do_not_cancel() {
        let readout = |scores: &[f32]| Readout { spearman: None, scores: scores.to_vec() };
        let up = aligned(&readout(&[1.0, 2.0, 3.0]), 1.0);
        let down = aligned(&readout(&[30.0, 20.0, 10.0]), -1.0);
        assert_eq!(up, [-1.0, 0.0, 1.0]);
        assert_eq!(down, up);
        assert_eq!(aligned(&readout(&[2.0, 2.0]), 1.0), [0.0, 0.0]);
    }

    #[test]
    fn oracle_is_perfect_where_labels_derive_from_emotions() {
        let mut corpora = testing::corpora(6, 30);
        // Two emotions share a label, as neutral and disgust do.
        let label = |emotion| match emotion {
            Emotion::Anger => 4.2,
            Emotion::Neutral | Emotion::Fear => 2.8,
            Emotion::Happiness => 3.6,
            _ => 2.2,
        };
        corpora.targets[0].data.utterances.iter_mut().for_each(|u| u.activation = label(u.emotion));
        let statistics = oracle_and_chance(&corpora, 1);
        assert!((find(&statistics, "oracle", "c1", Measure::Transfer).mean - 1.0).abs() < 1e-12);
    }

    #[test]
    fn oracle_predicts_the_mean_label_of_the_emotion() {
        let mut data = testing::corpora(6, 30).source.data;
        data.utterances.truncate(3);
        data.utterances[0].emotion = Emotion::Anger;
        data.utterances[1].emotion = Emotion::Sadness;
        data.utterances[2].emotion = Emotion::Anger;
        assert_eq!(class_means(&data, &[5.0, 1.0, 4.0]), [4.5, 1.0, 4.5]);
        assert_eq!(class_means(&data, &[2.8, 2.8, 2.8]), [2.8; 3]);
        assert_eq!(indicators(&data), ndarray::array![[0.0], [1.0], [0.0]]);
    }
}
