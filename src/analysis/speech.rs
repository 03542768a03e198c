//! Where the speech of one utterance is: by its level, and where a background hides that, by its voice.
//!
//! The rule of [`crate::audio::region`] is one of level alone: where the background lies less than 20 dB below the speech, it
//! takes the whole recording. There the recording is cut as a conversation is ([`utterances`](super::utterances)): what lies
//! before the first or after the last utterance, and lasts as long as a pause that ends one, is background. Anything nearer stays,
//! because speech also begins and ends softly and without voice. A recording in which no utterance is found stays whole.

use super::utterances::{PAUSE_S, Splitter};
use crate::audio::level::ActiveSpeechLevel;
use crate::audio::region::{DEPTH_DB, MARGIN, Region, RegionFinder};
use crate::audio::{AudioError, Progress, SAMPLE_RATE_HZ};

/// Background of at least this length is left out, in samples.
const PAUSE: usize = (PAUSE_S * SAMPLE_RATE_HZ as f64) as usize;

/// Finds the speech of one utterance, in pieces.
#[derive(Debug)]
pub(super) struct SpeechFinder {
    /// Whether the background lies so near to the speech that level alone does not tell them apart.
    noisy: bool,
    search: Search,
}

#[derive(Debug)]
enum Search {
    ByLevel(RegionFinder),
    /// `done` samples of the region that the level gave have been searched for utterances.
    ByVoice {
        region: Region,
        splitter: Box<Splitter>,
        done: usize,
    },
}

impl SpeechFinder {
    /// `samples` is the whole recording at 16 kHz, `snr_db` how far its speech lies above its background, if it has any.
    pub(super) fn new(samples: &[f32], level: &ActiveSpeechLevel, snr_db: Option<f64>) -> SpeechFinder {
        SpeechFinder {
            noisy: snr_db.is_some_and(|snr_db| snr_db < DEPTH_DB),
            search: Search::ByLevel(RegionFinder::new(samples, level)),
        }
    }

    /// Looks at up to `count` further samples. `samples` is the whole recording, always the same.
    ///
    /// The result is [`AudioError::Silent`] if there is no speech.
    pub(super) fn step(&mut self, samples: &[f32], count: usize) -> Progress<Result<Region, AudioError>> {
        match &mut self.search {
            Search::ByLevel(finder) => match finder.step(samples, count) {
                Progress::Share(share) => Progress::Share(if self.noisy { share / 2.0 } else { share }),
                Progress::Done(Ok(region)) if self.noisy => {
                    let splitter = Box::new(Splitter::new(PAUSE_S));
                    self.search = Search::ByVoice { region, splitter, done: 0 };
                    Progress::Share(0.5)
                }
                Progress::Done(found) => Progress::Done(found),
            },
            Search::ByVoice { region, splitter, done } => {
                let sound = region.of(samples);
                let end = done.saturating_add(count).min(sound.len());
                splitter.push(&sound[*done..end]);
                *done = end;
                if end < sound.len() {
                    return Progress::Share(0.5 + 0.5 * end as f64 / sound.len() as f64);
                }
                let splitter = std::mem::replace(splitter.as_mut(), Splitter::new(PAUSE_S));
                let found = splitter.finish();
                let voices = found.first().zip(found.last()).map(|(first, last)| first.start..last.end);
                Progress::Done(Ok(voices.map_or(*region, |voices| without_background(*region, voices))))
            }
        }
    }
}

/// The region without what lies beyond the voices by a pause or more; they are counted from its beginning.
fn without_background(region: Region, voices: std::ops::Range<usize>) -> Region {
    let (start, end) = (region.start + voices.start, region.start + voices.end);
    Region {
        start: if voices.start >= PAUSE { start - MARGIN } else { region.start },
        end: if region.end.saturating_sub(end) >= PAUSE { end + MARGIN } else { region.end },
    }
}

