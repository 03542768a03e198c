//! From a 20 ms spectrum to its 11 kHz waveform: a truncated inverse transform (specification part 3, section 4).

use crate::geometry::Geometry;

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
    /// For each bin: cosine row, then sine row, one value per output sample.
    rows: Vec<f32>,
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
        let mut rows = Vec::with_capacity(2 * bins * samples);
        for k in 1..=bins {
            let angle = |n: usize| core::f64::consts::TAU * (k * n) as f64 / period;
            rows.extend((0..samples).map(|n| libm::cos(angle(n)) as f32));
            rows.extend((0..samples).map(|n| libm::sin(angle(n)) as f32));
        }
        SpectrumResampler { samples, bins, scale: (shape.fft_length / 2) as f32, rows }
    }

    /// Waveform at the nominal 11 kHz of a packed spectrum.
    ///
    /// Bins are the outer loop, so that samples are summed side by side; each sample's own sum still runs over
    /// ascending bins, cosine before sine, as specified.
    pub(super) fn resample(&self, packed: &[f32], waveform: &mut Vec<f32>) {
        waveform.clear();
        waveform.resize(self.samples, packed[0]); // quirk 4: DC enters with weight 1, not ½
        let pairs = self.rows.chunks_exact(2 * self.samples).zip(packed[2..].chunks_exact(2));
        for (rows, bin) in pairs.take(self.bins) {
            let (cosine, sine) = rows.split_at(self.samples);
            for ((y, c), s) in waveform.iter_mut().zip(cosine).zip(sine) {
                *y += bin[0] * c;
                *y += bin[1] * s;
            }
        }
        for y in waveform.iter_mut() {
            *y /= self.scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fft::RealFft;

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
        let (mut buffer, mut packed, mut y) = (Vec::new(), Vec::new(), Vec::new());
        geometry.short.windowed(&signal[1600..], &mut buffer);
        RealFft::new(512).forward(&buffer, &mut packed);
        assert_eq!(packed[..4], [0.500573754, 0.978690505, -0.113341659, 0.00165069103]);
        SpectrumResampler::new(&geometry).resample(&packed, &mut y);
        assert_eq!(y[..4], [0.0015342253, 0.000778642134, 0.000569484255, 0.00148630969]);
        assert_eq!((y[100], y[219]), (-0.00302301138, 0.0990651995));
    }
}
