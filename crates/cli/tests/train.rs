//! `undertone train` and `undertone evaluate` on tables of made-up features and on made-up voices.
#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

mod common;

use common::{command, text, undertone_in};
use undertone::audio::wav;
use undertone::egemaps::catalogue::FEATURES;
use undertone::model::Model;
use undertone_cli::data::conditions::BackgroundSpeech;
use undertone_cli::data::novelty_sounds::SoundSet;

/// A table of six speakers whose third feature follows their activation.
fn write_table(path: &Path, seed: u64) {
    let mut state = seed;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let names: Vec<&str> = FEATURES.iter().map(|f| f.name).collect();
    let mut text = format!("speaker,emotion,activation,{}\n", names.join(","));
    for row in 0..90 {
        let activation = 1.0 + 4.0 * random();
        write!(text, "s{},{},{activation:.3}", row % 6, if activation > 3.0 { "anger" } else { "sadness" })
            .unwrap();
        for feature in 0..FEATURES.len() {
            let value = random() + if feature == 2 { activation } else { 0.0 };
            write!(text, ",{value:.4}").unwrap();
        }
        text.push('\n');
    }
    fs::write(path, text).unwrap();
}

#[test]
fn train_on_a_table_writes_the_same_weights_and_card_every_time() {
    let folder = tempfile::tempdir().unwrap();
    write_table(&folder.path().join("mine.csv"), 1);
    write_table(&folder.path().join("other.csv"), 2);
    let train = |name: &str, jobs: &str| {
        let arguments = [
            "train",
            "--corpus",
            "mine.csv",
            "--test",
            "other.csv",
            "--epochs",
            "20",
            "--seed",
            "9",
            "-o",
            name,
            "--jobs",
            jobs,
        ];
        let output = undertone_in(folder.path(), &arguments);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(text(&output.stderr).contains("mine: 90 utterances, 6 speakers"));
        fs::read(folder.path().join(name)).unwrap()
    };
    let bytes = train("a.safetensors", "1");
    for jobs in ["1", "3"] {
        assert_eq!(train("b.safetensors", jobs), bytes, "{jobs} threads");
    }
    let model = Model::from_bytes(&bytes).unwrap();
    assert_eq!((model.info().provenance.seed, model.info().provenance.date.as_str()), (9, "2000-02-29"));
    let card = fs::read_to_string(folder.path().join("a.md")).unwrap();
    assert!(card.contains(&model.info().hash));
    assert!(card.contains("undertone train --corpus mine.csv"));
    assert!(card.contains("| other | human | 90 |"));

    let evaluated =
        undertone_in(folder.path(), &["evaluate", "--model", "a.safetensors", "--target", "other.csv"]);
    let line = text(&evaluated.stdout).lines().last().unwrap().to_owned();
    assert!(card.contains(&line), "{line}\n{card}");
}

#[test]
fn evaluate_zero_shot_has_every_method() {
    let folder = tempfile::tempdir().unwrap();
    write_table(&folder.path().join("mine.csv"), 1);
    write_table(&folder.path().join("other.csv"), 2);
    let arguments = [
        "evaluate",
        "--zero-shot",
        "--source",
        "mine.csv",
        "--target",
        "other.csv",
        "--seeds",
        "2",
        "--recipe",
        "study",
    ];
    let output = undertone_in(folder.path(), &arguments);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(
        said.contains("metric-act | ridge | ridge, gains and channel penalty | best single feature"),
        "{said}"
    );
    assert!(said.contains(&format!("({})", FEATURES[2].name)), "{said}");
    assert!(said.contains("| mine | other | human | 90 |"), "{said}");
}

const REPLICATION: [&str; 13] = [
    "evaluate",
    "--source",
    "mine.csv",
    "--target",
    "other.csv",
    "--seeds",
    "1",
    "--folds",
    "3",
    "--architecture",
    "dae",
    "--objective",
    "unsupervised,metric-cluster,metric-act",
];

fn results(folder: &Path) -> Vec<Vec<u8>> {
    ["results.md", "results.csv", "results.json"].map(|name| fs::read(folder.join(name)).unwrap()).to_vec()
}

fn stored(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder.join("runs")) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "json"));
    files.sort();
    files
}

