//! A frame: some samples of every channel (RFC 9639, section 9).

use super::bits::{Bits, Fault, crc8, crc16};
use super::stream_info::StreamInfo;

/// How the channels of a frame are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stereo {
    /// Each by itself.
    Independent,
    /// The left one and left − right.
    LeftSide,
    /// Left − right and the right one.
    SideRight,
    /// Half of the sum, rounded down, and left − right.
    MidSide,
}

struct Header {
    /// Samples of each channel.
    length: usize,
    stereo: Stereo,
}

/// Bits that a sample takes at most: 33 of a difference of 32-bit channels, 10 for a partition of its own, and as many again for
/// codes that could be shorter. Streams store samples as they are where a prediction would take more.
const MOST_SAMPLE_BITS: usize = 64;
/// Bytes that the headers of a frame and of its channels take at most, with the coefficients of predictors.
const MOST_HEADER_BYTES: usize = 1024;

/// Decodes the frame at the beginning of the bytes into `channels`, one vector each, and says how many bytes it takes.
///
/// Nothing is decoded of a frame whose checksums are wrong, nor of one that has not ended where all of its samples would have: a file
/// that goes on with zeros is not read to its end for one code.
pub(super) fn decode(
    bytes: &[u8],
    stream: &StreamInfo,
    channels: &mut Vec<Vec<i64>>,
) -> Result<usize, Fault> {
    let mut bits = Bits::new(bytes);
    let header = header(&mut bits, bytes, stream)?;
    let most = MOST_HEADER_BYTES + header.length * usize::from(stream.channels) * MOST_SAMPLE_BITS / 8;
    bits.end_at(most);
    match body(&mut bits, bytes, &header, stream, channels) {
        Err(Fault::End) if bytes.len() >= most => Err(Fault::Bad),
        result => result,
    }
}

/// Decodes what comes behind the header.
fn body(
    bits: &mut Bits,
    bytes: &[u8],
    header: &Header,
    stream: &StreamInfo,
    channels: &mut Vec<Vec<i64>>,
) -> Result<usize, Fault> {
    let Header { length, stereo } = *header;
    channels.resize_with(stream.channels.into(), Vec::new);
    for (number, samples) in channels.iter_mut().enumerate() {
        // A difference takes a bit more.
        let is_side = match stereo {
            Stereo::Independent => false,
            Stereo::SideRight => number == 0,
            Stereo::LeftSide | Stereo::MidSide => number == 1,
        };
        samples.clear();
        subframe(bits, stream.bits + u32::from(is_side), length, samples)?;
    }
    let end = bits.align();
    let stored = bits.take(16)?;
    if u64::from(crc16(&bytes[..end])) != stored {
        return Err(Fault::Bad);
    }
    if let [left, right] = channels.as_mut_slice() {
        part(stereo, left, right);
    }
    Ok(end + 2)
}

/// Makes left and right of what is stored.
fn part(stereo: Stereo, first: &mut [i64], second: &mut [i64]) {
    for (a, b) in first.iter_mut().zip(second) {
        (*a, *b) = match stereo {
            Stereo::Independent => return,
            Stereo::LeftSide => (*a, *a - *b),
            Stereo::SideRight => (*a + *b, *b),
            Stereo::MidSide => {
                // The sum is odd where the difference is.
                let sum = 2 * *a + (*b & 1);
                ((sum + *b) >> 1, (sum - *b) >> 1)
            }
        };
    }
}

/// Reads a header (section 9.1), which must be of the stream's rate, channels and bits.
fn header(bits: &mut Bits, bytes: &[u8], stream: &StreamInfo) -> Result<Header, Fault> {
    // Whether blocks have one length or several does not matter here.
    if bits.take(15)? != 0b111_1111_1111_1100 {
        return Err(Fault::Bad);
    }
    bits.take(1)?;
    let (length, rate, channels, depth) = (bits.take(4)?, bits.take(4)?, bits.take(4)?, bits.take(3)?);
    if bits.take(1)? != 0 {
        return Err(Fault::Bad);
    }
    // The frame's number, in up to seven bytes as UTF-8 has them.
    let more = match (bits.take(8)? as u8).leading_ones() {
        0 => 0,
        count @ 2..=7 => count - 1,
        _ => return Err(Fault::Bad),
    };
    for _ in 0..more {
        if bits.take(8)? >> 6 != 0b10 {
            return Err(Fault::Bad);
        }
    }
    let length = match length {
        1 => 192,
        2..=5 => 144 << length,
        6 => bits.take(8)? + 1,
        7 => bits.take(16)? + 1,
        8..=15 => 1 << length,
        _ => return Err(Fault::Bad),
    };
    let rate_hz = match rate {
        0 => stream.rate_hz.into(),
        12 => 1_000 * bits.take(8)?,
        13 => bits.take(16)?,
        14 => 10 * bits.take(16)?,
        15 => return Err(Fault::Bad),
        _ => RATES_HZ[rate as usize - 1],
    };
    let (channels, stereo) = match channels {
        8 => (2, Stereo::LeftSide),
        9 => (2, Stereo::SideRight),
        10 => (2, Stereo::MidSide),
        11.. => return Err(Fault::Bad),
        _ => (channels + 1, Stereo::Independent),
    };
    let depth = match depth {
        0 => stream.bits,
        3 => return Err(Fault::Bad),
        _ => DEPTHS[depth as usize - 1],
    };
    let end = bits.align();
    let is_whole = bits.take(8)? == u64::from(crc8(&bytes[..end]));
    let fits = (rate_hz, channels, depth) == (stream.rate_hz.into(), stream.channels.into(), stream.bits);
    if is_whole && fits { Ok(Header { length: length as usize, stereo }) } else { Err(Fault::Bad) }
}

