//! Reading a corpus from its folder.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::cache::FeatureCache;
use super::corpus::{Corpus, ReadingRow, Row};
use super::error::CorpusError;
use super::features::{FeatureError, FeatureFunction};
use super::labels::{Label, LabelSource};
use super::layout::{CorpusId, Labels, NameError, Named};
use super::problems::{Problem, Problems};
use super::speakers::read_ages;
use crate::data::dataset::Variants;
use egemaps::catalogue::{FEATURE_COUNT, FEATURES};

/// How to read a corpus from its folder.
pub struct LoadOptions<'a> {
    /// Folder with the ratings published with Das et al. (`EMO_DB.csv`, `CAFE.csv`, `URDU.csv`, `AESD.csv`).
    pub ratings: Option<&'a Path>,
    /// How to get features.
    pub features: &'a FeatureFunction<'a>,
    /// Where to keep them.
    pub cache: Option<&'a FeatureCache>,
    /// Called with the number of files to come, once, then with 0 for each file done (from several threads).
    pub progress: &'a (dyn Fn(usize) + Sync),
}

/// How deep folders are searched: IEMOCAP's sentences lie five deep, downloads often one deeper than documented.
const DEPTH: usize = 7;

/// Reads a corpus: all `.wav` and `.flac` files of the folder and its folders, in the order of their names. Labels are
/// human ratings where the corpus has them.
///
/// # Errors
/// [`CorpusError`] if the folder or its ratings cannot be read, or if nothing is left; single files that do not fit
/// are counted in [`Corpus::problems`].
pub fn load(corpus: CorpusId, folder: &Path, options: &LoadOptions) -> Result<Corpus, CorpusError> {
    check_folder(corpus, folder)?;
    let source = LabelSource::open(corpus, folder, options.ratings, false)?;
    load_with(corpus, folder, options, &source)
}

/// Reads a corpus as [`load`] does, but with labels by category only.
///
/// # Errors
/// As [`load`]; ratings need not be there.
pub fn load_by_category(
    corpus: CorpusId,
    folder: &Path,
    options: &LoadOptions,
) -> Result<Corpus, CorpusError> {
    check_folder(corpus, folder)?;
    let source = LabelSource::open(corpus, folder, None, true)?;
    load_with(corpus, folder, options, &source)
}

/// Says that the folder is not there before anything is said of its ratings.
fn check_folder(corpus: CorpusId, folder: &Path) -> Result<(), CorpusError> {
    match fs::read_dir(folder) {
        Ok(_) => Ok(()),
        Err(source) => Err(CorpusError::Folder { corpus: corpus.id(), path: folder.to_owned(), source }),
    }
}

/// The sound files of a folder that are utterances of the corpus by their names, in the order of their names; labelled
/// or not.
///
/// # Errors
/// [`CorpusError::Io`] if the folder cannot be read.
pub fn files(corpus: CorpusId, folder: &Path) -> Result<Vec<PathBuf>, CorpusError> {
    let mut files = Vec::new();
    list(folder, DEPTH, &mut files)?;
    files.retain(|path| corpus.read_name(path.strip_prefix(folder).unwrap_or(path)).is_ok());
    files.sort();
    Ok(files)
}

fn load_with(
    corpus: CorpusId,
    folder: &Path,
    options: &LoadOptions,
    source: &LabelSource,
) -> Result<Corpus, CorpusError> {
    let mut files = Vec::new();
    list(folder, DEPTH, &mut files)?;
    if files.is_empty() {
        return Err(CorpusError::NoAudio { path: folder.to_owned() });
    }
    files.sort();
    let mut problems = Problems::default();
    let (mut rows, mut readings) = (Vec::new(), Vec::new());
    if corpus.layout().labels == Labels::Reading {
        let ages = read_ages(&folder.join("speakers.csv"))?;
        let (wanted, _) = named(corpus, folder, files, &|_, _| Ok(()), &mut problems);
        let sounds = extract(wanted, options, &mut problems);
        readings.extend(sounds.into_iter().map(|(id, file, features)| ReadingRow {
            id,
            age_years: ages.get(&file.speaker).copied().flatten(),
            speaker: file.speaker,
            features,
            variants: Variants::default(),
        }));
    } else {
        let label = |named: &Named, stem: &str| source.label(named, stem);
        let (wanted, present) = named(corpus, folder, files, &label, &mut problems);
        for name in source.absent(corpus, &present) {
            problems.add(Problem::Absent, name);
        }
        let sounds = extract(wanted, options, &mut problems);
        rows.extend(sounds.into_iter().map(|(id, file, features)| row(id, file, features)));
    }
    if rows.is_empty() && readings.is_empty() {
        return Err(CorpusError::Nothing { path: folder.to_owned(), problems });
    }
    Ok(Corpus {
        id: corpus.id().to_owned(),
        name: corpus.name().to_owned(),
        language: corpus.language().to_owned(),
        licence: corpus.licence().to_owned(),
        rows,
        readings,
        problems,
    })
}

