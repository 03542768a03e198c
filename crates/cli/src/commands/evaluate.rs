//! `undertone evaluate`: how well scores follow ratings, against baselines.

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::error::CommandError;
use super::names::{architecture_names, by_name, objective_names, parse_architecture, parse_objective};
use super::sources::{CorpusOptions, Source, sources_help};
use super::weights::{Weights, load};
use super::{read_corpora, variants};
use crate::data::corpora::Corpus;
use crate::experiments::ablation;
use crate::experiments::replication::corpora::Corpora;
use crate::experiments::replication::plan::{Grouping, Plan, Scaling, seeds};
use crate::experiments::replication::replicate::replicate;
use crate::experiments::replication::run_store::RunStore;
use crate::experiments::replication::{report, summary};
use crate::experiments::zero_shot::{table, zero_shot};
use crate::io::batch::Outcome;
use crate::io::names::shown;
use crate::io::{WriteError, output, terminal};
use crate::learn::fit::Recipe;
use crate::release::test_result::{self, test_result_table};
use undertone::model::{Architecture, Objective};

/// Measures how well scores follow the labels of corpora that were not trained on.
///
/// With --source: the replication of Das et al. (2022). Trains networks of every objective and architecture over seeds and
/// folds, and compares them with ridge regression, the best single feature, an oracle and chance; writes results.md,
/// results.csv and results.json. It may be stopped and started again: finished runs are stored in the output folder.
///
/// With --source and --zero-shot: a table, on standard output, of networks trained on all of the source.
///
/// With --source and --ablations: a table, on standard output, of the shipped recipe with one thing changed at a time, on each
/// source left out, on speakers left out of them, and on the targets.
///
/// Without --source: a table, on standard output, of one weights file with its interval and its flags.
#[derive(Debug, clap::Args)]
#[command(after_long_help = sources_help())]
pub struct Args {
    /// Training corpus: NAME=FOLDER or a .csv table, see below; may be given several times
    #[arg(long = "source", value_name = "SOURCE")]
    sources: Vec<Source>,
    /// Test corpus, named in the same way; --ablations go without, too
    #[arg(long = "target", value_name = "SOURCE", required_unless_present = "ablations")]
    targets: Vec<Source>,
    #[command(flatten)]
    options: CorpusOptions,
    /// Folder for the results of the replication
    #[arg(short, long, value_name = "DIR", default_value = "replication")]
    output: PathBuf,
    /// Number of seeds (those of Das et al. first: 4, 13, 6, 47, 59)
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    seeds: u16,
    /// Folds per seed
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(2..))]
    folds: u16,
    /// Folds: stratified (by emotion), speaker (speaker-independent), or both with a comma between
    #[arg(long, value_delimiter = ',', default_value = "stratified,speaker", value_parser = parse_grouping)]
    grouping: Vec<Grouping>,
    #[arg(
        long = "objective",
        value_name = "NAME",
        value_delimiter = ',',
        value_parser = parse_objective,
        help = format!("Objectives, of: {} [default: all; with --ablations: metric-act]", objective_names())
    )]
    objectives: Vec<Objective>,
    #[arg(
        long = "architecture",
        alias = "family",
        value_name = "NAME",
        value_delimiter = ',',
        default_values = Architecture::ALL.map(Architecture::name),
        value_parser = parse_architecture,
        help = format!("Kinds of autoencoder, denoising or variational, of: {}", architecture_names())
    )]
    architectures: Vec<Architecture>,
    /// Recipes: published (the training of Das et al.), shipped (that of the built-in models; augments the recordings in the
    /// sources' folders) [default: published; with --zero-shot: shipped]
    #[arg(long = "recipe", value_delimiter = ',')]
    recipes: Vec<RecipeName>,
    /// Whose mean and deviation standardise a target's features: source (training data), corpus (the target's own)
    #[arg(long, value_delimiter = ',', default_value = "source", value_parser = parse_scaling)]
    scaling: Vec<Scaling>,
    /// Print the zero-shot table instead: networks with seeds 1, 2, …, each trained on all of the source
    #[arg(long, requires = "sources")]
    zero_shot: bool,
    /// Print the ablations instead, a table for each --objective: the shipped recipe with one thing changed at a time, seeds as
    /// for --zero-shot; takes folders only
    #[arg(long, requires = "sources", conflicts_with_all = ["zero_shot", "recipes", "folds", "grouping", "architectures", "scaling"])]
    ablations: bool,
    /// Built-in model or weights file to evaluate, without --source
    #[arg(long, value_name = "NAME|FILE", default_value = "metric-act", conflicts_with = "sources")]
    model: Weights,
}

