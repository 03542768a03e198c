//! The pitch of a sound that is still being recorded.

use super::AnalysisError;
use crate::audio::SAMPLE_RATE_HZ;
use egemaps::Extractor;

/// Follows the pitch of a growing sound at 16 kHz.
///
/// What it gives is provisional: the newest 40 frames (0.4 s) may still be decided otherwise, and no measure comes from
/// here.
#[derive(Debug)]
pub struct LivePitch {
    extractor: Extractor,
    /// Samples that were extracted.
    done: usize,
}

impl LivePitch {
    /// Starts at the beginning of a sound of 16 kHz; no sample has been seen.
    ///
    /// # Errors
    /// [`AnalysisError::Extract`], as [`Extractor::new`], which takes 16 kHz.
    pub fn new() -> Result<LivePitch, AnalysisError> {
        // Formants of unvoiced frames, which only LLDs have, would be work for nobody.
        Ok(LivePitch { extractor: Extractor::new(SAMPLE_RATE_HZ)?.without_llds(), done: 0 })
    }

    /// Extracts what is new in `samples`, the sound from its beginning, and returns the pitch of the frames from number `first`
    /// on, Hz, 0 = unvoiced.
    ///
    /// A sample that is not a number ends an analysis with an error; here it only leaves a gap, since the recording may
    /// still go on.
    ///
    /// # Errors
    /// [`AnalysisError::Extract`], as [`Extractor::push`].
    pub fn follow(&mut self, samples: &[f32], first: usize) -> Result<Vec<f32>, AnalysisError> {
        let new = samples.get(self.done..).unwrap_or_default();
        let new: Vec<f32> = new.iter().map(|v| if v.is_finite() { *v } else { 0.0 }).collect();
        self.extractor.push(&new)?;
        self.done += new.len();
        Ok(self.extractor.provisional_f0_hz(first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::testing::recording;

    #[test]
    fn live_pitch_does_not_depend_on_how_often_it_is_asked_for() {
        let samples = recording(1.2);
        let mut often = LivePitch::new().unwrap();
        let mut last = Vec::new();
        for end in (0..samples.len()).step_by(1_777).chain([samples.len()]) {
            last = often.follow(&samples[..end], 0).unwrap();
        }
        let once = LivePitch::new().unwrap().follow(&samples, 0).unwrap();
        assert_eq!(last, once);
        assert_eq!(often.follow(&samples, 0).unwrap(), once, "nothing new");
        assert_eq!(often.follow(&samples, 90).unwrap(), once[90..]);
    }

    #[test]
    fn live_pitch_is_the_extractor_s_but_for_the_newest_frames() {
        let samples = recording(1.2);
        let live = LivePitch::new().unwrap().follow(&samples, 0).unwrap();
        let decided = egemaps::extract(&samples, SAMPLE_RATE_HZ).unwrap().f0_hz;
        assert!(live.iter().any(|f0| *f0 > 0.0) && live.len() > 150, "{}", live.len());
        assert_eq!(live[..live.len() - 40], decided[..live.len() - 40]);
    }

    #[test]
    fn live_pitch_has_a_gap_where_samples_are_not_numbers() {
        let mut samples = recording(1.2);
        let whole = LivePitch::new().unwrap().follow(&samples, 0).unwrap();
        let voiced = |line: &[f32]| line.iter().filter(|f0| **f0 > 0.0).count();
        samples[14_000..18_000].fill(f32::NAN);
        samples[18_000] = f32::INFINITY;
        let broken = LivePitch::new().unwrap().follow(&samples, 0).unwrap();
        assert_eq!(broken.len(), whole.len());
        assert!(broken.iter().all(|f0| f0.is_finite()));
        assert!(broken[95..105].iter().all(|f0| *f0 == 0.0), "{:?}", &broken[90..110]);
        assert!(voiced(&broken) + 10 < voiced(&whole) && voiced(&broken) > 20);
    }
}
