//! Why a voice scores as it does: exact path-integrated gradients, per feature, group and family.
//!
//! The score F is followed along the straight line from a start x′ to the utterance x. With ReLU layers F is
//! piecewise linear along that line, so its gradient is constant between breakpoints, and the breakpoints can be
//! found exactly, layer by layer. The contribution of feature *i* is
//!
//! φᵢ = (xᵢ − x′ᵢ) · Σ over segments of ∂F/∂xᵢ · length of the segment,
//!
//! which is the integrated gradient (Sundararajan, Taly and Yan 2017, eq. 1) without any error of quadrature, so
//! Σφ = F(x) − F(x′) to rounding. x and x′ are standardised and limited, as the model sees them; by default x′ is
//! the average training voice. Two more views of the same score: [`expected()`] averages over many starts, and
//! [`shapley`] shares the score out among families as a game does.

mod expected;
pub mod groups;
mod map_axis;
mod path;
pub mod shapley;

use serde::Serialize;

use crate::model::{LATENT_COUNT, Model, Network};
use egemaps::catalogue::{FEATURE_COUNT, FEATURES};
use groups::{FAMILY_COUNT, FeatureFamily, GROUP_COUNT, Group};

pub use expected::{expected, expected_contributions};
pub use map_axis::attribute_along_map_axis;

/// Contributions to a score; each list adds up to `activation − baseline`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attribution {
    /// Score of the start.
    pub baseline: f64,
    /// Score of the utterance.
    pub activation: f64,
    /// Contribution of each feature, in score units, catalogue order.
    #[serde(serialize_with = "as_slice")]
    pub features: [f64; FEATURE_COUNT],
    /// Sums over the 27 groups, in the order of [`Group::ALL`].
    pub groups: [f64; GROUP_COUNT],
    /// Sums over the families, in the order of [`FeatureFamily::ALL`]. Families sum features, not
    /// groups: some groups have members in two families.
    pub families: [f64; FAMILY_COUNT],
}

fn as_slice<S: serde::Serializer>(values: &[f64; FEATURE_COUNT], s: S) -> Result<S::Ok, S::Error> {
    values.as_slice().serialize(s)
}

/// Contributions to the score of `features`, against the average training voice.
pub fn attribute(model: &Model, features: &[f32; FEATURE_COUNT]) -> Attribution {
    to_score(model, &[0.0; FEATURE_COUNT], &model.standardise(features).z)
}

/// Contributions to the difference between two utterances' scores: how `features` differs from `start`.
pub fn attribute_from(
    model: &Model,
    start: &[f32; FEATURE_COUNT],
    features: &[f32; FEATURE_COUNT],
) -> Attribution {
    to_score(model, &model.standardise(start).z, &model.standardise(features).z)
}

fn to_score(model: &Model, start: &[f64; FEATURE_COUNT], end: &[f64; FEATURE_COUNT]) -> Attribution {
    between(model, &model.info().readout, |latent| model.score(latent), start, end)
}

/// Contributions of the inputs of a network's encoder to the change of `readout · latent` from `start` to `end`, both
/// standardised, \[88\]; they add up to that change.
pub fn path_contributions(
    network: &Network,
    readout: &[f64; LATENT_COUNT],
    start: &[f64; FEATURE_COUNT],
    end: &[f64; FEATURE_COUNT],
) -> Vec<f64> {
    path::integrate(&network.encoder, readout, start, end)
}

/// Contributions to the change of any linear reading of the latent space from `start` to `end`, both standardised.
/// `value` is the reading of a latent point: `direction · latent` plus a constant.
pub fn between(
    model: &Model,
    direction: &[f64; LATENT_COUNT],
    value: impl Fn(&[f64]) -> f64,
    start: &[f64; FEATURE_COUNT],
    end: &[f64; FEATURE_COUNT],
) -> Attribution {
    let contributions = path_contributions(model.network(), direction, start, end);
    let at = |z| value(&model.network().encode(z));
    summed(&contributions, at(start), at(end))
}

