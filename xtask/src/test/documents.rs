//! Tests of what the documents say: that their links and the paths that they name lead somewhere, and that versions
//! that stand in several places agree.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::lock::of_all_crates;
use crate::paths::root;

/// Folders that a clone does not have, or that hold the work of others.
const SKIPPED: [&str; 6] = [".git", "corpora", "dist", "node_modules", "pkg", "target"];

/// All files of the repository whose name ends so, as paths from its top level.
fn files(ending: &str) -> BTreeSet<PathBuf> {
    fn collect(folder: &Path, ending: &str, found: &mut BTreeSet<PathBuf>) {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let path = folder.join(&name);
            if entry.file_type().unwrap().is_dir() {
                if !SKIPPED.contains(&name.as_str()) {
                    collect(&path, ending, found);
                }
            } else if name.ends_with(ending) {
                found.insert(path);
            }
        }
    }
    let mut found = BTreeSet::new();
    collect(Path::new(""), ending, &mut found);
    found
}

fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What a Markdown file contains of what is tested here.
#[derive(Default)]
struct Document {
    /// Targets of links and pictures, in Markdown and in HTML within it.
    links: Vec<String>,
    /// Names of headings, as GitHub makes them for links.
    anchors: Vec<String>,
    /// Code within text.
    code: Vec<String>,
}

impl Document {
    fn parse(text: &str) -> Self {
        let mut document = Self::default();
        let mut heading: Option<String> = None;
        for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES) {
            match event {
                Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                    document.links.push(dest_url.into_string());
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    for attribute in ["src=\"", "href=\""] {
                        let values = html.split(attribute).skip(1).filter_map(|rest| rest.split('"').next());
                        document.links.extend(values.map(str::to_owned));
                    }
                }
                Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
                Event::End(TagEnd::Heading(_)) => {
                    let anchor = anchor(&heading.take().unwrap_or_default());
                    let same = document.anchors.iter().filter(|other| **other == anchor).count();
                    document.anchors.push(if same == 0 { anchor } else { format!("{anchor}-{same}") });
                }
                Event::Text(text) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&text);
                    }
                }
                Event::Code(code) => {
                    if let Some(heading) = &mut heading {
                        heading.push_str(&code);
                    }
                    document.code.push(code.into_string());
                }
                _ => {}
            }
        }
        document
    }
}

/// The name that GitHub gives a heading for links.
fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn documents() -> HashMap<PathBuf, Document> {
    files(".md").into_iter().map(|path| (path.clone(), Document::parse(&read(path)))).collect()
}

#[test]
fn documents_are_read_as_meant() {
    let text = "# A `b` — c, d!\n# A b — c, d!\n[x](y.md#z) ![p](q.png) <img src=\"r.png\" alt=\"s\">\n\
                | t |\n|---|\n| [u][v] `src/w` |\n\n[v]: w.md\n\n```sh\n[no](no.md)\n```\n";
    let document = Document::parse(text);
    assert_eq!(document.links, ["y.md#z", "q.png", "r.png", "w.md"]);
    assert_eq!(document.anchors, ["a-b--c-d", "a-b--c-d-1"]);
    assert_eq!(document.code, ["b", "src/w"]);
}

#[test]
fn links_lead_to_files_and_headings_that_exist() {
    let documents = documents();
    let (mut checked, mut broken) = (0, Vec::new());
    for (path, document) in &documents {
        for link in document.links.iter().filter(|link| !link.contains(':')) {
            checked += 1;
            let (file, heading) = link.split_once('#').map_or((link.as_str(), None), |(a, b)| (a, Some(b)));
            let target = match file {
                "" => root().join(path),
                file => root().join(path.parent().unwrap()).join(file),
            };
            let Ok(target) = target.canonicalize() else {
                broken.push(format!("{}: {link}", path.display()));
                continue;
            };
            let target = target.strip_prefix(root().canonicalize().unwrap()).unwrap_or(&target);
            if let (Some(heading), Some(other)) = (heading, documents.get(target))
                && !other.anchors.iter().any(|anchor| anchor == heading)
            {
                broken.push(format!("{}: {link} (no such heading)", path.display()));
            }
        }
    }
    assert!(checked > 20, "only {checked} links were found");
    assert!(broken.is_empty(), "links that lead nowhere:\n{}", broken.join("\n"));
}

