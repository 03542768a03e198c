//! The command line: `extract`, `score`, `compare`, `explain`, `train`, `evaluate`, `robustness`, `figures`.
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
//! | [`figures`] | attribution analysis and latents: figures and tables |
//! | [`sources`] | corpora as named on the command line |
//! | [`read_corpora`] | reading them, with progress |
//! | [`variants`] | their augmentations, and their recordings under conditions |
//! | `takes` | their takes, which interval and order are calibrated on |
//! | `weights`, `names`, `date` | values of arguments |
//! | `error` | why a command failed |
//!
//! # Exit status
//! 0 success; 1 a file could not be read or analysed (the others were), or the output could not be written;
//! 2 the command line itself is wrong.

pub mod compare;
mod date;
mod error;
pub mod evaluate;
pub mod explain;
pub mod extract;
pub mod figures;
mod names;
pub mod read_corpora;
pub mod robustness;
pub mod score;
pub mod sources;
mod takes;
pub mod train;
pub mod variants;
mod weights;

use std::num::NonZeroUsize;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::io::WriteError;
use crate::io::batch::Outcome;
pub use error::CommandError;

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
    Figures(figures::Args),
}

fn run(cli: &Cli) -> Result<Outcome, CommandError> {
    if let Some(jobs) = cli.jobs {
        rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).build_global()?;
    }
    match &cli.command {
        Command::Extract(args) => extract::run(args),
        Command::Score(args) => score::run(args),
        Command::Compare(args) => compare::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Train(args) => train::run(args),
        Command::Evaluate(args) => evaluate::run(args),
        Command::Robustness(args) => robustness::run(args),
        Command::Figures(args) => figures::run(args),
    }
}

/// Runs the command line of this process and returns its exit status.
pub fn main() -> ExitCode {
    match run(&Cli::parse()) {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Err(CommandError::Write(WriteError { source, .. }))
            if source.kind() == std::io::ErrorKind::BrokenPipe =>
        {
            // The reader of the output has closed it (`| head`): no error.
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("undertone: {error}");
            ExitCode::from(if matches!(error, CommandError::Explain(_)) { 2 } else { 1 })
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
