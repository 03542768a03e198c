//! 26 mel bands, loudness and cepstral coefficients (specification part 1, sections 4 and 6).

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x8};

use super::arithmetic::{ln_lanes, power_lanes};
use super::geometry::FrameShape;
use super::lanes::{LANES, Lanes};

const BANDS: usize = 26;
/// Coefficients computed: mfcc1 … mfcc4.
pub(super) const CEPSTRA: usize = 4;

fn mel(f_hz: f64) -> f64 {
    1127.0 * libm::log(1.0 + f_hz / 700.0)
}

/// Equal-loudness weight at `f_hz`. Quirk 7: ω⁷, 1.7e31 and 1e32 are not the published constants.
fn equal_loudness(f_hz: f64) -> f64 {
    let w = core::f64::consts::TAU * f_hz;
    let w2 = w * w;
    let w4 = w2 * w2;
    let pole = w2 + 6.3e6;
    1e32 * (w2 + 56.8e6) * w4 / (pole * pole * (w2 + 0.38e9) * (w4 * w2 * w + 1.7e31))
}

/// What one bin gives to the bands: the falling flank of `band − 1` and the rising flank of `band`.
#[derive(Debug, Clone, Copy)]
struct Flank {
    bin: usize,
    falling: f32,
}

/// The filter bank with its weights, at one sampling rate.
#[derive(Debug)]
pub(super) struct MelBank {
    /// Bins by the band whose rising flank they lie on; the last ones lie on the falling flank of the last band only.
    flanks: [Vec<Flank>; BANDS + 1],
    loudness_weight: [f32; BANDS],
    cosine: [[f32; BANDS]; CEPSTRA],
    lifter: [f32; CEPSTRA],
}

impl MelBank {
    pub(super) fn new(shape: &FrameShape) -> MelBank {
        let bin_hz = (1.0 / shape.padded_duration_s) as f32;
        let rate_hz = (shape.fft_length as f64 / shape.padded_duration_s) as f32;
        let low_hz = 20.0f32;
        let high_hz = 8000.0f32.min(rate_hz / 2.0);
        let (low, high) = (mel(f64::from(low_hz)) as f32, mel(f64::from(high_hz)) as f32);
        let step = (high - low) / (BANDS + 1) as f32;
        let edge: [f32; BANDS + 2] = core::array::from_fn(|j| low + j as f32 * step);

        // Quirk 6: both limiting bins are dropped.
        let limit = |f: f32| ((f / bin_hz).round() as usize).min(shape.bins());
        let mut flanks: [Vec<Flank>; BANDS + 1] = core::array::from_fn(|_| Vec::new());
        for bin in limit(low_hz) + 1..limit(high_hz) {
            let v = mel(f64::from(bin as f32 * bin_hz)) as f32;
            if let Some(band) = (0..=BANDS).find(|&j| edge[j] < v && v <= edge[j + 1]) {
                let falling = (edge[band + 1] - v) / (edge[band + 1] - edge[band]);
                flanks[band].push(Flank { bin, falling });
            }
        }

        let pi = core::f64::consts::PI;
        let centre_hz = |b: usize| 700.0 * (libm::exp(f64::from(edge[b + 1]) / 1127.0) - 1.0);
        let scale = libm::sqrt(2.0 / BANDS as f64) as f32;
        MelBank {
            flanks,
            loudness_weight: core::array::from_fn(|b| equal_loudness(centre_hz(b)) as f32),
            cosine: core::array::from_fn(|i| {
                let i = (i + 1) as f64;
                core::array::from_fn(|b| libm::cos(pi * i / BANDS as f64 * (b as f64 + 0.5)) as f32)
            }),
            lifter: core::array::from_fn(|i| {
                let i = (i + 1) as f64;
                ((1.0 + 11.0 * libm::sin(pi * i / 22.0)) as f32) * scale
            }),
        }
    }

    /// Energies of the 26 bands from the power spectra of eight frames; not normalised by length (quirk 9).
    #[inline(always)]
    pub(super) fn energies<S: Simd>(&self, simd: S, power: &[Lanes]) -> [Lanes; BANDS] {
        let mut energies = [Lanes::default(); BANDS];
        // Of the band whose falling flank is being added; a band gets its rising flank first.
        let mut below = f32x8::splat(simd, 0.0);
        for (band, flanks) in self.flanks.iter().enumerate() {
            let mut here = f32x8::splat(simd, 0.0);
            for flank in flanks {
                let power = power[flank.bin].load(simd);
                let falling = power * flank.falling;
                below += falling;
                here += power - falling;
            }
            if let Some(energy) = band.checked_sub(1).and_then(|band| energies.get_mut(band)) {
                *energy = Lanes::of(below);
            }
            below = here;
        }
        energies
    }

