//! The 25 low-level descriptors (LLDs).

use super::unit::Unit;
use crate::geometry::{LONG_FRAME_S, SHORT_FRAME_S};

/// Number of low-level descriptors.
pub const LLD_COUNT: usize = 25;

/// Official names of the low-level descriptors, in the order of [`Lld::ALL`].
pub const LLD_NAMES: [&str; LLD_COUNT] = names();

/// Length of the frame that a descriptor is computed from.
enum Frame {
    /// 20 ms: spectrum and formants.
    Short,
    /// 60 ms: the pitch and everything that is computed with it.
    Long,
}

/// The smoothing over three frames that the end of an official name stands for.
enum Smoothing {
    /// `_sma3`: the mean of all three.
    Plain,
    /// `_sma3nz`: the mean of those that are not 0.
    NonZero,
}

/// What is known of a descriptor beside its name.
struct Row {
    name: &'static str,
    unit: Unit,
    frame: Frame,
    smoothing: Smoothing,
}

/// Makes the enum, the list of its variants and the table of their properties from the same rows.
macro_rules! llds {
    ($($(#[$doc:meta])+ $lld:ident: $name:literal, $unit:ident, $frame:ident, $smoothing:ident;)+) => {
        /// One of the 25 low-level descriptors: a value per 10 ms, smoothed over three frames.
        ///
        /// ```
        /// use egemaps::catalogue::Lld;
        ///
        /// let features = egemaps::extract(&[0.1; 1_600], 16_000)?;
        /// let loudness: Vec<f32> = features.llds.iter().map(|row| row[Lld::Loudness.index()]).collect();
        /// assert!(!Lld::Loudness.needs_pitch() && loudness.iter().all(|value| *value > 0.0));
        /// # Ok::<(), egemaps::ExtractError>(())
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Lld {
            $($(#[$doc])+ $lld,)+
        }

        impl Lld {
            /// All descriptors in official order: the columns of [`Features::llds`](crate::Features::llds).
            pub const ALL: [Lld; LLD_COUNT] = [$(Lld::$lld,)+];

            const fn row(self) -> Row {
                match self {
                    $(Lld::$lld => Row {
                        name: $name,
                        unit: Unit::$unit,
                        frame: Frame::$frame,
                        smoothing: Smoothing::$smoothing,
                    },)+
                }
            }
        }
    };
}

llds! {
    /// Perceived loudness from the equal-loudness weighted and compressed mel spectrum.
    Loudness: "Loudness_sma3", Loudness, Short, Plain;
    /// Energy in 1–5 kHz over energy below 1 kHz (quirk 10).
    AlphaRatio: "alphaRatio_sma3", Decibel, Short, Plain;
    /// Strongest peak below 2 kHz over the strongest in 2–5 kHz.
    HammarbergIndex: "hammarbergIndex_sma3", Decibel, Short, Plain;
    /// Slope of the logarithmic power spectrum in 0–500 Hz.
    Slope0To500: "slope0-500_sma3", DecibelPerHertz, Short, Plain;
    /// Slope of the logarithmic power spectrum in 500–1500 Hz.
    Slope500To1500: "slope500-1500_sma3", DecibelPerHertz, Short, Plain;
    /// Difference of the magnitude spectra of this frame and the one before.
    SpectralFlux: "spectralFlux_sma3", Magnitude, Short, Plain;
    /// First mel-frequency cepstral coefficient.
    Mfcc1: "mfcc1_sma3", Cepstral, Short, Plain;
    /// Second mel-frequency cepstral coefficient.
    Mfcc2: "mfcc2_sma3", Cepstral, Short, Plain;
    /// Third mel-frequency cepstral coefficient.
    Mfcc3: "mfcc3_sma3", Cepstral, Short, Plain;
    /// Fourth mel-frequency cepstral coefficient.
    Mfcc4: "mfcc4_sma3", Cepstral, Short, Plain;
    /// Pitch (fundamental frequency), 0 if unvoiced.
    F0: "F0semitoneFrom27.5Hz_sma3nz", Semitone, Long, NonZero;
    /// Local jitter: mean difference of consecutive periods over the mean period.
    Jitter: "jitterLocal_sma3nz", Ratio, Long, NonZero;
    /// Local shimmer: relative difference of the amplitudes of consecutive periods.
    Shimmer: "shimmerLocaldB_sma3nz", Decibel, Long, NonZero;
    /// Harmonics-to-noise ratio from the autocorrelation.
    Hnr: "HNRdBACF_sma3nz", Decibel, Long, NonZero;
    /// Level of the first harmonic over that of the second; openSMILE measures the second and third (part 3, quirk 10).
    H1H2: "logRelF0-H1-H2_sma3nz", Decibel, Long, NonZero;
    /// Level of the first harmonic over that of the strongest harmonic near F3.
    H1A3: "logRelF0-H1-A3_sma3nz", Decibel, Long, NonZero;
    /// Centre frequency of the first formant.
    F1Frequency: "F1frequency_sma3nz", Hertz, Short, NonZero;
    /// Bandwidth of the first formant.
    F1Bandwidth: "F1bandwidth_sma3nz", Hertz, Short, NonZero;
    /// Level of the strongest harmonic near F1 relative to the peak at F0; −201 if unvoiced (quirk 13).
    F1Amplitude: "F1amplitudeLogRelF0_sma3nz", DecibelReF0, Long, NonZero;
    /// Centre frequency of the second formant.
    F2Frequency: "F2frequency_sma3nz", Hertz, Short, NonZero;
    /// Bandwidth of the second formant.
    F2Bandwidth: "F2bandwidth_sma3nz", Hertz, Short, NonZero;
    /// Level of the strongest harmonic near F2 relative to the peak at F0; −201 if unvoiced (quirk 13).
    F2Amplitude: "F2amplitudeLogRelF0_sma3nz", DecibelReF0, Long, NonZero;
    /// Centre frequency of the third formant.
    F3Frequency: "F3frequency_sma3nz", Hertz, Short, NonZero;
    /// Bandwidth of the third formant.
    F3Bandwidth: "F3bandwidth_sma3nz", Hertz, Short, NonZero;
    /// Level of the strongest harmonic near F3 relative to the peak at F0; −201 if unvoiced (quirk 13).
    F3Amplitude: "F3amplitudeLogRelF0_sma3nz", DecibelReF0, Long, NonZero;
}

impl Lld {
    /// Position in [`Lld::ALL`], and column in [`Features::llds`](crate::Features::llds).
    pub const fn index(self) -> usize {
        self as usize
    }

    /// The official name, as in openSMILE's output.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// Unit of the values.
    pub const fn unit(self) -> Unit {
        self.row().unit
    }

    /// Length of the frame that a value is computed from, s: 0.020 or 0.060.
    pub const fn frame_s(self) -> f64 {
        match self.row().frame {
            Frame::Short => SHORT_FRAME_S,
            Frame::Long => LONG_FRAME_S,
        }
    }

    /// Whether it can only be computed where there is a pitch: all descriptors of 60 ms frames. Where there is none their
    /// value is 0, but for the formant amplitudes, which are −201 (quirk 13).
    pub const fn needs_pitch(self) -> bool {
        matches!(self.row().frame, Frame::Long)
    }

    /// Whether exactly 0 stands for a missing value: the smoothing leaves such frames out (names that end in `nz`).
    pub const fn zero_is_missing(self) -> bool {
        matches!(self.row().smoothing, Smoothing::NonZero)
    }
}

/// As [`Lld::name`].
#[cfg(feature = "serde")]
impl serde::Serialize for Lld {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

const fn names() -> [&'static str; LLD_COUNT] {
    let mut names = [""; LLD_COUNT];
    let mut i = 0;
    while i < LLD_COUNT {
        names[i] = Lld::ALL[i].name();
        i += 1;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lld_index_is_its_position_in_all() {
        for (i, lld) in Lld::ALL.into_iter().enumerate() {
            assert_eq!(lld.index(), i);
            assert_eq!(LLD_NAMES[i], lld.name());
        }
    }

    #[test]
    fn lld_name_tells_the_smoothing_and_whether_a_pitch_is_needed() {
        for lld in Lld::ALL {
            let name = lld.name();
            assert!(name.ends_with("_sma3") || name.ends_with("_sma3nz"), "{name}");
            assert_eq!(lld.zero_is_missing(), name.ends_with("nz"), "{name}");
            let pitched = ["F0", "RelF0", "jitter", "shimmer", "HNR"].iter().any(|part| name.contains(part));
            assert_eq!(lld.needs_pitch(), pitched, "{name}");
            assert_eq!(lld.frame_s(), if pitched { 0.060 } else { 0.020 }, "{name}");
        }
    }
}
