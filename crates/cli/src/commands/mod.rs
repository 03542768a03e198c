//! The command line: `extract`, `score`, `compare`, `explain`, `train`, `evaluate`, `robustness`, `conversations`,
//! `figures`, `completions`, `manpage`.
//!
//! | module | what it does |
//! |---|---|
//! | [`extract`] | the table of the 88 functionals, or of the 25 low-level descriptors (LLDs) |
//! | [`score`] | score and reasons per file |
//! | [`compare`] | the order of two recordings of one voice |
//! | [`explain`] | what moved a score, by a method of choice: table, JSON, figure |
//! | [`train`] | a weights file and its card from labelled speech |
//! | [`evaluate`] | tables of results; the replication of Das et al. (2022) |
//! | [`robustness`] | scores under noise, rooms, gains; novelty detection |
//! | [`conversations`] | utterances found again in conversations built of them |
//! | [`figures`] | attribution analysis and latents: figures and tables |
//! | `inputs` | files, channels, segments and outputs, as several commands take them |
//! | `report` | what is said beside the results |
//! | `shell` | completions and manual pages |
//! | [`sources`] | corpora as named on the command line |
//! | [`read_corpora`] | reading them, with progress |
//! | [`variants`] | their augmentations, and their recordings under conditions |
//! | `takes` | their takes, which interval and order are calibrated on |
//! | `weights`, `names`, `date` | values of arguments |
//! | `error` | why a command failed |
//!
//! # Exit status
//! 0 success; 1 a file could not be read or analysed (the others were), or the output could not be written;
//! 2 the command line itself is wrong. `STATUSES` has it for `--help`.

pub mod compare;
pub mod conversations;
mod date;
mod error;
pub mod evaluate;
pub mod explain;
pub mod extract;
pub mod figures;
mod inputs;
mod names;
pub mod read_corpora;
mod report;
pub mod robustness;
pub mod score;
mod shell;
pub mod sources;
mod takes;
pub mod train;
pub mod variants;
mod weights;

use std::error::Error as _;
use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::io::WriteError;
use crate::io::batch::Outcome;
use crate::io::terminal::{self, Verbosity};
pub use error::CommandError;
pub use inputs::InputError;

/// Stands in the help of the program and of each command.
const STATUSES: &str = "\
Exit status:
  0  success, also when the reader of the output closes it early (| head)
  1  a file, segment or channel could not be read or analysed (each is named, all others were processed), or the
     command failed
  2  the command line is wrong, or the output is one of the inputs or holds sound; nothing was written";

/// How activated (arousal) a voice sounds, calm … excited, and why.
///
/// The score describes how a voice sounds. It is not a diagnosis, names no feeling, and is not for grading or
/// monitoring people.
#[derive(Debug, Parser)]
#[command(name = "undertone", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// How many threads compute [default: the number of cores]; results do not depend on it
    #[arg(long, value_name = "N", global = true)]
    jobs: Option<NonZeroUsize>,
    /// Say nothing on standard error but what failed
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say of each file what it is
    #[arg(short, long, global = true, action = ArgAction::SetTrue)]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    Extract(extract::Args),
    Score(score::Args),
    Compare(compare::Args),
    Explain(explain::Args),
    Train(train::Args),
    Evaluate(evaluate::Args),
    Robustness(robustness::Args),
    Conversations(conversations::Args),
    Figures(figures::Args),
    Completions(shell::CompletionsArgs),
    Manpage(shell::ManpageArgs),
}

fn run(cli: &Cli) -> Result<Outcome, CommandError> {
    if let Some(jobs) = cli.jobs {
        rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).build_global()?;
    }
    terminal::set_verbosity(match (cli.quiet, cli.verbose) {
        (true, _) => Verbosity::Quiet,
        (_, true) => Verbosity::Verbose,
        _ => Verbosity::Usual,
    });
    match &cli.command {
        Command::Extract(args) => extract::run(args),
        Command::Score(args) => score::run(args),
        Command::Compare(args) => compare::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Train(args) => train::run(args),
        Command::Evaluate(args) => evaluate::run(args),
        Command::Robustness(args) => robustness::run(args),
        Command::Conversations(args) => conversations::run(args),
        Command::Figures(args) => figures::run(args),
        Command::Completions(args) => shell::completions(args, &mut command()),
        Command::Manpage(args) => shell::manpage(args, &command()),
    }
}

/// The command line, with the exit statuses in each help.
fn command() -> clap::Command {
    fn with_statuses(command: clap::Command) -> clap::Command {
        let behind = |help: Option<&clap::builder::StyledStr>| match help {
            Some(help) => format!("{help}\n\n{STATUSES}"),
            None => STATUSES.to_owned(),
        };
        let short = behind(command.get_after_help());
        let long = behind(command.get_after_long_help().or(command.get_after_help()));
        command.after_help(short).after_long_help(long)
    }
    with_statuses(Cli::command()).mut_subcommands(with_statuses)
}

