//! Emotion classes, and their mean human ratings: labels where there is no rating.

/// An acted emotion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Emotion {
    /// Anger.
    Anger,
    /// Boredom.
    Boredom,
    /// Calm.
    Calm,
    /// Disgust.
    Disgust,
    /// Fear.
    Fear,
    /// Happiness, joy.
    Happiness,
    /// Neutral.
    Neutral,
    /// Sadness.
    Sadness,
    /// Surprise.
    Surprise,
}

impl Emotion {
    /// All, in alphabetical order.
    pub const ALL: [Emotion; 9] = [
        Emotion::Anger,
        Emotion::Boredom,
        Emotion::Calm,
        Emotion::Disgust,
        Emotion::Fear,
        Emotion::Happiness,
        Emotion::Neutral,
        Emotion::Sadness,
        Emotion::Surprise,
    ];

    /// Name as written in files.
    pub const fn name(self) -> &'static str {
        match self {
            Emotion::Anger => "anger",
            Emotion::Boredom => "boredom",
            Emotion::Calm => "calm",
            Emotion::Disgust => "disgust",
            Emotion::Fear => "fear",
            Emotion::Happiness => "happiness",
            Emotion::Neutral => "neutral",
            Emotion::Sadness => "sadness",
            Emotion::Surprise => "surprise",
        }
    }

    /// Mean human valence rating of the emotion over the rated corpora, each weighing the same (calm was never rated:
    /// it has the value of neutral).
    pub const fn valence(self) -> f64 {
        match self {
            Emotion::Happiness => 3.4,
            Emotion::Calm | Emotion::Neutral | Emotion::Surprise => 3.0,
            Emotion::Boredom => 2.7,
            Emotion::Disgust | Emotion::Sadness => 2.2,
            Emotion::Fear => 2.1,
            Emotion::Anger => 2.0,
        }
    }

    /// The emotion of that name.
    pub fn from_name(name: &str) -> Option<Emotion> {
        Emotion::ALL.into_iter().find(|e| e.name() == name)
    }

    /// Other words for it in tables.
    pub const fn synonyms(self) -> &'static [&'static str] {
        match self {
            Emotion::Anger => &["angry"],
            Emotion::Boredom => &["bored"],
            Emotion::Disgust => &["disgusted"],
            Emotion::Fear => &["fearful"],
            Emotion::Happiness => &["happy"],
            Emotion::Sadness => &["sad"],
            Emotion::Surprise => &["surprised"],
            Emotion::Calm | Emotion::Neutral => &[],
        }
    }

    /// The emotion of a word in a table: its name or a synonym, in any case.
    pub fn from_word(word: &str) -> Option<Emotion> {
        Emotion::ALL.into_iter().find(|e| {
            std::iter::once(&e.name()).chain(e.synonyms()).any(|known| known.eq_ignore_ascii_case(word))
        })
    }

    /// All names and synonyms, for people.
    pub fn words() -> String {
        let names = Emotion::ALL.map(|e| {
            std::iter::once(e.name()).chain(e.synonyms().iter().copied()).collect::<Vec<_>>().join(" or ")
        });
        names.join(", ")
    }

    /// Mean human activation rating of the emotion over the rated corpora (method §4): the label where there is no
    /// rating.
    pub const fn activation(self) -> f64 {
        match self {
            Emotion::Anger => 4.2,
            Emotion::Fear | Emotion::Happiness => 3.6,
            Emotion::Surprise => 3.3,
            Emotion::Disgust | Emotion::Neutral => 2.8,
            Emotion::Calm | Emotion::Sadness => 2.2,
            Emotion::Boredom => 2.1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emotions_are_found_by_their_names() {
        for emotion in Emotion::ALL {
            assert_eq!(Emotion::from_name(emotion.name()), Some(emotion));
        }
        assert_eq!(Emotion::from_name("Anger"), None);
        for (word, emotion) in [
            ("Angry", Emotion::Anger),
            ("HAPPY", Emotion::Happiness),
            ("sad", Emotion::Sadness),
            ("fearful", Emotion::Fear),
            ("disgusted", Emotion::Disgust),
            ("Bored", Emotion::Boredom),
            ("surprised", Emotion::Surprise),
            ("Neutral", Emotion::Neutral),
        ] {
            assert_eq!(Emotion::from_word(word), Some(emotion), "{word}");
        }
        assert_eq!(Emotion::from_word("awe"), None);
    }
}
