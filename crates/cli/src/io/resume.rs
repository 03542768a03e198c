//! A table that stands there, and is carried on: what a run that was killed has written is kept.
//!
//! Rows are written in the order of the files, each after all before it, so that all but the end of such a table is whole. A
//! last line that is half written is dropped. Where a file has many rows of which nobody knows how many (windows, channels,
//! low-level descriptors), those of the last file are dropped as well.

use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead as _, BufReader, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::error::WriteError;
use super::names::{shown, unguarded};
use super::output::{self, Output};
use super::sound::Cut;
use super::time::Time;

/// How the table is written.
#[derive(Debug, Clone, Copy)]
pub enum Form<'a> {
    /// CSV with these columns.
    Csv(&'a [super::table::Column]),
    /// A JSON object a line.
    JsonLines,
}

/// Why a table cannot be carried on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ResumeError {
    /// The file system refused, or it is no table at all.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Its header is another one.
    #[error(
        "{} has other columns than this command writes: nothing was written; use the options that it was begun with, or \
         another --output",
        shown(path)
    )]
    Columns {
        /// The table.
        path: PathBuf,
    },
    /// A line that is not the last is no row.
    #[error("{}, line {line}: this is no row of such a table; nothing was written", shown(path))]
    Row {
        /// The table.
        path: PathBuf,
        /// The line.
        line: u64,
    },
    /// Another process writes it.
    #[error("{} is being written by another run: wait for its end, or name another --output", shown(path))]
    Busy {
        /// The table.
        path: PathBuf,
    },
}

/// The rows that a table has.
#[derive(Debug, Default)]
pub struct Done {
    /// The ends of the rows of a file that start at some time.
    rows: HashMap<(String, Option<Time>), Vec<Option<Time>>>,
    files: HashSet<String>,
}

impl Done {
    fn add(&mut self, row: Row) {
        self.files.insert(row.file.clone());
        self.rows.entry((row.file, row.start)).or_default().push(row.end);
    }

    /// Whether there is a row of the file.
    #[must_use]
    pub fn has_file(&self, file: &str) -> bool {
        self.files.contains(file)
    }

    /// Whether there is a row of this segment, of a whole file if none; it then counts for this segment and no other.
    pub fn take(&mut self, file: &str, cut: Option<Cut>) -> bool {
        let Some(ends) = self.rows.get_mut(&(file.to_owned(), cut.map(|cut| cut.start))) else {
            return false;
        };
        // Where a sound ends is not known before it is read.
        let end = cut.and_then(|cut| cut.end);
        let found = if end.is_some() {
            ends.iter().position(|known| *known == end)
        } else {
            ends.len().checked_sub(1)
        };
        found.map(|at| ends.swap_remove(at)).is_some()
    }
}

/// Which sound a row is of.
struct Row {
    file: String,
    start: Option<Time>,
    end: Option<Time>,
}

/// A table that is carried on.
pub struct Standing {
    /// Writes behind its rows.
    pub output: Output,
    /// Its rows.
    pub done: Done,
    /// Whether it has nothing yet, not even a header.
    pub is_new: bool,
}

/// Opens a table, or a new one, to write behind its rows. With `whole_files` the rows of the last file are dropped.
///
/// # Errors
/// [`ResumeError`]; the table then is as it was.
pub fn open(path: &Path, form: Form<'_>, whole_files: bool) -> Result<Standing, ResumeError> {
    output::refuse(Some(path), std::iter::empty::<&Path>())?;
    let failed = |source| WriteError::failed(path, source);
    let mut file =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(failed)?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => return Err(ResumeError::Busy { path: path.to_owned() }),
        // Not every file system can lock.
        Ok(()) | Err(TryLockError::Error(_)) => {}
    }
    let found = match form {
        Form::Csv(columns) => csv_rows(path, &file, columns)?,
        Form::JsonLines => json_rows(path, &file)?,
    };
    let mut rows = found.rows;
    let mut end = found.end;
    if whole_files && let Some(last) = rows.last().map(|(row, _)| row.file.clone()) {
        while let Some((_, start)) = rows.pop_if(|(row, _)| row.file == last) {
            end = start;
        }
    }
    let mut done = Done::default();
    rows.into_iter().for_each(|(row, _)| done.add(row));
    file.set_len(end).and_then(|()| file.seek(SeekFrom::Start(end))).map_err(failed)?;
    Ok(Standing { output: Output::growing(file, path), done, is_new: end == 0 })
}

