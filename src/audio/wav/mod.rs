//! Writing WAV. [`pcm`](super::pcm) reads it.
//!
//! ```
//! use undertone::audio::{pcm, wav};
//!
//! let bytes = wav::write_f32(&[0.0, 0.25, -0.5], 44_100);
//! assert_eq!(pcm::read(&bytes)?.samples, [0.0, 0.25, -0.5]);
//! # Ok::<(), pcm::PcmError>(())
//! ```

mod write;

#[cfg(all(target_arch = "wasm32", feature = "web"))]
pub(crate) use write::piece_f32;
pub use write::{write_f32, write_pcm16};

/// Format tags of the `fmt ` chunk (Microsoft, "Multiple channel audio data and WAVE files").
mod tag {
    pub const PCM: u16 = 1;
    pub const FLOAT: u16 = 3;
}

#[cfg(test)]
mod tests;
