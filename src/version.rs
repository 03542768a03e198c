//! The program's version, one for all crates.

/// Version of this program, as weights files, caches and results state it.
///
/// Other crates of the workspace use this constant and not their own `CARGO_PKG_VERSION`: cache keys and provenance must
/// not change with the crate that asks.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
