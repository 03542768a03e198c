//! Human ratings in tables: those published with Das et al. (2022), and EmoTale's.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::error::CorpusError;

/// Human ratings of one utterance, 1 … 5.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rating {
    /// Activation (arousal).
    pub activation: f64,
    /// Valence.
    pub valence: f64,
}

/// Ratings by file name without extension; `None` where a row stands in the table but a rating is missing.
pub type Ratings = BTreeMap<String, Option<Rating>>;

/// Reads a table of ratings published with Das et al.: columns `filename` (`filname` in `CAFE.csv`), `activation` and `valence`;
/// blanks around column names and other columns, also nameless ones, do not matter.
pub fn read_ratings(path: &Path) -> Result<Ratings, CorpusError> {
    read(path, &["filename", "filname"], [&["activation"], &["valence"]])
}

/// Reads EmoTale's `annotations.csv`: the means of the three raters' arousal and valence.
pub fn read_emotale(path: &Path) -> Result<Ratings, CorpusError> {
    read(path, &["file"], [&["a1_A", "a2_A", "a3_A"], &["a1_V", "a2_V", "a3_V"]])
}

/// `keys`: names that the column of file names may have; `columns`: those of activation and those of valence, to be
/// averaged. Nothing or `NaN` in one of them means that the file has no rating; what is no number from 1 to 5 is an
/// error.
fn read(path: &Path, keys: &[&str], columns: [&[&str]; 2]) -> Result<Ratings, CorpusError> {
    let bytes = fs::read(path).map_err(|source| CorpusError::Io { path: path.to_owned(), source })?;
    let csv_error = |source| CorpusError::Csv { path: path.to_owned(), source };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(bytes.as_slice());
    let headers = reader.headers().map_err(csv_error)?.clone();
    let place = |name: &str| headers.iter().position(|h| h == name);
    let key = keys.iter().copied().find(|k| place(k).is_some()).or(keys.first().copied()).unwrap_or_default();
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
        let line = record.position().map_or(0, csv::Position::line);
        let mean = |columns: &[&str]| {
            let mut sum = Some(0.0);
            for column in columns {
                let text = place(column).and_then(|at| record.get(at)).unwrap_or("");
                let rating = number(text).map_err(|()| CorpusError::Cell {
                    path: path.to_owned(),
                    line,
                    column: (*column).to_owned(),
                    value: text.to_owned(),
                    expected: "a rating from 1 to 5",
                })?;
                sum = sum.zip(rating).map(|(sum, rating)| sum + rating);
            }
            Ok(sum.map(|sum| sum / columns.len() as f64))
        };
        let (activation, valence) = (mean(columns[0])?, mean(columns[1])?);
        let rating = activation.zip(valence).map(|(activation, valence)| Rating { activation, valence });
        let name = record.get(key_place).unwrap_or("");
        let stem = Path::new(name).file_stem().and_then(|s| s.to_str()).unwrap_or(name);
        if ratings.insert(stem.to_owned(), rating).is_some() {
            return Err(CorpusError::RepeatedLabel { path: path.to_owned(), line, name: name.to_owned() });
        }
    }
    Ok(ratings)
}

/// A rating from 1 to 5, or none where nothing or NaN stands.
pub(super) fn number(text: &str) -> Result<Option<f64>, ()> {
    match text.parse::<f64>() {
        Ok(value) if (1.0..=5.0).contains(&value) => Ok(Some(value)),
        Ok(value) if value.is_nan() => Ok(None),
        _ if text.is_empty() => Ok(None),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        file
    }

    fn rating(activation: f64, valence: f64) -> Option<Rating> {
        Some(Rating { activation, valence })
    }

    #[test]
    fn ratings_are_read_by_stem_and_raters_averaged() {
        let f = file("filename,activation,valence \n03a01Fa.wav,3.5,3\n03a01Nc.wav, 2 ,3\n");
        let ratings = read_ratings(f.path()).unwrap();
        assert_eq!(ratings.len(), 2);
        assert_eq!((ratings["03a01Fa"], ratings["03a01Nc"]), (rating(3.5, 3.0), rating(2.0, 3.0)));
        let f = file("file,a1_A,a1_V,a2_A,a2_V,a3_A,a3_V\nDK_001_A_1.wav,4.0,1,4.5,1.5,5.0,2\n");
        assert_eq!(read_emotale(f.path()).unwrap()["DK_001_A_1"], rating(4.5, 1.5));
    }

    #[test]
    fn ratings_are_read_from_tables_with_odd_headers() {
        let f = file(",,filename,activation,valence\n,,SF1_F6_H06.wav,4,3\n");
        assert_eq!(read_ratings(f.path()).unwrap()["SF1_F6_H06"], rating(4.0, 3.0));
        let f = file("filname,activation ,valence\n01-C-1-1.wav,4,1\n");
        assert_eq!(read_ratings(f.path()).unwrap()["01-C-1-1"], rating(4.0, 1.0));
    }

    #[test]
    fn ratings_that_are_missing_are_none_and_wrong_ones_an_error() {
        let f = file(
            "filename,activation,valence\na01 (1).wav,nan,nan\na02 (1).wav,,3\na03 (1).wav,3,NaN\na04 (1).wav,3,3\n",
        );
        let ratings = read_ratings(f.path()).unwrap();
        assert_eq!(ratings.values().copied().collect::<Vec<_>>(), [None, None, None, rating(3.0, 3.0)]);
        // Two of three raters are no mean of three.
        let f = file("file,a1_A,a1_V,a2_A,a2_V,a3_A,a3_V\nDK_001_A_1.wav,4.0,1,,1.5,5.0,2\n");
        assert_eq!(read_emotale(f.path()).unwrap()["DK_001_A_1"], None);
        for bad in ["high", "7", "0.5", "inf", "-"] {
            let f = file(&format!("filename,activation,valence\na.wav,3,3\nb.wav,{bad},3\n"));
            let e = read_ratings(f.path()).unwrap_err();
            assert!(matches!(&e, CorpusError::Cell { line: 3, value, .. } if value == bad), "{bad}: {e}");
        }
    }

    #[test]
    fn ratings_files_that_are_wrong_are_refused_with_the_reason() {
        let f = file("file,valence\nx.wav,3\n");
        let e = read_ratings(f.path()).unwrap_err();
        assert!(
            matches!(&e, CorpusError::MissingColumns { columns, .. } if columns == &["filename", "activation"]),
            "{e}"
        );
        let f = file("filename,activation,valence\na.wav,3,3\nb.wav,3,3\na.wav,2,3\n");
        let e = read_ratings(f.path()).unwrap_err();
        assert!(matches!(e, CorpusError::RepeatedLabel { line: 4, .. }), "{e}");
        let e = read_ratings(Path::new("/nowhere/ratings.csv")).unwrap_err();
        assert!(matches!(e, CorpusError::Io { .. }));
    }
}
