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

use crate::lanes::{One, Value, Width};

/// A complex number with parts of one frame or of several.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Complex<T = f32> {
    re: T,
    im: T,
}

impl Complex {
    const ONE: Complex = Complex { re: 1.0, im: 0.0 };
}

impl<V: Value> Complex<V> {
    #[inline(always)]
    fn plus(self, o: Self) -> Self {
        Complex { re: self.re + o.re, im: self.im + o.im }
    }
    #[inline(always)]
    fn minus(self, o: Self) -> Self {
        Complex { re: self.re - o.re, im: self.im - o.im }
    }
    /// `self + i·o`
    #[inline(always)]
    fn plus_i(self, o: Self) -> Self {
        Complex { re: self.re - o.im, im: self.im + o.re }
    }
    /// `self − i·o`
    #[inline(always)]
    fn minus_i(self, o: Self) -> Self {
        Complex { re: self.re + o.im, im: self.im - o.re }
    }
    #[inline(always)]
    fn times(self, w: Complex) -> Self {
        Complex { re: self.re * w.re - self.im * w.im, im: self.im * w.re + self.re * w.im }
    }
    /// Product with e^{iπ/4}: the sum is formed before the one product.
    #[inline(always)]
    fn times_u1(self) -> Self {
        Complex { re: (self.re - self.im) * KAPPA, im: (self.im + self.re) * KAPPA }
    }
    /// Product with e^{3iπ/4}: likewise.
    #[inline(always)]
    fn times_v1(self) -> Self {
        Complex { re: (self.re + self.im) * -KAPPA, im: (self.im - self.re) * -KAPPA }
    }
}

impl<T> Complex<T> {
    #[inline(always)]
    fn load<W: Width<Stored = T>>(&self, width: W) -> Complex<W::Value> {
        Complex { re: width.load(&self.re), im: width.load(&self.im) }
    }