/// Finds the speech of one utterance in one go.
///
/// # Errors
/// [`AudioError::Silent`] if there is none.
pub(super) fn find(
    samples: &[f32],
    level: &ActiveSpeechLevel,
    snr_db: Option<f64>,
) -> Result<Region, AudioError> {
    let mut finder = SpeechFinder::new(samples, level, snr_db);
    Progress::wait(|| finder.step(samples, usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::{checks, level, region};

    const RATE: f64 = SAMPLE_RATE_HZ as f64;

    fn seconds(duration_s: f64) -> Vec<f32> {
        vec![0.0; (duration_s * RATE) as usize]
    }

    /// Speech of 2 s between pauses, with hiss of the given gain all over it.
    fn recording(before_s: f64, after_s: f64, hiss: f32) -> Vec<f32> {
        let speech = test_signals::phrase(2.0, 0.5, SAMPLE_RATE_HZ);
        let sound = [seconds(before_s), speech, seconds(after_s)].concat();
        sound.iter().zip(test_signals::hiss(sound.len())).map(|(v, noise)| v + hiss * noise).collect()
    }

    fn find(samples: &[f32]) -> (Region, Option<f64>) {
        let level = level::active_speech_level(samples);
        let snr_db = checks::measure_at_level(samples, &level).snr_db;
        (super::find(samples, &level, snr_db).unwrap(), snr_db)
    }

    #[test]
    fn speech_between_long_noisy_pauses_is_found() {
        for hiss in [0.3, 0.4, 0.5] {
            let (found, snr_db) = find(&recording(1.5, 2.5, hiss));
            assert!(snr_db.unwrap() < DEPTH_DB);
            let [start, end] = found.seconds();
            assert!((start - 1.4).abs() < 0.12 && (end - 3.6).abs() < 0.15, "{hiss}, {snr_db:?}: {found:?}");
        }
    }

    #[test]
    fn a_pause_that_ends_no_utterance_stays_where_it_is_noisy() {
        let samples = recording(0.4, 1.5, 0.3);
        let (found, snr_db) = find(&samples);
        assert!(snr_db.unwrap() < DEPTH_DB);
        assert_eq!(found.start, 0);
        assert!((found.seconds()[1] - 2.5).abs() < 0.15, "{found:?}");
    }

    #[test]
    fn what_is_not_noisy_is_found_by_its_level() {
        let samples = recording(1.5, 2.5, 0.005);
        let (found, snr_db) = find(&samples);
        assert!(snr_db.unwrap() > DEPTH_DB);
        assert_eq!(found, region::find(&samples).unwrap());
    }

    #[test]
    fn noise_without_a_voice_stays_whole() {
        let hiss = test_signals::hiss(48_000);
        assert_eq!(find(&hiss).0, Region { start: 0, end: 48_000 });
    }

    #[test]
    fn speech_moves_with_digital_silence_and_not_with_a_gain() {
        let samples = recording(1.5, 2.5, 0.3);
        let (plain, snr_db) = find(&samples);
        assert!(snr_db.unwrap() < DEPTH_DB);
        let (moved, _) = find(&[seconds(0.1234), samples.clone(), seconds(1.0)].concat());
        let by = seconds(0.1234).len();
        assert_eq!(moved, Region { start: plain.start + by, end: plain.end + by });
        let louder: Vec<f32> = samples.iter().map(|v| v * 0.25).collect();
        assert_eq!(find(&louder).0, plain);
    }

    #[test]
    fn pieces_find_what_one_go_finds() {
        let samples = recording(1.5, 2.5, 0.3);
        let level = level::active_speech_level(&samples);
        let mut finder = SpeechFinder::new(&samples, &level, Some(12.0));
        let mut shares = vec![0.0];
        let found = loop {
            match finder.step(&samples, 7_001) {
                Progress::Share(share) => shares.push(share),
                Progress::Done(found) => break found.unwrap(),
            }
        };
        assert!(shares.is_sorted_by(|a, b| a < b) && shares[shares.len() - 1] < 1.0, "{shares:?}");
        assert_eq!(found, super::find(&samples, &level, Some(12.0)).unwrap());
    }
}
