//! `cargo xtask fuzz`: the targets of `tests/fuzz` under libFuzzer, which looks for bytes that reach new code, and then everything that it
//! found in 32-bit wasm, too, where it has to come to the same.
//!
//! libFuzzer asks for coverage that a stable compiler counts as well: its flags are those that cargo-fuzz passes, without a sanitizer,
//! as no code here is unsafe.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::bench::between;
use crate::shell::{cargo, command, read, run, which};
use crate::{paths, tools, vectors};

const PACKAGE: &str = "undertone-fuzz";
/// What rustc has to do so that libFuzzer sees which code runs.
const COVERAGE: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
     -Cllvm-args=-sanitizer-coverage-trace-compares";
/// The document with the table of a run, and the marks around it.
const DOCUMENT: &str = "docs/robustness.md";
const MARK: &str = "fuzz";

/// A target, as its program lists it.
#[derive(Debug, PartialEq, Eq)]
struct Target {
    name: String,
    longest: usize,
    /// Whether it runs in wasm, too.
    everywhere: bool,
}

/// What came of a target.
#[derive(Debug)]
struct Found {
    name: String,
    executions: u64,
    /// Branches that were reached.
    coverage: u64,
    /// Inputs that each reached something new.
    inputs: usize,
    /// Of these, those that came to the same in wasm; none if the target is native only.
    in_wasm: Option<usize>,
}

/// `cargo xtask fuzz [TARGET...] [--seconds N]`
pub fn command_line(words: &[&str]) -> Result<()> {
    let (mut seconds, mut chosen) = (60_u64, Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match *word {
            "--seconds" => {
                let value = words.next().context("--seconds takes a number")?;
                seconds = value.parse().with_context(|| format!("--seconds takes a number, not {value}"))?;
            }
            name => chosen.push(name),
        }
    }
    run(&mut cargo(&["build", "--quiet", "--package", PACKAGE]))?;
    let program = paths::target().join("debug").join(format!("{PACKAGE}{}", std::env::consts::EXE_SUFFIX));
    let targets = listed(&read(&mut command(&program, &["--targets"]))?)?;
    if let Some(other) = chosen.iter().find(|name| targets.iter().all(|target| target.name != **name)) {
        let names: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
        bail!("there is no target {other}; there are {}", names.join(", "));
    }
    let fuzzer = fuzzer()?;
    let wasm = module_for_node()?;
    let mut found = Vec::new();
    for target in targets.iter().filter(|target| chosen.is_empty() || chosen.contains(&target.name.as_str()))
    {
        found.push(fuzz(target, seconds, &program, &fuzzer, &wasm)?);
    }
    let table = table(&found);
    println!("{table}");
    if chosen.is_empty() {
        write_table(&table)?;
    }
    Ok(())
}

fn listed(text: &str) -> Result<Vec<Target>> {
    let target = |line: &str| {
        let mut words = line.split(' ');
        let (name, longest) = (words.next()?.to_owned(), words.next()?.parse().ok()?);
        Some(Target { name, longest, everywhere: words.next()? == "everywhere" })
    };
    text.lines().map(|line| target(line).with_context(|| format!("not a target: {line}"))).collect()
}

/// Builds libFuzzer with the targets.
fn fuzzer() -> Result<PathBuf> {
    let host = &tools::host_target()?;
    if which(&["c++", "g++", "clang++"]).is_none() {
        bail!("libFuzzer needs a C++ compiler. On Debian or Ubuntu: sudo apt-get install g++");
    }
    let folder = paths::target().join("fuzz");
    let mut build = cargo(&["build", "--quiet", "--release", "--target", host]);
    build.arg("--locked").arg("--manifest-path").arg(paths::root().join("tests/fuzz/libfuzzer/Cargo.toml"));
    run(build.arg("--target-dir").arg(&folder).env("RUSTFLAGS", COVERAGE))?;
    Ok(folder.join(host).join("release").join(format!("any{}", std::env::consts::EXE_SUFFIX)))
}

