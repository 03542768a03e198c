//! `cargo xtask rooms`: which folder uses which, compared with the table in `docs/architecture.md`; and no circle between
//! files.
//!
//! A room is a folder that the table names. Its row must list exactly the rooms that its files use: one that is used
//! but not listed is a dependency that nobody decided on, one that is listed but not used is a sentence that is no
//! longer true. A row may list only rooms above it, so rooms cannot form a circle. Between files, only a module and
//! the modules inside it may use each other.

mod rust;
mod scripts;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::paths;
use table::Room;

/// Files that use others, as paths from the repository's top level.
pub type Edges = BTreeMap<String, BTreeSet<String>>;

/// The document with the table.
const DOCUMENT: &str = "docs/architecture.md";

/// `cargo xtask rooms`
pub fn command_line() -> Result<()> {
    let root = paths::root();
    let rooms = read_rooms(&root)?;
    let (edges, families) = edges(&root)?;
    for (room, used) in between_rooms(&rooms, &edges).0 {
        println!("{room} uses {}", if used.is_empty() { "nothing".to_owned() } else { join(&used) });
    }
    let complaints = complaints(&rooms, &edges, &families);
    for complaint in &complaints {
        println!("{complaint}");
    }
    println!("{} passed, {} failed", edges.len().saturating_sub(complaints.len()), complaints.len());
    if complaints.is_empty() { Ok(()) } else { bail!("{DOCUMENT} and the code differ") }
}

fn read_rooms(root: &Path) -> Result<Vec<Room>> {
    let text = fs::read_to_string(root.join(DOCUMENT)).with_context(|| format!("cannot read {DOCUMENT}"))?;
    table::read(&text)
}

/// All edges between files, and for every Rust file the files of the modules around it.
fn edges(root: &Path) -> Result<(Edges, Edges)> {
    let crates = [
        ("egemaps", "crates/egemaps/src"),
        ("undertone", "src"),
        ("undertone_cli", "crates/cli/src"),
        ("xtask", "xtask/src"),
    ];
    let (mut edges, families) = rust::edges(root, &crates)?;
    edges.extend(scripts::edges(root, &["www", "worker"])?);
    Ok((edges, families))
}

/// What is wrong, a line each.
fn complaints(rooms: &[Room], edges: &Edges, families: &Edges) -> Vec<String> {
    let (used, homeless) = between_rooms(rooms, edges);
    let mut complaints: Vec<String> =
        homeless.iter().map(|file| format!("{file} lies in no room of {DOCUMENT}")).collect();
    for (place, room) in rooms.iter().enumerate() {
        for other in
            room.may_use.iter().filter(|other| rooms[place..].iter().any(|below| below.path == **other))
        {
            complaints.push(format!("{} may use {other}, which does not stand above it", room.path));
        }
        let used = used.get(room.path.as_str()).cloned().unwrap_or_default();
        let may: BTreeSet<&str> = room.may_use.iter().map(String::as_str).collect();
        for other in used.difference(&may) {
            let example = example(rooms, edges, &room.path, other);
            complaints.push(format!("{} uses {other}, which its row does not list: {example}", room.path));
        }
        for other in may.difference(&used) {
            complaints.push(format!("{} does not use {other}, which its row lists", room.path));
        }
        if room.what.is_empty() {
            complaints.push(format!("{} does not say what it is for", room.path));
        }
    }
    complaints.extend(
        circles(edges, families).iter().map(|files| format!("a circle of files: {}", files.join(" ↔ "))),
    );
    complaints
}

/// The rooms that each room uses, and the files that lie in none.
fn between_rooms<'a>(
    rooms: &'a [Room],
    edges: &'a Edges,
) -> (BTreeMap<&'a str, BTreeSet<&'a str>>, Vec<&'a str>) {
    let mut used: BTreeMap<&str, BTreeSet<&str>> =
        rooms.iter().map(|room| (room.path.as_str(), BTreeSet::new())).collect();
    let mut homeless = BTreeSet::new();
    for (file, others) in edges {
        let Some(here) = room_of(rooms, file) else {
            homeless.insert(file.as_str());
            continue;
        };
        for other in others {
            match room_of(rooms, other) {
                Some(there) if there != here => {
                    used.entry(here).or_default().insert(there);
                }
                Some(_) => {}
                None => {
                    homeless.insert(other.as_str());
                }
            }
        }
    }
    (used, homeless.into_iter().collect())
}

/// The innermost room that a file lies in.
fn room_of<'a>(rooms: &'a [Room], file: &str) -> Option<&'a str> {
    let holds = |room: &&Room| file == room.path || file.starts_with(&format!("{}/", room.path));
    rooms.iter().filter(holds).map(|room| room.path.as_str()).max_by_key(|path| path.len())
}

/// One use of `there` in `here`, to show.
fn example(rooms: &[Room], edges: &Edges, here: &str, there: &str) -> String {
    let uses = edges.iter().filter(|(file, _)| room_of(rooms, file) == Some(here));
    let mut found = uses.flat_map(|(file, others)| {
        others
            .iter()
            .filter(|other| room_of(rooms, other) == Some(there))
            .map(move |other| format!("{file} → {other}"))
    });
    found.next().unwrap_or_default()
}

/// Groups of files that use each other, directly or through others of the group. An edge between a module and one inside
/// it does not count.
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
    fn rooms_are_those_of_the_document() {
        let root = paths::root();
        let rooms = read_rooms(&root).unwrap();
        let (edges, families) = edges(&root).unwrap();
        assert!(edges.len() > 300, "{} files", edges.len());
        assert!(
            edges.values().map(BTreeSet::len).sum::<usize>() > 900,
            "too few uses: the reader misses some"
        );
        let complaints = complaints(&rooms, &edges, &families);
        assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
    }

    #[test]
    fn rooms_that_differ_from_the_table_are_named() {
        let rooms = table::read(
            "| room | what | may use |\n|---|---|---|\n| `b` | B | nothing of ours |\n| `a` | A | `b` |\n",
        )
        .unwrap();
        let none = Edges::new();
        let right = edges_of(&[("a/x.rs", &["b/y.rs", "a/z.rs"]), ("b/y.rs", &[])]);
        assert_eq!(complaints(&rooms, &right, &none), Vec::<String>::new());
        let upward = edges_of(&[("a/x.rs", &["b/y.rs"]), ("b/y.rs", &["a/z.rs"])]);
        assert_eq!(
            complaints(&rooms, &upward, &none),
            ["b uses a, which its row does not list: b/y.rs → a/z.rs"]
        );
        let stale = edges_of(&[("a/x.rs", &[]), ("c/y.rs", &[])]);
        assert_eq!(
            complaints(&rooms, &stale, &none),
            ["c/y.rs lies in no room of docs/architecture.md", "a does not use b, which its row lists"]
        );
    }

    #[test]
    fn rooms_may_not_list_one_below_them() {
        let text =
            "| room | what | may use |\n|---|---|---|\n| `a` | A | `b` |\n| `b` | B | nothing of ours |\n";
        let rooms = table::read(text).unwrap();
        let used = edges_of(&[("a/x.rs", &["b/y.rs"]), ("b/y.rs", &[])]);
        assert_eq!(complaints(&rooms, &used, &Edges::new()), ["a may use b, which does not stand above it"]);
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
