//! Compressed sound: containers and codecs of Symphonia, and Opus.

use std::collections::VecDeque;
use std::io::ErrorKind;

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
use symphonia::core::units::TimeBase;
use undertone::audio::mix;
use undertone::audio::sniff::{AAC_FRAMES, Kind, show_he_aac};

use super::error::{
    AAC_OF_A_RARE_KIND, CutOff, Damage, DecodeError, ENCRYPTED, LAYER_I, NOT_KNOWN, ODD_CODEC, ODD_CONTAINER,
    SPEEX,
};
use super::frames::Frames;
use super::item::{Item, Link, Piece};
use super::mp4::{Mp4, Mp4Track, is_he_aac};
use super::ogg::Ogg;
use super::opus::{self, Opus};
use super::window::Window;

/// What the container says that Symphonia does not.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub kind: Option<Kind>,
    /// The end is missing.
    pub cut: bool,
    /// Every element was found whole, to the end of the file.
    pub ends_with_file: bool,
    pub mp4: Option<Mp4>,
    /// How much of the last packet is to be left out, in nanoseconds.
    pub padding_ns: u64,
    /// Bytes in the middle of the file are of no use.
    pub damaged: bool,
}

/// A file with compressed sound.
pub(super) struct Packets {
    container: Container,
    codec: Codec,
    known: Known,
    /// The sound that is read: of files that were joined, one after the other.
    link: Link,
    pub rate_hz: u32,
    pub channels: usize,
    /// Frames of the sound that were decoded or are known to be missing.
    placed: u64,
    /// Frames of it that came out of the queue, heard or not.
    passed: u64,
    /// Frames of it that were given out.
    given: u64,
    /// Frames of the sounds before it.
    before: u64,
    damage: Option<Damage>,
    /// Sound that waits for what comes before it to be known.
    waiting: Option<(Unknown, Vec<f32>)>,
    /// Where the sound begins on the clock of its positions; of Matroska, how far its clock is ahead of the sound.
    offset: Option<i64>,
    ready: VecDeque<Block>,
    /// What was read before it was wanted.
    early: VecDeque<Result<Item, DecodeError>>,
    /// The first packet's samples, which [`Packets::open`] has decoded, are still to be given out.
    first: bool,
    interleaved: Vec<f32>,
}

/// Why the place of sound is not known yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unknown {
    /// Nothing has told a position yet.
    Start,
    /// Something is missing before it.
    Gap,
}

/// What is given out next.
#[derive(Debug)]
enum Block {
    /// The channels of each frame in turn.
    Sound(Vec<f32>),
    /// Frames that are missing.
    Lost(u64),
}

enum Container {
    Library { format: Box<dyn FormatReader>, track_id: u32, time_base: Option<TimeBase> },
    Frames(Box<Frames>),
    Ogg(Box<Ogg>),
}

enum Codec {
    Library(Box<dyn AudioDecoder>),
    Opus(Box<Opus>),
}

/// Silence is given out in pieces of so many frames.
const SILENCE: u64 = 1 << 15;
/// The longest stretch that is filled with silence, in seconds.
const MOST_LOST_S: u64 = 3_600;
/// Matroska's positions are rounded to milliseconds; smaller leaps are none.
const LEAP_S: f64 = 5e-3;

