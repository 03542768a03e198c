//! The corpora whose layout is known: one module each, with what its file names say and what to call it.

mod aesd;
mod bangla_ser;
mod cafe;
mod emodb;
mod emotale;
mod iemocap;
mod ravdess;
mod savee;
mod urdu;

use std::path::Path;

use super::Emotion;
use undertone::model::LabelOrigin;

/// Corpora whose layout is known. EmoTale's two languages are two corpora in one folder; so are the two ways to take
/// IEMOCAP's classes.
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
    /// CaFE, Canadian French.
    Cafe,
    /// URDU, Urdu.
    Urdu,
    /// AESDD, Greek.
    Aesd,
    /// RAVDESS, North American English.
    Ravdess,
    /// IEMOCAP, American English; happiness is `hap` alone.
    Iemocap,
    /// IEMOCAP with `exc` (excited) counted as happiness.
    IemocapExcited,
}

/// What is known of a corpus.
#[derive(Debug)]
pub struct Layout {
    /// Short name, as on the command line.
    pub id: &'static str,
    /// Name with the reference to cite.
    pub name: &'static str,
    /// Language, in English.
    pub language: &'static str,
    /// Licence of the recordings.
    pub licence: &'static str,
    /// Where its labels are.
    pub labels: Labels,
    /// A file as the layout wants it, relative to the corpus's folder.
    pub example: &'static str,
    /// Reads a file's name, given relative to the corpus's folder.
    read: fn(&Path) -> Result<Named, NameError>,
}

/// Where the labels of a corpus are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Labels {
    /// Human ratings in a table of this name that the study published apart from the recordings.
    Study(&'static str),
    /// Human ratings in the corpus's folder: EmoTale's `annotations.csv`.
    Annotations,
    /// Human ratings and classes in the corpus's folder: IEMOCAP's `EmoEvaluation`.
    Evaluations {
        /// Whether excited counts as happiness.
        merge_excited: bool,
    },
    /// None: what stands in for the acted emotion.
    Category,
}

/// What a file name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Name of the utterance, unique within the corpus.
    pub id: String,
    /// Speaker, unique within the corpus.
    pub speaker: String,
    /// Acted emotion; `None` where names say nothing of it (IEMOCAP).
    pub emotion: Option<Emotion>,
    /// Whether it was acted strongly, in a corpus that also has it acted less strongly.
    pub strong: bool,
}

/// What is wrong with a file name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameError {
    /// It does not follow the layout.
    Layout,
    /// It follows the layout, but the emotion's code is unknown.
    Emotion,
    /// Its folder says another emotion.
    Contradiction,
    /// It is singing (RAVDESS has both).
    Song,
    /// It belongs to another part in the same folder (EmoTale's other language, IEMOCAP's whole dialogues): no trouble.
    Elsewhere,
}

impl CorpusId {
    /// All, in the order of the enum.
    pub const ALL: [CorpusId; 11] = [
        CorpusId::EmoDb,
        CorpusId::BanglaSer,
        CorpusId::EmoTaleDanish,
        CorpusId::EmoTaleEnglish,
        CorpusId::Savee,
        CorpusId::Cafe,
        CorpusId::Urdu,
        CorpusId::Aesd,
        CorpusId::Ravdess,
        CorpusId::Iemocap,
        CorpusId::IemocapExcited,
    ];

    /// What is known of the corpus.
    pub const fn layout(self) -> &'static Layout {
        match self {
            CorpusId::EmoDb => &emodb::LAYOUT,
            CorpusId::BanglaSer => &bangla_ser::LAYOUT,
            CorpusId::EmoTaleDanish => &emotale::DANISH,
            CorpusId::EmoTaleEnglish => &emotale::ENGLISH,
            CorpusId::Savee => &savee::LAYOUT,
            CorpusId::Cafe => &cafe::LAYOUT,
            CorpusId::Urdu => &urdu::LAYOUT,
            CorpusId::Aesd => &aesd::LAYOUT,
            CorpusId::Ravdess => &ravdess::LAYOUT,
            CorpusId::Iemocap => &iemocap::LAYOUT,
            CorpusId::IemocapExcited => &iemocap::EXCITED,
        }
    }

    /// Short name, as on the command line.
    pub const fn id(self) -> &'static str {
        self.layout().id
    }

    /// The corpus of that short name.
    pub fn from_id(id: &str) -> Option<CorpusId> {
        CorpusId::ALL.into_iter().find(|c| c.id() == id)
    }

    /// Name with the reference to cite.
    pub const fn name(self) -> &'static str {
        self.layout().name
    }

    /// Language, in English.
    pub const fn language(self) -> &'static str {
        self.layout().language
    }

    /// Licence of the recordings.
    pub const fn licence(self) -> &'static str {
        self.layout().licence
    }

    /// Where its activation labels come from.
    pub const fn origin(self) -> LabelOrigin {
        match self.layout().labels {
            Labels::Category => LabelOrigin::Category,
            _ => LabelOrigin::Human,
        }
    }

    /// Reads a file's name (path relative to the corpus's folder).
    ///
    /// # Errors
    /// [`NameError`].
    pub fn read_name(self, path: &Path) -> Result<Named, NameError> {
        (self.layout().read)(path)
    }
}

