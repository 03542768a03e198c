//! How samples are stored: bytes → numbers in −1 … 1.

use super::adpcm::{self, Ima};

/// How samples are stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Integers.
    Integer(Integer),
    /// IEEE floats of 32 or 64 bits.
    Float { double: bool, big: bool },
    /// A-law (ITU-T G.711).
    ALaw,
    /// µ-law (ITU-T G.711).
    MuLaw,
    /// Microsoft's ADPCM with its coefficients.
    MsAdpcm(Vec<[i16; 2]>),
    /// IMA's ADPCM in the blocks of WAV.
    ImaAdpcm,
    /// IMA's ADPCM in the packets of QuickTime.
    Ima4,
}

/// Integers of 1 to 8 bytes. They fill their bytes, or are justified to the left with zeros below, so that the highest bit has the
/// same weight for any number of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Integer {
    pub bytes: u8,
    /// Bytes behind each sample that say nothing.
    pub unused: u8,
    /// The byte order: whether the most significant byte comes first.
    pub big: bool,
    /// Whether zero is stored as half of the range.
    pub unsigned: bool,
}

impl Encoding {
    pub fn signed(bits: u16, big: bool) -> Option<Self> {
        Self::integer(bits, big, false)
    }

    pub fn unsigned(bits: u16) -> Option<Self> {
        Self::integer(bits, false, true)
    }

    fn integer(bits: u16, big: bool, unsigned: bool) -> Option<Self> {
        let bytes = (1..=64).contains(&bits).then_some(bits.div_ceil(8) as u8)?;
        Some(Self::Integer(Integer { bytes, unused: 0, big, unsigned }))
    }

    pub fn float(bits: u16, big: bool) -> Option<Self> {
        match bits {
            32 => Some(Self::Float { double: false, big }),
            64 => Some(Self::Float { double: true, big }),
            _ => None,
        }
    }

    /// Bytes of a sample, of those encodings that store one by one.
    pub fn sample_bytes(&self) -> Option<usize> {
        match self {
            Self::Integer(Integer { bytes, unused, .. }) => Some(usize::from(bytes + unused)),
            Self::Float { double, .. } => Some(if *double { 8 } else { 4 }),
            Self::ALaw | Self::MuLaw => Some(1),
            Self::MsAdpcm(_) | Self::ImaAdpcm | Self::Ima4 => None,
        }
    }

    /// Frames in `bytes` at the beginning of a block.
    pub fn frames(&self, bytes: usize, channels: usize) -> usize {
        match self {
            Self::MsAdpcm(_) => adpcm::ms_frames(bytes, channels),
            Self::ImaAdpcm => adpcm::ima_wav_frames(bytes, channels),
            Self::Ima4 => bytes / (adpcm::IMA4_PACKET * channels) * adpcm::IMA4_FRAMES,
            _ => self.sample_bytes().map_or(0, |sample| bytes / (sample * channels)),
        }
    }

    /// Appends the samples of whole blocks, of which the last may end early; the channels of each frame in turn.
    pub fn decode(
        &self,
        bytes: &[u8],
        block: usize,
        channels: usize,
        states: &mut [Ima],
        out: &mut Vec<f64>,
    ) {
        let blocks = bytes.chunks(block.max(1));
        match self {
            Self::Integer(integer) => integer.decode(bytes, out),
            Self::Float { double: false, big } => {
                out.extend(
                    bytes.as_chunks().0.iter().map(|b| {
                        f64::from(if *big { f32::from_be_bytes(*b) } else { f32::from_le_bytes(*b) })
                    }),
                );
            }
            Self::Float { double: true, big } => {
                let chunks = bytes.as_chunks().0.iter();
                out.extend(
                    chunks.map(|b| if *big { f64::from_be_bytes(*b) } else { f64::from_le_bytes(*b) }),
                );
            }
            Self::ALaw => out.extend(bytes.iter().map(|b| f64::from(a_law(*b)) / 32_768.0)),
            Self::MuLaw => out.extend(bytes.iter().map(|b| f64::from(mu_law(*b)) / 32_768.0)),
            Self::MsAdpcm(coefficients) => {
                blocks.for_each(|block| adpcm::ms(block, channels, coefficients, out))
            }
            Self::ImaAdpcm => blocks.for_each(|block| adpcm::ima_wav(block, channels, out)),
            Self::Ima4 => bytes.chunks_exact(block.max(1)).for_each(|block| adpcm::ima4(block, states, out)),
        }
    }
}

impl Integer {
    fn decode(self, bytes: &[u8], out: &mut Vec<f64>) {
        let used = usize::from(self.bytes);
        let middle = if self.unsigned { 1 << 63 } else { 0 };
        out.extend(bytes.chunks_exact(used + usize::from(self.unused)).map(|sample| {
            // At the top of 64 bits, where all widths have the same scale. Up to 53 bits are exact.
            let mut at_top = [0; 8];
            if self.big {
                at_top[..used].copy_from_slice(&sample[..used]);
                at_top.reverse();
            } else {
                at_top[8 - used..].copy_from_slice(&sample[..used]);
            }
            (u64::from_le_bytes(at_top) ^ middle).cast_signed() as f64 / 9_223_372_036_854_775_808.0
        }));
    }
}

/// 16 bits of a byte in A-law (G.711, table 1: every other bit is inverted).
fn a_law(byte: u8) -> i16 {
    let byte = byte ^ 0x55;
    let (segment, step) = (byte >> 4 & 7, i16::from(byte & 15) << 4);
    let magnitude = match segment {
        0 => step + 8,
        _ => (step + 0x108) << (segment - 1),
    };
    if byte & 0x80 == 0 { -magnitude } else { magnitude }
}

/// 16 bits of a byte in µ-law (G.711, table 2: all bits are inverted).
fn mu_law(byte: u8) -> i16 {
    let byte = !byte;
    let magnitude = (((i16::from(byte & 15) << 3) + 0x84) << (byte >> 4 & 7)) - 0x84;
    if byte & 0x80 == 0 { magnitude } else { -magnitude }
}
