//! MESD: `Anger_C_A_abajo.wav` is emotion, voice (F woman, M man, C child), list of words (A or B), word.
//!
//! Single words by 3 women, 2 men and 6 children of 9.8 years on average. Names do not tell who of them speaks, and no published table
//! was found that does. So each kind of voice counts as one speaker: people are merged, but nobody is in two folds, and nobody's
//! utterances are both trained on and held out. Normalising by speaker would normalise by kind of voice.

use std::path::Path;

use super::common::{AgeGroup, Labels, Layout, NameError, Named, Sex, SpeakerGroup, named, stem};
use crate::data::emotion::Emotion;

pub(super) const LAYOUT: Layout = Layout {
    id: "mesd",
    name: "MESD (Duville, Alonso-Valerdi, Ibarra-Zarate 2021)",
    language: "Spanish (Mexico)",
    licence: "CC BY 4.0",
    labels: Labels::Category,
    example: "Anger_C_A_abajo.wav",
    read,
};

fn read(path: &Path) -> Result<Named, NameError> {
    let stem = stem(path)?;
    // Words may have an underscore themselves.
    let fields: Vec<&str> = stem.splitn(4, '_').collect();
    let &[code, voice, list, word] = fields.as_slice() else { return Err(NameError::Layout) };
    let group = match voice {
        "F" => SpeakerGroup { sex: Some(Sex::Female), age: Some(AgeGroup::Adult) },
        "M" => SpeakerGroup { sex: Some(Sex::Male), age: Some(AgeGroup::Adult) },
        "C" => SpeakerGroup { sex: None, age: Some(AgeGroup::Child) },
        _ => return Err(NameError::Layout),
    };
    if !["A", "B"].contains(&list) || word.is_empty() {
        return Err(NameError::Layout);
    }
    let emotion = match code {
        "Anger" => Some(Emotion::Anger),
        "Disgust" => Some(Emotion::Disgust),
        "Fear" => Some(Emotion::Fear),
        "Happiness" => Some(Emotion::Happiness),
        "Neutral" => Some(Emotion::Neutral),
        "Sadness" => Some(Emotion::Sadness),
        _ => None,
    };
    Ok(Named { group, ..named(stem, voice, emotion)? })
}
