//! `undertone train`: a weights file and its card from labelled speech.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::corpora::{self, Places, Source};
use super::{CommandError, parse_architecture, parse_objective, renditions};
use crate::data::corpora::Corpus;
use crate::io::batch::Outcome;
use crate::io::output::Output;
use crate::learn::fit::Recipe;
use crate::release::card::card;
use crate::release::final_model::{ship, ticks};
use crate::release::test_result;
use undertone::model::{Architecture, Objective, Provenance};

/// Trains a model by one of the study's objectives and writes its weights and its card.
///
/// The same data, program and seed give the same weights on every machine.
#[derive(Debug, clap::Args)]
#[command(after_long_help = corpora::sources_help())]
pub struct Args {
    /// Training corpus: NAME=FOLDER or a .csv table, see below; may be given several times
    #[arg(long = "corpus", value_name = "SOURCE", required = true)]
    corpora: Vec<Source>,
    /// Corpus that is only judged, for the card; never trained on
    #[arg(long = "test", value_name = "SOURCE")]
    tests: Vec<Source>,
    #[command(flatten)]
    places: Places,
    /// What shapes the latent space besides reconstruction: unsupervised, metric-cluster, metric-act or metric-val
    #[arg(long, value_name = "NAME", default_value = "metric-act", value_parser = parse_objective)]
    objective: Objective,
    /// Kind of autoencoder: dae (denoising) or vae (variational)
    #[arg(long, alias = "family", value_name = "NAME", default_value = "dae", value_parser = parse_architecture)]
    architecture: Architecture,
    /// The objective as in the study's released code: the second root of metric-cluster, and the logarithm
    #[arg(long)]
    as_released: bool,
    /// Minimise the logarithm of the objective (no effect on unsupervised)
    #[arg(long)]
    logarithm: bool,
    /// Degraded versions of the recordings to train on, and conditions to make the interval from: all or none. Tables of
    /// features have no sound and get none
    #[arg(long, value_name = "WHICH", default_value = "all")]
    versions: Versions,
    /// Where the weights go; the card goes beside them, with the extension .md [default: OBJECTIVE.safetensors]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Seed of every random number
    #[arg(long, default_value_t = 4)]
    seed: u64,
    /// Passes over the data [default: the recipe's]
    #[arg(long)]
    epochs: Option<usize>,
    /// Day that is written into the file, YYYY-MM-DD [default: SOURCE_DATE_EPOCH or today]
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,
}

/// Whether recordings are read in degraded versions, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Versions {
    /// Every version and condition.
    All,
    /// Recordings as they are.
    None,
}

/// Why there is no day to write into the file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DateError {
    /// Not a day as the file wants it.
    #[error("“{text}” is no day: write YYYY-MM-DD, such as 2026-02-28")]
    Day {
        /// What was given.
        text: String,
    },
    /// `SOURCE_DATE_EPOCH` is set, but names no day.
    #[error(
        "SOURCE_DATE_EPOCH is “{text}”: it must be whole seconds since 1970, no later than the year 9999"
    )]
    Epoch {
        /// What was given.
        text: String,
    },
}

