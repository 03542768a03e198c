//! Tables of features: corpora that cannot be given away, or features of another extractor.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{Corpus, CorpusError, Emotion, Problems, Row};
use crate::egemaps::catalogue::{FEATURE_COUNT, FEATURES};
use crate::model::LabelOrigin;

/// Reads a CSV table (`,` or `;`) with the 88 official names and the columns `speaker`, `emotion` and `activation`, in any
/// order; `file`, where present, names the rows, `valence` is read where present. Other columns do not matter. The file's stem names the corpus.
///
/// Labels count as human: a table says nothing about their origin.
///
/// # Errors
/// [`CorpusError`] names missing or repeated columns, and the line and column of a cell that does not fit.
pub fn read_table(path: &Path) -> Result<Corpus, CorpusError> {
    let bytes = fs::read(path).map_err(|source| CorpusError::Io { path: path.to_owned(), source })?;
    let csv_error = |source| CorpusError::Csv { path: path.to_owned(), source };
    let first_line = bytes.split(|&b| b == b'\n').next().unwrap_or(&[]);
    let count = |c: u8| first_line.iter().filter(|&&b| b == c).count();
    let delimiter = if count(b';') > count(b',') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(bytes.as_slice());
    let headers = reader.headers().map_err(csv_error)?.clone();
    let mut seen = BTreeSet::new();
    if let Some(column) = headers.iter().find(|h| !seen.insert(h.to_owned())) {
        return Err(CorpusError::RepeatedColumn { path: path.to_owned(), column: column.to_owned() });
    }
    let place = |name: &str| headers.iter().position(|h| h == name);
    let needed = ["speaker", "emotion", "activation"];
    let missing: Vec<String> = needed
        .into_iter()
        .chain(FEATURES.iter().map(|f| f.name))
        .filter(|name| place(name).is_none())
        .map(str::to_owned)
        .collect();
    if !missing.is_empty() {
        return Err(CorpusError::MissingColumns { path: path.to_owned(), columns: missing });
    }
    let places: Vec<usize> = FEATURES.iter().filter_map(|f| place(f.name)).collect();

    let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or("table").to_owned();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(csv_error)?;
        let line = record.position().map_or(0, csv::Position::line);
        let text = |column: &str| place(column).and_then(|at| record.get(at)).unwrap_or("");
        let cell = |column: &str, value: &str, expected| CorpusError::Cell {
            path: path.to_owned(),
            line,
            column: column.to_owned(),
            value: value.to_owned(),
            expected,
        };
        let mut features = [0.0; FEATURE_COUNT];
        for ((value, &at), feature) in features.iter_mut().zip(&places).zip(&FEATURES) {
            let text = record.get(at).unwrap_or("");
            *value = match text.parse::<f32>() {
                Ok(number) if number.is_finite() => number,
                _ => return Err(cell(feature.name, text, "a finite number")),
            };
        }
        let activation = match text("activation").parse::<f64>() {
            Ok(value) if (1.0..=5.0).contains(&value) => value,
            _ => return Err(cell("activation", text("activation"), "a label from 1 to 5")),
        };
        let valence = match text("valence") {
            "" => None,
            value => match value.parse::<f64>() {
                Ok(number) if (1.0..=5.0).contains(&number) => Some(number),
                _ => return Err(cell("valence", value, "a label from 1 to 5, or nothing")),
            },
        };
        let emotion = Emotion::from_name(text("emotion"))
            .ok_or_else(|| cell("emotion", text("emotion"), "a known emotion (anger, boredom, …)"))?;
        if text("speaker").is_empty() {
            return Err(cell("speaker", "", "a speaker's name"));
        }
        let id = match text("file") {
            "" => format!("{stem}:{line}"),
            name => name.to_owned(),
        };
        rows.push(Row {
            id,
            speaker: text("speaker").to_owned(),
            emotion,
            activation,
            valence,
            origin: LabelOrigin::Human,
            features,
        });
    }
    if rows.is_empty() {
        return Err(CorpusError::Nothing { path: path.to_owned(), problems: Problems::default() });
    }
    Ok(Corpus {
        id: stem.clone(),
        name: format!("the table {stem}"),
        language: "not stated".into(),
        licence: "not stated".into(),
        rows,
        problems: Problems::default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(delimiter: &str) -> String {
        let names: Vec<&str> = FEATURES.iter().rev().map(|f| f.name).collect();
        format!("activation{d}file{d}{}{d}emotion{d}speaker", names.join(delimiter), d = delimiter)
    }

    /// A row whose feature i is i + ½, in the header's reversed order.
    fn row(delimiter: &str, activation: &str, emotion: &str) -> String {
        let values: Vec<String> = (0..FEATURE_COUNT).rev().map(|i| format!("{i}.5")).collect();
        format!("{activation}{d}x1{d}{}{d}{emotion}{d}s7", values.join(delimiter), d = delimiter)
    }

    fn read(text: &str) -> Result<Corpus, CorpusError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.csv");
        fs::write(&path, text).unwrap();
        read_table(&path)
    }

    #[test]
    fn columns_are_found_by_name_with_either_delimiter() {
        for d in [",", ";"] {
            let corpus = read(&format!("{}\n{}\n", header(d), row(d, "3.5", "fear"))).unwrap();
            assert_eq!(corpus.id, "mine");
            let row = &corpus.rows[0];
            assert_eq!((row.id.as_str(), row.speaker.as_str(), row.emotion), ("x1", "s7", Emotion::Fear));
            assert_eq!((row.activation, row.features[0], row.features[87]), (3.5, 0.5, 87.5));
        }
    }

    #[test]
    fn what_is_wrong_with_a_table_is_named() {
        let d = ",";
        let good = format!("{}\n{}\n", header(d), row(d, "3.5", "fear"));
        let e = read(&good.replace("speaker", "voice").replace("HNRdBACF_sma3nz_amean", "hnr")).unwrap_err();
        assert!(
            matches!(&e, CorpusError::MissingColumns { columns, .. }
                if columns == &["speaker", "HNRdBACF_sma3nz_amean"]),
            "{e}"
        );
        let e = read(&good.replace("file", "speaker")).unwrap_err();
        assert!(matches!(&e, CorpusError::RepeatedColumn { column, .. } if column == "speaker"), "{e}");
        for (from, to, column) in [
            (",7.5,", ",NaN,", FEATURES[7].name),
            (",7.5,", ",,", FEATURES[7].name),
            ("fear", "awe", "emotion"),
            ("\n3.5", "\n6", "activation"),
            ("s7", "", "speaker"),
        ] {
            let e = read(&good.replace(from, to)).unwrap_err();
            assert!(matches!(&e, CorpusError::Cell { line: 2, column: c, .. } if c == column), "{to}: {e}");
        }
        assert!(matches!(read(&format!("{}\n", header(d))), Err(CorpusError::Nothing { .. })));
        let e = read(&format!("{good}1,2,3\n")).unwrap_err();
        assert!(matches!(e, CorpusError::Csv { .. }), "{e}");
    }
}
