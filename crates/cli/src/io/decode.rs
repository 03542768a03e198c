//! Any sound file → mono samples at the file's own rate, piece by piece or as a whole.
//!
//! The format is recognised by the first bytes, not by the file name. Uncompressed sound goes through [`undertone::audio::pcm`], as in the page; FLAC, MP3, Ogg
//! Vorbis and MP4/M4A with AAC go through Symphonia. Files are read as they are decoded; what is no regular file, such as a
//! pipe, is read first.
//!
//! A file that was cut off is an error, not a shorter sound, as far as its format can tell:
//! * WAV, FLAC: the header states the length; FLAC's checksum of the samples is checked as well.
//! * Ogg: every page must be whole and the last one must be marked as such.
//! * MP4: every box and every packet that the index lists must be there.
//! * MP3: only a file with a LAME tag states its length. A cut in a bare stream of frames cannot be seen.

use std::fs::File;
use std::io::{self, BufReader, Cursor, ErrorKind, Read, Seek, SeekFrom};
use std::path::Path;

use symphonia::core::audio::sample::Sample;
use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::AudioDecoder;
use symphonia::core::codecs::audio::AudioDecoderOptions;
use symphonia::core::codecs::audio::well_known::{CODEC_ID_FLAC, CODEC_ID_MP3, CODEC_ID_VORBIS};
use symphonia::core::errors::Error as Symphonia;
use symphonia::core::formats::FormatReader;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, Track, TrackType};
use symphonia::core::io::{MediaSource, MediaSourceStream};
use symphonia::core::meta::MetadataOptions;

use undertone::audio::mix;
use undertone::audio::pcm::{self, Decoder as PcmDecoder, Header, PcmError};
use undertone::audio::sniff::{Kind, sniff};

