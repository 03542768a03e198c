//! Reading FLAC as RFC 9639 defines it, natively and in Ogg (section 10.1): integers of 4 to 32 bits, divided by 2^(bits − 1), so that a
//! FLAC file gives the bits of the WAV file that it was made from.
//!
//! [`Decoder`] is given the bytes of a file in their order, in pieces of any size, and keeps what it has not decoded yet. Both
//! checksums of every frame are checked; that of the whole sound (MD5) is not. Rate, channels and bits must not change on
//! the way.
//!
//! A kept library would be preferred to own code. Symphonia's FLAC reader takes 70 kB of the page (brotli) and adds 33-bit
//! differences of 32-bit channels in 32 bits; a browser's decoder scales samples unevenly.

mod bits;
mod frame;
mod ogg;
mod stream_info;
#[cfg(test)]
mod tests;

use serde::Serialize;

use bits::Fault;
use ogg::Pages;
use stream_info::StreamInfo;

/// Why a FLAC file cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum FlacError {
    /// The bytes are not those of a FLAC file.
    #[error("this is no FLAC file: choose another, or convert it")]
    NotFlac,
    /// The bytes contradict themselves, or a checksum is wrong.
    #[error("the file is damaged after {} s of sound: copy or export it again", crate::number::Decimal((at_s * 100.0).round() / 100.0))]
    Damaged {
        /// How much sound comes before, in seconds.
        at_s: f64,
    },
}

impl FlacError {
    /// A name that does not change with the wording: what messages are looked up by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFlac => "not_flac",
            Self::Damaged { .. } => "damaged",
        }
    }
}

/// What comes next in the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// `fLaC`, behind a tag or the head of Ogg's first packet.
    Mark,
    /// A block of metadata.
    Block,
    /// Bytes that are skipped, and then what follows.
    Skip { bytes: usize, then: Then },
    /// A frame.
    Frame,
    /// Nothing: all samples that the file announces are there, or only a tag follows.
    End,
}

/// What follows on bytes that are skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    /// The mark, behind a tag.
    Mark,
    /// Another block of metadata.
    Block,
    /// Frames, behind the last block.
    Frame,
}

/// A FLAC file that is being decoded.
#[derive(Debug)]
pub struct Decoder {
    /// Of Ogg, whose packets make up the stream.
    pages: Option<Pages>,
    /// Bytes of the stream that were not decoded yet begin at `at`.
    bytes: Vec<u8>,
    at: usize,
    next: Next,
    info: Option<StreamInfo>,
    channels: Vec<Vec<i64>>,
    /// Samples of each channel so far.
    frames: u64,
}

impl Decoder {
    /// A decoder for a file that begins with these bytes, which are not taken yet.
    ///
    /// # Errors
    /// [`FlacError::NotFlac`] if they are neither those of FLAC, of Ogg nor of an ID3v2 tag.
    pub fn new(first: &[u8]) -> Result<Decoder, FlacError> {
        let is = |mark: &[u8]| first.starts_with(mark);
        if !is(b"fLaC") && !is(b"OggS") && !is(b"ID3") {
            return Err(FlacError::NotFlac);
        }
        Ok(Decoder {
            pages: is(b"OggS").then(Pages::default),
            bytes: Vec::new(),
            at: 0,
            next: Next::Mark,
            info: None,
            channels: Vec::new(),
            frames: 0,
        })
    }

