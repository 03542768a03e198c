//! Signal quality: measures of a recording, and flags that warn when a result is less reliable.
//!
//! Flags warn, they do not refuse. Their thresholds were set on what they are for, and checked against studio corpora
//! of acted speech (German, Bangla, Danish, English), most clips of which carry none.
//!
//! ```
//! use undertone::audio::checks::{Flag, flags, measure};
//!
//! // Four seconds of a tone that was recorded with too much gain.
//! let samples: Vec<f32> = (0..64_000).map(|k| (1.5 * (0.1 * k as f32).sin()).clamp(-1.0, 1.0)).collect();
//! let report = measure(&samples);
//! assert_eq!(report.duration_s, 4.0);
//! assert!(report.clipped_share > 0.4);
//! assert!(flags(&report, false).contains(&Flag::Clipped));
//! ```

use std::ops::Range;

use serde::Serialize;

use super::high_pass::HighPass;
use super::level::{ActiveSpeechLevel, active_speech_level};
use super::{AudioError, MIN_DURATION_S, Progress, SAMPLE_RATE_HZ, extent, power_dbfs, seconds};

/// Less active speech than this is flagged [`Flag::Short`], in seconds.
pub const SHORT_ACTIVE_S: f64 = 1.0;
/// Speech softer than this is flagged [`Flag::TooQuiet`], in dBFS: 16-bit files then hold less than 45 dB of it
/// above their own rounding.
pub const QUIET_DBFS: f64 = -55.0;
/// A larger share of samples at full scale than this is flagged [`Flag::Clipped`].
pub const CLIPPED_SHARE: f64 = 0.001;
/// A smaller distance between speech and background than this is flagged [`Flag::Noisy`], in dB.
pub const NOISY_SNR_DB: f64 = 10.0;
/// A smaller share of voiced frames than this is flagged [`Flag::LittleVoice`].
pub const LITTLE_VOICE_SHARE: f64 = 0.15;

/// A larger step than this between 2250 to 3375 Hz and 4375 to 7000 Hz is flagged [`Flag::TelephoneBand`], in dB.
pub const TELEPHONE_EDGE_DB: f64 = 32.0;
/// Speech whose fast ends fall by less than this within 80 ms is flagged [`Flag::Reverberant`], in dB.
pub const REVERBERANT_FALL_DB: f64 = 14.0;
/// … unless that is more than this share of the range down to the background: then the background limits the fall.
pub const REVERBERANT_FALL_SHARE: f64 = 0.5;
/// Less distance between speech and background than this leaves open whether it was spoken, in dB.
const MANNER_SNR_DB: f64 = 18.0;
/// What is flagged [`Flag::NotSpoken`] lies above this; see [`SpeechTraits::not_spoken`].
const NOT_SPOKEN: f64 = 1.02;
/// … in a room above this, because its tail smears the spectrum, too.
const NOT_SPOKEN_IN_ROOM: f64 = 1.3;

/// What counts as full scale: the largest 16-bit integer, and everything beyond.
pub const FULL_SCALE: f32 = 32_767.0 / 32_768.0;
/// A background below this is digital silence: it is less than the rounding noise of 16 bits, in dBFS.
const DIGITAL_SILENCE_DBFS: f64 = -101.0;
/// Frames that the background is looked for in: 20 ms, in samples.
const FRAME: usize = SAMPLE_RATE_HZ as usize / 50;

/// Makes sure that 16 kHz samples can be analysed at all.
///
/// # Errors
/// [`AudioError::Empty`], [`AudioError::TooShort`] under 60 ms, [`AudioError::NotFinite`]. Silence is found by
/// [`super::region::find`], lack of voice by the analysis.
pub fn check_samples(samples: &[f32]) -> Result<(), AudioError> {
    if let Some(index) = samples.iter().position(|v| !v.is_finite()) {
        return Err(AudioError::NotFinite { index });
    }
    check_length(samples.len())
}

/// Makes sure that there are enough samples at 16 kHz.
///
/// # Errors
/// [`AudioError::Empty`], [`AudioError::TooShort`] under 60 ms.
pub fn check_length(samples: usize) -> Result<(), AudioError> {
    if samples == 0 {
        return Err(AudioError::Empty);
    }
    let duration_s = seconds(samples);
    if duration_s < MIN_DURATION_S {
        return Err(AudioError::TooShort { duration_s });
    }
    Ok(())
}

