//! What the layouts have in common: what is known of a corpus, and helpers to read file names.

use std::path::Path;

use crate::data::corpora::error::CorpusError;
use crate::data::corpora::table::Record;
use crate::data::emotion::Emotion;

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
    pub(super) read: fn(&Path) -> Result<Named, NameError>,
}

/// The corpora with labels in tables of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tables {
    /// Votes on the emotion heard.
    CremaD,
    /// Votes on the emotion heard.
    Emozionalmente,
    /// Ratings of activation and valence.
    QuechuaCollao,
}

impl Tables {
    /// Whether activation was rated.
    pub const fn human(self) -> bool {
        matches!(self, Tables::QuechuaCollao)
    }

    /// What the labels are, for the help.
    pub const fn description(self) -> &'static str {
        match self {
            Tables::CremaD => "by category heard, processedResults/summaryTable.csv in its folder",
            Tables::Emozionalmente => "by category heard, metadata/*.csv in its folder",
            Tables::QuechuaCollao => "human, Labels/Labels/Labels.csv and Data/Data/map.csv in its folder",
        }
    }
}

/// Where the labels of a corpus are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Labels {
    /// Human ratings in a table of this name, which Das et al. (2022) published apart from the recordings.
    Ratings(&'static str),
    /// Human ratings in the corpus's folder: EmoTale's `annotations.csv`.
    Annotations,
    /// Human ratings and classes in the corpus's folder: IEMOCAP's `EmoEvaluation`.
    Evaluations {
        /// Whether excited counts as happiness.
        merge_excited: bool,
    },
    /// Tables of its own in the corpus's folder.
    Tables(Tables),
    /// None: what stands in for the acted emotion.
    Category,
    /// None at all: calm reading, with the speakers' ages in `speakers.csv`.
    Reading,
}

/// What a file name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Name of the utterance, unique within the corpus.
    pub id: String,
    /// Speaker, unique within the corpus; empty where a table says it (`Tables`).
    pub speaker: String,
    /// Sex and age of the speaker, as far as the name says them.
    pub group: SpeakerGroup,
    /// Acted emotion; `None` where names say nothing of it (IEMOCAP, `Tables`), or nothing
    /// was acted.
    pub emotion: Option<Emotion>,
    /// Whether it was acted strongly, in a corpus that also has it acted less strongly.
    pub strong: bool,
}

/// Sex and age of a speaker, as far as a corpus says them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SpeakerGroup {
    /// Sex.
    pub sex: Option<Sex>,
    /// Child or adult.
    pub age: Option<AgeGroup>,
}

/// A speaker's sex, as a corpus says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// Child or adult.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgeGroup {
    /// Under 18 years.
    Child,
    /// 18 years or more.
    Adult,
}

impl AgeGroup {
    /// The group of an age in years.
    const fn of_years(years: u8) -> AgeGroup {
        if years < 18 { AgeGroup::Child } else { AgeGroup::Adult }
    }

    /// The group of the age in a table; none where nothing or `NA` stands.
    pub(super) fn read(row: Record, column: &str) -> Result<Option<AgeGroup>, CorpusError> {
        match row.text(column) {
            "" | "NA" => Ok(None),
            text => match text.parse() {
                Ok(years) => Ok(Some(AgeGroup::of_years(years))),
                Err(_) => Err(row.error(column, text, "an age in whole years")),
            },
        }
    }
}

/// What is wrong with a file name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
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

/// File name without extension.
pub(super) fn stem(path: &Path) -> Result<&str, NameError> {
    path.file_stem().and_then(|s| s.to_str()).ok_or(NameError::Layout)
}

/// Name of the folder that a file lies in.
pub(super) fn folder(path: &Path) -> Option<&str> {
    path.parent().and_then(Path::file_name).and_then(|s| s.to_str())
}

/// Whether a text is a number without sign.
pub(super) fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Seven fields of two digits, as RAVDESS and BanglaSER have them.
pub(super) fn seven_fields(stem: &str) -> Result<[&str; 7], NameError> {
    let fields: Vec<&str> = stem.split('-').collect();
    match <[&str; 7]>::try_from(fields) {
        Ok(fields) if fields.iter().all(|f| f.len() == 2 && digits(f)) => Ok(fields),
        _ => Err(NameError::Layout),
    }
}

/// A name whose emotion was looked up by its code.
pub(super) fn named(id: &str, speaker: &str, emotion: Option<Emotion>) -> Result<Named, NameError> {
    let emotion = emotion.ok_or(NameError::Emotion)?;
    Ok(Named {
        id: id.to_owned(),
        speaker: speaker.to_owned(),
        group: SpeakerGroup::default(),
        emotion: Some(emotion),
        strong: false,
    })
}

/// Refuses a file in a folder that `folders` gives to another emotion. Other folders say nothing, so that flat copies
/// are read as well.
pub(super) fn agrees(path: &Path, folders: &[(&str, Emotion)], named: Named) -> Result<Named, NameError> {
    let told = folder(path)
        .and_then(|name| folders.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)))
        .map(|&(_, emotion)| emotion);
    match told {
        Some(emotion) if named.emotion != Some(emotion) => Err(NameError::Contradiction),
        _ => Ok(named),
    }
}
