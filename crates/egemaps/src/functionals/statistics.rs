//! Mean, signed variation, percentiles (specification part 1, 10.1 and 10.2).

/// Mean and population variance.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Moments {
    /// Arithmetic mean, rounded to single precision.
    pub(super) mean: f32,
    /// Σ(v − mean)²/n with the rounded mean.
    variance: f64,
}

impl Moments {
    /// Moments of `v`; all 0 if it is empty.
    pub(super) fn of(v: &[f32]) -> Moments {
        if v.is_empty() {
            return Moments::default();
        }
        let n = v.len() as f64;
        let mean = (v.iter().fold(0.0f64, |s, v| s + f64::from(*v)) / n) as f32;
        let variance = v.iter().fold(0.0f64, |s, v| {
            let d = f64::from(*v) - f64::from(mean);
            s + d * d
        }) / n;
        Moments { mean, variance }
    }

    /// Mean, and standard deviation over mean: signed, without a limit near a mean of zero (quirk 17).
    pub(super) fn mean_and_variation(self) -> [f32; 2] {
        let divisor = if self.mean == 0.0 { 1.0 } else { f64::from(self.mean) };
        let variation = if self.variance == 0.0 { 0.0 } else { (libm::sqrt(self.variance) / divisor) as f32 };
        [self.mean, variation]
    }
}

/// The values in the order of [`f32::total_cmp`].
///
/// By one byte of the number after another, the lowest first: no slower than `sort_by`, and a tenth of its bytes in a page's
/// module.
fn ascending(v: &[f32]) -> Vec<f32> {
    // Ordered as the values are: of negative ones all bits are turned round, of the others the sign.
    let key = |value: &f32| value.to_bits() ^ (((value.to_bits() as i32 >> 31) as u32) | 0x8000_0000);
    let value = |key: &u32| f32::from_bits(key ^ (((!key as i32 >> 31) as u32) | 0x8000_0000));
    let mut keys: Vec<u32> = v.iter().map(key).collect();
    let mut sorted = keys.clone();
    for place in 0..4 {
        let byte = |key: u32| (key >> (8 * place) & 0xFF) as usize;
        let mut ends = [0; 256];
        keys.iter().for_each(|key| ends[byte(*key)] += 1);
        for at in 1..ends.len() {
            ends[at] += ends[at - 1];
        }
        for key in keys.iter().rev() {
            let end = &mut ends[byte(*key)];
            *end -= 1;
            sorted[*end] = *key;
        }
        core::mem::swap(&mut keys, &mut sorted);
    }
    keys.iter().map(value).collect()
}

/// Percentiles with linear interpolation between the sorted values; 0 if there are none.
pub(super) fn percentiles<const N: usize>(v: &[f32], shares: [f64; N]) -> [f32; N] {
    let sorted = ascending(v);
    shares.map(|share| {
        let place = share * v.len().saturating_sub(1) as f64;
        let (below, above) = (libm::floor(place), libm::ceil(place));
        let at = |i: f64| sorted.get(i as usize).copied().unwrap_or(0.0);
        if below == above {
            at(below)
        } else {
            at(below) * (above - place) as f32 + at(above) * (place - below) as f32
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_sorted_as_by_total_order() {
        let special =
            [0.0, -0.0, 1.0, -1.0, f32::INFINITY, f32::NEG_INFINITY, f32::NAN, -f32::NAN, f32::MIN_POSITIVE];
        // All bits of the others come from a sequence of the full period 2³².
        let mixed = std::iter::successors(Some(1_u32), |x| {
            Some(x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223))
        });
        let values: Vec<f32> = mixed.take(3000).map(f32::from_bits).chain(special).collect();
        for values in [&values[..], &values[..2], &values[..1], &[]] {
            let mut by_comparison = values.to_vec();
            by_comparison.sort_by(f32::total_cmp);
            let bits = |list: &[f32]| list.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&ascending(values)), bits(&by_comparison));
        }
    }

    #[test]
    fn moments_variation_has_the_sign_of_the_mean() {
        assert_eq!(Moments::of(&[1.0, 3.0]).mean_and_variation(), [2.0, 0.5]);
        assert_eq!(Moments::of(&[-1.0, -3.0]).mean_and_variation(), [-2.0, -0.5]);
        assert_eq!(Moments::of(&[-1.0, 1.0]).mean_and_variation(), [0.0, 1.0]);
        assert_eq!(Moments::of(&[7.0; 5]).mean_and_variation(), [7.0, 0.0]);
        assert_eq!(Moments::of(&[]).mean_and_variation(), [0.0, 0.0]);
    }

    #[test]
    fn percentiles_interpolate() {
        assert_eq!(percentiles(&[3.0, 1.0, 2.0], [0.0, 0.5, 1.0]), [1.0, 2.0, 3.0]);
        assert_eq!(percentiles(&[0.0, 10.0], [0.25]), [2.5]);
        assert_eq!(percentiles(&[4.0], [0.2, 0.8]), [4.0, 4.0]);
    }
}
