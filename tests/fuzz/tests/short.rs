//! Each target with its seeds, with what once was wrong, and a little with changes by chance.

use std::path::{Path, PathBuf};

use undertone_fuzz::mutate::{Random, mutated};
use undertone_fuzz::seeds::seeds;
use undertone_fuzz::{Target, targets};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Executions in a test run: targets take from microseconds to tens of milliseconds.
fn executions(target: &str) -> u64 {
    match target {
        "sniff" | "pcm" | "sound-file" => 20_000,
        "weights" | "packed" | "decode" => 300,
        "extractor" | "splitter" | "analysis" => 25,
        _ => 1_000,
    }
}

#[test]
fn seeds_and_what_once_was_wrong_are_taken() {
    for Target { name, run, .. } in targets() {
        let seeds = seeds(name, &root()).unwrap();
        assert!(!seeds.is_empty(), "{name}");
        for bytes in &seeds {
            run(bytes);
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("regressions").join(name);
        for entry in folder.read_dir().into_iter().flatten() {
            run(&std::fs::read(entry.unwrap().path()).unwrap());
        }
    }
}

#[test]
fn changes_by_chance_are_taken() {
    std::thread::scope(|scope| {
        for Target { name, run, longest } in targets() {
            scope.spawn(move || {
                let seeds = seeds(name, &root()).unwrap();
                for number in 0..executions(name) {
                    let bytes = mutated(&mut Random::new(number), &seeds, longest);
                    let taken = std::panic::catch_unwind(|| run(&bytes));
                    assert!(taken.is_ok(), "{name}: change number {number} of the seeds is not taken");
                }
            });
        }
    });
}

#[test]
fn seeds_reach_what_they_are_for() {
    let of = |name: &str, bytes: &[u8]| undertone_fuzz::run(name, bytes);
    // A target that refuses everything has one digest for all; the seeds of each have several.
    for name in ["sniff", "pcm", "sound-file", "decode", "extractor", "splitter", "analysis"] {
        let mut digests: Vec<u64> =
            seeds(name, &root()).unwrap().iter().map(|bytes| of(name, bytes)).collect();
        digests.sort_unstable();
        digests.dedup();
        assert!(digests.len() > 2, "{name}: {digests:?}");
    }
    assert_eq!(of("nothing", b""), 0);
}
