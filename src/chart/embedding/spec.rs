//! What the map shows.

use crate::chart::options::{options, words};
use crate::chart::panel::{Guide, Panel};

options! {
    /// What the map shows.
    #[derive(Debug, Clone)]
    pub struct EmbeddingSpec extends panel: Panel {
        /// What shape and colour of the dots stand for.
        dots_by as "dotsBy": DotsBy = DotsBy::Emotion,
        /// Names of legend entries that are switched off: emotions, or ids of corpora.
        hidden: Vec<String> = Vec::new(),
        /// Name of the one legend entry that is singled out; the others fade.
        single: Option<String> = None,
        /// Fade all dots, as when two recordings are compared.
        faded: bool = false,
        /// Most dots to draw; they are chosen evenly.
        max_dots as "maxDots": usize,
        /// This session's recordings in their order.
        utterances: Vec<Utterance> = Vec::new(),
        /// This voice's interval in scores.
        interval: Option<[f64; 2]> = None,
        /// Guide lines.
        guides: Vec<Guide> = Vec::new(),
    }
}

words! {
    /// What shape and colour of the dots stand for.
    pub enum DotsBy {
        /// The emotion that the actor was asked to play.
        Emotion = "emotion",
        /// The corpus.
        Corpus = "corpus",
        /// Nothing: all dots alike.
        None = "none",
    }
}

options! {
    /// A recording of this session in the map.
    #[derive(Debug, Clone, Copy)]
    pub struct Utterance {
        /// Place from left to right, in marks of the axis.
        u: f64,
        /// Place upwards, in steps of the same length.
        v: f64,
        /// Its number.
        number: u32,
        /// It is the one that the page shows.
        current: bool = false,
        /// A small disc without a number and apart from the line, as of an earlier one among many.
        small: bool = false,
        /// One of the lines that the speaker read calmly: a small triangle without a number, apart from the line.
        calm: bool = false,
    }
}
