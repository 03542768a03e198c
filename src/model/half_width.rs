//! The half-width of the score's interval, by how much speech there is and how far it lies above the background.
//!
//! Short and noisy recordings are scored less precisely. A weights file may hold half-widths at a few durations, for clean
//! and for noisy recordings; between the durations they are interpolated, beyond them constant.

use serde::{Deserialize, Serialize};

use super::error::ModelError;

/// Number of durations at which a calibration has values.
pub const KNOTS: usize = 3;

/// What is known of a recording besides its features, as far as the precision of its score depends on it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Circumstances {
    /// Active speech, in seconds.
    pub speech_s: f64,
    /// Active speech level over the background, in dB; `None` without any background.
    pub snr_db: Option<f64>,
}

/// Half-widths of the interval at [`KNOTS`] durations of speech, for clean and for noisy recordings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HalfWidths {
    /// Durations of active speech, ascending, in seconds.
    pub speech_s: [f64; KNOTS],
    /// Half-widths there for clean recordings, in score units.
    pub clean: [f64; KNOTS],
    /// Half-widths there for noisy recordings, in score units.
    pub noisy: [f64; KNOTS],
    /// Below this distance between speech and background a recording is noisy, in dB.
    pub noisy_below_snr_db: f64,
    /// Number of held-out residuals behind each half-width: clean, then noisy.
    pub residuals: [[u32; KNOTS]; 2],
}

impl HalfWidths {
    /// Whether a recording counts as noisy.
    pub fn is_noisy(&self, circumstances: &Circumstances) -> bool {
        circumstances.snr_db.is_some_and(|snr_db| snr_db < self.noisy_below_snr_db)
    }

    /// The half-width for a recording, in score units.
    pub fn at(&self, circumstances: &Circumstances) -> f64 {
        let widths = if self.is_noisy(circumstances) { &self.noisy } else { &self.clean };
        interpolate(&self.speech_s, widths, circumstances.speech_s)
    }

    /// Checks the ranges of all numbers.
    pub(super) fn check(&self) -> Result<(), ModelError> {
        check_durations("interval.half_widths.speech_s", &self.speech_s)?;
        for (name, values) in
            [("interval.half_widths.clean", &self.clean), ("interval.half_widths.noisy", &self.noisy)]
        {
            check_positive(name, values)?;
        }
        let limit = self.noisy_below_snr_db;
        if limit.is_finite() {
            return Ok(());
        }
        let name = "interval.half_widths.noisy_below_snr_db";
        Err(ModelError::Value { name, expected: "a finite number", actual: limit })
    }
}

/// Linear between the knots, constant beyond them. What is not a number counts as the shortest duration.
pub(super) fn interpolate(durations_s: &[f64; KNOTS], values: &[f64; KNOTS], duration_s: f64) -> f64 {
    let mut value = values[0];
    for k in 1..KNOTS {
        let share = (duration_s - durations_s[k - 1]) / (durations_s[k] - durations_s[k - 1]);
        if share >= 1.0 {
            value = values[k];
        } else if share > 0.0 {
            value = values[k - 1] + share * (values[k] - values[k - 1]);
        }
    }
    value
}

/// Refuses durations that are not positive or do not rise.
pub(super) fn check_durations(name: &'static str, durations_s: &[f64; KNOTS]) -> Result<(), ModelError> {
    let mut before = 0.0;
    for &actual in durations_s {
        if !(actual > before && actual.is_finite()) {
            return Err(ModelError::Value { name, expected: "numbers above 0 that rise", actual });
        }
        before = actual;
    }
    Ok(())
}

/// Refuses numbers that are not positive.
pub(super) fn check_positive(name: &'static str, values: &[f64; KNOTS]) -> Result<(), ModelError> {
    match values.iter().find(|v| !(**v > 0.0 && v.is_finite())) {
        Some(&actual) => Err(ModelError::Value { name, expected: "numbers above 0", actual }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn widths() -> HalfWidths {
        HalfWidths {
            speech_s: [1.0, 2.0, 4.0],
            clean: [1.0, 0.8, 0.7],
            noisy: [1.5, 1.25, 1.0],
            noisy_below_snr_db: 15.0,
            residuals: [[3; KNOTS]; 2],
        }
    }

    #[test]
    fn half_width_is_interpolated_between_durations_and_constant_beyond() {
        let at = |speech_s, snr_db| widths().at(&Circumstances { speech_s, snr_db });
        for (speech_s, clean, noisy) in
            [(0.0, 1.0, 1.5), (1.0, 1.0, 1.5), (1.5, 0.9, 1.375), (2.0, 0.8, 1.25), (3.0, 0.75, 1.125)]
        {
            assert!((at(speech_s, Some(15.0)) - clean).abs() < 1e-12, "{speech_s}");
            assert!((at(speech_s, None) - clean).abs() < 1e-12, "{speech_s}");
            assert!((at(speech_s, Some(14.9)) - noisy).abs() < 1e-12, "{speech_s}");
        }
        assert_eq!((at(4.0, None), at(1e9, None), at(f64::INFINITY, Some(-9.0))), (0.7, 0.7, 1.0));
        assert_eq!(at(f64::NAN, None), 1.0);
    }

    #[test]
    fn check_refuses_numbers_that_cannot_work() {
        assert!(widths().check().is_ok());
        type Change = fn(&mut HalfWidths);
        let changes: [(Change, &str); 6] = [
            (|w| w.speech_s[1] = 1.0, "interval.half_widths.speech_s"),
            (|w| w.speech_s[0] = 0.0, "interval.half_widths.speech_s"),
            (|w| w.speech_s[2] = f64::INFINITY, "interval.half_widths.speech_s"),
            (|w| w.clean[2] = 0.0, "interval.half_widths.clean"),
            (|w| w.noisy[0] = f64::NAN, "interval.half_widths.noisy"),
            (|w| w.noisy_below_snr_db = f64::NAN, "interval.half_widths.noisy_below_snr_db"),
        ];
        for (change, expected) in changes {
            let mut changed = widths();
            change(&mut changed);
            let found = changed.check();
            assert!(matches!(&found, Err(ModelError::Value { name, .. }) if *name == expected), "{found:?}");
        }
    }
}
