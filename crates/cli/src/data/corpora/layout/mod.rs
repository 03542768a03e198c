//! The corpora whose layout is known: one module each, with what its file names say and what to call it.
//!
//! A new corpus is a new module and its four lines here.

mod aesd;
mod bangla_ser;
mod cafe;
mod common;
mod crema_d;
mod emodb;
mod emotale;
mod emozionalmente;
mod iemocap;
mod mesd;
mod quechua_collao;
mod ravdess;
mod savee;
mod speechocean762;
mod subesco;
mod tables;
mod urdu;

use std::path::Path;

use super::error::CorpusError;
pub use common::{AgeGroup, Labels, Layout, NameError, Named, Sex, SpeakerGroup, Tables};
pub use tables::TableLabels;
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
    /// speechocean762: calm reading of English by speakers of Mandarin, adults and children.
    Speechocean762,
    /// CREMA-D, American English.
    CremaD,
    /// MESD, Mexican Spanish; women, men and children.
    Mesd,
    /// SUBESCO, Bangla.
    Subesco,
    /// Emozionalmente, Italian.
    Emozionalmente,
    /// Quechua Collao.
    QuechuaCollao,
    /// IEMOCAP, American English; happiness is `hap` alone.
    Iemocap,
    /// IEMOCAP with `exc` (excited) counted as happiness.
    IemocapExcited,
}

/// Reads the tables of a corpus's own folder; `by_category`: acted emotions, no ratings and no votes.
///
/// # Errors
/// [`CorpusError`] if one is not there or is not what it should be.
pub fn read_tables(tables: Tables, folder: &Path, by_category: bool) -> Result<TableLabels, CorpusError> {
    match tables {
        Tables::CremaD => crema_d::read_tables(folder, by_category),
        Tables::Emozionalmente => emozionalmente::read_tables(folder, by_category),
        Tables::QuechuaCollao => quechua_collao::read_tables(folder, by_category),
    }
}

