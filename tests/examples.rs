//! The examples, run as a newcomer runs them.
// Helpers of tests may fail a test, too; the lint knows only the tests themselves.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::process::Command;

use test_signals::Voice;
use undertone::audio::wav;

/// What an example prints. `cargo test` builds the examples beside its tests.
fn printed(name: &str, arguments: &[&Path]) -> String {
    let mut program: PathBuf = std::env::current_exe().unwrap();
    program.pop();
    program.pop();
    program.push("examples");
    program.push(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let run = Command::new(&program).args(arguments).output();
    let run = run.unwrap_or_else(|error| panic!("{}: {error}; cargo build --examples", program.display()));
    assert!(run.status.success(), "{name}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

/// One second of a voice, as a WAV file.
fn voice(name: &str, f0_hz: f64) -> (Vec<f32>, PathBuf) {
    let samples = Voice { rate_hz: 22_050, f0_hz, ..Voice::default() }.samples();
    let file = std::env::temp_dir().join(format!("undertone-example-{}-{name}.wav", std::process::id()));
    std::fs::write(&file, wav::write_f32(&samples, 22_050)).unwrap();
    (samples, file)
}

#[test]
fn features_prints_each_with_its_unit() {
    let text = printed("features", &[]);
    assert_eq!(text.lines().count(), 89);
    let words: Vec<&str> = text.lines().nth(3).unwrap().split_whitespace().collect();
    let ["F0semitoneFrom27.5Hz_sma3nz_percentile50.0", semitones, "st"] = words[..] else {
        panic!("{words:?}")
    };
    // 149.5 Hz are 29.32 semitones above 27.5 Hz.
    assert!((semitones.parse::<f64>().unwrap() - 29.32).abs() < 0.05, "{semitones}");
}

#[test]
fn score_prints_the_result_of_one_call() {
    let (samples, file) = voice("score", 150.0);
    let printed: serde_json::Value = serde_json::from_str(&printed("score", &[&file])).unwrap();
    let analysis = undertone::score(&samples, 22_050).unwrap();
    let expected = serde_json::to_string(&analysis).unwrap();
    assert!(printed == serde_json::from_str::<serde_json::Value>(&expected).unwrap(), "{expected}");
    std::fs::remove_file(file).unwrap();
}

#[test]
fn explain_leads_from_one_voice_to_the_other() {
    let (one, two) = (voice("one", 150.0), voice("two", 220.0));
    let text = printed("explain", &[&one.1, &two.1]);
    let parts: Vec<f64> =
        text.lines().skip(1).map(|line| line.split_whitespace().last().unwrap().parse().unwrap()).collect();
    assert_eq!(parts.len(), 27);
    let score = |samples: &[f32]| undertone::score(samples, 22_050).unwrap().prediction.activation;
    let difference = score(&two.0) - score(&one.0);
    // Each part is rounded to 0.001.
    assert!((parts.iter().sum::<f64>() - difference).abs() < 27.0 * 5e-4, "{text} {difference}");
    for (_, file) in [one, two] {
        std::fs::remove_file(file).unwrap();
    }
}

#[test]
fn examples_are_short() {
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/examples")).unwrap() {
        let file = entry.unwrap().path();
        // Scripts for many files stand in a folder of their own.
        if file.is_dir() {
            continue;
        }
        let lines = std::fs::read_to_string(&file).unwrap().lines().count();
        assert!(lines <= 25, "{}: {lines} lines", file.display());
    }
}
