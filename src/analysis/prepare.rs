//! From samples to the two sets of features, in slices.

use crate::analysis::AnalysisError;
use crate::audio::checks::{self, SignalReport};
use crate::audio::level::{ActiveSpeechLevel, active_speech_level, gain_to_target};
use crate::audio::region::{self, Region};
use crate::audio::{AudioError, SAMPLE_RATE_HZ};
use egemaps::catalogue::FEATURE_COUNT;
use egemaps::{Extractor, Features};

/// Samples per slice: 50 ms of sound, a millisecond or two of work.
const SLICE: usize = SAMPLE_RATE_HZ as usize / 20;

/// What an utterance gives before any model sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    /// Figures about the whole recording, the voiced share of the region included.
    pub signal: SignalReport,
    /// Where the speech is.
    pub region: Region,
    /// Features of the region as it was recorded: what is shown.
    pub recorded: Features,
    /// Features of the region at the fixed active speech level: the model's inputs.
    pub levelled: Features,
}

/// Shares of the whole work that are done after each stage, for the progress.
const LEVEL_SHARE: f64 = 0.01;
const MEASURED_SHARE: f64 = 0.02;
const FOUND_SHARE: f64 = 0.04;
const EXTRACTED_SHARE: f64 = 0.94;
const SUMMARISED_SHARE: f64 = 0.97;

/// A preparation under way. Call [`Preparation::step`] until it returns 1, then [`Preparation::finish`].
///
/// Every step is a few milliseconds of work for recordings of a minute, so that a page can run it between two frames of
/// its display.
#[derive(Debug)]
pub struct Preparation {
    samples: Vec<f32>,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// The level of the whole recording is to be found,
    Level,
    /// then its other figures,
    Measure {
        level: ActiveSpeechLevel,
    },
    /// and its speech, which is to be levelled.
    Find {
        level: ActiveSpeechLevel,
        signal: SignalReport,
    },
    /// Features are being extracted from the speech; `done` counts samples.
    Extract {
        found: Found,
        done: usize,
        recorded: Box<Extractor>,
        levelled: Box<Extractor>,
    },
    /// The speech as recorded is to be summarised …
    SummariseRecorded {
        found: Found,
        recorded: Box<Extractor>,
        levelled: Box<Extractor>,
    },
    /// … then the levelled speech.
    SummariseLevelled {
        found: Found,
        recorded: Box<Features>,
        levelled: Box<Extractor>,
    },
    Done(Box<Prepared>),
    /// An error was returned; it comes again.
    Failed(AnalysisError),
}

/// What is known once the speech is found.
#[derive(Debug, Clone, PartialEq)]
struct Found {
    signal: SignalReport,
    region: Region,
    levelling: Levelling,
}

/// What brings speech to the fixed active level: its DC is taken out, then comes the gain.
///
/// Many microphones and sound cards add a constant, and the features' lowest bins would take it for a deep tone. The
/// mean is that of the speech region alone, so silence around the speech does not change it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Levelling {
    dc: f64,
    gain: f64,
}

impl Levelling {
    fn for_speech(speech: &[f32]) -> Levelling {
        let sum = speech.iter().fold(0.0f64, |sum, v| sum + f64::from(*v));
        let without_dc = Levelling { dc: sum / speech.len().max(1) as f64, gain: 1.0 };
        let gain = gain_to_target(&active_speech_level(&without_dc.of(speech)));
        Levelling { gain, ..without_dc }
    }

    /// The samples levelled, rounded once.
    fn of(self, samples: &[f32]) -> Vec<f32> {
        samples.iter().map(|v| ((f64::from(*v) - self.dc) * self.gain) as f32).collect()
    }
}

impl Preparation {
    /// Checks a whole recording at 16 kHz.
    ///
    /// # Errors
    /// [`AnalysisError::Audio`] if it is empty, under 60 ms, or holds NaN or infinite samples.
    pub fn new(samples: &[f32]) -> Result<Preparation, AnalysisError> {
        checks::check_samples(samples)?;
        Ok(Preparation { samples: samples.to_vec(), stage: Stage::Level })
    }