/// The targets as a module for Node.
fn module_for_node() -> Result<PathBuf> {
    tools::wasm_target()?;
    let folder = paths::target().join("fuzz/wasm");
    vectors::module_for_node(PACKAGE, &folder, "fuzz")?;
    let script = "import { readFileSync, readdirSync } from 'node:fs';\n\
        import { run } from './fuzz.js';\n\
        const [target, folder] = process.argv.slice(2);\n\
        for (const name of readdirSync(folder).sort())\n\
        console.log(name, run(target, readFileSync(`${folder}/${name}`)).toString(16).padStart(16, '0'));\n";
    fs::write(folder.join("run.js"), script)?;
    Ok(folder)
}

fn fuzz(target: &Target, seconds: u64, program: &Path, fuzzer: &Path, wasm: &Path) -> Result<Found> {
    let Target { name, longest, everywhere } = target;
    let folder = paths::target().join("fuzz/inputs").join(name);
    run(command(program, &["--seeds", name]).arg(&folder))?;
    let regressions = paths::root().join("tests/fuzz/regressions").join(name);
    fs::create_dir_all(&regressions)?;
    let mut fuzz = command(fuzzer, &[]);
    fuzz.arg(&folder).env("UNDERTONE_FUZZ", name);
    fuzz.arg(format!("-max_total_time={seconds}")).arg(format!("-max_len={longest}"));
    // A gigabyte is more than any of these bytes may ask for, and half a minute longer than they may take.
    fuzz.args(["-rss_limit_mb=1024", "-timeout=30", "-print_final_stats=1"]);
    fuzz.arg(format!("-artifact_prefix={}/", regressions.display()));
    eprintln!("$ {name}, {seconds} s");
    let output = fuzz.output().with_context(|| format!("cannot run {}", fuzzer.display()))?;
    let text = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        let last: Vec<&str> = text.lines().rev().take(40).collect();
        bail!(
            "{name}: found bytes that are not taken; they are in {}\n{}",
            regressions.display(),
            last.into_iter().rev().collect::<Vec<_>>().join("\n")
        );
    }
    // Empty, if nothing was wrong.
    let _ = fs::remove_dir(&regressions);
    let inputs = folder.read_dir()?.count();
    let in_wasm =
        if *everywhere { Some(all_same_in_wasm(name, &folder, &regressions, program, wasm)?) } else { None };
    let executions =
        statistic(&text, "stat::number_of_executed_units:").context("libFuzzer gives no number")?;
    let coverage = text.lines().filter_map(|line| statistic(line, "cov:")).max().unwrap_or(0);
    Ok(Found { name: name.clone(), executions, coverage, inputs, in_wasm })
}

/// The number behind a name.
fn statistic(text: &str, name: &str) -> Option<u64> {
    text.split_once(name)?.1.split_whitespace().next()?.parse().ok()
}

/// How many of a target's inputs and of its regressions come to the same natively and in wasm: all, or it is an error, and those that do
/// not become regressions.
fn all_same_in_wasm(
    name: &str,
    inputs: &Path,
    regressions: &Path,
    program: &Path,
    wasm: &Path,
) -> Result<usize> {
    let mut count = 0;
    let mut others = Vec::new();
    for folder in [inputs, regressions].into_iter().filter(|folder| folder.is_dir()) {
        let (same, different) = same_in_wasm(name, folder, program, wasm)?;
        count += same;
        for file in different {
            fs::create_dir_all(regressions)?;
            fs::copy(folder.join(&file), regressions.join(&file))?;
            others.push(file);
        }
    }
    if others.is_empty() {
        return Ok(count);
    }
    bail!(
        "{name}: {} inputs come to something else in wasm; they are in {}: {}",
        others.len(),
        regressions.display(),
        others.join(", ")
    )
}

/// How many of a folder's files come to the same natively and in wasm, and the names of those that do not.
fn same_in_wasm(name: &str, folder: &Path, program: &Path, wasm: &Path) -> Result<(usize, Vec<String>)> {
    let native = read(command(program, &[name]).arg(folder))?;
    let node = which(&["node"]).context("Node.js is not here: it runs the targets in wasm")?;
    let in_wasm = read(command(node, &["run.js", name]).arg(folder).current_dir(wasm))?;
    if native.lines().count() != in_wasm.lines().count() {
        bail!("{name}: {} files natively, {} in wasm", native.lines().count(), in_wasm.lines().count());
    }
    Ok(compared(&native, &in_wasm))
}

