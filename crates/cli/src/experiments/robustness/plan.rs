//! The conditions that are measured.

use crate::data::conditions::{BackgroundSpeech, Condition};

/// Active speech level over noise, in dB.
const SNR_DB: f64 = 15.0;
/// Talkers of the babble.
const TALKERS: usize = 6;
/// Shifts lie between 1 and this many samples: less than a hop of 10 ms.
const LAST_SHIFT: usize = 159;

/// What a condition is measured for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// What it costs in rank correlation.
    Robustness,
    /// Whether the score depends on the microphone's gain.
    Level,
    /// Whether it depends on what lies before and after the speech.
    Edges,
    /// Whether it depends on where frames fall.
    Stability,
}

/// All conditions: noise, rooms, telephones and rates; gains; edges; `shifts` shifts by less than a hop.
pub fn conditions(shifts: usize, background: &BackgroundSpeech) -> Vec<(Question, Condition)> {
    let mut plan = Vec::new();
    let robustness = [
        Condition::PinkNoise { snr_db: SNR_DB },
        Condition::Babble { snr_db: SNR_DB, talkers: TALKERS, background: background.clone() },
        Condition::Reverberation { rt60_s: 0.4, direct_db: 0.0 },
        Condition::Telephone { line: false },
        Condition::Telephone { line: true },
        Condition::Rate { rate_hz: 44_100 },
        Condition::Rate { rate_hz: 48_000 },
        Condition::Clipped { db: 6.0 },
        Condition::Speed { factor: 0.95 },
        Condition::Speed { factor: 1.05 },
    ];
    plan.extend(robustness.map(|condition| (Question::Robustness, condition)));
    let level = [
        Condition::Gain { db: -20.0, sixteen_bits: false },
        Condition::Gain { db: 20.0, sixteen_bits: false },
        Condition::Gain { db: -20.0, sixteen_bits: true },
    ];
    plan.extend(level.map(|condition| (Question::Level, condition)));
    let edges = [
        Condition::Silence { ms: 100 },
        Condition::Silence { ms: 500 },
        Condition::QuietRoom { ms: 100, snr_db: 50.0 },
        Condition::QuietRoom { ms: 500, snr_db: 50.0 },
    ];
    plan.extend(edges.map(|condition| (Question::Edges, condition)));
    plan.extend(shift_lengths(shifts).map(|samples| (Question::Stability, Condition::Shift { samples })));
    plan
}

/// `count` lengths from 1 to 159, evenly spaced.
fn shift_lengths(count: usize) -> impl Iterator<Item = usize> {
    let gaps = count.saturating_sub(1).max(1);
    (0..count).map(move |k| 1 + k * (LAST_SHIFT - 1) / gaps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_lengths_reach_from_one_sample_to_the_hop() {
        assert_eq!(shift_lengths(3).collect::<Vec<_>>(), [1, 80, 159]);
        assert_eq!(shift_lengths(1).collect::<Vec<_>>(), [1]);
        assert_eq!(shift_lengths(0).count(), 0);
    }

    #[test]
    fn conditions_have_different_names() {
        let plan = conditions(8, &BackgroundSpeech::Synthesised);
        let mut names: Vec<String> = plan.iter().map(|(_, condition)| condition.name()).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), plan.len());
    }
}
