//! What only the command line reads: compressed sound, segments, tables. It reads files, so the bytes are put into one.

use std::path::{Path, PathBuf};

use undertone_cli::data::corpora::{read_joined, read_table};
use undertone_cli::io::decode::decode as read_sound;
use undertone_cli::io::segments;

use crate::digest::Digest;

/// A sound file of any kind.
pub fn decode(bytes: &[u8]) -> u64 {
    let mut digest = Digest::default();
    match read_sound(bytes.to_vec()) {
        Ok(sound) => {
            assert!(sound.rate_hz > 0);
            digest.finite("sample", &sound.samples);
        }
        Err(error) => {
            digest.bytes(error.to_string().bytes());
        }
    }
    digest.value()
}

/// A table of segments in one of its forms.
pub fn segments(bytes: &[u8]) -> u64 {
    in_files([bytes], |[path]| {
        let found = segments::read(path, None);
        let _ = segments::read(path, Some("words"));
        found.map_err(|error| error.to_string()).map_or_else(|error| error.len(), |_| 0) as u64
    })
}

/// A table of features and labels.
pub fn table(bytes: &[u8]) -> u64 {
    in_files([bytes], |[path]| u64::from(read_table(path).map_err(|error| error.to_string()).is_ok()))
}

/// A table of features and one of labels, a zero byte between them.
pub fn joined_tables(bytes: &[u8]) -> u64 {
    let at = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    in_files([&bytes[..at], bytes.get(at + 1..).unwrap_or_default()], |[features, labels]| {
        u64::from(read_joined(features, labels).map_err(|error| error.to_string()).is_ok())
    })
}

/// Puts each of the bytes into a file of its own.
fn in_files<const N: usize>(bytes: [&[u8]; N], read: impl FnOnce([&Path; N]) -> u64) -> u64 {
    let thread = format!("{:?}", std::thread::current().id());
    let number: String = thread.chars().filter(char::is_ascii_digit).collect();
    // In memory where the system has a folder for that.
    let shared = Path::new("/dev/shm");
    let base = if shared.is_dir() { shared.to_path_buf() } else { std::env::temp_dir() };
    let folder = base.join(format!("undertone-fuzz-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let paths: [PathBuf; N] = std::array::from_fn(|k| folder.join(format!("{k}.csv")));
    for (path, bytes) in paths.iter().zip(bytes) {
        std::fs::write(path, bytes).unwrap();
    }
    let result = read(std::array::from_fn(|k| paths[k].as_path()));
    std::fs::remove_dir_all(&folder).unwrap();
    result
}
