//! BanglaSER: `03-01-05-01-01-02-16.wav` is mode, statement type, emotion, intensity, statement, repetition, speaker.
//!
//! The intensity tells nothing that the emotion does not: each emotion has one.

use std::path::Path;

use super::common::{Labels, Layout, NameError, Named, named, seven_fields, stem};
use crate::data::emotion::Emotion;

pub(super) const LAYOUT: Layout = Layout {
    id: "bangla-ser",
    name: "BanglaSER (Das et al. 2022)",
    language: "Bangla",
    licence: "CC BY 4.0",
    labels: Labels::Category,
    example: "03-01-05-01-01-02-16.wav",
    read,
};

fn read(path: &Path) -> Result<Named, NameError> {
    let stem = stem(path)?;
    let fields = seven_fields(stem)?;
    let emotion = match fields[2] {
        "01" => Some(Emotion::Happiness),
        "02" => Some(Emotion::Sadness),
        "03" => Some(Emotion::Anger),
        "04" => Some(Emotion::Surprise),
        "05" => Some(Emotion::Neutral),
        _ => None,
    };
    named(stem, fields[6], emotion)
}
