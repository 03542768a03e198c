//! Why a voice scores as it does: what each feature, group and family contributes to the score.
//!
//! The score F is followed along the straight line from a start x′ to the utterance x. With ReLU layers F is
//! piecewise linear along that line, so its gradient is constant between breakpoints, and the breakpoints can be
//! found exactly, layer by layer. The contribution of feature *i* is
//!
//! φᵢ = (xᵢ − x′ᵢ) · Σ over segments of ∂F/∂xᵢ · length of the segment,
//!
//! which is the integrated gradient (Sundararajan, Taly and Yan 2017, eq. 1) without any error of quadrature, so
//! Σφ = F(x) − F(x′) to rounding. x and x′ are standardised and limited, as the model sees them; by default x′ is
//! the average training voice.
//!
//! [`attribute`] is what a result and the page show; [`attribute_from`] leads from one voice to another,
//! [`attribute_along_map_axis`] along what the page's map shows. [`explain`] gives a score's contributions by any [`Method`]:
//! expected gradients average over many starts, Shapley values share the score out among families as a game does.
//!
//! ```
//! use undertone::attribution::{Level, Method, explain};
//! use undertone::model::{Objective, built_in};
//!
//! let model = built_in(Objective::MetricAct)?;
//! // Two voices, as the model's inputs: the average one of the training, and one that differs in every feature.
//! let average: [f32; 88] = std::array::from_fn(|i| model.scaler().mean[i]);
//! let other: [f32; 88] = std::array::from_fn(|i| average[i] + 0.5 * model.scaler().scale[i]);
//!
//! let explanation = explain(&model, Method::Shapley, &[], &other)?;
//! let families = explanation.contributions.on(Level::Families).unwrap_or_default();
//! let sum: f64 = families.iter().map(|(_, value)| value).sum();
//! assert!((sum - (explanation.activation - explanation.baseline)).abs() < 1e-9);
//!
//! // From one voice to the other, and from the average voice, are here the same way.
//! let one = explain(&model, Method::ExpectedGradients, &[average], &other)?;
//! assert_eq!(one.contributions, explain(&model, Method::PathGradients, &[], &other)?.contributions);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod by_name;
mod expected;
pub mod groups;
mod map_axis;
mod method;
mod path;
mod shapley;

use serde::Serialize;

use crate::model::{LATENT_COUNT, Model, Network};
use egemaps::catalogue::{FEATURE_COUNT, FEATURES};
use groups::{FAMILY_COUNT, FeatureFamily, GROUP_COUNT, Group};

pub(crate) use by_name::features as features_by_name;
pub use expected::expected;
pub use map_axis::attribute_along_map_axis;
pub use method::{AttributionError, Explanation, Level, Method, Shares, explain};
pub use shapley::family_shares;

/// Contributions in score units; each list adds up to the same difference of two scores.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contributions {
    /// Of each feature, catalogue order.
    #[serde(serialize_with = "by_name::features")]
    pub features: [f64; FEATURE_COUNT],
    /// Sums over the 27 groups, in the order of [`Group::ALL`].
    #[serde(serialize_with = "by_name::groups")]
    pub groups: [f64; GROUP_COUNT],
    /// Sums over the families, in the order of [`FeatureFamily::ALL`]. Families sum features, not
    /// groups: some groups have members in two families.
    #[serde(serialize_with = "by_name::families")]
    pub families: [f64; FAMILY_COUNT],
}

impl Contributions {
    /// Contributions of features with their sums over groups and families.
    fn of(features: [f64; FEATURE_COUNT]) -> Contributions {
        let mut families = [0.0; FAMILY_COUNT];
        for (value, feature) in features.iter().zip(&FEATURES) {
            families[FeatureFamily::of(feature).index()] += value;
        }
        Contributions { features, groups: group_sums(&features), families }
    }
}

/// Why a score is what it is: the contributions add up to `activation − baseline`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attribution {
    /// Score of the start.
    pub baseline: f64,
    /// Score of the utterance.
    pub activation: f64,
    /// What led from one to the other.
    pub contributions: Contributions,
}

/// Contributions to the score of `features`, against the average training voice.
pub fn attribute(model: &Model, features: &[f32; FEATURE_COUNT]) -> Attribution {
    to_score(model, &[0.0; FEATURE_COUNT], &model.standardise(features).z)
}