#[test]
fn evaluate_continues_a_killed_replication_and_writes_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    write_table(&folder.path().join("mine.csv"), 1);
    write_table(&folder.path().join("other.csv"), 2);
    let whole = undertone_in(folder.path(), &[&REPLICATION[..], &["-o", "whole"]].concat());
    assert!(whole.status.success(), "{}", text(&whole.stderr));
    // Three objectives and the baselines, three folds, two groupings.
    assert_eq!(stored(&folder.path().join("whole")).len(), 24);
    let said = String::from_utf8(results(&folder.path().join("whole"))[0].clone()).unwrap();
    for name in [
        "metric-act, DAE",
        "ridge, 88 features",
        "best single feature",
        "oracle",
        "chance",
        "Das et al.: metric-act",
    ] {
        assert!(said.contains(name), "{name}: {said}");
    }

    // Killed after the third finished run, on one core so that it does not get to the end first.
    let parts = folder.path().join("parts");
    let mut child = command(folder.path(), &[&REPLICATION[..], &["-o", "parts"]].concat())
        .env("RAYON_NUM_THREADS", "1")
        .spawn()
        .unwrap();
    while stored(&parts).len() < 3 && child.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let before = stored(&parts);
    assert!((3..24).contains(&before.len()) && !parts.join("results.md").exists(), "{} runs", before.len());
    let times = |files: &[PathBuf]| -> Vec<_> {
        files.iter().map(|file| fs::metadata(file).unwrap().modified().unwrap()).collect()
    };
    let written = times(&before);
    let output = undertone_in(folder.path(), &[&REPLICATION[..], &["-o", "parts"]].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(times(&before), written, "stored runs are not repeated");
    assert_eq!(results(&parts), results(&folder.path().join("whole")));
}

#[test]
fn evaluate_refuses_unfit_corpora_with_exit_status_1() {
    let folder = tempfile::tempdir().unwrap();
    write_table(&folder.path().join("mine.csv"), 1);
    write_table(&folder.path().join("other.csv"), 2);
    let table = fs::read_to_string(folder.path().join("other.csv")).unwrap();
    fs::write(folder.path().join("two.csv"), table.lines().take(3).collect::<Vec<_>>().join("\n")).unwrap();
    fs::write(folder.path().join("calm.csv"), table.replace("anger", "sadness")).unwrap();
    for (arguments, expected) in [
        (
            &["--source", "two.csv", "--target", "mine.csv", "--objective", "metric-act"][..],
            "2 utterances are fewer than 5 folds",
        ),
        (&["--source", "mine.csv", "--target", "calm.csv", "--objective", "metric-act"], "only one class"),
        (
            &["--source", "mine.csv", "--target", "other.csv", "--folds", "7", "--objective", "metric-act"],
            "6 speakers are fewer than 7 folds",
        ),
        // Said before anything is trained.
        (&["--source", "mine.csv", "--target", "other.csv"], "metric-val needs a valence label"),
        // What was learned from is no test, whichever table it is judged by.
        (&["--source", "mine.csv", "--target", "mine.csv", "--zero-shot"], "90 of the 90 recordings of mine"),
        (&["--source", "other.csv", "--target", "two.csv", "--zero-shot"], "2 of the 2 recordings of two"),
    ] {
        let output = undertone_in(folder.path(), &[&["evaluate"], arguments].concat());
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
    for (arguments, expected) in [
        (&["--target", "mine.csv", "--zero-shot"][..], "--source"),
        (&["--source", "mine.csv", "--target", "mine.csv", "--architecture", "gan"], "known: dae, vae"),
    ] {
        let output = undertone_in(folder.path(), &[&["evaluate"], arguments].concat());
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stderr));
        assert!(text(&output.stderr).contains(expected), "{}", text(&output.stderr));
    }
}

#[test]
fn train_refuses_unfit_corpora_with_exit_status_1() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bad.csv"), "speaker,emotion,activation\n").unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    for (arguments, expected) in [
        (&["train", "--corpus", "bad.csv"][..], "88 columns are missing"),
        (&["train", "--corpus", "savee=empty"], "no .wav or .flac files"),
        (&["train", "--corpus", "emodb=empty"], "--ratings"),
        (&["evaluate", "--target", "savee=nowhere"], "nowhere"),
    ] {
        let output = undertone_in(folder.path(), arguments);
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
    for (arguments, expected) in [
        (&["train", "--corpus", "emo=empty"][..], "unknown corpus"),
        (&["train", "--corpus", "bad.csv", "--date", "2023-02-29"], "write YYYY-MM-DD"),
    ] {
        let output = undertone_in(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(expected), "{arguments:?}: {}", text(&output.stderr));
    }
}

#[test]
fn train_refuses_an_impossible_source_date_before_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let output = command(folder.path(), &["train", "--corpus", "missing.csv"])
        .env("SOURCE_DATE_EPOCH", u64::MAX.to_string())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("SOURCE_DATE_EPOCH"), "{}", text(&output.stderr));
}