/// Of a file's first bytes, as many as its format shows in.
const FIRST_BYTES: u64 = 1 << 17;
/// Samples that a byte of a compressed file is expected to hold if its header does not say: 44.1 kHz at 44 kbit/s.
const SAMPLES_PER_BYTE: u64 = 8;
/// Bytes of a file of uncompressed sound that are decoded at a time.
const PCM_PIECE: usize = 1 << 16;

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
    Pcm(#[from] PcmError),
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

/// Reads and decodes a whole file.
///
/// # Errors
/// See [`DecodeError`].
pub fn read(path: &Path) -> Result<Sound, DecodeError> {
    Decoder::open(path)?.whole()
}

/// Decodes the bytes of a file.
///
/// # Errors
/// See [`DecodeError`], except [`DecodeError::Open`].
pub fn decode(bytes: Vec<u8>) -> Result<Sound, DecodeError> {
    Decoder::of_bytes(bytes)?.whole()
}

/// A file that is being decoded: gives its samples piece by piece.
pub struct Decoder {
    rate_hz: u32,
    expected: u64,
    source: Source,
    /// The piece that was given out last.
    samples: Vec<f32>,
}

enum Source {
    Pcm(PcmPieces),
    Packets(Box<Packets>),
}

impl Decoder {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// See [`DecodeError`].
    pub fn open(path: &Path) -> Result<Self, DecodeError> {
        let mut file = File::open(path)?;
        if file.metadata()?.is_file() {
            return Self::new(Box::new(file));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Self::new(Box::new(Cursor::new(bytes)))
    }

    /// Takes the bytes of a file, and reads its header.
    ///
    /// # Errors
    /// See [`DecodeError`], except [`DecodeError::Open`].
    pub fn of_bytes(bytes: Vec<u8>) -> Result<Self, DecodeError> {
        Self::new(Box::new(Cursor::new(bytes)))
    }

    fn new(mut bytes: Box<dyn MediaSource>) -> Result<Self, DecodeError> {
        let length = bytes.seek(SeekFrom::End(0))?;
        let mut first = beginning(&mut bytes, FIRST_BYTES)?;
        if pcm::is_pcm(&first) {
            let header = loop {
                match Header::parse(&first, length)? {
                    Some(header) => break header,
                    // Beginnings that would have to be longer than the file are errors.
                    None => first = beginning(&mut bytes, 2 * first.len() as u64)?,
                }
            };
            if let Some(missing_end) = header.missing_end() {
                return Err(PcmError::Truncated(missing_end).into());
            }
            bytes.seek(SeekFrom::Start(header.sound().start))?;
            let (rate_hz, expected) = (header.rate_hz(), header.frames());
            let source = Source::Pcm(PcmPieces::new(bytes, header));
            return Ok(Self { rate_hz, expected, source, samples: Vec::new() });
        }
        if let Some(tag) = id3_bytes(&first) {
            first = beginning(&mut bytes, tag + FIRST_BYTES)?;
        }
        let whole = match sniff(&first).kind {
            Kind::OggOpus => return Err(DecodeError::Unsupported { what: "Opus is not decoded".to_owned() }),
            Kind::Webm => return Err(DecodeError::Unsupported { what: "WebM is not decoded".to_owned() }),
            Kind::OggVorbis | Kind::OggFlac => ogg_is_whole(&mut bytes)?,
            Kind::Mp4 => mp4_is_whole(&mut bytes, length)?,
            Kind::Flac | Kind::Mp3 | Kind::Aac => true,
            _ => return Err(DecodeError::UnknownFormat),
        };
        bytes.rewind()?;
        let packets = Packets::open(bytes);
        if !whole {
            return Err(end_is_missing(packets));
        }
        let (packets, samples) = packets?;
        Ok(Self {
            rate_hz: packets.rate_hz,
            expected: packets.length.declared.unwrap_or(SAMPLES_PER_BYTE * length),
            source: Source::Packets(Box::new(packets)),
            samples,
        })
    }

    /// The file's own sampling rate, in Hz; never 0.
    pub fn rate_hz(&self) -> u32 {
        self.rate_hz
    }

    /// How many channels the file has; at least 1.
    pub fn channels(&self) -> usize {
        match &self.source {
            Source::Pcm(pieces) => pieces.header.channels(),
            Source::Packets(packets) => packets.channels,
        }
    }

    /// One channel, the first is 0, of the piece that [`Decoder::next_piece`] gave last; as many samples as that has.
    ///
    /// # Errors
    /// See [`DecodeError`].
    pub fn channel(&mut self, index: usize, samples: &mut Vec<f32>) -> Result<(), DecodeError> {
        samples.clear();
        match &mut self.source {
            Source::Pcm(pieces) => pieces.channel(index, samples),
            Source::Packets(packets) => packets.channel(index, samples),
        }
        Ok(())
    }

    /// How much sound there is about, s, as the header says or as the size of the file suggests.
    pub fn expected_s(&self) -> f64 {
        self.expected as f64 / f64::from(self.rate_hz)
    }

    /// The next samples: mono, the mean of the channels, finite. None at the end; call it no more then.
    ///
    /// # Errors
    /// See [`DecodeError`]. Errors that only the end shows come last, so samples count only when None was returned.
    pub fn next_piece(&mut self) -> Result<Option<&[f32]>, DecodeError> {
        let more = match &mut self.source {
            Source::Pcm(pieces) => pieces.next(&mut self.samples)?,
            Source::Packets(packets) => packets.next(&mut self.samples)?,
        };
        Ok(more.then_some(&self.samples))
    }

    fn whole(mut self) -> Result<Sound, DecodeError> {
        let mut samples = Vec::new();
        if let Source::Pcm(pieces) = &self.source {
            samples.reserve_exact(pieces.header.frames() as usize);
        }
        while let Some(piece) = self.next_piece()? {
            samples.extend_from_slice(piece);
        }
        Ok(Sound { rate_hz: self.rate_hz, samples })
    }
}

/// The first bytes of a file, as many as there are up to `count`.
fn beginning(bytes: &mut Box<dyn MediaSource>, count: u64) -> io::Result<Vec<u8>> {
    bytes.rewind()?;
    let mut first = Vec::new();
    bytes.take(count).read_to_end(&mut first)?;
    Ok(first)
}

/// How many bytes an ID3v2 tag takes, without header and footer; covers may be large.
fn id3_bytes(first: &[u8]) -> Option<u64> {
    let size = first.strip_prefix(b"ID3")?.get(3..7)?;
    Some(size.iter().fold(0, |bytes, byte| bytes << 7 | u64::from(byte & 0x7f)))
}

/// The error for a file that ends early: whatever the decoder says, the reason is that the end is missing.
fn end_is_missing(packets: Result<(Packets, Vec<f32>), DecodeError>) -> DecodeError {
    let rest = packets.and_then(|(mut packets, mut samples)| {
        while packets.next(&mut samples)? {}
        Ok(packets.given as f64 / f64::from(packets.rate_hz))
    });
    match rest {
        Err(error @ DecodeError::Truncated { .. }) => error,
        other => DecodeError::Truncated { present_s: other.unwrap_or(0.0), declared_s: None },
    }
}

/// A file of uncompressed sound behind its header.
struct PcmPieces {
    bytes: Box<dyn MediaSource>,
    header: Header,
    decoder: PcmDecoder,
    /// Bytes of the sound that are still to be decoded.
    left: u64,
    piece: Vec<u8>,
    /// The channels of the last piece, in turn.
    interleaved: Vec<f64>,
}

impl PcmPieces {
    fn new(bytes: Box<dyn MediaSource>, header: Header) -> Self {
        let sound = header.sound();
        let (decoder, left) = (header.decoder(), sound.end - sound.start);
        Self { bytes, header, decoder, left, piece: Vec::new(), interleaved: Vec::new() }
    }

    fn next(&mut self, samples: &mut Vec<f32>) -> Result<bool, DecodeError> {
        samples.clear();
        let block = self.header.block_bytes();
        let count = self.left.min(((PCM_PIECE / block).max(1) * block) as u64);
        if count == 0 {
            return Ok(false);
        }
        self.piece.resize(count as usize, 0);
        let first = self.decoder.frame();
        self.bytes.read_exact(&mut self.piece).map_err(|error| match error.kind() {
            // It has become shorter since its length was taken.
            ErrorKind::UnexpectedEof => {
                let seconds = |frames: u64| frames as f64 / f64::from(self.header.rate_hz());
                let declared_s = Some(seconds(self.header.frames()));
                DecodeError::Truncated { present_s: seconds(first), declared_s }
            }
            _ => error.into(),
        })?;
        self.left -= count;
        self.interleaved.clear();
        self.interleaved.extend_from_slice(self.decoder.interleaved(&self.piece));
        mix::mono(&self.interleaved, self.header.channels(), None, samples);
        match samples.iter().position(|v| !v.is_finite()) {
            Some(index) => Err(PcmError::NotFinite { index: first as usize + index }.into()),
            None => Ok(true),
        }
    }

    /// One channel of the last piece.
    fn channel(&self, index: usize, samples: &mut Vec<f32>) {
        mix::mono(&self.interleaved, self.header.channels(), Some(index), samples);
    }
}

/// A file that Symphonia decodes.
struct Packets {
    format: Box<dyn FormatReader>,
    decoder: Box<dyn AudioDecoder>,
    track_id: u32,
    length: Length,
    rate_hz: u32,
    channels: usize,
    /// Samples that were decoded.
    given: u64,
    /// The first packet's samples, which [`Packets::open`] has decoded, are still to be given out.
    first: bool,
    interleaved: Vec<f32>,
}

impl Packets {
    /// Finds the sound, and decodes its first packet.
    fn open(bytes: Box<dyn MediaSource>) -> Result<(Self, Vec<f32>), DecodeError> {
        let source = MediaSourceStream::new(bytes, Default::default());
        let format = symphonia::default::get_probe()
            .probe(&Hint::new(), source, FormatOptions::default(), MetadataOptions::default())
            .map_err(|error| failure(error, 0.0))?;
        let unsupported = |what: &str| DecodeError::Unsupported { what: what.to_owned() };
        let track = format.default_track(TrackType::Audio).ok_or_else(|| unsupported("it has no sound"))?;
        let Some(CodecParameters::Audio(codec)) = &track.codec_params else {
            return Err(unsupported("its codec is not known"));
        };
        let (track_id, length) = (track.id, Length::of(track, codec.codec));
        let options = AudioDecoderOptions::default().verify(true).gapless(length.trims);
        let decoder = symphonia::default::get_codecs()
            .make_audio_decoder(codec, &options)
            .map_err(|error| failure(error, 0.0))?;
        let mut packets = Self {
            format,
            decoder,
            track_id,
            length,
            rate_hz: 0,
            channels: 0,
            given: 0,
            first: false,
            interleaved: Vec::new(),
        };
        let mut samples = Vec::new();
        if !packets.decode(&mut samples)? {
            return Err(damaged("it holds no sound"));
        }
        packets.first = true;
        Ok((packets, samples))
    }

    fn next(&mut self, samples: &mut Vec<f32>) -> Result<bool, DecodeError> {
        if std::mem::take(&mut self.first) || self.decode(samples)? {
            return Ok(true);
        }
        if let Some(declared) = self.length.declared.filter(|declared| *declared > self.given) {
            let declared_s = Some(declared as f64 / f64::from(self.rate_hz));
            return Err(DecodeError::Truncated { present_s: self.present_s(), declared_s });
        }
        if self.decoder.finalize().verify_ok == Some(false) {
            return Err(damaged("its samples do not match its checksum"));
        }
        Ok(false)
    }

    /// Puts the next packet's sound, mixed to mono, into `samples`.
    fn decode(&mut self, samples: &mut Vec<f32>) -> Result<bool, DecodeError> {
        samples.clear();
        loop {
            let present_s = self.present_s();
            let failed = |error| failure(error, present_s);
            let Some(packet) = self.format.next_packet().map_err(failed)? else { return Ok(false) };
            if packet.track_id != self.track_id {
                continue;
            }
            let buffer = self.decoder.decode(&packet).map_err(failed)?;
            let (rate_hz, channels) = (buffer.spec().rate(), buffer.spec().channels().count());
            if self.rate_hz == 0 {
                (self.rate_hz, self.channels) = (rate_hz, channels);
            }
            if (self.rate_hz, self.channels) != (rate_hz, channels) || rate_hz == 0 || channels == 0 {
                return Err(damaged("rate or channels change on the way"));
            }
            self.interleaved.resize(buffer.samples_interleaved(), f32::MID);
            buffer.copy_to_slice_interleaved(&mut self.interleaved);
            let count = channels as f64;
            let frames = self.interleaved.chunks_exact(channels);
            samples.extend(
                frames.map(|frame| (frame.iter().map(|v| f64::from(*v)).sum::<f64>() / count) as f32),
            );
            if samples.iter().any(|v| !v.is_finite()) {
                return Err(damaged("it decodes to what is not a number"));
            }
            self.given += samples.len() as u64;
            return Ok(true);
        }
    }

    /// One channel of the last packet.
    fn channel(&self, index: usize, samples: &mut Vec<f32>) {
        let frames = self.interleaved.chunks_exact(self.channels);
        samples.extend(frames.filter_map(|frame| frame.get(index)));
    }

    fn present_s(&self) -> f64 {
        self.given as f64 / f64::from(self.rate_hz.max(1))
    }
}

fn damaged(what: &str) -> DecodeError {
    DecodeError::Damaged { what: what.to_owned() }
}

/// A failure after `present_s` of sound.
fn failure(error: Symphonia, present_s: f64) -> DecodeError {
    match error {
        Symphonia::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => {
            DecodeError::Truncated { present_s, declared_s: None }
        }
        Symphonia::Unsupported(what) => DecodeError::Unsupported { what: what.to_owned() },
        error => DecodeError::Damaged { what: error.to_string() },
    }
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

/// Whether an Ogg file consists of whole pages (RFC 3533, section 6), and the last one is marked as the last.
fn ogg_is_whole(bytes: &mut Box<dyn MediaSource>) -> io::Result<bool> {
    const HEADER: usize = 27;
    const LAST_PAGE: u8 = 4;
    let length = bytes.seek(SeekFrom::End(0))?;
    bytes.rewind()?;
    let (mut reader, mut at, mut ended) = (BufReader::new(bytes), 0, false);
    while at + HEADER as u64 <= length {
        let mut header = [0; HEADER];
        reader.read_exact(&mut header)?;
        if !header.starts_with(b"OggS") {
            // Bytes behind the sound that are none of the format's business.
            return Ok(ended);
        }
        let mut segments = vec![0; header[26].into()];
        at += (HEADER + segments.len()) as u64;
        if at > length {
            return Ok(false);
        }
        reader.read_exact(&mut segments)?;
        let body: i64 = segments.iter().map(|length| i64::from(*length)).sum();
        at += body.unsigned_abs();
        if at > length {
            return Ok(false);
        }
        reader.seek_relative(body)?;
        ended = header[5] & LAST_PAGE != 0;
    }
    Ok(ended)
}

/// Whether the boxes of an MP4 file (ISO 14496-12, section 4.2) fill it up and none reaches beyond its end.
fn mp4_is_whole(bytes: &mut Box<dyn MediaSource>, length: u64) -> io::Result<bool> {
    let mut at = 0;
    while at + 4 <= length {
        bytes.seek(SeekFrom::Start(at))?;
        let mut size = [0; 4];
        bytes.read_exact(&mut size)?;
        let size = match u32::from_be_bytes(size) {
            // The last box lasts till the end of the file.
            0 => return Ok(true),
            // The size did not fit and follows behind the box's type.
            1 if at + 16 > length => return Ok(false),
            1 => {
                let mut size = [0; 12];
                bytes.read_exact(&mut size)?;
                let [_, _, _, _, size @ ..] = size;
                u64::from_be_bytes(size)
            }
            size => size.into(),
        };
        at = at.saturating_add(size.max(8));
        if at > length {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use undertone::audio::wav;

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
        assert!(matches!(decode(b"RIFF\0\0\0\0WAVE".to_vec()), Err(DecodeError::Pcm(_))));
        assert!(matches!(read(Path::new("/no/such/file")), Err(DecodeError::Open(_))));
    }

    #[test]
    fn decoder_gives_a_file_in_pieces_as_it_gives_the_whole() {
        let folder = tempfile::tempdir().unwrap();
        let noise: Vec<f32> = (0..100_000u32).map(|i| (i.wrapping_mul(2_654_435_761) as f32) / 5e9).collect();
        let wav = wav::write_f32(&noise, 22_050);
        for (name, bytes) in FIXTURES.into_iter().chain([("wav", &wav[..])]) {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            let mut decoder = Decoder::open(&path).unwrap();
            let (mut samples, mut pieces) = (Vec::new(), 0);
            while let Some(piece) = decoder.next_piece().unwrap() {
                samples.extend_from_slice(piece);
                pieces += 1;
            }
            let whole = decode(bytes.to_vec()).unwrap();
            assert!(pieces > 1, "{name}: {pieces}");
            assert_eq!((decoder.rate_hz(), &samples), (whole.rate_hz, &whole.samples), "{name}");
            if name == "wav" {
                assert_eq!(samples, noise);
                assert_eq!(decoder.expected_s(), 100_000.0 / 22_050.0);
            }
        }
    }

    #[test]
    fn decode_finds_sound_behind_a_tag_with_a_large_picture() {
        let picture = 400_000u32;
        let size = [21, 14, 7, 0].map(|shift| (picture >> shift & 0x7f) as u8);
        let tag = [&b"ID3\x04\0\0"[..], &size, &vec![0; picture as usize]].concat();
        for (name, bytes) in &FIXTURES[..2] {
            let tagged = decode([&tag, *bytes].concat());
            assert_eq!(tagged.unwrap(), decode(bytes.to_vec()).unwrap(), "{name}");
        }
    }

    #[test]
    fn decode_takes_a_wav_header_that_is_longer_than_the_first_bytes() {
        let wav = wav::write_f32(&[0.5; 100], 16_000);
        let mut junk = b"JUNK".to_vec();
        junk.extend(300_000u32.to_le_bytes());
        junk.resize(300_008, 0);
        let long = [&wav[..12], &junk, &wav[12..]].concat();
        assert_eq!(decode(long).unwrap().samples, [0.5; 100]);
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
