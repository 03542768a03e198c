//! The feature cache: features by the content of the sound file and a fingerprint of the feature function.

use std::env;
use std::f64::consts::PI;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::features::FeatureFunction;
use crate::numeric::random::Random;
use egemaps::catalogue::FEATURE_COUNT;
use egemaps::quantise_pcm16;
use undertone::audio::{SAMPLE_RATE_HZ, wav};

/// Version of the pipeline from a file to its features. Raise it with every change to decoders, resampler, region, level or
/// extractor that the test sounds might not show: a decoder other than WAV, a rate other than 44.1 kHz.
const PIPELINE_VERSION: u32 = 4;

/// A folder of features, keyed by the content of the sound file and a fingerprint of the feature function.
///
/// The fingerprint is what the function gives for two fixed test sounds, one clean at 16 kHz, one noisy at 44.1 kHz with
/// pauses and clipped peaks, and `PIPELINE_VERSION`: whenever a change to resampler, region, level or extractor
/// changes any bit of those, older entries are no longer found.
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
        hasher.update(undertone::VERSION);
        hasher.update(PIPELINE_VERSION.to_le_bytes());
        for probe in probes() {
            match features(&probe) {
                Ok(values) => values.iter().for_each(|v| hasher.update(v.to_le_bytes())),
                Err(error) => hasher.update(error.to_string()),
            }
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

    /// Cached features of a sound file of this content.
    pub fn get(&self, bytes: &[u8]) -> Option<[f32; FEATURE_COUNT]> {
        let kept = fs::read(self.path(bytes)).ok()?;
        if kept.len() != 4 * FEATURE_COUNT {
            return None;
        }
        let at =
            |i: usize| f32::from_le_bytes([kept[4 * i], kept[4 * i + 1], kept[4 * i + 2], kept[4 * i + 3]]);
        Some(std::array::from_fn(at))
    }

    /// Stores features. A cache that cannot be written only costs time later, so failures are not reported.
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

/// The test sounds, as files: the second one also tests resampling, rounding, clipping, pauses and noise.
fn probes() -> [Vec<u8>; 2] {
    let clean: Vec<f32> = voice(SAMPLE_RATE_HZ, 1.0).into_iter().map(|v| (0.2 * v) as f32).collect();
    [wav::write_f32(&clean, SAMPLE_RATE_HZ), wav::write_pcm16(&noisy(44_100), 44_100)]
}

/// Harmonics of a gliding pitch in three syllables a second, peaks about 2.
fn voice(rate_hz: u32, seconds: f64) -> Vec<f64> {
    let rate = f64::from(rate_hz);
    let mut phase = 0.0;
    (0..(rate * seconds) as u32)
        .map(|i| {
            let t = f64::from(i) / rate;
            phase += 2.0 * PI * (120.0 + 60.0 * t) / rate;
            let mut sum = 0.0;
            for k in 1..=20 {
                sum += libm::sin(f64::from(k) * phase) / f64::from(k);
            }
            let syllable = libm::sin(3.0 * PI * t);
            sum * syllable * syllable
        })
        .collect()
}

/// The voice with pauses before, within and after it, in noise up to the highest frequency, its loudest peaks clipped.
fn noisy(rate_hz: u32) -> Vec<i16> {
    let mut random = Random::new(1);
    voice(rate_hz, 2.0)
        .into_iter()
        .enumerate()
        .map(|(i, v)| {
            let t = i as f64 / f64::from(rate_hz);
            let speaks = (0.3..0.9).contains(&t) || (1.3..1.8).contains(&t);
            let sum = 0.75 * if speaks { v } else { 0.0 } + 0.01 * random.normal();
            quantise_pcm16(sum as f32)
        })
        .collect()
}

/// The default folder: `undertone` in the user's cache folder; `None` if the system names none.
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
    use crate::data::corpora::FeatureError;

    #[test]
    fn cache_probe_with_noise_clips_and_pauses() {
        let samples = noisy(44_100);
        let clipped = samples.iter().filter(|v| v.unsigned_abs() >= 32_767).count();
        assert!((20..2_000).contains(&clipped), "{clipped}");
        let loudest =
            |range: std::ops::Range<usize>| samples[range].iter().map(|v| v.unsigned_abs()).max().unwrap();
        assert!(
            loudest(0..13_000) < 3_000 && loudest(40_000..57_000) < 3_000 && loudest(14_000..39_000) > 30_000
        );
    }

    #[test]
    fn cache_finds_features_by_content_and_extractor_only() {
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