    /// Takes further bytes of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.drain(..self.at);
        self.at = 0;
        match &mut self.pages {
            None => self.bytes.extend_from_slice(bytes),
            Some(pages) => pages.push(bytes, &mut self.bytes),
        }
    }

    /// Reads what comes before the first frame, as far as it is there. True once rate and channels are known.
    ///
    /// # Errors
    /// See [`FlacError`].
    pub fn begin(&mut self) -> Result<bool, FlacError> {
        loop {
            let rest = &self.bytes[self.at..];
            let taken = match self.next {
                Next::Frame | Next::End => break,
                Next::Mark if rest.starts_with(b"ID3") => {
                    let Some(bytes) = crate::audio::sniff::id3_bytes(rest) else { break };
                    self.next = Next::Skip { bytes, then: Then::Mark };
                    0
                }
                Next::Mark => {
                    let Some(taken) = mark(rest)? else { break };
                    self.next = Next::Block;
                    taken
                }
                Next::Block => {
                    let Some([kind, a, b, c]) = rest.first_chunk::<4>().copied() else { break };
                    let (last, length) = (kind & 0x80 != 0, u32::from_be_bytes([0, a, b, c]) as usize);
                    if self.info.is_none() {
                        if kind & 0x7F != 0 || length != StreamInfo::BYTES {
                            return Err(self.damaged());
                        }
                        let Some(block) = rest[4..].first_chunk() else { break };
                        self.info = Some(StreamInfo::parse(block).ok_or_else(|| self.damaged())?);
                    }
                    let then = if last { Then::Frame } else { Then::Block };
                    self.next = Next::Skip { bytes: length, then };
                    4
                }
                Next::Skip { bytes, then } => {
                    let here = bytes.min(rest.len());
                    self.next = match (bytes - here, then) {
                        (0, Then::Mark) => Next::Mark,
                        (0, Then::Block) => Next::Block,
                        (0, Then::Frame) => Next::Frame,
                        (bytes, then) => Next::Skip { bytes, then },
                    };
                    here
                }
            };
            self.at += taken;
            if matches!(self.next, Next::Skip { .. }) && self.at == self.bytes.len() {
                break;
            }
        }
        Ok(self.info.is_some())
    }

    /// Decodes one more frame. False if that needs more bytes, or if there is none.
    ///
    /// # Errors
    /// See [`FlacError`].
    pub fn step(&mut self) -> Result<bool, FlacError> {
        self.begin()?;
        if self.next == Next::Frame { self.frame() } else { Ok(false) }
    }

    /// Decodes the frame that comes next.
    fn frame(&mut self) -> Result<bool, FlacError> {
        let Some(info) = self.info else { return Err(self.damaged()) };
        let rest = &self.bytes[self.at..];
        if info.frames == Some(self.frames) {
            self.next = Next::End;
            return Ok(false);
        }
        match frame::decode(rest, &info, &mut self.channels) {
            Ok(taken) => {
                self.at += taken;
                let decoded = self.channels.first().map_or(0, Vec::len);
                self.frames += decoded as u64;
                // Never more than the file announces.
                if let Some(over) = info.frames.and_then(|frames| self.frames.checked_sub(frames)) {
                    for samples in &mut self.channels {
                        samples.truncate(decoded - over as usize);
                    }
                    self.frames -= over;
                }
                Ok(true)
            }
            Err(Fault::End) => Ok(false),
            // Tags of other formats at the end of a file that does not say how long it is.
            Err(Fault::Bad) if rest.starts_with(b"TAG") || rest.starts_with(b"APETAGEX") => {
                self.next = Next::End;
                Ok(false)
            }
            Err(Fault::Bad) => Err(self.damaged()),
        }
    }

    /// Whether it is known that no sound follows. A file that ends before is cut off, unless it does not say how long it is and
    /// [ends between frames](Decoder::is_between_frames).
    #[must_use]
    pub fn has_ended(&self) -> bool {
        self.next == Next::End || self.info.is_some_and(|info| info.frames == Some(self.frames))
    }

    /// Whether further bytes of the file may hold sound: not behind the last sample, nor in Ogg behind what is no page.
    #[must_use]
    pub fn wants_more(&self) -> bool {
        !self.has_ended() && !self.pages.as_ref().is_some_and(Pages::has_ended)
    }

    /// How many bytes were given and not decoded.
    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.bytes.len() - self.at + self.pages.as_ref().map_or(0, Pages::held)
    }

    /// Whether nothing of a further frame has been given.
    #[must_use]
    pub fn is_between_frames(&self) -> bool {
        self.next == Next::Frame && self.bytes.len() == self.at
    }

    /// Sampling rate in Hz, once it is known; never 0.
    #[must_use]
    pub fn rate_hz(&self) -> Option<u32> {
        self.info.map(|info| info.rate_hz)
    }

    /// Number of channels, once it is known: 1 to 8.
    #[must_use]
    pub fn channels(&self) -> Option<u16> {
        self.info.map(|info| info.channels.into())
    }

    /// How many samples of each channel the file announces, if it does.
    #[must_use]
    pub fn announced(&self) -> Option<u64> {
        self.info?.frames
    }

    /// Samples of each channel that have been decoded.
    #[must_use]
    pub fn decoded(&self) -> u64 {
        self.frames
    }

    /// Adds the samples of the frame that was decoded last: the mean of the channels, or one of them, counted from 0.
    pub fn samples(&self, channel: Option<usize>, samples: &mut Vec<f32>) {
        let scale = self.info.map_or(1.0, |info| 1.0 / (1_u64 << (info.bits - 1)) as f64);
        let value = |sample: &i64| *sample as f64 * scale;
        match (channel, self.channels.as_slice()) {
            (Some(channel), channels) => {
                let chosen = channels.get(channel).map_or(&[][..], Vec::as_slice);
                samples.extend(chosen.iter().map(|sample| value(sample) as f32));
            }
            (None, [only]) => samples.extend(only.iter().map(|sample| value(sample) as f32)),
            (None, channels) => {
                let count = channels.len() as f64;
                let length = channels.first().map_or(0, Vec::len);
                samples.extend((0..length).map(|k| {
                    let sum: f64 = channels.iter().filter_map(|channel| channel.get(k).map(value)).sum();
                    (sum / count) as f32
                }));
            }
        }
    }

    /// That what comes next contradicts itself.
    pub(super) fn damaged(&self) -> FlacError {
        let rate_hz = self.info.map_or(1, |info| info.rate_hz);
        FlacError::Damaged { at_s: self.frames as f64 / f64::from(rate_hz) }
    }
}

/// How many bytes come up to behind `fLaC`; none if more are needed to tell.
fn mark(bytes: &[u8]) -> Result<Option<usize>, FlacError> {
    let at = if bytes.starts_with(b"\x7FFLAC") { 9 } else { 0 };
    match bytes.get(at..at + 4) {
        Some(b"fLaC") => Ok(Some(at + 4)),
        Some(_) => Err(FlacError::NotFlac),
        None => Ok(None),
    }
}
