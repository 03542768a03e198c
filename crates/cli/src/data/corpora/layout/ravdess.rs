//! RAVDESS: `Actor_12/03-01-05-02-01-01-12.wav` is modality (03 audio only), channel (01 speech, 02 song), emotion,
//! intensity (01 normal, 02 strong; neutral has 01), statement, repetition, actor (01 to 24).

use std::path::Path;

use super::common::{Labels, Layout, NameError, Named, named, seven_fields, stem};
use crate::data::emotion::Emotion;

pub(super) const LAYOUT: Layout = Layout {
    id: "ravdess",
    name: "RAVDESS (Livingstone and Russo 2018)",
    language: "English",
    licence: "CC BY-NC-SA 4.0",
    labels: Labels::Category,
    example: "Actor_12/03-01-05-02-01-01-12.wav",
    read,
};

fn read(path: &Path) -> Result<Named, NameError> {
    let stem = stem(path)?;
    let [modality, channel, code, intensity, _, _, actor] = seven_fields(stem)?;
    // Sound taken from the films (01) would be the same recordings again.
    if modality != "03" || !actor.parse().is_ok_and(|n: u8| (1..=24).contains(&n)) {
        return Err(NameError::Layout);
    }
    match channel {
        "01" => (),
        "02" => return Err(NameError::Song),
        _ => return Err(NameError::Layout),
    }
    let strong = match intensity {
        "01" => false,
        "02" if code != "01" => true,
        _ => return Err(NameError::Layout),
    };
    let emotion = match code {
        "01" => Some(Emotion::Neutral),
        "02" => Some(Emotion::Calm),
        "03" => Some(Emotion::Happiness),
        "04" => Some(Emotion::Sadness),
        "05" => Some(Emotion::Anger),
        "06" => Some(Emotion::Fear),
        "07" => Some(Emotion::Disgust),
        "08" => Some(Emotion::Surprise),
        _ => None,
    };
    Ok(Named { strong, ..named(stem, actor, emotion)? })
}
