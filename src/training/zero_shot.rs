//! The table of zero-shot results: networks, ridge regression and one feature alone, on corpora that none has heard.

use rayon::prelude::*;

use super::baselines::{FeatureRidge, SingleFeature};
use super::corpora::{Corpus, join};
use super::dataset::Dataset;
use super::fit::{FitError, Fitted, Recipe, fit};
use super::statistics::{mean_and_deviation, spearman};
use crate::egemaps::catalogue::FEATURES;
use crate::model::{LabelOrigin, Model};

/// Limit of the standardised features in the ridge baseline: clipping helps the linear model (method §6).
pub const RIDGE_LIMIT: f64 = 3.0;

/// Results on one corpus that was not trained on.
#[derive(Debug, Clone, PartialEq)]
pub struct ZeroShot {
    /// Training corpora.
    pub train: Vec<String>,
    /// Test corpus.
    pub test: String,
    /// Where the test labels come from.
    pub labels: LabelOrigin,
    /// Test utterances.
    pub utterances: usize,
    /// Spearman of the networks' scores, one per seed.
    pub networks: Vec<f64>,
    /// Spearman of ridge regression on the 88 features.
    pub ridge: f64,
    /// Penalty that ridge chose on the training corpora.
    pub alpha: f64,
    /// Catalogue index of the feature that was best on the training corpora.
    pub feature: usize,
    /// Its Spearman.
    pub single: f64,
}

/// Trains on some corpora and ranks the utterances of others; source scaling, no adaptation. Where a rank correlation
/// does not exist (constant labels), it counts as 0.
///
/// # Errors
/// [`FitError`] if nothing can be learned from the training corpora.
pub fn zero_shot(
    train: &[&Corpus],
    tests: &[&Corpus],
    recipe: &Recipe,
    seeds: &[u64],
    tick: &(dyn Fn() + Sync),
) -> Result<Vec<ZeroShot>, FitError> {
    let (source, _) = join(train);
    let networks = networks(&source, recipe, seeds, tick)?;
    let ridge = FeatureRidge::tuned(&source, RIDGE_LIMIT);
    let single = SingleFeature::choose(&source);
    let rows = tests
        .iter()
        .map(|test| {
            let (target, _) = join(&[*test]);
            let rho = |scores: Vec<f64>| rho(&scores, &target);
            ZeroShot {
                train: train.iter().map(|c| c.id.clone()).collect(),
                test: test.id.clone(),
                labels: test.origin(),
                utterances: target.len(),
                networks: networks.iter().map(|n| rho(n.predict(&target))).collect(),
                ridge: rho(ridge.predict(&target)),
                alpha: ridge.alpha,
                feature: single.feature,
                single: rho(single.predict(&target)),
            }
        })
        .collect();
    Ok(rows)
}

/// Networks of one recipe, one per seed.
pub(super) fn networks(
    source: &Dataset,
    recipe: &Recipe,
    seeds: &[u64],
    tick: &(dyn Fn() + Sync),
) -> Result<Vec<Fitted>, FitError> {
    seeds.par_iter().map(|&seed| fit(source, recipe, seed, tick)).collect()
}

/// Rank correlation of scores and activation labels; 0 where there is none, as with constant labels.
pub(super) fn rho(scores: &[f64], data: &Dataset) -> f64 {
    spearman(scores, &data.labels()).unwrap_or(0.0)
}

/// How one weights file judges a corpus that it has not heard.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Test corpus.
    pub test: String,
    /// Where the labels come from.
    pub labels: LabelOrigin,
    /// Utterances.
    pub utterances: usize,
    /// Rank correlation of score and label.
    pub spearman: f64,
    /// Mean of score − label.
    pub bias: f64,
    /// Share of labels inside the interval.
    pub coverage: f64,
    /// Share of utterances flagged as unlike the reference.
    pub unlike_reference: f64,
}

/// Judges a corpus by a weights file.
pub fn judge(model: &Model, test: &Corpus) -> Judgement {
    let (mut scores, mut labels) = (Vec::new(), Vec::new());
    let (mut bias, mut inside, mut unlike) = (0.0, 0usize, 0usize);
    for row in &test.rows {
        let e = model.evaluate(&row.features);
        scores.push(e.activation);
        labels.push(row.activation);
        bias += e.activation - row.activation;
        inside += usize::from((e.interval[0]..=e.interval[1]).contains(&row.activation));
        unlike += usize::from(e.unlike_reference);
    }
    let count = test.rows.len().max(1) as f64;
    Judgement {
        test: test.id.clone(),
        labels: test.origin(),
        utterances: test.rows.len(),
        spearman: spearman(&scores, &labels).unwrap_or(0.0),
        bias: bias / count,
        coverage: inside as f64 / count,
        unlike_reference: unlike as f64 / count,
    }
}

/// The zero-shot table in Markdown.
pub fn table(rows: &[ZeroShot]) -> String {
    let mut text = String::from(
        "| trained on | tested on | labels | n | metric-act | ridge, 88 features | best single feature |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let (mean, deviation) = mean_and_deviation(&row.networks);
        text += &format!(
            "| {} | {} | {} | {} | {mean:.3} ± {deviation:.3} | {:.3} (α = {}) | {:.3} ({}) |\n",
            row.train.join(" + "),
            row.test,
            row.labels.name(),
            row.utterances,
            row.ridge,
            row.alpha,
            row.single,
            FEATURES[row.feature].name,
        );
    }
    text
}

/// The table of one weights file in Markdown.
pub fn judgement_table(rows: &[Judgement]) -> String {
    let mut text = String::from(
        "| tested on | labels | n | Spearman | mean of score − label | labels inside the interval | unlike the reference |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        text += &format!(
            "| {} | {} | {} | {:.3} | {:+.2} | {:.1} % | {:.1} % |\n",
            row.test,
            row.labels.name(),
            row.utterances,
            row.spearman,
            row.bias,
            100.0 * row.coverage,
            100.0 * row.unlike_reference,
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::ship::testing::corpora;

    #[test]
    fn every_method_is_measured_on_the_unheard_corpus() {
        let corpora = corpora(6, 20);
        let recipe = Recipe { epochs: 30, batch: 16, ..Recipe::plain() };
        let rows = zero_shot(&[&corpora[0]], &[&corpora[1]], &recipe, &[1, 2], &|| ()).unwrap();
        let row = &rows[0];
        assert_eq!((row.train.as_slice(), row.test.as_str()), (&["c0".to_owned()][..], "c1"));
        assert_eq!((row.networks.len(), row.utterances), (2, 120));
        assert!(row.networks.iter().all(|&rho| rho > 0.5), "{row:?}");
        assert!(row.ridge > 0.5 && row.single > 0.4 && [3, 10].contains(&row.feature), "{row:?}");
        let text = table(&rows);
        assert!(text.contains("| c0 | c1 | human | 120 |"), "{text}");
        assert_eq!(text.lines().count(), 3);
    }
}
