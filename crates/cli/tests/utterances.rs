//! `score --utterances`: longer recordings, cut at their pauses, in every form of output.
// Helpers of tests may fail a test, too; the lint knows only the tests themselves.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

mod common;

use common::{rows, said, text, undertone};
use test_signals::phrase;
use undertone::audio::wav::write_f32;

/// Where the voices of the recording are, in seconds.
const SPANS: [[f64; 2]; 4] = [[1.0, 3.0], [3.8, 5.5], [7.0, 7.4], [8.7, 18.2]];

fn silence(seconds: f64, rate_hz: u32) -> Vec<f32> {
    vec![0.0; (seconds * f64::from(rate_hz)) as usize]
}

/// Two utterances, a short one by itself, and one of more than eight seconds, with a little noise.
fn recording(rate_hz: u32) -> Vec<f32> {
    let mut samples = Vec::new();
    for [start, end] in SPANS {
        samples.resize((start * f64::from(rate_hz)) as usize, 0.0);
        samples.extend(phrase(end - start, 0.5, rate_hz));
    }
    samples.extend(silence(1.5, rate_hz));
    let hiss = test_signals::hiss(samples.len());
    samples.iter().zip(hiss).map(|(v, noise)| v + 0.01 * noise).collect()
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    fn file(&self, name: &str, samples: &[f32], rate_hz: u32) -> String {
        std::fs::write(self.path(name), write_f32(samples, rate_hz)).unwrap();
        self.path(name)
    }
}

