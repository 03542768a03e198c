//! A colour as style sheets write it.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rgb_is_read_as_style_sheets_write_them() {
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
    fn rgb_survives_being_written_and_read() {
        let colour = Rgb(0x1f, 0x4f, 0xb4);
        assert_eq!(Rgb::parse(&colour.to_string()).unwrap(), colour);
    }
}
