//! Baselines: ridge regression on the 88 features, and the best single feature.

use nalgebra::{Cholesky, DMatrix, DVector};
use ndarray::Array2;

use crate::data::dataset::Dataset;
use crate::learn::inside::Inside;
use crate::learn::line::{Line, LineSettings, LineSums};
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
        let weights = solve(centred, &right, alpha).unwrap_or_else(|| vec![0.0; columns]);
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

fn solve(z: DMatrix<f64>, y: &DVector<f64>, alpha: f64) -> Option<Vec<f64>> {
    if z.is_empty() || z.iter().chain(y).any(|v| !v.is_finite()) {
        return None;
    }
    let weights = if alpha > 0.0 {
        let mut gram = z.tr_mul(&z);
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
    /// The line.
    pub line: Line,
    /// Its penalties, chosen by rank.
    pub settings: LineSettings,
    /// Mean and scale of the training features.
    pub scaler: Scaler,
    /// Standardised features are limited to ± this.
    pub limit: f64,
}

/// What is added to ridge regression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Additions {
    /// Nothing.
    None,
    /// Gains and the channel penalty ([`crate::learn::line`]).
    GainsAndChannel,
}

/// Penalties on the weights that [`FeatureRidge::by_rank`] chooses from.
pub const ALPHAS: [f64; 9] = [3.0, 10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0, 10_000.0, 30_000.0];
/// Weights of the channel penalty that it chooses from.
pub const CHANNELS: [f64; 4] = [0.3, 0.7, 1.5, 3.0];

impl FeatureRidge {
    /// Fits on all of `data` with the penalties that have the greatest mean rank correlation on what is left out of it
    /// ([`Inside`]). Features are limited to ± `limit`; `reading`: the activation assumed of calm reading, `None` to leave
    /// it out.
    pub fn by_rank(data: &Dataset, limit: f64, additions: Additions, reading: Option<f64>) -> FeatureRidge {
        let inside = Inside::new(data);
        let sums: Vec<(Scaler, LineSums)> = inside
            .parts
            .iter()
            .map(|part| {
                let scaler = used(part, reading).scaler();
                let sums = LineSums::new(part, &scaler, limit, reading);
                (scaler, sums)
            })
            .collect();
        let candidates = ALPHAS.into_iter().flat_map(|alpha| {
            let plain = LineSettings { alpha, channel: 0.0, gains: false, reading };
            match additions {
                Additions::None => vec![plain],
                Additions::GainsAndChannel => {
                    CHANNELS.map(|channel| LineSettings { channel, gains: true, ..plain }).to_vec()
                }
            }
        });
        let mut best: Option<(f64, LineSettings)> = None;
        for settings in candidates {
            let lines: Vec<Line> = sums.iter().map(|(_, sums)| sums.fit(&settings)).collect();
            let ranks = inside.ranks(data, |part, u| {
                let (scaler, line) = (&sums[part].0, &lines[part]);
                line.predict(limited(scaler, limit, &u.features))
            });
            if best.is_none_or(|(mean, _)| ranks.mean() > mean) {
                best = Some((ranks.mean(), settings));
            }
        }
        let plain = LineSettings { alpha: ALPHAS[0], channel: 0.0, gains: false, reading };
        FeatureRidge::fit(data, limit, best.map_or(plain, |(_, settings)| settings))
    }

    /// Fits on all of `data` with these penalties.
    pub fn fit(data: &Dataset, limit: f64, settings: LineSettings) -> FeatureRidge {
        let scaler = used(data, settings.reading).scaler();
        let line = LineSums::new(data, &scaler, limit, settings.reading).fit(&settings);
        FeatureRidge { line, settings, scaler, limit }
    }

    /// Predictions for other utterances, scaled as the training data was.
    pub fn predict(&self, data: &Dataset) -> Vec<f64> {
        data.utterances.iter().map(|u| self.score(&u.features)).collect()
    }

    /// Prediction for one utterance.
    pub fn score(&self, features: &[f32; FEATURE_COUNT]) -> f64 {
        self.line.predict(limited(&self.scaler, self.limit, features))
    }
}

/// The data without readings if they are not used.
fn used(data: &Dataset, reading: Option<f64>) -> std::borrow::Cow<'_, Dataset> {
    match reading {
        Some(_) => std::borrow::Cow::Borrowed(data),
        None => std::borrow::Cow::Owned(data.without_readings()),
    }
}

fn limited(scaler: &Scaler, limit: f64, features: &[f32; FEATURE_COUNT]) -> impl Iterator<Item = f64> {
    features.iter().enumerate().map(move |(i, &v)| scaler.standardise(i, v).clamp(-limit, limit))
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
        let corpora = data.labelled_corpora();
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
    fn ridge_by_rank_takes_the_penalties_with_the_best_ranks_inside() {
        let data = testing::with_augmentations(testing::with_readings(testing::dataset(6, 12, 3), 5, 3), 2);
        let chosen = FeatureRidge::by_rank(&data, 3.0, Additions::GainsAndChannel, Some(2.5));
        let inside = Inside::new(&data);
        let mean = |settings: LineSettings| {
            let lines: Vec<FeatureRidge> =
                inside.parts.iter().map(|part| FeatureRidge::fit(part, 3.0, settings)).collect();
            inside.ranks(&data, |part, u| lines[part].score(&u.features)).mean()
        };
        let best = mean(chosen.settings);
        for (alpha, channel) in [(3.0, 0.7), (300.0, 0.3), (1000.0, 3.0), (30_000.0, 0.7)] {
            assert!(best >= mean(LineSettings { alpha, channel, ..chosen.settings }), "{alpha} {channel}");
        }
        assert_eq!(FeatureRidge::fit(&data, 3.0, chosen.settings), chosen);
        // Without an assumed label, readings change nothing, not even the scaler.
        let without = FeatureRidge::by_rank(&data, 3.0, Additions::None, None);
        assert_eq!(without, FeatureRidge::by_rank(&data.without_readings(), 3.0, Additions::None, None));
    }

    #[test]
    fn baselines_find_what_is_in_the_data() {
        let (train, test) = (testing::dataset(6, 20, 1), testing::dataset(6, 20, 2));
        let single = SingleFeature::choose(&train);
        assert!(single.feature == 3 || single.feature == 10);
        assert_eq!(single.sign, 1.0);
        let rho = |prediction: Vec<f64>| spearman(&prediction, &test.labels()).unwrap();
        assert!(rho(single.predict(&test)) > 0.7);
        for additions in [Additions::None, Additions::GainsAndChannel] {
            let ridge = FeatureRidge::by_rank(&train, 10.0, additions, None);
            assert!(rho(ridge.predict(&test)) > rho(single.predict(&test)));
            assert_eq!(ridge.settings.gains, additions == Additions::GainsAndChannel);
        }

        let mut falling = train.clone();
        falling.utterances.iter_mut().for_each(|u| u.activation = 6.0 - u.activation);
        assert_eq!(SingleFeature::choose(&falling).sign, -1.0);
    }
}
