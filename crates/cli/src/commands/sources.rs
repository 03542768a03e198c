//! Corpora as named on the command line: `NAME=FOLDER`, a table of features, or two tables to join.

#[cfg(test)]
use std::path::Path;
use std::path::PathBuf;
use std::str::FromStr;

use super::names::{by_name, names};
use crate::data::corpora::{CorpusId, Labels, columns_help};
use crate::data::emotion::Emotion;

/// A corpus as named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A folder in a known layout.
    Folder(CorpusId, PathBuf),
    /// A CSV file of features and labels.
    Table(PathBuf),
    /// A CSV file of features and one of their labels.
    Joined(PathBuf, PathBuf),
}

impl Source {
    /// The tables, of features or labels; none for a folder.
    pub(super) fn tables(&self) -> impl Iterator<Item = &PathBuf> {
        let tables = match self {
            Source::Folder(..) => [None, None],
            Source::Table(table) => [Some(table), None],
            Source::Joined(features, labels) => [Some(features), Some(labels)],
        };
        tables.into_iter().flatten()
    }
}

impl FromStr for Source {
    type Err = String;

    fn from_str(text: &str) -> Result<Source, String> {
        match text.split_once('=') {
            Some((id, folder)) => {
                let corpus = by_name("corpus", id, &CorpusId::ALL, CorpusId::id)?;
                Ok(Source::Folder(corpus, folder.into()))
            }
            None if !text.ends_with(".csv") => {
                let known = names(&CorpusId::ALL, CorpusId::id);
                Err(format!("neither NAME=FOLDER (names: {known}) nor a .csv table"))
            }
            None => Ok(match text.split_once(".csv+") {
                Some((features, labels)) => Source::Joined(format!("{features}.csv").into(), labels.into()),
                None => Source::Table(text.into()),
            }),
        }
    }
}

/// The names and layouts of all corpora, and the columns of tables, for `--help`.
pub(super) fn sources_help() -> String {
    let mut text =
        "Sources:\n  NAME=FOLDER, the folder of a corpus, with the files in it such as\n".to_owned();
    for layout in CorpusId::ALL.map(CorpusId::layout) {
        let labels = match layout.labels {
            Labels::Ratings(table) => format!("human, {table} in --ratings"),
            Labels::Annotations => "human, annotations.csv in its folder".to_owned(),
            Labels::Evaluations { merge_excited: false } => {
                "human, Session*/dialog/EmoEvaluation/*.txt; ang hap neu sad".to_owned()
            }
            Labels::Evaluations { merge_excited: true } => "the same with exc as hap".to_owned(),
            Labels::Tables(tables) => tables.description().to_owned(),
            Labels::Category => "by category".to_owned(),
            Labels::Reading => "none: calm reading, for training only".to_owned(),
        };
        text +=
            &format!("    {:<14} {} ({}; labels: {labels})\n", layout.id, layout.example, layout.language);
    }
    text + "  TABLE.csv, with the 88 features, speaker, emotion, activation and, where known, valence and file\n  \
            FEATURES.csv+LABELS.csv, the 88 features and a file or name (as openSMILE writes them), and file, speaker, \
            emotion, activation and, where known, valence: joined by the sound's name, by start and end, too, if both \
            have these columns\n"
        + &format!(
            "\nColumns of labels, in any case: {}\nEmotions, in any case: {}\nActivation and valence: 1 to 5, with a decimal \
             point\nTables: UTF-8, with commas or semicolons between; a row with an empty or NaN feature is left out",
            columns_help(),
            Emotion::words()
        )
}

/// How corpora are labelled, and where their features are cached.
#[derive(Debug, clap::Args)]
pub struct CorpusOptions {
    /// Folder with the human ratings published with Das et al. 2022 (EMO_DB.csv, CAFE.csv, URDU.csv, AESD.csv)
    #[arg(long, value_name = "DIR")]
    pub(super) ratings: Option<PathBuf>,
    /// Use the acted emotion's mean rating as label, also where a corpus in a folder has human ratings
    #[arg(long)]
    pub(super) category_labels: bool,
    /// Folder of the feature cache [default: in the user's cache folder]
    #[arg(long, value_name = "DIR")]
    pub(super) cache: Option<PathBuf>,
}

#[cfg(test)]
impl CorpusOptions {
    /// No ratings, and this cache.
    pub(super) fn in_cache(cache: &Path) -> CorpusOptions {
        CorpusOptions { ratings: None, category_labels: false, cache: Some(cache.to_owned()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_is_parsed_and_unknown_names_are_refused() {
        assert_eq!("emotale-dk=a=b/c".parse(), Ok(Source::Folder(CorpusId::EmoTaleDanish, "a=b/c".into())));
        assert_eq!("mine.csv".parse(), Ok(Source::Table("mine.csv".into())));
        assert_eq!("a.csv+b.csv".parse(), Ok(Source::Joined("a.csv".into(), "b.csv".into())));
        assert_eq!("a+b.csv".parse(), Ok(Source::Table("a+b.csv".into())));
        assert!("a.csv+b.txt".parse::<Source>().is_err());
        assert!("emo=x".parse::<Source>().is_err_and(|e| e.contains("emodb, bangla-ser")));
        assert!("corpora/emodb".parse::<Source>().is_err());
    }

    #[test]
    fn sources_help_names_every_corpus_with_its_layout() {
        let mut command = <crate::commands::Cli as clap::CommandFactory>::command();
        for name in ["train", "evaluate", "robustness"] {
            let help = command.find_subcommand_mut(name).unwrap().render_long_help().to_string();
            for layout in CorpusId::ALL.map(CorpusId::layout) {
                let line = help.lines().find(|l| l.split_whitespace().next() == Some(layout.id));
                assert!(line.is_some_and(|l| l.contains(layout.example)), "{name}, {}:\n{help}", layout.id);
            }
            assert!(
                help.contains("activation or arousal") && help.contains("anger or angry, boredom or bored")
            );
            assert!(help.contains("FEATURES.csv+LABELS.csv") && help.contains("AESD.csv in --ratings"));
        }
    }
}
