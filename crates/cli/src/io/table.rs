//! Rows of numbers and names, as CSV or Parquet.
//!
//! In CSV a number is the shortest that reads back as the same number, and no text is a formula ([`names::guarded`]), nor would a part
//! of it be one where cells end at semicolons or tabs ([`quoted`]). In a terminal, control characters are escaped as well. Parquet holds
//! text and numbers as they are.

use std::path::Path;

use super::error::WriteError;
use super::names;
use super::output::Output;
#[cfg(feature = "parquet")]
use super::table::columnar::Columnar;

#[cfg(feature = "parquet")]
mod columnar;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Numbers of single precision.
    Single,
    /// Numbers of double precision.
    Double,
    /// Whole numbers.
    Integer,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

impl Column {
    /// A column.
    #[must_use]
    pub fn new(name: &str, kind: Kind) -> Column {
        Column { name: name.to_owned(), kind }
    }
}

/// A cell; its column is of the same kind.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A number of single precision.
    Single(f32),
    /// A number of double precision.
    Double(f64),
    /// A whole number.
    Integer(i64),
}

impl Cell {
    fn in_csv(self, terminal: bool) -> String {
        match self {
            Cell::Text(text) if terminal => names::guarded(names::shown(text).to_string()),
            Cell::Text(text) => names::guarded(text),
            Cell::Single(value) => format!("{value:?}"),
            Cell::Double(value) => format!("{value:?}"),
            Cell::Integer(value) => value.to_string(),
        }
    }
}

/// A field of a CSV record. Text with a comma, quotes or the end of a line stands in quotes, and so does text with a semicolon or a tab:
/// spreadsheets end cells at these, too, and by the language of their user take semicolons alone.
#[must_use]
pub fn quoted(text: String) -> String {
    if text.contains(['"', ',', ';', '\t', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// A writer of records whose fields are [`quoted`] already.
pub fn csv_writer<W: std::io::Write>(to: W) -> csv::Writer<W> {
    csv::WriterBuilder::new().quote_style(csv::QuoteStyle::Never).from_writer(to)
}

/// Whether a file of this name is to hold Parquet.
#[must_use]
pub fn is_parquet(path: Option<&Path>) -> bool {
    path.and_then(Path::extension).is_some_and(|ending| ending.eq_ignore_ascii_case("parquet"))
}

/// A table that is being written.
pub struct Table {
    form: Form,
    /// Whether no row has been written.
    empty: bool,
}

enum Form {
    Csv {
        csv: Box<csv::Writer<Output>>,
        terminal: bool,
    },
    #[cfg(feature = "parquet")]
    Columnar(Box<Columnar>),
}

impl Table {
    /// A new table: Parquet if the file's name ends so, otherwise CSV.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn create(path: Option<&Path>, columns: &[Column]) -> Result<Table, WriteError> {
        if let Some(path) = path
            && is_parquet(Some(path))
        {
            #[cfg(feature = "parquet")]
            return Ok(Table {
                form: Form::Columnar(Box::new(Columnar::create(path, columns)?)),
                empty: true,
            });
            #[cfg(not(feature = "parquet"))]
            return Err(WriteError::NoParquet { path: path.to_owned() });
        }
        let mut table = Table::carried_on(Output::open(path)?);
        table.header(columns)?;
        Ok(table)
    }

    /// The CSV table whose header, and some rows, are there already.
    #[must_use]
    pub fn carried_on(output: Output) -> Table {
        let terminal = output.is_terminal();
        Table { form: Form::Csv { csv: Box::new(csv_writer(output)), terminal }, empty: true }
    }

    /// Writes the names of the columns of a CSV table.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn header(&mut self, columns: &[Column]) -> Result<(), WriteError> {
        match &mut self.form {
            Form::Csv { csv, .. } => record(csv, columns.iter().map(|column| column.name.clone())),
            #[cfg(feature = "parquet")]
            Form::Columnar(_) => Ok(()),
        }
    }

    /// Writes a row.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn row(&mut self, cells: impl Iterator<Item = Cell>) -> Result<(), WriteError> {
        self.empty = false;
        match &mut self.form {
            Form::Csv { csv, terminal } => {
                let terminal = *terminal;
                record(csv, cells.map(|cell| cell.in_csv(terminal)))
            }
            #[cfg(feature = "parquet")]
            Form::Columnar(columnar) => columnar.row(cells),
        }
    }

    /// Hands everything on to the file, so that a reader, or the next run, sees it. Parquet is not to be read before its end.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn flush(&mut self) -> Result<(), WriteError> {
        match &mut self.form {
            Form::Csv { csv, .. } => csv.flush().map_err(|error| csv.get_ref().failure(error)),
            #[cfg(feature = "parquet")]
            Form::Columnar(_) => Ok(()),
        }
    }

    /// Whether no row has been written.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.empty
    }

    /// Leaves the file as it was, if there was one; otherwise the table is complete as it is.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn leave(self) -> Result<(), WriteError> {
        let replaces = match &self.form {
            Form::Csv { csv, .. } => csv.get_ref().replaces(),
            #[cfg(feature = "parquet")]
            Form::Columnar(columnar) => columnar.replaces(),
        };
        if replaces { Ok(()) } else { self.finish() }
    }

    /// The table is complete.
    ///
    /// # Errors
    /// [`WriteError`].
    pub fn finish(mut self) -> Result<(), WriteError> {
        self.flush()?;
        match self.form {
            Form::Csv { csv, .. } => match csv.into_inner() {
                Ok(output) => output.commit(),
                // The flush above leaves nothing that could fail here.
                Err(error) => {
                    let kind = error.error().kind();
                    Err(error.into_inner().get_ref().failure(kind.into()))
                }
            },
            #[cfg(feature = "parquet")]
            Form::Columnar(columnar) => columnar.finish(),
        }
    }
}

fn record(csv: &mut csv::Writer<Output>, fields: impl Iterator<Item = String>) -> Result<(), WriteError> {
    csv.write_record(fields.map(quoted)).map_err(|error| {
        let error = match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => std::io::Error::other(format!("{other:?}")),
        };
        csv.get_ref().failure(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_one_cell_wherever_a_list_is_split_and_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        let texts = [
            "x;=1+1.flac",
            "a\t=b",
            "=x;y",
            "a,b",
            "say \"a\"",
            "two\nlines",
            "a\rb",
            "plain å.wav",
            "",
            "-0.5",
        ];
        let columns = [Column::new("file", Kind::Text), Column::new("value", Kind::Double)];
        let mut table = Table::create(Some(&path), &columns).unwrap();
        for text in texts {
            table.row([Cell::Text(text.to_owned()), Cell::Double(-0.5)].into_iter()).unwrap();
        }
        table.finish().unwrap();
        let written = std::fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = written.split('\n').collect();
        assert_eq!(lines[..3], ["file,value", "\"x;=1+1.flac\",-0.5", "\"a\t=b\",-0.5"]);
        assert_eq!(lines[3..6], ["\"'=x;y\",-0.5", "\"a,b\",-0.5", "\"say \"\"a\"\"\",-0.5"]);
        assert!(written.ends_with("\nplain å.wav,-0.5\n,-0.5\n'-0.5,-0.5\n"), "{written}");
        let mut reader = csv::Reader::from_reader(written.as_bytes());
        let read: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(read.iter().map(|row| names::unguarded(&row[0])).eq(texts));
    }
}
