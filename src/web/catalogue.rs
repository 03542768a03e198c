//! The catalogue of names.

use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::error::to_js;
use crate::audio::checks::Flag;
use crate::audio::{MAX_RATE_HZ, MIN_DURATION_S, MIN_RATE_HZ, SAMPLE_RATE_HZ};
use egemaps::catalogue::{CATALOGUE_VERSION, CONTOUR_NAMES, FEATURES, Family, Group, Statistic};

#[derive(Serialize)]
struct Catalogue {
    version: &'static str,
    features: Vec<Feature>,
    groups: Vec<&'static str>,
    families: Vec<&'static str>,
    contours: Vec<&'static str>,
    flags: Vec<&'static str>,
    limits: Limits,
}

#[derive(Serialize)]
struct Feature {
    name: &'static str,
    statistic: Statistic,
    unit: &'static str,
    group: &'static str,
    family: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Limits {
    min_rate_hz: u32,
    max_rate_hz: u32,
    min_seconds: f64,
    sample_rate_hz: u32,
}

/// Names, units, groups and families of the 88 features, names of contours and flags, and the limits of the input.
#[wasm_bindgen(unchecked_return_type = "Catalogue")]
pub fn catalogue() -> Result<JsValue, JsValue> {
    let feature = |feature: &egemaps::catalogue::Feature| Feature {
        name: feature.name,
        statistic: feature.statistic,
        unit: feature.unit.symbol(),
        group: feature.group.name(),
        family: feature.family.name(),
    };
    to_js(&Catalogue {
        version: CATALOGUE_VERSION,
        features: FEATURES.iter().map(feature).collect(),
        groups: Group::ALL.iter().map(|group| group.name()).collect(),
        families: Family::ALL.iter().map(|family| family.name()).collect(),
        contours: CONTOUR_NAMES.to_vec(),
        flags: Flag::ALL.iter().map(|flag| flag.name()).collect(),
        limits: Limits {
            min_rate_hz: MIN_RATE_HZ,
            max_rate_hz: MAX_RATE_HZ,
            min_seconds: MIN_DURATION_S,
            sample_rate_hz: SAMPLE_RATE_HZ,
        },
    })
}
