//! Linear support-vector classification of several classes: one against one, as most libraries do it.
//!
//! Each pair of classes is `linfa-svm`'s; the vote between them is here.

use linfa::DatasetBase;
use linfa::traits::Fit;
use linfa_svm::Svm;
use ndarray::Array2;
use ndarray_for_linfa::{Array1 as LinfaVector, Array2 as LinfaMatrix};

use crate::data::emotion::Emotion;

/// The solver stops when no pair of utterances violates the optimality conditions by more than this, the usual value.
const TOLERANCE: f64 = 1e-3;

/// A fitted classifier.
#[derive(Debug, Clone)]
pub struct Svc {
    classes: Vec<Emotion>,
    /// Per pair: places of both classes in `classes`, and what is positive for the first.
    pairs: Vec<(usize, usize, Svm<f64, bool>)>,
}

impl Svc {
    /// Fits on rows \[n, columns\] of finite numbers, for all classes that occur. `cost` is the penalty C per violation.
    ///
    /// `None` for fewer than two classes, for numbers that are not finite, or if the solver refuses.
    pub fn fit(points: &Array2<f64>, emotions: &[Emotion], cost: f64) -> Option<Svc> {
        let mut classes = emotions.to_vec();
        classes.sort_unstable();
        classes.dedup();
        if classes.len() < 2 || points.nrows() != emotions.len() || points.iter().any(|v| !v.is_finite()) {
            return None;
        }
        let mut pairs = Vec::new();
        for (i, &first) in classes.iter().enumerate() {
            for (j, &second) in classes.iter().enumerate().skip(i + 1) {
                let rows: Vec<usize> = (0..emotions.len())
                    .filter(|&row| emotions[row] == first || emotions[row] == second)
                    .collect();
                let records = LinfaMatrix::from_shape_fn((rows.len(), points.ncols()), |(row, column)| {
                    points[[rows[row], column]]
                });
                let targets: LinfaVector<bool> = rows.iter().map(|&row| emotions[row] == first).collect();
                let machine = Svm::<f64, bool>::params()
                    .pos_neg_weights(cost, cost)
                    .eps(TOLERANCE)
                    .linear_kernel()
                    .fit(&DatasetBase::new(records, targets))
                    .ok()?;
                pairs.push((i, j, machine));
            }
        }
        Some(Svc { classes, pairs })
    }

    /// The class that wins most pairs; of several, the one with the larger sum of margins; of several, the first.
    pub fn predict(&self, point: &[f64]) -> Emotion {
        let sample = LinfaVector::from(point.to_vec());
        let (mut votes, mut margins) = (vec![0usize; self.classes.len()], vec![0.0; self.classes.len()]);
        for (i, j, machine) in &self.pairs {
            let margin = machine.weighted_sum(&sample) - machine.rho;
            votes[if margin >= 0.0 { *i } else { *j }] += 1;
            margins[*i] += margin;
            margins[*j] -= margin;
        }
        let mut best = 0;
        for class in 1..self.classes.len() {
            if votes[class] > votes[best] || (votes[class] == votes[best] && margins[class] > margins[best]) {
                best = class;
            }
        }
        self.classes[best]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::random::Random;
    use ndarray::array;

    #[test]
    fn svc_of_two_points_has_the_hyperplane_of_the_textbook() {
        // Largest margin between −1 and 3: w = ½, zero at 1.
        let points = array![[-1.0], [3.0]];
        let svc = Svc::fit(&points, &[Emotion::Sadness, Emotion::Anger], 1.0).unwrap();
        let (_, _, machine) = &svc.pairs[0];
        let margin = |x: f64| machine.weighted_sum(&LinfaVector::from(vec![x])) - machine.rho;
        assert!((margin(3.0) - 1.0).abs() < 1e-3 && (margin(-1.0) + 1.0).abs() < 1e-3, "{}", margin(3.0));
        assert_eq!((svc.predict(&[1.1]), svc.predict(&[0.9])), (Emotion::Anger, Emotion::Sadness));
    }

    #[test]
    fn svc_cost_bounds_the_weight_of_one_utterance() {
        // At ± 0.1, C = 1: both multipliers stop at 1, so w = 1·0.1 + 1·0.1, not the 10 of the largest margin.
        let points = array![[-0.1], [0.1]];
        let svc = Svc::fit(&points, &[Emotion::Sadness, Emotion::Anger], 1.0).unwrap();
        let (_, _, machine) = &svc.pairs[0];
        let at = |x: f64| machine.weighted_sum(&LinfaVector::from(vec![x]));
        assert!((at(1.0) - at(0.0) - 0.2).abs() < 1e-9);
    }

    #[test]
    fn svc_separates_four_clouds_the_same_way_every_time() {
        let centres = [
            (Emotion::Neutral, [0.0, 0.0]),
            (Emotion::Sadness, [8.0, 0.0]),
            (Emotion::Happiness, [0.0, 8.0]),
            (Emotion::Anger, [8.0, 8.0]),
        ];
        let mut random = Random::new(5);
        let emotions: Vec<Emotion> = (0..80).map(|row| centres[row % 4].0).collect();
        let points = Array2::from_shape_fn((80, 2), |(row, k)| centres[row % 4].1[k] + random.normal());
        let svc = Svc::fit(&points, &emotions, 1.0).unwrap();
        assert_eq!(svc.pairs.len(), 6);
        for (emotion, centre) in centres {
            assert_eq!(svc.predict(&centre), emotion);
        }
        let again = Svc::fit(&points, &emotions, 1.0).unwrap();
        for ((_, _, one), (_, _, other)) in svc.pairs.iter().zip(&again.pairs) {
            assert_eq!((&one.alpha, one.rho), (&other.alpha, other.rho));
        }
    }

    #[test]
    fn svc_refuses_one_class_and_numbers_that_are_not_finite() {
        let points = array![[1.0], [2.0]];
        assert!(Svc::fit(&points, &[Emotion::Anger; 2], 1.0).is_none());
        assert!(Svc::fit(&points, &[Emotion::Anger], 1.0).is_none());
        let broken = array![[1.0], [f64::INFINITY]];
        assert!(Svc::fit(&broken, &[Emotion::Anger, Emotion::Fear], 1.0).is_none());
    }
}
