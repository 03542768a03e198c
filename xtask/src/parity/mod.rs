//! `cargo xtask parity`: how well our features agree with openSMILE's, on the same 16-bit samples.
//!
//! openSMILE comes as the PyPI package `opensmile`, installed into an environment of its own under `target/`. Its
//! licence allows comparing with it; none of its code, configuration or output becomes part of this repository, only
//! the statistics that are computed here.

mod compare;
mod report;
mod sources;
mod stats;

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, bail};

use crate::shell::{command, run};
use crate::{build, paths, tools};
use compare::Cell;
use sources::Set;

/// openSMILE and what it needs, for pip.
pub const REQUIREMENTS: &str = include_str!("requirements.txt");
const SCRIPT: &str = include_str!("run_opensmile.py");

/// What was asked for on the command line.
struct Request {
    folders: Vec<String>,
    rates: Vec<String>,
    out: Option<PathBuf>,
    limits: bool,
}

impl Request {
    fn parse(mut words: &[&str]) -> Result<Self> {
        let (mut folders, mut rates, mut out, mut limits) = (Vec::new(), None, None, true);
        loop {
            words = match words {
                [] => break,
                ["--rates", list, rest @ ..] => {
                    rates = Some(list.split(',').map(str::to_owned).collect::<Vec<_>>());
                    rest
                }
                ["--out", file, rest @ ..] => {
                    out = Some(PathBuf::from(file));
                    rest
                }
                ["--no-limits", rest @ ..] => {
                    limits = false;
                    rest
                }
                [option, ..] if option.starts_with('-') => bail!("parity does not know {option}"),
                [folder, rest @ ..] => {
                    folders.push((*folder).to_owned());
                    rest
                }
            };
        }
        let usual = if folders.is_empty() {
            ["8000", "11025", "16000", "44100", "48000", "native"].as_slice()
        } else {
            ["8000", "11025", "16000", "44100", "48000"].as_slice()
        };
        let rates = rates.unwrap_or_else(|| usual.iter().map(|rate| (*rate).to_owned()).collect());
        for rate in &rates {
            let known =
                rate == "native" || rate.parse().is_ok_and(|hertz: u32| (8_000..=48_000).contains(&hertz));
            if !known {
                bail!("--rates: {rate} is neither 8000 to 48000 nor native");
            }
        }
        Ok(Self { folders, rates, out, limits })
    }
}

/// `cargo xtask parity [DIR...] [--rates LIST] [--out FILE.md] [--no-limits]`
pub fn command_line(words: &[&str]) -> Result<()> {
    let request = Request::parse(words)?;
    let undertone = build::command_line_tool(build::Profile::Release)?;
    let cells = measure(&undertone, &request.folders, &request.rates)?;
    let text = report::markdown(&cells);
    println!("{text}");
    if let Some(out) = &request.out {
        fs::write(out, &text).with_context(|| format!("cannot write {}", out.display()))?;
    }
    let failed: Vec<String> = cells.iter().flat_map(Cell::complaints).collect();
    for complaint in &failed {
        eprintln!("{complaint}");
    }
    if request.limits && !failed.is_empty() {
        bail!("parity: {} limits are not kept", failed.len());
    }
    Ok(())
}

/// The measurement of the test run: the synthesised set. Hands back how many cells passed and failed.
pub fn check() -> Result<(usize, usize)> {
    let request = Request::parse(&[])?;
    // The build that the tests have made by now: another one would take minutes, and its bits are the same.
    let undertone = build::command_line_tool(build::Profile::Dev)?;
    let cells = measure(&undertone, &request.folders, &request.rates)?;
    let mut failed = 0;
    for cell in &cells {
        let complaints = cell.complaints();
        println!("{}", report::one_line(cell));
        for complaint in &complaints {
            println!("  {complaint}");
        }
        failed += usize::from(!complaints.is_empty());
    }
    Ok((cells.len() - failed, failed))
}

/// Measures every set at every rate with this build of the command line.
fn measure(undertone: &Path, folders: &[String], rates: &[String]) -> Result<Vec<Cell>> {
    let python = environment()?;
    let folder = paths::target().join("parity");
    let script = folder.join("run_opensmile.py");
    fs::write(&script, SCRIPT)?;
    let sets = if folders.is_empty() {
        sources::made(&python, &script)?
    } else {
        sources::folders(&folders.iter().map(String::as_str).collect::<Vec<_>>())?
    };
    let mut cells = Vec::new();
    for set in &sets {
        for rate in rates {
            let place = folder.join("sets").join(&set.name).join(rate);
            run_opensmile(&python, &script, set, rate, &place)?;
            ours(undertone, &place)?;
            let cell = compare::cell(&set.name, rate, &place)?;
            eprintln!("{}", report::one_line(&cell));
            cells.push(cell);
        }
    }
    Ok(cells)
}

/// The Python that has openSMILE.
pub fn environment() -> Result<PathBuf> {
    Ok(tools::python_packages("parity", REQUIREMENTS)?.join("python"))
}

/// Prepares the samples and runs openSMILE on them, unless that is already done for these very files.
fn run_opensmile(python: &Path, script: &Path, set: &Set, rate: &str, place: &Path) -> Result<()> {
    let fingerprint = fingerprint(set, rate)?;
    let stamp = place.join("stamp.txt");
    if fs::read_to_string(&stamp).is_ok_and(|done| done == fingerprint) {
        return Ok(());
    }
    if place.exists() {
        fs::remove_dir_all(place)?;
    }
    fs::create_dir_all(place)?;
    let list = place.join("sounds.txt");
    let names: Vec<String> = set.sounds.iter().map(|sound| sound.to_string_lossy().into_owned()).collect();
    fs::write(&list, names.join("\n"))?;
    run(command(python, &[]).arg(script).arg("extract").arg(&list).arg(place).arg(rate))?;
    fs::write(stamp, fingerprint)?;
    Ok(())
}

/// What openSMILE's output depends on.
fn fingerprint(set: &Set, rate: &str) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    (SCRIPT, REQUIREMENTS, rate).hash(&mut hasher);
    for sound in &set.sounds {
        let facts = fs::metadata(sound)?;
        let changed = facts.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        (sound, facts.len(), changed).hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Runs our own command line on the prepared samples.
fn ours(undertone: &Path, place: &Path) -> Result<()> {
    let names = compare::sounds(place)?;
    for (file, llds) in [("ours.csv", false), ("ours-contours.csv", true)] {
        let mut extract = command(undertone, &["extract", "--rate", "native", "-o"]);
        extract.arg(place.join(file)).args(llds.then_some("--llds")).args(&names);
        extract.current_dir(place.join("wav"));
        // A sound that cannot be extracted is reported, left out, and found missing by the comparison.
        if let Err(error) = run(&mut extract) {
            eprintln!("{error}");
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_command_line() {
        let request = Request::parse(&["a", "--rates", "8000,native", "b", "--out", "x.md"]).unwrap();
        assert_eq!(request.folders, ["a", "b"]);
        assert_eq!(request.rates, ["8000", "native"]);
        assert_eq!(request.out, Some(PathBuf::from("x.md")));
        assert!(request.limits);
        assert!(!Request::parse(&["--no-limits"]).unwrap().limits);
    }

    #[test]
    fn refuses_rates_that_the_extractor_does_not_take() {
        assert!(Request::parse(&["--rates", "4000"]).is_err());
        assert!(Request::parse(&["--rates", "96000"]).is_err());
        assert!(Request::parse(&["--rates", "fast"]).is_err());
        assert!(Request::parse(&["--quick"]).is_err());
    }
}
