//! What comes in: mono at 16 kHz, its level and quality, where the speech is.

/// The one sampling rate that everything after [`crate::audio`] runs at, in Hz.
///
/// The reference's formants, jitter and shimmer change with the rate of one and the same recording, so a model is
/// valid only at the rate that it was trained at.
pub const SAMPLE_RATE_HZ: u32 = 16_000;
