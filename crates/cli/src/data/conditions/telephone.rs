//! The telephone band, 300 to 3400 Hz (the band of ITU-T G.712 and of decades of speech work).

use std::f64::consts::PI;

use super::spectrum::convolve;
use undertone::audio::{AudioError, SAMPLE_RATE_HZ, resample};

const RATE: f64 = SAMPLE_RATE_HZ as f64;
/// Where the response is half (−6 dB), in Hz.
const BAND_HZ: [f64; 2] = [300.0, 3_400.0];
/// From full to −60 dB, centred on the edges, in Hz.
const TRANSITION_HZ: f64 = 100.0;
/// Attenuation of the stop band, in dB.
const ATTENUATION_DB: f64 = 60.0;
/// Rate of a telephone line, in Hz.
const LINE_HZ: u32 = 8_000;

/// The band-pass: a difference of two sincs under a Kaiser window (Kaiser 1974), symmetric about its middle.
fn kernel() -> Vec<f64> {
    let half = ((ATTENUATION_DB - 7.95) / (14.36 * TRANSITION_HZ / RATE) / 2.0).ceil() as i64;
    let beta = 0.1102 * (ATTENUATION_DB - 8.7);
    let low_pass = |hz: f64, k: i64| {
        let angle = 2.0 * PI * hz / RATE;
        if k == 0 { angle / PI } else { libm::sin(angle * k as f64) / (PI * k as f64) }
    };
    (-half..=half)
        .map(|k| {
            let x = k as f64 / (half + 1) as f64;
            let window = bessel_i0(beta * (1.0 - x * x).sqrt()) / bessel_i0(beta);
            window * (low_pass(BAND_HZ[1], k) - low_pass(BAND_HZ[0], k))
        })
        .collect()
}

/// Modified Bessel function of the first kind, order 0, by its power series.
pub fn bessel_i0(x: f64) -> f64 {
    let (mut sum, mut term, mut k) = (1.0, 1.0, 1.0);
    while term > sum * 1e-17 {
        term *= x * x / (4.0 * k * k);
        sum += term;
        k += 1.0;
    }
    sum
}

/// The speech in the telephone band, without delay and as long as it was.
pub fn band(speech: &[f32]) -> Vec<f32> {
    let kernel = kernel();
    let sound: Vec<f64> = speech.iter().map(|v| f64::from(*v)).collect();
    let delay = kernel.len() / 2;
    convolve(&sound, &kernel).iter().skip(delay).take(speech.len()).map(|v| *v as f32).collect()
}

/// … and through a line of 8 kHz, back to 16 kHz by the program's own resampler.
///
/// # Errors
/// None in practice: 8 kHz is a rate that the resampler takes.
pub fn line(speech: &[f32]) -> Result<Vec<f32>, AudioError> {
    // Nothing is left above 3450 Hz, so every other sample says it all.
    let narrow: Vec<f32> = band(speech).into_iter().step_by(2).collect();
    resample::to_16k(&narrow, LINE_HZ)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of a tone in the middle of a second of it, in dB.
    fn left_db(hz: f64, through: impl Fn(&[f32]) -> Vec<f32>) -> f64 {
        let tone: Vec<f32> =
            (0..16_000).map(|i| (0.5 * libm::sin(2.0 * PI * hz * f64::from(i) / RATE)) as f32).collect();
        let power = |s: &[f32]| s[4_000..12_000].iter().map(|v| f64::from(v * v)).sum::<f64>();
        10.0 * libm::log10(power(&through(&tone)) / power(&tone))
    }

    #[test]
    fn band_passes_300_to_3400_hz_only() {
        let line = |s: &[f32]| line(s).unwrap();
        for hz in [355.0, 500.0, 1_000.0, 2_500.0, 3_345.0] {
            assert!(left_db(hz, band).abs() < 0.05, "{hz}");
            assert!(left_db(hz, line).abs() < 0.1, "{hz}");
        }
        for hz in [50.0, 150.0, 245.0, 3_455.0, 5_000.0, 7_500.0] {
            assert!(left_db(hz, band) < -55.0 && left_db(hz, line) < -55.0, "{hz}: {}", left_db(hz, band));
        }
        for hz in BAND_HZ {
            assert!((left_db(hz, band) + 6.02).abs() < 0.2, "{hz}");
        }
    }

    #[test]
    fn band_and_line_do_not_delay() {
        let kernel = kernel();
        assert!(kernel.iter().zip(kernel.iter().rev()).all(|(a, b)| (a - b).abs() < 1e-15));
        let mut click = vec![0.0f32; 4_001];
        click[2_000] = 1.0;
        for out in [band(&click), line(&click).unwrap()] {
            assert!(out.len().abs_diff(click.len()) <= 1);
            let peak = (0..out.len()).max_by(|a, b| out[*a].total_cmp(&out[*b])).unwrap();
            assert_eq!(peak, 2_000);
        }
    }
}
