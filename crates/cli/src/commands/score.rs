//! `undertone score`: how activated each file sounds, and why.

mod utterances;

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use super::error::CommandError;
use super::inputs::{self, CutArgs, FileArgs, InputError, OutputArgs};
use super::report::{self, Found, Report, index_columns};
use super::weights::{Weights, load, score_note, weights_help};
use crate::io::batch::{self, Outcome};
use crate::io::channels::Channel;
use crate::io::lines;
use crate::io::names::text;
use crate::io::output::Output;
use crate::io::prepare::{self, Preparing};
use crate::io::resume::{Form, Standing};
use crate::io::sound::{self, Beyond, Job, Row, Selection};
use crate::io::table::{Column, Table, is_parquet};
use undertone::analysis::{Analysis, Prediction};
use undertone::attribution::groups::Group;
use undertone::audio::checks::Flag;
use undertone::model::Model;

/// How many groups are named in the text, of those that raise the score and of those that lower it.
const NAMED_GROUPS: usize = 3;
/// Contributions that would be printed as 0.00 are not named.
const LEAST_NAMED: f64 = 0.005;

/// Scores how activated each file, segment or window sounds, 1 calm … 5 excited, and says which features moved the score.
///
/// The speech is found, brought to one level and scored at 16 kHz, exactly as in the page.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    files: FileArgs,
    #[command(flatten)]
    cuts: CutArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// One JSON object per line instead of text
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// A table instead of text: score, its interval, flags, contributions of 27 groups of features. An output that ends in
    /// .csv or .parquet is a table without being asked
    #[arg(long)]
    csv: bool,
    /// Cut each file, or segment, at its pauses and score every utterance by itself: a row for each, with start, end and how sure
    /// its score is. An output that ends in .TextGrid is for Praat
    #[arg(long, conflicts_with_all = ["window", "index"])]
    utterances: bool,
    /// The pause that ends an utterance [default: 0.5]
    #[arg(long, value_name = "S", requires = "utterances")]
    pause: Option<f64>,
    #[arg(long, value_name = "NAME|FILE", default_value = "metric-act", help = weights_help())]
    model: Weights,
}

/// How scores are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    Text,
    Json,
    Table,
    TextGrid,
}

/// Runs the command.
///
/// # Errors
/// [`CommandError`] if the weights cannot be read, the output cannot be written, or files and options do not go together. Files that fail
/// are reported and show in the [`Outcome`].
pub fn run(args: &Args) -> Result<Outcome, CommandError> {
    let Args { files, cuts, output, .. } = args;
    let path = output.output.as_deref();
    let form = args.form();
    if form == Writing::Json && is_parquet(path) {
        return Err(InputError::JsonInParquet.into());
    }
    if args.is_textgrid() && (form != Writing::TextGrid || !args.utterances) {
        return Err(InputError::NoTextGrid.into());
    }
    if form == Writing::Text && output.carries_on() {
        return Err(InputError::NotCarriedOn { form: "text", instead: "--csv or --json" }.into());
    }
    if args.utterances {
        return utterances::run(args);
    }
    let (indexed, windows) = (cuts.are_indexed()?, cuts.windows()?);
    let each = files.channel == Channel::Each;
    let whole_files = each || windows.is_some();
    let mut jobs = cuts.jobs(files, whole_files)?;
    let model = args.checked_model(&jobs)?;

    let columns = columns(indexed, each);
    let standing_form = if form == Writing::Json { Form::JsonLines } else { Form::Csv(&columns) };
    let standing = output.carry_on(standing_form, whole_files, indexed, &mut jobs)?;
    let mut writer = match form {
        Writing::Table => Writer::Table(inputs::table(path, standing, &columns)?),
        _ => {
            let output = standing.map_or_else(|| Output::open(path), |Standing { output, .. }| Ok(output))?;
            Writer::Lines { output, json: form == Writing::Json, written: false }
        }
    };
    let mut report = Report::new(output.errors.as_deref(), files.channel, None)?;
    let selection = Selection {
        channel: files.channel,
        limits: files.decoding.limits(),
        windows,
        beyond: Beyond::Refuse,
        bytes_per_s: prepare::BYTES_PER_S,
    };
    batch::every(
        &jobs,
        |job, turn| {
            let taken = sound::take(job, selection, turn, Preparing::new)?;
            Ok(taken.map(|prepared| Analysis::new(&prepared, &model)))
        },
        |taken| taken.rows.len() * size_of::<Row<Analysis>>(),
        |job, taken| report.file(job, indexed, taken, |found| writer.write(indexed, files.channel, &found)),
    )?;
    match writer {
        Writer::Table(table) => report.complete(table)?,
        Writer::Lines { output, written, .. } => report.complete_lines(output, written)?,
    }
    Ok(report.finish()?)
}

impl Args {
    /// The model, once it is sure that no output is one of the files that are read.
    fn checked_model(&self, jobs: &[Job]) -> Result<Model, CommandError> {
        let Args { files, cuts, output, model, .. } = self;
        let read_too: Vec<&Path> = files.lists().chain(cuts.tables()).chain(model.file()).collect();
        output.check(jobs, read_too.iter().copied())?;
        load(model)
    }

