//! The real FFT in single precision whose every rounding is specified (specification part 4).
//!
//! openSMILE's formants amplify rounding, and its pitch candidates compare neighbouring bins; so an accurate FFT
//! is not enough, the rounding must be openSMILE's: a split-radix transform in f32 with the angle of each twiddle factor
//! rounded to f32 before its sine is taken. The order in which butterflies run is free, their operands are not.
//!
//! Sign and scale: `Re_k = Σ x_j cos(2πjk/N)`, `Im_k = Σ x_j sin(2πjk/N)` (plus), no scaling either way.
//!
//! ```
//! use egemaps::fft::{RealFft, magnitudes};
//!
//! let mut fft = RealFft::new(8);
//! let (mut packed, mut spectrum) = (Vec::new(), Vec::new());
//! fft.forward(&[1.0, 0.0, -1.0, 0.0, 1.0, 0.0, -1.0, 0.0], &mut packed); // two periods in eight samples
//! magnitudes(&packed, &mut spectrum);
//! assert_eq!(spectrum, [0.0, 0.0, 4.0, 0.0, 0.0]);
//! ```

use core::f32::consts::FRAC_PI_4;

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Complex {
    re: f32,
    im: f32,
}

impl Complex {
    const ONE: Complex = Complex { re: 1.0, im: 0.0 };

    fn plus(self, o: Complex) -> Complex {
        Complex { re: self.re + o.re, im: self.im + o.im }
    }
    fn minus(self, o: Complex) -> Complex {
        Complex { re: self.re - o.re, im: self.im - o.im }
    }
    /// `self + i·o`
    fn plus_i(self, o: Complex) -> Complex {
        Complex { re: self.re - o.im, im: self.im + o.re }
    }
    /// `self − i·o`
    fn minus_i(self, o: Complex) -> Complex {
        Complex { re: self.re + o.im, im: self.im - o.re }
    }
    fn times(self, w: Complex) -> Complex {
        Complex { re: w.re * self.re - w.im * self.im, im: w.re * self.im + w.im * self.re }
    }
    /// Product with e^{iπ/4}: the sum is formed before the one product.
    fn times_u1(self) -> Complex {
        Complex { re: KAPPA * (self.re - self.im), im: KAPPA * (self.im + self.re) }
    }
    /// Product with e^{3iπ/4}: likewise.
    fn times_v1(self) -> Complex {
        Complex { re: -KAPPA * (self.re + self.im), im: -KAPPA * (self.im - self.re) }
    }
}

/// f32(3 · f32(π/4))
const THREE_QUARTER_PI: f32 = 3.0 * FRAC_PI_4;
/// f32(cos(f32(π/4)))
const KAPPA: f32 = core::f32::consts::FRAC_1_SQRT_2;

/// Sine and cosine of an angle that was rounded to f32 first, each rounded to f32.
fn cos_sin(angle: f32) -> (f32, f32) {
    let angle = f64::from(angle);
    (libm::cos(angle) as f32, libm::sin(angle) as f32)
}

/// `e^{iπr/4}` for dyadic 0 ≤ r < 2.
fn twiddle_u(r: f32) -> Complex {
    if r == 0.0 {
        Complex::ONE
    } else if r == 1.0 {
        Complex { re: KAPPA, im: KAPPA }
    } else if r < 1.0 {
        let (c, s) = cos_sin(FRAC_PI_4 * r);
        Complex { re: c, im: s }
    } else {
        let m = twiddle_u(2.0 - r);
        Complex { re: m.im, im: m.re }
    }
}

/// Which of its two values, one ulp apart, V(½) takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum VHalf {
    Generic,
    Special,
}

/// `e^{3iπr/4}` for dyadic 0 ≤ r < 2.
fn twiddle_v(r: f32, half: VHalf) -> Complex {
    if r == 0.0 {
        Complex::ONE
    } else if r == 1.0 {
        Complex { re: -KAPPA, im: KAPPA }
    } else if r == 0.5 && half == VHalf::Special {
        let u = twiddle_u(0.5);
        Complex { re: u.im, im: u.re }
    } else if r < 1.0 {
        let (c, s) = cos_sin(THREE_QUARTER_PI * r);
        Complex { re: c, im: s }
    } else {
        let m = twiddle_v(2.0 - r, half);
        Complex { re: -m.im, im: -m.re }
    }
}

