//! What does not fit in a corpus, named with counts.

use std::collections::BTreeMap;
use std::fmt;

/// What did not fit while reading a corpus: kinds of trouble with the files concerned.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Problems {
    kinds: BTreeMap<Problem, Vec<String>>,
}

/// A kind of trouble with single files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// The name does not follow the corpus's layout.
    Layout,
    /// Layout and file agree on everything but the emotion, which the layout does not know.
    Emotion,
    /// Name and folder say different emotions.
    Contradiction,
    /// The emotion is known but not among the study's classes (IEMOCAP's frustration, or no agreement).
    OtherClass,
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
    /// A note: there is a rating, but no file. Nothing was left out.
    Absent,
    /// A note: two utterances have the same bytes. Both were kept.
    SameSound,
}

impl Problem {
    fn words(self) -> &'static str {
        match self {
            Problem::Layout => "name does not follow the layout",
            Problem::Emotion => "unknown emotion",
            Problem::Contradiction => "folder and name say different emotions",
            Problem::OtherClass => "not one of the study's classes",
            Problem::Song => "song, not speech",
            Problem::Rating => "no rating",
            Problem::Scale => "a rating outside 1 to 5",
            Problem::Duplicate => "a second one for the same utterance",
            Problem::Unreadable => "unreadable or without speech",
            Problem::Absent => "rated but absent",
            Problem::SameSound => "the same sound under two names (both kept)",
        }
    }

    /// Whether it only says something about the corpus and leaves nothing out.
    pub const fn is_note(self) -> bool {
        matches!(self, Problem::Absent | Problem::SameSound)
    }
}

impl Problems {
    /// Notes a file with its trouble.
    pub fn add(&mut self, kind: Problem, file: impl Into<String>) {
        self.kinds.entry(kind).or_default().push(file.into());
    }

    /// Number of files with this trouble.
    pub fn count(&self, kind: Problem) -> usize {
        self.kinds.get(&kind).map_or(0, Vec::len)
    }

    /// Number of files that were left out.
    pub fn total(&self) -> usize {
        self.left_out().kinds.values().map(Vec::len).sum()
    }

    /// The files with this trouble.
    pub fn files(&self, kind: Problem) -> &[String] {
        self.kinds.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// What was left out, without the notes.
    pub fn left_out(&self) -> Problems {
        self.only(|kind| !kind.is_note())
    }

    /// The notes: what is odd, but left nothing out.
    pub fn notes(&self) -> Problems {
        self.only(Problem::is_note)
    }

    /// Whether there is nothing to say.
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
            write!(f, "{separator}{} × {}: {shown}{more}", files.len(), kind.words())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_leave_nothing_out() {
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
