//! Ablations: the shipped recipe with one thing changed at a time, each judged by corpora that its networks have not heard.
//!
//! Every source is left out once and judged by networks trained on the other sources; the targets are judged by networks
//! trained on all sources. One fixed model, scaled by its training data (zero-shot, method §5). Voices of a source that is
//! left out may be among the talkers in the background of the others' versions ([`crate::data::augment`]), and the recipe was chosen
//! on the sources: for them the table is not blind.

use crate::data::corpora::{Corpus, join};
use crate::data::dataset::Dataset;
use crate::experiments::zero_shot::{RIDGE_LIMIT, networks, rho};
use crate::learn::baselines::FeatureRidge;
use crate::learn::fit::{FitError, Recipe};
use crate::numeric::statistics::mean_and_deviation;
use egemaps::catalogue::{FEATURE_COUNT, FEATURES};
use undertone::attribution::groups::Group;
use undertone::model::Architecture;

/// Groups whose features are left out in the rows “without formants”: the reference's formants are known to be odd
/// (specification, `formants.md`), so it must be asked what they are worth.
const FORMANTS: [Group; 3] = [Group::F1, Group::F2, Group::F3];

/// What learns.
#[derive(Debug, Clone, PartialEq)]
pub enum Learner {
    /// Networks, one per seed.
    Network(Box<Recipe>),
    /// Ridge regression, its penalty tuned inside the training data.
    Ridge,
    /// Ridge regression that is also penalised for what degraded versions change.
    ChannelRidge,
}

/// Which features it learns from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Features {
    /// All 88, every utterance at the same active level.
    Levelled,
    /// All 88, the level as recorded.
    Recorded,
    /// At the same level, without those of the three formants.
    WithoutFormants,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// What is different, in words.
    pub name: &'static str,
    /// What learns.
    pub learner: Learner,
    /// From what.
    pub features: Features,
}

/// The rows: the shipped recipe, one change each (with the level as recorded two: versions exist at the fixed level only),
/// and lines for comparison.
pub fn variants() -> Vec<Variant> {
    let shipped = Recipe::shipped;
    let plain = Recipe::plain;
    let network =
        |name, recipe, features| Variant { name, learner: Learner::Network(Box::new(recipe)), features };
    let line = |name, learner, features| Variant { name, learner, features };
    let unversioned = || Recipe { clean_share: 1.0, ..shipped() };
    use Features::{Levelled, Recorded, WithoutFormants};
    vec![
        network("shipped recipe", shipped(), Levelled),
        network("… without degraded versions", unversioned(), Levelled),
        network("… without degraded versions, level as recorded", unversioned(), Recorded),
        network("… without shifts between speakers", Recipe { speaker_shift: 0.0, ..shipped() }, Levelled),
        network("… without the open start", Recipe { open_bias: 0.0, ..shipped() }, Levelled),
        network("… features limited to ± 10", Recipe { limit: plain().limit, ..shipped() }, Levelled),
        network("… input noise of 1", Recipe { noise: plain().noise, ..shipped() }, Levelled),
        network("… logarithm of the objective", Recipe { logarithm: true, ..shipped() }, Levelled),
        network("… VAE", Recipe { architecture: Architecture::Vae, ..shipped() }, Levelled),
        network("… without formants", shipped(), WithoutFormants),
        network("the study's recipe", plain(), Levelled),
        network("… level as recorded", plain(), Recorded),
        line("ridge, tuned penalty", Learner::Ridge, Levelled),
        line("… level as recorded", Learner::Ridge, Recorded),
        line("… without formants", Learner::Ridge, WithoutFormants),
        line("ridge, α = 300, penalised for the channel", Learner::ChannelRidge, Levelled),
    ]
}

/// The corpora, with and without levelling. Positions in `recorded_…` are those in the others; rows may differ, if a
/// recording can only be used one way.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// Training corpora, with versions.
    pub sources: &'a [Corpus],
    /// The same with the level as recorded, without versions.
    pub recorded_sources: &'a [Corpus],
    /// Corpora that are only judged.
    pub targets: &'a [Corpus],
    /// The same with the level as recorded.
    pub recorded_targets: &'a [Corpus],
}

/// A row's results.
#[derive(Debug, Clone, PartialEq)]
pub struct Ablation {
    /// The row's name.
    pub name: &'static str,
    /// For each left-out source, then each target: Spearman of score and label, one per seed (one for a line).
    pub spearman: Vec<Vec<f64>>,
}

