//! How much comes with this crate.
#![allow(clippy::unwrap_used)] // a test that fails is one that unwraps an error

use std::collections::BTreeSet;
use std::process::Command;

/// Names of the packages that the crate is built from, without itself.
fn packages(features: &[&str]) -> BTreeSet<String> {
    let tree = ["tree", "--locked", "--package", "egemaps", "--edges", "normal", "--prefix", "none"];
    let output = Command::new(env!("CARGO"))
        .args(tree)
        .args(features)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let names = text.lines().filter_map(|line| line.split(' ').next()).filter(|name| !name.is_empty());
    names.filter(|name| *name != "egemaps").map(str::to_owned).collect()
}

#[test]
fn dependencies_without_features_are_at_most_ten() {
    let found = packages(&[]);
    assert!(["fearless_simd", "libm", "thiserror"].iter().all(|name| found.contains(*name)), "{found:?}");
    assert!(found.len() <= 10, "{}: {found:?}", found.len());
    assert!(!found.contains("serde"), "{found:?}");
}

#[test]
fn dependencies_with_serde_have_serde() {
    assert!(packages(&["--features", "serde"]).contains("serde"));
}
