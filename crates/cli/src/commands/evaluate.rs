//! `undertone evaluate`: how well scores follow ratings, against baselines.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::corpora::{self, Places, Source};
use super::score::{self, Weights};
use super::{CommandError, parse_architecture, parse_objective, renditions};
use crate::data::corpora::Corpus;
use crate::experiments::ablation;
use crate::experiments::replication::keep::Keep;
use crate::experiments::replication::plan::{Grouping, Plan, Scaling, seeds};
use crate::experiments::replication::{Material, report, study, summary};
use crate::experiments::zero_shot::{table, zero_shot};
use crate::io::WriteError;
use crate::io::batch::Outcome;
use crate::io::output::Output;
use crate::learn::fit::Recipe;
use crate::release::test_result::{self, test_result_table};
use undertone::model::{Architecture, Objective};

/// Measures how well scores follow the labels of corpora that were not trained on.
///
/// With --source: the study. Trains networks of every objective and architecture over seeds and folds, beside ridge regression,
/// the best single feature, an oracle and chance; writes results.md, results.csv and results.json. It may be stopped and
/// started again: finished runs are kept in the output folder.
///
/// With --source and --zero-shot: a table, on standard output, of networks trained on all of the source.
///
/// With --source and --ablations: the same for the shipped recipe with one thing changed at a time, and with each source left
/// out.
///
/// Without --source: judges by a weights file, its interval and its flags included, on standard output.
#[derive(Debug, clap::Args)]
#[command(after_long_help = corpora::sources_help())]
pub struct Args {
    /// Training corpus: NAME=FOLDER or a .csv table, see below; may be given several times
    #[arg(long = "source", value_name = "SOURCE")]
    sources: Vec<Source>,
    /// Test corpus, named in the same way
    #[arg(long = "target", value_name = "SOURCE", required = true)]
    targets: Vec<Source>,
    #[command(flatten)]
    places: Places,
    /// Folder for the study's results
    #[arg(short, long, value_name = "DIR", default_value = "study")]
    output: PathBuf,
    /// Number of seeds (the study: 4, 13, 6, 47, 59)
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    seeds: u16,
    /// Folds per seed
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(2..))]
    folds: u16,
    /// How folds are dealt out: stratified (by emotion), speaker, or both with a comma between
    #[arg(long, value_delimiter = ',', default_value = "stratified,speaker", value_parser = parse_grouping)]
    grouping: Vec<Grouping>,
    /// Objectives: unsupervised, metric-cluster, metric-act, metric-val
    #[arg(
        long = "objective",
        value_delimiter = ',',
        default_value = "unsupervised,metric-cluster,metric-act,metric-val",
        value_parser = parse_objective
    )]
    objectives: Vec<Objective>,
    /// Kinds of autoencoder: dae (denoising), vae (variational)
    #[arg(long = "architecture", alias = "family", value_delimiter = ',', default_value = "dae,vae", value_parser = parse_architecture)]
    architectures: Vec<Architecture>,
    /// Recipes: study (the study's plain training), shipped (on degraded versions, too; the sources' folders are read in
    /// seven more versions) [default: study; with --zero-shot: shipped]
    #[arg(long = "recipe", value_delimiter = ',')]
    recipes: Vec<RecipeName>,
    /// Whose mean and deviation scale a target's features: source (training data), corpus (the target's own)
    #[arg(long, value_delimiter = ',', default_value = "source", value_parser = parse_scaling)]
    scaling: Vec<Scaling>,
    /// Print the zero-shot table instead: networks with seeds 1, 2, …, each trained on all of the source
    #[arg(long, requires = "sources")]
    zero_shot: bool,
    /// Print the ablations instead: the shipped recipe with one thing changed at a time, seeds as for --zero-shot; takes
    /// folders only
    #[arg(long, requires = "sources", conflicts_with_all = ["zero_shot", "recipes", "folds", "grouping", "objectives", "architectures", "scaling"])]
    ablations: bool,
    /// Built-in model or weights file to judge by, without --source
    #[arg(long, value_name = "NAME|FILE", default_value = "metric-act", conflicts_with = "sources")]
    model: Weights,
}

/// A recipe by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RecipeName {
    Study,
    Shipped,
}

impl FromStr for RecipeName {
    type Err = String;

    fn from_str(text: &str) -> Result<RecipeName, String> {
        by_name(text, &[RecipeName::Study, RecipeName::Shipped], RecipeName::name)
    }
}

impl RecipeName {
    const fn name(self) -> &'static str {
        match self {
            RecipeName::Study => "study",
            RecipeName::Shipped => "shipped",
        }
    }

    fn recipe(self) -> Recipe {
        match self {
            RecipeName::Study => Recipe::plain(),
            RecipeName::Shipped => Recipe::shipped(),
        }
    }
}

