//! Reading a corpus from its folder.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::layout::NameError;
use super::ratings::{self, Rating, Ratings};
use super::{Corpus, CorpusError, CorpusId, Emotion, FeatureCache, Problem, Problems, Row};
use crate::egemaps::catalogue::FEATURE_COUNT;
use crate::model::LabelOrigin;

/// Why a sound file gives no features, in words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct FeatureError(pub String);

/// Content of a sound file → the 88 functionals of its speech at the fixed level.
pub type FeatureFunction<'a> = dyn Fn(&[u8]) -> Result<[f32; FEATURE_COUNT], FeatureError> + Sync + 'a;

/// What reading a folder needs besides the folder.
pub struct Sources<'a> {
    /// Folder with the study's ratings (`EMO_DB.csv`).
    pub ratings: Option<&'a Path>,
    /// How to get features.
    pub features: &'a FeatureFunction<'a>,
    /// Where to keep them.
    pub cache: Option<&'a FeatureCache>,
    /// Called with the number of files to come, once, then with 0 for each file done (from several threads).
    pub progress: &'a (dyn Fn(usize) + Sync),
}

/// How deep folders are searched.
const DEPTH: usize = 3;

/// Reads a corpus: all `.wav` and `.flac` files of the folder and its folders, in the order of their names.
///
/// # Errors
/// [`CorpusError`] if the folder or its ratings cannot be read, or if nothing is left; single files that do not fit
/// are counted in [`Corpus::problems`].
pub fn load(corpus: CorpusId, folder: &Path, sources: &Sources) -> Result<Corpus, CorpusError> {
    let ratings = load_ratings(corpus, folder, sources.ratings)?;
    let mut files = Vec::new();
    list(folder, DEPTH, &mut files)?;
    if files.is_empty() {
        return Err(CorpusError::NoAudio { path: folder.to_owned() });
    }
    files.sort();

    let mut problems = Problems::default();
    let mut wanted: BTreeMap<String, Labelled> = BTreeMap::new();
    for path in files {
        let relative = path.strip_prefix(folder).unwrap_or(&path);
        let shown = relative.display().to_string();
        let named = match corpus.read_name(relative) {
            Ok(named) => named,
            Err(NameError::Layout) => {
                problems.add(Problem::Layout, shown);
                continue;
            }
            Err(NameError::Emotion) => {
                problems.add(Problem::Emotion, shown);
                continue;
            }
            Err(NameError::Elsewhere) => continue,
        };
        let stem = relative.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        let rating = match &ratings {
            Some(ratings) => ratings.get(stem).copied(),
            None => Some(Rating { activation: named.emotion.activation(), valence: named.emotion.valence() }),
        };
        let Some(rating) = rating else {
            problems.add(Problem::Rating, shown);
            continue;
        };
        // Names may repeat in the folders of different speakers.
        let id =
            if stem.contains(&named.speaker) { stem.to_owned() } else { format!("{}_{stem}", named.speaker) };
        if wanted.contains_key(&id) {
            problems.add(Problem::Duplicate, shown);
            continue;
        }
        wanted.insert(id, Labelled { path, shown, speaker: named.speaker, emotion: named.emotion, rating });
    }

    (sources.progress)(wanted.len());
    let wanted: Vec<(String, Labelled)> = wanted.into_iter().collect();
    let features: Vec<Result<[f32; FEATURE_COUNT], FeatureError>> = wanted
        .par_iter()
        .map(|(_, labelled)| {
            let result = features_of(&labelled.path, sources);
            (sources.progress)(0);
            result
        })
        .collect();
    let mut rows = Vec::new();
    for ((id, labelled), features) in wanted.into_iter().zip(features) {
        match features {
            Ok(features) => rows.push(Row {
                id,
                speaker: labelled.speaker,
                emotion: labelled.emotion,
                activation: labelled.rating.activation,
                valence: Some(labelled.rating.valence),
                origin: if ratings.is_some() { LabelOrigin::Human } else { LabelOrigin::Category },
                features,
            }),
            Err(error) => problems.add(Problem::Unreadable, format!("{} ({error})", labelled.shown)),
        }
    }
    if rows.is_empty() {
        return Err(CorpusError::Nothing { path: folder.to_owned(), problems });
    }
    Ok(Corpus {
        id: corpus.id().to_owned(),
        name: corpus.name().to_owned(),
        language: corpus.language().to_owned(),
        licence: corpus.licence().to_owned(),
        rows,
        problems,
    })
}

struct Labelled {
    path: PathBuf,
    shown: String,
    speaker: String,
    emotion: Emotion,
    rating: Rating,
}

