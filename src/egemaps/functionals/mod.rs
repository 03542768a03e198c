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
#[derive(Debug, Default)]
pub(super) struct FunctionalInput {
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

    #[test]
    fn nothing_gives_zeros() {
        assert_eq!(contour_statistics(&[]), [0.0; 10]);
        assert_eq!(peaks_per_second(&[]), 0.0);
    }
}
