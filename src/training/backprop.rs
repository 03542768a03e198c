//! Forward and backward passes over a batch.
//!
//! Matrices are \[utterances, units\]. Products run as "row plus a multiple of a row" in a fixed order: the compiler
//! may use vector instructions for that without changing a bit.

use ndarray::{Array2, Axis};

use super::metric::metric_act;
use crate::model::{Layer, Network};

/// One batch of training data.
#[derive(Debug, Clone, Copy)]
pub struct Batch<'a> {
    /// What the network sees, \[B, 88\]: standardised, with noise.
    pub input: &'a Array2<f64>,
    /// What it shall reconstruct, \[B, 88\].
    pub target: &'a Array2<f64>,
    /// Activation labels, \[B\].
    pub labels: &'a [f64],
}

/// Value of the objective and its pieces.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loss {
    /// What is minimised.
    pub total: f64,
    /// Mean squared error of the reconstruction over utterances and features.
    pub reconstruction: f64,
    /// Metric-act term.
    pub metric: f64,
}

/// Objective of the denoising autoencoder with the metric-act term, and its gradient.
///
/// total = reconstruction + metric, or the logarithm of that sum if `logarithm` (as the study's released code).
/// `gradient` is overwritten.
pub fn loss_and_gradient(network: &Network, batch: Batch, logarithm: bool, gradient: &mut Network) -> Loss {
    let encoded = forward(&network.encoder, batch.input);
    let empty = Array2::zeros((0, 0));
    let latent = encoded.last().unwrap_or(&empty);
    let decoded = forward(&network.decoder, latent);
    let output = decoded.last().unwrap_or(&empty);

    // Reconstruction and its gradient at the output.
    let mut output_gradient = output - batch.target;
    let count = output.len() as f64;
    let mut squares = 0.0;
    for difference in &output_gradient {
        squares += difference * difference;
    }
    let reconstruction = squares / count;
    output_gradient.mapv_inplace(|difference| 2.0 * difference / count);

    let dimensions = latent.ncols() as f64;
    let m: Vec<f64> = latent.rows().into_iter().map(|row| sum(row.iter()) / dimensions).collect();
    let metric = metric_act(batch.labels, &m);
    let metric_value = metric.residual + metric.slope;

    let sum = reconstruction + metric_value;
    let (total, factor) = if logarithm { (libm::log(sum), 1.0 / sum) } else { (sum, 1.0) };

    output_gradient.mapv_inplace(|g| factor * g);
    let mut latent_gradient =
        backward(&network.decoder, latent, &decoded, output_gradient, &mut gradient.decoder);
    for (mut row, g) in latent_gradient.rows_mut().into_iter().zip(&metric.gradient) {
        row.mapv_inplace(|v| v + factor * g / dimensions);
    }
    backward(&network.encoder, batch.input, &encoded, latent_gradient, &mut gradient.encoder);
    Loss { total, reconstruction, metric: metric_value }
}

fn sum<'a>(values: impl Iterator<Item = &'a f64>) -> f64 {
    let mut sum = 0.0;
    for value in values {
        sum += value;
    }
    sum
}

/// Outputs of every layer.
fn forward(layers: &[Layer], input: &Array2<f64>) -> Vec<Array2<f64>> {
    let mut outputs: Vec<Array2<f64>> = Vec::with_capacity(layers.len());
    for layer in layers {
        let below = outputs.last().unwrap_or(input);
        // Transposed, so that the inner loop runs over neighbours.
        let weight = layer.weight.t().as_standard_layout().into_owned();
        let mut output = Array2::zeros((below.nrows(), layer.bias.len()));
        for (mut out, row) in output.rows_mut().into_iter().zip(below.rows()) {
            out.assign(&layer.bias);
            for (x, w) in row.iter().zip(weight.rows()) {
                add_multiple(&mut out, *x, w);
            }
            if layer.rectify {
                out.mapv_inplace(|v| if v < 0.0 { 0.0 } else { v });
            }
        }
        outputs.push(output);
    }
    outputs
}

