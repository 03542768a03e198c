//! Inside the network: what every unit of the encoder says about one voice, and what becomes of it when features are
//! turned up or down.

use super::{LATENT_COUNT, Model, network::Network};
use egemaps::catalogue::FEATURE_COUNT;

/// One voice on its way through the encoder.
#[derive(Debug, Clone, PartialEq)]
pub struct Inside {
    /// Outputs of the layers, [`super::WIDTHS`] each: the standardised inputs first, the two coordinates last.
    pub layers: Vec<Vec<f64>>,
    /// The two coordinates, as [`super::Evaluation::latent`].
    pub latent: [f64; LATENT_COUNT],
    /// The score, not clamped.
    pub activation: f64,
}

impl Inside {
    /// The layers with the two coordinates counted from those of the average voice, so that 0 means the average voice in the
    /// first layer and in the last.
    pub fn from_average(&self, model: &Model) -> Vec<Vec<f64>> {
        let average = model.network().encode(&[0.0; FEATURE_COUNT]);
        let mut layers = self.layers.clone();
        for (value, average) in layers.last_mut().into_iter().flatten().zip(&average) {
            *value -= average;
        }
        layers
    }
}

impl Network {
    /// What each layer of the encoder puts out, the input first and the coordinates last.
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
    /// Standardised inputs with feature i turned up by `shifts[i]` standard deviations, within the model's limits. Without
    /// a shift the inputs are those of [`Model::standardise`], bit for bit.
    pub fn shifted(
        &self,
        features: &[f32; FEATURE_COUNT],
        shifts: &[f64; FEATURE_COUNT],
    ) -> [f64; FEATURE_COUNT] {
        let limit = self.info().limit;
        let mut z = self.standardise(features).z;
        for (z, &shift) in z.iter_mut().zip(shifts) {
            if shift != 0.0 && shift.is_finite() {
                *z = (*z + shift).clamp(-limit, limit);
            }
        }
        z
    }

    /// One voice's way through the encoder, with its inputs shifted as [`Model::shifted`] does.
    pub fn inside(&self, features: &[f32; FEATURE_COUNT], shifts: &[f64; FEATURE_COUNT]) -> Inside {
        let layers = self.network().activations(&self.shifted(features, shifts));
        let mut latent = [0.0; LATENT_COUNT];
        for (slot, value) in latent.iter_mut().zip(layers.last().into_iter().flatten()) {
            *slot = *value;
        }
        Inside { activation: self.score(&latent), latent, layers }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{WIDTHS, testing};
    use egemaps::catalogue::{FEATURES, Lld};

    #[test]
    fn the_last_layer_is_the_latent_bit_for_bit() {
        for seed in 0..4 {
            let model = testing::model(seed);
            let features = testing::features(&model, seed + 9);
            let inside = model.inside(&features, &[0.0; FEATURE_COUNT]);
            let evaluation = model.evaluate(&features);
            assert_eq!(inside.latent.map(f64::to_bits), evaluation.latent.map(f64::to_bits));
            assert_eq!(inside.activation.to_bits(), evaluation.activation.to_bits());
            assert_eq!(inside.layers.iter().map(Vec::len).collect::<Vec<_>>(), WIDTHS);
            assert_eq!(inside.layers[0], model.standardise(&features).z);
            assert_eq!(inside.layers[4], inside.latent);
            // The hidden layers rectify.
            assert!(inside.layers[1..4].iter().flatten().all(|unit| *unit >= 0.0));
        }
    }

    #[test]
    fn the_average_voice_is_zero_at_both_ends() {
        let model = testing::model(3);
        let average: [f32; FEATURE_COUNT] = std::array::from_fn(|i| model.scaler().mean[i]);
        let shown = model.inside(&average, &[0.0; FEATURE_COUNT]).from_average(&model);
        assert!(shown[0].iter().chain(&shown[4]).all(|v| v.abs() < 1e-6), "{shown:?}");
        let inside = model.inside(&testing::features(&model, 5), &[0.0; FEATURE_COUNT]);
        assert_eq!(inside.from_average(&model)[..4], inside.layers[..4]);
        assert_ne!(inside.from_average(&model)[4], inside.layers[4]);
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
        assert_ne!(model.inside(&features, &shifts).latent, model.evaluate(&features).latent);
    }

    #[test]
    fn a_shift_stops_at_the_model_s_limits() {
        let model = testing::model(3);
        let features = testing::features(&model, 5);
        let limit = model.info().limit;
        assert_eq!(model.shifted(&features, &[1e9; FEATURE_COUNT]), [limit; FEATURE_COUNT]);
        assert_eq!(model.shifted(&features, &[f64::NAN; FEATURE_COUNT]), model.standardise(&features).z);
    }
}