/// An error of the command line; of a value that is no number it says what one looks like.
fn in_words(error: clap::Error) -> clap::Error {
    let why = match error.source().map(ToString::to_string).as_deref() {
        Some("invalid float literal" | "cannot parse float from empty string") => {
            "it is not a number, as 0.5 is one"
        }
        Some("invalid digit found in string" | "cannot parse integer from empty string") => {
            "it is not a whole number, as 3 is one"
        }
        Some("number would be zero for non-zero type") => "it must be 1 or more",
        Some("number too large to fit in target type") => "it is too large",
        _ => return error,
    };
    let said = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        _ => String::new(),
    };
    let (argument, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    let text =
        format!("invalid value '{value}' for '{argument}': {why}\n\nFor more information, try '--help'.\n");
    clap::Error::raw(error.kind(), text)
}

/// The arguments of the process. On Windows no shell puts files in the place of `*.wav`, so that is done here.
fn arguments() -> impl Iterator<Item = OsString> {
    wild::args_os()
}

/// Runs the command line of this process and returns its exit status.
pub fn main() -> ExitCode {
    let matches = command().try_get_matches_from(arguments()).unwrap_or_else(|error| in_words(error).exit());
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| in_words(error).exit());
    match run(&cli) {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Err(CommandError::Write(WriteError::Failed { source, .. }))
            if source.kind() == std::io::ErrorKind::BrokenPipe =>
        {
            // The reader of the output has closed it (`| head`): no error.
            ExitCode::SUCCESS
        }
        Err(error) => {
            terminal::message(&format!("undertone: {error}"));
            ExitCode::from(if error.is_usage() { 2 } else { 1 })
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_a_number_looks_like_is_said() {
        let said = |words: &[&str]| {
            let words = ["undertone"].iter().chain(words);
            super::in_words(super::command().try_get_matches_from(words).unwrap_err()).to_string()
        };
        let pause = said(&["score", "--pause", "long", "a.wav"]);
        assert!(
            pause.contains("'long' for '--pause <") && pause.contains("it is not a number, as 0.5 is one"),
            "{pause}"
        );
        let jobs = said(&["score", "--jobs", "0", "a.wav"]);
        assert!(jobs.contains("'0' for '--jobs <N>': it must be 1 or more"), "{jobs}");
        assert!(said(&["score", "--jobs", "x", "a.wav"]).contains("it is not a whole number, as 3 is one"));
        assert!(said(&["score", "--no-such"]).contains("--no-such"));
    }

    #[test]
    fn command_line_is_consistent() {
        super::command().debug_assert();
    }

    /// Every argument of a command in a line, without its help.
    fn arguments(command: &clap::Command) -> String {
        let mut text = String::new();
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            let mut names: Vec<String> =
                argument.get_short().map(|short| format!("-{short}")).into_iter().collect();
            names.extend(argument.get_long().map(|long| format!("--{long}")));
            for other in argument.get_all_aliases().into_iter().flatten() {
                names.push(format!("--{other}"));
            }
            let values = argument.get_value_names().unwrap_or_default().join(" ");
            let named = names.join(", ");
            let mut line = match (argument.get_action().takes_values(), named.is_empty()) {
                (true, true) => format!("  <{values}>"),
                (true, false) => format!("  {named} <{values}>"),
                (false, _) => format!("  {named}"),
            };
            let known: Vec<String> =
                argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
            if argument.get_action().takes_values() && !known.is_empty() {
                line += &format!(" of {}", known.join(", "));
            }
            let usual: Vec<_> =
                argument.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
            if !usual.is_empty() && argument.get_action().takes_values() {
                line += &format!(" = {}", usual.join(" "));
            }
            if argument.is_required_set() {
                line += " (required)";
            }
            text += &format!("{line}\n");
        }
        text
    }

    /// The interface of this crate is its command line; `cargo xtask crates --write` writes the record.
    #[test]
    fn commands_and_options_are_those_recorded() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api/undertone-cli.txt");
        let mut command = super::command();
        command.build();
        let mut text = format!("The commands of undertone and their options.\n\nall commands\n{}", {
            let global = command.clone().mut_args(|argument| {
                let other = !argument.is_global_set();
                argument.hide(other)
            });
            arguments(&global)
        });
        for one in command.get_subcommands().filter(|one| one.get_name() != "help") {
            let own = one.clone().mut_args(|argument| {
                let of_all = argument.is_global_set() || argument.get_id() == "help";
                if of_all { argument.hide(true) } else { argument }
            });
            text += &format!("\n{}\n{}", one.get_name(), arguments(&own));
        }
        if std::env::var_os("UNDERTONE_WRITE_COMMANDS").is_some() {
            std::fs::write(file, &text).unwrap();
        }
        assert_eq!(text, std::fs::read_to_string(file).unwrap(), "cargo xtask crates --write");
    }
}
