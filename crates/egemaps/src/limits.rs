//! Sampling rates that are accepted.

/// Lowest sampling rate of the extractor, Hz.
pub const MIN_RATE_HZ: u32 = 8_000;
/// Highest sampling rate of the extractor, Hz.
pub const MAX_RATE_HZ: u32 = 48_000;
