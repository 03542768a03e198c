//! From samples to the two sets of features, in slices: the model's inputs first, so that a score can be shown while the
//! rest is computed.

use super::bands::BandMeter;
use super::describe::Describer;
use super::speech::{self, SpeechFinder};
use crate::analysis::AnalysisError;
use crate::audio::checks::{self, SignalMeter, SignalReport};
use crate::audio::level::{ActiveSpeechLevel, LevelMeter, active_speech_level, gain_to_target};
use crate::audio::region::Region;
use crate::audio::{AudioError, Progress, SAMPLE_RATE_HZ, SHORTEST_ACTIVE_S};
use egemaps::catalogue::FEATURE_COUNT;
use egemaps::{Extractor, Features, Summary};

/// Samples per slice of an extraction: 80 ms, which is eight frames, as many as the extractor works on at once.
const SLICE: usize = 8 * SAMPLE_RATE_HZ as usize / 100;
/// Samples per piece of what is measured before: a second.
const PIECE: usize = SAMPLE_RATE_HZ as usize;

/// What an utterance gives before any model sees it. Neither set of features has its low-level descriptors
/// ([`Features::llds`] is empty).
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

/// What an utterance has given as soon as a model can see it: all of [`Prepared`] but the features as recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Levelled {
    /// Figures about the whole recording, the voiced share of the region included.
    pub signal: SignalReport,
    /// Where the speech is.
    pub region: Region,
    /// Features of the region at the fixed active speech level: the model's inputs.
    pub features: Features,
}

/// Samples that are looked at in one go before anything is measured: 16 s.
const LOOKED_AT: usize = 16 * PIECE;

/// Shares of the whole work that are done after each stage, for the progress.
const CHECKED_SHARE: f64 = 0.005;
const LEVEL_SHARE: f64 = 0.03;
const MEASURED_SHARE: f64 = 0.04;
const FOUND_SHARE: f64 = 0.06;
const CENTRED_SHARE: f64 = 0.07;
const GAIN_SHARE: f64 = 0.10;
const EXTRACTED_SHARE: f64 = 0.53;
const SUMMED_SHARE: f64 = 0.54;
const SCORED_SHARE: f64 = 0.55;
const RECORDED_SHARE: f64 = 0.97;
const SUMMARISED_SHARE: f64 = 0.98;

/// A preparation under way. Call [`Preparation::step`] until it returns 1, then [`Preparation::finish`].
///
/// Every step is a millisecond or two of work, so that a page can run it between two frames of its display. (What is summed up
/// over all of a recording grows with it: some 20 ms for half an hour.)
#[derive(Debug)]
pub struct Preparation<S> {
    samples: S,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// The first so many samples are finite;
    Check(usize),
    /// the level of the whole recording is to be found,
    Level(LevelMeter),
    /// then its other figures,
    Measure {
        level: ActiveSpeechLevel,
        meter: SignalMeter,
    },
    /// and its speech;
    Find {
        signal: SignalReport,
        finder: SpeechFinder,
    },
    /// the sum of the speech's first `done` samples,
    Centre {
        found: Found,
        done: usize,
        sum: f64,
    },
    /// and its level without DC.
    Gain {
        found: Found,
        dc: f64,
        meter: LevelMeter,
    },
    /// Features are being extracted from the levelled speech.
    Extract {
        found: Found,
        levelling: Levelling,
        extraction: Extraction,
        bands: Box<BandMeter>,
    },
    /// They are being summarised.
    Summarise {
        found: Found,
        summary: Box<Summary>,
        bands: Box<BandMeter>,
    },
    /// and the spectra described.
    Describe {
        found: Found,
        features: Features,
        describer: Box<Describer>,
    },
    /// A model can see the levelled speech; features are being extracted from it as it was recorded,
    ExtractRecorded {
        levelled: Box<Levelled>,
        extraction: Extraction,
    },
    /// and are being summarised.
    SummariseRecorded {
        levelled: Box<Levelled>,
        summary: Box<Summary>,
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
        let dc = mean(sum(0.0, speech), speech);
        let mut meter = LevelMeter::new(speech, dc);
        let level = Progress::wait(|| meter.step(speech, usize::MAX));
        Levelling { dc, gain: gain_to_target(&level) }
    }

    /// The samples levelled, rounded once.
    fn of(self, samples: &[f32]) -> Vec<f32> {
        samples.iter().map(|v| ((f64::from(*v) - self.dc) * self.gain) as f32).collect()
    }
}

