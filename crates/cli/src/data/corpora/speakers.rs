//! Speakers in tables: `speakers.csv` of a corpus of calm reading, with columns `speaker` and `age`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::error::CorpusError;

/// Ages in years by speaker; `None` where the table has none.
pub(super) type Ages = BTreeMap<String, Option<u8>>;

/// Reads the table; other columns do not matter. No file: no speakers.
///
/// # Errors
/// [`CorpusError`] if the file cannot be read, lacks a column, names a speaker twice, or an age is no number of years.
pub(super) fn read_ages(path: &Path) -> Result<Ages, CorpusError> {
    if !path.exists() {
        return Ok(Ages::new());
    }
    let bytes = fs::read(path).map_err(|source| CorpusError::Io { path: path.to_owned(), source })?;
    let csv_error = |source| CorpusError::Csv { path: path.to_owned(), source };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes.as_slice());
    let headers = reader.headers().map_err(csv_error)?.clone();
    let place = |name: &str| headers.iter().position(|h| h == name);
    let (Some(speaker), Some(age)) = (place("speaker"), place("age")) else {
        let missing = ["speaker", "age"].into_iter().filter(|name| place(name).is_none());
        let columns = missing.map(str::to_owned).collect();
        return Err(CorpusError::MissingColumns { path: path.to_owned(), columns });
    };
    let mut ages = Ages::new();
    for record in reader.records() {
        let record = record.map_err(csv_error)?;
        let line = record.position().map_or(0, csv::Position::line);
        let name = record.get(speaker).unwrap_or_default().to_owned();
        let text = record.get(age).unwrap_or_default();
        let years = match text {
            "" => None,
            text => Some(text.parse::<u8>().map_err(|_| CorpusError::Cell {
                path: path.to_owned(),
                line,
                column: "age".to_owned(),
                value: text.to_owned(),
                expected: "an age in whole years",
            })?),
        };
        if ages.insert(name.clone(), years).is_some() {
            return Err(CorpusError::RepeatedLabel { path: path.to_owned(), line, name });
        }
    }
    Ok(ages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_read_by_speaker_and_faults_are_named_with_their_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("speakers.csv");
        let read = |text: &str| {
            fs::write(&path, text).unwrap();
            read_ages(&path)
        };
        let ages = read("gender,speaker,age\nm,0001,6\nf, 0002 ,\n").unwrap();
        assert_eq!((ages.len(), ages["0001"], ages["0002"]), (2, Some(6), None));
        assert!(matches!(read("speaker,age\n1,six\n"), Err(CorpusError::Cell { line: 2, .. })));
        assert!(matches!(read("speaker,age\n1,6\n1,7\n"), Err(CorpusError::RepeatedLabel { line: 3, .. })));
        assert!(
            matches!(read("speaker\n1\n"), Err(CorpusError::MissingColumns { columns, .. }) if columns == ["age"])
        );
        assert!(read_ages(&folder.path().join("none.csv")).unwrap().is_empty());
    }
}
