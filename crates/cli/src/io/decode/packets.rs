//! Compressed sound: containers and codecs of Symphonia, and Opus.

use std::collections::VecDeque;
use std::io::ErrorKind;
use std::ops::Range;

use symphonia::core::audio::sample::Sample;
use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::well_known::*;
use symphonia::core::codecs::audio::{AudioCodecId, AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error as Symphonia;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, Track, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;
use undertone::audio::mix;
use undertone::audio::sniff::{AAC_FRAMES, show_he_aac};

use super::error::{CutOff, DecodeError};
use super::mp4::{Mp4, is_he_aac};
use super::opus::{self, Opus};

/// What the container says that Symphonia does not.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The end is missing.
    pub cut: bool,
    /// Every element was found whole, to the end of the file.
    pub ends_with_file: bool,
    pub mp4: Option<Mp4>,
    /// How much of the last packet is to be left out, in nanoseconds.
    pub padding_ns: u64,
}

/// A file with compressed sound.
pub(super) struct Packets {
    format: Box<dyn FormatReader>,
    codec: Codec,
    track_id: u32,
    known: Known,
    /// Frames that there must be.
    declared: Option<u64>,
    /// Which of the frames that are decoded are to be heard.
    heard: Range<u64>,
    pub rate_hz: u32,
    pub channels: usize,
    /// Frames that were decoded, heard or not.
    decoded: u64,
    /// Frames that were given out.
    given: u64,
    /// The first packet's samples, which [`Packets::open`] has decoded, are still to be given out.
    first: bool,
    /// What was read before it was wanted.
    early: VecDeque<Result<Packet, Symphonia>>,
    /// The packet after the one that is decoded, if one has to know which is the last.
    ahead: Option<Packet>,
    interleaved: Vec<f32>,
}

enum Codec {
    Library(Box<dyn AudioDecoder>),
    Opus(Box<Opus>),
}

impl Packets {
    /// Finds the sound, and decodes its first packet.
    pub fn open(bytes: Box<dyn MediaSource>, known: Known) -> Result<(Self, Vec<f32>), DecodeError> {
        let source = MediaSourceStream::new(bytes, Default::default());
        let format = symphonia::default::get_probe()
            .probe(&Hint::new(), source, FormatOptions::default(), MetadataOptions::default())
            .map_err(|error| failure(&error, 0.0, ODD_CONTAINER))?;
        let encoding = known.mp4.as_ref().and_then(|mp4| mp4.encoding);
        let track = format.default_track(TrackType::Audio).ok_or_else(|| match encoding {
            Some(_) => DecodeError::Unread { name: name_in_mp4(encoding) },
            None => DecodeError::NoSoundTrack,
        })?;
        let Some(CodecParameters::Audio(parameters)) = &track.codec_params else {
            return Err(DecodeError::Unread { name: name_in_mp4(encoding) });
        };
        let is_aac = parameters.codec == CODEC_ID_AAC;
        let (track_id, trims) = (track.id, trims(track, parameters.codec));
        let codec = codec(parameters, trims, &known)?;
        let mut heard = 0..u64::MAX;
        if let Codec::Opus(opus) = &codec {
            heard.start = opus.delay;
        }
        let mut declared = track.num_frames.filter(|_| is_exact(track, parameters.codec));
        if let Some((from, length)) = known.mp4.as_ref().and_then(|mp4| mp4.heard) {
            let rate_hz =
                if matches!(codec, Codec::Opus(_)) { Some(opus::RATE_HZ) } else { parameters.sample_rate };
            let scale = known.mp4.as_ref().map_or(0, |mp4| mp4.scale);
            let frames = |ticks: u64| match (rate_hz, scale) {
                (Some(rate_hz), 1..) if rate_hz != scale => {
                    let exact = u128::from(ticks) * u128::from(rate_hz) + u128::from(scale) / 2;
                    u64::try_from(exact / u128::from(scale)).unwrap_or(u64::MAX)
                }
                _ => ticks,
            };
            heard = frames(from)..length.map_or(u64::MAX, |length| frames(from.saturating_add(length)));
            declared = None;
        }
        let mut packets = Self {
            format,
            codec,
            track_id,
            known,
            declared,
            heard,
            rate_hz: 0,
            channels: 0,
            decoded: 0,
            given: 0,
            first: false,
            early: VecDeque::new(),
            ahead: None,
            interleaved: Vec::new(),
        };
        if is_aac && packets.carries_bands() {
            return Err(DecodeError::Unread { name: HE_AAC });
        }
        let mut samples = Vec::new();
        packets.first = packets.decode(&mut samples)?;
        if packets.rate_hz == 0 {
            return Err(packets.damaged());
        }
        Ok((packets, samples))
    }

