//! Reading numbers and marks out of bytes that may end anywhere.

/// Whether `wanted` stands at `at`.
pub(super) fn has(bytes: &[u8], at: usize, wanted: &[u8]) -> bool {
    at.checked_add(wanted.len()).and_then(|end| bytes.get(at..end)) == Some(wanted)
}

/// The `N` bytes at `at`, if they are there.
pub(super) fn take<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

pub(super) fn u16_be(bytes: &[u8], at: usize) -> Option<u16> {
    take(bytes, at).map(u16::from_be_bytes)
}

pub(super) fn u32_be(bytes: &[u8], at: usize) -> Option<u32> {
    take(bytes, at).map(u32::from_be_bytes)
}

pub(super) fn u32_le(bytes: &[u8], at: usize) -> Option<u32> {
    take(bytes, at).map(u32::from_le_bytes)
}
