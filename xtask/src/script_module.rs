//! Bytes as a script module: its default export is a string with one character per byte.
//!
//! A byte is the character of its number, U+0000 to U+00FF, with two exceptions. NUL, the most frequent byte of a
//! WebAssembly module, is U+007F. What a string would need an escape for, or an editor or a transfer might change (ends of lines,
//! quote, backslash), and 7F itself are 256 higher, U+0100 and on, which comes to the same when a byte is made of it. Compressed
//! with brotli, that is within 4 % of the bytes themselves; base64 is a third more. The file is UTF-8, as which browsers read every
//! module, whatever its response says.

use anyhow::{Context, Result};

const BEGIN: &str = "export default \"";
const END: &str = "\";\n";
/// The character that stands for NUL.
const NUL: char = '\u{7f}';

/// The source of a module that exports these bytes.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = BEGIN.to_owned();
    text.extend(bytes.iter().map(|byte| match *byte {
        0 => NUL,
        b'\n' => '\u{10a}',
        b'\r' => '\u{10d}',
        b'"' => '\u{122}',
        b'\\' => '\u{15c}',
        0x7f => '\u{17f}',
        byte => char::from(byte),
    }));
    text.push_str(END);
    text
}

/// The bytes that a module of [`encode`] exports.
pub fn decode(source: &str) -> Result<Vec<u8>> {
    let text = source.strip_prefix(BEGIN).and_then(|text| text.strip_suffix(END));
    let characters = text.context("not a module of bytes")?.chars();
    Ok(characters.map(|one| if one == NUL { 0 } else { u32::from(one) as u8 }).collect())
}

/// The module's declaration for TypeScript.
pub fn declaration(what: &str, bytes: usize) -> String {
    format!(
        "/** {what}: {bytes} bytes, a character each. */\ndeclare const text: string;\nexport default text;\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{command, read, which};

    /// Every byte, and every pair of those that are special somewhere.
    fn every_case() -> Vec<u8> {
        let special = [0, 9, 10, 13, 26, 34, 39, 48, 57, 58, 92, 96, 110, 120, 127, 128, 133, 255];
        let pairs = special.iter().flat_map(|a| special.iter().flat_map(|b| [*a, *b]));
        (0..=255).chain(pairs).collect()
    }

    #[test]
    fn bytes_come_back() {
        for bytes in [every_case(), Vec::new(), b"\0\x001\0".to_vec()] {
            assert_eq!(decode(&encode(&bytes)).unwrap(), bytes);
        }
        assert!(decode("export default 1;\n").is_err());
    }

    #[test]
    fn a_module_has_one_line_without_escapes_and_nul() {
        let text = encode(&every_case());
        assert_eq!(text.find('\n'), Some(text.len() - 1));
        assert!(!text.contains(['\0', '\r', '\\', '\u{2028}', '\u{feff}']));
        assert_eq!(text.matches('"').count(), 2);
        let characters = text.chars().count() - BEGIN.len() - END.len();
        assert_eq!(characters, every_case().len());
    }

    /// What the page does with the string (`bytes` in www/engine/engine.js).
    #[test]
    fn a_script_engine_reads_the_same_bytes() {
        let Some(node) = which(&["node"]) else { panic!("the tests need Node.js") };
        let engine = std::fs::read_to_string(crate::paths::root().join("www/engine/engine.js")).unwrap();
        let (_, rest) = engine.split_once("\nfunction bytes(text) {").unwrap();
        let (body, _) = rest.split_once("\n}\n").unwrap();
        let bytes = every_case();
        let file = std::env::temp_dir().join(format!("undertone-bytes-{}.mjs", std::process::id()));
        std::fs::write(&file, encode(&bytes)).unwrap();
        let script = format!(
            "function bytes(text) {{{body}\n}}\nimport(require('node:url').pathToFileURL(process.argv[1]))\
             .then(({{ default: text }}) => process.stdout.write(bytes(text).join()))"
        );
        let seen = read(command(node, &["-e", &script]).arg(&file)).unwrap();
        std::fs::remove_file(&file).unwrap();
        let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
        assert_eq!(seen, numbers.join(","));
    }
}
