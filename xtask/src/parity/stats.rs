//! How well two series of numbers agree.

/// Every feature of every set at every rate has to reach this concordance.
const LIMIT: f64 = 0.99999;
/// What is called constant: a spread this small against the values themselves is rounding, not information.
const CONSTANT: f64 = 1e-6;
/// Relative errors are relative to openSMILE's value, or against this share of the feature's usual size where
/// the value itself is smaller: a value that happens to lie at zero has no relative error.
const FLOOR: f64 = 1e-3;

/// The agreement of one feature over a set of sounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// Lin's concordance: 1 only if the pairs lie on the line of equality. A feature that is constant in
    /// openSMILE's output (no spread beyond rounding) has concordance 1 if ours is equal within 1e-6 of its size, else 0.
    pub concordance: f64,
    /// Pearson's correlation; the concordance's value where openSMILE's values are constant.
    pub correlation: f64,
    /// Median of the relative errors.
    pub median_error: f64,
    /// 99th percentile of the relative errors.
    pub p99_error: f64,
    /// Mean of ours less openSMILE's, in the feature's unit.
    pub bias: f64,
    /// Pairs that were compared.
    pub pairs: usize,
    /// Our values that are no numbers.
    pub ours_not_numbers: usize,
    /// openSMILE's values that are no numbers; their pairs are left out.
    pub opensmile_not_numbers: usize,
    /// The pair with the greatest error, as its index.
    pub worst: usize,
}

impl Agreement {
    /// Whether the concordance is high enough (a concordance that is no number is not).
    pub fn keeps_the_limit(&self) -> bool {
        self.concordance >= LIMIT
    }
}

/// Compares our values with openSMILE's, pair by pair.
pub fn agreement(ours: &[f64], opensmile: &[f64]) -> Agreement {
    let pairs: Vec<(usize, f64, f64)> = ours
        .iter()
        .zip(opensmile)
        .enumerate()
        .filter(|(_, (a, b))| a.is_finite() && b.is_finite())
        .map(|(index, (a, b))| (index, *a, *b))
        .collect();
    let count = pairs.len() as f64;
    let mean = |value: fn(&(usize, f64, f64)) -> f64| pairs.iter().map(value).sum::<f64>() / count.max(1.0);
    let (mean_a, mean_b) = (mean(|p| p.1), mean(|p| p.2));
    let (mut aa, mut bb, mut ab, mut size) = (0.0, 0.0, 0.0, 0.0);
    for (_, a, b) in &pairs {
        let (da, db) = (a - mean_a, b - mean_b);
        aa += da * da;
        bb += db * db;
        ab += da * db;
        size += b * b;
    }
    let size = (size / count.max(1.0)).sqrt();
    let constant = (bb / count.max(1.0)).sqrt() <= CONSTANT * size;
    let mut errors: Vec<(f64, usize)> =
        pairs.iter().map(|(index, a, b)| (relative(*a, *b, FLOOR * size), *index)).collect();
    errors.sort_by(|x, y| x.0.total_cmp(&y.0));
    let largest = errors.last().copied().unwrap_or((0.0, 0));
    let (concordance, correlation) = if pairs.is_empty() {
        (0.0, 0.0)
    } else if constant {
        let equal = pairs.iter().all(|(_, a, b)| (a - b).abs() <= CONSTANT * size);
        (f64::from(u8::from(equal)), f64::from(u8::from(equal)))
    } else {
        let shift = mean_a - mean_b;
        (2.0 * ab / (aa + bb + count * shift * shift), if aa > 0.0 { ab / (aa * bb).sqrt() } else { 0.0 })
    };
    Agreement {
        concordance,
        correlation,
        median_error: percentile(&errors, 0.5),
        p99_error: percentile(&errors, 0.99),
        bias: mean_a - mean_b,
        pairs: pairs.len(),
        ours_not_numbers: ours.iter().filter(|a| !a.is_finite()).count(),
        opensmile_not_numbers: opensmile.iter().filter(|b| !b.is_finite()).count(),
        worst: largest.1,
    }
}

/// |a − b| against |b|, or against the floor where b is smaller; 0 if both are equal.
fn relative(a: f64, b: f64, floor: f64) -> f64 {
    if a == b { 0.0 } else { (a - b).abs() / b.abs().max(floor).max(f64::MIN_POSITIVE) }
}

/// The smallest error that at least this share of all errors does not exceed (sorted input).
fn percentile(sorted: &[(f64, usize)], share: f64) -> f64 {
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).map_or(0.0, |(error, _)| *error)
}

/// The agreement of one contour, counted frame by frame.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Frames {
    /// Frames compared.
    pub total: u64,
    /// Frames within 1e-4 of openSMILE's value, relative (absolute values below 1e-3 count as 1e-3).
    pub close: u64,
    /// The same within 1e-2.
    pub near: u64,
    /// Our values that are no numbers.
    pub not_numbers: u64,
}

