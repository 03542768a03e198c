//! Zero-phase filters for microphones, distances and lines, given by their frequency response.

use std::f64::consts::PI;

use crate::data::conditions::level::amplitude;
use crate::data::conditions::spectrum::Spectrum;
use undertone::audio::SAMPLE_RATE_HZ;

const RATE: f64 = SAMPLE_RATE_HZ as f64;
/// Silence before and after the sound for the ringing of the filter, in samples: 128 ms.
const ROOM: usize = 2_048;
/// Below this frequency a tilt is constant, in Hz.
const LOWEST_HZ: f64 = 50.0;
/// log2 of the frequency at which a tilt has a gain of 0 dB: 1024 Hz.
const TILT_CENTRE: f64 = 10.0;

/// A rise or dip of a response: a bell over octaves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bump {
    /// Centre: binary logarithm of its frequency in Hz.
    pub octave: f64,
    /// Where the bell has fallen to 1/e, in octaves from the centre.
    pub width: f64,
    /// Gain in the centre, in dB.
    pub gain_db: f64,
}

/// Speech through a response given as amplitude per frequency in Hz; as long as it was, without delay.
pub fn shape(speech: &[f32], response: impl Fn(f64) -> f64) -> Vec<f32> {
    let mut padded = vec![0.0; ROOM];
    padded.extend(speech.iter().map(|v| f64::from(*v)));
    let mut spectrum = Spectrum::of(&padded, padded.len() + ROOM);
    spectrum.shape(|cycles| response(cycles * RATE));
    let sound = spectrum.into_samples(ROOM + speech.len());
    sound.into_iter().skip(ROOM).map(|v| v as f32).collect()
}

/// Speech with a tilt of `db_per_octave` about 1 kHz, and bumps.
pub fn coloured(speech: &[f32], db_per_octave: f64, bumps: &[Bump]) -> Vec<f32> {
    shape(speech, |hz| {
        let octave = libm::log2(hz.max(LOWEST_HZ));
        let mut db = db_per_octave * (octave - TILT_CENTRE);
        for bump in bumps {
            let x = (octave - bump.octave) / bump.width;
            db += bump.gain_db * libm::exp(-x * x);
        }
        amplitude(db)
    })
}

/// Speech in a band. It fades out along half cosines: from 1.1 to 0.85 of the low edge, from 0.97 to 1.05 of the high
/// one. `None`: no low edge.
pub fn band(speech: &[f32], low_hz: Option<f64>, high_hz: f64) -> Vec<f32> {
    shape(speech, |hz| {
        let above = low_hz.map_or(1.0, |low| rise(hz, 0.85 * low, 1.1 * low));
        above * (1.0 - rise(hz, 0.97 * high_hz, 1.05 * high_hz))
    })
}

/// From 0 to 1 along a half cosine.
fn rise(hz: f64, from: f64, to: f64) -> f64 {
    if hz <= from {
        0.0
    } else if hz >= to {
        1.0
    } else {
        0.5 - 0.5 * libm::cos(PI * (hz - from) / (to - from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What becomes of a tone in the middle of a second of it, in dB.
    fn gain_db(hz: f64, through: impl Fn(&[f32]) -> Vec<f32>) -> f64 {
        let tone: Vec<f32> =
            (0..16_000).map(|i| (0.3 * libm::sin(2.0 * PI * hz * f64::from(i) / RATE)) as f32).collect();
        let power = |s: &[f32]| s[4_000..12_000].iter().map(|v| f64::from(v * v)).sum::<f64>();
        let out = through(&tone);
        assert_eq!(out.len(), tone.len());
        10.0 * libm::log10(power(&out) / power(&tone))
    }

    #[test]
    fn coloured_tilt_is_even_in_octaves_about_one_kilohertz() {
        for tilt in [-3.0, 2.0] {
            let through = |s: &[f32]| coloured(s, tilt, &[]);
            for hz in [128.0, 512.0, 1_024.0, 4_096.0] {
                let expected = tilt * (libm::log2(hz) - 10.0);
                assert!((gain_db(hz, through) - expected).abs() < 0.05, "{hz}: {}", gain_db(hz, through));
            }
        }
    }

    #[test]
    fn coloured_bump_has_its_centre_and_gain() {
        let bump = Bump { octave: 10.0, width: 0.5, gain_db: 6.0 };
        let through = |s: &[f32]| coloured(s, 0.0, &[bump]);
        for (hz, expected) in
            [(1_024.0, 6.0), (1_024.0 * std::f64::consts::SQRT_2, 6.0 / std::f64::consts::E), (4_096.0, 0.0)]
        {
            assert!((gain_db(hz, through) - expected).abs() < 0.1, "{hz}: {}", gain_db(hz, through));
        }
    }

    #[test]
    fn band_passes_its_band_only() {
        let telephone = |s: &[f32]| band(s, Some(300.0), 3_400.0);
        for hz in [340.0, 1_000.0, 3_200.0] {
            assert!(gain_db(hz, telephone).abs() < 0.05, "{hz}");
        }
        for hz in [100.0, 245.0, 3_600.0, 7_000.0] {
            assert!(gain_db(hz, telephone) < -50.0, "{hz}: {}", gain_db(hz, telephone));
        }
        assert!(gain_db(60.0, |s| band(s, None, 3_400.0)).abs() < 0.05);
    }

    #[test]
    fn filters_do_not_delay() {
        let mut click = vec![0.0f32; 4_001];
        click[2_000] = 0.5;
        for out in [coloured(&click, 3.0, &[]), band(&click, Some(300.0), 3_400.0)] {
            let peak = (0..out.len()).max_by(|a, b| out[*a].total_cmp(&out[*b])).unwrap();
            assert_eq!(peak, 2_000);
        }
        assert!(shape(&[], |_| 1.0).is_empty());
    }
}
