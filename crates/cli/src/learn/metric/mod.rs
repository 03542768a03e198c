//! The metric terms: what a metric objective adds to the reconstruction error of a batch (method §2).
//!
//! | objective | term | where |
//! |---|---|---|
//! | unsupervised | none | – |
//! | metric-cluster | spread within the emotions divided by the distance between them | [`cluster`] |
//! | metric-act, metric-val | the mean latent coordinate equals the label plus a constant | [`label`] |

pub mod cluster;
pub mod label;
mod term;

use ndarray::Array2;

use self::cluster::cluster_term;
use self::label::label_term;
pub use self::term::MetricTerm;
use undertone::model::Objective;

/// The term of an objective for latents \[B, 2\].
///
/// `labels` \[B\]: activation or valence, whichever the objective uses. `classes` \[B\]: any number per emotion.
/// `as_released`: metric-cluster as in the code released with Das et al., see [`cluster`].
pub fn metric_term(
    objective: Objective,
    as_released: bool,
    labels: &[f64],
    classes: &[usize],
    latent: &Array2<f64>,
) -> MetricTerm {
    match objective {
        Objective::Unsupervised => MetricTerm::zero(latent),
        Objective::MetricCluster => cluster_term(classes, latent, as_released),
        Objective::MetricAct | Objective::MetricVal => mean_coordinate_term(labels, latent),
    }
}

/// The label term of the mean latent coordinate, spread over the coordinates.
fn mean_coordinate_term(labels: &[f64], latent: &Array2<f64>) -> MetricTerm {
    let dimensions = latent.ncols() as f64;
    let mean = |row: ndarray::ArrayView1<f64>| {
        let mut sum = 0.0;
        for value in row {
            sum += value;
        }
        sum / dimensions
    };
    let means: Vec<f64> = latent.rows().into_iter().map(mean).collect();
    let term = label_term(labels, &means);
    let gradient = Array2::from_shape_fn(latent.raw_dim(), |(row, _)| term.gradient[row] / dimensions);
    MetricTerm { value: term.residual + term.slope, gradient }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::random::Random;

    #[test]
    fn metric_terms_have_the_gradient_of_finite_differences() {
        let mut random = Random::new(3);
        let latent = Array2::from_shape_fn((24, 2), |_| random.normal());
        let labels: Vec<f64> = (0..24).map(|_| random.between(1.0, 5.0)).collect();
        let classes: Vec<usize> = (0..24).map(|i| [7, 0, 3, 3][i % 4]).collect();
        let h = 1e-6;
        for objective in Objective::ALL {
            for as_released in [false, true] {
                let of =
                    |latent: &Array2<f64>| metric_term(objective, as_released, &labels, &classes, latent);
                let exact = of(&latent);
                assert_eq!(exact.value == 0.0, objective == Objective::Unsupervised);
                for at in (0..24).flat_map(|i| [[i, 0], [i, 1]]) {
                    let (mut up, mut down) = (latent.clone(), latent.clone());
                    up[at] += h;
                    down[at] -= h;
                    let numeric = (of(&up).value - of(&down).value) / (2.0 * h);
                    let gradient = exact.gradient[at];
                    assert!((numeric - gradient).abs() < 1e-6, "{objective:?} {at:?}: {numeric} {gradient}");
                }
            }
        }
    }

    #[test]
    fn metric_term_of_a_single_utterance_is_zero() {
        for objective in Objective::ALL {
            let latent = ndarray::array![[0.3, -2.0]];
            assert_eq!(metric_term(objective, false, &[4.0], &[1], &latent), MetricTerm::zero(&latent));
        }
    }
}
