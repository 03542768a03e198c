//! The one catalogue of names: 25 contours, 88 functionals, their units, the study's 27 groups and four families.
//!
//! Order and names are official (eGeMAPSv02; specification part 1, section 11). The page's words, the CSV headers,
//! the model's inputs and the attributions all refer to these entries and to nothing else.

/// Number of functionals, and of inputs of the model.
pub const FEATURE_COUNT: usize = 88;
/// Number of contours (low-level descriptors).
pub const CONTOUR_COUNT: usize = 25;
/// Number of attribution groups.
pub const GROUP_COUNT: usize = 27;
/// Number of families of groups.
pub const FAMILY_COUNT: usize = 4;
/// Version of this catalogue; a weights file names the version that it was trained with.
pub const CATALOGUE_VERSION: &str = "eGeMAPSv02/1";

/// Names of the 25 smoothed contours in official order.
pub const CONTOUR_NAMES: [&str; CONTOUR_COUNT] = [
    "Loudness_sma3",
    "alphaRatio_sma3",
    "hammarbergIndex_sma3",
    "slope0-500_sma3",
    "slope500-1500_sma3",
    "spectralFlux_sma3",
    "mfcc1_sma3",
    "mfcc2_sma3",
    "mfcc3_sma3",
    "mfcc4_sma3",
    "F0semitoneFrom27.5Hz_sma3nz",
    "jitterLocal_sma3nz",
    "shimmerLocaldB_sma3nz",
    "HNRdBACF_sma3nz",
    "logRelF0-H1-H2_sma3nz",
    "logRelF0-H1-A3_sma3nz",
    "F1frequency_sma3nz",
    "F1bandwidth_sma3nz",
    "F1amplitudeLogRelF0_sma3nz",
    "F2frequency_sma3nz",
    "F2bandwidth_sma3nz",
    "F2amplitudeLogRelF0_sma3nz",
    "F3frequency_sma3nz",
    "F3bandwidth_sma3nz",
    "F3amplitudeLogRelF0_sma3nz",
];

/// One of the 88 functionals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Feature {
    /// The official name, as in openSMILE's output.
    pub name: &'static str,
    /// What was computed from the contour.
    pub statistic: Statistic,
    /// Unit of the value.
    pub unit: Unit,
    /// Attribution group.
    pub group: Group,
    /// Family. Families sum features, not groups: the resonances belong to two families.
    pub family: Family,
}

const fn feature(
    name: &'static str,
    statistic: Statistic,
    unit: Unit,
    group: Group,
    family: Family,
) -> Feature {
    Feature { name, statistic, unit, group, family }
}

/// What a functional computes from its contour (specification part 1, section 10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Statistic {
    /// Arithmetic mean.
    Mean,
    /// Standard deviation over mean; signed and unlimited (quirk 17).
    VariationCoefficient,
    /// 20th percentile.
    Percentile20,
    /// Median.
    Percentile50,
    /// 80th percentile.
    Percentile80,
    /// 80th minus 20th percentile.
    PercentileRange,
    /// Mean of the rising slopes.
    MeanRisingSlope,
    /// Standard deviation of the rising slopes.
    SdRisingSlope,
    /// Mean of the falling slopes (positive numbers).
    MeanFallingSlope,
    /// Standard deviation of the falling slopes.
    SdFallingSlope,
    /// Events per second.
    Rate,
    /// Standard deviation.
    StandardDeviation,
}

