//! SAVEE: `DC_sa01.wav`, or `sa01.wav` in a folder `DC`, is speaker, emotion, sentence.

use std::path::Path;

use super::common::{Labels, Layout, NameError, Named, folder, named, stem};
use crate::data::emotion::Emotion;

pub(super) const LAYOUT: Layout = Layout {
    id: "savee",
    name: "SAVEE (Haq and Jackson 2010)",
    language: "English",
    licence: "research only; evaluation only",
    labels: Labels::Category,
    example: "DC/sa01.wav",
    read,
};

fn read(path: &Path) -> Result<Named, NameError> {
    let stem = stem(path)?;
    let (speaker, rest) = match stem.split_once('_') {
        Some(parts) => parts,
        None => (folder(path).ok_or(NameError::Layout)?, stem),
    };
    let code = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let follows = speaker.len() == 2
        && speaker.bytes().all(|b| b.is_ascii_uppercase())
        && rest.len() == code.len() + 2
        && code.bytes().all(|b| b.is_ascii_lowercase());
    if !follows {
        return Err(NameError::Layout);
    }
    let emotion = match code {
        "a" => Some(Emotion::Anger),
        "d" => Some(Emotion::Disgust),
        "f" => Some(Emotion::Fear),
        "h" => Some(Emotion::Happiness),
        "n" => Some(Emotion::Neutral),
        "sa" => Some(Emotion::Sadness),
        "su" => Some(Emotion::Surprise),
        _ => None,
    };
    // Names repeat in the folders of different speakers.
    named(&format!("{speaker}_{rest}"), speaker, emotion)
}
