//! The header of WAV files that the tasks make themselves.

/// A header for one channel of whole numbers (PCM).
pub fn header(rate_hz: u32, bits: u16, samples: usize) -> Vec<u8> {
    let bytes = u32::from(bits / 8);
    let data = samples as u32 * bytes;
    let mut file = b"RIFF".to_vec();
    file.extend((36 + data).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    file.extend(rate_hz.to_le_bytes());
    file.extend((rate_hz * bytes).to_le_bytes());
    file.extend((bytes as u16).to_le_bytes());
    file.extend(bits.to_le_bytes());
    file.extend(b"data");
    file.extend(data.to_le_bytes());
    file
}
