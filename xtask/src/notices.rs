//! Licences of what is passed on with a program: every package that is compiled into it, with the texts that it brings. Cargo names the
//! packages; their texts are in cargo's own copies of them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::paths;
use crate::shell::{ask, cargo};

/// The files of our own licences, in the repository's top level.
pub const OWN_LICENCES: [&str; 2] = ["LICENSE-MIT", "LICENSE-APACHE"];

/// Copies our own licences into a folder.
pub fn copy_own_licences(folder: &Path) -> Result<()> {
    for name in OWN_LICENCES {
        fs::copy(paths::root().join(name), folder.join(name))?;
    }
    Ok(())
}

/// A program, as cargo builds it.
struct Program {
    package: &'static str,
    features: &'static str,
    target: Option<&'static str>,
}

const WASM: Option<&str> = Some("wasm32-unknown-unknown");
/// What the page runs.
const PAGE: [Program; 2] = [
    Program { package: "undertone", features: "web", target: WASM },
    Program { package: "undertone-page-reader", features: "", target: WASM },
];
/// What the npm package runs.
const NPM: [Program; 2] = [
    Program { package: "undertone-npm", features: "extract", target: WASM },
    Program { package: "undertone-npm", features: "score", target: WASM },
];
/// The command line.
const COMMAND_LINE: [Program; 1] = [Program { package: "undertone-cli", features: "parquet", target: None }];
/// The Python package.
const WHEEL: [Program; 1] = [Program { package: "undertone-python", features: "", target: None }];

/// A package of somebody else.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Package {
    name: String,
    version: String,
    licence: String,
}

/// `cargo xtask notices page|npm|cli|wheel`: the text, on standard output.
pub fn command_line(words: &[&str]) -> Result<()> {
    print!(
        "{}",
        match words {
            ["page"] => of_page()?,
            ["npm"] => of_npm()?,
            ["cli"] => of_command_line()?,
            ["wheel"] => of_wheel()?,
            _ => bail!("notices of what? page, npm, cli or wheel"),
        }
    );
    Ok(())
}

/// Those of the page.
pub fn of_page() -> Result<String> {
    of(&PAGE, "Undertone's page")
}

/// Those of the npm package.
pub fn of_npm() -> Result<String> {
    of(&NPM, "The npm package undertone")
}

/// Those of the command line.
pub fn of_command_line() -> Result<String> {
    of(&COMMAND_LINE, "Undertone's command line")
}

/// Those of the Python package.
pub fn of_wheel() -> Result<String> {
    of(&WHEEL, "The Python package egemaps")
}

fn of(programs: &[Program], title: &str) -> Result<String> {
    let mut packages = BTreeSet::new();
    for Program { package, features, target } in programs {
        let mut tree = cargo(&["tree", "--locked", "--prefix", "none", "-e", "normal,no-proc-macro"]);
        tree.args(["--format", "{p}|{l}", "-p", package, "--features", features]);
        if let Some(target) = target {
            tree.args(["--no-default-features", "--target", target]);
        }
        let list = ask(&mut tree).with_context(|| format!("cargo tree of {package} failed"))?;
        packages.extend(list.lines().filter_map(package_of));
    }
    let mut text = format!("{title} contains these packages of others, under the licences named.\n\n");
    for Package { name, version, licence } in &packages {
        let _ = writeln!(text, "{name} {version}: {licence}");
        if licence.contains("MPL-2.0") {
            let _ = writeln!(text, "    its source: https://crates.io/crates/{name}/{version}");
        }
    }
    let homes = sources()?;
    for package in &packages {
        for (file, licence) in licences_of(&homes, package)? {
            let _ = write!(
                text,
                "\n{:=<100}\n{} {}, {file}\n\n{}\n",
                "",
                package.name,
                package.version,
                licence.trim()
            );
        }
    }
    Ok(text)
}

/// A line of `cargo tree`; none for what is in this repository.
fn package_of(line: &str) -> Option<Package> {
    let (package, licence) = line.split_once('|')?;
    let mut words = package.split_whitespace();
    let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
    // A folder in brackets: a package of ours.
    if words.any(|word| word.starts_with('(') && word != "(*)") {
        return None;
    }
    let licence = licence.trim_end_matches(" (*)");
    Some(Package { name: name.to_owned(), version: version.to_owned(), licence: licence.to_owned() })
}

/// Where cargo keeps what it has loaded.
fn sources() -> Result<Vec<PathBuf>> {
    let home = match std::env::var_os("CARGO_HOME") {
        Some(home) => PathBuf::from(home),
        None => PathBuf::from(std::env::var_os("HOME").context("no HOME")?).join(".cargo"),
    };
    let folder = home.join("registry/src");
    let entries = folder.read_dir().with_context(|| format!("cannot read {}", folder.display()))?;
    Ok(entries.flatten().map(|entry| entry.path()).collect())
}

/// The texts that a package brings, by the names of their files.
fn licences_of(homes: &[PathBuf], Package { name, version, .. }: &Package) -> Result<Vec<(String, String)>> {
    let folder = homes
        .iter()
        .map(|home| home.join(format!("{name}-{version}")))
        .find(|folder| folder.is_dir())
        .with_context(|| format!("cargo has no copy of {name} {version}: run `cargo fetch`"))?;
    let mut found = Vec::new();
    for entry in folder.read_dir()?.flatten() {
        let file = entry.file_name().to_string_lossy().into_owned();
        if is_licence(&file) && entry.path().is_file() {
            found.push((file, read(&entry.path())?));
        }
    }
    found.sort();
    Ok(found)
}

fn is_licence(file: &str) -> bool {
    let name = file.to_ascii_uppercase();
    ["LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT", "UNLICENSE"]
        .iter()
        .any(|begin| name.starts_with(begin))
}

fn read(file: &Path) -> Result<String> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(String::from_utf8_lossy(&bytes).replace("\r\n", "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_of_others_are_named_once_with_their_licence() {
        let package = |name: &str, version: &str, licence: &str| {
            Some(Package { name: name.into(), version: version.into(), licence: licence.into() })
        };
        assert_eq!(
            package_of("serde v1.0.1|MIT OR Apache-2.0"),
            package("serde", "1.0.1", "MIT OR Apache-2.0")
        );
        assert_eq!(package_of("serde v1.0.1|MIT (*)"), package("serde", "1.0.1", "MIT"));
        assert_eq!(package_of("egemaps v0.1.0 (/a/b)|MIT"), None);
        assert_eq!(package_of(""), None);
    }

    #[test]
    fn the_page_contains_no_weak_copyleft_and_every_package_has_a_licence() {
        let page = of_page().unwrap();
        let list = page.split("====").next().unwrap();
        assert!(list.contains("\nwasm-bindgen 0.2.") && list.contains("\nplotters "), "{list}");
        assert!(!list.contains("MPL") && !list.contains("undertone"), "{list}");
        assert!(list.lines().filter(|line| line.ends_with(": ")).count() == 0, "{list}");
        assert!(page.matches("Permission is hereby granted").count() > 20);
    }
}