impl Frames {
    /// Takes in one frame.
    pub fn add(&mut self, ours: f64, opensmile: f64) {
        self.total += 1;
        if !ours.is_finite() {
            self.not_numbers += 1;
            return;
        }
        let error = relative(ours, opensmile, FLOOR);
        self.close += u64::from(error <= 1e-4);
        self.near += u64::from(error <= 1e-2);
    }

    /// Share of the frames within 1e-4.
    pub fn close_share(&self) -> f64 {
        self.close as f64 / self.total.max(1) as f64
    }

    /// Share of the frames within 1e-2.
    pub fn near_share(&self) -> f64 {
        self.near as f64 / self.total.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-12
    }

    #[test]
    fn equal_series_agree_fully() {
        let x = [1.0, 2.0, 4.0, -3.0];
        let a = agreement(&x, &x);
        assert!(near(a.concordance, 1.0) && near(a.correlation, 1.0));
        assert_eq!((a.median_error, a.p99_error, a.bias, a.pairs), (0.0, 0.0, 0.0, 4));
    }

    /// By hand: b = 1 2 3, a = b + 1: covariance 2/3, both variances 2/3, shift 1: 2·(2/3)/(2/3 + 2/3 + 1) = 4/7.
    #[test]
    fn a_shift_lowers_concordance_but_not_correlation() {
        let a = agreement(&[2.0, 3.0, 4.0], &[1.0, 2.0, 3.0]);
        assert!(near(a.concordance, 4.0 / 7.0), "{a:?}");
        assert!(near(a.correlation, 1.0) && near(a.bias, 1.0));
    }

    /// By hand: b = 1 2 3, a = 2b: covariance 4/3, variances 8/3 and 2/3, shift 2: (8/3)/(10/3 + 4) = 8/22.
    #[test]
    fn a_wrong_scale_lowers_concordance_but_not_correlation() {
        let a = agreement(&[2.0, 4.0, 6.0], &[1.0, 2.0, 3.0]);
        assert!(near(a.concordance, 8.0 / 22.0), "{a:?}");
        assert!(near(a.correlation, 1.0));
        assert_eq!(a.median_error, 1.0);
    }

    #[test]
    fn opposite_series_have_negative_concordance() {
        let a = agreement(&[-1.0, 0.0, 1.0], &[1.0, 0.0, -1.0]);
        assert!(near(a.concordance, -1.0) && near(a.correlation, -1.0));
    }

    #[test]
    fn a_constant_reference_asks_for_the_same_constant() {
        assert_eq!(agreement(&[5.0, 5.0], &[5.0, 5.0]).concordance, 1.0);
        assert_eq!(agreement(&[5.0, 5.000_001], &[5.0, 5.0]).concordance, 1.0);
        assert_eq!(agreement(&[5.0, 5.1], &[5.0, 5.0]).concordance, 0.0);
        assert_eq!(agreement(&[0.0, 0.0], &[0.0, 0.0]).concordance, 1.0);
        assert_eq!(agreement(&[0.0, 1e-9], &[0.0, 0.0]).concordance, 0.0);
    }

    #[test]
    fn our_constant_against_a_moving_reference_does_not_agree() {
        let a = agreement(&[2.0, 2.0, 2.0], &[1.0, 2.0, 3.0]);
        assert!(near(a.concordance, 0.0) && near(a.correlation, 0.0));
    }

    #[test]
    fn what_is_no_number_is_counted_and_left_out() {
        let a = agreement(&[1.0, f64::NAN, 3.0, 4.0], &[1.0, 2.0, f64::NAN, 4.0]);
        assert_eq!((a.ours_not_numbers, a.opensmile_not_numbers, a.pairs), (1, 1, 2));
        assert!(near(a.concordance, 1.0));
        assert_eq!(agreement(&[f64::NAN], &[1.0]).concordance, 0.0);
    }

    #[test]
    fn percentiles_are_ranks_and_the_worst_pair_is_named() {
        let opensmile: Vec<f64> = (1..=200).map(f64::from).collect();
        let mut ours = opensmile.clone();
        ours[0] = 1.5;
        ours[1] = 2.5;
        ours[7] = 8.08;
        let a = agreement(&ours, &opensmile);
        assert_eq!(a.median_error, 0.0);
        assert!(near(a.p99_error, 0.08 / 8.0), "{a:?}");
        assert_eq!(a.worst, 0);
    }

    #[test]
    fn a_value_at_zero_is_measured_against_the_features_size() {
        let a = agreement(&[1e-6, 100.0], &[0.0, 100.0]);
        assert!(a.p99_error < 2e-5, "{a:?}");
    }

    #[test]
    fn frames_are_counted_by_distance() {
        let mut frames = Frames::default();
        for (a, b) in
            [(1.0, 1.0), (1.000_05, 1.0), (1.005, 1.0), (1.5, 1.0), (f64::NAN, 1.0), (0.0, 0.0), (1e-4, 0.0)]
        {
            frames.add(a, b);
        }
        assert_eq!(frames, Frames { total: 7, close: 3, near: 4, not_numbers: 1 });
    }
}
