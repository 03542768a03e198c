//! The kinds of files that are told apart.

use serde::Serialize;

/// A container or codec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// WAV with all its forms, Wave64: read by [`crate::audio::pcm`], as are the next three.
    Wav,
    /// AIFF or AIFC.
    Aiff,
    /// Core Audio Format.
    Caf,
    /// AU, also called SND.
    Au,
    /// Native FLAC.
    Flac,
    /// MPEG audio, layers I to III.
    Mp3,
    /// AAC in ADTS frames.
    Aac,
    /// Vorbis in Ogg.
    OggVorbis,
    /// Opus in Ogg.
    OggOpus,
    /// FLAC in Ogg.
    OggFlac,
    /// Speex in Ogg.
    OggSpeex,
    /// Ogg with something else first, such as a picture.
    OggOther,
    /// MP4, M4A and their kin; QuickTime.
    Mp4,
    /// WebM or Matroska.
    Webm,
    /// AMR, narrow or wide band.
    Amr,
    /// ASF: WMA or WMV.
    Asf,
    /// AAC in an ADIF stream.
    Adif,
    /// AC-3.
    Ac3,
    /// DTS.
    Dts,
    /// DSD in DSF or DSDIFF.
    Dsd,
    /// Monkey's Audio.
    Ape,
    /// WavPack.
    WavPack,
    /// Musepack.
    Musepack,
    /// True Audio.
    Tta,
    /// NIST SPHERE.
    Sphere,
    /// Creative Voice.
    Voc,
    /// SILK, as messengers save it.
    Silk,
    /// RealAudio or RealMedia.
    RealMedia,
    /// GSM 6.10 without a container.
    Gsm,
    /// AVI.
    Avi,
    /// Flash video.
    Flv,
    /// A stream of MPEG video.
    MpegVideo,
    /// A video without sound, in MP4 or WebM.
    SilentVideo,
    /// MIDI: notes, no sound.
    Midi,
    /// A picture.
    Image,
    /// PDF.
    Pdf,
    /// Packed files.
    Archive,
    /// Text.
    Text,
    /// Nothing but zeros.
    Zeros,
    /// No bytes.
    Empty,
    /// Nothing of the above.
    Unknown,
}

impl Kind {
    /// Its name, which is that of its variant in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Wav => "wav",
            Kind::Aiff => "aiff",
            Kind::Caf => "caf",
            Kind::Au => "au",
            Kind::Flac => "flac",
            Kind::Mp3 => "mp3",
            Kind::Aac => "aac",
            Kind::OggVorbis => "ogg_vorbis",
            Kind::OggOpus => "ogg_opus",
            Kind::OggFlac => "ogg_flac",
            Kind::OggSpeex => "ogg_speex",
            Kind::OggOther => "ogg_other",
            Kind::Mp4 => "mp4",
            Kind::Webm => "webm",
            Kind::Amr => "amr",
            Kind::Asf => "asf",
            Kind::Adif => "adif",
            Kind::Ac3 => "ac3",
            Kind::Dts => "dts",
            Kind::Dsd => "dsd",
            Kind::Ape => "ape",
            Kind::WavPack => "wav_pack",
            Kind::Musepack => "musepack",
            Kind::Tta => "tta",
            Kind::Sphere => "sphere",
            Kind::Voc => "voc",
            Kind::Silk => "silk",
            Kind::RealMedia => "real_media",
            Kind::Gsm => "gsm",
            Kind::Avi => "avi",
            Kind::Flv => "flv",
            Kind::MpegVideo => "mpeg_video",
            Kind::SilentVideo => "silent_video",
            Kind::Midi => "midi",
            Kind::Image => "image",
            Kind::Pdf => "pdf",
            Kind::Archive => "archive",
            Kind::Text => "text",
            Kind::Zeros => "zeros",
            Kind::Empty => "empty",
            Kind::Unknown => "unknown",
        }
    }
}

/// Opus always decodes at this rate, whatever was recorded.
pub(super) const OPUS_RATE_HZ: u32 = 48_000;
