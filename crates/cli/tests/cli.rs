//! What the command line promises: contents, order, errors, exit status.
// Helpers of tests may fail a test, too; the lint knows only the tests themselves.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

mod common;

use common::{command, fixture, repository, rows, text, undertone, voice};
use egemaps::catalogue::{FEATURES, LLD_NAMES};
use egemaps::extract;
use test_signals::fixture as fixture_signal;
use undertone::audio::resample::to_16k;
use undertone::audio::wav::{write_f32, write_pcm16};

/// A folder of its own for each test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("undertone-cli-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn floats(row: &[String]) -> Vec<f32> {
    row.iter().map(|field| field.parse().unwrap()).collect()
}

#[test]
fn extract_writes_the_official_table_in_the_order_given() {
    let folder = Folder::new("table");
    let files: Vec<String> = [200.0, 110.0, 160.0, 90.0]
        .iter()
        .enumerate()
        .map(|(i, hz)| folder.file(&format!("{i}.wav"), &write_pcm16(&voice(16_000, 0.7, *hz), 16_000)))
        .collect();
    let shuffled = [2, 0, 3, 1, 0].map(|i: usize| files[i].as_str());
    let run = undertone(&[&["extract"], &shuffled[..]].concat());
    assert!(run.status.success(), "{}", text(&run.stderr));
    assert_eq!(text(&run.stderr), "", "nothing to report, and no progress bar without a terminal");

    let rows = rows(&run.stdout);
    let names: Vec<&str> = std::iter::once("file").chain(FEATURES.iter().map(|f| f.name)).collect();
    assert_eq!(rows[0], names);
    assert_eq!(rows[1..].iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), shuffled);
    assert_eq!(rows[2][1..], rows[5][1..]);

    // Every number reads back as the same 32 bits.
    let samples: Vec<f32> = voice(16_000, 0.7, 110.0).iter().map(|v| f32::from(*v) / 32_768.0).collect();
    let expected = extract(&samples, 16_000).unwrap().functionals;
    assert_eq!(floats(&rows[4][1..]), expected);
}