/// A sum carried on.
fn sum(sum: f64, samples: &[f32]) -> f64 {
    samples.iter().fold(sum, |sum, v| sum + f64::from(*v))
}

fn mean(sum: f64, samples: &[f32]) -> f64 {
    sum / samples.len().max(1) as f64
}

/// An extractor of what is kept of both extractions.
fn extractor() -> Result<Extractor, AnalysisError> {
    Ok(Extractor::new(SAMPLE_RATE_HZ)?.without_llds())
}

/// An extraction in slices.
#[derive(Debug)]
struct Extraction {
    extractor: Box<Extractor>,
    /// Samples of the speech that were extracted.
    done: usize,
}

impl Extraction {
    fn new() -> Result<Extraction, AnalysisError> {
        Ok(Extraction { extractor: Box::new(extractor()?), done: 0 })
    }

    /// Extracts the next slice of the speech, levelled (then also its bands) or as it is.
    fn step(
        &mut self,
        speech: &[f32],
        levelling: Option<(Levelling, &mut BandMeter)>,
    ) -> Result<Progress<()>, AnalysisError> {
        let end = (self.done + SLICE).min(speech.len());
        let slice = &speech[self.done..end];
        match levelling {
            Some((levelling, bands)) => {
                let levelled = levelling.of(slice);
                bands.push(&levelled);
                self.extractor.push(&levelled)?;
            }
            None => self.extractor.push(slice)?,
        }
        self.done = end;
        let is_done = end == speech.len();
        Ok(if is_done { Progress::Done(()) } else { Progress::Share(end as f64 / speech.len() as f64) })
    }
}

/// A place between two shares.
fn between(from: f64, to: f64, share: f64) -> f64 {
    from + share * (to - from)
}

impl<S: AsRef<[f32]>> Preparation<S> {
    /// Begins with a whole recording at 16 kHz. The samples are kept as they are given: a reference is enough where it lives as
    /// long as the preparation.
    ///
    /// # Errors
    /// [`AnalysisError::Audio`] if it is empty or under 60 ms.
    pub fn new(samples: S) -> Result<Preparation<S>, AnalysisError> {
        checks::check_length(samples.as_ref().len())?;
        Ok(Preparation { samples, stage: Stage::Check(0) })
    }

