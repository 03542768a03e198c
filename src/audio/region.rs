//! Where the speech starts and ends by its level: with what `analysis/speech.rs` adds in noise, the one rule that page, `score` and
//! training share.
//!
//! # The rule
//! 1. Power is followed in a centred window of 20 ms, moved sample by sample, after the high pass at 20 Hz.
//! 2. Where it lies less than 20 dB below the active speech level ([`crate::audio::level`]), there is sound.
//! 3. Stretches of less than 50 ms of it (a sound of less than 30 ms, widened by the window) are clicks and do not count,
//!    unless there is nothing else.
//! 4. The region lasts from the beginning of the first stretch to the end of the last, plus 100 ms on either side, but
//!    not beyond the recording. Digital silence at the file's ends is not part of the recording.
//!
//! Everything is relative to the sound itself and moves sample by sample. So the same samples of speech are
//! picked whatever the gain, however much digital silence surrounds them, and wherever frames would fall.
//!
//! Where the background lies less than 20 dB below the speech, the whole recording is its region: a rule on
//! level alone cannot tell such a background from soft speech. An analysis then also looks for the voice and leaves out what lies
//! beyond it (`analysis/speech.rs`).
//!
//! ```
//! use undertone::audio::region;
//!
//! // Half a second of silence, one second of a tone, half a second of silence.
//! let tone = (0..16_000).map(|k| 0.5 * (0.1 * k as f32).sin());
//! let samples: Vec<f32> = [0.0; 8_000].into_iter().chain(tone).chain([0.0; 8_000]).collect();
//! let [start, end] = region::find(&samples)?.seconds();
//! assert!((start - 0.5).abs() < 0.02 && (end - 1.5).abs() < 0.02);
//! # Ok::<(), undertone::audio::AudioError>(())
//! ```

use std::ops::Range;

use super::high_pass::HighPass;
use super::level::{ActiveSpeechLevel, active_speech_level};
use super::{AudioError, Progress, SAMPLE_RATE_HZ, extent, power_dbfs, seconds};

/// A recording whose loudest 20 ms lie below this is silent, in dBFS. A microphone in a quiet room delivers −60 to −80,
/// softly spoken words −50.
pub const SILENCE_FLOOR_DBFS: f64 = -70.0;
/// How far below the active speech level there is still speech, in dB.
pub const DEPTH_DB: f64 = 20.0;

/// Window that power is followed in: 20 ms, in samples.
const WINDOW: usize = SAMPLE_RATE_HZ as usize / 50;
/// The shortest stretch that is no click: 50 ms, in samples.
const SHORTEST: usize = SAMPLE_RATE_HZ as usize / 20;
/// What is kept on either side of the speech: 100 ms, in samples.
pub const MARGIN: usize = SAMPLE_RATE_HZ as usize / 10;

/// A stretch of a recording, in samples at 16 kHz.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// The first sample.
    pub start: usize,
    /// One past the last sample.
    pub end: usize,
}

impl Region {
    /// Start and end, in seconds.
    #[must_use]
    pub fn seconds(&self) -> [f64; 2] {
        [self.start, self.end].map(seconds)
    }

    /// The samples of the region; what lies beyond `samples` is left out.
    #[must_use]
    pub fn of<'a>(&self, samples: &'a [f32]) -> &'a [f32] {
        let end = self.end.min(samples.len());
        &samples[self.start.min(end)..end]
    }
}

/// Finds the speech in 16 kHz samples.
///
/// # Errors
/// [`AudioError::Silent`] when no 20 ms reach [`SILENCE_FLOOR_DBFS`].
pub fn find(samples: &[f32]) -> Result<Region, AudioError> {
    find_at_level(samples, &active_speech_level(samples))
}

/// Finds the speech in 16 kHz samples whose level has been measured already.
///
/// # Errors
/// As [`find`].
pub fn find_at_level(samples: &[f32], level: &ActiveSpeechLevel) -> Result<Region, AudioError> {
    let mut finder = RegionFinder::new(samples, level);
    Progress::wait(|| finder.step(samples, usize::MAX))
}

/// [`find_at_level`] in pieces.
#[derive(Debug)]
pub(crate) struct RegionFinder {
    /// The recording without digital silence at its ends.
    extent: Range<usize>,
    /// The least energy of a window of speech.
    least: f64,
    high_pass: HighPass,
    /// Powers of the last samples, the oldest at `seen` modulo their number, and their sum.
    window: Vec<f64>,
    energy: f64,
    /// Windows so far: one for each that holds a sample of the sound, and one more that holds none, which ends every stretch.
    seen: usize,
    stretches: Stretches,
    clicks: Stretches,
    began: Option<usize>,
    loudest: f64,
}