    /// Does the next small piece of work and returns the share that is done, 0 … 1.
    ///
    /// # Errors
    /// [`AudioError::Silent`] if there is no speech, [`AudioError::NoVoice`] if no frame of the levelled speech has a
    /// pitch; [`AnalysisError::Extract`] if the speech is shorter than a frame.
    pub fn step(&mut self) -> Result<f64, AnalysisError> {
        // While a piece is under way the stage reads as failed; nobody sees that unless it does fail.
        let stage = std::mem::replace(&mut self.stage, Stage::Failed(AudioError::Empty.into()));
        match self.advance(stage) {
            Ok((stage, share)) => {
                self.stage = stage;
                Ok(share)
            }
            Err(error) => {
                self.stage = Stage::Failed(error.clone());
                Err(error)
            }
        }
    }

    fn advance(&self, stage: Stage) -> Result<(Stage, f64), AnalysisError> {
        Ok(match stage {
            Stage::Level => (Stage::Measure { level: active_speech_level(&self.samples) }, LEVEL_SHARE),
            Stage::Measure { level } => {
                let signal = checks::measure_at_level(&self.samples, &level);
                (Stage::Find { level, signal }, MEASURED_SHARE)
            }
            Stage::Find { level, signal } => {
                let (region, levelling) = region_and_levelling(&self.samples, &level)?;
                let extractor = || Extractor::new(SAMPLE_RATE_HZ).map(Box::new);
                let found = Found { signal, region, levelling };
                let (recorded, levelled) = (extractor()?, extractor()?);
                (Stage::Extract { found, done: 0, recorded, levelled }, FOUND_SHARE)
            }
            Stage::Extract { found, done, mut recorded, mut levelled } => {
                let speech = found.region.of(&self.samples);
                let end = (done + SLICE).min(speech.len());
                let slice = &speech[done..end];
                recorded.push(slice)?;
                levelled.push(&found.levelling.of(slice))?;
                if end == speech.len() {
                    (Stage::SummariseRecorded { found, recorded, levelled }, EXTRACTED_SHARE)
                } else {
                    let share = end as f64 / speech.len() as f64;
                    let share = FOUND_SHARE + share * (EXTRACTED_SHARE - FOUND_SHARE);
                    (Stage::Extract { found, done: end, recorded, levelled }, share)
                }
            }
            Stage::SummariseRecorded { found, recorded, levelled } => {
                let recorded = Box::new(recorded.finish()?);
                (Stage::SummariseLevelled { found, recorded, levelled }, SUMMARISED_SHARE)
            }
            Stage::SummariseLevelled { found, recorded, levelled } => {
                let levelled = levelled.finish()?;
                let voiced_share = levelled.voiced_share();
                if voiced_share == 0.0 {
                    return Err(AudioError::NoVoice.into());
                }
                let signal = SignalReport { voiced_share: Some(voiced_share), ..found.signal };
                let prepared = Prepared { signal, region: found.region, recorded: *recorded, levelled };
                (Stage::Done(Box::new(prepared)), 1.0)
            }
            Stage::Done(prepared) => (Stage::Done(prepared), 1.0),
            Stage::Failed(error) => return Err(error),
        })
    }

    /// Ends the preparation; what was not worked off yet is done at once.
    ///
    /// # Errors
    /// As [`Preparation::step`].
    pub fn finish(mut self) -> Result<Prepared, AnalysisError> {
        loop {
            if let Stage::Done(prepared) = self.stage {
                return Ok(*prepared);
            }
            self.step()?;
        }
    }
}

/// Where the speech is, and what brings it to the fixed active level.
fn region_and_levelling(
    samples: &[f32],
    level: &ActiveSpeechLevel,
) -> Result<(Region, Levelling), AnalysisError> {
    let region = region::find_at_level(samples, level)?;
    Ok((region, Levelling::for_speech(region.of(samples))))
}

/// The speech of a whole recording at 16 kHz, at the fixed active level: where it is, and the samples that the model's
/// inputs are extracted from.
///
/// # Errors
/// As [`Preparation::new`]; [`AudioError::Silent`] if there is no speech.
pub fn levelled_speech(samples: &[f32]) -> Result<(Region, Vec<f32>), AnalysisError> {
    checks::check_samples(samples)?;
    let (region, levelling) = region_and_levelling(samples, &active_speech_level(samples))?;
    let speech = levelling.of(region.of(samples));
    Ok((region, speech))
}

/// The 88 inputs of the model for a whole recording at 16 kHz: what training uses.
///
/// # Errors
/// As [`Preparation::new`] and [`Preparation::finish`].
pub fn model_features(samples: &[f32]) -> Result<[f32; FEATURE_COUNT], AnalysisError> {
    let (_, speech) = levelled_speech(samples)?;
    voiced_functionals(&speech)
}