/// Lines that are alike, and the names of those that are not.
fn compared(native: &str, in_wasm: &str) -> (usize, Vec<String>) {
    let pairs = native.lines().zip(in_wasm.lines());
    let different: Vec<String> = pairs
        .filter(|(one, other)| one != other)
        .map(|(one, _)| one.split(' ').next().unwrap_or_default().to_owned())
        .collect();
    (native.lines().count() - different.len(), different)
}

fn table(found: &[Found]) -> String {
    let mut text = String::from(
        "| target | executions | branches reached | inputs kept | the same in wasm |\n|---|---|---|---|---|\n",
    );
    for Found { name, executions, coverage, inputs, in_wasm } in found {
        let in_wasm = in_wasm.map_or("native only".to_owned(), |count| count.to_string());
        let _ = writeln!(text, "| `{name}` | {executions} | {coverage} | {inputs} | {in_wasm} |");
    }
    let all: u64 = found.iter().map(|found| found.executions).sum();
    let _ = writeln!(text, "| **all** | **{all}** | | | |");
    text
}

fn write_table(table: &str) -> Result<()> {
    let file = paths::root().join(DOCUMENT);
    let text = fs::read_to_string(&file)?;
    fs::write(&file, between(&text, MARK, table)?)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read_from_their_list() {
        let expect = |name: &str, longest, everywhere| Target { name: name.to_owned(), longest, everywhere };
        let listed = listed("pcm 4096 everywhere\ndecode 65536 native\n").unwrap();
        assert_eq!(listed, [expect("pcm", 4_096, true), expect("decode", 65_536, false)]);
        assert!(super::listed("pcm many everywhere").is_err());
    }

    #[test]
    fn numbers_are_found_in_what_libfuzzer_says() {
        let text = "#8192\tpulse  cov: 321 ft: 400 corp: 3/9b\nstat::number_of_executed_units: 12345\n";
        assert_eq!(statistic(text, "stat::number_of_executed_units:"), Some(12_345));
        assert_eq!(statistic(text, "cov:"), Some(321));
        assert_eq!(statistic(text, "stat::peak_rss_mb:"), None);
    }

    #[test]
    fn what_differs_in_wasm_is_named() {
        let (same, different) = compared("a 1\nb 2\nc 3\n", "a 1\nb 9\nc 3\n");
        assert_eq!((same, different), (2, vec!["b".to_owned()]));
    }

    #[test]
    fn the_table_stands_between_its_marks() {
        let found = |name: &str, in_wasm| Found {
            name: name.to_owned(),
            executions: 5,
            coverage: 7,
            inputs: 2,
            in_wasm,
        };
        let table = table(&[found("pcm", Some(2)), found("decode", None)]);
        assert!(table.contains(
            "| `pcm` | 5 | 7 | 2 | 2 |\n| `decode` | 5 | 7 | 2 | native only |\n| **all** | **10** |"
        ));
        let written =
            between("before\n<!-- fuzz -->\nold\n<!-- end of fuzz -->\nafter\n", MARK, &table).unwrap();
        assert!(
            written.starts_with("before\n<!-- fuzz -->\n\n| target |")
                && written.ends_with("<!-- end of fuzz -->\nafter\n")
        );
        assert!(between("no marks", MARK, &table).is_err());
    }

    #[test]
    fn the_document_has_the_marks_and_names_every_target() {
        let text = fs::read_to_string(paths::root().join(DOCUMENT)).unwrap();
        assert!(between(&text, MARK, "").is_ok());
        let targets = fs::read_to_string(paths::root().join("tests/fuzz/src/lib.rs")).unwrap();
        for line in targets.lines().filter(|line| line.trim_start().starts_with("target(\"")) {
            let name = line.split('"').nth(1).unwrap();
            assert!(text.contains(&format!("`{name}`")), "{name}");
        }
    }
}
