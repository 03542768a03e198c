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

/// Percentiles with linear interpolation between the sorted values; 0 if there are none.
pub(super) fn percentiles<const N: usize>(v: &[f32], shares: [f64; N]) -> [f32; N] {
    let mut sorted = v.to_vec();
    sorted.sort_by(f32::total_cmp);
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
