//! Baselines: ridge regression on the 88 features, and the best single feature.

use nalgebra::{Cholesky, DMatrix, DVector};
use ndarray::Array2;

use crate::data::dataset::Dataset;
use crate::numeric::statistics::spearman;
use egemaps::catalogue::FEATURE_COUNT;
use undertone::model::Scaler;

/// A linear readout of points, such as standardised features or latents.
#[derive(Debug, Clone, PartialEq)]
pub struct Ridge {
    /// One weight per column.
    pub weights: Vec<f64>,
    /// Prediction for the mean training utterance.
    pub intercept: f64,
    means: Vec<f64>,
}

impl Ridge {
    /// Minimises Σ (y − ŷ)² + `alpha`·|w|² over rows `z` \[n, columns\] with labels `y` \[n\]; the intercept is not
    /// penalised. By Cholesky's decomposition of the normal equations; for `alpha` = 0 by singular values, and the
    /// shortest of several solutions.
    ///
    /// No rows, or rows that are not finite numbers: all weights 0.
    pub fn fit(z: &Array2<f64>, y: &[f64], alpha: f64) -> Ridge {
        Ridge::fit_with_nuisance(z, y, alpha, &Array2::zeros((0, z.ncols())))
    }

    /// As [`Ridge::fit`], with Σ (`nuisance`·w)² added to the loss: nuisance directions, one per row,
    /// \[any number, columns\].
    fn fit_with_nuisance(z: &Array2<f64>, y: &[f64], alpha: f64, nuisance: &Array2<f64>) -> Ridge {
        let (rows, columns) = z.dim();
        let count = rows.max(1) as f64;
        let mut means = vec![0.0; columns];
        for row in z.rows() {
            for (mean, v) in means.iter_mut().zip(row) {
                *mean += v / count;
            }
        }
        let mut label_mean = 0.0;
        for label in y {
            label_mean += label / count;
        }
        let centred = DMatrix::from_fn(rows, columns, |i, j| z[[i, j]] - means[j]);
        let right = DVector::from_iterator(rows, y.iter().map(|label| label - label_mean));
        let nuisance = DMatrix::from_fn(nuisance.nrows(), columns, |i, j| nuisance[[i, j]]);
        let weights = solve(centred, &right, alpha, &nuisance).unwrap_or_else(|| vec![0.0; columns]);
        Ridge { weights, intercept: label_mean, means }
    }

    /// Prediction for one row.
    pub fn predict(&self, z: impl IntoIterator<Item = f64>) -> f64 {
        let mut sum = self.intercept;
        for ((v, mean), w) in z.into_iter().zip(&self.means).zip(&self.weights) {
            sum += (v - mean) * w;
        }
        sum
    }

    /// Predictions for rows.
    pub fn predict_rows(&self, z: &Array2<f64>) -> Vec<f64> {
        z.rows().into_iter().map(|row| self.predict(row.iter().copied())).collect()
    }
}

/// Singular values that are smaller than this share of the largest count as 0.
const RANK_TOLERANCE: f64 = 1e-9;
/// More steps than any decomposition of finite numbers needs.
const DECOMPOSITION_STEPS: usize = 10_000;

fn solve(z: DMatrix<f64>, y: &DVector<f64>, alpha: f64, nuisance: &DMatrix<f64>) -> Option<Vec<f64>> {
    if z.is_empty() || z.iter().chain(y).chain(nuisance).any(|v| !v.is_finite()) {
        return None;
    }
    let weights = if alpha > 0.0 {
        let mut gram = z.tr_mul(&z) + nuisance.tr_mul(nuisance);
        for i in 0..gram.nrows() {
            gram[(i, i)] += alpha;
        }
        Cholesky::new(gram)?.solve(&z.tr_mul(y))
    } else {
        let svd = z.try_svd(true, true, f64::EPSILON, DECOMPOSITION_STEPS)?;
        let smallest = RANK_TOLERANCE * svd.singular_values.max();
        svd.solve(y, smallest).ok()?
    };
    Some(weights.iter().copied().collect())
}

/// Ridge regression on the 88 features, with what scales them.
#[derive(Debug, Clone, PartialEq)]
pub struct FeatureRidge {
    /// The readout.
    pub ridge: Ridge,
    /// The penalty.
    pub alpha: f64,
    /// Mean and scale of the training features.
    pub scaler: Scaler,
    /// Standardised features are limited to ± this.
    pub limit: f64,
}

/// Penalties that [`FeatureRidge::tuned`] chooses from.
pub const ALPHAS: [f64; 8] = [1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0];
/// Penalty on the weights in [`FeatureRidge::channel_penalised`].
const CHANNEL_ALPHA: f64 = 300.0;
/// Weight of the change by the channel there.
const CHANNEL_WEIGHT: f64 = 0.7;

