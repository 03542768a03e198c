//! `cargo xtask reproduce`: builds the page, or all that a release hands out, twice, as two people would on two machines, and compares
//! every byte.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::dist::sha256;
use crate::machine::cargo_home;
use crate::shell::{cargo, clear, command, read, run};
use crate::{paths, release};

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

/// What is made, and where it comes to lie.
#[derive(Debug)]
struct Product {
    task: &'static [&'static str],
    folder: Folder,
}

#[derive(Debug)]
enum Folder {
    /// In the repository.
    Tree(&'static str),
    /// In the target folder.
    Target(&'static str),
}

/// The page, as it is built and served.
const PAGE: [Product; 1] = [Product { task: &["build"], folder: Folder::Tree("pkg") }];
/// What a release hands out.
const RELEASE: [Product; 5] = [
    Product { task: &["release", "cli"], folder: Folder::Tree("release") },
    Product { task: &["release", "page"], folder: Folder::Tree("release") },
    Product { task: &["npm"], folder: Folder::Target("npm") },
    Product { task: &["crates", "--pack"], folder: Folder::Target("package") },
    Product { task: &["wheel"], folder: Folder::Tree("dist-python") },
];

/// Nothing of this may change what is made.
const ENVIRONMENT: [(&str, &str); 5] = [
    ("TZ", "Pacific/Kiritimati"),
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

/// `cargo xtask reproduce [--release]`
pub fn command_line(words: &[&str]) -> Result<()> {
    let folder = paths::target().join("reproduce");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let second = Place {
        tree: folder.join("another, longer name/of a folder/page"),
        target: folder.join("another, longer name/of its target"),
        cargo_home: Some(folder.join("another, longer name/home of cargo")),
        environment: &ENVIRONMENT,
    };
    let sums = match words {
        [] => {
            let first = Place {
                tree: folder.join("a/undertone"),
                target: folder.join("a/target"),
                cargo_home: None,
                environment: &[],
            };
            for place in [&first, &second] {
                copy_repository(&place.tree)?;
            }
            [first.build(&PAGE, "")?, second.build(&PAGE, "")?]
        }
        // What is handed out is made here; the other place is a clone, because a crate names its commit.
        ["--release"] => {
            let here =
                Place { tree: paths::root(), target: paths::target(), cargo_home: None, environment: &[] };
            clone_repository(&second.tree)?;
            // Archives of other versions may lie beside these.
            let version = release::version()?;
            [here.build(&RELEASE, &version)?, second.build(&RELEASE, &version)?]
        }
        _ => bail!("reproduce knows --release"),
    };
    let different = table(&sums);
    if !different.is_empty() {
        bail!("two builds differ: {}. The second lies in {}", different.join(", "), folder.display());
    }
    fs::remove_dir_all(&folder)?;
    println!("the same bytes: {} files, in two folders, with two homes of cargo", sums[0].len());
    Ok(())
}

impl Place {
    /// Makes things here, with the tool that is here, and hands back the sums of those files whose names have `part` in them.
    fn build(&self, products: &[Product], part: &str) -> Result<Sums> {
        if let Some(home) = &self.cargo_home {
            fill_cargo_home(home)?;
        }
        let mut all = Sums::new();
        for Product { task, folder } in products {
            let start = Instant::now();
            run(&mut self.cargo(&[&["xtask"], *task].concat()))?;
            let folder = match folder {
                Folder::Tree(name) => self.tree.join(name),
                Folder::Target(name) => self.target.join(name),
            };
            all.extend(sums(&folder, part)?);
            println!("{}: {}, {:.0} s", self.tree.display(), task.join(" "), start.elapsed().as_secs_f64());
        }
        Ok(all)
    }

    /// Cargo in this place.
    fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = cargo(arguments);
        if cfg!(unix) && self.cargo_home.is_some() {
            // Somebody whose files nobody else may read: an archive has to say the same of them.
            let mut shell = command("sh", &["-c", "umask 077; exec \"$@\"", "sh"]);
            shell.arg(cargo.get_program()).args(arguments);
            clear(&mut shell);
            cargo = shell;
        }
        cargo.current_dir(&self.tree).env("CARGO_TARGET_DIR", &self.target);
        if let Some(home) = &self.cargo_home {
            // What Zig and others keep for the next time would be the first place's.
            cargo.env("CARGO_HOME", home).env("XDG_CACHE_HOME", home.join("cache"));
        }
        cargo.envs(self.environment.iter().copied());
        cargo
    }
}

/// Copies what git keeps or would keep, as it is now, committed or not.
fn copy_repository(to: &Path) -> Result<()> {
    let listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let names = read(&mut command("git", &listed)).context("the files to copy are those that git knows")?;
    for name in names.split('\0').filter(|name| !name.is_empty()) {
        let (from, to) = (paths::root().join(name), to.join(name));
        if from.is_file() {
            copy(&from, &to)?;
        } else if to.is_file() {
            // Deleted, and not yet committed so.
            fs::remove_file(to)?;
        }
    }
    Ok(())
}

/// The same, with the history.
fn clone_repository(to: &Path) -> Result<()> {
    run(command("git", &["clone", "--quiet"]).arg(paths::root()).arg(to))?;
    copy_repository(to)
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

/// The files of a folder that have `part` in their names.
fn sums(folder: &Path, part: &str) -> Result<Sums> {
    let mut sums = Sums::new();
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_file() && name.contains(part) {
            sums.insert(name, sha256(&fs::read(path)?));
        }
    }
    if sums.is_empty() {
        bail!("{} has nothing of what was made", folder.display());
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
            println!("{name:<48} {first}  same");
        } else {
            println!("{name:<48} {first}  DIFFERENT\n{:48} {second}", "");
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
    fn a_folder_without_what_was_made_is_refused() {
        let folder = std::env::temp_dir().join(format!("undertone-sums-{}", std::process::id()));
        fs::create_dir_all(folder.join("of-1.0")).unwrap();
        assert!(sums(&folder, "").is_err());
        fs::write(folder.join("a.js"), "abc").unwrap();
        assert_eq!(sums(&folder, "").unwrap()["a.js"], sha256(b"abc"));
        assert!(sums(&folder, "1.0").is_err());
        fs::write(folder.join("a-1.0.tgz"), "packed").unwrap();
        assert_eq!(sums(&folder, "1.0").unwrap().into_keys().collect::<Vec<_>>(), ["a-1.0.tgz"]);
        fs::remove_dir_all(&folder).unwrap();
    }
}