/// Signal quality of a whole recording as it came in, at 16 kHz.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignalReport {
    /// Length of the recording, in seconds.
    pub duration_s: f64,
    /// Active time after ITU-T P.56, in seconds; see [`super::level::ActiveSpeechLevel::active_s`].
    pub active_speech_s: f64,
    /// Level of the speech while active, in dB relative to a mean square of 1; −200 for silence.
    pub active_speech_level_dbfs: f64,
    /// The largest absolute sample, in dB relative to 1; −200 for silence.
    pub peak_dbfs: f64,
    /// Share of samples at or beyond [`FULL_SCALE`], 0 … 1.
    pub clipped_share: f64,
    /// Mean of the samples.
    pub dc: f64,
    /// Active speech level less the mean power of the quietest tenth of all 20 ms frames, in dB. Frames are laid
    /// from the first to the last sample that is not zero. None if that background is digital silence, and for
    /// less than ten frames.
    pub snr_db: Option<f64>,
    /// Share of frames of the speech region that have a pitch, 0 … 1. None until the analysis fills it in.
    pub voiced_share: Option<f64>,
    /// What line, room and manner of speaking are flagged by. Results have the flags only.
    #[serde(skip)]
    pub traits: SpeechTraits,
}

/// Figures of the speech at its fixed level, filled in by the analysis. None: not judged, because there is too little.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SpeechTraits {
    /// Mean power per hertz of 2250 to 3375 Hz over that of 4375 to 7000 Hz, in dB.
    pub band_edge_db: Option<f64>,
    /// By how much the fast ends of the speech fall within 80 ms, in dB.
    pub fall_db: Option<f64>,
    /// That as a share of the range from loud frames to the background.
    pub fall_share: Option<f64>,
    /// How much it moves as laughter, sobs, cries, singing and calls do: above 1 hardly any speech does.
    pub not_spoken: Option<f64>,
}

/// Measures everything but [`SignalReport::voiced_share`].
#[must_use]
pub fn measure(samples: &[f32]) -> SignalReport {
    measure_at_level(samples, &active_speech_level(samples))
}

/// [`measure`] for a recording whose level has been measured already.
#[must_use]
pub fn measure_at_level(samples: &[f32], level: &ActiveSpeechLevel) -> SignalReport {
    let mut meter = SignalMeter::new(samples, *level);
    Progress::wait(|| meter.step(samples, usize::MAX))
}

/// [`measure_at_level`] in pieces.
#[derive(Debug)]
pub(crate) struct SignalMeter {
    level: ActiveSpeechLevel,
    /// The recording without digital silence at its ends.
    extent: Range<usize>,
    seen: usize,
    peak: f32,
    clipped: usize,
    sum: f64,
    high_pass: HighPass,
    /// Powers of the samples of a frame that is not complete.
    frame: Vec<f64>,
    /// Mean powers of the complete ones.
    frames: Vec<f64>,
}

impl SignalMeter {
    pub(crate) fn new(samples: &[f32], level: ActiveSpeechLevel) -> SignalMeter {
        SignalMeter {
            level,
            extent: extent(samples),
            seen: 0,
            peak: 0.0,
            clipped: 0,
            sum: 0.0,
            high_pass: HighPass::default(),
            frame: Vec::with_capacity(FRAME),
            frames: Vec::new(),
        }
    }

    /// Measures up to `count` further samples. `samples` is the whole recording, always the same.
    pub(crate) fn step(&mut self, samples: &[f32], count: usize) -> Progress<SignalReport> {
        let (from, to) = (self.seen, self.seen.saturating_add(count).min(samples.len()));
        let piece = &samples[from..to];
        self.peak = piece.iter().fold(self.peak, |peak, v| peak.max(v.abs()));
        self.sum = piece.iter().fold(self.sum, |sum, v| sum + f64::from(*v));
        self.clipped += piece.iter().filter(|v| v.abs() >= FULL_SCALE).count();
        let Range { start, end } = self.extent;
        for v in samples.get(from.max(start)..to.min(end)).unwrap_or_default() {
            let v = self.high_pass.next(*v);
            self.frame.push(v * v);
            if self.frame.len() == FRAME {
                self.frames.push(self.frame.iter().sum::<f64>() / FRAME as f64);
                self.frame.clear();
            }
        }
        self.seen = to;
        if to < samples.len() {
            return Progress::Share(to as f64 / samples.len() as f64);
        }
        Progress::Done(self.report(samples.len()))
    }

