//! Deterministic synthetic signals for tests and benchmarks: no recording of a person is needed.

/// A synthetic voice: damped pulses whose pitch moves by a fifth up and down, in syllables with pauses between them, and
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
        let (mut state, mut phase) = (1i64, 0.0);
        let voice = (0..(self.seconds * fs) as u32).map(|k| {
            let t = f64::from(k) / fs;
            state = (1_103_515_245 * state + 12345) & 0x7FFF_FFFF;
            let noise = ((state >> 15) - 32768) as f64 / 32768.0;
            phase += (self.f0_hz + 0.2 * self.f0_hz * libm::sin(t * 2.0)) / fs;
            phase -= libm::floor(phase);
            let loud = (0.3 + libm::sin(t * 25.0) + libm::sin(t * 1.7)).clamp(0.0, 1.0);
            let tone = libm::exp(-phase * 6.0) * libm::sin(phase * 25.0);
            (self.level * loud * tone + self.noise * noise) as f32
        });
        let silence = vec![0.0f32; (self.silence_s * fs) as usize];
        silence.iter().copied().chain(voice).chain(silence.iter().copied()).collect()
    }
}

/// 16-bit samples as the extractor sees them: divided by 32767.
pub fn scaled(samples: &[i16]) -> Vec<f32> {
    samples.iter().map(|s| f32::from(*s) / 32767.0).collect()
}

/// The noisy saw of part 3, section 10: a period of 100 samples with noise on it.
pub fn noisy_saw(n: usize) -> Vec<i16> {
    let mut s: i64 = 1;
    (0..n)
        .map(|i| {
            s = (1_103_515_245 * s + 12345) & 0x7FFF_FFFF;
            (9000 - 180 * (i as i64 % 100) + ((s >> 16) % 2001 - 1000)) as i16
        })
        .collect()
}

/// Soft white noise in which no pitch is found.
pub fn hiss(n: usize) -> Vec<f32> {
    let mut s: i64 = 5;
    (0..n)
        .map(|_| {
            s = (1_103_515_245 * s + 12345) & 0x7FFF_FFFF;
            ((s >> 15) - 32768) as f32 / 400_000.0
        })
        .collect()
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
