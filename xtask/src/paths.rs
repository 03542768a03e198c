//! Where things lie in the repository.

use std::path::{Path, PathBuf};

/// The repository's top level.
pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

/// Cargo's target folder. The tool's own stages never set another one.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// The page's generated part: wasm, glue, models as script modules.
pub fn pkg() -> PathBuf {
    root().join("pkg")
}

/// The packed page.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The npm side of the browser tests.
pub fn browser_tests() -> PathBuf {
    root().join("tests/browser")
}
