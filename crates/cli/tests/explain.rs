//! What `undertone explain` promises: contributions that add up by every method, figures, and messages.
// Helpers of tests may fail a test, too; the lint knows only the tests themselves.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Output;

use serde_json::Value;

mod common;

use common::{fixture, text, undertone};
use egemaps::catalogue::FEATURES;
use test_signals::Voice;
use undertone::attribution::groups::{FeatureFamily, Group};
use undertone::attribution::{Level, Method};
use undertone::audio::wav::write_f32;
use undertone::model::Objective;

fn explain(args: &[&str]) -> Output {
    undertone(&[&["explain"], args].concat())
}

/// Standard output of a run that must succeed.
fn said(args: &[&str]) -> String {
    common::said(&[&["explain"], args].concat())
}

/// The one line of JSON of a file.
fn line(args: &[&str]) -> Value {
    serde_json::from_str(&said(&[args, &["--format", "json"]].concat())).unwrap()
}

/// Two recordings to start from.
fn background(folder: &Path) -> [String; 2] {
    [100.0, 190.0].map(|f0_hz| {
        let file = folder.join(format!("{f0_hz}.wav"));
        let samples = Voice { f0_hz, ..Voice::default() }.samples();
        std::fs::write(&file, write_f32(&samples, 16_000)).unwrap();
        file.to_str().unwrap().to_owned()
    })
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

#[test]
fn every_method_adds_up_and_says_what_it_started_from() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = background(folder.path());
    let file = fixture("voice.flac");
    let score =
        |file: &str| serde_json::from_str::<Value>(&common::said(&["score", "--json", file])).unwrap();
    let own = score(&file);
    for method in Method::ALL {
        let starts: &[&str] = if method == Method::ExpectedGradients {
            &["--background", &one, "--background", &two]
        } else {
            &[]
        };
        let line = line(&[&[&file, "--method", method.name()], starts].concat());
        assert_eq!(line["method"], method.name());
        for same in ["file", "schema", "version", "catalogue", "model", "activation"] {
            assert_eq!(line[same], own[same], "{same}");
        }
        let levels: Vec<&str> =
            line["contributions"].as_object().unwrap().keys().map(String::as_str).collect();
        let mut expected: Vec<&str> = method.levels().iter().map(|level| level.name()).collect();
        expected.sort_unstable();
        assert_eq!(levels, expected);
        let difference = number(&line["activation"]) - number(&line["baseline"]);
        for level in levels {
            let parts = line["contributions"][level].as_object().unwrap();
            let sum: f64 = parts.values().map(number).sum();
            assert!((sum - difference).abs() < 1e-10, "{method:?} {level}: {sum} {difference}");
        }
    }
    // The default is what `score` says.
    assert_eq!(line(&[&file])["contributions"], own["contributions"]);
    assert_eq!(line(&[&file])["baseline"], own["baseline"]);
    // Expected gradients start from the mean of the background's scores.
    let expected = line(&[&file, "--method", "expected", "--background", &one, "--background", &two]);
    let mean = (number(&score(&one)["activation"]) + number(&score(&two)["activation"])) / 2.0;
    assert!((number(&expected["baseline"]) - mean).abs() < 1e-12);
    assert_eq!(expected["background"], serde_json::json!([one, two]));
    // The option takes one file; what follows is explained, wherever the option stands.
    let before = line(&["--method", "expected", "--background", &one, "--background", &two, &file]);
    assert_eq!(before, expected);
    // Families are not shared out by Shapley values as by gradients, else one of the methods would be superfluous.
    let shapley = line(&[&file, "--method", "shapley"]);
    let families =
        |line: &Value| FeatureFamily::ALL.map(|f| number(&line["contributions"]["families"][f.name()]));
    let largest =
        families(&shapley).iter().zip(families(&own)).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(largest > 1e-3, "{largest}");
}

#[test]
fn the_table_names_every_part_largest_first_with_start_and_end() {
    let file = fixture("voice.flac");
    let parts = |by: Option<Level>| -> Vec<(String, f64)> {
        let by = by.map(|level| ["--by", level.name()]);
        let by: &[&str] = by.as_ref().map_or(&[], |by| by);
        let table = said(&[&[file.as_str()], by].concat());
        assert!(table.starts_with(&file) && table.contains("Sundararajan"), "{table}");
        let rows: Vec<&str> = table.lines().skip(3).collect();
        let row = |row: &&str| {
            let (name, value) = row.trim().rsplit_once(' ').unwrap();
            (name.trim().to_owned(), value.parse().unwrap())
        };
        rows.iter().map(row).collect()
    };
    for (by, count) in [
        (None, Group::ALL.len()),
        (Some(Level::Groups), Group::ALL.len()),
        (Some(Level::Features), FEATURES.len()),
        (Some(Level::Families), FeatureFamily::ALL.len()),
    ] {
        let rows = parts(by);
        let ((first, start), (last, end)) = (rows.first().unwrap(), rows.last().unwrap());
        assert_eq!((first.as_str(), last.as_str()), ("the average training voice", "this voice"));
        let parts = &rows[1..rows.len() - 1];
        assert_eq!(parts.len(), count);
        let sum: f64 = parts.iter().map(|(_, value)| value).sum();
        // Each number is rounded to 0.001.
        assert!((sum - (end - start)).abs() < 5e-4 * (count + 2) as f64, "{sum} {start} {end}");
        assert!(parts.is_sorted_by(|a, b| a.1.abs() >= b.1.abs()));
    }
    assert!(said(&[&file, "--method", "shapley"]).contains("Shapley: A value for n-person games"));
    for objective in Objective::ALL {
        let noted = said(&[&file, "--model", objective.name()]).contains("fitted to the training labels");
        assert_eq!(noted, objective != Objective::MetricAct, "{objective:?}");
    }
}

