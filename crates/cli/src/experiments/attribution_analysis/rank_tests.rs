//! Rank tests: Kruskal–Wallis, Holm, Cliff's δ, the sign test.

use statrs::distribution::{Binomial, ChiSquared, ContinuousCDF, DiscreteCDF};

/// Fewest utterances of a class that the test's approximation stands for; smaller classes are left out.
pub const SMALLEST_CLASS: usize = 5;

/// Outcome of a test of Kruskal and Wallis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KruskalWallis {
    /// The statistic H, corrected for ties.
    pub h: f64,
    /// Number of classes − 1.
    pub degrees: usize,
    /// Probability of an H at least as large among classes that do not differ (χ² approximation).
    pub p: f64,
}

/// The test of Kruskal and Wallis (1952) with their correction for ties; for two classes that of Mann and Whitney in its
/// normal approximation, two-sided.
///
/// `None` if fewer than two classes have a value, if a value is not a number, or if all values are equal.
pub fn kruskal_wallis(classes: &[&[f64]]) -> Option<KruskalWallis> {
    let filled: Vec<&[f64]> = classes.iter().copied().filter(|class| !class.is_empty()).collect();
    let mut values: Vec<(f64, usize)> = Vec::new();
    for (class, list) in filled.iter().enumerate() {
        values.extend(list.iter().map(|&value| (value, class)));
    }
    if filled.len() < 2 || values.iter().any(|(value, _)| value.is_nan()) {
        return None;
    }
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let n = values.len() as f64;
    let mut rank_sums = vec![0.0; filled.len()];
    let mut tied = 0.0;
    let mut start = 0;
    while start < values.len() {
        let end = start + values[start..].iter().take_while(|v| v.0 == values[start].0).count();
        let count = (end - start) as f64;
        tied += count * count * count - count;
        for &(_, class) in &values[start..end] {
            rank_sums[class] += (start + 1 + end) as f64 / 2.0;
        }
        start = end;
    }
    let untied = 1.0 - tied / (n * n * n - n);
    if untied <= 0.0 {
        return None;
    }
    let mut sum = 0.0;
    for (class, rank_sum) in filled.iter().zip(&rank_sums) {
        sum += rank_sum * rank_sum / class.len() as f64;
    }
    let h = (12.0 / (n * (n + 1.0)) * sum - 3.0 * (n + 1.0)) / untied;
    let degrees = filled.len() - 1;
    let p = ChiSquared::new(degrees as f64).ok()?.sf(h.max(0.0));
    Some(KruskalWallis { h, degrees, p })
}

/// Probabilities corrected for their number by Holm's step-down procedure (1979), in the order given. What was not
/// tested (`None`) stays so and does not count.
pub fn holm(p: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut order: Vec<(usize, f64)> = p.iter().enumerate().filter_map(|(i, p)| Some((i, (*p)?))).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let mut corrected = vec![None; p.len()];
    let mut largest: f64 = 0.0;
    for (place, &(i, value)) in order.iter().enumerate() {
        largest = largest.max(value * (order.len() - place) as f64).min(1.0);
        corrected[i] = Some(largest);
    }
    corrected
}

/// Cliff's δ: P(a > b) − P(a < b) for values of `a` and `b`, from −1 to 1. `None` if one is empty.
pub fn cliffs_delta(a: &[f64], b: &[f64]) -> Option<f64> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let mut sorted = b.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut sum = 0.0;
    for value in a {
        let below = sorted.partition_point(|other| other < value);
        let above = sorted.len() - sorted.partition_point(|other| other <= value);
        sum += below as f64 - above as f64;
    }
    Some(sum / (a.len() * b.len()) as f64)
}

