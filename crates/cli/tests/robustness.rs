//! `undertone robustness` on a miniature corpus of synthetic talkers.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Output;

mod common;

use common::text;
use undertone::audio::wav;
use undertone_cli::data::conditions::BackgroundSpeech;
use undertone_cli::data::novelty_sounds::SoundSet;

fn robustness(folder: &Path, arguments: &[&str]) -> Output {
    common::undertone_in(folder, &[&["robustness"], arguments].concat())
}

/// Three utterances in the layout of a corpus, and a file that is no sound.
fn corpus(folder: &Path) {
    fs::create_dir(folder.join("corpus")).unwrap();
    for (number, name) in ["DC_a01.wav", "DC_n01.wav", "JE_sa01.wav"].into_iter().enumerate() {
        let sound = &SoundSet::AdultVoices.sound(number, &BackgroundSpeech::Synthesised)[..24_000];
        fs::write(folder.join("corpus").join(name), wav::write_f32(sound, 16_000)).unwrap();
    }
    fs::write(folder.join("corpus/JE_n01.wav"), "no sound").unwrap();
}

#[test]
fn robustness_gives_the_same_tables_from_sound_and_from_cached_features() {
    let folder = tempfile::tempdir().unwrap();
    corpus(folder.path());
    let run = |output: &str| {
        let arguments = ["--target", "savee=corpus", "--shifts", "2", "--output", output];
        let result = robustness(folder.path(), &arguments);
        // One file is no sound: it is named, the others are measured.
        assert_eq!(result.status.code(), Some(1), "{}", text(&result.stderr));
        assert!(text(&result.stderr).contains("JE_n01.wav"), "{}", text(&result.stderr));
        ["md", "csv", "json"].map(|kind| {
            fs::read_to_string(folder.path().join(output).join(format!("robustness.{kind}"))).unwrap()
        })
    };
    let [markdown, table, json] = run("first");
    assert_eq!(run("second"), [markdown.clone(), table.clone(), json.clone()]);
    for part in ["## savee (category labels, 3 utterances)", "| pink noise, 15 dB SNR |", "over 2 shifts"] {
        assert!(markdown.contains(part), "{part} is missing in\n{markdown}");
    }
    // Digital silence is no information: the score does not move at all.
    assert!(
        markdown.contains("| 500 ms of silence at both ends | 0.000 | 0.000 | 0.000 | 100.0 % | 0 |"),
        "{markdown}"
    );
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let conditions = json["corpora"][0]["conditions"].as_array().unwrap();
    assert_eq!(table.lines().count(), 2 + conditions.len());
    assert!(conditions.iter().all(|condition| condition["utterances"] == 3));
}

#[test]
fn robustness_needs_no_corpus_for_novelty_and_takes_no_tables() {
    let folder = tempfile::tempdir().unwrap();
    let result = robustness(folder.path(), &["--novelty", "1"]);
    assert!(result.status.success(), "{}", text(&result.stderr));
    assert!(text(&result.stdout).contains("| white noise | 1 | 100 % |"), "{}", text(&result.stdout));
    assert_eq!(robustness(folder.path(), &[]).status.code(), Some(2));
    assert_eq!(robustness(folder.path(), &["--target", "savee=nowhere"]).status.code(), Some(1));
}

#[test]
fn calibration_counts_labels_inside_the_interval_by_duration_and_background() {
    let folder = tempfile::tempdir().unwrap();
    corpus(folder.path());
    let arguments = ["--target", "savee=corpus", "--no-conditions", "--calibration", "--output", "out"];
    let result = robustness(folder.path(), &arguments);
    assert_eq!(result.status.code(), Some(1), "{}", text(&result.stderr));
    let read = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    let table = read("robustness.md");
    assert!(table.contains("## The interval by duration of the speech and background"), "{table}");
    let results: serde_json::Value = serde_json::from_str(&read("robustness.json")).unwrap();
    let cells = results["intervals"].as_array().unwrap();
    let takes = |noisy: bool| -> u64 {
        let kind = cells.iter().filter(|cell| cell["noisy"] == noisy);
        kind.map(|cell| cell["takes"].as_u64().unwrap()).sum()
    };
    // Three recordings as they are and in a room, at least; three in each of four noises.
    assert!(takes(false) >= 6 && takes(true) >= 9, "{table}");
    assert!(cells.iter().all(|cell| cell["half_width"].as_f64().unwrap() > 0.5), "{table}");
}
