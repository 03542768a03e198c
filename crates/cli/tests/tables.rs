//! Tables of many files: nothing that is there is lost, a run goes on where it stood, segments and channels are what a file
//! with only them gives.
// Helpers of tests may fail a test, too; the lint knows only the tests themselves.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::Value;
use tempfile::{TempDir, tempdir};

mod common;

use common::{command, repository, rows, text, undertone_in, voice};
use egemaps::catalogue::FEATURES;
use undertone::attribution::groups::Group;
use undertone::audio::wav::write_pcm16;

/// A WAV file of 16-bit samples with several channels.
fn write_channels(channels: &[&[i16]], rate_hz: u32) -> Vec<u8> {
    let count = channels.len() as u16;
    let frames: Vec<i16> = (0..channels[0].len()).flat_map(|i| channels.iter().map(move |c| c[i])).collect();
    let mut wav = write_pcm16(&frames, rate_hz);
    wav[22..24].copy_from_slice(&count.to_le_bytes());
    wav[28..32].copy_from_slice(&(rate_hz * u32::from(count) * 2).to_le_bytes());
    wav[32..34].copy_from_slice(&(count * 2).to_le_bytes());
    wav
}

/// A folder with voices `0.wav`, `1.wav` …
fn voices(count: usize) -> TempDir {
    let folder = tempdir().unwrap();
    for i in 0..count {
        let samples = voice(16_000, 0.6 + 0.1 * i as f64, 100.0 + 20.0 * i as f64);
        fs::write(folder.path().join(format!("{i}.wav")), write_pcm16(&samples, 16_000)).unwrap();
    }
    folder
}

/// Runs in a folder; must end with this status.
fn run(folder: &TempDir, status: i32, arguments: &[&str]) -> Output {
    let run = undertone_in(folder.path(), arguments);
    assert_eq!(run.status.code(), Some(status), "{arguments:?}: {}", text(&run.stderr));
    run
}

fn stdout(folder: &TempDir, arguments: &[&str]) -> String {
    text(&run(folder, 0, arguments).stdout)
}

fn stderr(folder: &TempDir, status: i32, arguments: &[&str]) -> String {
    text(&run(folder, status, arguments).stderr)
}

fn read(folder: &TempDir, name: &str) -> String {
    text(&fs::read(folder.path().join(name)).unwrap())
}

