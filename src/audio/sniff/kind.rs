//! The kinds of files that are told apart.

use serde::Serialize;

/// A container or codec.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// RIFF/WAVE: read by [`crate::audio::wav`].
    Wav,
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
    /// MP4, M4A and their kin.
    Mp4,
    /// WebM or Matroska.
    Webm,
    /// Nothing of the above.
    Unknown,
}

impl Kind {
    /// Its name, which is that of its variant in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Wav => "wav",
            Kind::Flac => "flac",
            Kind::Mp3 => "mp3",
            Kind::Aac => "aac",
            Kind::OggVorbis => "ogg_vorbis",
            Kind::OggOpus => "ogg_opus",
            Kind::OggFlac => "ogg_flac",
            Kind::Mp4 => "mp4",
            Kind::Webm => "webm",
            Kind::Unknown => "unknown",
        }
    }
}

/// Opus always decodes at this rate, whatever was recorded.
pub(super) const OPUS_RATE_HZ: u32 = 48_000;