fn lines(args: &[&str]) -> Vec<Value> {
    let args = [&["score", "--utterances", "--json"], args].concat();
    said(&args).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

#[test]
fn each_utterance_is_found_scored_and_described() {
    let folder = Folder::new();
    let file = folder.file("talk.wav", &recording(16_000), 16_000);
    let found = lines(&[&file]);
    assert_eq!(found.len(), SPANS.len(), "{found:#?}");
    for (line, [start, end]) in found.iter().zip(SPANS) {
        assert!((number(&line["start"]) - start).abs() < 0.06, "{} {start}", line["start"]);
        assert!((number(&line["end"]) - end).abs() < 0.1, "{} {end}", line["end"]);
    }
    let certainties: Vec<&str> = found.iter().map(|line| line["certainty"].as_str().unwrap()).collect();
    assert!(certainties[0] != "none" && certainties[1] != "none" && certainties[3] != "none");
    assert_eq!((certainties[2], &found[2]["reasons"]), ("none", &serde_json::json!(["too_short"])));
    assert!(found[2]["analysis"].is_null());
    // The long one is followed by windows of 3 s.
    assert!(found[..3].iter().all(|line| line["windows"] == serde_json::json!([])));
    let windows = found[3]["windows"].as_array().unwrap();
    assert!(windows.len() == 7 && windows.iter().all(|window| window["activation"].is_number()));
    assert_eq!(number(&windows[1]["start"]) - number(&windows[0]["start"]), 1.0);
}

#[test]
fn an_utterance_has_the_score_of_the_file_that_holds_what_was_scored() {
    let folder = Folder::new();
    let samples = recording(16_000);
    let file = folder.file("talk.wav", &samples, 16_000);
    for (index, line) in lines(&[&file]).iter().enumerate().filter(|(_, line)| !line["analysis"].is_null()) {
        let [from, to] = [0, 1].map(|end| (number(&line["scored"][end]) * 16_000.0).round() as usize);
        let cut = folder.file(&format!("{index}.wav"), &samples[from..to], 16_000);
        let mut alone: Value = serde_json::from_str(&said(&["score", "--json", &cut])).unwrap();
        alone.as_object_mut().unwrap().remove("file");
        assert_eq!(alone, line["analysis"]);
    }
}

#[test]
fn the_utterances_are_written_as_a_table_as_text_and_for_praat() {
    let folder = Folder::new();
    let file = folder.file("talk.wav", &recording(16_000), 16_000);
    let found = lines(&[&file]);
    let table = rows(said(&["score", "--utterances", "--csv", &file]));
    let index = ["file", "start", "end", "start_s", "end_s"];
    let heading = ["activation", "low", "high", "certainty", "reasons", "voiced_s", "above_background_db"];
    assert_eq!(table[0][..12], [&index[..], &heading].concat());
    assert_eq!((table.len(), table[0].len()), (1 + found.len(), 12 + 27));
    for (row, line) in table[1..].iter().zip(&found) {
        let times = [&row[3], &row[4]].map(|cell| cell.parse::<f64>().unwrap());
        assert_eq!(times, [number(&line["start"]), number(&line["end"])]);
        assert_eq!(row[8], line["certainty"].as_str().unwrap());
        match &line["analysis"] {
            Value::Null => assert_eq!(row[5], "NaN"),
            analysis => assert_eq!(row[5].parse::<f64>().unwrap(), number(&analysis["activation"])),
        }
    }

    let words = said(&["score", "--utterances", &file]);
    assert!(words.starts_with(&format!("{file}: 4 utterances\n  ")), "{words}");
    assert!(words.contains("none: too_short"), "{words}");

    // The command line itself reads the tiers again as segments.
    let grid = folder.path("talk.TextGrid");
    said(&["score", "--utterances", &file, "-o", &grid]);
    let again = rows(said(&["score", "--csv", &file, "--segments", &grid, "--tier", "utterance", "-q"]));
    assert_eq!(again.len(), 1 + found.len());
    let text = std::fs::read_to_string(&grid).unwrap();
    assert!(
        ["utterance", "activation", "certainty"]
            .iter()
            .all(|tier| text.contains(&format!("name = \"{tier}\"")))
    );
}

#[test]
fn segments_channels_and_rates_are_cut_by_themselves() {
    let folder = Folder::new();
    let file = folder.file("talk.wav", &recording(44_100), 44_100);
    let part = lines(&["--start", "3.3", "--end", "7.9", &file]);
    assert_eq!(part.len(), 2);
    assert!((number(&part[0]["start"]) - SPANS[1][0]).abs() < 0.06, "{}", part[0]["start"]);
    assert!(number(&part[0]["scored"][0]) > 3.3);
    let each = lines(&["--channel", "each", &file]);
    assert!(each.len() == 4 && each.iter().all(|line| line["channel"] == 1));
    // A longer pause joins the first two.
    assert_eq!(lines(&["--pause", "1", &file]).len(), 3);
}

#[test]
fn what_cannot_be_is_refused_with_a_way_out() {
    let folder = Folder::new();
    let file = folder.file("talk.wav", &phrase(2.0, 0.5, 16_000), 16_000);
    let quiet = folder.file("quiet.wav", &silence(3.0, 16_000), 16_000);
    let grid = folder.path("x.TextGrid");
    for (args, status, says) in [
        (&["--utterances", quiet.as_str()][..], 1, "no utterance was found"),
        (&["--utterances", &file, "--pause", "9"], 2, "--pause must be 0.2 to 3 s"),
        (&["--utterances", &file, &quiet, "-o", &grid], 2, "a .TextGrid is of one whole sound"),
        (&["--utterances", &file, "--end", "1", "-o", &grid], 2, "a .TextGrid is of one whole sound"),
        (&[&file, "-o", &grid], 2, "use --utterances"),
        (&["--utterances", "--json", &file, "-o", &grid], 2, "without --json"),
        (&["--utterances", &quiet, "-o", &grid], 1, "no utterance was found"),
        (&["--utterances", &file, "--window", "1"], 2, "cannot be used with"),
        (&["--pause", "1", &file], 2, "--utterances"),
        (&["--utterances", &file, "--resume", "-o", &folder.path("x.txt")], 2, "text cannot be carried on"),
    ] {
        let run = undertone(&[&["score"], args].concat());
        let said = text(&run.stderr);
        assert!(run.status.code() == Some(status) && said.contains(says), "{args:?}: {said}");
        assert!(!Path::new(&grid).exists());
    }
}

#[test]
fn a_table_of_utterances_is_carried_on_file_by_file() {
    let folder = Folder::new();
    let one = folder.file("one.wav", &recording(16_000), 16_000);
    let two = folder.file("two.wav", &phrase(2.0, 0.5, 16_000), 16_000);
    let [whole, carried] = ["whole.csv", "carried.csv"].map(|name| folder.path(name));
    said(&["score", "--utterances", &one, &two, "-o", &whole]);
    said(&["score", "--utterances", &one, "-o", &carried, "--resume"]);
    undertone(&["score", "--utterances", &one, &two, "-o", &carried, "--resume"]);
    assert_eq!(std::fs::read(whole).unwrap(), std::fs::read(carried).unwrap());
}
