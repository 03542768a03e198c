//! A sound as frames of 10 ms: how much power each has, and whether it is periodic as a voice is.
//!
//! The power is that of 20 ms around the frame, above 180 Hz, so rumble has none. Periodicity is the normalised
//! cross-correlation (Talkin 1995: each value is divided by the energies of both windows) of 40 ms of the sound below 1 kHz, at 4 kHz, for
//! lags of 2 to 16.5 ms. Neither depends on the gain.

use std::f64::consts::PI;

use crate::audio::SAMPLE_RATE_HZ;

/// Frames in a second.
pub(super) const FRAMES_PER_S: usize = 100;
/// From one frame to the next, in samples.
pub(super) const HOP: usize = SAMPLE_RATE_HZ as usize / FRAMES_PER_S;

/// Half of what a power window reaches beyond its frame.
const REACH: usize = HOP / 2;
/// Samples of the sound to one of those that are correlated.
const DECIMATION: usize = 4;
/// What is correlated of a frame: 40 ms at 4 kHz.
const WINDOW: usize = 160;
/// The lags: 500 to 60 Hz.
const SHORTEST_LAG: usize = 8;
const LONGEST_LAG: usize = 66;
/// The samples at 4 kHz that a frame takes, centred on it, and how many of them lie before its beginning.
const SPAN: usize = WINDOW + LONGEST_LAG;
const BEFORE: usize = SPAN / 2 - HOP / DECIMATION / 2;

const HIGH_PASS_HZ: f64 = 180.0;
const LOW_PASS_HZ: f64 = 1_000.0;

/// 10 ms of sound.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Frame {
    /// Mean square of the 20 ms around it; 1 is full scale.
    pub power: f64,
    /// Highest peak of the cross-correlation, up to 1; 0 without a peak.
    pub periodicity: f64,
    /// The lag of that peak, in samples at 4 kHz.
    pub lag: usize,
}

/// Turns samples at 16 kHz into frames as soon as all of a frame's samples are there.
#[derive(Debug)]
pub(super) struct Frames {
    high_pass: [Biquad; 2],
    low_pass: Biquad,
    /// Samples that came.
    samples: usize,
    /// Their powers above 180 Hz, from number `first_power` on.
    powers: Vec<f64>,
    first_power: usize,
    /// The sound at 4 kHz, from number `first_low` on; it begins with [`BEFORE`] zeros.
    low: Vec<f64>,
    first_low: usize,
    /// Frames that were given out.
    given: usize,
}

impl Frames {
    pub(super) fn new() -> Frames {
        let [first, second] = [0.541_196_100_146_197, 1.306_562_964_876_377];
        Frames {
            high_pass: [Biquad::high_pass(HIGH_PASS_HZ, first), Biquad::high_pass(HIGH_PASS_HZ, second)],
            low_pass: Biquad::low_pass(LOW_PASS_HZ, std::f64::consts::FRAC_1_SQRT_2),
            samples: 0,
            powers: Vec::new(),
            first_power: 0,
            low: vec![0.0; BEFORE],
            first_low: 0,
            given: 0,
        }
    }

    /// Takes further samples, and hands on the frames that are complete.
    pub(super) fn push(&mut self, samples: &[f32], mut hand_on: impl FnMut(Frame)) {
        for sample in samples {
            // A sample that is no number is a gap; beyond full scale there is nothing that a level could be.
            let sample = if sample.is_finite() { f64::from(*sample) } else { 0.0 };
            self.add(sample.clamp(-1.0, 1.0));
            while self.is_complete() {
                let frame = self.next();
                hand_on(frame);
            }
        }
    }

    /// There are no more samples: hands on the frames that begin within the sound, as if silence followed.
    pub(super) fn finish(mut self, mut hand_on: impl FnMut(Frame)) {
        let frames = self.samples / HOP;
        while self.given < frames {
            self.add(0.0);
            while self.given < frames && self.is_complete() {
                let frame = self.next();
                hand_on(frame);
            }
        }
    }

    fn add(&mut self, sample: f64) {
        let high = self.high_pass.iter_mut().fold(sample, |v, filter| filter.next(v));
        self.powers.push(high * high);
        let low = self.low_pass.next(high);
        if self.samples.is_multiple_of(DECIMATION) {
            self.low.push(low);
        }
        self.samples += 1;
    }

    fn is_complete(&self) -> bool {
        let from = self.given * HOP / DECIMATION;
        self.first_power + self.powers.len() >= (self.given + 1) * HOP + REACH
            && self.first_low + self.low.len() >= from + SPAN
    }

    fn next(&mut self) -> Frame {
        let start = self.given * HOP;
        let window = start.saturating_sub(REACH)..start + HOP + REACH;
        let of_window = &self.powers[window.start - self.first_power..window.end - self.first_power];
        let power = of_window.iter().sum::<f64>() / of_window.len() as f64;
        let from = start / DECIMATION - self.first_low;
        let (periodicity, lag) = periodicity(&self.low[from..from + SPAN]);
        self.given += 1;
        // What no further frame takes is dropped a second at a time.
        let next = self.given * HOP;
        let keep = next.saturating_sub(REACH);
        if keep - self.first_power > SAMPLE_RATE_HZ as usize {
            self.powers.drain(..keep - self.first_power);
            self.first_power = keep;
            self.low.drain(..next / DECIMATION - self.first_low);
            self.first_low = next / DECIMATION;
        }
        Frame { power, periodicity, lag }
    }
}