fn names(folder: &TempDir) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn column(table: &str, name: &str) -> Vec<String> {
    let rows = rows(table);
    let at = rows[0].iter().position(|column| column == name).unwrap();
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

// Outputs

#[test]
fn a_recording_is_never_the_output() {
    let folder = voices(3);
    let before: Vec<Vec<u8>> =
        (0..3).map(|i| fs::read(folder.path().join(format!("{i}.wav"))).unwrap()).collect();
    // What a shell makes of `extract -o *.wav`: the first recording is no input.
    let said = stderr(&folder, 2, &["extract", "-o", "0.wav", "1.wav", "2.wav"]);
    assert!(said.contains("0.wav holds sound: nothing was written"), "{said}");
    for arguments in [
        &["extract", "0.wav", "-o", "0.wav"][..],
        &["extract", "0.wav", "1.wav", "-o", "./1.wav"],
        &["extract", ".", "-o", "2.wav"],
        &["extract", "0.wav", "-o", "2.wav", "--resume"],
        &["extract", "0.wav", "--errors", "1.wav"],
        &["score", "0.wav", "-o", "0.wav", "--csv"],
        &["explain", "0.wav", "-o", "0.wav"],
        &["explain", "0.wav", "--method", "expected", "--background", "1.wav", "-o", "1.wav"],
    ] {
        let said = stderr(&folder, 2, arguments);
        assert!(said.contains("nothing was written"), "{arguments:?}: {said}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("1.wav", folder.path().join("link.csv")).unwrap();
        fs::hard_link(folder.path().join("1.wav"), folder.path().join("hard.csv")).unwrap();
        for output in ["link.csv", "hard.csv"] {
            let said = stderr(&folder, 2, &["extract", "1.wav", "-o", output]);
            assert!(said.contains("is the input 1.wav"), "{said}");
        }
        fs::remove_file(folder.path().join("link.csv")).unwrap();
        fs::remove_file(folder.path().join("hard.csv")).unwrap();
    }
    for (i, bytes) in before.iter().enumerate() {
        assert!(fs::read(folder.path().join(format!("{i}.wav"))).unwrap() == *bytes, "{i}.wav is as it was");
    }
    assert_eq!(names(&folder), ["0.wav", "1.wav", "2.wav"]);
}

#[test]
fn other_inputs_are_no_outputs() {
    let folder = voices(1);
    fs::write(folder.path().join("list.txt"), "0.wav\n").unwrap();
    fs::write(folder.path().join("segments.csv"), "file,start,end\n0.wav,0,0.3\n").unwrap();
    let weights = fs::read(repository("models/metric-act.safetensors")).unwrap();
    fs::write(folder.path().join("weights"), weights).unwrap();
    for (output, arguments) in [
        ("list.txt", &["extract", "--files-from", "list.txt"][..]),
        ("segments.csv", &["extract", "--segments", "segments.csv"]),
        ("weights", &["score", "0.wav", "--model", "weights"]),
    ] {
        let before = fs::read(folder.path().join(output)).unwrap();
        let said = stderr(&folder, 2, &[arguments, &["-o", output]].concat());
        assert!(said.contains(&format!("the output {output} is the input {output}")), "{said}");
        assert!(fs::read(folder.path().join(output)).unwrap() == before);
    }
    // Tables of features are protected too, before anything is trained.
    fs::write(folder.path().join("features.csv"), "file\n").unwrap();
    let said = stderr(&folder, 2, &["train", "--corpus", "features.csv", "-o", "features.csv"]);
    assert!(said.contains("is the input features.csv"), "{said}");
    fs::rename(folder.path().join("0.wav"), folder.path().join("card.md")).unwrap();
    let said = stderr(&folder, 2, &["train", "--corpus", "features.csv", "-o", "card.safetensors"]);
    assert!(said.contains("card.md holds sound"), "{said}");
}

#[test]
fn two_outputs_are_two_files_whatever_they_are_called() {
    let folder = voices(1);
    let path = |name: &str| folder.path().join(name);
    fs::write(path("bad.wav"), "no sound").unwrap();
    fs::create_dir(path("sub")).unwrap();
    let refused = |output: &str, errors: &str| {
        for more in [&["extract"][..], &["extract", "--resume"], &["score", "--csv"]] {
            let arguments = [more, &["0.wav", "bad.wav", "-o", output, "--errors", errors]].concat();
            let said = stderr(&folder, 2, &arguments);
            assert!(said.contains("--output and --errors name the same file: nothing was written"), "{said}");
        }
    };
    let absolute = path("new.csv").to_str().unwrap().to_owned();
    for errors in ["new.csv", "./new.csv", "sub/../new.csv", &absolute] {
        refused("new.csv", errors);
    }
    assert_eq!(names(&folder), ["0.wav", "bad.wav", "sub"]);
    // Rows of a run before, under other names.
    run(&folder, 0, &["extract", "0.wav", "-o", "t.csv"]);
    let before = read(&folder, "t.csv");
    refused("t.csv", "./t.csv");
    fs::hard_link(path("t.csv"), path("hard.csv")).unwrap();
    refused("t.csv", "hard.csv");
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink("t.csv", path("link.csv")).unwrap();
        refused("t.csv", "link.csv");
        refused("link.csv", "hard.csv");
        // Links to what is not there yet, and a folder by two names.
        symlink("new.csv", path("dangling.csv")).unwrap();
        symlink(".", path("here")).unwrap();
        refused("new.csv", "dangling.csv");
        refused("new.csv", "here/new.csv");
        // What standard output was led into.
        let table = fs::OpenOptions::new().append(true).open(path("t.csv")).unwrap();
        let arguments = ["extract", "0.wav", "bad.wav", "--errors", "t.csv"];
        let run = command(folder.path(), &arguments).stdout(table).output().unwrap();
        assert_eq!(run.status.code(), Some(2));
        assert!(text(&run.stderr).contains("standard output and --errors name the same file"));
    }
    assert_eq!(read(&folder, "t.csv"), before);
    // The card of a model would replace its weights.
    let said = stderr(&folder, 2, &["train", "--corpus", "features.csv", "-o", "model.md"]);
    assert!(said.contains("name the same file: nothing was written"), "{said}");
    // Files of one name in two folders, and two outputs to a device.
    run(&folder, 1, &["extract", "0.wav", "bad.wav", "-o", "new.csv", "--errors", "sub/new.csv"]);
    assert!(read(&folder, "new.csv") == before && read(&folder, "sub/new.csv").contains("bad.wav"));
    #[cfg(unix)]
    run(&folder, 1, &["extract", "0.wav", "bad.wav", "-o", "/dev/null", "--errors", "/dev/null"]);
}

#[cfg(unix)]
#[test]
fn a_table_is_replaced_with_its_mode_and_behind_its_link() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = voices(1);
    let path = |name: &str| folder.path().join(name);
    fs::write(path("private.csv"), "old\n").unwrap();
    fs::set_permissions(path("private.csv"), fs::Permissions::from_mode(0o600)).unwrap();
    fs::create_dir(path("elsewhere")).unwrap();
    fs::write(path("elsewhere/table.csv"), "old\n").unwrap();
    symlink("elsewhere/table.csv", path("link.csv")).unwrap();
    symlink("elsewhere/new.csv", path("dangling.csv")).unwrap();
    // Names that a former version used.
    fs::write(path("private.csv.part"), "mine").unwrap();
    for output in ["private.csv", "link.csv", "dangling.csv"] {
        run(&folder, 0, &["extract", "0.wav", "-o", output]);
    }
    let expected = stdout(&folder, &["extract", "0.wav"]);
    assert_eq!(fs::metadata(path("private.csv")).unwrap().permissions().mode() & 0o777, 0o600);
    for name in ["private.csv", "elsewhere/table.csv", "elsewhere/new.csv"] {
        assert_eq!(read(&folder, name), expected, "{name}");
    }
    for name in ["link.csv", "dangling.csv"] {
        assert!(fs::symlink_metadata(path(name)).unwrap().is_symlink(), "{name}");
    }
    assert_eq!(read(&folder, "private.csv.part"), "mine");
    assert_eq!(fs::read_dir(path("elsewhere")).unwrap().count(), 2);
    fs::set_permissions(path("private.csv"), fs::Permissions::from_mode(0o640)).unwrap();
    run(&folder, 0, &["extract", "0.wav", "-o", "private.csv"]);
    assert_eq!(fs::metadata(path("private.csv")).unwrap().permissions().mode() & 0o777, 0o640);
}