/// Probability that `wins` or more of `trials` fair coins show heads: the one-sided sign test.
pub fn sign_test(wins: usize, trials: usize) -> f64 {
    match (wins, Binomial::new(0.5, trials as u64)) {
        (1.., Ok(coins)) => coins.sf(wins as u64 - 1),
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kruskal_wallis_of_three_small_classes_is_that_worked_by_hand() {
        // Ranks: 1 2 4 | 3 5 7 | 6 8 9; sums 7, 15, 23; H = 12/90 · (49 + 225 + 529)/3 − 30 = 5.6889.
        let test = kruskal_wallis(&[&[1.1, 2.0, 3.3], &[2.5, 4.0, 6.0], &[5.0, 7.0, 9.0]]).unwrap();
        assert!((test.h - (12.0 / 90.0 * 803.0 / 3.0 - 30.0)).abs() < 1e-12);
        assert_eq!(test.degrees, 2);
        // χ² with two degrees: exp(−H/2).
        assert!((test.p - libm::exp(-test.h / 2.0)).abs() < 1e-12);
    }

    #[test]
    fn kruskal_wallis_corrects_for_ties() {
        // Ranks 1.5 1.5 3.5 | 3.5 5 6: sums 6.5 and 14.5; H = 12/42 · 252.5/3 − 21 = 3.0476, ties 1 − 12/210.
        let test = kruskal_wallis(&[&[1.0, 1.0, 2.0], &[2.0, 3.0, 4.0]]).unwrap();
        let by_hand = (12.0 / 42.0 * (6.5 * 6.5 + 14.5 * 14.5) / 3.0 - 21.0) / (1.0 - 12.0 / 210.0);
        assert!((test.h - by_hand).abs() < 1e-12, "{} {by_hand}", test.h);
    }

    #[test]
    fn kruskal_wallis_of_two_classes_is_the_square_of_mann_and_whitney_s_z() {
        let (a, b) = ([0.3, 1.8, 2.2, 4.1], [1.0, 3.0, 5.0, 6.0, 7.0]);
        // U of a: pairs in which a is larger: 0 + 1 + 1 + 2 = 4; mean 10, variance 4·5·10/12.
        let z = (4.0 - 10.0) / libm::sqrt(4.0 * 5.0 * 10.0 / 12.0);
        let test = kruskal_wallis(&[&a, &b]).unwrap();
        assert!((test.h - z * z).abs() < 1e-12);
        assert_eq!(cliffs_delta(&a, &b), Some((4.0 - 16.0) / 20.0));
        assert_eq!(cliffs_delta(&[1.0], &[1.0]), Some(0.0));
        assert_eq!(cliffs_delta(&[], &[1.0]), None);
    }

    #[test]
    fn kruskal_wallis_is_none_where_it_is_not_defined() {
        assert_eq!(kruskal_wallis(&[&[1.0, 2.0]]), None);
        assert_eq!(kruskal_wallis(&[&[1.0, 2.0], &[]]), None);
        assert_eq!(kruskal_wallis(&[&[0.0, 0.0], &[0.0]]), None);
        assert_eq!(kruskal_wallis(&[&[0.0, f64::NAN], &[1.0]]), None);
    }

    #[test]
    fn holm_multiplies_by_the_number_left_and_never_decreases() {
        // Sorted .005 .01 .03 .04: times 4, 3, 2, 1 = .02 .03 .06 .04, and the last may not fall below .06.
        let corrected = holm(&[Some(0.01), None, Some(0.04), Some(0.03), Some(0.005)]);
        let expected = [Some(0.03), None, Some(0.06), Some(0.06), Some(0.02)];
        for (a, b) in corrected.iter().zip(expected) {
            assert_eq!(a.is_some(), b.is_some());
            assert!((a.unwrap_or(0.0) - b.unwrap_or(0.0)).abs() < 1e-15);
        }
        assert_eq!(holm(&[Some(0.9), Some(0.8)]), [Some(1.0), Some(1.0)]);
        assert!(holm(&[]).is_empty());
    }

    #[test]
    fn sign_test_is_that_of_fair_coins() {
        assert!((sign_test(5, 5) - 1.0 / 32.0).abs() < 1e-12);
        assert!((sign_test(4, 5) - 6.0 / 32.0).abs() < 1e-12);
        assert_eq!(sign_test(0, 5), 1.0);
        assert_eq!(sign_test(0, 0), 1.0);
    }
}
