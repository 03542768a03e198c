//! Files of uncompressed sound, piece by piece.

use std::io::{ErrorKind, Read};

use symphonia::core::io::MediaSource;
use undertone::audio::mix;
use undertone::audio::pcm::{Decoder, Header, PcmError};

use super::error::{CutOff, DecodeError};

/// Bytes that are decoded at a time.
const PIECE: usize = 1 << 16;

/// A file of uncompressed sound behind its header.
pub(super) struct Stored {
    bytes: Box<dyn MediaSource>,
    pub header: Header,
    decoder: Decoder,
    /// Bytes of the sound that are still to be decoded.
    left: u64,
    piece: Vec<u8>,
    /// The channels of the last piece, in turn.
    interleaved: Vec<f64>,
}

impl Stored {
    /// `bytes` must stand where the sound begins.
    pub fn new(bytes: Box<dyn MediaSource>, header: Header) -> Self {
        let sound = header.sound();
        let (decoder, left) = (header.decoder(), sound.end - sound.start);
        Self { bytes, header, decoder, left, piece: Vec::new(), interleaved: Vec::new() }
    }

    pub fn next(&mut self, samples: &mut Vec<f32>) -> Result<bool, DecodeError> {
        samples.clear();
        let block = self.header.block_bytes();
        let count = self.left.min(((PIECE / block).max(1) * block) as u64);
        if count == 0 {
            return Ok(false);
        }
        self.piece.resize(count as usize, 0);
        let first = self.decoder.frame();
        self.bytes.read_exact(&mut self.piece).map_err(|error| match error.kind() {
            // It has become shorter since its length was taken.
            ErrorKind::UnexpectedEof => {
                let seconds = |frames: u64| frames as f64 / f64::from(self.header.rate_hz());
                let declared_s = Some(seconds(self.header.frames()));
                DecodeError::Truncated(CutOff { present_s: seconds(first), declared_s })
            }
            _ => error.into(),
        })?;
        self.left -= count;
        self.interleaved.clear();
        self.interleaved.extend_from_slice(self.decoder.interleaved(&self.piece));
        mix::mono(&self.interleaved, self.header.channels(), None, samples);
        match samples.iter().position(|v| !v.is_finite()) {
            Some(index) => Err(PcmError::NotFinite { index: first as usize + index }.into()),
            None => Ok(true),
        }
    }

    /// One channel of the last piece.
    pub fn channel(&self, index: usize, samples: &mut Vec<f32>) {
        mix::mono(&self.interleaved, self.header.channels(), Some(index), samples);
    }
}
