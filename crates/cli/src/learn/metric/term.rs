//! Value and gradient of a metric term.

use ndarray::Array2;

/// Value of a metric term over one batch, and its gradient.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricTerm {
    /// What is added to the loss, ≥ 0.
    pub value: f64,
    /// Gradient with respect to the latents, \[B, 2\].
    pub gradient: Array2<f64>,
}

impl MetricTerm {
    /// Value and gradient 0: the term of a batch that does not define it.
    pub(super) fn zero(latent: &Array2<f64>) -> MetricTerm {
        MetricTerm { value: 0.0, gradient: Array2::zeros(latent.raw_dim()) }
    }
}
