//! Opus packets (RFC 6716) as containers carry them (RFC 7845).

use opus_decoder::{OpusDecoder, OpusError, OpusMultistreamDecoder};

/// Opus always decodes at this rate, whatever was recorded.
pub(super) const RATE_HZ: u32 = 48_000;
/// The longest packet, 120 ms.
const MAX_FRAMES: usize = 5_760;

/// Decodes the packets of a stream.
pub(super) struct Opus {
    decoder: Decoder,
    pub channels: usize,
    /// Frames at the beginning that the encoder has added.
    pub delay: u64,
    gain: f32,
    samples: Vec<f32>,
}

enum Decoder {
    Plain(Box<OpusDecoder>),
    /// Several streams, for more than two channels.
    Several(Box<OpusMultistreamDecoder>),
}

impl Opus {
    /// By the identification header `OpusHead` (RFC 7845, section 5.1); none if it is wrong.
    pub fn new(head: &[u8]) -> Option<Self> {
        let head = head.strip_prefix(b"OpusHead").unwrap_or(head);
        let [_version, channels, delay @ .., _, _, _, _, gain_low, gain_high, family] =
            head.first_chunk::<11>()?;
        let channels = usize::from(*channels);
        let decoder = if *family == 0 {
            Decoder::Plain(Box::new(OpusDecoder::new(RATE_HZ, channels).ok()?))
        } else {
            let [streams, coupled, mapping @ ..] = head.get(11..)? else { return None };
            let mapping = mapping.get(..channels)?;
            let decoder =
                OpusMultistreamDecoder::new(RATE_HZ, channels, (*streams).into(), (*coupled).into(), mapping);
            Decoder::Several(Box::new(decoder.ok()?))
        };
        // In 1/256 dB.
        let gain = f64::from(i16::from_le_bytes([*gain_low, *gain_high])) / 256.0;
        let gain = libm::pow(10.0, gain / 20.0) as f32;
        let delay = u16::from_le_bytes(*delay).into();
        Some(Self { decoder, channels, delay, gain, samples: vec![0.0; MAX_FRAMES * channels] })
    }

    /// The samples of a packet, the channels of each frame in turn.
    pub fn decode(&mut self, packet: &[u8]) -> Result<&[f32], OpusError> {
        let frames = match &mut self.decoder {
            Decoder::Plain(decoder) => decoder.decode_float(packet, &mut self.samples, false),
            Decoder::Several(decoder) => decoder.decode_float(packet, &mut self.samples, false),
        }?;
        let samples = self.samples.get_mut(..frames * self.channels).unwrap_or_default();
        if self.gain != 1.0 {
            samples.iter_mut().for_each(|v| *v *= self.gain);
        }
        Ok(samples)
    }
}
