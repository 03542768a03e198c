//! Active speech level after ITU-T P.56 (12/2011), method B: how loud the speech is while there is speech.
//!
//! A mean over the whole file would depend on the pauses. P.56 follows the signal with an envelope (two exponential
//! averages of |*x*|, 0.03 s each), counts for a ladder of thresholds, 6.02 dB apart, for how long the envelope was
//! at or above each or had been 0.2 s ago (hangover), and takes the level at which the power over that active time is
//! 15.9 dB above the threshold, interpolating between two thresholds in decibels.
//!
//! Where the recommendation leaves room, or where a file on a disk is not a telephone line:
//! * The ladder hangs from the highest value of the signal's own envelope instead of from full scale. So the level follows
//!   a gain exactly. (With a ladder fixed to full scale one and the same sound's level can wander by a few tenths of
//!   a decibel with its gain, because the interpolation spans 6 dB.)
//! * The recording is followed by silence, in which envelope and hangover run out, and leading and trailing digital
//!   silence changes nothing. A meter that stops at the last sample of a tightly cut file finds up to
//!   0.3 s less of active time; for files that end with 0.6 s of pause both agree.
//! * DC is taken out first by a high pass at 20 Hz.
//! * A click's power over its hangover of 0.2 s lies more than 15.9 dB above every threshold; then the level at the
//!   threshold that comes nearest to the margin is taken.
//!
//! 0 dBFS is a mean square of 1.
//!
//! ```
//! use undertone::audio::level::{TARGET_DBFS, active_speech_level, gain_to_target};
//!
//! // One second of a tone at half of full scale, −9 dBFS, and one second of silence. What counts as active goes on a
//! // little after the tone, so the level lies a little lower than the tone's own.
//! let tone = (0..16_000).map(|k| 0.5 * (0.1 * k as f32).sin());
//! let samples: Vec<f32> = tone.chain([0.0; 16_000]).collect();
//! let level = active_speech_level(&samples);
//! assert!((-10.2..-9.0).contains(&level.level_dbfs));
//! assert!((1.0..1.3).contains(&level.active_s));
//!
//! let levelled: Vec<f32> = samples.iter().map(|v| v * gain_to_target(&level) as f32).collect();
//! assert!((active_speech_level(&levelled).level_dbfs - TARGET_DBFS).abs() < 0.01);
//! ```

use std::ops::Range;

use serde::Serialize;

use super::high_pass::HighPass;
use super::{Progress, SAMPLE_RATE_HZ, SILENCE_DBFS, extent_where, power_dbfs, seconds};

/// The level that every sound is brought to before its features are computed, in dBFS. It leaves speech, whose
/// peaks stand 15 to 20 dB above its level, unclipped.
pub const TARGET_DBFS: f64 = -26.0;

const RATE: f64 = SAMPLE_RATE_HZ as f64;
/// Time constant of each of the two averages, in seconds (P.56: T).
const TIME_CONSTANT_S: f64 = 0.03;
/// How long a sound counts as active after its envelope fell below the threshold, in samples (P.56: H = 0.2 s).
const HANGOVER: u64 = SAMPLE_RATE_HZ as u64 / 5;
/// How far the level lies above the threshold of activity, in dB (P.56: M).
const MARGIN_DB: f64 = 15.9;
/// Rungs of the ladder: down to 90 dB below the envelope's peak.
const RUNGS: usize = 16;
/// How long silence is thought to follow: the envelope falls by 100 dB in 0.44 s, then comes the hangover.
const TAIL: usize = SAMPLE_RATE_HZ as usize;

/// How loud the speech in a recording is, and how much of the recording it takes up.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ActiveSpeechLevel {
    /// Level while active, in dB relative to a mean square of 1; [`SILENCE_DBFS`] for silence.
    pub level_dbfs: f64,
    /// Active share of the recording (digital silence at the ends included), 0 … 1.
    pub activity: f64,
    /// Active time, in seconds; includes the hangover of 0.2 s after each stretch of speech, but is never more than
    /// the recording's length.
    pub active_s: f64,
}

/// Measures the active speech level of 16 kHz samples.
#[must_use]
pub fn active_speech_level(samples: &[f32]) -> ActiveSpeechLevel {
    let mut meter = LevelMeter::new(samples, 0.0);
    Progress::wait(|| meter.step(samples, usize::MAX))
}

/// The active speech level of a recording, measured in pieces.
#[derive(Debug)]
pub(crate) struct LevelMeter {
    /// A constant that is taken out of every sample.
    dc: f64,
    /// The recording without digital silence at its ends.
    extent: Range<usize>,
    envelope: Envelope,
    /// Samples of the extent and of the silence after it that this pass has seen.
    seen: usize,
    energy: f64,
    peak: f64,
    /// Counted in the second pass, which needs the peak.
    active: Option<ActiveTime>,
}

