//! Tests of the resampler, measured with tones as one measures a device.

use std::f64::consts::TAU;

use proptest::prelude::*;

use super::*;

const RATES: [u32; 15] = [
    8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 37_800, 44_056, 44_100, 47_999, 48_000, 88_200,
    96_000, 192_000,
];

fn tone(hz: f64, rate_hz: u32, n: usize) -> Vec<f32> {
    (0..n).map(|i| libm::sin(TAU * hz * i as f64 / f64::from(rate_hz) + 0.3) as f32).collect()
}

/// The middle of the output for `seconds` of a tone, without the edges.
fn middle(hz: f64, rate_hz: u32, seconds: f64) -> (usize, Vec<f32>) {
    let out = to_16k(&tone(hz, rate_hz, (seconds * f64::from(rate_hz)) as usize), rate_hz).unwrap();
    let edge = 400;
    (edge, out[edge..out.len() - edge].to_vec())
}

fn rms(v: &[f64]) -> f64 {
    (v.iter().map(|x| x * x).sum::<f64>() / v.len() as f64).sqrt()
}

fn db(ratio: f64) -> f64 {
    20.0 * libm::log10(ratio)
}

/// Amplitude of the component at `hz` by least squares, and what is left without it, as shares of a full-scale sine.
fn fit(v: &[f32], first: usize, hz: f64) -> (f64, f64) {
    let angle = |i: usize| TAU * hz * (i + first) as f64 / 16_000.0;
    let (mut ss, mut sc, mut cc, mut sx, mut cx) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (i, x) in v.iter().enumerate() {
        let (s, c, x) = (libm::sin(angle(i)), libm::cos(angle(i)), f64::from(*x));
        ss += s * s;
        sc += s * c;
        cc += c * c;
        sx += s * x;
        cx += c * x;
    }
    let det = ss * cc - sc * sc;
    let (a, b) = ((sx * cc - cx * sc) / det, (cx * ss - sx * sc) / det);
    let rest: Vec<f64> = v
        .iter()
        .enumerate()
        .map(|(i, x)| f64::from(*x) - a * libm::sin(angle(i)) - b * libm::cos(angle(i)))
        .collect();
    ((a * a + b * b).sqrt(), rms(&rest) * 2f64.sqrt())
}

#[test]
fn resampler_has_a_flat_pass_band_without_images() {
    let (mut worst_ripple, mut worst_image) = (0.0f64, -300.0f64);
    for rate_hz in RATES {
        let low = f64::from(rate_hz.min(16_000));
        for share in [0.003, 0.1, 0.2, 0.3, 0.4, 0.42, 0.43, 0.4375] {
            let hz = share * low;
            let (first, out) = middle(hz, rate_hz, 0.5);
            let (amplitude, rest) = fit(&out, first, hz);
            worst_ripple = worst_ripple.max(db(amplitude).abs());
            if rate_hz != 16_000 {
                worst_image = worst_image.max(db(rest));
            }
            assert!(db(amplitude).abs() < 0.1, "{rate_hz} Hz: {hz} Hz at {} dB", db(amplitude));
            assert!(db(rest) < -80.0, "{rate_hz} Hz: images of {hz} Hz at {} dB", db(rest));
        }
    }
    println!("ripple {worst_ripple:.6} dB, images {worst_image:.1} dB");
}

#[test]
fn resampler_has_a_silent_stop_band() {
    let mut worst = -300.0f64;
    for rate_hz in RATES.into_iter().filter(|r| *r > 16_000) {
        // Every frequency that would fold into the band, densely just above its edge.
        let top = f64::from(rate_hz) / 2.0;
        let near = (0..40).map(|i| 8_000.0 + 12.5 * f64::from(i));
        let far = (1..40).map(|i| 8_500.0 + (top - 8_500.0) * f64::from(i) / 40.0);
        for hz in near.chain(far).filter(|hz| *hz < top) {
            let (_, out) = middle(hz, rate_hz, 0.2);
            let level = db(rms(&out.iter().map(|v| f64::from(*v)).collect::<Vec<_>>()) * 2f64.sqrt());
            worst = worst.max(level);
            assert!(level < -80.0, "{rate_hz} Hz: {hz} Hz comes through at {level} dB");
        }
    }
    println!("aliases {worst:.1} dB");
}

