//! The 27 feature groups and four families of Das et al. (2022), in which attributions are summed.
//!
//! ```
//! use undertone::attribution::groups::{FeatureFamily, Group};
//! use undertone::egemaps::catalogue::FEATURES;
//!
//! let feature = FEATURES.iter().find(|feature| feature.name == "F1amplitudeLogRelF0_sma3nz_amean").unwrap();
//! assert_eq!(Group::of(feature).name(), "F1");
//! assert_eq!(FeatureFamily::of(feature).name(), "spectral");
//! ```

use egemaps::catalogue::{FEATURE_COUNT, FEATURES, Feature, Frames, Lld, Statistic};
use serde::{Serialize, Serializer};

/// Number of groups.
pub const GROUP_COUNT: usize = 27;
/// Number of families.
pub const FAMILY_COUNT: usize = 4;

/// Makes the enum, the list of its variants and their names from the same rows.
macro_rules! named {
    ($(#[$doc:meta])+ $kind:ident, $count:ident: $($(#[$row:meta])+ $variant:ident = $name:literal,)+) => {
        $(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $kind {
            $($(#[$row])+ $variant,)+
        }

        impl $kind {
            /// All of them, in the order that indices refer to.
            pub const ALL: [$kind; $count] = [$($kind::$variant,)+];

            /// Name as written in files.
            pub const fn name(self) -> &'static str {
                match self {
                    $($kind::$variant => $name,)+
                }
            }

            /// Position in `ALL`.
            pub const fn index(self) -> usize {
                self as usize
            }
        }

        impl Serialize for $kind {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    };
}

named! {
    /// A group of features that describe the same property. `Voiced`: over frames with a pitch; `Unvoiced`: over frames
    /// without. The names are those of Das et al.
    Group, GROUP_COUNT:
    /// 10 features.
    Pitch = "Pitch",
    /// 10 features.
    Loudness = "Loudness",
    /// 2 features.
    Flux = "SpecFlux",
    /// 8 features.
    Mfcc = "MFCC",
    /// 2 features.
    Jitter = "Jitter",
    /// 2 features.
    Shimmer = "Shimmer",
    /// 2 features.
    Hnr = "HNR",
    /// 4 features.
    Harmonics = "Harmonics",
    /// 6 features.
    F1 = "F1",
    /// 6 features.
    F2 = "F2",
    /// 6 features.
    F3 = "F3",
    /// 2 features.
    AlphaRatioVoiced = "alphaRatio(V)",
    /// 2 features.
    HammarbergVoiced = "HB-idx(V)",
    /// 2 features.
    LowSlopeVoiced = "SpecSlope1(V)",
    /// 2 features.
    MidSlopeVoiced = "SpecSlope2(V)",
    /// 2 features.
    FluxVoiced = "SpecFlux(V)",
    /// 8 features.
    MfccVoiced = "MFCC(V)",
    /// 1 feature.
    AlphaRatioUnvoiced = "alphaRatio(UV)",
    /// 1 feature.
    HammarbergUnvoiced = "HB-idx(UV)",
    /// 1 feature.
    LowSlopeUnvoiced = "SpecSlope1(UV)",
    /// 1 feature.
    MidSlopeUnvoiced = "SpecSlope2(UV)",
    /// 1 feature.
    FluxUnvoiced = "SpecFlux(UV)",
    /// 1 feature.
    LoudnessPeakRate = "LoudPeaksPS",
    /// 1 feature.
    VoicedSegmentRate = "SegPerSec(V)",
    /// 2 features.
    VoicedSegmentLength = "SegLen(V)",
    /// 2 features.
    UnvoicedSegmentLength = "SegLen(UV)",
    /// 1 feature.
    SoundLevel = "SoundLevel",
}

named! {
    /// A family of features. Families sum features, not groups: those of a formant belong to two families.
    FeatureFamily, FAMILY_COUNT:
    /// Pitch, jitter, formant frequencies and bandwidths.
    Frequency = "frequency",
    /// Loudness, shimmer, harmonics-to-noise ratio, level.
    Energy = "energy",
    /// How energy is spread over frequency.
    Spectral = "spectral",
    /// Rates and lengths.
    Temporal = "temporal",
}

/// For each feature the value of its group.
pub fn per_feature(groups: &[f64; GROUP_COUNT]) -> [f64; FEATURE_COUNT] {
    FEATURES.map(|feature| groups[Group::of(&feature).index()])
}

impl Group {
    /// The group that a feature belongs to.
    pub const fn of(feature: &Feature) -> Group {
        let unvoiced = matches!(feature.frames, Frames::Unvoiced);
        let Some(lld) = feature.lld else {
            return match (feature.frames, feature.statistic) {
                (Frames::All, _) => Group::SoundLevel,
                (Frames::Voiced, Statistic::Rate) => Group::VoicedSegmentRate,
                (Frames::Voiced, _) => Group::VoicedSegmentLength,
                (Frames::Unvoiced, _) => Group::UnvoicedSegmentLength,
            };
        };
        match lld {
            Lld::Loudness if matches!(feature.statistic, Statistic::Rate) => Group::LoudnessPeakRate,
            Lld::Loudness => Group::Loudness,
            Lld::AlphaRatio if unvoiced => Group::AlphaRatioUnvoiced,
            Lld::AlphaRatio => Group::AlphaRatioVoiced,
            Lld::HammarbergIndex if unvoiced => Group::HammarbergUnvoiced,
            Lld::HammarbergIndex => Group::HammarbergVoiced,
            Lld::Slope0To500 if unvoiced => Group::LowSlopeUnvoiced,
            Lld::Slope0To500 => Group::LowSlopeVoiced,
            Lld::Slope500To1500 if unvoiced => Group::MidSlopeUnvoiced,
            Lld::Slope500To1500 => Group::MidSlopeVoiced,
            Lld::SpectralFlux => match feature.frames {
                Frames::All => Group::Flux,
                Frames::Voiced => Group::FluxVoiced,
                Frames::Unvoiced => Group::FluxUnvoiced,
            },
            Lld::Mfcc1 | Lld::Mfcc2 | Lld::Mfcc3 | Lld::Mfcc4 => match feature.frames {
                Frames::Voiced => Group::MfccVoiced,
                Frames::All | Frames::Unvoiced => Group::Mfcc,
            },
            Lld::F0 => Group::Pitch,
            Lld::Jitter => Group::Jitter,
            Lld::Shimmer => Group::Shimmer,
            Lld::Hnr => Group::Hnr,
            Lld::H1H2 | Lld::H1A3 => Group::Harmonics,
            Lld::F1Frequency | Lld::F1Bandwidth | Lld::F1Amplitude => Group::F1,
            Lld::F2Frequency | Lld::F2Bandwidth | Lld::F2Amplitude => Group::F2,
            Lld::F3Frequency | Lld::F3Bandwidth | Lld::F3Amplitude => Group::F3,
        }
    }
}

impl FeatureFamily {
    /// The family that a feature belongs to.
    pub const fn of(feature: &Feature) -> FeatureFamily {
        match Group::of(feature) {
            Group::Pitch | Group::Jitter => FeatureFamily::Frequency,
            Group::F1 | Group::F2 | Group::F3 => match feature.lld {
                Some(Lld::F1Amplitude | Lld::F2Amplitude | Lld::F3Amplitude) => FeatureFamily::Spectral,
                _ => FeatureFamily::Frequency,
            },
            Group::Loudness | Group::Shimmer | Group::Hnr | Group::SoundLevel => FeatureFamily::Energy,
            Group::LoudnessPeakRate
            | Group::VoicedSegmentRate
            | Group::VoicedSegmentLength
            | Group::UnvoicedSegmentLength => FeatureFamily::Temporal,
            Group::Flux
            | Group::Mfcc
            | Group::Harmonics
            | Group::AlphaRatioVoiced
            | Group::HammarbergVoiced
            | Group::LowSlopeVoiced
            | Group::MidSlopeVoiced
            | Group::FluxVoiced
            | Group::MfccVoiced
            | Group::AlphaRatioUnvoiced
            | Group::HammarbergUnvoiced
            | Group::LowSlopeUnvoiced
            | Group::MidSlopeUnvoiced
            | Group::FluxUnvoiced => FeatureFamily::Spectral,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn index_is_the_position_in_all() {
        assert!(Group::ALL.iter().enumerate().all(|(i, group)| group.index() == i));
        assert!(FeatureFamily::ALL.iter().enumerate().all(|(i, family)| family.index() == i));
    }

    #[test]
    fn group_of_gives_every_group_the_size_that_das_et_al_give_it() {
        let sizes = Group::ALL.map(|group| FEATURES.iter().filter(|f| Group::of(f) == group).count());
        assert_eq!(
            sizes,
            [10, 10, 2, 8, 2, 2, 2, 4, 6, 6, 6, 2, 2, 2, 2, 2, 8, 1, 1, 1, 1, 1, 1, 1, 2, 2, 1]
        );
    }

    #[test]
    fn family_of_gives_every_family_its_features() {
        let of = |family| FEATURES.iter().filter(move |f| FeatureFamily::of(f) == family);
        assert_eq!(FeatureFamily::ALL.map(|family| of(family).count()), [24, 15, 43, 6]);
        let level = of(FeatureFamily::Energy).filter(|f| f.lld.is_none()).map(|f| f.name);
        assert_eq!(level.collect::<Vec<_>>(), ["equivalentSoundLevel_dBp"]);
    }
}
