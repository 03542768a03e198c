//! All roots of a monic polynomial of small degree, in double precision, by the Aberth–Ehrlich method.
//!
//! The formant polynomial is well conditioned: any accurate solver gives the same single-precision formants
//! (specification part 3, section 5.2).

use core::f64::consts::TAU;
use fearless_simd::prelude::*;
use fearless_simd::{Simd, f64x8, mask64x8};

use super::lpc::ORDER;
use crate::lanes::{LANES, WideLanes};

/// A complex number.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Root {
    pub(super) re: f64,
    pub(super) im: f64,
}

/// Iterations after which the current estimates are taken; about a dozen are usual.
const MAX_ITERATIONS: usize = 100;
/// A root is settled when its correction is smaller than this share of its size.
const TOLERANCE: f64 = 1e-15;

/// Finds the roots of eight polynomials side by side.
#[derive(Debug)]
pub(super) struct RootFinder {
    /// Cosine and sine of the starting angles, for each degree.
    starts: [[(f64, f64); ORDER]; ORDER + 1],
}

/// Roots of eight polynomials of degree 11 or less, zeros at the origin left out.
#[derive(Debug, Default)]
pub(super) struct Roots {
    re: [WideLanes; ORDER],
    im: [WideLanes; ORDER],
    degrees: [usize; LANES],
}

impl Roots {
    /// Roots of one of the polynomials.
    pub(super) fn of(&self, lane: usize) -> impl Iterator<Item = Root> {
        let roots = self.re.iter().zip(&self.im).take(self.degrees[lane]);
        roots.map(move |(re, im)| Root { re: re.0[lane], im: im.0[lane] })
    }
}

/// Complex numbers, one of each polynomial.
#[derive(Clone, Copy)]
struct Complex<S: Simd> {
    re: f64x8<S>,
    im: f64x8<S>,
}

impl RootFinder {
    pub(super) fn new() -> RootFinder {
        let angle = |i: usize, degree: usize| TAU * i as f64 / degree as f64 + 0.4;
        RootFinder {
            starts: core::array::from_fn(|degree| {
                core::array::from_fn(|i| {
                    let angle = angle(i, degree.max(1));
                    (libm::cos(angle), libm::sin(angle))
                })
            }),
        }
    }

    /// Roots of `z^11 + c_1·z^10 + … + c_11`. Polynomials of lower degree, which are rare (silence), take a turn of their own.
    #[inline(always)]
    pub(super) fn solve<S: Simd>(&self, simd: S, coefficients: &[WideLanes; ORDER], roots: &mut Roots) {
        roots.degrees = core::array::from_fn(|lane| {
            ORDER - coefficients.iter().rev().take_while(|c| c.0[lane] == 0.0).count()
        });
        for degree in 1..=ORDER {
            let lanes = (0..LANES).filter(|&lane| roots.degrees[lane] == degree);
            let bits = lanes.fold(0u64, |bits, lane| bits | 1 << lane);
            if bits != 0 {
                simd.vectorize(
                    #[inline(always)]
                    || self.solve_degree(simd, &coefficients[..degree], bits, roots),
                );
            }
        }
    }

    /// Solves the polynomials whose bit is set; all are of the degree that `coefficients` has.
    #[inline(always)]
    fn solve_degree<S: Simd>(&self, simd: S, coefficients: &[WideLanes], bits: u64, roots: &mut Roots) {
        let degree = coefficients.len();
        let lanes = mask64x8::from_bitmask(simd, bits);
        self.start(coefficients, bits, roots);
        let mut open = [lanes; ORDER];
        let open = &mut open[..degree];
        for _ in 0..MAX_ITERATIONS {
            let mut any_open = false;
            for (i, open) in open.iter_mut().enumerate() {
                if open.any_true() {
                    *open = improve(simd, i, *open, coefficients, roots);
                    any_open |= open.any_true();
                }
            }
            if !any_open {
                break;
            }
        }
    }

