//! Undertone shows how *activated* (calm … excited) a voice sounds, and why, without any sound leaving the device.
//!
//! [`score`] does it in one call, for mono samples at any rate from 8 to 192 kHz:
//!
//! ```
//! # // A voice of pulses at 150 Hz, each ringing out at 700 Hz.
//! # let samples: Vec<f32> = (0..48_000)
//! #     .map(|k| (k % 320) as f32 / 48_000.0)
//! #     .map(|t| 0.5 * (-400.0 * t).exp() * (4_400.0 * t).sin())
//! #     .collect();
//! let analysis = undertone::score(&samples, 48_000)?;
//! let prediction = &analysis.prediction;
//! println!("{:.1} on a scale from 1 calm to 5 excited", prediction.activation);
//!
//! // The reasons add up to the score's distance from the average training voice's.
//! let sum: f64 = prediction.contributions.groups.iter().sum();
//! assert!((sum - (prediction.activation - prediction.baseline)).abs() < 1e-9);
//! # Ok::<(), undertone::ScoreError>(())
//! ```
//!
//! A sound goes one way through this crate, from module to module:
//!
//! ```text
//! samples ─ audio ─▶ 25 LLDs ─ egemaps ─▶ 88 features ─ model ─▶ 2 coordinates, a score
//!                                                          └─ attribution ─▶ its reasons ─ chart ─▶ its picture
//! ```
//!
//! [`analysis`] leads an utterance along that way; [`lesson`] keeps the intermediate results of every step.
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
mod number;
mod version;

#[cfg(all(target_arch = "wasm32", feature = "web"))]
pub mod web;

/// The features by themselves; also a crate of their own.
pub use egemaps;

#[cfg(not(target_arch = "wasm32"))]
pub use analysis::{ScoreError, score};

pub use version::VERSION;

// The program in the README is compiled and run with the examples of this crate.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
