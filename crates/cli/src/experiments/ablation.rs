//! Ablations: the shipped recipe with one thing changed at a time, each evaluated on held-out corpora.
//!
//! Inside the sources every labelled one is left out once, and once in folds of speakers ([`crate::learn::inside`]); the
//! targets, if any, are evaluated by networks trained on all sources. One fixed model, scaled by its training data (zero-shot, method §5). Speech of a source
//! that is left out may be in the background of the others' augmentations ([`crate::data::augment`]), and the recipe was
//! chosen on the sources: for them the table is not blind.

use rayon::prelude::*;

use crate::data::corpora::{Corpus, join};
use crate::data::dataset::Dataset;
use crate::experiments::zero_shot::{RIDGE_LIMIT, line_reading, rho};
use crate::learn::baselines::{Additions, FeatureRidge};
use crate::learn::fit::{
    FitError, FittedNetwork, LineInNetwork, Precision, ReadingUse, Recipe, ShiftBy, fit,
};
use crate::learn::inside::{Inside, InsideRanks};
use crate::learn::line::LineSettings;
use crate::numeric::decimal::fixed;
use crate::numeric::statistics::mean_and_deviation;
use egemaps::catalogue::{FEATURE_COUNT, FEATURES};
use undertone::attribution::groups::Group;
use undertone::model::{Architecture, Objective};

/// Groups whose features are left out in the rows “without formants”: openSMILE's formants have known quirks
/// (specification, `3-formants-harmonics.md`), so their contribution is measured.
const FORMANTS: [Group; 3] = [Group::F1, Group::F2, Group::F3];

/// What is trained.
#[derive(Debug, Clone, PartialEq)]
pub enum Learner {
    /// Networks, one per seed.
    Network(Box<Recipe>),
    /// Ridge regression, its penalties chosen by rank inside the training data.
    Ridge(Additions),
    /// A line with these penalties.
    Line(LineSettings),
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

/// The rows for an objective: the shipped recipe, one change each (with the level as recorded two: augmentations exist at the
/// fixed level only), and linear models for comparison. Rows about the line and the label of readings are left out
/// where the objective uses neither.
pub fn variants(objective: Objective) -> Vec<Variant> {
    let shipped = || Recipe { objective, ..Recipe::shipped() };
    let published = || Recipe { objective, ..Recipe::published() };
    let network =
        |name, recipe, features| Variant { name, learner: Learner::Network(Box::new(recipe)), features };
    let linear = |name, learner, features| Variant { name, learner, features };
    let not_augmented = || Recipe { clean_share: 1.0, ..shipped() };
    let mut rows = vec![network("shipped recipe", shipped(), Features::Levelled)];
    let changed = |name, recipe| network(name, recipe, Features::Levelled);
    if let (Some(line), Some(reading)) = (shipped().line, shipped().reading) {
        let with_line = |line: LineInNetwork| Recipe { line: Some(line), ..shipped() };
        let settings = |settings: LineSettings| with_line(LineInNetwork { settings, ..line });
        let drawn = |often: f64| ReadingUse {
            weight: often * reading.weight,
            weight_in_clusters: often * reading.weight_in_clusters,
            ..reading
        };
        let of_reading = |reading: ReadingUse| Recipe { reading: Some(reading), ..shipped() };
        let of_labels = [
            changed("… without the line", Recipe { line: None, ..shipped() }),
            linear("… the line alone", Learner::Line(line.settings), Features::Levelled),
            changed("… the line without gains", settings(LineSettings { gains: false, ..line.settings })),
            changed(
                "… the line without channel penalty",
                settings(LineSettings { channel: 0.0, ..line.settings }),
            ),
            changed("… the line without reading", settings(LineSettings { reading: None, ..line.settings })),
            changed(
                "… reading as 2.8, as neutral speech",
                Recipe {
                    reading: Some(ReadingUse { activation: 2.8, ..reading }),
                    ..settings(LineSettings { reading: Some(2.8), ..line.settings })
                },
            ),
        ];
        if objective.has_own_score() {
            rows.extend(of_labels);
        }
        rows.extend([
            changed("… shifts between speakers", Recipe { shift_by: ShiftBy::Speakers, ..shipped() }),
            changed("… without shifts", Recipe { speaker_shift: 0.0, ..shipped() }),
            changed("… readings drawn a third as often", of_reading(drawn(1.0 / 3.0))),
            changed("… readings drawn three times as often", of_reading(drawn(3.0))),
            changed("… reading in shifts and line only", of_reading(drawn(0.0))),
            changed(
                "… without any reading, shifts between speakers",
                Recipe { reading: None, ..settings(LineSettings { reading: None, ..line.settings }) },
            ),
            changed("… labelled corpora as they fall", Recipe { corpus_exponent: 1.0, ..shipped() }),
            changed(
                "… without any reading, shifts between speakers, corpora as they fall",
                Recipe {
                    reading: None,
                    corpus_exponent: 1.0,
                    ..settings(LineSettings { reading: None, ..line.settings })
                },
            ),
            changed("… weights of 32 bits", Recipe { precision: Precision::Single, ..shipped() }),
        ]);
    }
    rows.extend([
        changed("… without augmentation", not_augmented()),
        network("… without augmentation, level as recorded", not_augmented(), Features::Recorded),
        changed("… without the initial bias", Recipe { initial_bias: 0.0, ..shipped() }),
        changed("… features limited to ± 10", Recipe { limit: published().limit, ..shipped() }),
        changed("… input noise of 1", Recipe { noise: published().noise, ..shipped() }),
        changed("… logarithm of the objective", Recipe { logarithm: true, ..shipped() }),
        changed("… VAE", Recipe { architecture: Architecture::Vae, ..shipped() }),
        network("… without formants", shipped(), Features::WithoutFormants),
        changed("the published recipe", published()),
        network("… level as recorded", published(), Features::Recorded),
        linear("ridge, penalty by rank", Learner::Ridge(Additions::None), Features::Levelled),
        linear("… level as recorded", Learner::Ridge(Additions::None), Features::Recorded),
        linear("… without formants", Learner::Ridge(Additions::None), Features::WithoutFormants),
        linear(
            "… gains and channel penalty, by rank",
            Learner::Ridge(Additions::GainsAndChannel),
            Features::Levelled,
        ),
    ]);
    rows
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

/// A row's results: one value per seed, a single one for a linear model.
#[derive(Debug, Clone, PartialEq)]
pub struct Ablation {
    /// The row's name.
    pub name: &'static str,
    /// Inside the sources, on what is left out of them.
    pub inside: Vec<InsideRanks>,
    /// For each target: Spearman of score and label.
    pub targets: Vec<Vec<f64>>,
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
            let tests: Vec<Dataset> = targets.iter().map(|target| data(&[target])).collect();
            let all = data(&sources.iter().collect::<Vec<_>>());
            let inside = Inside::new(&all);
            let mut parts: Vec<&Dataset> = inside.parts.iter().collect();
            if !tests.is_empty() {
                parts.push(&all);
            }
            let models = train(&variant.learner, &parts, seeds, tick)?;
            let ranks =
                |of_seed: &Vec<Trained>| inside.ranks(&all, |part, u| of_seed[part].score(&u.features));
            let on = |test: &Dataset| {
                let of = |model: &Trained| {
                    let scores: Vec<f64> = test.utterances.iter().map(|u| model.score(&u.features)).collect();
                    rho(&scores, test)
                };
                // The last part is all.
                models.iter().filter_map(|of_seed| of_seed.last()).map(of).collect::<Vec<f64>>()
            };
            Ok(Ablation {
                name: variant.name,
                inside: models.iter().map(ranks).collect(),
                targets: tests.iter().map(on).collect(),
            })
        })
        .collect()
}

