//! A streaming polyphase resampler from any whole rate between 8 and 192 kHz to 16 kHz.
//!
//! # What it keeps
//! With *low* for the lower of the two rates:
//! * flat within 0.1 dB up to 0.4375 · *low*; images and aliases below −80 dB from 0.5 · *low* on;
//! * output sample *k* stands exactly at time *k*/16000 of the input (linear phase, the delay is taken out);
//! * before the first and after the last sample the input counts as zero;
//! * *n* samples give ⌈*n* · 16000 / rate⌉;
//! * each phase has a gain of exactly 1 at 0 Hz;
//! * any chunking gives the same bits, and 16 kHz passes through untouched.
//!
//! # How
//! A sinc at 0.46875 · *low* under a Kaiser window (`kernel`), one row of coefficients per phase. Coefficients and
//! sums are `f64` throughout; a sum runs over eight lanes in a fixed order, so the bits are the same on every machine.
//!
//! ```
//! use undertone::audio::resample::{Resampler, to_16k};
//!
//! let samples: Vec<f32> = (0..44_100).map(|k| (0.05 * k as f32).sin()).collect();
//! let whole = to_16k(&samples, 44_100)?;
//! assert_eq!(whole.len(), 16_000);
//!
//! let (mut resampler, mut pieces) = (Resampler::new(44_100)?, Vec::new());
//! for chunk in samples.chunks(1_000) {
//!     resampler.push(chunk, &mut pieces);
//! }
//! resampler.finish(&mut pieces);
//! assert_eq!(pieces, whole, "the same bits");
//! # Ok::<(), undertone::audio::AudioError>(())
//! ```

mod kernel;

use std::ops::Range;

use self::kernel::Kernel;
use super::{AudioError, MAX_RATE_HZ, MIN_RATE_HZ, SAMPLE_RATE_HZ};

/// Brings one stream of mono samples to 16 kHz.
#[derive(Debug, Clone)]
pub struct Resampler {
    from_hz: u32,
    /// None at 16 kHz, where there is nothing to do.
    filter: Option<Filter>,
    /// Samples taken in.
    taken: u64,
    /// Samples given out.
    given: u64,
}

#[derive(Debug, Clone)]
struct Filter {
    kernel: Kernel,
    /// The part of the input that is still needed, including the zeros thought to lie before it.
    window: Vec<f64>,
    /// Where in `window` the first coefficient of the next output sample falls.
    start: usize,
    /// Position of the next output sample after the input sample before it, in 1/16000 of an input sample.
    fraction: u32,
}

impl Resampler {
    /// A resampler from `from_hz`, in Hz.
    ///
    /// # Errors
    /// [`AudioError::UnsupportedRate`] outside 8000 … 192000 Hz.
    pub fn new(from_hz: u32) -> Result<Self, AudioError> {
        if !(MIN_RATE_HZ..=MAX_RATE_HZ).contains(&from_hz) {
            return Err(AudioError::UnsupportedRate { rate_hz: from_hz });
        }
        let filter = (from_hz != SAMPLE_RATE_HZ).then(|| Filter::new(from_hz));
        Ok(Self { from_hz, filter, taken: 0, given: 0 })
    }

    /// Takes samples in and appends those output samples to `out` that they complete. The output lags by half the
    /// filter, about 3 ms for rates from 16 kHz on and 6 ms at 8 kHz.
    pub fn push(&mut self, input: &[f32], out: &mut Vec<f32>) {
        self.taken += input.len() as u64;
        match &mut self.filter {
            None => out.extend_from_slice(input),
            Some(filter) => {
                // In pieces, so that a long file does not need a copy of itself as f64.
                for piece in input.chunks(PIECE) {
                    filter.window.extend(piece.iter().map(|v| f64::from(*v)));
                    self.given += filter.run(self.from_hz, u64::MAX, out);
                }
            }
        }
    }

    /// Ends the stream and appends what is left: the total is ⌈*n* · 16000 / rate⌉ samples.
    pub fn finish(mut self, out: &mut Vec<f32>) {
        if let Some(filter) = &mut self.filter {
            let total = output_len(self.taken, self.from_hz);
            let taps = filter.kernel.taps();
            while self.given < total {
                filter.window.extend(std::iter::repeat_n(0.0, taps));
                self.given += filter.run(self.from_hz, total - self.given, out);
            }
        }
    }
}

/// How many samples are converted at a time.
const PIECE: usize = 8_192;

impl Filter {
    fn new(from_hz: u32) -> Self {
        let kernel = Kernel::new(from_hz);
        // The zeros before the beginning: output sample 0 stands at input sample 0.
        let window = vec![0.0; kernel.taps_before()];
        Self { kernel, window, start: 0, fraction: 0 }
    }

    /// Gives out every sample that the window suffices for, at most `limit`, and drops what is not needed any more.
    fn run(&mut self, from_hz: u32, limit: u64, out: &mut Vec<f32>) -> u64 {
        let mut given = 0;
        while given < limit {
            let span: Range<usize> = self.start..self.start + self.kernel.taps();
            let Some(under) = self.window.get(span) else { break };
            let sum = self.kernel.apply(self.fraction, under);
            // Only samples near the end of the f32 range can overflow by the filter's overshoot.
            out.push((sum as f32).clamp(f32::MIN, f32::MAX));
            given += 1;
            let next = self.fraction + from_hz;
            self.start += (next / SAMPLE_RATE_HZ) as usize;
            self.fraction = next % SAMPLE_RATE_HZ;
        }
        let done = self.start.min(self.window.len());
        self.window.drain(..done);
        self.start -= done;
        given
    }
}

/// ⌈*n* · 16000 / rate⌉
fn output_len(n: u64, from_hz: u32) -> u64 {
    // A sound of n · 16000 ≥ 2^64 samples would last for centuries.
    (n * u64::from(SAMPLE_RATE_HZ)).div_ceil(u64::from(from_hz))
}

/// Brings a whole mono sound to 16 kHz: the same as pushing it in chunks.
///
/// # Errors
/// [`AudioError::UnsupportedRate`] outside 8000 … 192000 Hz.
pub fn to_16k(samples: &[f32], from_hz: u32) -> Result<Vec<f32>, AudioError> {
    let mut resampler = Resampler::new(from_hz)?;
    let mut out = Vec::with_capacity(output_len(samples.len() as u64, from_hz) as usize);
    resampler.push(samples, &mut out);
    resampler.finish(&mut out);
    Ok(out)
}

#[cfg(test)]
mod tests;