/// The pair (U, V) of the outermost stage at odd p: the mean of the two neighbours, stretched back to the unit circle.
fn interpolated(r: f32, d: f32) -> (Complex, Complex) {
    if r > 1.0 {
        let (u, v) = interpolated(2.0 - r, d);
        return (Complex { re: u.im, im: u.re }, Complex { re: -v.im, im: -v.re });
    }
    let stretch = |angle: f32| (0.5 / libm::cos(f64::from(angle))) as f32;
    let (h1, h3) = (stretch(FRAC_PI_4 * d), stretch(THREE_QUARTER_PI * d));
    let between = |h: f32, a: Complex, b: Complex| Complex { re: h * (a.re + b.re), im: h * (a.im + b.im) };
    (
        between(h1, twiddle_u(r - d), twiddle_u(r + d)),
        between(h3, twiddle_v(r - d, VHalf::Generic), twiddle_v(r + d, VHalf::Generic)),
    )
}

/// Factors of one length of the two mutually recursive transforms.
#[derive(Debug)]
struct Stage {
    /// Plain transform: U(8p/L), V(8p/L).
    plain: Vec<(Complex, Complex)>,
    /// Half-shifted transform: U(4p/L), V(4p/L), U(1 + 4p/L), V(1 + 4p/L).
    shifted: Vec<[Complex; 4]>,
}

impl Stage {
    fn new(length: usize, outermost: bool) -> Stage {
        let (half, l) = (if length >= 32 { VHalf::Generic } else { VHalf::Special }, length as f32);
        let quarter = length / 4;
        let plain = (0..quarter)
            .map(|p| {
                let r = 8.0 * p as f32 / l;
                if outermost && length >= 32 && p % 2 == 1 {
                    interpolated(r, 8.0 / l)
                } else {
                    (twiddle_u(r), twiddle_v(r, half))
                }
            })
            .collect();
        let shifted = (0..quarter)
            .map(|p| {
                let r = 4.0 * p as f32 / l;
                [
                    twiddle_u(r),
                    twiddle_v(r, VHalf::Special),
                    twiddle_u(1.0 + r),
                    twiddle_v(1.0 + r, VHalf::Special),
                ]
            })
            .collect();
        Stage { plain, shifted }
    }
}

/// Splits `z` into its four quarters.
fn quarters(z: &mut [Complex]) -> [&mut [Complex]; 4] {
    let quarter = z.len() / 4;
    let (low, high) = z.split_at_mut(2 * quarter);
    let (a, b) = low.split_at_mut(quarter);
    let (c, d) = high.split_at_mut(quarter);
    [a, b, c, d]
}

/// Plain transform F_L, in place, result in quarter order (see [`storage_order`]).
fn plain_transform(z: &mut [Complex], stages: &[Stage]) {
    match (z, stages) {
        ([x, y], _) => (*x, *y) = (x.plus(*y), x.minus(*y)),
        (z, [stage, inner @ ..]) => {
            let middle = z.len() / 8;
            let [a, b, c, d] = quarters(z);
            let rows = a.iter_mut().zip(b.iter_mut()).zip(c.iter_mut()).zip(d.iter_mut());
            for (p, ((((a, b), c), d), (u, v))) in rows.zip(&stage.plain).enumerate() {
                let (sum, difference) = (a.plus(*c), a.minus(*c));
                let (sum2, difference2) = (b.plus(*d), b.minus(*d));
                let (g1, g3) = (difference.plus_i(difference2), difference.minus_i(difference2));
                *a = sum.plus(sum2);
                *c = sum.minus(sum2);
                (*b, *d) = if p == middle && middle > 0 {
                    (g1.times_u1(), g3.times_v1())
                } else {
                    (g1.times(*u), g3.times(*v))
                };
            }
            plain_transform(a, inner);
            plain_transform(b, inner);
            shifted_transform(c, inner);
            plain_transform(d, inner);
        }
        _ => {}
    }
}