    /// Start on a circle with the roots' geometric mean as radius, turned so that no estimate is real or a mirror image
    /// of another: conjugate starts could not part towards two different real roots.
    fn start(&self, coefficients: &[WideLanes], bits: u64, roots: &mut Roots) {
        let degree = coefficients.len();
        let Some(last) = coefficients.last() else { return };
        for lane in (0..LANES).filter(|lane| bits >> lane & 1 == 1) {
            let radius = libm::pow(last.0[lane].abs(), 1.0 / degree as f64).clamp(0.3, 2.0);
            let estimates = roots.re.iter_mut().zip(&mut roots.im).zip(&self.starts[degree]).take(degree);
            for ((re, im), (cosine, sine)) in estimates {
                (re.0[lane], im.0[lane]) = (radius * cosine, radius * sine);
            }
        }
    }
}

/// One Aberth correction of estimate `i` in the polynomials where it is `open`; returns where it still is.
#[inline(always)]
fn improve<S: Simd>(
    simd: S,
    i: usize,
    open: mask64x8<S>,
    coefficients: &[WideLanes],
    roots: &mut Roots,
) -> mask64x8<S> {
    let zero = f64x8::splat(simd, 0.0);
    let z = Complex { re: roots.re[i].load(simd), im: roots.im[i].load(simd) };
    // Polynomial and derivative by Horner's rule.
    let mut p = Complex { re: f64x8::splat(simd, 1.0), im: zero };
    let mut d = Complex { re: zero, im: zero };
    for c in coefficients {
        d = Complex { re: d.re * z.re - d.im * z.im + p.re, im: d.re * z.im + d.im * z.re + p.im };
        p = Complex { re: p.re * z.re - p.im * z.im + c.load(simd), im: p.re * z.im + p.im * z.re };
    }
    // Correction w = (p/p') / (1 − (p/p')·Σ 1/(z − z_j)) = p / (p' − p·Σ).
    let mut sum = Complex { re: zero, im: zero };
    for (j, (re, im)) in roots.re.iter().zip(&roots.im).take(coefficients.len()).enumerate() {
        if j != i {
            let (x, y) = (z.re - re.load(simd), z.im - im.load(simd));
            let inverse = f64x8::splat(simd, 1.0) / (x * x + y * y);
            sum.re += x * inverse;
            sum.im -= y * inverse;
        }
    }
    let denominator =
        Complex { re: d.re - (p.re * sum.re - p.im * sum.im), im: d.im - (p.re * sum.im + p.im * sum.re) };
    let square = denominator.re * denominator.re + denominator.im * denominator.im;
    let step = Complex {
        re: (p.re * denominator.re + p.im * denominator.im) / square,
        im: (p.im * denominator.re - p.re * denominator.im) / square,
    };
    // Where the polynomial vanishes, or the step is not finite, the estimate stays and is settled.
    let moves = open & !(p.re.simd_eq(zero) & p.im.simd_eq(zero)) & step.re.is_finite() & step.im.is_finite();
    roots.re[i] = WideLanes::of(moves.select(z.re - step.re, z.re));
    roots.im[i] = WideLanes::of(moves.select(z.im - step.im, z.im));
    let settled = (step.re.abs() + step.im.abs()).simd_le((z.re.abs() + z.im.abs()) * TOLERANCE);
    moves & !settled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lanes::InstructionSet;
    use fearless_simd::{Level, dispatch};
    use proptest::prelude::{ProptestConfig, prop, prop_assert, prop_assert_eq, prop_assume, proptest};

    /// Roots of up to eight polynomials.
    fn solve(level: Level, polynomials: &[[f64; ORDER]]) -> Vec<Vec<Root>> {
        let coefficients = core::array::from_fn(|k| {
            WideLanes(core::array::from_fn(|lane| polynomials.get(lane).map_or(0.0, |c| c[k])))
        });
        let mut roots = Roots::default();
        dispatch!(level, simd => RootFinder::new().solve(simd, &coefficients, &mut roots));
        (0..polynomials.len()).map(|lane| roots.of(lane).collect()).collect()
    }

    /// Coefficients of the monic polynomial with the given real roots and conjugate pairs.
    fn polynomial(real: &[f64], pairs: &[(f64, f64)]) -> Vec<f64> {
        let mut p = vec![1.0];
        let mut multiply = |factor: &[f64]| {
            let mut product = vec![0.0; p.len() + factor.len() - 1];
            for (i, a) in p.iter().enumerate() {
                for (j, b) in factor.iter().enumerate() {
                    product[i + j] += a * b;
                }
            }
            p = product;
        };
        for r in real {
            multiply(&[1.0, -r]);
        }
        for (re, im) in pairs {
            multiply(&[1.0, -2.0 * re, re * re + im * im]);
        }
        p[1..].to_vec()
    }

    #[test]
    fn root_finder_finds_known_roots() {
        let pairs = [(0.9, 0.3), (0.1, 0.95), (-0.6, 0.7), (-0.9, 0.1), (0.5, 0.5)];
        let c: [f64; ORDER] = polynomial(&[0.25], &pairs).try_into().unwrap();
        let roots = &solve(Level::new(), &[c])[0];
        for (re, im) in pairs.iter().flat_map(|p| [*p, (p.0, -p.1)]).chain([(0.25, 0.0)]) {
            let distance =
                roots.iter().map(|r| libm::hypot(r.re - re, r.im - im)).fold(f64::INFINITY, f64::min);
            assert!(distance < 1e-12, "{re} {im}: {distance}");
        }
    }

    #[test]
    fn root_finder_leaves_zero_roots_out() {
        let mut c = [0.0; ORDER];
        assert!(solve(Level::new(), &[c])[0].is_empty());
        c[1] = -0.25; // z² = ¼
        let mut roots: Vec<_> = solve(Level::new(), &[c])[0].iter().map(|r| r.re).collect();
        roots.sort_by(f64::total_cmp);
        assert!((roots[0] + 0.5).abs() < 1e-14 && (roots[1] - 0.5).abs() < 1e-14);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Beside others, of other degrees too, and on every instruction set, a polynomial has the roots that it has alone.
        #[test]
        fn root_finder_gives_the_same_bits_beside_others(
            mut polynomials in prop::array::uniform8(prop::array::uniform11(-3.0f64..3.0)),
            zeros in prop::array::uniform8(0usize..=ORDER),
        ) {
            for (polynomial, zeros) in polynomials.iter_mut().zip(zeros).step_by(2) {
                polynomial[ORDER - zeros..].fill(0.0);
            }
            let bits = |roots: &[Root]| roots.iter().map(|r| (r.re.to_bits(), r.im.to_bits())).collect::<Vec<_>>();
            for set in InstructionSet::available() {
                for (roots, polynomial) in solve(set.0, &polynomials).iter().zip(&polynomials) {
                    let alone = &solve(Level::new(), &[*polynomial])[0];
                    prop_assert_eq!(bits(roots), bits(alone), "{}", set.name());
                }
            }
        }

        #[test]
        fn root_finder_gives_roots_whose_product_is_the_last_coefficient(c in prop::array::uniform11(-3.0f64..3.0)) {
            prop_assume!(c[ORDER - 1].abs() > 1e-3);
            let product = solve(Level::new(), &[c])[0].iter().fold((1.0, 0.0), |(re, im), z| {
                (re * z.re - im * z.im, re * z.im + im * z.re)
            });
            // Degree 11: the product of the roots is −c_11.
            prop_assert!((product.0 + c[ORDER - 1]).abs() < 1e-9 * (1.0 + c[ORDER - 1].abs()), "{product:?}");
            prop_assert!(product.1.abs() < 1e-9);
        }
    }
}