#[test]
fn train_takes_every_objective_and_architecture_and_names_them_in_file_and_card() {
    let folder = tempfile::tempdir().unwrap();
    write_table(&folder.path().join("mine.csv"), 1);
    let train = |options: &[&str]| {
        let arguments = [&["train", "--corpus", "mine.csv", "--epochs", "2"], options].concat();
        undertone_in(folder.path(), &arguments)
    };
    for (options, objective, architecture, recipe) in [
        (&["--objective", "unsupervised"][..], "unsupervised", "dae", "speaker shift, open start"),
        (
            &["--objective", "metric-cluster", "--architecture", "vae", "--as-released"],
            "metric-cluster",
            "vae",
            "speaker shift, open start, objective as released",
        ),
        (
            &["--family", "vae", "--logarithm"],
            "metric-act",
            "vae",
            "speaker shift, open start, line, logarithm",
        ),
    ] {
        let output = train(options);
        assert!(output.status.success(), "{}", text(&output.stderr));
        // Without -o, the file is named after the objective.
        let bytes = fs::read(folder.path().join(format!("{objective}.safetensors"))).unwrap();
        let model = Model::from_bytes(&bytes).unwrap();
        let info = model.info();
        assert_eq!((info.objective.name(), info.architecture.name()), (objective, architecture));
        assert_eq!(info.provenance.name, recipe);
        let card = fs::read_to_string(folder.path().join(format!("{objective}.md"))).unwrap();
        assert!(card.contains(&format!("Objective: {objective}; architecture: {architecture}.")), "{card}");
    }

    // The table has no valence, and metric-val will not do without.
    let output = train(&["--objective", "metric-val"]);
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    assert!(said.contains("metric-val needs a valence label") && said.contains("90 of 90"), "{said}");
    for (options, expected) in
        [(["--objective", "metric-mood"], "known: unsupervised"), (["--architecture", "gan"], "dae, vae")]
    {
        let output = train(&options);
        assert_eq!(output.status.code(), Some(2));
        assert!(text(&output.stderr).contains(expected), "{}", text(&output.stderr));
    }
}

/// Five speakers in the layout of a corpus, each happy once and angry once.
fn write_voices(folder: &Path, first: usize) {
    fs::create_dir(folder).unwrap();
    for number in first..first + 10 {
        let (emotion, speaker) = (["03", "05"][number % 2], number / 2 + 1);
        let sound = &SoundSet::AdultVoices.sound(number, &BackgroundSpeech::Synthesised)[..24_000];
        let name = format!("03-01-{emotion}-01-01-01-{speaker:02}.wav");
        fs::write(folder.join(name), wav::write_f32(sound, 16_000)).unwrap();
    }
}

#[test]
fn train_and_evaluate_augment_recordings_where_the_recipe_does() {
    let folder = tempfile::tempdir().unwrap();
    write_voices(&folder.path().join("corpus"), 0);
    write_voices(&folder.path().join("held-out"), 10);
    let run = |arguments: &[&str]| {
        let output = undertone_in(folder.path(), arguments);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stderr)
    };
    let train = |options: &[&str]| {
        let mut arguments =
            vec!["train", "--corpus", "bangla-ser=corpus", "--epochs", "2", "-o", "a.safetensors"];
        arguments.extend(options);
        let said = run(&arguments);
        let model = Model::from_bytes(&fs::read(folder.path().join("a.safetensors")).unwrap()).unwrap();
        (said, model, fs::read_to_string(folder.path().join("a.md")).unwrap())
    };
    let (said, with, card) = train(&[]);
    assert!(said.contains("80 augmentations; 0 without voice"), "{said}");
    assert!(said.contains("40 under 4 conditions; 0 without voice"), "{said}");
    assert!(card.contains("10 of 10 utterances also have degraded versions"), "{card}");
    assert_eq!(with.info().provenance.name, "degraded versions, speaker shift, open start, line");
    assert_eq!(with.info().interval.residuals, 10 + 40);
    let (said, without, card) = train(&["--augmentation", "none"]);
    assert!(!said.contains("augmentations;") && card.contains("No degraded versions."), "{said}{card}");
    assert_eq!(without.info().interval.residuals, 10);
    assert_ne!(with.training_voices().latent, without.training_voices().latent);

    let evaluate = |options: &[&str]| {
        let mut arguments = vec![
            "evaluate",
            "--source",
            "bangla-ser=corpus",
            "--target",
            "bangla-ser=held-out",
            "--seeds",
            "1",
        ];
        arguments.extend(options);
        run(&arguments).contains("80 augmentations; 0 without voice")
    };
    let small =
        ["--folds", "2", "--objective", "metric-act", "--architecture", "dae", "--grouping", "speaker"];
    assert!(evaluate(&["--zero-shot"]));
    assert!(!evaluate(&["--zero-shot", "--recipe", "published"]));
    assert!(evaluate(&[&small[..], &["--recipe", "study,shipped"]].concat()));
    assert!(!evaluate(&[&small[..], &["--output", "plain"]].concat()));
}
