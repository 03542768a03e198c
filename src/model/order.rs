//! The order of two recordings of one voice: how often listeners would hear the one with the higher score as the more
//! activated one.
//!
//! Most of a score's error is common to all recordings of a voice, so their difference is surer than either interval says.
//! The probability is logistic in the distance of the scores: ½ at no distance, with a slope that depends on the shorter of
//! the two. It was calibrated on pairs of held-out speakers whose labels differ.
//!
//! ```
//! use undertone::model::{Order, OrderVerdict};
//!
//! let order = Order {
//!     speech_s: [0.8, 1.5, 3.0], slopes: [2.0, 3.0, 4.0], speakers: 0, pairs: 0, method: String::new(),
//! };
//! let far = order.estimate(4.1, 3.0, 2.0);
//! assert!(far.probability > 0.95 && far.verdict == OrderVerdict::Much);
//! assert_eq!(order.estimate(3.0, 3.0, 2.0).probability, 0.5);
//! ```

use serde::{Deserialize, Serialize};

use super::error::ModelError;
use super::half_width::{KNOTS, check_durations, check_positive, interpolate};

/// A lower probability than this is [`OrderVerdict::Alike`].
pub const ALIKE_BELOW: f64 = 0.75;
/// A probability from this on is [`OrderVerdict::Much`].
pub const MUCH_FROM: f64 = 0.95;

/// How the distance of two scores of one voice tells their order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// Durations of active speech of the shorter recording, ascending, in seconds.
    pub speech_s: [f64; KNOTS],
    /// Slopes of the logistic function there, per score unit.
    pub slopes: [f64; KNOTS],
    /// Held-out speakers behind the slopes.
    pub speakers: u32,
    /// Pairs of their recordings.
    pub pairs: u32,
    /// How it was obtained, in a sentence.
    pub method: String,
}

/// What is said of the order of two recordings of one voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderVerdict {
    /// The scores are too near each other to tell: below [`ALIKE_BELOW`].
    Alike,
    /// One sounds more activated.
    More,
    /// One sounds more activated, and listeners hardly ever hear it otherwise: from [`MUCH_FROM`] on.
    Much,
}

impl OrderVerdict {
    /// All, with rising probability.
    pub const ALL: [OrderVerdict; 3] = [OrderVerdict::Alike, OrderVerdict::More, OrderVerdict::Much];

    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            OrderVerdict::Alike => "alike",
            OrderVerdict::More => "more",
            OrderVerdict::Much => "much",
        }
    }

    /// The verdict of a probability.
    pub fn of(probability: f64) -> OrderVerdict {
        if probability >= MUCH_FROM {
            OrderVerdict::Much
        } else if probability >= ALIKE_BELOW {
            OrderVerdict::More
        } else {
            OrderVerdict::Alike
        }
    }
}

/// The order of two recordings of one voice.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct OrderEstimate {
    /// Probability that listeners hear the recording with the higher score as the more activated one, ½ … 1.
    pub probability: f64,
    /// What is said of it.
    pub verdict: OrderVerdict,
}

impl Order {
    /// Slope of the logistic function at a duration in seconds of active speech, per score unit.
    pub fn slope(&self, speech_s: f64) -> f64 {
        interpolate(&self.speech_s, &self.slopes, speech_s)
    }

    /// Probability that listeners hear the recording with the higher score as the more activated one, ½ … 1, from the
    /// distance of the scores and the duration of the shorter one, in seconds of active speech.
    pub fn probability(&self, distance: f64, shorter_speech_s: f64) -> f64 {
        1.0 / (1.0 + libm::exp(-self.slope(shorter_speech_s) * distance.abs()))
    }

    /// Probability and verdict for two scores.
    pub fn estimate(&self, one: f64, other: f64, shorter_speech_s: f64) -> OrderEstimate {
        let probability = self.probability(one - other, shorter_speech_s);
        OrderEstimate { probability, verdict: OrderVerdict::of(probability) }
    }

    /// Checks the ranges of all numbers.
    pub(super) fn check(&self) -> Result<(), ModelError> {
        check_durations("order.speech_s", &self.speech_s)?;
        check_positive("order.slopes", &self.slopes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order() -> Order {
        Order {
            speech_s: [1.0, 2.0, 3.0],
            slopes: [1.0, 3.0, 4.0],
            speakers: 4,
            pairs: 99,
            method: "made up".into(),
        }
    }

    #[test]
    fn probability_is_a_half_at_no_distance_and_rises_with_distance_and_duration() {
        let order = order();
        assert_eq!(order.probability(0.0, 2.0), 0.5);
        // By hand: 1 / (1 + e^−1) with a slope of 1, of 3 at a third of the distance, of 2 between the first two.
        let once = 1.0 / (1.0 + libm::exp(-1.0));
        for (distance, speech_s) in [(1.0, 0.5), (-1.0, 1.0), (1.0 / 3.0, 2.0), (0.5, 1.5), (0.25, 9.0)] {
            assert!((order.probability(distance, speech_s) - once).abs() < 1e-12, "{distance} {speech_s}");
        }
        let at = |distance, speech_s| order.probability(distance, speech_s);
        assert!(at(0.5, 1.0) < at(0.6, 1.0) && at(0.5, 1.0) < at(0.5, 1.2));
        assert_eq!(at(1e9, 1.0), 1.0);
    }

    #[test]
    fn verdict_follows_the_probability_and_the_estimate_does_not_depend_on_which_is_first() {
        for (probability, verdict) in [
            (0.5, OrderVerdict::Alike),
            (ALIKE_BELOW - 1e-9, OrderVerdict::Alike),
            (ALIKE_BELOW, OrderVerdict::More),
            (MUCH_FROM - 1e-9, OrderVerdict::More),
            (MUCH_FROM, OrderVerdict::Much),
            (1.0, OrderVerdict::Much),
        ] {
            assert_eq!(OrderVerdict::of(probability), verdict, "{probability}");
        }
        let order = order();
        assert_eq!(order.estimate(2.0, 3.0, 2.0), order.estimate(3.0, 2.0, 2.0));
        assert_eq!(order.estimate(2.0, 3.1, 2.0).verdict, OrderVerdict::Much);
        for verdict in OrderVerdict::ALL {
            assert_eq!(serde_json::to_value(verdict).unwrap(), verdict.name());
        }
    }

    #[test]
    fn check_refuses_numbers_that_cannot_work() {
        assert!(order().check().is_ok());
        let flat = Order { slopes: [1.0, 0.0, 1.0], ..order() };
        assert!(matches!(flat.check(), Err(ModelError::Value { name: "order.slopes", actual: 0.0, .. })));
        let mixed = Order { speech_s: [1.0, 3.0, 2.0], ..order() };
        assert!(matches!(mixed.check(), Err(ModelError::Value { name: "order.speech_s", .. })));
    }
}