impl FeatureRidge {
    /// Fits on all of `data` with the penalty of [`ALPHAS`] that has the least squared error over five
    /// speaker-grouped folds. Features are limited to ± `limit`.
    pub fn tuned(data: &Dataset, limit: f64) -> FeatureRidge {
        let folds = data.speaker_folds(5, 0);
        let mut errors = [0.0; ALPHAS.len()];
        for fold in 0..5 {
            let part = |inside: bool| Dataset {
                utterances: data
                    .utterances
                    .iter()
                    .zip(&folds)
                    .filter(|&(_, &f)| (f == fold) == inside)
                    .map(|(u, _)| u.clone())
                    .collect(),
            };
            let (train, test) = (part(false), part(true));
            let scaler = train.scaler();
            let (z, z_test) = (train.standardised(&scaler, limit), test.standardised(&scaler, limit));
            for (error, alpha) in errors.iter_mut().zip(ALPHAS) {
                let ridge = Ridge::fit(&z, &train.labels(), alpha);
                for (row, label) in z_test.rows().into_iter().zip(test.labels()) {
                    let difference = ridge.predict(row.iter().copied()) - label;
                    *error += difference * difference;
                }
            }
        }
        let best = (0..ALPHAS.len()).min_by(|&i, &j| errors[i].total_cmp(&errors[j])).unwrap_or(0);
        let scaler = data.scaler();
        let ridge = Ridge::fit(&data.standardised(&scaler, limit), &data.labels(), ALPHAS[best]);
        FeatureRidge { ridge, alpha: ALPHAS[best], scaler, limit }
    }

    /// Fits on all of `data` with a further penalty on the change of the output between a recording and its augmentations
    /// ([`Variants::augmented`](crate::data::dataset::Variants::augmented)), so that features that microphones, rooms and
    /// noise change get smaller weights. The mean squared change over all augmentations has a weight of 0.7 relative to the
    /// squared error; the penalty on the weights is 300; both were chosen inside Emo-DB and BanglaSER. Utterances without
    /// augmentations have no such penalty. Features are limited to ± `limit`.
    pub fn channel_penalised(data: &Dataset, limit: f64) -> FeatureRidge {
        let scaler = data.scaler();
        let z = data.standardised(&scaler, limit);
        let changes: Vec<(usize, &[f32; FEATURE_COUNT])> = data
            .utterances
            .iter()
            .enumerate()
            .flat_map(|(row, u)| u.variants.augmented.iter().map(move |augmented| (row, augmented)))
            .collect();
        let share = data.len() as f64 / changes.len().max(1) as f64;
        let weight = libm::sqrt(CHANNEL_WEIGHT * share);
        let nuisance = Array2::from_shape_fn((changes.len(), FEATURE_COUNT), |(k, i)| {
            let (row, augmented) = changes[k];
            weight * (scaler.standardise(i, augmented[i]).clamp(-limit, limit) - z[[row, i]])
        });
        let ridge = Ridge::fit_with_nuisance(&z, &data.labels(), CHANNEL_ALPHA, &nuisance);
        FeatureRidge { ridge, alpha: CHANNEL_ALPHA, scaler, limit }
    }

    /// Predictions for other utterances, scaled as the training data was.
    pub fn predict(&self, data: &Dataset) -> Vec<f64> {
        self.ridge.predict_rows(&data.standardised(&self.scaler, self.limit))
    }
}

/// The single feature with the highest rank correlation with activation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SingleFeature {
    /// Catalogue index.
    pub feature: usize,
    /// +1 or −1: whether more of it means more or less activation.
    pub sign: f64,
}

impl SingleFeature {
    /// Chooses by the absolute rank correlation within each corpus of `data`, averaged over its corpora.
    pub fn choose(data: &Dataset) -> SingleFeature {
        let mut corpora: Vec<usize> = data.utterances.iter().map(|u| u.corpus).collect();
        corpora.sort_unstable();
        corpora.dedup();
        let mut best = (SingleFeature { feature: 0, sign: 1.0 }, -1.0);
        for feature in 0..FEATURE_COUNT {
            let mut sum = 0.0;
            for &corpus in &corpora {
                let part = data.filter(|u| u.corpus == corpus);
                sum += spearman(&column(&part, feature), &part.labels()).unwrap_or(0.0);
            }
            if sum.abs() > best.1 {
                best = (SingleFeature { feature, sign: if sum < 0.0 { -1.0 } else { 1.0 } }, sum.abs());
            }
        }
        best.0
    }

    /// The feature with its sign, for other utterances.
    pub fn predict(&self, data: &Dataset) -> Vec<f64> {
        column(data, self.feature).into_iter().map(|v| self.sign * v).collect()
    }
}

