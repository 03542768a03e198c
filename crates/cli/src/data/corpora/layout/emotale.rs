//! EmoTale: `DK_004_A_5.wav` is language, speaker, emotion, sentence; both languages lie in one folder, with the
//! ratings of three listeners in `annotations.csv`.

use std::path::Path;

use super::common::{Labels, Layout, NameError, Named, digits, named, stem};
use crate::data::emotion::Emotion;

pub(super) const DANISH: Layout = Layout {
    id: "emotale-dk",
    name: "EmoTale, Danish (Hjuler, Clemmensen, Das 2025)",
    language: "Danish",
    licence: "no licence stated; evaluation only",
    labels: Labels::Annotations,
    example: "DK_004_A_5.wav",
    read: |path| read(path, "DK"),
};

pub(super) const ENGLISH: Layout = Layout {
    id: "emotale-en",
    name: "EmoTale, English (Hjuler, Clemmensen, Das 2025)",
    language: "English",
    licence: "no licence stated; evaluation only",
    labels: Labels::Annotations,
    example: "EN_004_A_5.wav",
    read: |path| read(path, "EN"),
};

fn read(path: &Path, language: &str) -> Result<Named, NameError> {
    let stem = stem(path)?;
    let fields: Vec<&str> = stem.split('_').collect();
    let &[spoken, speaker, code, sentence] = fields.as_slice() else { return Err(NameError::Layout) };
    if !["DK", "EN"].contains(&spoken) || !digits(speaker) || !digits(sentence) {
        return Err(NameError::Layout);
    }
    if spoken != language {
        return Err(NameError::Elsewhere);
    }
    let emotion = match code {
        "A" => Some(Emotion::Anger),
        "B" => Some(Emotion::Boredom),
        "H" => Some(Emotion::Happiness),
        "N" => Some(Emotion::Neutral),
        "S" => Some(Emotion::Sadness),
        _ => None,
    };
    named(stem, speaker, emotion)
}
