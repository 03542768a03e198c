//! Why a file cannot be decoded: what it is, and what to do. No words of a library reach a person.

use serde::Serialize;
use undertone::audio::pcm::{MissingEnd, PcmError};
use undertone::audio::sniff::Kind;

use crate::io::reason::reason;

/// Why a file could not be decoded. Says what happened and what to do; the file's name is the caller's to add.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// The file system refused.
    #[error("it cannot be opened ({}): check the path", reason(.0))]
    Open(#[from] std::io::Error),
    /// The reader of uncompressed sound refused.
    #[error(transparent)]
    Pcm(#[from] PcmError),
    /// There are no bytes.
    #[error("it is empty, not one byte: copy it again")]
    Empty,
    /// It is no sound file.
    #[error("it is {what}, not a sound file: name the recording itself")]
    NotSound {
        /// What it is.
        what: &'static str,
    },
    /// The bytes begin like nothing that is known.
    #[error("it is not a sound file that can be read: if it is one, convert it with `ffmpeg -i IN OUT.wav`")]
    UnknownFormat,
    /// A known format that is not read.
    #[error("{}", unread(name))]
    Unread {
        /// Its name, or what of it is not read.
        name: &'static str,
    },
    /// There is a header and no sound.
    #[error("there is no sound in it, only a header: export it again")]
    NoSamples,
    /// A film without sound.
    #[error("it has pictures but no sound: name a file with sound")]
    NoSoundTrack,
    /// The file ends early.
    #[error("the file is cut off{}: copy or export it again", how_far(*.0))]
    Truncated(CutOff),
    /// More sound than is wanted.
    #[error(
        "it holds more than {} of sound: if that is right, take more with --max-duration, or cut the file into parts",
        length(*max_s)
    )]
    TooLong {
        /// How much is taken, in seconds.
        max_s: f64,
    },
    /// There is not enough memory.
    #[error(
        "there is not enough memory for its sound: cut it into parts, or take fewer files at a time with --jobs 1"
    )]
    Memory,
    /// The bytes contradict themselves.
    #[error("the file is damaged{}: copy or export it again", after(*present_s))]
    Damaged {
        /// How much sound could be decoded, in seconds.
        present_s: f64,
    },
    /// Sounds were joined that are not of one kind.
    #[error(
        "it holds several sounds one after another, of different rates or numbers of channels: cut it into a file for each, \
         or convert it with `ffmpeg -i IN OUT.wav`"
    )]
    Several,
    /// The decoder gave up on it.
    #[error("its bytes are such that the decoder failed: convert it with `ffmpeg -i IN OUT.wav`")]
    Failed,
}

/// Where a file was cut off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CutOff {
    /// How much sound could be decoded, in seconds; 0 if none could.
    pub present_s: f64,
    /// How much the file declares, in seconds, if it says so; more than there is.
    pub declared_s: Option<f64>,
}

/// Sound that is missing in the middle of a file; silence stands in its place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Damage {
    /// Where the first of it is missing, in seconds.
    pub at_s: f64,
    /// How much is missing in all, in seconds; of streams of frames an estimate.
    pub missing_s: f64,
}

/// `at 1.25 s, 0.060 s missing`.
impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Damage { at_s, missing_s } = *self;
        write!(f, "at {at_s:.2} s, {missing_s:.3} s missing")
    }
}

impl From<MissingEnd> for CutOff {
    fn from(MissingEnd { present_s, declared_s }: MissingEnd) -> CutOff {
        CutOff { present_s, declared_s: Some(declared_s) }
    }
}

/// `after 1.25 s of 2.00 s`, or as much of it as is known; empty if nothing is.
impl std::fmt::Display for CutOff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let CutOff { present_s, declared_s } = *self;
        match declared_s {
            Some(declared_s) => write!(f, "after {}", MissingEnd { present_s, declared_s }),
            None if present_s > 0.0 => write!(f, "after {present_s:.2} s"),
            None => Ok(()),
        }
    }
}

/// Names of films, whose sound may be anything.
const FILMS: [&str; 3] = ["an AVI film", "a Flash film", "an MPEG film"];
/// The sound is locked.
pub(super) const ENCRYPTED: &str = "encrypted";
/// Neither the container nor the decoder knows it.
pub(super) const NOT_KNOWN: &str = "of a kind that is not known here";
/// The container is of a kind that is read, and has something rare.
pub(super) const ODD_CONTAINER: &str = "stored in a rare form of its container that is not read";
/// The same of the codec.
pub(super) const ODD_CODEC: &str = "stored in a rare form of its codec that is not read";

