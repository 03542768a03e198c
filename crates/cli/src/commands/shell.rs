//! `undertone completions` and `undertone manpage`: what a shell and `man` know of the command line.

use clap_complete::Shell;

use super::error::CommandError;
use crate::io::batch::Outcome;
use crate::io::output;
use crate::io::{WriteError, names::shown};

/// Writes completions of the command line for a shell.
///
/// bash: undertone completions bash > ~/.local/share/bash-completion/completions/undertone
#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

/// Writes the manual page of the program, or of a command.
///
/// To read it: undertone manpage score | man -l -
#[derive(Debug, clap::Args)]
pub(super) struct ManpageArgs {
    /// The command
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

/// Writes completions.
pub(super) fn completions(
    args: &CompletionsArgs,
    command: &mut clap::Command,
) -> Result<Outcome, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "undertone", &mut script);
    output::write(None, &script)?;
    Ok(Outcome::Complete)
}

/// Writes a manual page.
pub(super) fn manpage(args: &ManpageArgs, command: &clap::Command) -> Result<Outcome, CommandError> {
    let page = match &args.command {
        None => command.clone(),
        Some(name) => {
            let found = command.find_subcommand(name);
            let found = found.ok_or_else(|| CommandError::NoSuchCommand { name: shown(name).to_string() })?;
            let title = format!("undertone-{name}");
            found.clone().bin_name(format!("undertone {name}")).display_name(title)
        }
    };
    let mut text = Vec::new();
    let rendered = clap_mangen::Man::new(page).render(&mut text);
    rendered.map_err(|source| WriteError::failed("standard output".as_ref(), source))?;
    output::write(None, &text)?;
    Ok(Outcome::Complete)
}
