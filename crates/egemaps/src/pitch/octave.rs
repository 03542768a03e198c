//! The magnitude spectrum on a logarithmic frequency axis, ready for summing harmonics (specification part 2, section 3).

use crate::geometry::FrameShape;

/// Lowest frequency of the octave axis, Hz.
const LOW_HZ: f64 = 25.0;

fn octaves(f_hz: f64) -> f64 {
    libm::log(f_hz) / core::f64::consts::LN_2
}

/// One step of the spline's forward sweep; depends on the axis alone.
#[derive(Debug, Clone, Copy)]
struct Sweep {
    sigma: f64,
    /// 1 / (σ·z + 2)
    p: f64,
    z: f64,
    a: f64,
    c: f64,
}

/// Where a point of the octave axis lies on the linear one, and what its neighbours contribute.
#[derive(Debug, Clone, Copy)]
struct Target {
    interval: usize,
    left: f64,
    right: f64,
    left_cubic: f64,
    right_cubic: f64,
    ear: f64,
}

/// Peak enhancement, smoothing, spline onto the octave axis and ear weighting, at one sampling rate.
#[derive(Debug)]
pub(super) struct OctaveSpectrum {
    sweep: Vec<Sweep>,
    targets: Vec<Target>,
    /// Points per octave. Quirk 4 of part 2: computed from the number of points, not of steps.
    pub(super) points_per_octave: f32,
    /// Ends of the axis, octaves re 1 Hz.
    pub(super) first_octave: f32,
    pub(super) last_octave: f32,
    y: Vec<f64>,
    second: Vec<f64>,
    peaks: Vec<usize>,
}

impl OctaveSpectrum {
    pub(super) fn new(shape: &FrameShape) -> OctaveSpectrum {
        let bins = shape.bins();
        // Quirk 2 of part 2: the bin spacing carries a single-precision rounding.
        let duration = (shape.duration_s * (shape.fft_length as f64 / shape.length as f64)) as f32;
        let bin_hz = 1.0 / f64::from(duration);
        let high_hz = bin_hz * (bins - 1) as f64;

        let mut u: Vec<f64> = (0..bins).map(|i| octaves(i as f64 * bin_hz)).collect();
        u[0] = 2.0 * u[1] - u[2];
        let (t0, t1) = (octaves(LOW_HZ), octaves(high_hz));
        let step = (t1 - t0) / (bins - 1) as f64;
        let points_per_octave = bins as f64 / (libm::log(high_hz / LOW_HZ) / core::f64::consts::LN_2);
        let ear_shift = points_per_octave * octaves(65.0 / 50.0) - 1.0;

        let mut z = 0.0;
        let sweep = (1..bins - 1)
            .map(|i| {
                let (before, after, both) = (u[i] - u[i - 1], u[i + 1] - u[i], u[i + 1] - u[i - 1]);
                let sigma = before / both;
                let p = 1.0 / (sigma * z + 2.0);
                z = (sigma - 1.0) * p;
                Sweep { sigma, p, z, a: after * both, c: before * both }
            })
            .collect();

        let mut interval = 0;
        let targets = (0..bins)
            .map(|i| {
                let v = t0 + i as f64 * step;
                while interval + 2 < bins && u[interval + 1] < v {
                    interval += 1;
                }
                let h = u[interval + 1] - u[interval];
                let left = (u[interval + 1] - v) / h;
                let right = 1.0 - left;
                let k = h * h / 6.0;
                let ear = 0.5
                    + libm::atan(3.0 * ((i + 1) as f64 - ear_shift) / points_per_octave)
                        / core::f64::consts::PI;
                Target {
                    interval,
                    left,
                    right,
                    left_cubic: (left * left * left - left) * k,
                    right_cubic: (right * right * right - right) * k,
                    ear,
                }
            })
            .collect();
        OctaveSpectrum {
            sweep,
            targets,
            points_per_octave: points_per_octave as f32,
            first_octave: t0 as f32,
            last_octave: t1 as f32,
            y: vec![0.0; bins],
            second: vec![0.0; bins],
            peaks: Vec::new(),
        }
    }

