//! URDU: `Angry/SM1_F01_A01.wav` is speaker (S, gender, number), file, emotion with a number; one folder per emotion.

use std::path::Path;

use super::common::{Labels, Layout, NameError, Named, agrees, digits, named, stem};
use crate::data::emotion::Emotion;

pub(super) const LAYOUT: Layout = Layout {
    id: "urdu",
    name: "URDU (Latif et al. 2018)",
    language: "Urdu",
    licence: "no licence stated",
    labels: Labels::Ratings("URDU.csv"),
    example: "Angry/SM1_F01_A01.wav",
    read,
};

const FOLDERS: [(&str, Emotion); 4] = [
    ("Angry", Emotion::Anger),
    ("Happy", Emotion::Happiness),
    ("Neutral", Emotion::Neutral),
    ("Sad", Emotion::Sadness),
];

fn read(path: &Path) -> Result<Named, NameError> {
    let stem = stem(path)?;
    let fields: Vec<&str> = stem.split('_').collect();
    let &[speaker, file, take] = fields.as_slice() else { return Err(NameError::Layout) };
    let numbered = |text: &str, before: &str| text.strip_prefix(before).is_some_and(digits);
    let code = take.get(..1).ok_or(NameError::Layout)?;
    let follows = (numbered(speaker, "SM") || numbered(speaker, "SF"))
        && numbered(file, "F")
        && code.bytes().all(|b| b.is_ascii_uppercase())
        && numbered(take, code);
    if !follows {
        return Err(NameError::Layout);
    }
    let emotion = match code {
        "A" => Some(Emotion::Anger),
        "H" => Some(Emotion::Happiness),
        "N" => Some(Emotion::Neutral),
        "S" => Some(Emotion::Sadness),
        _ => None,
    };
    agrees(path, &FOLDERS, named(stem, speaker, emotion)?)
}
