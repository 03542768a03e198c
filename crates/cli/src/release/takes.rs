//! The takes that half-widths and the order of two recordings are calibrated on, and measured on in test corpora:
//! recordings as they are, under conditions, and crops of both.

use super::interval;
use crate::data::conditions::{BackgroundSpeech, Condition};
use crate::numeric::random::Random;
use egemaps::catalogue::FEATURE_COUNT;
use undertone::audio::{AudioError, SAMPLE_RATE_HZ, checks, region, seconds};
use undertone::model::{Circumstances, KNOTS};

/// Lengths of the crops, in seconds.
const CROPS_S: [f64; 2] = [0.9, 1.5];
/// Active speech level over the louder noise, in dB; that of [`interval::conditions`] is not flagged as noisy.
pub const LOUD_NOISE_SNR_DB: f64 = 7.0;
/// Places in [`takes`] of the crops and of the recordings as they are, all without noise, with rising duration.
pub const CLEAN_TAKES: [usize; KNOTS] = [7, 8, 0];
/// The same with all takes, those of a duration together: under a condition a recording stays as long as it is.
pub const TAKES_BY_DURATION: [&[usize]; KNOTS] = [&[7, 9], &[8, 10], &[0, 1, 2, 3, 4, 5, 6]];
/// Talkers of the babble.
const TALKERS: usize = 6;

/// A version of a recording.
#[derive(Debug, Clone)]
pub struct Take {
    /// What is done to all of it.
    pub condition: Condition,
    /// Length of a piece of its speech, in seconds; `None` for all of it.
    pub crop_s: Option<f64>,
}

/// All takes. The first is the recording as it is, then come the [`interval::conditions`].
pub fn takes(background: &BackgroundSpeech) -> Vec<Take> {
    let whole = |condition| Take { condition, crop_s: None };
    let crops = |condition: Condition| {
        CROPS_S.map(|length| Take { condition: condition.clone(), crop_s: Some(length) })
    };
    let snr_db = LOUD_NOISE_SNR_DB;
    let pink = Condition::PinkNoise { snr_db };
    let babble = Condition::Babble { snr_db, talkers: TALKERS, background: background.clone() };
    let mut all = vec![whole(Condition::Clean)];
    all.extend(interval::conditions(background).into_iter().map(whole));
    all.extend([whole(pink.clone()), whole(babble)]);
    all.extend(crops(Condition::Clean));
    all.extend(crops(pink));
    all
}

impl Take {
    /// Name for progress bars and folders.
    pub fn name(&self) -> String {
        match self.crop_s {
            Some(length) => format!("{}, {length} s of it", self.condition.name()),
            None => self.condition.name(),
        }
    }

    /// Whether nothing was done to the recording, or to the crop.
    pub fn is_clean(&self) -> bool {
        matches!(self.condition, Condition::Clean)
    }

    /// The samples of this take. Random numbers, and where the crop begins, follow from the seed.
    ///
    /// # Errors
    /// [`AudioError::TooShort`] for recordings with less speech than the crop is long; others as for [`Condition::apply`].
    pub fn apply(&self, samples: &[f32], seed: u64) -> Result<Vec<f32>, AudioError> {
        let changed = self.condition.apply(samples, seed)?;
        let Some(length) = self.crop_s else { return Ok(changed) };
        let speech = region::find(samples)?;
        let count = (length * f64::from(SAMPLE_RATE_HZ)) as usize;
        let room = (speech.end - speech.start).checked_sub(count);
        let room =
            room.ok_or_else(|| AudioError::TooShort { duration_s: seconds(speech.end - speech.start) })?;
        let start = speech.start + Random::new(seed).below(room + 1);
        Ok(changed[start.min(changed.len())..(start + count).min(changed.len())].to_vec())
    }
}