impl Packets {
    /// Finds the sound, and decodes its first packet.
    pub fn open(bytes: Box<dyn MediaSource>, known: Known) -> Result<(Self, Vec<f32>), DecodeError> {
        let (container, codec, link) = match known.kind {
            Some(Kind::Mp3 | Kind::Aac) => {
                let (frames, link) = Frames::open(Window::new(bytes))?;
                let (codec, link) = begun(link, None)?;
                (Container::Frames(Box::new(frames)), codec, link)
            }
            Some(Kind::OggVorbis | Kind::OggOpus | Kind::OggFlac | Kind::OggOther) => {
                let (ogg, link) = Ogg::open(Window::new(bytes))?;
                let (codec, link) = begun(link, None)?;
                (Container::Ogg(Box::new(ogg)), codec, link)
            }
            _ => library(bytes, &known)?,
        };
        let is_aac = link.parameters.codec == CODEC_ID_AAC;
        let is_mp3 = link.parameters.codec == CODEC_ID_MP3;
        // FLAC's frames are numbered; without a length it may be a part of a stream.
        let counts_from_0 = known.kind == Some(Kind::Flac) && link.declared.is_some();
        let mut packets = Self {
            container,
            codec,
            known,
            waiting: link.positions.then_some((Unknown::Start, Vec::new())),
            link,
            rate_hz: 0,
            channels: 0,
            placed: 0,
            passed: 0,
            given: 0,
            before: 0,
            damage: None,
            offset: counts_from_0.then_some(0),
            ready: VecDeque::new(),
            early: VecDeque::new(),
            first: false,
            interleaved: Vec::new(),
        };
        if is_aac && packets.carries_bands() {
            return Err(DecodeError::Unread { name: HE_AAC });
        }
        if is_mp3 && packets.is_layer_ii() {
            packets.link.parameters.for_codec(CODEC_ID_MP2);
            packets.codec = codec_of(&packets.link.parameters, None)?;
        }
        let mut samples = Vec::new();
        packets.first = packets.decode(&mut samples)?;
        if packets.rate_hz == 0 {
            return Err(if packets.is_cut() { packets.truncated() } else { packets.damaged() });
        }
        Ok((packets, samples))
    }

    /// Frames that there are, if the file says so.
    pub fn expected(&self) -> Option<u64> {
        let Link { declared, heard, .. } = &self.link;
        declared.or(Some(heard.end).filter(|end| *end < u64::MAX).map(|end| end.saturating_sub(heard.start)))
    }

    /// What is missing in the middle, so far.
    pub fn damage(&self) -> Option<Damage> {
        self.damage
    }

    pub fn next(&mut self, samples: &mut Vec<f32>) -> Result<bool, DecodeError> {
        let more = std::mem::take(&mut self.first) || self.decode(samples)?;
        if more {
            return Ok(true);
        }
        if self.is_cut() || self.short() > 0 {
            return Err(self.truncated());
        }
        let wrong = match &mut self.codec {
            // What is missing changes the checksum of the whole.
            Codec::Library(decoder) => self.damage.is_none() && decoder.finalize().verify_ok == Some(false),
            Codec::Opus(_) => false,
        };
        let present = self.present_s();
        if wrong || self.damage.is_some_and(|damage| damage.missing_s > present - damage.missing_s) {
            return Err(self.damaged());
        }
        Ok(false)
    }

    fn is_cut(&self) -> bool {
        self.known.cut
            || match &self.container {
                Container::Library { .. } => false,
                // What a tag has counted is there or not, whatever follows.
                Container::Frames(frames) => frames.cut && self.link.declared.is_none(),
                Container::Ogg(ogg) => ogg.cut,
            }
    }

    /// Frames that the sound should have beyond those that were given out.
    fn short(&self) -> u64 {
        self.link.declared.map_or(0, |declared| declared.saturating_sub(self.given))
    }

    /// Puts the next packet's sound, mixed to mono, into `samples`.
    fn decode(&mut self, samples: &mut Vec<f32>) -> Result<bool, DecodeError> {
        samples.clear();
        loop {
            // Before anything was decoded nobody knows how many channels the silence is to have.
            if self.rate_hz > 0
                && let Some(block) = self.ready.pop_front()
            {
                if self.give(block, samples)? {
                    return Ok(true);
                }
                continue;
            }
            let over = self.placed >= self.link.heard.end && self.waiting.is_none();
            if over && matches!(self.container, Container::Library { .. }) {
                return Ok(false);
            }
            match self.item()? {
                // Behind the end of the sound another may begin.
                Item::Packet(_) | Item::Lost(_) | Item::Gap if over => {}
                Item::Packet(piece) => self.packet(piece)?,
                Item::Lost(frames) => self.lost(frames)?,
                Item::Gap => self.gap(),
                Item::Another(link) => {
                    self.settle(None)?;
                    // What the sound lacks is missing in the middle of the whole.
                    let waiting: u64 = self.ready.iter().map(|block| block.frames(self.channels)).sum();
                    self.lost(self.short().saturating_sub(waiting))?;
                    if self.ready.is_empty() || self.rate_hz == 0 {
                        self.begin(*link)?;
                    } else {
                        self.early.push_front(Ok(Item::Another(link)));
                    }
                }
                Item::End => {
                    self.settle(None)?;
                    if self.damage.is_some() && !self.is_cut() {
                        // Of damage that is seen by its bytes alone, the length is an estimate.
                        let waiting: u64 = self.ready.iter().map(|block| block.frames(self.channels)).sum();
                        self.lost(self.short().saturating_sub(waiting))?;
                    }
                    if self.ready.is_empty() || self.rate_hz == 0 {
                        return Ok(false);
                    }
                    self.early.push_front(Ok(Item::End));
                }
            }
        }
    }

