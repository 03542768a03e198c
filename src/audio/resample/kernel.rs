//! The coefficients of the resampler.
//!
//! The kernel is a sinc under a Kaiser window (Kaiser 1974), *h(t)*, with *t* in input samples. Output sample *k* stands
//! at input position *k* · rate / 16000 = *i* + φ and is Σ *x*[*i* + *j*] · *h*(*j* − φ).
//!
//! φ takes *L* = 16000 / gcd(rate, 16000) values. Where the *L* rows of coefficients fit into [`EXACT_COEFFICIENTS`]
//! (all the usual rates), each is computed exactly. For the others (such as 47 999 Hz, *L* = 16000) there are rows for
//! [`GRID`] + 1 equally spaced φ and one more on either side, and the row of a φ between them is interpolated by a cubic.
//! A kernel with no content above half the input rate changes between rows 1/128 of an input sample apart by at most
//! a phase of π/128; the cubic's error, 3/128 · (π/128)⁴, is then −161 dB, far below the filter's own −80 dB.
//!
//! Each row is divided by its sum, so that a constant stays the same constant in every phase. (A cubic's
//! weights sum to 1, so that holds for interpolated rows, too.)

use std::f64::consts::PI;

use crate::audio::SAMPLE_RATE_HZ;

/// Sums run over this many lanes; rows are filled up with zeros to a multiple of it.
const LANES: usize = 8;

/// Attenuation that the Kaiser window is designed for, in dB; the requirement is 80.
const ATTENUATION_DB: f64 = 88.0;
/// End of the pass band and start of the stop band, as shares of the lower of the two rates.
const PASS_SHARE: f64 = 0.4375;
const STOP_SHARE: f64 = 0.5;

/// Up to this many coefficients (1 MiB) a table holds every phase.
const EXACT_COEFFICIENTS: usize = 1 << 17;
/// Steps from one input sample to the next in an interpolated table.
const GRID: u32 = 128;

/// All rows of coefficients for one input rate.
#[derive(Debug, Clone)]
pub struct Kernel {
    /// Input samples before the output's position that take part, the one at or before it included, less one.
    taps_before: usize,
    /// Length of a row.
    taps: usize,
    rows: Vec<f64>,
    phases: Phases,
}

#[derive(Debug, Clone)]
enum Phases {
    /// Row *p* is for φ = *p* · `step` / 16000.
    Exact { step: u32 },
    /// Row *p* is for φ = (*p* − 1) / [`GRID`]; the mixed row is kept here.
    Interpolated { row: Vec<f64> },
}

impl Kernel {
    pub fn new(from_hz: u32) -> Self {
        let rate = f64::from(from_hz);
        let low = f64::from(from_hz.min(SAMPLE_RATE_HZ));
        let shape = Shape::new(rate, low);
        // Room for |j − φ| < half with −1/GRID ≤ φ ≤ 1 + 1/GRID.
        let taps_before = shape.half.ceil() as usize;
        let taps = (2 * taps_before + 2).next_multiple_of(LANES);

        let step = gcd(from_hz, SAMPLE_RATE_HZ);
        let count = SAMPLE_RATE_HZ / step;
        let exact = count as usize * taps <= EXACT_COEFFICIENTS;
        let fractions: Vec<f64> = if exact {
            (0..count).map(|p| f64::from(p * step) / f64::from(SAMPLE_RATE_HZ)).collect()
        } else {
            (0..GRID + 3).map(|p| (f64::from(p) - 1.0) / f64::from(GRID)).collect()
        };
        let mut rows = Vec::with_capacity(fractions.len() * taps);
        for fraction in fractions {
            let row = rows.len();
            rows.extend((0..taps).map(|j| shape.at(j as f64 - taps_before as f64 - fraction)));
            let sum: f64 = rows[row..].iter().sum();
            rows[row..].iter_mut().for_each(|c| *c /= sum);
        }
        let phases =
            if exact { Phases::Exact { step } } else { Phases::Interpolated { row: vec![0.0; taps] } };
        Self { taps_before, taps, rows, phases }
    }

    /// How many input samples before the one at or before an output sample take part.
    pub fn taps_before(&self) -> usize {
        self.taps_before
    }

    /// How many input samples take part in an output sample.
    pub fn taps(&self) -> usize {
        self.taps
    }

    /// The output sample `fraction`/16000 after input sample `taps_before` of `under`, which has `taps` samples.
    pub fn apply(&mut self, fraction: u32, under: &[f64]) -> f64 {
        let taps = self.taps;
        let row = |p: u32| &self.rows[p as usize * taps..(p as usize + 1) * taps];
        match &mut self.phases {
            Phases::Exact { step } => dot(row(fraction / *step), under),
            Phases::Interpolated { row: mixed } => {
                let (p, t) = (fraction * GRID / SAMPLE_RATE_HZ, fraction * GRID % SAMPLE_RATE_HZ);
                let [wa, wb, wc, wd] = cubic_weights(f64::from(t) / f64::from(SAMPLE_RATE_HZ));
                let four = row(p).iter().zip(row(p + 1)).zip(row(p + 2)).zip(row(p + 3));
                for (mixed, (((a, b), c), d)) in mixed.iter_mut().zip(four) {
                    *mixed = (wa * a + wb * b) + (wc * c + wd * d);
                }
                dot(mixed, under)
            }
        }
    }
}