fn column(data: &Dataset, feature: usize) -> Vec<f64> {
    data.utterances.iter().map(|u| f64::from(u.features[feature])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing;
    use crate::numeric::random::Random;
    use ndarray::array;

    #[test]
    fn ridge_of_one_column_is_the_textbook_quotient() {
        let z = array![[1.0], [2.0], [6.0]];
        let ridge = Ridge::fit(&z, &[1.0, 4.0, 4.0], 2.0);
        // Centred: −2 −1 3 against −2 1 1; w = (4 − 1 + 3)/(4 + 1 + 9 + 2).
        assert!((ridge.weights[0] - 6.0 / 16.0).abs() < 1e-12);
        assert!((ridge.intercept - 3.0).abs() < 1e-12);
        assert!((ridge.predict([3.0]) - 3.0).abs() < 1e-12);
    }

    #[test]
    fn ridge_with_a_nuisance_direction_adds_to_its_column() {
        // Two columns at right angles: each weight is its own quotient, the second with (3·1)² more below.
        let z = array![[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]];
        let ridge = Ridge::fit_with_nuisance(&z, &[4.0, 2.0, -2.0, -4.0], 2.0, &array![[0.0, 3.0]]);
        assert!((ridge.weights[0] - 12.0 / 6.0).abs() < 1e-12);
        assert!((ridge.weights[1] - 4.0 / 15.0).abs() < 1e-12);
    }

    #[test]
    fn channel_penalised_ridge_weighs_what_the_channel_changes_less() {
        let mut data = testing::dataset(8, 20, 4);
        let weight_of =
            |data: &Dataset, i: usize| FeatureRidge::channel_penalised(data, 3.0).ridge.weights[i].abs();
        let (before, other) = (weight_of(&data, 3), weight_of(&data, 10));
        for (k, u) in data.utterances.iter_mut().enumerate() {
            let mut augmented = u.features;
            augmented[3] += if k % 2 == 0 { 50.0 } else { -50.0 };
            u.variants.augmented = vec![u.features, augmented];
        }
        assert!(weight_of(&data, 3) < 0.7 * before, "{before}");
        assert!(weight_of(&data, 10) > 0.7 * other, "{other}");
    }

    #[test]
    fn ridge_solves_the_normal_equations() {
        let mut random = Random::new(3);
        let z = Array2::from_shape_fn((40, 12), |_| random.normal());
        let y: Vec<f64> = (0..40).map(|_| random.normal()).collect();
        let ridge = Ridge::fit(&z, &y, 5.0);
        // The gradient of the penalised squares vanishes: Zᵀ(y − ŷ) = α·w, Z centred.
        for j in 0..12 {
            let mean = z.column(j).sum() / 40.0;
            let pull: f64 =
                (0..40).map(|i| (z[[i, j]] - mean) * (y[i] - ridge.predict(z.row(i).iter().copied()))).sum();
            assert!((pull - 5.0 * ridge.weights[j]).abs() < 1e-9);
        }
    }

    #[test]
    fn ridge_without_a_penalty_is_least_squares_and_the_shortest_of_many() {
        // y = 1 + 2a − b exactly.
        let z = array![[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [3.0, 2.0]];
        let line = Ridge::fit(&z, &[1.0, 3.0, 0.0, 5.0], 0.0);
        assert!((line.weights[0] - 2.0).abs() < 1e-12 && (line.weights[1] + 1.0).abs() < 1e-12);
        assert!((line.predict([10.0, 10.0]) - 11.0).abs() < 1e-10);
        // Two equal columns share the slope; a constant one gets none.
        let z = array![[0.0, 0.0, 7.0], [1.0, 1.0, 7.0], [2.0, 2.0, 7.0]];
        let line = Ridge::fit(&z, &[0.0, 3.0, 6.0], 0.0);
        assert!((line.weights[0] - 1.5).abs() < 1e-12 && (line.weights[1] - 1.5).abs() < 1e-12);
        assert_eq!(line.weights[2], 0.0);
    }

    #[test]
    fn ridge_of_what_cannot_be_solved_is_the_mean() {
        let nothing = Ridge::fit(&Array2::zeros((0, 2)), &[], 1.0);
        assert_eq!((nothing.weights.as_slice(), nothing.intercept), (&[0.0; 2][..], 0.0));
        for alpha in [0.0, 1.0] {
            let line = Ridge::fit(&array![[f64::NAN], [1.0]], &[1.0, 2.0], alpha);
            assert_eq!((line.weights.as_slice(), line.intercept), (&[0.0][..], 1.5));
        }
    }

    #[test]
    fn baselines_find_what_is_in_the_data() {
        let (train, test) = (testing::dataset(6, 20, 1), testing::dataset(6, 20, 2));
        let single = SingleFeature::choose(&train);
        assert!(single.feature == 3 || single.feature == 10);
        assert_eq!(single.sign, 1.0);
        let rho = |prediction: Vec<f64>| spearman(&prediction, &test.labels()).unwrap();
        let ridge = FeatureRidge::tuned(&train, 10.0);
        assert!(rho(single.predict(&test)) > 0.7);
        assert!(rho(ridge.predict(&test)) > rho(single.predict(&test)));

        let mut falling = train.clone();
        falling.utterances.iter_mut().for_each(|u| u.activation = 6.0 - u.activation);
        assert_eq!(SingleFeature::choose(&falling).sign, -1.0);
    }
}
