//! The header of a file of uncompressed sound, without what stands before the sound and is none of it: pictures, padding, notes.

use std::io::{Read, Seek, SeekFrom};

use symphonia::core::io::MediaSource;
use undertone::audio::pcm::{Header, HeaderReader, PcmError};

use super::error::DecodeError;

/// The header of a file of `length` bytes that begins with `first`, or what is wrong with it.
pub(super) fn header(
    bytes: &mut Box<dyn MediaSource>,
    first: &[u8],
    length: u64,
) -> Result<Result<Header, PcmError>, DecodeError> {
    let mut reader = HeaderReader::new(length);
    let mut found = reader.push(first);
    let mut piece = Vec::new();
    loop {
        match found {
            Ok(Some(header)) => return Ok(Ok(header)),
            Ok(None) => {}
            Err(error) => return Ok(Err(error)),
        }
        let wanted = reader.wanted();
        bytes.seek(SeekFrom::Start(wanted.start))?;
        piece.clear();
        bytes.take(wanted.end - wanted.start).read_to_end(&mut piece)?;
        found = reader.push(&piece);
        // It has become shorter since its length was taken.
        if found == Ok(None) && reader.wanted() == wanted {
            return Ok(Err(PcmError::NoSound));
        }
    }
}
