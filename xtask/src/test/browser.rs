//! The page's own tests: format, types, units under node, and the whole page in headless Chromium.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::count::{self, Count};
use crate::shell::{command, run, run_and_read, which};
use crate::{build, dist, format, paths, tools};

/// The text that the fake microphone speaks: some four seconds.
const SPOKEN: &str = "The kettle is boiling, and nobody heard the doorbell. Come in, the door is open!";

/// Checks the scripts' format and types.
pub fn format_and_types() -> Result<()> {
    format::check_scripts()?;
    let compiler = paths::browser_tests().join("node_modules/typescript/bin/tsc");
    for project in ["www/tsconfig.json", "worker/tsconfig.json", "tests/browser/tsconfig.json"] {
        run(command("node", &[]).arg(&compiler).args(["-p", project]))?;
    }
    Ok(())
}

/// The scripts' unit tests under node.
pub fn units(count: &mut Count) -> Result<()> {
    run_folder("unit", count)
}

/// The whole page in Chromium, and the way of a file through it in Firefox and WebKitGTK.
pub fn end_to_end(count: &mut Count) -> Result<()> {
    write_settings(build::Profile::Dev)?;
    run_folder("e2e", count)
}

/// Finds or makes what a browser is driven with, and writes down where it is, for tests and benchmarks. `profile` is how the
/// command line is compiled that they compare with.
pub fn write_settings(profile: build::Profile) -> Result<()> {
    let chromium = tools::chromium()?;
    let undertone = build::command_line_tool(profile)?;
    let folder = paths::target().join("e2e");
    fs::create_dir_all(&folder)?;
    let speech = folder.join("speech.wav");
    let speak = ["-v", "en-gb", "-s", "160", "-a", "90", "-w"];
    run(command(tools::espeak()?, &speak).arg(&speech).arg(SPOKEN))?;
    let mut settings = vec![
        ("chromium", chromium),
        ("xtask", this_program()?),
        ("undertone", undertone),
        ("speech", speech),
        ("folder", folder.clone()),
    ];
    // An empty path: not here.
    settings.extend(tools::further_programs().map(|(name, found)| (name, found.unwrap_or_default())));
    fs::write(folder.join("settings.json"), json(&settings))?;
    Ok(())
}

/// The packed page: its size, and what depends most on its files.
pub fn packed(count: &mut Count) -> Result<()> {
    let folder = paths::target().join("e2e/packed");
    dist::pack(&paths::root(), &folder)?;
    dist::write_hosts(&paths::target().join("e2e/hosts"), "/voices/undertone/")?;
    let files = ["undertone.html", "undertone-again.html"].map(|name| paths::target().join("e2e").join(name));
    for file in &files {
        dist::single_file(&paths::root(), file)?;
    }
    if fs::read(&files[0])? != fs::read(&files[1])? {
        bail!("undertone.html differs when it is made again");
    }
    let mut files = tests_in("packed")?;
    files.extend(
        ["offline", "record"].map(|name| paths::browser_tests().join(format!("e2e/{name}.test.mjs"))),
    );
    node_tests(&files, Some(&folder), count)
}

/// All tests of a folder.
pub fn run_folder(folder: &str, count: &mut Count) -> Result<()> {
    node_tests(&tests_in(folder)?, None, count)
}

/// This tool's own file. Building its tests may have put a new one in the place of the one that runs.
fn this_program() -> Result<PathBuf> {
    let running = std::env::current_exe()?;
    Ok(if running.is_file() { running } else { paths::target().join("xtask/xtask") })
}

/// Where the browser tests find what they need, as JSON.
fn json(settings: &[(&str, PathBuf)]) -> String {
    let quoted = |path: &Path| {
        let text = path.to_string_lossy().replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{text}\"")
    };
    let rows: Vec<String> =
        settings.iter().map(|(name, path)| format!("  \"{name}\": {}", quoted(path))).collect();
    format!("{{\n{}\n}}\n", rows.join(",\n"))
}

/// All `*.test.mjs` and `*.test.js` of a folder.
fn tests_in(folder: &str) -> Result<Vec<PathBuf>> {
    let folder = paths::browser_tests().join(folder);
    let entries = fs::read_dir(&folder).with_context(|| format!("{} is missing", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| {
        let name = file.to_string_lossy();
        name.ends_with(".test.mjs") || name.ends_with(".test.js")
    });
    files.sort();
    if files.is_empty() {
        bail!("{} has no test", folder.display());
    }
    Ok(files)
}

/// How many files of tests run at the same time. A browser's test waits half of its time, and two cores carry two.
const AT_ONCE: &str = "--test-concurrency=2";

/// Runs files of tests. `page` is where the page lies, if not in the repository.
fn node_tests(files: &[PathBuf], page: Option<&Path>, count: &mut Count) -> Result<()> {
    let node = which(&["node"]).context("Node.js is not here")?;
    let mut node = command(node, &["--test", AT_ONCE, "--test-reporter=tap"]);
    match page {
        Some(page) => node.env("UNDERTONE_PAGE", page),
        None => node.env_remove("UNDERTONE_PAGE"),
    };
    let (text, success) = run_and_read(node.args(files))?;
    let found = count::node(&text);
    *count += found;
    if found.passed + found.failed == 0 {
        bail!("no test ran");
    }
    if success { Ok(()) } else { bail!("tests of the scripts failed") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_json() {
        let text = json(&[("a", PathBuf::from("/x \"y\"")), ("b", PathBuf::from("c\\d"))]);
        assert_eq!(text, "{\n  \"a\": \"/x \\\"y\\\"\",\n  \"b\": \"c\\\\d\"\n}\n");
    }
}