#[test]
fn extract_writes_llds_with_their_times() {
    let folder = Folder::new("llds");
    let file = folder.file("a.wav", &write_pcm16(&voice(16_000, 0.5, 140.0), 16_000));
    let run = undertone(&["extract", "--llds", &file]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    assert_eq!(undertone(&["extract", "--contours", &file]).stdout, run.stdout, "the option's former name");
    let rows = rows(&run.stdout);
    let names: Vec<&str> = ["file", "frame", "time"].into_iter().chain(LLD_NAMES).collect();
    assert_eq!(rows[0], names);
    let samples: Vec<f32> = voice(16_000, 0.5, 140.0).iter().map(|v| f32::from(*v) / 32_768.0).collect();
    let llds = extract(&samples, 16_000).unwrap().llds;
    assert_eq!(rows.len() - 1, llds.len());
    for (i, (row, expected)) in rows[1..].iter().zip(&llds).enumerate() {
        assert_eq!(row[..2], [file.clone(), i.to_string()]);
        assert!((row[2].parse::<f64>().unwrap() - 0.01 * i as f64).abs() < 1e-12 && row[2].len() <= 4);
        assert_eq!(floats(&row[3..]), expected);
    }
}

#[test]
fn extract_and_score_report_and_skip_bad_files() {
    let folder = Folder::new("bad");
    let good = folder.file("good.wav", &write_pcm16(&voice(16_000, 0.5, 120.0), 16_000));
    let whole = write_pcm16(&voice(16_000, 0.5, 120.0), 16_000);
    let cut = folder.file("cut.wav", &whole[..44 + 8_000]);
    let words = folder.file("words.wav", b"not a sound at all");
    let short = folder.file("short.wav", &write_pcm16(&[100; 500], 16_000));
    let nan = folder.file("nan.wav", &write_f32(&[f32::NAN; 5_000], 16_000));
    let missing = folder.path("missing.wav");
    for command in ["extract", "score", "explain"] {
        let run = undertone(&[command, "--strict", &cut, &words, &good, &short, &nan, &missing]);
        assert_eq!(run.status.code(), Some(1), "{command}");
        let reports = text(&run.stderr);
        let lines: Vec<&str> = reports.lines().collect();
        assert_eq!(lines.len(), 5, "{command}: {reports}");
        let says = [
            (&cut, "cut off after 0.25 s of 0.50 s"),
            (&words, "not a sound file"),
            (&short, "60 ms"),
            (&nan, "sample 0"),
            (&missing, "cannot be opened"),
        ];
        for (line, (file, what)) in lines.iter().zip(says) {
            assert!(line.starts_with(file.as_str()) && line.contains(what), "{command}: {line}");
        }
        assert!(text(&run.stdout).contains("good.wav"));
        assert!(!text(&run.stdout).contains("cut.wav"));
    }
}

/// What there is of a file that was cut off gives the bits of a file with only that.
#[test]
fn cut_files_are_taken_as_far_as_they_go_with_a_warning() {
    let folder = Folder::new("cut");
    let whole = write_pcm16(&voice(16_000, 1.6, 120.0), 16_000);
    let cut = folder.file("cut.wav", &whole[..44 + 32_001]);
    let only = folder.file("only.wav", &write_pcm16(&voice(16_000, 1.6, 120.0)[..16_000], 16_000));
    for command in ["extract", "score", "explain"] {
        let run = undertone(&[command, &cut]);
        assert_eq!(run.status.code(), Some(0), "{command}");
        let said = "cut.wav: it is cut off after 1.00 s of 1.60 s, and was taken as far as it goes; --strict refuses such files";
        assert!(text(&run.stderr).contains(said), "{command}: {}", text(&run.stderr));
        assert!(!text(&undertone(&[command, &only]).stderr).contains("cut off"));
    }
    let features =
        |file: &str| rows(&undertone(&["extract", "--source-columns", file]).stdout)[1][1..].to_vec();
    let (of_cut, of_only) = (features(&cut), features(&only));
    assert_eq!(of_cut[..91], of_only[..91]);
    assert_eq!((of_cut[91].as_str(), of_only[91].as_str()), ("after 1.00 s of 1.60 s", ""));
    let json = |file: &str| -> serde_json::Value {
        serde_json::from_slice(&undertone(&["score", "--json", file]).stdout).unwrap()
    };
    assert_eq!(json(&cut)["cut_off"], serde_json::json!({ "present_s": 1.0, "declared_s": 1.6 }));
    assert_eq!(json(&only).get("cut_off"), None);
    let compared = undertone(&["compare", &cut, &only]);
    assert!(text(&compared.stderr).contains("it is cut off after 1.00 s of 1.60 s"));
    assert_eq!(undertone(&["compare", "--strict", &cut, &only]).status.code(), Some(1));
}

/// A file with more sound than is wanted costs its own row.
/// What is missing in the middle is silence, and note, row and JSON say how much.
#[test]
fn damaged_files_are_read_on_with_a_warning() {
    let folder = Folder::new("damaged");
    let mut bytes = std::fs::read(fixture("voice.alac.m4a")).unwrap();
    let place = |name: &[u8; 4]| 4 + bytes.windows(4).position(|bytes| bytes == name).unwrap();
    // The second packet: a channel whose reserved bits are not 0.
    let sizes = place(b"stsz") + 12;
    let at = place(b"mdat") + u32::from_be_bytes(*bytes[sizes..].first_chunk().unwrap()) as usize;
    bytes[at..at + 3].copy_from_slice(&[0x01, 0xFF, 0xFF]);
    let damaged = folder.file("damaged.m4a", &bytes);
    let run = undertone(&["extract", "--source-columns", &damaged]);
    let said = "damaged.m4a: it is damaged at 0.26 s: 0.144 s in all cannot be read, and silence stands in their place; --strict refuses such files";
    assert!(text(&run.stderr).contains(said), "{}", text(&run.stderr));
    let table = rows(&run.stdout);
    assert_eq!(table[0].last().map(String::as_str), Some("damaged"));
    assert_eq!(table[1].last().map(String::as_str), Some("at 0.26 s, 0.144 s missing"));
    let run = undertone(&["extract", "--strict", &damaged]);
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("the file is damaged after 0.26 s"), "{}", text(&run.stderr));
}

