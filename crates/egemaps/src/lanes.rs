//! Eight frames side by side: a value of each in one vector register.
//!
//! A lane does what a single frame would do, in the same order, so the bits of a frame depend neither on its neighbours nor
//! on the width of the registers. Nothing here may contract a product and a sum into one operation.

use fearless_simd::prelude::*;
use fearless_simd::{Level, Simd};
use fearless_simd::{f32x8, f64x4, f64x8};

/// Frames that are computed side by side.
pub(crate) const LANES: usize = 8;

/// One single-precision value of each frame.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(C, align(32))]
pub(crate) struct Lanes(pub(crate) [f32; LANES]);

/// One double-precision value of each frame.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(C, align(64))]
pub(crate) struct WideLanes(pub(crate) [f64; LANES]);

impl Lanes {
    #[inline(always)]
    pub(crate) fn load<S: Simd>(&self, simd: S) -> f32x8<S> {
        f32x8::load_array_ref(simd, &self.0)
    }

    #[inline(always)]
    pub(crate) fn of<S: Simd>(value: f32x8<S>) -> Lanes {
        Lanes(value.to_array())
    }
}

impl WideLanes {
    #[inline(always)]
    pub(crate) fn load<S: Simd>(&self, simd: S) -> f64x8<S> {
        f64x8::load_array_ref(simd, &self.0)
    }

    #[inline(always)]
    pub(crate) fn of<S: Simd>(value: f64x8<S>) -> WideLanes {
        WideLanes(value.to_array())
    }
}

/// To double precision; exact.
#[inline(always)]
pub(crate) fn widen<S: Simd>(value: f32x8<S>) -> f64x8<S> {
    let (low, high) = value.widen();
    low.combine(high)
}

/// To single precision, rounded to nearest as by `as f32`.
#[inline(always)]
pub(crate) fn narrow<S: Simd>(value: f64x8<S>) -> f32x8<S> {
    let (low, high): (f64x4<S>, f64x4<S>) = value.split();
    low.narrow(high)
}

/// Turns eight values of each of eight rows into eight rows of one value each.
#[inline(always)]
pub(crate) fn transpose<S: Simd>(simd: S, rows: &mut [Lanes; LANES]) {
    // Three times each row of the upper half is interleaved with its partner in the lower half.
    for _ in 0..3 {
        let [a, b, c, d, e, f, g, h] = &*rows;
        let (ae0, ae1) = a.load(simd).interleave(e.load(simd));
        let (bf0, bf1) = b.load(simd).interleave(f.load(simd));
        let (cg0, cg1) = c.load(simd).interleave(g.load(simd));
        let (dh0, dh1) = d.load(simd).interleave(h.load(simd));
        *rows = [
            Lanes::of(ae0),
            Lanes::of(ae1),
            Lanes::of(bf0),
            Lanes::of(bf1),
            Lanes::of(cg0),
            Lanes::of(cg1),
            Lanes::of(dh0),
            Lanes::of(dh1),
        ];
    }
}

/// A value that a transform computes with: of one frame or of eight.
pub(crate) trait Value:
    Copy
    + core::ops::Add<Output = Self>
    + core::ops::Sub<Output = Self>
    + core::ops::Mul<f32, Output = Self>
    + core::ops::Mul<Output = Self>
    + core::ops::Neg<Output = Self>
{
    fn root(self) -> Self;
    fn magnitude(self) -> Self;
}

impl Value for f32 {
    #[inline(always)]
    fn root(self) -> f32 {
        self.sqrt()
    }

    #[inline(always)]
    fn magnitude(self) -> f32 {
        self.abs()
    }
}

impl<S: Simd> Value for f32x8<S> {
    #[inline(always)]
    fn root(self) -> Self {
        self.sqrt()
    }

    #[inline(always)]
    fn magnitude(self) -> Self {
        self.abs()
    }
}

/// How many frames a transform works on at once, and how their values are kept in memory.
pub(crate) trait Width: Copy {
    /// In memory.
    type Stored: Copy + Default + core::fmt::Debug;
    /// In registers.
    type Value: Value;

    fn load(self, stored: &Self::Stored) -> Self::Value;
    fn store(self, value: Self::Value) -> Self::Stored;
    /// Runs `work` with the instructions of this width.
    fn run<R>(self, work: impl FnOnce() -> R) -> R;
}

/// One frame.
#[derive(Debug, Clone, Copy)]
pub(crate) struct One;

/// Eight frames, with the vector instructions `S`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Eight<S>(pub(crate) S);

impl Width for One {
    type Stored = f32;
    type Value = f32;

