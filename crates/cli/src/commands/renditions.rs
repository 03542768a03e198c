//! Training corpora in other versions: degraded ones to train on, fixed conditions to make the interval from.
//!
//! The people in the background are those of the training corpora themselves, a share of each; recordings that are only
//! judged are never among them. Several at once, below the speech, they are not understood. So a network that has heard
//! nothing of a corpus, or of a speaker, may still have had a snippet of them behind others: without label, and mixed with
//! other voices.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::CommandError;
use super::corpora::{Places, Source, as_folder, read_changed, read_under, recording, say};
use crate::data::augment::Version;
use crate::data::conditions::Background;
use crate::data::corpora::{Corpus, CorpusError, files};
use crate::release::interval;
use egemaps::catalogue::FEATURE_COUNT;
use undertone::audio::SILENCE_DBFS;
use undertone::audio::level::{active_speech_level, gain_to_target};

/// At most so many recordings of each corpus make the background.
const TALKERS_PER_CORPUS: usize = 120;

type Features = BTreeMap<String, [f32; FEATURE_COUNT]>;

/// Adds to the utterances of folders the versions to train on; tables stay as they are. `corpora` are those of `sources`, in
/// their order. A version without features (no voice left, too short) is replaced by the recording as it is; these are
/// counted and reported on standard error.
///
/// # Errors
/// [`CommandError`] if a folder or the cache cannot be read.
pub fn add_versions(corpora: &mut [Corpus], sources: &[Source], places: &Places) -> Result<(), CommandError> {
    let background = background(sources)?;
    versions(corpora, sources, places, &background)
}

/// Adds versions, as [`add_versions`], and the conditions that the interval is made from. A condition without features is
/// left out, counted and reported.
///
/// # Errors
/// [`CommandError`] if a folder or the cache cannot be read.
pub fn add(corpora: &mut [Corpus], sources: &[Source], places: &Places) -> Result<(), CommandError> {
    let background = background(sources)?;
    versions(corpora, sources, places, &background)?;
    conditions(corpora, sources, places, &background)
}

fn versions(
    corpora: &mut [Corpus],
    sources: &[Source],
    places: &Places,
    background: &Background,
) -> Result<(), CommandError> {
    let prints = Version::ALL.map(|version| version.fingerprint(background));
    for (corpus, source) in corpora.iter_mut().zip(sources) {
        if !matches!(source, Source::Folder(..)) {
            say(&format!("{}: no versions of it: a table has no sound", corpus.id));
            continue;
        }
        let mut replaced = 0;
        for (version, print) in Version::ALL.into_iter().zip(&prints) {
            let name = format!("version {}", version.name());
            let kept = Path::new("versions").join(format!("{}-{print}", as_folder(&version.name())));
            let features = by_id(read_changed(source, places, &name, &kept, |samples, bytes| {
                version.apply(samples, background, version.seed(bytes))
            }))?;
            for row in &mut corpus.rows {
                let found = features.get(&row.id);
                replaced += usize::from(found.is_none());
                row.renditions.versions.push(found.copied().unwrap_or(row.features));
            }
        }
        say(&format!(
            "{}: {} versions; {replaced} left no voice: the recording as it is stands in",
            corpus.id,
            Version::ALL.len() * corpus.rows.len(),
        ));
    }
    Ok(())
}

fn conditions(
    corpora: &mut [Corpus],
    sources: &[Source],
    places: &Places,
    background: &Background,
) -> Result<(), CommandError> {
    let conditions = interval::conditions(background);
    for (corpus, source) in corpora.iter_mut().zip(sources) {
        if !matches!(source, Source::Folder(..)) {
            continue;
        }
        let mut missing = 0;
        for condition in &conditions {
            let features = by_id(read_under(source, places, condition))?;
            for row in &mut corpus.rows {
                let found = features.get(&row.id).copied();
                missing += usize::from(found.is_none());
                row.renditions.conditions.push(found);
            }
        }
        say(&format!(
            "{}: {} under {} conditions; {missing} left no voice",
            corpus.id,
            conditions.len() * corpus.rows.len() - missing,
            conditions.len(),
        ));
    }
    Ok(())
}

/// Features by the utterance's name; none if not one utterance has any.
fn by_id(corpus: Result<Corpus, CommandError>) -> Result<Features, CommandError> {
    match corpus {
        Ok(corpus) => Ok(corpus.rows.into_iter().map(|row| (row.id, row.features)).collect()),
        Err(CommandError::Corpus(CorpusError::Nothing { .. })) => Ok(Features::new()),
        Err(error) => Err(error),
    }
}

/// Recordings of the corpora, every n-th of each in the order of their names, all at the same active speech level. What
/// cannot be read has been reported when the corpora were.
fn background(sources: &[Source]) -> Result<Background, CommandError> {
    let mut chosen = Vec::new();
    for source in sources {
        if let Source::Folder(id, folder) = source {
            let files = files(*id, folder)?;
            let step = files.len().div_ceil(TALKERS_PER_CORPUS).max(1);
            chosen.extend(files.into_iter().step_by(step));
        }
    }
    let recordings: Vec<Vec<f32>> =
        chosen.par_iter().filter_map(|file| recording(file).ok()).map(levelled).collect();
    Ok(Background::Recordings(recordings.into()))
}

