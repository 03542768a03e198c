//! `undertone score --utterances`: every utterance of longer recordings, as text, JSON lines, table or TextGrid.

use std::fmt::Write as _;
use std::io::Write as _;

use super::{Args, Writing};
use crate::commands::error::CommandError;
use crate::commands::inputs::{self, InputError};
use crate::commands::report::{Found, Report, index_columns};
use crate::io::batch::{self, Outcome};
use crate::io::channels::Channel;
use crate::io::lines::{self, reasons, utterance_cut};
use crate::io::names::text;
use crate::io::output::Output;
use crate::io::resume::{Form, Standing};
use crate::io::sound::{self, Beyond, Cut, Row, Selection};
use crate::io::table::{Cell, Column, Kind, Table};
use crate::io::textgrid::{Interval, textgrid};
use crate::io::time::Time;
use crate::io::utterances::{self, Speaking};
use undertone::analysis::Analysis;
use undertone::analysis::utterances::{Certainty, PAUSE_S, PAUSES_S, Spoken};

/// Runs the command.
pub(super) fn run(args: &Args) -> Result<Outcome, CommandError> {
    let Args { files, cuts, output, .. } = args;
    let path = output.output.as_deref();
    let pause_s = args.pause.unwrap_or(PAUSE_S);
    if !PAUSES_S.contains(&pause_s) {
        return Err(InputError::Pause.into());
    }
    let form = args.form();
    let each = files.channel == Channel::Each;
    let mut jobs = cuts.jobs(files, true)?;
    if form == Writing::TextGrid
        && (jobs.len() != 1 || jobs[0].cuts != [Cut::default()] || each || output.carries_on())
    {
        return Err(InputError::OneTextGrid.into());
    }
    let model = args.checked_model(&jobs)?;

    let columns = columns(each);
    let standing_form = if form == Writing::Json { Form::JsonLines } else { Form::Csv(&columns) };
    let standing = output.carry_on(standing_form, true, true, &mut jobs)?;
    let mut writer = match form {
        Writing::Table => Writer::Table(inputs::table(path, standing, &columns)?),
        _ => {
            let output = standing.map_or_else(|| Output::open(path), |Standing { output, .. }| Ok(output))?;
            Writer::Lines { output, form, taken: files.channel, written: false }
        }
    };
    let mut report = Report::new(output.errors.as_deref(), files.channel, None)?;
    let selection = Selection {
        channel: files.channel,
        windows: None,
        beyond: Beyond::Refuse,
        bytes_per_s: utterances::BYTES_PER_S,
        limits: files.decoding.limits(),
    };
    let indexed = cuts.are_indexed()?;
    batch::every(
        &jobs,
        |job, turn| sound::take(job, selection, turn, |rate_hz| Speaking::new(rate_hz, pause_s, &model)),
        |taken| {
            let count: usize =
                taken.rows.iter().filter_map(|row| row.result.as_ref().ok()).map(Vec::len).sum();
            count * (size_of::<Row<Spoken>>() + size_of::<Analysis>())
        },
        |job, taken| report.file(job, indexed, taken, |found| writer.write(&found)),
    )?;
    match writer {
        Writer::Table(table) => report.complete(table)?,
        // An empty file is no TextGrid, and what stands there stays.
        Writer::Lines { form: Writing::TextGrid, written: false, .. } => {}
        Writer::Lines { output, written, .. } => report.complete_lines(output, written)?,
    }
    Ok(report.finish()?)
}

/// Where utterances go.
enum Writer {
    Table(Table),
    Lines { output: Output, form: Writing, taken: Channel, written: bool },
}

impl Writer {
    fn write(&mut self, found: &Found<'_, Vec<Spoken>>) -> Result<(), CommandError> {
        match self {
            Writer::Table(table) => {
                for spoken in &found.value {
                    let cut = utterance_cut(found.cut, &spoken.utterance);
                    let times = [cut.start, cut.end.unwrap_or_default()].map(|at| Cell::Double(at.seconds()));
                    let row = found.with(cut, ());
                    table.row(
                        row.index(true).into_iter().chain(times).chain(lines::utterance_cells(spoken)),
                    )?;
                }
                table.flush()?;
            }
            Writer::Lines { output, form, taken, written } => {
                *written = true;
                let text = match form {
                    Writing::Json => json_lines(found, *taken)?,
                    Writing::TextGrid => grid(found),
                    _ => in_words(found),
                };
                let flushed = output.write_all(text.as_bytes()).and_then(|()| output.flush());
                flushed.map_err(|error| output.failure(error))?;
            }
        }
        Ok(())
    }
}