/// Unit of a functional.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Unit {
    /// A plain ratio (1 = 100 %).
    #[cfg_attr(feature = "serde", serde(rename = "1"))]
    Ratio,
    /// Events per second.
    #[cfg_attr(feature = "serde", serde(rename = "1/s"))]
    PerSecond,
    /// Root-mean-square difference of unnormalised FFT magnitudes.
    #[cfg_attr(feature = "serde", serde(rename = "magnitude"))]
    Magnitude,
    /// Hertz.
    #[cfg_attr(feature = "serde", serde(rename = "Hz"))]
    Hertz,
    /// Cepstral units (natural logarithm).
    #[cfg_attr(feature = "serde", serde(rename = "cepstral"))]
    Cepstral,
    /// Decibels.
    #[cfg_attr(feature = "serde", serde(rename = "dB"))]
    Decibel,
    /// Decibels relative to the peak at F0.
    #[cfg_attr(feature = "serde", serde(rename = "dB re F0"))]
    DecibelReF0,
    /// Decibels relative to full scale.
    #[cfg_attr(feature = "serde", serde(rename = "dBFS"))]
    DecibelFullScale,
    /// Decibels per hertz.
    #[cfg_attr(feature = "serde", serde(rename = "dB/Hz"))]
    DecibelPerHertz,
    /// The reference's loudness units; they depend on the sampling rate.
    #[cfg_attr(feature = "serde", serde(rename = "loudness"))]
    Loudness,
    /// Loudness units per second.
    #[cfg_attr(feature = "serde", serde(rename = "loudness/s"))]
    LoudnessPerSecond,
    /// Seconds.
    #[cfg_attr(feature = "serde", serde(rename = "s"))]
    Second,
    /// Semitones above 27.5 Hz.
    #[cfg_attr(feature = "serde", serde(rename = "st"))]
    Semitone,
    /// Semitones per second.
    #[cfg_attr(feature = "serde", serde(rename = "st/s"))]
    SemitonePerSecond,
}

impl Unit {
    /// Short form as tables print it.
    pub const fn symbol(self) -> &'static str {
        match self {
            Unit::Ratio => "1",
            Unit::PerSecond => "1/s",
            Unit::Magnitude => "magnitude",
            Unit::Hertz => "Hz",
            Unit::Cepstral => "cepstral",
            Unit::Decibel => "dB",
            Unit::DecibelReF0 => "dB re F0",
            Unit::DecibelFullScale => "dBFS",
            Unit::DecibelPerHertz => "dB/Hz",
            Unit::Loudness => "loudness",
            Unit::LoudnessPerSecond => "loudness/s",
            Unit::Second => "s",
            Unit::Semitone => "st",
            Unit::SemitonePerSecond => "st/s",
        }
    }
}

/// The study's four families (Das et al. 2022, figure of feature groups).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Family {
    /// Pitch, jitter, resonances.
    Frequency,
    /// Loudness, shimmer, harmonics-to-noise ratio, level.
    Energy,
    /// How energy is spread over frequency.
    Spectral,
    /// Rates and lengths.
    Temporal,
}

impl Family {
    /// All families, in the order that indices refer to.
    pub const ALL: [Family; FAMILY_COUNT] =
        [Family::Frequency, Family::Energy, Family::Spectral, Family::Temporal];