fn load_ratings(
    corpus: CorpusId,
    folder: &Path,
    ratings: Option<&Path>,
) -> Result<Option<Ratings>, CorpusError> {
    match corpus {
        CorpusId::EmoDb => {
            let Some(ratings) = ratings else {
                let expected = "say where EMO_DB.csv lies with --ratings DIR".to_owned();
                return Err(CorpusError::NoRatings { corpus: corpus.name(), expected });
            };
            ratings::read_ratings(&ratings.join("EMO_DB.csv")).map(Some)
        }
        CorpusId::EmoTaleDanish | CorpusId::EmoTaleEnglish => {
            let path = folder.join("annotations.csv");
            if !path.exists() {
                let expected = format!("there is no {}", path.display());
                return Err(CorpusError::NoRatings { corpus: corpus.name(), expected });
            }
            ratings::read_emotale(&path).map(Some)
        }
        CorpusId::BanglaSer | CorpusId::Savee => Ok(None),
    }
}

fn list(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), CorpusError> {
    let error = |source| CorpusError::Io { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(error)? {
        let path = entry.map_err(error)?.path();
        if path.is_dir() {
            if depth > 1 {
                list(&path, depth - 1, files)?;
            }
        } else if path
            .extension()
            .and_then(|e| e.to_str())
            .is_some_and(|e| e.eq_ignore_ascii_case("wav") || e.eq_ignore_ascii_case("flac"))
        {
            files.push(path);
        }
    }
    Ok(())
}

fn features_of(path: &Path, sources: &Sources) -> Result<[f32; FEATURE_COUNT], FeatureError> {
    let bytes = fs::read(path).map_err(|e| FeatureError(e.to_string()))?;
    if let Some(kept) = sources.cache.and_then(|cache| cache.get(&bytes)) {
        return Ok(kept);
    }
    let features = (sources.features)(&bytes)?;
    if let Some(index) = features.iter().position(|v| !v.is_finite()) {
        return Err(FeatureError(format!("feature {index} is not finite")));
    }
    if let Some(cache) = sources.cache {
        cache.put(&bytes, &features);
    }
    Ok(features)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A miniature corpus: every file's content is its own length in features.
    struct Miniature {
        folder: tempfile::TempDir,
        ratings: tempfile::TempDir,
    }

    fn miniature(files: &[&str], tables: &[(&str, &str)]) -> Miniature {
        let m = Miniature { folder: tempfile::tempdir().unwrap(), ratings: tempfile::tempdir().unwrap() };
        for file in files {
            let path = m.folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        for (name, text) in tables {
            fs::write(m.folder.path().join(name), text).unwrap();
            fs::write(m.ratings.path().join(name), text).unwrap();
        }
        m
    }

    /// Sound that says "broken" is; all else is as long as it is.
    fn fake(bytes: &[u8]) -> Result<[f32; FEATURE_COUNT], FeatureError> {
        if bytes.starts_with(b"broken") {
            return Err(FeatureError("no sound in it".into()));
        }
        Ok([bytes.len() as f32; FEATURE_COUNT])
    }

    fn read(m: &Miniature, corpus: CorpusId, ratings: bool) -> Result<Corpus, CorpusError> {
        let sources = Sources {
            ratings: ratings.then(|| m.ratings.path()),
            features: &fake,
            cache: None,
            progress: &|_| (),
        };
        load(corpus, m.folder.path(), &sources)
    }

    fn ids(corpus: &Corpus) -> Vec<&str> {
        corpus.rows.iter().map(|r| r.id.as_str()).collect()
    }

    #[test]
    fn emodb_takes_its_ratings_and_names_what_does_not_fit() {
        let m = miniature(
            &[
                "wav/03a01Fa.wav",
                "wav/03a01Wa.flac",
                "wav/03a01Fa.flac",
                "wav/08a01Na.wav",
                "wav/08a01Xa.wav",
                "wav/readme.wav",
                "notes.txt",
            ],
            &[("EMO_DB.csv", "filename,activation,valence\n03a01Fa.wav,3.5,3\n03a01Wa.wav,4.5,1\n")],
        );
        let corpus = read(&m, CorpusId::EmoDb, true).unwrap();
        assert_eq!(ids(&corpus), ["03a01Fa", "03a01Wa"]);
        assert_eq!((corpus.rows[1].activation, corpus.rows[1].speaker.as_str()), (4.5, "03"));
        assert_eq!(corpus.rows[1].features[0], "wav/03a01Wa.flac".len() as f32);
        assert_eq!(corpus.origin(), LabelOrigin::Human);
        let problems = &corpus.problems;
        assert_eq!(problems.files(Problem::Layout), ["wav/readme.wav"]);
        assert_eq!(problems.files(Problem::Emotion), ["wav/08a01Xa.wav"]);
        assert_eq!(problems.files(Problem::Rating), ["wav/08a01Na.wav"]);
        assert_eq!(problems.count(Problem::Duplicate), 1);
        assert_eq!(problems.total(), 4);
        let words = problems.to_string();
        assert!(words.contains("1 × no rating: wav/08a01Na.wav"), "{words}");
        assert!(matches!(read(&m, CorpusId::EmoDb, false), Err(CorpusError::NoRatings { .. })));
    }

    #[test]
    fn bangla_ser_takes_the_category_and_survives_broken_files() {
        let m = miniature(&["03-01-03-02-01-01-01.wav", "03-01-02-02-01-01-02.wav"], &[]);
        fs::write(m.folder.path().join("03-01-05-01-01-01-02.wav"), "broken").unwrap();
        let corpus = read(&m, CorpusId::BanglaSer, false).unwrap();
        assert_eq!(corpus.rows.iter().map(|r| r.activation).collect::<Vec<_>>(), [2.2, 4.2]);
        assert_eq!(corpus.origin(), LabelOrigin::Category);
        assert_eq!(corpus.problems.count(Problem::Unreadable), 1);
        assert!(corpus.problems.to_string().contains("03-01-05-01-01-01-02.wav (no sound in it)"));
        let info = corpus.info();
        assert_eq!((info.utterances, info.speakers, info.licence.as_str()), (2, 2, "CC BY 4.0"));
    }

    #[test]
    fn emotale_s_languages_are_two_corpora_in_one_folder() {
        let table = "file,a1_A,a2_A,a3_A,a1_V,a2_V,a3_V\nDK_001_A_1.wav,4,4.5,5,1,1,1\nEN_001_S_1.wav,1,1.5,2,2,2,2\n";
        let m = miniature(&["DK_001_A_1.flac", "EN_001_S_1.flac"], &[("annotations.csv", table)]);
        let danish = read(&m, CorpusId::EmoTaleDanish, false).unwrap();
        let english = read(&m, CorpusId::EmoTaleEnglish, false).unwrap();
        assert_eq!((ids(&danish), danish.rows[0].activation), (vec!["DK_001_A_1"], 4.5));
        assert_eq!((ids(&english), english.rows[0].activation), (vec!["EN_001_S_1"], 1.5));
        assert_eq!(danish.problems.total(), 0);
        fs::remove_file(m.folder.path().join("annotations.csv")).unwrap();
        assert!(matches!(read(&m, CorpusId::EmoTaleDanish, false), Err(CorpusError::NoRatings { .. })));
    }

    #[test]
    fn savee_is_read_flat_and_in_speakers_folders() {
        let m = miniature(&["DC_a01.wav", "JE/a01.wav", "KL/sa02.wav"], &[]);
        let corpus = read(&m, CorpusId::Savee, false).unwrap();
        assert_eq!(ids(&corpus), ["DC_a01", "JE_a01", "KL_sa02"]);
    }

    #[test]
    fn folders_that_are_no_corpus_are_errors() {
        let m = miniature(&["song.mp3"], &[]);
        assert!(matches!(read(&m, CorpusId::Savee, false), Err(CorpusError::NoAudio { .. })));
        let m = miniature(&["a.wav", "b.wav"], &[]);
        let e = read(&m, CorpusId::Savee, false).unwrap_err();
        assert!(
            matches!(&e, CorpusError::Nothing { problems, .. } if problems.count(Problem::Layout) == 2),
            "{e}"
        );
        let sources = Sources { ratings: None, features: &fake, cache: None, progress: &|_| () };
        let e = load(CorpusId::Savee, Path::new("/nowhere"), &sources).unwrap_err();
        assert!(matches!(e, CorpusError::Io { .. }));
    }

    #[test]
    fn features_come_from_the_cache_the_second_time_and_must_be_finite() {
        let m = miniature(&["DC_a01.wav"], &[]);
        let kept = tempfile::tempdir().unwrap();
        let cache = FeatureCache::open(kept.path(), &fake).unwrap();
        let once = |features: &FeatureFunction| {
            let sources = Sources { ratings: None, features, cache: Some(&cache), progress: &|_| () };
            load(CorpusId::Savee, m.folder.path(), &sources)
        };
        let nan = |_: &[u8]| -> Result<_, FeatureError> { Ok([f32::NAN; FEATURE_COUNT]) };
        assert!(matches!(once(&nan), Err(CorpusError::Nothing { .. })));
        let first = once(&fake).unwrap();
        let never = |_: &[u8]| -> Result<_, FeatureError> { Err(FeatureError("asked again".into())) };
        assert_eq!(once(&never).unwrap(), first);
    }
}