/// A table that is there is better than one without rows.
#[test]
fn a_table_stays_where_every_file_failed() {
    let folder = Folder::new("stays");
    let bad = folder.file("bad.wav", b"no sound");
    for (command, name) in
        [("extract", "t.csv"), ("extract", "t.parquet"), ("score", "t.csv"), ("score", "t.txt")]
    {
        let table = folder.file(name, b"what was there");
        let run = undertone(&[command, "-o", &table, &bad]);
        assert_eq!(run.status.code(), Some(1), "{command} {name}");
        assert_eq!(std::fs::read(&table).unwrap(), b"what was there", "{command} {name}");
    }
}

#[test]
fn long_sounds_cost_their_own_row() {
    let folder = Folder::new("long");
    let long = folder.file("long.wav", &write_pcm16(&voice(16_000, 1.2, 120.0), 16_000));
    let good = folder.file("good.wav", &write_pcm16(&voice(16_000, 0.9, 120.0), 16_000));
    let run = undertone(&["extract", "--max-duration", "1", &long, &good]);
    assert_eq!((run.status.code(), rows(&run.stdout).len()), (Some(1), 2));
    assert!(text(&run.stderr).contains("long.wav: it holds more than"), "{}", text(&run.stderr));
}

#[test]
fn extract_at_native_rate_computes_or_refuses() {
    let folder = Folder::new("native");
    let slow = folder.file("8k.wav", &write_pcm16(&voice(8_000, 0.6, 120.0), 8_000));
    let fast = folder.file("96k.wav", &write_pcm16(&voice(96_000, 0.6, 120.0), 96_000));
    let table = |rate: &str, file: &str| undertone(&["extract", "--rate", rate, file]);

    let native = table("native", &slow);
    assert!(native.status.success());
    let samples: Vec<f32> = voice(8_000, 0.6, 120.0).iter().map(|v| f32::from(*v) / 32_768.0).collect();
    let expected = extract(&samples, 8_000).unwrap().functionals;
    assert_eq!(floats(&rows(&native.stdout)[1][1..]), expected);
    assert_ne!(rows(&table("16000", &slow).stdout), rows(&native.stdout));

    assert_eq!(undertone(&["extract", &slow]).stdout, native.stdout, "native is the default");
    let refused = table("native", &fast);
    assert_eq!(refused.status.code(), Some(1));
    let said = text(&refused.stderr);
    assert!(said.contains("96000 Hz") && said.contains("use `--rate 16000`"), "{said}");
    assert!(table("16000", &fast).status.success());

    // What cannot be helped is not advised against.
    let too_slow = folder.file("6k.wav", &write_pcm16(&voice(6_000, 0.6, 120.0), 6_000));
    for arguments in
        [&["extract", "--rate", "native"][..], &["extract", "--rate", "16000"], &["score"], &["explain"]]
    {
        let refused = undertone(&[arguments, &[&too_slow]].concat());
        assert_eq!(refused.status.code(), Some(1));
        let said = text(&refused.stderr);
        assert!(
            said.contains("6000 Hz is below 8000 Hz") && !said.contains("--rate"),
            "{arguments:?}: {said}"
        );
    }
    assert_eq!(table("44100", &slow).status.code(), Some(2));
}

/// Sounds of very different lengths and rates, files that fail among them.
fn mixed_files(folder: &Folder) -> Vec<String> {
    let mut files = vec![folder.file("long.wav", &write_pcm16(&voice(44_100, 20.0, 150.0), 44_100))];
    for (i, seconds) in [0.6, 2.0, 0.5, 0.9, 0.7, 0.5, 4.0, 0.8].into_iter().enumerate() {
        let rate_hz = [8_000, 16_000, 22_050, 48_000][i % 4];
        let wav = write_pcm16(&voice(rate_hz, seconds, 90.0 + 20.0 * i as f64), rate_hz);
        files.push(folder.file(&format!("{i}.wav"), &wav));
        if i % 3 == 1 {
            files.push(folder.file(&format!("cut{i}.wav"), &wav[..wav.len() / 2]));
        }
    }
    files.extend(["voice.flac", "voice.mp3", "voice.ogg", "voice.m4a"].map(fixture));
    files
}