/// At one level, or the soft recordings of one talker would vanish beside the loud: a talker in the background is several
/// recordings in a row.
fn levelled(mut sound: Vec<f32>) -> Vec<f32> {
    let level = active_speech_level(&sound);
    if level.level_dbfs > SILENCE_DBFS {
        let gain = gain_to_target(&level);
        sound.iter_mut().for_each(|v| *v = (gain * f64::from(*v)) as f32);
    }
    sound
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::corpora::read;
    use crate::data::conditions::testing::utterance;
    use crate::data::corpora::CorpusId;
    use undertone::audio::wav;

    /// Three files in the layout of a corpus.
    fn savee(seed: u64) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (k, name) in ["DC_a01.wav", "DC_n01.wav", "JE_sa01.wav"].into_iter().enumerate() {
            let sound = utterance(seed + k as u64);
            std::fs::write(folder.path().join(name), wav::write_f32(&sound, 16_000)).unwrap();
        }
        folder
    }

    fn added(folder: &Path, cache: &Path) -> Corpus {
        let places = Places::in_cache(cache);
        let sources = [Source::Folder(CorpusId::Savee, folder.to_owned())];
        let mut corpora = read(&sources, &places).unwrap();
        add(&mut corpora, &sources, &places).unwrap();
        corpora.remove(0)
    }

    #[test]
    fn versions_are_the_same_bits_twice_and_differ_from_each_other() {
        let (folder, cache) = (savee(1), tempfile::tempdir().unwrap());
        let first = added(folder.path(), cache.path());
        for row in &first.rows {
            assert_eq!((row.renditions.versions.len(), row.renditions.conditions.len()), (7, 4));
            let mut all: Vec<_> = row.renditions.versions.clone();
            all.extend(row.renditions.conditions.iter().flatten());
            all.push(row.features);
            for (i, one) in all.iter().enumerate() {
                assert!(all[i + 1..].iter().all(|other| other != one), "{} {i}", row.id);
            }
        }
        // From the cache, and anew.
        assert_eq!(added(folder.path(), cache.path()), first);
        assert_eq!(added(folder.path(), tempfile::tempdir().unwrap().path()), first);
    }

    #[test]
    fn other_people_in_the_background_make_other_versions_from_the_same_cache() {
        let (folder, cache) = (savee(1), tempfile::tempdir().unwrap());
        let first = added(folder.path(), cache.path());
        let more = utterance(9);
        std::fs::write(folder.path().join("KL_a01.wav"), wav::write_f32(&more, 16_000)).unwrap();
        let second = added(folder.path(), cache.path());
        let babble = Version::ALL.iter().position(|v| *v == Version::Babble).unwrap();
        for (a, b) in first.rows.iter().zip(&second.rows) {
            assert_eq!((&a.id, a.features), (&b.id, b.features));
            assert_ne!(a.renditions.versions[babble], b.renditions.versions[babble]);
            assert_eq!(a.renditions.versions[6], b.renditions.versions[6]);
            assert_ne!(a.renditions.conditions[1], b.renditions.conditions[1]);
            assert_eq!(a.renditions.conditions[2], b.renditions.conditions[2]);
        }
    }

    #[test]
    fn a_version_without_voice_is_the_recording_as_it_is() {
        let mut corpora = vec![added(savee(1).path(), tempfile::tempdir().unwrap().path())];
        corpora[0].rows.iter_mut().for_each(|row| row.renditions = Default::default());
        // The folder has lost a file since: nothing of it can be had in any version.
        let (folder, cache) = (savee(1), tempfile::tempdir().unwrap());
        std::fs::remove_file(folder.path().join("DC_n01.wav")).unwrap();
        let sources = [Source::Folder(CorpusId::Savee, folder.path().to_owned())];
        add(&mut corpora, &sources, &Places::in_cache(cache.path())).unwrap();
        for row in &corpora[0].rows {
            let gone = row.id == "DC_n01";
            assert!(row.renditions.versions.iter().all(|v| (*v == row.features) == gone), "{}", row.id);
            assert!(row.renditions.conditions.iter().all(|c| c.is_none() == gone));
        }
    }

    #[test]
    fn tables_stay_as_they_are() {
        let mut corpora = vec![added(savee(1).path(), tempfile::tempdir().unwrap().path())];
        corpora[0].rows.iter_mut().for_each(|row| row.renditions = Default::default());
        let before = corpora.clone();
        let sources = [Source::Table("features.csv".into())];
        add(&mut corpora, &sources, &Places::in_cache(Path::new("nowhere"))).unwrap();
        assert_eq!(corpora, before);
    }
}