impl LevelMeter {
    /// Begins to measure 16 kHz samples, from which the constant `dc` is to be taken out.
    pub(crate) fn new(samples: &[f32], dc: f64) -> LevelMeter {
        let extent = extent_where(samples, |v| without(dc, v) != 0.0);
        let envelope = Envelope::default();
        LevelMeter { dc, extent, envelope, seen: 0, energy: 0.0, peak: 0.0, active: None }
    }

    /// Measures up to `count` further samples. `samples` is the whole recording, always the same.
    pub(crate) fn step(&mut self, samples: &[f32], count: usize) -> Progress<ActiveSpeechLevel> {
        let all = self.extent.len() + TAIL;
        let to = self.seen.saturating_add(count).min(all);
        let sound = &samples[self.extent.clone()];
        let (from, dc) = (self.seen, self.dc);
        let piece = sound[from.min(sound.len())..to.min(sound.len())].iter().map(|v| without(dc, *v));
        let silence = std::iter::repeat_n(0.0, to.saturating_sub(from.max(sound.len())));
        let piece = piece.chain(silence);
        match &mut self.active {
            None => piece.for_each(|v| {
                let (power, envelope) = self.envelope.next(v);
                self.energy += power;
                self.peak = self.peak.max(envelope);
            }),
            Some(active) => piece.for_each(|v| active.add(self.envelope.next(v).1)),
        }
        self.seen = to;
        let share = to as f64 / all as f64 / 2.0;
        match &self.active {
            None if to < all => Progress::Share(share),
            None if self.peak <= 0.0 => {
                Progress::Done(ActiveSpeechLevel { level_dbfs: SILENCE_DBFS, activity: 0.0, active_s: 0.0 })
            }
            None => {
                (self.seen, self.envelope) = (0, Envelope::default());
                self.active = Some(ActiveTime::new(self.peak));
                Progress::Share(0.5)
            }
            Some(_) if to < all => Progress::Share(0.5 + share),
            Some(active) => {
                let level_dbfs = level_at_margin(self.energy, self.peak, &active.samples());
                let duration_s = seconds(samples.len());
                let active_s = self.energy / libm::pow(10.0, level_dbfs / 10.0) / RATE;
                let active_s = active_s.min(duration_s);
                let level_dbfs = level_dbfs.max(SILENCE_DBFS);
                Progress::Done(ActiveSpeechLevel { level_dbfs, activity: active_s / duration_s, active_s })
            }
        }
    }
}

/// A sample without a constant.
fn without(dc: f64, sample: f32) -> f32 {
    (f64::from(sample) - dc) as f32
}

/// The factor that brings a sound of this level to [`TARGET_DBFS`]; 1 for silence.
#[must_use]
pub fn gain_to_target(level: &ActiveSpeechLevel) -> f64 {
    if level.level_dbfs <= SILENCE_DBFS {
        return 1.0;
    }
    libm::pow(10.0, (TARGET_DBFS - level.level_dbfs) / 20.0)
}

/// The two averages of P.56.
#[derive(Debug)]
struct Envelope {
    high_pass: HighPass,
    first: f64,
    second: f64,
    keep: f64,
}

impl Default for Envelope {
    fn default() -> Self {
        let keep = libm::exp(-1.0 / (RATE * TIME_CONSTANT_S));
        Self { high_pass: HighPass::default(), first: 0.0, second: 0.0, keep }
    }
}

impl Envelope {
    /// Power and envelope of the next sample.
    fn next(&mut self, sample: f32) -> (f64, f64) {
        let v = self.high_pass.next(sample);
        self.first = self.keep * self.first + (1.0 - self.keep) * v.abs();
        self.second = self.keep * self.second + (1.0 - self.keep) * self.first;
        (v * v, self.second)
    }
}

/// Threshold of a rung: the envelope's peak, halved `rung` times (exactly).
fn threshold(peak: f64, rung: usize) -> f64 {
    peak / (1u32 << rung) as f64
}

/// For each rung, how many samples are active: at or above its threshold now or within the hangover before.
///
/// Thresholds are nested, so it is enough to know the highest active rung of each sample.
#[derive(Debug)]
struct ActiveTime {
    thresholds: [f64; RUNGS],
    /// Samples whose highest active rung it is.
    highest: [u64; RUNGS],
    /// For each rung, until when its last hit keeps it active.
    active_until: [u64; RUNGS],
    /// The highest active rung, and the one that the envelope stands on; [`RUNGS`] if there is none.
    top: usize,
    rung: usize,
    now: u64,
}

impl ActiveTime {
    fn new(peak: f64) -> Self {
        let thresholds = std::array::from_fn(|rung| threshold(peak, rung));
        let (highest, active_until) = ([0; RUNGS], [0; RUNGS]);
        Self { thresholds, highest, active_until, top: RUNGS, rung: RUNGS, now: 0 }
    }

