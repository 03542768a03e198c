//! Zero-shot results: networks, ridge regression and the best single feature on corpora that they were not trained on.

use rayon::prelude::*;

use crate::data::corpora::{Corpus, join};
use crate::data::dataset::Dataset;
use crate::learn::baselines::{Additions, FeatureRidge, SingleFeature};
use crate::learn::fit::{FitError, FittedNetwork, Recipe, fit};
use crate::learn::line::LineSettings;
use crate::numeric::decimal::fixed;
use crate::numeric::statistics::{mean_and_deviation, spearman};
use egemaps::catalogue::FEATURES;
use undertone::model::LabelOrigin;

/// Limit of the standardised features in the ridge baseline: clipping helps the linear model (method §6).
pub const RIDGE_LIMIT: f64 = 3.0;

/// Results on one target corpus.
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
    /// Spearman of ridge regression on the 88 features, and of the same with gains and the channel penalty; with the penalties
    /// that each chose on the training corpora.
    pub lines: [(f64, LineSettings); 2],
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
    let lines = [Additions::None, Additions::GainsAndChannel]
        .map(|additions| FeatureRidge::by_rank(&source, RIDGE_LIMIT, additions, line_reading(recipe)));
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
                lines: lines.each_ref().map(|line| (rho(line.predict(&target)), line.settings)),
                feature: single.feature,
                single: rho(single.predict(&target)),
            }
        })
        .collect();
    Ok(rows)
}

/// The activation that lines assume of calm reading: as the recipe's own line does, or its network; `None` where the recipe
/// leaves readings out.
pub(super) fn line_reading(recipe: &Recipe) -> Option<f64> {
    let reading = recipe.reading?.activation;
    Some(recipe.line.and_then(|line| line.settings.reading).unwrap_or(reading))
}

/// Networks of one recipe, one per seed.
pub(super) fn networks(
    source: &Dataset,
    recipe: &Recipe,
    seeds: &[u64],
    tick: &(dyn Fn() + Sync),
) -> Result<Vec<FittedNetwork>, FitError> {
    seeds.par_iter().map(|&seed| fit(source, recipe, seed, tick)).collect()
}

/// Rank correlation of scores and activation labels; 0 where there is none, as with constant labels.
pub(super) fn rho(scores: &[f64], data: &Dataset) -> f64 {
    spearman(scores, &data.labels()).unwrap_or(0.0)
}

/// The zero-shot table in Markdown.
pub fn table(rows: &[ZeroShot]) -> String {
    let mut text = String::from(
        "| trained on | tested on | labels | n | metric-act | ridge | ridge, gains and channel penalty | best single feature |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let (mean, deviation) = mean_and_deviation(&row.networks);
        let [(plain, plain_settings), (line, line_settings)] = row.lines;
        text += &format!(
            "| {} | {} | {} | {} | {} ± {deviation:.3} | {} (α = {}) | {} (α = {}, channel {}) | {} ({}) |\n",
            row.train.join(" + "),
            row.test,
            row.labels.name(),
            row.utterances,
            fixed(mean, 3),
            fixed(plain, 3),
            plain_settings.alpha,
            fixed(line, 3),
            line_settings.alpha,
            line_settings.channel,
            fixed(row.single, 3),
            FEATURES[row.feature].name,
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing::corpora;

    #[test]
    fn zero_shot_measures_every_method_on_the_target_corpus() {
        let corpora = corpora(6, 20);
        let recipe = Recipe { epochs: 30, batch_size: 16, ..Recipe::published() };
        let rows = zero_shot(&[&corpora[0]], &[&corpora[1]], &recipe, &[1, 2], &|| ()).unwrap();
        let row = &rows[0];
        assert_eq!((row.train.as_slice(), row.test.as_str()), (&["c0".to_owned()][..], "c1"));
        assert_eq!((row.networks.len(), row.utterances), (2, 120));
        assert!(row.networks.iter().all(|&rho| rho > 0.5), "{row:?}");
        assert!(
            row.lines.iter().all(|line| line.0 > 0.5) && row.single > 0.4 && [3, 10].contains(&row.feature),
            "{row:?}"
        );
        let text = table(&rows);
        assert!(text.contains("| c0 | c1 | human | 120 |"), "{text}");
        assert_eq!(text.lines().count(), 3);
    }
}
