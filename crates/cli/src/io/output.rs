//! Output of results: standard output, or a file that is never half written.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::error::WriteError;

/// An open output. A file appears under its name with [`Output::commit`] only; until then the lines are
/// collected in a neighbour named `….part`, which is removed if it never comes to that.
pub struct Output {
    /// None once committed.
    writer: Option<Box<dyn Write>>,
    path: PathBuf,
    part: Option<PathBuf>,
}

impl Output {
    /// Opens the output before any work is done.
    ///
    /// # Errors
    /// [`WriteError`] if the file cannot be created.
    pub fn open(path: Option<&Path>) -> Result<Self, WriteError> {
        let Some(path) = path else {
            return Ok(Self {
                writer: Some(Box::new(BufWriter::new(io::stdout()))),
                path: "standard output".into(),
                part: None,
            });
        };
        // A device or pipe cannot be replaced by a file.
        let special = path.metadata().is_ok_and(|meta| !meta.is_file());
        let part = (!special).then(|| {
            let mut name = path.as_os_str().to_owned();
            name.push(".part");
            PathBuf::from(name)
        });
        let file = File::create(part.as_deref().unwrap_or(path))
            .map_err(|source| WriteError { path: path.to_owned(), source })?;
        Ok(Self { writer: Some(Box::new(BufWriter::new(file))), path: path.to_owned(), part })
    }

    /// Flushes the output, and renames a file to its final name.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn commit(mut self) -> Result<(), WriteError> {
        let written = self.flush().and_then(|()| {
            self.writer = None;
            match self.part.take() {
                Some(part) => std::fs::rename(part, &self.path),
                None => Ok(()),
            }
        });
        written.map_err(|source| self.failure(source))
    }

    /// This error as one of the command.
    pub fn failure(&self, source: io::Error) -> WriteError {
        WriteError { path: self.path.clone(), source }
    }
}

/// Writes all of `bytes` to a file, or to standard output without a path.
///
/// # Errors
/// [`WriteError`].
pub fn write(path: Option<&Path>, bytes: &[u8]) -> Result<(), WriteError> {
    let mut output = Output::open(path)?;
    output.write_all(bytes).map_err(|error| output.failure(error))?;
    output.commit()
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.as_mut().map_or(Err(io::ErrorKind::BrokenPipe.into()), |w| w.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), |w| w.flush())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Some(part) = self.part.take() {
            self.writer = None;
            // If even this fails there is nobody to tell.
            let _ = std::fs::remove_file(part);
        }
    }
}
