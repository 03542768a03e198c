//! IEEE 754 half precision (binary16): 1 bit of sign, 5 of exponent, 10 of fraction.
//!
//! Weights that were rounded to it take half the bytes, in weights files and on the page, and are the same `f32` when they are
//! read. Whoever trains rounds them; nothing here changes a weight.
//!
//! ```
//! use undertone::model::half;
//!
//! let rounded = half::to_f32(half::from_f32(0.1));
//! assert_eq!(rounded, 0.099_975_586);
//! assert_eq!(half::exactly(rounded), Some(0x2E66));
//! assert_eq!(half::exactly(0.1), None);
//! ```

/// What the exponent's bits of a single are above those of a half of the same value.
const REBIAS: u32 = 127 - 15;
/// Bits of fraction that a single has and a half has not.
const SHIFT: u32 = 23 - 10;
/// Fractions without an exponent count in steps of 2⁻²⁴.
const STEPS_PER_UNIT: f32 = 16_777_216.0;

/// The value of a half: every one is also a single.
pub fn to_f32(half: u16) -> f32 {
    let sign = u32::from(half & 0x8000) << 16;
    let magnitude = u32::from(half & 0x7FFF);
    let bits = match magnitude >> 10 {
        0 => (magnitude as f32 / STEPS_PER_UNIT).to_bits(),
        31 => 0x7F80_0000 | magnitude << SHIFT,
        _ => (magnitude << SHIFT) + (REBIAS << 23),
    };
    f32::from_bits(sign | bits)
}

/// The half nearest to a value; of two that are equally near, the one whose last bit is 0. Values from 65,520 on become infinite;
/// of what is not a number only the sign is kept.
pub fn from_f32(value: f32) -> u16 {
    let sign = (value.to_bits() >> 16) as u16 & 0x8000;
    let magnitude = value.to_bits() & 0x7FFF_FFFF;
    let bits = if value.is_nan() {
        0x7E00
    } else if magnitude >= 65_520_f32.to_bits() {
        0x7C00
    } else if magnitude < (REBIAS + 1) << 23 {
        (f32::from_bits(magnitude) * STEPS_PER_UNIT).round_ties_even() as u16
    } else {
        let rebiased = magnitude - (REBIAS << 23);
        // Half of the last place, less one where the last bit is 0; a carry goes into the exponent, as it should.
        let last_bit = rebiased >> SHIFT & 1;
        ((rebiased + (1 << (SHIFT - 1)) - 1 + last_bit) >> SHIFT) as u16
    };
    sign | bits
}

/// The half of exactly this value, if there is one.
pub fn exactly(value: f32) -> Option<u16> {
    let half = from_f32(value);
    (to_f32(half).to_bits() == value.to_bits()).then_some(half)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the definition, in double precision.
    fn defined(half: u16) -> f64 {
        let (exponent, fraction) = (i32::from(half >> 10 & 31), f64::from(half & 0x3FF));
        let magnitude = match exponent {
            0 => fraction / 1024.0 * libm::ldexp(1.0, -14),
            31 if fraction == 0.0 => f64::INFINITY,
            31 => f64::NAN,
            _ => (1.0 + fraction / 1024.0) * libm::ldexp(1.0, exponent - 15),
        };
        if half >> 15 == 1 { -magnitude } else { magnitude }
    }

    #[test]
    fn every_half_has_its_value_and_comes_back() {
        for half in 0..=u16::MAX {
            let value = to_f32(half);
            assert_eq!(value.is_sign_negative(), half >> 15 == 1, "{half:#06x}");
            if defined(half).is_nan() {
                assert!(value.is_nan(), "{half:#06x}");
                assert_eq!(from_f32(value), half & 0x8000 | 0x7E00);
                continue;
            }
            assert_eq!(f64::from(value).to_bits(), defined(half).to_bits(), "{half:#06x}");
            assert_eq!((from_f32(value), exactly(value)), (half, Some(half)), "{half:#06x}");
        }
    }

    #[test]
    fn between_two_halves_the_nearer_one_is_taken_and_in_the_middle_the_even_one() {
        for sign in [0, 0x8000] {
            for low in 0..0x7C00_u16 {
                // Beyond the greatest finite half, the next one would be 65,536.
                let high = if low == 0x7BFF { 65_536.0 } else { defined(low + 1) };
                // Exact: twelve bits of fraction are enough, and a single has 23.
                let middle = ((defined(low) + high) / 2.0) as f32;
                let even = low + (low & 1);
                for (value, nearest) in
                    [(middle.next_down(), low), (middle, even), (middle.next_up(), low + 1)]
                {
                    let value = if sign == 0 { value } else { -value };
                    assert_eq!(from_f32(value), sign | nearest, "{low:#06x} {value:e}");
                    assert_eq!(exactly(value), None, "{low:#06x} {value:e}");
                }
            }
        }
        for (value, half) in
            [(f32::MAX, 0x7C00), (65_519.996, 0x7BFF), (f32::MIN_POSITIVE, 0), (-f32::from_bits(1), 0x8000)]
        {
            assert_eq!(from_f32(value), half, "{value:e}");
        }
    }
}
