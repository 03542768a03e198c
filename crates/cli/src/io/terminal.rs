//! Progress bars and messages on standard error.

use std::io::Write;
use std::sync::atomic::{AtomicU8, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

/// How much is said on standard error beside results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Verbosity {
    /// Errors alone.
    Quiet,
    /// Also notes and progress.
    Usual,
    /// Also what was done with each file.
    Verbose,
}

static VERBOSITY: AtomicU8 = AtomicU8::new(Verbosity::Usual as u8);

/// Says how much is said, for the whole process; to be called once, at its start.
pub fn set_verbosity(verbosity: Verbosity) {
    VERBOSITY.store(verbosity as u8, Ordering::Relaxed);
}

/// Whether errors alone are said.
pub fn is_quiet() -> bool {
    VERBOSITY.load(Ordering::Relaxed) < Verbosity::Usual as u8
}

/// A progress bar on standard error; hidden unless that is a terminal.
pub fn progress_bar(template: &str, count: usize, message: &str) -> ProgressBar {
    if is_quiet() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(count as u64).with_message(message.to_owned());
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

/// A progress bar for the epochs of one or more trainings.
pub fn epochs_bar(epochs: usize) -> ProgressBar {
    progress_bar("{msg} {bar:30} {pos}/{len} epochs, {eta} left", epochs, "training")
}

/// Writes a line, or several, to standard error. A closed standard error is ignored; `eprintln!` would panic. Control
/// characters, from names and contents of files, do not reach a terminal.
pub fn message(line: &str) {
    let mut text = String::with_capacity(line.len() + 1);
    for character in line.chars() {
        if character.is_control() && character != '\n' {
            text.extend(character.escape_unicode());
        } else {
            text.push(character);
        }
    }
    text.push('\n');
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// Writes a line that `--quiet` leaves out.
pub fn note(line: &str) {
    if !is_quiet() {
        message(line);
    }
}

/// Writes a line that `--verbose` asks for.
pub fn detail(line: &str) {
    if VERBOSITY.load(Ordering::Relaxed) >= Verbosity::Verbose as u8 {
        message(line);
    }
}
