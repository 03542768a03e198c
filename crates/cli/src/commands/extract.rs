//! `undertone extract`: the 88 functionals, or the 25 low-level descriptors (LLDs), of sounds as they are.

use std::path::Path;

use super::error::CommandError;
use super::inputs::{self, CutArgs, FileArgs, OutputArgs};
use super::report::{Found, Report, index_columns};
use crate::io::batch::{self, Outcome};
use crate::io::channels::Channel;
use crate::io::extracting::{Extracting, Features, Rate, bytes_per_s};
use crate::io::resume::Form;
use crate::io::sound::{self, Beyond, Selection};
use crate::io::table::{Cell, Column, Kind, Table};
use egemaps::catalogue::{FEATURES, LLD_NAMES};
use undertone::audio::SAMPLE_RATE_HZ;

/// Writes the 88 eGeMAPSv02 functionals of each file, segment or window as CSV or Parquet.
///
/// Nothing is cut and no level is changed. Features are computed at each file's own rate, as openSMILE does, of the mean of its
/// channels.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    files: FileArgs,
    #[command(flatten)]
    cuts: CutArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// Write the 25 low-level descriptors (LLDs), one row per 10 ms, instead of the functionals
    #[arg(long, alias = "contours")]
    llds: bool,
    /// The sampling rate that features are computed at; `native` is each file's own, 8 to 48 kHz
    #[arg(long, value_enum, default_value_t = Rate::Native)]
    rate: Rate,
    /// Add columns behind the features: the file's own rate (Hz), its number of channels, and what is the matter with them
    /// (silent, cancel, levels, unlike; empty if nothing), and where the file was cut off (empty if it was not)
    #[arg(long)]
    source_columns: bool,
}

/// Runs the command.
///
/// # Errors
/// [`CommandError`] if the output cannot be written, or files and options do not go together. Files that fail are reported and show in the
/// [`Outcome`].
pub fn run(args: &Args) -> Result<Outcome, CommandError> {
    let Args { files, cuts, output, rate, llds, .. } = args;
    let shape = Shape {
        indexed: cuts.are_indexed()?,
        channels: files.channel == Channel::Each,
        llds: *llds,
        source: args.source_columns,
    };
    let windows = cuts.windows()?;
    let whole_files = *llds || shape.channels || windows.is_some();
    let mut jobs = cuts.jobs(files, whole_files)?;
    let read_too: Vec<&Path> = files.lists().chain(cuts.tables()).collect();
    output.check(&jobs, read_too.iter().copied())?;
    let columns = shape.columns();
    let standing = output.carry_on(Form::Csv(&columns), whole_files, shape.indexed, &mut jobs)?;
    let mut table = inputs::table(output.output.as_deref(), standing, &columns)?;
    let to_hz = (*rate == Rate::SixteenKilohertz).then_some(SAMPLE_RATE_HZ);
    let mut report = Report::new(output.errors.as_deref(), files.channel, to_hz)?;

    let selection = Selection {
        channel: files.channel,
        limits: files.decoding.limits(),
        windows,
        beyond: Beyond::Refuse,
        bytes_per_s: bytes_per_s(*llds),
    };
    let at_once = output.output.is_none() || output.carries_on();
    batch::every(
        &jobs,
        |job, turn| sound::take(job, selection, turn, |rate_hz| Extracting::new(rate_hz, *rate, *llds)),
        |taken| taken.rows.iter().filter_map(|row| row.result.as_ref().ok()).map(Features::bytes).sum(),
        |job, taken| {
            report.file(job, shape.indexed, taken, |found| shape.write(&mut table, &found))?;
            if at_once {
                table.flush()?;
            }
            Ok::<(), CommandError>(())
        },
    )?;
    report.complete(table)?;
    Ok(report.finish()?)
}

/// Which columns a table has.
struct Shape {
    /// Start and end.
    indexed: bool,
    /// The channel.
    channels: bool,
    llds: bool,
    /// What the file is like.
    source: bool,
}

impl Shape {
    fn columns(&self) -> Vec<Column> {
        let mut columns = index_columns(self.indexed, self.channels);
        if self.llds {
            columns.extend([Column::new("frame", Kind::Integer), Column::new("time", Kind::Double)]);
            columns.extend(LLD_NAMES.iter().map(|name| Column::new(name, Kind::Single)));
        } else {
            columns.extend(FEATURES.iter().map(|feature| Column::new(feature.name, Kind::Single)));
        }
        if self.source {
            columns.extend([
                Column::new("rate_hz", Kind::Integer),
                Column::new("channels", Kind::Integer),
                Column::new("channel_difference", Kind::Text),
                Column::new("cut_off", Kind::Text),
                Column::new("damaged", Kind::Text),
            ]);
        }
        columns
    }

    fn write(&self, table: &mut Table, found: &Found<'_, Features>) -> Result<(), CommandError> {
        let (index, facts) = (found.index(self.indexed), found.facts);
        let source = self.source.then(|| {
            [
                Cell::Integer(facts.rate_hz.into()),
                Cell::Integer(facts.channels as i64),
                Cell::Text(facts.difference.map_or("", |difference| difference.name()).to_owned()),
                Cell::Text(facts.missing_end.map_or_else(String::new, |cut_off| cut_off.to_string())),
                Cell::Text(facts.damage.map_or_else(String::new, |damage| damage.to_string())),
            ]
        });
        let source = source.iter().flatten().cloned();
        match &found.value {
            Features::Functionals(values) => {
                let values = values.iter().map(|value| Cell::Single(*value));
                table.row(index.into_iter().chain(values).chain(source))?;
            }
            Features::Llds { rows, hop_s } => {
                for (frame, values) in rows.iter().enumerate() {
                    // Rounded to the microsecond: a multiple of 10 ms then has the shortest decimals.
                    let time_s = (frame as f64 * hop_s * 1e6).round() / 1e6;
                    let place = [Cell::Integer(frame as i64), Cell::Double(time_s)];
                    let values = values.iter().map(|value| Cell::Single(*value));
                    table.row(index.iter().cloned().chain(place).chain(values).chain(source.clone()))?;
                }
            }
        }
        Ok(())
    }
}