    #[inline(always)]
    fn of<W: Width<Stored = T>>(width: W, value: Complex<W::Value>) -> Self {
        Complex { re: width.store(value.re), im: width.store(value.im) }
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
#[inline(always)]
fn quarters<T>(z: &mut [T]) -> [&mut [T]; 4] {
    let quarter = z.len() / 4;
    let (low, high) = z.split_at_mut(2 * quarter);
    let (a, b) = low.split_at_mut(quarter);
    let (c, d) = high.split_at_mut(quarter);
    [a, b, c, d]
}

/// Butterflies of a stage of the plain transform F_L: its quarters are then three plain ones and, third, a shifted one.
#[inline(always)]
fn plain_stage<W: Width>(width: W, z: &mut [Complex<W::Stored>], stage: &Stage) {
    let middle = z.len() / 8;
    let [a, b, c, d] = quarters(z);
    let rows = a.iter_mut().zip(b.iter_mut()).zip(c.iter_mut()).zip(d.iter_mut());
    for (p, ((((a, b), c), d), (u, v))) in rows.zip(&stage.plain).enumerate() {
        let (za, zb, zc, zd) = (a.load(width), b.load(width), c.load(width), d.load(width));
        let (sum, difference) = (za.plus(zc), za.minus(zc));
        let (sum2, difference2) = (zb.plus(zd), zb.minus(zd));
        let (g1, g3) = (difference.plus_i(difference2), difference.minus_i(difference2));
        *a = Complex::of(width, sum.plus(sum2));
        *c = Complex::of(width, sum.minus(sum2));
        let (g1, g3) = if p == middle && middle > 0 {
            (g1.times_u1(), g3.times_v1())
        } else {
            (g1.times(*u), g3.times(*v))
        };
        (*b, *d) = (Complex::of(width, g1), Complex::of(width, g3));
    }
}

/// Butterflies of a stage of the half-shifted transform G_L: two plain quarters, then two shifted ones.
#[inline(always)]
fn shifted_stage<W: Width>(width: W, z: &mut [Complex<W::Stored>], stage: &Stage) {
    let [a, b, c, d] = quarters(z);
    let rows = a.iter_mut().zip(b.iter_mut()).zip(c.iter_mut()).zip(d.iter_mut());
    for (p, ((((a, b), c), d), [u, v, u1, v1])) in rows.zip(&stage.shifted).enumerate() {
        let (za, zb, zc, zd) = (a.load(width), b.load(width), c.load(width), d.load(width));
        let (m0, m1) = (za.plus_i(zc).times(*u), za.minus_i(zc).times(*v));
        let (s2, s3) = (zb.plus_i(zd), zb.minus_i(zd));
        let (m2, m3) = if p == 0 { (s2.times_u1(), s3.times_v1()) } else { (s2.times(*u1), s3.times(*v1)) };
        *a = Complex::of(width, m0.plus(m2));
        *c = Complex::of(width, m0.minus(m2));
        *b = Complex::of(width, m1.plus(m3));
        *d = Complex::of(width, m1.minus(m3));
    }
}

/// The last stage where the length is twice a power of four: a pair of values.
#[inline(always)]
fn pair<W: Width>(width: W, z: &mut [Complex<W::Stored>], shifted: bool) {
    let [x, y] = z else { return };
    let (zx, zy) = (x.load(width), y.load(width));
    let (sum, difference) =
        if shifted { (zx.plus_i(zy), zx.minus_i(zy)) } else { (zx.plus(zy), zx.minus(zy)) };
    (*x, *y) = (Complex::of(width, sum), Complex::of(width, difference));
}

/// One part of a transform: which values, and by which of the two mutually recursive transforms.
#[derive(Debug, Clone, Copy)]
struct Step {
    start: usize,
    length: usize,
    /// Index of the stage's factors.
    stage: usize,
    shifted: bool,
}

/// The steps of a transform of `length` values, in an order in which each finds its input ready.
fn schedule(start: usize, length: usize, stage: usize, shifted: bool, steps: &mut Vec<Step>) {
    if length < 2 {
        return;
    }
    steps.push(Step { start, length, stage, shifted });
    let quarter = length / 4;
    for (place, inner) in [false, false, true, shifted].into_iter().enumerate() {
        schedule(start + place * quarter, quarter, stage + 1, inner, steps);
    }
}

/// A whole transform, in place, result in quarter order (see [`storage_order`]).
fn transform<W: Width>(width: W, z: &mut [Complex<W::Stored>], stages: &[Stage], steps: &[Step]) {
    width.run(
        #[inline(always)]
        || {
            for step in steps {
                let part = &mut z[step.start..][..step.length];
                match stages.get(step.stage) {
                    None => pair(width, part, step.shifted),
                    Some(stage) if step.shifted => shifted_stage(width, part, stage),
                    Some(stage) => plain_stage(width, part, stage),
                }
            }
        },
    );
}

/// Frequency index of each place in storage: quarter j of a length-L result holds the indices 4k + j.
fn storage_order(length: usize) -> Vec<usize> {
    if length <= 2 {
        return (0..length).collect();
    }
    let inner = storage_order(length / 4);
    (0..4).flat_map(|j| inner.iter().map(move |k| 4 * k + j)).collect()
}

/// The tables of a real transform of one length.
#[derive(Debug)]
pub(crate) struct FftTables {
    stages: Vec<Stage>,
    steps: Vec<Step>,
    /// Where each frequency is stored.
    place: Vec<usize>,
    /// (½ − ½·s, ½·c) of the step between the complex and the real transform, for p = 1 … N/4 − 1.
    split: Vec<(f32, f32)>,
}

/// Work space of a transform: the complex values, in storage order.
#[derive(Debug, Clone)]
pub(crate) struct FftSpace<T>(Vec<Complex<T>>);

impl<T> Default for FftSpace<T> {
    fn default() -> Self {
        FftSpace(Vec::new())
    }
}

impl FftTables {
    /// Prepares transforms of `length` real values; `length` is rounded up to a power of two, at least 4.
    pub(crate) fn new(length: usize) -> FftTables {
        let length = length.max(4).next_power_of_two();
        let half = length / 2;
        let mut stages = Vec::new();
        let mut l = half;
        while l >= 4 {
            stages.push(Stage::new(l, l == half));
            l /= 4;
        }
        let mut steps = Vec::new();
        schedule(0, half, 0, false, &mut steps);
        let mut place = vec![0; half];
        for (stored, k) in storage_order(half).into_iter().enumerate() {
            place[k] = stored;
        }
        let split = (1..length / 4)
            .map(|p| {
                let u = twiddle_u(8.0 * p as f32 / length as f32);
                (0.5 - 0.5 * u.im, 0.5 * u.re)
            })
            .collect();
        FftTables { stages, steps, place, split }
    }

    /// Forward transform of `input` (shorter input counts as zero-padded at the end) into `packed`:
    /// Re_0, Re_{N/2}, Re_1, Im_1, Re_2, Im_2 … (part 4, section 6).
    pub(crate) fn forward<W: Width>(
        &self,
        width: W,
        input: &[W::Stored],
        space: &mut FftSpace<W::Stored>,
        packed: &mut Vec<W::Stored>,
    ) {
        let half = self.place.len();
        let z = &mut space.0;
        z.clear();
        z.extend(
            input
                .chunks(2)
                .take(half)
                .map(|pair| Complex { re: pair[0], im: pair.get(1).copied().unwrap_or_default() }),
        );
        z.resize(half, Complex::default());
        transform(width, z, &self.stages, &self.steps);
        packed.resize(2 * half, W::Stored::default());
        width.run(
            #[inline(always)]
            || {
                let first = z[self.place[0]].load(width);
                packed[0] = width.store(first.re + first.im);
                packed[1] = width.store(first.re - first.im);
                for (p, &(a, b)) in (1..).zip(&self.split) {
                    let q = half - p;
                    let (zp, zq) = (z[self.place[p]].load(width), z[self.place[q]].load(width));
                    let (d, e) = (zp.re - zq.re, zp.im + zq.im);
                    let (y, w) = (d * a - e * b, e * a + d * b);
                    packed[2 * p] = width.store(zp.re - y);
                    packed[2 * p + 1] = width.store(zp.im - w);
                    packed[2 * q] = width.store(zq.re + y);
                    packed[2 * q + 1] = width.store(zq.im - w);
                }
            },
        );
        let middle = z[self.place[half / 2]];
        packed[half] = middle.re;
        packed[half + 1] = middle.im;
    }

    /// Inverse transform of `packed` into `output`; `inverse(forward(x)) ≈ (N/2)·x` (part 4, section 7).
    pub(crate) fn inverse<W: Width>(
        &self,
        width: W,
        packed: &[W::Stored],
        space: &mut FftSpace<W::Stored>,
        output: &mut Vec<W::Stored>,
    ) {
        let half = self.place.len();
        let z = &mut space.0;
        z.clear();
        z.resize(half, Complex::default());
        output.resize(2 * half, W::Stored::default());
        // Values that are missing count as 0.
        let zero = [W::Stored::default(); 2];
        let pair = |k: usize| packed.get(2 * k..2 * k + 2).unwrap_or(&zero);
        width.run(
            #[inline(always)]
            || {
                let (first, last) = (width.load(&pair(0)[0]), width.load(&pair(0)[1]));
                let y = (first - last) * 0.5;
                // Imaginary parts are stored negated: conjugating before and after turns the sign of the exponent.
                z[0] = Complex::of(width, Complex { re: first - y, im: -y });
                for (p, &(a, b)) in (1..).zip(&self.split) {
                    let q = half - p;
                    let (xp, yp) = (width.load(&pair(p)[0]), width.load(&pair(p)[1]));
                    let (xq, yq) = (width.load(&pair(q)[0]), width.load(&pair(q)[1]));
                    let (d, e) = (xp - xq, yp + yq);
                    let (y, w) = (d * a + e * b, e * a - d * b);
                    z[p] = Complex::of(width, Complex { re: xp - y, im: -(yp - w) });
                    z[q] = Complex::of(width, Complex { re: xq + y, im: -(yq - w) });
                }
                let (re, im) = (width.load(&pair(half / 2)[0]), width.load(&pair(half / 2)[1]));
                z[half / 2] = Complex::of(width, Complex { re, im: -im });
            },
        );
        transform(width, z, &self.stages, &self.steps);
        width.run(
            #[inline(always)]
            || {
                for (pair, place) in output.chunks_exact_mut(2).zip(&self.place) {
                    pair[0] = z[*place].re;
                    pair[1] = width.store(-width.load(&z[*place].im));
                }
            },
        );
    }
}

/// A real transform of one length, with its tables and its work space.
#[derive(Debug)]
pub struct RealFft {
    tables: FftTables,
    space: FftSpace<f32>,
}

impl RealFft {
    /// Prepares transforms of `length` real values; `length` is rounded up to a power of two, at least 4.
    pub fn new(length: usize) -> RealFft {
        RealFft { tables: FftTables::new(length), space: FftSpace::default() }
    }

    /// Number of real values.
    pub fn len(&self) -> usize {
        2 * self.tables.place.len()
    }

    /// Never true: the shortest transform has four values.
    pub fn is_empty(&self) -> bool {
        self.tables.place.is_empty()
    }

    /// Forward transform of `input` (shorter input counts as zero-padded at the end) into `packed`:
    /// Re_0, Re_{N/2}, Re_1, Im_1, Re_2, Im_2 … (part 4, section 6).
    pub fn forward(&mut self, input: &[f32], packed: &mut Vec<f32>) {
        self.tables.forward(One, input, &mut self.space, packed);
    }

    /// Inverse transform of `packed` into `output`; `inverse(forward(x)) ≈ (N/2)·x` (part 4, section 7).
    pub fn inverse(&mut self, packed: &[f32], output: &mut Vec<f32>) {
        self.tables.inverse(One, packed, &mut self.space, output);
    }
}

/// Magnitudes m_0 … m_{N/2} of a packed spectrum.
pub fn magnitudes(packed: &[f32], out: &mut Vec<f32>) {
    magnitudes_of(One, packed, out);
}

/// [`magnitudes`] of one frame or of several.
pub(crate) fn magnitudes_of<W: Width>(width: W, packed: &[W::Stored], out: &mut Vec<W::Stored>) {
    out.clear();
    width.run(
        #[inline(always)]
        || {
            out.reserve(packed.len() / 2 + 1);
            for bin in packed.chunks_exact(2) {
                let (re, im) = (width.load(&bin[0]), width.load(&bin[1]));
                out.push(width.store((re * re + im * im).root()));
            }
            if let [first, last, ..] = packed {
                out[0] = width.store(width.load(first).magnitude());
                out.push(width.store(width.load(last).magnitude()));
            }
        },
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::{Eight, InstructionSet, LANES, Lanes};

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
            for (shifted, sum) in [(false, f), (true, g)] {
                let (mut stored, mut natural, mut steps) = (z.clone(), z.clone(), Vec::new());
                schedule(0, l, 0, shifted, &mut steps);
                transform(One, &mut stored, &stages, &steps);
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

    /// Eight frames side by side, on every instruction set.
    #[test]
    fn tables_give_eight_frames_the_bits_of_single_ones() {
        let bits = |values: &[f32]| values.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        for n in [4, 8, 64, 512, 1024, 2048] {
            let x = noise(n * LANES);
            let tables = FftTables::new(n);
            let side_by_side: Vec<Lanes> =
                (0..n).map(|k| Lanes(core::array::from_fn(|lane| x[lane * n + k]))).collect();
            for set in InstructionSet::available() {
                let (mut packed, mut m, mut back) = (Vec::new(), Vec::new(), Vec::new());
                let mut space = FftSpace::default();
                fearless_simd::dispatch!(set.0, simd => {
                    tables.forward(Eight(simd), &side_by_side, &mut space, &mut packed);
                    magnitudes_of(Eight(simd), &packed, &mut m);
                    tables.inverse(Eight(simd), &packed, &mut space, &mut back);
                });
                let mut fft = RealFft::new(n);
                for (lane, x) in x.chunks(n).enumerate() {
                    let of = |values: &[Lanes]| values.iter().map(|v| v.0[lane]).collect::<Vec<_>>();
                    let (mut one, mut one_m, mut one_back) = (Vec::new(), Vec::new(), Vec::new());
                    fft.forward(x, &mut one);
                    magnitudes(&one, &mut one_m);
                    fft.inverse(&one, &mut one_back);
                    assert_eq!(bits(&of(&packed)), bits(&one), "forward, {}, N = {n}", set.name());
                    assert_eq!(bits(&of(&m)), bits(&one_m), "magnitudes, {}, N = {n}", set.name());
                    assert_eq!(bits(&of(&back)), bits(&one_back), "inverse, {}, N = {n}", set.name());
                }
            }
        }
    }
}
