// The public interface of the crate `egemaps`, by `cargo xtask crates --write`; not compiled.

pub mod catalogue {
    pub const FEATURE_COUNT: usize;
    pub const FEATURES: [Feature; FEATURE_COUNT];
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    #[cfg_attr(feature = "serde", derive(serde::Serialize))]
    pub struct Feature {
        pub name: &'static str,
        pub lld: Option<Lld>,
        pub frames: Frames,
        pub statistic: Statistic,
        pub unit: Unit,
    }
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[cfg_attr(feature = "serde", derive(serde::Serialize))]
    pub enum Frames {
        All,
        Voiced,
        Unvoiced,
    }
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[cfg_attr(feature = "serde", derive(serde::Serialize))]
    pub enum Statistic {
        Mean,
        VariationCoefficient,
        Percentile20,
        Percentile50,
        Percentile80,
        PercentileRange,
        MeanRisingSlope,
        SdRisingSlope,
        MeanFallingSlope,
        SdFallingSlope,
        Rate,
        StandardDeviation,
    }
    pub const LLD_COUNT: usize;
    pub const LLD_NAMES: [&str; LLD_COUNT];
    pub use lld::Lld;
    llds! {
    Loudness : "Loudness_sma3" ,
    Loudness ,
    Short ,
    Plain ;
    AlphaRatio : "alphaRatio_sma3" ,
    Decibel ,
    Short ,
    Plain ;
    HammarbergIndex : "hammarbergIndex_sma3" ,
    Decibel ,
    Short ,
    Plain ;
    Slope0To500 : "slope0-500_sma3" ,
    DecibelPerHertz ,
    Short ,
    Plain ;
    Slope500To1500 : "slope500-1500_sma3" ,
    DecibelPerHertz ,
    Short ,
    Plain ;
    SpectralFlux : "spectralFlux_sma3" ,
    Magnitude ,
    Short ,
    Plain ;
    Mfcc1 : "mfcc1_sma3" ,
    Cepstral ,
    Short ,
    Plain ;
    Mfcc2 : "mfcc2_sma3" ,
    Cepstral ,
    Short ,
    Plain ;
    Mfcc3 : "mfcc3_sma3" ,
    Cepstral ,
    Short ,
    Plain ;
    Mfcc4 : "mfcc4_sma3" ,
    Cepstral ,
    Short ,
    Plain ;
    F0 : "F0semitoneFrom27.5Hz_sma3nz" ,
    Semitone ,
    Long ,
    NonZero ;
    Jitter : "jitterLocal_sma3nz" ,
    Ratio ,
    Long ,
    NonZero ;
    Shimmer : "shimmerLocaldB_sma3nz" ,
    Decibel ,
    Long ,
    NonZero ;
    Hnr : "HNRdBACF_sma3nz" ,
    Decibel ,
    Long ,
    NonZero ;
    H1H2 : "logRelF0-H1-H2_sma3nz" ,
    Decibel ,
    Long ,
    NonZero ;
    H1A3 : "logRelF0-H1-A3_sma3nz" ,
    Decibel ,
    Long ,
    NonZero ;
    F1Frequency : "F1frequency_sma3nz" ,
    Hertz ,
    Short ,
    NonZero ;
    F1Bandwidth : "F1bandwidth_sma3nz" ,
    Hertz ,
    Short ,
    NonZero ;
    F1Amplitude : "F1amplitudeLogRelF0_sma3nz" ,
    DecibelReF0 ,
    Long ,
    NonZero ;
    F2Frequency : "F2frequency_sma3nz" ,
    Hertz ,
    Short ,
    NonZero ;
    F2Bandwidth : "F2bandwidth_sma3nz" ,
    Hertz ,
    Short ,
    NonZero ;
    F2Amplitude : "F2amplitudeLogRelF0_sma3nz" ,
    DecibelReF0 ,
    Long ,
    NonZero ;
    F3Frequency : "F3frequency_sma3nz" ,
    Hertz ,
    Short ,
    NonZero ;
    F3Bandwidth : "F3bandwidth_sma3nz" ,
    Hertz ,
    Short ,
    NonZero ;
    F3Amplitude : "F3amplitudeLogRelF0_sma3nz" ,
    DecibelReF0 ,
    Long ,
    NonZero ;
    }
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Unit {
        Ratio,
        PerSecond,
        Magnitude,
        Hertz,
        Cepstral,
        Decibel,
        DecibelReF0,
        DecibelFullScale,
        DecibelPerHertz,
        Loudness,
        LoudnessPerSecond,
        Second,
        Semitone,
        SemitonePerSecond,
    }
    impl Unit {
        pub const fn symbol(self) -> &'static str;
    }
    #[cfg(feature = "serde")]
    impl serde::Serialize for Unit {}
    pub const CATALOGUE_VERSION: &str;
}
pub mod fft {
    #[derive(Debug)]
    pub struct RealFft {
        // private fields
    }
    impl RealFft {
        pub fn new(length: usize) -> RealFft;
        pub fn len(&self) -> usize;
        pub fn is_empty(&self) -> bool;
        pub fn forward(&mut self, input: &[f32], packed: &mut Vec<f32>);
        pub fn inverse(&mut self, packed: &[f32], output: &mut Vec<f32>);
    }
    pub fn magnitudes(packed: &[f32], out: &mut Vec<f32>);
}
pub mod geometry {
    pub const MAX_RATE_HZ: u32;
    pub const MIN_RATE_HZ: u32;
    pub const HOP_S: f64;
    pub const SHORT_FRAME_S: f64;
    pub const LONG_FRAME_S: f64;
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Window {
        Hamming,
        Gaussian,
    }
    #[derive(Debug, Clone)]
    pub struct FrameShape {
        pub duration_s: f64,
        pub length: usize,
        pub fft_length: usize,
        pub padding: usize,
        pub bin_hz: f64,
        pub padded_duration_s: f64,
        pub window: Vec<f32>,
    }
    impl FrameShape {
        pub fn new(rate_hz: u32, duration_s: f64, window: Window) -> FrameShape;
        pub fn bins(&self) -> usize;
        pub fn frequency_hz(&self, k: usize) -> f64;
        pub fn count(&self, samples: usize, hop: usize) -> usize;
        pub fn windowed(&self, frame: &[f32], buffer: &mut Vec<f32>);
    }
    #[derive(Debug, Clone)]
    pub struct Geometry {
        pub rate_hz: u32,
        pub hop: usize,
        pub short: FrameShape,
        pub long: FrameShape,
    }
    impl Geometry {
        pub fn new(rate_hz: u32) -> Result<Geometry, ExtractError>;
        pub fn sample_s(&self) -> f64;
    }
}
#[derive(Debug, Clone, Copy, PartialEq, thiserror :: Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub enum ExtractError {
    UnsupportedRate { rate_hz: u32 },
    TooShort { duration_s: f64 },
    NotFinite { index: u64 },
}
impl ExtractError {
    pub const fn code(&self) -> &'static str;
}
#[derive(Debug)]
pub struct Extractor {
    // private fields
}
impl Extractor {
    pub fn new(rate_hz: u32) -> Result<Extractor, ExtractError>;
    pub fn with_instructions(rate_hz: u32, instructions: InstructionSet) -> Result<Extractor, ExtractError>;
    pub fn traced(rate_hz: u32) -> Result<Extractor, ExtractError>;
    #[must_use]
    pub fn without_llds(self) -> Extractor;
    pub fn push(&mut self, samples: &[f32]) -> Result<(), ExtractError>;
    pub fn duration_s(&self) -> f64;
    pub fn provisional_f0_hz(&mut self, first: usize) -> Vec<f32>;
    pub fn finish(self) -> Result<Features, ExtractError>;
    pub fn end(self) -> Result<Summary, ExtractError>;
    pub fn finish_traced(self) -> Result<(Features, Trace), ExtractError>;
}
#[derive(Debug)]
pub struct Summary {
    // private fields
}
impl Summary {
    pub fn step(&mut self) -> f64;
    #[must_use]
    pub fn finish(self) -> Features;
}
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    pub candidates: Vec<[Candidate; SLOTS]>,
    pub best_guess_hz: Vec<f32>,
    pub summarised: FunctionalInput,
}
pub fn extract(samples: &[f32], rate_hz: u32) -> Result<Features, ExtractError>;
#[derive(Debug, Clone, PartialEq)]
pub struct Features {
    pub functionals: [f32; FEATURE_COUNT],
    pub llds: Vec<[f32; LLD_COUNT]>,
    pub f0_hz: Vec<f32>,
    pub hop_s: f64,
}
impl Features {
    pub fn voiced_share(&self) -> f64;
}
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FunctionalInput {
    // private fields
}
impl FunctionalInput {
    pub fn source_of(&self, feature: &Feature) -> Option<SourceValues<'_>>;
}
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SourceValues<'a> {
    pub values: &'a [f32],
    pub skips_zeros: bool,
}
#[derive(Debug, Clone, Copy)]
pub struct InstructionSet(_);
impl InstructionSet {
    pub fn best() -> InstructionSet;
    pub fn available() -> Vec<InstructionSet>;
    pub fn name(self) -> &'static str;
}
#[must_use]
pub fn quantise_pcm16(v: f32) -> i16;
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PitchCandidate {
    pub f0_hz: f32,
    pub voicing: f32,
    pub score: f32,
}
impl PitchCandidate {
    pub fn is_voiced(&self) -> bool;
}
pub const PITCH_SLOTS: usize;
#[derive(Debug, Clone, PartialEq)]
pub struct Slice {
    pub windowed: Vec<f32>,
    pub magnitudes: Vec<f32>,
}
#[derive(Debug)]
pub struct Slicer {
    // private fields
}
impl Slicer {
    pub fn new(rate_hz: u32, duration_s: f64, window: Window) -> Slicer;
    pub fn length(&self) -> usize;
    pub fn bin_hz(&self) -> f64;
    pub fn window(&self) -> &[f32];
    pub fn slice(&mut self, samples: &[f32], start: i64) -> Slice;
}
pub fn energy_shares<const N: usize>(magnitudes: &[f32], bin_hz: f64, edges_hz: &[f64; N]) -> Vec<f64>;
