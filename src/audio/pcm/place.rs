//! Where a container has its sound: what its reader finds.

use super::fields::Fields;
use super::format::Format;

/// The bytes of a file that are at hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub bytes: &'a [u8],
    /// Where in the file they are.
    pub from: u64,
    pub file_bytes: u64,
}

impl<'a> Source<'a> {
    /// Whether bytes up to `end` exist but are not at hand.
    pub fn lacks(&self, end: u64) -> bool {
        end > self.from + self.bytes.len() as u64 && end <= self.file_bytes
    }

    /// Their numbers, in a byte order.
    pub fn fields(&self, big: bool) -> Fields<'a> {
        Fields { bytes: self.bytes, from: self.from, big }
    }
}

/// What was read of a header that goes on, and where it does.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// Where the next chunk is; 0 before the first.
    pub at: u64,
    /// Where the file claims to end.
    pub end: u64,
    pub format: Option<Format>,
    pub counted: Option<u64>,
    /// The length of the sound in a chunk of its own.
    pub long: Option<u64>,
    /// Where the sound starts, if that comes before its format.
    pub sound: Option<(u64, Declared)>,
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
