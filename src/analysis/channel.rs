//! Telephone and room: what came between the voice and the samples.
//!
//! **Telephone.** Lines of 8 kHz have nothing above 4 kHz, wideband speech has: its hiss and its breath, and in a quiet or low voice
//! still the room. So the mean power of 4375 to 7000 Hz is compared with that of 2250 to 3375 Hz, where a telephone passes
//! everything.
//!
//! **Room.** Dry speech stops as fast as the mouth closes; in a room its end is as slow as the room's decay, 1 dB in 10 ms at a
//! reverberation time of 0.6 s. So the level's fall within 80 ms is followed in four bands, and the 95 % quantile of the falls
//! that begin at high level is taken: the fast ends. Noise limits a fall, too; there it ends at the background, in a room far above it.

use super::bands::{BANDS, BandFrame, decibels, mean, quantile};

/// Groups of [`super::bands`] that the fall is followed in: 250, 750, 1250, 1875 to 3375 Hz.
const GROUPS: [std::ops::Range<usize>; 4] = [0..2, 2..4, 4..6, 6..BANDS];
/// Time that the level falls in: 80 ms, in frames.
const FALL: usize = 8;
/// A fall begins at most this far below the loud frames, in dB.
const BEGINS_DB: f64 = 15.0;
/// Deeper than this below the loud frames nothing is followed, in dB.
const DEEPEST_DB: f64 = 45.0;
/// Less than this cannot be judged, in frames: 0.4 s.
const SHORTEST: usize = 40;

/// By how much 2250 to 3375 Hz lie above 4375 to 7000 Hz in mean power per hertz, in dB; None without frames.
pub(super) fn band_edge_db(frames: &[BandFrame]) -> Option<f64> {
    let of = |power: fn(&BandFrame) -> f64| mean(&frames.iter().map(power).collect::<Vec<_>>());
    let passed = of(|frame| 0.5 * (frame.bands[BANDS - 2] + frame.bands[BANDS - 1]));
    (passed > 0.0).then(|| 10.0 * libm::log10(passed / (of(|frame| frame.high) + 1e-12)))
}

/// How fast the speech ends in one of the [`GROUPS`] of bands, and how far that group reaches down to the background, in dB.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fall {
    fall_db: f64,
    depth_db: f64,
}

impl Fall {
    /// Number of groups of bands.
    pub(super) const GROUPS: usize = GROUPS.len();

    /// In a group, by its number. None for less than 0.4 s.
    pub(super) fn in_group(frames: &[BandFrame], group: usize) -> Option<Fall> {
        let group = GROUPS.get(group).filter(|_| frames.len() >= SHORTEST)?;
        let mut levels: Vec<f64> =
            frames.iter().map(|frame| decibels(frame.bands[group.clone()].iter().sum())).collect();
        let loud = quantile(&levels, 0.95);
        levels.iter_mut().for_each(|level| *level = level.max(loud - DEEPEST_DB));
        let pairs = levels.iter().zip(levels.iter().skip(FALL));
        let found: Vec<f64> =
            pairs.filter(|(from, _)| **from > loud - BEGINS_DB).map(|(from, to)| from - to).collect();
        Some(Fall { fall_db: quantile(&found, 0.95), depth_db: loud - quantile(&levels, 0.05) })
    }

    /// The fast ends of the speech: the fall of the level within 80 ms, in dB, and that as a share of the whole range down to
    /// the background. None without groups.
    pub(super) fn of_all(groups: &[Fall]) -> Option<(f64, f64)> {
        let of = |value: fn(&Fall) -> f64| mean(&groups.iter().map(value).collect::<Vec<_>>());
        let fall_db = of(|group| group.fall_db);
        (!groups.is_empty()).then(|| (fall_db, fall_db / of(|group| group.depth_db).max(1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bursts of 200 ms whose ends fall by `per_frame` dB each 10 ms down to a background.
    fn bursts(per_frame: f64, background_db: f64, high_db: f64) -> Vec<BandFrame> {
        (0..300)
            .map(|k| {
                let db = (-per_frame * f64::from((k % 50 - 20).max(0))).max(background_db);
                let power = libm::pow(10.0, db / 10.0);
                BandFrame { bands: [power; BANDS], high: power * libm::pow(10.0, high_db / 10.0) }
            })
            .collect()
    }

    fn fall(frames: &[BandFrame]) -> Option<(f64, f64)> {
        Fall::of_all(&(0..Fall::GROUPS).filter_map(|group| Fall::in_group(frames, group)).collect::<Vec<_>>())
    }

    #[test]
    fn fall_is_as_fast_as_the_ends() {
        for per_frame in [0.7, 1.0, 3.0] {
            let (fall, _) = fall(&bursts(per_frame, -60.0, 0.0)).unwrap();
            assert!((fall - 8.0 * per_frame).abs() < 0.1, "{per_frame}: {fall}");
        }
        // Over a background the fall is all of the range.
        let (limited, share) = fall(&bursts(5.0, -10.0, 0.0)).unwrap();
        assert!((limited - 10.0).abs() < 0.1 && share > 0.9, "{limited} {share}");
        assert_eq!(fall(&bursts(1.0, -60.0, 0.0)[..39]), None);
    }

    #[test]
    fn band_edge_is_the_step_above_4_khz() {
        assert!((band_edge_db(&bursts(1.0, -60.0, -35.0)).unwrap() - 35.0).abs() < 1e-3);
        assert_eq!(band_edge_db(&[]), None);
    }
}
