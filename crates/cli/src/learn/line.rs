//! A line: a weighted sum of the 88 standardised features that follows activation.
//!
//! Ridge regression, with two additions. A *channel penalty*: Σ (w·d)² over the differences d between a recording and its
//! degraded versions, so that features that microphones, rooms and noise change get smaller weights. *Gains*: every feature
//! is multiplied by its correlation with the label within speakers before the regression, so that the penalty on the weights
//! spares features that follow activation within a speaker.
//!
//! The weights get into networks, so they have the same bits on every machine: all sums run in a fixed order.

use nalgebra::{Cholesky, DMatrix, DVector};

use crate::data::dataset::Dataset;
use egemaps::catalogue::FEATURE_COUNT;
use undertone::model::Scaler;

/// How a line is fitted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LineSettings {
    /// Penalty on the squared weights.
    pub alpha: f64,
    /// Weight of the mean squared change between recordings and their versions, relative to the squared error.
    pub channel: f64,
    /// Whether features have gains.
    pub gains: bool,
    /// Activation that is assumed of calm reading; `None`: readings are not used.
    pub reading: Option<f64>,
}

/// Speakers with fewer utterances do not count for the gains.
const LEAST_UTTERANCES: usize = 8;
/// Smallest gain, before the gains are scaled to a mean square of 1.
const SMALLEST_GAIN: f64 = 0.001;

/// The sums over a data set that lines are fitted from, whatever their penalties.
#[derive(Debug, Clone, PartialEq)]
pub struct LineSums {
    /// Σ (z − z̄)(z − z̄)ᵀ.
    gram: Vec<f64>,
    /// Σ (z − z̄)·(y − ȳ).
    right: Vec<f64>,
    /// z̄.
    means: Vec<f64>,
    /// ȳ.
    label_mean: f64,
    /// n/m·Σ d·dᵀ over the m versions of n recordings; 0 without versions.
    channel: Vec<f64>,
    gains: Vec<f64>,
}

/// Weights on standardised, limited features.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// One per feature.
    pub weights: Vec<f64>,
    /// Prediction for the mean training utterance.
    pub intercept: f64,
    /// The mean training utterance.
    pub means: Vec<f64>,
}

impl LineSums {
    /// The sums of a data set, its features limited to ± `limit`; `reading`: the activation assumed of calm reading, `None`
    /// to leave it out.
    pub fn new(data: &Dataset, scaler: &Scaler, limit: f64, reading: Option<f64>) -> LineSums {
        let standardise = |features: &[f32; FEATURE_COUNT]| -> Vec<f64> {
            let limited = |(i, &v): (usize, &f32)| scaler.standardise(i, v).clamp(-limit, limit);
            features.iter().enumerate().map(limited).collect()
        };
        let mut labels = data.labels();
        if let Some(activation) = reading {
            labels.extend(data.readings.iter().map(|_| activation));
        }
        let rows: Vec<Vec<f64>> = data.features().take(labels.len()).map(standardise).collect();
        let count = rows.len().max(1) as f64;
        let means = mean_row(&rows);
        let mut label_mean = 0.0;
        for label in &labels {
            label_mean += label / count;
        }
        let (mut gram, mut right) = (square(), vec![0.0; FEATURE_COUNT]);
        for (row, label) in rows.iter().zip(&labels) {
            let centred: Vec<f64> = row.iter().zip(&means).map(|(v, mean)| v - mean).collect();
            for (sum, v) in right.iter_mut().zip(&centred) {
                *sum += v * (label - label_mean);
            }
            add_outer_product(&mut gram, &centred);
        }
        let (mut channel, mut versions) = (square(), 0usize);
        for (row, variants) in rows.iter().zip(data.variants()) {
            for version in &variants.augmented {
                let change: Vec<f64> = standardise(version).iter().zip(row).map(|(a, b)| a - b).collect();
                add_outer_product(&mut channel, &change);
                versions += 1;
            }
        }
        let share = rows.len() as f64 / versions.max(1) as f64;
        channel.iter_mut().for_each(|v| *v *= share);
        LineSums { gram, right, means, label_mean, channel, gains: gains(data, &rows) }
    }

    /// The line with these penalties; [`LineSettings::reading`] does not matter, the sums have it. All weights are 0 where
    /// there is no solution: without rows, or with rows that are not finite.
    pub fn fit(&self, settings: &LineSettings) -> Line {
        let gain = |i: usize| if settings.gains { self.gains[i] } else { 1.0 };
        let matrix = DMatrix::from_fn(FEATURE_COUNT, FEATURE_COUNT, |i, j| {
            // The sums are of the upper triangle.
            let at = i.min(j) * FEATURE_COUNT + i.max(j);
            let sum = gain(i) * gain(j) * (self.gram[at] + settings.channel * self.channel[at]);
            if i == j { sum + settings.alpha } else { sum }
        });
        let right = DVector::from_fn(FEATURE_COUNT, |i, _| gain(i) * self.right[i]);
        let weights = Cholesky::new(matrix)
            .map(|factors| factors.solve(&right))
            .filter(|solution| solution.iter().all(|v| v.is_finite()))
            .map_or_else(
                || vec![0.0; FEATURE_COUNT],
                |solution| solution.iter().enumerate().map(|(i, v)| gain(i) * v).collect(),
            );
        Line { weights, intercept: self.label_mean, means: self.means.clone() }
    }
}

