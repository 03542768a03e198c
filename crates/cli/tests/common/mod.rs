//! Running the program in integration tests.
// Helpers of tests may fail a test, too; the lint knows only the tests themselves. Not every test uses every helper.
#![allow(clippy::unwrap_used, dead_code)]

use std::path::Path;
use std::process::{Command, Output};

/// The program, to be run in `folder`, with its cache there and a fixed date.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_undertone"));
    command
        .current_dir(folder)
        .env("XDG_CACHE_HOME", folder)
        .env("SOURCE_DATE_EPOCH", "951782400")
        .args(arguments);
    command
}

/// Runs the program in `folder` and waits for it.
pub fn undertone(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

/// Output of the program as text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
