//! From smoothed low-level descriptors to the 88 functionals (specification part 1, sections 10 and 11).

mod extrema;
mod segments;
mod statistics;

use super::catalogue::{FEATURE_COUNT, Feature, Frames, Lld};
use super::geometry::FUNCTIONALS_HOP_S;
use extrema::{Extrema, Slopes};
use segments::SegmentLengths;
use statistics::{Moments, percentiles};

/// The smoothed descriptors that the functionals are computed from, each cut to the rows that the functionals see.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FunctionalInput {
    /// Pitch in semitones (set B), KF rows.
    pub(super) f0_semitones: Vec<f32>,
    /// Loudness, N20 rows.
    pub(super) loudness: Vec<f32>,
    /// Flux and mfcc1 … mfcc4 in all frames, N20 rows each.
    pub(super) flux_and_mfcc: Vec<Vec<f32>>,
    /// Jitter, shimmer, HNR, H1−H2, H1−A3, then frequency, bandwidth, amplitude of three formants (set C), KV rows each.
    pub(super) voice: Vec<Vec<f32>>,
    /// alphaRatio, hammarbergIndex, both slopes, flux, mfcc1 … mfcc4 in voiced frames (set B), KV rows each.
    pub(super) voiced_spectrum: Vec<Vec<f32>>,
    /// alphaRatio, hammarbergIndex, both slopes, flux in unvoiced frames (set B), KF rows each.
    pub(super) unvoiced_spectrum: Vec<Vec<f32>>,
    /// Mean energy of the 20 ms frames in dB re full scale.
    pub(super) sound_level_db: f32,
}

/// The values of a descriptor that a functional is computed from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SourceValues<'a> {
    /// One value per 10 ms.
    pub values: &'a [f32],
    /// Frames whose value is exactly 0 do not take part.
    pub skips_zeros: bool,
}

/// A list of values that functionals are computed from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Column {
    F0,
    /// Of loudness, flux or an mfcc in all frames.
    AllFrames(Lld),
    /// Of a descriptor that needs the pitch, or of a formant.
    Voice(Lld),
    VoicedSpectrum(Lld),
    UnvoicedSpectrum(Lld),
}

impl FunctionalInput {
    /// Collects all columns.
    pub(super) fn of(column: impl Fn(Column) -> Vec<f32>, sound_level_db: f32) -> FunctionalInput {
        let each =
            |llds: &[Lld], kind: fn(Lld) -> Column| llds.iter().map(|lld| column(kind(*lld))).collect();
        FunctionalInput {
            f0_semitones: column(Column::F0),
            loudness: column(Column::AllFrames(Lld::Loudness)),
            flux_and_mfcc: each(FLUX_AND_MFCC, Column::AllFrames),
            voice: each(VOICE, Column::Voice),
            voiced_spectrum: each(VOICED_SPECTRUM, Column::VoicedSpectrum),
            unvoiced_spectrum: each(UNVOICED_SPECTRUM, Column::UnvoicedSpectrum),
            sound_level_db,
        }
    }

    /// One of the columns.
    pub(super) fn column(&self, column: Column) -> &[f32] {
        // The lists hold descriptors in official order, from `first` on.
        fn from(list: &[Vec<f32>], lld: Lld, first: Lld) -> Option<&Vec<f32>> {
            list.get(lld.index().checked_sub(first.index())?)
        }
        let values = match column {
            Column::F0 => Some(&self.f0_semitones),
            Column::AllFrames(Lld::Loudness) => Some(&self.loudness),
            Column::AllFrames(lld) => from(&self.flux_and_mfcc, lld, Lld::SpectralFlux),
            Column::Voice(lld) => from(&self.voice, lld, Lld::Jitter),
            Column::VoicedSpectrum(lld) => from(&self.voiced_spectrum, lld, Lld::AlphaRatio),
            Column::UnvoicedSpectrum(lld) => from(&self.unvoiced_spectrum, lld, Lld::AlphaRatio),
        };
        values.map_or(&[], |values| values)
    }

