//! The activations of the encoder's layers for one voice, also with groups of features shifted up or down.

use super::{LATENT_COUNT, Model, network::Network};
use crate::number::within;
use egemaps::catalogue::FEATURE_COUNT;

/// The outputs of the encoder's layers for one utterance, from the standardised inputs to the latent coordinates.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerActivations {
    /// Five lists of the lengths [`super::WIDTHS`]: the 88 standardised inputs, the outputs of three hidden layers after their
    /// ReLU, and the two coordinates.
    pub layers: Vec<Vec<f64>>,
    /// The two coordinates, as [`super::Evaluation::latent`].
    pub latent: [f64; LATENT_COUNT],
    /// The activation score, 1 calm … 5 excited, not clamped.
    pub activation: f64,
}

impl LayerActivations {
    /// The layers with the two coordinates relative to those of the average voice, so that 0 means the average voice in
    /// the first layer and in the last.
    pub fn relative_to_average(&self, model: &Model) -> Vec<Vec<f64>> {
        let average = model.network().encode(&[0.0; FEATURE_COUNT]);
        let mut layers = self.layers.clone();
        for (value, average) in layers.last_mut().into_iter().flatten().zip(&average) {
            *value -= average;
        }
        layers
    }
}

impl Network {
    /// The output of each layer of the encoder, the input first and the coordinates last.
    pub fn activations(&self, z: &[f64]) -> Vec<Vec<f64>> {
        let mut layers = vec![z.to_vec()];
        for layer in &self.encoder {
            let output = layers.last().map(|input| layer.forward(input));
            layers.extend(output);
        }
        layers
    }
}

impl Model {
    /// Standardised inputs with feature i shifted by `shifts[i]` standard deviations, within the model's limits. Without a
    /// shift the inputs are those of [`Model::standardise`], bit for bit.
    pub fn shifted(
        &self,
        features: &[f32; FEATURE_COUNT],
        shifts: &[f64; FEATURE_COUNT],
    ) -> [f64; FEATURE_COUNT] {
        let limit = self.info().limit;
        let mut z = self.standardise(features).z;
        for (z, &shift) in z.iter_mut().zip(shifts) {
            if shift != 0.0 && shift.is_finite() {
                *z = within(*z + shift, -limit, limit);
            }
        }
        z
    }

    /// The layers' outputs for one voice with its inputs shifted as [`Model::shifted`] does.
    pub fn layer_activations(
        &self,
        features: &[f32; FEATURE_COUNT],
        shifts: &[f64; FEATURE_COUNT],
    ) -> LayerActivations {
        let layers = self.network().activations(&self.shifted(features, shifts));
        let mut latent = [0.0; LATENT_COUNT];
        for (slot, value) in latent.iter_mut().zip(layers.last().into_iter().flatten()) {
            *slot = *value;
        }
        LayerActivations { activation: self.score(&latent), latent, layers }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{WIDTHS, testing};
    use egemaps::catalogue::{FEATURES, Lld};

    #[test]
    fn layer_activations_end_in_the_latent_bit_for_bit() {
        for seed in 0..4 {
            let model = testing::model(seed);
            let features = testing::features(&model, seed + 9);
            let activations = model.layer_activations(&features, &[0.0; FEATURE_COUNT]);
            let evaluation = model.evaluate(&features);
            assert_eq!(activations.latent.map(f64::to_bits), evaluation.latent.map(f64::to_bits));
            assert_eq!(activations.activation.to_bits(), evaluation.activation.to_bits());
            assert_eq!(activations.layers.iter().map(Vec::len).collect::<Vec<_>>(), WIDTHS);
            assert_eq!(activations.layers[0], model.standardise(&features).z);
            assert_eq!(activations.layers[4], activations.latent);
            // The hidden layers rectify.
            assert!(activations.layers[1..4].iter().flatten().all(|unit| *unit >= 0.0));
        }
    }

    #[test]
    fn relative_to_average_the_average_voice_is_zero_at_both_ends() {
        let model = testing::model(3);
        let average: [f32; FEATURE_COUNT] = std::array::from_fn(|i| model.scaler().mean[i]);
        let shown = model.layer_activations(&average, &[0.0; FEATURE_COUNT]).relative_to_average(&model);
        assert!(shown[0].iter().chain(&shown[4]).all(|v| v.abs() < 1e-6), "{shown:?}");
        let activations = model.layer_activations(&testing::features(&model, 5), &[0.0; FEATURE_COUNT]);
        assert_eq!(activations.relative_to_average(&model)[..4], activations.layers[..4]);
        assert_ne!(activations.relative_to_average(&model)[4], activations.layers[4]);
    }

    #[test]
    fn shifted_moves_the_features_that_are_shifted_and_no_other() {
        let model = testing::model(3);
        let features = testing::features(&model, 5);
        let plain = model.standardise(&features).z;
        let shifts = FEATURES.map(|feature| if feature.lld == Some(Lld::Loudness) { 0.5 } else { 0.0 });
        let shifted = model.shifted(&features, &shifts);
        for (index, feature) in FEATURES.iter().enumerate() {
            let wanted = (plain[index] + shifts[index]).clamp(-model.info().limit, model.info().limit);
            assert_eq!(shifted[index], wanted, "{}", feature.name);
        }
        assert_ne!(model.layer_activations(&features, &shifts).latent, model.evaluate(&features).latent);
    }

    #[test]
    fn shifted_stops_at_the_limits_of_the_model() {
        let model = testing::model(3);
        let features = testing::features(&model, 5);
        let limit = model.info().limit;
        assert_eq!(model.shifted(&features, &[1e9; FEATURE_COUNT]), [limit; FEATURE_COUNT]);
        assert_eq!(model.shifted(&features, &[f64::NAN; FEATURE_COUNT]), model.standardise(&features).z);
    }
}
