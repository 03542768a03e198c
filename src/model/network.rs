//! Fully connected layers and the autoencoder made of them.

use ndarray::{Array1, Array2};

use egemaps::catalogue::FEATURE_COUNT;

/// Number of latent coordinates.
pub const LATENT_COUNT: usize = 2;

/// Widths of the layers from input to latent; the decoder mirrors them.
pub const WIDTHS: [usize; 5] = [FEATURE_COUNT, 40, 20, 10, LATENT_COUNT];

/// One fully connected layer: y = W·x + b, then max(y, 0) if it rectifies.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// W, \[outputs, inputs\].
    pub weight: Array2<f64>,
    /// b, \[outputs\].
    pub bias: Array1<f64>,
    /// Whether a ReLU follows.
    pub rectify: bool,
}

impl Layer {
    /// A layer of zeros.
    pub fn zeros(inputs: usize, outputs: usize, rectify: bool) -> Layer {
        Layer { weight: Array2::zeros((outputs, inputs)), bias: Array1::zeros(outputs), rectify }
    }

    /// W·x + b, before any ReLU. Sums run over the inputs in order, starting from the bias.
    pub fn pre_activation(&self, input: &[f64]) -> Vec<f64> {
        self.weight
            .rows()
            .into_iter()
            .zip(&self.bias)
            .map(|(row, bias)| {
                let mut sum = *bias;
                for (w, x) in row.iter().zip(input) {
                    sum += w * x;
                }
                sum
            })
            .collect()
    }

    /// The layer's output.
    pub fn forward(&self, input: &[f64]) -> Vec<f64> {
        let mut output = self.pre_activation(input);
        if self.rectify {
            for value in &mut output {
                // Not `max`: the sign that it gives a zero differs between platforms.
                if *value < 0.0 {
                    *value = 0.0;
                }
            }
        }
        output
    }
}

/// The autoencoder: encoder 88 → 40 → 20 → 10 → 2 and decoder 2 → 10 → 20 → 40 → 88.
///
/// The encoder's hidden layers rectify, its last does not; of the decoder only the second layer (10 → 20) does
/// (the network of Das et al. 2022; method §1).
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// Layers from features to latent.
    pub encoder: Vec<Layer>,
    /// Layers from latent to features.
    pub decoder: Vec<Layer>,
}

/// Which of the encoder's layers rectify.
const ENCODER_RECTIFIES: [bool; 4] = [true, true, true, false];
/// Which of the decoder's layers rectify.
const DECODER_RECTIFIES: [bool; 4] = [false, true, false, false];

impl Network {
    /// The network with all weights 0.
    pub fn zeros() -> Network {
        let w = WIDTHS;
        let last = w.len() - 1;
        Network {
            encoder: (0..last).map(|i| Layer::zeros(w[i], w[i + 1], ENCODER_RECTIFIES[i])).collect(),
            decoder: (0..last)
                .map(|i| Layer::zeros(w[last - i], w[last - i - 1], DECODER_RECTIFIES[i]))
                .collect(),
        }
    }

    /// The two latent coordinates of an utterance, in the model's own units.
    ///
    /// `z` are its 88 standardised features in catalogue order ([`super::Model::standardise`]); one that is missing counts
    /// as 0, the mean of the training utterances.
    pub fn encode(&self, z: &[f64]) -> [f64; LATENT_COUNT] {
        let latent = run(&self.encoder, z);
        std::array::from_fn(|i| latent[i])
    }

    /// The 88 standardised features, in catalogue order, that the network reconstructs from two latent coordinates.
    pub fn decode(&self, latent: &[f64; LATENT_COUNT]) -> Vec<f64> {
        run(&self.decoder, latent)
    }

    /// Rounds every weight to the nearest `f32`, which is what a weights file holds.
    pub fn round_to_f32(&mut self) {
        for layer in self.encoder.iter_mut().chain(&mut self.decoder) {
            layer.weight.mapv_inplace(|v| f64::from(v as f32));
            layer.bias.mapv_inplace(|v| f64::from(v as f32));
        }
    }

    /// Rounds every weight of some layers to the nearest value of 16 bits (IEEE half precision).
    pub fn round_to_f16(layers: &mut [Layer]) {
        for layer in layers {
            layer.weight.mapv_inplace(nearest_f16);
            layer.bias.mapv_inplace(nearest_f16);
        }
    }
}

/// The nearest number of IEEE half precision, ties to even; beyond the largest (65504) that one, with the sign.
fn nearest_f16(value: f64) -> f64 {
    const LARGEST: f64 = 65_504.0;
    /// Exponent of the smallest normal number; below it the steps stay the same.
    const SMALLEST_EXPONENT: i64 = -14;
    const FRACTION_BITS: i64 = 10;
    let exponent = (value.to_bits() >> 52 & 0x7ff) as i64 - 1023;
    let step_exponent = exponent.clamp(SMALLEST_EXPONENT, 15) - FRACTION_BITS;
    let step = f64::from_bits(((step_exponent + 1023) as u64) << 52);
    ((value / step).round_ties_even() * step).clamp(-LARGEST, LARGEST)
}

fn run(layers: &[Layer], input: &[f64]) -> Vec<f64> {
    let mut value = input.to_vec();
    for layer in layers {
        value = layer.forward(&value);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn layer_multiplies_adds_and_rectifies() {
        let mut layer =
            Layer { weight: array![[1.0, 2.0], [-1.0, 0.5]], bias: array![0.5, -1.0], rectify: false };
        assert_eq!(layer.forward(&[3.0, 4.0]), [11.5, -2.0]);
        layer.rectify = true;
        assert_eq!(layer.forward(&[3.0, 4.0]), [11.5, 0.0]);
    }

    #[test]
    fn nearest_f16_rounds_to_half_precision_with_ties_to_even() {
        for (value, expected) in [
            (0.0, 0.0),
            (1.0, 1.0),
            // Steps of 2⁻¹⁰ above 1: halves go to the even side.
            (1.0 + 0.5 / 1024.0, 1.0),
            (1.0 + 1.5 / 1024.0, 1.0 + 2.0 / 1024.0),
            (1.0 + 0.51 / 1024.0, 1.0 + 1.0 / 1024.0),
            (-0.1, -0.099_975_585_937_5),
            (1.0 / 3.0, 0.333_251_953_125),
            // Up into the next power of two.
            (1.9999, 2.0),
            // Subnormal: steps of 2⁻²⁴.
            (6.0e-8, 5.960_464_477_539_063e-8),
            (1.0e-9, 0.0),
            (65_510.0, 65_504.0),
            (-1.0e9, -65_504.0),
        ] {
            assert_eq!(nearest_f16(value), expected, "{value}");
        }
    }

    #[test]
    fn network_has_9310_parameters_as_in_das_et_al() {
        let network = Network::zeros();
        let count: usize =
            network.encoder.iter().chain(&network.decoder).map(|l| l.weight.len() + l.bias.len()).sum();
        assert_eq!(count, 9310);
        assert_eq!(network.encode(&[0.0; 88]), [0.0; 2]);
        assert_eq!(network.decode(&[0.0; 2]).len(), 88);
    }
}