/// Epochs that [`ablate`] takes, for a progress bar.
pub fn epochs(corpora: &AblationCorpora<'_>, variants: &[Variant], seeds: usize) -> usize {
    let (all, _) = join(&corpora.sources.iter().collect::<Vec<_>>());
    let trainings = Inside::new(&all).parts.len() + usize::from(!corpora.targets.is_empty());
    let of_recipe = |variant: &Variant| match &variant.learner {
        Learner::Network(recipe) => recipe.epochs,
        Learner::Ridge(_) | Learner::Line(_) => 0,
    };
    variants.iter().map(of_recipe).sum::<usize>() * seeds * trainings
}

/// A trained learner.
enum Trained {
    Network(Box<FittedNetwork>),
    Line(Box<FeatureRidge>),
}

impl Trained {
    fn score(&self, features: &[f32; FEATURE_COUNT]) -> f64 {
        match self {
            Trained::Network(network) => network.score(network.latent(&network.standardise(features))),
            Trained::Line(line) => line.score(features),
        }
    }
}

/// Per seed (one for a linear model) what is trained on each part.
fn train(
    learner: &Learner,
    parts: &[&Dataset],
    seeds: &[u64],
    tick: &(dyn Fn() + Sync),
) -> Result<Vec<Vec<Trained>>, FitError> {
    let lines = |line: &(dyn Fn(&Dataset) -> FeatureRidge + Sync)| {
        vec![parts.par_iter().map(|part| Trained::Line(Box::new(line(part)))).collect()]
    };
    let reading = line_reading(&Recipe::shipped());
    Ok(match learner {
        Learner::Network(recipe) => {
            let all: Vec<(u64, &Dataset)> =
                seeds.iter().flat_map(|&seed| parts.iter().map(move |part| (seed, *part))).collect();
            let networks: Vec<Result<FittedNetwork, FitError>> =
                all.into_par_iter().map(|(seed, part)| fit(part, recipe, seed, tick)).collect();
            let networks = networks.into_iter().collect::<Result<Vec<_>, _>>()?;
            let mut networks = networks.into_iter().map(|network| Trained::Network(Box::new(network)));
            seeds.iter().map(|_| networks.by_ref().take(parts.len()).collect()).collect()
        }
        Learner::Ridge(additions) => {
            lines(&|part| FeatureRidge::by_rank(part, RIDGE_LIMIT, *additions, reading))
        }
        Learner::Line(settings) => lines(&|part| FeatureRidge::fit(part, RIDGE_LIMIT, *settings)),
    })
}