    /// Does the next small piece of work and returns the share that is done, 0 … 1.
    ///
    /// # Errors
    /// [`AudioError::NotFinite`] if a sample is NaN or infinite, [`AudioError::Silent`] if there is no speech, [`AudioError::LittleSpeech`] if there is too little, [`AudioError::NoVoice`] if no frame of the levelled speech has a
    /// pitch; [`AnalysisError::Extract`] if the speech is shorter than a frame.
    pub fn step(&mut self) -> Result<f64, AnalysisError> {
        // While a piece is under way the stage reads as failed; nobody sees that unless it does fail.
        let stage = std::mem::replace(&mut self.stage, Stage::Failed(AudioError::Empty.into()));
        match stage.advance(self.samples.as_ref()) {
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

    /// What a model needs, as soon as it is there: after about half of the work, while the speech as recorded has not been
    /// worked on yet.
    pub fn levelled(&self) -> Option<&Levelled> {
        match &self.stage {
            Stage::ExtractRecorded { levelled, .. } | Stage::SummariseRecorded { levelled, .. } => {
                Some(levelled)
            }
            _ => None,
        }
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

impl Stage {
    /// The stage after the next piece of work, and the share of all work that is done by then.
    fn advance(self, samples: &[f32]) -> Result<(Stage, f64), AnalysisError> {
        Ok(match self {
            Stage::Check(done) => {
                let end = (done + LOOKED_AT).min(samples.len());
                if let Some(index) = samples[done..end].iter().position(|v| !v.is_finite()) {
                    return Err(AudioError::NotFinite { index: done + index }.into());
                }
                if end == samples.len() {
                    (Stage::Level(LevelMeter::new(samples, 0.0)), CHECKED_SHARE)
                } else {
                    (Stage::Check(end), between(0.0, CHECKED_SHARE, end as f64 / samples.len() as f64))
                }
            }
            Stage::Level(mut meter) => match meter.step(samples, PIECE) {
                Progress::Share(share) => (Stage::Level(meter), between(CHECKED_SHARE, LEVEL_SHARE, share)),
                Progress::Done(level) => {
                    (Stage::Measure { level, meter: SignalMeter::new(samples, level) }, LEVEL_SHARE)
                }
            },
            Stage::Measure { level, mut meter } => match meter.step(samples, PIECE) {
                Progress::Share(share) => {
                    (Stage::Measure { level, meter }, between(LEVEL_SHARE, MEASURED_SHARE, share))
                }
                Progress::Done(signal) => {
                    let finder = SpeechFinder::new(samples, &level, signal.snr_db);
                    (Stage::Find { signal, finder }, MEASURED_SHARE)
                }
            },
            Stage::Find { signal, mut finder } => match finder.step(samples, PIECE) {
                Progress::Share(share) => {
                    (Stage::Find { signal, finder }, between(MEASURED_SHARE, FOUND_SHARE, share))
                }
                Progress::Done(region) => {
                    let found = Found { signal, region: region? };
                    check_active(found.signal.active_speech_s)?;
                    (Stage::Centre { found, done: 0, sum: 0.0 }, FOUND_SHARE)
                }
            },
            Stage::Centre { found, done, sum: before } => {
                let speech = found.region.of(samples);
                let end = (done + PIECE).min(speech.len());
                let sum = sum(before, &speech[done..end]);
                if end == speech.len() {
                    let dc = mean(sum, speech);
                    let meter = LevelMeter::new(speech, dc);
                    (Stage::Gain { found, dc, meter }, CENTRED_SHARE)
                } else {
                    let share = end as f64 / speech.len() as f64;
                    (Stage::Centre { found, done: end, sum }, between(FOUND_SHARE, CENTRED_SHARE, share))
                }
            }
            Stage::Gain { found, dc, mut meter } => match meter.step(found.region.of(samples), PIECE) {
                Progress::Share(share) => {
                    (Stage::Gain { found, dc, meter }, between(CENTRED_SHARE, GAIN_SHARE, share))
                }
                Progress::Done(level) => {
                    let levelling = Levelling { dc, gain: gain_to_target(&level) };
                    let bands = Box::new(BandMeter::new());
                    (Stage::Extract { found, levelling, extraction: Extraction::new()?, bands }, GAIN_SHARE)
                }
            },
            Stage::Extract { found, levelling, mut extraction, mut bands } => {
                match extraction.step(found.region.of(samples), Some((levelling, &mut bands)))? {
                    Progress::Share(share) => {
                        let share = between(GAIN_SHARE, EXTRACTED_SHARE, share);
                        (Stage::Extract { found, levelling, extraction, bands }, share)
                    }
                    Progress::Done(()) => {
                        let summary = Box::new(extraction.extractor.end()?);
                        (Stage::Summarise { found, summary, bands }, EXTRACTED_SHARE)
                    }
                }
            }
            Stage::Summarise { found, mut summary, bands } => {
                let share = summary.step();
                if share < 1.0 {
                    let share = between(EXTRACTED_SHARE, SUMMED_SHARE, share);
                    return Ok((Stage::Summarise { found, summary, bands }, share));
                }
                let features = summary.finish();
                let voiced_share = features.voiced_share();
                if voiced_share == 0.0 {
                    return Err(AudioError::NoVoice.into());
                }
                let signal = SignalReport { voiced_share: Some(voiced_share), ..found.signal };
                let found = Found { signal, ..found };
                let describer = Box::new(Describer::new(bands.finish()));
                (Stage::Describe { found, features, describer }, SUMMED_SHARE)
            }
            Stage::Describe { found: Found { signal, region }, features, mut describer } => {
                match describer.step(&features.f0_hz) {
                    Progress::Share(share) => {
                        let share = between(SUMMED_SHARE, SCORED_SHARE, share);
                        (Stage::Describe { found: Found { signal, region }, features, describer }, share)
                    }
                    Progress::Done(traits) => {
                        let signal = SignalReport { traits, ..signal };
                        let levelled = Box::new(Levelled { signal, region, features });
                        (Stage::ExtractRecorded { levelled, extraction: Extraction::new()? }, SCORED_SHARE)
                    }
                }
            }
            Stage::ExtractRecorded { levelled, mut extraction } => {
                match extraction.step(levelled.region.of(samples), None)? {
                    Progress::Share(share) => {
                        let share = between(SCORED_SHARE, RECORDED_SHARE, share);
                        (Stage::ExtractRecorded { levelled, extraction }, share)
                    }
                    Progress::Done(()) => {
                        let summary = Box::new(extraction.extractor.end()?);
                        (Stage::SummariseRecorded { levelled, summary }, RECORDED_SHARE)
                    }
                }
            }
            Stage::SummariseRecorded { levelled, mut summary } => {
                let share = summary.step();
                if share < 1.0 {
                    let share = between(RECORDED_SHARE, SUMMARISED_SHARE, share);
                    return Ok((Stage::SummariseRecorded { levelled, summary }, share));
                }
                let recorded = summary.finish();
                let Levelled { signal, region, features } = *levelled;
                let prepared = Prepared { signal, region, recorded, levelled: features };
                (Stage::Done(Box::new(prepared)), 1.0)
            }
            Stage::Done(prepared) => (Stage::Done(prepared), 1.0),
            Stage::Failed(error) => return Err(error),
        })
    }
}

/// Makes sure that there is enough speech for a score.
fn check_active(active_s: f64) -> Result<(), AudioError> {
    if active_s < SHORTEST_ACTIVE_S { Err(AudioError::LittleSpeech { active_s }) } else { Ok(()) }
}

/// Where the speech is, if there is enough.
fn find_speech(samples: &[f32], level: &ActiveSpeechLevel) -> Result<Region, AudioError> {
    let snr_db = checks::measure_at_level(samples, level).snr_db;
    let region = speech::find(samples, level, snr_db)?;
    check_active(level.active_s)?;
    Ok(region)
}

/// Where the speech is, and what brings it to the fixed active level.
fn region_and_levelling(
    samples: &[f32],
    level: &ActiveSpeechLevel,
) -> Result<(Region, Levelling), AnalysisError> {
    let region = find_speech(samples, level)?;
    Ok((region, Levelling::for_speech(region.of(samples))))
}

/// The speech of a whole recording at 16 kHz, at the fixed active level: where it is, and the samples that the model's
/// inputs are extracted from.
///
/// # Errors
/// As [`Preparation::new`]; [`AudioError::Silent`] if there is no speech, [`AudioError::LittleSpeech`] if there is too little.
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
    let region = find_speech(samples, &active_speech_level(samples))?;
    voiced_functionals(region.of(samples))
}

fn voiced_functionals(speech: &[f32]) -> Result<[f32; FEATURE_COUNT], AnalysisError> {
    let mut extractor = extractor()?;
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
        let mut first = None;
        while progress < 1.0 {
            let next = preparation.step().unwrap();
            assert!(next > progress, "{next} after {progress}");
            progress = next;
            first = first.or_else(|| preparation.levelled().cloned().map(|levelled| (progress, levelled)));
        }
        assert_eq!(preparation.step().unwrap(), 1.0);
        let prepared = preparation.finish().unwrap();
        let (half, levelled) = first.unwrap();
        assert_eq!(half, SCORED_SHARE);
        let Prepared { signal, region, levelled: features, .. } = prepared.clone();
        assert_eq!(levelled, Levelled { signal, region, features });
        assert_eq!(prepared.levelled.functionals, model_features(&samples).unwrap());
        assert_eq!(prepared.recorded.functionals, recorded_features(&samples).unwrap());
        assert_eq!(Preparation::new(&samples).unwrap().finish().unwrap(), prepared);
    }

    /// Longer than several pieces, with DC, clicks and digital silence at both ends.
    #[test]
    fn pieces_measure_what_the_whole_measures() {
        let mut samples = vec![0.0; 30_001];
        samples.extend(utterance(3.7, 0.3).iter().map(|v| v + 0.01));
        samples.extend([0.0; 20_000]);
        samples[32_000] = -0.9;
        let prepared = Preparation::new(&samples).unwrap().finish().unwrap();
        let level = active_speech_level(&samples);
        let signal = checks::measure_at_level(&samples, &level);
        let voiced_share = Some(prepared.levelled.voiced_share());
        let traits = prepared.signal.traits;
        assert_eq!(prepared.signal, SignalReport { voiced_share, traits, ..signal });
        assert_eq!(prepared.region, crate::audio::region::find_at_level(&samples, &level).unwrap());
        assert!(prepared.region.start > 30_001 && prepared.region.end - prepared.region.start > 3 * PIECE);
        assert_eq!(prepared.levelled.functionals, model_features(&samples).unwrap());
        assert_eq!(prepared.recorded.functionals, recorded_features(&samples).unwrap());
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
        let mut late = vec![0.1; LOOKED_AT + 1_000];
        late[LOOKED_AT + 7] = f32::INFINITY;
        assert_eq!(model_features(&late), Err(AudioError::NotFinite { index: LOOKED_AT + 7 }.into()));
    }
}
