//! The loss of both architectures, and its gradient.
//!
//! - **Reconstruction**: mean squared error over utterances and features, against the input without noise.
//! - **Divergence** (VAE): KL(q(z|x) ‖ N(0, I)) = ½·Σ (μ² + σ² − 1 − ln σ²), summed over the latent coordinates, mean
//!   over the utterances, times β, which is annealed in cycles over the epochs ([`annealed_beta`]).
//! - **Metric term**: [`crate::learn::metric`]. In a VAE it looks at the mean μ of the latent distribution, which
//!   scores are computed from, not at the sample that the decoder gets.

use ndarray::Array2;

use crate::learn::autoencoder::Autoencoder;
use crate::learn::backprop::{apply, backward, forward, input_gradient, write_gradient};
use crate::learn::metric::metric_term;
use undertone::model::{LATENT_COUNT, Network, Objective};

/// Number of annealing cycles of β.
pub const ANNEALING_CYCLES: f64 = 4.0;
/// Share of a cycle in which β rises; then it stays constant until the next.
pub const ANNEALING_RISE: f64 = 0.5;

/// One batch of training data.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    /// Inputs, \[B, 88\]: standardised; with noise for a DAE.
    pub input: &'a Array2<f64>,
    /// Reconstruction targets, \[B, 88\].
    pub target: &'a Array2<f64>,
    /// The labels that the objective uses, activation or valence, \[B\].
    pub labels: &'a [f64],
    /// A number per emotion, \[B\].
    pub classes: &'a [usize],
    /// The standard normal ε of the reparameterisation μ + σ·ε in a VAE, \[B, 2\]. A DAE ignores it.
    pub latent_noise: &'a Array2<f64>,
}

/// Settings of the loss.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LossSettings {
    /// What the latent space is trained for, besides reconstruction.
    pub objective: Objective,
    /// Whether metric-cluster takes the second root of the released code; see [`crate::learn::metric::cluster`].
    pub as_released: bool,
    /// Whether the logarithm of the sum is minimised, as in the code released with Das et al.: only where the objective has
    /// a metric term.
    pub logarithm: bool,
    /// Weight of the divergence.
    pub beta: f64,
}

/// The loss and its terms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loss {
    /// What is minimised.
    pub total: f64,
    /// Mean squared error of the reconstruction over utterances and features.
    pub reconstruction: f64,
    /// KL divergence per utterance, before β; 0 for a DAE.
    pub divergence: f64,
    /// Metric term.
    pub metric: f64,
}

/// β in an epoch, counted from 1, of so many: with τ = mod(e − 1, T/M)/(T/M), `most`·τ/R for τ ≤ R, else `most` (Fu et
/// al. 2019; M = [`ANNEALING_CYCLES`], R = [`ANNEALING_RISE`]). It changes from epoch to epoch, not within one.
pub fn annealed_beta(most: f64, epoch: usize, epochs: usize) -> f64 {
    let period = epochs as f64 / ANNEALING_CYCLES;
    let tau = (epoch.saturating_sub(1) as f64 % period) / period;
    if tau <= ANNEALING_RISE { most * tau / ANNEALING_RISE } else { most }
}

/// The latent distributions of a batch in a VAE, \[B, 2\] each.
struct LatentDistribution {
    log_variance: Array2<f64>,
    deviation: Array2<f64>,
}

