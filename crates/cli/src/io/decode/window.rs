//! A file read from the start to the end, of which the next bytes can be looked at before they are taken.

use std::io::{self, Read as _, Seek as _, SeekFrom};

use symphonia::core::io::MediaSource;

/// Bytes that are read at a time.
const PIECE: usize = 1 << 16;

/// What lies ahead in a file.
pub(super) struct Window {
    source: Box<dyn MediaSource>,
    bytes: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Window {
    /// `source` must stand at its start.
    pub fn new(source: Box<dyn MediaSource>) -> Self {
        Self { source, bytes: Vec::new(), at: 0, ended: false }
    }

    /// The next bytes: at least `count`, unless the file ends before.
    pub fn see(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.bytes.len() - self.at < count && !self.ended {
            if self.at >= PIECE {
                self.bytes.drain(..self.at);
                self.at = 0;
            }
            let wanted = count.max(PIECE) as u64;
            self.ended = (&mut self.source).take(wanted).read_to_end(&mut self.bytes)? == 0;
        }
        Ok(self.bytes.get(self.at..).unwrap_or_default())
    }

    /// Goes on by so many bytes, or to the end.
    pub fn pass(&mut self, count: u64) -> io::Result<()> {
        let seen = (self.bytes.len() - self.at) as u64;
        if count <= seen {
            self.at += count as usize;
        } else {
            (self.at, self.ended) = (0, false);
            self.bytes.clear();
            self.source.seek(SeekFrom::Current(i64::try_from(count - seen).unwrap_or(i64::MAX)))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_seen_before_they_are_taken() {
        let file: Vec<u8> = (0..300_000u32).map(|at| at as u8).collect();
        let mut window = Window::new(Box::new(io::Cursor::new(file.clone())));
        let mut at = 0;
        for step in [0, 1, 70_000, 5, 100_000, 100_000, 29_993] {
            at += step;
            window.pass(step as u64).unwrap();
            let seen = window.see(1_000).unwrap();
            assert!(seen.len() >= 1_000.min(file.len() - at) && file[at..].starts_with(seen), "{at}");
        }
        assert_eq!(window.see(9).unwrap().len(), 1);
        window.pass(1 << 40).unwrap();
        assert!(window.see(1).unwrap().is_empty());
    }
}
