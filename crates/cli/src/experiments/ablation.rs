//! Ablations: the shipped recipe with one thing changed at a time, each evaluated on held-out corpora.
//!
//! Every source is left out once and evaluated by networks trained on the other sources; the targets are evaluated by
//! networks trained on all sources. One fixed model, scaled by its training data (zero-shot, method §5). Speech of a source
//! that is left out may be in the background of the others' augmentations ([`crate::data::augment`]), and the recipe was
//! chosen on the sources: for them the table is not blind.

use crate::data::corpora::{Corpus, join};
use crate::data::dataset::Dataset;
use crate::experiments::zero_shot::{RIDGE_LIMIT, networks, rho};
use crate::learn::baselines::FeatureRidge;
use crate::learn::fit::{FitError, Recipe};
use crate::numeric::decimal::fixed;
use crate::numeric::statistics::mean_and_deviation;
use egemaps::catalogue::{FEATURE_COUNT, FEATURES};
use undertone::attribution::groups::Group;
use undertone::model::Architecture;

/// Groups whose features are left out in the rows “without formants”: openSMILE's formants have known quirks
/// (specification, `3-formants-harmonics.md`), so their contribution is measured.
const FORMANTS: [Group; 3] = [Group::F1, Group::F2, Group::F3];

/// What is trained.
#[derive(Debug, Clone, PartialEq)]
pub enum Learner {
    /// Networks, one per seed.
    Network(Box<Recipe>),
    /// Ridge regression, its penalty tuned inside the training data.
    Ridge,
    /// Ridge regression that is also penalised for the change between a recording and its augmentations.
    ChannelRidge,
}

/// Which features it is trained on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Features {
    /// All 88, every utterance at the same active speech level.
    Levelled,
    /// All 88, the level as recorded.
    Recorded,
    /// At the same level, without those of the three formants.
    WithoutFormants,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// What is different.
    pub name: &'static str,
    /// What is trained.
    pub learner: Learner,
    /// On which features.
    pub features: Features,
}

/// The rows: the shipped recipe, one change each (with the level as recorded two: augmentations exist at the fixed level
/// only), and linear models for comparison.
pub fn variants() -> Vec<Variant> {
    let shipped = Recipe::shipped;
    let published = Recipe::published;
    let network =
        |name, recipe, features| Variant { name, learner: Learner::Network(Box::new(recipe)), features };
    let linear = |name, learner, features| Variant { name, learner, features };
    let not_augmented = || Recipe { clean_share: 1.0, ..shipped() };
    use Features::{Levelled, Recorded, WithoutFormants};
    vec![
        network("shipped recipe", shipped(), Levelled),
        network("… without augmentation", not_augmented(), Levelled),
        network("… without augmentation, level as recorded", not_augmented(), Recorded),
        network("… without shifts between speakers", Recipe { speaker_shift: 0.0, ..shipped() }, Levelled),
        network("… without the initial bias", Recipe { initial_bias: 0.0, ..shipped() }, Levelled),
        network("… features limited to ± 10", Recipe { limit: published().limit, ..shipped() }, Levelled),
        network("… input noise of 1", Recipe { noise: published().noise, ..shipped() }, Levelled),
        network("… logarithm of the objective", Recipe { logarithm: true, ..shipped() }, Levelled),
        network("… VAE", Recipe { architecture: Architecture::Vae, ..shipped() }, Levelled),
        network("… without formants", shipped(), WithoutFormants),
        network("the published recipe", published(), Levelled),
        network("… level as recorded", published(), Recorded),
        linear("ridge, tuned penalty", Learner::Ridge, Levelled),
        linear("… level as recorded", Learner::Ridge, Recorded),
        linear("… without formants", Learner::Ridge, WithoutFormants),
        linear("ridge, α = 300, penalised for the channel", Learner::ChannelRidge, Levelled),
    ]
}

/// The corpora, with and without level normalisation. Positions in `recorded_…` are those in the others; rows may differ,
/// if a recording can only be used one way.
#[derive(Debug, Clone, Copy)]
pub struct AblationCorpora<'a> {
    /// Training corpora, with augmentations.
    pub sources: &'a [Corpus],
    /// The same at the level as recorded, without augmentations.
    pub recorded_sources: &'a [Corpus],
    /// Test corpora.
    pub targets: &'a [Corpus],
    /// The same at the level as recorded.
    pub recorded_targets: &'a [Corpus],
}

/// A row's results.
#[derive(Debug, Clone, PartialEq)]
pub struct Ablation {
    /// The row's name.
    pub name: &'static str,
    /// For each left-out source, then each target: Spearman of score and label, one per seed (a single one for a linear model).
    pub spearman: Vec<Vec<f64>>,
}