/// A recipe by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RecipeName {
    Published,
    Shipped,
}

impl FromStr for RecipeName {
    type Err = String;

    fn from_str(text: &str) -> Result<RecipeName, String> {
        // Its name before it was told apart from the replication.
        let text = if text == "study" { RecipeName::Published.name() } else { text };
        by_name("recipe", text, &[RecipeName::Published, RecipeName::Shipped], RecipeName::name)
    }
}

impl RecipeName {
    const fn name(self) -> &'static str {
        match self {
            RecipeName::Published => "published",
            RecipeName::Shipped => "shipped",
        }
    }

    fn recipe(self) -> Recipe {
        match self {
            RecipeName::Published => Recipe::published(),
            RecipeName::Shipped => Recipe::shipped(),
        }
    }
}

fn parse_grouping(text: &str) -> Result<Grouping, String> {
    by_name("grouping", text, &Grouping::ALL, Grouping::name)
}

fn parse_scaling(text: &str) -> Result<Scaling, String> {
    by_name("scaling", text, &Scaling::ALL, Scaling::name)
}

/// The items without repetitions, in the order given.
fn unique<T: Copy + PartialEq>(items: &[T]) -> Vec<T> {
    let mut result = Vec::new();
    for item in items {
        if !result.contains(item) {
            result.push(*item);
        }
    }
    result
}

/// The items given, each once, or the default if there are none.
fn chosen<T: Copy + PartialEq>(given: &[T], default: &[T]) -> Vec<T> {
    unique(if given.is_empty() { default } else { given })
}

/// Runs the command.
///
/// # Errors
/// [`CommandError`] if a corpus or the weights cannot be used, or if the output cannot be written.
pub fn run(args: &Args) -> Result<Outcome, CommandError> {
    let targets = read_corpora::read_labelled(&args.targets, &args.options)?;
    if args.sources.is_empty() {
        let model = load(&args.model)?;
        print(&test_result_table(
            &targets.iter().map(|target| test_result::evaluate(&model, target)).collect::<Vec<_>>(),
        ))?;
    } else {
        let mut sources = read_corpora::read(&args.sources, &args.options)?;
        read_corpora::check_valence(&sources, &objectives(args))?;
        read_corpora::check_not_trained_on(&sources, &targets)?;
        if args.ablations || recipes(args).iter().any(|name| name.recipe().clean_share < 1.0) {
            variants::add_augmentations(&mut sources, &args.sources, &args.options)?;
        }
        if args.ablations {
            return print_ablations(args, &sources, &targets);
        }
        let (sources, targets): (Vec<&Corpus>, Vec<&Corpus>) =
            (sources.iter().collect(), targets.iter().collect());
        if args.zero_shot {
            print_zero_shot(args, &sources, &targets)?;
        } else {
            write_replication(args, &sources, &targets)?;
        }
    }
    Ok(Outcome::Complete)
}

/// The objectives that networks will be trained by.
fn objectives(args: &Args) -> Vec<Objective> {
    if args.ablations {
        chosen(&args.objectives, &[Objective::MetricAct])
    } else if args.zero_shot {
        recipes(args).iter().map(|name| name.recipe().objective).collect()
    } else {
        chosen(&args.objectives, &Objective::ALL)
    }
}

/// The recipes asked for, each once; the zero-shot table is of the first only.
fn recipes(args: &Args) -> Vec<RecipeName> {
    match (args.zero_shot, args.recipes.as_slice()) {
        (true, []) => vec![RecipeName::Shipped],
        (true, [first, ..]) => vec![*first],
        (false, []) => vec![RecipeName::Published],
        (false, all) => unique(all),
    }
}

