//! Writing WAV: samples → bytes.

use super::tag;

/// A mono WAV file of 32-bit floats: lossless.
///
/// Reading it back gives the same bits for every finite sample.
#[must_use]
pub fn write_f32(samples: &[f32], rate_hz: u32) -> Vec<u8> {
    let mut out = header_f32(samples.len(), rate_hz);
    out.reserve_exact(4 * samples.len());
    out.extend(samples.iter().flat_map(|v| v.to_le_bytes()));
    out
}

fn header_f32(count: usize, rate_hz: u32) -> Vec<u8> {
    header(tag::FLOAT, 4, count, rate_hz)
}

/// Samples in a piece of [`piece_f32`].
#[cfg(any(test, all(target_arch = "wasm32", feature = "web")))]
const PIECE: usize = 1 << 16;

/// A piece of what [`write_f32`] writes: number 0 is what comes before the samples, the others have so many of them that each is made in a
/// millisecond. Behind the last one pieces are empty.
#[cfg(any(test, all(target_arch = "wasm32", feature = "web")))]
pub(crate) fn piece_f32(samples: &[f32], rate_hz: u32, number: usize) -> Vec<u8> {
    let Some(piece) = number.checked_sub(1) else { return header_f32(samples.len(), rate_hz) };
    let from = piece.saturating_mul(PIECE).min(samples.len());
    let to = from.saturating_add(PIECE).min(samples.len());
    samples[from..to].iter().flat_map(|v| v.to_le_bytes()).collect()
}

/// A mono WAV file of 16-bit integers.
#[must_use]
pub fn write_pcm16(samples: &[i16], rate_hz: u32) -> Vec<u8> {
    let mut out = header(tag::PCM, 2, samples.len(), rate_hz);
    out.reserve_exact(2 * samples.len());
    out.extend(samples.iter().flat_map(|v| v.to_le_bytes()));
    out
}

/// Everything up to the samples. A length that does not fit the format's 32 bits saturates; at 16 kHz that is
/// beyond eighteen hours.
fn header(tag: u16, bytes_per_sample: u16, count: usize, rate_hz: u32) -> Vec<u8> {
    let data_len = u32::try_from(count.saturating_mul(bytes_per_sample.into())).unwrap_or(u32::MAX);
    let frames = u32::try_from(count).unwrap_or(u32::MAX);
    let pcm = tag == tag::PCM;
    // All but PCM must carry the size of an (empty) extension and a fact chunk with the number of frames.
    let before_data: u32 = if pcm { 4 + 24 + 8 } else { 4 + 26 + 12 + 8 };

    let mut out = Vec::with_capacity(before_data as usize + 8);
    out.extend(b"RIFF");
    out.extend(before_data.saturating_add(data_len).to_le_bytes());
    out.extend(b"WAVEfmt ");
    out.extend((if pcm { 16u32 } else { 18 }).to_le_bytes());
    out.extend(tag.to_le_bytes());
    out.extend(1u16.to_le_bytes());
    out.extend(rate_hz.to_le_bytes());
    out.extend(rate_hz.saturating_mul(bytes_per_sample.into()).to_le_bytes());
    out.extend(bytes_per_sample.to_le_bytes());
    out.extend((8 * bytes_per_sample).to_le_bytes());
    if !pcm {
        out.extend(0u16.to_le_bytes());
        out.extend(b"fact");
        out.extend(4u32.to_le_bytes());
        out.extend(frames.to_le_bytes());
    }
    out.extend(b"data");
    out.extend(data_len.to_le_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_file() {
        for count in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE] {
            let samples: Vec<f32> = (0..count).map(|k| (k as f32 * 0.37).rem_euclid(1.0) - 0.5).collect();
            let mut file = Vec::new();
            for number in 0.. {
                let piece = piece_f32(&samples, 16_000, number);
                if piece.is_empty() {
                    break;
                }
                file.extend(piece);
            }
            assert_eq!(file, write_f32(&samples, 16_000), "{count}");
            assert!(piece_f32(&samples, 16_000, usize::MAX).is_empty());
        }
    }
}
