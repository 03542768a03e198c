//! Any sound file → mono samples at the file's own rate.
//!
//! The format is recognised by the first bytes, not by the file name. WAV goes through [`undertone::audio::wav`], as in the page; FLAC, MP3, Ogg
//! Vorbis and MP4/M4A with AAC go through Symphonia.
//!
//! A file that was cut off is an error, not a shorter sound, as far as its format can tell:
//! * WAV, FLAC: the header states the length; FLAC's checksum of the samples is checked as well.
//! * Ogg: every page must be whole and the last one must be marked as such.
//! * MP4: every box and every packet that the index lists must be there.
//! * MP3: only a file with a LAME tag states its length. A cut in a bare stream of frames cannot be seen.

use std::io::{Cursor, ErrorKind};
use std::path::Path;

use symphonia::core::audio::sample::Sample;
use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::codecs::audio::well_known::{CODEC_ID_FLAC, CODEC_ID_MP3, CODEC_ID_VORBIS};
use symphonia::core::errors::Error as Symphonia;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, Track, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::meta::MetadataOptions;

use undertone::audio::sniff::{Kind, sniff};
use undertone::audio::wav::{self, WavError};

/// A decoded file.
#[derive(Debug, Clone, PartialEq)]
pub struct Sound {
    /// The file's own sampling rate, in Hz.
    pub rate_hz: u32,
    /// Mono: the mean of the channels; finite.
    pub samples: Vec<f32>,
}

