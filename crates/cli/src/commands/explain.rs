//! `undertone explain`: what moved a file's score, by a method of choice.

pub mod error;
mod figure;

use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use self::error::ExplainError;
use super::error::CommandError;
use super::inputs::FileArgs;
use super::names::by_name;
use super::report::Report;
use super::weights::{Weights, load, score_note, weights_help};
use crate::io::batch::{self, Outcome};
use crate::io::channels::Channel;
use crate::io::decode::Limits;
use crate::io::inputs::Input;
use crate::io::lines;
use crate::io::names::text;
use crate::io::output::{Output, refuse};
use crate::io::prepare::{self, Preparing, prepare};
use crate::io::sound::{self, Beyond, Job, Selection};
use crate::numeric::decimal::{fixed, signed};
use egemaps::catalogue::FEATURE_COUNT;
use undertone::attribution::{Explanation, Level, Method, explain};
use undertone::model::Model;

/// Says what moved each file's score, by one of three methods of attribution.
///
/// path: path-integrated gradients from the average training voice, as `score` and the page give them. expected: the same,
/// averaged over other voices as starts. shapley: exact Shapley values of the four feature families. On every level the
/// contributions add up exactly to the score's distance from the start's score.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    files: FileArgs,
    /// How contributions are found: path, expected, shapley
    #[arg(long, value_name = "NAME", default_value = "path", value_parser = parse_method)]
    method: Method,
    /// Recording to start from, for the method `expected`: a voice that this one is compared with; several by repeating
    /// the option
    #[arg(long, value_name = "FILE")]
    background: Vec<PathBuf>,
    /// What contributions are of in text and SVG: features, groups, families [default: groups; families for shapley]
    #[arg(long, value_name = "LEVEL", value_parser = parse_level)]
    by: Option<Level>,
    /// A table, one JSON object per line, or a figure of one file
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[arg(long, value_name = "NAME|FILE", default_value = "metric-act", help = weights_help())]
    model: Weights,
    /// Where to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How an explanation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table for people.
    Text,
    /// One object per line, with every level; `docs/schema/explanation.json` describes it.
    Json,
    /// A bar chart of one file.
    Svg,
}

fn parse_method(text: &str) -> Result<Method, String> {
    by_name("method", text, &Method::ALL, Method::name)
}

fn parse_level(text: &str) -> Result<Level, String> {
    by_name("level", text, &Level::ALL, Level::name)
}

/// Refuses impossible combinations of options before any work is done; gives the level that text and figure show.
fn check(args: &Args, files: usize) -> Result<Level, ExplainError> {
    let &Args { method, format, by, .. } = args;
    match (method, args.background.is_empty()) {
        (Method::ExpectedGradients, true) => return Err(ExplainError::NoBackground),
        (Method::PathGradients | Method::Shapley, false) => {
            return Err(ExplainError::UnusedBackground { method });
        }
        _ => {}
    }
    if format == Format::Json && by.is_some() {
        return Err(ExplainError::LevelOfJson);
    }
    if format == Format::Svg && files > 1 {
        return Err(ExplainError::SeveralFiles { count: files });
    }
    if format == Format::Svg && args.files.channel == Channel::Each {
        return Err(ExplainError::SeveralChannels);
    }
    let level = by.unwrap_or(method.first_level());
    if !method.levels().contains(&level) {
        return Err(ExplainError::NoSuchLevel { method, level });
    }
    Ok(level)
}

