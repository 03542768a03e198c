//! Expected gradients: the mean of the contributions against every voice of a background.
//!
//! The mean of all inputs is not a realistic voice, so expected gradients (Erion et al. 2021) average over a set of
//! real voices as starts. They are usually sampled; here every path is integrated exactly and every start is used, so
//! that Σφ = F(x) − mean of F(x′) to rounding.

use super::{Attribution, Contributions, path_contributions};
use crate::model::{LATENT_COUNT, Model, Network};
use egemaps::catalogue::FEATURE_COUNT;

/// Contributions to the score of `features` against the voices of `background` (both in catalogue order and units); the
/// attribution's baseline is the mean score of the background. `None` for an empty background.
pub fn expected(
    model: &Model,
    background: &[[f32; FEATURE_COUNT]],
    features: &[f32; FEATURE_COUNT],
) -> Option<Attribution> {
    let starts: Vec<_> = background.iter().map(|voice| model.standardise(voice).z).collect();
    let end = model.standardise(features).z;
    let phi = expected_contributions(model.network(), &model.info().readout, &starts, &end)?;
    let mut sum = 0.0;
    for start in &starts {
        sum += model.score(&model.network().encode(start));
    }
    Some(Attribution {
        baseline: sum / starts.len() as f64,
        activation: model.score(&model.network().encode(&end)),
        contributions: Contributions::of(phi),
    })
}

/// As [`path_contributions`], averaged over many starts, all standardised, \[88\]. `None` without a start.
fn expected_contributions(
    network: &Network,
    readout: &[f64; LATENT_COUNT],
    starts: &[[f64; FEATURE_COUNT]],
    end: &[f64; FEATURE_COUNT],
) -> Option<[f64; FEATURE_COUNT]> {
    if starts.is_empty() {
        return None;
    }
    let mut mean = [0.0; FEATURE_COUNT];
    for start in starts {
        for (sum, phi) in mean.iter_mut().zip(path_contributions(network, readout, start, end)) {
            *sum += phi;
        }
    }
    mean.iter_mut().for_each(|sum| *sum /= starts.len() as f64);
    Some(mean)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::{attribute, attribute_from};
    use crate::model::testing::{self, Numbers};
    use proptest::prelude::*;

    const READOUT: [f64; 2] = [0.7, -0.2];

    fn points(seed: u64, count: usize) -> Vec<[f64; FEATURE_COUNT]> {
        let mut numbers = Numbers(seed ^ 0xBAC6);
        (0..count).map(|_| std::array::from_fn(|_| 3.0 * numbers.draw())).collect()
    }

    proptest! {
        #[test]
        fn contributions_add_up_to_the_distance_from_the_mean_score_of_the_background(
            seed in 0u64..500, count in 1usize..6
        ) {
            let model = testing::model(seed);
            let background: Vec<_> =
                (0..count as u64).map(|k| testing::features(&model, seed + 10 + k)).collect();
            let features = testing::features(&model, seed + 1);
            let a = expected(&model, &background, &features).unwrap();
            let mean = background.iter().map(|b| model.evaluate(b).activation).sum::<f64>() / count as f64;
            prop_assert!((a.baseline - mean).abs() < 1e-12);
            prop_assert_eq!(a.activation, model.evaluate(&features).activation);
            let difference = a.activation - a.baseline;
            for sum in [
                a.contributions.features.iter().sum::<f64>(),
                a.contributions.groups.iter().sum::<f64>(),
                a.contributions.families.iter().sum::<f64>(),
            ] {
                prop_assert!((sum - difference).abs() < 1e-10, "{} against {}", sum, difference);
            }
        }
    }

    #[test]
    fn one_voice_as_background_is_the_path_from_it_and_the_average_voice_the_default() {
        let model = testing::model(3);
        let (one, two) = (testing::features(&model, 1), testing::features(&model, 2));
        assert_eq!(expected(&model, &[one], &two).unwrap(), attribute_from(&model, &one, &two));
        let average: [f32; FEATURE_COUNT] = std::array::from_fn(|i| model.scaler().mean[i]);
        assert_eq!(expected(&model, &[average], &two).unwrap(), attribute(&model, &two));
        assert!(expected(&model, &[], &two).is_none());
    }

    #[test]
    fn a_linear_network_gives_weight_times_distance_from_the_background_s_mean() {
        let mut network = testing::network(5);
        network.encoder.iter_mut().for_each(|layer| layer.rectify = false);
        let (starts, end) = (points(1, 7), points(2, 1)[0]);
        let phi = expected_contributions(&network, &READOUT, &starts, &end).unwrap();
        // The weight of feature i: what one more unit of it does to the readout.
        let read = |z: &[f64]| network.encode(z).iter().zip(READOUT).map(|(v, w)| v * w).sum::<f64>();
        for i in 0..FEATURE_COUNT {
            let mut unit = [0.0; FEATURE_COUNT];
            let origin = read(&unit);
            unit[i] = 1.0;
            let weight = read(&unit) - origin;
            let mean = starts.iter().map(|s| s[i]).sum::<f64>() / 7.0;
            assert!((phi[i] - weight * (end[i] - mean)).abs() < 1e-12);
        }
    }

    #[test]
    fn dead_features_get_nothing_and_equal_ones_equal_shares() {
        let mut network = testing::network(6);
        network.encoder[0].weight.column_mut(2).fill(0.0);
        let twin = network.encoder[0].weight.column(4).to_owned();
        network.encoder[0].weight.column_mut(5).assign(&twin);
        let (mut starts, mut end) = (points(3, 5), points(4, 1)[0]);
        starts.iter_mut().chain([&mut end]).for_each(|z| z[5] = z[4]);
        let phi = expected_contributions(&network, &READOUT, &starts, &end).unwrap();
        assert_eq!(phi[2], 0.0);
        assert_eq!(phi[4], phi[5]);
        assert!(phi[4] != 0.0);
    }
}
