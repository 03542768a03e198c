//! Labelled speech named on the command line: `NAME=FOLDER` or a table of features.

use std::fmt::Display;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use indicatif::{ProgressBar, ProgressStyle};

use super::CommandError;
use crate::data::conditions::{Condition, seed_of};
use crate::data::corpora::{
    Corpus, CorpusError, CorpusId, FeatureCache, FeatureError, FeatureFunction, Labels, Sources,
    default_directory, load, load_by_category, read_joined, read_table,
};
use crate::io::{FileError, decode};
use egemaps::catalogue::FEATURE_COUNT;
use undertone::analysis;
use undertone::audio::{AudioError, resample};

/// A corpus as named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A folder in a known layout.
    Folder(CorpusId, PathBuf),
    /// A CSV file of features and labels.
    Table(PathBuf),
    /// A CSV file of features and one of their labels.
    Joined(PathBuf, PathBuf),
}

impl FromStr for Source {
    type Err = String;

    fn from_str(text: &str) -> Result<Source, String> {
        let known = || CorpusId::ALL.map(CorpusId::id).join(", ");
        match text.split_once('=') {
            Some((id, folder)) => match CorpusId::from_id(id) {
                Some(id) => Ok(Source::Folder(id, folder.into())),
                None => Err(format!("unknown corpus “{id}”; known: {}", known())),
            },
            None if !text.ends_with(".csv") => {
                Err(format!("neither NAME=FOLDER (names: {}) nor a .csv table", known()))
            }
            None => Ok(match text.split_once(".csv+") {
                Some((features, labels)) => Source::Joined(format!("{features}.csv").into(), labels.into()),
                None => Source::Table(text.into()),
            }),
        }
    }
}

/// The names and layouts of all corpora, and the tables, for `--help`.
pub(super) fn sources_help() -> String {
    let mut text =
        "Sources:\n  NAME=FOLDER, the folder of a corpus, with the files in it such as\n".to_owned();
    for layout in CorpusId::ALL.map(CorpusId::layout) {
        let labels = match layout.labels {
            Labels::Study(table) => format!("human, {table} in --ratings"),
            Labels::Annotations => "human, annotations.csv in its folder".to_owned(),
            Labels::Evaluations { merge_excited: false } => {
                "human, Session*/dialog/EmoEvaluation/*.txt; ang hap neu sad".to_owned()
            }
            Labels::Evaluations { merge_excited: true } => "the same with exc as hap".to_owned(),
            Labels::Category => "by category".to_owned(),
        };
        text +=
            &format!("    {:<12} {} ({}; labels: {labels})\n", layout.id, layout.example, layout.language);
    }
    text + "  TABLE.csv, with the 88 features, speaker, emotion, activation and, where known, valence and file\n  \
            FEATURES.csv+LABELS.csv, the 88 features and a file or name (as openSMILE writes them), and file, speaker, \
            emotion, activation and, where known, valence: joined by the sound's name"
}

/// Where labels and kept features lie.
#[derive(Debug, clap::Args)]
pub struct Places {
    /// Folder with the study's human ratings (EMO_DB.csv, CAFE.csv, URDU.csv, AESD.csv)
    #[arg(long, value_name = "DIR")]
    ratings: Option<PathBuf>,
    /// Let the acted emotion stand in for every human rating of the corpora in folders
    #[arg(long)]
    category_labels: bool,
    /// Folder where features are kept between runs [default: in the user's cache folder]
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
}

#[cfg(test)]
impl Places {
    /// No ratings, and this cache.
    pub(super) fn in_cache(cache: &Path) -> Places {
        Places { ratings: None, category_labels: false, cache: Some(cache.to_owned()) }
    }
}

/// Reads corpora in the order given. What does not fit is reported on standard error, with counts.
///
/// # Errors
/// [`CommandError`] if a corpus cannot be used at all.
pub fn read(sources: &[Source], places: &Places) -> Result<Vec<Corpus>, CommandError> {
    let cache = match places.cache.clone().or_else(default_directory) {
        Some(path) => Some(
            FeatureCache::open(&path, &features).map_err(|source| CommandError::Cache { path, source })?,
        ),
        None => None,
    };
    sources.iter().map(|source| read_one(source, places, cache.as_ref())).collect()
}

