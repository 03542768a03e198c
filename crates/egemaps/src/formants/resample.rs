//! From a 20 ms spectrum to its 11 kHz waveform: a truncated inverse transform (specification part 3, section 4).

use fearless_simd::Simd;

use crate::geometry::Geometry;
use crate::lanes::Lanes;

/// Output samples that are summed side by side, in registers.
const BLOCK: usize = 4;

/// Nominal sampling rate of the resampled frame, Hz; used even where the real ratio was adjusted.
pub(super) const TARGET_RATE_HZ: f64 = 11_000.0;

/// Tables of the truncated inverse transform at one sampling rate.
///
/// Quirks 2 and 3 of part 3: only as many bins as output samples are kept, which is a low-pass at 3.4 to 5.1 kHz; and
/// the output begins in the zero padding, so the end of the frame is lost.
#[derive(Debug)]
pub(super) struct SpectrumResampler {
    /// Output samples.
    samples: usize,
    /// Bins used besides DC: 1 ..= `bins`.
    bins: usize,
    /// Half the FFT length: the divisor of every output sample.
    scale: f32,
    /// For each block of output samples, for each bin: the cosines of the block's samples, then their sines.
    factors: Vec<[[f32; BLOCK]; 2]>,
}

impl SpectrumResampler {
    pub(super) fn new(geometry: &Geometry) -> SpectrumResampler {
        let shape = &geometry.short;
        let length = shape.fft_length as f64;
        let ratio = TARGET_RATE_HZ / f64::from(geometry.rate_hz);
        let (samples, period) = if shape.fft_length == shape.length {
            let samples = (length * ratio).round();
            (samples, samples)
        } else {
            let share = shape.duration_s / shape.padded_duration_s;
            let samples = (length * ratio * shape.duration_s / shape.padded_duration_s).round();
            (samples, length * (samples / (length * share)))
        };
        let samples = samples as usize;
        let kept = shape.fft_length.min(samples) & !1;
        let bins = kept / 2 - 1;
        let angle = |k: usize, n: usize| core::f64::consts::TAU * (k * n) as f64 / period;
        let factors = (0..samples)
            .step_by(BLOCK)
            .flat_map(|first| (1..=bins).map(move |k| (first, k)))
            .map(|(first, k)| {
                let row = |f: fn(f64) -> f64| core::array::from_fn(|i| f(angle(k, first + i)) as f32);
                [row(libm::cos), row(libm::sin)]
            })
            .collect();
        SpectrumResampler { samples, bins, scale: (shape.fft_length / 2) as f32, factors }
    }

    /// Values of a packed spectrum that are read, from the first on.
    pub(super) fn values_read(&self) -> usize {
        2 + 2 * self.bins
    }

    /// Waveforms at the nominal 11 kHz of the packed spectra of eight frames. Each sample's sum runs over ascending bins,
    /// cosine before sine, as specified.
    #[inline(always)]
    pub(super) fn resample<S: Simd>(&self, simd: S, packed: &[Lanes], waveform: &mut Vec<Lanes>) {
        waveform.clear();
        simd.vectorize(
            #[inline(always)]
            || {
                for factors in self.factors.chunks_exact(self.bins) {
                    // Quirk 4: DC enters with weight 1, not ½.
                    let mut sums = [packed[0].load(simd); BLOCK];
                    for ([cosines, sines], bin) in factors.iter().zip(packed[2..].chunks_exact(2)) {
                        let (re, im) = (bin[0].load(simd), bin[1].load(simd));
                        for ((sum, cosine), sine) in sums.iter_mut().zip(cosines).zip(sines) {
                            *sum += re * *cosine;
                            *sum += im * *sine;
                        }
                    }
                    for sum in sums {
                        waveform.push(Lanes::of(sum / self.scale));
                    }
                }
            },
        );
        waveform.truncate(self.samples);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fft::RealFft;
    use crate::lanes::in_first_lane;
    use fearless_simd::{Level, dispatch};

    #[test]
    fn resampler_has_the_sizes_of_the_specification() {
        for (rate, samples, top_hz) in [
            (8000, 220, 3406),
            (11025, 220, 4694),
            (16000, 220, 3406),
            (22050, 220, 4694),
            (48000, 220, 5109),
        ] {
            let g = Geometry::new(rate).unwrap();
            let r = SpectrumResampler::new(&g);
            assert_eq!(r.samples, samples, "{rate}");
            let top = r.bins as f64 * f64::from(rate) / g.short.fft_length as f64;
            assert_eq!(top as u32, top_hz, "{rate}");
        }
    }

    #[test]
    fn resampler_meets_the_worked_example_exactly() {
        let geometry = Geometry::new(16000).unwrap();
        let signal = test_signals::scaled(&test_signals::noisy_saw(8000));
        let (mut buffer, mut packed, mut waveform) = (Vec::new(), Vec::new(), Vec::new());
        geometry.short.windowed(&signal[1600..], &mut buffer);
        RealFft::new(512).forward(&buffer, &mut packed);
        assert_eq!(packed[..4], [0.500573754, 0.978690505, -0.113341659, 0.00165069103]);
        let (resampler, packed) = (SpectrumResampler::new(&geometry), in_first_lane(&packed));
        dispatch!(Level::new(), simd => resampler.resample(simd, &packed, &mut waveform));
        let y: Vec<f32> = waveform.iter().map(|y| y.0[0]).collect();
        assert_eq!(y[..4], [0.0015342253, 0.000778642134, 0.000569484255, 0.00148630969]);
        assert_eq!((y[100], y[219]), (-0.00302301138, 0.0990651995));
    }
}