/// File name without extension.
fn stem(path: &Path) -> Result<&str, NameError> {
    path.file_stem().and_then(|s| s.to_str()).ok_or(NameError::Layout)
}

/// Name of the folder that a file lies in.
fn folder(path: &Path) -> Option<&str> {
    path.parent().and_then(Path::file_name).and_then(|s| s.to_str())
}

/// Whether a text is a number without sign.
fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Seven fields of two digits, as RAVDESS and BanglaSER have them.
fn seven_fields(stem: &str) -> Result<[&str; 7], NameError> {
    let fields: Vec<&str> = stem.split('-').collect();
    match <[&str; 7]>::try_from(fields) {
        Ok(fields) if fields.iter().all(|f| f.len() == 2 && digits(f)) => Ok(fields),
        _ => Err(NameError::Layout),
    }
}

/// A name whose emotion was looked up by its code.
fn named(id: &str, speaker: &str, emotion: Option<Emotion>) -> Result<Named, NameError> {
    let emotion = emotion.ok_or(NameError::Emotion)?;
    Ok(Named { id: id.to_owned(), speaker: speaker.to_owned(), emotion: Some(emotion), strong: false })
}

/// Refuses a file in a folder that `folders` gives to another emotion. Other folders say nothing, so that flat copies
/// are read as well.
fn agrees(path: &Path, folders: &[(&str, Emotion)], named: Named) -> Result<Named, NameError> {
    let told = folder(path)
        .and_then(|name| folders.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)))
        .map(|&(_, emotion)| emotion);
    match told {
        Some(emotion) if named.emotion != Some(emotion) => Err(NameError::Contradiction),
        _ => Ok(named),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Emotion::*;

    #[test]
    fn documented_names_are_read() {
        for (corpus, path, speaker, emotion, id) in [
            (CorpusId::EmoDb, "wav/03a01Fa.wav", "03", Happiness, "03a01Fa"),
            (CorpusId::EmoDb, "16b10Wb.flac", "16", Anger, "16b10Wb"),
            (CorpusId::EmoDb, "08a02La.wav", "08", Boredom, "08a02La"),
            (CorpusId::BanglaSer, "03-01-04-02-03-01-15.wav", "15", Surprise, "03-01-04-02-03-01-15"),
            (CorpusId::EmoTaleDanish, "DK_004_A_5.flac", "004", Anger, "DK_004_A_5"),
            (CorpusId::EmoTaleEnglish, "EN_017_B_2.wav", "017", Boredom, "EN_017_B_2"),
            (CorpusId::Savee, "DC_sa01.flac", "DC", Sadness, "DC_sa01"),
            (CorpusId::Savee, "AudioData/KL/su15.wav", "KL", Surprise, "KL_su15"),
            (CorpusId::Savee, "JE_d03.wav", "JE", Disgust, "JE_d03"),
            (CorpusId::Cafe, "01-C-1-1.wav", "01", Anger, "01-C-1-1"),
            (CorpusId::Cafe, "Joie/Fort/12-J-2-6.wav", "12", Happiness, "12-J-2-6"),
            (CorpusId::Cafe, "Neutre/07-N-1-3.wav", "07", Neutral, "07-N-1-3"),
            (CorpusId::Urdu, "Angry/SM1_F01_A01.wav", "SM1", Anger, "SM1_F01_A01"),
            (CorpusId::Urdu, "SF1_F10_H010.wav", "SF1", Happiness, "SF1_F10_H010"),
            (CorpusId::Aesd, "anger/a01 (1).wav", "1", Anger, "a01 (1)"),
            (CorpusId::Aesd, "sadness/s04 (5)b.wav", "5", Sadness, "s04 (5)b"),
            (CorpusId::Aesd, "Fear/f10 (01).wav", "1", Fear, "f10 (01)"),
            (CorpusId::Ravdess, "Actor_12/03-01-06-01-02-01-12.wav", "12", Fear, "03-01-06-01-02-01-12"),
            (CorpusId::Ravdess, "03-01-02-02-02-02-24.wav", "24", Calm, "03-01-02-02-02-02-24"),
        ] {
            let named = corpus.read_name(Path::new(path)).unwrap_or_else(|e| panic!("{path}: {e:?}"));
            assert_eq!(
                (named.speaker.as_str(), named.emotion, named.id.as_str()),
                (speaker, Some(emotion), id),
                "{path}"
            );
        }
    }

    #[test]
    fn iemocap_s_speaker_is_the_one_who_speaks_not_the_one_who_wears_the_markers() {
        for (path, speaker) in [
            ("Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav", "Ses01F"),
            ("Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_M003.wav", "Ses01M"),
            ("Session5/sentences/wav/Ses05M_script01_1b/Ses05M_script01_1b_FXX0.wav", "Ses05F"),
        ] {
            let named = CorpusId::Iemocap.read_name(Path::new(path)).unwrap();
            assert_eq!((named.speaker.as_str(), named.emotion), (speaker, None), "{path}");
            assert!(path.ends_with(&format!("{}.wav", named.id)));
        }
    }

    #[test]
    fn only_corpora_with_two_intensities_have_a_strong_one() {
        for (corpus, path, strong) in [
            (CorpusId::Ravdess, "03-01-05-02-01-01-01.wav", true),
            (CorpusId::Ravdess, "03-01-05-01-01-01-01.wav", false),
            (CorpusId::Cafe, "01-C-2-1.wav", true),
            (CorpusId::Cafe, "01-C-1-1.wav", false),
            (CorpusId::BanglaSer, "03-01-03-02-01-01-01.wav", false),
        ] {
            assert_eq!(corpus.read_name(Path::new(path)).map(|n| n.strong), Ok(strong), "{path}");
        }
    }

    #[test]
    fn other_names_are_told_apart_by_what_is_wrong() {
        for (corpus, path, error) in [
            (CorpusId::EmoDb, "03a01Xa.wav", NameError::Emotion),
            (CorpusId::EmoDb, "3a01Fa.wav", NameError::Layout),
            (CorpusId::EmoDb, "03ä01F.wav", NameError::Layout),
            (CorpusId::EmoDb, "._03a01Fa.wav", NameError::Layout),
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
            (CorpusId::Cafe, "01-X-1-1.wav", NameError::Emotion),
            (CorpusId::Cafe, "13-C-1-1.wav", NameError::Layout),
            (CorpusId::Cafe, "00-C-1-1.wav", NameError::Layout),
            (CorpusId::Cafe, "01-C-3-1.wav", NameError::Layout),
            (CorpusId::Cafe, "01-C-1-7.wav", NameError::Layout),
            (CorpusId::Cafe, "01-N-2-1.wav", NameError::Layout),
            (CorpusId::Cafe, "01-C-1.wav", NameError::Layout),
            (CorpusId::Urdu, "Angry/SM1_F01_S01.wav", NameError::Contradiction),
            (CorpusId::Urdu, "Angry/SM1_F01_X01.wav", NameError::Emotion),
            (CorpusId::Urdu, "Angry/SX1_F01_A01.wav", NameError::Layout),
            (CorpusId::Urdu, "Angry/SM_F01_A01.wav", NameError::Layout),
            (CorpusId::Urdu, "Angry/SM1_01_A01.wav", NameError::Layout),
            (CorpusId::Urdu, "Angry/SM1_F01_é01.wav", NameError::Layout),
            (CorpusId::Aesd, "fear/a01 (1).wav", NameError::Contradiction),
            (CorpusId::Aesd, "anger/x01 (1).wav", NameError::Emotion),
            (CorpusId::Aesd, "anger/a01.wav", NameError::Layout),
            (CorpusId::Aesd, "anger/a01 (x).wav", NameError::Layout),
            (CorpusId::Aesd, "anger/a01 (1)bb.wav", NameError::Layout),
            (CorpusId::Aesd, "anger/ä01 (1).wav", NameError::Layout),
            (CorpusId::Ravdess, "03-01-09-01-01-01-01.wav", NameError::Emotion),
            (CorpusId::Ravdess, "03-02-05-01-01-01-01.wav", NameError::Song),
            (CorpusId::Ravdess, "03-03-05-01-01-01-01.wav", NameError::Layout),
            (CorpusId::Ravdess, "01-01-05-01-01-01-01.wav", NameError::Layout),
            (CorpusId::Ravdess, "03-01-01-02-01-01-01.wav", NameError::Layout),
            (CorpusId::Ravdess, "03-01-05-01-01-01-25.wav", NameError::Layout),
            (CorpusId::Iemocap, "Session1/dialog/wav/Ses01F_impro01.wav", NameError::Elsewhere),
            (CorpusId::Iemocap, "Session1/sentences/wav/a/Ses01F_impro01_X000.wav", NameError::Layout),
            (CorpusId::Iemocap, "Session1/sentences/wav/a/Ses1F_impro01_F000.wav", NameError::Layout),
            (CorpusId::Iemocap, "Ses01F_F000.wav", NameError::Layout),
            (CorpusId::Iemocap, "Sesé1F_impro01_F000.wav", NameError::Layout),
        ] {
            assert_eq!(corpus.read_name(Path::new(path)), Err(error), "{corpus:?} {path}");
        }
    }

    #[test]
    fn ids_lead_back_to_corpora_and_examples_follow_their_layouts() {
        for corpus in CorpusId::ALL {
            assert_eq!(CorpusId::from_id(corpus.id()), Some(corpus));
            let example = Path::new(corpus.layout().example);
            assert!(corpus.read_name(example).is_ok(), "{}", example.display());
        }
        assert_eq!(CorpusId::from_id("EMODB"), None);
    }
}
