//! Bytes as a script module: its default export is a string with one character per byte, after an alphabet.
//!
//! The first 256 characters are the alphabet: the characters that stand for the bytes 0 to 255. The most frequent bytes have
//! those that are one byte in UTF-8, the others follow from U+0080; both in ascending order, because neighbours resemble one
//! another. Left out is what a string would need an escape for, or an editor or a transfer might change: NUL, ends of lines, quote,
//! backslash. Compressed with brotli, a WebAssembly module is within 3 % of the bytes themselves; base64 is a third more. The file is
//! UTF-8, as which browsers read every module, whatever its response says.

use anyhow::{Context, Result};

const BEGIN: &str = "export default \"";
const END: &str = "\";\n";
/// Bytes that there are.
const BYTES: usize = 256;

/// The characters that stand for the bytes 0 to 255 where these are to be written.
fn alphabet(bytes: &[u8]) -> [char; BYTES] {
    let narrow: Vec<char> =
        ('\u{1}'..'\u{80}').filter(|one| !['\n', '\r', '"', '\\'].contains(one)).collect();
    let mut counts = [0_usize; BYTES];
    bytes.iter().for_each(|byte| counts[usize::from(*byte)] += 1);
    let mut by_count: Vec<usize> = (0..BYTES).collect();
    // Stable: of equally frequent bytes the lower one comes first.
    by_count.sort_by_key(|byte| std::cmp::Reverse(counts[*byte]));
    let mut alphabet = ['\0'; BYTES];
    let (frequent, others) = by_count.split_at_mut(narrow.len());
    for (part, characters) in [(frequent, narrow), (others, ('\u{80}'..).take(BYTES).collect())] {
        part.sort_unstable();
        part.iter().zip(characters).for_each(|(byte, character)| alphabet[*byte] = character);
    }
    alphabet
}

/// The source of a module that exports these bytes.
pub fn encode(bytes: &[u8]) -> String {
    let alphabet = alphabet(bytes);
    let mut text = BEGIN.to_owned();
    text.extend(alphabet);
    text.extend(bytes.iter().map(|byte| alphabet[usize::from(*byte)]));
    text.push_str(END);
    text
}

/// The bytes that a module of [`encode`] exports.
pub fn decode(source: &str) -> Result<Vec<u8>> {
    let text = source.strip_prefix(BEGIN).and_then(|text| text.strip_suffix(END));
    let characters: Vec<char> = text.context("not a module of bytes")?.chars().collect();
    let (alphabet, text) = characters.split_at_checked(BYTES).context("a module without its alphabet")?;
    let byte = |one: &char| Some(alphabet.iter().position(|known| known == one)? as u8);
    text.iter().map(byte).collect::<Option<_>>().context("a character that is not in the alphabet")
}

/// The module's declaration for TypeScript.
pub fn declaration(what: &str, bytes: usize) -> String {
    format!(
        "/** {what}: {bytes} bytes, a character each after the 256 of the alphabet. */\n\
         declare const text: string;\nexport default text;\n"
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
        let high: Vec<u8> = every_case().iter().map(|byte| byte | 0x80).collect();
        for bytes in [every_case(), high, Vec::new(), b"\0\x001\0".to_vec()] {
            assert_eq!(decode(&encode(&bytes)).unwrap(), bytes);
        }
        assert!(decode("export default 1;\n").is_err());
        assert!(decode("export default \"short\";\n").is_err());
        let unknown = encode(b"bytes").replace("\";", "\u{200}\";");
        assert!(decode(&unknown).is_err());
    }

    #[test]
    fn a_module_has_one_line_without_escapes_and_nul() {
        let text = encode(&every_case());
        assert_eq!(text.find('\n'), Some(text.len() - 1));
        assert!(!text.contains(['\0', '\r', '\\', '\u{2028}', '\u{feff}']));
        assert_eq!(text.matches('"').count(), 2);
        let characters = text.chars().count() - BEGIN.len() - END.len();
        assert_eq!(characters, BYTES + every_case().len());
    }

    #[test]
    fn the_most_frequent_bytes_are_one_byte_in_the_file() {
        let frequent: Vec<u8> = (128..=250).collect();
        let bytes: Vec<u8> = (0..=255).chain(frequent.repeat(3)).collect();
        let text = encode(&bytes);
        let wide = 256 - frequent.len();
        let ends = BEGIN.len() + END.len();
        assert_eq!(text.len(), ends + (BYTES + wide) + (bytes.len() + wide));
    }

    /// What the page does with the string (`bytes` in www/engine/script-bytes.js).
    #[test]
    fn a_script_engine_reads_the_same_bytes() {
        let Some(node) = which(&["node"]) else { panic!("the tests need Node.js") };
        let engine =
            std::fs::read_to_string(crate::paths::root().join("www/engine/script-bytes.js")).unwrap();
        let (_, rest) = engine.split_once("\nexport function bytes(text) {").unwrap();
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
