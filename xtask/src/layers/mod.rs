//! `cargo xtask layers`: which folder uses which, compared with the table in `docs/architecture.md`; and no circle between
//! files.
//!
//! A layer is a folder that the table names. Its row must list exactly the layers that its files use: one that is used
//! but not listed is a dependency that nobody decided on, one that is listed but not used is a sentence that is no
//! longer true. A row may list only layers above it, so layers cannot form a circle. Between files, only a Rust module and
//! the modules inside it may use each other.

mod rust;
mod scripts;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::paths;
use table::Layer;

/// Files that use others, as paths from the repository's top level.
pub type Edges = BTreeMap<String, BTreeSet<String>>;

/// The document with the table.
const DOCUMENT: &str = "docs/architecture.md";

/// `cargo xtask layers`
pub fn command_line() -> Result<()> {
    let root = paths::root();
    let layers = read_layers(&root)?;
    let (edges, families) = edges(&root)?;
    for (layer, used) in between_layers(&layers, &edges).0 {
        println!("{layer} uses {}", if used.is_empty() { "nothing".to_owned() } else { join(&used) });
    }
    let differences = differences(&layers, &edges, &families);
    for difference in &differences {
        println!("{difference}");
    }
    println!("{} passed, {} failed", edges.len().saturating_sub(differences.len()), differences.len());
    if differences.is_empty() { Ok(()) } else { bail!("{DOCUMENT} and the code differ") }
}

fn read_layers(root: &Path) -> Result<Vec<Layer>> {
    let text = fs::read_to_string(root.join(DOCUMENT)).with_context(|| format!("cannot read {DOCUMENT}"))?;
    table::read(&text)
}

/// All edges between files, and for every Rust file the files of the modules around it.
fn edges(root: &Path) -> Result<(Edges, Edges)> {
    let crates = [
        ("egemaps", "crates/egemaps/src"),
        ("undertone", "src"),
        ("undertone_page_reader", "crates/page-reader/src"),
        ("undertone_npm", "crates/npm/src"),
        ("undertone_cli", "crates/cli/src"),
        ("_egemaps", "crates/python/src"),
        ("undertone_pack", "xtask/pack/src"),
        ("xtask", "xtask/src"),
    ];
    let (mut edges, families) = rust::edges(root, &crates)?;
    edges.extend(scripts::edges(root, &["www", "worker", "packages/npm/src"])?);
    Ok((edges, families))
}

/// What is wrong, a line each.
fn differences(layers: &[Layer], edges: &Edges, families: &Edges) -> Vec<String> {
    let (used, unlisted) = between_layers(layers, edges);
    let mut differences: Vec<String> =
        unlisted.iter().map(|file| format!("{file} lies in no layer of {DOCUMENT}")).collect();
    for (place, layer) in layers.iter().enumerate() {
        for other in
            layer.may_use.iter().filter(|other| layers[place..].iter().any(|below| below.path == **other))
        {
            differences.push(format!("{} may use {other}, which does not stand above it", layer.path));
        }
        let used = used.get(layer.path.as_str()).cloned().unwrap_or_default();
        let may: BTreeSet<&str> = layer.may_use.iter().map(String::as_str).collect();
        for other in used.difference(&may) {
            let example = example(layers, edges, &layer.path, other);
            differences.push(format!("{} uses {other}, which its row does not list: {example}", layer.path));
        }
        for other in may.difference(&used) {
            differences.push(format!("{} does not use {other}, which its row lists", layer.path));
        }
        if layer.what.is_empty() {
            differences.push(format!("{} does not say what it is for", layer.path));
        }
    }
    differences.extend(
        circles(edges, families).iter().map(|files| format!("a circle of files: {}", files.join(" ↔ "))),
    );
    differences
}

/// The layers that each layer uses, and the files that lie in none.
fn between_layers<'a>(
    layers: &'a [Layer],
    edges: &'a Edges,
) -> (BTreeMap<&'a str, BTreeSet<&'a str>>, Vec<&'a str>) {
    let mut used: BTreeMap<&str, BTreeSet<&str>> =
        layers.iter().map(|layer| (layer.path.as_str(), BTreeSet::new())).collect();
    let mut unlisted = BTreeSet::new();
    for (file, others) in edges {
        let Some(here) = layer_of(layers, file) else {
            unlisted.insert(file.as_str());
            continue;
        };
        for other in others {
            match layer_of(layers, other) {
                Some(there) if there != here => {
                    used.entry(here).or_default().insert(there);
                }
                Some(_) => {}
                None => {
                    unlisted.insert(other.as_str());
                }
            }
        }
    }
    (used, unlisted.into_iter().collect())
}

/// The innermost layer that a file lies in.
fn layer_of<'a>(layers: &'a [Layer], file: &str) -> Option<&'a str> {
    let holds = |layer: &&Layer| file == layer.path || file.starts_with(&format!("{}/", layer.path));
    layers.iter().filter(holds).map(|layer| layer.path.as_str()).max_by_key(|path| path.len())
}

