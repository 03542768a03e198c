//! What a FLAC stream says of itself at its beginning (RFC 9639, section 8.2).

/// The STREAMINFO block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StreamInfo {
    pub rate_hz: u32,
    /// 1 to 8.
    pub channels: u8,
    /// Of a sample: 4 to 32.
    pub bits: u32,
    /// Samples of each channel, if it was known.
    pub frames: Option<u64>,
}

impl StreamInfo {
    /// Bytes of the block without its header.
    pub const BYTES: usize = 34;

    /// Reads the block; none if it contradicts itself.
    pub fn parse(block: &[u8; StreamInfo::BYTES]) -> Option<StreamInfo> {
        // Sizes of blocks and frames come first, a checksum of the samples last: what is in between counts.
        let [a, b, c, d, e, f, g, h] = *block[10..].first_chunk::<8>()?;
        let fields = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
        let info = StreamInfo {
            rate_hz: (fields >> 44) as u32,
            channels: (fields >> 41 & 7) as u8 + 1,
            bits: (fields >> 36 & 31) as u32 + 1,
            frames: Some(fields & ((1 << 36) - 1)).filter(|frames| *frames > 0),
        };
        (info.rate_hz > 0 && info.bits >= 4).then_some(info)
    }
}