/// The 88 functionals of the speech in a whole recording at 16 kHz, its level as recorded. The model never gets them; they
/// show what levelling is worth.
///
/// # Errors
/// As [`model_features`].
pub fn recorded_features(samples: &[f32]) -> Result<[f32; FEATURE_COUNT], AnalysisError> {
    checks::check_samples(samples)?;
    let region = region::find_at_level(samples, &active_speech_level(samples))?;
    voiced_functionals(region.of(samples))
}

fn voiced_functionals(speech: &[f32]) -> Result<[f32; FEATURE_COUNT], AnalysisError> {
    let mut extractor = Extractor::new(SAMPLE_RATE_HZ)?;
    extractor.push(speech)?;
    let extracted = extractor.finish()?;
    if extracted.voiced_share() == 0.0 {
        return Err(AudioError::NoVoice.into());
    }
    Ok(extracted.functionals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use test_signals::Voice;

    /// A voice with half a second of silence before and after; without noise, so that `gain` scales the whole.
    fn utterance(seconds: f64, gain: f64) -> Vec<f32> {
        Voice { seconds, level: gain, noise: 0.0, silence_s: 0.5, ..Voice::default() }.samples()
    }

    #[test]
    fn slices_and_the_whole_give_the_same_inputs() {
        let samples = utterance(1.5, 0.3);
        let mut preparation = Preparation::new(&samples).unwrap();
        let mut progress = 0.0;
        while progress < 1.0 {
            let next = preparation.step().unwrap();
            assert!(next > progress, "{next} after {progress}");
            progress = next;
        }
        assert_eq!(preparation.step().unwrap(), 1.0);
        let prepared = preparation.finish().unwrap();
        assert_eq!(prepared.levelled.functionals, model_features(&samples).unwrap());
        assert_eq!(prepared.recorded.functionals, recorded_features(&samples).unwrap());
        assert_eq!(Preparation::new(&samples).unwrap().finish().unwrap(), prepared);
    }

    #[test]
    fn the_models_inputs_do_not_depend_on_the_gain() {
        let inputs = [0.03, 0.3, 0.9].map(|gain| model_features(&utterance(1.5, gain)).unwrap());
        for other in &inputs[1..] {
            for (i, (a, b)) in inputs[0].iter().zip(other).enumerate() {
                // Sixteen bits at different levels: what differs is rounding of rounding.
                assert!((a - b).abs() <= 2e-2 * a.abs().max(0.05), "feature {i}: {a} {b}");
            }
        }
    }

    #[test]
    fn a_constant_is_taken_out_before_the_gain() {
        let clean = utterance(1.5, 0.3);
        let shifted: Vec<f32> = clean.iter().map(|v| v + 0.05).collect();
        let [a, b] = [clean, shifted].map(|speech| Levelling::for_speech(&speech).of(&speech));
        let peak = a.iter().fold(0.0f32, |peak, v| peak.max(v.abs()));
        for (a, b) in a.iter().zip(&b) {
            assert!((a - b).abs() < 1e-4 * peak, "{a} {b}");
        }
    }

    #[test]
    fn silence_around_the_speech_changes_nothing() {
        let samples = utterance(1.0, 0.3);
        let mut padded = vec![0.0; 3_333];
        padded.extend(&samples);
        padded.extend([0.0; 777]);
        assert_eq!(model_features(&samples).unwrap(), model_features(&padded).unwrap());
    }

    #[test]
    fn what_has_no_voice_is_named() {
        let hiss = test_signals::hiss(16_000);
        assert_eq!(model_features(&hiss).unwrap_err().code(), "no_voice");
        let mut preparation = Preparation::new(&hiss).unwrap();
        let error = std::iter::repeat_with(|| preparation.step()).find_map(Result::err).unwrap();
        assert_eq!(error.code(), "no_voice");
        assert_eq!(preparation.step(), Err(error), "a failure stays");
        assert_eq!(model_features(&[]).unwrap_err().code(), "empty");
        assert_eq!(model_features(&[0.1; 800]).unwrap_err().code(), "too_short");
        assert_eq!(model_features(&[0.0; 16_000]).unwrap_err().code(), "silent");
        assert_eq!(model_features(&[f32::NAN; 16_000]).unwrap_err().code(), "not_finite");
    }
}