impl RegionFinder {
    pub(crate) fn new(samples: &[f32], level: &ActiveSpeechLevel) -> RegionFinder {
        RegionFinder {
            extent: extent(samples),
            least: libm::pow(10.0, (level.level_dbfs - DEPTH_DB) / 10.0) * WINDOW as f64,
            high_pass: HighPass::default(),
            window: vec![0.0; WINDOW],
            energy: 0.0,
            seen: 0,
            stretches: Stretches::default(),
            clicks: Stretches::default(),
            began: None,
            loudest: 0.0,
        }
    }

    /// Looks at up to `count` further samples. `samples` is the whole recording, always the same.
    pub(crate) fn step(&mut self, samples: &[f32], count: usize) -> Progress<Result<Region, AudioError>> {
        let sound = &samples[self.extent.clone()];
        let all = sound.len() + WINDOW;
        let to = self.seen.saturating_add(count).min(all);
        for v in &sound[self.seen.min(sound.len())..to.min(sound.len())] {
            let v = self.high_pass.next(*v);
            self.add(v * v);
        }
        // What rings on in the filter after the end is no sound.
        while self.seen < to {
            self.add(0.0);
        }
        if to < all { Progress::Share(to as f64 / all as f64) } else { Progress::Done(self.region()) }
    }

    /// Adds the power of the next sample.
    fn add(&mut self, power: f64) {
        let oldest = &mut self.window[self.seen % WINDOW];
        self.energy += power - *oldest;
        *oldest = power;
        // Windows are counted by one past their last sample.
        self.seen += 1;
        self.loudest = self.loudest.max(self.energy);
        if self.energy >= self.least {
            self.began.get_or_insert(self.seen);
        } else if let Some(from) = self.began.take() {
            self.clicks.add(from..self.seen);
            if self.seen - from >= SHORTEST {
                self.stretches.add(from..self.seen);
            }
        }
    }

    fn region(&self) -> Result<Region, AudioError> {
        let loudest_dbfs = power_dbfs(self.loudest / WINDOW as f64);
        if loudest_dbfs < SILENCE_FLOOR_DBFS {
            return Err(AudioError::Silent { loudest_dbfs });
        }
        let length = self.extent.len();
        let whole = 0..length + WINDOW / 2;
        let found = self.stretches.span.clone().or(self.clicks.span.clone()).unwrap_or(whole);
        // From windows to their centres, then outwards by the margin.
        let start = found.start.saturating_sub(WINDOW / 2 + MARGIN);
        let end = (found.end.saturating_sub(WINDOW / 2) + MARGIN).min(length);
        let at = self.extent.start;
        Ok(Region { start: at + start.min(end), end: at + end })
    }
}

/// The first and last of the stretches that were added, as one.
#[derive(Debug, Default)]
struct Stretches {
    span: Option<Range<usize>>,
}

