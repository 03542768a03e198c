// The public interface of the crate `undertone`, by `cargo xtask crates --write`; not compiled.

pub mod analysis {
    pub mod progress {
        pub fn while_extracting(share: f64) -> f64;
        pub fn while_drawing(share: f64) -> f64;
        pub fn while_shrinking(share: f64) -> f64;
    }
    pub mod utterances {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        pub enum Certainty {
            None,
            Uncertain,
            Sure,
        }
        impl Certainty {
            pub const ALL: [Certainty; 3];
            #[must_use]
            pub const fn name(self) -> &'static str;
        }
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
        pub enum Doubt {
            TooShort,
            TooNoisy,
            NoTone,
            Unmeasured,
            Flag(Flag),
        }
        impl Doubt {
            #[must_use]
            pub fn name(self) -> &'static str;
        }
        #[must_use]
        pub fn certainty(
            duration_s: f64,
            above_background_db: f64,
            flags: Result<&[Flag], &str>,
        ) -> (Certainty, Vec<Doubt>);
        #[must_use]
        pub fn unscored(duration_s: f64, above_background_db: f64) -> Option<Doubt>;
        #[derive(Debug)]
        pub struct Spoken {
            pub utterance: Utterance,
            pub scored: Range<usize>,
            pub certainty: Certainty,
            pub doubts: Vec<Doubt>,
            pub analysis: Option<Box<Analysis>>,
            pub windows: Vec<Window>,
        }
        #[derive(Debug)]
        pub struct UtteranceScorer<M> {
            // private fields
        }
        impl<M: Borrow<Model>> UtteranceScorer<M> {
            pub fn new(rate_hz: u32, pause_s: f64, model: M) -> Result<Self, AudioError>;
            pub fn push(&mut self, samples: &[f32]);
            pub fn finish(&mut self);
            pub fn next_spoken(&mut self) -> Option<Spoken>;
        }
        #[derive(Debug, Clone, PartialEq)]
        pub struct Window {
            pub place: Range<usize>,
            pub activation: Option<f64>,
        }
        pub const PAUSE_S: f64;
        pub const PAUSES_S: std::ops::RangeInclusive<f64>;
        #[must_use]
        pub fn between(start_s: f64, end_s: f64, total: usize) -> Range<usize>;
        #[must_use]
        pub fn scored(utterance: Range<usize>, total: usize) -> Range<usize>;
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct Utterance {
            pub start: usize,
            pub end: usize,
            pub voiced_s: f64,
            pub above_background_db: f64,
        }
        impl Utterance {
            #[must_use]
            pub fn seconds(&self) -> [f64; 2];
            #[must_use]
            pub fn duration_s(&self) -> f64;
            #[must_use]
            pub fn scored(&self, total: usize) -> Range<usize>;
            pub fn windows(&self) -> impl Iterator<Item = Range<usize>> + use<>;
        }
        #[derive(Debug)]
        pub struct Splitter {
            // private fields
        }
        impl Splitter {
            #[must_use]
            pub fn new(pause_s: f64) -> Splitter;
            pub fn push(&mut self, samples: &[f32]);
            pub fn next_utterance(&mut self) -> Option<Utterance>;
            #[must_use]
            pub fn settled(&self) -> usize;
            #[must_use]
            pub fn open(&self) -> Option<usize>;
            #[must_use]
            pub fn finish(self) -> Vec<Utterance>;
        }
    }
    #[derive(Debug)]
    pub struct LivePitch {
        // private fields
    }
    impl LivePitch {
        pub fn new() -> Result<LivePitch, AnalysisError>;
        pub fn follow(&mut self, samples: &[f32], first: usize) -> Result<Vec<f32>, AnalysisError>;
    }
    #[derive(Debug, Clone, PartialEq, Serialize)]
    pub struct LevelledMeasures {
        pub flags: Vec<Flag>,
        pub region: [f64; 2],
        pub signal: SignalReport,
        pub pitch: PitchSpan,
        pub model_features: [f32; FEATURE_COUNT],
    }
    impl LevelledMeasures {
        pub fn new(levelled: &Levelled) -> LevelledMeasures;
    }
    #[derive(Debug, Clone, PartialEq, Serialize)]
    pub struct Measures {
        pub schema: u32,
        pub version: &'static str,
        pub catalogue: &'static str,
        pub flags: Vec<Flag>,
        pub region: [f64; 2],
        pub signal: SignalReport,
        pub pitch: PitchSpan,
        pub features: [f32; FEATURE_COUNT],
        pub model_features: [f32; FEATURE_COUNT],
    }
    impl Measures {
        pub fn new(prepared: &Prepared) -> Measures;
    }
    #[derive(Debug, Clone, Copy, PartialEq, Serialize)]
    pub struct PitchSpan {
        pub low_hz: f32,
        pub median_hz: f32,
        pub high_hz: f32,
    }
    impl PitchSpan {
        pub fn of(f0_hz: &[f32]) -> PitchSpan;
    }
    #[derive(Debug, Clone, PartialEq, Serialize)]
    pub struct ModelSummary {
        pub objective: Objective,
        pub hash: String,
        pub interval_level: f64,
        pub axis: MapAxis,
    }
    impl ModelSummary {
        pub fn of(model: &Model) -> ModelSummary;
    }
    #[derive(Debug, Clone, PartialEq, Serialize)]
    pub struct Prediction {
        pub model: ModelSummary,
        pub activation: f64,
        pub interval: [f64; 2],
        pub baseline: f64,
        pub unlike_reference: bool,
        pub latent: [f64; 2],
        pub score_axis: f64,
        pub other_axis: f64,
        pub ranks: [Option<f64>; FEATURE_COUNT],
        pub limited: Vec<usize>,
        pub contributions: Contributions,
    }
    impl Prediction {
        pub fn new(
            inputs: &[f32; FEATURE_COUNT],
            circumstances: Option<&Circumstances>,
            model: &Model,
        ) -> Prediction;
    }
    #[derive(Debug, Clone, PartialEq)]
    pub struct Levelled {
        pub signal: SignalReport,
        pub region: Region,
        pub features: Features,
    }
    #[derive(Debug)]
    pub struct Preparation<S> {
        // private fields
    }
    impl<S: AsRef<[f32]>> Preparation<S> {
        pub fn new(samples: S) -> Result<Preparation<S>, AnalysisError>;
        pub fn step(&mut self) -> Result<f64, AnalysisError>;
        pub fn levelled(&self) -> Option<&Levelled>;
        pub fn finish(mut self) -> Result<Prepared, AnalysisError>;
    }
    #[derive(Debug, Clone, PartialEq)]
    pub struct Prepared {
        pub signal: SignalReport,
        pub region: Region,
        pub recorded: Features,
        pub levelled: Features,
    }
    pub fn levelled_speech(samples: &[f32]) -> Result<(Region, Vec<f32>), AnalysisError>;
    pub fn model_features(samples: &[f32]) -> Result<[f32; FEATURE_COUNT], AnalysisError>;
    pub fn recorded_features(samples: &[f32]) -> Result<[f32; FEATURE_COUNT], AnalysisError>;
    #[derive(Debug, Clone, PartialEq, Serialize)]
    pub struct Analysis {
        pub measures: Measures,
        pub prediction: Prediction,
    }
    impl Analysis {
        pub fn new(prepared: &Prepared, model: &Model) -> Analysis;
    }
    #[derive(Debug, thiserror :: Error)]
    #[non_exhaustive]
    pub enum ScoreError {
        Analysis(AnalysisError),
        Model(ModelError),
    }
    impl From<AudioError> for ScoreError {}
    pub fn score(samples: &[f32], rate_hz: u32) -> Result<Analysis, ScoreError>;
    pub const SCHEMA: u32;
    #[derive(Debug, Clone, PartialEq, thiserror :: Error, serde :: Serialize)]
    #[non_exhaustive]
    pub enum AnalysisError {
        Audio(AudioError),
        Extract(ExtractError),
    }
    impl AnalysisError {
        pub fn code(&self) -> &'static str;
    }
}
pub mod attribution {
    pub mod groups {
        pub const GROUP_COUNT: usize;
        pub const FAMILY_COUNT: usize;
        named! {
        Group ,
        GROUP_COUNT : Pitch = "Pitch" ,
        Loudness = "Loudness" ,
        Flux = "SpecFlux" ,
        Mfcc = "MFCC" ,
        Jitter = "Jitter" ,
        Shimmer = "Shimmer" ,
        Hnr = "HNR" ,
        Harmonics = "Harmonics" ,
        F1 = "F1" ,
        F2 = "F2" ,
        F3 = "F3" ,
        AlphaRatioVoiced = "alphaRatio(V)" ,
        HammarbergVoiced = "HB-idx(V)" ,
        LowSlopeVoiced = "SpecSlope1(V)" ,
        MidSlopeVoiced = "SpecSlope2(V)" ,
        FluxVoiced = "SpecFlux(V)" ,
        MfccVoiced = "MFCC(V)" ,
        AlphaRatioUnvoiced = "alphaRatio(UV)" ,
        HammarbergUnvoiced = "HB-idx(UV)" ,
        LowSlopeUnvoiced = "SpecSlope1(UV)" ,
        MidSlopeUnvoiced = "SpecSlope2(UV)" ,
        FluxUnvoiced = "SpecFlux(UV)" ,
        LoudnessPeakRate = "LoudPeaksPS" ,
        VoicedSegmentRate = "SegPerSec(V)" ,
        VoicedSegmentLength = "SegLen(V)" ,
        UnvoicedSegmentLength = "SegLen(UV)" ,
        SoundLevel = "SoundLevel" ,
        }
        named! {
        FeatureFamily ,
        FAMILY_COUNT : Frequency = "frequency" ,
        Energy = "energy" ,
        Spectral = "spectral" ,
        Temporal = "temporal" ,
        }
        pub fn per_feature(groups: &[f64; GROUP_COUNT]) -> [f64; FEATURE_COUNT];
    }
    pub fn expected(
        model: &Model,
        background: &[[f32; FEATURE_COUNT]],
        features: &[f32; FEATURE_COUNT],
    ) -> Option<Attribution>;
    pub fn attribute_along_map_axis(
        model: &Model,
        projection: &MapProjection,
        start: Option<&[f32; FEATURE_COUNT]>,
        features: &[f32; FEATURE_COUNT],
    ) -> Attribution;
    #[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror :: Error)]
    #[non_exhaustive]
    pub enum AttributionError {
        NoBackground,
        UnusedBackground { method: Method },
    }
    #[derive(Debug, Clone, PartialEq, Serialize)]
    pub struct Explanation {
        pub method: Method,
        pub baseline: f64,
        pub activation: f64,
        pub contributions: Shares,
    }
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Level {
        Features,
        Groups,
        Families,
    }
    impl Level {
        pub const ALL: [Level; 3];
        pub const fn name(self) -> &'static str;
    }
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Method {
        PathGradients,
        ExpectedGradients,
        Shapley,
    }
    impl Method {
        pub const ALL: [Method; 3];
        pub const fn name(self) -> &'static str;
        pub const fn description(self) -> &'static str;
        pub const fn source(self) -> &'static str;
        pub const fn levels(self) -> &'static [Level];
        pub const fn first_level(self) -> Level;
    }
    impl Serialize for Method {}
    #[derive(Debug, Clone, PartialEq, Serialize)]
    pub enum Shares {
        All(Box<Contributions>),
        Families { families: [f64; FAMILY_COUNT] },
    }
    impl Shares {
        pub fn on(&self, level: Level) -> Option<Vec<(&'static str, f64)>>;
    }
    pub fn explain(
        model: &Model,
        method: Method,
        background: &[[f32; FEATURE_COUNT]],
        features: &[f32; FEATURE_COUNT],
    ) -> Result<Explanation, AttributionError>;
    pub fn family_shares(model: &Model, features: &[f32; FEATURE_COUNT]) -> [f64; FAMILY_COUNT];
    #[derive(Debug, Clone, PartialEq, Serialize)]
    pub struct Contributions {
        pub features: [f64; FEATURE_COUNT],
        pub groups: [f64; GROUP_COUNT],
        pub families: [f64; FAMILY_COUNT],
    }
    #[derive(Debug, Clone, PartialEq, Serialize)]
    pub struct Attribution {
        pub baseline: f64,
        pub activation: f64,
        pub contributions: Contributions,
    }
    pub fn attribute(model: &Model, features: &[f32; FEATURE_COUNT]) -> Attribution;
    pub fn attribute_from(
        model: &Model,
        from: &[f32; FEATURE_COUNT],
        features: &[f32; FEATURE_COUNT],
    ) -> Attribution;
    pub fn path_contributions(
        network: &Network,
        readout: &[f64; LATENT_COUNT],
        start: &[f64; FEATURE_COUNT],
        end: &[f64; FEATURE_COUNT],
    ) -> [f64; FEATURE_COUNT];
    pub fn group_sums(contributions: &[f64; FEATURE_COUNT]) -> [f64; GROUP_COUNT];
}
pub mod audio {
    pub mod channels {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        pub enum Difference {
            Silent,
            Cancel,
            Levels,
            Unlike,
        }
        impl Difference {
            #[must_use]
            pub fn name(self) -> &'static str;
            #[must_use]
            pub fn words(self) -> &'static str;
        }
        #[derive(Debug, Default)]
        pub struct Comparison {
            // private fields
        }
        impl Comparison {
            pub fn push(&mut self, channels: &[Vec<f32>]);
            #[must_use]
            pub fn difference(&self) -> Option<Difference>;
        }
    }
    pub mod checks {
        pub const SHORT_ACTIVE_S: f64;
        pub const QUIET_DBFS: f64;
        pub const CLIPPED_SHARE: f64;
        pub const NOISY_SNR_DB: f64;
        pub const LITTLE_VOICE_SHARE: f64;
        pub const TELEPHONE_EDGE_DB: f64;
        pub const REVERBERANT_FALL_DB: f64;
        pub const REVERBERANT_FALL_SHARE: f64;
        pub const FULL_SCALE: f32;
        pub fn check_samples(samples: &[f32]) -> Result<(), AudioError>;
        pub fn check_length(samples: usize) -> Result<(), AudioError>;
        #[derive(Debug, Clone, PartialEq, Serialize)]
        pub struct SignalReport {
            pub duration_s: f64,
            pub active_speech_s: f64,
            pub active_speech_level_dbfs: f64,
            pub peak_dbfs: f64,
            pub clipped_share: f64,
            pub dc: f64,
            pub snr_db: Option<f64>,
            pub voiced_share: Option<f64>,
            pub traits: SpeechTraits,
        }
        #[derive(Debug, Clone, Copy, PartialEq, Default)]
        pub struct SpeechTraits {
            pub band_edge_db: Option<f64>,
            pub fall_db: Option<f64>,
            pub fall_share: Option<f64>,
            pub not_spoken: Option<f64>,
        }
        #[must_use]
        pub fn measure(samples: &[f32]) -> SignalReport;
        #[must_use]
        pub fn measure_at_level(samples: &[f32], level: &ActiveSpeechLevel) -> SignalReport;
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub enum Flag {
            Short,
            TooQuiet,
            Clipped,
            Noisy,
            Reverberant,
            TelephoneBand,
            LittleVoice,
            NotSpoken,
            UnlikeReference,
        }
        impl Flag {
            pub const ALL: [Self; 9];
            #[must_use]
            pub fn name(self) -> &'static str;
        }
        impl std::fmt::Display for Flag {}
        #[must_use]
        pub fn flags(report: &SignalReport, unlike_reference: bool) -> Vec<Flag>;
    }
    pub mod flac {
        #[derive(Debug, Clone, Copy, PartialEq, thiserror :: Error, Serialize)]
        #[non_exhaustive]
        pub enum FlacError {
            NotFlac,
            Damaged { at_s: f64 },
        }
        impl FlacError {
            #[must_use]
            pub fn code(&self) -> &'static str;
        }
        #[derive(Debug)]
        pub struct Decoder {
            // private fields
        }
        impl Decoder {
            pub fn new(first: &[u8]) -> Result<Decoder, FlacError>;
            pub fn push(&mut self, bytes: &[u8]);
            pub fn begin(&mut self) -> Result<bool, FlacError>;
            pub fn step(&mut self) -> Result<bool, FlacError>;
            #[must_use]
            pub fn has_ended(&self) -> bool;
            #[must_use]
            pub fn wants_more(&self) -> bool;
            #[must_use]
            pub fn is_between_frames(&self) -> bool;
            #[must_use]
            pub fn rate_hz(&self) -> Option<u32>;
            #[must_use]
            pub fn channels(&self) -> Option<u16>;
            #[must_use]
            pub fn announced(&self) -> Option<u64>;
            #[must_use]
            pub fn decoded(&self) -> u64;
            pub fn samples(&self, channel: Option<usize>, samples: &mut Vec<f32>);
        }
    }
    pub mod level {
        pub const TARGET_DBFS: f64;
        #[derive(Debug, Clone, Copy, PartialEq, Serialize)]
        pub struct ActiveSpeechLevel {
            pub level_dbfs: f64,
            pub activity: f64,
            pub active_s: f64,
        }
        #[must_use]
        pub fn active_speech_level(samples: &[f32]) -> ActiveSpeechLevel;
        #[must_use]
        pub fn gain_to_target(level: &ActiveSpeechLevel) -> f64;
    }
    pub mod mix {
        pub fn mono<T: Copy + Into<f64>>(
            interleaved: &[T],
            channels: usize,
            channel: Option<usize>,
            samples: &mut Vec<f32>,
        );
    }
    pub mod pcm {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
        #[non_exhaustive]
        pub enum HeaderField {
            FormatChunk,
            FormatSize,
            Channels,
            SampleRate,
            BlockAlign,
            DataChunk,
        }
        impl fmt::Display for HeaderField {}
        #[derive(Debug, Clone, Copy, PartialEq, Serialize)]
        pub struct MissingEnd {
            pub present_s: f64,
            pub declared_s: f64,
        }
        impl fmt::Display for MissingEnd {}
        #[derive(Debug, Clone, PartialEq, thiserror :: Error, Serialize)]
        #[non_exhaustive]
        pub enum PcmError {
            NotPcm,
            NoSound,
            Truncated(MissingEnd),
            BadHeader { field: HeaderField, value: u32 },
            UnsupportedFormat { tag: u32, bits: u16 },
            NotFinite { index: usize },
        }
        impl PcmError {
            #[must_use]
            pub fn code(&self) -> &'static str;
        }
        #[derive(Debug, Clone)]
        pub struct Decoder {
            // private fields
        }
        impl Decoder {
            #[must_use]
            pub fn frame(&self) -> u64;
            pub fn interleaved(&mut self, bytes: &[u8]) -> &[f64];
            pub fn mono(
                &mut self,
                bytes: &[u8],
                channel: Option<usize>,
                samples: &mut Vec<f32>,
            ) -> Result<(), PcmError>;
        }
        #[derive(Debug, Clone, PartialEq)]
        pub struct Header {
            // private fields
        }
        impl Header {
            pub fn parse(first: &[u8], file_bytes: u64) -> Result<Option<Header>, PcmError>;
            #[must_use]
            pub fn rate_hz(&self) -> u32;
            #[must_use]
            pub fn channels(&self) -> usize;
            #[must_use]
            pub fn frames(&self) -> u64;
            #[must_use]
            pub fn block_bytes(&self) -> usize;
            #[must_use]
            pub fn block_frames(&self) -> u64;
            #[must_use]
            pub fn sound(&self) -> Range<u64>;
            #[must_use]
            pub fn bytes(&self, frames: Range<u64>) -> Range<u64>;
            #[must_use]
            pub fn missing_end(&self) -> Option<MissingEnd>;
            #[must_use]
            pub fn decoder(&self) -> Decoder;
            #[must_use]
            pub fn decoder_at(&self, frame: u64) -> Decoder;
        }
        #[derive(Debug, Clone)]
        pub struct HeaderReader {
            // private fields
        }
        impl HeaderReader {
            #[must_use]
            pub fn new(file_bytes: u64) -> HeaderReader;
            #[must_use]
            pub fn wanted(&self) -> Range<u64>;
            pub fn push(&mut self, bytes: &[u8]) -> Result<Option<Header>, PcmError>;
        }
        #[derive(Debug, Clone, PartialEq)]
        pub struct Sound {
            pub rate_hz: u32,
            pub channels: usize,
            pub samples: Vec<f32>,
            pub missing_end: Option<MissingEnd>,
        }
        #[must_use]
        pub fn is_pcm(bytes: &[u8]) -> bool;
        pub fn read(bytes: &[u8]) -> Result<Sound, PcmError>;
    }
    pub mod region {
        pub const SILENCE_FLOOR_DBFS: f64;
        pub const DEPTH_DB: f64;
        pub const MARGIN: usize;
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct Region {
            pub start: usize,
            pub end: usize,
        }
        impl Region {
            #[must_use]
            pub fn seconds(&self) -> [f64; 2];
            #[must_use]
            pub fn of<'a>(&self, samples: &'a [f32]) -> &'a [f32];
        }
        pub fn find(samples: &[f32]) -> Result<Region, AudioError>;
        pub fn find_at_level(samples: &[f32], level: &ActiveSpeechLevel) -> Result<Region, AudioError>;
    }
    pub mod resample {
        #[derive(Debug, Clone)]
        pub struct Resampler {
            // private fields
        }
        impl Resampler {
            pub fn new(from_hz: u32) -> Result<Self, AudioError>;
            pub fn push(&mut self, input: &[f32], out: &mut Vec<f32>);
            pub fn finish(mut self, out: &mut Vec<f32>);
        }
        pub fn to_16k(samples: &[f32], from_hz: u32) -> Result<Vec<f32>, AudioError>;
    }
    pub mod sniff {
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        pub enum Kind {
            Wav,
            Aiff,
            Caf,
            Au,
            Flac,
            Mp3,
            Aac,
            OggVorbis,
            OggOpus,
            OggFlac,
            OggSpeex,
            OggOther,
            Mp4,
            Webm,
            Amr,
            Asf,
            Adif,
            Ac3,
            Dts,
            Dsd,
            Ape,
            WavPack,
            Musepack,
            Tta,
            Sphere,
            Voc,
            Silk,
            RealMedia,
            Gsm,
            Avi,
            Flv,
            MpegVideo,
            SilentVideo,
            Midi,
            Image,
            Pdf,
            Archive,
            Text,
            Zeros,
            Empty,
            Unknown,
        }
        impl Kind {
            #[must_use]
            pub fn name(self) -> &'static str;
        }
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub struct StreamFrame {
            pub kind: Kind,
            pub rate_hz: u32,
            pub length: usize,
        }
        impl StreamFrame {
            #[must_use]
            pub fn at(bytes: &[u8], at: usize) -> Option<Frame>;
        }
        pub const AAC_FRAMES: usize;
        pub fn show_he_aac<'a>(frames: impl IntoIterator<Item = &'a [u8]>) -> bool;
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
        pub struct Sniffed {
            pub kind: Kind,
            pub rate_hz: Option<u32>,
        }
        pub fn sniff(bytes: &[u8]) -> Sniffed;
        pub fn id3_bytes(bytes: &[u8]) -> Option<usize>;
    }
    pub mod sound_file {
        #[derive(Debug, Clone, PartialEq, thiserror :: Error)]
        #[non_exhaustive]
        pub enum ReadError {
            Pcm(PcmError),
            Flac(FlacError),
        }
        impl ReadError {
            #[must_use]
            pub fn code(&self) -> &'static str;
        }
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct Cut {
            pub present_s: f64,
            pub declared_s: Option<f64>,
        }
        #[derive(Debug)]
        pub struct SoundFile {
            // private fields
        }
        impl SoundFile {
            pub fn open(first: &[u8], file_bytes: u64) -> Result<SoundFile, ReadError>;
            pub fn choose(&mut self, channel: usize);
            #[must_use]
            pub fn rate_hz(&self) -> u32;
            #[must_use]
            pub fn channels(&self) -> usize;
            #[must_use]
            pub fn seconds(&self) -> Option<f64>;
            #[must_use]
            pub fn wanted(&self) -> Option<Range<u64>>;
            pub fn push(&mut self, bytes: &[u8]) -> Result<(), ReadError>;
            pub fn next(&mut self, samples: &mut Vec<f32>) -> Result<bool, ReadError>;
            #[must_use]
            pub fn cut(&self) -> Option<Cut>;
            #[must_use]
            pub fn difference(&self) -> Option<Difference>;
        }
    }
    pub mod wav {
        #[must_use]
        pub fn write_f32(samples: &[f32], rate_hz: u32) -> Vec<u8>;
        #[must_use]
        pub fn write_pcm16(samples: &[i16], rate_hz: u32) -> Vec<u8>;
    }
    pub use checks::check_length;
    pub use checks::check_samples;
    #[derive(Debug, Clone, PartialEq, thiserror :: Error, Serialize)]
    #[non_exhaustive]
    pub enum AudioError {
        Empty,
        TooShort { duration_s: f64 },
        LittleSpeech { active_s: f64 },
        Silent { loudest_dbfs: f64 },
        NoVoice,
        NotFinite { index: usize },
        UnsupportedRate { rate_hz: u32 },
    }
    impl AudioError {
        #[must_use]
        pub fn code(&self) -> &'static str;
    }
    pub const SAMPLE_RATE_HZ: u32;
    pub const MIN_RATE_HZ: u32;
    pub const MAX_RATE_HZ: u32;
    pub const MIN_DURATION_S: f64;
    pub const SHORTEST_ACTIVE_S: f64;
    pub fn seconds(samples: usize) -> f64;
    pub fn whole_rate_hz(rate_hz: f64) -> u32;
    pub const SILENCE_DBFS: f64;
}
pub mod catalogue {
    #[derive(Debug, Clone, PartialEq, Serialize)]
    pub struct Catalogue {
        pub version: &'static str,
        pub llds: Vec<LldEntry>,
        pub features: Vec<FeatureEntry>,
        pub groups: Vec<Group>,
        pub families: Vec<FeatureFamily>,
        pub flags: Vec<&'static str>,
        pub limits: Limits,
    }
    impl Catalogue {
        #[must_use]
        pub fn current() -> Catalogue;
    }
    #[derive(Debug, Clone, PartialEq, Serialize)]
    pub struct LldEntry {
        pub name: Lld,
        pub unit: Unit,
        pub frame_seconds: f64,
        pub needs_pitch: bool,
    }
    #[derive(Debug, Clone, PartialEq, Serialize)]
    pub struct FeatureEntry {
        pub feature: Feature,
        pub group: Group,
        pub family: FeatureFamily,
    }
    #[derive(Debug, Clone, PartialEq, Serialize)]
    pub struct Limits {
        pub min_rate_hz: u32,
        pub max_rate_hz: u32,
        pub min_seconds: f64,
        pub sample_rate_hz: u32,
    }
}
pub mod chart {
    pub mod contributions {
        pub const POINT_PX: f64;
        options! {
        #[derive (Debug ,
        Clone )]pub struct ContributionsSpec extends panel : Panel {
        start : f64 ,
        end : f64 ,
        rows : Vec < ContributionRow >,
        start_y as "startY" : Option < f64 > = None ,
        start_mark as "startMark" : StartMark = StartMark :: Average ,
        end_y as "endY" : Option < f64 > = None ,
        guides : Vec < Guide > = Vec :: new (),
        }
        }
        options! {
        #[derive (Debug ,
        Clone ,
        Copy )]pub struct ContributionRow {
        top : f64 ,
        height : f64 ,
        value : f64 ,
        nested : bool = false ,
        }
        }
        words! {
        pub enum StartMark {
        Average = "average" ,
        Recording = "recording" ,
        Calm = "calm" ,
        }
        }
        pub fn draw(spec: &ContributionsSpec) -> Result<Drawing, ChartError>;
    }
    pub mod density {
        pub const ENCLOSED_SHARES: [f64; 5];
        pub type Place = (f64, f64);
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde :: Serialize)]
        pub enum DensityClass {
            Dense,
            Sparse,
            Outside,
        }
        #[derive(Debug, Clone, PartialEq)]
        pub struct Density {
            // private fields
        }
        impl Density {
            pub fn new(u: &[f32], v: &[f32]) -> Option<Self>;
            pub fn at(&self, (u, v): Place) -> f64;
            pub fn class(&self, place: Place) -> DensityClass;
            pub fn contours(&self, share: usize) -> Vec<Vec<Place>>;
            pub fn other_range(&self) -> [f64; 2];
        }
        pub fn contours(values: &[f64], columns: usize, rows: usize, level: f64) -> Vec<Vec<Place>>;
    }
    pub mod embedding {
        #[derive(Debug, Clone, Copy)]
        pub struct Cloud<'a> {
            pub score: &'a [f32],
            pub other: &'a [f32],
            pub emotion: &'a [u8],
            pub corpus: &'a [u8],
            pub emotions: &'a [String],
            pub corpora: &'a [String],
            pub density: Option<&'a Density>,
            pub arrow: Option<[[f64; 2]; 2]>,
        }
        impl Cloud<'_> {
            pub fn natural_height(&self, axis: Axis, recordings: &[f64]) -> f64;
        }
        pub fn draw_contours(
            drawing: &mut Drawing,
            density: &Density,
            palette: &Palette,
            at: &dyn Fn((f64, f64)) -> Point,
        );
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct PlacedDisc {
            pub x: f64,
            pub y: f64,
            pub number: u32,
        }
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct PlacedDot {
            pub x: f64,
            pub y: f64,
            pub index: usize,
        }
        pub fn chosen(count: usize, most: usize) -> Vec<usize>;
        pub use spec::DotsBy;
        options! {
        #[derive (Debug ,
        Clone )]pub struct EmbeddingSpec extends panel : Panel {
        dots_by as "dotsBy" : DotsBy = DotsBy :: Emotion ,
        hidden : Vec < String > = Vec :: new (),
        single : Option < String > = None ,
        faded : bool = false ,
        max_dots as "maxDots" : usize ,
        utterances : Vec < Utterance > = Vec :: new (),
        interval : Option < [f64 ;
        2 ]> = None ,
        guides : Vec < Guide > = Vec :: new (),
        }
        }
        words! {
        pub enum DotsBy {
        Emotion = "emotion" ,
        Corpus = "corpus" ,
        None = "none" ,
        }
        }
        options! {
        #[derive (Debug ,
        Clone ,
        Copy )]pub struct Utterance {
        u : f64 ,
        v : f64 ,
        number : u32 ,
        current : bool = false ,
        small : bool = false ,
        calm : bool = false ,
        }
        }
        pub use spec::EmbeddingSpec;
        pub use spec::Utterance;
        #[derive(Debug, Clone, PartialEq)]
        pub struct Map {
            pub drawing: Drawing,
            pub dots: Vec<PlacedDot>,
            pub discs: Vec<PlacedDisc>,
            pub flatness: f64,
        }
        pub fn draw(spec: &EmbeddingSpec, cloud: &Cloud<'_>) -> Result<Map, ChartError>;
    }
    pub mod figure {
        options! {
        #[derive (Debug ,
        Clone )]pub struct FigureSpec {
        width : f64 ,
        height : f64 ,
        palette : Palette ,
        scale : Option < PlacedScale > = None ,
        embedding : Option < PlacedEmbedding > = None ,
        contributions : Option < PlacedContributions > = None ,
        guides : Vec < GuidePart > = Vec :: new (),
        labels : Vec < FigureLabel > = Vec :: new (),
        }
        }
        options! {
        #[derive (Debug ,
        Clone )]pub struct PlacedScale {
        left : f64 = 0.0 ,
        top : f64 ,
        spec : ScaleSpec ,
        }
        }
        options! {
        #[derive (Debug ,
        Clone )]pub struct PlacedEmbedding {
        left : f64 = 0.0 ,
        top : f64 ,
        spec : EmbeddingSpec ,
        }
        }
        options! {
        #[derive (Debug ,
        Clone )]pub struct PlacedContributions {
        left : f64 = 0.0 ,
        top : f64 ,
        spec : ContributionsSpec ,
        }
        }
        options! {
        #[derive (Debug ,
        Clone ,
        Copy )]pub struct GuidePart {
        x : f64 ,
        top : f64 ,
        bottom : f64 ,
        dashed : bool = false ,
        }
        }
        options! {
        #[derive (Debug ,
        Clone )]pub struct FigureLabel {
        x : f64 ,
        y : f64 ,
        text : String ,
        size : f64 ,
        face : Face = Face :: Sans ,
        anchor : Anchor = Anchor :: Start ,
        colour : Option < Rgb > = None ,
        }
        }
        pub fn draw(spec: &FigureSpec, cloud: Option<&Cloud<'_>>) -> Result<Drawing, ChartError>;
    }
    pub mod geometry {
        pub const LOWEST_SCORE: f64;
        pub const HIGHEST_SCORE: f64;
        options! {
        #[derive (Debug ,
        Clone ,
        Copy ,
        PartialEq )]pub struct Axis {
        left : f64 ,
        right : f64 ,
        }
        }
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Beyond {
            Left,
            Right,
            Above,
            Below,
        }
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct Span {
            pub left: f64,
            pub right: f64,
            pub open_left: bool,
            pub open_right: bool,
        }
        pub fn check_sides(width: f64, height: f64) -> Result<(), ChartError>;
        pub fn check_ratio(ratio: f64) -> Result<(), ChartError>;
        pub fn check_axis(axis: &Axis) -> Result<(), ChartError>;
        pub fn crisp(position: f64, width: f64, ratio: f64) -> f64;
    }
    pub mod lesson {
        pub fn tones(samples: &[f32], rate_hz: u32, window_s: f64, span_s: [f64; 2], columns: usize)
        -> Tones;
        pub use layers::LayersSpec;
        options! {
        #[derive (Debug ,
        Clone )]pub struct LayersSpec extends sheet : Sheet {
        group : Option < String > = None ,
        }
        }
        pub fn draw_layers(
            spec: &LayersSpec,
            layers: &[Vec<f64>],
        ) -> Result<(Drawing, Vec<[f64; 2]>), ChartError>;
        pub use llds::LldRow;
        options! {
        #[derive (Debug ,
        Clone )]pub struct LldsSpec extends sheet : Sheet {
        span : [f64 ;
        2 ],
        at : Option < f64 > = None ,
        rows : Vec < LldRow >,
        }
        }
        options! {
        #[derive (Debug ,
        Clone )]pub struct LldRow {
        lld : Lld ,
        top : f64 ,
        height : f64 ,
        }
        }
        pub use llds::LldsSpec;
        pub fn draw_llds(spec: &LldsSpec, lines: &[LldLine]) -> Result<Drawing, ChartError>;
        pub use pitch::PitchSpec;
        options! {
        #[derive (Debug ,
        Clone )]pub struct PitchSpec extends sheet : Sheet {
        span : [f64 ;
        2 ],
        at : Option < f64 > = None ,
        path : bool ,
        }
        }
        pub fn draw_pitch(spec: &PitchSpec, frames: &[PitchFrame]) -> Result<Drawing, ChartError>;
        pub use ranks::RankRow;
        options! {
        #[derive (Debug ,
        Clone )]pub struct RanksSpec extends sheet : Sheet {
        rows : Vec < RankRow >,
        }
        }
        options! {
        #[derive (Debug ,
        Clone )]pub struct RankRow {
        top : f64 ,
        height : f64 ,
        ticks : Vec < f64 >,
        marked : Option < usize > = None ,
        }
        }
        pub use ranks::RanksSpec;
        pub fn draw_ranks(spec: &RanksSpec) -> Result<Drawing, ChartError>;
        pub use spectrum::SpectrumSpec;
        options! {
        #[derive (Debug ,
        Clone )]pub struct SpectrumSpec extends slice : SliceSpec {
        edges_hz as "edgesHz" : [f64 ;
        4 ],
        }
        }
        pub fn draw_spectrum(spec: &SpectrumSpec, frame: &ShortFrame) -> Result<Drawing, ChartError>;
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct Heights {
            pub mean: f64,
            pub percentiles: Option<[f64; 3]>,
        }
        pub use summary::SummarySpec;
        options! {
        #[derive (Debug ,
        Clone )]pub struct SummarySpec extends sheet : Sheet {
        feature : usize ,
        lld_right as "lldRight" : f64 ,
        histogram_left as "histogramLeft" : f64 ,
        }
        }
        pub fn draw_summary(
            spec: &SummarySpec,
            summary: &Summary<'_>,
        ) -> Result<(Drawing, Heights), ChartError>;
        pub use waveform::SliceSpec;
        options! {
        #[derive (Debug ,
        Clone )]pub struct WaveSpec extends sheet : Sheet {
        span : [f64 ;
        2 ],
        at : Option < f64 > = None ,
        windows : Vec < WindowSpec > = Vec :: new (),
        }
        }
        options! {
        #[derive (Debug ,
        Clone )]pub struct WindowSpec {
        kind : WindowKind ,
        middle : f64 ,
        seconds : f64 ,
        strong : bool = false ,
        }
        }
        words! {
        pub enum WindowKind {
        Hamming = "hamming" ,
        Gaussian = "gaussian" ,
        }
        }
        options! {
        #[derive (Debug ,
        Clone )]pub struct SliceSpec extends sheet : Sheet {
        at : f64 ,
        }
        }
        pub use waveform::WaveSpec;
        pub use waveform::WindowKind;
        pub use waveform::WindowSpec;
        pub fn draw_waveform(
            spec: &WaveSpec,
            samples: &[f32],
            rate_hz: u32,
            peak: f64,
        ) -> Result<Drawing, ChartError>;
        pub fn draw_slice(
            spec: &SliceSpec,
            frame: &ShortFrame,
            rate_hz: u32,
            peak: f64,
        ) -> Result<Drawing, ChartError>;
        options! {
        #[derive (Debug ,
        Clone ,
        PartialEq )]pub struct Sheet {
        width : f64 ,
        height : f64 ,
        ratio : f64 ,
        palette : Palette ,
        }
        }
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct Scale {
            // private fields
        }
        impl Scale {
            pub fn new([from, to]: [f64; 2], [begin, end]: [f64; 2]) -> Result<Scale, ChartError>;
            pub fn at(&self, value: f64) -> f64;
            pub fn clamped(&self, value: f64) -> f64;
        }
        pub fn extent(values: impl Iterator<Item = f64>) -> [f64; 2];
        pub fn usual_range(values: &[f32]) -> [f64; 2];
    }
    pub mod mark {
        pub const RIM_PX: f64;
        pub fn dot(drawing: &mut Drawing, mark: EmotionMark, (x, y): Point, ink: Ink);
        pub const PATH_BOX: f64;
        pub fn svg_path(mark: EmotionMark) -> String;
        pub fn diamond(drawing: &mut Drawing, (x, y): Point, palette: &Palette);
        pub const CALM_REACH: f64;
        pub fn triangle(drawing: &mut Drawing, (x, y): Point, reach: f64, palette: &Palette);
        pub fn guide_line(
            drawing: &mut Drawing,
            x: f64,
            (top, bottom): (f64, f64),
            dashed: bool,
            palette: &Palette,
        );
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct NumberedDisc {
            pub radius: f64,
            pub solid: bool,
            pub number: Option<u32>,
            pub beyond: Option<Beyond>,
        }
        pub fn numbered_disc(drawing: &mut Drawing, (x, y): Point, disc: NumberedDisc, palette: &Palette);
        pub fn dot_beyond(drawing: &mut Drawing, at: Point, side: Beyond, ink: Ink);
        pub fn small_disc(drawing: &mut Drawing, at: Point, palette: &Palette);
        pub fn arrow(drawing: &mut Drawing, [tail, head]: [Point; 2], palette: &Palette);
    }
    pub mod palette {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum EmotionMark {
            Anger,
            Happiness,
            Surprise,
            Neutral,
            Sadness,
            Fear,
            Disgust,
            Boredom,
            Calm,
        }
        impl EmotionMark {
            pub const ALL: [EmotionMark; 9];
            pub const fn name(self) -> &'static str;
            pub const fn letter(self) -> char;
            pub fn from_name(name: &str) -> Option<Self>;
        }
        options! {
        #[derive (Debug ,
        Clone ,
        Copy ,
        PartialEq ,
        Eq )]pub struct EmotionColours {
        anger : Rgb ,
        happiness : Rgb ,
        surprise : Rgb ,
        neutral : Rgb ,
        sadness : Rgb ,
        fear : Rgb ,
        disgust : Rgb ,
        boredom : Rgb ,
        calm : Rgb ,
        }
        }
        options! {
        #[derive (Debug ,
        Clone ,
        Copy ,
        PartialEq ,
        Eq )]pub struct Palette {
        paper : Rgb ,
        field : Rgb ,
        mark : Rgb ,
        wash : Rgb ,
        ink : Rgb ,
        ink2 : Rgb ,
        line2 : Rgb ,
        line : Rgb ,
        calm : Rgb ,
        excited as "exc" : Rgb ,
        markline : Rgb ,
        emotions : EmotionColours ,
        }
        }
    }
    pub mod scale {
        options! {
        #[derive (Debug ,
        Clone )]pub struct ScaleSpec extends panel : Panel {
        y : f64 ,
        average : Option < f64 > = None ,
        calm : Option < f64 > = None ,
        marks : Vec < ScaleMark > = Vec :: new (),
        guides : Vec < Guide > = Vec :: new (),
        hatched : bool = false ,
        }
        }
        options! {
        #[derive (Debug ,
        Clone )]pub struct ScaleMark {
        score : f64 ,
        interval : Option < [f64 ;
        2 ]> = None ,
        style : MarkStyle ,
        number : Option < u32 > = None ,
        }
        }
        words! {
        pub enum MarkStyle {
        Current = "current" ,
        Start = "start" ,
        Unlike = "unlike" ,
        }
        }
        pub fn draw(spec: &ScaleSpec) -> Result<Drawing, ChartError>;
    }
    pub mod shape {
        pub const UNITS_PER_PX: u32;
        pub type Point = (f64, f64);
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct Ink {
            pub colour: Rgb,
            pub alpha: f64,
        }
        impl Ink {
            pub const fn opaque(colour: Rgb) -> Self;
        }
        impl From<Rgb> for Ink {}
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct Lettering {
            pub size: f64,
            pub face: Face,
            pub anchor: Anchor,
        }
        words! {
        pub enum Face {
        Sans = "sans" ,
        SansBold = "sans-bold" ,
        Serif = "serif" ,
        SerifItalic = "serif-italic" ,
        }
        }
        words! {
        pub enum Anchor {
        Start = "start" ,
        Middle = "middle" ,
        End = "end" ,
        }
        }
        #[derive(Debug, Clone, PartialEq)]
        pub enum Shape {
            Area { points: Vec<Point>, ink: Ink },
            Line { points: Vec<Point>, closed: bool, width: f64, ink: Ink },
            Disc { centre: Point, radius: f64, ink: Ink },
            Ring { centre: Point, radius: f64, width: f64, ink: Ink },
            Text { at: Point, text: String, lettering: Lettering, ink: Ink },
        }
        #[derive(Debug, Clone, PartialEq)]
        pub struct Drawing {
            pub width: f64,
            pub height: f64,
            pub shapes: Vec<Shape>,
        }
        impl Drawing {
            pub fn new(width: f64, height: f64) -> Self;
            pub fn size_in_units(&self) -> (u32, u32);
            pub fn size_in_device_px(&self, ratio: f64) -> (u32, u32);
            pub fn area(&mut self, points: Vec<Point>, ink: impl Into<Ink>);
            pub fn rectangle(&mut self, (left, top): Point, (right, bottom): Point, ink: impl Into<Ink>);
            pub fn line(&mut self, points: Vec<Point>, width: f64, ink: impl Into<Ink>);
            pub fn outline(&mut self, points: Vec<Point>, width: f64, ink: impl Into<Ink>);
            pub fn disc(&mut self, centre: Point, radius: f64, ink: impl Into<Ink>);
            pub fn ring(&mut self, centre: Point, radius: f64, width: f64, ink: impl Into<Ink>);
            pub fn text(
                &mut self,
                at: Point,
                text: impl Into<String>,
                lettering: Lettering,
                ink: impl Into<Ink>,
            );
            pub fn dashes(
                &mut self,
                from: Point,
                to: Point,
                (on, off): (f64, f64),
                width: f64,
                ink: impl Into<Ink>,
            );
            pub fn append(&mut self, other: Drawing, (dx, dy): Point);
        }
        pub fn device_px_per_unit(ratio: f64) -> f64;
        pub fn paint<DB: DrawingBackend>(drawing: &Drawing, backend: DB) -> Result<(), ChartError>;
    }
    pub mod sound_picture {
        pub const ROWS: usize;
        pub const HOP: usize;
        pub const TONES: u8;
        pub const RANGE_DB: f64;
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Tones {
            pub columns: usize,
            pub rows: usize,
            pub tones: Vec<u8>,
        }
        #[derive(Debug, Clone, Default)]
        pub struct Overview {
            // private fields
        }
        impl Overview {
            pub fn tones(&self) -> Tones;
        }
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct View {
            pub start: usize,
            pub first: usize,
            pub tones: Tones,
            pub loudest: u8,
        }
        #[derive(Debug)]
        pub struct SoundPicture {
            // private fields
        }
        impl SoundPicture {
            pub fn new() -> Self;
            pub fn columns(&self) -> usize;
            pub fn draw(&mut self, samples: &[f32], finished: bool, most: usize) -> bool;
            pub fn step(&mut self, samples: &[f32]) -> f64;
            pub fn view(&self, room: usize, paged: bool, painted: usize, loudest: u8) -> View;
            pub fn every_column(&self) -> Tones;
            pub fn whole(&self) -> Tones;
            pub fn step_overview(&self, overview: &mut Overview) -> f64;
            pub fn tones(&self, first: usize, count: usize) -> Vec<u8>;
        }
        impl Default for SoundPicture {}
        pub fn pitch_of_columns(
            speech_start: usize,
            f0_hz: &[f32],
            columns: std::ops::Range<usize>,
        ) -> Vec<f32>;
        pub fn frame_of_column(column: usize) -> usize;
        pub fn start_of_frame(frame: usize) -> usize;
    }
    pub mod svg {
        options! {
        #[derive (Debug ,
        Clone ,
        PartialEq ,
        Eq )]pub struct Caption {
        title : String = String :: new (),
        description : String = String :: new (),
        }
        }
        pub fn render(drawing: &Drawing, caption: &Caption) -> Result<String, ChartError>;
        pub fn is_xml(character: char) -> bool;
    }
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Rgb(pub u8, pub u8, pub u8);
    impl Rgb {
        pub fn parse(text: &str) -> Result<Self, ChartError>;
    }
    impl Value for Rgb {}
    impl fmt::Display for Rgb {}
    pub trait Declared {
        const TYPESCRIPT: &'static str;
    }
    pub trait Source: Sized {
        #[doc = " What the caller is told when something does not fit."]
        type Error: From<ChartError>;
        fn is_object(&self) -> bool;
        fn field(&self, name: &str) -> Option<Self>;
        fn items(&self) -> Option<Vec<Self>>;
        fn number(&self) -> Option<f64>;
        fn text(&self) -> Option<String>;
        fn truth(&self) -> Option<bool>;
    }
    pub trait Value: Sized {
        const WANTED: &'static str;
        fn read<S: Source>(source: &S, name: &'static str) -> Result<Self, S::Error>;
    }
    pub use panel::Guide;
    options! {
    #[derive (Debug ,
    Clone ,
    PartialEq )]pub struct Panel {
    width : f64 ,
    height : f64 ,
    ratio : f64 ,
    axis : Axis ,
    palette : Palette ,
    }
    }
    options! {
    #[derive (Debug ,
    Clone ,
    Copy ,
    PartialEq )]pub struct Guide {
    score : f64 ,
    dashed : bool = false ,
    }
    }
    pub use panel::Panel;
    #[derive(Debug, Clone, PartialEq, thiserror :: Error, serde :: Serialize)]
    #[non_exhaustive]
    pub enum ChartError {
        BadNumber { field: &'static str, value: f64 },
        BadOption { field: &'static str, wanted: &'static str },
        BadColour { text: String },
        BadCloud,
        Backend { message: String },
    }
    impl ChartError {
        pub const fn code(&self) -> &'static str;
    }
}
pub mod lesson {
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct PitchCandidate {
        pub f0_hz: f64,
        pub is_voiced: bool,
    }
    #[derive(Debug, Clone, PartialEq)]
    pub struct PitchFrame {
        pub middle_s: f64,
        pub f0_hz: f64,
        pub candidates: Vec<PitchCandidate>,
    }
    #[derive(Debug, Clone, PartialEq)]
    pub struct ShortFrame {
        pub slice: Slice,
        pub bin_hz: f64,
        pub loudest: f64,
    }
    #[derive(Debug, Clone, PartialEq)]
    pub struct Summary<'a> {
        pub values: &'a [f32],
        pub skips_zeros: bool,
        pub mean: f32,
        pub spread: Option<f32>,
        pub percentiles: Option<[f32; 3]>,
    }
    impl Summary<'_> {
        pub fn gapped(&self) -> Vec<f32>;
        pub fn counted(&self) -> impl Iterator<Item = f32> + '_;
    }
    pub fn means() -> impl Iterator<Item = usize>;
    #[derive(Debug, Clone, PartialEq)]
    pub struct Lesson {
        pub region: Region,
        pub speech: Vec<f32>,
        pub features: Features,
        pub trace: Trace,
    }
    impl Lesson {
        pub fn lld(&self, lld: Lld) -> Vec<f32>;
        pub fn lld_line(&self, lld: Lld, at_s: Option<f64>) -> LldLine;
        pub fn value(&self, lld: Lld, frame: usize) -> f32;
        pub fn frame_at(&self, lld: Lld, at_s: f64) -> usize;
        pub fn values_at(&self, at_s: f64) -> [f32; LLD_COUNT];
        pub fn seconds(&self) -> f64;
    }
    impl Lesson {
        pub fn pitch_lines(&self) -> [&[f32]; 2];
        pub fn octave_leaps(&self) -> [usize; 2];
        pub fn pitch_at(&self, at_s: f64) -> [f32; 2];
        pub fn pitch_frames(&self, span_s: [f64; 2], path: bool) -> Vec<PitchFrame>;
    }
    impl Lesson {
        pub fn peak(&self) -> f64;
        pub fn short_frame_at(&self, at_s: f64) -> ShortFrame;
    }
    impl Lesson {
        pub fn summary(&self, mean: usize) -> Option<Summary<'_>>;
    }
    #[derive(Debug, Clone, PartialEq)]
    pub struct LldLine {
        pub values: Vec<f32>,
        pub start_s: f64,
        pub step_s: f64,
        pub marked: Option<usize>,
    }
    #[derive(Debug)]
    pub struct Preparation {
        // private fields
    }
    impl Preparation {
        pub fn new(samples: &[f32]) -> Result<Preparation, AnalysisError>;
        pub fn step(&mut self) -> Result<f64, AnalysisError>;
        pub fn finish(mut self) -> Result<Lesson, AnalysisError>;
    }
    pub fn frame_middle_s(lld: Lld) -> f64;
}
pub mod model {
    pub mod half {
        pub fn to_f32(half: u16) -> f32;
        pub fn from_f32(value: f32) -> u16;
        pub fn exactly(value: f32) -> Option<u16>;
    }
    pub mod order {
        pub const ALIKE_BELOW: f64;
        pub const MUCH_FROM: f64;
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        pub struct Order {
            pub speech_s: [f64; KNOTS],
            pub slopes: [f64; KNOTS],
            pub speakers: u32,
            pub pairs: u32,
            pub method: String,
        }
        impl Order {
            pub fn slope(&self, speech_s: f64) -> f64;
            pub fn probability(&self, distance: f64, shorter_speech_s: f64) -> f64;
            pub fn estimate(&self, one: f64, other: f64, shorter_speech_s: f64) -> OrderEstimate;
        }
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
        pub enum OrderVerdict {
            Alike,
            More,
            Much,
        }
        impl OrderVerdict {
            pub const ALL: [OrderVerdict; 3];
            pub const fn name(self) -> &'static str;
            pub fn of(probability: f64) -> OrderVerdict;
        }
        #[derive(Debug, Clone, Copy, PartialEq, Serialize)]
        pub struct OrderEstimate {
            pub probability: f64,
            pub verdict: OrderVerdict,
        }
    }
    pub fn built_in(objective: Objective) -> Result<Model, ModelError>;
    pub const fn built_in_bytes(objective: Objective) -> &'static [u8];
    #[derive(Debug, thiserror :: Error)]
    #[non_exhaustive]
    pub enum ContainerError {
        TooShort { bytes: usize },
        HeaderLength { length: u64, bytes: usize },
        Header(serde_json::Error),
        TooLarge { name: String },
        UnknownType { name: String, dtype: String },
        Begin { name: String, begin: u32, expected: u32 },
        End { name: String, end: u32 },
        Data { tensors: u32, data: usize },
    }
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    pub enum ElementType {
        U8,
        U16,
        F16,
        F32,
    }
    impl ElementType {
        pub const fn name(self) -> &'static str;
    }
    #[derive(Debug, thiserror :: Error)]
    #[non_exhaustive]
    pub enum ModelError {
        Container(ContainerError),
        Packed { what: &'static str },
        NoMetadata,
        Metadata(serde_json::Error),
        Format { expected: u32, actual: u32 },
        Catalogue { expected: String, actual: String },
        Value { name: &'static str, expected: &'static str, actual: f64 },
        MissingTensor { name: String },
        UnexpectedTensor { name: String },
        Type { name: String, expected: ElementType, actual: String },
        Shape { name: String, expected: Vec<usize>, actual: Vec<usize> },
        NotFinite { name: String, index: usize },
        Scale { index: usize, actual: f32 },
        Quantiles { index: usize },
        Index { name: &'static str, index: usize, actual: usize, count: usize },
    }
    impl ModelError {
        pub fn code(&self) -> &'static str;
    }
    #[derive(Debug, Clone, PartialEq)]
    pub struct Evaluation {
        pub latent: [f64; LATENT_COUNT],
        pub activation: f64,
        pub limited: Vec<usize>,
        pub reconstruction_error: f64,
        pub feature_distance: f64,
        pub unlike_reference: bool,
        pub interval: [f64; 2],
    }
    #[derive(Debug, Clone, PartialEq)]
    pub struct Model {
        // private fields
    }
    impl Model {
        pub fn info(&self) -> &ModelInfo;
        pub fn training_voices(&self) -> &TrainingVoices;
        pub fn quantiles(&self) -> &Quantiles;
        pub fn trained_on(&self) -> &Fingerprints;
        pub fn network(&self) -> &Network;
        pub fn scaler(&self) -> &Scaler;
        pub fn baseline(&self) -> f64;
        pub fn standardise(&self, features: &[f32; FEATURE_COUNT]) -> ModelInput;
        pub fn score(&self, latent: &[f64; LATENT_COUNT]) -> f64;
        pub fn evaluate(&self, features: &[f32; FEATURE_COUNT]) -> Evaluation;
        pub fn interval(&self, activation: f64, circumstances: Option<&Circumstances>) -> [f64; 2];
    }
    impl Model {
        pub fn shifted(
            &self,
            features: &[f32; FEATURE_COUNT],
            shifts: &[f64; FEATURE_COUNT],
        ) -> [f64; FEATURE_COUNT];
        pub fn layer_activations(
            &self,
            features: &[f32; FEATURE_COUNT],
            shifts: &[f64; FEATURE_COUNT],
        ) -> LayerActivations;
    }
    impl Model {
        pub fn from_packed(shared: &[u8], own: &[u8]) -> Result<Model, ModelError>;
    }
    impl Model {
        pub fn from_bytes(bytes: &[u8]) -> Result<Model, ModelError>;
        pub fn from_parts(
            info: ModelInfo,
            scaler: Scaler,
            network: Network,
            training_voices: TrainingVoices,
            quantiles: Quantiles,
        ) -> Result<Model, ModelError>;
        pub fn with_trained_on(self, trained_on: Fingerprints) -> Result<Model, ModelError>;
        pub fn to_bytes(&self) -> Result<Vec<u8>, ModelError>;
    }
    #[derive(Debug, Clone, PartialEq)]
    pub struct ModelInput {
        pub z: [f64; FEATURE_COUNT],
        pub limited: Vec<usize>,
    }
    pub const FINGERPRINT_BYTES: usize;
    pub type Fingerprint = [u8; FINGERPRINT_BYTES];
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct Fingerprints {
        // private fields
    }
    impl Fingerprints {
        pub fn of<'a>(recordings: impl IntoIterator<Item = &'a [f32; FEATURE_COUNT]>) -> Fingerprints;
        pub fn contains(&self, features: &[f32; FEATURE_COUNT]) -> bool;
        pub fn as_slice(&self) -> &[Fingerprint];
    }
    impl FromIterator<Fingerprint> for Fingerprints {}
    pub fn fingerprint(features: &[f32; FEATURE_COUNT]) -> Fingerprint;
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub struct Circumstances {
        pub speech_s: f64,
        pub snr_db: Option<f64>,
    }
    impl From<&SignalReport> for Circumstances {}
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub struct HalfWidths {
        pub speech_s: [f64; KNOTS],
        pub clean: [f64; KNOTS],
        pub noisy: [f64; KNOTS],
        pub noisy_below_snr_db: f64,
        pub residuals: [[u32; KNOTS]; 2],
    }
    impl HalfWidths {
        pub fn is_noisy(&self, circumstances: &Circumstances) -> bool;
        pub fn at(&self, circumstances: &Circumstances) -> f64;
    }
    pub const KNOTS: usize;
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum Architecture {
        Dae,
        Vae,
    }
    impl Architecture {
        pub const ALL: [Architecture; 2];
        pub const fn name(self) -> &'static str;
    }
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct CorpusInfo {
        pub id: String,
        pub name: String,
        pub language: String,
        pub licence: String,
        pub labels: LabelOrigin,
        pub utterances: u32,
        pub speakers: u32,
    }
    pub const FORMAT_VERSION: u32;
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub struct Interval {
        pub level: f64,
        pub lower: f64,
        pub upper: f64,
        pub method: String,
        pub residuals: u32,
        pub half_widths: Option<HalfWidths>,
    }
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
    pub enum LabelOrigin {
        Human,
        Category,
        Reading,
    }
    impl LabelOrigin {
        pub const fn name(self) -> &'static str;
    }
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub struct ModelInfo {
        pub format: u32,
        pub catalogue: String,
        pub objective: Objective,
        pub architecture: Architecture,
        pub readout: [f64; LATENT_COUNT],
        pub offset: f64,
        pub limit: f64,
        pub interval: Interval,
        pub novelty: Novelty,
        pub order: Option<Order>,
        pub corpora: Vec<CorpusInfo>,
        pub emotions: Vec<String>,
        pub speakers: Vec<String>,
        pub provenance: Provenance,
        pub hash: String,
    }
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub struct Novelty {
        pub quantile: f64,
        pub reconstruction_error: f64,
        pub feature_distance: f64,
    }
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
    pub enum Objective {
        Unsupervised,
        MetricCluster,
        MetricAct,
        MetricVal,
    }
    impl Objective {
        pub const ALL: [Objective; 4];
        pub const fn name(self) -> &'static str;
        pub const fn has_own_score(self) -> bool;
        pub fn from_name(name: &str) -> Option<Objective>;
    }
    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub struct Provenance {
        pub name: String,
        pub seed: u64,
        pub epochs: u32,
        pub date: String,
        pub commit: String,
        pub version: String,
    }
    #[derive(Debug, Clone, PartialEq)]
    pub struct LayerActivations {
        pub layers: Vec<Vec<f64>>,
        pub latent: [f64; LATENT_COUNT],
        pub activation: f64,
    }
    impl LayerActivations {
        pub fn relative_to_average(&self, model: &Model) -> Vec<Vec<f64>>;
    }
    pub const LATENT_COUNT: usize;
    #[derive(Debug, Clone, PartialEq)]
    pub struct Layer {
        pub weight: Array2<f64>,
        pub bias: Array1<f64>,
        pub rectify: bool,
    }
    impl Layer {
        pub fn zeros(inputs: usize, outputs: usize, rectify: bool) -> Layer;
        pub fn pre_activation(&self, input: &[f64]) -> Vec<f64>;
        pub fn forward(&self, input: &[f64]) -> Vec<f64>;
    }
    #[derive(Debug, Clone, PartialEq)]
    pub struct Network {
        pub encoder: Vec<Layer>,
        pub decoder: Vec<Layer>,
    }
    impl Network {
        pub fn activations(&self, z: &[f64]) -> Vec<Vec<f64>>;
    }
    impl Network {
        pub fn zeros() -> Network;
        pub fn encode(&self, z: &[f64]) -> [f64; LATENT_COUNT];
        pub fn decode(&self, latent: &[f64; LATENT_COUNT]) -> Vec<f64>;
        pub fn round_to_f32(&mut self);
        pub fn round_to_f16(layers: &mut [Layer]);
    }
    pub const WIDTHS: [usize; 5];
    pub use order::Order;
    pub use order::OrderEstimate;
    pub use order::OrderVerdict;
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct PackedModels {
        pub shared: Vec<u8>,
        pub own: Vec<Vec<u8>>,
    }
    pub fn pack(models: &[Model]) -> Result<PackedModels, ModelError>;
    #[derive(Debug, Clone, Copy, PartialEq, Eq, serde :: Serialize)]
    pub enum MapAxis {
        Score,
        Valence,
        Free,
    }
    impl MapAxis {
        pub const ALL: [MapAxis; 3];
        pub const fn name(self) -> &'static str;
    }
    #[derive(Debug, Clone, PartialEq)]
    pub struct MapProjection {
        pub axis: MapAxis,
        pub across: Latent,
        pub up: Latent,
        pub centre: f64,
        pub step: f64,
        pub arrow: Option<[[f64; 2]; 2]>,
        // private fields
    }
    impl MapProjection {
        pub fn of(model: &Model) -> MapProjection;
    }
    impl MapProjection {
        pub fn place(&self, latent: Latent) -> [f64; 2];
        pub fn places(&self, latents: &[[f32; 2]]) -> (Vec<f32>, Vec<f32>);
    }
    pub const QUANTILE_COUNT: usize;
    #[derive(Debug, Clone, PartialEq)]
    pub struct Quantiles {
        pub values: Vec<[f32; QUANTILE_COUNT]>,
    }
    impl Quantiles {
        pub fn of(columns: &[Vec<f32>]) -> Quantiles;
        pub fn rank(&self, feature: usize, value: f32) -> Option<f64>;
        pub fn ranks(&self, features: &[f32; FEATURE_COUNT]) -> [Option<f64>; FEATURE_COUNT];
    }
    #[derive(Debug, Clone, PartialEq)]
    pub struct Scaler {
        pub mean: Vec<f32>,
        pub scale: Vec<f32>,
    }
    impl Scaler {
        pub fn standardise(&self, index: usize, value: f32) -> f64;
    }
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct TrainingVoices {
        pub latent: Vec<[f32; LATENT_COUNT]>,
        pub activation: Vec<f32>,
        pub emotion: Vec<u8>,
        pub corpus: Vec<u8>,
        pub speaker: Vec<u16>,
    }
    impl TrainingVoices {
        pub fn len(&self) -> usize;
        pub fn is_empty(&self) -> bool;
    }
}
#[cfg(all(target_arch = "wasm32", feature = "web"))]
pub mod web {
    #[derive(Debug)]
    pub struct Analyser {
        // private fields
    }
    impl Analyser {
        pub fn new(take: &Take) -> Result<Analyser, JsValue>;
        pub fn part(
            take: &Take,
            # [wasm_bindgen (js_name = startS)] start_s: f64,
            # [wasm_bindgen (js_name = endS)] end_s: f64,
            # [wasm_bindgen (js_name = isWindow)] is_window: bool,
        ) -> Result<Analyser, JsValue>;
        pub fn step(&mut self, # [wasm_bindgen (js_name = maxMs)] max_ms: f64) -> Result<f64, JsValue>;
        pub fn levelled(&self) -> Result<JsValue, JsValue>;
        pub fn measures(&self) -> Result<JsValue, JsValue>;
        pub fn picture(&self) -> Result<JsValue, JsValue>;
    }
    pub fn catalogue() -> Result<JsValue, JsValue>;
    pub fn chart_svg(
        #[wasm_bindgen(unchecked_param_type = "\"scale\" | \"embedding\" | \"contributions\" | \"figure\"")]
        kind: &str,
        model: &Model,
        #[wasm_bindgen(
            unchecked_param_type = "(ScaleSpec | EmbeddingSpec | ContributionsSpec | FigureSpec) & Caption"
        )]
        spec: JsValue,
    ) -> Result<String, JsValue>;
    pub fn draw_contributions(
        canvas: HtmlCanvasElement,
        #[wasm_bindgen(unchecked_param_type = "ContributionsSpec")] spec: JsValue,
    ) -> Result<(), JsValue>;
    pub fn draw_embedding(
        canvas: HtmlCanvasElement,
        model: &Model,
        #[wasm_bindgen(unchecked_param_type = "EmbeddingSpec")] spec: JsValue,
    ) -> Result<JsValue, JsValue>;
    pub fn draw_scale(
        canvas: HtmlCanvasElement,
        #[wasm_bindgen(unchecked_param_type = "ScaleSpec")] spec: JsValue,
    ) -> Result<(), JsValue>;
    pub fn draw_ranks(
        canvas: HtmlCanvasElement,
        #[wasm_bindgen(unchecked_param_type = "RanksSpec")] spec: JsValue,
    ) -> Result<(), JsValue>;
    #[derive(Debug)]
    pub struct Lesson {
        // private fields
    }
    impl Lesson {
        pub fn new(take: &Take) -> Result<Lesson, JsValue>;
        pub fn step(&mut self, # [wasm_bindgen (js_name = maxMs)] max_ms: f64) -> Result<f64, JsValue>;
        pub fn seconds(&self) -> Result<f64, JsValue>;
        pub fn features(&self) -> Result<Float32Array, JsValue>;
        pub fn picture(&self) -> Result<JsValue, JsValue>;
        pub fn leaps(&self) -> Result<Vec<u32>, JsValue>;
        pub fn pitch_at(&self, at: f64) -> Result<Vec<f32>, JsValue>;
        pub fn values_at(&self, at: f64) -> Result<Float32Array, JsValue>;
        pub fn summaries() -> Vec<u32>;
    }
    impl Lesson {
        pub fn close_up(
            &self,
            from: f64,
            to: f64,
            # [wasm_bindgen (js_name = windowSeconds)] window_s: f64,
            columns: usize,
        ) -> Result<JsValue, JsValue>;
        pub fn draw_wave(
            &self,
            canvas: HtmlCanvasElement,
            #[wasm_bindgen(unchecked_param_type = "WaveSpec")] spec: JsValue,
        ) -> Result<(), JsValue>;
        pub fn draw_slice(
            &self,
            canvas: HtmlCanvasElement,
            #[wasm_bindgen(unchecked_param_type = "SliceSpec")] spec: JsValue,
        ) -> Result<(), JsValue>;
        pub fn draw_spectrum(
            &self,
            canvas: HtmlCanvasElement,
            #[wasm_bindgen(unchecked_param_type = "SpectrumSpec")] spec: JsValue,
        ) -> Result<Vec<f64>, JsValue>;
        pub fn draw_pitch(
            &self,
            canvas: HtmlCanvasElement,
            #[wasm_bindgen(unchecked_param_type = "PitchSpec")] spec: JsValue,
        ) -> Result<(), JsValue>;
        pub fn draw_llds(
            &self,
            canvas: HtmlCanvasElement,
            #[wasm_bindgen(unchecked_param_type = "LldsSpec")] spec: JsValue,
        ) -> Result<(), JsValue>;
        pub fn draw_summary(
            &self,
            canvas: HtmlCanvasElement,
            #[wasm_bindgen(unchecked_param_type = "SummarySpec")] spec: JsValue,
        ) -> Result<JsValue, JsValue>;
    }
    #[derive(Debug)]
    pub struct Model {
        // private fields
    }
    impl Model {
        pub fn draw_layers(
            &self,
            canvas: HtmlCanvasElement,
            features: &[f32],
            shifts: &[f64],
            #[wasm_bindgen(unchecked_param_type = "LayersSpec")] spec: JsValue,
        ) -> Result<JsValue, JsValue>;
    }
    impl Model {
        pub fn new(shared: &[u8], own: &[u8]) -> Result<Model, JsValue>;
        pub fn info(&self) -> Result<JsValue, JsValue>;
        pub fn cloud(&self) -> Result<JsValue, JsValue>;
        pub fn density_class(&self, score: f64, other: f64) -> Result<JsValue, JsValue>;
        pub fn natural_height(
            &self,
            #[wasm_bindgen(unchecked_param_type = "Axis")] axis: JsValue,
            recordings: Option<Vec<f64>>,
        ) -> Result<f64, JsValue>;
        pub fn order(&self, one: f64, other: f64, shorter_speech_s: f64) -> Result<JsValue, JsValue>;
        pub fn ranks(&self, features: &[f32]) -> Result<JsValue, JsValue>;
        pub fn predict(
            &self,
            features: &[f32],
            speech_s: Option<f64>,
            snr_db: Option<f64>,
        ) -> Result<JsValue, JsValue>;
        pub fn compare(&self, start: Option<Vec<f32>>, features: &[f32]) -> Result<JsValue, JsValue>;
    }
    #[derive(Debug)]
    pub struct PartPicture {
        // private fields
    }
    impl PartPicture {
        pub fn new(
            take: &Take,
            # [wasm_bindgen (js_name = startS)] start_s: f64,
            # [wasm_bindgen (js_name = endS)] end_s: f64,
        ) -> PartPicture;
        pub fn step(
            &mut self,
            take: &Take,
            # [wasm_bindgen (js_name = maxMs)] max_ms: f64,
        ) -> Result<f64, JsValue>;
        pub fn tones(&self) -> JsValue;
    }
    #[derive(Debug)]
    pub struct Take {
        // private fields
    }
    impl Take {
        pub fn new(# [wasm_bindgen (js_name = rateHz)] rate_hz: f64) -> Result<Take, JsValue>;
        pub fn expect(&mut self, seconds: f64) -> Result<(), JsValue>;
        pub fn push(&mut self, chunk: &[f32]) -> Result<(), JsValue>;
        pub fn close(&mut self);
        pub fn seconds(&self) -> f64;
        pub fn samples(&self) -> Float32Array;
        pub fn samples_between(
            &self,
            # [wasm_bindgen (js_name = startS)] start_s: f64,
            # [wasm_bindgen (js_name = endS)] end_s: f64,
        ) -> Float32Array;
        pub fn wav_piece(&self, number: usize) -> Uint8Array;
        pub fn live_view(
            &mut self,
            room: usize,
            paged: bool,
            painted: usize,
            loudest: u8,
        ) -> Result<JsValue, JsValue>;
    }
}
pub use egemaps;
#[derive(Debug, thiserror :: Error)]
#[non_exhaustive]
pub enum ScoreError {
    Analysis(AnalysisError),
    Model(ModelError),
}
impl From<AudioError> for ScoreError {}
pub fn score(samples: &[f32], rate_hz: u32) -> Result<Analysis, ScoreError>;
pub const VERSION: &str;
