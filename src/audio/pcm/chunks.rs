//! Files made of chunks: a name, a size, contents.

use super::error::{HeaderField, PcmError};
use super::fields::Fields;
use super::format::bad;
use super::place::Source;

/// How chunks are laid out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// The byte order of all numbers.
    pub big: bool,
    /// Bytes of a name, which begins with four characters.
    pub name: u64,
    /// Bytes of a size, 4 or 8.
    pub size: u64,
    /// Whether sizes count name and size.
    pub all: bool,
    /// What chunks are padded to a multiple of.
    pub padded: u64,
}

/// A chunk's name and contents; these may reach beyond the end of the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chunk {
    pub name: [u8; 4],
    pub start: u64,
    pub size: u64,
}

/// What stands at a place in a file.
#[derive(Debug)]
pub(super) enum Next {
    Chunk(Chunk),
    /// It exists, but is not at hand.
    Unseen,
    /// The file ends here.
    End,
}

/// The chunks of a file, one after the other.
#[derive(Debug)]
pub(super) struct Chunks<'a> {
    source: Source<'a>,
    layout: Layout,
    /// Where the next one is.
    pub at: u64,
}

/// More of a chunk's contents than any format takes is not looked at: 256 pairs of coefficients are the most.
const MOST_CONTENTS: u64 = 1 << 16;

impl<'a> Chunks<'a> {
    pub fn new(source: Source<'a>, layout: Layout, at: u64) -> Self {
        Self { source, layout, at }
    }

    pub fn fields(&self) -> Fields<'a> {
        self.source.fields(self.layout.big)
    }

    /// What comes next. The place behind it must be set by [`Chunks::skip`].
    pub fn peek(&self) -> Next {
        let Layout { name, size, all, .. } = self.layout;
        let start = self.at.saturating_add(name + size);
        if self.source.lacks(start) {
            return Next::Unseen;
        }
        let fields = self.fields();
        let long =
            if size == 8 { fields.u64(self.at + name) } else { fields.u32(self.at + name).map(u64::from) };
        match (fields.name(self.at), long) {
            (Some(name_of), Some(long)) => {
                let size = if all { long.saturating_sub(name + size) } else { long };
                Next::Chunk(Chunk { name: name_of, start, size })
            }
            _ => Next::End,
        }
    }

    /// What comes next in the header of a sound; none if it is not at hand. At the end there is an error: what is missing is the
    /// format, or behind that the sound.
    pub fn wanted(&self, has_format: bool) -> Result<Option<Chunk>, PcmError> {
        match self.peek() {
            Next::Chunk(chunk) => Ok(Some(chunk)),
            Next::Unseen => Ok(None),
            Next::End => {
                let field = if has_format { HeaderField::DataChunk } else { HeaderField::FormatChunk };
                Err(bad(field, 0))
            }
        }
    }

    /// Goes behind a chunk.
    ///
    /// # Errors
    /// [`PcmError::NoSound`] if the file ends within it.
    pub fn skip(&mut self, chunk: Chunk) -> Result<(), PcmError> {
        let end = chunk.start.saturating_add(chunk.size);
        if end > self.source.file_bytes {
            return Err(PcmError::NoSound);
        }
        self.at = end.saturating_add(self.layout.padded - 1) / self.layout.padded * self.layout.padded;
        Ok(())
    }

    /// A chunk's contents, or the beginning of very long ones; none if they exist, but are not at hand.
    ///
    /// # Errors
    /// [`PcmError::NoSound`] if the file ends within it.
    pub fn contents(&self, chunk: Chunk) -> Result<Option<Fields<'a>>, PcmError> {
        let end = chunk.start.saturating_add(chunk.size);
        if end > self.source.file_bytes {
            return Err(PcmError::NoSound);
        }
        Ok(self.fields().slice(chunk.start..end.min(chunk.start.saturating_add(MOST_CONTENTS))))
    }
}
