//! Numerical functions whose rounding or order of operations the specification fixes.
//!
//! `ln` and the power of the loudness are wanted for thousands of values of a frame. `libm`'s are replaced by vector ones that
//! give the same single-precision bits: they compute in double precision with a known error, and where that error leaves
//! open to which float the value rounds, `libm` decides (about one value in a million).

use core::f64::consts::{LN_2, LOG2_E};
use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x8, f64x8, i32x8};

use crate::lanes::{narrow, widen};

/// Relative error that the logarithm below stays under, with room (it is about 2⁻⁵⁰).
const LN_MARGIN: f64 = 1.0 / (1u64 << 46) as f64;
/// The same for the power: the exponent's error is multiplied by up to 29.
const POWER_MARGIN: f64 = 1.0 / (1u64 << 42) as f64;
/// ln 2 in two parts, the first with zeros at its end, so that small multiples of it are exact.
const LN_2_HIGH: f64 = f64::from_bits(LN_2.to_bits() & !0xFFFF_FFFF);
const LN_2_LOW: f64 = 4.749_325_039_031_672_6e-7;

/// Natural logarithms in double precision of positive normal values.
///
/// x = 2^e·m with m from √½ to √2; ln m = 2·artanh((m − 1)/(m + 1)) by its series.
#[inline(always)]
fn ln_wide<S: Simd>(simd: S, x: f32x8<S>) -> f64x8<S> {
    const SQRT_HALF: u32 = 0x3F35_04F3;
    let shifted = x.to_bits() + (0x3F80_0000 - SQRT_HALF);
    let exponent: i32x8<S> = (shifted >> 23).bitcast();
    let exponent: f32x8<S> = (exponent - 127).to_float();
    let m = widen(f32x8::from_bits((shifted & 0x007F_FFFF) + SQRT_HALF));
    let s = (m - 1.0) / (m + 1.0);
    let s2 = s * s;
    let mut series = f64x8::splat(simd, 1.0 / 19.0);
    for n in [17.0, 15.0, 13.0, 11.0, 9.0, 7.0, 5.0, 3.0] {
        series = series * s2 + 1.0 / n;
    }
    widen(exponent) * LN_2 + (s + s) * (series * s2 + 1.0)
}

/// `value` in single precision where an error of `margin` cannot change it; elsewhere, and where `x` is not positive and
/// normal, what `exactly` says.
#[inline(always)]
fn rounded<S: Simd>(
    simd: S,
    x: f32x8<S>,
    value: f64x8<S>,
    margin: f64,
    exactly: impl Fn(f32) -> f32,
) -> f32x8<S> {
    let error = value.abs() * margin;
    let (low, high) = (narrow(value - error), narrow(value + error));
    let certain = low.simd_eq(high)
        & x.simd_ge(f32x8::splat(simd, f32::MIN_POSITIVE))
        & x.simd_le(f32x8::splat(simd, f32::MAX));
    if certain.all_true() {
        return low;
    }
    let (mut result, x, certain) = (low.to_array(), x.to_array(), certain.to_bitmask());
    for (lane, (result, x)) in result.iter_mut().zip(x).enumerate() {
        if certain >> lane & 1 == 0 {
            *result = exactly(x);
        }
    }
    f32x8::load_array(simd, result)
}

/// [`ln_f32`] of eight values, the same bits.
#[inline(always)]
pub(super) fn ln_lanes<S: Simd>(simd: S, x: f32x8<S>) -> f32x8<S> {
    rounded(simd, x, ln_wide(simd, x), LN_MARGIN, ln_f32)
}

/// `libm::pow(x, exponent)` of eight values in single precision, the same bits; |exponent| ≤ ⅓.
#[inline(always)]
pub(super) fn power_lanes<S: Simd>(simd: S, x: f32x8<S>, exponent: f64) -> f32x8<S> {
    let y = ln_wide(simd, x) * exponent;
    let n = (y * LOG2_E).round_ties_even();
    let r = y - n * LN_2_HIGH - n * LN_2_LOW;
    // e^r by its series, |r| ≤ ½·ln 2.
    let mut series = f64x8::splat(simd, 1.0);
    for k in (1..=14).rev() {
        series = series * r * (1.0 / f64::from(k)) + 1.0;
    }
    let n: i32x8<S> = narrow(n).to_int();
    let scale: f32x8<S> = ((n + 127) << 23).bitcast();
    rounded(simd, x, series * widen(scale), POWER_MARGIN, |x| libm::pow(f64::from(x), exponent) as f32)
}

/// Natural logarithm in single precision, correctly rounded but for the rarest cases.
pub(super) fn ln_f32(x: f32) -> f32 {
    libm::log(f64::from(x)) as f32
}

