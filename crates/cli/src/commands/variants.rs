//! Variants of the training corpora: augmentations to train on, and conditions to calibrate the interval on.
//!
//! The background speech is a sample of the training corpora themselves, never of test corpora. Several talkers below the
//! speech are not intelligible. So a network that holds a corpus or a speaker out may still have had a snippet of it in the
//! background of other utterances: without label, and mixed with other voices.

use std::path::Path;

use rayon::prelude::*;

use super::error::CommandError;
use super::read_corpora::{by_id, folder_name, read_changed, read_under_condition, recording};
use super::sources::{CorpusOptions, Source};
use super::takes;
use crate::data::augment::Augmentation;
use crate::data::conditions::BackgroundSpeech;
use crate::data::corpora::{Corpus, files};
use crate::data::dataset::Variants;
use crate::io::terminal;
use crate::release::interval;
use egemaps::catalogue::FEATURE_COUNT;
use undertone::audio::SILENCE_DBFS;
use undertone::audio::level::{active_speech_level, gain_to_target};

/// Largest number of recordings of each corpus in the background speech.
const TALKERS_PER_CORPUS: usize = 120;

/// Adds augmentations to the utterances of folders; tables stay as they are. `corpora` are those of `sources`, in their
/// order. An augmentation without features (no voice left, too short) is replaced by the recording as it is; these are
/// counted and reported on standard error.
///
/// # Errors
/// [`CommandError`] if a folder or the cache cannot be read.
pub fn add_augmentations(
    corpora: &mut [Corpus],
    sources: &[Source],
    options: &CorpusOptions,
) -> Result<(), CommandError> {
    let background = background_speech(sources)?;
    augmentations(corpora, sources, options, &background)
}

/// Adds augmentations, as [`add_augmentations`], and the conditions and takes that interval and order are calibrated on. One
/// without features is left out, counted and reported.
///
/// # Errors
/// [`CommandError`] if a folder or the cache cannot be read.
pub fn add_all(
    corpora: &mut [Corpus],
    sources: &[Source],
    options: &CorpusOptions,
) -> Result<(), CommandError> {
    let background = background_speech(sources)?;
    augmentations(corpora, sources, options, &background)?;
    conditions(corpora, sources, options, &background)?;
    for (corpus, source) in corpora.iter_mut().zip(sources) {
        let taken = takes::of(corpus, source, options, &background)?;
        for (row, taken) in corpus.rows.iter_mut().zip(taken) {
            row.variants.takes = taken;
        }
    }
    Ok(())
}

fn augmentations(
    corpora: &mut [Corpus],
    sources: &[Source],
    options: &CorpusOptions,
    background: &BackgroundSpeech,
) -> Result<(), CommandError> {
    let prints = Augmentation::ALL.map(|augmentation| augmentation.fingerprint(background));
    for (corpus, source) in corpora.iter_mut().zip(sources) {
        if !matches!(source, Source::Folder(..)) {
            terminal::message(&format!("{}: not augmented: a table has no sound", corpus.id));
            continue;
        }
        let mut replaced = 0;
        for (augmentation, print) in Augmentation::ALL.into_iter().zip(&prints) {
            let name = format!("augmentation {}", augmentation.name());
            let subfolder =
                Path::new("augmented").join(format!("{}-{print}", folder_name(&augmentation.name())));
            let features = by_id(read_changed(source, options, &name, &subfolder, |samples, bytes| {
                augmentation.apply(samples, background, augmentation.seed(bytes))
            }))?;
            for (id, clean, variants) in recordings(corpus) {
                let found = features.get(id);
                replaced += usize::from(found.is_none());
                variants.augmented.push(found.copied().unwrap_or(*clean));
            }
        }
        let count = Augmentation::ALL.len() * recordings(corpus).count();
        terminal::message(&format!(
            "{}: {count} augmentations; {replaced} without voice, replaced by the recording as it is",
            corpus.id,
        ));
    }
    Ok(())
}

fn conditions(
    corpora: &mut [Corpus],
    sources: &[Source],
    options: &CorpusOptions,
    background: &BackgroundSpeech,
) -> Result<(), CommandError> {
    let conditions = interval::conditions(background);
    for (corpus, source) in corpora.iter_mut().zip(sources) {
        if !matches!(source, Source::Folder(..)) {
            continue;
        }
        let mut missing = 0;
        for condition in &conditions {
            let features = by_id(read_under_condition(source, options, condition))?;
            for (id, _, variants) in recordings(corpus) {
                let found = features.get(id).copied();
                missing += usize::from(found.is_none());
                variants.under_conditions.push(found);
            }
        }
        let found = conditions.len() * recordings(corpus).count() - missing;
        terminal::message(&format!(
            "{}: {found} under {} conditions; {missing} without voice, left out",
            corpus.id,
            conditions.len(),
        ));
    }
    Ok(())
}