/// Contributions to the difference of two scores, from the voice `from` to the voice `features`.
pub fn attribute_from(
    model: &Model,
    from: &[f32; FEATURE_COUNT],
    features: &[f32; FEATURE_COUNT],
) -> Attribution {
    to_score(model, &model.standardise(from).z, &model.standardise(features).z)
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
) -> [f64; FEATURE_COUNT] {
    let contributions = path::integrate(&network.encoder, readout, start, end);
    // One per input of the encoder.
    std::array::from_fn(|i| contributions[i])
}

/// Contributions to the change of any linear reading of the latent space from `start` to `end`, both standardised.
/// `value` is the reading of a latent point: `direction · latent` plus a constant.
fn between(
    model: &Model,
    direction: &[f64; LATENT_COUNT],
    value: impl Fn(&[f64; LATENT_COUNT]) -> f64,
    start: &[f64; FEATURE_COUNT],
    end: &[f64; FEATURE_COUNT],
) -> Attribution {
    let features = path_contributions(model.network(), direction, start, end);
    let at = |z| value(&model.network().encode(z));
    Attribution { baseline: at(start), activation: at(end), contributions: Contributions::of(features) }
}

/// Sums of the contributions of the 88 features over the 27 groups, in the order of
/// [`Group::ALL`].
pub fn group_sums(contributions: &[f64; FEATURE_COUNT]) -> [f64; GROUP_COUNT] {
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
                a.contributions.features.iter().sum::<f64>(), a.contributions.groups.iter().sum::<f64>(), a.contributions.families.iter().sum::<f64>(),
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
            prop_assert!((there.contributions.features.iter().sum::<f64>() - difference).abs() < 1e-10);
            for i in 0..FEATURE_COUNT {
                prop_assert!((there.contributions.features[i] + back.contributions.features[i]).abs() < 1e-10);
            }
        }
    }

    #[test]
    fn contributions_are_written_by_name_in_the_catalogue_s_order() {
        let model = testing::model(2);
        let a = attribute(&model, &testing::features(&model, 9));
        let text = serde_json::to_string(&a.contributions).unwrap();
        let written: serde_json::Value = serde_json::from_str(&text).unwrap();
        let mut last = 0;
        for (feature, value) in FEATURES.iter().zip(a.contributions.features) {
            assert_eq!(written["features"][feature.name], value);
            let at = text.find(&format!("\"{}\"", feature.name)).unwrap();
            assert!(at > last, "{}", feature.name);
            last = at;
        }
        assert_eq!(written["groups"]["HNR"], a.contributions.groups[Group::Hnr.index()]);
        assert_eq!(
            written["families"]["spectral"],
            a.contributions.families[FeatureFamily::Spectral.index()]
        );
        let count = |level: &str| written[level].as_object().unwrap().len();
        assert_eq!([count("features"), count("groups"), count("families")], [88, 27, 4]);
    }

    #[test]
    fn the_way_along_any_direction_is_shared_out_without_a_rest() {
        let model = testing::model(11);
        let [one, two] = [3, 5].map(|seed| model.standardise(&testing::features(&model, seed)).z);
        let value = |latent: &[f64; 2]| 0.5 * latent[0] - 2.0 * latent[1] + 7.0;
        let a = between(&model, &[0.5, -2.0], value, &one, &two);
        assert_eq!(a.baseline, value(&model.network().encode(&one)));
        assert!((a.contributions.groups.iter().sum::<f64>() - (a.activation - a.baseline)).abs() < 1e-10);
        assert!((a.activation - a.baseline).abs() > 1e-3, "the way must not be nothing");
    }

    #[test]
    fn a_feature_at_the_mean_contributes_nothing_and_groups_and_families_are_sums_of_members() {
        let model = testing::model(4);
        let mut features = testing::features(&model, 9);
        features[33] = model.scaler().mean[33];
        let a = attribute(&model, &features);
        assert_eq!(a.contributions.features[33], 0.0);
        for group in Group::ALL {
            let sum: f64 = (0..FEATURE_COUNT)
                .filter(|&i| Group::of(&FEATURES[i]) == group)
                .map(|i| a.contributions.features[i])
                .sum();
            assert!((sum - a.contributions.groups[group.index()]).abs() < 1e-12);
        }
        for family in FeatureFamily::ALL {
            let members = (0..FEATURE_COUNT).filter(|&i| FeatureFamily::of(&FEATURES[i]) == family);
            let sum: f64 = members.map(|i| a.contributions.features[i]).sum();
            assert!((sum - a.contributions.families[family.index()]).abs() < 1e-12);
        }
    }
}
