//! The integral of a network's gradient along a straight line, exactly.

use crate::model::Layer;

/// Per input, the integral along the line from `start` to `end` of the gradient of `readout · output` of `layers`,
/// times the input's way: the exact integrated gradients.
///
/// `readout` has one weight per output. All layers but the last may rectify; if the last one does, its corners are found
/// as well.
pub(super) fn integrate(layers: &[Layer], readout: &[f64], start: &[f64], end: &[f64]) -> Vec<f64> {
    let times = breakpoints(layers, start, end);
    let mut mean_gradient = vec![0.0; start.len()];
    for segment in times.windows(2) {
        let length = segment[1] - segment[0];
        // Inside a segment no unit changes side, so the gradient is the same everywhere in it.
        let gradient = gradient_of_readout(layers, readout, &at(start, end, (segment[0] + segment[1]) / 2.0));
        for (sum, g) in mean_gradient.iter_mut().zip(gradient) {
            *sum += g * length;
        }
    }
    mean_gradient.iter().zip(start.iter().zip(end)).map(|(g, (from, to))| g * (to - from)).collect()
}

/// Ascending times 0 = t₀ < … < tₙ = 1 between which every layer is linear in t.
///
/// Layer by layer: between the corners of the layers below, a layer's pre-activations are straight lines, so each
/// unit crosses zero at most once per segment, at a time that follows from the two ends.
fn breakpoints(layers: &[Layer], start: &[f64], end: &[f64]) -> Vec<f64> {
    let mut times = vec![0.0, 1.0];
    for depth in 0..layers.len() {
        if !layers[depth].rectify {
            continue;
        }
        let values: Vec<Vec<f64>> =
            times.iter().map(|&t| pre_activation(&layers[..=depth], &at(start, end, t))).collect();
        let mut corners = Vec::new();
        for (time, value) in times.windows(2).zip(values.windows(2)) {
            for (&left, &right) in value[0].iter().zip(&value[1]) {
                if (left < 0.0 && right > 0.0) || (left > 0.0 && right < 0.0) {
                    corners.push(time[0] + (time[1] - time[0]) * (left / (left - right)));
                }
            }
        }
        times.extend(corners);
        times.sort_by(f64::total_cmp);
        times.dedup();
    }
    times
}

/// The point at time `t` of the line.
fn at(start: &[f64], end: &[f64], t: f64) -> Vec<f64> {
    start.iter().zip(end).map(|(from, to)| from + t * (to - from)).collect()
}

/// What the last of `layers` computes before its ReLU.
fn pre_activation(layers: &[Layer], input: &[f64]) -> Vec<f64> {
    let Some((last, below)) = layers.split_last() else { return input.to_vec() };
    let mut value = input.to_vec();
    for layer in below {
        value = layer.forward(&value);
    }
    last.pre_activation(&value)
}