/// Why a file could not be decoded. Says what happened and what to do; the file's name is the caller's to add.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// The file system refused.
    #[error("it cannot be opened ({0}): check the path")]
    Open(#[from] std::io::Error),
    /// The WAV reader refused.
    #[error(transparent)]
    Wav(#[from] WavError),
    /// The bytes begin like none of the formats that are read.
    #[error("it is not a sound file that can be read: use WAV, FLAC, MP3, OGG (Vorbis) or M4A (AAC)")]
    UnknownFormat,
    /// A known container with a codec or a feature that is not read.
    #[error("it cannot be read ({what}): convert it to WAV or FLAC")]
    Unsupported {
        /// What is missing.
        what: String,
    },
    /// The file ends early.
    #[error("the file is cut off{}: copy or export it again", how_far(*present_s, *declared_s))]
    Truncated {
        /// How much sound could be decoded, in seconds; 0 if none could.
        present_s: f64,
        /// How much the file declares, in seconds, if it says so.
        declared_s: Option<f64>,
    },
    /// The bytes contradict themselves.
    #[error("the file is damaged ({what}): copy or export it again")]
    Damaged {
        /// What the decoder reports.
        what: String,
    },
}

fn how_far(present_s: f64, declared_s: Option<f64>) -> String {
    match declared_s {
        Some(declared_s) => format!(" after {present_s:.2} s of {declared_s:.2} s"),
        None if present_s > 0.0 => format!(" after {present_s:.2} s"),
        None => String::new(),
    }
}

/// Reads and decodes a file.
///
/// # Errors
/// See [`DecodeError`].
pub fn read(path: &Path) -> Result<Sound, DecodeError> {
    decode(std::fs::read(path)?)
}

/// Decodes the bytes of a file.
///
/// # Errors
/// See [`DecodeError`], except [`DecodeError::Open`].
pub fn decode(bytes: Vec<u8>) -> Result<Sound, DecodeError> {
    if wav::is_wav(&bytes) {
        let wave = wav::read(&bytes)?;
        return Ok(Sound { rate_hz: wave.rate_hz, samples: wave.samples });
    }
    let whole = match sniff(&bytes).kind {
        Kind::Unknown | Kind::Wav => return Err(DecodeError::UnknownFormat),
        Kind::OggOpus => return Err(DecodeError::Unsupported { what: "Opus is not decoded".to_owned() }),
        Kind::Webm => return Err(DecodeError::Unsupported { what: "WebM is not decoded".to_owned() }),
        Kind::OggVorbis | Kind::OggFlac => ogg_is_whole(&bytes),
        Kind::Mp4 => mp4_is_whole(&bytes),
        Kind::Flac | Kind::Mp3 | Kind::Aac => true,
    };
    let decoded = decode_stream(bytes);
    if whole {
        return decoded;
    }
    // Whatever the decoder says: the reason is that the end is missing.
    Err(match decoded {
        Err(error @ DecodeError::Truncated { .. }) => error,
        other => DecodeError::Truncated {
            present_s: other.map_or(0.0, |sound| sound.samples.len() as f64 / f64::from(sound.rate_hz)),
            declared_s: None,
        },
    })
}

/// Everything that Symphonia decodes.
fn decode_stream(bytes: Vec<u8>) -> Result<Sound, DecodeError> {
    let source = MediaSourceStream::new(Box::new(Cursor::new(bytes)), Default::default());
    let mut mixer = Mixer { rate_hz: 0, channels: 0, samples: Vec::new(), interleaved: Vec::new() };
    let mut format = symphonia::default::get_probe()
        .probe(&Hint::new(), source, FormatOptions::default(), MetadataOptions::default())
        .map_err(|error| mixer.failure(error))?;
    let unsupported = |what: &str| DecodeError::Unsupported { what: what.to_owned() };
    let track = format.default_track(TrackType::Audio).ok_or_else(|| unsupported("it has no sound"))?;
    let Some(CodecParameters::Audio(codec)) = &track.codec_params else {
        return Err(unsupported("its codec is not known"));
    };
    let (track_id, length) = (track.id, Length::of(track, codec.codec));
    let options = AudioDecoderOptions::default().verify(true).gapless(length.trims);
    let mut decoder = symphonia::default::get_codecs()
        .make_audio_decoder(codec, &options)
        .map_err(|error| mixer.failure(error))?;
    while let Some(packet) = format.next_packet().map_err(|error| mixer.failure(error))? {
        if packet.track_id == track_id {
            let buffer = decoder.decode(&packet).map_err(|error| mixer.failure(error))?;
            let spec = buffer.spec();
            mixer.expect(spec.rate(), spec.channels().count())?;
            mixer.interleaved.resize(buffer.samples_interleaved(), f32::MID);
            buffer.copy_to_slice_interleaved(&mut mixer.interleaved);
            mixer.mix();
        }
    }
    let damaged = |what: &str| Err(DecodeError::Damaged { what: what.to_owned() });
    if mixer.rate_hz == 0 {
        return damaged("it holds no sound");
    }
    if let Some(declared) = length.declared.filter(|declared| *declared > mixer.samples.len() as u64) {
        return Err(mixer.truncated(Some(declared as f64 / f64::from(mixer.rate_hz))));
    }
    if decoder.finalize().verify_ok == Some(false) {
        return damaged("its samples do not match its checksum");
    }
    if mixer.samples.iter().any(|v| !v.is_finite()) {
        return damaged("it decodes to what is not a number");
    }
    Ok(Sound { rate_hz: mixer.rate_hz, samples: mixer.samples })
}

/// The length that a track declares, as far as it is reliable.
struct Length {
    /// Frames that there must be.
    declared: Option<u64>,
    /// Whether the decoder may cut what the encoder added at either end. Without a LAME tag the length of an MP3 is an
    /// estimate, by which it would cut sound as well.
    trims: bool,
}

impl Length {
    fn of(track: &Track, codec: symphonia::core::codecs::audio::AudioCodecId) -> Self {
        let exact = match codec {
            CODEC_ID_FLAC | CODEC_ID_VORBIS => true,
            CODEC_ID_MP3 => track.delay.is_some(),
            _ => false,
        };
        Self { declared: track.num_frames.filter(|_| exact), trims: codec != CODEC_ID_MP3 || exact }
    }
}

/// Collects decoded packets as mono.
struct Mixer {
    rate_hz: u32,
    channels: usize,
    samples: Vec<f32>,
    interleaved: Vec<f32>,
}

impl Mixer {
    /// Makes sure that rate and channels stay what they were in the first packet.
    fn expect(&mut self, rate_hz: u32, channels: usize) -> Result<(), DecodeError> {
        if self.rate_hz == 0 {
            (self.rate_hz, self.channels) = (rate_hz, channels);
        }
        if (self.rate_hz, self.channels) != (rate_hz, channels) || rate_hz == 0 || channels == 0 {
            return Err(DecodeError::Damaged { what: "rate or channels change on the way".to_owned() });
        }
        Ok(())
    }

    /// Appends the mean of the channels.
    fn mix(&mut self) {
        let count = self.channels as f64;
        let frames = self.interleaved.chunks_exact(self.channels);
        self.samples
            .extend(frames.map(|frame| (frame.iter().map(|v| f64::from(*v)).sum::<f64>() / count) as f32));
    }

    fn truncated(&self, declared_s: Option<f64>) -> DecodeError {
        let present_s = self.samples.len() as f64 / f64::from(self.rate_hz.max(1));
        DecodeError::Truncated { present_s, declared_s }
    }

    /// A failure after what has been decoded so far.
    fn failure(&self, error: Symphonia) -> DecodeError {
        match error {
            Symphonia::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => self.truncated(None),
            Symphonia::Unsupported(what) => DecodeError::Unsupported { what: what.to_owned() },
            error => DecodeError::Damaged { what: error.to_string() },
        }
    }
}

/// Whether an Ogg file consists of whole pages (RFC 3533, section 6), and the last one is marked as the last.
fn ogg_is_whole(bytes: &[u8]) -> bool {
    const HEADER: usize = 27;
    const LAST_PAGE: u8 = 4;
    let (mut rest, mut ended) = (bytes, false);
    while let Some((header, behind)) = rest.split_at_checked(HEADER) {
        if !header.starts_with(b"OggS") {
            // Bytes behind the sound that are none of the format's business.
            return ended;
        }
        let Some((segments, behind)) = behind.split_at_checked(header[26].into()) else { return false };
        let body: usize = segments.iter().map(|length| usize::from(*length)).sum();
        let Some(next) = behind.get(body..) else { return false };
        ended = header[5] & LAST_PAGE != 0;
        rest = next;
    }
    ended
}

/// Whether the boxes of an MP4 file (ISO 14496-12, section 4.2) fill it up and none reaches beyond its end.
fn mp4_is_whole(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(&[a, b, c, d]) = rest.first_chunk::<4>() {
        let size = match u32::from_be_bytes([a, b, c, d]) {
            // The last box lasts till the end of the file.
            0 => return true,
            // The size did not fit and follows behind the box's type.
            1 => match rest.get(8..).and_then(<[u8]>::first_chunk::<8>) {
                Some(size) => u64::from_be_bytes(*size),
                None => return false,
            },
            size => size.into(),
        };
        let next = usize::try_from(size.max(8)).ok().and_then(|size| rest.get(size..));
        let Some(next) = next else { return false };
        rest = next;
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FIXTURES: [(&str, &[u8]); 4] = [
        ("flac", include_bytes!("../../../../tests/fixtures/voice.flac")),
        ("mp3", include_bytes!("../../../../tests/fixtures/voice.mp3")),
        ("ogg", include_bytes!("../../../../tests/fixtures/voice.ogg")),
        ("m4a", include_bytes!("../../../../tests/fixtures/voice.m4a")),
    ];

    #[test]
    fn decode_gives_length_and_rate_of_each_format() {
        for (name, bytes) in FIXTURES {
            let sound = decode(bytes.to_vec()).unwrap();
            assert_eq!(sound.rate_hz, 16_000, "{name}");
            // AAC keeps what its encoder adds at either end: up to three frames of 1024.
            let slack = if name == "m4a" { 3_072 } else { 0 };
            assert!(
                (6_400..=6_400 + slack).contains(&sound.samples.len()),
                "{name}: {}",
                sound.samples.len()
            );
            let peak = sound.samples.iter().fold(0.0f32, |peak, v| peak.max(v.abs()));
            assert!((0.2..0.6).contains(&peak), "{name}: {peak}");
        }
    }

    #[test]
    fn decode_refuses_a_cut_file_of_every_format() {
        for (name, bytes) in FIXTURES {
            for share in [3, 5, 7, 9] {
                let error = decode(bytes[..bytes.len() * share / 10].to_vec()).unwrap_err();
                let truncated = matches!(error, DecodeError::Truncated { present_s, .. } if present_s < 0.4);
                assert!(truncated, "{name}, {share}/10: {error}");
            }
        }
    }

    #[test]
    fn decode_finds_a_changed_sample_in_flac() {
        let mut bytes = FIXTURES[0].1.to_vec();
        // The checksum of the samples lies in the header.
        bytes[30] ^= 1;
        assert!(matches!(decode(bytes), Err(DecodeError::Damaged { .. })));
    }

    #[test]
    fn decode_refuses_what_is_no_sound() {
        for bytes in [&b""[..], b"hello", &[0; 5_000], b"<!doctype html><title>no</title>"] {
            assert!(matches!(decode(bytes.to_vec()), Err(DecodeError::UnknownFormat)));
        }
        assert!(matches!(decode(b"RIFF\0\0\0\0WAVE".to_vec()), Err(DecodeError::Wav(_))));
        assert!(matches!(read(Path::new("/no/such/file")), Err(DecodeError::Open(_))));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]
        #[test]
        fn decode_does_not_panic_on_damaged_bytes(
            which in 0usize..4,
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        ) {
            let mut bytes = FIXTURES[which].1.to_vec();
            for (at, value) in changes {
                let at = at.index(bytes.len());
                bytes[at] = value;
            }
            if let Ok(sound) = decode(bytes) {
                prop_assert!(sound.samples.iter().all(|v| v.is_finite()));
            }
        }
    }
}
