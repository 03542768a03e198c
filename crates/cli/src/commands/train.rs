//! `undertone train`: a weights file and its card from labelled speech.

use std::path::PathBuf;
use std::process::Command;

use jiff::civil::Date;

use super::date::{parse_date, today};
use super::error::CommandError;
use super::names::{architecture_names, objective_names, parse_architecture, parse_objective};
use super::sources::{CorpusOptions, Source, sources_help};
use super::{read_corpora, variants};
use crate::data::corpora::Corpus;
use crate::io::batch::Outcome;
use crate::io::names::shown;
use crate::io::{output, terminal};
use crate::learn::fit::Recipe;
use crate::release::card::card;
use crate::release::final_model::{self, train_final_model};
use crate::release::test_result;
use undertone::model::{Architecture, Objective, Provenance};

/// Trains a model by one of the objectives of Das et al. (2022) and writes its weights and its card.
///
/// The same data, program and seed give the same weights on every machine.
#[derive(Debug, clap::Args)]
#[command(after_long_help = sources_help())]
pub struct Args {
    /// Training corpus: NAME=FOLDER or a .csv table, see below; may be given several times
    #[arg(long = "corpus", value_name = "SOURCE", required = true)]
    corpora: Vec<Source>,
    /// Test corpus, for the card; never trained on
    #[arg(long = "test", value_name = "SOURCE")]
    tests: Vec<Source>,
    #[command(flatten)]
    options: CorpusOptions,
    #[arg(
        long,
        value_name = "NAME",
        default_value = "metric-act",
        value_parser = parse_objective,
        help = format!("What the latent space is trained for, besides reconstruction: {}", objective_names())
    )]
    objective: Objective,
    #[arg(
        long,
        alias = "family",
        value_name = "NAME",
        default_value = "dae",
        value_parser = parse_architecture,
        help = format!("Kind of autoencoder, denoising or variational: {}", architecture_names())
    )]
    architecture: Architecture,
    /// The objective as in the code released with Das et al.: the second root of metric-cluster, and the logarithm
    #[arg(long)]
    as_released: bool,
    /// Minimise the logarithm of the objective (no effect on unsupervised)
    #[arg(long)]
    logarithm: bool,
    /// Augmentation: degraded versions of the recordings to train on, and conditions to calibrate the interval on, all or
    /// none. Tables of features have no sound and get none
    #[arg(long, alias = "versions", value_name = "WHICH", default_value = "all")]
    augmentation: AugmentationChoice,
    /// Where the weights go; the card goes beside them, with the extension .md [default: OBJECTIVE.safetensors]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Seed of every random number
    #[arg(long, default_value_t = 4)]
    seed: u64,
    /// Passes over the data [default: the recipe's]
    #[arg(long)]
    epochs: Option<usize>,
    /// Date in the weights file, YYYY-MM-DD [default: SOURCE_DATE_EPOCH or today]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,
}

/// Whether recordings are augmented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum AugmentationChoice {
    /// Every augmentation and condition.
    All,
    /// Recordings as they are.
    None,
}

