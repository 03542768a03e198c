//! What any network has to beat: a straight line through 88 features, and one feature alone.

use ndarray::{Array1, Array2};

use super::dataset::Dataset;
use super::statistics::spearman;
use crate::egemaps::catalogue::FEATURE_COUNT;
use crate::model::Scaler;

/// A linear readout of standardised features.
#[derive(Debug, Clone, PartialEq)]
pub struct Ridge {
    /// One weight per feature.
    pub weights: Vec<f64>,
    /// Prediction for the mean training utterance.
    pub intercept: f64,
    means: Vec<f64>,
}

impl Ridge {
    /// Minimises Σ (y − ŷ)² + `alpha`·|w|² over rows `z` \[n, features\] with labels `y` \[n\]; the intercept is not
    /// penalised. Closed form by Cholesky's decomposition of the normal equations, in a fixed order.
    ///
    /// `alpha` > 0 keeps the equations positive definite. No rows: everything 0.
    pub fn fit(z: &Array2<f64>, y: &[f64], alpha: f64) -> Ridge {
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
        let mut gram = Array2::zeros((columns, columns));
        let mut right = Array1::zeros(columns);
        for (row, label) in z.rows().into_iter().zip(y) {
            let centred: Vec<f64> = row.iter().zip(&means).map(|(v, mean)| v - mean).collect();
            for i in 0..columns {
                for j in 0..=i {
                    gram[[i, j]] += centred[i] * centred[j];
                }
                right[i] += centred[i] * (label - label_mean);
            }
        }
        for i in 0..columns {
            gram[[i, i]] += alpha;
        }
        Ridge { weights: solve(gram, right).to_vec(), intercept: label_mean, means }
    }

    /// Prediction for one standardised row.
    pub fn predict(&self, z: impl IntoIterator<Item = f64>) -> f64 {
        let mut sum = self.intercept;
        for ((v, mean), w) in z.into_iter().zip(&self.means).zip(&self.weights) {
            sum += (v - mean) * w;
        }
        sum
    }
}

/// Solves A·x = b for a symmetric positive definite A of which the lower triangle is given.
fn solve(mut a: Array2<f64>, mut b: Array1<f64>) -> Array1<f64> {
    let n = b.len();
    for i in 0..n {
        for j in 0..=i {
            let mut sum = a[[i, j]];
            for k in 0..j {
                sum -= a[[i, k]] * a[[j, k]];
            }
            a[[i, j]] = if i == j { libm::sqrt(sum) } else { sum / a[[j, j]] };
        }
    }
    for i in 0..n {
        for k in 0..i {
            b[i] -= a[[i, k]] * b[k];
        }
        b[i] /= a[[i, i]];
    }
    for i in (0..n).rev() {
        for k in i + 1..n {
            b[i] -= a[[k, i]] * b[k];
        }
        b[i] /= a[[i, i]];
    }
    b
}

/// Ridge regression with the penalty that is best in speaker-grouped folds inside its own training data.
#[derive(Debug, Clone, PartialEq)]
pub struct TunedRidge {
    /// The readout.
    pub ridge: Ridge,
    /// The chosen penalty.
    pub alpha: f64,
    scaler: Scaler,
    limit: f64,
}

/// Penalties that [`TunedRidge`] chooses from.
pub const ALPHAS: [f64; 5] = [30.0, 100.0, 300.0, 1000.0, 3000.0];

impl TunedRidge {
    /// Fits on all of `data` with the penalty of [`ALPHAS`] that has the least squared error over five
    /// speaker-grouped folds. Features are limited to ± `limit`.
    pub fn fit(data: &Dataset, limit: f64) -> TunedRidge {
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
        TunedRidge { ridge, alpha: ALPHAS[best], scaler, limit }
    }

    /// Predictions for other utterances, scaled as the training data was.
    pub fn predict(&self, data: &Dataset) -> Vec<f64> {
        let z = data.standardised(&self.scaler, self.limit);
        z.rows().into_iter().map(|row| self.ridge.predict(row.iter().copied())).collect()
    }
}

/// The feature that alone follows activation best.
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
    use crate::training::dataset::testing;
    use crate::training::random::Random;
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
    fn the_normal_equations_hold() {
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
    fn baselines_find_what_is_in_the_data() {
        let (train, test) = (testing::dataset(6, 20, 1), testing::dataset(6, 20, 2));
        let single = SingleFeature::choose(&train);
        assert!(single.feature == 3 || single.feature == 10);
        assert_eq!(single.sign, 1.0);
        let rho = |prediction: Vec<f64>| spearman(&prediction, &test.labels()).unwrap();
        let ridge = TunedRidge::fit(&train, 10.0);
        assert!(rho(single.predict(&test)) > 0.7);
        assert!(rho(ridge.predict(&test)) > rho(single.predict(&test)));

        let mut falling = train.clone();
        falling.utterances.iter_mut().for_each(|u| u.activation = 6.0 - u.activation);
        assert_eq!(SingleFeature::choose(&falling).sign, -1.0);
    }
}
