//! Bytes as a script module: its default export is a string with one character per byte, U+0000 to U+00FF.
//!
//! Compressed, that is a fifth shorter than base64. The file is UTF-8, as which browsers read every module, whatever its
//! response says. What an editor or a transfer might change, ends of lines and NUL, stands as an escape.

use std::fmt::Write as _;

use anyhow::{Context, Result, bail};

const BEGIN: &str = "export default \"";
const END: &str = "\";\n";

/// The source of a module that exports these bytes.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = BEGIN.to_owned();
    for (k, byte) in bytes.iter().enumerate() {
        match byte {
            // Before a digit, `\0` would be an octal escape, which modules do not have.
            0 if bytes.get(k + 1).is_some_and(u8::is_ascii_digit) => text.push_str("\\x00"),
            0 => text.push_str("\\0"),
            b'\n' => text.push_str("\\n"),
            b'\r' => text.push_str("\\r"),
            b'\\' | b'"' => text.extend(['\\', char::from(*byte)]),
            _ => text.push(char::from(*byte)),
        }
    }
    text.push_str(END);
    text
}

/// The bytes that a module of [`encode`] exports.
pub fn decode(source: &str) -> Result<Vec<u8>> {
    let text = source.strip_prefix(BEGIN).and_then(|text| text.strip_suffix(END));
    let mut rest = text.context("not a module of bytes")?;
    let mut bytes = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (byte, length) = match first {
            '\\' if rest.starts_with("\\x00") => (0, 4),
            '\\' => match rest.as_bytes().get(1) {
                Some(b'0') => (0, 2),
                Some(b'n') => (b'\n', 2),
                Some(b'r') => (b'\r', 2),
                Some(same @ (b'\\' | b'"')) => (*same, 2),
                _ => bail!("an escape that is not one of these modules'"),
            },
            other => (u8::try_from(other)?, other.len_utf8()),
        };
        bytes.push(byte);
        rest = &rest[length..];
    }
    Ok(bytes)
}

/// The module's declaration for TypeScript.
pub fn declaration(what: &str, bytes: usize) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "/** {what}: {bytes} bytes, a character each. */");
    text.push_str("declare const text: string;\nexport default text;\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::{command, read, which};

    /// Every byte, every pair of what may be escaped, and digits after it.
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
        assert!(decode(&format!("{BEGIN}\\q{END}")).is_err());
        assert!(decode(&format!("{BEGIN}\u{100}{END}")).is_err());
    }

    #[test]
    fn a_module_has_one_line_and_no_nul() {
        let text = encode(&every_case());
        assert_eq!(text.find('\n'), Some(text.len() - 1));
        assert!(!text.contains(['\0', '\r', '\u{2028}', '\u{feff}']));
        assert!(encode(b"\x005").contains("\\x005") && encode(b"\0a").contains("\\0a"));
    }

    #[test]
    fn a_script_engine_reads_the_same_bytes() {
        let Some(node) = which(&["node"]) else { panic!("the tests need Node.js") };
        let bytes = every_case();
        let file = std::env::temp_dir().join(format!("undertone-bytes-{}.mjs", std::process::id()));
        std::fs::write(&file, encode(&bytes)).unwrap();
        let script = "import(require('node:url').pathToFileURL(process.argv[1])).then(({ default: text }) => \
             process.stdout.write(JSON.stringify([...text].map((one) => one.codePointAt(0)))))";
        let seen = read(command(node, &["-e", script]).arg(&file)).unwrap();
        std::fs::remove_file(&file).unwrap();
        let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
        assert_eq!(seen, format!("[{}]", numbers.join(",")));
    }
}
