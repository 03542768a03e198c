//! Streams of frames without a container: MPEG audio (ISO 11172-3, 13818-3) and AAC in ADTS (ISO 14496-3).
//!
//! Bytes between frames that are no tag are damage: as much sound is missing as frames of the mean length would have filled them.
//! A frame with a Xing or LAME tag begins a sound of its own: files that were joined have several.

use symphonia::core::audio::Channels;
use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::{CODEC_ID_AAC, CODEC_ID_MP2, CODEC_ID_MP3};
use symphonia::core::packet::Packet;
use symphonia::core::units::{Duration, Timestamp};
use undertone::audio::sniff::{Kind, StreamFrame, id3_bytes};

use super::error::{AAC_OF_A_RARE_KIND, DecodeError, LAYER_I, MP2_BIT_RATE, ODD_CODEC};
use super::item::{Item, Link, Piece};
use super::window::Window;

/// More than the longest frame and the header of the next one.
const AHEAD: usize = 16_384;
/// Headers in a row that show that a stream of another kind begins.
const IN_A_ROW: usize = 4;
/// Frames beyond those that a tag counts that are another sound; of fewer the tag has counted wrongly.
const BEYOND: usize = 3;
/// Frames' worth of bytes at the end of a file that hold no frame and are still no sign of a cut.
const REST: u64 = 2;
/// What LAME's decoder adds to the delay that its tag states.
const DECODER_DELAY: u64 = 529;

/// What all frames of a stream have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stream {
    kind: Kind,
    rate_hz: u32,
    /// The version and the layer, as they stand in the header.
    version: u8,
    layer: u8,
    channels: u8,
}

/// A frame's header.
#[derive(Debug, Clone, Copy)]
struct Frame {
    stream: Stream,
    /// Bytes of header and contents.
    length: usize,
}

impl Frame {
    fn at(bytes: &[u8], at: usize) -> Option<Frame> {
        let StreamFrame { kind, rate_hz, length } = StreamFrame::at(bytes, at)?;
        let [_, second, third, fourth] = *bytes.get(at..)?.first_chunk::<4>()?;
        let (version, layer) = (second >> 3 & 3, second >> 1 & 3);
        let channels = match kind {
            Kind::Aac => (third & 1) << 2 | fourth >> 6,
            _ if fourth >> 6 == 3 => 1,
            _ => 2,
        };
        // A bit of ADTS's version says only which standard it names.
        let version = if kind == Kind::Aac { 0 } else { version };
        Some(Frame { stream: Stream { kind, rate_hz, version, layer, channels }, length })
    }

    /// The frame at `at` that `count − 1` of the same kind follow, or that ends with the bytes.
    fn confirmed(bytes: &[u8], at: usize, count: usize) -> Option<Frame> {
        let frame = Frame::at(bytes, at)?;
        let mut next = at + frame.length;
        for _ in 1..count {
            match Frame::at(bytes, next) {
                Some(other) if other.stream == frame.stream => next += other.length,
                None if next == bytes.len() => break,
                _ => return None,
            }
        }
        Some(frame)
    }
}

impl Stream {
    /// Frames of sound in a frame of the stream.
    fn frames(self) -> u64 {
        match (self.kind, self.layer, self.version) {
            (Kind::Aac, ..) => 1_024,
            (_, 1, 0 | 2) => 576,
            _ => 1_152,
        }
    }
}

/// A stream that is read.
pub(super) struct Frames {
    window: Window,
    stream: Stream,
    /// Whether the last frame ended where the next bytes begin.
    in_step: bool,
    /// Bytes since the last frame that are none of the format.
    passed: u64,
    /// Frames so far, and their bytes.
    count: u64,
    bytes: u64,
    /// Frames that are still to come by the tag of the sound.
    left: Option<u64>,
    /// Whether the file ends within a frame, or with something that is none.
    pub cut: bool,
}

impl Frames {
    /// Finds the first frame, and says what the sound is.
    pub fn open(mut window: Window) -> Result<(Self, Link), DecodeError> {
        let stream = loop {
            if pass_tag(&mut window)? {
                continue;
            }
            let bytes = window.see(AHEAD)?;
            if bytes.is_empty() {
                return Err(DecodeError::Damaged { present_s: 0.0 });
            }
            if let Some(frame) = Frame::confirmed(bytes, 0, 2) {
                break frame.stream;
            }
            window.pass(1)?;
        };
        let mut frames =
            Self { window, stream, in_step: true, passed: 0, count: 0, bytes: 0, left: None, cut: false };
        let header = *frames.window.see(4)?.first_chunk::<4>().unwrap_or(&[0; 4]);
        refused(stream, header)?;
        let link = frames.link()?;
        Ok((frames, link))
    }