/// The highest peak of the normalised cross-correlation within the lags, and its lag.
fn periodicity(sound: &[f64]) -> (f64, usize) {
    let window = &sound[..WINDOW];
    let energy: f64 = window.iter().map(|v| v * v).sum();
    if energy <= 0.0 {
        return (0.0, 0);
    }
    // Lag by lag side by side; each sum runs in the order of the samples.
    let mut products = [0.0; LONGEST_LAG + 1];
    for (at, v) in window.iter().enumerate() {
        for (product, w) in products.iter_mut().zip(&sound[at..]) {
            *product += v * w;
        }
    }
    let mut lagged = energy;
    let mut values = [0.0; LONGEST_LAG + 1];
    for lag in 0..=LONGEST_LAG {
        if lag > 0 {
            lagged += sound[lag + WINDOW - 1] * sound[lag + WINDOW - 1] - sound[lag - 1] * sound[lag - 1];
        }
        let both = energy * lagged.max(0.0);
        values[lag] = if both > 0.0 { products[lag] / both.sqrt() } else { 0.0 };
    }
    let mut best = (0.0, 0);
    for lag in SHORTEST_LAG + 1..LONGEST_LAG {
        let value = values[lag];
        if value >= values[lag - 1] && value > values[lag + 1] && value > best.0 {
            best = (value, lag);
        }
    }
    best
}

/// A filter of second order (the bilinear transform with its frequency kept: Oppenheim and Schafer, Discrete-Time Signal
/// Processing, 7.2), in the transposed direct form II.
#[derive(Debug)]
struct Biquad {
    forward: [f64; 3],
    back: [f64; 2],
    state: [f64; 2],
}

impl Biquad {
    fn low_pass(hz: f64, q: f64) -> Biquad {
        Self::new(hz, q, |k| [k * k, 2.0 * k * k, k * k])
    }

    fn high_pass(hz: f64, q: f64) -> Biquad {
        Self::new(hz, q, |_| [1.0, -2.0, 1.0])
    }

    fn new(hz: f64, q: f64, forward: impl Fn(f64) -> [f64; 3]) -> Biquad {
        let k = libm::tan(PI * hz / f64::from(SAMPLE_RATE_HZ));
        let scale = 1.0 / (1.0 + k / q + k * k);
        let back = [2.0 * (k * k - 1.0) * scale, (1.0 - k / q + k * k) * scale];
        Biquad { forward: forward(k).map(|v| v * scale), back, state: [0.0; 2] }
    }

    fn next(&mut self, v: f64) -> f64 {
        let out = self.forward[0] * v + self.state[0];
        self.state[0] = self.forward[1] * v - self.back[0] * out + self.state[1];
        self.state[1] = self.forward[2] * v - self.back[1] * out;
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sine(hz: f64, seconds: f64) -> Vec<f32> {
        let count = (seconds * f64::from(SAMPLE_RATE_HZ)) as usize;
        let at = |k: usize| 0.5 * libm::sin(2.0 * PI * hz * k as f64 / f64::from(SAMPLE_RATE_HZ));
        (0..count).map(|k| at(k) as f32).collect()
    }

    fn frames(samples: &[f32], chunk: usize) -> Vec<Frame> {
        let (mut source, mut found) = (Frames::new(), Vec::new());
        for piece in samples.chunks(chunk) {
            source.push(piece, |frame| found.push(frame));
        }
        source.finish(|frame| found.push(frame));
        found
    }

    #[test]
    fn frames_of_a_tone_have_its_power_and_period() {
        let found = frames(&sine(400.0, 1.0), 777);
        assert_eq!(found.len(), 100);
        let off_db = 10.0 * libm::log10(1.0 + libm::pow(HIGH_PASS_HZ / 400.0, 8.0));
        for frame in &found[20..80] {
            // Half the square of the amplitude, less what the high pass takes off at 400 Hz.
            let below_db = 10.0 * libm::log10(0.125 / frame.power);
            assert!((below_db - off_db).abs() < 0.01, "{below_db} dB");
            assert!(frame.periodicity > 0.999 && frame.lag % 10 == 0, "{frame:?}");
        }
    }

    #[test]
    fn frames_leave_rumble_and_dc_out() {
        let low: Vec<f32> = sine(30.0, 1.0).iter().map(|v| v + 0.3).collect();
        let found = frames(&low, 4_000);
        // Fourth order. Behind frame 95 comes the click of the end.
        let share = 1.2 * libm::pow(30.0 / HIGH_PASS_HZ, 8.0);
        assert!(found[30..95].iter().all(|frame| frame.power < 0.125 * share), "{:?}", &found[30..33]);
    }

    #[test]
    fn frames_of_noise_are_not_periodic() {
        let found = frames(&test_signals::hiss(32_000), 1_000);
        let periodic = found.iter().filter(|frame| frame.periodicity >= 0.5).count();
        assert!(periodic <= 2, "{periodic} of {}", found.len());
    }

    #[test]
    fn frames_do_not_depend_on_chunks() {
        let samples = [sine(140.0, 0.7), test_signals::hiss(9_000), sine(90.0, 1.3)].concat();
        let whole = frames(&samples, samples.len());
        for chunk in [1, 159, 4_097] {
            assert_eq!(frames(&samples, chunk), whole, "{chunk}");
        }
    }
}
