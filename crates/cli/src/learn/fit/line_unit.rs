//! A line in the last unit of each of the encoder's hidden layers.
//!
//! The network is trained without these units (39-19-9 instead of 40-20-10), then the line is put into them: the first has the
//! line's weights and a bias that keeps its ReLU open for all limited features, the others pass its value on. So the line is
//! a part of the network that everything else (weights file, attribution, page) treats as any other.

use undertone::model::{Layer, Network};

/// Sets all weights of the last unit of each hidden layer of the encoder to 0. Its gradients are 0 then, so training leaves
/// it alone.
pub(super) fn clear_spare_units(network: &mut Network) {
    for_spare_units(network, |unit, below, above| {
        below.weight.row_mut(unit).fill(0.0);
        below.bias[unit] = 0.0;
        above.weight.column_mut(unit).fill(0.0);
    });
}

fn for_spare_units(network: &mut Network, mut change: impl FnMut(usize, &mut Layer, &mut Layer)) {
    for at in 1..network.encoder.len() {
        let (below, above) = network.encoder.split_at_mut(at);
        if let (Some(below), Some(above)) = (below.last_mut(), above.first_mut()) {
            change(below.bias.len().saturating_sub(1), below, above);
        }
    }
}

/// Puts a line into the spare units: each latent coordinate becomes (1 − share)·its own + share·w·z, up to a constant.
///
/// `weights`: w; `limit`: features are limited to ± this.
pub(super) fn insert_line(network: &mut Network, weights: &[f64], share: f64, limit: f64) {
    let mut largest = 0.0;
    for w in weights {
        largest += limit * w.abs();
    }
    // A little more than the sum can be, so that rounded weights stay within, too.
    let open = libm::ceil(1.01 * largest) + 1.0;
    let last = network.encoder.len().saturating_sub(1);
    let mut depth = 0;
    let mut below_unit = None;
    for_spare_units(network, |unit, below, above| {
        match below_unit {
            None => {
                below.weight.row_mut(unit).iter_mut().zip(weights).for_each(|(to, w)| *to = *w);
                below.bias[unit] = open;
            }
            Some(from) => below.weight[[unit, from]] = 1.0,
        }
        depth += 1;
        if depth == last {
            above.weight.mapv_inplace(|w| (1.0 - share) * w);
            above.weight.column_mut(unit).fill(share);
            above.bias.mapv_inplace(|b| (1.0 - share) * b - share * open);
        }
        below_unit = Some(unit);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::random::Random;
    use egemaps::catalogue::FEATURE_COUNT;
    use undertone::model::testing;

    #[test]
    fn line_in_the_spare_units_is_added_to_both_coordinates_for_all_limited_features() {
        let mut network = testing::network(4);
        clear_spare_units(&mut network);
        let before = network.clone();
        let mut random = Random::new(1);
        let weights: Vec<f64> = (0..FEATURE_COUNT).map(|_| random.normal()).collect();
        insert_line(&mut network, &weights, 0.25, 3.0);
        Network::round_to_f16(&mut network.encoder[..1]);
        let rounded: Vec<f64> = network.encoder[0].weight.row(39).to_vec();
        let line = |z: &[f64]| z.iter().zip(&rounded).map(|(z, w)| z * w).sum::<f64>();
        // Also where the line has its smallest and its largest value.
        let extreme = |sign: f64| rounded.iter().map(|w| sign * 3.0 * w.signum()).collect::<Vec<f64>>();
        let mut inputs = vec![vec![0.0; FEATURE_COUNT], extreme(1.0), extreme(-1.0)];
        inputs.extend((0..20).map(|_| (0..FEATURE_COUNT).map(|_| random.between(-3.0, 3.0)).collect()));
        let mut other = before.clone();
        Network::round_to_f16(&mut other.encoder[..1]);
        for z in inputs {
            let (alone, both) = (other.encode(&z), network.encode(&z));
            for (a, b) in alone.iter().zip(&both) {
                let expected = 0.75 * a + 0.25 * line(&z);
                assert!((b - expected).abs() < 1e-9 * (1.0 + expected.abs()), "{b} {expected}");
            }
        }
    }

    #[test]
    fn clear_spare_units_leaves_a_network_of_39_19_and_9_units() {
        let mut network = testing::network(4);
        clear_spare_units(&mut network);
        let z: Vec<f64> = (0..FEATURE_COUNT).map(|i| (i as f64 - 40.0) / 20.0).collect();
        let mut value = z.clone();
        for (layer, spare) in network.encoder.iter().zip([39, 19, 9]) {
            value = layer.forward(&value);
            assert_eq!(value[spare], 0.0);
        }
        let used = |layer: &Layer| layer.weight.iter().filter(|w| **w != 0.0).count();
        assert_eq!(network.encoder.iter().map(used).collect::<Vec<_>>(), [39 * 88, 19 * 39, 9 * 19, 2 * 9]);
    }
}
