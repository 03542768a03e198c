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

/// What comes before the samples in a mono WAV file of 32-bit floats.
pub(crate) fn header_f32(count: usize, rate_hz: u32) -> Vec<u8> {
    header(tag::FLOAT, 4, count, rate_hz)
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