#[test]
fn resampler_leaves_no_images_above_half_the_input_rate() {
    let mut worst = -300.0f64;
    for rate_hz in RATES.into_iter().filter(|r| *r < 16_000) {
        let half = f64::from(rate_hz) / 2.0;
        for i in 0..40 {
            // A tone in the transition band would have its image just above half the rate.
            let hz = half * (0.875 + 0.125 * f64::from(i) / 40.0);
            let (first, out) = middle(hz, rate_hz, 0.5);
            let (_, rest) = fit(&out, first, hz);
            worst = worst.max(db(rest));
            assert!(db(rest) < -80.0, "{rate_hz} Hz: image of {hz} Hz at {} dB", db(rest));
        }
    }
    println!("images near the edge {worst:.1} dB");
}

#[test]
fn resampler_keeps_time() {
    for rate_hz in RATES {
        let hz = 1_000.0;
        let out = to_16k(&tone(hz, rate_hz, rate_hz as usize / 2), rate_hz).unwrap();
        for (k, v) in out.iter().enumerate().skip(400).take(7_000) {
            let expected = libm::sin(TAU * hz * k as f64 / 16_000.0 + 0.3);
            assert!((f64::from(*v) - expected).abs() < 2e-4, "{rate_hz} Hz, sample {k}: {v} for {expected}");
        }
    }
}

#[test]
fn resampler_keeps_an_impulse_in_its_place() {
    for rate_hz in [8_000, 32_000, 48_000, 192_000] {
        let mut input = vec![0.0; rate_hz as usize / 10];
        input[rate_hz as usize / 20] = 1.0;
        let out = to_16k(&input, rate_hz).unwrap();
        // 50 ms are sample 800, and the kernel is symmetric.
        let peak = out.iter().map(|v| v.abs()).fold(0.0, f32::max);
        assert_eq!(out[800], peak, "{rate_hz}");
        for d in 1..100 {
            assert!((out[800 + d] - out[800 - d]).abs() < 1e-9, "{rate_hz}, {d}");
        }
    }
}

#[test]
fn resampler_keeps_a_constant() {
    for rate_hz in RATES {
        let (_, out) = {
            let out = to_16k(&vec![0.7; rate_hz as usize / 4], rate_hz).unwrap();
            (0, out[400..out.len() - 400].to_vec())
        };
        for v in out {
            assert!((f64::from(v) - f64::from(0.7f32)).abs() < 1e-7, "{rate_hz}: {v}");
        }
    }
}

#[test]
fn resampler_rounds_lengths_up() {
    for rate_hz in RATES {
        for n in [0usize, 1, 2, 3, 160, 441, 12_345] {
            let expected = (n as f64 * 16_000.0 / f64::from(rate_hz)).ceil() as usize;
            assert_eq!(to_16k(&vec![0.1; n], rate_hz).unwrap().len(), expected, "{rate_hz}, {n}");
        }
    }
}

#[test]
fn resampler_refuses_rates_out_of_range() {
    for rate_hz in [0, 1, 7_999, 192_001, u32::MAX] {
        assert_eq!(Resampler::new(rate_hz).unwrap_err(), AudioError::UnsupportedRate { rate_hz });
    }
    assert!(Resampler::new(8_000).is_ok() && Resampler::new(192_000).is_ok());
}

#[test]
fn resampler_keeps_the_largest_samples_finite() {
    for rate_hz in [8_000, 48_000] {
        let input: Vec<f32> =
            (0..2_000).map(|i| if i / 100 % 2 == 0 { f32::MAX } else { f32::MIN }).collect();
        assert!(to_16k(&input, rate_hz).unwrap().iter().all(|v| v.is_finite()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn resampler_gives_the_same_bits_for_any_chunking(
        rate_hz in prop::sample::select(RATES.to_vec()),
        input in prop::collection::vec(-1.0f32..1.0, 0..3_000),
        cuts in prop::collection::vec(0usize..700, 1..30),
    ) {
        let mut resampler = Resampler::new(rate_hz).unwrap();
        let mut out = Vec::new();
        let mut rest = &input[..];
        for cut in cuts.iter().cycle().take(200) {
            let (now, later) = rest.split_at((*cut).min(rest.len()));
            resampler.push(now, &mut out);
            rest = later;
        }
        resampler.push(rest, &mut out);
        resampler.finish(&mut out);
        let whole = to_16k(&input, rate_hz).unwrap();
        prop_assert_eq!(out.len(), whole.len());
        prop_assert!(out.iter().zip(&whole).all(|(a, b)| a.to_bits() == b.to_bits()));
    }

    #[test]
    fn resampler_copies_16_khz(input in prop::collection::vec(any::<f32>(), 0..500)) {
        let out = to_16k(&input, 16_000).unwrap();
        prop_assert_eq!(out.len(), input.len());
        prop_assert!(out.iter().zip(&input).all(|(a, b)| a.to_bits() == b.to_bits()));
    }
}