/// Reads a folder as if every file in it had been recorded under a condition. What has no features then is left out without
/// a word: the corpus as it is has been read before.
///
/// # Errors
/// [`CommandError::NoSound`] for a table; others as for [`read`].
pub fn read_under(source: &Source, places: &Places, condition: &Condition) -> Result<Corpus, CommandError> {
    let name = condition.name();
    // A folder of its own: what a condition does may not show in the sounds that a cache is told apart by.
    let kept = Path::new("conditions").join(as_folder(&name));
    read_changed(source, places, &name, &kept, |samples, bytes| condition.apply(samples, seed_of(bytes)))
}

/// Reads a folder as if every file in it had been changed: `change` makes other samples, at 16 kHz, of the samples and the
/// content of a file. What has no features then is left out without a word.
///
/// `name`: how the change is called while it runs. `kept`: place of its features in the cache; two changes may not share
/// one.
///
/// # Errors
/// [`CommandError::NoSound`] for a table; others as for [`read`].
pub(super) fn read_changed(
    source: &Source,
    places: &Places,
    name: &str,
    kept: &Path,
    change: impl Fn(&[f32], &[u8]) -> Result<Vec<f32>, AudioError> + Sync,
) -> Result<Corpus, CommandError> {
    let (id, folder) = folder_of(source)?;
    let features = |bytes: &[u8]| {
        features_by(bytes, |samples, rate_hz| change(&resample::to_16k(samples, rate_hz)?, bytes))
    };
    read_apart(id, folder, places, &features, kept, name)
}

/// Reads a folder with the level of every utterance as recorded. What has no features then is left out without a word.
///
/// # Errors
/// [`CommandError::NoSound`] for a table; others as for [`read`].
pub(super) fn read_recorded(source: &Source, places: &Places) -> Result<Corpus, CommandError> {
    let (id, folder) = folder_of(source)?;
    let features = |bytes: &[u8]| {
        let samples = decoded(bytes, resample::to_16k)?;
        analysis::recorded_features(&samples).map_err(|error| FeatureError(error.to_string()))
    };
    read_apart(id, folder, places, &features, Path::new("recorded"), "level as recorded")
}

fn folder_of(source: &Source) -> Result<(CorpusId, &Path), CommandError> {
    match source {
        Source::Table(path) | Source::Joined(path, _) => Err(CommandError::NoSound { path: path.clone() }),
        Source::Folder(id, folder) => Ok((*id, folder)),
    }
}

/// Reads a folder by other features than the model's; `kept` is their place in the cache.
fn read_apart(
    id: CorpusId,
    folder: &Path,
    places: &Places,
    features: &FeatureFunction,
    kept: &Path,
    name: &str,
) -> Result<Corpus, CommandError> {
    let cache = match places.cache.clone().or_else(default_directory).map(|base| base.join(kept)) {
        Some(path) => {
            Some(FeatureCache::open(&path, features).map_err(|source| CommandError::Cache { path, source })?)
        }
        None => None,
    };
    read_folder(id, folder, places, features, cache.as_ref(), &format!("{}, {name}", id.id()))
}

/// A condition's name as that of a folder. Signs stay: they alone tell some gains apart.
pub(super) fn as_folder(name: &str) -> String {
    name.replace(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)), "_")
}

