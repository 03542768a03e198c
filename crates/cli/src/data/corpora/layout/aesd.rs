//! AESDD: `anger/a01 (1).wav` is emotion, utterance, speaker; a letter behind (`a06 (5)b.wav`) is a further take. One
//! folder per emotion.

use std::path::Path;

use super::common::{Labels, Layout, NameError, Named, agrees, digits, named, stem};
use crate::data::emotion::Emotion;

pub(super) const LAYOUT: Layout = Layout {
    id: "aesd",
    name: "AESDD (Vryzas et al. 2018)",
    language: "Greek",
    licence: "see the corpus's own terms",
    labels: Labels::Ratings("AESD.csv"),
    example: "anger/a01 (1).wav",
    read,
};

const FOLDERS: [(&str, Emotion); 5] = [
    ("anger", Emotion::Anger),
    ("disgust", Emotion::Disgust),
    ("fear", Emotion::Fear),
    ("happiness", Emotion::Happiness),
    ("sadness", Emotion::Sadness),
];

fn read(path: &Path) -> Result<Named, NameError> {
    let stem = stem(path)?;
    let (what, rest) = stem.split_once(" (").ok_or(NameError::Layout)?;
    let (speaker, take) = rest.split_once(')').ok_or(NameError::Layout)?;
    let code = what.get(..1).ok_or(NameError::Layout)?;
    let follows = code.bytes().all(|b| b.is_ascii_lowercase())
        && digits(&what[1..])
        && digits(speaker)
        && take.len() <= 1
        && take.bytes().all(|b| b.is_ascii_lowercase());
    if !follows {
        return Err(NameError::Layout);
    }
    let emotion = match code {
        "a" => Some(Emotion::Anger),
        "d" => Some(Emotion::Disgust),
        "f" => Some(Emotion::Fear),
        "h" => Some(Emotion::Happiness),
        "s" => Some(Emotion::Sadness),
        _ => None,
    };
    // The first speaker is written 1 in most names, 01 in some.
    let speaker = speaker.trim_start_matches('0');
    if speaker.is_empty() {
        return Err(NameError::Layout);
    }
    agrees(path, &FOLDERS, named(stem, speaker, emotion)?)
}
