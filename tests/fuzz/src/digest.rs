//! A digest of values by their bits (FNV-1a).

/// The digest so far.
#[derive(Debug, Clone, Copy)]
pub struct Digest(u64);

impl Default for Digest {
    fn default() -> Self {
        Digest(0xcbf2_9ce4_8422_2325)
    }
}

impl Digest {
    /// Of bytes.
    pub fn bytes(&mut self, bytes: impl IntoIterator<Item = u8>) -> &mut Self {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self
    }

    /// Of a number.
    pub fn number(&mut self, number: u64) -> &mut Self {
        self.bytes(number.to_le_bytes())
    }

    /// Of values, all of which have to be finite.
    pub fn finite(&mut self, what: &str, values: &[f32]) -> &mut Self {
        for value in values {
            assert!(value.is_finite(), "{what}: {value}");
            self.number(u64::from(value.to_bits()));
        }
        self
    }

    /// The digest.
    #[must_use]
    pub fn value(&self) -> u64 {
        self.0
    }
}
