//! Autocorrelation and the Levinson–Durbin recursion in single precision (specification part 3, 4.3 and 4.4).

use fearless_simd::prelude::*;
use fearless_simd::{Simd, f32x8};

use crate::lanes::Lanes;

/// Order of the linear prediction.
pub(super) const ORDER: usize = 11;

/// Lags that are summed side by side: as many as the registers hold.
const SIDE_BY_SIDE: usize = 6;

/// Autocorrelation of lags 0 … 11 of eight waveforms: no window, no normalisation, no lag window.
#[inline(always)]
pub(super) fn autocorrelation<S: Simd>(simd: S, y: &[Lanes]) -> [Lanes; ORDER + 1] {
    let mut all = [Lanes::default(); ORDER + 1];
    simd.vectorize(
        #[inline(always)]
        || {
            for (part, first) in all.chunks_mut(SIDE_BY_SIDE).zip((0..).step_by(SIDE_BY_SIDE)) {
                let mut sums = [f32x8::splat(simd, 0.0); SIDE_BY_SIDE];
                let later = y.get(first..).unwrap_or(&[]);
                let windows = later.windows(SIDE_BY_SIDE);
                let whole = windows.len();
                for (window, here) in windows.zip(y) {
                    let here = here.load(simd);
                    for (sum, there) in sums.iter_mut().zip(window) {
                        *sum += there.load(simd) * here;
                    }
                }
                // The last samples have a partner at the shorter lags only.
                for n in whole..later.len() {
                    let here = y[n].load(simd);
                    for (sum, there) in sums.iter_mut().zip(&later[n..]) {
                        *sum += there.load(simd) * here;
                    }
                }
                for (r, sum) in part.iter_mut().zip(sums) {
                    *r = Lanes::of(sum);
                }
            }
        },
    );
    all
}

/// Coefficients a_1 … a_11 of the predictor-error filter 1 + Σ a_k z^−k; all 0 for silence.
///
/// |κ| may exceed 1 slightly through rounding; it is used as it is.
pub(super) fn levinson_durbin(r: &[f32; ORDER + 1]) -> [f32; ORDER] {
    let mut a = [0.0f32; ORDER];
    let mut error = r[0];
    if error == 0.0 {
        return a;
    }
    for m in 1..=ORDER {
        let mut q = r[m];
        for i in 1..m {
            q += a[i - 1] * r[m - i];
        }
        let kappa = (-1.0 / error) * q;
        let old = a;
        a[m - 1] = kappa;
        for i in 1..m {
            a[i - 1] = old[i - 1] + kappa * old[m - i - 1];
        }
        error *= 1.0 - kappa * kappa;
        if error == 0.0 {
            break;
        }
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;
    use fearless_simd::{Level, dispatch};

    #[test]
    fn autocorrelation_sums_the_products_of_each_lag_in_order() {
        let y: Vec<Lanes> = (0..23)
            .map(|n| Lanes(core::array::from_fn(|lane| ((n * 37 + lane * 11) % 29) as f32 / 7.0 - 2.0)))
            .collect();
        let r = dispatch!(Level::new(), simd => autocorrelation(simd, &y));
        for (lag, r) in r.iter().enumerate() {
            let wanted = core::array::from_fn(|lane| {
                y.iter().skip(lag).zip(&y).fold(0.0f32, |sum, (a, b)| sum + a.0[lane] * b.0[lane])
            });
            assert_eq!(r.0, wanted, "lag {lag}");
        }
    }

    #[test]
    fn levinson_durbin_recovers_an_autoregressive_process() {
        // x_n = 0.9·x_{n−1} has r_l = 0.9^l: a_1 = −0.9, all others 0.
        let mut r = [1.0f32; ORDER + 1];
        for l in 1..=ORDER {
            r[l] = r[l - 1] * 0.9;
        }
        let a = levinson_durbin(&r);
        assert!((a[0] + 0.9).abs() < 1e-6);
        assert!(a[1..].iter().all(|a| a.abs() < 1e-5), "{a:?}");
    }

    #[test]
    fn levinson_durbin_meets_the_worked_example_exactly() {
        let r = [
            2.05784988,
            1.94269693,
            1.7306385,
            1.56713426,
            1.41177237,
            1.21556735,
            1.03594756,
            0.88665837,
            0.716882229,
            0.542828798,
            0.411253184,
            0.295318961,
        ];
        let a = [
            -1.92937815,
            1.84531176,
            -1.36140418,
            0.459774226,
            0.3121427,
            -0.512541652,
            0.235289305,
            0.125830263,
            -0.204175442,
            0.0913251638,
            0.00534233963,
        ];
        assert_eq!(levinson_durbin(&r), a);
    }

    #[test]
    fn levinson_durbin_gives_zeros_for_silence() {
        assert_eq!(levinson_durbin(&[0.0; ORDER + 1]), [0.0; ORDER]);
    }
}