    /// Name as written in files.
    pub const fn name(self) -> &'static str {
        match self {
            Family::Frequency => "frequency",
            Family::Energy => "energy",
            Family::Spectral => "spectral",
            Family::Temporal => "temporal",
        }
    }

    /// Position in [`Family::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// The study's 27 attribution groups. `Voiced`: frames with a pitch only; `Unvoiced`: frames without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum Group {
    /// `Pitch`: 10 features.
    #[cfg_attr(feature = "serde", serde(rename = "Pitch"))]
    Pitch,
    /// `Loudness`: 10 features.
    #[cfg_attr(feature = "serde", serde(rename = "Loudness"))]
    Loudness,
    /// `SpecFlux`: 2 features.
    #[cfg_attr(feature = "serde", serde(rename = "SpecFlux"))]
    Flux,
    /// `MFCC`: 8 features.
    #[cfg_attr(feature = "serde", serde(rename = "MFCC"))]
    Mfcc,
    /// `Jitter`: 2 features.
    #[cfg_attr(feature = "serde", serde(rename = "Jitter"))]
    Jitter,
    /// `Shimmer`: 2 features.
    #[cfg_attr(feature = "serde", serde(rename = "Shimmer"))]
    Shimmer,
    /// `HNR`: 2 features.
    #[cfg_attr(feature = "serde", serde(rename = "HNR"))]
    Hnr,
    /// `Harmonics`: 4 features.
    #[cfg_attr(feature = "serde", serde(rename = "Harmonics"))]
    Harmonics,
    /// `F1`: 6 features.
    #[cfg_attr(feature = "serde", serde(rename = "F1"))]
    F1,
    /// `F2`: 6 features.
    #[cfg_attr(feature = "serde", serde(rename = "F2"))]
    F2,
    /// `F3`: 6 features.
    #[cfg_attr(feature = "serde", serde(rename = "F3"))]
    F3,
    /// `alphaRatio(V)`: 2 features.
    #[cfg_attr(feature = "serde", serde(rename = "alphaRatio(V)"))]
    AlphaRatioVoiced,
    /// `HB-idx(V)`: 2 features.
    #[cfg_attr(feature = "serde", serde(rename = "HB-idx(V)"))]
    HammarbergVoiced,
    /// `SpecSlope1(V)`: 2 features.
    #[cfg_attr(feature = "serde", serde(rename = "SpecSlope1(V)"))]
    LowSlopeVoiced,
    /// `SpecSlope2(V)`: 2 features.
    #[cfg_attr(feature = "serde", serde(rename = "SpecSlope2(V)"))]
    MidSlopeVoiced,
    /// `SpecFlux(V)`: 2 features.
    #[cfg_attr(feature = "serde", serde(rename = "SpecFlux(V)"))]
    FluxVoiced,
    /// `MFCC(V)`: 8 features.
    #[cfg_attr(feature = "serde", serde(rename = "MFCC(V)"))]
    MfccVoiced,
    /// `alphaRatio(UV)`: 1 feature.
    #[cfg_attr(feature = "serde", serde(rename = "alphaRatio(UV)"))]
    AlphaRatioUnvoiced,
    /// `HB-idx(UV)`: 1 feature.
    #[cfg_attr(feature = "serde", serde(rename = "HB-idx(UV)"))]
    HammarbergUnvoiced,
    /// `SpecSlope1(UV)`: 1 feature.
    #[cfg_attr(feature = "serde", serde(rename = "SpecSlope1(UV)"))]
    LowSlopeUnvoiced,
    /// `SpecSlope2(UV)`: 1 feature.
    #[cfg_attr(feature = "serde", serde(rename = "SpecSlope2(UV)"))]
    MidSlopeUnvoiced,
    /// `SpecFlux(UV)`: 1 feature.
    #[cfg_attr(feature = "serde", serde(rename = "SpecFlux(UV)"))]
    FluxUnvoiced,
    /// `LoudPeaksPS`: 1 feature.
    #[cfg_attr(feature = "serde", serde(rename = "LoudPeaksPS"))]
    LoudnessPeakRate,
    /// `SegPerSec(V)`: 1 feature.
    #[cfg_attr(feature = "serde", serde(rename = "SegPerSec(V)"))]
    VoicedSegmentRate,
    /// `SegLen(V)`: 2 features.
    #[cfg_attr(feature = "serde", serde(rename = "SegLen(V)"))]
    VoicedSegmentLength,
    /// `SegLen(UV)`: 2 features.
    #[cfg_attr(feature = "serde", serde(rename = "SegLen(UV)"))]
    UnvoicedSegmentLength,
    /// `SoundLevel`: 1 feature.
    #[cfg_attr(feature = "serde", serde(rename = "SoundLevel"))]
    SoundLevel,
}

impl Group {
    /// All groups, in the order that indices refer to.
    pub const ALL: [Group; GROUP_COUNT] = [
        Group::Pitch,
        Group::Loudness,
        Group::Flux,
        Group::Mfcc,
        Group::Jitter,
        Group::Shimmer,
        Group::Hnr,
        Group::Harmonics,
        Group::F1,
        Group::F2,
        Group::F3,
        Group::AlphaRatioVoiced,
        Group::HammarbergVoiced,
        Group::LowSlopeVoiced,
        Group::MidSlopeVoiced,
        Group::FluxVoiced,
        Group::MfccVoiced,
        Group::AlphaRatioUnvoiced,
        Group::HammarbergUnvoiced,
        Group::LowSlopeUnvoiced,
        Group::MidSlopeUnvoiced,
        Group::FluxUnvoiced,
        Group::LoudnessPeakRate,
        Group::VoicedSegmentRate,
        Group::VoicedSegmentLength,
        Group::UnvoicedSegmentLength,
        Group::SoundLevel,
    ];