/// Half-shifted transform G_L, in place, result in quarter order.
fn shifted_transform(z: &mut [Complex], stages: &[Stage]) {
    match (z, stages) {
        ([x, y], _) => (*x, *y) = (x.plus_i(*y), x.minus_i(*y)),
        (z, [stage, inner @ ..]) => {
            let [a, b, c, d] = quarters(z);
            let rows = a.iter_mut().zip(b.iter_mut()).zip(c.iter_mut()).zip(d.iter_mut());
            for (p, ((((a, b), c), d), [u, v, u1, v1])) in rows.zip(&stage.shifted).enumerate() {
                let (m0, m1) = (a.plus_i(*c).times(*u), a.minus_i(*c).times(*v));
                let (s2, s3) = (b.plus_i(*d), b.minus_i(*d));
                let (m2, m3) =
                    if p == 0 { (s2.times_u1(), s3.times_v1()) } else { (s2.times(*u1), s3.times(*v1)) };
                *a = m0.plus(m2);
                *c = m0.minus(m2);
                *b = m1.plus(m3);
                *d = m1.minus(m3);
            }
            plain_transform(a, inner);
            plain_transform(b, inner);
            shifted_transform(c, inner);
            shifted_transform(d, inner);
        }
        _ => {}
    }
}

/// Frequency index of each place in storage: quarter j of a length-L result holds the indices 4k + j.
fn storage_order(length: usize) -> Vec<usize> {
    if length <= 2 {
        return (0..length).collect();
    }
    let inner = storage_order(length / 4);
    (0..4).flat_map(|j| inner.iter().map(move |k| 4 * k + j)).collect()
}

/// A real transform of one length, with its tables and its work space.
#[derive(Debug)]
pub struct RealFft {
    stages: Vec<Stage>,
    order: Vec<usize>,
    /// (½ − ½·s, ½·c) of the step between the complex and the real transform, for p = 1 … N/4 − 1.
    split: Vec<(f32, f32)>,
    stored: Vec<Complex>,
    natural: Vec<Complex>,
}

impl RealFft {
    /// Prepares transforms of `length` real values; `length` is rounded up to a power of two, at least 4.
    pub fn new(length: usize) -> RealFft {
        let length = length.max(4).next_power_of_two();
        let half = length / 2;
        let mut stages = Vec::new();
        let mut l = half;
        while l >= 4 {
            stages.push(Stage::new(l, l == half));
            l /= 4;
        }
        let split = (1..length / 4)
            .map(|p| {
                let u = twiddle_u(8.0 * p as f32 / length as f32);
                (0.5 - 0.5 * u.im, 0.5 * u.re)
            })
            .collect();
        RealFft {
            stages,
            order: storage_order(half),
            split,
            stored: vec![Complex::default(); half],
            natural: vec![Complex::default(); half],
        }
    }

    /// Number of real values.
    pub fn len(&self) -> usize {
        2 * self.order.len()
    }

    /// Never true: the shortest transform has four values.
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    fn complex_transform(&mut self) {
        plain_transform(&mut self.stored, &self.stages);
        for (value, &k) in self.stored.iter().zip(&self.order) {
            self.natural[k] = *value;
        }
    }

    /// Forward transform of `input` (shorter input counts as zero-padded at the end) into `packed`:
    /// Re_0, Re_{N/2}, Re_1, Im_1, Re_2, Im_2 … (part 4, section 6).
    pub fn forward(&mut self, input: &[f32], packed: &mut Vec<f32>) {
        for (j, z) in self.stored.iter_mut().enumerate() {
            let at = |i: usize| input.get(i).copied().unwrap_or(0.0);
            *z = Complex { re: at(2 * j), im: at(2 * j + 1) };
        }
        self.complex_transform();
        let half = self.order.len();
        packed.resize(2 * half, 0.0);
        let first = self.natural[0];
        packed[0] = first.re + first.im;
        packed[1] = first.re - first.im;
        for (p, &(a, b)) in (1..).zip(&self.split) {
            let q = half - p;
            let (zp, zq) = (self.natural[p], self.natural[q]);
            let (d, e) = (zp.re - zq.re, zp.im + zq.im);
            let (y, w) = (a * d - b * e, a * e + b * d);
            packed[2 * p] = zp.re - y;
            packed[2 * p + 1] = zp.im - w;
            packed[2 * q] = zq.re + y;
            packed[2 * q + 1] = zq.im - w;
        }
        let middle = self.natural[half / 2];
        packed[half] = middle.re;
        packed[half + 1] = middle.im;
    }

