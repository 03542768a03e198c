//! Reading corpora, with progress: as they are, under conditions, or changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::error::CommandError;
use super::sources::{CorpusOptions, Source};
use crate::data::conditions::{Condition, content_seed};
use crate::data::corpora::{
    Corpus, CorpusError, CorpusId, FeatureCache, FeatureFunction, Labels, LoadOptions, default_directory,
    features_at_recorded_level, features_of_changed, load, load_by_category, model_features, read_joined,
    read_table,
};
use crate::io::names::shown;
use crate::io::{FileError, decode, output, terminal};
use crate::learn::fit::FitError;
use crate::release::takes::{Take, circumstances_row};
use egemaps::catalogue::FEATURE_COUNT;
use undertone::audio::{AudioError, resample};
use undertone::model::{Fingerprints, Objective};

/// Reads corpora in the order given. What does not fit is reported on standard error, with counts.
///
/// # Errors
/// [`CommandError`] if a corpus cannot be used at all.
pub fn read(sources: &[Source], options: &CorpusOptions) -> Result<Vec<Corpus>, CommandError> {
    output::protect(sources.iter().flat_map(Source::tables).cloned());
    let cache = open_cache(options, None, &model_features)?;
    sources.iter().map(|source| read_one(source, options, cache.as_ref())).collect()
}

/// Reads corpora as [`read`] does, and refuses those without labels.
///
/// # Errors
/// As for [`read`]; [`CommandError::NoLabels`] for calm reading.
pub fn read_labelled(sources: &[Source], options: &CorpusOptions) -> Result<Vec<Corpus>, CommandError> {
    for source in sources {
        if let Source::Folder(id, _) = source
            && id.layout().labels == Labels::Reading
        {
            return Err(CommandError::NoLabels { corpus: id.id().to_owned() });
        }
    }
    read(sources, options)
}

/// Checks that the labels that an objective needs are there before anything is computed.
///
/// # Errors
/// [`CommandError::Fit`] if metric-val is among the objectives and an utterance has no valence label.
pub fn check_valence(train: &[Corpus], objectives: &[Objective]) -> Result<(), CommandError> {
    let rows = || train.iter().flat_map(|corpus| &corpus.rows);
    let (utterances, missing) = (rows().count(), rows().filter(|row| row.valence.is_none()).count());
    if missing > 0 && objectives.contains(&Objective::MetricVal) {
        return Err(FitError::NoValence { missing, utterances }.into());
    }
    Ok(())
}

/// Checks that no recording of a corpus to be tested on is trained on, by its features: in another file format it would be
/// the same one.
///
/// # Errors
/// [`CommandError::TrainedOn`].
pub fn check_not_trained_on(train: &[Corpus], tests: &[Corpus]) -> Result<(), CommandError> {
    let labelled = train.iter().flat_map(|corpus| corpus.rows.iter().map(|row| &row.features));
    let readings = train.iter().flat_map(|corpus| corpus.readings.iter().map(|row| &row.features));
    let known = Fingerprints::of(labelled.chain(readings));
    for test in tests {
        let trained_on = test.rows.iter().filter(|row| known.contains(&row.features)).count();
        if trained_on > 0 {
            let (target, utterances) = (test.id.clone(), test.rows.len());
            return Err(CommandError::TrainedOn { target, trained_on, utterances });
        }
    }
    Ok(())
}

/// Reads a folder with every file under a condition. Files without features under it are left out without a message: the
/// corpus as it is has been read before.
///
/// # Errors
/// [`CommandError::NoSound`] for a table; others as for [`read`].
pub fn read_under_condition(
    source: &Source,
    options: &CorpusOptions,
    condition: &Condition,
) -> Result<Corpus, CommandError> {
    let name = condition.name();
    // A folder of its own: the probes that a cache is told apart by may not show what a condition does.
    let subfolder = Path::new("conditions").join(folder_name(&name));
    read_changed(source, options, &name, &subfolder, |samples, bytes| {
        condition.apply(samples, content_seed(bytes))
    })
}