/// Trains and judges every variant. A rank correlation that does not exist (constant labels) counts as 0.
///
/// `tick` is called after each epoch of each network.
///
/// # Errors
/// [`FitError`] if nothing can be learned.
pub fn ablate(
    material: &Material<'_>,
    variants: &[Variant],
    seeds: &[u64],
    tick: &(dyn Fn() + Sync),
) -> Result<Vec<Ablation>, FitError> {
    variants
        .iter()
        .map(|variant| {
            let (sources, targets) = match variant.features {
                Features::Recorded => (material.recorded_sources, material.recorded_targets),
                Features::Levelled | Features::WithoutFormants => (material.sources, material.targets),
            };
            let data = |corpora: &[&Corpus]| {
                let (data, _) = join(corpora);
                if variant.features == Features::WithoutFormants { without(data, &FORMANTS) } else { data }
            };
            let mut results = Vec::new();
            for left_out in left_out(sources) {
                let others: Vec<&Corpus> =
                    sources.iter().enumerate().filter(|(k, _)| *k != left_out).map(|(_, c)| c).collect();
                let test = data(&[&sources[left_out]]);
                results.extend(judge(&variant.learner, &data(&others), &[test], seeds, tick)?);
            }
            let tests: Vec<Dataset> = targets.iter().map(|target| data(&[target])).collect();
            let all = data(&sources.iter().collect::<Vec<_>>());
            results.extend(judge(&variant.learner, &all, &tests, seeds, tick)?);
            Ok(Ablation { name: variant.name, spearman: results })
        })
        .collect()
}

/// Sources that can be left out: all, unless there is only one.
fn left_out(sources: &[Corpus]) -> std::ops::Range<usize> {
    if sources.len() > 1 { 0..sources.len() } else { 0..0 }
}

/// Epochs that [`ablate`] takes, for a progress bar.
pub fn epochs(material: &Material<'_>, variants: &[Variant], seeds: usize) -> usize {
    let trainings = left_out(material.sources).len() + 1;
    let of_recipe = |variant: &Variant| match &variant.learner {
        Learner::Network(recipe) => recipe.epochs,
        Learner::Ridge | Learner::ChannelRidge => 0,
    };
    variants.iter().map(of_recipe).sum::<usize>() * seeds * trainings
}

/// Spearman on each test set, one per seed.
fn judge(
    learner: &Learner,
    source: &Dataset,
    tests: &[Dataset],
    seeds: &[u64],
    tick: &(dyn Fn() + Sync),
) -> Result<Vec<Vec<f64>>, FitError> {
    let by_line =
        |line: FeatureRidge| tests.iter().map(|test| vec![rho(&line.predict(test), test)]).collect();
    Ok(match learner {
        Learner::Network(recipe) => {
            let networks = networks(source, recipe, seeds, tick)?;
            tests.iter().map(|test| networks.iter().map(|n| rho(&n.predict(test), test)).collect()).collect()
        }
        Learner::Ridge => by_line(FeatureRidge::tuned(source, RIDGE_LIMIT)),
        Learner::ChannelRidge => by_line(FeatureRidge::against_channel(source, RIDGE_LIMIT)),
    })
}

/// The data with the features of some groups set to a constant, in the versions too, so that nothing can be learned from
/// them.
fn without(mut data: Dataset, groups: &[Group]) -> Dataset {
    let gone: Vec<usize> =
        (0..FEATURE_COUNT).filter(|&i| groups.contains(&Group::of(&FEATURES[i]))).collect();
    for utterance in &mut data.utterances {
        let conditions = utterance.renditions.conditions.iter_mut().flatten();
        let versions = utterance.renditions.versions.iter_mut();
        for features in std::iter::once(&mut utterance.features).chain(versions).chain(conditions) {
            for &i in &gone {
                features[i] = 0.0;
            }
        }
    }
    data
}

