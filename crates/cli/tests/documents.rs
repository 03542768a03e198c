//! The lines for a shell that the documents show do what they are shown for, as printed.
// Helpers of tests may fail a test, too; the lint knows only the tests themselves.
#![allow(clippy::unwrap_used)]
#![cfg(unix)]

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

mod common;

use common::{fixture, repository, text};
use test_signals::phrase;
use undertone::audio::wav::write_f32;

/// A folder with the sounds that the lines name.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    std::fs::create_dir(path.join("corpus")).unwrap();
    for name in ["talk.wav", "before.wav", "after.wav", "interview.wav", "corpus/one.wav"] {
        let pause = vec![0.0; 16_000];
        let samples =
            [pause.clone(), phrase(2.0, 0.5, 16_000), pause.clone(), phrase(1.6, 0.3, 16_000), pause];
        std::fs::write(path.join(name), write_f32(&samples.concat(), 16_000)).unwrap();
    }
    std::fs::copy(fixture("voice.flac"), path.join("speech.flac")).unwrap();
    folder
}

/// Runs a line as somebody who has installed the program.
fn run(line: &str, folder: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_undertone")).parent().unwrap().to_owned();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path: OsString =
        std::env::join_paths([program].into_iter().chain(std::env::split_paths(&path))).unwrap();
    Command::new("sh").args(["-c", line]).current_dir(folder).env("PATH", path).output().unwrap()
}

fn succeeds(line: &str, folder: &Path) {
    let run = run(line, folder);
    assert!(run.status.success(), "{line}: {}", text(&run.stderr));
    let written = line.split_once(" -o ").map(|(_, rest)| rest.split_whitespace().next().unwrap());
    match written {
        Some(file) => assert!(folder.join(file).metadata().unwrap().len() > 100, "{line}"),
        None => assert!(run.stdout.len() > 60, "{line}: {}", text(&run.stdout)),
    }
}

#[test]
fn the_lines_of_the_readme_run() {
    let readme = std::fs::read_to_string(repository("README.md")).unwrap();
    let lines: Vec<&str> = readme.lines().filter(|line| line.starts_with("undertone ")).collect();
    assert_eq!(lines.len(), 8, "{lines:?}");
    let folder = folder();
    for line in lines {
        succeeds(line, folder.path());
    }
}

#[test]
fn the_examples_of_the_commands_run_or_miss_nothing_but_their_data() {
    let readme = std::fs::read_to_string(repository("crates/cli/README.md")).unwrap();
    let examples: Vec<&str> = readme
        .lines()
        .filter_map(|line| line.strip_suffix("` |")?.rsplit_once("| `"))
        .map(|(_, example)| example.split(" \\| ").next().unwrap())
        .filter(|example| example.starts_with("undertone "))
        .collect();
    assert_eq!(examples.len(), 11, "{examples:?}");
    let folder = folder();
    let mut without_data = 0;
    for example in examples {
        if example.contains(" mine.") || example.contains("=corpora/") {
            // Nobody's corpora are here: the options are understood (2 would say that they are not), and what is missing is named.
            let run = run(example, folder.path());
            let said = text(&run.stderr);
            assert_eq!(run.status.code(), Some(1), "{example}: {said}");
            assert!(said.contains("there is no such file or folder"), "{example}: {said}");
            without_data += 1;
        } else {
            succeeds(example, folder.path());
        }
    }
    assert_eq!(without_data, 5);
}
