//! Half-widths of the interval by duration of the speech and by background, from the residuals of held-out takes.
//!
//! Each is a conformal quantile, every corpus with the same weight. That of clean recordings comes from recordings as they are
//! and from crops of the same recordings. So the durations differ in nothing but what was cut off: long sentences of a corpus
//! are slow ones, of other emotions than its short ones. That of noisy recordings comes from all takes that are noisy. More
//! speech never makes the interval wider, and noise never narrower: where the quantiles say otherwise, the wider one holds.

use super::interval::INTERVAL_LEVEL;
use super::scored_takes::ScoredTake;
use super::takes::{CLEAN_TAKES, TAKES_BY_DURATION};
use crate::numeric::decimal::fixed;
use crate::numeric::statistics::conformal_quantile_of_groups;
use undertone::audio::region::DEPTH_DB;
use undertone::model::{Circumstances, HalfWidths, KNOTS};

/// Durations that have a half-width: of the crops, and of recordings as they are, in seconds of active speech.
pub(super) const KNOTS_S: [f64; KNOTS] = [0.9, 1.5, 3.0];
/// A recording whose background lies less than this below the speech is noisy, in dB: level alone cannot tell the region of speech
/// from the background there, so features of the background count as those of the voice.
const NOISY_BELOW_SNR_DB: f64 = DEPTH_DB;
/// Fewer residuals than this make no half-width.
const LEAST_RESIDUALS: usize = 50;

/// The half-widths from takes for which `keep` is true; `None` if too few of them are clean.
pub(super) fn calibrate(scored: &[ScoredTake], keep: impl Fn(&ScoredTake) -> bool) -> Option<HalfWidths> {
    let kept: Vec<&ScoredTake> = scored.iter().filter(|take| keep(take)).collect();
    let clean = CLEAN_TAKES.map(|place| quantile(&kept, false, &[place]));
    let noisy = TAKES_BY_DURATION.map(|places| quantile(&kept, true, places));
    let widths = |found: &[(Option<f64>, usize); KNOTS]| {
        let mut widths = [0.0f64; KNOTS];
        let mut least = 0.0f64;
        for k in (0..KNOTS).rev() {
            least = least.max(found[k].0.unwrap_or(0.0));
            widths[k] = least;
        }
        // Durations that are too rare have the width of the next shorter one.
        for k in 1..KNOTS {
            if widths[k] == 0.0 {
                widths[k] = widths[k - 1];
            }
        }
        widths
    };
    let clean_widths = widths(&clean);
    if clean_widths.contains(&0.0) {
        return None;
    }
    let noisy_widths = widths(&noisy);
    Some(HalfWidths {
        speech_s: KNOTS_S,
        clean: clean_widths,
        noisy: std::array::from_fn(|k| noisy_widths[k].max(clean_widths[k])),
        noisy_below_snr_db: NOISY_BELOW_SNR_DB,
        residuals: [clean, noisy].map(|widths| widths.map(|(_, count)| count as u32)),
    })
}

/// The half-widths as a table in Markdown.
pub(super) fn table(widths: &HalfWidths) -> String {
    let mut text = String::from("| active speech, s | clean | noisy | residuals |\n|---|---|---|---|\n");
    for k in 0..KNOTS {
        text += &format!(
            "| {} | ± {} | ± {} | {}, {} |\n",
            widths.speech_s[k],
            fixed(widths.clean[k], 2),
            fixed(widths.noisy[k], 2),
            widths.residuals[0][k],
            widths.residuals[1][k],
        );
    }
    text
}

/// Whether a take counts as noisy.
pub fn is_noisy(circumstances: &Circumstances) -> bool {
    circumstances.snr_db.is_some_and(|snr_db| snr_db < NOISY_BELOW_SNR_DB)
}

