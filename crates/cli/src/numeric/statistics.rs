//! Rank correlation, quantiles, mean and deviation.

/// Spearman's rank correlation: Pearson's of the ranks, equal values sharing their mean rank.
///
/// `None` for fewer than two values, lists of different length, values that are not numbers, or a constant list.
pub fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    if a.len() != b.len() || a.iter().chain(b).any(|v| v.is_nan()) {
        return None;
    }
    pearson(&ranks(a), &ranks(b))
}

/// Pearson's correlation; `None` as for [`spearman`].
fn pearson(a: &[f64], b: &[f64]) -> Option<f64> {
    if a.len() != b.len() || a.len() < 2 {
        return None;
    }
    let (mean_a, _) = mean_and_deviation(a);
    let (mean_b, _) = mean_and_deviation(b);
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        ab += (x - mean_a) * (y - mean_b);
        aa += (x - mean_a) * (x - mean_a);
        bb += (y - mean_b) * (y - mean_b);
    }
    let scale = libm::sqrt(aa * bb);
    (scale > 0.0).then(|| ab / scale)
}

/// Ranks from 1; equal values share the mean of their ranks.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&i, &j| values[i].total_cmp(&values[j]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let value = values[order[start]];
        let end = start + order[start..].iter().take_while(|&&i| values[i] == value).count();
        for &i in &order[start..end] {
            ranks[i] = (start + 1 + end) as f64 / 2.0;
        }
        start = end;
    }
    ranks
}

/// Mean and sample standard deviation (n − 1; 0 for fewer than two values). The mean of nothing is 0.
pub fn mean_and_deviation(values: &[f64]) -> (f64, f64) {
    let mut sum = 0.0;
    for value in values {
        sum += value;
    }
    let mean = sum / values.len().max(1) as f64;
    let mut squares = 0.0;
    for value in values {
        squares += (value - mean) * (value - mean);
    }
    (mean, libm::sqrt(squares / values.len().saturating_sub(1).max(1) as f64))
}

/// The smallest value that at least `share` of (n + 1) values stay at or below: the quantile of split-conformal
/// prediction (Vovk et al. 2005). The extremes where n is too small for the share; 0 for no values.
pub fn conformal_quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = libm::ceil(share * (sorted.len() + 1) as f64) as usize;
    sorted.get(rank.saturating_sub(1)).or(sorted.last()).copied().unwrap_or(0.0)
}

/// [`conformal_quantile`] of several groups that weigh the same, however large each is: every value of a group of n has
/// the weight 1/(n + 1), the missing part of each group lies beyond all values. For one group the same as
/// [`conformal_quantile`]. Groups may not be empty.
pub fn conformal_quantile_of_groups(groups: &[Vec<f64>], share: f64) -> f64 {
    let mut sorted: Vec<(f64, f64)> = groups
        .iter()
        .flat_map(|group| group.iter().map(|&value| (value, 1.0 / (group.len() + 1) as f64)))
        .collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    // Sums of fractions come out a rounding below what they are.
    let wanted = share * groups.len() as f64 - 1e-9;
    let mut sum = 0.0;
    for &(value, weight) in &sorted {
        sum += weight;
        if sum >= wanted {
            return value;
        }
    }
    sorted.last().map_or(0.0, |&(value, _)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spearman_matches_worked_examples() {
        // Without ties, by hand: ranks 1 2 3 4 5 against 2 1 4 3 5, Σd² = 4, ρ = 1 − 6·4/(5·24).
        let rho = spearman(&[0.1, 0.2, 0.3, 0.4, 0.5], &[20.0, 10.0, 40.0, 30.0, 1e9]).unwrap();
        assert!((rho - 0.8).abs() < 1e-12);
        // With ties, by hand: ranks 1.5 1.5 3 4 against 1 3 3 3; products 2, squares 4.5 and 3.
        let rho = spearman(&[1.0, 1.0, 2.0, 3.0], &[0.0, 7.0, 7.0, 7.0]).unwrap();
        assert!((rho - 2.0 / libm::sqrt(4.5 * 3.0)).abs() < 1e-12, "{rho}");
        // Monotone: exactly ± 1.
        assert!((spearman(&[1.0, 2.0, 9.0], &[-5.0, -4.0, 100.0]).unwrap() - 1.0).abs() < 1e-15);
        assert!((spearman(&[1.0, 2.0, 9.0], &[3.0, 2.0, 1.0]).unwrap() + 1.0).abs() < 1e-15);
    }

    #[test]
    fn spearman_is_none_where_it_is_not_defined() {
        assert_eq!(spearman(&[1.0], &[1.0]), None);
        assert_eq!(spearman(&[1.0, 2.0], &[1.0]), None);
        assert_eq!(spearman(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(spearman(&[1.0, f64::NAN], &[1.0, 2.0]), None);
    }

    #[test]
    fn conformal_quantile_counts_one_more_than_there_are() {
        let values: Vec<f64> = (1..=9).rev().map(f64::from).collect();
        assert_eq!(conformal_quantile(&values, 0.9), 9.0);
        assert_eq!(conformal_quantile(&values, 0.8), 8.0);
        assert_eq!(conformal_quantile(&values, 0.1), 1.0);
        assert_eq!(conformal_quantile(&values, 0.99), 9.0);
        assert_eq!(conformal_quantile(&[], 0.5), 0.0);
    }

    #[test]
    fn conformal_quantile_of_groups_weighs_groups_alike() {
        let values: Vec<f64> = (1..=9).rev().map(f64::from).collect();
        for share in [0.1, 0.35, 0.8, 0.9, 0.99] {
            let plain = conformal_quantile(&values, share);
            assert_eq!(conformal_quantile_of_groups(std::slice::from_ref(&values), share), plain, "{share}");
        }
        // By hand: nine values from 1 to 9 weigh 0.1 each, the one value 100 weighs 0.5; wanted is 2 × 0.45.
        let groups = [values, vec![100.0]];
        assert_eq!(conformal_quantile_of_groups(&groups, 0.45), 9.0);
        assert_eq!(conformal_quantile_of_groups(&groups, 0.46), 100.0);
        assert_eq!(conformal_quantile_of_groups(&groups, 0.2), 4.0);
        assert_eq!(conformal_quantile_of_groups(&[], 0.5), 0.0);
    }

    #[test]
    fn mean_and_deviation_gives_the_sample_deviation() {
        assert_eq!(mean_and_deviation(&[1.0, 3.0]), (2.0, libm::sqrt(2.0)));
        assert_eq!(mean_and_deviation(&[4.0]), (4.0, 0.0));
        assert_eq!(mean_and_deviation(&[]), (0.0, 0.0));
    }
}