#[test]
fn paths_in_documents_exist() {
    /// It tells of files as they were at the time.
    const NOT_READ: &str = "CHANGELOG.md";
    /// The beginnings by which a path of the repository is told from other code.
    const TOP: [&str; 13] = [
        "src/",
        "crates/",
        "www/",
        "worker/",
        "models/",
        "packages/",
        "tests/",
        "benches/",
        "examples/",
        "docs/",
        "xtask/",
        ".github/",
        ".ci/",
    ];
    let (mut checked, mut missing) = (0, Vec::new());
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '_');
    // `NAME.rs` stands for any name.
    let placeholder = |part: &str| part.starts_with("NAME");
    for (path, document) in documents().iter().filter(|(path, _)| !path.ends_with(NOT_READ)) {
        for code in &document.code {
            if !TOP.iter().any(|top| code.starts_with(top))
                || !code.chars().all(plain)
                || code.split('/').any(placeholder)
            {
                continue;
            }
            checked += 1;
            if !root().join(code).exists() {
                missing.push(format!("{}: {code}", path.display()));
            }
        }
    }
    assert!(checked > 20, "only {checked} paths were found");
    assert!(missing.is_empty(), "paths that do not exist:\n{}", missing.join("\n"));
}

/// The tests that a text names, each as the path of its file and its name: behind the path stand names in quotation marks
/// (`a.test.mjs` “first”, “second”), or, in Rust, as code (`b.rs` `third`).
fn named_tests(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut file: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Code(code) if is_file_of_tests(&code) => file = Some(code.into_string()),
            Event::Code(code) if is_function(&code) => {
                found.extend(
                    file.clone().filter(|file| file.ends_with(".rs")).map(|file| (file, code.into_string())),
                );
            }
            Event::Text(text) => {
                let Some(path) = &file else { continue };
                let mut rest: &str = &text;
                loop {
                    rest = rest.trim_start_matches([':', ',', ' ']);
                    rest = rest.strip_prefix("and ").unwrap_or(rest);
                    let Some((name, after)) =
                        rest.strip_prefix('“').and_then(|quoted| quoted.split_once('”'))
                    else {
                        break;
                    };
                    found.push((path.clone(), name.to_owned()));
                    rest = after;
                }
                if !rest.is_empty() {
                    file = None;
                }
            }
            Event::SoftBreak => {}
            _ => file = None,
        }
    }
    found
}

fn is_file_of_tests(code: &str) -> bool {
    code.ends_with(".test.mjs") || (code.ends_with(".rs") && code.contains('/'))
}

