//! A CSV file in memory, its columns found by name.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::super::error::CorpusError;

/// A CSV file whose columns are found by name; delimiter `,` or `;`, whichever the first line has more of.
pub struct CsvFile {
    path: PathBuf,
    headers: csv::StringRecord,
    records: Vec<csv::StringRecord>,
}

/// A row of a [`CsvFile`].
#[derive(Clone, Copy)]
pub struct Record<'a> {
    file: &'a CsvFile,
    record: &'a csv::StringRecord,
}

impl CsvFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`CorpusError`] if it is not readable, rows differ in length, or a column occurs twice.
    pub fn open(path: &Path) -> Result<CsvFile, CorpusError> {
        let bytes = fs::read(path).map_err(|source| CorpusError::Io { path: path.to_owned(), source })?;
        let csv_error = |source| CorpusError::Csv { path: path.to_owned(), source };
        check_encoding(path, &bytes)?;
        let first_line = bytes.split(|&b| b == b'\n').next().unwrap_or(&[]);
        let count = |c: u8| first_line.iter().filter(|&&b| b == c).count();
        if count(b'\t') > count(b';').max(count(b',')) {
            let found = "its columns stand between tabs";
            let advice = "save it as CSV, with commas or semicolons between";
            return Err(CorpusError::Form { path: path.to_owned(), found, advice });
        }
        let delimiter = if count(b';') > count(b',') { b';' } else { b',' };
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(bytes.as_slice());
        let headers = reader.headers().map_err(csv_error)?.clone();
        let mut seen = BTreeSet::new();
        // Columns without a name (row numbers, mostly) are never looked for.
        if let Some(column) = headers.iter().find(|h| !h.is_empty() && !seen.insert((*h).to_owned())) {
            return Err(CorpusError::RepeatedColumn { path: path.to_owned(), column: column.to_owned() });
        }
        let row_error = |source: csv::Error| match *source.kind() {
            csv::ErrorKind::UnequalLengths { ref pos, expected_len, len } => CorpusError::RowLength {
                path: path.to_owned(),
                line: pos.as_ref().map_or(0, csv::Position::line),
                cells: len,
                columns: expected_len,
            },
            _ => csv_error(source),
        };
        let records = reader.records().collect::<Result<_, _>>().map_err(row_error)?;
        Ok(CsvFile { path: path.to_owned(), headers, records })
    }

    /// Index of a column.
    pub fn column_index(&self, column: &str) -> Option<usize> {
        self.headers.iter().position(|h| h == column)
    }

    /// Index of the first column of that name in any case.
    pub fn column_index_in_any_case(&self, column: &str) -> Option<usize> {
        self.headers.iter().position(|h| h.eq_ignore_ascii_case(column))
    }

    /// Those of the names that no column has.
    pub fn missing<'a>(&self, columns: impl IntoIterator<Item = &'a str>) -> Vec<String> {
        columns.into_iter().filter(|c| self.column_index(c).is_none()).map(str::to_owned).collect()
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = Record<'_>> {
        self.records.iter().map(|record| Record { file: self, record })
    }

    /// File name without folder and extension.
    pub fn stem(&self) -> &str {
        self.path.file_stem().and_then(|s| s.to_str()).unwrap_or("table")
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Refuses what is no UTF-8.
fn check_encoding(path: &Path, bytes: &[u8]) -> Result<(), CorpusError> {
    let utf_16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let found = if utf_16 || bytes.iter().take(200).any(|&b| b == 0) {
        "its text is UTF-16"
    } else if std::str::from_utf8(bytes).is_err() {
        "its text is not UTF-8"
    } else {
        return Ok(());
    };
    Err(CorpusError::Form { path: path.to_owned(), found, advice: "save it as “CSV UTF-8”" })
}

/// Whether a text is a number with a decimal comma.
pub fn has_decimal_comma(text: &str) -> bool {
    text.matches(',').count() == 1 && text.replace(',', ".").parse::<f64>().is_ok()
}

impl<'a> Record<'a> {
    /// The file that it is a row of.
    pub fn table(&self) -> &'a CsvFile {
        self.file
    }

    /// Line in the file, from 1.
    pub fn line(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::line)
    }

    /// The cell of a column index; empty if there is none.
    pub fn cell(&self, index: usize) -> &'a str {
        self.record.get(index).unwrap_or("")
    }

    /// The cell of a column; empty if there is no such column.
    pub fn text(&self, column: &str) -> &'a str {
        self.file.column_index(column).map_or("", |index| self.cell(index))
    }

    /// The error that says that an utterance has a label already.
    pub fn repeated(&self, name: &str) -> CorpusError {
        CorpusError::RepeatedLabel { path: self.file.path.clone(), line: self.line(), name: name.to_owned() }
    }

    /// The error that says that a cell is not what it should be.
    pub fn error(&self, column: &str, value: &str, expected: &'static str) -> CorpusError {
        let expected = if has_decimal_comma(value) {
            "a number with a decimal point: write 2.5, not 2,5, in the whole table"
        } else {
            expected
        };
        CorpusError::Cell {
            path: self.file.path.clone(),
            line: self.line(),
            column: column.to_owned(),
            value: value.to_owned(),
            expected,
        }
    }
}