    /// Frames that there are, if the file says so.
    pub fn expected(&self) -> Option<u64> {
        self.declared.or(Some(self.heard.end).filter(|end| *end < u64::MAX).map(|end| end - self.heard.start))
    }

    pub fn next(&mut self, samples: &mut Vec<f32>) -> Result<bool, DecodeError> {
        let more = std::mem::take(&mut self.first) || self.decode(samples)?;
        if more {
            return Ok(true);
        }
        if self.known.cut || self.declared.is_some_and(|declared| declared > self.given) {
            return Err(self.truncated());
        }
        let wrong = match &mut self.codec {
            Codec::Library(decoder) => decoder.finalize().verify_ok == Some(false),
            Codec::Opus(_) => false,
        };
        if wrong { Err(self.damaged()) } else { Ok(false) }
    }

    /// Puts the next packet's sound, mixed to mono, into `samples`.
    fn decode(&mut self, samples: &mut Vec<f32>) -> Result<bool, DecodeError> {
        samples.clear();
        while self.decoded < self.heard.end {
            let Some(packet) = self.packet()? else { return Ok(false) };
            let frames = self.decode_packet(&packet)?;
            let padding = if self.ahead.is_none() && self.known.padding_ns > 0 {
                (u128::from(self.known.padding_ns) * u128::from(self.rate_hz) / 1_000_000_000) as u64
            } else if matches!(self.codec, Codec::Opus(_)) {
                packet.trim_end.get()
            } else {
                0
            };
            let from = self.heard.start.saturating_sub(self.decoded).min(frames);
            let to =
                self.heard.end.saturating_sub(self.decoded).min(frames.saturating_sub(padding)).max(from);
            self.decoded += frames;
            self.interleaved.truncate(to as usize * self.channels);
            self.interleaved.drain(..from as usize * self.channels);
            mix::mono(&self.interleaved, self.channels, None, samples);
            if samples.iter().any(|v| !v.is_finite()) {
                return Err(self.damaged());
            }
            self.given += samples.len() as u64;
            if !samples.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The next packet of the sound.
    fn packet(&mut self) -> Result<Option<Packet>, DecodeError> {
        if self.known.padding_ns == 0 {
            return self.read_packet();
        }
        let packet = match self.ahead.take() {
            Some(packet) => packet,
            None if self.decoded > 0 && self.early.is_empty() => return Ok(None),
            None => match self.read_packet()? {
                Some(packet) => packet,
                None => return Ok(None),
            },
        };
        let following = self.early.pop_front().map_or_else(|| self.next_packet(), |early| early.map(Some));
        match following {
            Ok(following) => self.ahead = following,
            // It counts once this packet is heard.
            Err(error) => self.early.push_front(Err(error)),
        }
        Ok(Some(packet))
    }

    fn read_packet(&mut self) -> Result<Option<Packet>, DecodeError> {
        let packet = match self.early.pop_front() {
            Some(packet) => packet.map(Some),
            None => self.next_packet(),
        };
        packet.map_err(|error| self.failure(&error))
    }

    fn next_packet(&mut self) -> Result<Option<Packet>, Symphonia> {
        loop {
            match self.format.next_packet() {
                Ok(Some(packet)) if packet.track_id != self.track_id => {}
                // The reader cannot know that elements of unknown size end with the file.
                Err(error) if self.known.ends_with_file && is_end(&error) => return Ok(None),
                packet => return packet,
            }
        }
    }

    /// Whether the first packets of AAC carry replicated bands, which no configuration needs to mention.
    fn carries_bands(&mut self) -> bool {
        while self.early.len() < AAC_FRAMES
            && let Some(packet) = self.next_packet().transpose()
        {
            let failed = packet.is_err();
            self.early.push_back(packet);
            if failed {
                break;
            }
        }
        show_he_aac(self.early.iter().flatten().map(|packet| &packet.data[..]))
    }

    /// Decodes into `interleaved`, and returns the number of frames.
    fn decode_packet(&mut self, packet: &Packet) -> Result<u64, DecodeError> {
        let (rate_hz, channels) = match &mut self.codec {
            Codec::Library(decoder) => match decoder.decode(packet) {
                Ok(buffer) => {
                    self.interleaved.resize(buffer.samples_interleaved(), f32::MID);
                    buffer.copy_to_slice_interleaved(&mut self.interleaved);
                    (buffer.spec().rate(), buffer.spec().channels().count())
                }
                Err(error) => return Err(self.failure(&error)),
            },
            Codec::Opus(opus) => {
                let channels = opus.channels;
                let Some(samples) = opus.decode(&packet.data) else { return Err(self.damaged()) };
                self.interleaved.clear();
                self.interleaved.extend_from_slice(samples);
                (opus::RATE_HZ, channels)
            }
        };
        if self.rate_hz == 0 {
            (self.rate_hz, self.channels) = (rate_hz, channels);
        }
        if (self.rate_hz, self.channels) != (rate_hz, channels) || rate_hz == 0 || channels == 0 {
            return Err(self.damaged());
        }
        Ok((self.interleaved.len() / channels) as u64)
    }

    /// One channel of the last packet.
    pub fn channel(&self, index: usize, samples: &mut Vec<f32>) {
        mix::mono(&self.interleaved, self.channels, Some(index), samples);
    }

    fn present_s(&self) -> f64 {
        self.given as f64 / f64::from(self.rate_hz.max(1))
    }

    fn truncated(&self) -> DecodeError {
        let declared = self.expected().filter(|frames| *frames > self.given && self.rate_hz > 0);
        let declared_s = declared.map(|frames| frames as f64 / f64::from(self.rate_hz));
        DecodeError::Truncated(CutOff { present_s: self.present_s(), declared_s })
    }

    /// Of a file whose end is missing, that is the reason whatever the decoder says.
    fn damaged(&self) -> DecodeError {
        if self.known.cut { self.truncated() } else { DecodeError::Damaged { present_s: self.present_s() } }
    }

    fn failure(&self, error: &Symphonia) -> DecodeError {
        match failure(error, self.present_s(), ODD_CODEC) {
            DecodeError::Truncated(_) => self.truncated(),
            _ if self.known.cut => self.truncated(),
            error => error,
        }
    }
}

fn is_end(error: &Symphonia) -> bool {
    matches!(error, Symphonia::IoError(error) if error.kind() == ErrorKind::UnexpectedEof)
}

/// A failure after `present_s` of sound, of something that has this name if it is not read.
fn failure(error: &Symphonia, present_s: f64, name: &'static str) -> DecodeError {
    match error {
        error if is_end(error) => DecodeError::Truncated(CutOff { present_s, declared_s: None }),
        Symphonia::Unsupported(_) => DecodeError::Unread { name },
        _ => DecodeError::Damaged { present_s },
    }
}

/// A decoder for a track.
fn codec(parameters: &AudioCodecParameters, trims: bool, known: &Known) -> Result<Codec, DecodeError> {
    let configuration = parameters.extra_data.as_deref().unwrap_or_default();
    match parameters.codec {
        CODEC_ID_OPUS => {
            // More than two channels are several streams.
            if configuration.get(18).is_some_and(|family| *family != 0) {
                return Err(DecodeError::Unread { name: OPUS_STREAMS });
            }
            let opus = Opus::new(configuration).ok_or(DecodeError::Damaged { present_s: 0.0 })?;
            return Ok(Codec::Opus(Box::new(opus)));
        }
        CODEC_ID_AAC => {
            // Without a word in the configuration, ticks twice as fine as the rate are those of the higher rate.
            let twice = parameters.sample_rate.zip(known.mp4.as_ref().map(|mp4| mp4.scale));
            if is_he_aac(configuration) || twice.is_some_and(|(rate_hz, scale)| scale == 2 * rate_hz) {
                return Err(DecodeError::Unread { name: HE_AAC });
            }
        }
        _ => {}
    }
    let options = AudioDecoderOptions::default().verify(true).gapless(trims);
    let decoder = symphonia::default::get_codecs().make_audio_decoder(parameters, &options);
    let decoder = decoder.map_err(|error| match error {
        Symphonia::Unsupported(_) => {
            let encoding = known.mp4.as_ref().and_then(|mp4| mp4.encoding);
            DecodeError::Unread { name: name(parameters.codec).unwrap_or_else(|| name_in_mp4(encoding)) }
        }
        _ => DecodeError::Damaged { present_s: 0.0 },
    })?;
    Ok(Codec::Library(decoder))
}

/// Codecs that are not read.
const CODECS: [(AudioCodecId, &str); 15] = [
    (CODEC_ID_AAC, "AAC of a rare kind (another profile than LC, or more than two channels)"),
    (CODEC_ID_SPEEX, "Speex"),
    (CODEC_ID_AC3, "AC-3"),
    (CODEC_ID_EAC3, "E-AC-3"),
    (CODEC_ID_AC4, "AC-4"),
    (CODEC_ID_DCA, "DTS"),
    (CODEC_ID_WMA, "WMA"),
    (CODEC_ID_TRUEHD, "TrueHD"),
    (CODEC_ID_TTA, "True Audio"),
    (CODEC_ID_WAVPACK, "WavPack"),
    (CODEC_ID_MP1, "MPEG audio, layer I"),
    (CODEC_ID_COOK, REAL_AUDIO),
    (CODEC_ID_RA10, REAL_AUDIO),
    (CODEC_ID_RA20, REAL_AUDIO),
    (CODEC_ID_SIPR, REAL_AUDIO),
];
const REAL_AUDIO: &str = "RealAudio";

/// Encodings in MP4 that Symphonia does not know.
const MP4_ENCODINGS: [([u8; 4], &str); 16] = [
    (*b"alac", "ALAC as QuickTime stores it"),
    (*b"samr", "AMR"),
    (*b"sawb", "AMR"),
    (*b"sawp", "AMR"),
    (*b"ac-3", "AC-3"),
    (*b"ec-3", "E-AC-3"),
    (*b"ac-4", "AC-4"),
    (*b"dtsc", "DTS"),
    (*b"dtse", "DTS"),
    (*b"dtsh", "DTS"),
    (*b"agsm", "GSM 6.10"),
    (*b"ima4", "ADPCM"),
    (*b"ms\0\x02", "ADPCM"),
    (*b"ms\0\x11", "ADPCM"),
    (*b"QDM2", "QDesign"),
    (*b"enca", "encrypted"),
];
const HE_AAC: &str = "HE-AAC";
const OPUS_STREAMS: &str = "Opus with more than two channels";
const NOT_KNOWN: &str = "of a kind that is not known";
pub(super) const ODD_CONTAINER: &str = "in a form of its container";
const ODD_CODEC: &str = "in a form of its codec";

fn name(codec: AudioCodecId) -> Option<&'static str> {
    CODECS.iter().find(|(id, _)| *id == codec).map(|(_, name)| *name)
}

fn name_in_mp4(encoding: Option<[u8; 4]>) -> &'static str {
    MP4_ENCODINGS.iter().find(|(known, _)| Some(*known) == encoding).map_or(NOT_KNOWN, |(_, name)| *name)
}

/// All names that refusals have.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let encodings = MP4_ENCODINGS.iter().map(|(_, name)| *name);
    let codecs = CODECS.iter().map(|(_, name)| *name);
    encodings.chain(codecs).chain([HE_AAC, OPUS_STREAMS, NOT_KNOWN, ODD_CONTAINER, ODD_CODEC])
}

/// Whether a track's number of frames is exact, not an estimate.
fn is_exact(track: &Track, codec: AudioCodecId) -> bool {
    match codec {
        CODEC_ID_FLAC | CODEC_ID_VORBIS => true,
        CODEC_ID_MP3 => track.delay.is_some(),
        _ => false,
    }
}

/// Whether the decoder may cut what the encoder added at either end. Without a LAME tag the length of MPEG audio is an
/// estimate, by which it would cut sound as well.
fn trims(track: &Track, codec: AudioCodecId) -> bool {
    !matches!(codec, CODEC_ID_MP1 | CODEC_ID_MP2 | CODEC_ID_MP3) || is_exact(track, codec)
}
