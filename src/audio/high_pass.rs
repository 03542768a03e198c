//! The high pass that level and region are measured behind.

use std::f64::consts::PI;

use super::SAMPLE_RATE_HZ;

/// Below this a recording holds no voice, but DC and rumble that would count as never-ending speech, in Hz.
const HIGH_PASS_HZ: f64 = 20.0;

/// A first-order high pass at 20 Hz: takes DC out without looking ahead.
///
/// Subtracting the mean would be simpler, but the mean depends on how much silence a file carries, and the level and
/// region of a sound must not. At 80 Hz, the lowest fundamental that matters, it takes 0.26 dB off.
#[derive(Debug, Clone, Default)]
pub struct HighPass {
    last_in: f64,
    last_out: f64,
}

impl HighPass {
    const POLE: f64 = 1.0 - 2.0 * PI * HIGH_PASS_HZ / SAMPLE_RATE_HZ as f64;

    /// The next sample. Starts as if after silence, so leading zeros change nothing, not even bits.
    pub fn next(&mut self, sample: f32) -> f64 {
        let v = f64::from(sample);
        self.last_out = (v - self.last_in) * ((1.0 + Self::POLE) / 2.0) + self.last_out * Self::POLE;
        self.last_in = v;
        self.last_out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn high_pass_removes_dc_and_keeps_speech() {
        let mut filter = HighPass::default();
        let last = (0..16_000).map(|_| filter.next(0.5)).last().unwrap();
        assert!(last.abs() < 1e-9);
        for (hz, loss_db, tolerance) in [(20.0, 3.01, 0.05), (80.0, 0.26, 0.01), (1_000.0, 0.0017, 0.001)] {
            let mut filter = HighPass::default();
            let power: f64 = (0..32_000)
                .map(|i| filter.next(libm::sin(2.0 * PI * hz * f64::from(i) / 16_000.0) as f32))
                .skip(16_000)
                .map(|v| v * v)
                .sum::<f64>()
                / 16_000.0;
            let loss = -10.0 * libm::log10(2.0 * power);
            assert!((loss - loss_db).abs() < tolerance, "{hz} Hz: {loss} dB");
        }
    }
}
