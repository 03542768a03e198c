//! Measures of latents and scores besides rank correlation.

use nalgebra::{DMatrix, DVector};
use ndarray::Array2;

use crate::data::emotion::Emotion;
use crate::learn::baselines::Ridge;
use crate::numeric::random::Random;
use crate::numeric::statistics::mean_and_deviation;

/// The four classes of Das et al.: neutral, sadness, happiness, anger.
pub const CLASSES: [Emotion; 4] = [Emotion::Neutral, Emotion::Sadness, Emotion::Happiness, Emotion::Anger];

/// Share of the variance of labels \[n\] that the best plane over points \[n, p\] explains, adjusted for p:
/// 1 − (1 − R²)·(n − 1)/(n − p − 1).
///
/// `None` for n ≤ p + 1, constant labels or numbers that are not finite.
pub fn adjusted_r2(points: &Array2<f64>, labels: &[f64]) -> Option<f64> {
    let (count, columns) = points.dim();
    if count <= columns + 1 || points.iter().chain(labels).any(|v| !v.is_finite()) {
        return None;
    }
    let plane = Ridge::fit(points, labels, 0.0);
    let (mean, _) = mean_and_deviation(labels);
    let (mut left, mut total) = (0.0, 0.0);
    for (label, predicted) in labels.iter().zip(plane.predict_rows(points)) {
        left += (label - predicted) * (label - predicted);
        total += (label - mean) * (label - mean);
    }
    (total > 0.0).then(|| 1.0 - left / total * (count - 1) as f64 / (count - columns - 1) as f64)
}

/// Bhattacharyya distance of the normal distributions with the means and covariances of two sets of points
/// \[n, p\]: ⅛·Δᵀ·Σ⁻¹·Δ + ½·ln(|Σ|/√(|Σ₁|·|Σ₂|)), Σ the mean of both covariances (Bhattacharyya 1943).
///
/// `None` if a set lies on a line (p = 2) or a point, or has numbers that are not finite.
pub fn bhattacharyya(a: &Array2<f64>, b: &Array2<f64>) -> Option<f64> {
    let ((mean_a, cov_a), (mean_b, cov_b)) = (moments(a)?, moments(b)?);
    let cov = (&cov_a + &cov_b) * 0.5;
    let difference = mean_a - mean_b;
    let pulled = cov.clone().cholesky()?.solve(&difference);
    let (whole, parts) = (cov.determinant(), cov_a.determinant() * cov_b.determinant());
    let distance = difference.dot(&pulled) / 8.0 + 0.5 * libm::log(whole / libm::sqrt(parts));
    (parts > 0.0 && distance.is_finite()).then_some(distance)
}

fn moments(points: &Array2<f64>) -> Option<(DVector<f64>, DMatrix<f64>)> {
    let (count, columns) = points.dim();
    if count < 2 {
        return None;
    }
    let mean =
        DVector::from_fn(columns, |j, _| points.column(j).iter().fold(0.0, |s, v| s + v) / count as f64);
    let centred = DMatrix::from_fn(count, columns, |i, j| points[[i, j]] - mean[j]);
    Some((mean, centred.tr_mul(&centred) / (count - 1) as f64))
}

/// Mean over the classes that occur of the share of a class's utterances that were classified correctly. `rows`: the class of an
/// utterance and whether it was classified correctly (0 or 1, or a share of runs). Emotions outside [`CLASSES`] do not count.
///
/// `None` if no class occurs.
pub fn balanced_accuracy(rows: impl IntoIterator<Item = (Emotion, f64)>) -> Option<f64> {
    let (mut right, mut counts) = ([0.0; CLASSES.len()], [0usize; CLASSES.len()]);
    for (emotion, hit) in rows {
        if let Some(class) = CLASSES.iter().position(|&c| c == emotion) {
            right[class] += hit;
            counts[class] += 1;
        }
    }
    let mut sum = 0.0;
    let mut present = 0usize;
    for (right, count) in right.into_iter().zip(counts).filter(|&(_, count)| count > 0) {
        sum += right / count as f64;
        present += 1;
    }
    (present > 0).then(|| sum / present as f64)
}

/// Number of resamplings of [`bootstrap`], and of permutations for chance.
pub const RESAMPLINGS: usize = 1000;
const BOOTSTRAP_SEED: u64 = 95;

/// 95 % bootstrap interval of a statistic over speakers: speakers are drawn with replacement, each with all its rows, [`RESAMPLINGS`] times; the interval lies between the 2.5 and 97.5 percentiles (Efron 1979). The same rows give
/// the same interval.
///
/// `speakers`: speaker of each row. `statistic` gets the numbers of the drawn rows; where it does not exist, the draw
/// does not count. `None` for fewer than two speakers or if the statistic never exists.
pub fn bootstrap(speakers: &[usize], statistic: impl Fn(&[usize]) -> Option<f64>) -> Option<[f64; 2]> {
    let mut names = speakers.to_vec();
    names.sort_unstable();
    names.dedup();
    if names.len() < 2 {
        return None;
    }
    let rows_of: Vec<Vec<usize>> = names
        .iter()
        .map(|name| (0..speakers.len()).filter(|&row| speakers[row] == *name).collect())
        .collect();
    let mut random = Random::new(BOOTSTRAP_SEED);
    let mut values = Vec::new();
    let mut drawn = Vec::new();
    for _ in 0..RESAMPLINGS {
        drawn.clear();
        for _ in 0..names.len() {
            drawn.extend_from_slice(&rows_of[random.below(names.len())]);
        }
        values.extend(statistic(&drawn));
    }
    central_95_percent(values)
}