/// Runs the command.
///
/// # Errors
/// [`CommandError`] if a corpus cannot be used, or if something cannot be written.
pub fn run(args: &Args) -> Result<Outcome, CommandError> {
    let date = args.date.map_or_else(today, Ok)?;
    let mut train = corpora::read(&args.corpora, &args.places)?;
    if args.versions == Versions::All {
        renditions::add(&mut train, &args.corpora, &args.places)?;
    }
    let tests = corpora::read(&args.tests, &args.places)?;
    let recipe = recipe(args);
    let output =
        args.output.clone().unwrap_or_else(|| format!("{}.safetensors", recipe.objective.name()).into());
    let provenance = Provenance {
        name: recipe_name(&recipe, has_versions(&train)),
        seed: args.seed,
        epochs: recipe.epochs,
        date: date.to_string(),
        commit: commit(),
        version: undertone::VERSION.to_owned(),
    };
    let bar = corpora::bar(
        "{msg} {bar:30} {pos}/{len} epochs, {eta} left",
        ticks(&recipe, train.len()),
        "training",
    );
    let shipment = ship(&corpora::borrowed(&train), &recipe, provenance, &|| bar.inc(1));
    bar.finish_and_clear();
    let shipment = shipment?;
    let test_results: Vec<_> =
        tests.iter().map(|test| test_result::evaluate(&shipment.model, test)).collect();

    let bytes =
        shipment.model.to_bytes().map_err(|source| CommandError::Model { path: output.clone(), source })?;
    write(&output, &bytes)?;
    let card = card(&shipment, &recipe, &command_line(), &test_results);
    write(&output.with_extension("md"), card.as_bytes())?;
    corpora::say(&format!(
        "{}: {} bytes, SHA-256 {}",
        output.display(),
        bytes.len(),
        shipment.model.info().hash
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

/// Whether there is a version of any recording.
fn has_versions(corpora: &[Corpus]) -> bool {
    corpora.iter().flat_map(|c| &c.rows).any(|row| !row.renditions.versions.is_empty())
}

/// Name of the recipe in the file and on its card: what it adds to the study's training, and what is the study's code.
fn recipe_name(recipe: &Recipe, versions: bool) -> String {
    let mut name = "speaker shift, open start".to_owned();
    if versions {
        name = format!("degraded versions, {name}");
    }
    if recipe.as_released {
        name += ", objective as released";
    } else if recipe.logarithm {
        name += ", logarithm";
    }
    name
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    let mut output = Output::open(Some(path))?;
    output.write_all(bytes).map_err(|error| output.failure(error))?;
    Ok(output.commit()?)
}

/// This command as it was typed, from the program's name on.
fn command_line() -> String {
    let arguments = std::env::args().skip(1);
    std::iter::once("undertone".to_owned()).chain(arguments).collect::<Vec<_>>().join(" ")
}

/// The commit of the working folder, marked if more than the built-in models was changed since (they are what training
/// writes); `unknown` outside a repository.
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

/// A day in the Gregorian calendar as `YYYY-MM-DD`, and in no other way.
fn parse_date(text: &str) -> Result<Date, DateError> {
    let date: Option<Date> = text.parse().ok();
    // The parser also knows times, signs and days without dashes.
    date.filter(|date| date.to_string() == text && date.year() >= 0)
        .ok_or_else(|| DateError::Day { text: text.to_owned() })
}

/// Today in UTC, or the day of `SOURCE_DATE_EPOCH` where that is set (reproducible-builds.org).
fn today() -> Result<Date, DateError> {
    std::env::var_os("SOURCE_DATE_EPOCH")
        .map_or_else(|| Ok(day_of(Timestamp::now())), |text| date_of_epoch(&text.to_string_lossy()))
}

/// Seconds after 1970 → their day in UTC.
fn date_of_epoch(text: &str) -> Result<Date, DateError> {
    let seconds = text.parse::<i64>().ok().filter(|&seconds| seconds >= 0);
    seconds
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .map(day_of)
        .ok_or_else(|| DateError::Epoch { text: text.to_owned() })
}

fn day_of(time: Timestamp) -> Date {
    time.to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_days_and_too_many_are_refused() {
        for (seconds, day) in [
            ("0", "1970-01-01"),
            ("86399", "1970-01-01"),
            ("5097600", "1970-03-01"),
            ("951782400", "2000-02-29"),
            ("1735603200", "2024-12-31"),
        ] {
            assert_eq!(date_of_epoch(seconds).unwrap().to_string(), day);
        }
        for text in ["", "-1", "1e3", "18446744073709551615", "9223372036854775807", "99999999999999"] {
            assert!(matches!(date_of_epoch(text), Err(DateError::Epoch { .. })), "{text}");
        }
    }

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        assert_eq!(parse_date("2024-02-29").unwrap().to_string(), "2024-02-29");
        for text in
            ["x", "", "2023-02-29", "2024-13-01", "2024-2-9", "20240229", "2024-02-29T10:00", "-002024-02-29"]
        {
            assert!(matches!(parse_date(text), Err(DateError::Day { .. })), "{text}");
        }
    }
}