impl CorpusId {
    /// All, in the order of the enum.
    pub const ALL: [CorpusId; 17] = [
        CorpusId::EmoDb,
        CorpusId::BanglaSer,
        CorpusId::EmoTaleDanish,
        CorpusId::EmoTaleEnglish,
        CorpusId::Savee,
        CorpusId::Cafe,
        CorpusId::Urdu,
        CorpusId::Aesd,
        CorpusId::Ravdess,
        CorpusId::Speechocean762,
        CorpusId::CremaD,
        CorpusId::Mesd,
        CorpusId::Subesco,
        CorpusId::Emozionalmente,
        CorpusId::QuechuaCollao,
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
            CorpusId::Speechocean762 => &speechocean762::LAYOUT,
            CorpusId::CremaD => &crema_d::LAYOUT,
            CorpusId::Mesd => &mesd::LAYOUT,
            CorpusId::Subesco => &subesco::LAYOUT,
            CorpusId::Emozionalmente => &emozionalmente::LAYOUT,
            CorpusId::QuechuaCollao => &quechua_collao::LAYOUT,
            CorpusId::Iemocap => &iemocap::LAYOUT,
            CorpusId::IemocapExcited => &iemocap::EXCITED,
        }
    }

    /// Short name, as on the command line.
    pub const fn id(self) -> &'static str {
        self.layout().id
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
            Labels::Reading => LabelOrigin::Reading,
            Labels::Tables(tables) if !tables.human() => LabelOrigin::Category,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::emotion::Emotion::*;

    #[test]
    fn read_name_reads_documented_names() {
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
            (CorpusId::CremaD, "AudioWAV/1001_IEO_FEA_HI.wav", "1001", Fear, "1001_IEO_FEA_HI"),
            (CorpusId::CremaD, "1091_WSI_SAD_XX.wav", "1091", Sadness, "1091_WSI_SAD_XX"),
            (CorpusId::Mesd, "Anger_C_A_abajo.wav", "C", Anger, "Anger_C_A_abajo"),
            (CorpusId::Mesd, "Happiness_F_B_por_favor.wav", "F", Happiness, "Happiness_F_B_por_favor"),
            (CorpusId::Subesco, "M_10_SAIKAT_S_10_SAD_5.wav", "M_10", Sadness, "M_10_SAIKAT_S_10_SAD_5"),
            (
                CorpusId::Subesco,
                "F_02_MONIKA_S_2_SURPRISE_3].wav",
                "F_02",
                Surprise,
                "F_02_MONIKA_S_2_SURPRISE_3]",
            ),
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
    fn read_name_of_speechocean762_takes_the_speaker_and_no_emotion() {
        let named = CorpusId::Speechocean762.read_name(Path::new("WAVE/012340063.WAV")).unwrap();
        assert_eq!((named.speaker.as_str(), named.emotion, named.id.as_str()), ("1234", None, "012340063"));
    }

    #[test]
    fn read_name_of_iemocap_takes_the_speaker_of_the_turn() {
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
    fn read_name_of_corpora_with_tables_takes_no_more_than_the_name() {
        for (corpus, path, id) in [
            (CorpusId::Emozionalmente, "emozionalmente/audio/1612872848291.wav", "1612872848291"),
            (CorpusId::Emozionalmente, "audio/145_1575887513850.wav", "145_1575887513850"),
            (CorpusId::QuechuaCollao, "Audios/10006.wav", "10006"),
        ] {
            let named = corpus.read_name(Path::new(path)).unwrap();
            assert_eq!((named.id.as_str(), named.speaker.as_str(), named.emotion), (id, "", None), "{path}");
        }
    }

    #[test]
    fn read_name_takes_sex_and_age_from_names_that_have_them() {
        let of = |corpus: CorpusId, path| {
            let group = corpus.read_name(Path::new(path)).unwrap().group;
            (group.sex, group.age)
        };
        let (child, adult) = (Some(AgeGroup::Child), Some(AgeGroup::Adult));
        assert_eq!(of(CorpusId::Mesd, "Anger_C_A_abajo.wav"), (None, child));
        assert_eq!(of(CorpusId::Mesd, "Anger_F_A_abajo.wav"), (Some(Sex::Female), adult));
        assert_eq!(of(CorpusId::Mesd, "Anger_M_A_abajo.wav"), (Some(Sex::Male), adult));
        assert_eq!(of(CorpusId::Subesco, "F_01_OISHI_S_1_ANGRY_1.wav"), (Some(Sex::Female), None));
        assert_eq!(of(CorpusId::Subesco, "M_01_NIPUN_S_1_ANGRY_1.wav"), (Some(Sex::Male), None));
        assert_eq!(of(CorpusId::CremaD, "1001_DFA_ANG_XX.wav"), (None, None));
    }

    #[test]
    fn read_name_finds_strong_intensity_only_in_corpora_with_two() {
        for (corpus, path, strong) in [
            (CorpusId::Ravdess, "03-01-05-02-01-01-01.wav", true),
            (CorpusId::Ravdess, "03-01-05-01-01-01-01.wav", false),
            (CorpusId::Cafe, "01-C-2-1.wav", true),
            (CorpusId::Cafe, "01-C-1-1.wav", false),
            (CorpusId::BanglaSer, "03-01-03-02-01-01-01.wav", false),
            (CorpusId::CremaD, "1001_IEO_ANG_HI.wav", false),
        ] {
            assert_eq!(corpus.read_name(Path::new(path)).map(|n| n.strong), Ok(strong), "{path}");
        }
    }

    #[test]
    fn read_name_tells_wrong_names_apart() {
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
            (CorpusId::Speechocean762, "00001006.wav", NameError::Layout),
            (CorpusId::Speechocean762, "100010063.wav", NameError::Layout),
            (CorpusId::Speechocean762, "0000100é3.wav", NameError::Layout),
            (CorpusId::CremaD, "1001_DFA_SUR_XX.wav", NameError::Emotion),
            (CorpusId::CremaD, "1092_DFA_ANG_XX.wav", NameError::Layout),
            (CorpusId::CremaD, "1000_DFA_ANG_XX.wav", NameError::Layout),
            (CorpusId::CremaD, "+1001_DFA_ANG_XX.wav", NameError::Layout),
            (CorpusId::CremaD, "1040_ITH_SAD_X.wav", NameError::Layout),
            (CorpusId::CremaD, "1001_DFA_ANG.wav", NameError::Layout),
            (CorpusId::Mesd, "Surprise_C_A_abajo.wav", NameError::Emotion),
            (CorpusId::Mesd, "Anger_X_A_abajo.wav", NameError::Layout),
            (CorpusId::Mesd, "Anger_C_C_abajo.wav", NameError::Layout),
            (CorpusId::Mesd, "Anger_C_A_.wav", NameError::Layout),
            (CorpusId::Mesd, "Anger_C_A.wav", NameError::Layout),
            (CorpusId::Subesco, "F_01_OISHI_S_1_BORED_1.wav", NameError::Emotion),
            (CorpusId::Subesco, "C_01_OISHI_S_1_ANGRY_1.wav", NameError::Layout),
            (CorpusId::Subesco, "F_01_OISHI_W_1_ANGRY_1.wav", NameError::Layout),
            (CorpusId::Subesco, "F_01_OISHI_S_1_ANGRY_].wav", NameError::Layout),
            (CorpusId::Subesco, "F_01_OISHI_S_1_ANGRY.wav", NameError::Layout),
            (CorpusId::Emozionalmente, "audio/161287284829.wav", NameError::Layout),
            (CorpusId::Emozionalmente, "audio/unknown_1612872848291.wav", NameError::Layout),
            (CorpusId::Emozionalmente, "audio/_1612872848291.wav", NameError::Layout),
            (CorpusId::QuechuaCollao, "Audios/1006.wav", NameError::Layout),
            (CorpusId::QuechuaCollao, "Audios/a1006.wav", NameError::Layout),
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
    fn corpora_have_an_id_each_and_examples_that_follow_their_layouts() {
        for corpus in CorpusId::ALL {
            assert_eq!(CorpusId::ALL.into_iter().filter(|c| c.id() == corpus.id()).count(), 1);
            let example = Path::new(corpus.layout().example);
            assert!(corpus.read_name(example).is_ok(), "{}", example.display());
        }
    }
}
