//! `cargo xtask wheel`: the Python package `egemaps`. maturin and Zig come from PyPI, with their versions pinned, into an environment
//! of their own under `target/`. Zig links against the glibc of the manylinux tag, so that the tag is true on whatever machine the wheel
//! is built.

mod bench;
mod clusters;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::machine::Machine;
use crate::release::{File, files_of};
use crate::shell::{clear, command, read, run};
use crate::{build, notices, parity, paths, tools};

/// What the wheel is built with.
const BUILDERS: &str = include_str!("builders.txt");
/// What it needs.
const NEEDED: &str = include_str!("needed.txt");
/// What its tests need, beside opensmile and the above.
const TESTERS: &str = include_str!("testers.txt");
/// The manylinux tag: glibc 2.17 and newer.
const MANYLINUX: &str = "manylinux2014";

/// What is done with a wheel that was built.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    Nothing,
    Test,
    /// Tables, which stand in a document between marks.
    Bench,
    Clusters,
}

/// `cargo xtask wheel [--test|--bench|--clusters] [--here] [--out FILE.md]`
pub fn command_line(words: &[&str]) -> Result<()> {
    let (mut here, mut then, mut out) = (false, Then::Nothing, None);
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--here" => here = true,
            "--test" => then = Then::Test,
            "--bench" => then = Then::Bench,
            "--clusters" => then = Then::Clusters,
            "--out" => out = Some(words.next().context("--out FILE.md")?),
            other => bail!("wheel does not know {other}"),
        }
    }
    let wheel = build(here)?;
    let bytes = fs::metadata(&wheel)?.len();
    println!("{}: {bytes} bytes", wheel.display());
    let (mark, table) = match then {
        Then::Nothing => return Ok(()),
        Then::Test => return test(&wheel),
        Then::Bench => ("wheel --bench", bench::table(&wheel)?),
        Then::Clusters => ("wheel --clusters", clusters::table(&wheel)?),
    };
    print!("{table}");
    if let Some(out) = out {
        let text = fs::read_to_string(out).with_context(|| format!("cannot read {out}"))?;
        fs::write(out, crate::bench::between(&text, mark, &table)?)?;
    }
    Ok(())
}

/// The sources of the package.
fn package() -> PathBuf {
    paths::root().join("crates/python")
}

/// Builds the wheel into an empty `dist-python/` and says where it is.
fn build(here: bool) -> Result<PathBuf> {
    let programs = tools::python_packages("wheel", BUILDERS)?;
    fs::write(package().join("THIRD-PARTY.txt"), notices::of_wheel()?)?;
    own_licences()?;
    let dist = paths::root().join("dist-python");
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    let machine = Machine::here()?;
    let mut maturin = command(programs.join("maturin"), &["build", "--locked", "--release"]);
    clear(&mut maturin);
    build::hold_release(&mut maturin, &machine);
    maturin.arg("--manifest-path").arg(package().join("Cargo.toml")).arg("--out").arg(&dist);
    if !here && cfg!(target_os = "linux") {
        maturin.args(["--zig", "--compatibility", MANYLINUX]);
        // maturin looks for Zig as a module of the Python on PATH.
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([programs.clone()].into_iter().chain(std::env::split_paths(&path)))?;
        maturin.env("PATH", path);
    }
    run(&mut maturin)?;
    let built = dist.read_dir()?.flatten().map(|entry| entry.path());
    let wheel = built.into_iter().find(|file| file.extension().is_some_and(|ending| ending == "whl"));
    let wheel = wheel.context("maturin made no wheel")?;
    names_no_folder(&machine, &programs, &wheel)?;
    Ok(wheel)
}

/// Puts the texts of our licences in the place of links to them: where git makes no links (Windows), the links' targets stand there as text.
fn own_licences() -> Result<()> {
    for name in notices::OWN_LICENCES {
        let (text, own) = (fs::read(paths::root().join(name))?, package().join(name));
        if fs::read(&own)? != text {
            fs::write(own, text)?;
        }
    }
    Ok(())
}

/// Refuses a wheel with a file in which a folder of this machine is named.
fn names_no_folder(machine: &Machine, programs: &Path, wheel: &Path) -> Result<()> {
    let folder = paths::target().join("wheel/unpacked");
    build::empty(&folder)?;
    run(command(programs.join("python"), &["-m", "zipfile", "-e"]).arg(wheel).arg(&folder))?;
    for File { path, bytes, .. } in files_of(&folder, "the wheel")? {
        build::name_no_folder(machine, &path, &bytes)?;
    }
    Ok(())
}

