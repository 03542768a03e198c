//! One contour and the few numbers that it comes down to.

use super::Lesson;
use egemaps::catalogue::{FEATURE_COUNT, FEATURES, Statistic};

/// A contour and what the 88 numbers say about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary<'a> {
    /// One value per 10 ms.
    pub values: &'a [f32],
    /// Frames whose value is exactly 0 do not take part.
    pub skips_zeros: bool,
    /// Its mean: one of the 88.
    pub mean: f32,
    /// Its standard deviation: the size of the mean times that of the variation, where the 88 have one.
    pub spread: Option<f32>,
    /// Its 20th, 50th and 80th percentile, where the 88 have them.
    pub percentiles: Option<[f32; 3]>,
}

/// Contours that can be shown, each by the index of the feature that is its mean.
pub fn contours() -> impl Iterator<Item = usize> {
    let is_mean = |index: &usize| FEATURES[*index].statistic == Statistic::Mean;
    // The lengths of segments and the overall level are no sums over a contour.
    (0..FEATURE_COUNT - 7).filter(is_mean)
}

impl Lesson {
    /// The contour whose mean is the feature at `mean` of the catalogue; nothing if that is not a mean of a contour.
    pub fn summary(&self, mean: usize) -> Option<Summary<'_>> {
        let behind = self.trace.summarised.behind(mean)?;
        let f = &self.features.functionals;
        let is = |index: usize, statistic| FEATURES.get(index).is_some_and(|f| f.statistic == statistic);
        if !is(mean, Statistic::Mean) {
            return None;
        }
        let varies = is(mean + 1, Statistic::VariationCoefficient);
        let has_percentiles = is(mean + 2, Statistic::Percentile20);
        Some(Summary {
            values: behind.values,
            skips_zeros: behind.skips_zeros,
            mean: f[mean],
            spread: varies.then(|| (f[mean] * f[mean + 1]).abs()),
            percentiles: has_percentiles.then(|| [f[mean + 2], f[mean + 3], f[mean + 4]]),
        })
    }
}

impl Summary<'_> {
    /// All values; not a number where one does not take part.
    pub fn gapped(&self) -> Vec<f32> {
        let takes_part = |value: f32| !self.skips_zeros || value != 0.0;
        self.values.iter().map(|value| if takes_part(*value) { *value } else { f32::NAN }).collect()
    }

    /// The values that take part.
    pub fn counted(&self) -> impl Iterator<Item = f32> + '_ {
        self.values.iter().copied().filter(|value| !self.skips_zeros || *value != 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::testing::lesson;

    #[test]
    fn the_numbers_are_those_of_the_contour_that_is_shown() {
        let lesson = lesson(1.4);
        let all: Vec<usize> = contours().collect();
        assert_eq!(all.len(), 35);
        for &index in &all {
            let name = FEATURES[index].name;
            let summary = lesson.summary(index).unwrap();
            let values: Vec<f64> = summary.counted().map(f64::from).collect();
            if values.is_empty() {
                assert_eq!(summary.mean, 0.0, "{name}");
                continue;
            }
            let count = values.len() as f64;
            let mean = values.iter().fold(0.0, |sum, v| sum + v) / count;
            assert_eq!(summary.mean, mean as f32, "{name}");
            if let Some(spread) = summary.spread {
                let mean = f64::from(mean as f32);
                let sd = (values.iter().fold(0.0, |sum, v| sum + (v - mean) * (v - mean)) / count).sqrt();
                assert!((f64::from(spread) - sd).abs() <= 1e-6 * sd.max(1e-3), "{name}: {spread} {sd}");
            }
            if let Some([low, middle, high]) = summary.percentiles {
                let below =
                    |limit: f32| values.iter().filter(|v| **v < f64::from(limit)).count() as f64 / count;
                for (limit, share) in [(low, 0.2), (middle, 0.5), (high, 0.8)] {
                    assert!((below(limit) - share).abs() < 0.02, "{name}: {} below {limit}", below(limit));
                }
            }
        }
        assert_eq!(lesson.summary(1), None, "a variation is no mean");
        assert_eq!(lesson.summary(87), None);
        assert_eq!(lesson.summary(88), None);
    }
}
