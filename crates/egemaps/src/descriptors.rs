//! The low-level descriptors (LLDs) of a sound before smoothing, and how they become the 25 columns and the functionals'
//! input (specification part 1, sections 8 and 9).

use super::arithmetic::ln_f32;
use super::catalogue::{LLD_COUNT, Lld};
use super::features::Features;
use super::formants::{Formant, KEPT};
use super::functionals::{Collector, Column, FunctionalInput};
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
    /// Sum of the 20 ms frames' mean energies, frame after frame.
    energy: f64,
    spectral: [Vec<f32>; SPECTRAL],
    formants: Vec<[Formant; KEPT]>,
    f0_hz: Vec<f32>,
    voice: [Vec<f32>; VOICE],
    amplitudes_db: [Vec<f32>; KEPT],
}

impl RawDescriptors {
    /// Number of 20 ms frames.
    pub(super) fn short_frames(&self) -> usize {
        self.spectral[Lld::Loudness.index()].len()
    }

    /// Decided pitch, Hz, 0 = unvoiced.
    pub(super) fn f0_hz(&self) -> &[f32] {
        &self.f0_hz
    }

    pub(super) fn push_short(&mut self, energy: f32, loudness: f32, balance: Balance, mfcc: [f32; CEPSTRA]) {
        self.energy += f64::from(energy);
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
    }

    /// Formants of the next 20 ms frame that has none yet.
    pub(super) fn push_formants(&mut self, formants: [Formant; KEPT]) {
        self.formants.push(formants);
    }

    /// Number of frames with a decided pitch.
    pub(super) fn voice_frames(&self) -> usize {
        self.f0_hz.len()
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

    /// The end of the sound: what is to be smoothed, gated and summarised. `decided` is K: frames with a decided pitch before
    /// the end of the input. Nothing if there is no 60 ms frame.
    pub(super) fn end(self, decided: usize) -> Option<Summarising> {
        if self.f0_hz.is_empty() {
            return None;
        }
        let level_db = sound_level_db(self.energy / self.short_frames().max(1) as f64);
        Some(Summarising {
            smoothing: Smoothing::new(self, decided),
            collector: Collector::default(),
            level_db,
        })
    }
}

/// Descriptors that are being summarised.
#[derive(Debug)]
pub(super) struct Summarising {
    smoothing: Smoothing,
    collector: Collector,
    /// Mean energy of the 20 ms frames in dB re full scale.
    level_db: f32,
}

impl Summarising {
    /// Summarises one more column, and returns the share that is done.
    pub(super) fn step(&mut self) -> f64 {
        if let Some(column) = self.collector.next_column() {
            self.collector.take(column, &self.smoothing.of_column(column));
        }
        self.collector.columns() as f64 / Collector::COLUMNS as f64
    }

    /// All that the functionals are computed from.
    pub(super) fn input(&self) -> FunctionalInput {
        FunctionalInput::of(|column| self.smoothing.of_column(column), self.level_db)
    }

    /// The features; what was not summarised yet is summarised at once.
    pub(super) fn finish(mut self, hop_s: f64, keeps_llds: bool) -> Features {
        while self.step() < 1.0 {}
        let llds = if keeps_llds { self.smoothing.llds() } else { Vec::new() };
        let functionals = self.collector.finish(self.level_db);
        Features { functionals, llds, f0_hz: self.smoothing.raw.f0_hz, hop_s }
    }
}

/// Smooths and gates the descriptors of a sound that has ended.
#[derive(Debug)]
struct Smoothing {
    raw: RawDescriptors,
    f0_semitones: Vec<f32>,
    decided: usize,
    frames: usize,
    /// Number of smoothed rows that the functionals are computed from (quirk 15).
    pitch_rows: usize,
    voice_rows: usize,
}

impl Smoothing {
    fn new(raw: RawDescriptors, decided: usize) -> Smoothing {
        let frames = raw.f0_hz.len();
        Smoothing {
            f0_semitones: raw.f0_hz.iter().map(|f| semitones(*f)).collect(),
            raw,
            decided,
            frames,
            pitch_rows: decided.max(1),
            voice_rows: if decided == 0 { frames } else { decided },
        }
    }

    /// Values where the frame is voiced (or is not), 0 elsewhere.
    fn gate(&self, values: impl Fn(usize) -> f32, voiced: bool) -> Vec<f32> {
        let is_voiced = |i: usize| self.f0_semitones[i] > VOICED_ABOVE;
        (0..self.frames).map(|i| if is_voiced(i) == voiced { values(i) } else { 0.0 }).collect()
    }

    fn early_end(&self, values: &[f32]) -> Vec<f32> {
        smooth_nonzero_early_end(values, self.decided)
    }

    /// A descriptor's values as the functionals see them.
    fn of_column(&self, column: Column) -> Vec<f32> {
        let cut = |mut values: Vec<f32>, rows: usize| {
            values.truncate(rows);
            values
        };
        let spectrum = |lld: Lld| &self.raw.spectral[lld.index()];
        match column {
            Column::F0 => cut(smooth_nonzero(&self.f0_semitones, self.decided), self.pitch_rows),
            Column::AllFrames(lld) => cut(smooth_plain(spectrum(lld)), self.raw.short_frames()),
            Column::VoicedSpectrum(lld) => {
                let gated = self.gate(|i| spectrum(lld)[i], true);
                cut(smooth_nonzero(&gated, self.decided), self.voice_rows)
            }
            Column::UnvoicedSpectrum(lld) => {
                let gated = self.gate(|i| spectrum(lld)[i], false);
                cut(smooth_nonzero(&gated, self.decided), self.pitch_rows)
            }
            Column::Voice(lld) => cut(self.of_voice(lld, true), self.voice_rows),
        }
    }

    /// A descriptor that needs the pitch, or of a formant. Frequency and bandwidth of a formant are gated by the pitch if
    /// `gated`; amplitudes never are, so −201 in unvoiced frames takes part (quirk 13).
    fn of_voice(&self, lld: Lld, gated: bool) -> Vec<f32> {
        if let Some(values) = lld.index().checked_sub(Lld::Jitter.index()).and_then(|i| self.raw.voice.get(i))
        {
            return self.early_end(values);
        }
        let place = lld.index() - Lld::F1Frequency.index();
        let (formant, value) = (place / 3, place % 3);
        let of_frame = |i: usize| {
            let formant = self.raw.formants[i][formant];
            if value == 0 { formant.frequency_hz } else { formant.bandwidth_hz }
        };
        if value == 2 {
            self.early_end(&self.raw.amplitudes_db[formant])
        } else if gated {
            self.early_end(&self.gate(of_frame, true))
        } else {
            self.early_end(&(0..self.frames).map(of_frame).collect::<Vec<_>>())
        }
    }

    /// The 25 columns, row by row.
    fn llds(&self) -> Vec<[f32; LLD_COUNT]> {
        let mut rows = vec![[0.0; LLD_COUNT]; self.frames + 1];
        for lld in Lld::ALL {
            let column = match lld {
                Lld::F0 => self.early_end(&self.f0_semitones),
                _ if lld.index() < SPECTRAL => smooth_plain(&self.raw.spectral[lld.index()]),
                _ => self.of_voice(lld, false),
            };
            for (row, value) in rows.iter_mut().zip(column) {
                row[lld.index()] = value;
            }
        }
        rows
    }
}

/// Mean energy in dB re full scale; −120 for digital silence.
fn sound_level_db(mean: f64) -> f32 {
    (10.0 / core::f64::consts::LN_10) as f32 * ln_f32((mean as f32).max(1e-12))
}