impl Stretches {
    fn add(&mut self, stretch: Range<usize>) {
        let start = self.span.as_ref().map_or(stretch.start, |span| span.start);
        self.span = Some(start..stretch.end);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const MS: usize = SAMPLE_RATE_HZ as usize / 1000;

    /// A 200 Hz square-ish buzz: strong in every 20 ms window from its first sample on.
    fn buzz(amplitude: f32, milliseconds: usize) -> Vec<f32> {
        (0..milliseconds * MS).map(|i| if i / 40 % 2 == 0 { amplitude } else { -amplitude }).collect()
    }

    fn silence(milliseconds: usize) -> Vec<f32> {
        vec![0.0; milliseconds * MS]
    }

    /// A faint buzz that is never digital silence.
    fn room(milliseconds: usize) -> Vec<f32> {
        buzz(1e-4, milliseconds)
    }

    #[test]
    fn region_is_the_speech_and_a_tenth_of_a_second() {
        let sound = [room(500), buzz(0.2, 400), room(300), buzz(0.1, 300), room(700)].concat();
        let region = find(&sound).unwrap();
        // The window opens up to 10 ms early on a sharp edge.
        assert!((390 * MS..=400 * MS).contains(&region.start), "{region:?}");
        assert!((1_600 * MS..=1_610 * MS).contains(&region.end), "{region:?}");
    }

    #[test]
    fn region_stays_within_the_recording() {
        let sound = [room(30), buzz(0.2, 400), room(20)].concat();
        assert_eq!(find(&sound), Ok(Region { start: 0, end: sound.len() }));
        let padded = [silence(400), sound.clone(), silence(200)].concat();
        assert_eq!(find(&padded), Ok(Region { start: 400 * MS, end: 400 * MS + sound.len() }));
    }

    #[test]
    fn region_leaves_clicks_out() {
        let speech = [room(500), buzz(0.1, 800), room(500)].concat();
        let region = find(&speech).unwrap();
        for (click_ms, counts) in [(1, false), (10, false), (29, false), (60, true)] {
            let sound = [room(200), buzz(0.1, click_ms), room(200), speech.clone()].concat();
            let offset = (400 + click_ms) * MS;
            let found = find(&sound).unwrap();
            assert_eq!(found.start < offset, counts, "{click_ms} ms: {found:?}");
            if !counts {
                // The click’s energy changes the active speech level a little.
                assert!((found.start - offset).abs_diff(region.start) < MS, "{found:?}");
            }
        }
    }

    #[test]
    fn region_of_clicks_alone_is_theirs() {
        let sound = [room(500), buzz(0.3, 5), room(500), buzz(0.3, 5), room(500)].concat();
        let region = find(&sound).unwrap();
        assert!((390 * MS..=400 * MS).contains(&region.start), "{region:?}");
    }

    #[test]
    fn region_includes_soft_speech_and_not_a_soft_room() {
        for (below_db, counts) in [(15.0, true), (30.0, false)] {
            let soft = 0.2 * libm::pow(10.0, -below_db / 20.0) as f32;
            let sound = [room(500), buzz(0.2, 600), buzz(soft, 600), room(500)].concat();
            let end = find(&sound).unwrap().end;
            assert_eq!(end > 1_650 * MS, counts, "{below_db} dB: {end}");
        }
    }

    #[test]
    fn region_leaves_dc_out() {
        let sound: Vec<f32> =
            [room(500), buzz(0.1, 500), room(500)].concat().iter().map(|v| v + 0.02).collect();
        let region = find(&sound[100 * MS..]).unwrap();
        assert!(region.start > 200 * MS && region.end < 1_200 * MS, "{region:?}");
    }

    #[test]
    fn region_of_silence_is_an_error() {
        assert_eq!(find(&[]), Err(AudioError::Silent { loudest_dbfs: -200.0 }));
        assert_eq!(find(&silence(500)), Err(AudioError::Silent { loudest_dbfs: -200.0 }));
        assert!(matches!(find(&room(500)), Err(AudioError::Silent { loudest_dbfs }) if loudest_dbfs > -81.0));
        assert!(find(&buzz(4e-4, 500)).is_ok());
    }

    /// Buzzes of different strengths with pauses of room noise between them.
    fn sounds() -> impl Strategy<Value = Vec<f32>> {
        prop::collection::vec((0.01f32..0.3, 5usize..400, 1usize..400), 1..6)
            .prop_map(|parts| parts.iter().flat_map(|(a, b, p)| [buzz(*a, *b), room(*p)].concat()).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn region_moves_with_digital_silence_around_it(
            sound in sounds(),
            before in 0usize..5_000,
            after in 0usize..5_000,
        ) {
            let padded = [vec![0.0; before], sound.clone(), vec![0.0; after]].concat();
            let (plain, moved) = (find(&sound).unwrap(), find(&padded).unwrap());
            prop_assert_eq!(moved, Region { start: plain.start + before, end: plain.end + before });
        }

        #[test]
        fn region_is_unchanged_by_a_gain(sound in sounds(), gain_db in -15.0f64..20.0) {
            let gain = libm::pow(10.0, gain_db / 20.0) as f32;
            let scaled: Vec<f32> = sound.iter().map(|v| v * gain).collect();
            let (plain, scaled) = (find(&sound).unwrap(), find(&scaled).unwrap());
            // One sample of play for the rounding of the scaled samples.
            prop_assert!(plain.start.abs_diff(scaled.start) <= 1 && plain.end.abs_diff(scaled.end) <= 1);
        }

        #[test]
        fn region_of_any_finite_samples_lies_inside(
            sound in prop::collection::vec(prop::num::f32::NORMAL | prop::num::f32::ZERO, 0..3_000),
        ) {
            if let Ok(region) = find(&sound) {
                prop_assert!(region.start < region.end && region.end <= sound.len());
            }
        }
    }
}