    /// What comes next.
    pub fn next(&mut self) -> Result<Item, DecodeError> {
        loop {
            if pass_tag(&mut self.window)? {
                continue;
            }
            let bytes = self.window.see(AHEAD)?;
            if bytes.is_empty() {
                let rest = REST * self.bytes / self.count.max(1);
                self.cut |= self.passed > rest.max(1);
                return Ok(Item::End);
            }
            let wanted = if self.in_step { 1 } else { 2 };
            let Some(frame) = Frame::confirmed(bytes, 0, wanted).filter(|frame| frame.stream == self.stream)
            else {
                if Frame::confirmed(bytes, 0, IN_A_ROW).is_some() && bytes.len() >= AHEAD / 2 {
                    return Err(DecodeError::Several);
                }
                self.in_step = false;
                self.passed += 1;
                self.window.pass(1)?;
                continue;
            };
            let Some(packet) = bytes.get(..frame.length) else {
                (self.cut, self.passed) = (true, 0);
                return Ok(Item::End);
            };
            let passed = std::mem::take(&mut self.passed);
            self.in_step = true;
            if let (Some(mean), 1..) = (self.bytes.checked_div(self.count), passed) {
                // What is gone leaves a part of a frame at least.
                let frames = ((passed + mean / 2) / mean.max(1)).max(1);
                return Ok(Item::Lost(frames * self.stream.frames()));
            }
            let tag = self.count > 0 && Tag::of(packet, self.stream).is_some();
            let beyond = self.left == Some(0) && Frame::confirmed(bytes, 0, BEYOND).is_some();
            if tag || beyond {
                let link = if tag { self.link()? } else { self.untagged() };
                return Ok(Item::Another(Box::new(link)));
            }
            let header = match (self.stream.kind, packet.get(1)) {
                (Kind::Aac, Some(second)) if second & 1 == 0 => 9,
                (Kind::Aac, _) => 7,
                _ => 0,
            };
            if header > 0 && packet.get(6).is_some_and(|last| last & 3 != 0) {
                // Several blocks to a frame.
                return Err(DecodeError::Unread { name: ODD_CODEC });
            }
            let content = packet.get(header..).unwrap_or_default();
            let place = Timestamp::from((self.count * self.stream.frames()).cast_signed());
            let piece = Piece::from(Packet::new(0, place, Duration::from(self.stream.frames()), content));
            self.count += 1;
            self.bytes += frame.length as u64;
            self.left = self.left.map(|left| left.saturating_sub(1));
            self.window.pass(frame.length as u64)?;
            return Ok(Item::Packet(piece));
        }
    }

    /// The sound that begins with the next frame, which is passed if it is a tag.
    fn link(&mut self) -> Result<Link, DecodeError> {
        let mut link = self.untagged();
        let bytes = self.window.see(AHEAD)?;
        let frame = Frame::at(bytes, 0).and_then(|frame| Some((frame, bytes.get(..frame.length)?)));
        let Some((frame, packet)) = frame else { return Ok(link) };
        let Some(tag) = Tag::of(packet, self.stream) else { return Ok(link) };
        if let (Some(frames), Some((delay, padding))) = (tag.frames, tag.trims) {
            let declared = (frames * self.stream.frames()).saturating_sub(delay + padding);
            link.heard = delay..delay + declared;
            link.declared = Some(declared);
            self.left = Some(frames);
        }
        self.window.pass(frame.length as u64)?;
        Ok(link)
    }

    fn untagged(&mut self) -> Link {
        self.left = None;
        let mut parameters = AudioCodecParameters::new();
        parameters.for_codec(match (self.stream.kind, self.stream.layer) {
            (Kind::Aac, _) => CODEC_ID_AAC,
            (_, 2) => CODEC_ID_MP2,
            _ => CODEC_ID_MP3,
        });
        parameters.with_sample_rate(self.stream.rate_hz);
        parameters.with_channels(Channels::Discrete(self.stream.channels.into()));
        Link { parameters, heard: 0..u64::MAX, declared: None, positions: false }
    }
}