/// Reads a folder with every file changed: `change` makes other samples, at 16 kHz, from the samples and the bytes of a
/// file. Files without features then are left out without a message.
///
/// `name`: name of the change in the progress bar. `subfolder`: where its features are cached; two changes must not share
/// one.
///
/// # Errors
/// [`CommandError::NoSound`] for a table; others as for [`read`].
pub(super) fn read_changed(
    source: &Source,
    options: &CorpusOptions,
    name: &str,
    subfolder: &Path,
    change: impl Fn(&[f32], &[u8]) -> Result<Vec<f32>, AudioError> + Sync,
) -> Result<Corpus, CommandError> {
    let (id, folder) = folder_of(source)?;
    let features = |bytes: &[u8]| features_of_changed(bytes, |samples| change(samples, bytes));
    read_with(id, folder, options, &features, subfolder, name)
}

/// Reads a folder with every utterance at the level as recorded. Files without features then are left out without a
/// message.
///
/// # Errors
/// [`CommandError::NoSound`] for a table; others as for [`read`].
pub(super) fn read_at_recorded_level(
    source: &Source,
    options: &CorpusOptions,
) -> Result<Corpus, CommandError> {
    let (id, folder) = folder_of(source)?;
    read_with(id, folder, options, &features_at_recorded_level, Path::new("recorded"), "level as recorded")
}

/// Reads a folder with, instead of features, duration of the speech and distance to the background of every take of each
/// file: rows of [`circumstances_row`].
///
/// # Errors
/// [`CommandError::NoSound`] for a table; others as for [`read`].
pub(super) fn read_circumstances(
    source: &Source,
    options: &CorpusOptions,
    takes: &[Take],
) -> Result<Corpus, CommandError> {
    let (id, folder) = folder_of(source)?;
    let row = |bytes: &[u8]| {
        let sound = decode::decode(bytes.to_vec())?;
        let samples = resample::to_16k(&sound.samples, sound.rate_hz)?;
        Ok(circumstances_row(takes, &samples, content_seed(bytes))?)
    };
    read_with(id, folder, options, &row, Path::new("circumstances"), "durations and backgrounds")
}

/// Features by utterance; empty if no utterance has any.
pub(super) fn by_id(
    corpus: Result<Corpus, CommandError>,
) -> Result<BTreeMap<String, [f32; FEATURE_COUNT]>, CommandError> {
    match corpus {
        Ok(corpus) => {
            let labelled = corpus.rows.into_iter().map(|row| (row.id, row.features));
            Ok(labelled.chain(corpus.readings.into_iter().map(|row| (row.id, row.features))).collect())
        }
        Err(CommandError::Corpus(CorpusError::Nothing { .. })) => Ok(BTreeMap::new()),
        Err(error) => Err(error),
    }
}

/// The corpus and the folder of a source that has sound.
///
/// # Errors
/// [`CommandError::NoSound`] for a table.
pub(super) fn folder_of(source: &Source) -> Result<(CorpusId, &Path), CommandError> {
    match source {
        Source::Table(path) | Source::Joined(path, _) => Err(CommandError::NoSound { path: path.clone() }),
        Source::Folder(id, folder) => Ok((*id, folder)),
    }
}

/// Reads a folder by another feature function than the model's; its features are cached in `subfolder`.
fn read_with(
    id: CorpusId,
    folder: &Path,
    options: &CorpusOptions,
    features: &FeatureFunction,
    subfolder: &Path,
    name: &str,
) -> Result<Corpus, CommandError> {
    let cache = open_cache(options, Some(subfolder), features)?;
    read_folder(id, folder, options, features, cache.as_ref(), &format!("{}, {name}", id.id()))
}

/// Opens the feature cache, or one in a subfolder of its folder; `None` if the system names no cache folder.
fn open_cache(
    options: &CorpusOptions,
    subfolder: Option<&Path>,
    features: &FeatureFunction,
) -> Result<Option<FeatureCache>, CommandError> {
    let Some(base) = options.cache.clone().or_else(default_directory) else { return Ok(None) };
    let path = subfolder.map_or_else(|| base.clone(), |subfolder| base.join(subfolder));
    match FeatureCache::open(&path, features) {
        Ok(cache) => Ok(Some(cache)),
        Err(source) => Err(CommandError::Cache { path, source }),
    }
}

