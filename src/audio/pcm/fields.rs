//! Numbers out of bytes that may end anywhere, in either byte order.

use std::ops::Range;

/// Some bytes of a file, or the contents of a chunk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a> {
    pub bytes: &'a [u8],
    /// The place of the first of them.
    pub from: u64,
    /// The byte order: whether the most significant byte comes first.
    pub big: bool,
}

impl<'a> Fields<'a> {
    /// The `N` bytes at `at`, in the order least significant first.
    fn little<const N: usize>(self, at: u64) -> Option<[u8; N]> {
        let at = usize::try_from(at.checked_sub(self.from)?).ok()?;
        let mut bytes = *self.bytes.get(at..)?.first_chunk::<N>()?;
        if self.big {
            bytes.reverse();
        }
        Some(bytes)
    }

    pub fn u16(self, at: u64) -> Option<u16> {
        self.little(at).map(u16::from_le_bytes)
    }

    pub fn u32(self, at: u64) -> Option<u32> {
        self.little(at).map(u32::from_le_bytes)
    }

    pub fn u64(self, at: u64) -> Option<u64> {
        self.little(at).map(u64::from_le_bytes)
    }

    /// Four characters.
    pub fn name(self, at: u64) -> Option<[u8; 4]> {
        Fields { big: false, ..self }.little(at)
    }

    /// A part, whose places are counted from its beginning.
    pub fn slice(self, range: Range<u64>) -> Option<Fields<'a>> {
        let at = |place: u64| usize::try_from(place.checked_sub(self.from)?).ok();
        Some(Fields { bytes: self.bytes.get(at(range.start)?..at(range.end)?)?, from: 0, ..self })
    }
}
