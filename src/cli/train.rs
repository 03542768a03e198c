//! `undertone train`: a weights file and its card from labelled speech.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use super::corpora::{self, Places, Source};
use super::output::Output;
use super::{CommandError, Outcome};
use crate::model::Provenance;
use crate::training::card::card;
use crate::training::fit::Recipe;
use crate::training::ship::{ship, ticks};
use crate::training::zero_shot::judge;

/// Trains the metric-act model and writes its weights and its card.
///
/// The same data, program and seed give the same weights on every machine.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Training corpus: NAME=FOLDER (emodb, bangla-ser, emotale-dk, emotale-en, savee) or a .csv table with the 88
    /// features, speaker, emotion and activation; may be given several times
    #[arg(long = "corpus", value_name = "SOURCE", required = true)]
    corpora: Vec<Source>,
    /// Corpus that is only judged, for the card; never trained on
    #[arg(long = "test", value_name = "SOURCE")]
    tests: Vec<Source>,
    #[command(flatten)]
    places: Places,
    /// Where the weights go; the card goes beside them, with the extension .md
    #[arg(short, long, value_name = "FILE", default_value = "metric-act.safetensors")]
    output: PathBuf,
    /// Seed of every random number
    #[arg(long, default_value_t = 4)]
    seed: u64,
    /// Passes over the data [default: the recipe's]
    #[arg(long)]
    epochs: Option<usize>,
    /// Day that is written into the file, YYYY-MM-DD [default: SOURCE_DATE_EPOCH or today]
    #[arg(long)]
    date: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// [`CommandError`] if a corpus cannot be used, or if something cannot be written.
pub fn run(args: &Args) -> Result<Outcome, CommandError> {
    let train = corpora::read(&args.corpora, &args.places)?;
    let tests = corpora::read(&args.tests, &args.places)?;
    let shipped = Recipe::shipped();
    let recipe = Recipe { epochs: args.epochs.unwrap_or(shipped.epochs), ..shipped };
    let provenance = Provenance {
        name: "speaker shift and mix".to_owned(),
        seed: args.seed,
        epochs: recipe.epochs,
        date: args.date.clone().unwrap_or_else(today),
        commit: commit(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let bar = corpora::bar("{msg} {bar:30} {pos}/{len} epochs, {eta} left", ticks(&recipe), "training");
    let shipment = ship(&corpora::borrowed(&train), &recipe, provenance, &|| bar.inc(1));
    bar.finish_and_clear();
    let shipment = shipment?;
    let judgements: Vec<_> = tests.iter().map(|test| judge(&shipment.model, test)).collect();

    let bytes = shipment
        .model
        .to_bytes()
        .map_err(|source| CommandError::Model { path: args.output.clone(), source })?;
    write(&args.output, &bytes)?;
    let card = card(&shipment, &recipe, &command_line(), &judgements);
    write(&args.output.with_extension("md"), card.as_bytes())?;
    corpora::say(&format!(
        "{}: {} bytes, SHA-256 {}",
        args.output.display(),
        bytes.len(),
        shipment.model.info().hash
    ));
    Ok(Outcome::Complete)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    let mut output = Output::open(Some(path))?;
    output.write_all(bytes).map_err(|error| output.failure(error))?;
    output.commit()
}

/// This command as it was typed, from the program's name on.
fn command_line() -> String {
    let arguments = std::env::args().skip(1);
    std::iter::once("undertone".to_owned()).chain(arguments).collect::<Vec<_>>().join(" ")
}

/// The commit of the working folder, marked if it was changed since; `unknown` outside a repository.
fn commit() -> String {
    let arguments = ["describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"];
    Command::new("git")
        .args(arguments)
        .output()
        .ok()
        .filter(|output| output.status.success())
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .map_or_else(|| "unknown".to_owned(), |text| text.trim().to_owned())
}

/// Today in UTC, or the day of `SOURCE_DATE_EPOCH` where that is set (reproducible-builds.org).
fn today() -> String {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse::<u64>().ok());
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    date_of(fixed.unwrap_or_else(now) / 86_400)
}

/// Day after 1970-01-01 → `YYYY-MM-DD`, in the Gregorian calendar.
fn date_of(day: u64) -> String {
    let is_leap = |year: u64| (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let (mut year, mut left) = (1970, day);
    loop {
        let length = if is_leap(year) { 366 } else { 365 };
        if left < length {
            break;
        }
        left -= length;
        year += 1;
    }
    let february = if is_leap(year) { 29 } else { 28 };
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if left < length {
            break;
        }
        left -= length;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", left + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        assert_eq!(date_of(0), "1970-01-01");
        assert_eq!(date_of(58), "1970-02-28");
        assert_eq!(date_of(59), "1970-03-01");
        assert_eq!(date_of(11_016), "2000-02-29");
        assert_eq!(date_of(20_089), "2025-01-01");
        assert_eq!(date_of(20_088), "2024-12-31");
    }
}