/// The table in Markdown.
pub fn table(material: &Material<'_>, rows: &[Ablation]) -> String {
    let mut columns: Vec<String> =
        left_out(material.sources).map(|k| format!("{}, not trained on", material.sources[k].id)).collect();
    columns.extend(material.targets.iter().map(|t| t.id.clone()));
    let mut text = format!("| | {} |\n|---|{}\n", columns.join(" | "), "---|".repeat(columns.len()));
    for row in rows {
        text += &format!("| {} |", row.name);
        for values in &row.spearman {
            let (mean, deviation) = mean_and_deviation(values);
            text += &if values.len() > 1 {
                format!(" {mean:.3} ± {deviation:.3} |")
            } else {
                format!(" {mean:.3} |")
            };
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::final_model::testing::corpora;

    fn quick(name: &'static str, learner: Learner, features: Features) -> Variant {
        Variant { name, learner, features }
    }

    #[test]
    fn every_source_is_left_out_once_and_every_target_judged() {
        let all = corpora(6, 20);
        let (sources, targets) = (vec![all[0].clone(), all[1].clone()], vec![all[1].clone()]);
        let material = Material {
            sources: &sources,
            recorded_sources: &sources,
            targets: &targets,
            recorded_targets: &targets,
        };
        let recipe = Recipe { epochs: 20, batch: 16, ..Recipe::plain() };
        let rows = [
            quick("network", Learner::Network(Box::new(recipe)), Features::Levelled),
            quick("line", Learner::Ridge, Features::Levelled),
        ];
        let ticks = std::sync::atomic::AtomicUsize::new(0);
        let tick = || {
            ticks.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        };
        let results = ablate(&material, &rows, &[1, 2], &tick).unwrap();
        assert_eq!(ticks.into_inner(), epochs(&material, &rows, 2));
        assert_eq!(results[0].spearman.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 2]);
        assert_eq!(results[1].spearman.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1]);
        assert!(
            results.iter().flat_map(|r| r.spearman.iter().flatten()).all(|rho| *rho > 0.4),
            "{results:?}"
        );
        // Unheard, and the very same corpus among the training data: not the same networks.
        assert_ne!(results[0].spearman[1], results[0].spearman[2]);
        let text = table(&material, &results);
        assert!(text.starts_with("| | c0, not trained on | c1, not trained on | c1 |\n"), "{text}");
        assert_eq!(text.lines().count(), 4);
    }

    #[test]
    fn recorded_rows_come_from_the_recorded_corpora() {
        let levelled = corpora(6, 20);
        let mut recorded = corpora(6, 20);
        for row in recorded.iter_mut().flat_map(|c| &mut c.rows) {
            row.features = [0.0; FEATURE_COUNT];
        }
        let material = Material {
            sources: &levelled[..1],
            recorded_sources: &recorded[..1],
            targets: &levelled[1..],
            recorded_targets: &recorded[1..],
        };
        let rows = [
            quick("levelled", Learner::Ridge, Features::Levelled),
            quick("recorded", Learner::Ridge, Features::Recorded),
        ];
        let results = ablate(&material, &rows, &[1], &|| ()).unwrap();
        assert!(results[0].spearman[0][0] > 0.4, "{results:?}");
        assert_eq!(results[1].spearman[0][0], 0.0);
    }

    #[test]
    fn formants_are_gone_from_recordings_and_versions_alike() {
        let (mut data, _) = join(&corpora(2, 3).iter().collect::<Vec<_>>());
        for u in &mut data.utterances {
            u.features = [7.0; FEATURE_COUNT];
            u.renditions.versions = vec![[8.0; FEATURE_COUNT]];
            u.renditions.conditions = vec![None, Some([9.0; FEATURE_COUNT])];
        }
        let data = without(data, &FORMANTS);
        for u in &data.utterances {
            let rows = [u.features, u.renditions.versions[0], u.renditions.conditions[1].unwrap()];
            for (value, row) in [7.0, 8.0, 9.0].into_iter().zip(rows) {
                for (feature, v) in FEATURES.iter().zip(row) {
                    let expected = if FORMANTS.contains(&Group::of(feature)) { 0.0 } else { value };
                    assert_eq!(v, expected, "{}", feature.name);
                }
            }
        }
    }

    #[test]
    fn each_network_row_changes_what_it_says() {
        let rows = variants();
        for (k, row) in rows.iter().enumerate() {
            assert!(
                rows[k + 1..]
                    .iter()
                    .all(|other| (&other.learner, other.features) != (&row.learner, row.features))
            );
        }
        // Degraded versions exist at the fixed level only.
        for row in rows.iter().filter(|row| row.features == Features::Recorded) {
            match &row.learner {
                Learner::Network(recipe) => assert_eq!(recipe.clean_share, 1.0),
                Learner::Ridge => (),
                Learner::ChannelRidge => panic!("{}", row.name),
            }
        }
    }
}
