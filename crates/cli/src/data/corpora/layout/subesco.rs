//! SUBESCO: `F_01_OISHI_S_1_ANGRY_1.wav` is sex, number and name of the speaker, sentence, emotion, take.
//!
//! Numbers begin anew for each sex, so the speaker is both (`F_01`). One published name has a stray bracket at its end
//! (`F_02_MONIKA_S_2_SURPRISE_3].wav`).

use std::path::Path;

use super::common::{Labels, Layout, NameError, Named, Sex, SpeakerGroup, digits, named, stem};
use crate::data::emotion::Emotion;

pub(super) const LAYOUT: Layout = Layout {
    id: "subesco",
    name: "SUBESCO (Sultana et al. 2021)",
    language: "Bangla",
    licence: "CC BY 4.0",
    labels: Labels::Category,
    example: "F_01_OISHI_S_1_ANGRY_1.wav",
    read,
};

fn read(path: &Path) -> Result<Named, NameError> {
    let stem = stem(path)?;
    let fields: Vec<&str> = stem.split('_').collect();
    let &[sex, number, name, "S", sentence, code, take] = fields.as_slice() else {
        return Err(NameError::Layout);
    };
    let letters = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_uppercase());
    let follows = digits(number)
        && letters(name)
        && digits(sentence)
        && letters(code)
        && digits(take.strip_suffix(']').unwrap_or(take));
    let known_sex = match sex {
        "F" => Sex::Female,
        "M" => Sex::Male,
        _ => return Err(NameError::Layout),
    };
    if !follows {
        return Err(NameError::Layout);
    }
    let emotion = match code {
        "ANGRY" => Some(Emotion::Anger),
        "DISGUST" => Some(Emotion::Disgust),
        "FEAR" => Some(Emotion::Fear),
        "HAPPY" => Some(Emotion::Happiness),
        "NEUTRAL" => Some(Emotion::Neutral),
        "SAD" => Some(Emotion::Sadness),
        "SURPRISE" => Some(Emotion::Surprise),
        _ => None,
    };
    let group = SpeakerGroup { sex: Some(known_sex), age: None };
    Ok(Named { group, ..named(stem, &format!("{sex}_{number}"), emotion)? })
}