/// Gains of the features, with a mean square of 1: for each labelled speaker with enough utterances the correlation of
/// feature and label less the speaker's means, its mean over the speakers of each corpus, then over the corpora. 1 for all
/// without such speakers. `rows`: standardised features, the labelled utterances first.
fn gains(data: &Dataset, rows: &[Vec<f64>]) -> Vec<f64> {
    let mut corpora = Vec::new();
    for corpus in data.labelled_corpora() {
        let mut members: std::collections::BTreeMap<usize, Vec<usize>> = Default::default();
        for (i, u) in data.utterances.iter().enumerate().filter(|(_, u)| u.corpus == corpus) {
            members.entry(u.speaker).or_default().push(i);
        }
        let speakers: Vec<Vec<f64>> = members
            .values()
            .filter(|list| list.len() >= LEAST_UTTERANCES)
            .map(|list| correlations(data, rows, list))
            .collect();
        if !speakers.is_empty() {
            corpora.push(mean_row(&speakers));
        }
    }
    if corpora.is_empty() {
        return vec![1.0; FEATURE_COUNT];
    }
    let mut gains: Vec<f64> = mean_row(&corpora).iter().map(|v| v.abs().max(SMALLEST_GAIN)).collect();
    let mut squares = 0.0;
    for gain in &gains {
        squares += gain * gain / FEATURE_COUNT as f64;
    }
    let scale = libm::sqrt(squares);
    gains.iter_mut().for_each(|gain| *gain /= scale);
    gains
}

/// Pearson's correlation of every feature with the label over some utterances; 0 where one of them is constant.
fn correlations(data: &Dataset, rows: &[Vec<f64>], list: &[usize]) -> Vec<f64> {
    let count = list.len() as f64;
    let label = |i: usize| data.utterances[i].activation;
    let mut label_mean = 0.0;
    for &i in list {
        label_mean += label(i) / count;
    }
    let mut label_squares = 0.0;
    for &i in list {
        label_squares += (label(i) - label_mean) * (label(i) - label_mean);
    }
    let of = |feature: usize| {
        let mut mean = 0.0;
        for &i in list {
            mean += rows[i][feature] / count;
        }
        let (mut squares, mut products) = (0.0, 0.0);
        for &i in list {
            let v = rows[i][feature] - mean;
            squares += v * v;
            products += v * (label(i) - label_mean);
        }
        let scale = libm::sqrt(squares * label_squares);
        if scale > 0.0 { products / scale } else { 0.0 }
    };
    (0..FEATURE_COUNT).map(of).collect()
}

fn mean_row(rows: &[Vec<f64>]) -> Vec<f64> {
    let count = rows.len().max(1) as f64;
    let mut means = vec![0.0; FEATURE_COUNT];
    for row in rows {
        for (mean, v) in means.iter_mut().zip(row) {
            *mean += v / count;
        }
    }
    means
}

fn square() -> Vec<f64> {
    vec![0.0; FEATURE_COUNT * FEATURE_COUNT]
}

/// `sum` += v·vᵀ, its upper triangle.
fn add_outer_product(sum: &mut [f64], v: &[f64]) {
    for (i, (row, &a)) in sum.chunks_exact_mut(FEATURE_COUNT).zip(v).enumerate() {
        for (value, b) in row[i..].iter_mut().zip(&v[i..]) {
            *value += a * b;
        }
    }
}

