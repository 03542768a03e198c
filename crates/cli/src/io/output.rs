//! Output of results: standard output, a file that is never half written, or a table that grows.
//!
//! What stands under a name is replaced only by something whole, and never if it is one of the inputs or begins like a
//! sound: `extract -o *.wav` would otherwise write over a recording.

use std::fs::{File, Metadata, OpenOptions};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, BufWriter, IsTerminal as _, Read as _, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use undertone::audio::sniff::{Kind, sniff};

use super::error::WriteError;
use super::interrupt::Temporary;

/// Of a file's first bytes, as many as its format shows in.
const FIRST_BYTES: u64 = 1 << 17;
/// How many symbolic links may lead from one to the next, as in Linux.
const MAX_LINKS: usize = 40;

/// Files that this process reads and must not write, beside those that [`refuse`] is given.
static PROTECTED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Makes every [`Output`] refuse to write over these files: inputs of commands whose outputs have names of their own.
pub fn protect(inputs: impl IntoIterator<Item = PathBuf>) {
    PROTECTED.lock().unwrap_or_else(PoisonError::into_inner).extend(inputs);
}

/// An open output. A file appears under its name with [`Output::commit`] only; until then it is a neighbour with a name that
/// belongs to this process, which is removed if it never comes to that.
pub struct Output {
    /// None once committed.
    writer: Option<BufWriter<Target>>,
    path: PathBuf,
    /// The unfinished file, and what it becomes.
    temporary: Option<(Temporary, PathBuf)>,
    /// Whether there is a file of the name.
    replaces: bool,
}

enum Target {
    Standard(io::Stdout),
    File(File),
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(out) => out.write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(out) => out.flush(),
            Self::File(file) => file.flush(),
        }
    }
}

impl Output {
    /// Opens the output before any work is done.
    ///
    /// # Errors
    /// [`WriteError`] if the file cannot be created, or one that holds sound has this name.
    pub fn open(path: Option<&Path>) -> Result<Self, WriteError> {
        let Some(path) = path else {
            let writer = Some(BufWriter::new(Target::Standard(io::stdout())));
            return Ok(Self { writer, path: "standard output".into(), temporary: None, replaces: false });
        };
        refuse(Some(path), PROTECTED.lock().unwrap_or_else(PoisonError::into_inner).iter())?;
        Self::create(path).map_err(|source| WriteError::failed(path, source))
    }

    fn create(path: &Path) -> io::Result<Self> {
        let existing = match path.metadata() {
            Ok(existing) => Some(existing),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        // A device or pipe cannot be replaced by a file.
        if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
            return Ok(Self::growing(OpenOptions::new().write(true).open(path)?, path));
        }
        let target = behind_links(path)?;
        if existing.is_some() {
            // Renaming would replace a file that may not be written to.
            OpenOptions::new().write(true).open(&target)?;
        }
        let (temporary, file) = create_temporary(&target, existing.as_ref())?;
        let replaces = existing.is_some();
        Ok(Self { temporary: Some((temporary, target)), replaces, ..Self::growing(file, path) })
    }

    /// What is written goes to the file itself, behind what it holds.
    pub(super) fn growing(file: File, path: &Path) -> Self {
        let writer = Some(BufWriter::new(Target::File(file)));
        Self { writer, path: path.to_owned(), temporary: None, replaces: false }
    }

    /// Whether a file of this name is there until [`Output::commit`] replaces it.
    pub fn replaces(&self) -> bool {
        self.replaces
    }

    /// Whether a person reads what is written.
    pub fn is_terminal(&self) -> bool {
        self.writer.as_ref().is_some_and(|writer| match writer.get_ref() {
            Target::Standard(out) => out.is_terminal(),
            Target::File(file) => file.is_terminal(),
        })
    }

