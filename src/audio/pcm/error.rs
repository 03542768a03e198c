//! Why bytes are no readable sound, and what is missing of a sound that was cut off.

use std::fmt;

use serde::Serialize;

/// How much of a sound is there that should be longer.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MissingEnd {
    /// How much is there, in seconds.
    pub present_s: f64,
    /// How much its header declares, in seconds; always more.
    pub declared_s: f64,
}

/// `1.25 s of 2.00 s`: with so many digits that the numbers differ.
impl fmt::Display for MissingEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Of whole numbers, whose digits take little of the page's module.
        let mut digits = 2;
        let (present, declared) = loop {
            let scale = 10u64.pow(digits) as f64;
            let (present, declared) =
                ((self.present_s * scale).round() as u64, (self.declared_s * scale).round() as u64);
            if present != declared || digits == 6 {
                break (present, declared);
            }
            digits += 1;
        };
        let (scale, width) = (10u64.pow(digits), digits as usize);
        write!(
            f,
            "{}.{:0width$} s of {}.{:0width$} s",
            present / scale,
            present % scale,
            declared / scale,
            declared % scale
        )
    }
}

/// Which statement of a header is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum HeaderField {
    /// There is no format chunk where one must be; the value is 0.
    FormatChunk,
    /// The format chunk is too small for what it must hold; the value is its size in bytes.
    FormatSize,
    /// No channels, or more than a file can have.
    Channels,
    /// A sampling rate of 0, or none at all.
    SampleRate,
    /// The block size does not fit channels and bytes per sample.
    BlockAlign,
    /// There is no chunk with the sound; the value is 0.
    DataChunk,
}

impl fmt::Display for HeaderField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FormatChunk => "the missing format chunk",
            Self::FormatSize => "the size of the format chunk",
            Self::Channels => "the number of channels",
            Self::SampleRate => "the sampling rate",
            Self::BlockAlign => "the block size",
            Self::DataChunk => "the missing data chunk",
        })
    }
}

/// Why bytes are no readable uncompressed sound.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[non_exhaustive]
pub enum PcmError {
    /// The bytes begin like none of the containers.
    #[error("this is no WAV, AIFF, CAF or AU file: choose one, or convert it")]
    NotPcm,
    /// The file ends within its header.
    #[error("the file is cut off within its header: copy or export it again")]
    NoSound,
    /// The file ends before the sound that it declares does. Raised by those who take no cut files.
    #[error("the file is cut off after {0}: copy or export it again")]
    Truncated(MissingEnd),
    /// The header contradicts itself.
    #[error("the header is wrong ({field}, {value}): export the file again")]
    BadHeader {
        /// What is wrong.
        field: HeaderField,
        /// What the file says there.
        value: u32,
    },
    /// A legal file with an encoding that is not read, such as GSM.
    #[error("the sound in it is {}, which is not read: convert it with `ffmpeg -i IN OUT.wav`", Encoded(*tag, *bits))]
    UnsupportedFormat {
        /// The format tag of WAV, which is below 65536; elsewhere the four characters of the format.
        tag: u32,
        /// Bits per sample.
        bits: u16,
    },
    /// A float sample is NaN or infinite, or does not fit into 32 bits.
    #[error("sample {index} is not a number, or far too large for one: the file is damaged, export it again")]
    NotFinite {
        /// The first such frame, counted from 0.
        index: usize,
    },
}

impl PcmError {
    /// A name that does not change with the wording: what messages are looked up by.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotPcm => "not_pcm",
            Self::NoSound => "no_sound",
            Self::Truncated(_) => "truncated",
            Self::BadHeader { .. } => "bad_header",
            Self::UnsupportedFormat { .. } => "unsupported_format",
            Self::NotFinite { .. } => "not_finite",
        }
    }
}

/// An encoding by its name, as far as it has one that people know.
struct Encoded(u32, u16);

impl fmt::Display for Encoded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Tags as registered with Microsoft (RFC 2361), and the names of QuickTime and Core Audio.
        let name = match self.0 {
            1 => return write!(f, "PCM of {} bits", self.1),
            3 => return write!(f, "float of {} bits", self.1),
            2 | 0x11 => return write!(f, "ADPCM of {} bits", self.1),
            0x31 | 0x4753_4D20 | 0x6167_736D => "GSM 6.10",
            0x50 => "MPEG audio, layer II",
            0x55 => "MP3",
            0x40 => "G.721",
            0x14 | 0x42 => "G.723",
            0x45 | 0x64 => "G.726",
            0x65 | 0x28F => "G.722",
            0x83 => "G.729",
            0x22 => "TrueSpeech",
            0xFF | 0x1600..=0x1610 | 0x6161_6320 => "AAC",
            0x160..=0x163 => "WMA",
            0x2000 | 0x6163_2D33 => "AC-3",
            0x6563_2D33 => "E-AC-3",
            0x2001 => "DTS",
            0xA109 => "Speex",
            0xF1AC => "FLAC",
            0x566F | 0x674F..=0x6771 => "Vorbis",
            0x4D41_4333 | 0x4D41_4336 => "MACE",
            tag if tag > 0xFFFF => {
                // Four letters that nobody says have a sign of it.
                f.write_str("“")?;
                for byte in tag.to_be_bytes() {
                    let letter = if byte.is_ascii_graphic() || byte == b' ' { char::from(byte) } else { '?' };
                    write!(f, "{letter}")?;
                }
                return f.write_str("”");
            }
            tag => return write!(f, "of format {tag:#06x}"),
        };
        f.write_str(name)
    }
}