    /// Goes over to the next of several sounds.
    fn begin(&mut self, link: Link) -> Result<(), DecodeError> {
        let (codec, link) = begun(link, None)?;
        (self.codec, self.link) = (codec, link);
        self.ready.clear();
        self.before += self.given;
        (self.placed, self.passed, self.given) = (0, 0, 0);
        self.offset = None;
        self.waiting = self.link.positions.then_some((Unknown::Start, Vec::new()));
        Ok(())
    }

    /// Puts what is to be heard of a block into `samples`.
    fn give(&mut self, block: Block, samples: &mut Vec<f32>) -> Result<bool, DecodeError> {
        let is_lost = matches!(block, Block::Lost(_));
        match block {
            Block::Sound(sound) => self.interleaved = sound,
            Block::Lost(frames) => {
                let now = frames.min(SILENCE);
                if frames > now {
                    self.ready.push_front(Block::Lost(frames - now));
                }
                self.interleaved.clear();
                self.interleaved.resize(now as usize * self.channels, 0.0);
            }
        }
        let frames = (self.interleaved.len() / self.channels.max(1)) as u64;
        let from = self.link.heard.start.saturating_sub(self.passed).min(frames);
        let to = self.link.heard.end.saturating_sub(self.passed).min(frames).max(from);
        self.passed += frames;
        self.interleaved.truncate(to as usize * self.channels);
        self.interleaved.drain(..from as usize * self.channels);
        mix::mono(&self.interleaved, self.channels, None, samples);
        if samples.iter().any(|v| !v.is_finite()) {
            return Err(self.damaged());
        }
        if is_lost && !samples.is_empty() {
            let at_s = self.present_s();
            let missing_s = samples.len() as f64 / f64::from(self.rate_hz.max(1));
            let damage = self.damage.get_or_insert(Damage { at_s, missing_s: 0.0 });
            damage.missing_s += missing_s;
        }
        self.given += samples.len() as u64;
        Ok(!samples.is_empty())
    }

    /// Decodes a packet.
    fn packet(&mut self, piece: Piece) -> Result<(), DecodeError> {
        let clock = self.clock(&piece.packet);
        if let Some(clock) = clock {
            self.leap(clock)?;
        }
        if !matches!(self.waiting, Some((Unknown::Start, _))) {
            self.end(piece.end);
        }
        // Some end Ogg with a packet of no bytes.
        if piece.packet.data.is_empty() {
            return self.settle(Some(&piece));
        }
        match self.decode_packet(&piece.packet) {
            Ok(()) => {
                let last = matches!(self.early.front(), Some(Ok(Item::End)));
                let padding = if last && self.known.padding_ns > 0 {
                    (u128::from(self.known.padding_ns) * u128::from(self.rate_hz) / 1_000_000_000) as u64
                } else if matches!(self.codec, Codec::Opus(_)) {
                    piece.packet.trim_end.get()
                } else {
                    0
                };
                let frames = (self.interleaved.len() / self.channels) as u64;
                self.interleaved.truncate(frames.saturating_sub(padding) as usize * self.channels);
                let sound = std::mem::take(&mut self.interleaved);
                match &mut self.waiting {
                    Some((_, waiting)) => waiting.extend_from_slice(&sound),
                    None => {
                        self.placed += frames;
                        self.ready.push_back(Block::Sound(sound));
                    }
                }
            }
            Err(error) => self.failed(error, &piece)?,
        }
        self.settle(Some(&piece))
    }