    fn add(&mut self, envelope: f64) {
        // The envelope moves slowly: the rung that it stands on is near the last one.
        while self.rung > 0 && envelope >= self.thresholds[self.rung - 1] {
            self.rung -= 1;
        }
        while self.rung < RUNGS && envelope < self.thresholds[self.rung] {
            self.rung += 1;
        }
        if let Some(until) = self.active_until.get_mut(self.rung) {
            *until = self.now + HANGOVER;
        }
        self.top = self.top.min(self.rung);
        while self.top < RUNGS && self.active_until[self.top] < self.now {
            self.top += 1;
        }
        if let Some(count) = self.highest.get_mut(self.top) {
            *count += 1;
        }
        self.now += 1;
    }

    fn samples(&self) -> [u64; RUNGS] {
        let mut total = 0;
        self.highest.map(|count| {
            total += count;
            total
        })
    }
}

/// Where power over active time meets threshold + margin, looked for from the lowest rung upwards, as P.56 does: near
/// the top, energy from outside the few active samples counts and the distance grows again.
fn level_at_margin(energy: f64, peak: f64, active: &[u64; RUNGS]) -> f64 {
    // Level, and its distance from the threshold.
    let rungs: [(f64, f64); RUNGS] = std::array::from_fn(|rung| {
        let level = power_dbfs(energy / active[rung].max(1) as f64);
        (level, level - 20.0 * libm::log10(threshold(peak, rung)))
    });
    let crossing = rungs.windows(2).rev().find(|pair| pair[0].1 <= MARGIN_DB && pair[1].1 > MARGIN_DB);
    if let Some([(upper, near), (lower, far)]) = crossing {
        let t = (MARGIN_DB - far) / (near - far);
        return lower + t * (upper - lower);
    }
    let nearest = rungs.iter().min_by(|a, b| (a.1 - MARGIN_DB).abs().total_cmp(&(b.1 - MARGIN_DB).abs()));
    nearest.map_or(SILENCE_DBFS, |(level, _)| *level)
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use proptest::prelude::*;

    use super::*;

    fn tone(hz: f64, amplitude: f64, seconds: f64) -> Vec<f32> {
        (0..(seconds * RATE) as usize)
            .map(|i| (amplitude * libm::sin(TAU * hz * i as f64 / RATE)) as f32)
            .collect()
    }

    /// Bursts of a 1 kHz tone, each followed by a pause.
    fn bursts(amplitude: f64, burst_s: f64, pause_s: f64, count: usize) -> Vec<f32> {
        let one = [tone(1_000.0, amplitude, burst_s), vec![0.0; (pause_s * RATE) as usize]].concat();
        one.repeat(count)
    }

    #[test]
    fn level_of_a_long_tone_is_its_rms() {
        for amplitude in [1.0, 0.1, 0.003] {
            let level = active_speech_level(&tone(1_000.0, amplitude, 60.0));
            let rms_db = 20.0 * libm::log10(amplitude) - 3.0103;
            // 0.3 s of hangover after 60 s are 0.02 dB.
            assert!((level.level_dbfs - rms_db).abs() < 0.03, "{amplitude}: {level:?}");
            assert!(level.activity > 0.999 && level.activity <= 1.0);
        }
    }

    #[test]
    fn level_leaves_pauses_out() {
        // Each burst is active for its length, less the envelope's rise, plus its fall and the hangover.
        // Rise and fall through the threshold, 15.9 dB below the level that is sought: the envelope of a tone settles
        // at 2/π of its amplitude, and (1 + t/T) e^(−t/T) is how far it is from there.
        let (burst_s, pause_s, count) = (2.0, 3.0, 4);
        let fall = |share: f64| {
            let (mut low, mut high) = (0.0, 1.0);
            for _ in 0..60 {
                let t: f64 = (low + high) / 2.0;
                let x = t / TIME_CONSTANT_S;
                if (1.0 + x) * libm::exp(-x) > share { low = t } else { high = t }
            }
            low
        };
        let amplitude = 0.2;
        let mut active_s = burst_s;
        for _ in 0..20 {
            let rms = amplitude * libm::sqrt(burst_s / active_s / 2.0);
            let share = rms * libm::pow(10.0, -MARGIN_DB / 20.0) / (amplitude * 2.0 / std::f64::consts::PI);
            active_s = burst_s - fall(1.0 - share) + fall(share) + 0.2;
        }
        let level = active_speech_level(&bursts(amplitude, burst_s, pause_s, count));
        assert!((level.active_s - active_s * count as f64).abs() < 0.05, "{level:?}, expected {active_s}");
        let expected = 10.0 * libm::log10(amplitude * amplitude / 2.0 * burst_s / active_s);
        assert!((level.level_dbfs - expected).abs() < 0.03, "{level:?}, expected {expected}");
        assert!((level.activity - active_s / (burst_s + pause_s)).abs() < 0.01);
    }

    #[test]
    fn level_counts_short_gaps_as_speech() {
        let gaps = active_speech_level(&bursts(0.2, 0.3, 0.15, 20));
        assert!(gaps.activity > 0.99, "{gaps:?}");
        let pauses = active_speech_level(&bursts(0.2, 0.3, 1.0, 20));
        assert!(pauses.activity < 0.5, "{pauses:?}");
    }

    #[test]
    fn level_leaves_noise_below_the_margin_out() {
        let speech = bursts(0.2, 1.0, 1.0, 5);
        let hum = tone(300.0, 0.2 * 0.03, 10.0);
        let noisy: Vec<f32> = speech.iter().zip(&hum).map(|(a, b)| a + b).collect();
        let (clean, noisy) = (active_speech_level(&speech), active_speech_level(&noisy));
        assert!((clean.level_dbfs - noisy.level_dbfs).abs() < 0.1, "{clean:?} {noisy:?}");
    }

    #[test]
    fn level_ignores_dc() {
        let speech = bursts(0.1, 1.0, 1.0, 5);
        let shifted: Vec<f32> = speech.iter().map(|v| v + 0.05).collect();
        let (clean, shifted) = (active_speech_level(&speech), active_speech_level(&shifted));
        assert!((clean.level_dbfs - shifted.level_dbfs).abs() < 0.3, "{clean:?} {shifted:?}");
    }

    #[test]
    fn level_of_silence_is_the_lowest_and_its_gain_none() {
        for silence in [vec![], vec![0.0; 16_000]] {
            let level = active_speech_level(&silence);
            assert_eq!(level, ActiveSpeechLevel { level_dbfs: SILENCE_DBFS, activity: 0.0, active_s: 0.0 });
            assert_eq!(gain_to_target(&level), 1.0);
        }
    }

    #[test]
    fn gain_brings_a_sound_to_the_target() {
        let speech = bursts(0.01, 0.7, 0.4, 5);
        let gain = gain_to_target(&active_speech_level(&speech)) as f32;
        let levelled: Vec<f32> = speech.iter().map(|v| v * gain).collect();
        assert!((active_speech_level(&levelled).level_dbfs - TARGET_DBFS).abs() < 1e-3);
    }

    #[test]
    fn level_of_a_click_is_finite() {
        let mut click = vec![0.0; 16_000];
        click[8_000] = 1.0;
        let level = active_speech_level(&click);
        assert!(level.level_dbfs > -60.0 && level.level_dbfs < 0.0, "{level:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]
        #[test]
        fn a_gain_shifts_the_level_by_itself(
            parts in prop::collection::vec((0.001f64..1.0, 0.05f64..0.5, 0.0f64..0.5), 1..6),
            gain_db in -20.0f64..20.0,
        ) {
            let sound: Vec<f32> = parts.iter().flat_map(|(a, b, p)| bursts(*a, *b, *p, 1)).collect();
            let gain = libm::pow(10.0, gain_db / 20.0);
            let scaled: Vec<f32> = sound.iter().map(|v| (f64::from(*v) * gain) as f32).collect();
            let (before, after) = (active_speech_level(&sound), active_speech_level(&scaled));
            prop_assert!((after.level_dbfs - before.level_dbfs - gain_db).abs() < 1e-3);
            prop_assert!((after.active_s - before.active_s).abs() < 1e-3);
        }

        #[test]
        fn level_is_unchanged_by_silence_around_a_sound(
            parts in prop::collection::vec((0.001f64..1.0, 0.05f64..0.5, 0.0f64..0.5), 1..6),
            before in 0usize..9_000,
            after in 0usize..9_000,
        ) {
            let sound: Vec<f32> = parts.iter().flat_map(|(a, b, p)| bursts(*a, *b, *p, 1)).collect();
            let padded = [vec![0.0; before], sound.clone(), vec![0.0; after]].concat();
            prop_assert_eq!(active_speech_level(&sound).level_dbfs, active_speech_level(&padded).level_dbfs);
        }

        #[test]
        fn level_of_any_finite_samples_is_finite(
            sound in prop::collection::vec(prop::num::f32::NORMAL | prop::num::f32::SUBNORMAL | prop::num::f32::ZERO, 0..3_000),
        ) {
            let level = active_speech_level(&sound);
            prop_assert!(level.level_dbfs.is_finite() && level.level_dbfs >= SILENCE_DBFS);
            prop_assert!((0.0..=1.0).contains(&level.activity) && level.active_s.is_finite());
            prop_assert!(gain_to_target(&level).is_finite());
        }
    }
}