fn by_name<T: Copy>(text: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Result<T, String> {
    all.iter().copied().find(|&item| name(item) == text).ok_or_else(|| {
        format!("“{text}” is none of {}", all.iter().map(|&item| name(item)).collect::<Vec<_>>().join(", "))
    })
}

fn parse_grouping(text: &str) -> Result<Grouping, String> {
    by_name(text, &Grouping::ALL, Grouping::name)
}

fn parse_scaling(text: &str) -> Result<Scaling, String> {
    by_name(text, &Scaling::ALL, Scaling::name)
}

/// What was given, each once, in the order given.
fn once<T: Copy + PartialEq>(items: &[T]) -> Vec<T> {
    let mut unique = Vec::new();
    for item in items {
        if !unique.contains(item) {
            unique.push(*item);
        }
    }
    unique
}

/// Runs the command.
///
/// # Errors
/// [`CommandError`] if a corpus or the weights cannot be used, or if the output cannot be written.
pub fn run(args: &Args) -> Result<Outcome, CommandError> {
    let targets = corpora::read(&args.targets, &args.places)?;
    if args.sources.is_empty() {
        let model = score::load(&args.model)?;
        print(&test_result_table(
            &targets.iter().map(|target| test_result::evaluate(&model, target)).collect::<Vec<_>>(),
        ))?;
    } else {
        let mut sources = corpora::read(&args.sources, &args.places)?;
        if args.ablations || recipes(args).iter().any(|name| name.recipe().clean_share < 1.0) {
            renditions::add_versions(&mut sources, &args.sources, &args.places)?;
        }
        if args.ablations {
            return print_ablations(args, &sources, &targets);
        }
        let (sources, targets) = (corpora::borrowed(&sources), corpora::borrowed(&targets));
        if args.zero_shot {
            print_zero_shot(args, &sources, &targets)?;
        } else {
            do_study(args, &sources, &targets)?;
        }
    }
    Ok(Outcome::Complete)
}

/// The recipes asked for, each once; the zero-shot table is of the first only.
fn recipes(args: &Args) -> Vec<RecipeName> {
    match (args.zero_shot, args.recipes.as_slice()) {
        (true, []) => vec![RecipeName::Shipped],
        (true, [first, ..]) => vec![*first],
        (false, []) => vec![RecipeName::Study],
        (false, all) => once(all),
    }
}

fn print(text: &str) -> Result<(), CommandError> {
    let mut output = Output::open(None)?;
    write!(output, "{text}").map_err(|error| output.failure(error))?;
    Ok(output.commit()?)
}

fn print_zero_shot(args: &Args, sources: &[&Corpus], targets: &[&Corpus]) -> Result<(), CommandError> {
    let recipe = recipes(args).first().map_or_else(Recipe::shipped, |name| name.recipe());
    let seeds: Vec<u64> = (1..=u64::from(args.seeds)).collect();
    let bar = epochs_bar(recipe.epochs * seeds.len());
    let rows = zero_shot(sources, targets, &recipe, &seeds, &|| bar.inc(1));
    bar.finish_and_clear();
    print(&table(&rows?))
}

fn print_ablations(args: &Args, sources: &[Corpus], targets: &[Corpus]) -> Result<Outcome, CommandError> {
    let recorded = |list: &[Source]| -> Result<Vec<Corpus>, CommandError> {
        list.iter().map(|source| corpora::read_recorded(source, &args.places)).collect()
    };
    let (recorded_sources, recorded_targets) = (recorded(&args.sources)?, recorded(&args.targets)?);
    let material = ablation::Material {
        sources,
        recorded_sources: &recorded_sources,
        targets,
        recorded_targets: &recorded_targets,
    };
    let variants = ablation::variants();
    let seeds: Vec<u64> = (1..=u64::from(args.seeds)).collect();
    let bar = epochs_bar(ablation::epochs(&material, &variants, seeds.len()));
    let rows = ablation::ablate(&material, &variants, &seeds, &|| bar.inc(1));
    bar.finish_and_clear();
    print(&ablation::table(&material, &rows?))?;
    Ok(Outcome::Complete)
}

fn epochs_bar(epochs: usize) -> indicatif::ProgressBar {
    corpora::bar("{msg} {bar:30} {pos}/{len} epochs, {eta} left", epochs, "training")
}

fn do_study(args: &Args, sources: &[&Corpus], targets: &[&Corpus]) -> Result<(), CommandError> {
    let plan = Plan {
        seeds: seeds(usize::from(args.seeds)),
        folds: usize::from(args.folds),
        groupings: once(&args.grouping),
        objectives: once(&args.objectives),
        architectures: once(&args.architectures),
        recipes: recipes(args).into_iter().map(|name| (name.name().to_owned(), name.recipe())).collect(),
        scalings: once(&args.scaling),
    };
    let material = Material::new(sources, targets);
    let keep = Keep::open(&args.output.join("runs"))?;
    let bar = epochs_bar(plan.epochs());
    let results = study(&material, &plan, &keep, &|epochs| bar.inc(epochs as u64));
    bar.finish_and_clear();
    let figures = summary::summarise(&material, &plan, &results?);
    write_to(&args.output, "results.csv", &report::csv(&figures)?)?;
    write_to(&args.output, "results.json", &report::json(&material, &plan, &figures)?)?;
    write_to(&args.output, "results.md", report::markdown(&material, &plan, &figures).as_bytes())?;
    corpora::say(&format!("wrote results.md, results.csv and results.json to {}", args.output.display()));
    Ok(())
}

fn write_to(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), CommandError> {
    fs::create_dir_all(folder).map_err(|source| WriteError { path: folder.to_owned(), source })?;
    let mut output = Output::open(Some(&folder.join(name)))?;
    output.write_all(bytes).map_err(|error| output.failure(error))?;
    Ok(output.commit()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_and_unknown_ones_answered_with_the_list() {
        assert_eq!(parse_objective("metric-val"), Ok(Objective::MetricVal));
        assert_eq!("shipped".parse(), Ok(RecipeName::Shipped));
        assert_eq!(parse_grouping("all"), Err("“all” is none of stratified, speaker".to_owned()));
        assert_eq!(once(&[3, 1, 3, 3, 2]), [3, 1, 2]);
    }
}