/// The objective and its gradient: total = reconstruction + β·divergence + metric, or the logarithm of that sum.
/// `gradient`, of the same architecture, is overwritten.
pub fn loss_and_gradient(
    model: &Autoencoder,
    batch: Batch,
    settings: &LossSettings,
    gradient: &mut Autoencoder,
) -> Loss {
    let network = &model.network;
    let encoded = forward(&network.encoder, batch.input);
    let (hidden, mean) = match encoded.as_slice() {
        [.., hidden, mean] => (hidden, mean),
        _ => (batch.input, batch.input),
    };
    let distribution = model.log_variance.as_ref().map(|head| {
        let log_variance = apply(head, hidden);
        let deviation = log_variance.mapv(|v| libm::exp(0.5 * v));
        LatentDistribution { log_variance, deviation }
    });
    let latent = match &distribution {
        None => mean.clone(),
        Some(distribution) => mean + &(&distribution.deviation * batch.latent_noise),
    };
    let decoded = forward(&network.decoder, &latent);
    let output = decoded.last().unwrap_or(&latent);

    let mut output_gradient = output - batch.target;
    let reconstruction = mean_square(&output_gradient);
    let divergence =
        distribution.as_ref().map_or(0.0, |distribution| divergence(mean, &distribution.log_variance));
    let metric = metric_term(settings.objective, settings.as_released, batch.labels, batch.classes, mean);
    let sum = reconstruction + settings.beta * divergence + metric.value;
    let logarithm = settings.logarithm && settings.objective != Objective::Unsupervised;
    let (total, factor) = if logarithm { (libm::log(sum), 1.0 / sum) } else { (sum, 1.0) };

    let count = output.len() as f64;
    output_gradient.mapv_inplace(|difference| factor * (2.0 * difference / count));
    let above = backward(&network.decoder, &latent, &decoded, output_gradient, &mut gradient.network.decoder);
    let mut mean_gradient = match network.decoder.first() {
        Some(layer) => input_gradient(layer, &above),
        None => above,
    };
    let utterances = mean.nrows() as f64;
    let head_gradient = distribution.as_ref().map(|distribution| {
        let mut gradient = &mean_gradient * batch.latent_noise;
        ndarray::Zip::from(&mut gradient)
            .and(&distribution.deviation)
            .and(&distribution.log_variance)
            .for_each(|g, deviation, log_variance| {
                let divergence = 0.5 * (libm::exp(*log_variance) - 1.0) / utterances;
                *g = 0.5 * deviation * *g + factor * settings.beta * divergence;
            });
        mean_gradient.zip_mut_with(mean, |g, mean| *g += factor * settings.beta * mean / utterances);
        gradient
    });
    mean_gradient.zip_mut_with(&metric.gradient, |g, metric| *g += factor * metric);
    encoder_gradient(model, &encoded, batch.input, mean_gradient, head_gradient, gradient);
    Loss { total, reconstruction, divergence, metric: metric.value }
}

/// The gradient of the mean squared error of the reconstruction, for the decoder only. `gradient`'s decoder is overwritten,
/// its encoder left as it is.
pub fn decoder_gradient(
    network: &Network,
    input: &Array2<f64>,
    target: &Array2<f64>,
    gradient: &mut Network,
) {
    let encoded = forward(&network.encoder, input);
    let latent = encoded.last().unwrap_or(input);
    let decoded = forward(&network.decoder, latent);
    let output = decoded.last().unwrap_or(latent);
    let mut output_gradient = output - target;
    let count = output.len() as f64;
    output_gradient.mapv_inplace(|difference| 2.0 * difference / count);
    backward(&network.decoder, latent, &decoded, output_gradient, &mut gradient.decoder);
}

/// Gradients of the encoder and of the log-variance head.
fn encoder_gradient(
    model: &Autoencoder,
    encoded: &[Array2<f64>],
    input: &Array2<f64>,
    mean_gradient: Array2<f64>,
    head_gradient: Option<Array2<f64>>,
    gradient: &mut Autoencoder,
) {
    let (Some((last, below)), Some((last_gradient, below_gradients))) =
        (model.network.encoder.split_last(), gradient.network.encoder.split_last_mut())
    else {
        return;
    };
    let hidden = &encoded[..below.len()];
    let top = hidden.last().unwrap_or(input);
    write_gradient(last_gradient, top, &mean_gradient);
    let mut hidden_gradient = input_gradient(last, &mean_gradient);
    if let (Some(head), Some(slot), Some(above)) =
        (&model.log_variance, &mut gradient.log_variance, head_gradient)
    {
        write_gradient(slot, top, &above);
        hidden_gradient += &input_gradient(head, &above);
    }
    backward(below, input, hidden, hidden_gradient, below_gradients);
}

