//! Emo-DB: `wav/03a01Fa.wav` is speaker 03, sentence a01, emotion F, take a.

use std::path::Path;

use super::common::{Labels, Layout, NameError, Named, named, stem};
use crate::data::emotion::Emotion;

pub(super) const LAYOUT: Layout = Layout {
    id: "emodb",
    name: "Emo-DB (Burkhardt et al. 2005)",
    language: "German",
    licence: "CC0-1.0",
    labels: Labels::Ratings("EMO_DB.csv"),
    example: "wav/03a01Fa.wav",
    read,
};

fn read(path: &Path) -> Result<Named, NameError> {
    let stem = stem(path)?;
    let b = stem.as_bytes();
    let follows = stem.is_ascii()
        && b.len() == 7
        && b[..2].iter().all(u8::is_ascii_digit)
        && b[2].is_ascii_lowercase()
        && b[3..5].iter().all(u8::is_ascii_digit)
        && b[5].is_ascii_uppercase()
        && b[6].is_ascii_lowercase();
    if !follows {
        return Err(NameError::Layout);
    }
    let emotion = match b[5] {
        b'W' => Some(Emotion::Anger),
        b'L' => Some(Emotion::Boredom),
        b'E' => Some(Emotion::Disgust),
        b'A' => Some(Emotion::Fear),
        b'F' => Some(Emotion::Happiness),
        b'T' => Some(Emotion::Sadness),
        b'N' => Some(Emotion::Neutral),
        _ => None,
    };
    named(stem, &stem[..2], emotion)
}