    /// Inverse transform of `packed` into `output`; `inverse(forward(x)) ≈ (N/2)·x` (part 4, section 7).
    pub fn inverse(&mut self, packed: &[f32], output: &mut Vec<f32>) {
        let half = self.order.len();
        let at = |i: usize| packed.get(i).copied().unwrap_or(0.0);
        let y = 0.5 * (at(0) - at(1));
        // Imaginary parts are stored negated: conjugating before and after turns the sign of the exponent.
        self.stored[0] = Complex { re: at(0) - y, im: -y };
        for (p, &(a, b)) in (1..).zip(&self.split) {
            let q = half - p;
            let (xp, yp, xq, yq) = (at(2 * p), at(2 * p + 1), at(2 * q), at(2 * q + 1));
            let (d, e) = (xp - xq, yp + yq);
            let (y, w) = (a * d + b * e, a * e - b * d);
            self.stored[p] = Complex { re: xp - y, im: -(yp - w) };
            self.stored[q] = Complex { re: xq + y, im: -(yq - w) };
        }
        self.stored[half / 2] = Complex { re: at(half), im: -at(half + 1) };
        self.complex_transform();
        output.resize(2 * half, 0.0);
        for (pair, z) in output.chunks_exact_mut(2).zip(&self.natural) {
            pair[0] = z.re;
            pair[1] = -z.im;
        }
    }
}