#[test]
fn results_are_the_same_for_any_number_of_jobs() {
    let folder = Folder::new("jobs");
    let files = mixed_files(&folder);
    let names: Vec<&str> = files.iter().map(String::as_str).collect();
    for arguments in [
        &["extract"][..],
        &["extract", "--llds", "--rate", "native"],
        &["score", "--json"],
        &["explain", "--format", "json"],
    ] {
        let run = |jobs: &str| undertone(&[arguments, &["--strict", "--jobs", jobs], &names].concat());
        let one = run("1");
        assert_eq!(one.status.code(), Some(1), "some files are cut off");
        assert_eq!(text(&one.stderr).lines().count(), 3, "{}", text(&one.stderr));
        let (mut at, mut order) = (0, Vec::new());
        for name in &names {
            if let Some(found) = text(&one.stdout)[at..].find(name) {
                at += found;
                order.push(name);
            }
        }
        assert_eq!(
            order.len(),
            names.len() - 3,
            "{arguments:?}: results stand in the order of the arguments"
        );
        for jobs in ["2", "3", "4"] {
            let run = run(jobs);
            assert_eq!(text(&run.stderr), text(&one.stderr), "{arguments:?}, {jobs} jobs");
            assert!(run.stdout == one.stdout, "{arguments:?}: {jobs} jobs give another result than one");
        }
    }
    assert_eq!(undertone(&["extract", "--jobs", "0", names[0]]).status.code(), Some(2));
}

/// A file is decoded and resampled piece by piece; the whole at once gives the same bits.
#[test]
fn extract_in_pieces_gives_the_bits_of_the_whole() {
    let folder = Folder::new("pieces");
    for rate_hz in [8_000, 16_000, 44_100, 48_000, 47_999] {
        let integers = voice(rate_hz, 6.0, 120.0);
        let file = folder.file("a.wav", &write_pcm16(&integers, rate_hz));
        let samples: Vec<f32> = integers.iter().map(|v| f32::from(*v) / 32_768.0).collect();
        let whole = extract(&to_16k(&samples, rate_hz).unwrap(), 16_000).unwrap();
        let table = rows(&undertone(&["extract", "--rate", "16000", &file]).stdout);
        assert_eq!(floats(&table[1][1..]), whole.functionals, "{rate_hz} Hz");
        let llds = rows(&undertone(&["extract", "--rate", "16000", "--llds", &file]).stdout);
        assert_eq!(llds.len() - 1, whole.llds.len());
        for (row, expected) in llds[1..].iter().zip(&whole.llds) {
            assert_eq!(floats(&row[3..]), expected, "{rate_hz} Hz");
        }
    }
}

/// The most memory that an extraction has taken, in kB.
#[cfg(target_os = "linux")]
fn peak_memory_kb(folder: &Folder, arguments: &[&str]) -> u64 {
    let mut child = command(&folder.0, arguments).stdout(std::process::Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next());
        peak = peak.max(line.map_or(0, |kb| kb.parse().unwrap()));
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(child.wait().unwrap().success());
    peak
}

#[cfg(target_os = "linux")]
#[test]
fn extract_does_not_hold_the_sound() {
    let folder = Folder::new("memory");
    for rate_hz in [16_000, 48_000] {
        let second = voice(rate_hz, 1.0, 120.0);
        let seconds = [10, 100].map(|seconds| {
            let name = format!("{rate_hz}-{seconds}.wav");
            folder.file(&name, &write_pcm16(&second.repeat(seconds), rate_hz))
        });
        let arguments = ["extract", "--rate", "16000", "--jobs", "1"];
        let [short, long] = seconds.map(|file| peak_memory_kb(&folder, &[&arguments[..], &[&file]].concat()));
        // 90 s are 5.6 MB of samples at 16 kHz, 17 MB at 48 kHz; the descriptors that are kept, about 1 MB.
        assert!(long < short + 3_000, "{rate_hz} Hz: {short} kB for 10 s, {long} kB for 100 s");
    }
}

#[test]
fn usage_errors_have_exit_status_2() {
    for args in
        [&["extract"][..], &["score"], &["explain"], &["nonsense"], &[], &["extract", "--nonsense", "a.wav"]]
    {
        assert_eq!(undertone(args).status.code(), Some(2), "{args:?}");
    }
    assert_eq!(undertone(&["--help"]).status.code(), Some(0));
}