/// Contributions of features with their sums over groups and families.
fn summed(contributions: &[f64], baseline: f64, activation: f64) -> Attribution {
    let mut features = [0.0; FEATURE_COUNT];
    let mut families = [0.0; FAMILY_COUNT];
    for (i, (&value, feature)) in contributions.iter().zip(&FEATURES).enumerate() {
        features[i] = value;
        families[FeatureFamily::of(feature).index()] += value;
    }
    Attribution { baseline, activation, features, groups: group_sums(contributions), families }
}

/// Sums of the contributions of the 88 features over the 27 groups, in the order of
/// [`Group::ALL`].
pub fn group_sums(contributions: &[f64]) -> [f64; GROUP_COUNT] {
    let mut groups = [0.0; GROUP_COUNT];
    for (&value, feature) in contributions.iter().zip(&FEATURES) {
        groups[Group::of(feature).index()] += value;
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn contributions_add_up_to_the_score_on_every_level(
            seed in 0u64..1000, values in prop::collection::vec(-1e3f32..1e3, FEATURE_COUNT)
        ) {
            let model = testing::model(seed);
            let features: [f32; FEATURE_COUNT] = std::array::from_fn(|i| values[i]);
            let a = attribute(&model, &features);
            prop_assert_eq!(a.activation, model.evaluate(&features).activation);
            prop_assert_eq!(a.baseline, model.baseline());
            let difference = a.activation - a.baseline;
            for sum in [
                a.features.iter().sum::<f64>(), a.groups.iter().sum::<f64>(), a.families.iter().sum::<f64>(),
            ] {
                prop_assert!((sum - difference).abs() < 1e-10, "{} against {}", sum, difference);
            }
        }

        #[test]
        fn two_utterances_compared_add_up_to_their_difference_and_back(seed in 0u64..1000) {
            let model = testing::model(seed);
            let (one, two) = (testing::features(&model, seed + 1), testing::features(&model, seed + 2));
            let (there, back) = (attribute_from(&model, &one, &two), attribute_from(&model, &two, &one));
            let difference = model.evaluate(&two).activation - model.evaluate(&one).activation;
            prop_assert!((there.features.iter().sum::<f64>() - difference).abs() < 1e-10);
            for i in 0..FEATURE_COUNT {
                prop_assert!((there.features[i] + back.features[i]).abs() < 1e-10);
            }
        }
    }

    #[test]
    fn the_way_along_any_direction_is_shared_out_without_a_rest() {
        let model = testing::model(11);
        let [one, two] = [3, 5].map(|seed| model.standardise(&testing::features(&model, seed)).z);
        let value = |latent: &[f64]| 0.5 * latent[0] - 2.0 * latent[1] + 7.0;
        let a = between(&model, &[0.5, -2.0], value, &one, &two);
        assert_eq!(a.baseline, value(&model.network().encode(&one)));
        assert!((a.groups.iter().sum::<f64>() - (a.activation - a.baseline)).abs() < 1e-10);
        assert!((a.activation - a.baseline).abs() > 1e-3, "the way must not be nothing");
    }

    #[test]
    fn a_feature_at_the_mean_contributes_nothing_and_groups_and_families_are_sums_of_members() {
        let model = testing::model(4);
        let mut features = testing::features(&model, 9);
        features[33] = model.scaler().mean[33];
        let a = attribute(&model, &features);
        assert_eq!(a.features[33], 0.0);
        for group in Group::ALL {
            let sum: f64 =
                (0..FEATURE_COUNT).filter(|&i| Group::of(&FEATURES[i]) == group).map(|i| a.features[i]).sum();
            assert!((sum - a.groups[group.index()]).abs() < 1e-12);
        }
        for family in FeatureFamily::ALL {
            let members = (0..FEATURE_COUNT).filter(|&i| FeatureFamily::of(&FEATURES[i]) == family);
            let sum: f64 = members.map(|i| a.features[i]).sum();
            assert!((sum - a.families[family.index()]).abs() < 1e-12);
        }
    }
}