    fn ends_in(&self, known: &str) -> bool {
        let ending = self.output.output.as_deref().and_then(Path::extension);
        ending.is_some_and(|ending| ending.eq_ignore_ascii_case(known))
    }

    fn is_textgrid(&self) -> bool {
        self.ends_in("TextGrid")
    }

    fn form(&self) -> Writing {
        if self.json {
            Writing::Json
        } else if self.csv || self.ends_in("csv") || self.ends_in("parquet") {
            Writing::Table
        } else if self.is_textgrid() {
            Writing::TextGrid
        } else {
            Writing::Text
        }
    }
}

/// Where scores go.
enum Writer {
    Table(Table),
    Lines { output: Output, json: bool, written: bool },
}

impl Writer {
    fn write(
        &mut self,
        indexed: bool,
        taken: Channel,
        found: &Found<'_, Analysis>,
    ) -> Result<(), CommandError> {
        let Found { file, facts, value: analysis, .. } = found;
        let (output, json) = match self {
            Writer::Table(table) => {
                table.row(found.index(indexed).into_iter().chain(lines::score_cells(analysis)))?;
                table.flush()?;
                return Ok(());
            }
            Writer::Lines { output, json, written } => {
                *written = true;
                (output, *json)
            }
        };
        let line = if json {
            lines::score(&found.source(&text(file), indexed, taken), analysis)?
        } else {
            let difference = facts.difference.filter(|_| taken == Channel::Mean);
            in_words(
                &found.title(),
                analysis,
                difference.map(|difference| report::advice(difference, facts.channels)),
            )
        };
        writeln!(output, "{line}").and_then(|()| output.flush()).map_err(|error| output.failure(error))?;
        Ok(())
    }
}

/// The columns of a table of scores.
fn columns(indexed: bool, channels: bool) -> Vec<Column> {
    let mut columns = index_columns(indexed, channels);
    columns.extend(lines::score_columns());
    columns
}

/// The result as text.
fn in_words(title: &str, Analysis { measures, prediction }: &Analysis, channels: Option<String>) -> String {
    let Prediction { activation, baseline, interval: [low, high], contributions, .. } = prediction;
    let [start, end] = measures.region;
    let mut groups: Vec<(&str, f64)> =
        Group::ALL.iter().map(|group| (group.name(), contributions.groups[group.index()])).collect();
    groups.sort_by(|a, b| b.1.total_cmp(&a.1));
    let named = |groups: &mut dyn Iterator<Item = &(&str, f64)>| {
        let parts: Vec<String> = groups
            .filter(|(_, v)| v.abs() >= LEAST_NAMED)
            .take(NAMED_GROUPS)
            .map(|(name, v)| format!("{name} {v:+.2}"))
            .collect();
        if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
    };
    let up = named(&mut groups.iter().filter(|(_, v)| *v > 0.0));
    let down = named(&mut groups.iter().rev().filter(|(_, v)| *v < 0.0));
    let share = 100.0 * prediction.model.interval_level;

    let mut text = format!("{title}\n");
    // Writing to a string cannot fail.
    let _ = writeln!(text, "  activation {activation:.2} on a scale of 1 calm … 5 excited");
    if let Some(note) = score_note(prediction.model.objective) {
        let _ = writeln!(text, "             {note}");
    }
    let _ = writeln!(
        text,
        "             range {low:.1} … {high:.1}, calibrated to cover {share:.0} % of ratings of unseen voices (see the model card)"
    );
    let _ = writeln!(text, "  speech     {start:.2} … {end:.2} s");
    let _ = writeln!(text, "  because    the average voice has {baseline:.2}; up: {up}; down: {down}");
    for (i, flag) in measures.flags.iter().enumerate() {
        let label = if i == 0 { "warning" } else { "" };
        let _ = writeln!(text, "  {label:9}  {flag}: {}", advice(*flag));
    }
    if let Some(channels) = channels {
        let label = if measures.flags.is_empty() { "warning" } else { "" };
        let _ = writeln!(text, "  {label:9}  channels: {channels}");
    }
    text
}

/// What a flag means, and what to do about it.
pub(super) fn advice(flag: Flag) -> &'static str {
    match flag {
        Flag::Short => {
            "less than a second of speech; the score depends on the word, two or three seconds say more"
        }
        Flag::TooQuiet => "the speech is very soft; record nearer to the microphone",
        Flag::Clipped => "the sound was too loud for the microphone; record with less gain",
        Flag::Noisy => "much of the sound is not the voice; record in a quieter room",
        Flag::Reverberant => {
            "the room sounds on after the voice; record nearer to the microphone or in a room with curtains and carpets"
        }
        Flag::TelephoneBand => {
            "nothing above 4 kHz, as over a telephone; scores are less exact then, record with a microphone"
        }
        Flag::NotSpoken => {
            "sounds like laughing, crying, singing or calling; the score is made for speech, take it lightly"
        }
        Flag::LittleVoice => "hardly any frame has a pitch; a whisper has none to measure",
        Flag::UnlikeReference => "unlike the voices that the model learned from; take the score lightly",
    }
}
