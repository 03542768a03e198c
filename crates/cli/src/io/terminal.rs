//! Progress bars and messages on standard error.

use std::io::Write;

use indicatif::{ProgressBar, ProgressStyle};

/// A progress bar on standard error; hidden unless that is a terminal.
pub fn progress_bar(template: &str, count: usize, message: &str) -> ProgressBar {
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

/// Writes a line to standard error. A closed standard error is ignored; `eprintln!` would panic.
pub fn message(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}