/// A file that is one of the corpus's utterances.
struct Utterance<T> {
    path: PathBuf,
    /// The path as problems name it.
    shown: String,
    speaker: String,
    /// What is known of it.
    label: T,
}

/// The files that are utterances with what `label` finds, by the utterance's name; and the stems of all files.
fn named<T>(
    corpus: CorpusId,
    folder: &Path,
    files: Vec<PathBuf>,
    label: &dyn Fn(&Named, &str) -> Result<T, Problem>,
    problems: &mut Problems,
) -> (BTreeMap<String, Utterance<T>>, BTreeSet<String>) {
    let mut wanted: BTreeMap<String, Utterance<T>> = BTreeMap::new();
    let mut present = BTreeSet::new();
    for path in files {
        let relative = path.strip_prefix(folder).unwrap_or(&path);
        let shown = relative.display().to_string();
        let stem = relative.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        present.insert(stem.to_owned());
        let named = match corpus.read_name(relative) {
            Ok(named) => named,
            Err(NameError::Elsewhere) => continue,
            Err(error) => {
                problems.add(problem(error), shown);
                continue;
            }
        };
        let label = match label(&named, stem) {
            Ok(label) => label,
            Err(problem) => {
                problems.add(problem, shown);
                continue;
            }
        };
        if wanted.contains_key(&named.id) {
            problems.add(Problem::Duplicate, shown);
            continue;
        }
        wanted.insert(named.id, Utterance { path, shown, speaker: named.speaker, label });
    }
    (wanted, present)
}

fn row(id: String, file: Utterance<Label>, features: [f32; FEATURE_COUNT]) -> Row {
    Row {
        id,
        speaker: file.label.speaker.unwrap_or(file.speaker),
        group: file.label.group,
        emotion: file.label.emotion,
        activation: file.label.rating.activation,
        valence: Some(file.label.rating.valence),
        origin: file.label.origin,
        features,
        variants: Variants::default(),
    }
}

fn problem(error: NameError) -> Problem {
    match error {
        // Files of another part are passed over before.
        NameError::Layout | NameError::Elsewhere => Problem::Layout,
        NameError::Emotion => Problem::Emotion,
        NameError::Contradiction => Problem::Contradiction,
        NameError::Song => Problem::Song,
    }
}

/// The utterances that have features, with these, in the order of their names.
fn extract<T: Sync>(
    wanted: BTreeMap<String, Utterance<T>>,
    options: &LoadOptions,
    problems: &mut Problems,
) -> Vec<(String, Utterance<T>, [f32; FEATURE_COUNT])> {
    (options.progress)(wanted.len());
    let wanted: Vec<(String, Utterance<T>)> = wanted.into_iter().collect();
    let sounds: Vec<Result<Sound, FeatureError>> = wanted
        .par_iter()
        .map(|(_, file)| {
            let result = features_of(&file.path, options);
            (options.progress)(0);
            result
        })
        .collect();
    let mut found = Vec::new();
    let mut seen: BTreeMap<[u8; 32], String> = BTreeMap::new();
    for ((id, file), sound) in wanted.into_iter().zip(sounds) {
        let sound = match sound {
            Ok(sound) => sound,
            Err(error) => {
                problems.add(Problem::Unreadable, format!("{} ({error})", file.shown));
                continue;
            }
        };
        if let Some(first) = seen.get(&sound.digest) {
            problems.add(Problem::SameSound, format!("{} (as {first})", file.shown));
        } else {
            seen.insert(sound.digest, file.shown.clone());
        }
        found.push((id, file, sound.features));
    }
    found
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

/// The features of a sound file, and the digest of its content.
struct Sound {
    /// SHA-256 of its bytes.
    digest: [u8; 32],
    features: [f32; FEATURE_COUNT],
}

fn features_of(path: &Path, options: &LoadOptions) -> Result<Sound, FeatureError> {
    let bytes = fs::read(path)?;
    let digest = Sha256::digest(&bytes).into();
    if let Some(features) = options.cache.and_then(|cache| cache.get(&bytes)) {
        return Ok(Sound { digest, features });
    }
    let features = (options.features)(&bytes)?;
    if let Some(index) = features.iter().position(|v| !v.is_finite()) {
        return Err(FeatureError::NotFinite { feature: FEATURES[index].name });
    }
    if let Some(cache) = options.cache {
        cache.put(&bytes, &features);
    }
    Ok(Sound { digest, features })
}

#[cfg(test)]
mod tests;