    /// The study's name, as written in files.
    pub const fn name(self) -> &'static str {
        match self {
            Group::Pitch => "Pitch",
            Group::Loudness => "Loudness",
            Group::Flux => "SpecFlux",
            Group::Mfcc => "MFCC",
            Group::Jitter => "Jitter",
            Group::Shimmer => "Shimmer",
            Group::Hnr => "HNR",
            Group::Harmonics => "Harmonics",
            Group::F1 => "F1",
            Group::F2 => "F2",
            Group::F3 => "F3",
            Group::AlphaRatioVoiced => "alphaRatio(V)",
            Group::HammarbergVoiced => "HB-idx(V)",
            Group::LowSlopeVoiced => "SpecSlope1(V)",
            Group::MidSlopeVoiced => "SpecSlope2(V)",
            Group::FluxVoiced => "SpecFlux(V)",
            Group::MfccVoiced => "MFCC(V)",
            Group::AlphaRatioUnvoiced => "alphaRatio(UV)",
            Group::HammarbergUnvoiced => "HB-idx(UV)",
            Group::LowSlopeUnvoiced => "SpecSlope1(UV)",
            Group::MidSlopeUnvoiced => "SpecSlope2(UV)",
            Group::FluxUnvoiced => "SpecFlux(UV)",
            Group::LoudnessPeakRate => "LoudPeaksPS",
            Group::VoicedSegmentRate => "SegPerSec(V)",
            Group::VoicedSegmentLength => "SegLen(V)",
            Group::UnvoicedSegmentLength => "SegLen(UV)",
            Group::SoundLevel => "SoundLevel",
        }
    }

    /// Position in [`Group::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// The 88 functionals in official order.
