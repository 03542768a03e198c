//! The trainable parameters: the network and, in a variational autoencoder, the log-variance head, which is not kept.

use crate::numeric::random::Random;
use undertone::model::{Architecture, Layer, Network};

/// An autoencoder in training.
#[derive(Debug, Clone, PartialEq)]
pub struct Autoencoder {
    /// The network. In a VAE its last encoder layer is the head that gives the mean of the latent distribution.
    pub network: Network,
    /// In a VAE, the head that gives the logarithms of the variances: 10 → 2 beside the mean's.
    pub log_variance: Option<Layer>,
}

impl Autoencoder {
    /// All weights 0.
    pub fn zeros(architecture: Architecture) -> Autoencoder {
        let network = Network::zeros();
        let head = network.encoder.last().map(|head| Layer { rectify: false, ..head.clone() });
        Autoencoder { network, log_variance: head.filter(|_| architecture == Architecture::Vae) }
    }

    /// Weights and biases uniform in ± 1/√inputs. Both architectures get the same weights for the network.
    pub fn initial(architecture: Architecture, random: &mut Random) -> Autoencoder {
        let mut model = Autoencoder::zeros(architecture);
        for layer in model.layers_mut() {
            let bound = 1.0 / libm::sqrt(layer.weight.ncols() as f64);
            layer.weight.mapv_inplace(|_| random.between(-bound, bound));
            layer.bias.mapv_inplace(|_| random.between(-bound, bound));
        }
        model
    }

    /// Encoder, decoder, then the log-variance head if there is one.
    pub fn layers(&self) -> impl Iterator<Item = &Layer> {
        self.network.encoder.iter().chain(&self.network.decoder).chain(&self.log_variance)
    }

    /// As [`Autoencoder::layers`].
    pub fn layers_mut(&mut self) -> impl Iterator<Item = &mut Layer> {
        self.network.encoder.iter_mut().chain(&mut self.network.decoder).chain(&mut self.log_variance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn autoencoders_have_9310_and_9332_parameters_as_in_das_et_al() {
        for (architecture, expected) in [(Architecture::Dae, 9310), (Architecture::Vae, 9332)] {
            let model = Autoencoder::initial(architecture, &mut Random::new(1));
            assert_eq!(model.layers().map(|l| l.weight.len() + l.bias.len()).sum::<usize>(), expected);
            assert!(model.layers().all(|l| l.weight.iter().all(|&w| w != 0.0)));
        }
    }

    #[test]
    fn initial_weights_are_within_their_bounds_and_shared_by_the_architectures() {
        let model = Autoencoder::initial(Architecture::Vae, &mut Random::new(1));
        for layer in model.layers() {
            let bound = 1.0 / (layer.weight.ncols() as f64).sqrt();
            let largest = layer.weight.iter().chain(&layer.bias).fold(0.0, |a: f64, b| a.max(b.abs()));
            assert!(largest <= bound && largest > 0.8 * bound, "{largest} {bound}");
        }
        assert_eq!(model.network, Autoencoder::initial(Architecture::Dae, &mut Random::new(1)).network);
    }
}
