//! `cargo xtask crates`: the three crates as they would be published. Cargo packs them and builds each from what was packed, against the
//! others; then their examples run in a package of a user's, which has nothing but the packed crates. What is packed is listed file by file here,
//! and their interfaces are compared with the texts in `docs/api`.

mod interface;

use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::shell::{cargo, read, run};
use crate::wav::header;
use crate::{build, paths, release};

/// A crate that is published.
struct Published {
    name: &'static str,
    /// More bytes than that, packed, want a reason.
    most_bytes: usize,
    /// What may be in it beside its sources, as beginnings and ends of paths.
    extras: &'static [(&'static str, &'static str)],
}

const CRATES: [Published; 3] = [
    Published { name: "egemaps", most_bytes: 150_000, extras: &[("examples/", ".rs")] },
    Published {
        name: "undertone",
        most_bytes: 750_000,
        extras: &[
            ("examples/", ".rs"),
            ("models/", ".md"),
            ("models/", ".safetensors"),
            ("CHANGELOG", ".md"),
        ],
    },
    Published { name: "undertone-cli", most_bytes: 430_000, extras: &[] },
];

/// What every crate has, by cargo or by us.
const USUAL: [&str; 7] = [
    ".cargo_vcs_info.json",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
];

/// The crates whose interface is for other programs; `undertone-cli` has a library for its tests and for the Python package.
const WITH_INTERFACE: [(&str, &str); 2] = [("egemaps", "crates/egemaps/src"), ("undertone", "src")];

/// `cargo xtask crates [--pack|--write]`
pub fn command_line(words: &[&str]) -> Result<()> {
    let only_pack = match words {
        [] => false,
        ["--pack"] => true,
        ["--write"] => return write_interfaces(),
        _ => bail!("crates knows --pack or --write"),
    };
    let changed = changed_interfaces()?;
    if !changed.is_empty() {
        bail!(
            "the interface differs from what is recorded: {}\ncargo xtask crates --write",
            changed.join(", ")
        );
    }
    let packages = CRATES.iter().flat_map(|one| ["--package", one.name]);
    // What is packed is the work tree, committed or not.
    let package = ["package", "--allow-dirty", "--config", "profile.dev.debug=false"];
    let verify = only_pack.then_some("--no-verify");
    run(cargo(&package).args(verify).args(packages))?;
    let version = release::version()?;
    let user = paths::target().join("crates-user");
    build::empty(&user)?;
    for one in &CRATES {
        let name = format!("{}-{version}", one.name);
        let bytes = build::read(&paths::target().join("package").join(format!("{name}.crate")))?;
        let files = unpack(&bytes, &user)?;
        check(one, &name, &files, bytes.len())?;
        println!("{name}.crate: {} files, {} bytes", files.len(), bytes.len());
    }
    if only_pack { Ok(()) } else { use_them(&user, &version) }
}

/// Unpacks a crate and names its files.
fn unpack(bytes: &[u8], folder: &Path) -> Result<Vec<String>> {
    let mut text = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut text)?;
    tar::Archive::new(text.as_slice()).unpack(folder)?;
    let mut archive = tar::Archive::new(text.as_slice());
    let paths = archive.entries()?.map(|entry| Ok(entry?.path()?.to_string_lossy().into_owned()));
    paths.collect()
}

/// Refuses a crate that is too large, or has a file that nobody expects.
fn check(one: &Published, name: &str, files: &[String], bytes: usize) -> Result<()> {
    let expected = |path: &str| {
        USUAL.contains(&path)
            || (path.starts_with("src/") && path.ends_with(".rs"))
            || one.extras.iter().any(|(begin, end)| path.starts_with(begin) && path.ends_with(end))
    };
    let within = files.iter().map(|file| file.strip_prefix(&format!("{name}/")).unwrap_or(file));
    let strange: Vec<&str> = within.filter(|path| !expected(path)).collect();
    if !strange.is_empty() {
        bail!("{name}: nobody expects {}", strange.join(", "));
    }
    if bytes > one.most_bytes {
        bail!("{name}: {bytes} bytes, more than {}", one.most_bytes);
    }
    Ok(())
}

