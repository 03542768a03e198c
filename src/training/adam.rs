//! Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019).

use crate::model::{Layer, Network};

const BETA_1: f64 = 0.9;
const BETA_2: f64 = 0.999;
const EPSILON: f64 = 1e-8;

/// State of the optimiser for one network.
#[derive(Debug, Clone)]
pub struct Adam {
    first: Network,
    second: Network,
    /// β₁ᵗ and β₂ᵗ.
    powers: [f64; 2],
    decay: f64,
}

impl Adam {
    /// Starts from nothing. `decay`: share of a weight (not of a bias) that a step with rate 1 takes away.
    pub fn new(decay: f64) -> Adam {
        Adam { first: Network::zeros(), second: Network::zeros(), powers: [1.0, 1.0], decay }
    }

    /// One step of the given learning rate down the gradient.
    pub fn step(&mut self, network: &mut Network, gradient: &Network, rate: f64) {
        self.powers = [self.powers[0] * BETA_1, self.powers[1] * BETA_2];
        let corrections = [1.0 - self.powers[0], 1.0 - self.powers[1]];
        let keep = 1.0 - rate * self.decay;
        let layers = layers_mut(network).zip(layers(gradient)).zip(layers_mut(&mut self.first));
        for (((layer, gradient), first), second) in layers.zip(layers_mut(&mut self.second)) {
            let weights = layer.weight.iter_mut().zip(&gradient.weight).map(|(w, g)| (w, g, keep));
            let biases = layer.bias.iter_mut().zip(&gradient.bias).map(|(b, g)| (b, g, 1.0));
            let first = first.weight.iter_mut().chain(&mut first.bias);
            let second = second.weight.iter_mut().chain(&mut second.bias);
            for (((value, g, keep), m), v) in weights.chain(biases).zip(first).zip(second) {
                *m = BETA_1 * *m + (1.0 - BETA_1) * g;
                *v = BETA_2 * *v + (1.0 - BETA_2) * g * g;
                let step = (*m / corrections[0]) / (libm::sqrt(*v / corrections[1]) + EPSILON);
                *value = keep * *value - rate * step;
            }
        }
    }
}

fn layers(network: &Network) -> impl Iterator<Item = &Layer> {
    network.encoder.iter().chain(&network.decoder)
}

fn layers_mut(network: &mut Network) -> impl Iterator<Item = &mut Layer> {
    network.encoder.iter_mut().chain(&mut network.decoder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_steps_are_those_of_the_paper() {
        let (mut network, mut gradient) = (Network::zeros(), Network::zeros());
        network.encoder[0].weight[[3, 5]] = 2.0;
        network.encoder[0].bias[3] = 1.0;
        let mut adam = Adam::new(0.0);
        gradient.encoder[0].weight[[3, 5]] = 0.5;
        adam.step(&mut network, &gradient, 0.1);
        // After one step m̂ = g and v̂ = g²: the step is the rate, in the direction of the sign.
        assert!((network.encoder[0].weight[[3, 5]] - (2.0 - 0.1 * 0.5 / (0.5 + 1e-8))).abs() < 1e-15);
        gradient.encoder[0].weight[[3, 5]] = -1.0;
        adam.step(&mut network, &gradient, 0.1);
        let m = (0.9 * 0.05 - 0.1) / (1.0 - 0.81);
        let v: f64 = (0.999 * 0.00025 + 0.001) / (1.0 - 0.998_001);
        let expected = 2.0 - 0.1 * 0.5 / (0.5 + 1e-8) - 0.1 * m / (v.sqrt() + 1e-8);
        assert!((network.encoder[0].weight[[3, 5]] - expected).abs() < 1e-12);
        assert_eq!(network.encoder[0].bias[3], 1.0);
    }

    #[test]
    fn decay_takes_from_weights_and_not_from_biases() {
        let mut network = Network::zeros();
        network.decoder[2].weight[[1, 1]] = 2.0;
        network.decoder[2].bias[1] = 2.0;
        Adam::new(0.5).step(&mut network, &Network::zeros(), 0.1);
        assert_eq!(network.decoder[2].weight[[1, 1]], 1.9);
        assert_eq!(network.decoder[2].bias[1], 2.0);
    }
}
