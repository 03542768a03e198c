//! From smoothed contours to the 88 functionals (specification part 1, sections 10 and 11).

mod extrema;
mod segments;
mod statistics;

use super::catalogue::FEATURE_COUNT;
use extrema::{Extrema, Slopes};
use segments::SegmentLengths;
use statistics::{Moments, percentiles};

/// Nominal frame period, s: exactly this, whatever the hop is (quirk 3).
const FRAME_S: f32 = 0.01;

/// The contours behind the functionals, each cut to the rows that the functionals see.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FunctionalInput {
    /// Smoothed pitch in semitones (set B), KF rows.
    pub(super) f0_semitones: Vec<f32>,
    /// Smoothed loudness, N20 rows.
    pub(super) loudness: Vec<f32>,
    /// Smoothed flux, then mfcc1 … mfcc4, N20 rows each.
    pub(super) flux_and_mfcc: Vec<Vec<f32>>,
    /// Jitter, shimmer, HNR, H1−H2, H1−A3, then frequency, bandwidth, amplitude of three formants (set C), KV rows.
    pub(super) voice: Vec<Vec<f32>>,
    /// alphaRatio, hammarbergIndex, both slopes, flux, mfcc1 … mfcc4 in voiced frames (set B), KV rows.
    pub(super) voiced_spectrum: Vec<Vec<f32>>,
    /// alphaRatio, hammarbergIndex, both slopes, flux in unvoiced frames (set B), KF rows.
    pub(super) unvoiced_spectrum: Vec<Vec<f32>>,
    /// Mean energy of the 20 ms frames in dB re full scale.
    pub(super) sound_level_db: f32,
}

/// The contour that a functional sums up, as the functional sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Behind<'a> {
    /// One value per 10 ms.
    pub values: &'a [f32],
    /// Frames whose value is exactly 0 do not take part.
    pub skips_zeros: bool,
}

impl FunctionalInput {
    /// What the functional at `feature` of the catalogue sums up; nothing for the lengths of segments and the level, which
    /// are no sums over a contour's values.
    pub fn behind(&self, feature: usize) -> Option<Behind<'_>> {
        const LOUDNESS: usize = 10;
        const PLAIN: usize = 20;
        const VOICE: usize = 30;
        const VOICED: usize = 58;
        const UNVOICED: usize = 76;
        const PEAKS: usize = 81;
        let (values, skips_zeros) = match feature {
            0..LOUDNESS => (Some(&self.f0_semitones), true),
            LOUDNESS..PLAIN | PEAKS => (Some(&self.loudness), false),
            PLAIN..VOICE => (self.flux_and_mfcc.get((feature - PLAIN) / 2), false),
            VOICE..VOICED => (self.voice.get((feature - VOICE) / 2), true),
            VOICED..UNVOICED => (self.voiced_spectrum.get((feature - VOICED) / 2), true),
            UNVOICED..PEAKS => (self.unvoiced_spectrum.get(feature - UNVOICED), true),
            _ => (None, false),
        };
        values.map(|values| Behind { values, skips_zeros })
    }
}

/// Computes the functionals in official order.
pub(super) fn functionals(input: &FunctionalInput) -> [f32; FEATURE_COUNT] {
    let mut out = Vec::with_capacity(FEATURE_COUNT);
    out.extend(contour_statistics(&nonzero(&input.f0_semitones)));
    out.extend(contour_statistics(&input.loudness));
    for contour in &input.flux_and_mfcc {
        out.extend(Moments::of(contour).mean_and_variation());
    }
    for contour in input.voice.iter().chain(&input.voiced_spectrum) {
        out.extend(Moments::of(&nonzero(contour)).mean_and_variation());
    }
    for contour in &input.unvoiced_spectrum {
        out.push(Moments::of(&nonzero(contour)).mean);
    }
    out.push(peaks_per_second(&input.loudness));
    let voiced = SegmentLengths::of(&input.f0_semitones, |v| v != 0.0);
    out.push(voiced.per_second());
    out.extend(voiced.mean_and_sd_s());
    out.extend(SegmentLengths::of(&input.f0_semitones, |v| v == 0.0).mean_and_sd_s());
    out.push(input.sound_level_db);
    let mut functionals = [0.0; FEATURE_COUNT];
    for (slot, value) in functionals.iter_mut().zip(out) {
        *slot = value;
    }
    functionals
}

