//! The command line: `extract`, `score`, `explain`, `train`, `evaluate`, `robustness`, `figures`.
//!
//! | module | what it does |
//! |---|---|
//! | [`extract`] | the table of the 88 functionals, or of the 25 contours |
//! | [`score`] | score and reasons per file |
//! | [`explain`] | what moved a score, by a method of choice: table, JSON, figure |
//! | [`corpora`] | labelled speech named on the command line |
//! | [`renditions`] | their sounds in other versions and under other conditions |
//! | [`train`] | a weights file and its card from labelled speech |
//! | [`evaluate`] | the tables of results |
//! | [`robustness`] | scores under noise, rooms, gains; what is no speech |
//! | [`figures`] | what moves each method's output, and where voices land: figures and tables |
//!
//! # Exit status
//! 0 all is well; 1 a file could not be read or analysed (the others were), or the output could not be written;
//! 2 the command line itself is wrong.

pub mod corpora;
mod error;
pub mod evaluate;
pub mod explain;
pub mod extract;
pub mod figures;
pub mod renditions;
pub mod robustness;
pub mod score;
pub mod train;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::io::WriteError;
use crate::io::batch::Outcome;
pub use error::CommandError;

use undertone::model::{Family, Objective};

/// How activated a voice sounds (calm … excited), and why.
///
/// The score describes how a voice sounds. It is not a diagnosis, names no feeling, and is not for grading or
/// monitoring people.
#[derive(Debug, Parser)]
#[command(name = "undertone", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Extract(extract::Args),
    Score(score::Args),
    Explain(explain::Args),
    Train(train::Args),
    Evaluate(evaluate::Args),
    Robustness(robustness::Args),
    Figures(figures::Args),
}

/// Runs the command line of this process and returns its exit status.
pub fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Extract(args) => extract::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Train(args) => train::run(&args),
        Command::Evaluate(args) => evaluate::run(&args),
        Command::Robustness(args) => robustness::run(&args),
        Command::Figures(args) => figures::run(&args),
    };
    match outcome {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(1),
        Err(CommandError::Write(WriteError { source, .. }))
            if source.kind() == std::io::ErrorKind::BrokenPipe =>
        {
            // Whoever reads our output has seen enough (`| head`): no reason to complain.
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("undertone: {error}");
            ExitCode::from(if matches!(error, CommandError::Explain(_)) { 2 } else { 1 })
        }
    }
}

/// An objective by its name.
fn parse_objective(text: &str) -> Result<Objective, String> {
    let known = || Objective::ALL.map(Objective::name).join(", ");
    Objective::from_name(text).ok_or_else(|| format!("unknown objective; known: {}", known()))
}

/// A kind of autoencoder by its name.
fn parse_family(text: &str) -> Result<Family, String> {
    Family::from_name(text).ok_or_else(|| "unknown family; known: dae, vae".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
