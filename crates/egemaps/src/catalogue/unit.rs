//! Units of the low-level descriptors and functionals.

/// Unit of a low-level descriptor or functional.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A plain ratio (1 = 100 %).
    Ratio,
    /// Events per second.
    PerSecond,
    /// Root-mean-square difference of unnormalised FFT magnitudes.
    Magnitude,
    /// Hertz.
    Hertz,
    /// Cepstral units (natural logarithm).
    Cepstral,
    /// Decibels.
    Decibel,
    /// Decibels relative to the peak at F0.
    DecibelReF0,
    /// Decibels relative to full scale.
    DecibelFullScale,
    /// Decibels per hertz.
    DecibelPerHertz,
    /// openSMILE's loudness units; they depend on the sampling rate (quirk 9).
    Loudness,
    /// Loudness units per second.
    LoudnessPerSecond,
    /// Seconds.
    Second,
    /// Semitones above 27.5 Hz.
    Semitone,
    /// Semitones per second.
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

/// As [`Unit::symbol`].
#[cfg(feature = "serde")]
impl serde::Serialize for Unit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.symbol())
    }
}
