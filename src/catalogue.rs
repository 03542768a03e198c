//! Everything that results refer to by a name or an index, as one object: low-level descriptors, features, their groups
//! and families, flags, and the limits of the input.
//!
//! `cargo xtask catalogue` writes it as the module `www/engine/catalogue.js`. The page imports that module, which needs
//! neither a request that its policy would forbid nor the WebAssembly module to be ready, and the page's unit tests read
//! what the page reads. The WebAssembly module returns the same object, for those who use it without the page.
//!
//! ```
//! let catalogue = undertone::catalogue::Catalogue::current();
//! assert_eq!((catalogue.llds.len(), catalogue.features.len(), catalogue.groups.len()), (25, 88, 27));
//! ```

use serde::Serialize;

use crate::attribution::groups::{FeatureFamily, Group};
use crate::audio::checks::Flag;
use crate::audio::{MAX_RATE_HZ, MIN_DURATION_S, MIN_RATE_HZ, SAMPLE_RATE_HZ};
use egemaps::catalogue::{CATALOGUE_VERSION, FEATURES, Feature, Lld, Unit};

/// All names, in the orders that indices refer to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Catalogue {
    /// Version of the features; a weights file names the version that it was trained with.
    pub version: &'static str,
    /// The 25 low-level descriptors.
    pub llds: Vec<LldEntry>,
    /// The 88 functionals.
    pub features: Vec<FeatureEntry>,
    /// The 27 groups of features.
    pub groups: Vec<Group>,
    /// The four families of features.
    pub families: Vec<FeatureFamily>,
    /// Names of the flags.
    pub flags: Vec<&'static str>,
    /// What is accepted as input.
    pub limits: Limits,
}

/// A low-level descriptor.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LldEntry {
    /// Official name.
    pub name: Lld,
    /// Unit of the values.
    pub unit: Unit,
    /// Length of the frame that a value is computed from, s.
    pub frame_seconds: f64,
    /// Whether it has a value only where there is a pitch.
    pub needs_pitch: bool,
}

/// A functional with its group and family.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeatureEntry {
    /// Name, descriptor, frames, statistic, unit.
    #[serde(flatten)]
    pub feature: Feature,
    /// Group in which its contributions are summed.
    pub group: Group,
    /// Family in which its contributions are summed.
    pub family: FeatureFamily,
}

/// What is accepted as input.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// Lowest sampling rate, Hz.
    pub min_rate_hz: u32,
    /// Highest sampling rate, Hz.
    pub max_rate_hz: u32,
    /// Shortest sound, s.
    pub min_seconds: f64,
    /// The sampling rate that everything is brought to, Hz.
    pub sample_rate_hz: u32,
}

impl Catalogue {
    /// The catalogue of this version.
    #[must_use]
    pub fn current() -> Catalogue {
        let lld = |lld: Lld| LldEntry {
            name: lld,
            unit: lld.unit(),
            frame_seconds: lld.frame_s(),
            needs_pitch: lld.needs_pitch(),
        };
        let feature = |feature: &Feature| FeatureEntry {
            feature: *feature,
            group: Group::of(feature),
            family: FeatureFamily::of(feature),
        };
        Catalogue {
            version: CATALOGUE_VERSION,
            llds: Lld::ALL.map(lld).to_vec(),
            features: FEATURES.iter().map(feature).collect(),
            groups: Group::ALL.to_vec(),
            families: FeatureFamily::ALL.to_vec(),
            flags: Flag::ALL.iter().map(|flag| flag.name()).collect(),
            limits: Limits {
                min_rate_hz: MIN_RATE_HZ,
                max_rate_hz: MAX_RATE_HZ,
                min_seconds: MIN_DURATION_S,
                sample_rate_hz: SAMPLE_RATE_HZ,
            },
        }
    }
}