/// Streams that are not read.
fn refused(stream: Stream, [_, _, third, fourth]: [u8; 4]) -> Result<(), DecodeError> {
    let name = match (stream.kind, stream.layer) {
        // The second is the profile LC; the configuration 7 has eight channels, and 0 leaves them to the stream.
        (Kind::Aac, _) if third >> 6 != 1 || !(1..=2).contains(&stream.channels) => AAC_OF_A_RARE_KIND,
        (Kind::Aac, _) => return Ok(()),
        (_, 3) => LAYER_I,
        // ISO 11172-3, 2.4.2.3: 224 kbit/s and more are for two channels, four low rates for one.
        (_, 2) if stream.version == 3 => {
            let (index, mono) = (third >> 4, fourth >> 6 == 3);
            if if mono { index < 11 } else { !matches!(index, 1 | 2 | 3 | 5) } {
                return Ok(());
            }
            MP2_BIT_RATE
        }
        _ => return Ok(()),
    };
    Err(DecodeError::Unread { name })
}

/// Goes behind a tag, if one comes next.
fn pass_tag(window: &mut Window) -> Result<bool, DecodeError> {
    let bytes = window.see(AHEAD)?;
    let size = if let Some(size) = id3_bytes(bytes) {
        size as u64
    } else if bytes.starts_with(b"TAG") && (bytes.len() == 128 || Frame::at(bytes, 128).is_some()) {
        128
    } else if bytes.starts_with(b"APETAGEX") {
        let at = |at: usize| bytes.get(at..).and_then(|rest| rest.first_chunk::<4>());
        match (at(12), at(20)) {
            // The header's size leaves itself out.
            (Some(size), Some(flags)) if flags[3] & 0x20 != 0 => 32 + u64::from(u32::from_le_bytes(*size)),
            _ => 32,
        }
    } else if bytes.starts_with(b"LYRICSBEGIN") {
        let end = bytes.windows(9).position(|bytes| matches!(bytes, b"LYRICSEND" | b"LYRICS200"));
        end.map_or(bytes.len(), |end| end + 9) as u64
    } else {
        return Ok(false);
    };
    window.pass(size)?;
    Ok(true)
}

/// What the first frame of MP3 says of the whole, in the place of sound.
struct Tag {
    /// How many frames follow.
    frames: Option<u64>,
    /// What to cut at either end.
    trims: Option<(u64, u64)>,
}

impl Tag {
    /// The tag of Xing and LAME, or Fraunhofer's.
    fn of(frame: &[u8], stream: Stream) -> Option<Tag> {
        if stream.kind != Kind::Mp3 || stream.layer != 1 {
            return None;
        }
        let side = match (stream.version == 3, stream.channels) {
            (true, 1) | (false, 2) => 17,
            (true, _) => 32,
            (false, _) => 9,
        };
        let at = |at: usize| frame.get(at..).and_then(|rest| rest.first_chunk::<4>()).copied();
        if at(36) == Some(*b"VBRI") {
            return Some(Tag { frames: None, trims: None });
        }
        if !matches!(&at(4 + side)?, b"Xing" | b"Info") {
            return None;
        }
        let flags = u32::from_be_bytes(at(8 + side)?);
        let frames = if flags & 1 == 0 { None } else { Some(u32::from_be_bytes(at(12 + side)?).into()) };
        // Frames, bytes, a table of places, a quality.
        let sizes = [(1, 4), (2, 4), (4, 100), (8, 4)];
        let lame = 12
            + side
            + sizes.iter().map(|(flag, size)| if flags & flag == 0 { 0 } else { *size }).sum::<usize>();
        let trims = frame.get(lame..lame + 24).and_then(|tag| {
            if frame.get(lame..lame + 36).is_some_and(|tag| {
                let said = u16::from_be_bytes([tag[34], tag[35]]);
                tag.starts_with(b"LAME") && said != 0 && said != crc_16(&frame[..lame + 34])
            }) {
                return None;
            }
            if !matches!(&tag[..4], b"LAME" | b"Lavf" | b"Lavc") {
                return Some((0, 0));
            }
            let [high, middle, low] = [tag[21], tag[22], tag[23]].map(u64::from);
            let (delay, padding) = (high << 4 | middle >> 4, (middle & 15) << 8 | low);
            Some((delay + DECODER_DELAY, padding.saturating_sub(DECODER_DELAY)))
        });
        Some(Tag { frames, trims })
    }
}

/// The checksum of a LAME tag.
fn crc_16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| if crc & 1 == 0 { crc >> 1 } else { crc >> 1 ^ 0xA001 })
    })
}