    #[inline(always)]
    fn load(self, stored: &f32) -> f32 {
        *stored
    }

    #[inline(always)]
    fn store(self, value: f32) -> f32 {
        value
    }

    #[inline(always)]
    fn run<R>(self, work: impl FnOnce() -> R) -> R {
        work()
    }
}

impl<S: Simd> Width for Eight<S> {
    type Stored = Lanes;
    type Value = f32x8<S>;

    #[inline(always)]
    fn load(self, stored: &Lanes) -> f32x8<S> {
        stored.load(self.0)
    }

    #[inline(always)]
    fn store(self, value: f32x8<S>) -> Lanes {
        Lanes::of(value)
    }

    #[inline(always)]
    fn run<R>(self, work: impl FnOnce() -> R) -> R {
        self.0.vectorize(work)
    }
}

/// The vector instructions that an extraction runs with. All give the same bits.
///
/// ```
/// use egemaps::{Extractor, InstructionSet};
///
/// for instructions in InstructionSet::available() {
///     let mut extractor = Extractor::with_instructions(16_000, instructions)?;
///     extractor.push(&[0.1; 1_600])?;
///     assert_eq!(extractor.finish()?, egemaps::extract(&[0.1; 1_600], 16_000)?);
/// }
/// # Ok::<(), egemaps::ExtractError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct InstructionSet(pub(crate) Level);

impl InstructionSet {
    /// The best that this processor has; in WebAssembly, what the module was built for.
    pub fn best() -> InstructionSet {
        InstructionSet(Level::new())
    }

    /// Those that this processor has, from what every processor of the target has to the best.
    pub fn available() -> Vec<InstructionSet> {
        let best = Level::new();
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        let levels = [
            best.as_sse2().map(Level::Sse2),
            best.as_sse4_2().map(Level::Sse4_2),
            best.as_avx2().map(Level::Avx2),
            best.as_avx512().map(Level::Avx512),
        ];
        #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
        let levels = [Some(best)];
        levels.into_iter().flatten().map(InstructionSet).collect()
    }

    /// As its maker calls it: "SSE2", "AVX2", "NEON", "simd128" …
    pub fn name(self) -> &'static str {
        match self.0 {
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Level::Sse2(_) => "SSE2",
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Level::Sse4_2(_) => "SSE4.2",
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Level::Avx2(_) => "AVX2",
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Level::Avx512(_) => "AVX-512",
            #[cfg(target_arch = "aarch64")]
            Level::Neon(_) => "NEON",
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            Level::WasmSimd128(_) => "simd128",
            _ => "none",
        }
    }
}

/// One frame in the first lane, the others empty.
#[cfg(test)]
pub(crate) fn in_first_lane(values: &[f32]) -> Vec<Lanes> {
    let lanes = |value: f32| Lanes(core::array::from_fn(|lane| if lane == 0 { value } else { 0.0 }));
    values.iter().map(|value| lanes(*value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use fearless_simd::dispatch;

    #[test]
    fn widen_and_narrow_keep_the_order_of_the_lanes_and_round_to_nearest() {
        let values = [0.1f64, -1.0 / 3.0, 1e-30, -0.0, 16_777_217.0, 16_777_219.0, 7e-43, 3.5];
        for set in InstructionSet::available() {
            let narrowed = dispatch!(set.0, simd => narrow(WideLanes(values).load(simd)).to_array());
            assert_eq!(narrowed.map(f32::to_bits), values.map(|v| (v as f32).to_bits()), "{}", set.name());
            let widened = dispatch!(set.0, simd => widen(Lanes(narrowed).load(simd)).to_array());
            assert_eq!(widened.map(f64::to_bits), narrowed.map(|v| f64::from(v).to_bits()), "{}", set.name());
        }
    }

    #[test]
    fn transpose_turns_rows_into_columns() {
        for set in InstructionSet::available() {
            let mut rows: [Lanes; LANES] =
                core::array::from_fn(|r| Lanes(core::array::from_fn(|c| (10 * r + c) as f32)));
            dispatch!(set.0, simd => transpose(simd, &mut rows));
            for (c, row) in rows.iter().enumerate() {
                assert_eq!(row.0, core::array::from_fn(|r| (10 * r + c) as f32), "{}", set.name());
            }
        }
    }

    #[test]
    fn available_begins_with_the_baseline_and_ends_with_the_best() {
        let names: Vec<_> = InstructionSet::available().into_iter().map(InstructionSet::name).collect();
        assert_eq!(names.last(), Some(&InstructionSet::best().name()));
        if cfg!(target_arch = "x86_64") {
            assert_eq!(names.first(), Some(&"SSE2"));
        }
    }
}