/// The quantile of the residuals of the takes at some places, and how many there are.
fn quantile(scored: &[&ScoredTake], noisy: bool, places: &[usize]) -> (Option<f64>, usize) {
    let corpora = scored.iter().map(|take| take.corpus + 1).max().unwrap_or(0);
    let mut groups: Vec<Vec<f64>> = vec![Vec::new(); corpora];
    for take in scored.iter().filter(|take| places.contains(&take.take)) {
        if is_noisy(&take.circumstances) == noisy {
            groups[take.corpus].push((take.label - take.score).abs());
        }
    }
    groups.retain(|group| !group.is_empty());
    let count = groups.iter().map(Vec::len).sum();
    let enough = count >= LEAST_RESIDUALS;
    (enough.then(|| conformal_quantile_of_groups(&groups, INTERVAL_LEVEL)), count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hundred takes of a corpus, with residuals from `scale` / 100 to `scale`.
    fn takes(corpus: usize, speech_s: f64, snr_db: f64, scale: f64) -> Vec<ScoredTake> {
        let circumstances = Circumstances { speech_s, snr_db: Some(snr_db) };
        let knot = KNOTS_S.iter().position(|knot| *knot == speech_s).unwrap();
        let take = if snr_db < 20.0 { TAKES_BY_DURATION[knot][1] } else { CLEAN_TAKES[knot] };
        (1..=100)
            .map(|i| {
                let score = 3.0 + scale * f64::from(i) / 100.0;
                ScoredTake { corpus, speaker: 0, label: 3.0, score, take, circumstances }
            })
            .collect()
    }

    fn near(found: [f64; KNOTS], expected: [f64; KNOTS]) -> bool {
        found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 0.03)
    }

    #[test]
    fn half_widths_follow_duration_and_background() {
        let all = [
            takes(0, 0.9, 40.0, 1.0),
            takes(0, 1.5, 40.0, 0.9),
            takes(0, 3.0, 40.0, 0.5),
            takes(0, 0.9, 5.0, 2.0),
            takes(0, 3.0, 5.0, 1.0),
        ]
        .concat();
        let widths = calibrate(&all, |_| true).unwrap();
        assert!(near(widths.clean, [0.8, 0.72, 0.4]), "{widths:?}");
        // No noisy takes of medium length: as wide as the longer ones at least.
        assert!(near(widths.noisy, [1.6, 0.8, 0.8]), "{widths:?}");
        assert_eq!(widths.residuals, [[100; 3], [100, 0, 100]]);
    }

    #[test]
    fn half_widths_never_rise_with_duration_nor_fall_with_noise_and_weigh_corpora_alike() {
        let all = [
            takes(0, 0.9, 40.0, 0.5),
            takes(0, 1.5, 40.0, 1.0),
            takes(0, 3.0, 40.0, 0.8),
            takes(0, 1.5, 5.0, 0.1),
        ]
        .concat();
        let widths = calibrate(&all, |_| true).unwrap();
        assert!(near(widths.clean, [0.8, 0.8, 0.64]) && widths.noisy == widths.clean, "{widths:?}");
        // Twice as many of a corpus do not count twice.
        let two = [all.clone(), all.clone(), takes(1, 3.0, 40.0, 2.0)].concat();
        let one = [all, takes(1, 3.0, 40.0, 2.0)].concat();
        let [one, two] = [one, two].map(|all| calibrate(&all, |_| true).unwrap().clean);
        assert!(near(one, two) && one[2] > 1.0, "{one:?} {two:?}");
    }

    #[test]
    fn table_has_a_line_per_duration() {
        let widths = calibrate(&takes(0, 0.9, 50.0, 1.0), |_| true).unwrap();
        assert!(table(&widths).ends_with("| 3 | ± 0.81 | ± 0.81 | 0, 0 |\n"), "{}", table(&widths));
    }

    #[test]
    fn too_few_takes_make_no_half_widths() {
        assert_eq!(calibrate(&[], |_| true), None);
        let noisy = takes(0, 0.9, 5.0, 1.0);
        assert_eq!(calibrate(&noisy, |_| true), None);
        let clean = takes(0, 0.9, 50.0, 1.0);
        // All durations are as wide as the only one that is known.
        assert!(near(calibrate(&clean, |_| true).unwrap().clean, [0.8; 3]));
        assert_eq!(calibrate(&clean, |take| take.score > 3.6), None);
    }
}
