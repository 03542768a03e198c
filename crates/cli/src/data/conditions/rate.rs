//! Other sampling rates, and other speeds.

use std::f64::consts::PI;

use super::telephone::bessel_i0;
use undertone::audio::{AudioError, SAMPLE_RATE_HZ, resample};

/// Input samples on either side of an interpolated one.
const HALF: usize = 64;
/// Shape of the Kaiser window: 80 dB.
const BETA: f64 = 0.1102 * (80.0 - 8.7);

/// A recording of a device with another rate, brought to 16 kHz by the program's resampler, which removes everything above
/// 7 kHz, as in any recording at that rate.
///
/// # Errors
/// [`AudioError::UnsupportedRate`] below 16 kHz, where more would be lost, and for rates that the program does not take.
pub fn via_rate(speech: &[f32], rate_hz: u32) -> Result<Vec<f32>, AudioError> {
    if rate_hz < SAMPLE_RATE_HZ {
        return Err(AudioError::UnsupportedRate { rate_hz });
    }
    // Checked first, before a long interpolation.
    resample::Resampler::new(rate_hz)?;
    let mut back = resample::to_16k(&interpolate(speech, rate_hz), rate_hz)?;
    back.truncate(speech.len());
    Ok(back)
}

/// From 16 kHz to a rate above it, by a sinc under a Kaiser window.
fn interpolate(speech: &[f32], rate_hz: u32) -> Vec<f32> {
    let divisor = gcd(rate_hz, SAMPLE_RATE_HZ);
    let (up, down) = ((rate_hz / divisor) as usize, (SAMPLE_RATE_HZ / divisor) as usize);
    let rows: Vec<Vec<f64>> = (0..up).map(|phase| row(phase as f64 / up as f64)).collect();
    let length = (speech.len() * up).div_ceil(down);
    (0..length)
        .map(|k| {
            let (at, phase) = (k * down / up, k * down % up);
            let mut sum = 0.0;
            for (j, weight) in rows[phase].iter().enumerate() {
                let under = (at + j + 1).checked_sub(HALF).and_then(|i| speech.get(i));
                sum += weight * under.map_or(0.0, |v| f64::from(*v));
            }
            sum as f32
        })
        .collect()
}

/// Weights of the input samples 1 − HALF … HALF for an output sample `fraction` after sample 0; they sum to 1.
fn row(fraction: f64) -> Vec<f64> {
    let mut row: Vec<f64> = (0..2 * HALF)
        .map(|j| {
            let t = j as f64 + 1.0 - HALF as f64 - fraction;
            let x = t / HALF as f64;
            let sinc = if t == 0.0 { 1.0 } else { libm::sin(PI * t) / (PI * t) };
            sinc * bessel_i0(BETA * (1.0 - x * x).max(0.0).sqrt())
        })
        .collect();
    let sum: f64 = row.iter().sum();
    row.iter_mut().for_each(|w| *w /= sum);
    row
}

/// Played `factor` times as fast: pitch and formants rise by the factor, too.
///
/// # Errors
/// [`AudioError::UnsupportedRate`] for factors outside 0.5 … 12.
pub fn speed(speech: &[f32], factor: f64) -> Result<Vec<f32>, AudioError> {
    let rate_hz = (factor * f64::from(SAMPLE_RATE_HZ)).round();
    resample::to_16k(speech, rate_hz as u32)
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hz: f64, rate_hz: f64, length: usize) -> Vec<f32> {
        (0..length).map(|i| (0.5 * libm::sin(2.0 * PI * hz * i as f64 / rate_hz)) as f32).collect()
    }

    #[test]
    fn via_rate_returns_a_tone_as_it_was() {
        for rate_hz in [22_050, 44_100, 48_000] {
            for hz in [100.0, 1_000.0, 6_000.0] {
                let sound = tone(hz, 16_000.0, 8_000);
                let up = interpolate(&sound, rate_hz);
                assert_eq!(up.len(), (8_000 * rate_hz as usize).div_ceil(16_000));
                let exact = tone(hz, f64::from(rate_hz), up.len());
                let middle = up.len() / 4..up.len() * 3 / 4;
                assert!(middle.clone().all(|i| (up[i] - exact[i]).abs() < 1e-3), "{rate_hz} {hz}");
                let back = via_rate(&sound, rate_hz).unwrap();
                assert_eq!(back.len(), sound.len());
                assert!((2_000..6_000).all(|i| (back[i] - sound[i]).abs() < 1e-2 * 0.5), "{rate_hz} {hz}");
            }
        }
        assert!(via_rate(&[0.0; 100], 11_025).is_err() && via_rate(&[0.0; 100], 200_000).is_err());
    }

    #[test]
    fn speed_shortens_and_raises_the_pitch() {
        let fast = speed(&tone(400.0, 16_000.0, 16_000), 1.25).unwrap();
        assert_eq!(fast.len(), 12_800);
        let exact = tone(500.0, 16_000.0, 12_800);
        assert!((2_000..10_000).all(|i| (fast[i] - exact[i]).abs() < 1e-2));
        assert!(speed(&[0.0; 10], 0.1).is_err());
    }
}
