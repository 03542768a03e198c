//! What an augmentation does, as a name for caches.

use sha2::{Digest, Sha256};

use super::kind::Augmentation;
use crate::data::conditions::BackgroundSpeech;
use crate::numeric::random::Random;
use undertone::audio::SAMPLE_RATE_HZ;

impl Augmentation {
    /// A fingerprint of what this augmentation does, to cache features by: other background speech or another program
    /// gives another one. In hexadecimal digits.
    ///
    /// It is a hash of a quarter of a second of made-up sound, augmented with many seeds, so that most branches of the
    /// recipe are among them.
    pub fn fingerprint(self, background: &BackgroundSpeech) -> String {
        let mut random = Random::new(1);
        let sound: Vec<f32> = (0..SAMPLE_RATE_HZ / 4)
            .map(|i| {
                let hum = libm::sin(2.0 * std::f64::consts::PI * 150.0 * f64::from(i) / 16_000.0);
                (0.3 * hum + 0.02 * random.normal()) as f32
            })
            .collect();
        let mut hasher = Sha256::new().chain_update(self.name());
        if let BackgroundSpeech::Recordings(recordings) = background {
            for v in recordings.iter().flatten() {
                hasher.update(v.to_le_bytes());
            }
        }
        for seed in 0..48 {
            match self.apply(&sound, background, seed) {
                Ok(changed) => changed.iter().for_each(|v| hasher.update(v.to_le_bytes())),
                Err(error) => hasher.update(error.to_string()),
            }
        }
        hasher.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}
