//! `undertone extract`: the 88 functionals, or the 25 low-level descriptors (LLDs), of whole files as they are.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::error::CommandError;
use crate::io::batch::Outcome;
use crate::io::output::Output;
use crate::io::{FileError, batch, decode};
use egemaps::catalogue::{FEATURES, LLD_NAMES};
use egemaps::geometry::{MAX_RATE_HZ, MIN_RATE_HZ};
use egemaps::{Features, extract};
use undertone::audio::{SAMPLE_RATE_HZ, check_samples, resample};

/// Writes the 88 eGeMAPSv02 functionals of each file as CSV.
///
/// Nothing is cut and no level is changed: a file is brought to 16 kHz mono, and that is all.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Sound files: WAV, FLAC, MP3, OGG (Vorbis), M4A (AAC)
    #[arg(required = true, value_name = "FILES")]
    files: Vec<PathBuf>,
    /// Where to write the table [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write the 25 low-level descriptors (LLDs), one row per 10 ms, instead of the functionals
    #[arg(long, alias = "contours")]
    llds: bool,
    /// The sampling rate that features are computed at; `native` is each file's own, 8 to 48 kHz
    #[arg(long, value_enum, default_value_t = Rate::SixteenKilohertz)]
    rate: Rate,
}

/// The sampling rate that features are computed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Rate {
    /// The file's own
    Native,
    /// Resampled to 16 kHz, what models are trained at
    #[value(name = "16000")]
    SixteenKilohertz,
}

/// Runs the command.
///
/// # Errors
/// [`CommandError::Write`]. Files that fail are reported and show in the [`Outcome`].
pub fn run(args: &Args) -> Result<Outcome, CommandError> {
    let output = Output::open(args.output.as_deref())?;
    let mut table = Table { csv: csv::Writer::from_writer(output), llds: args.llds };
    table.header()?;
    let outcome = batch::each(&args.files, |file| features(file, args.rate), |file, f| table.rows(file, &f))?;
    table.finish()?;
    Ok(outcome)
}

/// The features of one file.
fn features(file: &Path, rate: Rate) -> Result<Features, FileError> {
    let sound = decode::read(file)?;
    Ok(match rate {
        Rate::SixteenKilohertz => {
            let samples = resample::to_16k(&sound.samples, sound.rate_hz)?;
            check_samples(&samples)?;
            extract(&samples, SAMPLE_RATE_HZ)?
        }
        Rate::Native if !(MIN_RATE_HZ..=MAX_RATE_HZ).contains(&sound.rate_hz) => {
            return Err(FileError::NativeRate { rate_hz: sound.rate_hz });
        }
        Rate::Native => extract(&sound.samples, sound.rate_hz)?,
    })
}

/// The CSV table that is being written. Numbers are the shortest that read back as the same `f32`.
struct Table {
    csv: csv::Writer<Output>,
    llds: bool,
}

impl Table {
    fn header(&mut self) -> Result<(), CommandError> {
        if self.llds {
            self.record(["file", "frame", "time"].into_iter().chain(LLD_NAMES).map(str::to_owned))
        } else {
            self.record(std::iter::once("file").chain(FEATURES.iter().map(|f| f.name)).map(str::to_owned))
        }
    }

    fn rows(&mut self, file: &Path, features: &Features) -> Result<(), CommandError> {
        let name = file.to_string_lossy();
        if !self.llds {
            let values = features.functionals.iter().map(|v| format!("{v:?}"));
            return self.record(std::iter::once(name.into_owned()).chain(values));
        }
        for (frame, row) in features.llds.iter().enumerate() {
            // Rounded to the microsecond: a multiple of 10 ms then has the shortest decimals.
            let time_s = (frame as f64 * features.hop_s * 1e6).round() / 1e6;
            let head = [name.to_string(), frame.to_string(), time_s.to_string()];
            self.record(head.into_iter().chain(row.iter().map(|v| format!("{v:?}"))))?;
        }
        Ok(())
    }

    fn record(&mut self, fields: impl Iterator<Item = String>) -> Result<(), CommandError> {
        self.csv.write_record(fields).map_err(|error| self.failure(io_error(error)))
    }

    fn finish(mut self) -> Result<(), CommandError> {
        self.csv.flush().map_err(|error| self.failure(error))?;
        match self.csv.into_inner() {
            Ok(output) => Ok(output.commit()?),
            // The flush above leaves nothing that could fail here.
            Err(error) => {
                let kind = error.error().kind();
                Err(error.into_inner().get_ref().failure(kind.into()).into())
            }
        }
    }

    fn failure(&self, error: std::io::Error) -> CommandError {
        self.csv.get_ref().failure(error).into()
    }
}

fn io_error(error: csv::Error) -> std::io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => std::io::Error::other(format!("{other:?}")),
    }
}
