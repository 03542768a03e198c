//! How much comes with this crate.
#![allow(clippy::unwrap_used)] // a test that fails is one that unwraps an error

use std::collections::BTreeSet;
use std::process::Command;

#[test]
fn dependencies_are_few_and_only_those_of_what_the_page_runs() {
    let tree = ["tree", "--locked", "--package", "undertone", "--edges", "normal", "--prefix", "none"];
    let output =
        Command::new(env!("CARGO")).args(tree).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    // Name and version; two versions of a package are two packages.
    let packages: BTreeSet<Vec<&str>> = text.lines().map(|line| line.split(' ').take(2).collect()).collect();
    let names: BTreeSet<&str> = packages.iter().map(|package| package[0]).collect();
    assert!(names.contains("undertone") && names.contains("egemaps"), "{names:?}");
    assert!(packages.len() <= 46, "{}: {packages:?}", packages.len());
    // Decoding, parallel work and training belong to the command line.
    for package in ["clap", "linfa", "rayon", "symphonia"] {
        assert!(!names.contains(package), "{package}");
    }
}
