//! How far an utterance's score can be relied on.
//!
//! Pieces of 1.0, 1.5 and 2.0 s of sentences had scores within 0.38, 0.32 and 0.23 of the whole sentence's in nine of ten cases, so
//! from 1.5 s on a score is as sure as words about it need (0.3). Noise of less than 20 dB below the speech moves scores, less than
//! 10 dB makes them meaningless.

use serde::Serialize;

use crate::audio::checks::Flag;

/// Shorter utterances have no score, in seconds.
const SHORTEST_S: f64 = 1.0;
/// Shorter ones have an uncertain one, in seconds.
const SURE_FROM_S: f64 = 1.5;
/// With less between speech and background there is no score, in dB.
const LEAST_ABOVE_DB: f64 = 10.0;
/// With less there is an uncertain one, in dB.
const SURE_FROM_DB: f64 = 20.0;

/// Whether an utterance has a score, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// It has none.
    None,
    /// There are reasons to trust it less.
    Uncertain,
    /// At least 1.5 s, at least 20 dB above the background, no flag.
    Sure,
}

impl Certainty {
    /// All, from none to sure.
    pub const ALL: [Certainty; 3] = [Certainty::None, Certainty::Uncertain, Certainty::Sure];

    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Certainty::None => "none",
            Certainty::Uncertain => "uncertain",
            Certainty::Sure => "sure",
        }
    }
}

/// Why a score is uncertain or missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// No score: less than a second.
    TooShort,
    /// No score: less than 10 dB above the background.
    TooNoisy,
    /// No score: nothing has a pitch that could be measured.
    NoTone,
    /// No score for another reason, which the error says.
    Unmeasured,
    /// A flag of the utterance; [`Flag::Short`] also for less than 1.5 s, [`Flag::Noisy`] for less than 20 dB above the background.
    #[serde(untagged)]
    Flag(Flag),
}

impl Doubt {
    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Doubt::TooShort => "too_short",
            Doubt::TooNoisy => "too_noisy",
            Doubt::NoTone => "no_tone",
            Doubt::Unmeasured => "unmeasured",
            Doubt::Flag(flag) => flag.name(),
        }
    }
}

/// How sure the score of an utterance is that lasts so long and stands so far above its background, and what speaks against
/// it. `flags` are those of its analysis, or the code of the error that that ended with
/// ([`AnalysisError::code`](crate::analysis::AnalysisError::code)).
#[must_use]
pub fn certainty(
    duration_s: f64,
    above_background_db: f64,
    flags: Result<&[Flag], &str>,
) -> (Certainty, Vec<Doubt>) {
    if let Some(doubt) = unscored(duration_s, above_background_db) {
        return (Certainty::None, vec![doubt]);
    }
    let (short, noisy) = (duration_s < SURE_FROM_S, above_background_db < SURE_FROM_DB);
    match flags {
        Err("no_voice") => (Certainty::None, vec![Doubt::NoTone]),
        Err("too_short") => (Certainty::None, vec![Doubt::TooShort]),
        Err(_) => (Certainty::None, vec![Doubt::Unmeasured]),
        Ok(flags) => {
            let raised = |flag: &Flag| {
                flags.contains(flag) || *flag == Flag::Short && short || *flag == Flag::Noisy && noisy
            };
            let doubts: Vec<Doubt> = Flag::ALL.into_iter().filter(raised).map(Doubt::Flag).collect();
            (if doubts.is_empty() { Certainty::Sure } else { Certainty::Uncertain }, doubts)
        }
    }
}

/// Why an utterance has no score whatever its analysis says, so that there need not be any.
#[must_use]
pub fn unscored(duration_s: f64, above_background_db: f64) -> Option<Doubt> {
    if duration_s < SHORTEST_S {
        Some(Doubt::TooShort)
    } else if above_background_db < LEAST_ABOVE_DB {
        Some(Doubt::TooNoisy)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::AnalysisError;
    use crate::audio::AudioError;

    #[test]
    fn certainty_has_its_limits() {
        let of = |duration_s, above_db, flags: &[Flag]| {
            let (certainty, doubts) = certainty(duration_s, above_db, Ok(flags));
            (certainty.name(), doubts.iter().map(|doubt| doubt.name()).collect::<Vec<_>>().join(" "))
        };
        let expect = |name, doubts: &str| (name, doubts.to_owned());
        assert_eq!(of(1.5, 20.0, &[]), expect("sure", ""));
        assert_eq!(of(1.49, 20.0, &[]), expect("uncertain", "short"));
        assert_eq!(of(1.5, 19.9, &[]), expect("uncertain", "noisy"));
        assert_eq!(of(1.0, 10.0, &[Flag::Clipped, Flag::Short]), expect("uncertain", "short clipped noisy"));
        assert_eq!(of(9.0, 60.0, &[Flag::UnlikeReference]), expect("uncertain", "unlike_reference"));
        assert_eq!(of(0.99, 60.0, &[]), expect("none", "too_short"));
        assert_eq!(of(3.0, 9.9, &[]), expect("none", "too_noisy"));
    }

    #[test]
    fn certainty_says_why_there_is_no_score() {
        let of = |error: AudioError| certainty(2.0, 30.0, Err(AnalysisError::from(error).code()));
        assert_eq!(of(AudioError::NoVoice), (Certainty::None, vec![Doubt::NoTone]));
        assert_eq!(of(AudioError::LittleSpeech { active_s: 0.2 }), (Certainty::None, vec![Doubt::TooShort]));
        assert_eq!(of(AudioError::TooShort { duration_s: 0.01 }), (Certainty::None, vec![Doubt::TooShort]));
        assert_eq!(of(AudioError::NotFinite { index: 3 }), (Certainty::None, vec![Doubt::Unmeasured]));
    }

    #[test]
    fn certainty_and_doubts_have_one_name_everywhere() {
        for certainty in Certainty::ALL {
            assert_eq!(serde_json::to_value(certainty).unwrap(), certainty.name());
        }
        let errors = [Doubt::TooShort, Doubt::TooNoisy, Doubt::NoTone, Doubt::Unmeasured];
        for doubt in errors.into_iter().chain(Flag::ALL.map(Doubt::Flag)) {
            assert_eq!(serde_json::to_value(doubt).unwrap(), doubt.name());
        }
    }
}
