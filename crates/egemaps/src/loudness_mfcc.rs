//! 26 mel bands, loudness and cepstral coefficients (specification part 1, sections 4 and 6).

use super::arithmetic::ln_f32;
use super::geometry::FrameShape;

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
    band: usize,
    falling: f32,
}

/// The filter bank with its weights, at one sampling rate.
#[derive(Debug)]
pub(super) struct MelBank {
    flanks: Vec<Flank>,
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
        let flanks = (limit(low_hz) + 1..limit(high_hz))
            .filter_map(|bin| {
                let v = mel(f64::from(bin as f32 * bin_hz)) as f32;
                let band = (0..=BANDS).find(|&j| edge[j] < v && v <= edge[j + 1])?;
                let falling = (edge[band + 1] - v) / (edge[band + 1] - edge[band]);
                Some(Flank { bin, band, falling })
            })
            .collect();

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

    /// Energies of the 26 bands from the power spectrum; not normalised by length (quirk 9).
    pub(super) fn energies(&self, power: &[f32]) -> [f32; BANDS] {
        let mut energies = [0.0f32; BANDS];
        for flank in &self.flanks {
            let power = power[flank.bin];
            let falling = power * flank.falling;
            if flank.band >= 1 {
                energies[flank.band - 1] += falling;
            }
            if flank.band < BANDS {
                energies[flank.band] += power - falling;
            }
        }
        energies
    }

    /// Loudness: the mean (quirk 8) over the bands of the weighted energy to the power 0.33.
    pub(super) fn loudness(&self, energies: &[f32; BANDS]) -> f32 {
        let mut sum = 0.0f32;
        for (energy, weight) in energies.iter().zip(&self.loudness_weight) {
            let weighted = energy.max(9.3e-10) * weight;
            sum += libm::pow(f64::from(weighted), f64::from(0.33f32)) as f32;
        }
        sum / BANDS as f32
    }

    /// Liftered cepstral coefficients 1 … 4.
    pub(super) fn cepstrum(&self, energies: &[f32; BANDS]) -> [f32; CEPSTRA] {
        const FULL_SCALE_POWER: f32 = (32767.0f64 * 32767.0) as f32;
        let logs = energies.map(|e| ln_f32((e * FULL_SCALE_POWER).max(1.0)));
        core::array::from_fn(|i| {
            let mut sum = 0.0f32;
            for (l, c) in logs.iter().zip(&self.cosine[i]) {
                sum += l * c;
            }
            sum * self.lifter[i]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Geometry;

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
            assert_eq!((bank.flanks[0].bin, bank.flanks[bank.flanks.len() - 1].bin), (first, last), "{rate}");
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
        let energies = bank.energies(&power);
        assert!((energies.iter().sum::<f32>() - 4.0).abs() < 1e-6);
        assert_eq!(energies.iter().filter(|e| **e > 0.0).count(), 2);
    }

    #[test]
    fn mel_bank_gives_silence_the_lowest_loudness_and_no_cepstrum() {
        for (rate, wanted) in
            [(8000, 0.00101738), (11025, 0.00106424), (12000, 0.00106471), (16000, 0.00103397)]
        {
            let (g, bank) = bank(rate);
            let energies = bank.energies(&vec![0.0; g.short.bins()]);
            assert!((bank.loudness(&energies) / wanted - 1.0).abs() < 1e-5, "{rate}");
            assert_eq!(bank.cepstrum(&energies), [0.0; CEPSTRA]);
        }
    }
}