/// Gradient of `readout · output` with respect to the input, at `input`. A unit at exactly 0 counts as silent.
fn gradient_of_readout(layers: &[Layer], readout: &[f64], input: &[f64]) -> Vec<f64> {
    let mut awake: Vec<Vec<bool>> = Vec::with_capacity(layers.len());
    let mut value = input.to_vec();
    for layer in layers {
        let output = layer.forward(&value);
        awake.push(output.iter().map(|&v| !layer.rectify || v > 0.0).collect());
        value = output;
    }
    let mut gradient = readout.to_vec();
    for (layer, awake) in layers.iter().zip(&awake).rev() {
        let mut below = vec![0.0; layer.weight.ncols()];
        for ((row, g), awake) in layer.weight.rows().into_iter().zip(&gradient).zip(awake) {
            if *awake {
                for (sum, w) in below.iter_mut().zip(row) {
                    *sum += g * w;
                }
            }
        }
        gradient = below;
    }
    gradient
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{self, Numbers};
    use ndarray::{Array1, Array2, array};
    use proptest::prelude::*;

    /// Random layers of the given widths; all but the last rectify.
    fn layers(seed: u64, widths: &[usize]) -> Vec<Layer> {
        let mut numbers = Numbers(seed);
        (1..widths.len())
            .map(|i| Layer {
                weight: Array2::from_shape_fn((widths[i], widths[i - 1]), |_| numbers.draw()),
                bias: Array1::from_shape_fn(widths[i], |_| numbers.draw()),
                rectify: i + 1 < widths.len(),
            })
            .collect()
    }

    fn points(seed: u64, width: usize) -> (Vec<f64>, Vec<f64>) {
        let mut numbers = Numbers(seed ^ 0x5EED);
        let mut point = || (0..width).map(|_| 4.0 * numbers.draw()).collect();
        (point(), point())
    }

    fn read_out(layers: &[Layer], readout: &[f64], input: &[f64]) -> f64 {
        let output = layers.iter().fold(input.to_vec(), |value, layer| layer.forward(&value));
        output.iter().zip(readout).map(|(v, w)| v * w).sum()
    }

    proptest! {
        #[test]
        fn contributions_are_complete_for_networks_of_any_width(
            seed in any::<u64>(), widths in prop::collection::vec(1usize..12, 2..6)
        ) {
            let layers = layers(seed, &widths);
            let (start, end) = points(seed, widths[0]);
            let (readout, _) = points(seed ^ 1, widths[widths.len() - 1]);
            let sum: f64 = integrate(&layers, &readout, &start, &end).iter().sum();
            let difference = read_out(&layers, &readout, &end) - read_out(&layers, &readout, &start);
            prop_assert!((sum - difference).abs() < 1e-10 * (1.0 + difference.abs()), "{sum} {difference}");
        }
    }

    #[test]
    fn a_linear_network_gives_weight_times_way() {
        let layer = Layer {
            weight: array![[2.0, -1.0, 0.0], [4.0, 3.0, 0.5]],
            bias: array![7.0, -3.0],
            rectify: false,
        };
        let phi = integrate(&[layer], &[0.5, 0.25], &[1.0, 1.0, 1.0], &[2.0, -1.0, 5.0]);
        assert_eq!(phi, [2.0, 0.25 * -2.0, 0.125 * 4.0]);
    }

    #[test]
    fn one_corner_on_the_way_is_found_exactly() {
        // F = max(x − 1, 0) from 0 to 4: the first quarter of the way is silent; and y only ever works while x does.
        let hidden = Layer { weight: array![[1.0, 1.0]], bias: array![-1.0], rectify: true };
        let output = Layer { weight: array![[1.0]], bias: array![0.0], rectify: false };
        let phi = integrate(&[hidden, output], &[1.0], &[0.0, 0.0], &[3.0, 1.0]);
        assert_eq!(breakpoint_count(&[3.0, 1.0]), 3);
        assert_eq!(phi, [3.0 * 0.75, 0.75]);

        fn breakpoint_count(end: &[f64]) -> usize {
            let hidden = Layer { weight: array![[1.0, 1.0]], bias: array![-1.0], rectify: true };
            breakpoints(&[hidden], &[0.0, 0.0], end).len()
        }
    }

    #[test]
    fn a_dead_feature_gets_nothing_and_equal_features_get_equal_shares() {
        let mut layers = layers(3, &[6, 9, 5, 2]);
        layers[0].weight.column_mut(2).fill(0.0);
        let twin = layers[0].weight.column(4).to_owned();
        layers[0].weight.column_mut(5).assign(&twin);
        let (mut start, mut end) = points(8, 6);
        (start[5], end[5]) = (start[4], end[4]);
        let phi = integrate(&layers, &[0.7, -0.3], &start, &end);
        assert_eq!(phi[2], 0.0);
        assert_eq!(phi[4], phi[5]);
        assert!(phi[4] != 0.0);
    }

    #[test]
    fn a_fine_riemann_sum_comes_to_the_same() {
        let network = testing::network(21);
        let (start, end) = points(4, 88);
        let readout = [0.5, 0.5];
        let exact = integrate(&network.encoder, &readout, &start, &end);
        let steps = 20_000;
        let mut sum = vec![0.0; 88];
        for k in 0..steps {
            let t = (f64::from(k) + 0.5) / f64::from(steps);
            let gradient = gradient_of_readout(&network.encoder, &readout, &at(&start, &end, t));
            for (s, g) in sum.iter_mut().zip(gradient) {
                *s += g / f64::from(steps);
            }
        }
        assert!(breakpoints(&network.encoder, &start, &end).len() > 20, "the line should cross many corners");
        let largest = exact.iter().fold(0.0f64, |m, v| m.max(v.abs()));
        for i in 0..88 {
            let riemann = sum[i] * (end[i] - start[i]);
            assert!((riemann - exact[i]).abs() < 2e-4 * largest, "{i}: {riemann} {}", exact[i]);
        }
    }

    #[test]
    fn no_way_no_contribution() {
        let network = testing::network(2);
        let (start, _) = points(4, 88);
        assert!(integrate(&network.encoder, &[0.5, 0.5], &start, &start).iter().all(|&v| v == 0.0));
    }
}
