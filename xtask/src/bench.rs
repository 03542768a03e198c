//! `cargo xtask bench`: our times beside openSMILE's, on the same samples, in one run; and, with `--page`, how fast the page is.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::shell::{cargo, command, read, run};
use crate::test::browser;
use crate::{build, parity, paths, tools};

/// Prints openSMILE's time for each file, s: the median of 9 runs on one thread.
const SCRIPT: &str = "\
import statistics, sys, time
import numpy, opensmile
smile = opensmile.Smile(feature_set=opensmile.FeatureSet.eGeMAPSv02,
                        feature_level=opensmile.FeatureLevel.Functionals)
for name in sys.argv[1:]:
    samples, rate = numpy.fromfile(name, dtype='<i2').astype('float32') / 32768, 16000
    smile.process_signal(samples, rate)
    times = []
    for _ in range(9):
        begin = time.perf_counter()
        smile.process_signal(samples, rate)
        times.append(time.perf_counter() - begin)
    print(statistics.median(times))
";

/// Lengths of the sounds, s.
const SECONDS: [u32; 3] = [1, 5, 60];

/// What the figures are, and what they are not. `{machine}` stands for the processor.
const INTRODUCTION: &str = "\
# Performance

Written by `cargo xtask bench --out docs/performance.md`: the 88 features of synthesised speech at 16 kHz, by our extractor
and by openSMILE (PyPI package `opensmile` 2.6.0, eGeMAPSv02), the same samples, one thread each, one after the other in
one run on {machine}. Medians: ours of 100 runs, openSMILE's of 9 after a first one that does not count. Times differ
from machine to machine; the ratio is what to compare. openSMILE's time includes the call from Python, which is how it
is used: a fixed cost, so the ratio is larger for short sounds.

";
const HEAD: &str = "\
| sound | openSMILE | ours | ratio | ours, share of real time |\n|---|---|---|---|---|\n";

/// Where the page's section begins; it is the last one.
const PAGE_HEADING: &str = "\n## The page\n";

/// `cargo xtask bench [--page] [--out FILE.md]`
pub fn command_line(words: &[&str]) -> Result<()> {
    let (is_page, words) = match words {
        ["--page", rest @ ..] => (true, rest),
        _ => (false, words),
    };
    let out = match words {
        [] => None,
        ["--out", file] => Some(PathBuf::from(file)),
        _ => bail!("bench knows --page and --out FILE.md and nothing else"),
    };
    let old = out.as_ref().and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default();
    let (extractor, page) = sections(&old);
    let text = if is_page {
        format!("{extractor}{PAGE_HEADING}\n{}", page_section()?)
    } else {
        format!("{}{page}", extractor_section()?)
    };
    println!("{text}");
    if let Some(out) = out {
        fs::write(&out, &text).with_context(|| format!("cannot write {}", out.display()))?;
    }
    Ok(())
}

/// What the document says of the extractor, and of the page: each run writes one and keeps the other.
fn sections(text: &str) -> (&str, &str) {
    text.split_at(text.find(PAGE_HEADING).unwrap_or(text.len()))
}

/// Drives the page, as it is in `pkg/` after a build, in headless Chromium.
fn page_section() -> Result<String> {
    build::page()?;
    tools::npm_packages()?;
    browser::write_settings()?;
    let script = paths::browser_tests().join("bench/page.mjs");
    let table = read(command("node", &[]).arg(script))?;
    Ok(format!("Written by `cargo xtask bench --page --out docs/performance.md` on {}. {table}", machine()))
}

fn extractor_section() -> Result<String> {
    let folder = paths::target().join("bench");
    fs::create_dir_all(&folder)?;
    let ours = ["bench", "--package", "egemaps", "--package", "undertone", "--benches"];
    run(cargo(&ours).env("UNDERTONE_BENCH_PCM", &folder))?;
    let sounds: Vec<PathBuf> = SECONDS.iter().map(|s| folder.join(format!("{s}.pcm"))).collect();
    let theirs = read(command(parity::environment()?, &["-c", SCRIPT]).args(&sounds))?;
    let theirs: Vec<f64> = theirs.lines().map(str::parse).collect::<Result<_, _>>()?;

    let mut text = format!("{}{HEAD}", INTRODUCTION.replace("{machine}", &machine()));
    for (seconds, theirs) in SECONDS.iter().zip(&theirs) {
        let ours = median_s(&format!("extract/{seconds}"))?;
        text += &format!(
            "| {seconds} s | {:.1} ms | {:.2} ms | {:.1} × | {:.3} % |\n",
            theirs * 1e3,
            ours * 1e3,
            theirs / ours,
            ours / f64::from(*seconds) * 100.0
        );
    }
    text += "\n| stage, 5 s of sound | time |\n|---|---|\n";
    for (name, id) in [
        ("48 kHz to 16 kHz", "resample"),
        ("the whole analysis: region, level, both extractions, score, attributions", "analyse"),
        ("activation (arousal) score and attributions alone", "score-and-reasons"),
    ] {
        text += &format!("| {name} | {:.3} ms |\n", median_s(id)? * 1e3);
    }
    Ok(text)
}

/// The processor and its cores, as far as the system tells.
fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let named = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    });
    format!("{} with {cores} cores", named.unwrap_or_else(|| std::env::consts::ARCH.to_owned()))
}

/// Criterion's median of a benchmark, s.
fn median_s(id: &str) -> Result<f64> {
    let file = paths::target().join("criterion").join(id).join("new/estimates.json");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    number_after(&text, "\"median\"", "\"point_estimate\":")
        .map(|ns| ns * 1e-9)
        .with_context(|| format!("{} has no median", file.display()))
}

/// The number behind `key`, the first one after `section`.
fn number_after(text: &str, section: &str, key: &str) -> Option<f64> {
    let (_, rest) = text.split_once(section)?;
    let (_, rest) = rest.split_once(key)?;
    rest.split([',', '}']).next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_one_kind_keeps_the_other_s_section() {
        let (extractor, page) = sections("# Performance\n\ntable\n\n## The page\n\nrows\n");
        assert_eq!((extractor, page), ("# Performance\n\ntable\n", "\n## The page\n\nrows\n"));
        assert_eq!(sections("# Performance\n"), ("# Performance\n", ""));
    }

    #[test]
    fn the_right_number_is_read() {
        let text =
            r#"{"mean":{"point_estimate":1.0},"median":{"confidence":{"x":2},"point_estimate":3.5e6,"e":4}}"#;
        assert_eq!(number_after(text, "\"median\"", "\"point_estimate\":"), Some(3.5e6));
        assert_eq!(number_after(text, "\"slope\"", "\"point_estimate\":"), None);
    }
}