    /// The values that `feature` is computed from; `None` where [`Feature::lld`] is `None`.
    pub fn source_of(&self, feature: &Feature) -> Option<SourceValues<'_>> {
        let lld = feature.lld?;
        let (column, skips_zeros) = match (lld, feature.frames) {
            (Lld::F0, _) => (Column::F0, true),
            (Lld::Loudness, _) => (Column::AllFrames(lld), false),
            _ if lld.zero_is_missing() => (Column::Voice(lld), true),
            (_, Frames::All) => (Column::AllFrames(lld), false),
            (_, Frames::Voiced) => (Column::VoicedSpectrum(lld), true),
            (_, Frames::Unvoiced) => (Column::UnvoicedSpectrum(lld), true),
        };
        Some(SourceValues { values: self.column(column), skips_zeros })
    }
}

/// Descriptors whose functionals are taken over all frames, besides loudness.
const FLUX_AND_MFCC: &[Lld] = between(Lld::SpectralFlux, Lld::Mfcc4);
/// Descriptors that need the pitch, and those of the formants.
const VOICE: &[Lld] = between(Lld::Jitter, Lld::F3Amplitude);
/// Spectral descriptors that have functionals over voiced frames …
const VOICED_SPECTRUM: &[Lld] = between(Lld::AlphaRatio, Lld::Mfcc4);
/// … and over unvoiced ones.
const UNVOICED_SPECTRUM: &[Lld] = between(Lld::AlphaRatio, Lld::SpectralFlux);

/// The descriptors from one to another, in official order.
const fn between(first: Lld, last: Lld) -> &'static [Lld] {
    let (upper, _) = Lld::ALL.split_at(last.index() + 1);
    upper.split_at(first.index()).1
}

/// The functionals in the making, one column after the other: each has a value per 10 ms, so that only one need be held.
#[derive(Debug, Default)]
pub(super) struct Collector {
    /// Functionals so far, in official order.
    values: Vec<f32>,
    /// Columns so far.
    columns: usize,
    /// Lengths of the voiced and of the unvoiced segments.
    segments: [SegmentLengths; 2],
    loudness_peaks_per_second: f32,
}

impl Collector {
    /// Number of columns.
    pub(super) const COLUMNS: usize =
        2 + FLUX_AND_MFCC.len() + VOICE.len() + VOICED_SPECTRUM.len() + UNVOICED_SPECTRUM.len();

    /// Columns so far.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// The column that is to be taken next; none after the last.
    pub(super) fn next_column(&self) -> Option<Column> {
        let fixed = [Column::F0, Column::AllFrames(Lld::Loudness)].into_iter();
        let each = |llds: &'static [Lld], kind: fn(Lld) -> Column| llds.iter().map(move |lld| kind(*lld));
        fixed
            .chain(each(FLUX_AND_MFCC, Column::AllFrames))
            .chain(each(VOICE, Column::Voice))
            .chain(each(VOICED_SPECTRUM, Column::VoicedSpectrum))
            .chain(each(UNVOICED_SPECTRUM, Column::UnvoicedSpectrum))
            .nth(self.columns)
    }

    /// Takes the values of [`Collector::next_column`].
    pub(super) fn take(&mut self, column: Column, values: &[f32]) {
        match column {
            Column::F0 => {
                self.values.extend(ten_statistics(&nonzero(values)));
                self.segments =
                    [SegmentLengths::of(values, |v| v != 0.0), SegmentLengths::of(values, |v| v == 0.0)];
            }
            Column::AllFrames(Lld::Loudness) => {
                self.values.extend(ten_statistics(values));
                self.loudness_peaks_per_second = peaks_per_second(values);
            }
            Column::AllFrames(_) => self.values.extend(Moments::of(values).mean_and_variation()),
            Column::Voice(_) | Column::VoicedSpectrum(_) => {
                self.values.extend(Moments::of(&nonzero(values)).mean_and_variation());
            }
            Column::UnvoicedSpectrum(_) => self.values.push(Moments::of(&nonzero(values)).mean),
        }
        self.columns += 1;
    }

