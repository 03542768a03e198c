//! The formats that we read ourselves by one interface, for files that are not read as a whole: who has the file asks which bytes
//! are wanted, hands them over, and takes the samples, at the file's own rate.
//!
//! ```
//! use undertone::audio::{sound_file::SoundFile, wav};
//!
//! let file = wav::write_f32(&[0.0, 0.25, -0.5], 44_100);
//! let mut sound = SoundFile::open(&file[..16], file.len() as u64)?;
//! let mut samples = Vec::new();
//! while let Some(wanted) = sound.wanted() {
//!     sound.push(&file[wanted.start as usize..wanted.end as usize])?;
//!     while sound.next(&mut samples)? {}
//! }
//! assert_eq!((sound.rate_hz(), samples), (44_100, vec![0.0, 0.25, -0.5]));
//! # Ok::<(), undertone::audio::sound_file::ReadError>(())
//! ```

use std::ops::Range;

use super::channels::{Comparison, Difference};
use super::flac::{self, FlacError};
use super::mix;
use super::pcm::{self, Header, HeaderReader, PcmError};
use super::sniff::{Kind, sniff};

/// So many bytes are wanted at a time, or a little more.
const PIECE_BYTES: u64 = 1 << 18;

/// Why a sound file cannot be read.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Of uncompressed sound.
    #[error(transparent)]
    Pcm(#[from] PcmError),
    /// FLAC.
    #[error(transparent)]
    Flac(#[from] FlacError),
}

impl ReadError {
    /// A name that does not change with the wording: what messages are looked up by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ReadError::Pcm(error) => error.code(),
            ReadError::Flac(error) => error.code(),
        }
    }
}

/// A file that ends before its sound does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cut {
    /// How much sound is there, in seconds.
    pub present_s: f64,
    /// How much there should be, in seconds, if the file says so.
    pub declared_s: Option<f64>,
}

/// A sound file that is being read.
#[derive(Debug)]
pub struct SoundFile {
    source: Source,
    /// 0, as the number of channels, until the header was read.
    rate_hz: u32,
    channels: usize,
    /// The channel that is taken, counted from 0; else the mean of all.
    channel: Option<usize>,
    comparison: Comparison,
    /// Each channel of the piece that was decoded last.
    planes: Vec<Vec<f32>>,
}

#[derive(Debug)]
enum Source {
    /// Uncompressed sound whose header goes on.
    Header(Box<HeaderReader>),
    Pcm(Box<Pcm>),
    Flac {
        decoder: Box<flac::Decoder>,
        taken: u64,
        file_bytes: u64,
    },
}

/// Uncompressed sound.
#[derive(Debug)]
struct Pcm {
    header: Header,
    decoder: pcm::Decoder,
    /// How far the file was taken.
    taken: u64,
    /// Bytes that were taken and not decoded.
    piece: Vec<u8>,
}

impl Pcm {
    /// Decodes blocks of about so many frames: none if no whole one is there. Only the last block of all may be cut off.
    fn next(&mut self, frames: usize) -> &[f64] {
        let Pcm { header, decoder, taken, piece } = self;
        let (block, block_frames) = (header.block_bytes(), header.block_frames() as usize);
        let ready = if *taken < header.sound().end { piece.len() - piece.len() % block } else { piece.len() };
        let count = ready.min(frames.div_ceil(block_frames).max(1) * block);
        let interleaved = decoder.interleaved(&piece[..count]);
        piece.drain(..count);
        interleaved
    }
}

impl SoundFile {
    /// Opens a file of `file_bytes` bytes by the `first` of them, best some thousand. Where these do not hold its header, the
    /// [rate](SoundFile::rate_hz) is 0 until what is [wanted](SoundFile::wanted) was given.
    ///
    /// # Errors
    /// See [`ReadError`]; [`PcmError::NotPcm`] of a file of another format.
    pub fn open(first: &[u8], file_bytes: u64) -> Result<SoundFile, ReadError> {
        let source = match sniff(first).kind {
            Kind::Flac | Kind::OggFlac => {
                Source::Flac { decoder: Box::new(flac::Decoder::new(first)?), taken: 0, file_bytes }
            }
            _ => Source::Header(Box::new(HeaderReader::new(file_bytes))),
        };
        let (comparison, planes) = (Comparison::default(), Vec::new());
        let mut sound = SoundFile { source, rate_hz: 0, channels: 0, channel: None, comparison, planes };
        sound.push(first)?;
        Ok(sound)
    }

    /// Takes one channel, counted from 0, instead of the mean of all. Of a channel that there is not, there are no samples.
    pub fn choose(&mut self, channel: usize) {
        self.channel = Some(channel);
    }