    /// A packet could not be decoded: it is missing, unless it is the reason why nothing can be.
    fn failed(&mut self, error: DecodeError, piece: &Piece) -> Result<(), DecodeError> {
        match error {
            DecodeError::Damaged { .. } => {}
            DecodeError::Unread { .. } if self.rate_hz > 0 => {}
            error => return Err(error),
        }
        if self.known.cut {
            return Err(self.truncated());
        }
        let dur = piece.packet.dur.get();
        match &mut self.container {
            Container::Frames(_) => self.lost(dur),
            Container::Ogg(_) => {
                self.gap();
                Ok(())
            }
            Container::Library { time_base, .. } => {
                let rate_hz = self.link.parameters.sample_rate.unwrap_or(self.rate_hz);
                let frames = time_base.map_or(0, |base| frames_of(dur, base, rate_hz));
                match self.known.kind {
                    // The positions of what follows tell it.
                    Some(Kind::Webm | Kind::Flac) => {
                        self.known.damaged = true;
                        Ok(())
                    }
                    _ => self.lost(frames),
                }
            }
        }
    }

    /// Frames are missing here.
    fn lost(&mut self, frames: u64) -> Result<(), DecodeError> {
        if frames > MOST_LOST_S * u64::from(self.rate_hz.max(8_000)) {
            return Err(self.damaged());
        }
        if frames > 0 {
            self.placed += frames;
            self.ready.push_back(Block::Lost(frames));
        }
        Ok(())
    }

    /// Something is missing here, and nobody knows yet how much.
    fn gap(&mut self) {
        if let Codec::Library(decoder) = &mut self.codec {
            decoder.reset();
        }
        if self.link.positions && self.waiting.is_none() {
            self.waiting = Some((Unknown::Gap, Vec::new()));
        }
    }

    /// What waits finds its place, if this packet tells one or none will.
    fn settle(&mut self, piece: Option<&Piece>) -> Result<(), DecodeError> {
        let after = piece.and_then(|piece| piece.after);
        if piece.is_some() && after.is_none() {
            return Ok(());
        }
        let ends = piece.and_then(|piece| piece.end);
        if let Some((unknown, mut sound)) = self.waiting.take() {
            let frames = (sound.len() / self.channels.max(1)) as u64;
            let mut dropped = 0;
            if let Some(after) = after {
                let offset = self.offset.unwrap_or(0).cast_unsigned();
                match unknown {
                    // A stream that was cut out of a longer one begins later than at 0.
                    Unknown::Start if after >= frames => self.offset = Some((after - frames).cast_signed()),
                    // What lies before 0 is not to be heard; of a stream of one page it lies behind the end.
                    Unknown::Start => {
                        self.offset = Some(0);
                        if ends.is_none() && matches!(self.codec, Codec::Library(_)) {
                            dropped = frames - after;
                        }
                    }
                    Unknown::Gap => self.lost(after.saturating_sub(offset + self.placed + frames))?,
                }
            }
            sound.drain(..(dropped as usize * self.channels).min(sound.len()));
            self.placed += frames - dropped;
            self.ready.push_back(Block::Sound(sound));
        }
        self.end(ends);
        Ok(())
    }

    /// Notes where the sound ends, once it is known where it begins.
    fn end(&mut self, end: Option<u64>) {
        if let Some(end) = end {
            let offset = self.offset.unwrap_or(0).cast_unsigned();
            self.link.heard.end = self.link.heard.end.min(end.saturating_sub(offset));
        }
    }

    /// Where a packet begins, in frames on the clock of its container, if that is to be believed.
    fn clock(&self, packet: &Packet) -> Option<i64> {
        let Container::Library { time_base: Some(base), .. } = &self.container else { return None };
        let rate_hz = match self.known.kind {
            Some(Kind::Flac) => self.link.parameters.sample_rate?,
            Some(Kind::Webm) if self.rate_hz > 0 => self.rate_hz,
            _ => return None,
        };
        let ticks = u64::try_from(packet.pts.get()).ok()?;
        Some(frames_of(ticks, *base, rate_hz).cast_signed())
    }