/// Starts a command that waits for standard input, and waits until its output has begun.
#[cfg(unix)]
fn begun(folder: &TempDir, arguments: &[&str], is_begun: impl Fn() -> bool) -> std::process::Child {
    let mut command = command(folder.path(), arguments);
    let child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let tries = (0..1_000).take_while(|_| !is_begun());
    tries.for_each(|_| std::thread::sleep(std::time::Duration::from_millis(10)));
    assert!(is_begun(), "it did not begin");
    child
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_the_table_and_no_temporary_file() {
    use rustix::process::{Pid, Signal, kill_process};
    use std::os::unix::process::ExitStatusExt as _;
    let folder = voices(2);
    fs::write(folder.path().join("table.csv"), "before\n").unwrap();
    for signal in [Signal::TERM, Signal::INT] {
        let arguments = ["extract", "0.wav", "-", "1.wav", "-o", "table.csv"];
        let parts = || names(&folder).iter().filter(|name| name.ends_with(".part")).count();
        let mut child = begun(&folder, &arguments, || parts() == 1);
        kill_process(Pid::from_child(&child), signal).unwrap();
        assert_eq!(child.wait().unwrap().signal(), Some(signal.as_raw()), "as without a handler");
        assert_eq!(names(&folder), ["0.wav", "1.wav", "table.csv"]);
        assert_eq!(read(&folder, "table.csv"), "before\n");
    }
}

#[test]
fn two_runs_to_one_table_do_not_meet() {
    let folder = voices(2);
    let children: Vec<_> = (0..6)
        .map(|_| command(folder.path(), &["extract", "0.wav", "1.wav", "-o", "table.csv"]).spawn().unwrap())
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(read(&folder, "table.csv"), stdout(&folder, &["extract", "0.wav", "1.wav"]));
    assert_eq!(names(&folder).len(), 3);
}

// Going on

#[test]
fn resume_completes_a_table_that_was_cut_anywhere() {
    let folder = voices(5);
    fs::write(folder.path().join("2.wav"), "no sound").unwrap();
    let files = ["0.wav", "1.wav", "2.wav", "3.wav", "0.wav", "4.wav"];
    for (form, more) in [
        ("functionals.csv", &["extract"][..]),
        ("indexed.csv", &["extract", "--index", "file,start,end"]),
        ("llds.csv", &["extract", "--llds"]),
        ("windows.csv", &["extract", "--window", "0.2", "--hop", "0.15"]),
        ("channels.csv", &["extract", "--channel", "each"]),
        ("scores.csv", &["score"]),
        ("scores.jsonl", &["score", "--json"]),
    ] {
        // The same file twice counts once where a file has many rows.
        let files = if ["functionals.csv", "indexed.csv", "scores.csv", "scores.jsonl"].contains(&form) {
            &files[..]
        } else {
            &["0.wav", "1.wav", "2.wav", "3.wav", "4.wav"]
        };
        let arguments = [more, files, &["-o", form]].concat();
        run(&folder, 1, &arguments);
        let whole = fs::read(folder.path().join(form)).unwrap();
        let resume = [&arguments[..], &["--resume"]].concat();
        for cut in
            [0, 3, 40, whole.len() / 3, whole.len() / 2, whole.len() * 2 / 3, whole.len() - 1, whole.len()]
        {
            fs::write(folder.path().join(form), &whole[..cut]).unwrap();
            run(&folder, 1, &resume);
            let table = fs::read(folder.path().join(form)).unwrap();
            assert!(table == whole, "{form}, cut at byte {cut} of {}", whole.len());
        }
        fs::remove_file(folder.path().join(form)).unwrap();
        run(&folder, 1, &resume);
        assert!(fs::read(folder.path().join(form)).unwrap() == whole, "{form}: begun with --resume");
    }
}

/// Rows that stand there are not computed again, and rows are there while later files are in work.
#[cfg(unix)]
#[test]
fn resume_goes_on_behind_a_killed_run() {
    let folder = voices(3);
    let arguments = ["extract", "0.wav", "1.wav", "-", "2.wav", "-o", "table.csv", "--resume"];
    let lines =
        || fs::read_to_string(folder.path().join("table.csv")).map_or(0, |table| table.lines().count());
    let mut child = begun(&folder, &arguments, || lines() == 3);
    let said = stderr(&folder, 1, &arguments);
    assert!(said.contains("is being written by another run"), "{said}");
    child.kill().unwrap();
    child.wait().unwrap();
    // Files that the table has are not even opened.
    fs::remove_file(folder.path().join("0.wav")).unwrap();
    let said = stderr(&folder, 0, &["extract", "0.wav", "1.wav", "2.wav", "-o", "table.csv", "--resume"]);
    assert!(said.contains("2 of 3 files are in table.csv already"), "{said}");
    assert_eq!(column(&read(&folder, "table.csv"), "file"), ["0.wav", "1.wav", "2.wav"]);
    assert_eq!(stderr(&folder, 0, &["extract", "2.wav", "-o", "table.csv", "--resume", "--quiet"]), "");
}

#[test]
fn append_adds_rows_and_other_tables_are_left_alone() {
    let folder = voices(2);
    run(&folder, 0, &["extract", "0.wav", "-o", "table.csv", "--append"]);
    run(&folder, 0, &["extract", "0.wav", "1.wav", "-o", "table.csv", "--append"]);
    assert_eq!(read(&folder, "table.csv"), stdout(&folder, &["extract", "0.wav", "0.wav", "1.wav"]));
    for (content, says) in [
        ("file,loudness\n0.wav,1\n".to_owned(), "other columns"),
        ("not a table".to_owned(), "other columns"),
        (stdout(&folder, &["extract", "0.wav", "1.wav"]).replacen("\n0.wav,", "\n0.wav,1,", 1), "line 2"),
    ] {
        fs::write(folder.path().join("other.csv"), &content).unwrap();
        let said = stderr(&folder, 1, &["extract", "1.wav", "-o", "other.csv", "--resume"]);
        assert!(said.contains(says) && said.contains("nothing was written"), "{said}");
        assert_eq!(read(&folder, "other.csv"), content);
    }
    run(&folder, 2, &["extract", "0.wav", "--resume"]);
    run(&folder, 2, &["score", "0.wav", "-o", "scores.txt", "--resume"]);
    run(&folder, 2, &["extract", "0.wav", "-o", "a.parquet", "--append"]);
}

#[test]
fn what_fails_stands_in_a_table() {
    let folder = voices(2);
    fs::write(folder.path().join("words.wav"), "no sound").unwrap();
    fs::write(folder.path().join("segments.csv"), "file,start,end\n0.wav,0,9\nwords.wav,0,1\n1.wav,0,0.3\n")
        .unwrap();
    run(&folder, 1, &["extract", "--segments", "segments.csv", "-o", "t.csv", "--errors", "errors.csv"]);
    let errors = rows(read(&folder, "errors.csv"));
    assert_eq!(errors[0], ["file", "what", "why"]);
    assert_eq!(errors[1][..2], ["0.wav", "0 s to 9 s"]);
    assert!(errors[1][2].contains("beyond the end of the sound, at 0.600 s"), "{errors:?}");
    assert_eq!(errors[2][..2], ["words.wav", "file"]);
    assert_eq!(errors.len(), 3);
    run(&folder, 0, &["score", "1.wav", "--errors", "errors.csv"]);
    assert_eq!(read(&folder, "errors.csv"), "file,what,why\n");
}

#[test]
fn every_help_has_the_exit_statuses() {
    let folder = tempdir().unwrap();
    for command in ["extract", "score", "compare", "explain", "train", "evaluate", "robustness", "figures"] {
        for help in [&[command, "--help"][..], &[command, "-h"], &["--help"]] {
            assert!(stdout(&folder, help).contains("Exit status:\n  0  success"), "{help:?}");
        }
    }
    assert!(
        stdout(&folder, &["train", "--help"]).contains("Sources:"),
        "what stood there stands there still"
    );
}

// Rates and channels

#[test]
fn what_was_resampled_or_mixed_is_said_once() {
    let folder = voices(1);
    let (one, other) = (voice(44_100, 0.6, 120.0), voice(44_100, 0.6, 120.0));
    fs::write(folder.path().join("a.wav"), write_channels(&[&one, &other], 44_100)).unwrap();
    fs::write(folder.path().join("b.wav"), write_channels(&[&one, &other], 44_100)).unwrap();
    let files = ["0.wav", "a.wav", "b.wav"];
    let native = stderr(&folder, 0, &[&["extract"], &files[..]].concat());
    assert_eq!(native.lines().count(), 1, "{native}");
    assert!(native.contains("mean of several channels was taken: 2 of 3 files"), "{native}");
    let resampled = stderr(&folder, 0, &[&["extract", "--rate", "16000"], &files[..]].concat());
    assert_eq!(resampled.lines().count(), 2, "{resampled}");
    assert!(resampled.contains("resampled to 16000 Hz: 2 of 3 files"), "{resampled}");
    assert_eq!(stderr(&folder, 0, &[&["extract", "-q", "--rate", "16000"], &files[..]].concat()), "");
    assert!(stderr(&folder, 0, &["extract", "-v", "a.wav"]).contains("a.wav: 44100 Hz, 2 channels"));
    let table = stdout(&folder, &[&["extract", "--source-columns"], &files[..]].concat());
    assert_eq!(column(&table, "rate_hz"), ["16000", "44100", "44100"]);
    assert_eq!(column(&table, "channels"), ["1", "2", "2"]);
    assert_eq!(rows(&table)[0].len(), 1 + 88 + 5);
}

#[test]
fn a_channel_gives_the_bits_of_a_file_with_only_it() {
    let folder = tempdir().unwrap();
    let channels: Vec<Vec<i16>> = [120.0, 210.0, 160.0].map(|f0_hz| voice(22_050, 0.8, f0_hz)).into();
    let all: Vec<&[i16]> = channels.iter().map(Vec::as_slice).collect();
    fs::write(folder.path().join("all.wav"), write_channels(&all, 22_050)).unwrap();
    let mut alone = Vec::new();
    for (i, channel) in channels.iter().enumerate() {
        let name = format!("{i}.wav");
        fs::write(folder.path().join(&name), write_pcm16(channel, 22_050)).unwrap();
        alone.push(rows(stdout(&folder, &["extract", &name]))[1][1..].to_vec());
    }
    for (channel, expected) in [("left", 0), ("right", 1), ("1", 0), ("2", 1), ("3", 2)] {
        let table = rows(stdout(&folder, &["extract", "--channel", channel, "all.wav"]));
        assert_eq!(table[1][1..], alone[expected], "{channel}");
    }
    let mean = rows(stdout(&folder, &["extract", "all.wav"]));
    assert!(!alone.contains(&mean[1][1..].to_vec()));
    let each = stdout(&folder, &["extract", "--channel", "each", "all.wav"]);
    assert_eq!(rows(&each)[0][..2], ["file", "channel"]);
    for (i, row) in rows(&each)[1..].iter().enumerate() {
        assert_eq!(row[..2], ["all.wav".to_owned(), (i + 1).to_string()]);
        assert_eq!(row[2..], alone[i]);
    }
    let said = stderr(&folder, 1, &["extract", "--channel", "4", "all.wav"]);
    assert!(said.contains("it has 3 channels, so there is no channel 4"), "{said}");
    run(&folder, 2, &["extract", "--channel", "0", "all.wav"]);

    // Scores and explanations as well.
    let score = |arguments: &[&str]| -> Vec<Value> {
        let said = stdout(&folder, &[&["score", "--json"], arguments].concat());
        said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let each = score(&["--channel", "each", "all.wav"]);
    for (i, line) in each.iter().enumerate() {
        assert_eq!(line["activation"], score(&[&format!("{i}.wav")])[0]["activation"]);
        assert_eq!(
            (&line["channel"], &line["channels"]["taken"]),
            (&(i + 1).into(), &(i + 1).to_string().into())
        );
        let explained =
            stdout(&folder, &["explain", "--format", "json", "--channel", &(i + 1).to_string(), "all.wav"]);
        assert_eq!(serde_json::from_str::<Value>(&explained).unwrap()["activation"], line["activation"]);
    }
    assert_eq!(each.len(), 3);
    assert_eq!(
        stdout(&folder, &["explain", "--channel", "each", "all.wav"]).matches("all.wav, channel").count(),
        3
    );
    run(&folder, 2, &["explain", "--channel", "each", "--format", "svg", "all.wav"]);
}

#[test]
fn channels_that_differ_are_said() {
    let folder = tempdir().unwrap();
    let one = voice(16_000, 1.0, 120.0);
    let negative: Vec<i16> = one.iter().map(|v| -v).collect();
    let soft: Vec<i16> = one.iter().map(|v| v / 15).collect();
    let silent = vec![0; one.len()];
    for (name, other) in [
        ("same", &one),
        ("cancel", &negative),
        ("levels", &soft),
        ("silent", &silent),
        ("unlike", &voice(16_000, 1.0, 210.0)),
    ] {
        fs::write(folder.path().join("a.wav"), write_channels(&[&one, other], 16_000)).unwrap();
        let table = stdout(&folder, &["extract", "--source-columns", "a.wav"]);
        let expected = if name == "same" { "" } else { name };
        assert_eq!(column(&table, "channel_difference"), [expected]);
        let said = stderr(&folder, 0, &["extract", "a.wav"]);
        assert_eq!(said.contains("choose one with --channel"), name != "same", "{name}: {said}");
        assert!(
            !stderr(&folder, 0, &["extract", "--channel", "left", "a.wav"]).contains("--channel"),
            "{name}"
        );
        if name == "cancel" {
            continue;
        }
        let line: Value = serde_json::from_str(&stdout(&folder, &["score", "--json", "a.wav"])).unwrap();
        assert_eq!(line["channels"]["count"], 2);
        assert_eq!(line["channels"]["difference"].as_str().unwrap_or(""), expected);
        assert_eq!(stdout(&folder, &["score", "a.wav"]).contains("channels: "), name != "same");
    }
}

// Segments and windows

/// The features of a file with only these samples.
fn of_samples(folder: &TempDir, samples: &[i16], rate_hz: u32, more: &[&str]) -> Vec<String> {
    fs::write(folder.path().join("cut.wav"), write_pcm16(samples, rate_hz)).unwrap();
    rows(stdout(folder, &[&["extract", "cut.wav"], more].concat()))[1][1..].to_vec()
}

#[test]
fn a_segment_gives_the_bits_of_the_cut_file() {
    let folder = tempdir().unwrap();
    for (rate_hz, more) in [(16_000, &[][..]), (44_100, &[]), (44_100, &["--rate", "16000"]), (8_000, &[])] {
        // Longer than the pieces that files are decoded in.
        let samples = voice(rate_hz, 3.0, 140.0);
        fs::write(folder.path().join("whole.wav"), write_pcm16(&samples, rate_hz)).unwrap();
        let table = "file,start,end\n\
                     whole.wav,0 days 00:00:00.500000,0 days 00:00:01.200001\n\
                     whole.wav,1.98765,NaT\n\
                     whole.wav,,0.06\n\
                     whole.wav,0.3,2.7\n";
        fs::write(folder.path().join("segments.csv"), table).unwrap();
        let found = rows(stdout(&folder, &[&["extract", "--segments", "segments.csv"], more].concat()));
        assert_eq!(found[0][..4], ["file", "start", "end", FEATURES[0].name]);
        let index = [
            ("0 days 00:00:00.500000", "0 days 00:00:01.200001"),
            ("0 days 00:00:01.987650", "0 days 00:00:03"),
            ("0 days 00:00:00", "0 days 00:00:00.060000"),
            ("0 days 00:00:00.300000", "0 days 00:00:02.700000"),
        ];
        let times = [(0.5, 1.200_001), (1.987_65, 3.0), (0.0, 0.06), (0.3, 2.7)];
        assert_eq!(found.len(), 5);
        for ((row, (start, end)), (start_s, end_s)) in found[1..].iter().zip(index).zip(times) {
            assert_eq!(row[..3], ["whole.wav", start, end]);
            let at = |seconds: f64| (seconds * f64::from(rate_hz)).round() as usize;
            let expected = of_samples(&folder, &samples[at(start_s)..at(end_s)], rate_hz, more);
            assert_eq!(row[3..], expected, "{rate_hz} Hz, {start} to {end}");
        }
        let found =
            stdout(&folder, &[&["extract", "whole.wav", "--start", "0.3", "--end", "2.7"], more].concat());
        assert_eq!(
            rows(&found)[1],
            rows(stdout(&folder, &[&["extract", "--segments", "segments.csv"], more].concat()))[4]
        );
    }
}

#[test]
fn windows_give_the_bits_of_the_cut_files() {
    let folder = tempdir().unwrap();
    let samples = voice(22_050, 2.0, 140.0);
    fs::write(folder.path().join("a.wav"), write_pcm16(&samples, 22_050)).unwrap();
    let found = rows(stdout(&folder, &["extract", "a.wav", "--window", "0.5", "--hop", "0.3"]));
    assert_eq!(found.len(), 1 + 6, "0, 0.3 … 1.5 s; the next would reach beyond 2 s");
    for (i, row) in found[1..].iter().enumerate() {
        let at = |seconds: f64| (seconds * 22_050.0).round() as usize;
        let start = 0.3 * i as f64;
        assert_eq!(row[3..], of_samples(&folder, &samples[at(start)..at(start + 0.5)], 22_050, &[]), "{i}");
    }
    assert_eq!(
        rows(stdout(&folder, &["extract", "a.wav", "--window", "0.5"])).len(),
        1 + 4,
        "no hop: side by side"
    );
    // Within a segment.
    let within = ["extract", "a.wav", "--window", "0.5", "--hop", "0.3", "--start", "0.3", "--end", "1.2"];
    assert_eq!(rows(stdout(&folder, &within))[1..], found[2..4]);
    let said = stderr(&folder, 1, &["extract", "a.wav", "--window", "2.5"]);
    assert!(said.contains("no room for one window in 2.000 s"), "{said}");
    for wrong in
        [&["--window", "0"][..], &["--hop", "1"], &["--window", "1", "--hop", "0.000001"], &["--window", "x"]]
    {
        run(&folder, 2, &[&["extract", "a.wav"], wrong].concat());
    }
}

#[test]
fn a_segment_that_cannot_be_costs_its_row_alone() {
    let folder = voices(2);
    let table = "file,start,end\n0.wav,0,0.3\n0.wav,0.5,0.8\n0.wav,0.1,0.15\n0.wav,0.4,0.4\n0.wav,7,8\n0.wav,0.1,0.6004\n1.wav,0,\n";
    fs::write(folder.path().join("segments.csv"), table).unwrap();
    let found = run(&folder, 1, &["extract", "--segments", "segments.csv"]);
    let starts = column(&text(&found.stdout), "start");
    assert_eq!(
        starts,
        ["0 days 00:00:00", "0 days 00:00:00.100000", "0 days 00:00:00"],
        "a millisecond is let pass"
    );
    let said = text(&found.stderr);
    let says = [
        "0.wav, 0.5 s to 0.8 s: the segment reaches beyond the end of the sound, at 0.600 s",
        "0.wav, 0.1 s to 0.15 s: ",
        "0.wav, 0.4 s to 0.4 s: the segment does not end behind its start",
        "0.wav, 7 s to 8 s: the segment reaches beyond",
    ];
    for (line, expected) in said.lines().zip(says) {
        assert!(line.starts_with(expected), "{line}");
    }
    assert_eq!(said.lines().count(), 4, "{said}");
    assert!(said.contains("60 ms"), "{said}");
    // Options.
    let said = stderr(&folder, 1, &["score", "0.wav", "1.wav", "--start", "0.65"]);
    assert!(said.contains("0.wav, 0.65 s to the end: the segment reaches beyond"), "{said}");
    run(&folder, 2, &["extract", "0.wav", "--start", "2", "--end", "1"]);
    run(&folder, 2, &["extract", "0.wav", "--start", "1", "--segments", "segments.csv"]);
    run(&folder, 2, &["extract", "0.wav", "--start", "0.1", "--index", "file"]);
}

#[test]
fn segments_of_other_programs_are_taken() {
    let folder = voices(3);
    let path = |name: &str| folder.path().join(name);
    fs::write(path("labels.txt"), "0.000000\t0.250000\tA\n0.250000\t0.500000\tB\n").unwrap();
    fs::write(
        path("a.TextGrid"),
        "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n0.6\n<exists>\n1\n\"IntervalTier\"\n\"words\"\n0\n0.6\n2\n0\n\
         0.25\n\"A\"\n0.25\n0.5\n\"B\"\n",
    )
    .unwrap();
    fs::write(
        path("a.rttm"),
        "SPEAKER 0 1 0.0 0.25 <NA> <NA> A <NA> <NA>\nSPEAKER 2 1 0.1 0.5 <NA> <NA> B <NA> <NA>\nSPEAKER 0 1 0.25 0.25 <NA> \
         <NA> B <NA> <NA>\n",
    )
    .unwrap();
    let labels = stdout(&folder, &["extract", "0.wav", "--segments", "labels.txt"]);
    assert_eq!(column(&labels, "end"), ["0 days 00:00:00.250000", "0 days 00:00:00.500000"]);
    assert_eq!(stdout(&folder, &["extract", "0.wav", "--segments", "a.TextGrid", "--tier", "words"]), labels);
    assert_eq!(stdout(&folder, &["extract", "0.wav", "--segments", "a.rttm"]), labels);
    let said = stderr(&folder, 1, &["extract", "0.wav", "1.wav", "2.wav", "--segments", "a.rttm"]);
    assert_eq!(said, "1.wav: the table of segments does not have it: names must be those of the table\n");
    let said = stderr(&folder, 2, &["extract", "0.wav", "1.wav", "--segments", "labels.txt"]);
    assert!(said.contains("name one sound, not 2"), "{said}");
    // Files that are named are the ones that are taken of a table, which may name them from the corpus's own folder.
    fs::create_dir(path("corpus")).unwrap();
    fs::rename(path("2.wav"), path("corpus/2.wav")).unwrap();
    fs::write(path("s.csv"), "file,start,end\n0.wav,0,0.3\n2.wav,0.1,0.5\n1.wav,0,0.3\n").unwrap();
    let found = stdout(&folder, &["extract", "corpus/2.wav", "./1.wav", "--segments", "s.csv"]);
    assert_eq!(column(&found, "file"), ["corpus/2.wav", "./1.wav"]);
    fs::write(path("words.txt"), "hello\n").unwrap();
    let said = stderr(&folder, 1, &["extract", "0.wav", "--segments", "words.txt"]);
    assert!(said.contains("words.txt, line 1: it is no table of segments"), "{said}");
}

#[test]
fn score_takes_segments_as_well() {
    let folder = tempdir().unwrap();
    let samples = [voice(16_000, 1.0, 120.0), voice(16_000, 1.2, 260.0)].concat();
    fs::write(folder.path().join("a.wav"), write_pcm16(&samples, 16_000)).unwrap();
    fs::write(folder.path().join("second.wav"), write_pcm16(&samples[16_000..], 16_000)).unwrap();
    let json = |arguments: &[&str]| -> Value {
        serde_json::from_str(&stdout(&folder, &[&["score", "--json"], arguments].concat())).unwrap()
    };
    let segment = json(&["a.wav", "--start", "1"]);
    assert_eq!((&segment["start"], &segment["end"]), (&1.0.into(), &2.2.into()));
    assert_eq!(segment["activation"], json(&["second.wav"])["activation"]);
    assert!(stdout(&folder, &["score", "a.wav", "--start", "1"]).starts_with("a.wav, 1 s to 2.2 s\n"));
    let table = stdout(&folder, &["score", "--csv", "a.wav", "--window", "1"]);
    assert_eq!(column(&table, "start"), ["0 days 00:00:00", "0 days 00:00:01"]);
}

// Inputs

#[test]
fn folders_lists_and_standard_input_are_taken() {
    let folder = voices(3);
    let expected = stdout(&folder, &["extract", "0.wav", "1.wav", "2.wav"]);
    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::write(folder.path().join("list.txt"), "0.wav\n1.wav\n\n2.wav").unwrap();
    assert_eq!(stdout(&folder, &["extract", "--files-from", "list.txt"]), expected);
    let in_folder = stdout(&folder, &["extract", "."]);
    assert_eq!(in_folder.replace("./", ""), expected);
    let said = stderr(&folder, 1, &["extract", "empty", "0.wav"]);
    assert!(said.starts_with("empty: the folder holds no sound file"), "{said}");
    let piped = |arguments: &[&str], file: &str| {
        let input = fs::File::open(folder.path().join(file)).unwrap();
        let run = command(folder.path(), arguments).stdin(input).output().unwrap();
        assert!(run.status.success(), "{}", text(&run.stderr));
        text(&run.stdout)
    };
    assert_eq!(piped(&["extract", "--files-from", "-"], "list.txt"), expected);
    let standard = rows(piped(&["extract", "-"], "0.wav"));
    assert_eq!(standard[1][0], "-");
    assert_eq!(standard[1][1..], rows(&expected)[1][1..]);
    assert!(piped(&["score", "-"], "0.wav").starts_with("-\n  activation"));
    fs::copy(repository("tests/fixtures/voice.flac"), folder.path().join("voice.flac")).unwrap();
    assert_eq!(
        rows(piped(&["extract", "-"], "voice.flac"))[1][1..],
        rows(stdout(&folder, &["extract", "voice.flac"]))[1][1..]
    );
    for nothing in [
        &["extract"][..],
        &["score"],
        &["explain"],
        &["extract", "-", "-"],
        &["score", "-", "--files-from", "-"],
    ] {
        run(&folder, 2, nothing);
    }
    fs::write(folder.path().join("none.txt"), "\n").unwrap();
    assert!(stderr(&folder, 2, &["extract", "--files-from", "none.txt"]).contains("no sound is named"));
    run(&folder, 1, &["extract", "--files-from", "no-such-list"]);
}

#[test]
fn scores_are_a_flat_table() {
    let folder = voices(2);
    let table = stdout(&folder, &["score", "--csv", "0.wav", "1.wav"]);
    let names: Vec<&str> = ["file", "activation", "low", "high", "flags"]
        .into_iter()
        .chain(Group::ALL.iter().map(|g| g.name()))
        .collect();
    assert_eq!(rows(&table)[0], names);
    let json = stdout(&folder, &["score", "--json", "0.wav", "1.wav"]);
    for (line, row) in json.lines().zip(&rows(&table)[1..]) {
        let line: Value = serde_json::from_str(line).unwrap();
        let number = |at: usize| row[at].parse::<f64>().unwrap();
        assert_eq!(line["file"], row[0].as_str());
        assert_eq!(line["activation"], number(1));
        assert_eq!(line["interval"], serde_json::json!([number(2), number(3)]));
        let flags: Vec<&str> =
            line["flags"].as_array().unwrap().iter().map(|flag| flag.as_str().unwrap()).collect();
        assert_eq!(row[4], flags.join(" "));
        for (i, group) in Group::ALL.iter().enumerate() {
            assert_eq!(line["contributions"]["groups"][group.name()], number(5 + i));
        }
    }
    run(&folder, 0, &["score", "0.wav", "1.wav", "-o", "scores.csv"]);
    assert_eq!(read(&folder, "scores.csv"), table);
    run(&folder, 0, &["score", "--json", "0.wav", "1.wav", "-o", "scores.jsonl"]);
    assert_eq!(read(&folder, "scores.jsonl"), json);
    run(&folder, 2, &["score", "--csv", "--json", "0.wav"]);
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_holds_the_table() {
    use parquet::file::reader::{FileReader as _, SerializedFileReader};
    use parquet::record::Field;
    let folder = voices(3);
    for (command, more) in [("extract", &["--index", "file,start,end"][..]), ("score", &[])] {
        let arguments = [&[command, "0.wav", "1.wav", "2.wav"], more].concat();
        let csv = rows(&if command == "extract" {
            stdout(&folder, &arguments)
        } else {
            stdout(&folder, &[&arguments[..], &["--csv"]].concat())
        });
        run(&folder, 0, &[&arguments[..], &["-o", "table.parquet"]].concat());
        let reader =
            SerializedFileReader::new(fs::File::open(folder.path().join("table.parquet")).unwrap()).unwrap();
        let mut count = 0;
        for (row, expected) in reader.get_row_iter(None).unwrap().zip(&csv[1..]) {
            let row = row.unwrap();
            for ((name, field), (column, text)) in row.get_column_iter().zip(csv[0].iter().zip(expected)) {
                assert_eq!(name, column);
                match field {
                    Field::Str(value) => assert_eq!(value, text),
                    Field::Float(value) => assert_eq!(*value, text.parse::<f32>().unwrap()),
                    Field::Double(value) => assert_eq!(*value, text.parse::<f64>().unwrap()),
                    other => panic!("{name}: {other:?}"),
                }
            }
            count += 1;
        }
        assert_eq!(count, 3);
    }
    run(&folder, 2, &["score", "--json", "0.wav", "-o", "x.parquet"]);
}

#[test]
fn completions_and_manual_pages_are_written() {
    let folder = tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = stdout(&folder, &["completions", shell]);
        assert!(script.contains("undertone") && script.contains("files-from"), "{shell}");
    }
    run(&folder, 2, &["completions", "dos"]);
    assert!(stdout(&folder, &["manpage"]).contains(".TH undertone 1"));
    let page = stdout(&folder, &["manpage", "score"]);
    assert!(
        page.contains(".TH undertone\\-score 1") || page.contains(".TH undertone-score 1"),
        "{}",
        &page[..200]
    );
    assert!(page.contains("Exit status"));
    run(&folder, 2, &["manpage", "dance"]);
}

// Names

#[test]
fn names_are_no_formulas_in_tables() {
    let folder = tempdir().unwrap();
    let sound = write_pcm16(&voice(16_000, 0.6, 120.0), 16_000);
    let names = ["=1+1.wav", "+a.wav", "-b.wav", "@c.wav", "'=d.wav", "e=.wav"];
    for name in names {
        fs::write(folder.path().join(name), &sound).unwrap();
    }
    let arguments = [&["extract", "--"], &names[..]].concat();
    let table = stdout(&folder, &arguments);
    assert_eq!(column(&table, "file"), ["'=1+1.wav", "'+a.wav", "'-b.wav", "'@c.wav", "''=d.wav", "e=.wav"]);
    // Numbers are none either, and keep their sign.
    assert!(rows(&table)[1][1..].iter().any(|number| number.starts_with('-')));
    let json = stdout(&folder, &["score", "--json", "=1+1.wav"]);
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap()["file"], "=1+1.wav");
    // What a table says is known again.
    let arguments = [&["extract", "-o", "t.csv", "--resume", "--"], &names[..]].concat();
    run(&folder, 0, &arguments);
    let said = stderr(&folder, 0, &arguments);
    assert!(said.contains("6 of 6 files"), "{said}");
    fs::write(folder.path().join("s.csv"), "file,start,end\n'-b.wav,0,0.3\n").unwrap();
    assert_eq!(column(&stdout(&folder, &["extract", "--segments", "s.csv"]), "file"), ["'-b.wav"]);
}

#[cfg(unix)]
#[test]
fn names_do_not_steer_the_terminal_and_stay_distinct() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempdir().unwrap();
    let sound = write_pcm16(&voice(16_000, 1.0, 120.0), 16_000);
    let path = |name: &[u8]| folder.path().join(Path::new(OsStr::from_bytes(name)));
    fs::write(path(b"\x1b[2J.wav"), "no sound").unwrap();
    fs::write(path(b"a\xff.wav"), &sound).unwrap();
    fs::write(path(b"a\xfe.wav"), &sound).unwrap();
    fs::write(path(b"b\x1b[31m.wav"), &sound).unwrap();
    for command in ["extract", "score", "explain"] {
        let run = undertone_in(folder.path(), &[command, "."]);
        assert_eq!(run.status.code(), Some(1));
        assert!(!run.stderr.contains(&0x1b), "{}", text(&run.stderr));
        assert!(text(&run.stderr).contains("\\u{1b}[2J.wav: "), "{}", text(&run.stderr));
        if command != "extract" {
            assert!(!run.stdout.contains(&0x1b), "{command}");
        }
        let said = text(&run.stdout);
        assert!(said.contains("a\\xff.wav") && said.contains("a\\xfe.wav"), "{command}: {said}");
    }
    let table = text(&undertone_in(folder.path(), &["extract", "."]).stdout);
    assert_eq!(
        column(&table, "file").last().unwrap(),
        "./b\x1b[31m.wav",
        "a table in a file holds the name itself"
    );
}
