//! The low-level descriptors (LLDs) of a sound before smoothing, and how they become the 25 columns and the functionals'
//! input (specification part 1, sections 8 and 9).

use super::arithmetic::ln_f32;
use super::catalogue::{LLD_COUNT, Lld};
use super::features::Features;
use super::formants::{Formant, KEPT};
use super::functionals::{FunctionalInput, functionals};
use super::harmonics::HarmonicDescriptors;
use super::jitter_shimmer::Perturbation;
use super::loudness_mfcc::CEPSTRA;
use super::pitch::{VOICED_ABOVE, semitones};
use super::smoothing::{smooth_nonzero, smooth_nonzero_early_end, smooth_plain};
use super::spectral::Balance;

/// Spectral descriptors of the 20 ms frames: loudness, alphaRatio, hammarbergIndex, both slopes, flux, mfcc1 … mfcc4. They
/// stand at the head of [`Lld::ALL`].
const SPECTRAL: usize = Lld::Mfcc4.index() + 1;
/// Descriptors of the 60 ms frames that are computed with the pitch: jitter, shimmer, HNR, H1−H2, H1−A3.
const VOICE: usize = Lld::H1A3.index() - Lld::F0.index();

/// Descriptors before smoothing, frame by frame.
#[derive(Debug, Default)]
pub(super) struct RawDescriptors {
    energy: Vec<f32>,
    spectral: [Vec<f32>; SPECTRAL],
    formants: Vec<[Formant; KEPT]>,
    f0_hz: Vec<f32>,
    voice: [Vec<f32>; VOICE],
    amplitudes_db: [Vec<f32>; KEPT],
}

impl RawDescriptors {
    /// Number of 20 ms frames.
    pub(super) fn short_frames(&self) -> usize {
        self.energy.len()
    }

    /// Decided pitch, Hz, 0 = unvoiced.
    pub(super) fn f0_hz(&self) -> &[f32] {
        &self.f0_hz
    }

    pub(super) fn push_short(
        &mut self,
        energy: f32,
        loudness: f32,
        balance: Balance,
        mfcc: [f32; CEPSTRA],
        formants: [Formant; KEPT],
    ) {
        self.energy.push(energy);
        let row = [
            loudness,
            balance.alpha_ratio_db,
            balance.hammarberg_index_db,
            balance.slope_0_500,
            balance.slope_500_1500,
            balance.flux,
        ];
        for (values, value) in self.spectral.iter_mut().zip(row.into_iter().chain(mfcc)) {
            values.push(value);
        }
        self.formants.push(formants);
    }

    /// Formants of the frame that the next [`RawDescriptors::push_voice`] belongs to.
    pub(super) fn next_voice_formants(&self) -> [Formant; KEPT] {
        self.formants.get(self.f0_hz.len()).copied().unwrap_or_default()
    }

    pub(super) fn push_voice(&mut self, f0_hz: f32, p: Perturbation, h: HarmonicDescriptors) {
        self.f0_hz.push(f0_hz);
        for (values, value) in
            self.voice.iter_mut().zip([p.jitter, p.shimmer_db, h.hnr_db, h.h1_h2_db, h.h1_a3_db])
        {
            values.push(value);
        }
        for (values, value) in self.amplitudes_db.iter_mut().zip(h.formant_amplitude_db) {
            values.push(value);
        }
    }

    /// Smooths, gates and summarises; returns what was summarised, too. `decided` is K: frames with a decided pitch before
    /// the end of the input. Nothing if there is no 60 ms frame.
    pub(super) fn finish(self, decided: usize, hop_s: f64) -> Option<(Features, FunctionalInput)> {
        let frames = self.f0_hz.len();
        if frames == 0 {
            return None;
        }
        let f0: Vec<f32> = self.f0_hz.iter().map(|f| semitones(*f)).collect();
        let voiced = |i: usize| f0[i] > VOICED_ABOVE;
        let spectral = self.spectral.each_ref().map(|values| smooth_plain(values));
        let smooth_early_end = |values: &[f32]| smooth_nonzero_early_end(values, decided);
        let formant = |k: usize, value: fn(&Formant) -> f32| -> Vec<f32> {
            self.formants[..frames].iter().map(|f| value(&f[k])).collect()
        };
        let gate = |values: &[f32], wanted: bool| -> Vec<f32> {
            (0..frames).map(|i| if voiced(i) == wanted { values[i] } else { 0.0 }).collect()
        };

        // Number of smoothed rows that the functionals are computed from (quirk 15).
        let pitch_rows = decided.max(1);
        let voice_rows = if decided == 0 { frames } else { decided };
        let cut = |mut values: Vec<f32>, rows: usize| {
            values.truncate(rows);
            values
        };

        let voice = self.voice.each_ref().map(|values| smooth_early_end(values));
        let amplitudes = self.amplitudes_db.each_ref().map(|values| smooth_early_end(values));
        let mut ungated = Vec::new(); // frequency, bandwidth, amplitude of each formant, for the columns
        let mut gated = Vec::new(); // the same for the functionals
        for (k, amplitude) in amplitudes.iter().enumerate() {
            for value in [(|f: &Formant| f.frequency_hz) as fn(&Formant) -> f32, |f| f.bandwidth_hz] {
                let values = formant(k, value);
                gated.push(smooth_early_end(&gate(&values, true)));
                ungated.push(smooth_early_end(&values));
            }
            // Quirk 13: amplitudes are not gated; −201 in unvoiced frames takes part.
            gated.push(amplitude.clone());
            ungated.push(amplitude.clone());
        }

        let columns: Vec<&Vec<f32>> = spectral.iter().collect();
        let f0_column = smooth_early_end(&f0);
        let columns: Vec<&Vec<f32>> =
            columns.into_iter().chain([&f0_column]).chain(&voice).chain(&ungated).collect();
        let llds = (0..=frames)
            .map(|row| {
                let mut values = [0.0; LLD_COUNT];
                for (value, column) in values.iter_mut().zip(&columns) {
                    *value = column[row];
                }
                values
            })
            .collect();

        let all_frames = self.energy.len();
        let gated_spectrum = |from: usize, to: usize, wanted: bool, rows: usize| -> Vec<Vec<f32>> {
            self.spectral[from..to]
                .iter()
                .map(|values| cut(smooth_nonzero(&gate(values, wanted), decided), rows))
                .collect()
        };
        let input = FunctionalInput {
            f0_semitones: cut(smooth_nonzero(&f0, decided), pitch_rows),
            loudness: cut(spectral[0].clone(), all_frames),
            flux_and_mfcc: spectral[Lld::SpectralFlux.index()..]
                .iter()
                .map(|c| cut(c.clone(), all_frames))
                .collect(),
            voice: voice.into_iter().chain(gated).map(|c| cut(c, voice_rows)).collect(),
            voiced_spectrum: gated_spectrum(Lld::AlphaRatio.index(), SPECTRAL, true, voice_rows),
            unvoiced_spectrum: gated_spectrum(Lld::AlphaRatio.index(), Lld::Mfcc1.index(), false, pitch_rows),
            sound_level_db: sound_level_db(&self.energy),
        };
        let features = Features { functionals: functionals(&input), llds, f0_hz: self.f0_hz, hop_s };
        Some((features, input))
    }
}

/// Mean energy in dB re full scale; −120 for digital silence.
fn sound_level_db(energy: &[f32]) -> f32 {
    let mean = energy.iter().fold(0.0f64, |s, e| s + f64::from(*e)) / energy.len().max(1) as f64;
    (10.0 / core::f64::consts::LN_10) as f32 * ln_f32((mean as f32).max(1e-12))
}
