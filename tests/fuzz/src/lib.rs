//! Targets of fuzzing: what must hold for any bytes. Each panics where it does not.
//!
//! Every target returns a digest of what came out, so that the same bytes can be compared natively and in 32-bit wasm. The targets
//! of `host` need files or the decoders of the command line, and are native only.
//!
//! `tests/short.rs` tries each a little with every test run; `cargo xtask fuzz` runs them for long with libFuzzer (`libfuzzer/`).

// A target panics where something does not hold, or cannot be tried.
#![allow(clippy::unwrap_used, clippy::panic)]

pub mod digest;
#[cfg(not(target_arch = "wasm32"))]
mod host;
mod models;
pub mod mutate;
#[cfg(not(target_arch = "wasm32"))]
pub mod seeds;
mod signal;
mod sound;
mod voice;

/// Something that must take any bytes.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// Takes the bytes and returns a digest of what came out of them.
    pub run: fn(&[u8]) -> u64,
    /// How many bytes are worth trying.
    pub longest: usize,
}

const fn target(name: &'static str, run: fn(&[u8]) -> u64, longest: usize) -> Target {
    Target { name, run, longest }
}

/// Those that run natively and in wasm.
pub const EVERYWHERE: [Target; 8] = [
    target("sniff", sound::sniffed, 4_096),
    target("pcm", sound::pcm, 4_096),
    target("sound-file", sound::sound_file, 8_192),
    target("weights", models::weights, 1 << 18),
    target("packed", models::packed, 1 << 18),
    target("extractor", voice::extractor, 256),
    target("splitter", voice::splitter, 256),
    target("analysis", voice::analysis, 256),
];

/// Those that are native only.
#[cfg(not(target_arch = "wasm32"))]
pub const NATIVE: [Target; 4] = [
    target("decode", host::decode, 1 << 16),
    target("segments", host::segments, 4_096),
    target("table", host::table, 4_096),
    target("joined-tables", host::joined_tables, 4_096),
];

/// All targets of this machine.
#[must_use]
pub fn targets() -> Vec<Target> {
    #[cfg(not(target_arch = "wasm32"))]
    let native = NATIVE;
    #[cfg(target_arch = "wasm32")]
    let native = [];
    EVERYWHERE.into_iter().chain(native).collect()
}

/// Runs the target of this name; 0 if there is none.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen::prelude::wasm_bindgen)]
#[must_use]
pub fn run(name: &str, bytes: &[u8]) -> u64 {
    targets().iter().find(|target| target.name == name).map_or(0, |target| (target.run)(bytes))
}
