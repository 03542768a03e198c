//! The methods by which a score can be shared out, by name.

use serde::{Serialize, Serializer};

use super::groups::{FAMILY_COUNT, FeatureFamily, Group};
use super::{Attribution, Contributions, attribute, by_name, expected, family_shares};
use crate::model::Model;
use egemaps::catalogue::{FEATURE_COUNT, FEATURES};

/// How a score is shared out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Path-integrated gradients from the average training voice: what results and the page show.
    PathGradients,
    /// Path-integrated gradients averaged over a background of many voices.
    ExpectedGradients,
    /// Shapley values of the four families.
    Shapley,
}

impl Method {
    /// All, the default first.
    pub const ALL: [Method; 3] = [Method::PathGradients, Method::ExpectedGradients, Method::Shapley];

    /// Name in JSON and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Method::PathGradients => "path",
            Method::ExpectedGradients => "expected",
            Method::Shapley => "shapley",
        }
    }

    /// What it is, in a sentence.
    pub const fn description(self) -> &'static str {
        match self {
            Method::PathGradients => {
                "path-integrated gradients from the average training voice to this one, integrated exactly"
            }
            Method::ExpectedGradients => {
                "expected gradients: path-integrated gradients averaged over the voices of a background, each path \
                 integrated exactly"
            }
            Method::Shapley => {
                "exact Shapley values of the four feature families, the others held at the average training voice"
            }
        }
    }

    /// The paper that it comes from.
    pub const fn source(self) -> &'static str {
        match self {
            Method::PathGradients => {
                "Sundararajan, Taly, Yan: Axiomatic attribution for deep networks. ICML 2017"
            }
            Method::ExpectedGradients => {
                "Erion, Janizek, Sturmfels, Lundberg, Lee: Improving performance of deep learning models with axiomatic \
                 attribution priors and expected gradients. Nature Machine Intelligence 3, 2021"
            }
            Method::Shapley => {
                "Shapley: A value for n-person games. Contributions to the Theory of Games II, 1953"
            }
        }
    }

    /// The levels that it gives contributions for.
    ///
    /// Shapley values need a run of the network for every coalition: 16 for the four families, 134 million for the
    /// 27 groups.
    pub const fn levels(self) -> &'static [Level] {
        match self {
            Method::PathGradients | Method::ExpectedGradients => &Level::ALL,
            Method::Shapley => &[Level::Families],
        }
    }

    /// The level to show where none is asked for.
    pub const fn first_level(self) -> Level {
        match self {
            Method::PathGradients | Method::ExpectedGradients => Level::Groups,
            Method::Shapley => Level::Families,
        }
    }
}

impl Serialize for Method {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// What contributions are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// The 88 features.
    Features,
    /// The 27 groups of Das et al. (2022).
    Groups,
    /// The four families.
    Families,
}

impl Level {
    /// All, the finest first.
    pub const ALL: [Level; 3] = [Level::Features, Level::Groups, Level::Families];

    /// Name in JSON and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Level::Features => "features",
            Level::Groups => "groups",
            Level::Families => "families",
        }
    }
}

/// A score's contributions by one method; on every level they add up to `activation − baseline`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// How they were found.
    pub method: Method,
    /// Score of the start; with a background, the mean of its voices' scores.
    pub baseline: f64,
    /// Score of the utterance.
    pub activation: f64,
    /// What led from one to the other.
    pub contributions: Shares,
}

/// Contributions on the levels that a method gives.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Shares {
    /// On every level.
    All(Box<Contributions>),
    /// Of the families alone.
    Families {
        /// In the order of [`FeatureFamily::ALL`].
        #[serde(serialize_with = "by_name::families")]
        families: [f64; FAMILY_COUNT],
    },
}

impl Shares {
    /// Names and values on a level, in the catalogue's order; `None` where the method gives none.
    pub fn on(&self, level: Level) -> Option<Vec<(&'static str, f64)>> {
        let features = FEATURES.iter().map(|feature| feature.name);
        let groups = Group::ALL.iter().map(|group| group.name());
        let families = FeatureFamily::ALL.iter().map(|family| family.name());
        Some(match (self, level) {
            (Shares::All(all), Level::Features) => features.zip(all.features).collect(),
            (Shares::All(all), Level::Groups) => groups.zip(all.groups).collect(),
            (Shares::All(all), Level::Families) => families.zip(all.families).collect(),
            (Shares::Families { families: values }, Level::Families) => families.zip(*values).collect(),
            (Shares::Families { .. }, Level::Features | Level::Groups) => return None,
        })
    }
}

