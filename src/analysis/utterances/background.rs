//! The background and the speech of the time around a frame: what it is compared with.
//!
//! Both are followed in steps of 0.25 s, from what was heard within 15 s before and 1 s after. The background is the power that
//! a tenth of these frames stay below; the level of the speech is the mean power of the frames that lie less than 15.9 dB below it,
//! the margin of ITU-T P.56. Digital silence is no part of either.

use super::frames::FRAMES_PER_S;

/// Frames to a step.
pub(super) const STEP: usize = FRAMES_PER_S / 4;
/// Frames that are looked at before a step.
const PAST: usize = 15 * FRAMES_PER_S;
/// Frames that are looked at after it; so much later a frame is decided.
pub(super) const AHEAD: usize = FRAMES_PER_S;

/// 15.9 dB (P.56: M).
const MARGIN: f64 = 38.904_514_499_428_07;
/// The level is a fixed point, which is reached after a few rounds.
const ROUNDS: usize = 30;

/// Mean squares around a frame; zero where there was only digital silence.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Background {
    /// Of the background.
    pub floor: f64,
    /// Of the speech, or whatever is loudest.
    pub level: f64,
}

/// The background of the frames of the step that begins at frame `start`, of the sound's `powers` as far as they are known.
pub(super) fn around(powers: &[f64], start: usize, sorted: &mut Vec<f64>) -> Background {
    let from = start.saturating_sub(PAST);
    let to = (start + STEP + AHEAD).min(powers.len());
    sorted.clear();
    sorted.extend(powers[from.min(to)..to].iter().filter(|power| **power > 0.0));
    if sorted.is_empty() {
        return Background::default();
    }
    let tenth = (sorted.len() - 1) / 10;
    let floor = *sorted.select_nth_unstable_by(tenth, f64::total_cmp).1;
    // In the order of time again, so that the sums do not depend on how the selection works.
    sorted.clear();
    sorted.extend(powers[from.min(to)..to].iter().filter(|power| **power > 0.0));
    Background { floor, level: level(sorted) }
}

/// The mean power of the frames that lie less than 15.9 dB below it.
pub(super) fn level(powers: &[f64]) -> f64 {
    let mut level = powers.iter().sum::<f64>() / powers.len() as f64;
    for _ in 0..ROUNDS {
        let least = level / MARGIN;
        let (mut sum, mut count) = (0.0, 0_usize);
        for power in powers.iter().filter(|power| **power >= least) {
            sum += power;
            count += 1;
        }
        let next = sum / count.max(1) as f64;
        if next == level {
            break;
        }
        level = next;
    }
    level
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn background_is_a_low_power_and_level_that_of_what_is_loud() {
        // A quarter of the time 40 dB above the rest.
        let powers: Vec<f64> = (0..800).map(|k| if k % 4 == 0 { 1.0 } else { 1e-4 }).collect();
        let found = around(&powers, 500, &mut Vec::new());
        assert_eq!(found, Background { floor: 1e-4, level: 1.0 });
    }

    #[test]
    fn background_leaves_digital_silence_and_what_is_far_away_out() {
        let mut powers = vec![0.0; 4_000];
        powers[..1_000].fill(7.0);
        powers[3_000..3_500].fill(0.125);
        assert_eq!(around(&powers, 3_200, &mut Vec::new()), Background { floor: 0.125, level: 0.125 });
        assert_eq!(around(&powers, 2_600, &mut Vec::new()), Background::default());
        assert_eq!(around(&[], 0, &mut Vec::new()), Background::default());
    }

    #[test]
    fn background_follows_a_gain_exactly_where_that_is_a_power_of_two() {
        let powers: Vec<f64> = (0..900_u32).map(|k| f64::from(k.wrapping_mul(2_654_435_761)) / 4e9).collect();
        let louder: Vec<f64> = powers.iter().map(|v| v * 16.0).collect();
        let (plain, scaled) = (around(&powers, 300, &mut Vec::new()), around(&louder, 300, &mut Vec::new()));
        assert_eq!(scaled, Background { floor: 16.0 * plain.floor, level: 16.0 * plain.level });
    }
}