    /// The functionals in official order, of all columns.
    pub(super) fn finish(self, sound_level_db: f32) -> [f32; FEATURE_COUNT] {
        let [voiced, unvoiced] = self.segments;
        let last = [self.loudness_peaks_per_second, voiced.per_second()].into_iter();
        let last = last.chain(voiced.mean_and_sd_s()).chain(unvoiced.mean_and_sd_s()).chain([sound_level_db]);
        let mut functionals = [0.0; FEATURE_COUNT];
        for (slot, value) in functionals.iter_mut().zip(self.values.into_iter().chain(last)) {
            *slot = value;
        }
        functionals
    }
}

/// The ten statistics of pitch and loudness, in official order.
fn ten_statistics(v: &[f32]) -> [f32; 10] {
    let [mean, variation] = Moments::of(v).mean_and_variation();
    let [p20, p50, p80] = percentiles(v, [0.2, 0.5, 0.8]);
    let Slopes { rising, falling } = Extrema::of(v).slopes(v);
    [mean, variation, p20, p50, p80, (p80 - p20).abs(), rising.mean, rising.sd, falling.mean, falling.sd]
}

/// Maxima per second, zeros included.
fn peaks_per_second(v: &[f32]) -> f32 {
    if v.is_empty() { 0.0 } else { Extrema::of(v).maxima() as f32 / (v.len() as f32 * FUNCTIONALS_HOP_S) }
}

/// Values that are not exactly 0, moved together; time-based results ignore the gaps (quirk 16).
fn nonzero(v: &[f32]) -> Vec<f32> {
    v.iter().copied().filter(|v| *v != 0.0).collect()
}

#[cfg(test)]
mod tests {
    use super::extrema::tests::EXAMPLE;
    use super::*;
    use crate::catalogue::{FEATURES, Statistic};

    #[test]
    fn ten_statistics_meet_the_example_of_the_specification() {
        let wanted =
            [8.44687462, 0.336583883, 6.0, 8.25, 10.88, 4.88, 175.000015, 34.3592186, 97.0238190, 53.8180428];
        for (got, wanted) in ten_statistics(&EXAMPLE).into_iter().zip(wanted) {
            assert!((f64::from(got) / wanted - 1.0).abs() < 2e-7, "{got} {wanted}");
        }
        assert_eq!(peaks_per_second(&EXAMPLE), 12.5);
    }

    /// Every descriptor is filled with a number of its own, so that each mean names the descriptor that it came from.
    #[test]
    fn source_of_a_mean_has_that_mean() {
        let mut next = 0.0;
        let mut filled = |count: usize| -> Vec<Vec<f32>> {
            let mut one = || {
                next += 1.0;
                vec![next; 4]
            };
            (0..count).map(|_| one()).collect()
        };
        let (f0, loudness) = (filled(1).remove(0), filled(1).remove(0));
        let input = FunctionalInput {
            f0_semitones: f0,
            loudness,
            flux_and_mfcc: filled(5),
            voice: filled(14),
            voiced_spectrum: filled(9),
            unvoiced_spectrum: filled(5),
            sound_level_db: 0.0,
        };
        let mut collector = Collector::default();
        while let Some(column) = collector.next_column() {
            collector.take(column, input.column(column));
        }
        assert_eq!(collector.columns(), Collector::COLUMNS);
        let values = collector.finish(0.0);
        let mut seen = Vec::new();
        for (feature, value) in FEATURES.iter().zip(values) {
            let source = input.source_of(feature);
            assert_eq!(source.is_some(), feature.lld.is_some(), "{}", feature.name);
            if let Some(source) = source.filter(|_| feature.statistic == Statistic::Mean) {
                assert_eq!(source.values[0], value, "{}", feature.name);
                seen.push(value);
            }
        }
        assert_eq!(seen, (1..=35).map(|n| n as f32).collect::<Vec<f32>>());
    }

    #[test]
    fn statistics_of_an_empty_contour_are_zero() {
        assert_eq!(ten_statistics(&[]), [0.0; 10]);
        assert_eq!(peaks_per_second(&[]), 0.0);
    }
}
