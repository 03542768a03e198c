//! Frames, windows and frequency axes at one sampling rate (specification part 1, sections 2 and 3).
//!
//! ```
//! use egemaps::geometry::Geometry;
//!
//! let geometry = Geometry::new(16_000)?;
//! assert_eq!((geometry.hop, geometry.short.length, geometry.long.length), (160, 320, 960));
//! // Frames in a second of sound:
//! assert_eq!(geometry.long.count(16_000, geometry.hop), 95);
//! # Ok::<(), egemaps::ExtractError>(())
//! ```

use crate::error::ExtractError;
pub use crate::limits::{MAX_RATE_HZ, MIN_RATE_HZ};

/// Nominal frame step, s.
pub const HOP_S: f64 = 0.010;
/// Frame step that the functionals count with, s: exactly this in single precision, whatever the hop is (quirk 3).
pub(crate) const FUNCTIONALS_HOP_S: f32 = 0.01;
/// Nominal length of the short (spectral, formant) frame, s.
pub const SHORT_FRAME_S: f64 = 0.020;
/// Nominal length of the long (pitch, harmonics) frame, s.
pub const LONG_FRAME_S: f64 = 0.060;

/// Shape of a window; both are symmetric (part 1, section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// 0.54 − 0.46·cos, for the 20 ms frames.
    Hamming,
    /// σ = 0.4 of half the length, for the 60 ms frames.
    Gaussian,
}

/// One kind of frame.
#[derive(Debug, Clone)]
pub struct FrameShape {
    /// Nominal duration, s; the frequency axis derives from it (quirk 5), not from `length`.
    pub duration_s: f64,
    /// Length in samples.
    pub length: usize,
    /// FFT length: smallest power of two that holds the frame.
    pub fft_length: usize,
    /// Zeros in front of the frame in the FFT's buffer. Irrelevant for magnitudes, decisive for the formants.
    pub padding: usize,
    /// Bin spacing of the frequency axis, Hz.
    pub bin_hz: f64,
    /// Nominal duration of the padded frame, s: 1 / `bin_hz` before rounding.
    pub padded_duration_s: f64,
    /// Window, one value per sample of the frame.
    pub window: Vec<f32>,
}

impl FrameShape {
    /// A frame of any nominal duration; at least three samples long.
    pub fn new(rate_hz: u32, duration_s: f64, window: Window) -> FrameShape {
        let length = samples_in(duration_s, rate_hz).max(3);
        let fft_length = length.next_power_of_two().max(4);
        let padded_duration_s =
            if fft_length == length { duration_s } else { duration_s * (fft_length as f64 / length as f64) };
        let last = (length - 1) as f64;
        let window = (0..length)
            .map(|k| {
                let k = k as f64;
                let value = match window {
                    Window::Hamming => 0.54 - 0.46 * libm::cos(core::f64::consts::TAU * k / last),
                    Window::Gaussian => {
                        let t = (k - last / 2.0) / (0.4 * last / 2.0);
                        libm::exp(-0.5 * t * t)
                    }
                };
                value as f32
            })
            .collect();
        FrameShape {
            duration_s,
            length,
            fft_length,
            padding: (fft_length - length) / 2,
            bin_hz: 1.0 / padded_duration_s,
            padded_duration_s,
            window,
        }
    }

    /// Number of magnitudes of a frame.
    pub fn bins(&self) -> usize {
        self.fft_length / 2 + 1
    }

    /// Frequency of bin `k` on the 20 ms axis, Hz (part 1: k / duration of the padded frame).
    pub fn frequency_hz(&self, k: usize) -> f64 {
        k as f64 / self.padded_duration_s
    }

    /// Number of frames in `samples` samples at step `hop`; incomplete last frames do not count.
    pub fn count(&self, samples: usize, hop: usize) -> usize {
        if samples < self.length { 0 } else { (samples - self.length) / hop + 1 }
    }

    /// Writes the windowed frame, centred between zeros, into `buffer`.
    pub fn windowed(&self, frame: &[f32], buffer: &mut Vec<f32>) {
        buffer.clear();
        buffer.resize(self.fft_length, 0.0);
        for ((out, x), w) in buffer[self.padding..].iter_mut().zip(frame).zip(&self.window) {
            *out = x * w;
        }
    }
}

/// Samples in a duration, rounded half away from zero, as `duration / (1 / rate)` in f64.
fn samples_in(duration_s: f64, rate_hz: u32) -> usize {
    (duration_s / (1.0 / f64::from(rate_hz))).round() as usize
}

/// Everything that depends on the sampling rate alone.
#[derive(Debug, Clone)]
pub struct Geometry {
    /// Sampling rate, Hz.
    pub rate_hz: u32,
    /// Frame step in samples. Quirk 3: 221 at 22.05 kHz, 110 at 11.025 kHz; functionals still count 10 ms.
    pub hop: usize,
    /// 20 ms frames.
    pub short: FrameShape,
    /// 60 ms frames.
    pub long: FrameShape,
}

impl Geometry {
    /// Geometry at `rate_hz`.
    ///
    /// # Errors
    /// [`ExtractError::UnsupportedRate`] outside 8–48 kHz.
    pub fn new(rate_hz: u32) -> Result<Geometry, ExtractError> {
        if !(MIN_RATE_HZ..=MAX_RATE_HZ).contains(&rate_hz) {
            return Err(ExtractError::UnsupportedRate { rate_hz });
        }
        Ok(Geometry {
            rate_hz,
            hop: samples_in(HOP_S, rate_hz),
            short: FrameShape::new(rate_hz, SHORT_FRAME_S, Window::Hamming),
            long: FrameShape::new(rate_hz, LONG_FRAME_S, Window::Gaussian),
        })
    }

    /// Duration of one sample, s.
    pub fn sample_s(&self) -> f64 {
        1.0 / f64::from(self.rate_hz)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn geometry_has_the_lengths_of_the_specification() {
        // rate, len20, hop, nfft20, pad20, len60, nfft60, pad60 (part 1 section 2, part 3 section 2)
        let wanted = [
            (8000, 160, 80, 256, 48, 480, 512, 16),
            (11025, 221, 110, 256, 17, 662, 1024, 181),
            (12000, 240, 120, 256, 8, 720, 1024, 152),
            (16000, 320, 160, 512, 96, 960, 1024, 32),
            (22050, 441, 221, 512, 35, 1323, 2048, 362),
            (24000, 480, 240, 512, 16, 1440, 2048, 304),
            (32000, 640, 320, 1024, 192, 1920, 2048, 64),
            (44100, 882, 441, 1024, 71, 2646, 4096, 725),
            (48000, 960, 480, 1024, 32, 2880, 4096, 608),
        ];
        for (rate, len20, hop, fft20, pad20, len60, fft60, pad60) in wanted {
            let g = Geometry::new(rate).unwrap();
            let (s, l) = (&g.short, &g.long);
            assert_eq!((s.length, g.hop, s.fft_length, s.padding), (len20, hop, fft20, pad20), "{rate}");
            assert_eq!((l.length, l.fft_length, l.padding), (len60, fft60, pad60), "{rate}");
        }
        let odd = Geometry::new(11025).unwrap();
        assert!((odd.long.bin_hz - 10.774740).abs() < 1e-6);
        assert!((odd.short.frequency_hz(1) - 43.164062).abs() < 1e-6);
    }

    #[test]
    fn geometry_refuses_rates_outside_8_to_48_khz() {
        for rate_hz in [0, 7_999, 48_001, 192_000] {
            assert_eq!(Geometry::new(rate_hz).err(), Some(ExtractError::UnsupportedRate { rate_hz }));
        }
    }
}
