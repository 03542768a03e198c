//! `cargo xtask test`: everything that must hold, in one run, fast checks first.
//!
//! Every stage runs, also after a failure, so that one run shows all that is wrong; a stage that needs what a failed
//! stage should have made fails by itself. The last line is the sum of all tests.

mod broken;
pub mod browser;
mod checkers;
mod count;
#[cfg(test)]
mod documents;
pub mod npm;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::shell::{cargo, on_ci, run, run_and_read};
use crate::{build, parity, tools, vectors};
use count::Count;

/// What a stage comes to.
struct Stage {
    name: &'static str,
    took: Duration,
    count: Count,
    /// What went wrong, if something did.
    failure: Option<String>,
}

/// All stages so far.
#[derive(Default)]
struct Run {
    stages: Vec<Stage>,
    left_out: Vec<String>,
}

impl Run {
    /// Runs a stage. One that fails without having counted a failed test counts as one failed test.
    fn stage(&mut self, name: &'static str, work: impl FnOnce(&mut Count) -> Result<()>) {
        println!("\n=== {name} ===");
        let start = Instant::now();
        let mut count = Count::default();
        let failure = work(&mut count).err().map(|error| format!("{error:#}"));
        if let Some(failure) = &failure {
            println!("{name}: {failure}");
            count.failed = count.failed.max(1);
        }
        self.stages.push(Stage { name, took: start.elapsed(), count, failure });
    }

    fn summary(&self) -> Count {
        let mut all = Count::default();
        println!("\n=== summary ===");
        for stage in &self.stages {
            let result = if stage.failure.is_some() { "FAILED" } else { "ok" };
            let tests = match stage.count {
                Count { passed: 0, failed: 0, skipped: 0 } => String::new(),
                count => count.to_string(),
            };
            println!("{:<28} {result:<7} {:>7.1} s  {tests}", stage.name, stage.took.as_secs_f64());
            all += stage.count;
        }
        for what in &self.left_out {
            println!("LEFT OUT: {what}");
        }
        for stage in &self.stages {
            if let Some(failure) = &stage.failure {
                println!("FAILED {}: {}", stage.name, failure.lines().next().unwrap_or_default());
            }
        }
        all
    }
}

/// `cargo xtask test [--quick] [--parity]`
pub fn command_line(words: &[&str]) -> Result<()> {
    let (mut quick, mut with_parity) = (false, on_ci());
    for word in words {
        match *word {
            "--quick" => quick = true,
            "--parity" => with_parity = true,
            other => bail!("test does not know {other}"),
        }
    }
    let start = Instant::now();
    let mut all = Run::default();
    all.stage("format", |_| run(&mut cargo(&["fmt", "--all", "--check"])));
    all.stage("spelling", |_| checkers::spelling());
    let mut left_out = None;
    all.stage("dependencies", |_| {
        left_out = checkers::dependencies()?;
        Ok(())
    });
    all.left_out.extend(left_out);
    all.stage("clippy, native", |_| {
        run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))
    });
    all.stage("clippy, wasm", |_| {
        tools::wasm_target()?;
        for package in [
            &["undertone", "--features", "web"][..],
            &["undertone-page-reader"],
            &["undertone-npm", "--features", "extract"],
            &["undertone-npm", "--features", "score"],
        ] {
            let page = ["--lib", "--target", tools::WASM_TARGET, "--quiet", "--", "-D", "warnings"];
            run(cargo(&["clippy", "--package"]).args(package).args(page))?;
        }
        Ok(())
    });
    all.stage("rustdoc", |_| {
        let document = ["doc", "--workspace", "--no-deps", "--document-private-items", "--quiet"];
        run(cargo(&document).env("RUSTDOCFLAGS", "-D warnings"))
    });
    all.stage("tests, native", |count| cargo_test(&[build::TESTS, &["--no-fail-fast"]].concat(), count));
    all.stage("tests of the tool", |count| {
        tools::npm()?;
        cargo_test(&["test", "--profile", "xtask", "--package", "xtask"], count)
    });
    all.stage("same bits in wasm", |count| {
        let comparison = vectors::compare(&vectors::of_the_tests()?)?;
        *count += Count { passed: comparison.equal, failed: comparison.different.len(), skipped: 0 };
        if comparison.different.is_empty() { Ok(()) } else { bail!("{}", comparison.different.join(", ")) }
    });
    if with_parity {
        all.stage("parity", |count| {
            let (passed, failed) = parity::check()?;
            *count += Count { passed, failed, skipped: 0 };
            if failed == 0 { Ok(()) } else { bail!("{failed} sets do not keep the limits") }
        });
    } else {
        all.left_out
            .push("parity with openSMILE (cargo xtask test --parity, or cargo xtask parity)".to_owned());
    }
    if quick {
        all.left_out.push(
            "the page: its build, format, types, units and the browser (cargo xtask test without --quick)"
                .to_owned(),
        );
    } else {
        all.stage("npm packages", |_| tools::npm_packages());
        all.stage("build of the page", |_| build::page());
        all.stage("a broken page is refused", broken::refused);
        all.stage("format, types of scripts", |_| browser::format_and_types());
        all.stage("units of the scripts", browser::units);
        all.stage("the page in Chromium", browser::end_to_end);
        all.stage("the packed page", browser::packed);
    }
    all.left_out.push(
        "the packages as users have them (cargo xtask npm --test, wheel --here --test, crates; a job of CI)"
            .to_owned(),
    );
    let count = all.summary();
    println!("{:.0} s in all", start.elapsed().as_secs_f64());
    // CI reads this line; it stays the last one.
    println!("{count}");
    if count.failed > 0 {
        std::process::exit(1);
    }
    Ok(())
}

fn cargo_test(arguments: &[&str], count: &mut Count) -> Result<()> {
    let (text, success) = run_and_read(&mut cargo(arguments))?;
    *count += count::cargo(&text);
    if success { Ok(()) } else { bail!("cargo test found failures") }
}