/// Common logarithm in single precision.
pub(super) fn log10_f32(x: f32) -> f32 {
    libm::log10(f64::from(x)) as f32
}

/// Vertex (abscissa, ordinate) of the parabola through three points, in the operation order of part 2, section 4:
/// the problem is ill-conditioned, so the order matters.
///
/// Collinear or coincident points: the strictly largest of the three; if there is none, the first.
pub(super) fn parabola_vertex(x: [f64; 3], y: [f64; 3]) -> (f64, f64) {
    let ([x1, x2, x3], [y1, y2, y3]) = (x, y);
    let den = x1 * x1 * x2 + x2 * x2 * x3 + x3 * x3 * x1 - x3 * x3 * x2 - x2 * x2 * x1 - x1 * x1 * x3;
    let a = (y1 * x2 + y2 * x3 + y3 * x1 - y3 * x2 - y2 * x1 - y1 * x3) / den;
    if den == 0.0 || a == 0.0 {
        return if y1 > y2 && y1 > y3 {
            (x1, y1)
        } else if y2 > y1 && y2 > y3 {
            (x2, y2)
        } else if y3 > y1 && y3 > y2 {
            (x3, y3)
        } else {
            (x1, y1)
        };
    }
    let b = (x1 * x1 * y2 + x2 * x2 * y3 + x3 * x3 * y1 - x3 * x3 * y2 - x2 * x2 * y1 - x1 * x1 * y3) / den;
    let c = (x1 * x1 * x2 * y3 + x2 * x2 * x3 * y1 + x3 * x3 * x1 * y2
        - x3 * x3 * x2 * y1
        - x2 * x2 * x1 * y3
        - x1 * x1 * x3 * y2)
        / den;
    let vertex = -b / (2.0 * a);
    (vertex, c - a * vertex * vertex)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::{InstructionSet, LANES, Lanes};
    use fearless_simd::dispatch;

    const EXPONENT: f64 = 0.33f32 as f64;

    /// Compares both vector functions with `libm` on the floats whose bits are `bits`; returns the first that differs.
    fn first_difference(set: InstructionSet, bits: impl Iterator<Item = u32>) -> Option<f32> {
        let mut bits = bits.peekable();
        while bits.peek().is_some() {
            let x: [f32; LANES] =
                core::array::from_fn(|_| f32::from_bits(bits.next().unwrap_or(0x3F80_0000)));
            let (ln, power) = dispatch!(set.0, simd => {
                let x = Lanes(x).load(simd);
                (ln_lanes(simd, x).to_array(), power_lanes(simd, x, EXPONENT).to_array())
            });
            for ((x, ln), power) in x.into_iter().zip(ln).zip(power) {
                let wanted = (ln_f32(x), libm::pow(f64::from(x), EXPONENT) as f32);
                if (ln.to_bits(), power.to_bits()) != (wanted.0.to_bits(), wanted.1.to_bits()) {
                    return Some(x);
                }
            }
        }
        None
    }

    #[test]
    fn ln_and_power_lanes_have_the_bits_of_libm() {
        for set in InstructionSet::available() {
            // Every 2,003rd positive float, and what is special.
            let special =
                [0, 1, 0x007F_FFFF, 0x0080_0000, 0x3F7F_FFFF, 0x3F80_0000, 0x3F80_0001, 0x7F7F_FFFF];
            let bits = (0..0x7F80_0000).step_by(2_003).chain(special).chain([0x7F80_0000]);
            assert_eq!(first_difference(set, bits), None, "{}", set.name());
        }
    }

    /// Two thousand million values: minutes. `cargo xtask floats` runs it.
    #[test]
    #[ignore = "takes minutes; run by cargo xtask floats"]
    fn ln_and_power_lanes_have_the_bits_of_libm_for_every_positive_float() {
        assert_eq!(first_difference(InstructionSet::best(), 0..=0x7F80_0000), None);
    }

    #[test]
    fn parabola_vertex_finds_a_known_vertex() {
        // y = 3 − 2·(x − 1.25)²
        let f = |x: f64| 3.0 - 2.0 * (x - 1.25) * (x - 1.25);
        let (x, y) = parabola_vertex([0.0, 1.0, 2.0], [f(0.0), f(1.0), f(2.0)]);
        assert!((x - 1.25).abs() < 1e-12 && (y - 3.0).abs() < 1e-12);
    }

    #[test]
    fn parabola_vertex_of_a_line_is_its_largest_point() {
        assert_eq!(parabola_vertex([0.0, 1.0, 2.0], [1.0, 2.0, 3.0]), (2.0, 3.0));
        assert_eq!(parabola_vertex([0.0, 1.0, 2.0], [5.0, 5.0, 5.0]), (0.0, 5.0));
    }
}