/// The 2.5 and 97.5 percentiles of values; `None` for none.
pub fn central_95_percent(mut values: Vec<f64>) -> Option<[f64; 2]> {
    values.sort_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    // Linear between neighbours.
    let at = |share: f64| {
        let place = share * last as f64;
        let below = libm::floor(place) as usize;
        let above = (below + 1).min(last);
        values[below] + (place - below as f64) * (values[above] - values[below])
    };
    Some([at(0.025), at(0.975)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn adjusted_r2_is_that_of_the_worked_example() {
        // y = 1, 3, 2, 4 on x = 0 … 3: slope 0.8, Σ(y − ȳ)² = 5, explained 0.64·5 = 3.2, R² = 0.64;
        // adjusted 1 − 0.36·3/2.
        let x = array![[0.0], [1.0], [2.0], [3.0]];
        let r2 = adjusted_r2(&x, &[1.0, 3.0, 2.0, 4.0]).unwrap();
        assert!((r2 - 0.46).abs() < 1e-12, "{r2}");
        assert!((adjusted_r2(&x, &[1.0, 2.0, 3.0, 4.0]).unwrap() - 1.0).abs() < 1e-12);
        // Points without spread explain nothing: R² = 0, adjusted 1 − 3/2.
        assert!(
            (adjusted_r2(&array![[1.0], [1.0], [1.0], [1.0]], &[1.0, 3.0, 2.0, 4.0]).unwrap() + 0.5).abs()
                < 1e-12
        );
        assert_eq!(adjusted_r2(&x, &[2.0; 4]), None);
        assert_eq!(adjusted_r2(&array![[0.0], [1.0]], &[1.0, 2.0]), None);
        assert_eq!(adjusted_r2(&array![[0.0], [1.0], [f64::NAN]], &[1.0, 2.0, 3.0]), None);
    }

    #[test]
    fn bhattacharyya_is_the_closed_form() {
        // Covariances (n − 1): diag(4/3, 4/3) for the square, four times that for the large one.
        let square = array![[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]];
        let shifted = square.mapv(|v| v + 2.0);
        // Equal covariances: ⅛·(2² + 2²)/(4/3).
        assert!((bhattacharyya(&square, &shifted).unwrap() - 0.75).abs() < 1e-12);
        // Equal means: ½·ln(2.5²/√(1·16)).
        let large = square.mapv(|v| 2.0 * v);
        let expected = 0.5 * libm::log(6.25 / 4.0);
        assert!((bhattacharyya(&square, &large).unwrap() - expected).abs() < 1e-12);
        assert!(bhattacharyya(&square, &square).unwrap().abs() < 1e-12);
        // Correlated points: invariant under the same invertible map of both.
        let map = |p: &Array2<f64>| {
            Array2::from_shape_fn(p.dim(), |(i, j)| {
                if j == 0 { 3.0 * p[[i, 0]] + p[[i, 1]] } else { p[[i, 1]] - p[[i, 0]] }
            })
        };
        let mapped = bhattacharyya(&map(&square), &map(&shifted)).unwrap();
        assert!((mapped - 0.75).abs() < 1e-12, "{mapped}");
        let line = array![[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]];
        assert_eq!(bhattacharyya(&square, &line), None);
        assert_eq!(bhattacharyya(&square, &array![[0.0, 0.0]]), None);
    }

    #[test]
    fn balanced_accuracy_weighs_classes_alike_and_only_those_that_occur() {
        use Emotion::{Anger, Boredom, Neutral, Sadness};
        // Anger 3 of 4, sadness 0 of 1, boredom is none of the classes.
        let rows = [(Anger, 1.0), (Anger, 1.0), (Anger, 1.0), (Anger, 0.0), (Sadness, 0.0), (Boredom, 1.0)];
        assert_eq!(balanced_accuracy(rows), Some(0.375));
        assert_eq!(balanced_accuracy([(Neutral, 1.0)]), Some(1.0));
        assert_eq!(balanced_accuracy([(Boredom, 1.0)]), None);
    }

    #[test]
    fn bootstrap_draws_speakers_and_the_same_every_time() {
        // Speaker 0 says 0 (one row), speaker 1 says 1 (three rows); means of draws: 0, ¾ or 1.
        let (speakers, values) = ([0, 1, 1, 1], [0.0, 1.0, 1.0, 1.0]);
        let mean = |rows: &[usize]| Some(rows.iter().map(|&r| values[r]).sum::<f64>() / rows.len() as f64);
        let seen = std::cell::RefCell::new(Vec::new());
        let interval = bootstrap(&speakers, |rows| {
            seen.borrow_mut().push(mean(rows).unwrap());
            mean(rows)
        });
        assert_eq!(interval, Some([0.0, 1.0]));
        let seen = seen.into_inner();
        assert!(seen.len() == RESAMPLINGS && seen.iter().all(|v| [0.0, 0.75, 1.0].contains(v)));
        let both = seen.iter().filter(|&&v| v == 0.75).count();
        assert!((400..600).contains(&both), "{both}");
        assert_eq!(bootstrap(&speakers, mean), interval);
        assert_eq!(bootstrap(&[3, 3], mean), None);
    }

    #[test]
    fn central_95_percent_leaves_two_and_a_half_percent_on_either_side() {
        assert_eq!(central_95_percent((0..=1000).rev().map(f64::from).collect()), Some([25.0, 975.0]));
        assert_eq!(central_95_percent(vec![7.0]), Some([7.0, 7.0]));
        assert_eq!(central_95_percent(Vec::new()), None);
    }
}