    /// The file's own sampling rate, in Hz, not otherwise checked; 0 until its header was read, and never behind that.
    #[must_use]
    pub fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    /// Number of channels; at least 1 where the rate is known.
    #[must_use]
    pub fn channels(&self) -> usize {
        self.channels
    }

    /// How many seconds there are as far as the header says; of uncompressed sound that was cut off, how many are there.
    #[must_use]
    pub fn seconds(&self) -> Option<f64> {
        let frames = match &self.source {
            Source::Header(_) => return None,
            Source::Pcm(pcm) => pcm.header.frames(),
            Source::Flac { decoder, .. } => decoder.announced()?,
        };
        Some(frames as f64 / f64::from(self.rate_hz))
    }

    /// Which bytes of the file are needed next. None when all that matter were given.
    #[must_use]
    pub fn wanted(&self) -> Option<Range<u64>> {
        let wanted = match &self.source {
            Source::Header(reader) => reader.wanted(),
            Source::Pcm(pcm) => pcm.taken..(pcm.taken + PIECE_BYTES).min(pcm.header.sound().end),
            Source::Flac { decoder, .. } if !decoder.wants_more() => return None,
            Source::Flac { taken, file_bytes, .. } => *taken..(taken + PIECE_BYTES).min(*file_bytes),
        };
        (!wanted.is_empty()).then_some(wanted)
    }