/// Start and end once more, as numbers: for programs that do not read the index's durations.
const SECONDS: [&str; 2] = ["start_s", "end_s"];

/// The columns of a table of utterances.
fn columns(channels: bool) -> Vec<Column> {
    let mut columns = index_columns(true, channels);
    columns.extend(SECONDS.map(|name| Column::new(name, Kind::Double)));
    columns.extend(lines::utterance_columns());
    columns
}

fn json_lines(found: &Found<'_, Vec<Spoken>>, taken: Channel) -> Result<String, CommandError> {
    let file = text(found.file);
    let source = found.source(&file, true, taken);
    let mut text = String::new();
    for spoken in &found.value {
        text.push_str(&lines::utterance(&source, found.cut, spoken)?);
        text.push('\n');
    }
    Ok(text)
}

/// Three tiers: the utterances' numbers, their scores, and how sure these are.
fn grid(found: &Found<'_, Vec<Spoken>>) -> String {
    let tier = |label: &dyn Fn(usize, &Spoken) -> String| -> Vec<Interval> {
        let interval = |(at, spoken): (usize, &Spoken)| {
            let [start_s, end_s] = spoken.utterance.seconds();
            Interval { start_s, end_s, label: label(at + 1, spoken) }
        };
        found.value.iter().enumerate().map(interval).collect()
    };
    let score = |spoken: &Spoken| match &spoken.analysis {
        Some(analysis) => format!("{:.2}", analysis.prediction.activation),
        None => String::new(),
    };
    let sure = |spoken: &Spoken| {
        let reasons = reasons(spoken).join(" ");
        if reasons.is_empty() {
            spoken.certainty.name().to_owned()
        } else {
            format!("{}: {reasons}", spoken.certainty.name())
        }
    };
    let tiers = [
        ("utterance", tier(&|number, _| number.to_string())),
        ("activation", tier(&|_, spoken| score(spoken))),
        ("certainty", tier(&|_, spoken| sure(spoken))),
    ];
    textgrid(found.cut.end.unwrap_or_default().seconds(), &tiers)
}

/// The utterances as text.
fn in_words(found: &Found<'_, Vec<Spoken>>) -> String {
    let count = found.value.len();
    let plural = if count == 1 { "" } else { "s" };
    let mut text = format!("{}: {count} utterance{plural}\n", found.title());
    for spoken in &found.value {
        let Cut { start, end } = utterance_cut(found.cut, &spoken.utterance);
        let _ = write!(text, "  {:>9} – {:>9}", clock(start), clock(end.unwrap_or_default()));
        let _ = match &spoken.analysis {
            Some(analysis) => {
                let [low, high] = analysis.prediction.interval;
                write!(text, "  {:5.2}  {low:.1} … {high:.1}", analysis.prediction.activation)
            }
            None => write!(text, "      –           "),
        };
        let reasons = reasons(spoken).join(", ");
        let _ = match spoken.certainty {
            Certainty::Sure => writeln!(text),
            _ => writeln!(text, "  {}: {reasons}", spoken.certainty.name()),
        };
    }
    text
}

/// Minutes and seconds, with hundredths.
fn clock(time: Time) -> String {
    let hundredths = (time.microseconds() + 5_000) / 10_000;
    format!("{}:{:02}.{:02}", hundredths / 6_000, hundredths / 100 % 60, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_shows_minutes_and_hundredths() {
        for (seconds, shown) in
            [("0", "0:00.00"), ("1.239", "0:01.24"), ("59.996", "1:00.00"), ("3605.5", "60:05.50")]
        {
            assert_eq!(clock(seconds.parse().unwrap()), shown);
        }
    }
}
