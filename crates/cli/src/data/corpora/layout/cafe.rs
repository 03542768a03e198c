//! CaFE: `01-C-1-1.wav` is speaker (01 to 12), emotion, intensity (1 weak, 2 strong; neutral has 1), sentence (1 to 6).

use std::path::Path;

use super::common::{Labels, Layout, NameError, Named, named, stem};
use crate::data::emotion::Emotion;

pub(super) const LAYOUT: Layout = Layout {
    id: "cafe",
    name: "CaFE (Gournay, Lahaie, Lefebvre 2018)",
    language: "French (Canada)",
    licence: "CC BY-NC-SA 4.0",
    labels: Labels::Ratings("CAFE.csv"),
    example: "01-C-1-1.wav",
    read,
};

fn read(path: &Path) -> Result<Named, NameError> {
    let stem = stem(path)?;
    let fields: Vec<&str> = stem.split('-').collect();
    let &[speaker, code, intensity, sentence] = fields.as_slice() else { return Err(NameError::Layout) };
    let known_speaker = speaker.len() == 2 && speaker.parse().is_ok_and(|n: u8| (1..=12).contains(&n));
    let known_sentence = sentence.len() == 1 && sentence.parse().is_ok_and(|n: u8| (1..=6).contains(&n));
    let strong = match intensity {
        "1" => false,
        "2" if code != "N" => true,
        _ => return Err(NameError::Layout),
    };
    let letter = code.len() == 1 && code.bytes().all(|b| b.is_ascii_uppercase());
    if !known_speaker || !known_sentence || !letter {
        return Err(NameError::Layout);
    }
    // The letters are those of the French words: colère, dégoût, joie, neutre, peur, surprise, tristesse.
    let emotion = match code {
        "C" => Some(Emotion::Anger),
        "D" => Some(Emotion::Disgust),
        "J" => Some(Emotion::Happiness),
        "N" => Some(Emotion::Neutral),
        "P" => Some(Emotion::Fear),
        "S" => Some(Emotion::Surprise),
        "T" => Some(Emotion::Sadness),
        _ => None,
    };
    Ok(Named { strong, ..named(stem, speaker, emotion)? })
}
