//! IEMOCAP's labels: `Session1/dialog/EmoEvaluation/<dialogue>.txt`.
//!
//! The lines of interest are `[start - end]`, utterance, class, `[valence, activation, dominance]`, with tabs between;
//! the others hold the ratings of single listeners.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::error::CorpusError;
use super::problems::Problem;
use super::ratings::Rating;
use crate::data::emotion::Emotion;

/// The listeners' evaluation of one utterance.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// The class that most of them chose, as written (`ang`, `xxx` for no agreement, …).
    pub class: String,
    /// Their mean ratings; `None` if one of the two lies outside 1 to 5.
    pub rating: Option<Rating>,
}

impl Evaluation {
    /// The class as one of the four of Das et al.: anger, happiness, neutral, sadness.
    ///
    /// # Errors
    /// [`Problem::OtherClass`] for IEMOCAP's other classes, [`Problem::Emotion`] for unknown ones.
    pub fn emotion(&self, merge_excited: bool) -> Result<Emotion, Problem> {
        match self.class.as_str() {
            "ang" => Ok(Emotion::Anger),
            "hap" => Ok(Emotion::Happiness),
            "exc" if merge_excited => Ok(Emotion::Happiness),
            "neu" => Ok(Emotion::Neutral),
            "sad" => Ok(Emotion::Sadness),
            "exc" | "fru" | "fea" | "sur" | "dis" | "oth" | "xxx" => Err(Problem::OtherClass),
            _ => Err(Problem::Emotion),
        }
    }
}

/// Evaluations by the utterance's name.
pub type Evaluations = BTreeMap<String, Evaluation>;

/// Reads all evaluations of the sessions in a folder (or of the one session that the folder is). `None` if there are
/// no files of evaluations.
///
/// # Errors
/// [`CorpusError`] if a file cannot be read, a line does not follow the format, or an utterance stands there twice.
pub fn read_evaluations(folder: &Path) -> Result<Option<Evaluations>, CorpusError> {
    let mut files = text_files(&folder.join("dialog/EmoEvaluation"))?;
    for session in children(folder)? {
        files.extend(text_files(&session.join("dialog/EmoEvaluation"))?);
    }
    files.sort();
    let mut evaluations = Evaluations::new();
    for path in &files {
        read_file(path, &mut evaluations)?;
    }
    Ok((!files.is_empty()).then_some(evaluations))
}

fn children(folder: &Path) -> Result<Vec<PathBuf>, CorpusError> {
    let error = |source| CorpusError::Io { path: folder.to_owned(), source };
    fs::read_dir(folder).map_err(error)?.map(|entry| entry.map(|e| e.path()).map_err(error)).collect()
}

/// The `.txt` files of a folder, hidden ones aside: some systems leave `._` twins of every file.
fn text_files(folder: &Path) -> Result<Vec<PathBuf>, CorpusError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let wanted = |path: &PathBuf| {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        path.extension().is_some_and(|e| e.eq_ignore_ascii_case("txt")) && !name.starts_with('.')
    };
    Ok(children(folder)?.into_iter().filter(wanted).collect())
}

fn read_file(path: &Path, evaluations: &mut Evaluations) -> Result<(), CorpusError> {
    let bytes = fs::read(path).map_err(|source| CorpusError::Io { path: path.to_owned(), source })?;
    for (index, line) in String::from_utf8_lossy(&bytes).lines().enumerate() {
        if !line.starts_with('[') {
            continue;
        }
        let (name, evaluation) = parse(line).ok_or(CorpusError::Line {
            path: path.to_owned(),
            line: index + 1,
            expected: "[start - end], utterance, class, [valence, activation, dominance], with tabs between",
        })?;
        if evaluations.insert(name.to_owned(), evaluation).is_some() {
            return Err(CorpusError::RepeatedLabel {
                path: path.to_owned(),
                line: index as u64 + 1,
                name: name.to_owned(),
            });
        }
    }
    Ok(())
}