/// A name of several words, as tests in Rust have.
fn is_function(code: &str) -> bool {
    code.contains('_') && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// Whether a file has a test of this name. What a script fills in (`${…}`) stands for anything.
fn has_test(file: &str, name: &str) -> bool {
    let text = read(file);
    if file.ends_with(".rs") {
        return text.contains(&format!("fn {name}("));
    }
    text.split("test(").skip(1).any(|call| {
        let call = call.trim_start();
        let Some(quote) = call.chars().next().filter(|c| matches!(c, '\'' | '`')) else { return false };
        let Some(title) = call[1..].split(quote).next() else { return false };
        let constant: Vec<&str> =
            title.split("${").map(|part| part.rsplit('}').next().unwrap_or(part)).collect();
        match constant.as_slice() {
            [whole] => *whole == name,
            [first, .., last] => !last.is_empty() && name.starts_with(first) && name.ends_with(last),
            [] => false,
        }
    })
}

#[test]
fn tests_are_read_from_documents_as_meant() {
    let text = "Held by `a/b.test.mjs`: “one”, “two” and “three”; not “four”.\n\n| `c/d.rs` `fif_th` | `c/d.rs` `e/f.rs` “six” |\n|---|---|\n";
    let found: Vec<_> = named_tests(text).into_iter().map(|(_, name)| name).collect();
    assert_eq!(found, ["one", "two", "three", "fif_th", "six"]);
    assert!(has_test("tests/browser/unit/words.test.mjs", "every key is used"));
    assert!(!has_test("tests/browser/unit/words.test.mjs", "every key"));
    assert!(has_test(
        "tests/browser/e2e/engines.test.mjs",
        "Firefox: a file comes to the same score, and every view is there"
    ));
    assert!(!has_test("tests/browser/e2e/engines.test.mjs", "Firefox: a file"));
    assert!(has_test("xtask/src/test/documents.rs", "tests_are_read_from_documents_as_meant"));
}

#[test]
fn tests_that_documents_name_exist() {
    let (mut checked, mut missing) = (0, Vec::new());
    for path in files(".md").iter().filter(|path| !path.ends_with("CHANGELOG.md")) {
        for (file, name) in named_tests(&read(path)) {
            checked += 1;
            if !root().join(&file).exists() || !has_test(&file, &name) {
                missing.push(format!("{}: {file}: {name}", path.display()));
            }
        }
    }
    assert!(checked > 20, "only {checked} tests were found");
    assert!(missing.is_empty(), "tests that do not exist:\n{}", missing.join("\n"));
}

#[test]
fn every_claim_about_privacy_names_its_test() {
    each_row_names_a_test("docs/privacy.md");
}

#[test]
fn every_fault_and_property_names_its_test() {
    each_row_names_a_test("docs/robustness.md");
}

/// A table with a column “test” names one in each row.
fn each_row_names_a_test(document: &str) {
    let text = read(document);
    let (mut rows, mut without, mut inside) = (0, Vec::new(), false);
    for line in text.lines() {
        if !line.starts_with('|') {
            inside = false;
        } else if line.ends_with("| test |") {
            inside = true;
        } else if inside && !line.starts_with("|---") {
            rows += 1;
            let cell = line.trim_end_matches('|').rsplit('|').next().unwrap_or_default();
            if named_tests(cell).is_empty() {
                without.push(line);
            }
        }
    }
    assert!(rows > 10, "only {rows} rows were found");
    assert!(without.is_empty(), "no test is named:\n{}", without.join("\n"));
}

/// The text between two others, wherever both stand in one line.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    let lines = text.lines();
    lines.filter_map(|line| Some(line.split_once(before)?.1.split_once(after)?.0)).collect()
}

/// What the top level's Cargo.toml says of all crates.
fn of_workspace(name: &str) -> Option<String> {
    of_all_crates(&read("Cargo.toml"), name)
}

#[test]
fn the_minimum_rust_version_is_the_same_wherever_it_stands() {
    let minimum = of_workspace("rust-version").unwrap();
    for path in files("Cargo.toml") {
        let text = read(&path);
        let said: Vec<&str> = text.lines().filter(|line| line.starts_with("rust-version")).collect();
        let own = format!("rust-version = \"{minimum}\"");
        let right = |line: &&str| *line == own || *line == "rust-version.workspace = true";
        assert!(!said.is_empty() && said.iter().all(right), "{} does not say Rust {minimum}", path.display());
    }
    for (path, before, after) in [
        ("README.md", "[Rust](https://rustup.rs) ", " or newer"),
        ("CONTRIBUTING.md", "[Rust](https://rustup.rs) ", " or newer"),
        (".github/workflows/ci.yml", "MINIMUM_RUST: \"", "\""),
    ] {
        assert_eq!(between(&read(path), before, after), [minimum.as_str()], "{path}");
    }
}

#[test]
fn the_version_and_the_address_are_the_same_wherever_they_stand() {
    let version = of_workspace("version").unwrap();
    let citation = read("CITATION.cff");
    let stated = citation.lines().filter_map(|line| line.strip_prefix("version: ")).collect::<Vec<_>>();
    assert_eq!(stated, [version.as_str()], "CITATION.cff");
    assert!(
        read("CHANGELOG.md").contains(&format!("\n## [{version}]")),
        "CHANGELOG.md does not have {version}"
    );

    let package = read("packages/npm/package.json");
    assert_eq!(between(&package, "\"version\": \"", "\""), [version.as_str()], "packages/npm/package.json");

    // All stay away until the repository has an address.
    let address = citation.lines().find_map(|line| line.strip_prefix("repository-code: "));
    assert_eq!(address.map(|address| address.trim_matches('"')), of_workspace("repository").as_deref());
    assert_eq!(package.contains("\"repository\""), address.is_some(), "packages/npm/package.json");
}