    /// Notes what is missing if the clock has gone on further than the sound.
    fn leap(&mut self, clock: i64) -> Result<(), DecodeError> {
        let ahead = clock.saturating_sub_unsigned(self.placed);
        let before = *self.offset.get_or_insert(ahead);
        let leap = ahead.saturating_sub(before);
        if self.known.kind == Some(Kind::Flac) || self.known.damaged {
            let least =
                if self.known.kind == Some(Kind::Flac) { 0.0 } else { LEAP_S * f64::from(self.rate_hz) };
            if leap as f64 > least {
                return self.lost(leap.unsigned_abs());
            }
        } else {
            // Recorders' clocks are not quite those of their sounds.
            self.offset = Some(ahead);
        }
        Ok(())
    }

    /// The next item; if one has to know which packet is the last, the one after it is read as well.
    fn item(&mut self) -> Result<Item, DecodeError> {
        let item = match self.early.pop_front() {
            Some(item) => item?,
            None => self.read()?,
        };
        if self.known.padding_ns > 0 && self.early.is_empty() && !matches!(item, Item::End) {
            let following = self.read();
            self.early.push_back(following);
        }
        Ok(item)
    }

    fn read(&mut self) -> Result<Item, DecodeError> {
        let (format, track_id) = match &mut self.container {
            Container::Frames(frames) => return frames.next(),
            Container::Ogg(ogg) => return ogg.next(),
            Container::Library { format, track_id, .. } => (format, *track_id),
        };
        loop {
            match format.next_packet() {
                Ok(Some(packet)) if packet.track_id != track_id => {}
                Ok(Some(packet)) => return Ok(Item::Packet(packet.into())),
                Ok(None) => return Ok(Item::End),
                // The reader cannot know that elements of unknown size end with the file.
                Err(error) if self.known.ends_with_file && is_end(&error) => return Ok(Item::End),
                Err(error) => return Err(self.failure(&error)),
            }
        }
    }

    /// Whether the first packets of AAC carry replicated bands, which no configuration needs to mention.
    fn carries_bands(&mut self) -> bool {
        while self.early.len() < AAC_FRAMES {
            let item = self.read();
            let over = !matches!(item, Ok(Item::Packet(_)));
            self.early.push_back(item);
            if over {
                break;
            }
        }
        show_he_aac(self.early.iter().filter_map(|item| match item {
            Ok(Item::Packet(piece)) => Some(&piece.packet.data[..]),
            _ => None,
        }))
    }

    /// Whether the first packet of what is named MP3 is of layer II: MP4 has one name for both.
    fn is_layer_ii(&mut self) -> bool {
        if matches!(self.container, Container::Library { .. }) && self.early.is_empty() {
            let item = self.read();
            self.early.push_back(item);
        }
        match self.early.front() {
            Some(Ok(Item::Packet(piece))) => {
                piece.packet.data.get(1).is_some_and(|second| second >> 1 & 3 == 2)
            }
            _ => false,
        }
    }

    /// Decodes into `interleaved`.
    fn decode_packet(&mut self, packet: &Packet) -> Result<(), DecodeError> {
        self.interleaved.clear();
        let (rate_hz, channels) = match &mut self.codec {
            Codec::Library(decoder) => match decoder.decode(packet) {
                Ok(buffer) => {
                    self.interleaved.resize(buffer.samples_interleaved(), f32::MID);
                    buffer.copy_to_slice_interleaved(&mut self.interleaved);
                    (buffer.spec().rate(), buffer.spec().channels().count())
                }
                // A packet that ends early is no end of the file.
                Err(error) if is_end(&error) => return Err(self.damaged()),
                Err(error) => return Err(self.failure(&error)),
            },
            Codec::Opus(opus) => {
                let channels = opus.channels;
                let Some(samples) = opus.decode(&packet.data) else { return Err(self.damaged()) };
                self.interleaved.extend_from_slice(samples);
                (opus::RATE_HZ, channels)
            }
        };
        if rate_hz == 0 || channels == 0 {
            return Err(self.damaged());
        }
        if self.rate_hz == 0 {
            (self.rate_hz, self.channels) = (rate_hz, channels);
        }
        if (self.rate_hz, self.channels) != (rate_hz, channels) {
            return Err(if self.placed == 0 && self.before > 0 {
                DecodeError::Several
            } else {
                self.damaged()
            });
        }
        Ok(())
    }