#[test]
fn the_figure_has_a_title_a_description_and_a_bar_for_every_part() {
    let folder = tempfile::tempdir().unwrap();
    let (file, path) = (fixture("voice.flac"), folder.path().join("why.svg"));
    let drawn = |more: &[&str]| said(&[&[file.as_str(), "--format", "svg"], more].concat());
    let svg = drawn(&[]);
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""), "{svg:.200}");
    assert!(svg.trim_end().ends_with("</svg>"));
    assert!(svg.contains("<title>Why voice.flac scores 2.12</title>"), "{svg:.400}");
    let description = svg.split("<desc>").nth(1).unwrap().split("</desc>").next().unwrap();
    assert!(
        description.contains("From the average training voice, 2.974, to this voice, 2.125"),
        "{description}"
    );
    let words: Vec<&str> =
        svg.split("</text>").filter_map(|text| text.rsplit('\n').find(|l| !l.is_empty())).collect();
    for group in Group::ALL {
        assert!(description.contains(&format!("{} ", group.name())), "{}", group.name());
        assert!(words.contains(&group.name()), "{} in {words:?}", group.name());
    }
    assert!(drawn(&["--by", "features"]).contains("F0semitoneFrom27.5Hz_sma3nz_amean"));
    assert!(svg.contains("Not for diagnosis"));
    assert!(drawn(&["--method", "shapley"]).contains("spectral"));
    assert!(drawn(&["--model", "metric-val"]).contains("a line fitted to the training labels afterwards"));
    assert_eq!(said(&[&file, "--format", "svg", "-o", path.to_str().unwrap()]), "");
    assert_eq!(std::fs::read_to_string(path).unwrap(), svg);
}

#[test]
fn what_cannot_be_is_said_before_any_work() {
    let file = fixture("voice.flac");
    for (args, says) in [
        (&["--method", "expected"][..], "name recordings with --background FILE"),
        (&["--background", &file], "--method path starts from the average training voice"),
        (
            &["--method", "shapley", "--background", &file],
            "--method shapley starts from the average training voice",
        ),
        (&["--method", "shapley", "--by", "groups"], "gives no contributions of groups: use --by families"),
        (&["--format", "json", "--by", "groups"], "leave --by out"),
        (&["--format", "svg", "another.wav"], "draws one file, not 2"),
        (&["--method", "lime"], "known: path, expected, shapley"),
        (&["--by", "words"], "known: features, groups, families"),
    ] {
        let run = explain(&[&[file.as_str()], args].concat());
        assert_eq!(run.status.code(), Some(2), "{args:?}: {}", text(&run.stderr));
        assert!(text(&run.stderr).contains(says), "{args:?}: {}", text(&run.stderr));
        assert_eq!(text(&run.stdout), "");
    }
}

#[test]
fn a_background_that_cannot_be_read_ends_the_command_and_a_file_is_skipped() {
    let folder = tempfile::tempdir().unwrap();
    let [one, two] = background(folder.path());
    let file = fixture("voice.flac");
    let starts = [one.as_str(), "missing.wav", &two].map(|start| ["--background", start]).concat();
    let run = explain(&[&[file.as_str(), "--method", "expected"], &starts[..]].concat());
    assert_eq!(run.status.code(), Some(1));
    let reports = text(&run.stderr);
    assert!(reports.contains("missing.wav: it cannot be opened"), "{reports}");
    assert!(reports.contains("1 of 3 background voices cannot be used"), "{reports}");
    assert_eq!(text(&run.stdout), "");

    let run = explain(&["missing.wav", &file, "--format", "json"]);
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(text(&run.stdout).lines().count(), 1);
    assert!(text(&run.stderr).starts_with("missing.wav: it cannot be opened"));

    let figure = folder.path().join("why.svg");
    let run = explain(&["missing.wav", "--format", "svg", "-o", figure.to_str().unwrap()]);
    assert_eq!(run.status.code(), Some(1));
    assert!(!figure.exists(), "no empty figure");
}
