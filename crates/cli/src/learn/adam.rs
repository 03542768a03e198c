//! Adam (Kingma and Ba 2015).

use crate::learn::autoencoder::Autoencoder;
use undertone::model::Architecture;

const BETA_1: f64 = 0.9;
const BETA_2: f64 = 0.999;
const EPSILON: f64 = 1e-8;

/// State of the optimiser for one autoencoder.
#[derive(Debug, Clone)]
pub struct Adam {
    first: Autoencoder,
    second: Autoencoder,
    /// β₁ᵗ and β₂ᵗ.
    powers: [f64; 2],
}

impl Adam {
    /// Starts with moments of 0.
    pub fn new(architecture: Architecture) -> Adam {
        let zeros = || Autoencoder::zeros(architecture);
        Adam { first: zeros(), second: zeros(), powers: [1.0, 1.0] }
    }

    /// One step of the given learning rate down the gradient.
    pub fn step(&mut self, model: &mut Autoencoder, gradient: &Autoencoder, rate: f64) {
        self.powers = [self.powers[0] * BETA_1, self.powers[1] * BETA_2];
        let corrections = [1.0 - self.powers[0], 1.0 - self.powers[1]];
        let layers = model.layers_mut().zip(gradient.layers()).zip(self.first.layers_mut());
        for (((layer, gradient), first), second) in layers.zip(self.second.layers_mut()) {
            let weights = layer.weight.iter_mut().zip(&gradient.weight);
            let biases = layer.bias.iter_mut().zip(&gradient.bias);
            let first = first.weight.iter_mut().chain(&mut first.bias);
            let second = second.weight.iter_mut().chain(&mut second.bias);
            for (((value, g), m), v) in weights.chain(biases).zip(first).zip(second) {
                *m = BETA_1 * *m + (1.0 - BETA_1) * g;
                *v = BETA_2 * *v + (1.0 - BETA_2) * g * g;
                let step = (*m / corrections[0]) / (libm::sqrt(*v / corrections[1]) + EPSILON);
                *value -= rate * step;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adam_takes_the_steps_of_the_paper() {
        let zeros = || Autoencoder::zeros(Architecture::Dae);
        let (mut model, mut gradient) = (zeros(), zeros());
        model.network.encoder[0].weight[[3, 5]] = 2.0;
        model.network.encoder[0].bias[3] = 1.0;
        let mut adam = Adam::new(Architecture::Dae);
        gradient.network.encoder[0].weight[[3, 5]] = 0.5;
        adam.step(&mut model, &gradient, 0.1);
        // After one step m̂ = g and v̂ = g²: the step is the rate, in the direction of the sign.
        assert!((model.network.encoder[0].weight[[3, 5]] - (2.0 - 0.1 * 0.5 / (0.5 + 1e-8))).abs() < 1e-15);
        gradient.network.encoder[0].weight[[3, 5]] = -1.0;
        adam.step(&mut model, &gradient, 0.1);
        let m = (0.9 * 0.05 - 0.1) / (1.0 - 0.81);
        let v: f64 = (0.999 * 0.00025 + 0.001) / (1.0 - 0.998_001);
        let expected = 2.0 - 0.1 * 0.5 / (0.5 + 1e-8) - 0.1 * m / (v.sqrt() + 1e-8);
        assert!((model.network.encoder[0].weight[[3, 5]] - expected).abs() < 1e-12);
        assert_eq!(model.network.encoder[0].bias[3], 1.0);
    }

    #[test]
    fn adam_updates_the_log_variance_head_too() {
        let (mut model, mut gradient) =
            (Autoencoder::zeros(Architecture::Vae), Autoencoder::zeros(Architecture::Vae));
        gradient.layers_mut().for_each(|layer| layer.bias.fill(1.0));
        Adam::new(Architecture::Vae).step(&mut model, &gradient, 0.1);
        assert!(model.layers().all(|layer| layer.bias.iter().all(|&b| (b + 0.1).abs() < 1e-8)));
        assert_eq!(model.layers().count(), 9);
    }
}