/// Runs the examples of the libraries in a package that depends on the packed crates.
fn use_them(folder: &Path, version: &str) -> Result<()> {
    let package = |name: &str| folder.join(format!("{name}-{version}"));
    let mut manifest =
        "[package]\nname = \"user\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n".to_owned();
    for (name, _) in WITH_INTERFACE {
        let _ = writeln!(manifest, "{name} = {{ version = \"{version}\", path = \"{name}-{version}\" }}");
    }
    // Of the example that writes JSON.
    manifest += "serde_json = \"1\"\n";
    let mut patches = "\n[patch.crates-io]\n".to_owned();
    for (name, _) in WITH_INTERFACE {
        let _ = writeln!(patches, "{name} = {{ path = \"{name}-{version}\" }}");
    }
    fs::write(folder.join("Cargo.toml"), manifest + &patches)?;
    let programs = folder.join("src/bin");
    fs::create_dir_all(&programs)?;
    let mut examples = Vec::new();
    for (name, _) in WITH_INTERFACE {
        for entry in fs::read_dir(package(name).join("examples"))? {
            let file = entry?.path();
            let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            fs::copy(&file, programs.join(format!("{stem}.rs")))?;
            examples.push(stem);
        }
    }
    let at = |arguments: &[&str]| {
        let mut cargo = cargo(arguments);
        cargo.current_dir(folder).env("CARGO_TARGET_DIR", paths::target().join("crates-built"));
        cargo
    };
    for (name, period) in [("low.wav", 140), ("high.wav", 80)] {
        fs::write(folder.join(name), voice(period))?;
    }
    for example in &examples {
        let said = read(&mut at(&["run", "--quiet", "--bin", example, "--", "low.wav", "high.wav"]))?;
        if said.trim().is_empty() {
            bail!("the example {example} says nothing");
        }
        println!("{example}: {}", said.lines().next().unwrap_or_default());
    }
    Ok(())
}

/// A WAV file of a second at 16 kHz: pulses that ring out, `period` samples apart.
fn voice(period: i32) -> Vec<u8> {
    const RATE_HZ: u32 = 16_000;
    let samples = (0..RATE_HZ as i32).map(|k| {
        let (at, ring) = (k % period, if (k % period) / 12 % 2 == 0 { 1 } else { -1 });
        (ring * 16_000 * (period - at) / period * (period - at) / period) as i16
    });
    let mut file = header(RATE_HZ, 16, RATE_HZ as usize);
    file.extend(samples.flat_map(i16::to_le_bytes));
    file
}

/// Where the record of an interface lies.
fn record(name: &str) -> PathBuf {
    paths::root().join(format!("docs/api/{name}.rs"))
}

fn recorded(name: &str, sources: &str) -> Result<String> {
    let interface = interface::of(&paths::root().join(sources))?;
    Ok(format!(
        "// The public interface of the crate `{name}`, by `cargo xtask crates --write`; not compiled.\n\n{interface}"
    ))
}

/// The crates whose interface is not what is recorded.
fn changed_interfaces() -> Result<Vec<String>> {
    let mut changed = Vec::new();
    for (name, sources) in WITH_INTERFACE {
        let file = record(name);
        let before = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        if before != recorded(name, sources)? {
            changed.push(format!("docs/api/{name}.rs"));
        }
    }
    Ok(changed)
}

fn write_interfaces() -> Result<()> {
    for (name, sources) in WITH_INTERFACE {
        let file = record(name);
        fs::create_dir_all(file.parent().context("no folder")?)?;
        fs::write(&file, recorded(name, sources)?)?;
        println!("{}", file.display());
    }
    // A test of the command line compares it with its record, and writes that if it is told to.
    let test =
        ["test", "--quiet", "--package", "undertone-cli", "--lib", "commands_and_options_are_those_recorded"];
    run(cargo(&test).env("UNDERTONE_WRITE_COMMANDS", "1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn interfaces_are_those_recorded() {
        let changed = changed_interfaces().unwrap();
        assert!(changed.is_empty(), "{} differ: cargo xtask crates --write", changed.join(", "));
    }

    #[test]
    fn a_crate_with_a_strange_file_or_too_many_bytes_is_refused() {
        let one = &CRATES[0];
        let files = |extra: &str| {
            ["Cargo.toml", "src/lib.rs", "src/pitch/mod.rs", "examples/stream.rs", extra]
                .map(|file| format!("egemaps-1.0.0/{file}"))
        };
        check(one, "egemaps-1.0.0", &files("README.md"), 1).unwrap();
        for strange in ["speech.wav", "src/notes.txt", "tests/golden.rs"] {
            let error = check(one, "egemaps-1.0.0", &files(strange), 1).unwrap_err().to_string();
            assert_eq!(error, format!("egemaps-1.0.0: nobody expects {strange}"));
        }
        assert!(check(one, "egemaps-1.0.0", &files("README.md"), one.most_bytes + 1).is_err());
    }
}
