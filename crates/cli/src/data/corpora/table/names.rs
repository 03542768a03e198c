//! Names of rows in tables.

use super::csv_file::Record;

/// Name of a row, without the single quotes that openSMILE's program writes.
pub fn name<'a>(record: Record<'a>, column: usize) -> &'a str {
    let text = record.cell(column);
    text.strip_prefix('\'').and_then(|t| t.strip_suffix('\'')).unwrap_or(text)
}

/// Where a row's segment starts within its sound, as written; nothing at the very start. openSMILE writes `frameTime`
/// in seconds or `start` as `0 days 00:00:01.5`.
pub fn start<'a>(record: Record<'a>) -> &'a str {
    let text =
        ["start", "frameTime"].into_iter().map(|c| record.text(c)).find(|t| !t.is_empty()).unwrap_or("");
    let clock = text.strip_prefix("0 days").unwrap_or(text);
    if clock.bytes().all(|b| b"0:. ".contains(&b)) { "" } else { text }
}

/// A sound's name without folders and without the extension of a sound file: what two tables made on different
/// machines have in common.
pub fn bare_name(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, extension))
            if ["wav", "flac", "mp3", "ogg", "m4a"].iter().any(|e| e.eq_ignore_ascii_case(extension)) =>
        {
            stem
        }
        _ => file,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_name_has_neither_folder_nor_extension() {
        for (name, expected) in [
            ("/data/emodb/wav/03a01Fa.wav", "03a01Fa"),
            ("C:\\a\\a01 (1).WAV", "a01 (1)"),
            ("v1.5_take", "v1.5_take"),
            ("03a01Fa", "03a01Fa"),
        ] {
            assert_eq!(bare_name(name), expected);
        }
    }
}