    /// Loudness: the mean (quirk 8) over the bands of the weighted energy to the power 0.33.
    #[inline(always)]
    pub(super) fn loudness<S: Simd>(&self, simd: S, energies: &[Lanes; BANDS]) -> [f32; LANES] {
        let mut sum = f32x8::splat(simd, 0.0);
        for (energy, weight) in energies.iter().zip(&self.loudness_weight) {
            let weighted = energy.load(simd).max(9.3e-10) * *weight;
            sum += power_lanes(simd, weighted, f64::from(0.33f32));
        }
        (sum / BANDS as f32).to_array()
    }

    /// Liftered cepstral coefficients 1 … 4 of each frame.
    #[inline(always)]
    pub(super) fn cepstrum<S: Simd>(&self, simd: S, energies: &[Lanes; BANDS]) -> [[f32; CEPSTRA]; LANES] {
        const FULL_SCALE_POWER: f32 = (32767.0f64 * 32767.0) as f32;
        let mut sums = [f32x8::splat(simd, 0.0); CEPSTRA];
        for (band, energy) in energies.iter().enumerate() {
            let log = ln_lanes(simd, (energy.load(simd) * FULL_SCALE_POWER).max(1.0));
            for (sum, cosine) in sums.iter_mut().zip(&self.cosine) {
                *sum += log * cosine[band];
            }
        }
        let mut cepstra = [[0.0; CEPSTRA]; LANES];
        for (i, (sum, lifter)) in sums.into_iter().zip(&self.lifter).enumerate() {
            for (cepstrum, value) in cepstra.iter_mut().zip((sum * *lifter).to_array()) {
                cepstrum[i] = value;
            }
        }
        cepstra
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Geometry;
    use crate::lanes::in_first_lane;
    use fearless_simd::{Level, dispatch};

    /// Energies, loudness and cepstral coefficients of one frame.
    fn analyse(bank: &MelBank, power: &[f32]) -> ([f32; BANDS], f32, [f32; CEPSTRA]) {
        let power = in_first_lane(power);
        dispatch!(Level::new(), simd => {
            let energies = bank.energies(simd, &power);
            (energies.map(|e| e.0[0]), bank.loudness(simd, &energies)[0], bank.cepstrum(simd, &energies)[0])
        })
    }

    fn bank(rate: u32) -> (Geometry, MelBank) {
        let g = Geometry::new(rate).unwrap();
        let bank = MelBank::new(&g.short);
        (g, bank)
    }

    #[test]
    fn mel_bank_uses_the_bins_of_the_specification() {
        for (rate, first, last) in [
            (8000, 2, 127),
            (11025, 1, 127),
            (16000, 2, 255),
            (22050, 1, 185),
            (44100, 1, 185),
            (48000, 1, 170),
        ] {
            let (_, bank) = bank(rate);
            let bins: Vec<_> = bank.flanks.iter().flatten().map(|flank| flank.bin).collect();
            assert_eq!(bins, (first..=last).collect::<Vec<_>>(), "{rate}");
        }
    }

    #[test]
    fn mel_bank_has_the_equal_loudness_weights_of_the_specification() {
        let (_, bank) = bank(16000);
        for (b, wanted) in [(0, 0.00202778), (1, 0.0193556), (9, 1.1364), (18, 3.13418), (25, 0.206651)] {
            assert!((f64::from(bank.loudness_weight[b]) / wanted - 1.0).abs() < 5e-6, "band {b}");
        }
    }

    #[test]
    fn mel_energies_split_the_power_of_a_bin_between_two_bands() {
        let (g, bank) = bank(16000);
        let mut power = vec![0.0; g.short.bins()];
        power[64] = 4.0; // 2 kHz: between two band centres
        let (energies, ..) = analyse(&bank, &power);
        assert!((energies.iter().sum::<f32>() - 4.0).abs() < 1e-6);
        assert_eq!(energies.iter().filter(|e| **e > 0.0).count(), 2);
    }

    #[test]
    fn mel_bank_gives_silence_the_lowest_loudness_and_no_cepstrum() {
        for (rate, wanted) in
            [(8000, 0.00101738), (11025, 0.00106424), (12000, 0.00106471), (16000, 0.00103397)]
        {
            let (g, bank) = bank(rate);
            let (_, loudness, cepstrum) = analyse(&bank, &vec![0.0; g.short.bins()]);
            assert!((loudness / wanted - 1.0).abs() < 1e-5, "{rate}");
            assert_eq!(cepstrum, [0.0; CEPSTRA]);
        }
    }
}
