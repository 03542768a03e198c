//! Forward and backward passes over a batch.
//!
//! Matrices are \[utterances, units\]. Every product is a sum of "a number times a row", added one after the other in a
//! fixed order; whole rows are processed, so the compiler may use vector instructions without changing a bit.

use ndarray::{Array2, Axis};

use undertone::model::Layer;

/// Outputs of every layer for an input \[B, inputs of the first layer\].
pub(super) fn forward(layers: &[Layer], input: &Array2<f64>) -> Vec<Array2<f64>> {
    let mut outputs: Vec<Array2<f64>> = Vec::with_capacity(layers.len());
    for layer in layers {
        let output = apply(layer, outputs.last().unwrap_or(input));
        outputs.push(output);
    }
    outputs
}

/// Output of one layer, \[B, outputs\].
pub(super) fn apply(layer: &Layer, input: &Array2<f64>) -> Array2<f64> {
    let mut output = Array2::zeros((input.nrows(), layer.bias.len()));
    for mut row in output.rows_mut() {
        row.assign(&layer.bias);
    }
    add_product(&mut output, input, &transposed(&layer.weight));
    if layer.rectify {
        output.mapv_inplace(|v| if v < 0.0 { 0.0 } else { v });
    }
    output
}

/// Writes the gradients of `layers`, given their input, their outputs and the gradient of the last output. Returns the
/// gradient before the ReLU of the first layer; [`input_gradient`] gives that of the input.
pub(super) fn backward(
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
        write_gradient(gradient, if i == 0 { input } else { &outputs[i - 1] }, &above);
        if i > 0 {
            above = input_gradient(layer, &above);
        }
    }
    above
}

/// Writes the gradient of one layer, given its input and the gradient of its output before the ReLU.
pub(super) fn write_gradient(gradient: &mut Layer, input: &Array2<f64>, above: &Array2<f64>) {
    gradient.weight.fill(0.0);
    add_product(&mut gradient.weight, &transposed(above), input);
    gradient.bias.fill(0.0);
    for row in above.rows() {
        gradient.bias += &row;
    }
}

/// Gradient of a layer's input, given that of its output before the ReLU.
pub(super) fn input_gradient(layer: &Layer, above: &Array2<f64>) -> Array2<f64> {
    let mut below = Array2::zeros((above.nrows(), layer.weight.len_of(Axis(1))));
    add_product(&mut below, above, &layer.weight);
    below
}

fn transposed(matrix: &Array2<f64>) -> Array2<f64> {
    matrix.t().as_standard_layout().into_owned()
}

/// `out` += `a`·`b`; every element receives its terms in ascending order of the inner index.
fn add_product(out: &mut Array2<f64>, a: &Array2<f64>, b: &Array2<f64>) {
    let (inner, columns) = b.dim();
    let (Some(out), Some(a), Some(b)) = (out.as_slice_mut(), a.as_slice(), b.as_slice()) else {
        // Not in row-major order: the same sums, slowly.
        for ((row, column), value) in out.indexed_iter_mut() {
            for k in 0..inner {
                *value += a[[row, k]] * b[[k, column]];
            }
        }
        return;
    };
    if inner == 0 || columns == 0 {
        return;
    }
    for (out, factors) in out.chunks_exact_mut(columns).zip(a.chunks_exact(inner)) {
        // Four rows at a time: the sums stay in registers for longer. Their order is that of one row at a time.
        let (fours, fours_b) = (factors.chunks_exact(4), b.chunks_exact(4 * columns));
        let (rest, rest_b) = (fours.remainder(), fours_b.remainder());
        for (f, rows) in fours.zip(fours_b) {
            let (first, second) = rows.split_at(2 * columns);
            let ((r0, r1), (r2, r3)) = (first.split_at(columns), second.split_at(columns));
            for ((((out, b0), b1), b2), b3) in out.iter_mut().zip(r0).zip(r1).zip(r2).zip(r3) {
                *out = *out + f[0] * b0 + f[1] * b1 + f[2] * b2 + f[3] * b3;
            }
        }
        for (f, row) in rest.iter().zip(rest_b.chunks_exact(columns)) {
            for (out, b) in out.iter_mut().zip(row) {
                *out += f * b;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::random::Random;
    use undertone::model::testing;

    fn matrix(random: &mut Random, rows: usize, columns: usize) -> Array2<f64> {
        Array2::from_shape_fn((rows, columns), |_| random.normal())
    }

    #[test]
    fn forward_over_a_batch_equals_the_model_s_own() {
        let network = testing::network(6);
        let input = matrix(&mut Random::new(1), 3, 88);
        let latent = forward(&network.encoder, &input).pop().unwrap();
        let output = forward(&network.decoder, &latent).pop().unwrap();
        for i in 0..3 {
            let z = network.encode(&input.row(i).to_vec());
            assert_eq!(latent.row(i).to_vec(), z);
            assert_eq!(output.row(i).to_vec(), network.decode(&z));
        }
    }

    #[test]
    fn add_product_has_the_same_bits_for_every_memory_layout() {
        let mut random = Random::new(2);
        for (rows, inner, columns) in [(3, 9, 5), (1, 4, 1), (2, 3, 2), (64, 88, 40), (0, 2, 3), (2, 0, 3)] {
            let (a, b) = (matrix(&mut random, rows, inner), matrix(&mut random, inner, columns));
            let start = matrix(&mut random, rows, columns);
            let mut one_by_one = start.clone();
            for ((row, column), value) in one_by_one.indexed_iter_mut() {
                for k in 0..inner {
                    *value += a[[row, k]] * b[[k, column]];
                }
            }
            let mut quick = start.clone();
            add_product(&mut quick, &a, &b);
            assert_eq!(quick, one_by_one);
            // In column-major order.
            let turned = transposed(&b).reversed_axes();
            let mut slow = start;
            add_product(&mut slow, &a, &turned);
            assert_eq!(slow, one_by_one);
        }
    }
}