    /// Takes the bytes that were wanted.
    ///
    /// # Errors
    /// See [`ReadError`]; only as long as the rate is not known.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), ReadError> {
        match &mut self.source {
            Source::Header(reader) => {
                if let Some(header) = reader.push(bytes)? {
                    (self.rate_hz, self.channels) = (header.rate_hz(), header.channels());
                    let (decoder, taken) = (header.decoder(), header.sound().start);
                    self.source = Source::Pcm(Box::new(Pcm { header, decoder, taken, piece: Vec::new() }));
                } else if bytes.is_empty() {
                    // It has become shorter.
                    return Err(PcmError::NoSound.into());
                }
            }
            Source::Pcm(pcm) => {
                pcm.piece.extend_from_slice(bytes);
                pcm.taken += bytes.len() as u64;
            }
            Source::Flac { decoder, taken, file_bytes } => {
                decoder.push(bytes);
                *taken += bytes.len() as u64;
                if self.rate_hz == 0 {
                    decoder.begin()?;
                    if let (Some(rate_hz), Some(channels)) = (decoder.rate_hz(), decoder.channels()) {
                        (self.rate_hz, self.channels) = (rate_hz, channels.into());
                    } else if taken >= file_bytes || !decoder.wants_more() {
                        return Err(decoder.damaged().into());
                    }
                }
            }
        }
        Ok(())
    }

    /// Adds a quarter of a second of samples, or a little more or less. False if that needs more bytes.
    ///
    /// # Errors
    /// See [`ReadError`].
    pub fn next(&mut self, samples: &mut Vec<f32>) -> Result<bool, ReadError> {
        let before = samples.len();
        let about = (self.rate_hz as usize).div_ceil(4);
        let several = self.channels > 1;
        self.planes.resize(self.channels, Vec::new());
        self.planes.iter_mut().for_each(Vec::clear);
        match &mut self.source {
            Source::Header(_) => {}
            Source::Pcm(pcm) => {
                let first = pcm.decoder.frame();
                let interleaved = pcm.next(about);
                mix::mono(interleaved, self.channels, self.channel, samples);
                if several {
                    for (number, plane) in self.planes.iter_mut().enumerate() {
                        mix::mono(interleaved, self.channels, Some(number), plane);
                    }
                }
                if let Some(index) = samples[before..].iter().position(|v| !v.is_finite()) {
                    samples.truncate(before);
                    return Err(PcmError::NotFinite { index: first as usize + index }.into());
                }
            }
            Source::Flac { decoder, .. } => {
                while samples.len() - before < about && decoder.step()? {
                    decoder.samples(self.channel, samples);
                    if several {
                        for (number, plane) in self.planes.iter_mut().enumerate() {
                            decoder.samples(Some(number), plane);
                        }
                    }
                }
            }
        }
        if several {
            self.comparison.push(&self.planes);
        }
        Ok(samples.len() > before)
    }

    /// Whether a file whose bytes were all given is cut off.
    #[must_use]
    pub fn cut(&self) -> Option<Cut> {
        let seconds = |frames: u64| frames as f64 / f64::from(self.rate_hz);
        match &self.source {
            Source::Header(_) => None,
            Source::Pcm(pcm) => pcm
                .header
                .missing_end()
                .map(|end| Cut { present_s: end.present_s, declared_s: Some(end.declared_s) }),
            Source::Flac { decoder, .. } => {
                let is_whole =
                    decoder.has_ended() || decoder.announced().is_none() && decoder.is_between_frames();
                (!is_whole).then(|| Cut {
                    present_s: seconds(decoder.decoded()),
                    declared_s: decoder.announced().map(seconds),
                })
            }
        }
    }

    /// What makes the channels unlike, as far as they were read.
    #[must_use]
    pub fn difference(&self) -> Option<Difference> {
        self.comparison.difference()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::wav;

    const FLAC: &[u8] = include_bytes!("../../tests/fixtures/voice.flac");

    /// Reads a whole file, of which `first` bytes are known at first.
    fn read(file: &[u8], first: usize, channel: Option<usize>) -> Result<(Vec<f32>, SoundFile), ReadError> {
        let mut sound = SoundFile::open(&file[..first.min(file.len())], file.len() as u64)?;
        if let Some(channel) = channel {
            sound.choose(channel);
        }
        let mut samples = Vec::new();
        loop {
            while sound.next(&mut samples)? {}
            let Some(wanted) = sound.wanted() else { break };
            sound.push(&file[wanted.start as usize..wanted.end as usize])?;
        }
        Ok((samples, sound))
    }

    fn tone(frames: usize) -> Vec<i16> {
        (0..frames).map(|k| (16_000.0 * libm::sin(k as f64 * 0.03)) as i16).collect()
    }

    /// A WAV file of two channels of 16 bits.
    fn stereo(left: &[i16], right: &[i16]) -> Vec<u8> {
        let interleaved: Vec<i16> = left.iter().zip(right).flat_map(|(l, r)| [*l, *r]).collect();
        let mut file = wav::write_pcm16(&interleaved, 16_000);
        (file[22], file[32]) = (2, 4);
        file
    }

    #[test]
    fn a_sound_file_gives_what_its_reader_gives_as_a_whole() {
        let tone = tone(300_000);
        let file = stereo(&tone, &tone[1..]);
        let whole = pcm::read(&file).unwrap();
        for first in [12, 100, file.len()] {
            let (samples, sound) = read(&file, first, None).unwrap();
            assert!(samples == whole.samples);
            assert_eq!((sound.rate_hz(), sound.channels(), sound.cut()), (16_000, 2, None));
            assert_eq!((sound.seconds(), sound.difference()), (Some(299_999.0 / 16_000.0), None));
        }
        // The same sound in FLAC: what was encoded is what `write_pcm16` had made of it.
        for first in [4, 50, FLAC.len()] {
            let (samples, sound) = read(FLAC, first, None).unwrap();
            assert_eq!(
                (samples.len(), sound.rate_hz(), sound.channels(), sound.cut()),
                (6_400, 16_000, 1, None)
            );
        }
    }

    #[test]
    fn a_sound_file_gives_one_channel_and_says_how_unlike_they_are() {
        let tone = tone(8_000);
        let turned: Vec<i16> = tone.iter().map(|v| -v).collect();
        let file = stereo(&tone, &turned);
        let (mean, sound) = read(&file, 64, None).unwrap();
        assert!(mean.iter().all(|v| v.abs() < 1e-4));
        assert_eq!(sound.difference(), Some(Difference::Cancel));
        let (right, _) = read(&file, 64, Some(1)).unwrap();
        let (alone, _) = read(&wav::write_pcm16(&turned, 16_000), 64, None).unwrap();
        assert!(right == alone);
        assert!(read(&file, 64, Some(2)).unwrap().0.is_empty());
    }

    #[test]
    fn a_sound_file_that_is_cut_off_is_read_and_says_so() {
        let file = wav::write_pcm16(&[8_000; 16_000], 16_000);
        let (samples, sound) = read(&file[..44 + 16_000], 64, None).unwrap();
        assert_eq!(samples.len(), 8_000);
        assert_eq!(sound.cut(), Some(Cut { present_s: 0.5, declared_s: Some(1.0) }));
        let (samples, sound) = read(&FLAC[..FLAC.len() / 2], 64, None).unwrap();
        let present_s = samples.len() as f64 / 16_000.0;
        assert_eq!(sound.cut(), Some(Cut { present_s, declared_s: Some(0.4) }));
        assert!(0.0 < present_s && present_s < 0.4);
    }

    #[test]
    fn a_sound_file_that_cannot_be_read_says_why() {
        let code = |file: &[u8]| read(file, 64, None).unwrap_err().code();
        assert_eq!(code(b"RIFF\0\0\0\0WAVE"), "bad_header");
        assert_eq!(code(b"fLaC\0\0\0\x22"), "damaged");
        assert_eq!(code(b"dear reader"), "not_pcm");
        assert_eq!(code(&wav::write_f32(&[0.0, f32::NAN], 16_000)), "not_finite");
    }

    /// How many bytes of a file are asked for, and the largest piece of them, once `first` were given.
    fn asked(file: &[u8], first: usize) -> (u64, u64) {
        let mut sound = SoundFile::open(&file[..first], file.len() as u64).unwrap();
        let (mut all, mut largest) = (0, 0);
        while let Some(Range { start, end }) = sound.wanted() {
            (all, largest) = (all + end - start, (end - start).max(largest));
            sound.push(&file[start as usize..end as usize]).unwrap();
            while sound.next(&mut Vec::new()).unwrap() {}
        }
        (all, largest)
    }

    #[test]
    fn what_stands_before_a_sound_and_is_none_of_it_is_not_asked_for() {
        const JUNK: usize = 40_000_000;
        let tone = tone(100_000);
        let wave = wav::write_pcm16(&tone, 16_000);
        let plain = read(&wave, 64, None).unwrap().0;
        let body: Vec<u8> = tone.iter().flat_map(|v| v.to_be_bytes()).collect();
        let junk = |size: &[u8]| [&b"JUNK"[..], size, &vec![0; JUNK]].concat();
        let little = junk(&(JUNK as u32).to_le_bytes());
        let big = junk(&(JUNK as u32).to_be_bytes());
        let format = &b"COMM\0\0\0\x12\0\x01\0\x01\x86\xa0\0\x10\x40\x0c\xfa\0\0\0\0\0\0\0"[..];
        let ssnd = [&b"SSND"[..], &(body.len() as u32 + 8).to_be_bytes(), &[0; 8], &body].concat();
        let desc = &b"desc\0\0\0\0\0\0\0\x20\x40\xcf\x40\0\0\0\0\0lpcm\0\0\0\0\0\0\0\x02\0\0\0\x01\0\0\0\x01\0\0\0\x10"[..];
        let data = [&b"data"[..], &(body.len() as u64 + 4).to_be_bytes(), &[0; 4], &body].concat();
        let aiff = &b"FORM\0\0\0\0AIFF"[..];
        let caf = &b"caff\0\x01\0\0"[..];
        for (name, file) in [
            ("before the format", [&wave[..12], &little, &wave[12..]].concat()),
            ("before the sound", [&wave[..36], &little, &wave[36..]].concat()),
            ("AIFF", [aiff, &big, format, &big, &ssnd].concat()),
            ("AIFF with its format behind the sound", [aiff, &ssnd, &big, format].concat()),
            ("CAF", [caf, desc, &junk(&(JUNK as u64).to_be_bytes()), &data].concat()),
        ] {
            for first in [64, 1 << 18] {
                let (samples, sound) = read(&file, first, None).unwrap();
                assert!(samples == plain, "{name}");
                assert_eq!((sound.rate_hz(), sound.channels(), sound.cut()), (16_000, 1, None), "{name}");
                let (all, largest) = asked(&file, first);
                assert!(all < 1_000_000 && largest <= PIECE_BYTES, "{name}: {all} bytes, {largest} at once");
            }
        }
    }

    #[test]
    fn no_header_is_taken_into_memory_as_a_whole() {
        // A format of a gigabyte, and empty chunks without end.
        let wave = wav::write_pcm16(&[8_000; 16_000], 16_000);
        let mut long = [&wave[..36], &vec![0; 3_000_000], &wave[36..]].concat();
        long[16..20].copy_from_slice(&3_000_016_u32.to_le_bytes());
        let many = [&wave[..12], &b"JUNK\0\0\0\0".repeat(400_000), &wave[12..]].concat();
        for file in [long, many] {
            let (samples, _) = read(&file, 64, None).unwrap();
            assert_eq!(samples.len(), 16_000);
            assert!(asked(&file, 64).1 <= PIECE_BYTES);
        }
        // The same of FLAC behind a tag: nothing of the tag is kept.
        let mut decoder = flac::Decoder::new(b"ID3").unwrap();
        let tag = [&b"ID3\x04\0\0\x01\0\0\0"[..], &vec![7; 1 << 21], FLAC].concat();
        for piece in tag.chunks(1_000) {
            decoder.push(piece);
            let known = decoder.begin().unwrap();
            assert!(decoder.held() <= 2_000, "{}", decoder.held());
            if known {
                break;
            }
        }
        assert_eq!(decoder.rate_hz(), Some(16_000));
    }
}