/// One use of `there` in `here`, to show.
fn example(layers: &[Layer], edges: &Edges, here: &str, there: &str) -> String {
    let uses = edges.iter().filter(|(file, _)| layer_of(layers, file) == Some(here));
    let mut found = uses.flat_map(|(file, others)| {
        others
            .iter()
            .filter(|other| layer_of(layers, other) == Some(there))
            .map(move |other| format!("{file} → {other}"))
    });
    found.next().unwrap_or_default()
}

/// Groups of files that use each other, directly or through others of the group. An edge between a Rust module and one inside it
/// does not count.
fn circles(edges: &Edges, families: &Edges) -> Vec<Vec<String>> {
    let related = |a: &str, b: &str| families.get(a).is_some_and(|family| family.contains(b));
    let next = |file: &str| -> Vec<&str> {
        let others = edges.get(file).into_iter().flatten().map(String::as_str);
        others.filter(|other| *other != file && !related(file, other) && !related(other, file)).collect()
    };
    let reach = |from: &str| -> BTreeSet<String> {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(file) = open.pop() {
            for other in next(&file) {
                if seen.insert(other.to_owned()) {
                    open.push(other.to_owned());
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<String>> =
        edges.keys().map(|file| (file.as_str(), reach(file))).collect();
    let mut found = BTreeSet::new();
    for (file, reachable) in &reached {
        if reachable.contains(*file) {
            let group = reachable
                .iter()
                .filter(|other| reached.get(other.as_str()).is_some_and(|back| back.contains(*file)));
            found.insert(group.cloned().collect::<Vec<_>>());
        }
    }
    found.into_iter().collect()
}

fn join(names: &BTreeSet<&str>) -> String {
    names.iter().copied().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges_of(list: &[(&str, &[&str])]) -> Edges {
        list.iter()
            .map(|(file, others)| {
                ((*file).to_owned(), others.iter().map(|other| (*other).to_owned()).collect())
            })
            .collect()
    }

    #[test]
    fn layers_use_what_the_document_lists() {
        let root = paths::root();
        let layers = read_layers(&root).unwrap();
        let (edges, families) = edges(&root).unwrap();
        assert!(edges.len() > 300, "{} files", edges.len());
        assert!(
            edges.values().map(BTreeSet::len).sum::<usize>() > 900,
            "too few uses: the reader misses some"
        );
        let differences = differences(&layers, &edges, &families);
        assert!(differences.is_empty(), "\n{}", differences.join("\n"));
    }

    #[test]
    fn differences_from_the_table_are_named() {
        let layers = table::read(
            "| layer | what | may use |\n|---|---|---|\n| `b` | B | nothing of ours |\n| `a` | A | `b` |\n",
        )
        .unwrap();
        let none = Edges::new();
        let right = edges_of(&[("a/x.rs", &["b/y.rs", "a/z.rs"]), ("b/y.rs", &[])]);
        assert_eq!(differences(&layers, &right, &none), Vec::<String>::new());
        let upward = edges_of(&[("a/x.rs", &["b/y.rs"]), ("b/y.rs", &["a/z.rs"])]);
        assert_eq!(
            differences(&layers, &upward, &none),
            ["b uses a, which its row does not list: b/y.rs → a/z.rs"]
        );
        let stale = edges_of(&[("a/x.rs", &[]), ("c/y.rs", &[])]);
        assert_eq!(
            differences(&layers, &stale, &none),
            ["c/y.rs lies in no layer of docs/architecture.md", "a does not use b, which its row lists"]
        );
    }

    #[test]
    fn a_layer_may_not_list_one_below_it() {
        let text =
            "| layer | what | may use |\n|---|---|---|\n| `a` | A | `b` |\n| `b` | B | nothing of ours |\n";
        let layers = table::read(text).unwrap();
        let used = edges_of(&[("a/x.rs", &["b/y.rs"]), ("b/y.rs", &[])]);
        assert_eq!(
            differences(&layers, &used, &Edges::new()),
            ["a may use b, which does not stand above it"]
        );
    }

    #[test]
    fn circles_are_found_but_not_between_a_module_and_its_parts() {
        let edges =
            edges_of(&[("a.rs", &["b.rs"]), ("b.rs", &["c.rs"]), ("c.rs", &["a.rs"]), ("d.rs", &["a.rs"])]);
        assert_eq!(circles(&edges, &Edges::new()), [["a.rs", "b.rs", "c.rs"]]);
        let nested = edges_of(&[("m/mod.rs", &["m/a.rs"]), ("m/a.rs", &["m/mod.rs"])]);
        assert_eq!(circles(&nested, &Edges::new()).len(), 1);
        let families = edges_of(&[("m/a.rs", &["m/mod.rs"])]);
        assert!(circles(&nested, &families).is_empty());
    }
}
