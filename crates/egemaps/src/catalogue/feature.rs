//! The 88 functionals.

use super::lld::Lld;
use super::unit::Unit;

/// Number of functionals.
pub const FEATURE_COUNT: usize = 88;

/// One of the 88 functionals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Feature {
    /// The official name, as in openSMILE's output.
    pub name: &'static str,
    /// The descriptor whose values are summarised; `None` for the rate and lengths of voiced and unvoiced segments, and
    /// for the sound level, which are computed from other quantities.
    pub lld: Option<Lld>,
    /// The frames that take part.
    pub frames: Frames,
    /// What is computed from them.
    pub statistic: Statistic,
    /// Unit of the value.
    pub unit: Unit,
}

/// Which frames a functional is computed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Frames {
    /// All frames. This includes the formant amplitudes, which are −201 dB in unvoiced frames (quirk 13).
    All,
    /// Frames with a pitch.
    Voiced,
    /// Frames without a pitch.
    Unvoiced,
}

/// What a functional computes (specification part 1, section 10).
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

/// The 88 functionals in official order.
pub const FEATURES: [Feature; FEATURE_COUNT] = features();

const fn of(name: &'static str, lld: Lld, frames: Frames, statistic: Statistic, unit: Unit) -> Feature {
    Feature { name, lld: Some(lld), frames, statistic, unit }
}

const fn without_lld(name: &'static str, frames: Frames, statistic: Statistic, unit: Unit) -> Feature {
    Feature { name, lld: None, frames, statistic, unit }
}

