//! Fully connected layers and the autoencoder made of them.

use ndarray::{Array1, Array2};

use super::half;
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

    /// Rounds every weight of some layers to `f32`, and that to the nearest value of 16 bits ([`half`]). Beyond the largest of
    /// these, 65,504, a weight becomes infinite, which no weights file takes.
    pub fn round_to_f16(layers: &mut [Layer]) {
        let round = |weight: f64| f64::from(half::to_f32(half::from_f32(weight as f32)));
        for layer in layers {
            layer.weight.mapv_inplace(round);
            layer.bias.mapv_inplace(round);
        }
    }
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
    fn network_has_9310_parameters_as_in_das_et_al() {
        let network = Network::zeros();
        let count: usize =
            network.encoder.iter().chain(&network.decoder).map(|l| l.weight.len() + l.bias.len()).sum();
        assert_eq!(count, 9310);
        assert_eq!(network.encode(&[0.0; 88]), [0.0; 2]);
        assert_eq!(network.decode(&[0.0; 2]).len(), 88);
    }
}
