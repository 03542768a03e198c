//! `cargo xtask dist`: packs the page as a static site, with the headers that a host has to send and the checksums
//! that a visitor can compare.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::serve::policy;
use crate::{build, paths};

/// `cargo xtask dist`
pub fn command_line() -> Result<()> {
    build::page()?;
    let (root, dist) = (paths::root(), paths::root().join("dist"));
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    let mut sums = String::new();
    let mut total = 0;
    for path in policy::all_files(&root) {
        // The page loads its wasm from a script module; the file itself is for the npm package.
        if path.ends_with(".wasm") {
            continue;
        }
        let bytes = fs::read(root.join(&path)).with_context(|| format!("cannot read {path}"))?;
        let copy = dist.join(&path);
        fs::create_dir_all(copy.parent().unwrap_or(&dist))?;
        fs::write(&copy, &bytes)?;
        let _ = writeln!(sums, "{}  {path}", sha256(&bytes));
        total += bytes.len();
    }
    fs::write(dist.join("_headers"), headers_file())?;
    fs::write(dist.join("SHA256SUMS"), &sums)?;
    print!("{sums}");
    println!("dist/: {} files, {total} bytes", sums.lines().count());
    Ok(())
}

/// The headers in the form that static hosts read (`_headers`).
fn headers_file() -> String {
    let mut text = "/*\n".to_owned();
    for (name, value) in policy::headers(Some("index.html")) {
        let _ = writeln!(text, "  {name}: {value}");
    }
    text
}

/// A checksum in hexadecimal digits.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_file_closes_the_page() {
        let text = headers_file();
        assert!(text.starts_with("/*\n  Content-Security-Policy: default-src 'none';"));
        assert!(text.contains("\n  Permissions-Policy: microphone=(self), "));
        assert!(text.contains("\n  Connection-Allowlist: (response-origin)\n"));
    }

    #[test]
    fn checksums_are_sha_256() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