/// All sound files of a folder at 16 kHz, in the order of their names. What is no sound is named on standard error.
///
/// # Errors
/// [`CommandError::Corpus`] if the folder cannot be read or holds no sound.
pub fn recordings(folder: &Path) -> Result<Vec<Vec<f32>>, CommandError> {
    let error = |source| CorpusError::Io { path: folder.to_owned(), source };
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(error)? {
        let path = entry.map_err(error)?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    let mut recordings = Vec::new();
    for file in files {
        match recording(&file) {
            Ok(samples) => recordings.push(samples),
            Err(error) => say(&format!("{}: {error}", file.display())),
        }
    }
    if recordings.is_empty() {
        return Err(CorpusError::NoAudio { path: folder.to_owned() }.into());
    }
    Ok(recordings)
}

/// A sound file at 16 kHz.
pub(super) fn recording(file: &Path) -> Result<Vec<f32>, FileError> {
    let sound = decode::read(file)?;
    Ok(resample::to_16k(&sound.samples, sound.rate_hz)?)
}

fn read_folder(
    id: CorpusId,
    folder: &Path,
    places: &Places,
    features: &FeatureFunction,
    cache: Option<&FeatureCache>,
    message: &str,
) -> Result<Corpus, CommandError> {
    let bar = bar("{msg} {bar:30} {pos}/{len} files, {eta} left", 0, message);
    let progress = |count: usize| match count {
        0 => bar.inc(1),
        count => bar.set_length(count as u64),
    };
    let sources = Sources { ratings: places.ratings.as_deref(), features, cache, progress: &progress };
    let load = if places.category_labels { load_by_category } else { load };
    let corpus = load(id, folder, &sources);
    bar.finish_and_clear();
    Ok(corpus?)
}

fn read_one(source: &Source, places: &Places, cache: Option<&FeatureCache>) -> Result<Corpus, CommandError> {
    let corpus = match source {
        Source::Table(path) => read_table(path)?,
        Source::Joined(features, labels) => read_joined(features, labels)?,
        Source::Folder(id, folder) => read_folder(*id, folder, places, &features, cache, id.id())?,
    };
    let (left_out, notes) = (corpus.problems.left_out(), corpus.problems.notes());
    if !left_out.is_empty() {
        say(&format!("{}: left out {}: {left_out}", corpus.id, left_out.total()));
    }
    if !notes.is_empty() {
        say(&format!("{}: note: {notes}", corpus.id));
    }
    let info = corpus.info();
    say(&format!(
        "{}: {} utterances, {} speakers, {} labels",
        info.id,
        info.utterances,
        info.speakers,
        info.labels.name()
    ));
    Ok(corpus)
}

/// Content of a sound file → the model's inputs, the same way as `score` and the page go.
fn features(bytes: &[u8]) -> Result<[f32; FEATURE_COUNT], FeatureError> {
    features_by(bytes, resample::to_16k)
}

fn features_by<E: Display>(
    bytes: &[u8],
    to_16k: impl Fn(&[f32], u32) -> Result<Vec<f32>, E>,
) -> Result<[f32; FEATURE_COUNT], FeatureError> {
    let samples = decoded(bytes, to_16k)?;
    analysis::model_features(&samples).map_err(|error| FeatureError(error.to_string()))
}

/// The samples of a sound file's content, at 16 kHz.
fn decoded<E: Display>(
    bytes: &[u8],
    to_16k: impl Fn(&[f32], u32) -> Result<Vec<f32>, E>,
) -> Result<Vec<f32>, FeatureError> {
    let words = |error: &dyn Display| FeatureError(error.to_string());
    let sound = decode::decode(bytes.to_vec()).map_err(|e| words(&e))?;
    to_16k(&sound.samples, sound.rate_hz).map_err(|e| words(&e))
}

/// A progress bar on standard error; hidden unless that is a terminal.
pub(super) fn bar(template: &str, count: usize, message: &str) -> ProgressBar {
    let bar = ProgressBar::new(count as u64).with_message(message.to_owned());
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}

/// A line on standard error; nobody listening is no reason to panic, as eprintln! would.
pub(super) fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Borrows, as most functions on corpora take it.
pub(super) fn borrowed(corpora: &[Corpus]) -> Vec<&Corpus> {
    corpora.iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_told_apart_and_unknown_names_refused() {
        assert_eq!("emotale-dk=a=b/c".parse(), Ok(Source::Folder(CorpusId::EmoTaleDanish, "a=b/c".into())));
        assert_eq!("mine.csv".parse(), Ok(Source::Table("mine.csv".into())));
        assert_eq!("a.csv+b.csv".parse(), Ok(Source::Joined("a.csv".into(), "b.csv".into())));
        assert_eq!("a+b.csv".parse(), Ok(Source::Table("a+b.csv".into())));
        assert!("a.csv+b.txt".parse::<Source>().is_err());
        assert!("emo=x".parse::<Source>().is_err_and(|e| e.contains("emodb, bangla-ser")));
        assert!("corpora/emodb".parse::<Source>().is_err());
    }

    #[test]
    fn the_help_names_every_corpus_with_its_layout() {
        let mut command = <super::super::Cli as clap::CommandFactory>::command();
        for name in ["train", "evaluate", "robustness"] {
            let help = command.find_subcommand_mut(name).unwrap().render_long_help().to_string();
            for layout in CorpusId::ALL.map(CorpusId::layout) {
                let line = help.lines().find(|l| l.split_whitespace().next() == Some(layout.id));
                assert!(line.is_some_and(|l| l.contains(layout.example)), "{name}, {}:\n{help}", layout.id);
            }
            assert!(help.contains("FEATURES.csv+LABELS.csv") && help.contains("AESD.csv in --ratings"));
        }
    }

    #[test]
    fn kept_features_are_not_found_after_a_change_to_the_resampler() {
        let folder = tempfile::tempdir().unwrap();
        let kept = [1.0; FEATURE_COUNT];
        FeatureCache::open(folder.path(), &features).unwrap().put(b"sound", &kept);
        let by = |resampler: fn(&[f32], u32) -> Result<Vec<f32>, AudioError>| {
            let changed = move |bytes: &[u8]| {
                let result = features_by(bytes, resampler);
                assert!(result.is_ok(), "a test sound must have features: {result:?}");
                result
            };
            FeatureCache::open(folder.path(), &changed).unwrap().get(b"sound")
        };
        assert_eq!(by(resample::to_16k), Some(kept));
        // What comes in at 16 kHz is left as it is, everything else is a hair (0.01 %) louder or softer at some places.
        let other: fn(&[f32], u32) -> Result<Vec<f32>, AudioError> = |samples, rate_hz| {
            let mut out = resample::to_16k(samples, rate_hz)?;
            if rate_hz != 16_000 {
                out.iter_mut().skip(5_000).step_by(97).for_each(|v| *v *= 1.0001);
            }
            Ok(out)
        };
        assert_eq!(by(other), None);
    }

    /// Four files in the layout of a corpus; the last is no sound.
    fn savee() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, seed) in [("DC_a01.wav", 1), ("DC_n01.wav", 2), ("JE_sa01.wav", 3)] {
            let sound = crate::data::conditions::testing::utterance(seed);
            std::fs::write(folder.path().join(name), undertone::audio::wav::write_f32(&sound, 16_000))
                .unwrap();
        }
        std::fs::write(folder.path().join("JE_n01.wav"), "no sound").unwrap();
        folder
    }

    #[test]
    fn a_condition_changes_the_features_and_is_kept_apart() {
        let (folder, cache) = (savee(), tempfile::tempdir().unwrap());
        let places = Places { ratings: None, category_labels: false, cache: Some(cache.path().to_owned()) };
        let source = Source::Folder(CorpusId::Savee, folder.path().to_owned());
        let under = |condition| read_under(&source, &places, &condition).unwrap();
        let clean = read(std::slice::from_ref(&source), &places).unwrap().remove(0);
        assert_eq!((clean.rows.len(), clean.problems.left_out().total()), (3, 1));
        // Nothing changes by silence, by any other way something does; and what was kept is what comes again.
        let silent = under(Condition::Silence { ms: 100 });
        assert_eq!(silent.rows, clean.rows);
        let noisy = under(Condition::PinkNoise { snr_db: 15.0 });
        assert!(noisy.rows.iter().zip(&clean.rows).all(|(a, b)| a.id == b.id && a.features != b.features));
        assert_eq!(under(Condition::PinkNoise { snr_db: 15.0 }), noisy);
        assert_ne!(under(Condition::PinkNoise { snr_db: 10.0 }).rows, noisy.rows);
        let folders = std::fs::read_dir(cache.path().join("conditions")).unwrap().count();
        assert_eq!(folders, 3);
        let table = Source::Table("mine.csv".into());
        assert!(matches!(read_under(&table, &places, &Condition::Clean), Err(CommandError::NoSound { .. })));
    }

    #[test]
    fn every_condition_has_a_folder_of_its_own() {
        let plan = crate::experiments::robustness::plan::conditions(5, &Default::default());
        let mut folders: Vec<String> =
            plan.iter().map(|(_, c)| as_folder(&c.name()).to_lowercase()).collect();
        folders.sort();
        folders.dedup();
        assert_eq!(folders.len(), plan.len());
        assert_ne!(as_folder("gain +20 dB"), as_folder("gain -20 dB"));
    }

    #[test]
    fn recordings_are_read_and_what_is_none_is_left_out() {
        assert_eq!(recordings(savee().path()).unwrap().len(), 3);
        assert!(recordings(tempfile::tempdir().unwrap().path()).is_err());
    }

    #[test]
    fn what_is_no_sound_is_refused_in_words() {
        assert!(features(b"no sound at all").is_err_and(|e| e.to_string().contains("not a sound file")));
    }
}