#[test]
fn extract_writes_a_file_whole_or_not_at_all() {
    let folder = Folder::new("output");
    let good = folder.file("good.wav", &write_pcm16(&voice(16_000, 0.5, 120.0), 16_000));
    let table = folder.path("table.csv");
    let run = undertone(&["extract", &good, "-o", &table]);
    assert!(run.status.success() && run.stdout.is_empty());
    assert_eq!(std::fs::read(&table).unwrap(), undertone(&["extract", &good]).stdout);
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 2, "nothing is left over");

    let nowhere = folder.path("no/such/folder/table.csv");
    let run = undertone(&["extract", &good, "-o", &nowhere]);
    assert_eq!(run.status.code(), Some(1));
    assert!(text(&run.stderr).contains("cannot be written"), "{}", text(&run.stderr));
}

#[cfg(unix)]
#[test]
fn extract_ends_without_an_error_when_its_reader_closes_early() {
    use std::io::Read;
    let folder = Folder::new("pipe");
    let file = folder.file("a.wav", &write_pcm16(&voice(16_000, 3.0, 120.0), 16_000));
    let many = vec![file.as_str(); 40];
    let mut child = command(&folder.0, &[&["extract", "--llds"], &many[..]].concat())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let run = child.wait_with_output().unwrap();
    assert_eq!(text(&run.stderr), "");
    assert!(run.status.success(), "{:?}", run.status);
}

