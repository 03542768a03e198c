//! Human ratings of activation.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::CorpusError;

/// Human ratings of one utterance, 1 … 5.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rating {
    /// Activation (arousal).
    pub activation: f64,
    /// Valence.
    pub valence: f64,
}

/// Ratings by file name without extension.
pub type Ratings = BTreeMap<String, Rating>;

/// Reads a table with the columns `filename`, `activation` and `valence` (`EMO_DB.csv` of the study's ratings); blanks
/// around column names and other columns do not matter.
pub fn read_ratings(path: &Path) -> Result<Ratings, CorpusError> {
    read(path, "filename", [&["activation"], &["valence"]])
}

/// Reads EmoTale's `annotations.csv`: the means of the three raters' arousal and valence.
pub fn read_emotale(path: &Path) -> Result<Ratings, CorpusError> {
    read(path, "file", [&["a1_A", "a2_A", "a3_A"], &["a1_V", "a2_V", "a3_V"]])
}

/// `columns`: those of activation and those of valence, to be averaged.
fn read(path: &Path, key: &str, columns: [&[&str]; 2]) -> Result<Ratings, CorpusError> {
    let bytes = fs::read(path).map_err(|source| CorpusError::Io { path: path.to_owned(), source })?;
    let csv_error = |source| CorpusError::Csv { path: path.to_owned(), source };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes.as_slice());
    let headers = reader.headers().map_err(csv_error)?.clone();
    let place = |name: &str| headers.iter().position(|h| h == name);
    let missing: Vec<String> = [key]
        .iter()
        .chain(columns.into_iter().flatten())
        .filter(|n| place(n).is_none())
        .map(|n| (*n).to_owned())
        .collect();
    if !missing.is_empty() {
        return Err(CorpusError::MissingColumns { path: path.to_owned(), columns: missing });
    }
    let key_place = place(key).unwrap_or(0);
    let mut ratings = Ratings::new();
    for record in reader.records() {
        let record = record.map_err(csv_error)?;
        let mean = |columns: &[&str]| {
            let mut sum = 0.0;
            for column in columns {
                let text = place(column).and_then(|at| record.get(at)).unwrap_or("");
                sum += match text.parse::<f64>() {
                    Ok(value) if (1.0..=5.0).contains(&value) => value,
                    _ => {
                        return Err(CorpusError::Cell {
                            path: path.to_owned(),
                            line: record.position().map_or(0, csv::Position::line),
                            column: (*column).to_owned(),
                            value: text.to_owned(),
                            expected: "a rating from 1 to 5",
                        });
                    }
                };
            }
            Ok(sum / columns.len() as f64)
        };
        let rating = Rating { activation: mean(columns[0])?, valence: mean(columns[1])? };
        let name = record.get(key_place).unwrap_or("");
        let stem = Path::new(name).file_stem().and_then(|s| s.to_str()).unwrap_or(name);
        ratings.insert(stem.to_owned(), rating);
    }
    Ok(ratings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        file
    }

    #[test]
    fn ratings_are_read_by_stem_and_raters_averaged() {
        let f = file(" filename,activation ,valence\n03a01Fa.wav,3.5,3\n03a01Nc.wav, 2 ,3\n");
        let ratings = read_ratings(f.path()).unwrap();
        let rating = |activation, valence| Rating { activation, valence };
        assert_eq!(ratings.len(), 2);
        assert_eq!((ratings["03a01Fa"], ratings["03a01Nc"]), (rating(3.5, 3.0), rating(2.0, 3.0)));
        let f = file("file,a1_A,a1_V,a2_A,a2_V,a3_A,a3_V\nDK_001_A_1.wav,4.0,1,4.5,1.5,5.0,2\n");
        assert_eq!(read_emotale(f.path()).unwrap()["DK_001_A_1"], rating(4.5, 1.5));
    }

    #[test]
    fn what_is_wrong_with_a_ratings_file_is_named() {
        let f = file("filename,valence\nx.wav,3\n");
        let e = read_ratings(f.path()).unwrap_err();
        assert!(
            matches!(&e, CorpusError::MissingColumns { columns, .. } if columns == &["activation"]),
            "{e}"
        );
        for bad in ["", "high", "7", "NaN"] {
            let f = file(&format!("filename,activation,valence\na.wav,3,3\nb.wav,{bad},3\n"));
            let e = read_ratings(f.path()).unwrap_err();
            assert!(matches!(&e, CorpusError::Cell { line: 3, value, .. } if value == bad), "{bad}: {e}");
        }
        let e = read_ratings(Path::new("/nowhere/ratings.csv")).unwrap_err();
        assert!(matches!(e, CorpusError::Io { .. }));
    }
}