    /// Flushes the output, and gives a file its final name once it is on the disk.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn commit(mut self) -> Result<(), WriteError> {
        let written = self.finish();
        written.map_err(|source| self.failure(source))
    }

    fn finish(&mut self) -> io::Result<()> {
        self.flush()?;
        let Some(writer) = self.writer.take() else { return Ok(()) };
        let target = writer.into_inner().map_err(io::IntoInnerError::into_error)?;
        let synced = match &target {
            Target::File(file) => file.sync_all(),
            Target::Standard(_) => Ok(()),
        };
        // Pipes and devices cannot be synchronised; nothing replaces them.
        let Some((temporary, path)) = self.temporary.take() else { return Ok(()) };
        synced?;
        // Windows does not rename a file that is open.
        drop(target);
        temporary.rename(&path)?;
        // The new name is on the disk when the folder is. Not every file system can do that.
        #[cfg(unix)]
        if let Some(folder) = path.parent() {
            let _ = File::open(or_here(folder)).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }

    /// This error as one of the command.
    pub fn failure(&self, source: io::Error) -> WriteError {
        WriteError::failed(&self.path, source)
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

/// Refuses an output that is one of the inputs, whatever names and links lead there, or that holds sound. To be asked
/// before any work is done.
///
/// # Errors
/// [`WriteError::IsInput`], [`WriteError::HoldsSound`].
pub fn refuse<P: AsRef<Path>>(
    path: Option<&Path>,
    inputs: impl IntoIterator<Item = P>,
) -> Result<(), WriteError> {
    let Some(path) = path else { return Ok(()) };
    // What is not there yet is no input. A terminal or a pipe may be both.
    let Some(identity) =
        path.metadata().ok().filter(Metadata::is_file).and_then(|found| identity(path, &found))
    else {
        return Ok(());
    };
    for input in inputs {
        let input = input.as_ref();
        let same = input.metadata().ok().and_then(|found| self::identity(input, &found));
        if same.as_ref() == Some(&identity) {
            return Err(WriteError::IsInput { path: path.to_owned(), input: input.to_owned() });
        }
    }
    let mut first = Vec::new();
    // What cannot be read is no sound that anybody would miss less; opening it for writing says why.
    let _ = File::open(path).and_then(|file| file.take(FIRST_BYTES).read_to_end(&mut first));
    if begins_like_sound(&first) { Err(WriteError::HoldsSound { path: path.to_owned() }) } else { Ok(()) }
}

/// Refuses outputs of which two are one file, whatever names and links lead there, also if there is none yet: the one that is finished
/// last would replace the other. Each has the name that a person knows it by; without a path it is standard output, which
/// may have been led into a file. To be asked before any work is done.
///
/// # Errors
/// [`WriteError::SameOutputs`].
pub fn distinct(outputs: &[(&'static str, Option<&Path>)]) -> Result<(), WriteError> {
    for (at, (first, path)) in outputs.iter().enumerate() {
        for (second, other) in &outputs[at + 1..] {
            let same = match (path, other) {
                (Some(path), Some(other)) => are_same(path, other),
                (Some(path), None) | (None, Some(path)) => is_standard(path),
                (None, None) => false,
            };
            if same {
                return Err(WriteError::SameOutputs { first, second });
            }
        }
    }
    Ok(())
}

/// Whether two names lead to one file. A terminal, a pipe or a device takes what both write.
fn are_same(path: &Path, other: &Path) -> bool {
    match (path.metadata(), other.metadata()) {
        (Ok(found), Ok(another)) => {
            found.is_file()
                && another.is_file()
                && identity(path, &found).is_some_and(|file| identity(other, &another) == Some(file))
        }
        (Err(_), Err(_)) => place(path).is_some_and(|place| self::place(other) == Some(place)),
        _ => false,
    }
}

/// Where a file will be that is not there yet: its folder by its only name, and its own name.
fn place(path: &Path) -> Option<(PathBuf, String)> {
    let target = behind_links(path).ok()?;
    let folder = or_here(target.parent()?).canonicalize().ok()?;
    let name = super::names::text(Path::new(target.file_name()?));
    // Where letters usually count as the same in upper and lower case.
    let folds = cfg!(any(windows, target_os = "macos"));
    Some((folder, if folds { name.to_lowercase() } else { name }))
}

/// Whether standard output goes to the file of this name.
#[cfg(unix)]
fn is_standard(path: &Path) -> bool {
    use std::os::fd::AsFd as _;
    let standard = io::stdout().as_fd().try_clone_to_owned().map(File::from).and_then(|out| out.metadata());
    let (Ok(standard), Ok(found)) = (standard, path.metadata()) else { return false };
    found.is_file() && identity(path, &found) == identity(path, &standard)
}

/// What standard output was led into cannot be told.
#[cfg(not(unix))]
fn is_standard(_: &Path) -> bool {
    false
}

/// Whether a file that begins so is one of sound or video, also of a kind that is not read, or the beginning of one. Text, pictures,
/// Parquet files and weights are not.
fn begins_like_sound(first: &[u8]) -> bool {
    const PARQUET: &[u8] = b"PAR1";
    // Containers of sound alone, whatever comes behind these bytes.
    const NAMES: [&[u8]; 9] =
        [b"RIFF", b"RIFX", b"RF64", b"BW64", b"riff", b"FORM", b"fLaC", b"OggS", b"ID3"];
    if first.starts_with(PARQUET) {
        return false;
    }
    NAMES.iter().any(|name| first.starts_with(name))
        || !matches!(
            sniff(first).kind,
            Kind::Unknown | Kind::Text | Kind::Empty | Kind::Zeros | Kind::Image | Kind::Pdf | Kind::Archive
        )
}

/// What a file is by itself, whatever its names.
#[cfg(unix)]
fn identity(_: &Path, found: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    Some((found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path, _: &Metadata) -> Option<PathBuf> {
    path.canonicalize().ok()
}

/// The file that is meant: where symbolic links lead, also if there is none yet.
fn behind_links(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        match path.read_link() {
            Ok(to) => path = path.parent().unwrap_or(Path::new("")).join(to),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

fn or_here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// A file of this process beside `target`, with the owner and the permissions of the file that it will replace.
fn create_temporary(target: &Path, existing: Option<&Metadata>) -> io::Result<(Temporary, File)> {
    let folder = or_here(target.parent().unwrap_or(Path::new("")));
    let random = RandomState::new().build_hasher().finish();
    let name = format!(".undertone-{}-{random:016x}.part", std::process::id());
    Temporary::create(folder.join(name), |path| {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if existing.is_some() {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let file = options.open(path)?;
        if let Some(existing) = existing {
            #[cfg(unix)]
            {
                use std::os::unix::fs::MetadataExt as _;
                // Only a privileged user can give files away; others own what they write.
                let _ = std::os::unix::fs::fchown(&file, Some(existing.uid()), Some(existing.gid()));
            }
            file.set_permissions(existing.permissions()).inspect_err(|_| {
                let _ = std::fs::remove_file(path);
            })?;
        }
        Ok(file)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sounds_are_told_by_their_first_bytes_and_tables_are_none() {
        for sound in [
            &b"RIFF....WAVE"[..],
            b"fLaC",
            b"OggS",
            b"ID3\x04",
            b"....ftypM4A ",
            b"FORM....AIFF",
            b"\x1a\x45\xdf\xa3",
            b"#!AMR\n",
            b"\x0b\x77\0\0\0\0\0\0",
            b"DSD ",
            b"TTA1",
            b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\0\xaa\0\x62\xce\x6c",
            include_bytes!("../../../../tests/fixtures/voice.mp3"),
            include_bytes!("../../../../tests/fixtures/voice.mp2"),
            include_bytes!("../../../../tests/fixtures/voice.he-aac.aac"),
        ] {
            assert!(begins_like_sound(sound), "{sound:?}");
        }
        let weights = include_bytes!("../../../../models/metric-act.safetensors");
        for table in
            [&b"file,start,end\n"[..], b"", b"\xff", b"\xff\xfef\0i\0", b"\xef\xbb\xbffile", b"PAR1", weights]
        {
            assert!(!begins_like_sound(table), "{:?}", &table[..table.len().min(20)]);
        }
    }

    #[test]
    fn output_leaves_nothing_behind_if_it_is_not_committed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        std::fs::write(&path, "before").unwrap();
        let mut output = Output::open(Some(&path)).unwrap();
        output.write_all(b"half").unwrap();
        output.flush().unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
        drop(output);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        assert_eq!(std::fs::read(&path).unwrap(), b"before");
    }
}
