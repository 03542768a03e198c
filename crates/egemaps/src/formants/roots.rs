//! All roots of a monic polynomial of small degree, in double precision, by the Aberth–Ehrlich method.
//!
//! The formant polynomial is well conditioned: any accurate solver gives the same single-precision formants
//! (specification part 3, section 5.2).

use super::lpc::ORDER;

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

/// Finds roots; holds the estimates, so nothing is allocated per frame.
#[derive(Debug, Default)]
pub(super) struct RootFinder {
    roots: [Root; ORDER],
    settled: [bool; ORDER],
}

impl RootFinder {
    /// Roots of `z^11 + c_1·z^10 + … + c_11`, zeros at the origin left out.
    pub(super) fn solve(&mut self, coefficients: &[f64; ORDER]) -> &[Root] {
        let degree = ORDER - coefficients.iter().rev().take_while(|c| **c == 0.0).count();
        let coefficients = &coefficients[..degree];
        self.start(coefficients);
        for _ in 0..MAX_ITERATIONS {
            let mut all_settled = true;
            for i in 0..degree {
                if !self.settled[i] {
                    self.settled[i] = self.improve(i, coefficients);
                    all_settled &= self.settled[i];
                }
            }
            if all_settled {
                break;
            }
        }
        &self.roots[..degree]
    }

    /// Start on a circle with the roots' geometric mean as radius, turned so that no estimate is real or a mirror image
    /// of another: conjugate starts could not part towards two different real roots.
    fn start(&mut self, coefficients: &[f64]) {
        let degree = coefficients.len();
        let Some(last) = coefficients.last() else { return };
        let radius = libm::pow(last.abs(), 1.0 / degree as f64).clamp(0.3, 2.0);
        for (i, root) in self.roots[..degree].iter_mut().enumerate() {
            let angle = core::f64::consts::TAU * i as f64 / degree as f64 + 0.4;
            *root = Root { re: radius * libm::cos(angle), im: radius * libm::sin(angle) };
        }
        self.settled = [false; ORDER];
    }

    /// One Aberth correction of estimate `i`; whether it has settled.
    fn improve(&mut self, i: usize, coefficients: &[f64]) -> bool {
        let z = self.roots[i];
        // Polynomial and derivative by Horner's rule.
        let (mut p, mut d) = (Root { re: 1.0, im: 0.0 }, Root { re: 0.0, im: 0.0 });
        for c in coefficients {
            d = Root { re: d.re * z.re - d.im * z.im + p.re, im: d.re * z.im + d.im * z.re + p.im };
            p = Root { re: p.re * z.re - p.im * z.im + c, im: p.re * z.im + p.im * z.re };
        }
        if p.re == 0.0 && p.im == 0.0 {
            return true;
        }
        // Correction w = (p/p') / (1 − (p/p')·Σ 1/(z − z_j)) = p / (p' − p·Σ).
        let mut sum = Root::default();
        for (j, other) in self.roots[..coefficients.len()].iter().enumerate() {
            if j != i {
                let (x, y) = (z.re - other.re, z.im - other.im);
                let inverse = 1.0 / (x * x + y * y);
                sum.re += x * inverse;
                sum.im -= y * inverse;
            }
        }
        let denominator =
            Root { re: d.re - (p.re * sum.re - p.im * sum.im), im: d.im - (p.re * sum.im + p.im * sum.re) };
        let square = denominator.re * denominator.re + denominator.im * denominator.im;
        let step = Root {
            re: (p.re * denominator.re + p.im * denominator.im) / square,
            im: (p.im * denominator.re - p.re * denominator.im) / square,
        };
        if !(step.re.is_finite() && step.im.is_finite()) {
            return true;
        }
        self.roots[i] = Root { re: z.re - step.re, im: z.im - step.im };
        step.re.abs() + step.im.abs() <= TOLERANCE * (z.re.abs() + z.im.abs())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
        let mut finder = RootFinder::default();
        let roots = finder.solve(&c);
        for (re, im) in pairs.iter().flat_map(|p| [*p, (p.0, -p.1)]).chain([(0.25, 0.0)]) {
            let distance =
                roots.iter().map(|r| libm::hypot(r.re - re, r.im - im)).fold(f64::INFINITY, f64::min);
            assert!(distance < 1e-12, "{re} {im}: {distance}");
        }
    }

    #[test]
    fn root_finder_leaves_zero_roots_out() {
        let mut c = [0.0; ORDER];
        assert!(RootFinder::default().solve(&c).is_empty());
        c[1] = -0.25; // z² = ¼
        let mut finder = RootFinder::default();
        let mut roots: Vec<_> = finder.solve(&c).iter().map(|r| r.re).collect();
        roots.sort_by(f64::total_cmp);
        assert!((roots[0] + 0.5).abs() < 1e-14 && (roots[1] - 0.5).abs() < 1e-14);
    }

    proptest! {
        #[test]
        fn root_finder_gives_roots_whose_product_is_the_last_coefficient(c in prop::array::uniform11(-3.0f64..3.0)) {
            prop_assume!(c[ORDER - 1].abs() > 1e-3);
            let mut finder = RootFinder::default();
            let product = finder.solve(&c).iter().fold((1.0, 0.0), |(re, im), z| {
                (re * z.re - im * z.im, re * z.im + im * z.re)
            });
            // Degree 11: the product of the roots is −c_11.
            prop_assert!((product.0 + c[ORDER - 1]).abs() < 1e-9 * (1.0 + c[ORDER - 1].abs()), "{product:?}");
            prop_assert!(product.1.abs() < 1e-9);
        }
    }
}
