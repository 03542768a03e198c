//! The packets of one stream in Ogg's pages (RFC 3533, section 6), joined: those of FLAC follow each other without a gap.

/// Bytes of a page's header before its table of segments.
const HEADER: usize = 27;

/// What a page begins with.
const MARK: &[u8] = b"OggS";

/// Takes pages apart.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// The beginning of a page that is not there as a whole.
    page: Vec<u8>,
    /// The stream that came first: others are left out.
    serial: Option<[u8; 4]>,
    /// Whether something came that is no page.
    ended: bool,
}

impl Pages {
    /// Takes bytes of a file and adds what they hold of the stream. What is no page ends it.
    pub fn push(&mut self, bytes: &[u8], stream: &mut Vec<u8>) {
        if self.ended {
            return;
        }
        self.page.extend_from_slice(bytes);
        let mut at = 0;
        while let Some((serial, body, end)) = page(&self.page[at..]) {
            if *self.serial.get_or_insert(serial) == serial {
                stream.extend_from_slice(body);
            }
            at += end;
        }
        self.page.drain(..at);
        let beginning = self.page.len().min(MARK.len());
        if self.page[..beginning] != MARK[..beginning] {
            (self.page, self.ended) = (Vec::new(), true);
        }
    }

    /// Whether nothing more comes of the stream.
    pub fn has_ended(&self) -> bool {
        self.ended
    }

    /// Bytes of a page that is not there as a whole.
    #[cfg(test)]
    pub fn held(&self) -> usize {
        self.page.len()
    }
}

/// The stream's number, the packets' bytes, and where the page at the beginning of the bytes ends.
fn page(bytes: &[u8]) -> Option<([u8; 4], &[u8], usize)> {
    if !bytes.starts_with(MARK) {
        return None;
    }
    let segments = usize::from(*bytes.get(HEADER - 1)?);
    let start = HEADER + segments;
    let length: usize = bytes.get(HEADER..start)?.iter().map(|length| usize::from(*length)).sum();
    let serial = bytes.get(14..)?.first_chunk::<4>()?;
    Some((*serial, bytes.get(start..start + length)?, start + length))
}