/// Writes the gradients of `layers` given that of their output, and returns that of their input.
fn backward(
    layers: &[Layer],
    input: &Array2<f64>,
    outputs: &[Array2<f64>],
    output_gradient: Array2<f64>,
    gradients: &mut [Layer],
) -> Array2<f64> {
    let mut above = output_gradient;
    for (i, (layer, gradient)) in layers.iter().zip(gradients).enumerate().rev() {
        if layer.rectify {
            above.zip_mut_with(&outputs[i], |g, &output| {
                if output <= 0.0 {
                    *g = 0.0;
                }
            });
        }
        let below = if i == 0 { input } else { &outputs[i - 1] };
        gradient.weight.fill(0.0);
        gradient.bias.fill(0.0);
        let mut next = Array2::zeros(below.raw_dim());
        for ((g_row, x_row), mut next_row) in above.rows().into_iter().zip(below.rows()).zip(next.rows_mut())
        {
            for ((unit, &g), w) in g_row.iter().enumerate().zip(layer.weight.rows()) {
                if g != 0.0 {
                    add_multiple(&mut gradient.weight.index_axis_mut(Axis(0), unit), g, x_row);
                    gradient.bias[unit] += g;
                    add_multiple(&mut next_row, g, w);
                }
            }
        }
        above = next;
    }
    above
}

/// `row += factor · other`, element by element.
fn add_multiple(row: &mut ndarray::ArrayViewMut1<f64>, factor: f64, other: ndarray::ArrayView1<f64>) {
    if let (Some(row), Some(other)) = (row.as_slice_mut(), other.as_slice()) {
        for (a, b) in row.iter_mut().zip(other) {
            *a += factor * b;
        }
    } else {
        row.zip_mut_with(&other, |a, b| *a += factor * b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing;
    use crate::training::random::Random;

    fn matrix(random: &mut Random, rows: usize) -> Array2<f64> {
        Array2::from_shape_fn((rows, 88), |_| random.normal())
    }

    fn total(network: &Network, batch: Batch, logarithm: bool) -> f64 {
        loss_and_gradient(network, batch, logarithm, &mut Network::zeros()).total
    }

    #[test]
    fn the_batched_pass_is_the_model_s_own() {
        let network = testing::network(6);
        let input = matrix(&mut Random::new(1), 3);
        let latent = forward(&network.encoder, &input).pop().unwrap();
        let output = forward(&network.decoder, &latent).pop().unwrap();
        for i in 0..3 {
            let z = network.encode(&input.row(i).to_vec());
            assert_eq!(latent.row(i).to_vec(), z);
            assert_eq!(output.row(i).to_vec(), network.decode(&z));
        }
    }

    #[test]
    fn every_gradient_is_that_of_finite_differences() {
        let mut random = Random::new(2);
        let (input, target) = (matrix(&mut random, 7), matrix(&mut random, 7));
        let labels: Vec<f64> = (0..7).map(|_| random.between(1.0, 5.0)).collect();
        let batch = Batch { input: &input, target: &target, labels: &labels };
        let network = testing::network(6);
        let h = 1e-6;
        for logarithm in [false, true] {
            let mut gradient = Network::zeros();
            loss_and_gradient(&network, batch, logarithm, &mut gradient);
            for decoder in [false, true] {
                for depth in 0..4 {
                    let of = |n: &Network| {
                        if decoder { n.decoder[depth].clone() } else { n.encoder[depth].clone() }
                    };
                    let analytic = of(&gradient);
                    let (outputs, inputs) = analytic.weight.dim();
                    for _ in 0..12 {
                        let at = (random.below(outputs), random.below(inputs));
                        let shifted = |by: f64, bias: bool| {
                            let mut n = network.clone();
                            let layer = if decoder { &mut n.decoder[depth] } else { &mut n.encoder[depth] };
                            if bias {
                                layer.bias[at.0] += by;
                            } else {
                                layer.weight[at] += by;
                            }
                            total(&n, batch, logarithm)
                        };
                        for bias in [false, true] {
                            let numeric = (shifted(h, bias) - shifted(-h, bias)) / (2.0 * h);
                            let exact = if bias { analytic.bias[at.0] } else { analytic.weight[at] };
                            let tolerance = 1e-6 * (1.0 + exact.abs());
                            assert!(
                                (numeric - exact).abs() < tolerance,
                                "logarithm {logarithm} decoder {decoder} layer {depth} {at:?} bias {bias}: \
                                 {numeric} against {exact}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn the_pieces_add_up() {
        let mut random = Random::new(8);
        let (input, labels) = (matrix(&mut random, 5), [1.0, 2.0, 3.0, 4.0, 5.0]);
        let batch = Batch { input: &input, target: &input, labels: &labels };
        let network = testing::network(1);
        let loss = loss_and_gradient(&network, batch, false, &mut Network::zeros());
        assert_eq!(loss.total, loss.reconstruction + loss.metric);
        assert!(loss.reconstruction > 0.0 && loss.metric > 0.0);
        assert_eq!(total(&network, batch, true), libm::log(loss.total));
    }
}