/// Mean over the utterances of KL(N(μ, σ²) ‖ N(0, I)).
fn divergence(mean: &Array2<f64>, log_variance: &Array2<f64>) -> f64 {
    let mut sum = 0.0;
    for (mean, log_variance) in mean.iter().zip(log_variance) {
        sum += mean * mean + libm::exp(*log_variance) - 1.0 - log_variance;
    }
    0.5 * sum / mean.nrows() as f64
}

fn mean_square(values: &Array2<f64>) -> f64 {
    let mut squares = 0.0;
    for value in values {
        squares += value * value;
    }
    squares / values.len() as f64
}

/// Latent noise of zeros: the sample is the mean.
pub(super) fn no_latent_noise(utterances: usize) -> Array2<f64> {
    Array2::zeros((utterances, LATENT_COUNT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::random::Random;
    use undertone::model::{Architecture, Layer};

    const UTTERANCES: usize = 7;

    struct Made {
        input: Array2<f64>,
        target: Array2<f64>,
        labels: Vec<f64>,
        latent_noise: Array2<f64>,
    }

    fn made(seed: u64) -> Made {
        let mut random = Random::new(seed);
        let mut matrix = |columns| Array2::from_shape_fn((UTTERANCES, columns), |_| random.normal());
        let (input, target, latent_noise) = (matrix(88), matrix(88), matrix(2));
        let labels = (0..UTTERANCES).map(|_| random.between(1.0, 5.0)).collect();
        Made { input, target, labels, latent_noise }
    }

    impl Made {
        fn batch(&self) -> Batch<'_> {
            Batch {
                input: &self.input,
                target: &self.target,
                labels: &self.labels,
                classes: &[0, 2, 1, 2, 0, 2, 1],
                latent_noise: &self.latent_noise,
            }
        }
    }

    fn model(architecture: Architecture) -> Autoencoder {
        let mut model = Autoencoder::initial(architecture, &mut Random::new(3));
        // Larger than at the start of training, so that no term is small beside the others.
        model.layers_mut().for_each(|layer| layer.weight *= 2.0);
        model
    }

    fn settings(objective: Objective) -> LossSettings {
        LossSettings { objective, as_released: false, logarithm: false, beta: 0.2 }
    }

    fn value(model: &Autoencoder, batch: Batch, settings: &LossSettings) -> Loss {
        loss_and_gradient(model, batch, settings, &mut model.clone())
    }

    #[test]
    fn loss_gradients_are_those_of_finite_differences() {
        let made = made(2);
        let mut random = Random::new(5);
        let h = 1e-6;
        for architecture in [Architecture::Dae, Architecture::Vae] {
            let model = model(architecture);
            for (objective, as_released, logarithm) in
                Objective::ALL.into_iter().flat_map(|o| [(o, false, false), (o, true, true)])
            {
                let settings = LossSettings { as_released, logarithm, ..settings(objective) };
                let mut gradient = Autoencoder::zeros(architecture);
                loss_and_gradient(&model, made.batch(), &settings, &mut gradient);
                for depth in 0..model.layers().count() {
                    let analytic: Layer = gradient.layers().nth(depth).unwrap().clone();
                    let (outputs, inputs) = analytic.weight.dim();
                    for _ in 0..8 {
                        let at = [random.below(outputs), random.below(inputs)];
                        let shifted = |by: f64, bias: bool| {
                            let mut model = model.clone();
                            let layer = model.layers_mut().nth(depth).unwrap();
                            if bias {
                                layer.bias[at[0]] += by;
                            } else {
                                layer.weight[at] += by;
                            }
                            value(&model, made.batch(), &settings).total
                        };
                        for bias in [false, true] {
                            let numeric = (shifted(h, bias) - shifted(-h, bias)) / (2.0 * h);
                            let exact = if bias { analytic.bias[at[0]] } else { analytic.weight[at] };
                            assert!(
                                (numeric - exact).abs() < 1e-6 * (1.0 + exact.abs()),
                                "{architecture:?} {settings:?} layer {depth} {at:?} bias {bias}: {numeric} against {exact}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn decoder_gradient_is_that_of_the_reconstruction_alone() {
        let made = made(2);
        let model = model(Architecture::Dae);
        let (mut all, mut decoder) =
            (Autoencoder::zeros(Architecture::Dae), Autoencoder::zeros(Architecture::Dae));
        loss_and_gradient(&model, made.batch(), &settings(Objective::Unsupervised), &mut all);
        decoder_gradient(&model.network, &made.input, &made.target, &mut decoder.network);
        assert_eq!(decoder.network.decoder, all.network.decoder);
        assert_eq!(decoder.network.encoder, Network::zeros().encoder);
    }

    #[test]
    fn loss_terms_add_up() {
        let made = made(8);
        for architecture in [Architecture::Dae, Architecture::Vae] {
            for objective in Objective::ALL {
                let loss = value(&model(architecture), made.batch(), &settings(objective));
                assert_eq!(loss.total, loss.reconstruction + 0.2 * loss.divergence + loss.metric);
                assert_eq!(loss.divergence > 0.0, architecture == Architecture::Vae);
                assert_eq!(loss.metric > 0.0, objective != Objective::Unsupervised);
                let logarithm = LossSettings { logarithm: true, ..settings(objective) };
                let expected =
                    if objective == Objective::Unsupervised { loss.total } else { libm::log(loss.total) };
                assert_eq!(value(&model(architecture), made.batch(), &logarithm).total, expected);
            }
        }
    }

    #[test]
    fn divergence_is_0_for_the_prior_and_the_closed_form_elsewhere() {
        let zeros = no_latent_noise(3);
        assert_eq!(divergence(&zeros, &zeros), 0.0);
        // One coordinate N(1, 4), one N(−2, 1): ½(1 + 4 − 1 − ln 4) + ½·4.
        let mean = ndarray::array![[1.0, -2.0]];
        let log_variance = ndarray::array![[libm::log(4.0), 0.0]];
        let expected = 0.5 * (4.0 - libm::log(4.0)) + 2.0;
        assert!((divergence(&mean, &log_variance) - expected).abs() < 1e-14);
    }

    #[test]
    fn metric_term_of_a_vae_does_not_depend_on_the_sample() {
        let (made, still) = (made(4), no_latent_noise(UTTERANCES));
        let drawn = value(&model(Architecture::Vae), made.batch(), &settings(Objective::MetricAct));
        let mean = value(
            &model(Architecture::Vae),
            Batch { latent_noise: &still, ..made.batch() },
            &settings(Objective::MetricAct),
        );
        assert_eq!((drawn.metric, drawn.divergence), (mean.metric, mean.divergence));
        assert_ne!(drawn.reconstruction, mean.reconstruction);
    }

    #[test]
    fn annealed_beta_rises_four_times_from_0_and_stays_at_its_maximum() {
        let betas: Vec<f64> = (1..=40).map(|epoch| annealed_beta(0.25, epoch, 40)).collect();
        for cycle in betas.chunks(10) {
            let expected = [0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.25, 0.25, 0.25, 0.25];
            assert!(cycle.iter().zip(expected).all(|(b, e)| (b - e).abs() < 1e-12), "{cycle:?}");
        }
        // 50 epochs: a cycle is 12½ epochs long, so the second begins within an epoch.
        assert!((annealed_beta(0.25, 14, 50) - 0.25 * (0.5 / 12.5) / 0.5).abs() < 1e-12);
        assert_eq!(annealed_beta(0.25, 50, 50), 0.25);
        assert!((1..=3).all(|epoch| annealed_beta(0.25, epoch, 3).is_finite()));
    }
}