/// What stands in a table.
struct Found {
    /// Each row and where it starts.
    rows: Vec<(Row, u64)>,
    /// Where what is whole ends.
    end: u64,
}

fn csv_rows(path: &Path, file: &File, columns: &[super::table::Column]) -> Result<Found, ResumeError> {
    let length = file.metadata().map_err(|source| WriteError::failed(path, source))?.len();
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(BufReader::new(file));
    let row_error = |line: u64| ResumeError::Row { path: path.to_owned(), line };
    let broken = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(source) => WriteError::failed(path, source).into(),
        csv::ErrorKind::Utf8 { pos, .. } => row_error(pos.map_or(0, |pos| pos.line())),
        _ => row_error(0),
    };
    let mut record = csv::StringRecord::new();
    if !reader.read_record(&mut record).map_err(broken)? {
        return Ok(Found { rows: Vec::new(), end: 0 });
    }
    let is_header = record.iter().eq(columns.iter().map(|column| column.name.as_str()));
    let last_is_whole = last_line_is_whole(file, path)?;
    if !is_header || (reader.is_done() && !last_is_whole) {
        // A run that was killed at once has left a part of the header.
        let header: String = columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(",");
        let begun = record.iter().collect::<Vec<_>>().join(",");
        if !last_is_whole && reader.position().byte() >= length && header.starts_with(&begun) {
            return Ok(Found { rows: Vec::new(), end: 0 });
        }
        return Err(ResumeError::Columns { path: path.to_owned() });
    }
    let column = |name: &str| columns.iter().position(|column| column.name == name);
    let (start, end) = (column("start"), column("end"));
    let mut rows: Vec<(Row, u64)> = Vec::new();
    let mut whole_to = reader.position().byte();
    // A row is whole if it has all columns and, should it be the last, its line has an end.
    while reader.read_record(&mut record).map_err(broken)? {
        let (line, at) =
            record.position().map_or((0, whole_to), |position| (position.line(), position.byte()));
        let last = reader.position().byte() >= length;
        let time = |column: Option<usize>| match column.and_then(|column| record.get(column)) {
            Some(text) => text.parse().map(Some).map_err(|_| row_error(line)),
            None => Ok(None),
        };
        let whole = record.len() == columns.len() && (!last || last_is_whole);
        if !whole {
            if last {
                break;
            }
            return Err(row_error(line));
        }
        let file = unguarded(record.get(0).unwrap_or("")).to_owned();
        rows.push((Row { file, start: time(start)?, end: time(end)? }, at));
        whole_to = reader.position().byte();
    }
    Ok(Found { rows, end: whole_to })
}

/// Whether the last line has its end.
fn last_line_is_whole(mut file: &File, path: &Path) -> Result<bool, WriteError> {
    use std::io::Read as _;
    let mut last = [0];
    let before = file.stream_position();
    let read = before.and_then(|before| {
        let is_read = file.seek(SeekFrom::End(-1)).and_then(|_| file.read_exact(&mut last)).is_ok();
        file.seek(SeekFrom::Start(before))?;
        Ok(is_read && last == [b'\n'])
    });
    read.map_err(|source| WriteError::failed(path, source))
}

/// What is read of a line of JSON.
#[derive(Deserialize)]
struct Line {
    file: String,
    start: Option<f64>,
    end: Option<f64>,
}

fn json_rows(path: &Path, file: &File) -> Result<Found, ResumeError> {
    let mut reader = BufReader::new(file);
    let (mut rows, mut end, mut number) = (Vec::new(), 0, 0);
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = reader.read_until(b'\n', &mut line).map_err(|source| WriteError::failed(path, source))?;
        number += 1;
        if read == 0 || line.last() != Some(&b'\n') {
            // The end, or a line without one.
            return Ok(Found { rows, end });
        }
        let broken = || ResumeError::Row { path: path.to_owned(), line: number };
        let Line { file, start, end: until } = serde_json::from_slice(&line).map_err(|_| broken())?;
        let time = |seconds: Option<f64>| {
            seconds.map(|seconds| seconds.to_string().parse::<Time>()).transpose().map_err(|_| broken())
        };
        rows.push((Row { file, start: time(start)?, end: time(until)? }, end));
        end += read as u64;
    }
}
