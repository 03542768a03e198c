#![doc = include_str!("../README.md")]
//!
//! ## How a sound is processed
//!
//! ```text
//! samples ─┬─ 20 ms frames ─ fft ─┬─ loudness_mfcc ─▶ loudness, mfcc
//!          │                      ├─ spectral ──────▶ alphaRatio, hammarbergIndex, slopes, flux
//!          │                      └─ formants ──────▶ F1 … F3 ──────────────────┐
//!          ├─ 60 ms frames ─ fft ─── pitch ─────────▶ F0 ─┬─────────────────────┼─ harmonics ▶ HNR, H1, amplitudes
//!          └──────────────────────────────────────────────┴─ jitter_shimmer ▶ jitter, shimmer
//! descriptors ─ smoothing ─ functionals ─▶ 88 numbers
//! ```
//!
//! [`extract`] takes a whole sound, [`Extractor`] takes it in pieces and can keep intermediate results ([`Trace`]);
//! [`Slicer`] shows single frames. [`catalogue`] names what comes out.
#![forbid(unsafe_code)]

mod arithmetic;
pub mod catalogue;
mod descriptors;
mod error;
mod extractor;
mod features;
pub mod fft;
mod formants;
mod frames;
mod functionals;
pub mod geometry;
mod harmonics;
mod jitter_shimmer;
mod lanes;
mod limits;
mod loudness_mfcc;
mod pcm;
mod pitch;
mod slice;
mod smoothing;
mod spectral;
mod tables;

pub use error::ExtractError;
pub use extractor::{Extractor, Summary, Trace, extract};
pub use features::Features;
pub use functionals::{FunctionalInput, SourceValues};
pub use lanes::InstructionSet;
pub use pcm::quantise_pcm16;
pub use pitch::{Candidate as PitchCandidate, SLOTS as PITCH_SLOTS};
pub use slice::{Slice, Slicer, energy_shares};
