//! speechocean762: `000010063.flac` is a 0, the speaker (four digits) and the utterance (four digits); calm reading of
//! English sentences, with the speakers' age and gender in `speakers.csv`.

use std::path::Path;

use super::common::{Labels, Layout, NameError, Named, SpeakerGroup, digits, stem};

pub(super) const LAYOUT: Layout = Layout {
    id: "speechocean762",
    name: "speechocean762 (Zhang et al. 2021)",
    language: "English, by speakers of Mandarin",
    licence: "free for commercial and non-commercial use",
    labels: Labels::Reading,
    example: "000010063.flac",
    read,
};

fn read(path: &Path) -> Result<Named, NameError> {
    let stem = stem(path)?;
    if stem.len() != 9 || !digits(stem) || !stem.starts_with('0') {
        return Err(NameError::Layout);
    }
    Ok(Named {
        id: stem.to_owned(),
        speaker: stem[1..5].to_owned(),
        group: SpeakerGroup::default(),
        emotion: None,
        strong: false,
    })
}
