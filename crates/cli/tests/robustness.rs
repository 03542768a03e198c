//! `undertone robustness` on a miniature corpus of synthetic talkers.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use undertone::audio::wav;
use undertone_cli::data::sound_sets::SoundSet;

fn undertone(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_undertone"))
        .current_dir(folder)
        .env("XDG_CACHE_HOME", folder.join("cache"))
        .arg("robustness")
        .args(arguments)
        .output()
        .unwrap()
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Three utterances in the layout of a corpus, and a file that is no sound.
fn corpus(folder: &Path) {
    fs::create_dir(folder.join("corpus")).unwrap();
    for (number, name) in ["DC_a01.wav", "DC_n01.wav", "JE_sa01.wav"].into_iter().enumerate() {
        let sound = &SoundSet::AdultVoices.sound(number)[..24_000];
        fs::write(folder.join("corpus").join(name), wav::write_f32(sound, 16_000)).unwrap();
    }
    fs::write(folder.join("corpus/JE_n01.wav"), "no sound").unwrap();
}

#[test]
fn tables_come_out_the_same_from_sound_and_from_kept_features() {
    let folder = tempfile::tempdir().unwrap();
    corpus(folder.path());
    let run = |output: &str| {
        let arguments = ["--target", "savee=corpus", "--shifts", "2", "--output", output];
        let result = undertone(folder.path(), &arguments);
        // One file is no sound: it is named, the others are measured.
        assert_eq!(result.status.code(), Some(1), "{}", words(&result.stderr));
        assert!(words(&result.stderr).contains("JE_n01.wav"), "{}", words(&result.stderr));
        ["md", "csv", "json"].map(|kind| {
            fs::read_to_string(folder.path().join(output).join(format!("robustness.{kind}"))).unwrap()
        })
    };
    let [text, table, json] = run("first");
    assert_eq!(run("second"), [text.clone(), table.clone(), json.clone()]);
    for part in ["## savee (category labels, 3 utterances)", "| pink noise, 15 dB SNR |", "over 2 shifts"] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    // Digital silence is no information: the score does not move at all.
    assert!(
        text.contains("| 500 ms of silence at both ends | 0.000 | 0.000 | 0.000 | 100.0 % | 0 |"),
        "{text}"
    );
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let conditions = json["corpora"][0]["conditions"].as_array().unwrap();
    assert_eq!(table.lines().count(), 2 + conditions.len());
    assert!(conditions.iter().all(|condition| condition["utterances"] == 3));
}

#[test]
fn sets_of_sounds_need_no_corpus_and_tables_have_no_sound() {
    let folder = tempfile::tempdir().unwrap();
    let result = undertone(folder.path(), &["--novelty", "1"]);
    assert!(result.status.success(), "{}", words(&result.stderr));
    assert!(words(&result.stdout).contains("| white noise | 1 | 100 % |"), "{}", words(&result.stdout));
    assert_eq!(undertone(folder.path(), &[]).status.code(), Some(2));
    assert_eq!(undertone(folder.path(), &["--target", "savee=nowhere"]).status.code(), Some(1));
}
