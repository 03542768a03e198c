//! `undertone evaluate`: how well scores follow ratings, in Markdown on standard output.

use std::io::Write;

use super::corpora::{self, Places, Source};
use super::output::Output;
use super::score::{self, Weights};
use super::{CommandError, Outcome};
use crate::training::fit::Recipe;
use crate::training::zero_shot::{judge, judgement_table, table, zero_shot};

/// Measures rank correlation with the labels of corpora that were not trained on.
///
/// With --train: trains networks and baselines on those corpora. Without: judges by a weights file, its interval and
/// its flags included.
#[derive(Debug, clap::Args)]
#[command(after_long_help = corpora::sources_help())]
pub struct Args {
    /// Training corpus: NAME=FOLDER or a .csv table, see below; may be given several times
    #[arg(long = "train", value_name = "SOURCE")]
    train: Vec<Source>,
    /// Test corpus, named in the same way
    #[arg(long = "test", value_name = "SOURCE", required = true)]
    tests: Vec<Source>,
    #[command(flatten)]
    places: Places,
    /// Number of networks, each with its own seed
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..))]
    seeds: u64,
    /// Train by the study's plain recipe instead of the shipped one
    #[arg(long)]
    plain: bool,
    /// Built-in model or weights file to judge by, without --train
    #[arg(long, value_name = "NAME|FILE", default_value = "metric-act", conflicts_with = "train")]
    model: Weights,
}

/// Runs the command.
///
/// # Errors
/// [`CommandError`] if a corpus or the weights cannot be used, or if the output cannot be written.
pub fn run(args: &Args) -> Result<Outcome, CommandError> {
    let tests = corpora::read(&args.tests, &args.places)?;
    let text = if args.train.is_empty() {
        let model = score::load(&args.model)?;
        judgement_table(&tests.iter().map(|test| judge(&model, test)).collect::<Vec<_>>())
    } else {
        let train = corpora::read(&args.train, &args.places)?;
        let recipe = if args.plain { Recipe::plain() } else { Recipe::shipped() };
        let seeds: Vec<u64> = (1..=args.seeds).collect();
        let epochs = recipe.epochs * seeds.len();
        let bar = corpora::bar("{msg} {bar:30} {pos}/{len} epochs, {eta} left", epochs, "training");
        let (train, tests) = (corpora::borrowed(&train), corpora::borrowed(&tests));
        let rows = zero_shot(&train, &tests, &recipe, &seeds, &|| bar.inc(1));
        bar.finish_and_clear();
        table(&rows?)
    };
    let mut output = Output::open(None)?;
    write!(output, "{text}").map_err(|error| output.failure(error))?;
    output.commit()?;
    Ok(Outcome::Complete)
}