/// Trains and evaluates every variant. A rank correlation that does not exist (constant labels) counts as 0.
///
/// `tick` is called after each epoch of each network.
///
/// # Errors
/// [`FitError`] if nothing can be learned.
pub fn ablate(
    corpora: &AblationCorpora<'_>,
    variants: &[Variant],
    seeds: &[u64],
    tick: &(dyn Fn() + Sync),
) -> Result<Vec<Ablation>, FitError> {
    variants
        .iter()
        .map(|variant| {
            let (sources, targets) = match variant.features {
                Features::Recorded => (corpora.recorded_sources, corpora.recorded_targets),
                Features::Levelled | Features::WithoutFormants => (corpora.sources, corpora.targets),
            };
            let data = |parts: &[&Corpus]| {
                let (data, _) = join(parts);
                if variant.features == Features::WithoutFormants { without(data, &FORMANTS) } else { data }
            };
            let mut results = Vec::new();
            for left_out in left_out(sources) {
                let others: Vec<&Corpus> =
                    sources.iter().enumerate().filter(|(k, _)| *k != left_out).map(|(_, c)| c).collect();
                let test = data(&[&sources[left_out]]);
                results.extend(evaluate(&variant.learner, &data(&others), &[test], seeds, tick)?);
            }
            let tests: Vec<Dataset> = targets.iter().map(|target| data(&[target])).collect();
            let all = data(&sources.iter().collect::<Vec<_>>());
            results.extend(evaluate(&variant.learner, &all, &tests, seeds, tick)?);
            Ok(Ablation { name: variant.name, spearman: results })
        })
        .collect()
}

/// Sources that can be left out: all, unless there is only one.
fn left_out(sources: &[Corpus]) -> std::ops::Range<usize> {
    if sources.len() > 1 { 0..sources.len() } else { 0..0 }
}

/// Epochs that [`ablate`] takes, for a progress bar.
pub fn epochs(corpora: &AblationCorpora<'_>, variants: &[Variant], seeds: usize) -> usize {
    let trainings = left_out(corpora.sources).len() + 1;
    let of_recipe = |variant: &Variant| match &variant.learner {
        Learner::Network(recipe) => recipe.epochs,
        Learner::Ridge | Learner::ChannelRidge => 0,
    };
    variants.iter().map(of_recipe).sum::<usize>() * seeds * trainings
}

/// Spearman on each test set, one per seed.
fn evaluate(
    learner: &Learner,
    source: &Dataset,
    tests: &[Dataset],
    seeds: &[u64],
    tick: &(dyn Fn() + Sync),
) -> Result<Vec<Vec<f64>>, FitError> {
    let by_ridge =
        |ridge: FeatureRidge| tests.iter().map(|test| vec![rho(&ridge.predict(test), test)]).collect();
    Ok(match learner {
        Learner::Network(recipe) => {
            let networks = networks(source, recipe, seeds, tick)?;
            tests.iter().map(|test| networks.iter().map(|n| rho(&n.predict(test), test)).collect()).collect()
        }
        Learner::Ridge => by_ridge(FeatureRidge::tuned(source, RIDGE_LIMIT)),
        Learner::ChannelRidge => by_ridge(FeatureRidge::channel_penalised(source, RIDGE_LIMIT)),
    })
}

/// The data with the features of some groups set to a constant, in the variants too, so that they carry no information.
fn without(mut data: Dataset, groups: &[Group]) -> Dataset {
    let gone: Vec<usize> =
        (0..FEATURE_COUNT).filter(|&i| groups.contains(&Group::of(&FEATURES[i]))).collect();
    for utterance in &mut data.utterances {
        let conditions = utterance.variants.under_conditions.iter_mut().flatten();
        let augmented = utterance.variants.augmented.iter_mut();
        for features in std::iter::once(&mut utterance.features).chain(augmented).chain(conditions) {
            for &i in &gone {
                features[i] = 0.0;
            }
        }
    }
    data
}