/// Magnitudes m_0 … m_{N/2} of a packed spectrum.
pub fn magnitudes(packed: &[f32], out: &mut Vec<f32>) {
    let half = packed.len() / 2;
    out.clear();
    out.extend(packed.chunks_exact(2).map(|bin| (bin[0] * bin[0] + bin[1] * bin[1]).sqrt()));
    if half > 0 {
        out[0] = packed[0].abs();
        out.push(packed[1].abs());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CRC-32 (IEEE 802.3) over little-endian f32 values, −0 counted as +0.
    fn crc(values: impl IntoIterator<Item = f32>) -> u32 {
        let mut crc = !0u32;
        for byte in values.into_iter().flat_map(|v| (v + 0.0).to_le_bytes()) {
            crc ^= u32::from(byte);
            for _ in 0..8 {
                crc = (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg());
            }
        }
        !crc
    }

    fn noise(n: usize) -> Vec<f32> {
        let mut s: i64 = 1;
        (0..n)
            .map(|_| {
                s = (1_103_515_245 * s + 12345) & 0x7FFF_FFFF;
                ((s >> 15) - 32768) as f32
            })
            .collect()
    }

    fn flat(z: &[Complex]) -> Vec<f32> {
        z.iter().flat_map(|z| [z.re, z.im]).collect()
    }

    #[test]
    fn crc_of_these_tests_is_crc_32() {
        // CRC-32 of "123456789…" style check: four zero bytes.
        assert_eq!(crc([0.0]), 0x2144_DF1C);
        assert_eq!(crc([-0.0]), 0x2144_DF1C);
    }

    #[test]
    fn twiddle_factors_have_the_specified_bits() {
        assert_eq!(THREE_QUARTER_PI.to_bits(), 0x4016_CBE4);
        assert_eq!(KAPPA.to_bits(), 0x3F35_04F3);
        let table = (0..=1024).flat_map(|j| {
            let r = j as f32 / 1024.0;
            let (u, v) = (twiddle_u(r), twiddle_v(r, VHalf::Generic));
            [u.re, u.im, v.re, v.im]
        });
        assert_eq!(crc(table), 0xB1DB_5683);
        assert_eq!(twiddle_v(0.5, VHalf::Special).re.to_bits(), 0x3EC3_EF16);
    }

    #[test]
    fn stage_has_the_specified_bits_at_the_outermost_level() {
        let wanted = [
            (256, 0x96F9_70B2),
            (512, 0xBC1D_5A19),
            (1024, 0xA670_D387),
            (2048, 0x8A06_9FA6),
            (4096, 0xA8EC_E99D),
            (8192, 0x341F_ED78),
        ];
        for (n, sum) in wanted {
            let stage = Stage::new(n / 2, true);
            let factors = stage.plain[1..].iter().flat_map(|(u, v)| [u.re, u.im, v.re, v.im]);
            assert_eq!(crc(factors), sum, "N = {n}");
        }
    }

    #[test]
    fn plain_and_shifted_transform_have_the_specified_bits() {
        let wanted = [
            (4, 0x937B_DFF0u32, 0x04CC_31C1u32),
            (8, 0x53C2_B6E7, 0x68A7_74D2),
            (16, 0xE6D7_082C, 0x524A_150D),
            (32, 0x34CC_E77F, 0x69BB_F440),
            (64, 0x1E9F_2EDF, 0x6C3B_0231),
            (128, 0x5FE3_BEAB, 0x6AA9_3438),
            (256, 0x5D81_C711, 0x0706_14D7),
            (512, 0x9F68_F647, 0xD182_8B22),
            (1024, 0x04FB_AE2C, 0xFBA0_AA9E),
        ];
        for (l, f, g) in wanted {
            let mut stages = Vec::new();
            let mut length = l;
            while length >= 4 {
                stages.push(Stage::new(length, false));
                length /= 4;
            }
            let x = noise(2 * l);
            let z: Vec<_> = x.chunks(2).map(|c| Complex { re: c[0], im: c[1] }).collect();
            for (transform, sum) in
                [(plain_transform as fn(&mut [Complex], &[Stage]), f), (shifted_transform, g)]
            {
                let (mut stored, mut natural) = (z.clone(), z.clone());
                transform(&mut stored, &stages);
                for (value, k) in stored.iter().zip(storage_order(l)) {
                    natural[k] = *value;
                }
                assert_eq!(crc(flat(&natural)), sum, "L = {l}");
            }
        }
    }

    #[test]
    fn real_fft_has_the_specified_bits_both_ways() {
        // N, forward, inverse of the same values, magnitudes, autocorrelation
        let wanted = [
            (256, 0xBDF1_92E8u32, 0x573B_DD7Eu32, 0x2C92_EA37u32, 0xF956_7F16u32),
            (512, 0x539F_03F9, 0xF2DF_742E, 0x5991_479E, 0x5ACD_02EC),
            (1024, 0x858C_CB40, 0x8606_02F1, 0x9E4C_66BD, 0xE332_B569),
            (2048, 0x2538_C370, 0x7A30_1420, 0x3C49_ED03, 0xDC7E_0185),
            (4096, 0xB701_17C8, 0x0F06_8699, 0xDBCD_6FF3, 0x2B46_067B),
            (8192, 0xFACA_5FEC, 0x47E2_760F, 0xC29F_5B30, 0xC141_1139),
        ];
        for (n, forward, inverse, magnitude, acf) in wanted {
            let x = noise(n);
            let mut fft = RealFft::new(n);
            let (mut packed, mut y, mut m) = (Vec::new(), Vec::new(), Vec::new());
            fft.forward(&x, &mut packed);
            assert_eq!(crc(packed.iter().copied()), forward, "forward, N = {n}");
            fft.inverse(&x, &mut y);
            assert_eq!(crc(y.iter().copied()), inverse, "inverse, N = {n}");
            magnitudes(&packed, &mut m);
            assert_eq!(crc(m.iter().copied()), magnitude, "magnitudes, N = {n}");
            let mut power = vec![0.0; n];
            for (k, m) in m.iter().enumerate() {
                power[if k == n / 2 { 1 } else { 2 * k }] = m * m;
            }
            fft.inverse(&power, &mut y);
            let divisor = (n / 2 + 1) as f32;
            assert_eq!(crc(y[..=n / 2].iter().map(|y| y.abs() / divisor)), acf, "acf, N = {n}");
        }
    }

    #[test]
    fn real_fft_puts_a_cosine_into_its_bin_and_back() {
        let n = 64;
        let x: Vec<f32> =
            (0..n).map(|j| libm::cos(core::f64::consts::TAU * 5.0 * j as f64 / n as f64) as f32).collect();
        let mut fft = RealFft::new(n);
        let (mut packed, mut m, mut y) = (Vec::new(), Vec::new(), Vec::new());
        fft.forward(&x, &mut packed);
        magnitudes(&packed, &mut m);
        for (k, m) in m.iter().enumerate() {
            let wanted = if k == 5 { n as f32 / 2.0 } else { 0.0 };
            assert!((m - wanted).abs() < 1e-4, "bin {k}: {m}");
        }
        fft.inverse(&packed, &mut y);
        for (x, y) in x.iter().zip(&y) {
            assert!((x * n as f32 / 2.0 - y).abs() < 1e-4);
        }
    }
}
