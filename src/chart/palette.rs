//! Colours. The page hands over its own tokens; the command line has the same two sets built in.

use std::fmt;

use super::ChartError;

/// A colour, 8 bits per channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// Reads a colour as style sheets write it: `#rgb`, `#rrggbb`, `rgb(r, g, b)` or `rgb(r g b)`.
    ///
    /// # Errors
    /// [`ChartError::BadColour`] for anything else.
    pub fn parse(text: &str) -> Result<Self, ChartError> {
        let trimmed = text.trim();
        let parsed = match trimmed.strip_prefix('#') {
            Some(digits) => Self::from_hex(digits),
            None => trimmed.strip_prefix("rgb(").and_then(|rest| Self::from_list(rest.strip_suffix(')')?)),
        };
        parsed.ok_or_else(|| ChartError::BadColour { text: text.to_owned() })
    }

    fn from_hex(digits: &str) -> Option<Self> {
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let value = u32::from_str_radix(digits, 16).ok()?;
        let byte = |shift: u32| ((value >> shift) & 0xff) as u8;
        let nibble = |shift: u32| ((value >> shift) & 0xf) as u8 * 17;
        match digits.len() {
            6 => Some(Rgb(byte(16), byte(8), byte(0))),
            3 => Some(Rgb(nibble(8), nibble(4), nibble(0))),
            _ => None,
        }
    }

    fn from_list(list: &str) -> Option<Self> {
        let mut parts = list.split([',', ' ']).filter(|part| !part.is_empty()).map(|part| part.parse().ok());
        let colour = Rgb(parts.next()??, parts.next()??, parts.next()??);
        parts.next().is_none().then_some(colour)
    }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }
}

/// The nine marks of the reference voices, in the order in which recording sets use them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Played {
    /// ▲
    Anger,
    /// ●
    Happiness,
    /// ◆
    Surprise,
    /// ■
    Neutral,
    /// ○, a thick ring
    Sadness,
    /// ▼
    Fear,
    /// ✚
    Disgust,
    /// ▬
    Boredom,
    /// ◐, a half disc
    Calm,
}

impl Played {
    /// All marks in order.
    pub const ALL: [Played; 9] = [
        Played::Anger,
        Played::Happiness,
        Played::Surprise,
        Played::Neutral,
        Played::Sadness,
        Played::Fear,
        Played::Disgust,
        Played::Boredom,
        Played::Calm,
    ];

    /// The mark of a feeling that actors were asked to play, by the name that corpora use.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "anger" | "angry" => Played::Anger,
            "happiness" | "happy" | "joy" => Played::Happiness,
            "surprise" | "surprised" => Played::Surprise,
            "neutral" => Played::Neutral,
            "sadness" | "sad" => Played::Sadness,
            "fear" | "fearful" => Played::Fear,
            "disgust" => Played::Disgust,
            "boredom" | "bored" => Played::Boredom,
            "calm" => Played::Calm,
            _ => return None,
        })
    }
}

/// Colours of the nine marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct PlayedColours {
    pub anger: Rgb,
    pub happiness: Rgb,
    pub surprise: Rgb,
    pub neutral: Rgb,
    pub sadness: Rgb,
    pub fear: Rgb,
    pub disgust: Rgb,
    pub boredom: Rgb,
    pub calm: Rgb,
}

/// The colours that charts use, named as the page's tokens are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// Ground of the page.
    pub paper: Rgb,
    /// Ground of the sound picture.
    pub field: Rgb,
    /// The score's range on the scale.
    pub mark: Rgb,
    /// The score's range in the map.
    pub wash: Rgb,
    /// Text, axis, this voice.
    pub ink: Rgb,
    /// Secondary text.
    pub ink2: Rgb,
    /// Rims and contour lines.
    pub line2: Rgb,
    /// Decorative hairlines.
    pub line: Rgb,
    /// Contributions towards calm.
    pub calm: Rgb,
    /// Contributions towards excited.
    pub exc: Rgb,
    /// Edges of the range in the map.
    pub markline: Rgb,
    /// The reference voices' marks.
    pub emotions: PlayedColours,
}

const fn hex(value: u32) -> Rgb {
    Rgb((value >> 16) as u8, (value >> 8) as u8, value as u8)
}

impl Palette {
    /// Ink on chalk-white paper.
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
        exc: hex(0xC43A12),
        markline: hex(0x8A6D00),
        emotions: PlayedColours {
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

    /// Chalk on a blackboard.
    pub const DARK: Palette = Palette {
        paper: hex(0x14161D),
        field: hex(0x1F232D),
        mark: hex(0x5A4D0C),
        wash: hex(0x28261A),
        ink: hex(0xEFEEE8),
        ink2: hex(0xB4B7C2),
        line2: hex(0x83899A),
        line: hex(0x363B49),
        calm: hex(0x8FB2FF),
        exc: hex(0xFF8A5E),
        markline: hex(0xFFD94A),
        emotions: PlayedColours {
            anger: hex(0xFE3F81),
            happiness: hex(0xCA9213),
            surprise: hex(0x9D7FFC),
            neutral: hex(0xEAE4DE),
            sadness: hex(0x82C1F9),
            fear: hex(0x8095E1),
            disgust: hex(0xCAF58A),
            boredom: hex(0xFC7E67),
            calm: hex(0x0CA687),
        },
    };

    /// Colour of a mark.
    pub const fn played(&self, played: Played) -> Rgb {
        match played {
            Played::Anger => self.emotions.anger,
            Played::Happiness => self.emotions.happiness,
            Played::Surprise => self.emotions.surprise,
            Played::Neutral => self.emotions.neutral,
            Played::Sadness => self.emotions.sadness,
            Played::Fear => self.emotions.fear,
            Played::Disgust => self.emotions.disgust,
            Played::Boredom => self.emotions.boredom,
            Played::Calm => self.emotions.calm,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_style_sheets_write_them() {
        assert_eq!(Rgb::parse(" #1F4fb4 ").unwrap(), Rgb(0x1f, 0x4f, 0xb4));
        assert_eq!(Rgb::parse("#fa0").unwrap(), Rgb(0xff, 0xaa, 0));
        assert_eq!(Rgb::parse("rgb(1, 22, 255)").unwrap(), Rgb(1, 22, 255));
        assert_eq!(Rgb::parse("rgb(1 22 255)").unwrap(), Rgb(1, 22, 255));
        for bad in
            ["", "#", "#12", "#12345", "#+12345", "#é12", "red", "rgb(1,2)", "rgb(1,2,3,4)", "rgb(1,2,256)"]
        {
            assert_eq!(Rgb::parse(bad), Err(ChartError::BadColour { text: bad.to_owned() }), "{bad}");
        }
    }

    #[test]
    fn a_colour_survives_being_written_and_read() {
        let colour = Palette::LIGHT.calm;
        assert_eq!(Rgb::parse(&colour.to_string()).unwrap(), colour);
    }
}
