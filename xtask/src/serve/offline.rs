//! The service worker with the list of what it keeps. The list is made from the files themselves, whenever the worker
//! is served or packed: a file that changes makes another worker, and so another version.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use sha2::{Digest, Sha256};

use super::policy;

/// Where the list stands in the source: empty, or as an earlier packing has left it.
const LIST: [&str; 2] = ["const FILES = {", "};"];

/// The worker's source with every file of the page and its SHA-256, in base64 as browsers check it.
pub fn service_worker(root: &Path) -> Result<String> {
    let source = fs::read_to_string(root.join(policy::SERVICE_WORKER))
        .with_context(|| format!("cannot read {}", policy::SERVICE_WORKER))?;
    let [begin, end] = LIST;
    let (before, after) = match (source.split_once(begin), source.matches(begin).count()) {
        (Some((before, rest)), 1) => (before, rest.split_once(end).map(|(_, after)| after)),
        _ => ("", None),
    };
    let Some(after) = after else {
        bail!("{} must have `{begin} … {end}` once", policy::SERVICE_WORKER);
    };
    let mut list = format!("{before}{begin}\n");
    for path in kept_files(root) {
        let bytes = fs::read(root.join(&path)).with_context(|| format!("cannot read {path}"))?;
        let sum = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(&bytes));
        // Names on the list have no character that a string would have to hide.
        let _ = writeln!(list, "  '{path}': '{sum}',");
    }
    list.push_str(end);
    list.push_str(after);
    Ok(list)
}

/// What the page loads and shows the checksums of: not the wasm file itself, which is for the npm package, not the compiler's settings, and not
/// the worker, which the browser keeps by itself.
pub fn kept_files(root: &Path) -> Vec<String> {
    let mut files = policy::all_files(root);
    files.retain(|path| {
        !path.ends_with(".wasm") && !path.ends_with(".json") && path != policy::SERVICE_WORKER
    });
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_has_every_file_and_changes_with_each() {
        let root = std::env::temp_dir().join(format!("undertone-offline-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        for folder in ["www", "pkg", "worker"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        fs::write(root.join(policy::SERVICE_WORKER), "begin\nconst FILES = {};\nend\n").unwrap();
        fs::write(root.join("index.html"), "page").unwrap();
        fs::write(root.join("www/app.js"), "abc").unwrap();
        fs::write(root.join("pkg/undertone_bg.wasm"), "wasm").unwrap();
        let first = service_worker(&root).unwrap();
        assert!(first.starts_with("begin\nconst FILES = {\n  'index.html': '"), "{first}");
        // SHA-256 of "abc", as in the standard's example.
        assert!(first.contains("  'www/app.js': 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=',\n};\nend\n"));
        assert!(!first.contains("wasm") && !first.contains("service-worker"), "{first}");
        fs::write(root.join("www/app.js"), "abd").unwrap();
        let second = service_worker(&root).unwrap();
        assert_ne!(second, first);
        // A worker that has a list gets the new one in its place.
        fs::write(root.join(policy::SERVICE_WORKER), &first).unwrap();
        assert_eq!(service_worker(&root).unwrap(), second);
        fs::write(root.join(policy::SERVICE_WORKER), "no place for it").unwrap();
        assert!(service_worker(&root).is_err());
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn the_repositorys_own_worker_takes_the_list() {
        let worker = service_worker(&crate::paths::root()).unwrap();
        assert!(worker.contains("'index.html': '") && worker.contains("'www/app.js': '"));
    }
}