/// The table in Markdown.
pub fn table(corpora: &AblationCorpora<'_>, rows: &[Ablation]) -> String {
    let mut columns: Vec<String> =
        left_out(corpora.sources).map(|k| format!("{}, not trained on", corpora.sources[k].id)).collect();
    columns.extend(corpora.targets.iter().map(|t| t.id.clone()));
    let mut text = format!("| | {} |\n|---|{}\n", columns.join(" | "), "---|".repeat(columns.len()));
    for row in rows {
        text += &format!("| {} |", row.name);
        for values in &row.spearman {
            let (mean, deviation) = mean_and_deviation(values);
            text += &format!(" {}", fixed(mean, 3));
            if values.len() > 1 {
                text += &format!(" ± {deviation:.3}");
            }
            text += " |";
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing;

    fn quick(name: &'static str, learner: Learner, features: Features) -> Variant {
        Variant { name, learner, features }
    }

    #[test]
    fn ablate_leaves_every_source_out_once_and_evaluates_every_target() {
        let all = testing::corpora(6, 20);
        let (sources, targets) = (vec![all[0].clone(), all[1].clone()], vec![all[1].clone()]);
        let corpora = AblationCorpora {
            sources: &sources,
            recorded_sources: &sources,
            targets: &targets,
            recorded_targets: &targets,
        };
        let recipe = Recipe { epochs: 20, batch_size: 16, ..Recipe::published() };
        let rows = [
            quick("network", Learner::Network(Box::new(recipe)), Features::Levelled),
            quick("ridge", Learner::Ridge, Features::Levelled),
        ];
        let ticks = std::sync::atomic::AtomicUsize::new(0);
        let tick = || {
            ticks.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        };
        let results = ablate(&corpora, &rows, &[1, 2], &tick).unwrap();
        assert_eq!(ticks.into_inner(), epochs(&corpora, &rows, 2));
        assert_eq!(results[0].spearman.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 2]);
        assert_eq!(results[1].spearman.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1]);
        assert!(
            results.iter().flat_map(|r| r.spearman.iter().flatten()).all(|rho| *rho > 0.4),
            "{results:?}"
        );
        // Held out, and the same corpus among the training data: not the same networks.
        assert_ne!(results[0].spearman[1], results[0].spearman[2]);
        let text = table(&corpora, &results);
        assert!(text.starts_with("| | c0, not trained on | c1, not trained on | c1 |\n"), "{text}");
        assert_eq!(text.lines().count(), 4);
    }

    #[test]
    fn ablate_takes_recorded_rows_from_the_recorded_corpora() {
        let levelled = testing::corpora(6, 20);
        let mut recorded = testing::corpora(6, 20);
        for row in recorded.iter_mut().flat_map(|c| &mut c.rows) {
            row.features = [0.0; FEATURE_COUNT];
        }
        let corpora = AblationCorpora {
            sources: &levelled[..1],
            recorded_sources: &recorded[..1],
            targets: &levelled[1..],
            recorded_targets: &recorded[1..],
        };
        let rows = [
            quick("levelled", Learner::Ridge, Features::Levelled),
            quick("recorded", Learner::Ridge, Features::Recorded),
        ];
        let results = ablate(&corpora, &rows, &[1], &|| ()).unwrap();
        assert!(results[0].spearman[0][0] > 0.4, "{results:?}");
        assert_eq!(results[1].spearman[0][0], 0.0);
    }

    #[test]
    fn without_removes_formants_from_recordings_and_variants_alike() {
        let (mut data, _) = join(&testing::corpora(2, 3).iter().collect::<Vec<_>>());
        for u in &mut data.utterances {
            u.features = [7.0; FEATURE_COUNT];
            u.variants.augmented = vec![[8.0; FEATURE_COUNT]];
            u.variants.under_conditions = vec![None, Some([9.0; FEATURE_COUNT])];
        }
        let data = without(data, &FORMANTS);
        for u in &data.utterances {
            let rows = [u.features, u.variants.augmented[0], u.variants.under_conditions[1].unwrap()];
            for (value, row) in [7.0, 8.0, 9.0].into_iter().zip(rows) {
                for (feature, v) in FEATURES.iter().zip(row) {
                    let expected = if FORMANTS.contains(&Group::of(feature)) { 0.0 } else { value };
                    assert_eq!(v, expected, "{}", feature.name);
                }
            }
        }
    }

    #[test]
    fn variants_differ_and_augmentations_are_at_the_fixed_level() {
        let rows = variants();
        for (k, row) in rows.iter().enumerate() {
            assert!(
                rows[k + 1..]
                    .iter()
                    .all(|other| (&other.learner, other.features) != (&row.learner, row.features))
            );
        }
        // Augmentations exist at the fixed level only.
        for row in rows.iter().filter(|row| row.features == Features::Recorded) {
            match &row.learner {
                Learner::Network(recipe) => assert_eq!(recipe.clean_share, 1.0),
                Learner::Ridge => (),
                Learner::ChannelRidge => panic!("{}", row.name),
            }
        }
    }
}