    /// One channel of the last packet.
    pub fn channel(&self, index: usize, samples: &mut Vec<f32>) {
        mix::mono(&self.interleaved, self.channels, Some(index), samples);
    }

    fn present_s(&self) -> f64 {
        (self.before + self.given) as f64 / f64::from(self.rate_hz.max(1))
    }

    fn truncated(&self) -> DecodeError {
        let declared = self.expected().filter(|frames| *frames > self.given && self.rate_hz > 0);
        let declared_s = declared.map(|frames| (self.before + frames) as f64 / f64::from(self.rate_hz));
        DecodeError::Truncated(CutOff { present_s: self.present_s(), declared_s })
    }

    /// Of a file whose end is missing, that is the reason whatever the decoder says.
    fn damaged(&self) -> DecodeError {
        if self.known.cut {
            return self.truncated();
        }
        let present_s = self.damage.map_or(self.present_s(), |damage| damage.at_s);
        DecodeError::Damaged { present_s }
    }

    fn failure(&self, error: &Symphonia) -> DecodeError {
        match failure(error, self.present_s(), ODD_CODEC) {
            DecodeError::Truncated(_) => self.truncated(),
            _ if self.known.cut => self.truncated(),
            error => error,
        }
    }
}

impl Block {
    fn frames(&self, channels: usize) -> u64 {
        match self {
            Self::Sound(sound) => (sound.len() / channels.max(1)) as u64,
            Self::Lost(frames) => *frames,
        }
    }
}

/// Ticks as frames, rounded.
fn frames_of(ticks: u64, base: TimeBase, rate_hz: u32) -> u64 {
    let ticks_per_s = u128::from(base.denom.get());
    let frames = (u128::from(ticks) * u128::from(base.numer.get()) * u128::from(rate_hz) + ticks_per_s / 2)
        / ticks_per_s;
    u64::try_from(frames).unwrap_or(u64::MAX >> 1).min(u64::MAX >> 1)
}

/// A container of Symphonia's, and its first track of sound that is read, with a decoder for it.
fn library(bytes: Box<dyn MediaSource>, known: &Known) -> Result<(Container, Codec, Link), DecodeError> {
    let source = MediaSourceStream::new(bytes, Default::default());
    let format = symphonia::default::get_probe()
        .probe(&Hint::new(), source, FormatOptions::default(), MetadataOptions::default())
        .map_err(|error| failure(&error, 0.0, ODD_CONTAINER))?;
    let in_mp4 = |id: u32| known.mp4.iter().flat_map(|mp4| &mp4.tracks).find(|track| track.id == id);
    let usual = format.default_track(TrackType::Audio).map(|track| track.id);
    let (usual, others): (Vec<&Track>, _) = format.tracks().iter().partition(|track| Some(track.id) == usual);
    let mut refused = None;
    let mut found = None;
    for track in usual.into_iter().chain(others) {
        let of_mp4 = in_mp4(track.id);
        let parameters = match &track.codec_params {
            Some(CodecParameters::Audio(parameters)) => parameters.clone(),
            None if of_mp4.is_some() => AudioCodecParameters::new(),
            _ => continue,
        };
        let link = Link {
            declared: track.num_frames.filter(|_| parameters.codec == CODEC_ID_FLAC),
            parameters,
            heard: 0..u64::MAX,
            positions: false,
        };
        match begun(link, of_mp4) {
            Ok((codec, link)) => {
                found = Some((codec, link, track.id, track.time_base));
                break;
            }
            Err(error) => refused = refused.or(Some(error)),
        }
    }
    let Some((codec, link, track_id, time_base)) = found else {
        let encoding = known.mp4.as_ref().and_then(|mp4| mp4.tracks.first()?.encoding);
        return Err(refused.unwrap_or(match encoding {
            Some(_) => DecodeError::Unread { name: name_in_mp4(encoding) },
            None => DecodeError::NoSoundTrack,
        }));
    };
    Ok((Container::Library { format, track_id, time_base }, codec, link))
}