/// Puts the wheel into an environment, in the place of one that is there.
fn install(wheel: &Path, programs: &Path) -> Result<PathBuf> {
    let python = programs.join("python");
    let pip =
        ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--force-reinstall"];
    run(command(&python, &pip).arg(wheel))?;
    Ok(python)
}

/// An environment with the wheel, opensmile and what the tests need.
fn with_opensmile(wheel: &Path) -> Result<PathBuf> {
    let programs = tools::python_packages("wheel-test", &(parity::REQUIREMENTS.to_owned() + TESTERS))?;
    install(wheel, &programs)
}

/// Speech to test with: two languages, at espeak-ng's own 22,050 Hz.
fn speech() -> Result<PathBuf> {
    const SPOKEN: [(&str, &str, &str); 3] = [
        ("en", "en-gb", "The kettle is boiling, and nobody heard the doorbell. Come in, the door is open!"),
        ("de", "de", "Guten Morgen! Der Zug fährt gleich ab, und niemand hat eine Fahrkarte."),
        ("da", "da", "Godmorgen, solen skinner, og kaffen er klar. Vil du have en kop?"),
    ];
    let folder = paths::target().join("wheel/speech");
    fs::create_dir_all(&folder)?;
    for (name, voice, text) in SPOKEN {
        let file = folder.join(format!("{name}.wav"));
        run(command(tools::espeak()?, &["-v", voice, "-s", "160", "-a", "90", "-w"]).arg(file).arg(text))?;
    }
    Ok(folder)
}

/// Installs the wheel into two environments: with numpy and pandas alone it runs what its README shows; with opensmile the tests run.
fn test(wheel: &Path) -> Result<()> {
    let speech = speech()?;
    let bare = install(wheel, &tools::python_packages("wheel-bare", NEEDED)?)?;
    run_readme(&bare, &speech)?;

    let python = with_opensmile(wheel)?;
    let undertone = build::command_line_tool(build::Profile::Release)?;
    let mut pytest = command(&python, &["-m", "pytest", "--quiet", "--import-mode=importlib"]);
    run(pytest
        .arg(package().join("tests"))
        .env("UNDERTONE", undertone)
        .env("SPEECH", &speech)
        .env("PYTHONDONTWRITEBYTECODE", "1"))?;
    // pandas says Any of much that it returns.
    let mypy = ["-m", "mypy", "--strict", "--no-warn-return-any"];
    run(command(&python, &mypy).args(["--package", "egemaps"]).current_dir(paths::target()))?;
    run(command(&python, &mypy).arg(package().join("tests/typed.py")).current_dir(paths::target()))?;
    print!("{}", read(command(&python, &["-m", "auditwheel", "show"]).arg(wheel))?);
    Ok(())
}

/// Runs the Python lines of the package's README, and of the repository's, in a folder with the files that they name.
fn run_readme(python: &Path, speech: &Path) -> Result<()> {
    let folder = paths::target().join("wheel/readme");
    fs::create_dir_all(&folder)?;
    for (name, of) in [("speech.wav", "en.wav"), ("a.wav", "de.wav"), ("b.wav", "da.wav")] {
        fs::copy(speech.join(of), folder.join(name))?;
    }
    for readme in [package().join("README.md"), paths::root().join("README.md")] {
        let code = python_of(&fs::read_to_string(&readme)?);
        if code.is_empty() {
            bail!("{} shows no Python", readme.display());
        }
        let script = folder.join("readme.py");
        fs::write(&script, code)?;
        run(command(python, &["-W", "error"]).arg(&script).current_dir(&folder))?;
    }
    Ok(())
}

/// The blocks of Python in a document, one behind the other.
fn python_of(document: &str) -> String {
    let mut code = String::new();
    let mut inside = false;
    for line in document.lines() {
        match line {
            "```python" => inside = true,
            "```" => inside = false,
            _ if inside => {
                code += line;
                code.push('\n');
            }
            _ => {}
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn python_of_a_document_is_its_blocks() {
        let document = "a\n```sh\nx\n```\n```python\nb = 1\n```\nc\n```python\nd(b)\n```\n";
        assert_eq!(python_of(document), "b = 1\nd(b)\n");
    }
}
