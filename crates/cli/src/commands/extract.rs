//! `undertone extract`: the 88 functionals, or the 25 low-level descriptors (LLDs), of whole files as they are.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::error::CommandError;
use crate::io::FileError;
use crate::io::batch::{self, Outcome, Turn};
use crate::io::decode::Decoder;
use crate::io::output::Output;
use egemaps::Extractor;
use egemaps::catalogue::{FEATURE_COUNT, FEATURES, LLD_COUNT, LLD_NAMES};
use egemaps::geometry::{MAX_RATE_HZ, MIN_RATE_HZ};
use undertone::audio::resample::Resampler;
use undertone::audio::{SAMPLE_RATE_HZ, check_length};

const FRAMES_PER_SECOND: f64 = 100.0;
/// What a frame's descriptors take at most: vectors that have just grown are twice as large as their contents.
const FRAME_BYTES: f64 = 200.0;
const FRAME_BYTES_WITH_LLDS: f64 = 400.0;

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
    let outcome = batch::each(
        &args.files,
        |file, turn| features(file, args.rate, args.llds, turn),
        Features::bytes,
        |file, features| table.rows(file, &features),
    )?;
    table.finish()?;
    Ok(outcome)
}

/// What is written of one file.
enum Features {
    Functionals(Box<[f32; FEATURE_COUNT]>),
    Llds { rows: Vec<[f32; LLD_COUNT]>, hop_s: f64 },
}

impl Features {
    fn bytes(&self) -> usize {
        match self {
            Self::Functionals(values) => size_of_val(&values[..]),
            Self::Llds { rows, .. } => size_of_val(&rows[..]),
        }
    }
}

/// The features of one file, which is decoded piece by piece: what is in memory are its descriptors.
fn features(file: &Path, rate: Rate, llds: bool, turn: &Turn<'_>) -> Result<Features, FileError> {
    let mut decoder = Decoder::open(file)?;
    let own_hz = decoder.rate_hz();
    // At 16 kHz there is nothing to resample, and the samples go on as they are.
    let (rate_hz, mut resampler) = match rate {
        Rate::Native if !(MIN_RATE_HZ..=MAX_RATE_HZ).contains(&own_hz) => {
            return Err(FileError::NativeRate { rate_hz: own_hz });
        }
        Rate::SixteenKilohertz if own_hz != SAMPLE_RATE_HZ => (SAMPLE_RATE_HZ, Some(Resampler::new(own_hz)?)),
        Rate::Native | Rate::SixteenKilohertz => (own_hz, None),
    };
    let frame_bytes = if llds { FRAME_BYTES_WITH_LLDS } else { FRAME_BYTES };
    turn.begin((FRAMES_PER_SECOND * frame_bytes * decoder.expected_s()) as u64)?;

    let mut extractor = Extractor::new(rate_hz)?;
    if !llds {
        extractor = extractor.without_llds();
    }
    let (mut count, mut resampled) = (0, Vec::new());
    while let Some(mut samples) = decoder.next_piece()? {
        turn.check()?;
        if let Some(resampler) = &mut resampler {
            resampled.clear();
            resampler.push(samples, &mut resampled);
            samples = &resampled;
        }
        count += samples.len();
        extractor.push(samples)?;
    }
    if let Some(resampler) = resampler {
        resampled.clear();
        resampler.finish(&mut resampled);
        count += resampled.len();
        extractor.push(&resampled)?;
    }
    if rate == Rate::SixteenKilohertz {
        check_length(count)?;
    }
    let features = extractor.finish()?;
    Ok(if llds {
        Features::Llds { rows: features.llds, hop_s: features.hop_s }
    } else {
        Features::Functionals(Box::new(features.functionals))
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
        let (rows, hop_s) = match features {
            Features::Functionals(values) => {
                let values = values.iter().map(|v| format!("{v:?}"));
                return self.record(std::iter::once(name.into_owned()).chain(values));
            }
            Features::Llds { rows, hop_s } => (rows, hop_s),
        };
        for (frame, row) in rows.iter().enumerate() {
            // Rounded to the microsecond: a multiple of 10 ms then has the shortest decimals.
            let time_s = (frame as f64 * hop_s * 1e6).round() / 1e6;
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