/// Why a score cannot be explained as it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AttributionError {
    /// Expected gradients without a voice to start from.
    #[error("expected gradients need a background: at least one other voice to start from")]
    NoBackground,
    /// A background for a method that has its own start.
    #[error("the method “{}” starts from the average training voice and takes no background", method.name())]
    UnusedBackground {
        /// The method.
        method: Method,
    },
}

/// Explains the score of `features` by a method. `background` holds the voices to start from, as the model's inputs like
/// `features`, for expected gradients; for the others it is empty.
///
/// # Errors
/// [`AttributionError`] if the background is missing, or given to a method that has no use for it.
pub fn explain(
    model: &Model,
    method: Method,
    background: &[[f32; FEATURE_COUNT]],
    features: &[f32; FEATURE_COUNT],
) -> Result<Explanation, AttributionError> {
    if method != Method::ExpectedGradients && !background.is_empty() {
        return Err(AttributionError::UnusedBackground { method });
    }
    let all = |attribution: Attribution| Explanation {
        method,
        baseline: attribution.baseline,
        activation: attribution.activation,
        contributions: Shares::All(Box::new(attribution.contributions)),
    };
    Ok(match method {
        Method::PathGradients => all(attribute(model, features)),
        Method::ExpectedGradients => {
            all(expected(model, background, features).ok_or(AttributionError::NoBackground)?)
        }
        Method::Shapley => Explanation {
            method,
            baseline: model.baseline(),
            activation: model.score(&model.network().encode(&model.standardise(features).z)),
            contributions: Shares::Families { families: family_shares(model, features) },
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_method_adds_up_on_every_level_that_it_names_and_gives_no_other(seed in 0u64..300) {
            let model = testing::model(seed);
            let features = testing::features(&model, seed + 1);
            let background = [2, 3, 4].map(|k| testing::features(&model, seed + k));
            for method in Method::ALL {
                let background: &[_] =
                    if method == Method::ExpectedGradients { &background } else { &[] };
                let explanation = explain(&model, method, background, &features).unwrap();
                prop_assert_eq!(explanation.activation, model.evaluate(&features).activation);
                for level in Level::ALL {
                    let shares = explanation.contributions.on(level);
                    prop_assert_eq!(shares.is_some(), method.levels().contains(&level));
                    let Some(shares) = shares else { continue };
                    let sum: f64 = shares.iter().map(|(_, value)| value).sum();
                    let difference = explanation.activation - explanation.baseline;
                    prop_assert!((sum - difference).abs() < 1e-10, "{:?} {:?}", method, level);
                }
            }
        }
    }

    #[test]
    fn a_background_is_needed_by_one_method_and_refused_by_the_others() {
        let model = testing::model(1);
        let features = testing::features(&model, 2);
        assert_eq!(
            explain(&model, Method::ExpectedGradients, &[], &features),
            Err(AttributionError::NoBackground)
        );
        for method in [Method::PathGradients, Method::Shapley] {
            let error = explain(&model, method, &[features], &features).unwrap_err();
            assert_eq!(error, AttributionError::UnusedBackground { method });
        }
    }

    #[test]
    fn an_explanation_is_written_with_the_names_of_a_result() {
        let model = testing::model(1);
        let features = testing::features(&model, 2);
        let written = |method| {
            let explanation = explain(&model, method, &[], &features).unwrap();
            serde_json::to_value(&explanation).unwrap()
        };
        let path = written(Method::PathGradients);
        assert_eq!(path["method"], "path");
        let contributions = path["contributions"].as_object().unwrap();
        assert_eq!(contributions.keys().collect::<Vec<_>>(), ["families", "features", "groups"]);
        let families = written(Method::Shapley)["contributions"].clone();
        assert_eq!(families.as_object().unwrap().keys().collect::<Vec<_>>(), ["families"]);
        assert_eq!(families["families"].as_object().unwrap().len(), FAMILY_COUNT);
    }

    #[test]
    fn methods_and_levels_have_a_name_each() {
        for (i, method) in Method::ALL.into_iter().enumerate() {
            assert!(Method::ALL[..i].iter().all(|other| other.name() != method.name()), "{method:?}");
            assert_eq!(serde_json::to_value(method).unwrap(), method.name());
        }
        for (i, level) in Level::ALL.into_iter().enumerate() {
            assert!(Level::ALL[..i].iter().all(|other| other.name() != level.name()), "{level:?}");
        }
    }
}
