//! The tables of `docs/parity.md`: statistics of the agreement, never a value of openSMILE's.

use std::fmt::Write as _;

use super::compare::Cell;
use super::stats::Agreement;

/// One set at one rate in a line.
pub fn one_line(cell: &Cell) -> String {
    let (name, lack) = cell.worst_feature().map_or(("-", 1.0), |(name, a)| (name, 1.0 - a.concordance));
    format!(
        "parity {:<12} {:>6}: {} sounds, {} frames, worst 1 − ρ = {lack:.1e} ({name}), {}",
        cell.set,
        cell.rate,
        cell.sounds,
        frames(cell),
        if cell.complaints().is_empty() { "within the limits" } else { "NOT within the limits" }
    )
}

fn frames(cell: &Cell) -> u64 {
    cell.contours.first().map_or(0, |(_, frames)| frames.total)
}

/// Everything, as Markdown.
pub fn markdown(cells: &[Cell]) -> String {
    let mut text = String::from(HEAD);
    summary(cells, &mut text);
    features(cells, &mut text);
    contours(cells, &mut text);
    every_concordance(cells, &mut text);
    text
}

const HEAD: &str = "\
# Parity with openSMILE

Written by `cargo xtask parity`. Our extractor and openSMILE (PyPI package `opensmile` 2.6.0, eGeMAPSv02) get the same
mono 16-bit samples; where the rate is not a recording's own, it is resampled once, for both.

* **ρ** is Lin's concordance correlation coefficient: 1 only if every pair is equal; differences of scale, offset and
  scatter all lower it. The limit for 1 − ρ is 1e-5, for each of the 88 functionals, in every set and at every rate.
  A feature that is constant in openSMILE's output for a set has ρ = 1 if ours is the same within 1e-6 of its size,
  otherwise 0. **r** is Pearson's correlation.
* **Errors** are relative to openSMILE's value, or to 1/1000 of the feature's root mean square in the set where the
  value is smaller. **Bias** is the mean of ours less openSMILE's, in the feature's unit.
* The 25 **low-level descriptors (LLDs)** are compared frame by frame. Within 1e-4 and 1e-2 is relative; values below
  1e-3 count as 1e-3.
";

fn summary(cells: &[Cell], text: &mut String) {
    text.push_str("\n## Worst feature per set and rate\n\n");
    text.push_str("| set | rate | sounds | frames | other frame count | NaN | worst feature | its 1 − ρ | features with 1 − ρ > 1e-5 |\n");
    text.push_str("|---|---:|---:|---:|---:|---:|---|---:|---:|\n");
    for cell in cells {
        let not_numbers: usize = cell.features.iter().map(|(_, a)| a.ours_not_numbers).sum();
        let not_numbers = not_numbers as u64 + cell.contours.iter().map(|(_, f)| f.not_numbers).sum::<u64>();
        let below = cell.features.iter().filter(|(_, a)| !a.keeps_the_limit()).count();
        let (name, lack) = cell.worst_feature().map_or(("-", 1.0), |(name, a)| (name, 1.0 - a.concordance));
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {not_numbers} | `{name}` | {lack:.1e} | {below} |",
            cell.set,
            cell.rate,
            cell.sounds,
            frames(cell),
            cell.other_length.len() + cell.missing.len(),
        );
    }
}

fn features(cells: &[Cell], text: &mut String) {
    text.push_str("\n## Each feature where it agrees least\n\nWorst first.\n\n");
    text.push_str("| feature | set, rate | 1 − ρ | 1 − r | median error | 99th percentile | bias |\n");
    text.push_str("|---|---|---:|---:|---:|---:|---:|\n");
    let count = cells.first().map_or(0, |cell| cell.features.len());
    let mut rows: Vec<(&str, &Cell, &Agreement)> = (0..count)
        .filter_map(|k| {
            let worst = cells
                .iter()
                .min_by(|a, b| a.features[k].1.concordance.total_cmp(&b.features[k].1.concordance))?;
            Some((worst.features[k].0.as_str(), worst, &worst.features[k].1))
        })
        .collect();
    rows.sort_by(|a, b| a.2.concordance.total_cmp(&b.2.concordance));
    for (name, cell, a) in rows {
        let _ = writeln!(
            text,
            "| `{name}` | {}, {} | {:.1e} | {:.1e} | {:.1e} | {:.1e} | {:+.1e} |",
            cell.set,
            cell.rate,
            1.0 - a.concordance,
            1.0 - a.correlation,
            a.median_error,
            a.p99_error,
            a.bias
        );
    }
}

fn contours(cells: &[Cell], text: &mut String) {
    text.push_str("\n## Each LLD where it agrees least\n\nShare of frames, in percent.\n\n");
    text.push_str("| LLD | set, rate | within 1e-4 | within 1e-2 |\n|---|---|---:|---:|\n");
    let count = cells.first().map_or(0, |cell| cell.contours.len());
    for k in 0..count {
        let worst = cells
            .iter()
            .min_by(|a, b| a.contours[k].1.close_share().total_cmp(&b.contours[k].1.close_share()));
        let Some(cell) = worst else { continue };
        let (name, frames) = &cell.contours[k];
        let _ = writeln!(
            text,
            "| `{name}` | {}, {} | {:.4} | {:.4} |",
            cell.set,
            cell.rate,
            100.0 * frames.close_share(),
            100.0 * frames.near_share()
        );
    }
}

/// 1 − ρ of every feature in every cell: a table per set, a column per rate.
fn every_concordance(cells: &[Cell], text: &mut String) {
    text.push_str("\n## Every feature, set and rate: 1 − ρ\n");
    let mut rest = cells;
    while let Some(first) = rest.first() {
        let (same, other) = rest.split_at(rest.iter().take_while(|cell| cell.set == first.set).count());
        let rates: Vec<&str> = same.iter().map(|cell| cell.rate.as_str()).collect();
        let _ = writeln!(text, "\n### {}\n\n| feature | {} |", first.set, rates.join(" | "));
        let _ = writeln!(text, "|---|{}", "---:|".repeat(same.len()));
        for (k, (name, _)) in first.features.iter().enumerate() {
            let values: Vec<String> =
                same.iter().map(|cell| format!("{:.0e}", 1.0 - cell.features[k].1.concordance)).collect();
            let _ = writeln!(text, "| `{name}` | {} |", values.join(" | "));
        }
        rest = other;
    }
}