impl Line {
    /// Prediction for standardised, limited features.
    pub fn predict(&self, z: impl IntoIterator<Item = f64>) -> f64 {
        let mut sum = self.intercept;
        for ((v, mean), w) in z.into_iter().zip(&self.means).zip(&self.weights) {
            sum += (v - mean) * w;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing;
    use crate::learn::baselines::Ridge;

    const PLAIN: LineSettings = LineSettings { alpha: 50.0, channel: 0.0, gains: false, reading: None };

    fn fit(data: &Dataset, settings: &LineSettings) -> Line {
        LineSums::new(data, &data.scaler(), 3.0, settings.reading).fit(settings)
    }

    #[test]
    fn line_without_additions_is_ridge_regression() {
        let data = testing::with_augmentations(testing::dataset(4, 10, 1), 2);
        let line = fit(&data, &PLAIN);
        let z = data.standardised(&data.scaler(), 3.0);
        let ridge = Ridge::fit(&z, &data.labels(), 50.0);
        assert!(line.weights.iter().zip(&ridge.weights).all(|(a, b)| (a - b).abs() < 1e-12));
        for row in z.rows() {
            let (a, b) = (line.predict(row.iter().copied()), ridge.predict(row.iter().copied()));
            assert!((a - b).abs() < 1e-10);
        }
    }

    #[test]
    fn line_solves_the_equations_with_gains_channel_and_reading() {
        let data = testing::with_readings(testing::dataset(4, 10, 1), 5, 3);
        let mut data = testing::with_augmentations(data, 2);
        data.readings[0].variants.augmented.truncate(1);
        let settings = LineSettings { alpha: 20.0, channel: 0.7, gains: true, reading: Some(2.5) };
        let scaler = data.scaler();
        let sums = LineSums::new(&data, &scaler, 3.0, settings.reading);
        let line = sums.fit(&settings);
        // The gradient of the loss vanishes, in the coordinates v = w/gain that the penalty is on.
        let z =
            |features: &[f32; FEATURE_COUNT], i: usize| scaler.standardise(i, features[i]).clamp(-3.0, 3.0);
        let rows: Vec<(&[f32; FEATURE_COUNT], f64)> = data
            .utterances
            .iter()
            .map(|u| (&u.features, u.activation))
            .chain(data.readings.iter().map(|r| (&r.features, 2.5)))
            .collect();
        let changes: Vec<Vec<f64>> = data
            .features()
            .zip(data.variants())
            .flat_map(|(clean, v)| v.augmented.iter().map(move |a| (clean, a)))
            .map(|(clean, a)| (0..FEATURE_COUNT).map(|i| z(a, i) - z(clean, i)).collect())
            .collect();
        let share = rows.len() as f64 / changes.len() as f64;
        for i in 0..FEATURE_COUNT {
            let mut slope = settings.alpha * line.weights[i] / sums.gains[i] / sums.gains[i];
            for (features, label) in &rows {
                let score = line.predict((0..FEATURE_COUNT).map(|k| z(features, k)));
                slope += (z(features, i) - line.means[i]) * (score - label);
            }
            for change in &changes {
                let by: f64 = change.iter().zip(&line.weights).map(|(d, w)| d * w).sum();
                slope += settings.channel * share * change[i] * by;
            }
            assert!(slope.abs() < 1e-7 * rows.len() as f64, "{i}: {slope}");
        }
        assert_eq!((rows.len(), changes.len()), (95, 189));
    }

    #[test]
    fn gains_are_the_correlations_within_speakers_of_equal_corpora() {
        let mut data = testing::dataset(3, 12, 2);
        // Corpus 1 hears feature 20 only, turned round; the offsets of speakers are large and do not matter.
        for u in &mut data.utterances {
            let told = if u.corpus == 1 { -u.activation } else { 0.0 };
            u.features[20] = (1000.0 * u.speaker as f64 + told) as f32;
        }
        let scaler = data.scaler();
        let rows: Vec<Vec<f64>> = data
            .utterances
            .iter()
            .map(|u| (0..FEATURE_COUNT).map(|i| scaler.standardise(i, u.features[i])).collect())
            .collect();
        let gains = gains(&data, &rows);
        let mean_square = gains.iter().map(|g| g * g).sum::<f64>() / FEATURE_COUNT as f64;
        assert!((mean_square - 1.0).abs() < 1e-12);
        // 0 in one corpus and −1 in the other; feature 3 follows activation in both.
        let told = gains[3].min(gains[10]);
        assert!(gains.iter().enumerate().all(|(i, g)| [3, 10, 20].contains(&i) || *g < told), "{gains:?}");
        assert!((0.4..0.8).contains(&(gains[20] / gains[3])), "{} {}", gains[20], gains[3]);
        // Speakers with few utterances do not count.
        let few = data.filter(|_| true).part(|i, _| i % 12 < 7, |_, _| true);
        assert_eq!(super::gains(&few, &rows), vec![1.0; FEATURE_COUNT]);
    }

    #[test]
    fn line_weighs_what_the_channel_changes_less() {
        let mut data = testing::dataset(8, 20, 4);
        let settings = LineSettings { alpha: 300.0, channel: 0.7, ..PLAIN };
        let before = fit(&data, &settings);
        for (k, u) in data.utterances.iter_mut().enumerate() {
            let mut augmented = u.features;
            augmented[3] += if k % 2 == 0 { 50.0 } else { -50.0 };
            u.variants.augmented = vec![u.features, augmented];
        }
        let after = fit(&data, &settings);
        assert!(after.weights[3].abs() < 0.7 * before.weights[3].abs());
        assert!(after.weights[10].abs() > 0.7 * before.weights[10].abs());
    }

    #[test]
    fn line_of_what_cannot_be_solved_is_the_mean() {
        let empty = fit(&Dataset::default(), &PLAIN);
        assert_eq!((empty.intercept, empty.weights), (0.0, vec![0.0; FEATURE_COUNT]));
        let mut data = testing::dataset(2, 3, 1);
        data.utterances[0].features[5] = f32::NAN;
        let line = LineSums::new(&data, &testing::dataset(2, 3, 1).scaler(), 3.0, None).fit(&PLAIN);
        assert_eq!(line.weights, vec![0.0; FEATURE_COUNT]);
    }
}