/// The data with the features of some groups set to a constant, in the variants too, so that they carry no information.
fn without(mut data: Dataset, groups: &[Group]) -> Dataset {
    let gone: Vec<usize> =
        (0..FEATURE_COUNT).filter(|&i| groups.contains(&Group::of(&FEATURES[i]))).collect();
    let labelled = data.utterances.iter_mut().map(|u| (&mut u.features, &mut u.variants));
    let readings = data.readings.iter_mut().map(|r| (&mut r.features, &mut r.variants));
    for (features, variants) in labelled.chain(readings) {
        let conditions = variants.under_conditions.iter_mut().flatten();
        for features in std::iter::once(features).chain(&mut variants.augmented).chain(conditions) {
            for &i in &gone {
                features[i] = 0.0;
            }
        }
    }
    data
}

/// The table in Markdown.
pub fn table(corpora: &AblationCorpora<'_>, rows: &[Ablation]) -> String {
    let labelled = || corpora.sources.iter().filter(|corpus| !corpus.rows.is_empty());
    let mut columns = Vec::new();
    if labelled().count() > 1 {
        columns.extend(labelled().map(|corpus| format!("{}, left out", corpus.id)));
    }
    columns.extend(labelled().map(|corpus| format!("{}, speakers left out", corpus.id)));
    columns.push("mean of these".to_owned());
    columns.extend(corpora.targets.iter().map(|t| t.id.clone()));
    let mut text = format!("| | {} |\n|---|{}\n", columns.join(" | "), "---|".repeat(columns.len()));
    for row in rows {
        let of = |pick: &dyn Fn(&InsideRanks) -> Vec<f64>| -> Vec<Vec<f64>> {
            let per_seed: Vec<Vec<f64>> = row.inside.iter().map(pick).collect();
            let columns = per_seed.first().map_or(0, Vec::len);
            (0..columns).map(|k| per_seed.iter().map(|ranks| ranks[k]).collect()).collect()
        };
        let mut cells = of(&|ranks| ranks.corpus_left_out.clone());
        cells.extend(of(&|ranks| ranks.speaker_left_out.clone()));
        cells.extend(of(&|ranks| vec![ranks.mean()]));
        cells.extend(row.targets.iter().cloned());
        text += &format!("| {} |", row.name);
        for values in cells {
            let (mean, deviation) = mean_and_deviation(&values);
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
            quick("ridge", Learner::Ridge(Additions::None), Features::Levelled),
        ];
        let ticks = std::sync::atomic::AtomicUsize::new(0);
        let tick = || {
            ticks.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        };
        let results = ablate(&corpora, &rows, &[1, 2], &tick).unwrap();
        assert_eq!(ticks.into_inner(), epochs(&corpora, &rows, 2));
        assert_eq!((results[0].inside.len(), results[1].inside.len()), (2, 1));
        for result in &results {
            assert!(result.targets.iter().flatten().all(|rho| *rho > 0.4), "{results:?}");
            let ranks =
                result.inside.iter().flat_map(|r| r.corpus_left_out.iter().chain(&r.speaker_left_out));
            assert!(ranks.clone().count() == 4 * result.inside.len() && ranks.clone().all(|rho| *rho > 0.4));
            // Held out, and the same corpus among the training data: not the same networks.
            assert_ne!(result.inside[0].corpus_left_out[1], result.targets[0][0]);
        }
        let text = table(&corpora, &results);
        let columns = "c0, left out | c1, left out | c0, speakers left out | c1, speakers left out | mean of these | c1";
        assert!(text.starts_with(&format!("| | {columns} |\n")), "{text}");
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
            quick("levelled", Learner::Ridge(Additions::None), Features::Levelled),
            quick("recorded", Learner::Ridge(Additions::None), Features::Recorded),
        ];
        let results = ablate(&corpora, &rows, &[1], &|| ()).unwrap();
        assert!(results[0].targets[0][0] > 0.4, "{results:?}");
        assert_eq!(results[1].targets[0][0], 0.0);
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
        for rows in Objective::ALL.map(variants) {
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
                    Learner::Ridge(additions) => assert_eq!(*additions, Additions::None),
                    Learner::Line(_) => panic!("{}", row.name),
                }
            }
        }
    }
}
