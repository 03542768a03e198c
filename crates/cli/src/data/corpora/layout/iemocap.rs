//! IEMOCAP: `Session1/sentences/wav/<dialogue>/<utterance>.wav`, where the utterance is `<dialogue>_F000` or `_M000`
//! by who speaks. Classes and ratings stand in `Session1/dialog/EmoEvaluation/<dialogue>.txt`
//! ([`super::super::evaluations`]).

use std::path::Path;

use super::common::{Labels, Layout, NameError, Named, SpeakerGroup, digits, stem};

pub(super) const LAYOUT: Layout = Layout {
    id: "iemocap",
    name: "IEMOCAP (Busso et al. 2008)",
    language: "English",
    licence: "research only, by agreement with its makers",
    labels: Labels::Evaluations { merge_excited: false },
    example: "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav",
    read,
};

pub(super) const EXCITED: Layout = Layout {
    id: "iemocap-exc",
    name: "IEMOCAP, excited counted as happy (Busso et al. 2008)",
    labels: Labels::Evaluations { merge_excited: true },
    ..LAYOUT
};

fn read(path: &Path) -> Result<Named, NameError> {
    if path.components().any(|c| c.as_os_str() == "dialog") {
        return Err(NameError::Elsewhere);
    }
    let stem = stem(path)?;
    let fields: Vec<&str> = stem.split('_').collect();
    let (&[dialogue, .., turn], true) = (fields.as_slice(), fields.len() >= 3) else {
        return Err(NameError::Layout);
    };
    // The dialogue names session and gender of the one who wears the markers, the turn the one who speaks.
    let (session, who) = dialogue.split_at_checked(5).ok_or(NameError::Layout)?;
    let (speaker, number) = turn.split_at_checked(1).ok_or(NameError::Layout)?;
    let follows = session.strip_prefix("Ses").is_some_and(digits)
        && ["F", "M"].contains(&who)
        && ["F", "M"].contains(&speaker)
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_alphanumeric());
    if !follows {
        return Err(NameError::Layout);
    }
    Ok(Named {
        id: stem.to_owned(),
        speaker: format!("{session}{speaker}"),
        group: SpeakerGroup::default(),
        emotion: None,
        strong: false,
    })
}
