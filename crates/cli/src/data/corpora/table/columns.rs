//! The columns of labels and names, with the other names that they may have.

use super::csv_file::{CsvFile, Record};

/// A column that may have several names, in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name that messages use.
    pub name: &'static str,
    /// Further names.
    pub synonyms: &'static [&'static str],
}

/// Who speaks.
pub const SPEAKER: Column = Column { name: "speaker", synonyms: &[] };
/// The emotion.
pub const EMOTION: Column = Column { name: "emotion", synonyms: &["label"] };
/// The label of activation.
pub const ACTIVATION: Column = Column { name: "activation", synonyms: &["arousal"] };
/// The label of valence.
pub const VALENCE: Column = Column { name: "valence", synonyms: &[] };
/// The name of a sound: of this program, of openSMILE's program, of Das et al.
pub const FILE: Column = Column { name: "file", synonyms: &["name", "filename"] };

/// Columns that a table of labels must have.
pub const LABELS: [Column; 3] = [SPEAKER, EMOTION, ACTIVATION];

impl Column {
    /// Its index: of the first of its names that the table has as written, otherwise of the first it has in another case.
    pub fn index(self, table: &CsvFile) -> Option<usize> {
        let names = || std::iter::once(self.name).chain(self.synonyms.iter().copied());
        names()
            .find_map(|name| table.column_index(name))
            .or_else(|| names().find_map(|name| table.column_index_in_any_case(name)))
    }

    /// Its cell in a row; empty if there is no such column.
    pub fn cell<'a>(self, record: Record<'a>) -> &'a str {
        self.index(record.table()).map_or("", |index| record.cell(index))
    }

    /// Its names for people.
    fn names(self) -> String {
        let synonyms = self.synonyms.iter().map(|name| format!(" or {name}"));
        std::iter::once(self.name.to_owned()).chain(synonyms).collect()
    }
}

/// Those of the columns that a table does not have.
pub fn missing(table: &CsvFile, columns: &[Column]) -> Vec<String> {
    columns.iter().filter(|c| c.index(table).is_none()).map(|c| c.name.to_owned()).collect()
}

/// The names of all columns, for `--help`.
pub fn help() -> String {
    [SPEAKER, EMOTION, ACTIVATION, VALENCE, FILE].map(Column::names).join("; ")
}
