//! Why the system refused something, in words of our own: its own are for programmers.

use std::io::{Error, ErrorKind};

/// Why the system refused, to stand in brackets.
#[must_use]
pub fn reason(error: &Error) -> String {
    words(error.kind()).map_or_else(
        || {
            // What is rare has the system's words, without its number.
            let text = error.to_string();
            text.split_once(" (os error").map_or(text.clone(), |(words, _)| words.to_owned())
        },
        str::to_owned,
    )
}

/// What the usual kinds of refusals mean.
#[must_use]
pub fn words(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::NotFound => "there is no such file or folder",
        ErrorKind::PermissionDenied => "permission is denied",
        ErrorKind::IsADirectory => "it is a folder",
        ErrorKind::NotADirectory => "a part of its path is a file, not a folder",
        ErrorKind::StorageFull => "the disk is full",
        ErrorKind::QuotaExceeded => "no more may be stored there",
        ErrorKind::ReadOnlyFilesystem => "the disk can only be read",
        ErrorKind::FileTooLarge => "it would be larger than a file may be there",
        ErrorKind::AlreadyExists => "there is a file of this name",
        ErrorKind::InvalidFilename => "the system takes no such name",
        ErrorKind::UnexpectedEof => "it ends too early",
        ErrorKind::ResourceBusy => "another program uses it",
        ErrorKind::TimedOut => "the disk or the network does not answer",
        ErrorKind::BrokenPipe => "the program that reads it has ended",
        ErrorKind::OutOfMemory => "there is not enough memory",
        _ => return None,
    })
}

/// What is wrong with a table, without the library's own words.
#[must_use]
pub fn of_table(error: &csv::Error) -> String {
    let line = error.position().map(csv::Position::line);
    let at = line.map_or_else(String::new, |line| format!("line {line}: "));
    match error.kind() {
        csv::ErrorKind::Io(error) => reason(error),
        csv::ErrorKind::Utf8 { .. } => format!("{at}it is not text in UTF-8"),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("{at}{len} cells, but {expected_len} columns")
        }
        _ => format!("{at}it is no table with commas between its cells"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_numbers_of_the_system_are_said() {
        assert_eq!(reason(&Error::from_raw_os_error(2)), "there is no such file or folder");
        let rare = reason(&Error::from_raw_os_error(5));
        assert!(!rare.is_empty() && !rare.contains("os error"), "{rare}");
        assert_eq!(reason(&Error::other("too many symbolic links")), "too many symbolic links");
    }
}