fn print(text: &str) -> Result<(), CommandError> {
    Ok(output::write(None, text.as_bytes())?)
}

fn print_zero_shot(args: &Args, sources: &[&Corpus], targets: &[&Corpus]) -> Result<(), CommandError> {
    let recipe = recipes(args).first().map_or_else(Recipe::shipped, |name| name.recipe());
    let seeds: Vec<u64> = (1..=u64::from(args.seeds)).collect();
    let bar = terminal::epochs_bar(recipe.epochs * seeds.len());
    let rows = zero_shot(sources, targets, &recipe, &seeds, &|| bar.inc(1));
    bar.finish_and_clear();
    print(&table(&rows?))
}

fn print_ablations(args: &Args, sources: &[Corpus], targets: &[Corpus]) -> Result<Outcome, CommandError> {
    let recorded = |list: &[Source]| -> Result<Vec<Corpus>, CommandError> {
        list.iter().map(|source| read_corpora::read_at_recorded_level(source, &args.options)).collect()
    };
    let (recorded_sources, recorded_targets) = (recorded(&args.sources)?, recorded(&args.targets)?);
    let corpora = ablation::AblationCorpora {
        sources,
        recorded_sources: &recorded_sources,
        targets,
        recorded_targets: &recorded_targets,
    };
    let seeds: Vec<u64> = (1..=u64::from(args.seeds)).collect();
    for objective in objectives(args) {
        let variants = ablation::variants(objective);
        let bar = terminal::epochs_bar(ablation::epochs(&corpora, &variants, seeds.len()));
        let rows = ablation::ablate(&corpora, &variants, &seeds, &|| bar.inc(1));
        bar.finish_and_clear();
        print(&format!("{}\n\n{}\n", objective.name(), ablation::table(&corpora, &rows?)))?;
    }
    Ok(Outcome::Complete)
}

fn write_replication(args: &Args, sources: &[&Corpus], targets: &[&Corpus]) -> Result<(), CommandError> {
    let plan = Plan {
        seeds: seeds(usize::from(args.seeds)),
        folds: usize::from(args.folds),
        groupings: unique(&args.grouping),
        objectives: objectives(args),
        architectures: unique(&args.architectures),
        recipes: recipes(args).into_iter().map(|name| (name.name().to_owned(), name.recipe())).collect(),
        scalings: unique(&args.scaling),
    };
    let corpora = Corpora::new(sources, targets);
    let store = RunStore::open(&args.output.join("runs"))?;
    let bar = terminal::epochs_bar(plan.epochs());
    let results = replicate(&corpora, &plan, &store, &|epochs| bar.inc(epochs as u64));
    bar.finish_and_clear();
    let statistics = summary::summarise(&corpora, &plan, &results?);
    write_to(&args.output, "results.csv", &report::csv(&statistics)?)?;
    write_to(&args.output, "results.json", &report::json(&corpora, &plan, &statistics)?)?;
    write_to(&args.output, "results.md", report::markdown(&corpora, &plan, &statistics).as_bytes())?;
    terminal::message(&format!("wrote results.md, results.csv and results.json to {}", shown(&args.output)));
    Ok(())
}

fn write_to(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), CommandError> {
    fs::create_dir_all(folder).map_err(|source| WriteError::failed(folder, source))?;
    Ok(output::write(Some(&folder.join(name)), bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipes_and_groupings_are_found_by_name_and_unknown_ones_answered_with_the_list() {
        assert_eq!("shipped".parse(), Ok(RecipeName::Shipped));
        assert_eq!("study".parse(), Ok(RecipeName::Published));
        assert_eq!(
            parse_grouping("all"),
            Err("unknown grouping “all”; known: stratified, speaker".to_owned())
        );
        assert_eq!(unique(&[3, 1, 3, 3, 2]), [3, 1, 2]);
        assert_eq!((chosen(&[2, 2], &[1]), chosen(&[], &[1])), (vec![2], vec![1]));
    }
}
