//! What a model was trained on, as fingerprints: whether a recording was among it can be asked, the recording cannot be made
//! from it.
//!
//! A fingerprint is the first eight bytes of the SHA-256 of the 88 features, little-endian. So a recording is found again in
//! another lossless file format, and in a table of features, but not after any change of the samples.

use sha2::{Digest, Sha256};

use egemaps::catalogue::FEATURE_COUNT;

/// Bytes of a fingerprint. With some thousand of them, two recordings have the same one in less than one of 10¹² corpora.
pub const FINGERPRINT_BYTES: usize = 8;

/// Fingerprint of a recording, by its features.
pub type Fingerprint = [u8; FINGERPRINT_BYTES];

/// Fingerprint of a recording's features.
pub fn fingerprint(features: &[f32; FEATURE_COUNT]) -> Fingerprint {
    let mut hasher = Sha256::new();
    features.iter().for_each(|value| hasher.update(value.to_le_bytes()));
    let digest: [u8; 32] = hasher.finalize().into();
    std::array::from_fn(|i| digest[i])
}

/// Fingerprints of recordings, ascending, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fingerprints {
    sorted: Vec<Fingerprint>,
}

impl Fingerprints {
    /// Those of recordings.
    pub fn of<'a>(recordings: impl IntoIterator<Item = &'a [f32; FEATURE_COUNT]>) -> Fingerprints {
        recordings.into_iter().map(fingerprint).collect()
    }

    /// Whether a recording is among them.
    pub fn contains(&self, features: &[f32; FEATURE_COUNT]) -> bool {
        self.sorted.binary_search(&fingerprint(features)).is_ok()
    }

    /// All, ascending.
    pub fn as_slice(&self) -> &[Fingerprint] {
        &self.sorted
    }
}

impl FromIterator<Fingerprint> for Fingerprints {
    fn from_iter<I: IntoIterator<Item = Fingerprint>>(all: I) -> Fingerprints {
        let mut sorted: Vec<Fingerprint> = all.into_iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        Fingerprints { sorted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features(of: f32) -> [f32; FEATURE_COUNT] {
        std::array::from_fn(|i| of + i as f32)
    }

    #[test]
    fn fingerprints_know_what_they_are_of_and_nothing_that_differs_in_a_bit() {
        let (one, other) = (features(1.0), features(2.0));
        let all = Fingerprints::of([&one, &other, &one]);
        assert_eq!(all.as_slice().len(), 2);
        assert!(all.contains(&one) && all.contains(&other));
        let mut near = one;
        near[87] = f32::from_bits(near[87].to_bits() + 1);
        assert!(!all.contains(&near));
        assert!(!Fingerprints::default().contains(&one));
    }

    #[test]
    fn fingerprint_is_the_beginning_of_the_digest_of_the_bytes() {
        let bytes: Vec<u8> = features(0.5).iter().flat_map(|v| v.to_le_bytes()).collect();
        assert_eq!(fingerprint(&features(0.5))[..], Sha256::digest(&bytes)[..FINGERPRINT_BYTES]);
    }
}