/// The continuous kernel.
struct Shape {
    /// Half its length, in input samples.
    half: f64,
    /// Zeros of the sinc are 1/`bandwidth` input samples apart.
    bandwidth: f64,
    beta: f64,
    bessel_of_beta: f64,
}

impl Shape {
    fn new(rate: f64, low: f64) -> Self {
        let transition = (STOP_SHARE - PASS_SHARE) * low / rate;
        let beta = 0.1102 * (ATTENUATION_DB - 8.7);
        Self {
            half: (ATTENUATION_DB - 7.95) / (14.36 * transition) / 2.0,
            bandwidth: (STOP_SHARE + PASS_SHARE) * low / rate,
            beta,
            bessel_of_beta: bessel_i0(beta),
        }
    }

    /// The kernel at `t` input samples from its centre, up to a factor.
    fn at(&self, t: f64) -> f64 {
        let x = t / self.half;
        if x.abs() >= 1.0 {
            return 0.0;
        }
        let window = bessel_i0(self.beta * (1.0 - x * x).sqrt()) / self.bessel_of_beta;
        let angle = PI * self.bandwidth * t;
        let sinc = if angle == 0.0 { 1.0 } else { libm::sin(angle) / angle };
        window * sinc
    }
}

/// Modified Bessel function of the first kind, order 0, by its power series Σ ((x/2)^k / k!)², which has only
/// positive terms: no digits are lost.
fn bessel_i0(x: f64) -> f64 {
    let quarter = x * x / 4.0;
    let (mut sum, mut term, mut k) = (1.0, 1.0, 1.0);
    while term > sum * 1e-17 {
        term *= quarter / (k * k);
        sum += term;
        k += 1.0;
    }
    sum
}

/// Lagrange weights of the rows at −1, 0, 1, 2 for the position `t` in 0 … 1.
fn cubic_weights(t: f64) -> [f64; 4] {
    let (before, after, far) = (t + 1.0, t - 1.0, t - 2.0);
    [-t * after * far / 6.0, before * after * far / 2.0, -before * t * far / 2.0, before * t * after / 6.0]
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Dot product in a fixed order: eight running sums, added pairwise at the end. Both must be as long as each other
/// and a multiple of eight.
///
/// One running sum would make each addition wait for the one before; eight are four times as fast.
fn dot(x: &[f64], y: &[f64]) -> f64 {
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = [0.0; LANES];
    // Lane by lane, not as a loop: the page is compiled for size, which would leave it a loop.
    for (x, y) in x.as_chunks::<LANES>().0.iter().zip(y.as_chunks::<LANES>().0) {
        a += x[0] * y[0];
        b += x[1] * y[1];
        c += x[2] * y[2];
        d += x[3] * y[3];
        e += x[4] * y[4];
        f += x[5] * y[5];
        g += x[6] * y[6];
        h += x[7] * y[7];
    }
    ((a + b) + (c + d)) + ((e + f) + (g + h))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bessel_has_its_tabulated_values() {
        // Abramowitz and Stegun, table 9.8 (e^x times its entries).
        for (x, value) in [(0.0, 1.0), (1.0, 1.266_065_877_752), (5.0, 27.239_871_823_604)] {
            assert!((bessel_i0(x) / value - 1.0).abs() < 1e-12, "{x}");
        }
    }

    #[test]
    fn interpolation_weights_reproduce_cubics_and_sum_to_one() {
        for t in [0.0, 0.25, 0.5, 0.9, 1.0] {
            let w = cubic_weights(t);
            let cubic = |x: f64| 2.0 - x + 3.0 * x * x - 0.5 * x * x * x;
            let mixed: f64 = w.iter().zip([-1.0, 0.0, 1.0, 2.0]).map(|(w, x)| w * cubic(x)).sum();
            assert!((mixed - cubic(t)).abs() < 1e-12);
            assert!((w.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        }
    }

    #[test]
    fn kernel_rows_are_the_exact_ones_when_interpolated() {
        for from_hz in [8_001, 47_999, 191_999] {
            let mut kernel = Kernel::new(from_hz);
            assert!(matches!(kernel.phases, Phases::Interpolated { .. }));
            let shape = Shape::new(f64::from(from_hz), f64::from(from_hz.min(SAMPLE_RATE_HZ)));
            let (before, taps) = (kernel.taps_before, kernel.taps);
            for fraction in [0, 1, 77, 8_000, 12_345, 15_999] {
                let phi = f64::from(fraction) / 16_000.0;
                let exact: Vec<f64> = (0..taps).map(|j| shape.at(j as f64 - before as f64 - phi)).collect();
                let sum: f64 = exact.iter().sum();
                let mut unit = vec![0.0; taps];
                let mut error = 0.0;
                for j in 0..taps {
                    unit[j] = 1.0;
                    error += (kernel.apply(fraction, &unit) - exact[j] / sum).abs();
                    unit[j] = 0.0;
                }
                // The sum of all errors bounds the error of any output: 1e-6 of full scale is −120 dB.
                assert!(error < 1e-6, "{from_hz} Hz, {fraction}: {error:e}");
            }
        }
    }

    #[test]
    fn kernel_has_exact_phases_for_usual_rates() {
        for from_hz in
            [8_000, 11_025, 12_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000, 192_000]
        {
            let kernel = Kernel::new(from_hz);
            assert!(matches!(kernel.phases, Phases::Exact { .. }), "{from_hz}");
        }
    }
}