#[test]
fn extract_gives_the_features_of_the_same_sound_for_every_format() {
    let folder = Folder::new("formats");
    let wav = folder.file("voice.wav", &write_pcm16(&fixture_signal(), 16_000));
    // The name does not matter, the bytes do.
    let renamed = folder.file("flac.mp3", &std::fs::read(fixture("voice.flac")).unwrap());
    let run = undertone(&[
        "extract",
        &wav,
        &renamed,
        &fixture("voice.mp3"),
        &fixture("voice.ogg"),
        &fixture("voice.m4a"),
    ]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    let rows = rows(&run.stdout);
    assert_eq!(rows[1][1..], rows[2][1..], "FLAC is lossless");
    let pitch =
        1 + FEATURES.iter().position(|f| f.name == "F0semitoneFrom27.5Hz_sma3nz_percentile50.0").unwrap();
    let value = |row: &[String]| row[pitch].parse::<f32>().unwrap();
    for row in &rows[3..] {
        assert!(
            (value(row) - value(&rows[1])).abs() < 0.3,
            "{}: {} for {}",
            row[0],
            value(row),
            value(&rows[1])
        );
        assert_ne!(row[1..], rows[1][1..]);
    }
}

#[test]
fn score_writes_one_object_per_line() {
    let folder = Folder::new("score");
    let pause = vec![0.0; 8_000];
    let speech: Vec<f32> = voice(16_000, 1.5, 180.0).iter().map(|v| f32::from(*v) / 32_768.0).collect();
    let with_pauses = [&pause[..], &speech, &pause].concat();
    let tight = folder.file("tight.wav", &write_f32(&speech, 16_000));
    let padded = folder.file("padded.wav", &write_f32(&with_pauses, 16_000));
    let run = undertone(&["score", "--json", &tight, &padded]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    let lines: Vec<serde_json::Value> =
        text(&run.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    for (line, file) in lines.iter().zip([&tight, &padded]) {
        assert_eq!(line["file"], file.as_str());
        let number = |name: &str| line[name].as_f64().unwrap();
        assert!(line["latent"].as_array().unwrap().len() == 2 && line["flags"].is_array());
        for (level, count) in [("features", 88), ("groups", 27), ("families", 4)] {
            let parts = line["contributions"][level].as_object().unwrap();
            assert_eq!(parts.len(), count);
            let sum: f64 = parts.values().map(|value| value.as_f64().unwrap()).sum();
            assert!((sum - (number("activation") - number("baseline"))).abs() < 1e-10, "{level}: {line}");
        }
        assert_eq!(number("score_axis"), number("activation"));
        assert_eq!(line["features"].as_object().unwrap().len(), 88);
    }
    // Silence around the speech is cut off, by as much as there is.
    let region = |i: usize| [0, 1].map(|end| lines[i]["region"][end].as_f64().unwrap());
    assert!((region(1)[0] - region(0)[0] - 0.5).abs() < 1e-9, "{:?} {:?}", region(0), region(1));
    for same in ["activation", "latent", "features", "model_features", "contributions", "flags"] {
        assert_eq!(lines[0][same], lines[1][same], "{same}");
    }
}

#[test]
fn compare_says_which_sounds_more_activated_and_names_what_fails() {
    let folder = Folder::new("compare");
    let one = folder.file("a.wav", &write_pcm16(&voice(16_000, 1.0, 120.0), 16_000));
    let other = folder.file("b.wav", &write_pcm16(&voice(16_000, 1.0, 320.0), 16_000));
    let score = |file: &str| -> f64 {
        let line: serde_json::Value =
            serde_json::from_str(&text(&undertone(&["score", "--json", file]).stdout)).unwrap();
        line["activation"].as_f64().unwrap()
    };
    let run = undertone(&["compare", "--json", &one, &other]);
    assert!(run.status.success(), "{}", text(&run.stderr));
    let found: serde_json::Value = serde_json::from_str(&text(&run.stdout)).unwrap();
    let difference = score(&other) - score(&one);
    assert_eq!(found["order"]["difference"], difference);
    assert_eq!(found["order"]["higher"], i32::from(difference > 0.0));
    assert_eq!(found["recordings"][0]["file"], one.as_str());
    assert_eq!(found["recordings"][1]["activation"], score(&other));
    let said = undertone(&["compare", &one, &other]);
    assert!(said.status.success() && text(&said.stdout).contains("both are the same voice"));

    // A recording without a score keeps its place, and nothing is compared.
    let silent = folder.file("silent.wav", &write_pcm16(&[0; 16_000], 16_000));
    let run = undertone(&["compare", &silent, &other]);
    assert_eq!(run.status.code(), Some(1));
    let said = text(&run.stdout);
    assert!(said.starts_with("Nothing is compared"), "{said}");
    assert!(said.contains(&format!("{silent}\n  no score   ")) && said.contains("activation"), "{said}");
    let run = undertone(&["compare", "--json", &silent, &other]);
    let found: serde_json::Value = serde_json::from_str(&text(&run.stdout)).unwrap();
    assert!(found["order"].is_null() && found["recordings"][0]["error"].is_string(), "{found}");
    assert_eq!(undertone(&["compare", &one]).status.code(), Some(2));
}

#[test]
fn score_speaks_to_people_and_takes_other_weights() {
    let folder = Folder::new("words");
    let file = folder.file("a.wav", &write_pcm16(&voice(16_000, 1.0, 180.0), 16_000));
    let plain = undertone(&["score", &file]);
    assert!(plain.status.success(), "{}", text(&plain.stderr));
    assert!(text(&plain.stdout).starts_with(&file) && text(&plain.stdout).contains("calm"));

    assert!(!text(&plain.stdout).contains("fitted"), "its score is its own");

    let shipped = repository("models/metric-act.safetensors");
    let given = undertone(&["score", &file, "--model", shipped.to_str().unwrap()]);
    assert_eq!(given.stdout, plain.stdout);
    let named = undertone(&["score", &file, "--model", "metric-act"]);
    assert_eq!(named.stdout, plain.stdout);
    for other in ["unsupervised", "metric-cluster", "metric-val"] {
        let run = undertone(&["score", &file, "--model", other]);
        assert!(run.status.success(), "{}", text(&run.stderr));
        assert_ne!(run.stdout, plain.stdout, "{other}");
        assert!(text(&run.stdout).contains("a line fitted to the training labels afterwards"), "{other}");
    }

    let nonsense = folder.file("model.safetensors", b"nonsense");
    for (model, says) in [(nonsense, "does not fit"), (folder.path("missing"), "cannot be opened")] {
        let run = undertone(&["score", &file, "--model", &model]);
        assert_eq!(run.status.code(), Some(1));
        assert!(text(&run.stderr).contains(says), "{}", text(&run.stderr));
    }
}