    fn report(&mut self, count: usize) -> SignalReport {
        let length = count.max(1) as f64;
        SignalReport {
            duration_s: seconds(count),
            active_speech_s: self.level.active_s,
            active_speech_level_dbfs: self.level.level_dbfs,
            peak_dbfs: power_dbfs(f64::from(self.peak) * f64::from(self.peak)),
            clipped_share: self.clipped as f64 / length,
            dc: self.sum / length,
            snr_db: self.background_dbfs().map(|background| self.level.level_dbfs - background),
            voiced_share: None,
            traits: SpeechTraits::default(),
        }
    }

    /// Mean power of the quietest tenth of the frames, in dBFS.
    fn background_dbfs(&mut self) -> Option<f64> {
        self.frames.sort_by(f64::total_cmp);
        let quietest = &self.frames[..self.frames.len() / 10];
        if quietest.is_empty() {
            return None;
        }
        let background = power_dbfs(quietest.iter().sum::<f64>() / quietest.len() as f64);
        (background > DIGITAL_SILENCE_DBFS).then_some(background)
    }
}

/// Why a result is less reliable. The names are the same in page, JSON and documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Less than [`SHORT_ACTIVE_S`] of active speech.
    Short,
    /// Active speech level below [`QUIET_DBFS`].
    TooQuiet,
    /// More than [`CLIPPED_SHARE`] of the samples at full scale.
    Clipped,
    /// Speech less than [`NOISY_SNR_DB`] above the background.
    Noisy,
    /// Late reverberation of a room.
    Reverberant,
    /// Nothing above 4 kHz, as over a telephone.
    TelephoneBand,
    /// Less than [`LITTLE_VOICE_SHARE`] of the frames voiced.
    LittleVoice,
    /// Laughter, sobs, crying, singing or calling rather than speech.
    NotSpoken,
    /// The model finds the voice unlike its training voices.
    UnlikeReference,
}

impl Flag {
    /// All flags, in the order in which they are reported.
    pub const ALL: [Self; 9] = [
        Self::Short,
        Self::TooQuiet,
        Self::Clipped,
        Self::Noisy,
        Self::Reverberant,
        Self::TelephoneBand,
        Self::LittleVoice,
        Self::NotSpoken,
        Self::UnlikeReference,
    ];

    /// The name in page, JSON and documentation.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::TooQuiet => "too_quiet",
            Self::Clipped => "clipped",
            Self::Noisy => "noisy",
            Self::Reverberant => "reverberant",
            Self::TelephoneBand => "telephone_band",
            Self::LittleVoice => "little_voice",
            Self::NotSpoken => "not_spoken",
            Self::UnlikeReference => "unlike_reference",
        }
    }
}

