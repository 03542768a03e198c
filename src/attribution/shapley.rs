//! Families as players: exact Shapley values over all 16 coalitions of the four families.
//!
//! A coalition's families take their values of the utterance, the others stay at the start x′. What a family adds is
//! averaged over all orders in which families can join (Shapley 1953). Unlike path-integrated gradients this asks what
//! a whole family does at once; where the network is linear between start and utterance, both say the same.

use super::groups::{FAMILY_COUNT, FeatureFamily};
use crate::model::{LATENT_COUNT, Model, Network};
use egemaps::catalogue::{FEATURE_COUNT, FEATURES};

/// Shapley values of the families in the score of `features`, against the average training voice, in the order of
/// [`FeatureFamily::ALL`]; they add up to the score's distance from that voice's.
pub fn family_shares(model: &Model, features: &[f32; FEATURE_COUNT]) -> [f64; FAMILY_COUNT] {
    let end = model.standardise(features).z;
    family_contributions(model.network(), &model.info().readout, &[0.0; FEATURE_COUNT], &end)
}

/// Shapley values of the families in the change of `readout · latent` from `start` to `end`, both standardised.
fn family_contributions(
    network: &Network,
    readout: &[f64; LATENT_COUNT],
    start: &[f64; FEATURE_COUNT],
    end: &[f64; FEATURE_COUNT],
) -> [f64; FAMILY_COUNT] {
    shapley(|coalition| {
        let joined: [f64; FEATURE_COUNT] = std::array::from_fn(|i| {
            if coalition & (1 << FeatureFamily::of(&FEATURES[i]).index()) == 0 { start[i] } else { end[i] }
        });
        let mut sum = 0.0;
        for (weight, z) in readout.iter().zip(network.encode(&joined)) {
            sum += weight * z;
        }
        sum
    })
}

/// Shapley values of a game of [`FAMILY_COUNT`] players, given what each coalition is worth; bit k of a coalition says
/// that player k is in it.
fn shapley(worth: impl Fn(usize) -> f64) -> [f64; FAMILY_COUNT] {
    // By how many of the other players came before: the share of all orders in which just these did, 1/(n·C(n−1, k)).
    const ORDERS: [f64; FAMILY_COUNT] = [1.0 / 4.0, 1.0 / 12.0, 1.0 / 12.0, 1.0 / 4.0];
    let worths: [f64; 1 << FAMILY_COUNT] = std::array::from_fn(worth);
    std::array::from_fn(|player| {
        let bit = 1 << player;
        let mut sum = 0.0;
        for coalition in (0..worths.len()).filter(|coalition| coalition & bit == 0) {
            let before = coalition.count_ones() as usize;
            sum += ORDERS[before] * (worths[coalition | bit] - worths[coalition]);
        }
        sum
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::attribute;
    use crate::model::testing;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn shares_add_up_to_the_score_s_distance_from_the_average_voice(seed in 0u64..500) {
            let model = testing::model(seed);
            let features = testing::features(&model, seed + 1);
            let difference = model.evaluate(&features).activation - model.baseline();
            let sum: f64 = family_shares(&model, &features).iter().sum();
            prop_assert!((sum - difference).abs() < 1e-10);
        }
    }

    #[test]
    fn shares_are_the_mean_over_all_orders_of_joining() {
        // Worths without any symmetry; the 24 orders one by one.
        let worth = |c: usize| ((c * c * 7 + 3 * c) % 31) as f64 + if c == 0 { 0.0 } else { 2.5 };
        let mut by_hand = [0.0; 4];
        let mut orders = 0.0;
        for a in 0..4 {
            for b in (0..4).filter(|&b| b != a) {
                for c in (0..4).filter(|&c| c != a && c != b) {
                    let mut joined = 0;
                    for player in [a, b, c, 6 - a - b - c] {
                        by_hand[player] += worth(joined | 1 << player) - worth(joined);
                        joined |= 1 << player;
                    }
                    orders += 1.0;
                }
            }
        }
        assert_eq!(orders, 24.0);
        for (share, sum) in shapley(worth).iter().zip(by_hand) {
            assert!((share - sum / orders).abs() < 1e-12);
        }
    }

    #[test]
    fn a_dead_family_gets_nothing_and_equal_players_get_equal_shares() {
        let mut network = testing::network(4);
        for i in (0..FEATURE_COUNT).filter(|&i| FeatureFamily::of(&FEATURES[i]) == FeatureFamily::Temporal) {
            network.encoder[0].weight.column_mut(i).fill(0.0);
        }
        let end: [f64; FEATURE_COUNT] = std::array::from_fn(|i| ((i * 37 % 11) as f64 - 5.0) / 2.0);
        let shares = family_contributions(&network, &[0.5, 0.5], &[0.0; FEATURE_COUNT], &end);
        assert_eq!(shares[FeatureFamily::Temporal.index()], 0.0);
        assert!(shares[FeatureFamily::Energy.index()] != 0.0);

        // Worth depends on players 1 and 2 only by how many of them are in.
        let worth = |c: usize| f64::from((c & 1) as u8) * 3.0 + ((c >> 1 & 1) + (c >> 2 & 1)).pow(2) as f64;
        assert_eq!(shapley(worth), [3.0, 2.0, 2.0, 0.0]);
    }

    #[test]
    fn in_a_linear_network_shares_are_the_sums_of_contributions() {
        let model = testing::model(8);
        let mut network = model.network().clone();
        network.encoder.iter_mut().for_each(|layer| layer.rectify = false);
        let features = testing::features(&model, 2);
        let end = model.standardise(&features).z;
        let start = [0.0; FEATURE_COUNT];
        let readout = [0.3, 0.9];
        let shares = family_contributions(&network, &readout, &start, &end);
        let phi = crate::attribution::path_contributions(&network, &readout, &start, &end);
        for family in FeatureFamily::ALL {
            let sum: f64 = (0..FEATURE_COUNT)
                .filter(|&i| FeatureFamily::of(&FEATURES[i]) == family)
                .map(|i| phi[i])
                .sum();
            assert!((sum - shares[family.index()]).abs() < 1e-12);
        }
        // With ReLUs the two views differ, else one of them would be superfluous.
        let (views, paths) =
            (family_shares(&model, &features), attribute(&model, &features).contributions.families);
        assert!(views.iter().zip(paths).any(|(a, b)| (a - b).abs() > 1e-6));
    }
}
