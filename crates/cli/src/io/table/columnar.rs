//! Tables as Parquet: flat columns, uncompressed, in groups of rows.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, FloatType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use super::{Cell, Column, Kind};
use crate::io::error::WriteError;
use crate::io::output::Output;

/// Rows that are written together; 88 features of as many take about 3.6 MB.
const GROUP_ROWS: usize = 10_000;

/// A table that is being written.
pub(super) struct Columnar {
    writer: SerializedFileWriter<Output>,
    path: PathBuf,
    columns: Vec<Values>,
    rows: usize,
}

/// The cells of a column that wait for their group.
enum Values {
    Text(Vec<ByteArray>),
    Single(Vec<f32>),
    Double(Vec<f64>),
    Integer(Vec<i64>),
}

impl Columnar {
    pub fn create(path: &Path, columns: &[Column]) -> Result<Self, WriteError> {
        let output = Output::open(Some(path))?;
        let failed = |error| WriteError::failed(path, io_error(error));
        let fields: Result<Vec<_>, ParquetError> =
            columns.iter().map(field).map(|field| field.map(Arc::new)).collect();
        let schema = fields.and_then(|fields| Type::group_type_builder("table").with_fields(fields).build());
        let schema = Arc::new(schema.map_err(failed)?);
        let properties =
            WriterProperties::builder().set_created_by(format!("undertone {}", undertone::VERSION));
        let writer =
            SerializedFileWriter::new(output, schema, Arc::new(properties.build())).map_err(failed)?;
        let columns = columns
            .iter()
            .map(|column| match column.kind {
                Kind::Text => Values::Text(Vec::new()),
                Kind::Single => Values::Single(Vec::new()),
                Kind::Double => Values::Double(Vec::new()),
                Kind::Integer => Values::Integer(Vec::new()),
            })
            .collect();
        Ok(Self { writer, path: path.to_owned(), columns, rows: 0 })
    }

    pub fn row(&mut self, cells: impl Iterator<Item = Cell>) -> Result<(), WriteError> {
        let mut count = 0;
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            count += 1;
            match (column, cell) {
                (Values::Text(values), Cell::Text(text)) => values.push(text.into_bytes().into()),
                (Values::Single(values), Cell::Single(value)) => values.push(value),
                (Values::Double(values), Cell::Double(value)) => values.push(value),
                (Values::Integer(values), Cell::Integer(value)) => values.push(value),
                (_, cell) => {
                    return Err(self.failure(ParquetError::General(format!("{cell:?} is of another kind"))));
                }
            }
        }
        if count != self.columns.len() {
            return Err(self.failure(ParquetError::General("a row is too short".to_owned())));
        }
        self.rows += 1;
        if self.rows == GROUP_ROWS { self.write_group() } else { Ok(()) }
    }

    fn write_group(&mut self) -> Result<(), WriteError> {
        let written = Self::put(&mut self.writer, &mut self.columns);
        self.rows = 0;
        written.map_err(|error| self.failure(error))
    }

    fn put(writer: &mut SerializedFileWriter<Output>, columns: &mut [Values]) -> Result<(), ParquetError> {
        let mut group = writer.next_row_group()?;
        let mut columns = columns.iter_mut();
        while let (Some(mut column), Some(values)) = (group.next_column()?, columns.next()) {
            match values {
                Values::Text(values) => batch::<ByteArrayType>(&mut column, values)?,
                Values::Single(values) => batch::<FloatType>(&mut column, values)?,
                Values::Double(values) => batch::<DoubleType>(&mut column, values)?,
                Values::Integer(values) => batch::<Int64Type>(&mut column, values)?,
            }
            column.close()?;
        }
        group.close()?;
        Ok(())
    }

    pub fn finish(mut self) -> Result<(), WriteError> {
        if self.rows > 0 {
            self.write_group()?;
        }
        let path = self.path;
        let output = self.writer.into_inner().map_err(|error| WriteError::failed(&path, io_error(error)))?;
        output.commit()
    }

    pub fn replaces(&self) -> bool {
        self.writer.inner().replaces()
    }

    fn failure(&self, error: ParquetError) -> WriteError {
        WriteError::failed(&self.path, io_error(error))
    }
}

/// Writes the values of a column, which are gone then.
fn batch<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    values: &mut Vec<T::T>,
) -> Result<(), ParquetError> {
    column.typed::<T>().write_batch(values, None, None)?;
    values.clear();
    Ok(())
}

fn field(column: &Column) -> Result<Type, ParquetError> {
    let (physical, text) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, true),
        Kind::Single => (Physical::FLOAT, false),
        Kind::Double => (Physical::DOUBLE, false),
        Kind::Integer => (Physical::INT64, false),
    };
    let builder = Type::primitive_type_builder(&column.name, physical).with_repetition(Repetition::REQUIRED);
    if text {
        builder.with_logical_type(Some(LogicalType::String)).with_converted_type(ConvertedType::UTF8).build()
    } else {
        builder.build()
    }
}

fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        other => io::Error::other(other),
    }
}
