//! What the standard library can do with floating-point numbers, in less of the page's module: digits, and limits.
//!
//! Its own digits are the shortest that give a number back, or any count of them, which needs long arithmetic; `clamp` has it, too,
//! for the message of its panic. Together they are 8 kB of the compressed module.

use std::fmt;

/// A number that is written with up to six significant digits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decimal(pub f64);

/// A number, or the limit beyond which it lies. Not `clamp`, which panics where the limits are not in order.
pub(crate) fn within(value: f64, low: f64, high: f64) -> f64 {
    let value = if value < low { low } else { value };
    if value > high { high } else { value }
}

/// Digits that count.
const DIGITS: i32 = 6;
/// Powers of ten of numbers that are written without one.
const PLAIN: std::ops::Range<i32> = -6..15;

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.abs();
        if self.0.is_nan() {
            return f.write_str("NaN");
        }
        if self.0.is_sign_negative() {
            f.write_str("-")?;
        }
        if size.is_infinite() {
            return f.write_str("inf");
        }
        // Numbers below lie near the end of what a double can hold.
        if size < 1e-300 {
            return f.write_str("0");
        }
        let mut power = libm::floor(libm::log10(size)) as i32;
        let scaled = libm::round(size * libm::pow(10.0, f64::from(DIGITS - 1 - power)));
        // The logarithm may have been a little off, or the digits rounded up to the next power.
        let mut number = scaled as u64;
        if number >= 10_u64.pow(DIGITS as u32) {
            number = (number + 5) / 10;
            power += 1;
        }
        let mut digits = number.to_string();
        digits.truncate(digits.trim_end_matches('0').len().max(1));
        if PLAIN.contains(&power) {
            return plain(f, &digits, power);
        }
        plain(f, &digits, 0)?;
        write!(f, "e{power}")
    }
}

/// Digits of which the first counts as ones times this power of ten.
fn plain(f: &mut fmt::Formatter<'_>, digits: &str, power: i32) -> fmt::Result {
    if power < 0 {
        f.write_str("0.")?;
        (1..-power).try_for_each(|_| f.write_str("0"))?;
        return f.write_str(digits);
    }
    for place in 0..=(power as usize).max(digits.len() - 1) {
        if place == power as usize + 1 {
            f.write_str(".")?;
        }
        f.write_str(digits.get(place..=place).unwrap_or("0"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_limited_as_by_clamp() {
        let values = [-2.0, -1.0, -0.5, -0.0, 0.0, 0.5, 1.0, 2.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
        for value in values {
            for [low, high] in [[-1.0, 1.0], [0.0, 1.0], [-0.0, 0.0], [-1.0, -0.0], [1.0, 1.0]] {
                assert_eq!(within(value, low, high).to_bits(), f64::clamp(value, low, high).to_bits());
            }
        }
    }

    #[test]
    fn up_to_six_digits_are_those_of_the_standard_library() {
        // All numbers of up to four digits, with the point at every place, and six digits in large steps.
        let whole = (1..10_000_u32).chain((10_000..1_000_000).step_by(997)).chain([999_999, 100_001]);
        for number in whole {
            for places in 0..6 {
                let value = f64::from(number) / f64::from(10_u32.pow(places));
                assert_eq!(Decimal(value).to_string(), value.to_string());
                assert_eq!(Decimal(-value).to_string(), (-value).to_string());
            }
        }
    }

    #[test]
    fn more_digits_are_rounded_and_extremes_are_written() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "-0"),
            (180.645_161_290, "180.645"),
            (2.0 / 3.0, "0.666667"),
            (999_999.7, "1000000"),
            (0.999_999_96, "1"),
            (123_456_789.0, "123457000"),
            (1e14, "100000000000000"),
            (1e15, "1e15"),
            (-1.5e300, "-1.5e300"),
            (0.000_001_5, "0.0000015"),
            (1.5e-7, "1.5e-7"),
            (f64::MIN_POSITIVE, "0"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(Decimal(value).to_string(), text);
        }
        assert_eq!(Decimal(f64::MAX).to_string(), "1.79769e308");
    }
}