#[rustfmt::skip] // one row per functional
const fn features() -> [Feature; FEATURE_COUNT] {
    use Frames::{All, Unvoiced, Voiced};
    use Statistic::*;
    use Unit::*;
    [
        of("F0semitoneFrom27.5Hz_sma3nz_amean", Lld::F0, Voiced, Mean, Semitone),
        of("F0semitoneFrom27.5Hz_sma3nz_stddevNorm", Lld::F0, Voiced, VariationCoefficient, Ratio),
        of("F0semitoneFrom27.5Hz_sma3nz_percentile20.0", Lld::F0, Voiced, Percentile20, Semitone),
        of("F0semitoneFrom27.5Hz_sma3nz_percentile50.0", Lld::F0, Voiced, Percentile50, Semitone),
        of("F0semitoneFrom27.5Hz_sma3nz_percentile80.0", Lld::F0, Voiced, Percentile80, Semitone),
        of("F0semitoneFrom27.5Hz_sma3nz_pctlrange0-2", Lld::F0, Voiced, PercentileRange, Semitone),
        of("F0semitoneFrom27.5Hz_sma3nz_meanRisingSlope", Lld::F0, Voiced, MeanRisingSlope, SemitonePerSecond),
        of("F0semitoneFrom27.5Hz_sma3nz_stddevRisingSlope", Lld::F0, Voiced, SdRisingSlope, SemitonePerSecond),
        of("F0semitoneFrom27.5Hz_sma3nz_meanFallingSlope", Lld::F0, Voiced, MeanFallingSlope, SemitonePerSecond),
        of("F0semitoneFrom27.5Hz_sma3nz_stddevFallingSlope", Lld::F0, Voiced, SdFallingSlope, SemitonePerSecond),
        of("loudness_sma3_amean", Lld::Loudness, All, Mean, Loudness),
        of("loudness_sma3_stddevNorm", Lld::Loudness, All, VariationCoefficient, Ratio),
        of("loudness_sma3_percentile20.0", Lld::Loudness, All, Percentile20, Loudness),
        of("loudness_sma3_percentile50.0", Lld::Loudness, All, Percentile50, Loudness),
        of("loudness_sma3_percentile80.0", Lld::Loudness, All, Percentile80, Loudness),
        of("loudness_sma3_pctlrange0-2", Lld::Loudness, All, PercentileRange, Loudness),
        of("loudness_sma3_meanRisingSlope", Lld::Loudness, All, MeanRisingSlope, LoudnessPerSecond),
        of("loudness_sma3_stddevRisingSlope", Lld::Loudness, All, SdRisingSlope, LoudnessPerSecond),
        of("loudness_sma3_meanFallingSlope", Lld::Loudness, All, MeanFallingSlope, LoudnessPerSecond),
        of("loudness_sma3_stddevFallingSlope", Lld::Loudness, All, SdFallingSlope, LoudnessPerSecond),
        of("spectralFlux_sma3_amean", Lld::SpectralFlux, All, Mean, Magnitude),
        of("spectralFlux_sma3_stddevNorm", Lld::SpectralFlux, All, VariationCoefficient, Ratio),
        of("mfcc1_sma3_amean", Lld::Mfcc1, All, Mean, Cepstral),
        of("mfcc1_sma3_stddevNorm", Lld::Mfcc1, All, VariationCoefficient, Ratio),
        of("mfcc2_sma3_amean", Lld::Mfcc2, All, Mean, Cepstral),
        of("mfcc2_sma3_stddevNorm", Lld::Mfcc2, All, VariationCoefficient, Ratio),
        of("mfcc3_sma3_amean", Lld::Mfcc3, All, Mean, Cepstral),
        of("mfcc3_sma3_stddevNorm", Lld::Mfcc3, All, VariationCoefficient, Ratio),
        of("mfcc4_sma3_amean", Lld::Mfcc4, All, Mean, Cepstral),
        of("mfcc4_sma3_stddevNorm", Lld::Mfcc4, All, VariationCoefficient, Ratio),
        of("jitterLocal_sma3nz_amean", Lld::Jitter, Voiced, Mean, Ratio),
        of("jitterLocal_sma3nz_stddevNorm", Lld::Jitter, Voiced, VariationCoefficient, Ratio),
        of("shimmerLocaldB_sma3nz_amean", Lld::Shimmer, Voiced, Mean, Decibel),
        of("shimmerLocaldB_sma3nz_stddevNorm", Lld::Shimmer, Voiced, VariationCoefficient, Ratio),
        of("HNRdBACF_sma3nz_amean", Lld::Hnr, Voiced, Mean, Decibel),
        of("HNRdBACF_sma3nz_stddevNorm", Lld::Hnr, Voiced, VariationCoefficient, Ratio),
        of("logRelF0-H1-H2_sma3nz_amean", Lld::H1H2, Voiced, Mean, Decibel),
        of("logRelF0-H1-H2_sma3nz_stddevNorm", Lld::H1H2, Voiced, VariationCoefficient, Ratio),
        of("logRelF0-H1-A3_sma3nz_amean", Lld::H1A3, Voiced, Mean, Decibel),
        of("logRelF0-H1-A3_sma3nz_stddevNorm", Lld::H1A3, Voiced, VariationCoefficient, Ratio),
        of("F1frequency_sma3nz_amean", Lld::F1Frequency, Voiced, Mean, Hertz),
        of("F1frequency_sma3nz_stddevNorm", Lld::F1Frequency, Voiced, VariationCoefficient, Ratio),
        of("F1bandwidth_sma3nz_amean", Lld::F1Bandwidth, Voiced, Mean, Hertz),
        of("F1bandwidth_sma3nz_stddevNorm", Lld::F1Bandwidth, Voiced, VariationCoefficient, Ratio),
        of("F1amplitudeLogRelF0_sma3nz_amean", Lld::F1Amplitude, All, Mean, DecibelReF0),
        of("F1amplitudeLogRelF0_sma3nz_stddevNorm", Lld::F1Amplitude, All, VariationCoefficient, Ratio),
        of("F2frequency_sma3nz_amean", Lld::F2Frequency, Voiced, Mean, Hertz),
        of("F2frequency_sma3nz_stddevNorm", Lld::F2Frequency, Voiced, VariationCoefficient, Ratio),
        of("F2bandwidth_sma3nz_amean", Lld::F2Bandwidth, Voiced, Mean, Hertz),
        of("F2bandwidth_sma3nz_stddevNorm", Lld::F2Bandwidth, Voiced, VariationCoefficient, Ratio),
        of("F2amplitudeLogRelF0_sma3nz_amean", Lld::F2Amplitude, All, Mean, DecibelReF0),
        of("F2amplitudeLogRelF0_sma3nz_stddevNorm", Lld::F2Amplitude, All, VariationCoefficient, Ratio),
        of("F3frequency_sma3nz_amean", Lld::F3Frequency, Voiced, Mean, Hertz),
        of("F3frequency_sma3nz_stddevNorm", Lld::F3Frequency, Voiced, VariationCoefficient, Ratio),
        of("F3bandwidth_sma3nz_amean", Lld::F3Bandwidth, Voiced, Mean, Hertz),
        of("F3bandwidth_sma3nz_stddevNorm", Lld::F3Bandwidth, Voiced, VariationCoefficient, Ratio),
        of("F3amplitudeLogRelF0_sma3nz_amean", Lld::F3Amplitude, All, Mean, DecibelReF0),
        of("F3amplitudeLogRelF0_sma3nz_stddevNorm", Lld::F3Amplitude, All, VariationCoefficient, Ratio),
        of("alphaRatioV_sma3nz_amean", Lld::AlphaRatio, Voiced, Mean, Decibel),
        of("alphaRatioV_sma3nz_stddevNorm", Lld::AlphaRatio, Voiced, VariationCoefficient, Ratio),
        of("hammarbergIndexV_sma3nz_amean", Lld::HammarbergIndex, Voiced, Mean, Decibel),
        of("hammarbergIndexV_sma3nz_stddevNorm", Lld::HammarbergIndex, Voiced, VariationCoefficient, Ratio),
        of("slopeV0-500_sma3nz_amean", Lld::Slope0To500, Voiced, Mean, DecibelPerHertz),
        of("slopeV0-500_sma3nz_stddevNorm", Lld::Slope0To500, Voiced, VariationCoefficient, Ratio),
        of("slopeV500-1500_sma3nz_amean", Lld::Slope500To1500, Voiced, Mean, DecibelPerHertz),
        of("slopeV500-1500_sma3nz_stddevNorm", Lld::Slope500To1500, Voiced, VariationCoefficient, Ratio),
        of("spectralFluxV_sma3nz_amean", Lld::SpectralFlux, Voiced, Mean, Magnitude),
        of("spectralFluxV_sma3nz_stddevNorm", Lld::SpectralFlux, Voiced, VariationCoefficient, Ratio),
        of("mfcc1V_sma3nz_amean", Lld::Mfcc1, Voiced, Mean, Cepstral),
        of("mfcc1V_sma3nz_stddevNorm", Lld::Mfcc1, Voiced, VariationCoefficient, Ratio),
        of("mfcc2V_sma3nz_amean", Lld::Mfcc2, Voiced, Mean, Cepstral),
        of("mfcc2V_sma3nz_stddevNorm", Lld::Mfcc2, Voiced, VariationCoefficient, Ratio),
        of("mfcc3V_sma3nz_amean", Lld::Mfcc3, Voiced, Mean, Cepstral),
        of("mfcc3V_sma3nz_stddevNorm", Lld::Mfcc3, Voiced, VariationCoefficient, Ratio),
        of("mfcc4V_sma3nz_amean", Lld::Mfcc4, Voiced, Mean, Cepstral),
        of("mfcc4V_sma3nz_stddevNorm", Lld::Mfcc4, Voiced, VariationCoefficient, Ratio),
        of("alphaRatioUV_sma3nz_amean", Lld::AlphaRatio, Unvoiced, Mean, Decibel),
        of("hammarbergIndexUV_sma3nz_amean", Lld::HammarbergIndex, Unvoiced, Mean, Decibel),
        of("slopeUV0-500_sma3nz_amean", Lld::Slope0To500, Unvoiced, Mean, DecibelPerHertz),
        of("slopeUV500-1500_sma3nz_amean", Lld::Slope500To1500, Unvoiced, Mean, DecibelPerHertz),
        of("spectralFluxUV_sma3nz_amean", Lld::SpectralFlux, Unvoiced, Mean, Magnitude),
        of("loudnessPeaksPerSec", Lld::Loudness, All, Rate, PerSecond),
        without_lld("VoicedSegmentsPerSec", Voiced, Rate, PerSecond),
        without_lld("MeanVoicedSegmentLengthSec", Voiced, Mean, Second),
        without_lld("StddevVoicedSegmentLengthSec", Voiced, StandardDeviation, Second),
        without_lld("MeanUnvoicedSegmentLength", Unvoiced, Mean, Second),
        without_lld("StddevUnvoicedSegmentLength", Unvoiced, StandardDeviation, Second),
        without_lld("equivalentSoundLevel_dBp", All, Mean, DecibelFullScale),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feature_names_are_unique() {
        let mut names = FEATURES.map(|f| f.name);
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }

    /// The official name is composed of the descriptor's (with V or UV for a kind of frames) and the statistic's.
    #[test]
    fn feature_name_tells_lld_frames_and_statistic() {
        let suffix = |statistic| match statistic {
            Statistic::Mean => "amean",
            Statistic::VariationCoefficient => "stddevNorm",
            Statistic::Percentile20 => "percentile20.0",
            Statistic::Percentile50 => "percentile50.0",
            Statistic::Percentile80 => "percentile80.0",
            Statistic::PercentileRange => "pctlrange0-2",
            Statistic::MeanRisingSlope => "meanRisingSlope",
            Statistic::SdRisingSlope => "stddevRisingSlope",
            Statistic::MeanFallingSlope => "meanFallingSlope",
            Statistic::SdFallingSlope => "stddevFallingSlope",
            Statistic::Rate | Statistic::StandardDeviation => "",
        };
        for feature in FEATURES {
            let Some(lld) = feature.lld.filter(|_| feature.statistic != Statistic::Rate) else { continue };
            let (stem, smoothing) = lld.name().split_once('_').unwrap();
            let marked = |mark: &str| match stem.find(|c: char| c.is_ascii_digit()) {
                Some(digit) if !stem.starts_with("mfcc") => {
                    format!("{}{mark}{}", &stem[..digit], &stem[digit..])
                }
                _ => format!("{stem}{mark}"),
            };
            let spectral = !lld.zero_is_missing();
            let expected = match feature.frames {
                Frames::Voiced if spectral => format!("{}_sma3nz", marked("V")),
                Frames::Unvoiced => format!("{}_sma3nz", marked("UV")),
                _ => format!("{stem}_{smoothing}"),
            };
            let expected = format!("{expected}_{}", suffix(feature.statistic));
            assert!(feature.name.eq_ignore_ascii_case(&expected), "{} is not {expected}", feature.name);
        }
    }

    #[test]
    fn feature_unit_follows_from_lld_and_statistic() {
        for feature in FEATURES {
            let Some(lld) = feature.lld else { continue };
            let expected = match feature.statistic {
                Statistic::VariationCoefficient => "1".to_owned(),
                Statistic::Rate => "1/s".to_owned(),
                Statistic::MeanRisingSlope
                | Statistic::SdRisingSlope
                | Statistic::MeanFallingSlope
                | Statistic::SdFallingSlope => format!("{}/s", lld.unit().symbol()),
                _ => lld.unit().symbol().to_owned(),
            };
            assert_eq!(feature.unit.symbol(), expected, "{}", feature.name);
        }
    }
}
