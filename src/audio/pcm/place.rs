//! Where a container has its sound: what its reader finds.

use super::format::Format;

/// What is known of a file before its header is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub first: &'a [u8],
    pub file_bytes: u64,
}

impl Source<'_> {
    /// Whether bytes up to `end` exist but are not at hand.
    pub fn lacks(&self, end: u64) -> bool {
        end > self.first.len() as u64 && end <= self.file_bytes
    }
}

/// The length that a header declares, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Declared {
    Bytes(u64),
    /// The sound lasts till the end of the file.
    ToTheEnd,
}

/// Where the sound lies, how it is stored, and how long it is.
#[derive(Debug)]
pub(super) struct Place {
    pub format: Format,
    /// The sound's first byte in the file.
    pub start: u64,
    pub declared: Declared,
    /// A number of frames, which may end the last block early.
    pub counted: Option<u64>,
}
