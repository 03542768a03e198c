//! One descriptor and the few numbers that it comes down to.

use super::Lesson;
use egemaps::catalogue::{FEATURES, Feature, Statistic};

/// The values of a descriptor and what the 88 numbers say about them.
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

/// Descriptors that can be shown, each by the index of the feature that is its mean.
pub fn means() -> impl Iterator<Item = usize> {
    FEATURES.iter().enumerate().filter(|(_, feature)| is_mean(feature)).map(|(index, _)| index)
}

/// Whether it is the mean of a descriptor; those of the segments' lengths and of the level are not.
fn is_mean(feature: &Feature) -> bool {
    feature.lld.is_some() && feature.statistic == Statistic::Mean
}

impl Lesson {
    /// The descriptor whose mean is the feature at `mean` of the catalogue; `None` if that is not a mean of a descriptor.
    pub fn summary(&self, mean: usize) -> Option<Summary<'_>> {
        let feature = FEATURES.get(mean).filter(|feature| is_mean(feature))?;
        let source = self.trace.summarised.source_of(feature)?;
        // Another statistic over the same values.
        let sibling = |statistic| {
            let wanted =
                |f: &Feature| (f.lld, f.frames, f.statistic) == (feature.lld, feature.frames, statistic);
            Some(self.features.functionals[FEATURES.iter().position(wanted)?])
        };
        let mean = self.features.functionals[mean];
        let [low, middle, high] =
            [Statistic::Percentile20, Statistic::Percentile50, Statistic::Percentile80].map(sibling);
        Some(Summary {
            values: source.values,
            skips_zeros: source.skips_zeros,
            mean,
            spread: sibling(Statistic::VariationCoefficient).map(|variation| (mean * variation).abs()),
            percentiles: low.zip(middle).zip(high).map(|((low, middle), high)| [low, middle, high]),
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
    fn summary_holds_the_numbers_of_the_values_that_are_shown() {
        let lesson = lesson(1.4);
        let all: Vec<usize> = means().collect();
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
        let others = (0..=FEATURES.len()).filter(|index| !all.contains(index));
        for index in others {
            assert_eq!(lesson.summary(index), None, "{:?}", FEATURES.get(index));
        }
    }
}
