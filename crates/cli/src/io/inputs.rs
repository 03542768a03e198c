//! The files that a command line means: files, folders, lists of files, standard input.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};

/// The name of standard input.
pub const STANDARD_INPUT: &str = "-";

/// Endings of sound files, by which those in folders are found. What is inside decides how they are read.
const ENDINGS: [&str; 30] = [
    "3gp", "aac", "adts", "aif", "aifc", "aiff", "amr", "au", "caf", "flac", "m4a", "m4b", "m4v", "mka",
    "mkv", "mov", "mp1", "mp2", "mp3", "mp4", "mpga", "oga", "ogg", "ogv", "opus", "rf64", "snd", "w64",
    "wav", "webm",
];

/// What is wrong with an input before it is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The folder cannot be listed.
    Folder(ErrorKind),
    /// The folder holds no sound file.
    NoSoundFiles,
    /// The table of segments does not have the file.
    NoSegments,
}

/// A file, or a folder that gave none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Its path as given, or behind that of its folder.
    pub path: PathBuf,
    /// What is wrong with it.
    pub fault: Option<Fault>,
}

/// Puts the sound files in folders, and in those within, sorted by name, in the place of the folders.
///
/// Sound files are known by their endings there. Hidden files and folders, whose names begin with a dot, are left out, and
/// links to folders not followed.
#[must_use]
pub fn expanded(names: Vec<PathBuf>) -> Vec<Input> {
    let mut inputs = Vec::with_capacity(names.len());
    for path in names {
        if path.as_os_str() == STANDARD_INPUT || !path.is_dir() {
            inputs.push(Input { path, fault: None });
            continue;
        }
        let before = inputs.len();
        list(&path, &mut inputs);
        if inputs.len() == before {
            inputs.push(Input { path, fault: Some(Fault::NoSoundFiles) });
        }
    }
    inputs
}

fn list(folder: &Path, inputs: &mut Vec<Input>) {
    let entries = fs::read_dir(folder).and_then(|entries| {
        entries
            .map(|entry| entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))))
            .collect::<io::Result<Vec<_>>>()
    });
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            inputs.push(Input { path: folder.to_owned(), fault: Some(Fault::Folder(error.kind())) });
            return;
        }
    };
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (path, kind) in entries {
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if hidden {
            continue;
        }
        if kind.is_dir() {
            list(&path, inputs);
        } else if is_sound(&path) && path.is_file() {
            inputs.push(Input { path, fault: None });
        }
    }
}

fn is_sound(path: &Path) -> bool {
    let ending = path.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// Reads a list of files, one a line, or with a zero byte behind each, as `find -print0` writes them; from standard input if
/// the list is named `-`. Empty lines are left out.
///
/// # Errors
/// [`io::Error`].
pub fn listed(list: &Path) -> io::Result<Vec<PathBuf>> {
    let mut bytes = Vec::new();
    if list.as_os_str() == STANDARD_INPUT {
        io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = fs::read(list)?;
    }
    let separator = if bytes.contains(&0) { 0 } else { b'\n' };
    let lines = bytes.split(|byte| *byte == separator);
    let lines =
        lines.map(|line| if separator == b'\n' { line.strip_suffix(b"\r").unwrap_or(line) } else { line });
    lines.filter(|line| !line.is_empty()).map(path).collect()
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> io::Result<PathBuf> {
    use std::os::unix::ffi::OsStrExt as _;
    Ok(OsStr::from_bytes(bytes).into())
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> io::Result<PathBuf> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is not text in UTF-8"))?;
    Ok(text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_give_their_sound_files_sorted() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("b/c")).unwrap();
        fs::create_dir_all(root.join(".hidden")).unwrap();
        fs::create_dir_all(root.join("empty.wav")).unwrap();
        for name in ["b/z.WAV", "b/c/y.flac", "a.mp3", "notes.txt", "._a.wav", ".hidden/x.wav"] {
            fs::write(root.join(name), "").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(root, root.join("b/loop")).unwrap();
        let found = expanded(vec![root.to_owned(), "no/such.wav".into(), root.join("empty.wav"), "-".into()]);
        let names: Vec<_> =
            found.iter().map(|input| input.path.strip_prefix(root).unwrap_or(&input.path)).collect();
        let expected = ["a.mp3", "b/c/y.flac", "b/z.WAV", "no/such.wav", "empty.wav", "-"];
        assert_eq!(names, expected.map(Path::new));
        assert_eq!(found[4].fault, Some(Fault::NoSoundFiles));
    }

    #[test]
    fn lists_have_a_file_a_line_or_zero_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("list");
        for (text, names) in [
            ("a.wav\r\n\nb c.wav\n  d.wav", ["a.wav", "b c.wav", "  d.wav"]),
            ("a\nb.wav\0c.wav\0d.wav\0", ["a\nb.wav", "c.wav", "d.wav"]),
        ] {
            fs::write(&list, text).unwrap();
            assert_eq!(listed(&list).unwrap(), names.map(PathBuf::from));
        }
    }
}
