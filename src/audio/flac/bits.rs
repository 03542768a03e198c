//! Bits of a frame, from the highest of each byte on, and the two checksums (RFC 9639, sections 9.1.8 and 9.3).

/// Why a frame cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// The bytes end before the frame does.
    End,
    /// They are no frame of this stream.
    Bad,
}

/// Bytes that are read bit by bit.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    /// The next bit.
    at: usize,
}

impl<'a> Bits<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Bits<'a> {
        Bits { bytes, at: 0 }
    }

    /// Makes the bytes end behind so many, if there are more.
    pub(super) fn end_at(&mut self, count: usize) {
        self.bytes = self.bytes.get(..count).unwrap_or(self.bytes);
    }

    /// The next bits at the top of a word; at least 57 of them where the bytes go on.
    fn window(&self) -> u64 {
        let rest = self.bytes.get(self.at / 8..).unwrap_or(&[]);
        let word = match rest.first_chunk::<8>() {
            Some(bytes) => u64::from_be_bytes(*bytes),
            None => {
                let mut bytes = [0; 8];
                bytes[..rest.len()].copy_from_slice(rest);
                u64::from_be_bytes(bytes)
            }
        };
        word << (self.at % 8)
    }

    /// Goes on by `count` bits, if there are as many.
    fn skip(&mut self, count: usize) -> Result<(), Fault> {
        self.at += count;
        if self.at > 8 * self.bytes.len() { Err(Fault::End) } else { Ok(()) }
    }

    /// A number of up to 56 bits.
    pub(super) fn take(&mut self, count: u32) -> Result<u64, Fault> {
        if count == 0 {
            return Ok(0);
        }
        let value = self.window() >> (64 - count);
        self.skip(count as usize)?;
        Ok(value)
    }

    /// A number of up to 56 bits with a sign, in two's complement.
    pub(super) fn signed(&mut self, count: u32) -> Result<i64, Fault> {
        if count == 0 {
            return Ok(0);
        }
        let value = self.window() as i64 >> (64 - count);
        self.skip(count as usize)?;
        Ok(value)
    }

    /// How many zeros come before the next one, which is read, too.
    pub(super) fn unary(&mut self) -> Result<u64, Fault> {
        let mut zeros = 0;
        loop {
            let found = self.window().leading_zeros() as usize;
            let known = 64 - self.at % 8;
            if found < known {
                self.skip(found + 1)?;
                return Ok(zeros + found as u64);
            }
            self.skip(known)?;
            zeros += known as u64;
        }
    }

    /// Goes on to the next whole byte, and says which one it is.
    pub(super) fn align(&mut self) -> usize {
        self.at = self.at.next_multiple_of(8);
        self.at / 8
    }
}

/// Checksum of a frame's header: x⁸ + x² + x + 1.
pub(super) fn crc8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ byte, |crc: u8, _| if crc & 0x80 == 0 { crc << 1 } else { crc << 1 ^ 0x07 })
    })
}

/// What a byte does to [`crc16`].
const CRC16: [u16; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = (byte as u16) << 8;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x8005 };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
};

/// Checksum of a frame: x¹⁶ + x¹⁵ + x² + 1.
pub(super) fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| crc << 8 ^ CRC16[usize::from((crc >> 8) as u8 ^ byte)])
}
