//! What comes in: mono at 16 kHz, its level and quality, where the speech is.

/// The one sampling rate that everything after [`crate::audio`] runs at, in Hz.
///
/// The reference's formants, jitter and shimmer change with the rate of one and the same recording, so a model is
/// valid only at the rate that it was trained at.
pub const SAMPLE_RATE_HZ: u32 = 16_000;

/// Brings a sample to 16 bit: `clamp(trunc(v·32768))`, the reference's conversion without its wrap-around.
pub fn quantise_pcm16(v: f32) -> i16 {
    (v * 32768.0) as i16
}
