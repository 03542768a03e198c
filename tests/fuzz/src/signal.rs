//! Bytes as a sound: four to a stretch, its kind, length, strength and period. Made with integers and products alone, so that it is
//! the same everywhere.

use crate::mutate::Random;

/// Rates that are tried: usual ones, the limits, odd ones, and some beyond.
const RATES_HZ: [u32; 16] = [
    8_000, 16_000, 44_100, 48_000, 11_025, 22_050, 8_001, 47_999, 12_345, 32_000, 96_000, 192_000, 7_999,
    48_001, 24_000, 1,
];

/// A sound and how it is handed over.
#[derive(Debug, Clone)]
pub struct Signal {
    pub rate_hz: u32,
    pub samples: Vec<f32>,
    pub chunks: Chunks,
}

/// Lengths of chunks, one after the other, 0 among them.
#[derive(Debug, Clone)]
pub struct Chunks(Random);

impl Chunks {
    /// The samples in chunks.
    pub fn of(mut self, mut samples: &[f32]) -> Vec<&[f32]> {
        let mut chunks = Vec::new();
        while !samples.is_empty() {
            let (chunk, rest) = samples.split_at(self.0.below(3_000) % (samples.len() + 1));
            chunks.push(chunk);
            samples = rest;
        }
        chunks
    }
}

/// The sound that bytes are, at most `most` samples long; none for less than nine bytes.
pub fn of(bytes: &[u8], most: usize) -> Option<Signal> {
    let (head, body) = bytes.split_first_chunk::<8>()?;
    let mut random = Random::new(u64::from_le_bytes(*head));
    let rate_hz = RATES_HZ[usize::from(head[0] % 16)];
    let mut samples = Vec::new();
    for [kind, length, strength, period] in body.as_chunks().0 {
        let amplitude = match strength {
            0 => f32::MAX,
            1 => 1e20,
            2 => f32::from_bits(1),
            3 => 1e-30,
            4 => 1.0 / 32_768.0,
            5 => -1.0,
            _ => (f32::from(*strength) - 6.0) / 200.0,
        };
        let period = 2 + usize::from(*period) * 2;
        for i in 0..(1 + usize::from(*length) * 64).min(most - samples.len()) {
            let place = (i % period) as f32 / period as f32;
            samples.push(match kind % 9 {
                0 => 0.0,
                1 => amplitude,
                // A parabola upwards, one downwards: nearly a sine.
                2 if place < 0.5 => amplitude * 16.0 * place * (0.5 - place),
                2 => -amplitude * 16.0 * (place - 0.5) * (1.0 - place),
                3 if place < 0.5 => amplitude,
                3 => -amplitude,
                4 => amplitude * (random.below(1 << 24) as f32 / 8_388_608.0 - 1.0),
                // Pulses that ring out, as a voice's do.
                5 => amplitude * (1.0 - place) * (1.0 - place) * if i % 8 < 4 { 1.0 } else { -1.0 },
                6 if i % period == 0 => amplitude,
                7 => f32::from_bits(random.bits() as u32),
                8 => amplitude * (2.0 * place - 1.0),
                _ => 0.0,
            });
        }
    }
    Some(Signal { rate_hz, samples, chunks: Chunks(random) })
}
