//! A Fourier transform in `f64` for making sounds: filters and noise of a wanted spectrum.
//!
//! Not the extractor's: `egemaps::fft` reproduces the rounding of openSMILE's in single precision. Not a library's: those
//! take sines from the platform and choose instructions by the machine, and a degraded sound must have the same bits
//! everywhere.

use std::f64::consts::PI;

/// Real and imaginary parts, a power of two of them.
#[derive(Debug, Clone)]
pub struct Spectrum {
    re: Vec<f64>,
    im: Vec<f64>,
}

impl Spectrum {
    /// The spectrum of samples, zeros appended to at least `length` and to a power of two.
    pub fn of(samples: &[f64], length: usize) -> Spectrum {
        let size = length.max(samples.len()).max(2).next_power_of_two();
        let mut re = samples.to_vec();
        re.resize(size, 0.0);
        let mut spectrum = Spectrum { re, im: vec![0.0; size] };
        spectrum.transform(-1.0);
        spectrum
    }

    /// Multiplies bin by bin with another spectrum of the same size.
    pub fn times(&mut self, other: &Spectrum) {
        for k in 0..self.re.len().min(other.re.len()) {
            let (a, b) = (self.re[k], self.im[k]);
            self.re[k] = a * other.re[k] - b * other.im[k];
            self.im[k] = a * other.im[k] + b * other.re[k];
        }
    }

    /// Multiplies every bin with a real gain that depends on its frequency, in cycles per sample (0 … 0.5).
    pub fn shape(&mut self, gain: impl Fn(f64) -> f64) {
        let size = self.re.len();
        for k in 0..size {
            let gain = gain(k.min(size - k) as f64 / size as f64);
            self.re[k] *= gain;
            self.im[k] *= gain;
        }
    }

    /// Back to `length` real samples.
    pub fn into_samples(mut self, length: usize) -> Vec<f64> {
        self.transform(1.0);
        let size = self.re.len() as f64;
        self.re.truncate(length);
        self.re.iter_mut().for_each(|v| *v /= size);
        self.re
    }

    /// The transform in place (Cooley and Tukey 1965), with the sign of its exponent; not divided by the size.
    fn transform(&mut self, sign: f64) {
        let size = self.re.len();
        let shift = usize::BITS - size.trailing_zeros();
        for i in 1..size {
            let j = i.reverse_bits() >> shift;
            if i < j {
                self.re.swap(i, j);
                self.im.swap(i, j);
            }
        }
        let mut half = 1;
        while half < size {
            let turn = |k: usize| sign * PI * k as f64 / half as f64;
            let twiddles: Vec<(f64, f64)> =
                (0..half).map(|k| (libm::cos(turn(k)), libm::sin(turn(k)))).collect();
            for start in (0..size).step_by(2 * half) {
                for (k, (cos, sin)) in twiddles.iter().enumerate() {
                    let (a, b) = (start + k, start + k + half);
                    let re = self.re[b] * cos - self.im[b] * sin;
                    let im = self.re[b] * sin + self.im[b] * cos;
                    self.re[b] = self.re[a] - re;
                    self.im[b] = self.im[a] - im;
                    self.re[a] += re;
                    self.im[a] += im;
                }
            }
            half *= 2;
        }
    }
}

/// Linear convolution: as long as both together, less one sample. Empty if either is.
pub fn convolve(a: &[f64], b: &[f64]) -> Vec<f64> {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    let length = a.len() + b.len() - 1;
    let mut product = Spectrum::of(a, length);
    product.times(&Spectrum::of(b, length));
    product.into_samples(length)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::random::Random;

    fn noise(length: usize, seed: u64) -> Vec<f64> {
        let mut random = Random::new(seed);
        (0..length).map(|_| random.normal()).collect()
    }

    #[test]
    fn convolve_is_the_double_sum() {
        for (n, m) in [(1, 1), (7, 3), (100, 41), (64, 64)] {
            let (a, b) = (noise(n, 1), noise(m, 2));
            let mut direct = vec![0.0; n + m - 1];
            for (i, x) in a.iter().enumerate() {
                for (j, y) in b.iter().enumerate() {
                    direct[i + j] += x * y;
                }
            }
            let fast = convolve(&a, &b);
            assert_eq!(fast.len(), direct.len());
            assert!(fast.iter().zip(&direct).all(|(x, y)| (x - y).abs() < 1e-10));
        }
        assert!(convolve(&[], &[1.0]).is_empty());
    }

    #[test]
    fn spectrum_is_invertible_and_keeps_the_energy() {
        let a = noise(1_000, 3);
        let spectrum = Spectrum::of(&a, 0);
        let bins =
            spectrum.re.iter().zip(&spectrum.im).map(|(re, im)| re * re + im * im).sum::<f64>() / 1_024.0;
        assert!((bins - a.iter().map(|v| v * v).sum::<f64>()).abs() < 1e-9);
        let back = spectrum.into_samples(1_000);
        assert!(back.iter().zip(&a).all(|(x, y)| (x - y).abs() < 1e-12));
    }
}
