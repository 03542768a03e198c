//! Colours. The page hands over those of its style sheet, light or dark; the command line has the light ones built in.
//!
//! ```
//! use undertone::chart::palette::{EmotionMark, Palette};
//!
//! let mark = EmotionMark::from_name("joy");
//! assert_eq!(mark, Some(EmotionMark::Happiness));
//! assert_eq!(EmotionMark::Happiness.letter(), '●');
//! assert_eq!(Palette::LIGHT.emotion(EmotionMark::Calm).to_string(), "#007457");
//! ```

use super::colour::Rgb;
use super::options::options;

/// The nine marks of the training voices, named after the emotions that actors were asked to play, in the order in which
/// corpora use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmotionMark {
    /// A triangle that points up.
    Anger,
    /// A disc.
    Happiness,
    /// A square on its corner.
    Surprise,
    /// A square.
    Neutral,
    /// A thick ring.
    Sadness,
    /// A triangle that points down.
    Fear,
    /// A cross.
    Disgust,
    /// A bar.
    Boredom,
    /// A ring whose left half is filled.
    Calm,
}

impl EmotionMark {
    /// All marks in order.
    pub const ALL: [EmotionMark; 9] = [
        EmotionMark::Anger,
        EmotionMark::Happiness,
        EmotionMark::Surprise,
        EmotionMark::Neutral,
        EmotionMark::Sadness,
        EmotionMark::Fear,
        EmotionMark::Disgust,
        EmotionMark::Boredom,
        EmotionMark::Calm,
    ];

    /// The emotion's name.
    pub const fn name(self) -> &'static str {
        match self {
            EmotionMark::Anger => "anger",
            EmotionMark::Happiness => "happiness",
            EmotionMark::Surprise => "surprise",
            EmotionMark::Neutral => "neutral",
            EmotionMark::Sadness => "sadness",
            EmotionMark::Fear => "fear",
            EmotionMark::Disgust => "disgust",
            EmotionMark::Boredom => "boredom",
            EmotionMark::Calm => "calm",
        }
    }

    /// The letter that looks most like the mark.
    pub const fn letter(self) -> char {
        match self {
            EmotionMark::Anger => '▲',
            EmotionMark::Happiness => '●',
            EmotionMark::Surprise => '◆',
            EmotionMark::Neutral => '■',
            EmotionMark::Sadness => '○',
            EmotionMark::Fear => '▼',
            EmotionMark::Disgust => '✚',
            EmotionMark::Boredom => '▬',
            EmotionMark::Calm => '◐',
        }
    }

    /// The mark of an emotion, by the name that corpora use.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "anger" | "angry" => EmotionMark::Anger,
            "happiness" | "happy" | "joy" => EmotionMark::Happiness,
            "surprise" | "surprised" => EmotionMark::Surprise,
            "neutral" => EmotionMark::Neutral,
            "sadness" | "sad" => EmotionMark::Sadness,
            "fear" | "fearful" => EmotionMark::Fear,
            "disgust" => EmotionMark::Disgust,
            "boredom" | "bored" => EmotionMark::Boredom,
            "calm" => EmotionMark::Calm,
            _ => return None,
        })
    }
}

options! {
    /// Colours of the training voices' marks by the emotion that the actor was asked to play, as style sheets write them.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct EmotionColours {
        /// ▲
        anger: Rgb,
        /// ●
        happiness: Rgb,
        /// ◆
        surprise: Rgb,
        /// ■
        neutral: Rgb,
        /// ○
        sadness: Rgb,
        /// ▼
        fear: Rgb,
        /// ✚
        disgust: Rgb,
        /// ▬
        boredom: Rgb,
        /// ◐
        calm: Rgb,
    }
}

options! {
    /// The colours that charts use, as style sheets write them: `#rgb`, `#rrggbb`, `rgb(r, g, b)` or `rgb(r g b)`.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Palette {
        /// Background of the page.
        paper: Rgb,
        /// Background of the sound picture.
        field: Rgb,
        /// The score's interval on the scale.
        mark: Rgb,
        /// The score's interval in the map.
        wash: Rgb,
        /// Text, axis, this voice.
        ink: Rgb,
        /// Secondary text.
        ink2: Rgb,
        /// Rims and contour lines.
        line2: Rgb,
        /// Decorative hairlines.
        line: Rgb,
        /// Contributions towards calm.
        calm: Rgb,
        /// Contributions towards excited.
        excited as "exc": Rgb,
        /// Edges of the interval in the map.
        markline: Rgb,
        /// Marks of the training voices.
        emotions: EmotionColours,
    }
}

const fn hex(value: u32) -> Rgb {
    Rgb((value >> 16) as u8, (value >> 8) as u8, value as u8)
}

impl Palette {
    /// Dark text on a light background; the tokens of the page’s light theme.
    pub const LIGHT: Palette = Palette {
        paper: hex(0xF5F6F3),
        field: hex(0xE9ECE8),
        mark: hex(0xFFE06B),
        wash: hex(0xFBF3D0),
        ink: hex(0x141B34),
        ink2: hex(0x4B5370),
        line2: hex(0x747C93),
        line: hex(0xC6CCD4),
        calm: hex(0x1F4FB4),
        excited: hex(0xC43A12),
        markline: hex(0x8A6D00),
        emotions: EmotionColours {
            anger: hex(0x621A2D),
            happiness: hex(0xBD660B),
            surprise: hex(0x362E64),
            neutral: hex(0x7C8388),
            sadness: hex(0x1880DB),
            fear: hex(0x704A91),
            disgust: hex(0x2D5314),
            boredom: hex(0xA7653F),
            calm: hex(0x007457),
        },
    };

    /// Colour of a mark.
    pub const fn emotion(&self, mark: EmotionMark) -> Rgb {
        match mark {
            EmotionMark::Anger => self.emotions.anger,
            EmotionMark::Happiness => self.emotions.happiness,
            EmotionMark::Surprise => self.emotions.surprise,
            EmotionMark::Neutral => self.emotions.neutral,
            EmotionMark::Sadness => self.emotions.sadness,
            EmotionMark::Fear => self.emotions.fear,
            EmotionMark::Disgust => self.emotions.disgust,
            EmotionMark::Boredom => self.emotions.boredom,
            EmotionMark::Calm => self.emotions.calm,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emotion_marks_are_found_by_their_names() {
        for mark in EmotionMark::ALL {
            assert_eq!(EmotionMark::from_name(mark.name()), Some(mark));
        }
        assert_eq!(EmotionMark::from_name("bored"), Some(EmotionMark::Boredom));
        assert_eq!(EmotionMark::from_name("irony"), None);
    }
}