/// Name, features and variants of every recording of a corpus: labelled utterances, then readings.
fn recordings(corpus: &mut Corpus) -> impl Iterator<Item = (&String, &[f32; FEATURE_COUNT], &mut Variants)> {
    let labelled = corpus.rows.iter_mut().map(|row| (&row.id, &row.features, &mut row.variants));
    labelled.chain(corpus.readings.iter_mut().map(|row| (&row.id, &row.features, &mut row.variants)))
}

/// Background speech from the corpora: every n-th recording of each in the order of their names, all at the same active
/// speech level. Files that cannot be read have been reported before.
fn background_speech(sources: &[Source]) -> Result<BackgroundSpeech, CommandError> {
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
    Ok(BackgroundSpeech::Recordings(recordings.into()))
}

/// At the target level: a talker in the background is several recordings in a row, and soft ones must not vanish.
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
    use crate::commands::read_corpora::read;
    use crate::data::corpora::CorpusId;
    use crate::data::testing::utterance;
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
        let options = CorpusOptions::in_cache(cache);
        let sources = [Source::Folder(CorpusId::Savee, folder.to_owned())];
        let mut corpora = read(&sources, &options).unwrap();
        add_all(&mut corpora, &sources, &options).unwrap();
        corpora.remove(0)
    }

    #[test]
    fn augmentations_are_the_same_bits_twice_and_differ_from_each_other() {
        let (folder, cache) = (savee(1), tempfile::tempdir().unwrap());
        let first = added(folder.path(), cache.path());
        for row in &first.rows {
            assert_eq!((row.variants.augmented.len(), row.variants.under_conditions.len()), (8, 4));
            // All eleven but, where there is less speech, the longer crops; the features of the whole are those known before.
            let takes: Vec<usize> = row.variants.takes.iter().map(|taken| taken.take).collect();
            assert!(takes.starts_with(&[0, 1, 2, 3, 4, 5, 6, 7]) && takes.contains(&9), "{takes:?}");
            assert_eq!(row.variants.takes[0].features, row.features);
            for (taken, condition) in row.variants.takes[1..].iter().zip(&row.variants.under_conditions) {
                assert_eq!(Some(taken.features), *condition);
            }
            let [whole, noisy, crop] = [0, 5, 7].map(|k| row.variants.takes[k].circumstances);
            assert!(crop.speech_s < 1.0 && whole.speech_s > crop.speech_s && noisy.snr_db < Some(10.0));
            let mut all: Vec<_> = row.variants.augmented.clone();
            all.extend(row.variants.under_conditions.iter().flatten());
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
    fn augmentations_follow_the_background_speech_with_the_same_cache() {
        let (folder, cache) = (savee(1), tempfile::tempdir().unwrap());
        let first = added(folder.path(), cache.path());
        let more = utterance(9);
        std::fs::write(folder.path().join("KL_a01.wav"), wav::write_f32(&more, 16_000)).unwrap();
        let second = added(folder.path(), cache.path());
        let babble = Augmentation::ALL.iter().position(|v| *v == Augmentation::Babble).unwrap();
        for (a, b) in first.rows.iter().zip(&second.rows) {
            assert_eq!((&a.id, a.features), (&b.id, b.features));
            assert_ne!(a.variants.augmented[babble], b.variants.augmented[babble]);
            assert_eq!(a.variants.augmented[6], b.variants.augmented[6]);
            assert_ne!(a.variants.under_conditions[1], b.variants.under_conditions[1]);
            assert_eq!(a.variants.under_conditions[2], b.variants.under_conditions[2]);
        }
    }

    #[test]
    fn augmentations_without_voice_are_the_recording_as_it_is() {
        let mut corpora = vec![added(savee(1).path(), tempfile::tempdir().unwrap().path())];
        corpora[0].rows.iter_mut().for_each(|row| row.variants = Default::default());
        // The folder has lost a file since: it has no features in any variant.
        let (folder, cache) = (savee(1), tempfile::tempdir().unwrap());
        std::fs::remove_file(folder.path().join("DC_n01.wav")).unwrap();
        let sources = [Source::Folder(CorpusId::Savee, folder.path().to_owned())];
        add_all(&mut corpora, &sources, &CorpusOptions::in_cache(cache.path())).unwrap();
        for row in &corpora[0].rows {
            let gone = row.id == "DC_n01";
            assert!(row.variants.augmented.iter().all(|v| (*v == row.features) == gone), "{}", row.id);
            assert!(row.variants.under_conditions.iter().all(|c| c.is_none() == gone));
        }
    }

    #[test]
    fn variants_are_not_added_to_tables() {
        let mut corpora = vec![added(savee(1).path(), tempfile::tempdir().unwrap().path())];
        corpora[0].rows.iter_mut().for_each(|row| row.variants = Default::default());
        let before = corpora.clone();
        let sources = [Source::Table("features.csv".into())];
        add_all(&mut corpora, &sources, &CorpusOptions::in_cache(Path::new("nowhere"))).unwrap();
        assert_eq!(corpora, before);
    }
}
