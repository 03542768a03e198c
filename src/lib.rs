//! Undertone shows how *activated* (calm … excited) a voice sounds, and why, without any sound leaving the device.
//!
//! A sound goes one way through this crate, and the modules are its stations:
//!
//! ```text
//! samples ─ audio ─▶ 25 LLDs ─ egemaps ─▶ 88 features ─ model ─▶ 2 coordinates, a score
//!                                                          └─ attribution ─▶ its reasons ─ chart ─▶ its picture
//! ```
//!
//! [`analysis`] leads an utterance along that way; [`lesson`] stops at every station and shows what is there.
//!
//! # Conventions
//! * **Samples** are `f32` in −1 … 1 (a little more is legal: some microphones deliver it), mono after [`audio`].
//! * **Inside** everything runs at [`audio::SAMPLE_RATE_HZ`] = 16 kHz; only [`egemaps::Extractor`] takes other rates.
//! * **Frames** start every 10 ms, frame *i* at its left edge, sample *i*·hop; nothing is centred or padded.
//! * **Unvoiced** is encoded as exactly 0 in low-level descriptors (LLDs) whose names end in `nz`.
//! * **Units** stand in names: `_hz`, `_db`, `_dbfs`, `_s`, `_semitones` (re 27.5 Hz).
//! * **Bits**: transcendental functions come from `libm`, sums run in a fixed order, nothing is contracted; so
//!   features, training and scores have the same bits on every machine and in the browser.
//!
//! The score describes how a voice *sounds*. It is not a diagnosis, names no feeling, and is not for grading or
//! monitoring people.
#![cfg_attr(not(target_arch = "wasm32"), forbid(unsafe_code))]

pub mod analysis;
pub mod attribution;
pub mod audio;
pub mod catalogue;
pub mod chart;
pub mod lesson;
pub mod model;

#[cfg(target_arch = "wasm32")]
pub mod web;

/// The features by themselves; also a crate of their own.
pub use egemaps;

/// Version of this program, in weights files, caches and results.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
