//! `undertone figures` from tables of made-up features: every file, the same bytes twice, errors.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Output;

mod common;

use undertone::egemaps::catalogue::FEATURES;

/// A table of 4 speakers × `emotions` × 6 utterances; anger is loud and sadness soft in every feature, a little.
fn table(path: &Path, emotions: &[(&str, f64)], shift: f64) {
    let mut text = String::from("file,speaker,emotion,activation,valence");
    for feature in &FEATURES {
        text.push(',');
        text.push_str(feature.name);
    }
    text.push('\n');
    let mut state = 7_u64;
    let mut noise = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / (1_u64 << 24) as f64 - 0.5
    };
    for speaker in 0..4 {
        for (emotion, activation) in emotions {
            for take in 0..6 {
                let label = activation + 0.4 * noise();
                text.push_str(&format!(
                    "{speaker}{emotion}{take},{speaker},{emotion},{label},{}",
                    6.0 - label
                ));
                for i in 0..FEATURES.len() {
                    text.push_str(&format!(
                        ",{}",
                        shift + (i % 5) as f64 * (activation - 3.0) + 4.0 * noise()
                    ));
                }
                text.push('\n');
            }
        }
    }
    fs::write(path, text).unwrap();
}

fn figures(folder: &Path, output: &str, more: &[&str]) -> Output {
    let arguments = ["figures", "--source", "source.csv", "--target", "target.csv", "--cache", "cache"];
    common::undertone_in(folder, &[&arguments[..], &["--output", output, "--epochs", "3"], more].concat())
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn figures_writes_every_file_and_the_same_twice() {
    let folder = tempfile::tempdir().unwrap();
    let all = [("anger", 4.2), ("happiness", 3.6), ("neutral", 2.8), ("sadness", 2.2)];
    table(&folder.path().join("source.csv"), &all, 0.0);
    table(&folder.path().join("target.csv"), &all[1..], 0.3);
    for output in ["one", "two"] {
        let run = figures(folder.path(), output, &["--seeds", "2"]);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    }
    let (one, two) = (folder.path().join("one"), folder.path().join("two"));
    let files = names(&one);
    assert_eq!(files, names(&two));
    // Four views of two corpora, one sheet of latents, three tables, the report.
    assert_eq!(files.len(), 2 * 4 + 1 + 3 + 1, "{files:?}");
    let report = fs::read_to_string(one.join("attribution.md")).unwrap();
    for file in &files {
        let bytes = fs::read(one.join(file)).unwrap();
        assert_eq!(bytes, fs::read(two.join(file)).unwrap(), "{file}");
        if file.ends_with(".svg") {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.starts_with("<svg") && text.trim_end().ends_with("</svg>") && !text.contains("NaN"));
            assert!(report.contains(&format!("]({file})")), "the report shows {file}");
        }
    }
    // The target has no anger, and two networks cannot settle an order.
    assert!(report.contains("no held-out corpus has both classes"));
    assert!(report.contains(
        "| 1 | Amplitude, raw: Metric-val > Metric-act > Unsupervised > Metric-cluster | not decidable"
    ));
}

#[test]
fn figures_names_a_corpus_that_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    table(&folder.path().join("source.csv"), &[("anger", 4.2), ("neutral", 2.8)], 0.0);
    let run = figures(folder.path(), "out", &[]);
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&run.stderr).contains("target.csv"));
    assert!(!folder.path().join("out").exists());
}
