//! What the corpora's file names say.

use std::path::Path;

use super::Emotion;
use crate::model::LabelOrigin;

/// Corpora whose layout is known. EmoTale's two languages are two corpora in one folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CorpusId {
    /// Emo-DB, German.
    EmoDb,
    /// BanglaSER, Bangla.
    BanglaSer,
    /// EmoTale, the Danish part.
    EmoTaleDanish,
    /// EmoTale, the English part.
    EmoTaleEnglish,
    /// SAVEE, British English.
    Savee,
}

/// What a file name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Speaker, unique within the corpus.
    pub speaker: String,
    /// Acted emotion.
    pub emotion: Emotion,
}

/// What is wrong with a file name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameError {
    /// It does not follow the layout.
    Layout,
    /// It follows the layout, but the emotion's code is unknown.
    Emotion,
    /// It belongs to the other corpus in the same folder (EmoTale's other language): no trouble.
    Elsewhere,
}

impl CorpusId {
    /// All, in the order of the enum.
    pub const ALL: [CorpusId; 5] = [
        CorpusId::EmoDb,
        CorpusId::BanglaSer,
        CorpusId::EmoTaleDanish,
        CorpusId::EmoTaleEnglish,
        CorpusId::Savee,
    ];

    /// Short name, as on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            CorpusId::EmoDb => "emodb",
            CorpusId::BanglaSer => "bangla-ser",
            CorpusId::EmoTaleDanish => "emotale-dk",
            CorpusId::EmoTaleEnglish => "emotale-en",
            CorpusId::Savee => "savee",
        }
    }

    /// The corpus of that short name.
    pub fn from_id(id: &str) -> Option<CorpusId> {
        CorpusId::ALL.into_iter().find(|c| c.id() == id)
    }

    /// Name with the reference to cite.
    pub const fn name(self) -> &'static str {
        match self {
            CorpusId::EmoDb => "Emo-DB (Burkhardt et al. 2005)",
            CorpusId::BanglaSer => "BanglaSER (Das et al. 2022)",
            CorpusId::EmoTaleDanish => "EmoTale, Danish (Hjuler, Clemmensen, Das 2025)",
            CorpusId::EmoTaleEnglish => "EmoTale, English (Hjuler, Clemmensen, Das 2025)",
            CorpusId::Savee => "SAVEE (Haq and Jackson 2010)",
        }
    }

    /// Language, in English.
    pub const fn language(self) -> &'static str {
        match self {
            CorpusId::EmoDb => "German",
            CorpusId::BanglaSer => "Bangla",
            CorpusId::EmoTaleDanish => "Danish",
            CorpusId::EmoTaleEnglish | CorpusId::Savee => "English",
        }
    }

    /// Licence of the recordings.
    pub const fn licence(self) -> &'static str {
        match self {
            CorpusId::EmoDb => "CC0-1.0",
            CorpusId::BanglaSer => "CC BY 4.0",
            CorpusId::EmoTaleDanish | CorpusId::EmoTaleEnglish => "no licence stated; evaluation only",
            CorpusId::Savee => "research only; evaluation only",
        }
    }

    /// Where its activation labels come from.
    pub const fn origin(self) -> LabelOrigin {
        match self {
            CorpusId::EmoDb | CorpusId::EmoTaleDanish | CorpusId::EmoTaleEnglish => LabelOrigin::Human,
            CorpusId::BanglaSer | CorpusId::Savee => LabelOrigin::Category,
        }
    }

    /// Reads a file's name (path relative to the corpus's folder).
    ///
    /// # Errors
    /// [`NameError`].
    pub fn read_name(self, path: &Path) -> Result<Named, NameError> {
        let stem = path.file_stem().and_then(|s| s.to_str()).ok_or(NameError::Layout)?;
        match self {
            CorpusId::EmoDb => emodb(stem),
            CorpusId::BanglaSer => bangla_ser(stem),
            CorpusId::EmoTaleDanish => emotale(stem, "DK"),
            CorpusId::EmoTaleEnglish => emotale(stem, "EN"),
            CorpusId::Savee => {
                let folder = path.parent().and_then(Path::file_name).and_then(|s| s.to_str());
                savee(stem, folder)
            }
        }
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn named(speaker: &str, emotion: Option<Emotion>) -> Result<Named, NameError> {
    Ok(Named { speaker: speaker.to_owned(), emotion: emotion.ok_or(NameError::Emotion)? })
}

/// `03a01Fa`: speaker 03, sentence a01, emotion F, take a.
fn emodb(stem: &str) -> Result<Named, NameError> {
    let b = stem.as_bytes();
    let follows = stem.is_ascii()
        && b.len() == 7
        && b[..2].iter().all(u8::is_ascii_digit)
        && b[2].is_ascii_lowercase()
        && b[3..5].iter().all(u8::is_ascii_digit)
        && b[5].is_ascii_uppercase()
        && b[6].is_ascii_lowercase();
    if !follows {
        return Err(NameError::Layout);
    }
    let emotion = match b[5] {
        b'W' => Some(Emotion::Anger),
        b'L' => Some(Emotion::Boredom),
        b'E' => Some(Emotion::Disgust),
        b'A' => Some(Emotion::Fear),
        b'F' => Some(Emotion::Happiness),
        b'T' => Some(Emotion::Sadness),
        b'N' => Some(Emotion::Neutral),
        _ => None,
    };
    named(&stem[..2], emotion)
}

/// `03-01-05-02-01-02-16`: mode, statement type, emotion, intensity, statement, repetition, speaker.
fn bangla_ser(stem: &str) -> Result<Named, NameError> {
    let fields: Vec<&str> = stem.split('-').collect();
    if fields.len() != 7 || !fields.iter().all(|f| f.len() == 2 && digits(f)) {
        return Err(NameError::Layout);
    }
    let emotion = match fields[2] {
        "01" => Some(Emotion::Happiness),
        "02" => Some(Emotion::Sadness),
        "03" => Some(Emotion::Anger),
        "04" => Some(Emotion::Surprise),
        "05" => Some(Emotion::Neutral),
        _ => None,
    };
    named(fields[6], emotion)
}

/// `DK_004_A_5`: language, speaker, emotion, sentence.
fn emotale(stem: &str, language: &str) -> Result<Named, NameError> {
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
    named(speaker, emotion)
}

/// `DC_sa01`, or `sa01` in a folder `DC`: speaker, emotion, sentence.
fn savee(stem: &str, folder: Option<&str>) -> Result<Named, NameError> {
    let (speaker, rest) = match stem.split_once('_') {
        Some(parts) => parts,
        None => (folder.ok_or(NameError::Layout)?, stem),
    };
    let code = rest.trim_end_matches(|c: char| c.is_ascii_digit());
    let follows = speaker.len() == 2
        && speaker.bytes().all(|b| b.is_ascii_uppercase())
        && rest.len() == code.len() + 2
        && code.bytes().all(|b| b.is_ascii_lowercase());
    if !follows {
        return Err(NameError::Layout);
    }
    let emotion = match code {
        "a" => Some(Emotion::Anger),
        "d" => Some(Emotion::Disgust),
        "f" => Some(Emotion::Fear),
        "h" => Some(Emotion::Happiness),
        "n" => Some(Emotion::Neutral),
        "sa" => Some(Emotion::Sadness),
        "su" => Some(Emotion::Surprise),
        _ => None,
    };
    named(speaker, emotion)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(corpus: CorpusId, path: &str) -> Result<(String, Emotion), NameError> {
        corpus.read_name(Path::new(path)).map(|n| (n.speaker, n.emotion))
    }

    #[test]
    fn documented_names_are_read() {
        for (corpus, path, speaker, emotion) in [
            (CorpusId::EmoDb, "wav/03a01Fa.wav", "03", Emotion::Happiness),
            (CorpusId::EmoDb, "16b10Wb.flac", "16", Emotion::Anger),
            (CorpusId::EmoDb, "08a02La.wav", "08", Emotion::Boredom),
            (CorpusId::BanglaSer, "03-01-04-02-03-01-15.wav", "15", Emotion::Surprise),
            (CorpusId::EmoTaleDanish, "DK_004_A_5.flac", "004", Emotion::Anger),
            (CorpusId::EmoTaleEnglish, "EN_017_B_2.wav", "017", Emotion::Boredom),
            (CorpusId::Savee, "DC_sa01.flac", "DC", Emotion::Sadness),
            (CorpusId::Savee, "KL/su15.wav", "KL", Emotion::Surprise),
            (CorpusId::Savee, "JE_d03.wav", "JE", Emotion::Disgust),
        ] {
            assert_eq!(read(corpus, path), Ok((speaker.to_owned(), emotion)), "{path}");
        }
    }

    #[test]
    fn other_names_are_told_apart_by_what_is_wrong() {
        for (corpus, path, error) in [
            (CorpusId::EmoDb, "03a01Xa.wav", NameError::Emotion),
            (CorpusId::EmoDb, "3a01Fa.wav", NameError::Layout),
            (CorpusId::EmoDb, "03ä01F.wav", NameError::Layout),
            (CorpusId::BanglaSer, "03-01-06-02-03-01-15.wav", NameError::Emotion),
            (CorpusId::BanglaSer, "03-01-04-02-03-01.wav", NameError::Layout),
            (CorpusId::BanglaSer, "03-01-04-02-03-01-1x.wav", NameError::Layout),
            (CorpusId::EmoTaleDanish, "EN_004_A_5.wav", NameError::Elsewhere),
            (CorpusId::EmoTaleDanish, "DK_004_X_5.wav", NameError::Emotion),
            (CorpusId::EmoTaleDanish, "SE_004_A_5.wav", NameError::Layout),
            (CorpusId::EmoTaleDanish, "DK_004_A.wav", NameError::Layout),
            (CorpusId::Savee, "DC_x01.wav", NameError::Emotion),
            (CorpusId::Savee, "DC_a1.wav", NameError::Layout),
            (CorpusId::Savee, "a01.wav", NameError::Layout),
            (CorpusId::Savee, "dc_a01.wav", NameError::Layout),
        ] {
            assert_eq!(read(corpus, path), Err(error), "{path}");
        }
    }

    #[test]
    fn ids_lead_back_to_corpora() {
        for corpus in CorpusId::ALL {
            assert_eq!(CorpusId::from_id(corpus.id()), Some(corpus));
        }
        assert_eq!(CorpusId::from_id("EMODB"), None);
    }
}