/// Names of codecs that several readers refuse.
pub(super) const AAC_OF_A_RARE_KIND: &str =
    "AAC of a rare kind (another profile than LC, or more than two channels)";
pub(super) const SPEEX: &str = "Speex";
pub(super) const LAYER_I: &str = "MPEG audio, layer I";
pub(super) const MP2_BIT_RATE: &str =
    "MP2 of a bit rate that the standard keeps for another number of channels";

/// What is said of what is not read.
fn unread(name: &str) -> String {
    const CONVERT: &str = "convert it with `ffmpeg -i IN OUT.wav`";
    match name {
        ENCRYPTED => "the sound in it is encrypted: name a copy without protection".to_owned(),
        NOT_KNOWN | ODD_CONTAINER | ODD_CODEC => format!("the sound in it is {name}: {CONVERT}"),
        film if FILMS.contains(&film) => format!("it is {film}, whose sound is not read: {CONVERT}"),
        _ => format!("the sound in it is {name}, which is not read: {CONVERT}"),
    }
}

fn how_far(cut: CutOff) -> String {
    // Of a container whose index is missing, nobody knows whether there is sound.
    if cut.present_s == 0.0 && cut.declared_s.is_some() {
        return " before its sound begins".to_owned();
    }
    let text = cut.to_string();
    if text.is_empty() { text } else { format!(" {text}") }
}

fn after(present_s: f64) -> String {
    if present_s > 0.0 { format!(" after {present_s:.2} s") } else { String::new() }
}

fn length(seconds: f64) -> String {
    if seconds < 3_600.0 { format!("{seconds} s") } else { format!("{} h", (seconds / 36.0).round() / 100.0) }
}

/// All kinds that are not read.
#[cfg(test)]
pub(super) const REFUSED: [Kind; 25] = [
    Kind::OggSpeex,
    Kind::Amr,
    Kind::Asf,
    Kind::Adif,
    Kind::Ac3,
    Kind::Dts,
    Kind::Dsd,
    Kind::Ape,
    Kind::WavPack,
    Kind::Musepack,
    Kind::Tta,
    Kind::Sphere,
    Kind::Voc,
    Kind::Silk,
    Kind::RealMedia,
    Kind::Gsm,
    Kind::Avi,
    Kind::Flv,
    Kind::MpegVideo,
    Kind::Midi,
    Kind::Image,
    Kind::Pdf,
    Kind::Archive,
    Kind::Text,
    Kind::Zeros,
];

/// Why files of a kind are not read; none of kinds that are.
pub(super) fn refusal(kind: Kind) -> Option<DecodeError> {
    let unread = |name| Some(DecodeError::Unread { name });
    let not_sound = |what| Some(DecodeError::NotSound { what });
    match kind {
        Kind::Wav | Kind::Aiff | Kind::Caf | Kind::Au => None,
        Kind::Flac | Kind::Mp3 | Kind::Aac | Kind::Mp4 | Kind::Webm => None,
        Kind::OggVorbis | Kind::OggOpus | Kind::OggFlac | Kind::OggOther => None,
        Kind::OggSpeex => unread("Speex"),
        Kind::Amr => unread("AMR"),
        Kind::Asf => unread("WMA"),
        Kind::Adif => unread("AAC in ADIF"),
        Kind::Ac3 => unread("AC-3"),
        Kind::Dts => unread("DTS"),
        Kind::Dsd => unread("DSD"),
        Kind::Ape => unread("Monkey’s Audio"),
        Kind::WavPack => unread("WavPack"),
        Kind::Musepack => unread("Musepack"),
        Kind::Tta => unread("True Audio"),
        Kind::Sphere => unread("NIST SPHERE"),
        Kind::Voc => unread("Creative Voice"),
        Kind::Silk => unread("SILK"),
        Kind::RealMedia => unread("RealAudio"),
        Kind::Gsm => unread("GSM 6.10"),
        Kind::Avi => unread("an AVI film"),
        Kind::Flv => unread("a Flash film"),
        Kind::MpegVideo => unread("an MPEG film"),
        Kind::SilentVideo => Some(DecodeError::NoSoundTrack),
        Kind::Midi => not_sound("a MIDI file, which has notes"),
        Kind::Image => not_sound("a picture"),
        Kind::Pdf => not_sound("a PDF"),
        Kind::Archive => not_sound("an archive of packed files"),
        Kind::Text => not_sound("text"),
        Kind::Zeros => not_sound("nothing but zeros, as of a copy that failed"),
        Kind::Empty => Some(DecodeError::Empty),
        Kind::Unknown => Some(DecodeError::UnknownFormat),
    }
}
