//! What a metric objective asks of the latents of a batch, besides reconstruction (method §2).
//!
//! | objective | term | where |
//! |---|---|---|
//! | unsupervised | none | – |
//! | metric-cluster | spread within the emotions over distance between them | [`cluster`] |
//! | metric-act, metric-val | the mean latent coordinate equals the label plus a constant | [`label`] |

pub mod cluster;
pub mod label;

use ndarray::Array2;

use self::cluster::cluster_term;
use self::label::label_term;
use undertone::model::Objective;

/// Value of a metric term over one batch, and its gradient.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// What is added to the objective, ≥ 0.
    pub value: f64,
    /// Gradient with respect to the latents, \[B, 2\].
    pub gradient: Array2<f64>,
}

impl Term {
    /// The term of a batch that says nothing.
    fn silent(latent: &Array2<f64>) -> Term {
        Term { value: 0.0, gradient: Array2::zeros(latent.raw_dim()) }
    }
}

/// The term of an objective for latents \[B, 2\].
///
/// `labels` \[B\]: activation or valence, whichever the objective follows. `classes` \[B\]: any number per emotion.
/// `as_released`: metric-cluster as in the study's released code, see [`cluster`].
pub fn term(
    objective: Objective,
    as_released: bool,
    labels: &[f64],
    classes: &[usize],
    latent: &Array2<f64>,
) -> Term {
    match objective {
        Objective::Unsupervised => Term::silent(latent),
        Objective::MetricCluster => cluster_term(classes, latent, as_released),
        Objective::MetricAct | Objective::MetricVal => mean_coordinate_term(labels, latent),
    }
}

/// The label term of the mean latent coordinate, spread over the coordinates.
fn mean_coordinate_term(labels: &[f64], latent: &Array2<f64>) -> Term {
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
    Term { value: term.residual + term.slope, gradient }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::random::Random;

    #[test]
    fn every_term_s_gradient_is_that_of_finite_differences() {
        let mut random = Random::new(3);
        let latent = Array2::from_shape_fn((24, 2), |_| random.normal());
        let labels: Vec<f64> = (0..24).map(|_| random.between(1.0, 5.0)).collect();
        let classes: Vec<usize> = (0..24).map(|i| [7, 0, 3, 3][i % 4]).collect();
        let h = 1e-6;
        for objective in Objective::ALL {
            for as_released in [false, true] {
                let of = |latent: &Array2<f64>| term(objective, as_released, &labels, &classes, latent);
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
    fn a_single_utterance_says_nothing() {
        for objective in Objective::ALL {
            let latent = ndarray::array![[0.3, -2.0]];
            assert_eq!(term(objective, false, &[4.0], &[1], &latent), Term::silent(&latent));
        }
    }
}