/// The ten statistics of pitch and loudness, in official order.
fn contour_statistics(v: &[f32]) -> [f32; 10] {
    let [mean, variation] = Moments::of(v).mean_and_variation();
    let [p20, p50, p80] = percentiles(v, [0.2, 0.5, 0.8]);
    let Slopes { rising, falling } = Extrema::of(v).slopes(v);
    [mean, variation, p20, p50, p80, (p80 - p20).abs(), rising.mean, rising.sd, falling.mean, falling.sd]
}

/// Maxima per second, zeros included.
fn peaks_per_second(v: &[f32]) -> f32 {
    if v.is_empty() { 0.0 } else { Extrema::of(v).maxima() as f32 / (v.len() as f32 * FRAME_S) }
}

/// Values that are not exactly 0, moved together; time-based results ignore the gaps (quirk 16).
fn nonzero(v: &[f32]) -> Vec<f32> {
    v.iter().copied().filter(|v| *v != 0.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{FEATURES, Statistic};

    /// The example of part 1, section 10.
    pub(super) const EXAMPLE: [f32; 32] = [
        5.0, 7.0, 9.0, 12.0, 10.0, 8.0, 8.5, 9.0, 11.0, 14.0, 13.0, 12.9, 13.2, 12.0, 9.0, 6.0, 5.5, 6.0,
        7.0, 10.0, 9.8, 10.4, 9.0, 7.0, 4.0, 3.0, 4.0, 6.0, 8.0, 7.5, 7.0, 6.5,
    ];

    #[test]
    fn the_specifications_example_is_met() {
        let wanted =
            [8.44687462, 0.336583883, 6.0, 8.25, 10.88, 4.88, 175.000015, 34.3592186, 97.0238190, 53.8180428];
        for (got, wanted) in contour_statistics(&EXAMPLE).into_iter().zip(wanted) {
            assert!((f64::from(got) / wanted - 1.0).abs() < 2e-7, "{got} {wanted}");
        }
        assert_eq!(peaks_per_second(&EXAMPLE), 12.5);
    }

    /// Every contour is filled with its own number, so that the mean of each names the contour that it came from.
    #[test]
    fn the_contour_behind_a_mean_has_that_mean() {
        let mut next = 0.0;
        let mut contours = |count: usize| -> Vec<Vec<f32>> {
            let mut contour = || {
                next += 1.0;
                vec![next; 4]
            };
            (0..count).map(|_| contour()).collect()
        };
        let (f0, loudness) = (contours(1).remove(0), contours(1).remove(0));
        let input = FunctionalInput {
            f0_semitones: f0,
            loudness,
            flux_and_mfcc: contours(5),
            voice: contours(14),
            voiced_spectrum: contours(9),
            unvoiced_spectrum: contours(5),
            sound_level_db: 0.0,
        };
        let values = functionals(&input);
        let mut seen = Vec::new();
        for (index, feature) in FEATURES.iter().enumerate() {
            let behind = input.behind(index);
            assert_eq!(behind.is_none(), (82..88).contains(&index), "{}", feature.name);
            if feature.statistic == Statistic::Mean && index < 81 {
                assert_eq!(behind.map(|b| b.values[0]), Some(values[index]), "{}", feature.name);
                seen.push(values[index]);
            }
        }
        assert_eq!(seen, (1..=35).map(|n| n as f32).collect::<Vec<f32>>());
        assert_eq!(input.behind(88), None);
    }

    #[test]
    fn nothing_gives_zeros() {
        assert_eq!(contour_statistics(&[]), [0.0; 10]);
        assert_eq!(peaks_per_second(&[]), 0.0);
    }
}
