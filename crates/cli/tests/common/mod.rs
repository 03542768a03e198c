//! Running the program in integration tests.
// Helpers of tests may fail a test, too; the lint knows only the tests themselves. Not every test uses every helper.
#![allow(clippy::unwrap_used, dead_code)]

use std::path::{Path, PathBuf};
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

/// Runs the program in the folder of the tests and waits for it.
pub fn undertone(arguments: &[&str]) -> Output {
    undertone_in(Path::new("."), arguments)
}

/// Runs the program in `folder` and waits for it.
pub fn undertone_in(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

/// Standard output of a run that must succeed and report nothing.
pub fn said(arguments: &[&str]) -> String {
    let run = undertone(arguments);
    assert!(run.status.success(), "{arguments:?}: {}", text(&run.stderr));
    assert_eq!(text(&run.stderr), "", "{arguments:?}");
    text(&run.stdout)
}

/// A file of the repository.
pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// Path of a file of `tests/fixtures`.
pub fn fixture(name: &str) -> String {
    repository("tests/fixtures").join(name).to_str().unwrap().to_owned()
}

/// A synthetic voice, as samples of 16 bits.
pub fn voice(rate_hz: u32, seconds: f64, f0_hz: f64) -> Vec<i16> {
    test_signals::Voice { rate_hz, seconds, f0_hz, ..test_signals::Voice::default() }.integers()
}

/// The rows of a CSV table, its heading first.
pub fn rows(table: impl AsRef<[u8]>) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_ref());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// Output of the program as text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}
