//! eGeMAPSv02: 25 contours and 88 functionals, as the reference computes them, oddities included.
//!
//! Knows nothing of emotion or of the model. The way of a sound through this module:
//!
//! ```text
//! samples ─┬─ 20 ms frames ─ fft ─┬─ mel ──────▶ loudness, mfcc
//!          │                      ├─ balance ──▶ alphaRatio, hammarbergIndex, slopes, flux
//!          │                      └─ formants ─▶ F1 … F3 ───────────────────────┐
//!          ├─ 60 ms frames ─ fft ─── pitch ────▶ F0 ─┬──────────────────────────┼─ harmonics ▶ HNR, H1, amplitudes
//!          └─────────────────────────────────────────┴─ periods ▶ jitter, shimmer
//! contours ─ smoothing ─ functionals ─▶ 88 numbers
//! ```
//!
//! The specification is in `docs/egemaps/`. "Quirk n" in this module's comments refers to the list of the reference's oddities in part 1 of the specification,
//! unless another part is named. They are kept on purpose: models and literature use the values that they produce.

mod arithmetic;
mod balance;
pub mod catalogue;
mod descriptors;
mod error;
mod extractor;
mod features;
pub mod fft;
mod formants;
mod functionals;
pub mod geometry;
mod harmonics;
mod limits;
mod mel;
mod pcm;
mod periods;
mod pitch;
mod slice;
mod smoothing;

pub use error::ExtractError;
pub use extractor::{Extractor, Trace, extract};
pub use features::Features;
pub use functionals::{FunctionalInput, SourceValues};
pub use pcm::quantise_pcm16;
pub use pitch::{Candidate as PitchCandidate, SLOTS as PITCH_SLOTS};
pub use slice::{Slice, Slicer, energy_shares};
