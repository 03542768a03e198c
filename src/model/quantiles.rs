//! How unusual a feature's value is among the training voices.

use egemaps::catalogue::FEATURE_COUNT;

/// Number of stored quantiles per feature: 0, 5, …, 100 %.
pub const QUANTILE_COUNT: usize = 21;

/// Quantiles of the raw (unstandardised) training features.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantiles {
    /// Per feature, ascending, in the feature's unit.
    pub values: Vec<[f32; QUANTILE_COUNT]>,
}

impl Quantiles {
    /// Quantiles of columns of values; `columns[i]` holds feature i over the training utterances. Between two
    /// values, linear interpolation; an empty column gives zeros.
    pub fn of(columns: &[Vec<f32>]) -> Quantiles {
        let values = columns
            .iter()
            .map(|column| {
                let mut sorted = column.clone();
                sorted.sort_by(f32::total_cmp);
                std::array::from_fn(|k| {
                    quantile_of_sorted(&sorted, k as f64 / (QUANTILE_COUNT - 1) as f64) as f32
                })
            })
            .collect();
        Quantiles { values }
    }

    /// Share (0 … 1) of training utterances below `value`, interpolated between the stored quantiles; where
    /// quantiles are equal, the middle of their shares. A value that is not a number, or a feature that does not
    /// exist, has none.
    pub fn rank(&self, feature: usize, value: f32) -> Option<f64> {
        if feature >= FEATURE_COUNT || value.is_nan() {
            return None;
        }
        let q = self.values.get(feature)?;
        let step = 1.0 / (QUANTILE_COUNT - 1) as f64;
        let below = q.iter().take_while(|&&v| v < value).count();
        let not_above = q.iter().take_while(|&&v| v <= value).count();
        Some(if not_above > below {
            (below + not_above - 1) as f64 / 2.0 * step
        } else if below == 0 {
            0.0
        } else if below == QUANTILE_COUNT {
            1.0
        } else {
            let (low, high) = (f64::from(q[below - 1]), f64::from(q[below]));
            ((below - 1) as f64 + (f64::from(value) - low) / (high - low)) * step
        })
    }

    /// [`Quantiles::rank`] of all features, catalogue order.
    pub fn ranks(&self, features: &[f32; FEATURE_COUNT]) -> [Option<f64>; FEATURE_COUNT] {
        std::array::from_fn(|i| self.rank(i, features[i]))
    }
}

/// Quantile `share` (0 … 1) of ascending values with linear interpolation; 0 for none.
fn quantile_of_sorted(sorted: &[f32], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let position = share * last as f64;
    let below = position.floor() as usize;
    let above = (below + 1).min(last);
    let (low, high) = (f64::from(sorted[below]), f64::from(sorted[above]));
    low + (high - low) * (position - below as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_of_0_to_100_are_the_percentages_and_ranks_invert_them() {
        let column: Vec<f32> = (0..=100).rev().map(|v| v as f32).collect();
        let q = Quantiles::of(&[column]);
        assert_eq!(q.values[0][0], 0.0);
        assert_eq!(q.values[0][7], 35.0);
        assert_eq!(q.values[0][20], 100.0);
        for value in [0.0, 12.0, 37.5, 99.0, 100.0] {
            assert!((q.rank(0, value).unwrap() - f64::from(value) / 100.0).abs() < 1e-9);
        }
        assert_eq!(q.rank(0, -3.0), Some(0.0));
        assert_eq!(q.rank(0, 101.0), Some(1.0));
        assert_eq!(q.rank(0, f32::NAN), None);
        assert_eq!(q.rank(1, 0.0), None);
    }

    #[test]
    fn rank_of_a_value_that_many_share_is_in_their_middle() {
        // Half of the values are 0: its shares are 0 … 50 %.
        let mut column = vec![0.0f32; 51];
        column.extend((1..=50).map(|v| v as f32));
        let q = Quantiles::of(&[column]);
        assert!((q.rank(0, 0.0).unwrap() - 0.25).abs() < 1e-9);
    }
}