pub const FEATURES: [Feature; FEATURE_COUNT] = [
    feature(
        "F0semitoneFrom27.5Hz_sma3nz_amean",
        Statistic::Mean,
        Unit::Semitone,
        Group::Pitch,
        Family::Frequency,
    ),
    feature(
        "F0semitoneFrom27.5Hz_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::Pitch,
        Family::Frequency,
    ),
    feature(
        "F0semitoneFrom27.5Hz_sma3nz_percentile20.0",
        Statistic::Percentile20,
        Unit::Semitone,
        Group::Pitch,
        Family::Frequency,
    ),
    feature(
        "F0semitoneFrom27.5Hz_sma3nz_percentile50.0",
        Statistic::Percentile50,
        Unit::Semitone,
        Group::Pitch,
        Family::Frequency,
    ),
    feature(
        "F0semitoneFrom27.5Hz_sma3nz_percentile80.0",
        Statistic::Percentile80,
        Unit::Semitone,
        Group::Pitch,
        Family::Frequency,
    ),
    feature(
        "F0semitoneFrom27.5Hz_sma3nz_pctlrange0-2",
        Statistic::PercentileRange,
        Unit::Semitone,
        Group::Pitch,
        Family::Frequency,
    ),
    feature(
        "F0semitoneFrom27.5Hz_sma3nz_meanRisingSlope",
        Statistic::MeanRisingSlope,
        Unit::SemitonePerSecond,
        Group::Pitch,
        Family::Frequency,
    ),
    feature(
        "F0semitoneFrom27.5Hz_sma3nz_stddevRisingSlope",
        Statistic::SdRisingSlope,
        Unit::SemitonePerSecond,
        Group::Pitch,
        Family::Frequency,
    ),
    feature(
        "F0semitoneFrom27.5Hz_sma3nz_meanFallingSlope",
        Statistic::MeanFallingSlope,
        Unit::SemitonePerSecond,
        Group::Pitch,
        Family::Frequency,
    ),
    feature(
        "F0semitoneFrom27.5Hz_sma3nz_stddevFallingSlope",
        Statistic::SdFallingSlope,
        Unit::SemitonePerSecond,
        Group::Pitch,
        Family::Frequency,
    ),
    feature("loudness_sma3_amean", Statistic::Mean, Unit::Loudness, Group::Loudness, Family::Energy),
    feature(
        "loudness_sma3_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::Loudness,
        Family::Energy,
    ),
    feature(
        "loudness_sma3_percentile20.0",
        Statistic::Percentile20,
        Unit::Loudness,
        Group::Loudness,
        Family::Energy,
    ),
    feature(
        "loudness_sma3_percentile50.0",
        Statistic::Percentile50,
        Unit::Loudness,
        Group::Loudness,
        Family::Energy,
    ),
    feature(
        "loudness_sma3_percentile80.0",
        Statistic::Percentile80,
        Unit::Loudness,
        Group::Loudness,
        Family::Energy,
    ),
    feature(
        "loudness_sma3_pctlrange0-2",
        Statistic::PercentileRange,
        Unit::Loudness,
        Group::Loudness,
        Family::Energy,
    ),
    feature(
        "loudness_sma3_meanRisingSlope",
        Statistic::MeanRisingSlope,
        Unit::LoudnessPerSecond,
        Group::Loudness,
        Family::Energy,
    ),
    feature(
        "loudness_sma3_stddevRisingSlope",
        Statistic::SdRisingSlope,
        Unit::LoudnessPerSecond,
        Group::Loudness,
        Family::Energy,
    ),
    feature(
        "loudness_sma3_meanFallingSlope",
        Statistic::MeanFallingSlope,
        Unit::LoudnessPerSecond,
        Group::Loudness,
        Family::Energy,
    ),
    feature(
        "loudness_sma3_stddevFallingSlope",
        Statistic::SdFallingSlope,
        Unit::LoudnessPerSecond,
        Group::Loudness,
        Family::Energy,
    ),
    feature("spectralFlux_sma3_amean", Statistic::Mean, Unit::Magnitude, Group::Flux, Family::Spectral),
    feature(
        "spectralFlux_sma3_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::Flux,
        Family::Spectral,
    ),
    feature("mfcc1_sma3_amean", Statistic::Mean, Unit::Cepstral, Group::Mfcc, Family::Spectral),
    feature(
        "mfcc1_sma3_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::Mfcc,
        Family::Spectral,
    ),
    feature("mfcc2_sma3_amean", Statistic::Mean, Unit::Cepstral, Group::Mfcc, Family::Spectral),
    feature(
        "mfcc2_sma3_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::Mfcc,
        Family::Spectral,
    ),
    feature("mfcc3_sma3_amean", Statistic::Mean, Unit::Cepstral, Group::Mfcc, Family::Spectral),
    feature(
        "mfcc3_sma3_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::Mfcc,
        Family::Spectral,
    ),
    feature("mfcc4_sma3_amean", Statistic::Mean, Unit::Cepstral, Group::Mfcc, Family::Spectral),
    feature(
        "mfcc4_sma3_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::Mfcc,
        Family::Spectral,
    ),
    feature("jitterLocal_sma3nz_amean", Statistic::Mean, Unit::Ratio, Group::Jitter, Family::Frequency),
    feature(
        "jitterLocal_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::Jitter,
        Family::Frequency,
    ),
    feature("shimmerLocaldB_sma3nz_amean", Statistic::Mean, Unit::Decibel, Group::Shimmer, Family::Energy),
    feature(
        "shimmerLocaldB_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::Shimmer,
        Family::Energy,
    ),
    feature("HNRdBACF_sma3nz_amean", Statistic::Mean, Unit::Decibel, Group::Hnr, Family::Energy),
    feature(
        "HNRdBACF_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::Hnr,
        Family::Energy,
    ),
    feature(
        "logRelF0-H1-H2_sma3nz_amean",
        Statistic::Mean,
        Unit::Decibel,
        Group::Harmonics,
        Family::Spectral,
    ),
    feature(
        "logRelF0-H1-H2_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::Harmonics,
        Family::Spectral,
    ),
    feature(
        "logRelF0-H1-A3_sma3nz_amean",
        Statistic::Mean,
        Unit::Decibel,
        Group::Harmonics,
        Family::Spectral,
    ),
    feature(
        "logRelF0-H1-A3_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::Harmonics,
        Family::Spectral,
    ),
    feature("F1frequency_sma3nz_amean", Statistic::Mean, Unit::Hertz, Group::F1, Family::Frequency),
    feature(
        "F1frequency_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::F1,
        Family::Frequency,
    ),
    feature("F1bandwidth_sma3nz_amean", Statistic::Mean, Unit::Hertz, Group::F1, Family::Frequency),
    feature(
        "F1bandwidth_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::F1,
        Family::Frequency,
    ),
    feature(
        "F1amplitudeLogRelF0_sma3nz_amean",
        Statistic::Mean,
        Unit::DecibelReF0,
        Group::F1,
        Family::Spectral,
    ),
    feature(
        "F1amplitudeLogRelF0_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::F1,
        Family::Spectral,
    ),
    feature("F2frequency_sma3nz_amean", Statistic::Mean, Unit::Hertz, Group::F2, Family::Frequency),
    feature(
        "F2frequency_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::F2,
        Family::Frequency,
    ),
    feature("F2bandwidth_sma3nz_amean", Statistic::Mean, Unit::Hertz, Group::F2, Family::Frequency),
    feature(
        "F2bandwidth_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::F2,
        Family::Frequency,
    ),
    feature(
        "F2amplitudeLogRelF0_sma3nz_amean",
        Statistic::Mean,
        Unit::DecibelReF0,
        Group::F2,
        Family::Spectral,
    ),
    feature(
        "F2amplitudeLogRelF0_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::F2,
        Family::Spectral,
    ),
    feature("F3frequency_sma3nz_amean", Statistic::Mean, Unit::Hertz, Group::F3, Family::Frequency),
    feature(
        "F3frequency_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::F3,
        Family::Frequency,
    ),
    feature("F3bandwidth_sma3nz_amean", Statistic::Mean, Unit::Hertz, Group::F3, Family::Frequency),
    feature(
        "F3bandwidth_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::F3,
        Family::Frequency,
    ),
    feature(
        "F3amplitudeLogRelF0_sma3nz_amean",
        Statistic::Mean,
        Unit::DecibelReF0,
        Group::F3,
        Family::Spectral,
    ),
    feature(
        "F3amplitudeLogRelF0_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::F3,
        Family::Spectral,
    ),
    feature(
        "alphaRatioV_sma3nz_amean",
        Statistic::Mean,
        Unit::Decibel,
        Group::AlphaRatioVoiced,
        Family::Spectral,
    ),
    feature(
        "alphaRatioV_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::AlphaRatioVoiced,
        Family::Spectral,
    ),
    feature(
        "hammarbergIndexV_sma3nz_amean",
        Statistic::Mean,
        Unit::Decibel,
        Group::HammarbergVoiced,
        Family::Spectral,
    ),
    feature(
        "hammarbergIndexV_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::HammarbergVoiced,
        Family::Spectral,
    ),
    feature(
        "slopeV0-500_sma3nz_amean",
        Statistic::Mean,
        Unit::DecibelPerHertz,
        Group::LowSlopeVoiced,
        Family::Spectral,
    ),
    feature(
        "slopeV0-500_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::LowSlopeVoiced,
        Family::Spectral,
    ),
    feature(
        "slopeV500-1500_sma3nz_amean",
        Statistic::Mean,
        Unit::DecibelPerHertz,
        Group::MidSlopeVoiced,
        Family::Spectral,
    ),
    feature(
        "slopeV500-1500_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::MidSlopeVoiced,
        Family::Spectral,
    ),
    feature(
        "spectralFluxV_sma3nz_amean",
        Statistic::Mean,
        Unit::Magnitude,
        Group::FluxVoiced,
        Family::Spectral,
    ),
    feature(
        "spectralFluxV_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::FluxVoiced,
        Family::Spectral,
    ),
    feature("mfcc1V_sma3nz_amean", Statistic::Mean, Unit::Cepstral, Group::MfccVoiced, Family::Spectral),
    feature(
        "mfcc1V_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::MfccVoiced,
        Family::Spectral,
    ),
    feature("mfcc2V_sma3nz_amean", Statistic::Mean, Unit::Cepstral, Group::MfccVoiced, Family::Spectral),
    feature(
        "mfcc2V_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::MfccVoiced,
        Family::Spectral,
    ),
    feature("mfcc3V_sma3nz_amean", Statistic::Mean, Unit::Cepstral, Group::MfccVoiced, Family::Spectral),
    feature(
        "mfcc3V_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::MfccVoiced,
        Family::Spectral,
    ),
    feature("mfcc4V_sma3nz_amean", Statistic::Mean, Unit::Cepstral, Group::MfccVoiced, Family::Spectral),
    feature(
        "mfcc4V_sma3nz_stddevNorm",
        Statistic::VariationCoefficient,
        Unit::Ratio,
        Group::MfccVoiced,
        Family::Spectral,
    ),
    feature(
        "alphaRatioUV_sma3nz_amean",
        Statistic::Mean,
        Unit::Decibel,
        Group::AlphaRatioUnvoiced,
        Family::Spectral,
    ),
    feature(
        "hammarbergIndexUV_sma3nz_amean",
        Statistic::Mean,
        Unit::Decibel,
        Group::HammarbergUnvoiced,
        Family::Spectral,
    ),
    feature(
        "slopeUV0-500_sma3nz_amean",
        Statistic::Mean,
        Unit::DecibelPerHertz,
        Group::LowSlopeUnvoiced,
        Family::Spectral,
    ),
    feature(
        "slopeUV500-1500_sma3nz_amean",
        Statistic::Mean,
        Unit::DecibelPerHertz,
        Group::MidSlopeUnvoiced,
        Family::Spectral,
    ),
    feature(
        "spectralFluxUV_sma3nz_amean",
        Statistic::Mean,
        Unit::Magnitude,
        Group::FluxUnvoiced,
        Family::Spectral,
    ),
    feature(
        "loudnessPeaksPerSec",
        Statistic::Rate,
        Unit::PerSecond,
        Group::LoudnessPeakRate,
        Family::Temporal,
    ),
    feature(
        "VoicedSegmentsPerSec",
        Statistic::Rate,
        Unit::PerSecond,
        Group::VoicedSegmentRate,
        Family::Temporal,
    ),
    feature(
        "MeanVoicedSegmentLengthSec",
        Statistic::Mean,
        Unit::Second,
        Group::VoicedSegmentLength,
        Family::Temporal,
    ),
    feature(
        "StddevVoicedSegmentLengthSec",
        Statistic::StandardDeviation,
        Unit::Second,
        Group::VoicedSegmentLength,
        Family::Temporal,
    ),
    feature(
        "MeanUnvoicedSegmentLength",
        Statistic::Mean,
        Unit::Second,
        Group::UnvoicedSegmentLength,
        Family::Temporal,
    ),
    feature(
        "StddevUnvoicedSegmentLength",
        Statistic::StandardDeviation,
        Unit::Second,
        Group::UnvoicedSegmentLength,
        Family::Temporal,
    ),
    feature(
        "equivalentSoundLevel_dBp",
        Statistic::Mean,
        Unit::DecibelFullScale,
        Group::SoundLevel,
        Family::Energy,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_are_positions_and_names_are_unique() {
        for (i, group) in Group::ALL.iter().enumerate() {
            assert_eq!(group.index(), i);
            assert!(FEATURES.iter().any(|f| f.group == *group), "{} has no feature", group.name());
        }
        for (i, family) in Family::ALL.iter().enumerate() {
            assert_eq!(family.index(), i);
        }
        let mut names: Vec<_> = FEATURES.iter().map(|f| f.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FEATURE_COUNT);
    }

    #[test]
    fn every_group_has_the_size_that_the_study_gives_it() {
        let size = |g: Group| FEATURES.iter().filter(|f| f.group == g).count();
        assert_eq!(size(Group::Pitch), 10);
        assert_eq!(size(Group::Loudness), 10);
        assert_eq!(size(Group::F1), 6);
        assert_eq!(size(Group::Mfcc), 8);
        assert_eq!(size(Group::SoundLevel), 1);
        let families = Family::ALL.map(|f| FEATURES.iter().filter(|x| x.family == f).count());
        assert_eq!(families.iter().sum::<usize>(), FEATURE_COUNT);
    }
}