/// Rates by number, from 1 on.
const RATES_HZ: [u64; 11] =
    [88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];
/// Bits of a sample by number, from 1 on.
const DEPTHS: [u32; 7] = [8, 12, 0, 16, 20, 24, 32];

/// Reads `length` samples of a channel (section 9.2).
fn subframe(bits: &mut Bits, depth: u32, length: usize, samples: &mut Vec<i64>) -> Result<(), Fault> {
    if bits.take(1)? != 0 {
        return Err(Fault::Bad);
    }
    let kind = bits.take(6)?;
    // Low bits that are 0 in all samples are not stored.
    let wasted = if bits.take(1)? == 1 { bits.unary()? + 1 } else { 0 };
    let wasted = u32::try_from(wasted).map_err(|_| Fault::Bad)?;
    let depth = depth.checked_sub(wasted).filter(|depth| *depth > 0).ok_or(Fault::Bad)?;
    match kind {
        0 => samples.resize(length, bits.signed(depth)?),
        1 => verbatim(bits, depth, length, samples)?,
        8..=12 => {
            let order = kind as usize - 8;
            verbatim(bits, depth, order.min(length), samples)?;
            predicted(bits, depth, length, FIXED[order], 0, samples)?;
        }
        32..=63 => {
            let order = kind as usize - 31;
            verbatim(bits, depth, order.min(length), samples)?;
            let precision = bits.take(4)? as u32 + 1;
            let shift = bits.signed(5)?;
            if precision == 16 || shift < 0 {
                return Err(Fault::Bad);
            }
            let mut coefficients = [0; 32];
            let coefficients = &mut coefficients[..order];
            // The first one is for the newest sample; here the oldest comes first, as the samples do.
            for coefficient in coefficients.iter_mut().rev() {
                *coefficient = bits.signed(precision)?;
            }
            predicted(bits, depth, length, coefficients, shift as u32, samples)?;
        }
        _ => return Err(Fault::Bad),
    }
    for sample in samples {
        *sample <<= wasted;
    }
    Ok(())
}

/// Fixed predictors of order 0 to 4 (section 9.2.5), the oldest sample's coefficient first.
const FIXED: [&[i64]; 5] = [&[], &[1], &[-1, 2], &[1, -3, 3], &[-1, 4, -6, 4]];

/// Adds samples that are stored as they are.
fn verbatim(bits: &mut Bits, depth: u32, count: usize, samples: &mut Vec<i64>) -> Result<(), Fault> {
    for _ in 0..count {
        samples.push(bits.signed(depth)?);
    }
    Ok(())
}

/// Adds samples up to `length`: a weighted sum of those before, and what is stored as its error (section 9.2.7).
fn predicted(
    bits: &mut Bits,
    depth: u32,
    length: usize,
    coefficients: &[i64],
    shift: u32,
    samples: &mut Vec<i64>,
) -> Result<(), Fault> {
    let order = coefficients.len();
    let parameter_bits = match bits.take(2)? {
        0 => 4,
        1 => 5,
        _ => return Err(Fault::Bad),
    };
    let partitions = 1_usize << bits.take(4)?;
    let each = length / partitions;
    if each * partitions != length || each < order {
        return Err(Fault::Bad);
    }
    // No whole stream has samples beyond this, and sums of such samples stay within 64 bits.
    let limit = 1_i64 << (depth - 1);
    for partition in 1..=partitions {
        let parameter = bits.take(parameter_bits)? as u32;
        let escaped = parameter == (1 << parameter_bits) - 1;
        let width = if escaped { bits.take(5)? as u32 } else { parameter };
        while samples.len() < partition * each {
            let error = if escaped {
                bits.signed(width)?
            } else {
                let folded = bits.unary()? << width | bits.take(width)?;
                (folded >> 1) as i64 ^ -((folded & 1) as i64)
            };
            let before = &samples[samples.len() - order..];
            let sum: i64 = before.iter().zip(coefficients).map(|(sample, weight)| sample * weight).sum();
            let sample = (sum >> shift) + error;
            if sample < -limit || sample >= limit {
                return Err(Fault::Bad);
            }
            samples.push(sample);
        }
    }
    Ok(())
}
