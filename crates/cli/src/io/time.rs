//! Points in a sound, as openSMILE's Python package writes them: pandas' `Timedelta`, whole nanoseconds.

use std::fmt;
use std::str::FromStr;

const NS_PER_S: u64 = 1_000_000_000;
const S_PER_DAY: u64 = 86_400;

/// A point in a sound, or a length, in nanoseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(u64);

/// A text that says no time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no time: give seconds, such as 1.25, or 0 days 00:00:01.250000")]
pub struct TimeError(String);

impl Time {
    /// The beginning.
    pub const ZERO: Time = Time(0);

    /// Whole samples at a rate.
    #[must_use]
    pub fn of_samples(samples: u64, rate_hz: u32) -> Time {
        let rate = u128::from(rate_hz.max(1));
        let ns = (u128::from(samples) * u128::from(NS_PER_S) + rate / 2) / rate;
        Time(u64::try_from(ns).unwrap_or(u64::MAX))
    }

    /// The nearest sample: round(seconds × rate).
    #[must_use]
    pub fn sample(self, rate_hz: u32) -> u64 {
        let ns = u128::from(NS_PER_S);
        let sample = (u128::from(self.0) * u128::from(rate_hz) + ns / 2) / ns;
        u64::try_from(sample).unwrap_or(u64::MAX)
    }

    /// In seconds.
    #[must_use]
    pub fn seconds(self) -> f64 {
        self.0 as f64 / NS_PER_S as f64
    }

    /// To the nearest microsecond, as far as tables of different programs agree.
    #[must_use]
    pub fn microseconds(self) -> u64 {
        self.0.saturating_add(500) / 1_000
    }

    /// So many times this, later.
    #[must_use]
    pub fn after(self, times: u64, step: Time) -> Time {
        Time(self.0.saturating_add(step.0.saturating_mul(times)))
    }

    /// Whole seconds and a fraction, if it fits.
    fn of_seconds(seconds: f64) -> Option<Time> {
        let ns = (seconds * NS_PER_S as f64).round();
        (ns >= 0.0 && ns < i64::MAX as f64).then_some(Time(ns as u64))
    }
}

/// As pandas writes it: `0 days 00:00:01`, with six digits of the second's fraction, or nine, where there is one.
impl fmt::Display for Time {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, ns) = (self.0 / NS_PER_S, self.0 % NS_PER_S);
        let (days, of_day) = (seconds / S_PER_DAY, seconds % S_PER_DAY);
        write!(out, "{days} days {:02}:{:02}:{:02}", of_day / 3_600, of_day / 60 % 60, of_day % 60)?;
        match (ns, ns % 1_000) {
            (0, _) => Ok(()),
            (_, 0) => write!(out, ".{:06}", ns / 1_000),
            _ => write!(out, ".{ns:09}"),
        }
    }
}

/// Seconds, `[H:]M:S`, or either behind `N days`.
impl FromStr for Time {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Time, TimeError> {
        let refused = || TimeError(text.to_owned());
        let trimmed = text.trim();
        let (days, clock) = match trimmed.split_once(" day") {
            Some((days, rest)) => {
                let days: u32 = days.trim().parse().map_err(|_| refused())?;
                (days, rest.trim_start_matches('s').trim())
            }
            None => (0, trimmed),
        };
        let parts: Vec<&str> =
            if clock.is_empty() && trimmed != clock { vec!["0"] } else { clock.split(':').collect() };
        let Some((seconds, larger)) = parts.split_last() else { return Err(refused()) };
        let number = |part: &str| -> Option<f64> {
            let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '-' | '+');
            part.chars().all(digits).then(|| part.parse().ok()).flatten()
        };
        let seconds = number(seconds).filter(|s| *s >= 0.0).ok_or_else(refused)?;
        if larger.len() > 2 {
            return Err(refused());
        }
        let mut whole = 0;
        for part in larger {
            whole = whole * 60 + part.parse::<u32>().map(u64::from).map_err(|_| refused())?;
        }
        let whole = u64::from(days) * S_PER_DAY + whole * 60;
        let whole = whole.checked_mul(NS_PER_S).ok_or_else(refused)?;
        let time = Time::of_seconds(seconds).and_then(|time| whole.checked_add(time.0));
        time.map(Time).ok_or_else(refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Time {
        text.parse().unwrap()
    }

    #[test]
    fn times_are_written_as_pandas_writes_them() {
        for text in [
            "0 days 00:00:00",
            "0 days 00:00:01",
            "0 days 00:00:00.100000",
            "0 days 00:00:00.279931973",
            "0 days 01:02:03.000004",
            "1 days 02:00:00",
        ] {
            assert_eq!(time(text).to_string(), text);
        }
        // 12,345 samples at 44.1 kHz, as opensmile 2.6.0 gives them.
        assert_eq!(Time::of_samples(12_345, 44_100).to_string(), "0 days 00:00:00.279931973");
    }

    #[test]
    fn times_are_read_in_seconds_and_as_a_clock() {
        for (text, ns) in [
            ("0", 0),
            ("1.5", 1_500_000_000),
            ("1.1234567", 1_123_456_700),
            (" 2e-1 ", 200_000_000),
            ("0 days", 0),
            ("0 days 00:00:01.5", 1_500_000_000),
            ("1 day 00:00:01", 86_401_000_000_000),
            ("01:02.25", 62_250_000_000),
            ("1:00:00", 3_600_000_000_000),
        ] {
            assert_eq!(time(text), Time(ns), "{text}");
        }
        for text in ["", "-1", "NaN", "inf", "a", "1:2:3:4", "0 days 1:-1", "1,5", "1e300", "x days 1"] {
            assert!(text.parse::<Time>().is_err(), "{text}");
        }
    }

    #[test]
    fn times_become_the_nearest_sample() {
        assert_eq!(time("0.1").sample(16_000), 1_600);
        assert_eq!(time("0.00003125").sample(16_000), 1, "half a sample is rounded up");
        assert_eq!(time("0.000031249").sample(16_000), 0);
        for samples in [0, 1, 12_345, 1_000_000_007] {
            assert_eq!(Time::of_samples(samples, 44_100).sample(44_100), samples);
        }
    }
}