fn parse(line: &str) -> Option<(&str, Evaluation)> {
    let fields: Vec<&str> = line.trim_end().split('\t').collect();
    let &[_, name, class, ratings] = fields.as_slice() else { return None };
    let ratings = ratings.strip_prefix('[')?.strip_suffix(']')?;
    let numbers: Vec<f64> =
        ratings.split(',').map(|n| n.trim().parse::<f64>()).collect::<Result<_, _>>().ok()?;
    let &[valence, activation, _dominance] = numbers.as_slice() else { return None };
    let on_scale = |rating: f64| (1.0..=5.0).contains(&rating);
    let rating = (on_scale(activation) && on_scale(valence)).then_some(Rating { activation, valence });
    Some((name, Evaluation { class: class.to_owned(), rating }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(text: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("Session2/dialog/EmoEvaluation");
        fs::create_dir_all(place.join("Categorical")).unwrap();
        fs::write(place.join("Ses02F_impro01.txt"), text).unwrap();
        fs::write(place.join("._Ses02F_impro01.txt"), [0, 5, 22, 7]).unwrap();
        fs::write(place.join("Categorical/e2.txt"), "[what one listener said]").unwrap();
        folder
    }

    #[test]
    fn evaluations_are_read_without_those_of_single_listeners() {
        let folder = session(
            "% [START - END] TURN EMOTION [V, A, D]\r\n\r\n\
             [6.2901 - 8.2357]\tSes02F_impro01_F000\tneu\t[2.5000, 3.5000, 0.5000]\r\n\
             C-E2:\tNeutral;\t()\r\nA-E3:\tval 3; act 2; dom  2;\t()\r\n\r\n\
             [9.0 - 9.5]\tSes02F_impro01_M000\txxx\t[5.5000, 4.0000, 3.0000]\r\n",
        );
        let read = read_evaluations(folder.path()).unwrap().unwrap();
        assert_eq!(read.len(), 2);
        let first = &read["Ses02F_impro01_F000"];
        assert_eq!(first.class, "neu");
        assert_eq!(first.rating, Some(Rating { activation: 3.5, valence: 2.5 }));
        assert_eq!(read["Ses02F_impro01_M000"].rating, None);
        // One session alone is a corpus, too.
        assert_eq!(read_evaluations(&folder.path().join("Session2")).unwrap().unwrap(), read);
        assert_eq!(read_evaluations(tempfile::tempdir().unwrap().path()).unwrap(), None);
    }

    #[test]
    fn evaluations_name_lines_that_do_not_follow_the_format() {
        for line in [
            "[1 - 2] Ses02F_impro01_F000 neu [2, 3, 3]",
            "[1 - 2]\tSes02F_impro01_F000\tneu\t[2, high, 3]",
            "[1 - 2]\tSes02F_impro01_F000\tneu\t[2, 3]",
            "[1 - 2]\tSes02F_impro01_F000\tneu",
        ] {
            let folder = session(&format!("% header\n{line}\n"));
            let e = read_evaluations(folder.path()).unwrap_err();
            assert!(matches!(e, CorpusError::Line { line: 2, .. }), "{line}: {e}");
        }
        let line = "[1 - 2]\tSes02F_impro01_F000\tneu\t[2, 3, 3]\n";
        let e = read_evaluations(session(&line.repeat(2)).path()).unwrap_err();
        assert!(matches!(e, CorpusError::RepeatedLabel { line: 2, .. }), "{e}");
    }

    #[test]
    fn evaluation_tells_other_classes_from_unknown_ones() {
        let of = |class: &str, merge| Evaluation { class: class.into(), rating: None }.emotion(merge);
        assert_eq!(of("hap", false), Ok(Emotion::Happiness));
        assert_eq!((of("exc", true), of("exc", false)), (Ok(Emotion::Happiness), Err(Problem::OtherClass)));
        assert_eq!((of("fru", true), of("xxx", true)), (Err(Problem::OtherClass), Err(Problem::OtherClass)));
        assert_eq!(of("joy", true), Err(Problem::Emotion));
    }
}