/// Name of a folder for a condition. Signs stay: some gains differ by nothing else.
pub(super) fn folder_name(name: &str) -> String {
    name.replace(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)), "_")
}

/// All sound files of a folder at 16 kHz, in the order of their names. Files that are no sound are reported on standard
/// error.
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
            Err(error) => terminal::message(&format!("{}: {error}", shown(file))),
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
    options: &CorpusOptions,
    features: &FeatureFunction,
    cache: Option<&FeatureCache>,
    message: &str,
) -> Result<Corpus, CommandError> {
    let bar = terminal::progress_bar("{msg} {bar:30} {pos}/{len} files, {eta} left", 0, message);
    let progress = |count: usize| match count {
        0 => bar.inc(1),
        count => bar.set_length(count as u64),
    };
    let load_options =
        LoadOptions { ratings: options.ratings.as_deref(), features, cache, progress: &progress };
    let load = if options.category_labels { load_by_category } else { load };
    let corpus = load(id, folder, &load_options);
    bar.finish_and_clear();
    Ok(corpus?)
}

fn read_one(
    source: &Source,
    options: &CorpusOptions,
    cache: Option<&FeatureCache>,
) -> Result<Corpus, CommandError> {
    let corpus = match source {
        Source::Table(path) => read_table(path)?,
        Source::Joined(features, labels) => read_joined(features, labels)?,
        Source::Folder(id, folder) => read_folder(*id, folder, options, &model_features, cache, id.id())?,
    };
    let (left_out, notes) = (corpus.problems.left_out(), corpus.problems.notes());
    if !left_out.is_empty() {
        terminal::message(&format!("{}: left out {}: {left_out}", corpus.id, left_out.total()));
    }
    if !notes.is_empty() {
        terminal::message(&format!("{}: note: {notes}", corpus.id));
    }
    let info = corpus.info();
    terminal::message(&format!(
        "{}: {} utterances, {} speakers, {} labels",
        info.id,
        info.utterances,
        info.speakers,
        info.labels.name()
    ));
    let [female, male, children] = corpus.group_counts();
    if female + male + children > 0 {
        terminal::message(&format!(
            "{}: utterances by female speakers {female}, male {male}, children {children}, as far as known",
            info.id
        ));
    }
    Ok(corpus)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Four files in the layout of a corpus; the last is no sound.
    fn savee() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, seed) in [("DC_a01.wav", 1), ("DC_n01.wav", 2), ("JE_sa01.wav", 3)] {
            let sound = crate::data::testing::utterance(seed);
            std::fs::write(folder.path().join(name), undertone::audio::wav::write_f32(&sound, 16_000))
                .unwrap();
        }
        std::fs::write(folder.path().join("JE_n01.wav"), "no sound").unwrap();
        folder
    }

    #[test]
    fn read_under_condition_changes_the_features_and_caches_them_apart() {
        let (folder, cache) = (savee(), tempfile::tempdir().unwrap());
        let options =
            CorpusOptions { ratings: None, category_labels: false, cache: Some(cache.path().to_owned()) };
        let source = Source::Folder(CorpusId::Savee, folder.path().to_owned());
        let under = |condition| read_under_condition(&source, &options, &condition).unwrap();
        let clean = read(std::slice::from_ref(&source), &options).unwrap().remove(0);
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
        assert!(matches!(
            read_under_condition(&table, &options, &Condition::Clean),
            Err(CommandError::NoSound { .. })
        ));
    }

    #[test]
    fn folder_names_of_conditions_differ() {
        let plan = crate::experiments::robustness::plan::conditions(5, &Default::default());
        let mut folders: Vec<String> =
            plan.iter().map(|(_, c)| folder_name(&c.name()).to_lowercase()).collect();
        folders.sort();
        folders.dedup();
        assert_eq!(folders.len(), plan.len());
        assert_ne!(folder_name("gain +20 dB"), folder_name("gain -20 dB"));
    }

    #[test]
    fn recordings_leaves_out_what_is_no_sound() {
        assert_eq!(recordings(savee().path()).unwrap().len(), 3);
        assert!(recordings(tempfile::tempdir().unwrap().path()).is_err());
    }
}
