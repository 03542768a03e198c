//! Opus packets (RFC 6716) as containers carry them (RFC 7845).

use opus_rs::OpusDecoder;

/// Opus always decodes at this rate, whatever was recorded.
pub(super) const RATE_HZ: u32 = 48_000;
/// The longest packet, 120 ms.
const MAX_FRAMES: usize = 5_760;

/// Decodes the packets of a stream of one or two channels.
pub(super) struct Opus {
    decoder: OpusDecoder,
    pub channels: usize,
    /// Frames at the beginning that the encoder has added.
    pub delay: u64,
    gain: f32,
    samples: Vec<f32>,
}

impl Opus {
    /// By the identification header `OpusHead` (RFC 7845, section 5.1); none if it is wrong.
    pub fn new(head: &[u8]) -> Option<Self> {
        let head = head.strip_prefix(b"OpusHead").unwrap_or(head);
        let [_version, channels, delay @ .., _, _, _, _, gain_low, gain_high, _family] =
            head.first_chunk::<11>()?;
        let channels = Some(usize::from(*channels)).filter(|channels| (1..=2).contains(channels))?;
        let decoder = OpusDecoder::new(RATE_HZ as i32, channels).ok()?;
        // In 1/256 dB.
        let gain = f64::from(i16::from_le_bytes([*gain_low, *gain_high])) / 256.0;
        let gain = libm::pow(10.0, gain / 20.0) as f32;
        let delay = u16::from_le_bytes(*delay).into();
        Some(Self { decoder, channels, delay, gain, samples: vec![0.0; MAX_FRAMES * channels] })
    }

    /// The samples of a packet, the channels of each frame in turn; none if it is damaged.
    pub fn decode(&mut self, packet: &[u8]) -> Option<&[f32]> {
        let frames = self.decoder.decode(packet, MAX_FRAMES, &mut self.samples).ok()?;
        let samples = self.samples.get_mut(..frames * self.channels)?;
        if self.gain != 1.0 {
            samples.iter_mut().for_each(|v| *v *= self.gain);
        }
        Some(samples)
    }
}
