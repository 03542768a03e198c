//! Names of files as text: in tables, where they are data, and in messages, where they are shown to a person.

use std::ffi::OsStr;
use std::fmt;
use std::path::Path;

/// What a spreadsheet takes for the beginning of a formula, or drops in front of one.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A name as text. One that is valid Unicode stays as it is; of any other, each byte that is not UTF-8 becomes `\xHH`, and a
/// backslash that could be taken for such a byte becomes `\x5c`, so that different names stay different.
#[must_use]
pub fn text(name: &Path) -> String {
    os_text(name.as_os_str())
}

#[cfg(unix)]
fn os_text(name: &OsStr) -> String {
    use std::fmt::Write as _;
    use std::os::unix::ffi::OsStrExt as _;
    let mut text = String::with_capacity(name.len());
    for chunk in name.as_bytes().utf8_chunks() {
        let valid = chunk.valid();
        for (at, character) in valid.char_indices() {
            if character == '\\' && reads_as_byte(&valid[at..]) {
                text.push_str("\\x5c");
            } else {
                text.push(character);
            }
        }
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text
}

/// Names that are not valid Unicode are very rare here, and backslashes separate folders.
#[cfg(not(unix))]
fn os_text(name: &OsStr) -> String {
    name.to_string_lossy().into_owned()
}

/// Whether text begins like `\x5c`.
#[cfg(unix)]
fn reads_as_byte(text: &str) -> bool {
    let digits = text.strip_prefix("\\x").and_then(|rest| rest.as_bytes().get(..2));
    digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// Text of a cell that no spreadsheet takes for a formula: `'` stands in front of one that begins with `=`, `+`, `-`,
/// `@`, tab or carriage return. A cell that begins so behind `'` gets another one, so that different texts stay different.
#[must_use]
pub fn guarded(text: String) -> String {
    if is_formula(&text) { format!("'{text}") } else { text }
}

/// The text that [`guarded`] made this cell of.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_formula(text)).unwrap_or(cell)
}

/// A lone sign, such as the name of standard input, is no formula.
fn is_formula(text: &str) -> bool {
    text.len() > 1 && text.trim_start_matches('\'').starts_with(FORMULA)
}

/// A name, or other text from outside, for a person to read: characters that steer a terminal or turn the direction of
/// writing are escaped.
#[must_use]
pub fn shown(name: impl AsRef<Path>) -> Shown {
    Shown(text(name.as_ref()))
}

/// See [`shown`].
#[derive(Debug, Clone)]
pub struct Shown(String);

impl fmt::Display for Shown {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        use std::fmt::Write as _;
        for character in self.0.chars() {
            if character.is_control() || turns_direction(character) {
                write!(out, "{}", character.escape_unicode())?;
            } else {
                out.write_char(character)?;
            }
        }
        Ok(())
    }
}

/// Whether a character overrides or isolates the direction of the text behind it.
fn turns_direction(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_no_utf8_stay_distinct() {
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt as _;
            let name = |bytes: &[u8]| text(Path::new(OsStr::from_bytes(bytes)));
            assert_eq!(name(b"a\xff.wav"), "a\\xff.wav");
            assert_eq!(name(b"a\xfe.wav"), "a\\xfe.wav");
            assert_eq!(name(b"a\\xff.wav"), "a\\x5cxff.wav");
            assert_eq!(name("å\\x.wav".as_bytes()), "å\\x.wav");
        }
        assert_eq!(text(Path::new("naïve \u{1f399}.wav")), "naïve \u{1f399}.wav");
    }

    #[test]
    fn cells_are_no_formulas_and_can_be_read_back() {
        let guard = |text: &str| guarded(text.to_owned());
        for text in ["=1+1", "+a", "-a.wav", "@x", "\tx", "\rx", "'=x", "''-x"] {
            assert_eq!(guard(text), format!("'{text}"));
            assert_eq!(unguarded(&guard(text)), text);
        }
        for text in ["a=b", "-", "'a'", "", "a.wav", "'"] {
            assert_eq!(guard(text), text);
            assert_eq!(unguarded(text), text);
        }
    }

    #[test]
    fn shown_names_do_not_steer_a_terminal() {
        assert_eq!(shown("a\x1b[2Jb\n\u{202e}c\u{9b}").to_string(), "a\\u{1b}[2Jb\\u{a}\\u{202e}c\\u{9b}");
        assert_eq!(shown("ø é.wav").to_string(), "ø é.wav");
    }
}