/// A decoder for a sound, and what is to be heard of it.
fn begun(mut link: Link, mp4: Option<&Mp4Track>) -> Result<(Codec, Link), DecodeError> {
    if let Some(configuration) = mp4.and_then(|track| track.alac.clone()) {
        link.parameters.for_codec(CODEC_ID_ALAC).with_extra_data(configuration);
    }
    let codec = codec_of(&link.parameters, mp4)?;
    if let Codec::Opus(opus) = &codec {
        link.heard.start = opus.delay;
    }
    if let Some((mp4, (from, length))) = mp4.and_then(|mp4| Some((mp4, mp4.heard?))) {
        let rate_hz =
            if matches!(codec, Codec::Opus(_)) { Some(opus::RATE_HZ) } else { link.parameters.sample_rate };
        let scale = mp4.scale;
        let frames = |ticks: u64| match (rate_hz, scale) {
            (Some(rate_hz), 1..) if rate_hz != scale => {
                let exact = u128::from(ticks) * u128::from(rate_hz) + u128::from(scale) / 2;
                u64::try_from(exact / u128::from(scale)).unwrap_or(u64::MAX)
            }
            _ => ticks,
        };
        link.heard = frames(from)..length.map_or(u64::MAX, |length| frames(from.saturating_add(length)));
        link.declared = None;
    }
    Ok((codec, link))
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
fn codec_of(parameters: &AudioCodecParameters, mp4: Option<&Mp4Track>) -> Result<Codec, DecodeError> {
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
            let twice = parameters.sample_rate.zip(mp4.map(|mp4| mp4.scale));
            if is_he_aac(configuration) || twice.is_some_and(|(rate_hz, scale)| scale == 2 * rate_hz) {
                return Err(DecodeError::Unread { name: HE_AAC });
            }
        }
        _ => {}
    }
    // Only Vorbis, whose first packet has nothing to overlap with, needs the decoder to cut.
    let trims = parameters.codec == CODEC_ID_VORBIS;
    let options = AudioDecoderOptions::default().verify(true).gapless(trims);
    let decoder = symphonia::default::get_codecs().make_audio_decoder(parameters, &options);
    let decoder = decoder.map_err(|error| match error {
        Symphonia::Unsupported(_) => {
            let encoding = mp4.and_then(|mp4| mp4.encoding);
            DecodeError::Unread { name: name(parameters.codec).unwrap_or_else(|| name_in_mp4(encoding)) }
        }
        _ => DecodeError::Damaged { present_s: 0.0 },
    })?;
    Ok(Codec::Library(decoder))
}

/// Codecs that are not read.
const CODECS: [(AudioCodecId, &str); 15] = [
    (CODEC_ID_AAC, AAC_OF_A_RARE_KIND),
    (CODEC_ID_SPEEX, SPEEX),
    (CODEC_ID_AC3, "AC-3"),
    (CODEC_ID_EAC3, "E-AC-3"),
    (CODEC_ID_AC4, "AC-4"),
    (CODEC_ID_DCA, "DTS"),
    (CODEC_ID_WMA, "WMA"),
    (CODEC_ID_TRUEHD, "TrueHD"),
    (CODEC_ID_TTA, "True Audio"),
    (CODEC_ID_WAVPACK, "WavPack"),
    (CODEC_ID_MP1, LAYER_I),
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
    (*b"enca", ENCRYPTED),
];
const HE_AAC: &str = "HE-AAC";
const OPUS_STREAMS: &str = "Opus with more than two channels";

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
    let others = [
        HE_AAC,
        OPUS_STREAMS,
        NOT_KNOWN,
        ODD_CONTAINER,
        ODD_CODEC,
        super::error::MP2_BIT_RATE,
        AAC_OF_A_RARE_KIND,
    ];
    encodings.chain(codecs).chain(others)
}
