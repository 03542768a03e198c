//! Whether somebody speaks, or laughs, sobs, cries, sings or calls.
//!
//! Spectrum and pitch of these are a voice's, so neither the distance from the training voices nor the reconstruction error tells
//! them from speech. What does is how the sound moves. Speech changes its spectrum with every sound (formant movement) and joins
//! syllables into voiced segments of unequal length. Calls of laughter and sobs are short and alike, with breath and
//! pauses between them: little voice, many level peaks, no long voiced segment, little spectral change. Crying, singing and
//! calling hold a vowel: long voiced segments, few level peaks, high pitch, little spectral change.
//!
//! Both patterns are weighted sums of the same descriptors, scaled so that 1 is the limit. The weights are those of a logistic
//! regression between speech (Emo-DB, BanglaSER, speechocean762; features only, no labels) and synthetic laughter, sobs, cries, singing
//! and shouts made of the vowels of speech, with half of a set of recorded cries of babies; the limits leave at most 1 % of each corpus
//! above them. A voice above 350 Hz with fewer than 2.6 level peaks per second is nearer to the limit: few speakers are as high and as
//! slow, and recorded cries are. `undertone robustness --novelty` gives the rates.

use super::bands::{BANDS, BandFrame, decibels, mean, quantile};

/// Less than this cannot be judged, in frames: 1 s.
const SHORTEST: usize = 97;
/// Distance of the two frames that the spectral change is taken between: 100 ms.
const CHANGE: usize = 10;
/// Frames further below the loud ones than this are silent, in dB.
const SILENT_DB: f64 = 25.0;
/// No band counts as further below the strongest one than this, in dB.
const DEEPEST_DB: f64 = 60.0;
/// A peak of the level stands out by this, in dB.
const PROMINENT_DB: f64 = 3.0;
/// The level is followed down to this below the loud frames, in dB.
const FOLLOWED_DB: f64 = 30.0;
/// The level is smoothed over so many frames on either side.
const SMOOTHED: usize = 3;

/// A voice higher than this that is slower than [`CRY_PEAKS_PER_S`] cries, unless its spectrum moves much: 350 Hz, in semitones.
const CRY_SEMITONES: f64 = 44.0;
/// Fewer level peaks per second: breaths, not syllables.
const CRY_PEAKS_PER_S: f64 = 2.6;
/// By how much such a voice is nearer to the limit.
const CRY: f64 = 1.0;

/// How a sound moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Manner {
    /// Change of the spectrum's shape within 100 ms, mean over sounding frames, in dB (root mean square over bands).
    spectral_change_db: f64,
    /// Share of frames that are silent.
    silent_share: f64,
    /// Share of frames with a pitch.
    voiced_share: f64,
    /// Median pitch, in semitones above 27.5 Hz.
    pitch_semitones: f64,
    /// Level peaks per second: syllables, calls.
    peaks_per_s: f64,
    /// Binary logarithm of the longest voiced segment, s.
    longest_log2_s: f64,
    /// Binary logarithm of the mean voiced segment, s.
    mean_log2_s: f64,
}

impl Manner {
    /// Short calls, all alike, with pauses: above 1 laughter and sobs.
    fn bursts(&self) -> f64 {
        -0.1117 * self.spectral_change_db + 0.5853 * self.silent_share - 1.4653 * self.voiced_share
            + 0.0252 * self.pitch_semitones
            + 0.1908 * self.peaks_per_s
            - 0.1273 * self.longest_log2_s
    }

    /// A vowel that is held: above 1 crying, singing, calling.
    fn held(&self) -> f64 {
        let cries = self.pitch_semitones > CRY_SEMITONES && self.peaks_per_s < CRY_PEAKS_PER_S;
        let cry = if cries { CRY } else { 0.0 };
        cry - 0.2762 * self.spectral_change_db + 0.0605 * self.pitch_semitones - 0.1828 * self.peaks_per_s
            + 0.1973 * self.longest_log2_s
            - 0.3364 * self.mean_log2_s
    }

    /// The larger of the two patterns: above 1 it is no speech.
    pub(super) fn not_spoken(&self) -> f64 {
        self.bursts().max(self.held())
    }
}

/// Frames whose change is measured in one step.
const STEP: usize = 4_096;

