//! Features kept between runs, by what they were computed from and by what.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::folder::FeatureFunction;
use crate::audio::{SAMPLE_RATE_HZ, wav};
use crate::egemaps::catalogue::FEATURE_COUNT;

/// A folder of features, keyed by the content of the sound file and a fingerprint of the feature function.
///
/// The fingerprint is what the function gives for one fixed test sound: whenever a change to the extractor changes
/// any bit of that, older entries are no longer found.
#[derive(Debug, Clone)]
pub struct FeatureCache {
    folder: PathBuf,
    fingerprint: [u8; 32],
}

impl FeatureCache {
    /// Opens a cache, creating its folder.
    ///
    /// # Errors
    /// If the folder cannot be created.
    pub fn open(folder: &Path, features: &FeatureFunction) -> io::Result<FeatureCache> {
        fs::create_dir_all(folder)?;
        let mut hasher = Sha256::new();
        hasher.update(env!("CARGO_PKG_VERSION"));
        match features(&wav::write_f32(&probe(), SAMPLE_RATE_HZ)) {
            Ok(values) => values.iter().for_each(|v| hasher.update(v.to_le_bytes())),
            Err(error) => hasher.update(error.to_string()),
        }
        Ok(FeatureCache { folder: folder.to_owned(), fingerprint: hasher.finalize().into() })
    }

    fn path(&self, bytes: &[u8]) -> PathBuf {
        let mut hasher = Sha256::new();
        hasher.update(self.fingerprint);
        hasher.update(bytes);
        let name: String = hasher.finalize().iter().map(|b| format!("{b:02x}")).collect();
        self.folder.join(&name[..2]).join(name)
    }

    /// Features kept for a sound file of this content.
    pub fn get(&self, bytes: &[u8]) -> Option<[f32; FEATURE_COUNT]> {
        let kept = fs::read(self.path(bytes)).ok()?;
        if kept.len() != 4 * FEATURE_COUNT {
            return None;
        }
        let at =
            |i: usize| f32::from_le_bytes([kept[4 * i], kept[4 * i + 1], kept[4 * i + 2], kept[4 * i + 3]]);
        Some(std::array::from_fn(at))
    }

    /// Keeps features. A cache that cannot be written only costs time later, so failures are not reported.
    pub fn put(&self, bytes: &[u8], features: &[f32; FEATURE_COUNT]) {
        let path = self.path(bytes);
        let content: Vec<u8> = features.iter().flat_map(|v| v.to_le_bytes()).collect();
        // Written aside and moved, so that an interrupted run leaves no half entry.
        let aside = path.with_extension(std::process::id().to_string());
        let written = path
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::write(&aside, content))
            .and_then(|()| fs::rename(&aside, &path));
        if written.is_err() {
            drop(fs::remove_file(&aside));
        }
    }
}

/// One second of something like speech: harmonics of a gliding pitch in three syllables.
fn probe() -> Vec<f32> {
    let mut phase = 0.0;
    (0..SAMPLE_RATE_HZ)
        .map(|i| {
            let t = f64::from(i) / f64::from(SAMPLE_RATE_HZ);
            phase += 2.0 * std::f64::consts::PI * (120.0 + 60.0 * t) / f64::from(SAMPLE_RATE_HZ);
            let mut sum = 0.0;
            for k in 1..=20 {
                sum += libm::sin(f64::from(k) * phase) / f64::from(k);
            }
            let syllable = libm::sin(3.0 * std::f64::consts::PI * t);
            (0.2 * sum * syllable * syllable) as f32
        })
        .collect()
}

/// Where features are kept unless told otherwise: `undertone` in the user's cache folder; `None` if the system names none.
pub fn default_directory() -> Option<PathBuf> {
    let from = |name: &str| env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    let base = if cfg!(target_os = "windows") {
        from("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        from("HOME").map(|home| home.join("Library/Caches"))
    } else {
        from("XDG_CACHE_HOME").or_else(|| from("HOME").map(|home| home.join(".cache")))
    };
    base.map(|base| base.join("undertone").join("features"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::corpora::FeatureError;

    #[test]
    fn what_was_put_is_found_by_content_and_by_extractor_only() {
        let folder = tempfile::tempdir().unwrap();
        let one = |_: &[u8]| -> Result<_, FeatureError> { Ok([1.0; FEATURE_COUNT]) };
        let two = |_: &[u8]| -> Result<_, FeatureError> { Ok([2.0; FEATURE_COUNT]) };
        let cache = FeatureCache::open(folder.path(), &one).unwrap();
        let features = std::array::from_fn(|i| i as f32);
        assert_eq!(cache.get(b"sound"), None);
        cache.put(b"sound", &features);
        assert_eq!(cache.get(b"sound"), Some(features));
        assert_eq!(cache.get(b"sounds"), None);
        assert_eq!(FeatureCache::open(folder.path(), &one).unwrap().get(b"sound"), Some(features));
        assert_eq!(FeatureCache::open(folder.path(), &two).unwrap().get(b"sound"), None);

        fs::write(cache.path(b"sound"), b"cut short").unwrap();
        assert_eq!(cache.get(b"sound"), None);
    }
}
