//! The table of what was found.

use std::fmt::Write as _;

use super::build::{Noise, Setting};
use super::measure::Outcome;
use crate::numeric::statistics::spearman;

/// A table in Markdown: a row for each corpus and setting.
#[must_use]
pub fn markdown(rows: &[(String, Setting, Outcome)]) -> String {
    let mut text = String::from(
        "| corpus | SNR, dB | pauses, s | in the pauses | utterances | one to one, % | missed | merged | split | invented | start, median / 90 %, ms | \
         end, median / 90 %, ms | ρ labels, alone | ρ labels, found | difference of scores, median / 90 % |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for (corpus, setting, outcome) in rows {
        let [shortest, longest] = setting.pauses_s;
        let ms = |values: &[f64]| {
            format!("{:.0} / {:.0}", 1e3 * quantile(values, 0.5), 1e3 * quantile(values, 0.9))
        };
        let column = |index: usize| -> Vec<f64> { outcome.scores.iter().map(|row| row[index]).collect() };
        let [labels, alone, found] = [0, 1, 2].map(column);
        let rank =
            |scores: &[f64]| spearman(&labels, scores).map_or("–".to_owned(), |rho| format!("{rho:.3}"));
        let differences: Vec<f64> = alone.iter().zip(&found).map(|(a, b)| (a - b).abs()).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| {corpus} | {} | {shortest}–{longest} | {} | {} | {:.1} | {} | {} | {} | {} | {} | {} | {} | {} | {:.2} / {:.2} |",
            setting.snr_db,
            setting.noise.map_or("–", Noise::name),
            outcome.utterances,
            100.0 * outcome.one_to_one as f64 / outcome.utterances.max(1) as f64,
            outcome.missed,
            outcome.merged,
            outcome.split,
            outcome.invented,
            ms(&outcome.starts_s),
            ms(&outcome.ends_s),
            rank(&alone),
            rank(&found),
            quantile(&differences, 0.5),
            quantile(&differences, 0.9),
        );
    }
    text
}

/// The value that a share of them does not exceed; NaN of none.
fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(at.max(1) - 1).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantile_is_the_value_that_a_share_does_not_exceed() {
        let values = [4.0, 1.0, 3.0, 2.0];
        assert_eq!((quantile(&values, 0.5), quantile(&values, 0.9), quantile(&values, 0.0)), (2.0, 4.0, 1.0));
        assert!(quantile(&[], 0.5).is_nan());
    }
}