/// Measures how a sound moves, in steps.
#[derive(Debug)]
pub(super) struct MannerMeter {
    /// Level of each frame, and of the loud ones, in dB.
    levels: Vec<f64>,
    loud: f64,
    /// Power that a band counts with at least.
    floor: f64,
    /// Shapes of the spectra, the mean taken out, of the last 100 ms; that of frame k at k modulo their number.
    shapes: [[f64; BANDS]; CHANGE],
    /// Frames so far.
    seen: usize,
    /// Sum and number of the changes so far.
    change_db: f64,
    changes: usize,
}

impl MannerMeter {
    /// Of the levelled speech: frames of spectrum, and pitch in Hz (0 = unvoiced); the same in all calls. None below 1 s.
    pub(super) fn new(frames: &[BandFrame], f0_hz: &[f32]) -> Option<MannerMeter> {
        let frames = with_pitch(frames, f0_hz);
        if frames.len() < SHORTEST {
            return None;
        }
        let levels: Vec<f64> = frames.iter().map(|frame| decibels(frame.bands.iter().sum())).collect();
        let loud = quantile(&levels, 0.95);
        let strongest = frames.iter().flat_map(|frame| frame.bands).fold(0.0, f64::max);
        let floor = (strongest * libm::pow(10.0, -DEEPEST_DB / 10.0)).max(f64::MIN_POSITIVE);
        let shapes = [[0.0; BANDS]; CHANGE];
        Some(MannerMeter { levels, loud, floor, shapes, seen: 0, change_db: 0.0, changes: 0 })
    }

    /// Measures some further frames and returns the share that is measured.
    pub(super) fn step(&mut self, frames: &[BandFrame], f0_hz: &[f32]) -> f64 {
        let frames = with_pitch(frames, f0_hz);
        let to = (self.seen + STEP).min(frames.len());
        for (k, frame) in frames.iter().enumerate().take(to).skip(self.seen) {
            let levels = frame.bands.map(|power| 10.0 * libm::log10(power.max(self.floor)));
            let middle = mean(&levels);
            let shape = levels.map(|level| level - middle);
            let before = std::mem::replace(&mut self.shapes[k % CHANGE], shape);
            // Where both sound.
            let sounds = |k: usize| self.levels[k] > self.loud - SILENT_DB;
            if k >= CHANGE && sounds(k - CHANGE) && sounds(k) {
                let squares: [f64; BANDS] = std::array::from_fn(|b| {
                    let change = shape[b] - before[b];
                    change * change
                });
                self.change_db += mean(&squares).sqrt();
                self.changes += 1;
            }
        }
        self.seen = to;
        to as f64 / frames.len() as f64
    }

    /// How the frames so far move; none where nothing is voiced.
    pub(super) fn finish(self, frames: &[BandFrame], f0_hz: &[f32]) -> Option<Manner> {
        let MannerMeter { levels, loud, .. } = self;
        let count = with_pitch(frames, f0_hz).len();
        let f0_hz = &f0_hz[..count];
        let segments: Vec<f64> = f0_hz
            .chunk_by(|a, b| (*a > 0.0) == (*b > 0.0))
            .filter(|chunk| chunk[0] > 0.0)
            .map(|chunk| chunk.len() as f64 / 100.0)
            .collect();
        let longest = segments.iter().copied().fold(0.0, f64::max);
        if longest == 0.0 {
            return None;
        }
        let semitones: Vec<f64> =
            f0_hz.iter().filter(|f0| **f0 > 0.0).map(|f0| 12.0 * libm::log2(f64::from(*f0) / 27.5)).collect();
        let silent = levels.iter().filter(|level| **level < loud - SILENT_DB).count();
        Some(Manner {
            spectral_change_db: self.change_db / self.changes.max(1) as f64,
            silent_share: silent as f64 / count as f64,
            voiced_share: semitones.len() as f64 / count as f64,
            pitch_semitones: quantile(&semitones, 0.5),
            peaks_per_s: level_peaks(&levels, loud) as f64 / (count as f64 / 100.0),
            longest_log2_s: libm::log2(longest),
            mean_log2_s: libm::log2(mean(&segments)),
        })
    }
}

/// The frames that have a pitch. A pitch frame is longer: its middle is that of the spectrum one frame later.
fn with_pitch<'a>(frames: &'a [BandFrame], f0_hz: &[f32]) -> &'a [BandFrame] {
    let frames = frames.get(1..).unwrap_or_default();
    &frames[..frames.len().min(f0_hz.len())]
}

