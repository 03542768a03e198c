//! The kinds of augmentation, their names and seeds.

use sha2::{Digest, Sha256};

/// A kind of augmentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Augmentation {
    /// Any change, each with some probability: speed, microphone, room, noise or babble, band, clipping. The number makes
    /// two such augmentations differ.
    Any(u8),
    /// Faster or slower by up to a tenth; pitch and formants move along.
    Speed,
    /// A telephone's band, some with noise.
    Telephone,
    /// Babble: background speech.
    Babble,
    /// Noise between white and brown.
    Noise,
    /// Reverberation of a room.
    Room,
    /// The same, further away from the microphone.
    FarRoom,
}

impl Augmentation {
    /// All that a training recording gets.
    pub const ALL: [Augmentation; 8] = [
        Augmentation::Any(0),
        Augmentation::Any(1),
        Augmentation::Speed,
        Augmentation::Telephone,
        Augmentation::Babble,
        Augmentation::Noise,
        Augmentation::Room,
        Augmentation::FarRoom,
    ];

    /// Name; part of the seed of its draws.
    pub fn name(self) -> String {
        match self {
            Augmentation::Any(number) => format!("any {number}"),
            Augmentation::Speed => "speed".into(),
            Augmentation::Telephone => "telephone".into(),
            Augmentation::Babble => "babble".into(),
            Augmentation::Noise => "noise".into(),
            Augmentation::Room => "room".into(),
            Augmentation::FarRoom => "far room".into(),
        }
    }

    /// The seed for a file of this content.
    pub fn seed(self, bytes: &[u8]) -> u64 {
        let digest = Sha256::new().chain_update(bytes).chain_update(self.name()).finalize();
        digest.iter().take(8).fold(0, |seed, byte| seed << 8 | u64::from(*byte))
    }
}
