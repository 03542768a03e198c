//! Files and labels of a corpus that cannot be used, with counts.

use std::collections::BTreeMap;
use std::fmt;

/// Problems found while reading a corpus: kinds of problem with the files concerned.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Problems {
    kinds: BTreeMap<Problem, Vec<String>>,
}

/// A kind of problem with single files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// The name does not follow the corpus's layout.
    Layout,
    /// The name follows the layout, but its emotion is unknown.
    Emotion,
    /// Name and folder give different emotions.
    Contradiction,
    /// The emotion is known but not among the classes used (IEMOCAP's frustration, or no agreement; Quechua's excited).
    OtherClass,
    /// Listeners gave two or more emotions equally many votes.
    Agreement,
    /// There is no such speaker in the corpus.
    Speaker,
    /// It is singing.
    Song,
    /// The corpus has human ratings, but none for this file.
    Rating,
    /// The rating lies outside the scale from 1 to 5.
    Scale,
    /// A second file for the same utterance.
    Duplicate,
    /// The sound cannot be read or has no speech in it.
    Unreadable,
    /// A row of a table that lacks a feature.
    Feature,
    /// A note: there is a rating, but no file. Nothing was left out.
    Absent,
    /// A note: two utterances have the same bytes. Both were kept.
    SameSound,
}

impl Problem {
    fn description(self) -> &'static str {
        match self {
            Problem::Layout => "name does not follow the layout",
            Problem::Emotion => "unknown emotion",
            Problem::Contradiction => "folder and name give different emotions",
            Problem::OtherClass => "not one of the classes used",
            Problem::Agreement => "equally many votes for several emotions",
            Problem::Speaker => "unknown speaker",
            Problem::Song => "song, not speech",
            Problem::Rating => "no rating",
            Problem::Scale => "a rating outside 1 to 5",
            Problem::Duplicate => "a second one for the same utterance",
            Problem::Unreadable => "unreadable or without speech",
            Problem::Feature => "a feature is empty or NaN",
            Problem::Absent => "rated but absent",
            Problem::SameSound => "the same sound under two names (both kept)",
        }
    }

    /// Whether it is a note, for which nothing is left out.
    const fn is_note(self) -> bool {
        matches!(self, Problem::Absent | Problem::SameSound)
    }
}

impl Problems {
    /// Adds a file with its problem.
    pub fn add(&mut self, kind: Problem, file: impl Into<String>) {
        self.kinds.entry(kind).or_default().push(file.into());
    }

    /// Number of files with this problem.
    pub fn count(&self, kind: Problem) -> usize {
        self.kinds.get(&kind).map_or(0, Vec::len)
    }

    /// Number of files that were left out.
    pub fn total(&self) -> usize {
        self.left_out().kinds.values().map(Vec::len).sum()
    }

    /// The files with this problem.
    pub fn files(&self, kind: Problem) -> &[String] {
        self.kinds.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// What was left out, without the notes.
    pub fn left_out(&self) -> Problems {
        self.only(|kind| !kind.is_note())
    }

    /// The notes: problems for which nothing was left out.
    pub fn notes(&self) -> Problems {
        self.only(Problem::is_note)
    }

    /// Whether there are no problems.
    pub fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    fn only(&self, wanted: impl Fn(Problem) -> bool) -> Problems {
        let kinds = self.kinds.iter().filter(|(kind, _)| wanted(**kind));
        Problems { kinds: kinds.map(|(kind, files)| (*kind, files.clone())).collect() }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (i, (kind, files)) in self.kinds.iter().enumerate() {
            let separator = if i > 0 { "; " } else { "" };
            let shown = files.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
            let more = if files.len() > 3 { ", …" } else { "" };
            write!(f, "{separator}{} × {}: {shown}{more}", files.len(), kind.description())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_that_are_notes_leave_nothing_out() {
        let mut problems = Problems::default();
        assert!(problems.is_empty());
        problems.add(Problem::Absent, "c");
        problems.add(Problem::Layout, "a");
        problems.add(Problem::Layout, "b");
        assert_eq!((problems.total(), problems.count(Problem::Absent)), (2, 1));
        assert_eq!(problems.left_out().to_string(), "2 × name does not follow the layout: a, b");
        assert_eq!(problems.notes().to_string(), "1 × rated but absent: c");
    }
}