impl std::fmt::Display for Flag {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

/// The flags that a report raises, in the order of [`Flag::ALL`]. What could not be measured raises none.
#[must_use]
pub fn flags(report: &SignalReport, unlike_reference: bool) -> Vec<Flag> {
    let traits = &report.traits;
    let slow_fall = traits.fall_db.is_some_and(|fall| fall < REVERBERANT_FALL_DB)
        && traits.fall_share.is_some_and(|share| share < REVERBERANT_FALL_SHARE);
    let limit = if slow_fall { NOT_SPOKEN_IN_ROOM } else { NOT_SPOKEN };
    let not_spoken =
        traits.not_spoken.is_some_and(|v| v > limit) && report.snr_db.is_none_or(|snr| snr >= MANNER_SNR_DB);
    let raised = |flag: &Flag| match flag {
        Flag::Short => report.active_speech_s < SHORT_ACTIVE_S,
        Flag::TooQuiet => report.active_speech_level_dbfs < QUIET_DBFS,
        Flag::Clipped => report.clipped_share > CLIPPED_SHARE,
        Flag::Noisy => report.snr_db.is_some_and(|snr| snr < NOISY_SNR_DB),
        // A held vowel ends slowly without any room.
        Flag::Reverberant => slow_fall && !not_spoken,
        Flag::TelephoneBand => traits.band_edge_db.is_some_and(|edge| edge > TELEPHONE_EDGE_DB),
        Flag::NotSpoken => not_spoken,
        Flag::LittleVoice => report.voiced_share.is_some_and(|share| share < LITTLE_VOICE_SHARE),
        Flag::UnlikeReference => unlike_reference,
    };
    Flag::ALL.into_iter().filter(raised).collect()
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use proptest::prelude::*;

    use super::*;

    fn tone(amplitude: f64, seconds: f64) -> Vec<f32> {
        (0..(seconds * 16_000.0) as usize)
            .map(|i| (amplitude * libm::sin(TAU * 250.0 * i as f64 / 16_000.0)) as f32)
            .collect()
    }

    fn good() -> SignalReport {
        SignalReport {
            duration_s: 3.0,
            active_speech_s: 2.0,
            active_speech_level_dbfs: -26.0,
            peak_dbfs: -9.0,
            clipped_share: 0.0,
            dc: 0.0,
            snr_db: Some(40.0),
            voiced_share: Some(0.5),
            traits: SpeechTraits {
                band_edge_db: Some(5.0),
                fall_db: Some(30.0),
                fall_share: Some(0.7),
                not_spoken: Some(0.0),
            },
        }
    }

    #[test]
    fn check_samples_names_what_cannot_be_analysed() {
        assert_eq!(check_samples(&[]), Err(AudioError::Empty));
        assert_eq!(check_samples(&[0.0; 959]), Err(AudioError::TooShort { duration_s: 959.0 / 16_000.0 }));
        assert_eq!(check_samples(&[0.0; 960]), Ok(()));
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let mut sound = vec![0.0; 2_000];
            sound[1_234] = bad;
            assert_eq!(check_samples(&sound), Err(AudioError::NotFinite { index: 1_234 }));
        }
    }

    #[test]
    fn measure_counts_clipped_samples_one_by_one() {
        let mut sound = vec![0.1; 1_000];
        sound[..6].copy_from_slice(&[1.0, -1.0, 32_767.0 / 32_768.0, -32_767.0 / 32_768.0, 1.7, -9.0]);
        sound[6] = 32_766.0 / 32_768.0;
        let report = measure(&sound);
        assert_eq!(report.clipped_share, 0.006);
        assert!((report.peak_dbfs - 19.0849).abs() < 1e-3);
    }

    #[test]
    fn measure_gives_duration_and_dc() {
        let report = measure(&tone(0.1, 2.0).iter().map(|v| v + 0.25).collect::<Vec<_>>());
        assert_eq!(report.duration_s, 2.0);
        assert!((report.dc - 0.25).abs() < 1e-6);
    }

    #[test]
    fn snr_is_speech_over_background() {
        // A tone for two seconds of four, over a background 30 dB softer that never stops.
        let mut sound = tone(0.001 * libm::pow(10.0, 1.5), 4.0);
        sound[32_000..].fill(0.0);
        let background: Vec<f32> = tone(0.001, 4.0);
        let sound: Vec<f32> = sound.iter().zip(&background).map(|(a, b)| a + b).collect();
        let report = measure(&sound);
        let expected = report.active_speech_level_dbfs - (20.0 * libm::log10(0.001) - 3.0103);
        assert!((report.snr_db.unwrap() - expected).abs() < 0.05, "{report:?}, expected {expected}");
        assert!((report.snr_db.unwrap() - 30.0).abs() < 1.0, "{report:?}");
        // Digital silence at the ends is not the background.
        let padded = [vec![0.0; 20_000], sound, vec![0.0; 20_000]].concat();
        assert_eq!(measure(&padded).snr_db, report.snr_db);
    }

