//! The label terms, metric-act and metric-val, in closed form.
//!
//! Das et al. compare all pairs i < j of a batch: with label differences l_d and latent differences z_d (signed,
//! averaged over the latent dimensions) they fit z_d ≈ p·l_d and minimise the residuals and |p − 1|. With m_i the mean
//! latent coordinate of utterance i this needs no pairs (method §2): p = cov(l, m)/var(l), and the mean squared
//! residual over pairs is 2·SS/(B − 1), SS the sum of squares of m − m̄ − p·(l − l̄).
//!
//! At the minimum the mean latent coordinate equals the label plus a constant.

/// Value and gradient of a label term over one batch.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelTerm {
    /// Mean squared residual over all pairs.
    pub residual: f64,
    /// |p − 1|.
    pub slope: f64,
    /// Gradient of `residual + slope` with respect to each mᵢ.
    pub gradient: Vec<f64>,
}

/// The term for labels l and mean latent coordinates m of the same length B.
///
/// For fewer than two utterances, or labels that are all equal, p is not defined: value and gradient are 0. At the kink
/// p = 1 the slope's gradient is 0.
pub fn label_term(labels: &[f64], m: &[f64]) -> LabelTerm {
    let count = labels.len();
    let zero = LabelTerm { residual: 0.0, slope: 0.0, gradient: vec![0.0; count] };
    if count < 2 {
        return zero;
    }
    let (label_mean, m_mean) = (mean(labels), mean(m));
    let (mut variance, mut covariance) = (0.0, 0.0);
    for (l, m) in labels.iter().zip(m) {
        variance += (l - label_mean) * (l - label_mean);
        covariance += (l - label_mean) * (m - m_mean);
    }
    // The variance of equal labels may be a rounding error instead of 0.
    if variance <= 1e-12 * count as f64 * (1.0 + label_mean * label_mean) {
        return zero;
    }
    let p = covariance / variance;
    let sign = if p > 1.0 {
        1.0
    } else if p < 1.0 {
        -1.0
    } else {
        0.0
    };
    let pairs = (count - 1) as f64;
    let mut squares = 0.0;
    let mut gradient = Vec::with_capacity(count);
    for (l, m) in labels.iter().zip(m) {
        let residual = (m - m_mean) - p * (l - label_mean);
        squares += residual * residual;
        // p minimises the squares, so its own change does not show in their gradient.
        gradient.push(4.0 * residual / pairs + sign * (l - label_mean) / variance);
    }
    LabelTerm { residual: 2.0 * squares / pairs, slope: (p - 1.0).abs(), gradient }
}

fn mean(values: &[f64]) -> f64 {
    let mut sum = 0.0;
    for value in values {
        sum += value;
    }
    sum / values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::random::Random;

    /// The definition of Das et al., over pairs.
    fn over_pairs(labels: &[f64], m: &[f64]) -> (f64, f64) {
        let pairs: Vec<(f64, f64)> = (0..labels.len())
            .flat_map(|i| (i + 1..labels.len()).map(move |j| (i, j)))
            .map(|(i, j)| (labels[i] - labels[j], m[i] - m[j]))
            .collect();
        let p = pairs.iter().map(|(l, z)| l * z).sum::<f64>() / pairs.iter().map(|(l, _)| l * l).sum::<f64>();
        let residual = pairs.iter().map(|(l, z)| (z - p * l) * (z - p * l)).sum::<f64>() / pairs.len() as f64;
        (residual, (p - 1.0).abs())
    }

    fn batch(count: usize, seed: u64) -> (Vec<f64>, Vec<f64>) {
        let mut random = Random::new(seed);
        let labels: Vec<f64> = (0..count).map(|_| random.between(1.0, 5.0)).collect();
        let m = labels.iter().map(|l| 0.4 * l + random.normal()).collect();
        (labels, m)
    }

    #[test]
    fn label_term_equals_the_sum_over_pairs() {
        for (count, seed) in [(2, 1), (3, 2), (64, 3), (57, 4)] {
            let (labels, m) = batch(count, seed);
            let term = label_term(&labels, &m);
            let (residual, slope) = over_pairs(&labels, &m);
            assert!((term.residual - residual).abs() < 1e-9, "{} {residual}", term.residual);
            assert!((term.slope - slope).abs() < 1e-9, "{} {slope}", term.slope);
        }
    }

    #[test]
    fn label_term_has_the_gradient_of_finite_differences_on_both_sides_of_the_kink() {
        for scale in [1.0, 6.0] {
            let (labels, mut m) = batch(20, 9);
            m.iter_mut().for_each(|v| *v *= scale);
            let gradient = label_term(&labels, &m).gradient;
            let value = |m: &[f64]| {
                let term = label_term(&labels, m);
                term.residual + term.slope
            };
            let h = 1e-6;
            for i in 0..m.len() {
                let (mut up, mut down) = (m.clone(), m.clone());
                up[i] += h;
                down[i] -= h;
                let numeric = (value(&up) - value(&down)) / (2.0 * h);
                assert!((numeric - gradient[i]).abs() < 1e-6, "{i}: {numeric} {}", gradient[i]);
            }
        }
    }

    #[test]
    fn label_term_is_0_for_latents_equal_to_the_labels_plus_a_constant() {
        let (labels, _) = batch(30, 5);
        let m: Vec<f64> = labels.iter().map(|l| l - 3.0).collect();
        let term = label_term(&labels, &m);
        assert!(term.residual < 1e-25 && term.slope < 1e-12);
    }

    #[test]
    fn label_term_is_zero_where_it_is_not_defined() {
        for (labels, m) in [(vec![], vec![]), (vec![3.0], vec![1.0]), (vec![3.3; 3], vec![1.0, 2.0, 5.0])] {
            let term = label_term(&labels, &m);
            assert_eq!((term.residual, term.slope), (0.0, 0.0));
            assert!(term.gradient.len() == labels.len() && term.gradient.iter().all(|&g| g == 0.0));
        }
        // Exactly on the kink: labels and latents equal in exact arithmetic.
        let term = label_term(&[1.0, 2.0, 3.0], &[1.0, 2.0, 3.0]);
        assert_eq!(term.gradient, [0.0; 3]);
    }
}
