//! Standardisation of the features by their mean and scale over the training data.

/// Mean and scale of each feature over the training data.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaler {
    /// Mean per feature, in the feature's unit.
    pub mean: Vec<f32>,
    /// Divisor per feature (standard deviation over the training data), > 0.
    pub scale: Vec<f32>,
}

impl Scaler {
    /// (x − mean) / scale of feature `index`.
    pub fn standardise(&self, index: usize, value: f32) -> f64 {
        (f64::from(value) - f64::from(self.mean[index])) / f64::from(self.scale[index])
    }
}
