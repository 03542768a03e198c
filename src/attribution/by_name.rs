//! Values of the 88 features, the 27 groups and the four families as objects by name, in the catalogue's order.
//!
//! Whoever reads a result by a program asks for a feature by its official name, and a table of many results gets its
//! columns from them; no list of names has to be carried along.

use serde::{Serialize, Serializer};

use super::groups::{FAMILY_COUNT, FeatureFamily, GROUP_COUNT, Group};
use egemaps::catalogue::{FEATURE_COUNT, FEATURES};

/// `{ feature: value }`, for `serialize_with`.
pub(crate) fn features<T: Serialize, S: Serializer>(
    values: &[T; FEATURE_COUNT],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(FEATURES.iter().map(|feature| feature.name).zip(values))
}

/// `{ group: value }`, for `serialize_with`.
pub(crate) fn groups<S: Serializer>(values: &[f64; GROUP_COUNT], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(Group::ALL.iter().map(|group| group.name()).zip(values))
}

/// `{ family: value }`, for `serialize_with`.
pub(crate) fn families<S: Serializer>(
    values: &[f64; FAMILY_COUNT],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(FeatureFamily::ALL.iter().map(|family| family.name()).zip(values))
}
