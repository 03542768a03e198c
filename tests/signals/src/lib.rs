//! Deterministic synthetic signals for tests and benchmarks: no recording of a person is needed.

/// A linear congruential generator of 31-bit integers.
fn random(seed: i64) -> impl Iterator<Item = i64> {
    let step = |state: i64| (1_103_515_245 * state + 12345) & 0x7FFF_FFFF;
    std::iter::successors(Some(step(seed)), move |state| Some(step(*state)))
}

/// A synthetic voice: damped pulses whose pitch moves between 80 and 120 % of its middle, in syllables with pauses, and
/// a little white noise. Change what a test is about and take the rest from [`Voice::default`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Voice {
    /// Sampling rate, Hz.
    pub rate_hz: u32,
    /// Duration without the silence around it, s.
    pub seconds: f64,
    /// Middle of the pitch's range, Hz.
    pub f0_hz: f64,
    /// Amplitude of the loudest pulses, before their damping.
    pub level: f64,
    /// Amplitude of the noise.
    pub noise: f64,
    /// Digital silence before and after, s each.
    pub silence_s: f64,
}

impl Default for Voice {
    /// One second of a voice at 120 to 180 Hz, sampled at 16 kHz.
    fn default() -> Voice {
        Voice { rate_hz: 16_000, seconds: 1.0, f0_hz: 150.0, level: 0.5, noise: 0.002, silence_s: 0.0 }
    }
}

impl Voice {
    /// The samples, −1 … 1.
    pub fn samples(self) -> Vec<f32> {
        let fs = f64::from(self.rate_hz);
        let mut phase = 0.0;
        let voice = (0..(self.seconds * fs) as u32).zip(random(1)).map(|(k, random)| {
            let t = f64::from(k) / fs;
            let noise = ((random >> 15) - 32768) as f64 / 32768.0;
            phase += (self.f0_hz + 0.2 * self.f0_hz * libm::sin(t * 2.0)) / fs;
            phase -= libm::floor(phase);
            let loud = (0.3 + libm::sin(t * 25.0) + libm::sin(t * 1.7)).clamp(0.0, 1.0);
            let tone = libm::exp(-phase * 6.0) * libm::sin(phase * 25.0);
            (self.level * loud * tone + self.noise * noise) as f32
        });
        let silence = vec![0.0f32; (self.silence_s * fs) as usize];
        silence.iter().copied().chain(voice).chain(silence.iter().copied()).collect()
    }

    /// The samples as a 16-bit file has them.
    pub fn integers(self) -> Vec<i16> {
        self.samples().into_iter().map(pcm16).collect()
    }
}

/// A voice that speaks without a pause, in syllables: pulses of 130 to 170 Hz that ring out in two resonances.
pub fn phrase(duration_s: f64, gain: f64, rate_hz: u32) -> Vec<f32> {
    const EDGE_S: f64 = 0.02;
    let tau = core::f64::consts::TAU;
    let fs = f64::from(rate_hz);
    let mut phase = 0.0;
    let sample = |k: usize| {
        let t = k as f64 / fs;
        phase += (150.0 + 20.0 * libm::sin(1.9 * t)) / fs;
        phase -= libm::floor(phase);
        let since = phase / 150.0;
        let rings = |hz: f64, fall_s: f64| libm::exp(-since / fall_s) * libm::sin(tau * hz * since);
        let syllable = 0.4 + 0.6 * libm::sin(8.0 * t).abs();
        let edge = (t.min(duration_s - t) / EDGE_S).clamp(0.0, 1.0);
        (gain * edge * syllable * (rings(650.0, 0.003) + 0.4 * rings(1_700.0, 0.002))) as f32
    };
    (0..(duration_s * fs) as usize).map(sample).collect()
}

/// A sample as a 16-bit integer, truncated and clipped.
fn pcm16(v: f32) -> i16 {
    (v * 32_768.0) as i16
}

/// What the files in `tests/fixtures` hold in compressed formats: 0.4 s at 16 kHz, pulses of a pitch that falls from 120 Hz,
/// through two resonances. It stays as it is, because the files were encoded once.
pub fn fixture() -> Vec<i16> {
    const RATE_HZ: f64 = 16_000.0;
    const SECONDS: f64 = 0.4;
    let pi = core::f64::consts::PI;
    let resonance = |hz: f64, bandwidth_hz: f64| {
        let r = libm::exp(-pi * bandwidth_hz / RATE_HZ);
        (2.0 * r * libm::cos(2.0 * pi * hz / RATE_HZ), -r * r)
    };
    let filters = [resonance(700.0, 80.0), resonance(1_200.0, 100.0)];
    let mut state = [[0.0f64; 2]; 2];
    let mut phase = 0.0;
    let raw: Vec<f64> = (0..(SECONDS * RATE_HZ) as usize)
        .map(|i| {
            let t = i as f64 / RATE_HZ;
            phase += 120.0 * (1.0 - 0.2 * t / SECONDS) / RATE_HZ;
            let mut v = if phase >= 1.0 { 1.0 } else { 0.0 };
            phase -= libm::floor(phase);
            for ((a, b), past) in filters.iter().zip(&mut state) {
                v += a * past[0] + b * past[1];
                *past = [v, past[0]];
            }
            v * libm::sin(pi * t / SECONDS)
        })
        .collect();
    let peak = raw.iter().fold(0.0f64, |peak, v| peak.max(v.abs()));
    raw.iter().map(|v| pcm16((0.4 * v / peak) as f32)).collect()
}

/// 16-bit samples as the extractor sees them: divided by 32767.
pub fn scaled(samples: &[i16]) -> Vec<f32> {
    samples.iter().map(|s| f32::from(*s) / 32767.0).collect()
}

/// The noisy saw of part 3, section 10: a period of 100 samples with noise on it.
pub fn noisy_saw(n: usize) -> Vec<i16> {
    let saw = (0..n as i64).zip(random(1));
    saw.map(|(i, random)| (9000 - 180 * (i % 100) + ((random >> 16) % 2001 - 1000)) as i16).collect()
}

/// Soft white noise in which no pitch is found.
pub fn hiss(n: usize) -> Vec<f32> {
    random(5).take(n).map(|random| ((random >> 15) - 32768) as f32 / 400_000.0).collect()
}

/// The three tones of part 1, section 14: half a second, with a fade-in and a little noise.
pub fn three_tones(rate_hz: u32) -> Vec<i16> {
    let fs = f64::from(rate_hz);
    let tau = core::f64::consts::TAU;
    (0..rate_hz as i64 / 2)
        .map(|k| {
            let noise = ((1_103_515_245 * k + 12345) % (1 << 31)) % 2001 - 1000;
            let t = k as f64;
            let tone = |amplitude: f64, hz: f64| amplitude * libm::sin(tau * hz * t / fs);
            let v = tone(8000.0, 200.0) + tone(3000.0, 1300.0) + tone(1500.0, 3100.0) + 0.5 * noise as f64;
            libm::floor(v * f64::min(1.0, t / (0.2 * fs)) + 0.5) as i16
        })
        .collect()
}

#[test]
fn signals_are_those_of_the_specification() {
    assert_eq!(noisy_saw(6), [8830, 9576, 7748, 8967, 8316, 8725]);
    for (rate, sum) in
        [(8000, -53615), (16000, -107_131), (22050, -149_568), (44100, -302_130), (48000, -327_663)]
    {
        assert_eq!(three_tones(rate).iter().map(|s| i64::from(*s)).sum::<i64>(), sum, "{rate}");
    }
}