/// Runs the command.
///
/// # Errors
/// [`CommandError`] if options do not go together, the weights or a background voice cannot be read, or the
/// output cannot be written. Files that fail are reported and show in the [`Outcome`].
pub fn run(args: &Args) -> Result<Outcome, CommandError> {
    let jobs: Vec<Job> = args
        .files
        .inputs()?
        .into_iter()
        .map(|Input { path, fault }| Job { fault, ..Job::whole(path) })
        .collect();
    let level = check(args, jobs.len())?;
    let others =
        args.background.iter().map(PathBuf::as_path).chain(args.files.lists()).chain(args.model.file());
    refuse(args.output.as_deref(), jobs.iter().map(|job| job.file.as_path()).chain(others))?;
    let model = load(&args.model)?;
    let mut output = Output::open(args.output.as_deref())?;
    let background = read_background(&args.background, args.files.decoding.limits())?;
    let names: Vec<String> = args.background.iter().map(|file| text(file)).collect();
    let taken_channel = args.files.channel;
    let mut report = Report::new(None, taken_channel, None)?;
    let selection = Selection {
        channel: taken_channel,
        limits: args.files.decoding.limits(),
        windows: None,
        beyond: Beyond::Refuse,
        bytes_per_s: prepare::BYTES_PER_S,
    };
    batch::every(
        &jobs,
        |job, turn| {
            let taken = sound::take(job, selection, turn, Preparing::new)?;
            Ok(taken
                .map(|prepared| explain(&model, args.method, &background, &prepared.levelled.functionals)))
        },
        |_| 0,
        |job, taken| {
            report.file(job, false, taken, |found| {
                let explanation = found.value.as_ref().map_err(|error| *error)?;
                let text = match args.format {
                    Format::Text => table(&found.title(), explanation, level, &model, background.len()),
                    Format::Json => {
                        let file = text(found.file);
                        let source = found.source(&file, false, taken_channel);
                        let mut line = lines::explanation(&source, &model, &names, explanation)?;
                        line.push('\n');
                        line
                    }
                    Format::Svg => drawn(&text(found.file), explanation, level, &model, background.len())?,
                };
                output
                    .write_all(text.as_bytes())
                    .and_then(|()| output.flush())
                    .map_err(|error| output.failure(error))?;
                Ok::<(), CommandError>(())
            })
        },
    )?;
    let outcome = report.finish()?;
    // A figure that could not be drawn leaves no empty file.
    if outcome == Outcome::Complete || args.format != Format::Svg {
        output.commit()?;
    }
    Ok(outcome)
}

/// The model's inputs of the voices to start from. Fails if one cannot be read or was cut off: the result would differ.
fn read_background(files: &[PathBuf], limits: Limits) -> Result<Vec<[f32; FEATURE_COUNT]>, CommandError> {
    let mut background = Vec::with_capacity(files.len());
    let outcome = batch::each(
        files,
        |file, turn| Ok(prepare(file, Limits { strict: true, ..limits }, turn)?.0.levelled.functionals),
        |_| 0,
        |_, features| {
            background.push(features);
            Ok::<(), CommandError>(())
        },
    )?;
    match outcome {
        Outcome::Complete => Ok(background),
        Outcome::SomeFailed => {
            Err(CommandError::Background { failed: files.len() - background.len(), count: files.len() })
        }
    }
}

/// What the contributions start from.
fn start(method: Method, voices: usize) -> String {
    match method {
        Method::PathGradients | Method::Shapley => "the average training voice".to_owned(),
        Method::ExpectedGradients if voices == 1 => "the background voice".to_owned(),
        Method::ExpectedGradients => format!("the {voices} background voices, on average"),
    }
}

/// Contributions on a level, the largest first.
fn largest_first(explanation: &Explanation, level: Level) -> Vec<(&'static str, f64)> {
    let mut rows = explanation.contributions.on(level).unwrap_or_default();
    rows.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    rows
}

/// A table for a person.
fn table(title: &str, explanation: &Explanation, level: Level, model: &Model, voices: usize) -> String {
    let Explanation { method, baseline, activation, .. } = explanation;
    let rows = largest_first(explanation, level);
    let start = start(*method, voices);
    let width = rows.iter().map(|(name, _)| name.len()).chain([start.chars().count()]).max().unwrap_or(0);
    let mut text = format!("{title}\n");
    // Writing to a string cannot fail.
    let _ = writeln!(text, "  {}", method.description());
    let _ = writeln!(text, "  ({})", method.source());
    if let Some(note) = score_note(model.info().objective) {
        let _ = writeln!(text, "  {note}");
    }
    let _ = writeln!(text, "  {start:width$}  {:>7}", fixed(*baseline, 3));
    for (name, value) in rows {
        let _ = writeln!(text, "  {name:width$}  {:>7}", signed(value, 3));
    }
    let _ = writeln!(text, "  {:width$}  {:>7}", "this voice", fixed(*activation, 3));
    text
}

/// An SVG document.
fn drawn(
    file: &str,
    explanation: &Explanation,
    level: Level,
    model: &Model,
    voices: usize,
) -> Result<String, CommandError> {
    let figure = figure::Figure {
        file: Path::new(file).file_name().and_then(|name| name.to_str()).unwrap_or(file),
        start: start(explanation.method, voices),
        rows: largest_first(explanation, level),
        explanation,
        model: model.info(),
    };
    figure.to_svg().map_err(|source| CommandError::Chart { file: file.to_owned(), source })
}