    #[test]
    fn snr_is_none_without_background() {
        assert_eq!(measure(&[tone(0.1, 1.0), vec![0.0; 8_000], tone(0.1, 1.0)].concat()).snr_db, None);
        assert_eq!(measure(&tone(0.1, 0.19)).snr_db, None);
        assert_eq!(measure(&[]).snr_db, None);
    }

    #[test]
    fn flags_have_their_thresholds() {
        assert_eq!(flags(&good(), false), []);
        let one = |change: fn(&mut SignalReport)| {
            let mut report = good();
            change(&mut report);
            flags(&report, false)
        };
        assert_eq!(one(|r| r.active_speech_s = SHORT_ACTIVE_S - 0.001), [Flag::Short]);
        assert_eq!(one(|r| r.active_speech_s = SHORT_ACTIVE_S), []);
        assert_eq!(one(|r| r.active_speech_level_dbfs = QUIET_DBFS - 0.1), [Flag::TooQuiet]);
        assert_eq!(one(|r| r.clipped_share = CLIPPED_SHARE * 1.01), [Flag::Clipped]);
        assert_eq!(one(|r| r.clipped_share = CLIPPED_SHARE), []);
        assert_eq!(one(|r| r.snr_db = Some(NOISY_SNR_DB - 0.1)), [Flag::Noisy]);
        assert_eq!(one(|r| r.snr_db = None), []);
        assert_eq!(one(|r| r.voiced_share = Some(LITTLE_VOICE_SHARE - 0.01)), [Flag::LittleVoice]);
        assert_eq!(one(|r| r.voiced_share = None), []);
        assert_eq!(flags(&good(), true), [Flag::UnlikeReference]);
        assert_eq!(one(|r| r.traits.band_edge_db = Some(32.1)), [Flag::TelephoneBand]);
        assert_eq!(one(|r| r.traits.band_edge_db = Some(32.0)), []);
        assert_eq!(one(|r| r.traits = SpeechTraits::default()), []);
    }

    #[test]
    fn slow_ends_are_a_room_unless_noise_limits_them() {
        let one = |fall, share| {
            let mut report = good();
            (report.traits.fall_db, report.traits.fall_share) = (Some(fall), Some(share));
            flags(&report, false)
        };
        assert_eq!(one(13.9, 0.49), [Flag::Reverberant]);
        assert_eq!(one(14.0, 0.49), []);
        assert_eq!(one(13.9, 0.5), []);
    }

    #[test]
    fn what_is_not_spoken_is_flagged_where_it_can_be_told() {
        let one = |not_spoken, fall, snr| {
            let mut report = good();
            report.traits.not_spoken = Some(not_spoken);
            (report.traits.fall_db, report.traits.fall_share) = (Some(fall), Some(0.3));
            report.snr_db = snr;
            flags(&report, false)
        };
        assert_eq!(one(1.03, 30.0, Some(18.0)), [Flag::NotSpoken]);
        assert_eq!(one(1.03, 30.0, None), [Flag::NotSpoken]);
        assert_eq!(one(1.02, 30.0, Some(18.0)), []);
        assert_eq!(one(1.03, 30.0, Some(17.9)), []);
        // Held vowels end slowly, too; what a room smears must be clearer.
        assert_eq!(one(1.31, 10.0, None), [Flag::NotSpoken]);
        assert_eq!(one(1.3, 10.0, None), [Flag::Reverberant]);
    }

    #[test]
    fn flags_have_one_name_everywhere() {
        for flag in Flag::ALL {
            assert_eq!(serde_json::to_value(flag).unwrap(), flag.name());
        }
    }

    proptest! {
        #[test]
        fn measure_gives_a_finite_report_for_any_finite_samples(
            sound in prop::collection::vec(prop::num::f32::NORMAL | prop::num::f32::ZERO, 0..3_000),
        ) {
            let report = measure(&sound);
            let json = serde_json::to_value(&report).unwrap();
            for (name, value) in json.as_object().unwrap() {
                // JSON has no infinities: they would be null.
                prop_assert!(name == "snr_db" || name == "voiced_share" || value.is_number(), "{}", name);
            }
            prop_assert!(flags(&report, false).len() < Flag::ALL.len());
        }
    }
}
