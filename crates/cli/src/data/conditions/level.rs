//! Gain, rounding and clipping: what a microphone's preamplifier and converter do.

use undertone::audio::SILENCE_DBFS;
use undertone::audio::checks::FULL_SCALE;
use undertone::audio::level::active_speech_level;

/// Ratio of amplitudes for decibels.
pub fn amplitude(db: f64) -> f64 {
    libm::pow(10.0, db / 20.0)
}

/// Mean square.
pub fn mean_square(samples: &[f64]) -> f64 {
    let mut sum = 0.0;
    for v in samples {
        sum += v * v;
    }
    sum / samples.len().max(1) as f64
}

/// Gain of `db`, or as much of it as keeps the peak within full scale.
pub fn gain(samples: &[f32], db: f64) -> Vec<f32> {
    let peak = samples.iter().fold(0.0f32, |peak, v| peak.max(v.abs()));
    let most = if peak > 0.0 { f64::from(FULL_SCALE) / f64::from(peak) } else { f64::INFINITY };
    // A sound that is beyond full scale already is not turned down for it.
    let factor = amplitude(db).min(most.max(1.0));
    samples.iter().map(|v| (f64::from(*v) * factor) as f32).collect()
}

/// To the nearest of 65,536 steps, as a converter of 16 bits gives them.
pub fn sixteen_bits(samples: &[f32]) -> Vec<f32> {
    samples.iter().map(|v| (v * 32_768.0).round().clamp(-32_768.0, 32_767.0) / 32_768.0).collect()
}

/// Brings the peak to `db` above full scale and cuts what is beyond it.
pub fn clip(samples: &[f32], db: f64) -> Vec<f32> {
    let peak = samples.iter().fold(0.0f32, |peak, v| peak.max(v.abs()));
    if peak <= 0.0 {
        return samples.to_vec();
    }
    let factor = amplitude(db) / f64::from(peak);
    samples.iter().map(|v| ((f64::from(*v) * factor) as f32).clamp(-FULL_SCALE, FULL_SCALE)).collect()
}

/// Gives a sound the active speech level of another one.
pub fn match_level(sound: &[f64], like: &[f32]) -> Vec<f32> {
    let rounded: Vec<f32> = sound.iter().map(|v| *v as f32).collect();
    let (wanted, own) = (active_speech_level(like).level_dbfs, active_speech_level(&rounded).level_dbfs);
    if wanted <= SILENCE_DBFS || own <= SILENCE_DBFS {
        return rounded;
    }
    let factor = amplitude(wanted - own);
    sound.iter().map(|v| (v * factor) as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing::utterance;

    #[test]
    fn gain_is_in_decibels_up_to_full_scale() {
        let sound = gain(&utterance(1), -15.0);
        let level = |s: &[f32]| active_speech_level(s).level_dbfs;
        for db in [-20.0, -3.0, 4.0, 10.0] {
            assert!((level(&gain(&sound, db)) - level(&sound) - db).abs() < 1e-3, "{db}");
        }
        let loud = gain(&sound, 60.0);
        let peak = loud.iter().fold(0.0f32, |peak, v| peak.max(v.abs()));
        assert!((peak - FULL_SCALE).abs() < 1e-6);
        assert_eq!(gain(&[0.0, 1.5], 20.0), [0.0, 1.5]);
        assert_eq!(gain(&[0.0; 3], 20.0), [0.0; 3]);
    }

    #[test]
    fn sixteen_bits_rounds_to_the_nearest_step() {
        let step = 1.0 / 32_768.0;
        assert_eq!(
            sixteen_bits(&[0.4 * step, 0.6 * step, -0.6 * step, 2.0]),
            [0.0, step, -step, 32_767.0 * step]
        );
    }

    #[test]
    fn clip_limits_to_full_scale() {
        let cut = clip(&[0.1, -0.2, 0.05, 0.0], 20.0 * libm::log10(2.0));
        assert_eq!(&cut[..2], &[FULL_SCALE, -FULL_SCALE]);
        assert!((cut[2] - 0.5).abs() < 1e-6 && cut[3] == 0.0);
        assert_eq!(clip(&[0.0; 2], 6.0), [0.0; 2]);
    }
}