/// Peaks of the smoothed level that stand out by [`PROMINENT_DB`] on both sides.
fn level_peaks(levels: &[f64], loud: f64) -> usize {
    let above: Vec<f64> = levels.iter().map(|level| (level - (loud - FOLLOWED_DB)).max(0.0)).collect();
    let smooth = |k: usize| {
        let near = &above[k.saturating_sub(SMOOTHED)..(k + SMOOTHED + 1).min(above.len())];
        near.iter().fold(0.0, |sum, v| sum + v) / (2 * SMOOTHED + 1) as f64
    };
    let first = if above.is_empty() { 0.0 } else { smooth(0) };
    let (mut low, mut high, mut rises, mut count) = (first, first, true, 0);
    for k in 0..above.len() {
        let level = smooth(k);
        if rises {
            if level > high {
                high = level;
            } else if level < high - PROMINENT_DB {
                count += 1;
                (rises, low) = (false, level);
            }
        } else if level < low {
            low = level;
        } else if level > low + PROMINENT_DB {
            (rises, high) = (true, level);
        }
    }
    count + usize::from(rises && high > low + PROMINENT_DB)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frames of one vowel (`moves` = 0) or of a spectrum that swings by `moves` dB every 150 ms; sound where `on`.
    fn frames(count: usize, moves: f64, on: impl Fn(usize) -> bool) -> Vec<BandFrame> {
        (0..count)
            .map(|k| {
                let bands = std::array::from_fn(|b| {
                    let swing = if (b + k / 15) % 2 == 0 { moves } else { -moves };
                    libm::pow(10.0, (swing - if on(k) { 0.0 } else { 40.0 }) / 10.0)
                });
                BandFrame { bands, high: 0.1 }
            })
            .collect()
    }

    fn pitch(count: usize, hz: f32, on: impl Fn(usize) -> bool) -> Vec<f32> {
        (0..count).map(|k| if on(k) { hz } else { 0.0 }).collect()
    }

    fn manner_of(frames: &[BandFrame], f0_hz: &[f32]) -> Option<Manner> {
        let mut meter = MannerMeter::new(frames, f0_hz)?;
        while meter.step(frames, f0_hz) < 1.0 {}
        meter.finish(frames, f0_hz)
    }

    #[test]
    fn descriptors_are_what_their_names_say() {
        let on = |k: usize| k % 40 < 20;
        let manner = manner_of(&frames(401, 0.0, on), &pitch(400, 220.0, |k| on(k + 1))).unwrap();
        assert!(manner.spectral_change_db < 1e-6, "{manner:?}");
        assert!((manner.silent_share - 0.5).abs() < 0.01 && (manner.voiced_share - 0.5).abs() < 0.01);
        assert!((manner.pitch_semitones - 36.0).abs() < 1e-6);
        assert!((manner.peaks_per_s - 2.5).abs() < 0.3, "{manner:?}");
        assert!((manner.longest_log2_s - libm::log2(0.2)).abs() < 1e-9);
        let moving = manner_of(&frames(401, 4.0, on), &pitch(400, 220.0, on)).unwrap();
        assert!(moving.spectral_change_db > 4.0, "{moving:?}");
    }

    #[test]
    fn speech_moves_and_neither_laughter_nor_singing_does() {
        let syllables = |k: usize| k % 25 < 19;
        let speech = manner_of(&frames(401, 5.0, syllables), &pitch(400, 180.0, syllables)).unwrap();
        assert!(speech.not_spoken() < 1.0, "{speech:?}");
        let calls = |k: usize| k % 20 < 8;
        let laughter = manner_of(&frames(401, 1.0, calls), &pitch(400, 350.0, calls)).unwrap();
        assert!(laughter.bursts() > 1.0, "{laughter:?}");
        let notes = |k: usize| k % 100 < 90;
        let song = manner_of(&frames(401, 0.5, notes), &pitch(400, 350.0, notes)).unwrap();
        assert!(song.held() > 1.0, "{song:?}");
        // The same movement, high and slow, is a cry; high and quick it is not.
        let cry = Manner { pitch_semitones: 46.0, peaks_per_s: 2.0, spectral_change_db: 6.5, ..song };
        assert!(cry.held() > 1.0 && Manner { peaks_per_s: 4.0, ..cry }.held() < 1.0, "{cry:?}");
    }

    #[test]
    fn what_is_short_or_has_no_voice_is_not_judged() {
        assert_eq!(manner_of(&frames(90, 0.0, |_| true), &pitch(90, 300.0, |_| true)), None);
        assert_eq!(manner_of(&frames(400, 0.0, |_| true), &pitch(400, 0.0, |_| true)), None);
        assert_eq!(manner_of(&[], &[]), None);
    }
}
