//! `cargo xtask dist`: packs the page as a static site, with the headers that a host has to send and the checksums
//! that a visitor can compare.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::serve::{offline, policy};
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
        let bytes = match path.as_str() {
            policy::SERVICE_WORKER => offline::service_worker(&root)?.into_bytes(),
            _ => fs::read(root.join(&path)).with_context(|| format!("cannot read {path}"))?,
        };
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

/// The headers in the form that static hosts read (`_headers`). No path falls under two rules: hosts would join their
/// values, and of two policies the stricter holds, which would take the service worker its own origin.
fn headers_file() -> String {
    let mut rules = vec![("/".to_owned(), None), ("/index.html".to_owned(), None)];
    rules.extend(policy::FOLDERS.map(|folder| {
        let of_worker = policy::SERVICE_WORKER.starts_with(&format!("{folder}/"));
        (format!("/{folder}/*"), of_worker.then_some(policy::SERVICE_WORKER))
    }));
    let mut text = String::new();
    for (path, file) in rules {
        let _ = writeln!(text, "{path}");
        for (name, value) in policy::headers(file) {
            let _ = writeln!(text, "  {name}: {value}");
        }
    }
    text
}

/// A checksum in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_file_closes_the_page_and_opens_its_own_server_to_the_worker_alone() {
        let text = headers_file();
        let rule = |path: &str| {
            let (_, rest) = text.split_once(&format!("{path}\n")).unwrap();
            rest.split("\n/").next().unwrap().to_owned()
        };
        for path in ["/", "/index.html", "/pkg/*", "/www/*"] {
            let headers = rule(path);
            assert!(headers.starts_with("  Content-Security-Policy: default-src 'none';"), "{path}");
            assert!(headers.contains("connect-src 'none'"), "{path}");
            assert!(headers.contains("\n  Permissions-Policy: microphone=(self), "), "{path}");
            assert!(headers.contains("\n  Connection-Allowlist: (response-origin)\n"), "{path}");
        }
        let worker = rule("/worker/*");
        assert!(worker.contains("connect-src 'self'") && worker.contains("\n  Service-Worker-Allowed: /"));
        assert_eq!(text.matches("connect-src 'self'").count(), 1);
    }

    #[test]
    fn checksums_are_sha_256() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
