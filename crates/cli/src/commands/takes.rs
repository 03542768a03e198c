//! The takes of corpora that half-widths and the order of two recordings are calibrated on, or measured on.

use std::collections::BTreeMap;
use std::path::Path;

use super::error::CommandError;
use super::read_corpora::{by_id, folder_name, read_changed, read_circumstances, read_under_condition};
use super::sources::{CorpusOptions, Source};
use crate::data::conditions::{BackgroundSpeech, content_seed};
use crate::data::corpora::Corpus;
use crate::data::dataset::Taken;
use crate::io::terminal;
use crate::release::takes::{circumstances_in, takes};
use egemaps::catalogue::FEATURE_COUNT;

/// All takes of the utterances of a folder, in the order of `corpus.rows`; empty lists for a table, which has no sound.
/// Takes without features (no voice left, too short to crop) are left out; how many there are is reported on standard error.
///
/// # Errors
/// [`CommandError`] if the folder or the cache cannot be read.
pub(super) fn of(
    corpus: &Corpus,
    source: &Source,
    options: &CorpusOptions,
    background: &BackgroundSpeech,
) -> Result<Vec<Vec<Taken>>, CommandError> {
    let mut found: Vec<Vec<Taken>> = vec![Vec::new(); corpus.rows.len()];
    if !matches!(source, Source::Folder(..)) {
        return Ok(found);
    }
    let takes = takes(background);
    let circumstances = by_id(read_circumstances(source, options, &takes))?;
    for (index, take) in takes.iter().enumerate() {
        let features: BTreeMap<String, [f32; FEATURE_COUNT]> = match (take.crop_s, take.is_clean()) {
            (None, true) => corpus.rows.iter().map(|row| (row.id.clone(), row.features)).collect(),
            (None, false) => by_id(read_under_condition(source, options, &take.condition))?,
            (Some(_), _) => {
                let subfolder = Path::new("takes").join(folder_name(&take.name()));
                by_id(read_changed(source, options, &take.name(), &subfolder, |samples, bytes| {
                    take.apply(samples, content_seed(bytes))
                }))?
            }
        };
        for (row, taken) in corpus.rows.iter().zip(&mut found) {
            let circumstances = circumstances.get(&row.id).and_then(|row| circumstances_in(row, index));
            if let (Some(&features), Some(circumstances)) = (features.get(&row.id), circumstances) {
                taken.push(Taken { take: index, features, circumstances });
            }
        }
    }
    let count: usize = found.iter().map(Vec::len).sum();
    terminal::message(&format!(
        "{}: {count} takes of {} kinds; {} without voice or too short, left out",
        corpus.id,
        takes.len(),
        takes.len() * corpus.rows.len() - count,
    ));
    Ok(found)
}