/// Runs the command.
///
/// # Errors
/// [`CommandError`] if a corpus cannot be used, or if something cannot be written.
pub fn run(args: &Args) -> Result<Outcome, CommandError> {
    let recipe = recipe(args);
    let path =
        args.output.clone().unwrap_or_else(|| format!("{}.safetensors", recipe.objective.name()).into());
    let card_path = path.with_extension("md");
    // Before hours of training.
    output::distinct(&[("--output", Some(&path)), ("the model card beside it (.md)", Some(&card_path))])?;
    for output in [&path, &card_path] {
        output::refuse(Some(output), args.corpora.iter().chain(&args.tests).flat_map(Source::tables))?;
    }
    let date = args.date.map_or_else(today, Ok)?;
    let mut train = read_corpora::read(&args.corpora, &args.options)?;
    let tests = read_corpora::read_labelled(&args.tests, &args.options)?;
    read_corpora::check_valence(&train, &[args.objective])?;
    read_corpora::check_not_trained_on(&train, &tests)?;
    if args.augmentation == AugmentationChoice::All {
        variants::add_all(&mut train, &args.corpora, &args.options)?;
    }
    let provenance = Provenance {
        name: recipe_name(&recipe, &train),
        seed: args.seed,
        epochs: recipe.epochs as u32,
        date: date.to_string(),
        commit: commit(),
        version: undertone::VERSION.to_owned(),
    };
    let bar = terminal::epochs_bar(final_model::epochs(
        &recipe,
        train.iter().filter(|corpus| !corpus.rows.is_empty()).count(),
    ));
    let corpora: Vec<&Corpus> = train.iter().collect();
    let trained = train_final_model(&corpora, &recipe, provenance, &|| bar.inc(1));
    bar.finish_and_clear();
    let trained = trained?;
    let test_results: Vec<_> = tests.iter().map(|test| test_result::evaluate(&trained.model, test)).collect();

    let bytes =
        trained.model.to_bytes().map_err(|source| CommandError::Model { path: path.clone(), source })?;
    output::write(Some(&path), &bytes)?;
    let card = card(&trained, &recipe, &command_line(), &test_results);
    output::write(Some(&card_path), card.as_bytes())?;
    terminal::message(&format!(
        "{}: {} bytes, SHA-256 {}",
        shown(&path),
        bytes.len(),
        trained.model.info().hash
    ));
    Ok(Outcome::Complete)
}

fn recipe(args: &Args) -> Recipe {
    let shipped = Recipe::shipped();
    Recipe {
        objective: args.objective,
        architecture: args.architecture,
        as_released: args.as_released,
        logarithm: args.logarithm || args.as_released,
        epochs: args.epochs.unwrap_or(shipped.epochs),
        ..shipped
    }
}

/// Whether any recording has augmentations.
fn has_augmentations(corpora: &[Corpus]) -> bool {
    let labelled = corpora.iter().flat_map(|c| &c.rows).map(|row| &row.variants);
    let readings = corpora.iter().flat_map(|c| &c.readings).map(|row| &row.variants);
    labelled.chain(readings).any(|variants| !variants.augmented.is_empty())
}

/// Name of the recipe in the file and on its card: what it adds to the training published by Das et al., and whether it
/// uses the objective of the released code. The names stand in weights files: they do not change.
fn recipe_name(recipe: &Recipe, train: &[Corpus]) -> String {
    let readings = train.iter().any(|corpus| !corpus.readings.is_empty());
    let mut parts = Vec::new();
    if has_augmentations(train) {
        parts.push("degraded versions");
    }
    parts.push(if readings { "reader shift" } else { "speaker shift" });
    parts.push("open start");
    if recipe.line.is_some() && recipe.objective.has_own_score() {
        parts.push("line");
    }
    if recipe.as_released {
        parts.push("objective as released");
    } else if recipe.logarithm {
        parts.push("logarithm");
    }
    parts.join(", ")
}

/// This command as it was typed, from the program's name on.
fn command_line() -> String {
    let arguments = std::env::args().skip(1);
    std::iter::once("undertone".to_owned()).chain(arguments).collect::<Vec<_>>().join(" ")
}

/// The commit of the working folder, marked as dirty if more than the built-in models (which training writes) was changed;
/// `unknown` outside a repository.
fn commit() -> String {
    let git = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).output().ok()?;
        let text = String::from_utf8(output.stdout).ok()?;
        output.status.success().then(|| text.trim().to_owned())
    };
    let changed = ["status", "--porcelain", "--untracked-files=no", "--", ":(top)", ":(top,exclude)models"];
    match (git(&["rev-parse", "HEAD"]), git(&changed)) {
        (Some(commit), Some(files)) if files.is_empty() => commit,
        (Some(commit), _) => commit + "-dirty",
        (None, _) => "unknown".to_owned(),
    }
}