    /// Transforms one frame's magnitudes; `out` has as many points.
    pub(super) fn transform(&mut self, magnitudes: &[f32], out: &mut Vec<f32>) {
        self.y.clear();
        self.y.extend(magnitudes.iter().map(|m| f64::from(*m)));
        self.enhance_peaks();
        self.smooth();
        self.second_derivatives();
        out.clear();
        out.extend(self.targets.iter().map(|t| {
            let q = t.interval;
            let value = t.left * self.y[q]
                + t.right * self.y[q + 1]
                + t.left_cubic * self.second[q]
                + t.right_cubic * self.second[q + 1];
            let value = value as f32;
            if value > 0.0 { (f64::from(value) * t.ear) as f32 } else { 0.0 }
        }));
    }

    /// Clears what lies between neighbouring peaks, two bins beside each kept.
    fn enhance_peaks(&mut self) {
        let (y, last) = (&mut self.y, self.targets.len() - 1);
        self.peaks.clear();
        if y[0] > y[1] {
            self.peaks.push(0);
        }
        self.peaks.extend((1..last).filter(|&i| y[i] > y[i - 1] && y[i] >= y[i + 1]));
        if y[last] > y[last - 1] {
            self.peaks.push(last);
        }
        if self.peaks.len() == 1 {
            // Quirk 3 of part 2: a single peak clears everything from bin 3 on, wherever it is.
            y[3..].fill(0.0);
        }
        for pair in self.peaks.windows(2) {
            if pair[0] + 3 + 3 <= pair[1] {
                y[pair[0] + 3..=pair[1] - 3].fill(0.0);
            }
        }
    }

    /// (1, 2, 1)/4; the first bin has 0 as its left neighbour, the last is left alone.
    fn smooth(&mut self) {
        let mut left = 0.0;
        for i in 0..self.y.len() - 1 {
            let here = self.y[i];
            self.y[i] = (left + 2.0 * here + self.y[i + 1]) / 4.0;
            left = here;
        }
    }

    /// Second derivatives of the natural cubic spline through the smoothed spectrum.
    fn second_derivatives(&mut self) {
        let (y, second) = (&self.y, &mut self.second);
        // Forward sweep; w is kept where the second derivative will stand.
        let mut w = 0.0;
        second[0] = 0.0;
        for (i, s) in (1..).zip(&self.sweep) {
            let g = (y[i + 1] - y[i]) / s.a - (y[i] - y[i - 1]) / s.c;
            w = s.p * (6.0 * g - s.sigma * w);
            second[i] = w;
        }
        let last = second.len() - 1;
        second[last] = 0.0;
        for (i, s) in self.sweep.iter().enumerate().rev() {
            second[i + 1] += s.z * second[i + 2];
        }
        // Row 0 has z = w = 0: nothing to add.
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Geometry;

    #[test]
    fn octave_axis_has_the_constants_of_the_specification() {
        for (rate, ppo, t1) in
            [(8000, 35.1000443, 11.9657841), (11025, 65.8898163, 12.4295807), (16000, 61.6443672, 12.9657841)]
        {
            let o = OctaveSpectrum::new(&Geometry::new(rate).unwrap().long);
            assert_eq!((o.points_per_octave, o.last_octave), (ppo, t1), "{rate}");
            assert_eq!(o.first_octave, 4.643856048583984);
        }
    }

    #[test]
    fn enhance_peaks_clears_everything_from_bin_3_on_for_a_single_peak() {
        let shape = Geometry::new(16000).unwrap().long;
        let mut o = OctaveSpectrum::new(&shape);
        o.y = (0..shape.bins()).map(|k| 1.0 / (1.0 + (k as f64 - 100.0).abs())).collect();
        o.enhance_peaks();
        assert!(o.y[..3].iter().all(|y| *y > 0.0) && o.y[3..].iter().all(|y| *y == 0.0));
    }

    #[test]
    fn enhance_peaks_keeps_two_bins_beside_each_of_two_peaks() {
        let shape = Geometry::new(16000).unwrap().long;
        let mut o = OctaveSpectrum::new(&shape);
        o.y = vec![1.0; shape.bins()];
        (o.y[100], o.y[120]) = (9.0, 9.0);
        o.enhance_peaks();
        // A plateau's first falling edge is no peak; so the peaks are 100 and 120.
        assert_eq!(o.peaks, [100, 120]);
        let kept: Vec<_> = (100..=120).filter(|&k| o.y[k] != 0.0).collect();
        assert_eq!(kept, [100, 101, 102, 118, 119, 120]);
    }
}
