//! `cargo xtask reproduce`: builds the page twice, as two people would on two machines, and compares every byte.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::dist::sha256;
use crate::machine::cargo_home;
use crate::paths;
use crate::shell::{cargo, command, read, run};

/// One of the two builds.
struct Place {
    /// The copy of the repository.
    tree: PathBuf,
    target: PathBuf,
    /// Cargo's home; none for this machine's own.
    cargo_home: Option<PathBuf>,
    /// Variables of somebody who has set up cargo for other work.
    environment: &'static [(&'static str, &'static str)],
}

/// Nothing of this may change the page.
const ENVIRONMENT: [(&str, &str); 4] = [
    ("RUSTFLAGS", "-C debuginfo=2"),
    ("CARGO_PROFILE_PAGE_OPT_LEVEL", "1"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_INCREMENTAL", "1"),
];
/// Nor of this, `config.toml` in the other home of cargo.
const CONFIGURATION: &str = "\
[build]
rustflags = [\"-C\", \"debug-assertions=on\"]
incremental = true

[target.wasm32-unknown-unknown]
rustflags = [\"-C\", \"target-feature=+simd128\"]

[profile.release]
opt-level = 1
debug = true
overflow-checks = true
";

/// Names of files and the checksums of their bytes.
type Sums = BTreeMap<String, String>;

/// `cargo xtask reproduce`
pub fn command_line() -> Result<()> {
    let folder = paths::target().join("reproduce");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let first = Place {
        tree: folder.join("a/undertone"),
        target: folder.join("a/target"),
        cargo_home: None,
        environment: &[],
    };
    let second = Place {
        tree: folder.join("another, longer name/of a folder/page"),
        target: folder.join("another, longer name/of its target"),
        cargo_home: Some(folder.join("another, longer name/home of cargo")),
        environment: &ENVIRONMENT,
    };
    let sums = [first.build()?, second.build()?];
    let different = table(&sums);
    if !different.is_empty() {
        bail!("two builds differ: {}. Both lie in {}", different.join(", "), folder.display());
    }
    fs::remove_dir_all(&folder)?;
    println!("the same bytes: {} files, in two folders, with two homes of cargo", sums[0].len());
    Ok(())
}

impl Place {
    /// Copies the repository here and builds the page in the copy, with the copy's own tool.
    fn build(&self) -> Result<Sums> {
        let start = Instant::now();
        copy_repository(&self.tree)?;
        let mut build = cargo(&["xtask", "build"]);
        build.current_dir(&self.tree).env("CARGO_TARGET_DIR", &self.target);
        if let Some(home) = &self.cargo_home {
            fill_cargo_home(home)?;
            build.env("CARGO_HOME", home);
        }
        build.envs(self.environment.iter().copied());
        run(&mut build)?;
        let sums = sums(&self.tree.join("pkg"))?;
        println!("{}: {:.0} s", self.tree.display(), start.elapsed().as_secs_f64());
        Ok(sums)
    }
}

/// Copies what git keeps or would keep, as it is now, committed or not.
fn copy_repository(to: &Path) -> Result<()> {
    let listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let names = read(&mut command("git", &listed)).context("the files to copy are those that git knows")?;
    for name in names.split('\0').filter(|name| !name.is_empty()) {
        let from = paths::root().join(name);
        // Deleted, and not yet committed so.
        if !from.is_file() {
            continue;
        }
        copy(&from, &to.join(name))?;
    }
    Ok(())
}

/// Another home of cargo: the packages that are here already, packed, so that nothing has to be fetched; and settings.
fn fill_cargo_home(home: &Path) -> Result<()> {
    let own = cargo_home()?;
    for part in ["registry/index", "registry/cache"] {
        copy_folder(&own.join(part), &home.join(part))?;
    }
    fs::write(home.join("config.toml"), CONFIGURATION)?;
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let (path, copied) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() { copy_folder(&path, &copied)? } else { copy(&path, &copied)? }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to.parent().unwrap_or(to))?;
    fs::copy(from, to).with_context(|| format!("cannot copy {} to {}", from.display(), to.display()))?;
    Ok(())
}

/// The files of a folder.
fn sums(folder: &Path) -> Result<Sums> {
    let mut sums = Sums::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        sums.insert(entry.file_name().to_string_lossy().into_owned(), sha256(&fs::read(entry.path())?));
    }
    if sums.is_empty() {
        bail!("{} is empty", folder.display());
    }
    Ok(sums)
}

/// Prints every file with its checksum; the names of those that differ or stand on one side only.
fn table([first, second]: &[Sums; 2]) -> Vec<String> {
    let mut different = Vec::new();
    for name in first.keys().chain(second.keys()).collect::<BTreeSet<_>>() {
        let of = |sums: &Sums| sums.get(name).cloned().unwrap_or_else(|| format!("{:64}", "missing"));
        let (first, second) = (of(first), of(second));
        if first == second {
            println!("{name:<28} {first}  same");
        } else {
            println!("{name:<28} {first}  DIFFERENT\n{:28} {second}", "");
            different.push(name.clone());
        }
    }
    different
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_differs_or_is_on_one_side_only_is_named() {
        let sums = |entries: &[(&str, &str)]| -> Sums {
            entries.iter().map(|(name, sum)| ((*name).to_owned(), (*sum).to_owned())).collect()
        };
        let both = sums(&[("a.js", "1"), ("b.wasm", "2")]);
        assert_eq!(table(&[both.clone(), both.clone()]), [""; 0]);
        assert_eq!(table(&[both.clone(), sums(&[("a.js", "1"), ("b.wasm", "3")])]), ["b.wasm"]);
        assert_eq!(table(&[both, sums(&[("b.wasm", "2"), ("c.js", "4")])]), ["a.js", "c.js"]);
    }

    #[test]
    fn a_folder_without_files_is_no_page() {
        let folder = std::env::temp_dir().join(format!("undertone-sums-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        assert!(sums(&folder).is_err());
        fs::write(folder.join("a.js"), "abc").unwrap();
        assert_eq!(sums(&folder).unwrap()["a.js"], sha256(b"abc"));
        fs::remove_dir_all(&folder).unwrap();
    }
}