/// Duration of the speech and distance to the background of all takes of a recording, two numbers each, as one row: so the
/// reader of corpora and its cache serve for them as for features. [`circumstances_in`] reads it.
///
/// # Errors
/// [`AudioError`] if the recording has no speech. Takes that do not exist have no speech.
pub fn circumstances_row(
    takes: &[Take],
    samples: &[f32],
    seed: u64,
) -> Result<[f32; FEATURE_COUNT], AudioError> {
    let mut row = [0.0; FEATURE_COUNT];
    for (take, place) in takes.iter().zip(row.chunks_exact_mut(2)) {
        match take.apply(samples, seed) {
            Ok(changed) => {
                let report = checks::measure(&changed);
                place[0] = report.active_speech_s as f32;
                place[1] = report.snr_db.map_or(NO_BACKGROUND, |snr_db| snr_db as f32);
            }
            Err(AudioError::TooShort { .. }) => (),
            Err(error) => return Err(error),
        }
    }
    Ok(row)
}

/// Stands for a recording without background in a row.
const NO_BACKGROUND: f32 = 1e9;

/// Reads what [`circumstances_row`] wrote of the take at this place; `None` if there is no such take.
pub fn circumstances_in(row: &[f32; FEATURE_COUNT], take: usize) -> Option<Circumstances> {
    let (speech_s, snr_db) = (*row.get(2 * take)?, *row.get(2 * take + 1)?);
    (speech_s > 0.0).then_some(Circumstances {
        speech_s: speech_s.into(),
        snr_db: (snr_db < NO_BACKGROUND).then_some(snr_db.into()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing::utterance;

    #[test]
    fn takes_have_different_names_fit_into_a_row_and_begin_with_the_recording_as_it_is() {
        let all = takes(&BackgroundSpeech::Synthesised);
        assert!(2 * all.len() <= FEATURE_COUNT);
        let mut names: Vec<String> = all.iter().map(Take::name).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), all.len());
        assert!(all[0].is_clean() && all[0].crop_s.is_none());
        for (k, places) in TAKES_BY_DURATION.into_iter().enumerate() {
            let length = CROPS_S.get(k).copied();
            let expected: Vec<usize> = (0..all.len()).filter(|&i| all[i].crop_s == length).collect();
            assert_eq!(places, expected);
            let clean: Vec<usize> = expected.into_iter().filter(|&i| all[i].is_clean()).collect();
            assert_eq!([CLEAN_TAKES[k]], *clean);
        }
        for (take, condition) in all[1..].iter().zip(interval::conditions(&BackgroundSpeech::Synthesised)) {
            assert_eq!((take.name(), take.crop_s), (condition.name(), None));
        }
    }

    #[test]
    fn crops_lie_within_the_speech_and_follow_the_seed() {
        let silence = vec![0.0; 16_000];
        let sound = [silence.clone(), utterance(1), silence].concat();
        let crop = Take { condition: Condition::Clean, crop_s: Some(0.9) };
        let one = crop.apply(&sound, 1).unwrap();
        assert_eq!(one.len(), 14_400);
        assert_eq!(crop.apply(&sound, 1).unwrap(), one);
        assert_ne!(crop.apply(&sound, 2).unwrap(), one);
        assert!(sound.windows(one.len()).any(|piece| piece == one));
        let speech = region::find(&sound).unwrap();
        assert!(region::find(&one).unwrap().start < 8_000 && speech.start > 14_000);
        let long = Take { condition: Condition::Clean, crop_s: Some(2.5) };
        assert!(matches!(long.apply(&sound, 1), Err(AudioError::TooShort { .. })));
    }

    #[test]
    fn circumstances_come_back_from_their_row() {
        let all = [
            Take { condition: Condition::Clean, crop_s: None },
            Take { condition: Condition::Clean, crop_s: Some(9.0) },
            Take { condition: Condition::PinkNoise { snr_db: 7.0 }, crop_s: Some(0.9) },
        ];
        let row = circumstances_row(&all, &utterance(1), 1).unwrap();
        let [clean, long, noisy] = [0, 1, 2].map(|take| circumstances_in(&row, take));
        let (clean, noisy) = (clean.unwrap(), noisy.unwrap());
        assert!((1.0..2.1).contains(&clean.speech_s) && (0.5..0.95).contains(&noisy.speech_s), "{row:?}");
        assert!(noisy.snr_db.unwrap() < 10.0, "{noisy:?}");
        assert_eq!((long, circumstances_in(&row, 99)), (None, None));
        let plain = circumstances_in(&[2.0, NO_BACKGROUND].repeat(44).try_into().unwrap(), 3).unwrap();
        assert_eq!(plain, Circumstances { speech_s: 2.0, snr_db: None });
    }
}
