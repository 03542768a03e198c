//! Tables of segments: which parts of which files are taken.
//!
//! The kind is recognised by the content:
//!
//! | kind | what is read of it |
//! |---|---|
//! | audformat CSV | the columns `file`, `start`, `end`; other columns are left out. An empty `end`, or `NaT`, is the end of the sound |
//! | Praat TextGrid | the intervals with a label of one tier; long and short form |
//! | RTTM | `SPEAKER` lines; the second field names the file, without its ending |
//! | Audacity labels | start and end, with a tab between; labels of points are left out |
//!
//! Text is UTF-8 or UTF-16 with a byte order mark.

use std::path::{Path, PathBuf};

use super::names::shown;
use super::reason::reason;
use super::sound::Cut;
use super::time::Time;

/// Segments of files, in the order of their table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segments {
    /// Of files that the table names.
    OfFiles(Vec<(String, Cut)>),
    /// Of files that the table names without their endings.
    OfStems(Vec<(String, Cut)>),
    /// Of one file, which the table does not name.
    OfOne(Vec<Cut>),
}

/// Why a table of segments cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}{}: {what}", shown(path), line.map_or(String::new(), |line| format!(", line {line}")))]
pub struct SegmentsError {
    path: PathBuf,
    line: Option<u64>,
    what: String,
}

/// A fault at a line.
type Fault = (Option<u64>, String);

/// Reads a table of segments. `tier` names the tier of a TextGrid; otherwise it is the first that has intervals.
///
/// # Errors
/// [`SegmentsError`].
pub fn read(path: &Path, tier: Option<&str>) -> Result<Segments, SegmentsError> {
    let parsed = std::fs::read(path)
        .map_err(|error| (None, format!("it cannot be opened ({}): check the path", reason(&error))))
        .and_then(|bytes| {
            text(bytes).ok_or((None, "it is neither UTF-8 nor UTF-16: save it as UTF-8".to_owned()))
        })
        .and_then(|text| parse(&text, tier));
    parsed.map_err(|(line, what)| SegmentsError { path: path.to_owned(), line, what })
}

fn text(bytes: Vec<u8>) -> Option<String> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.as_chunks().0.iter().map(|bytes| unit(*bytes)).collect();
        String::from_utf16(&units).ok()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes).ok(),
    }
}

fn parse(text: &str, tier: Option<&str>) -> Result<Segments, Fault> {
    let first =
        text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with(";;")).unwrap_or("");
    if text.trim_start().starts_with("File type = \"ooTextFile") {
        return text_grid(text, tier).map(Segments::OfOne);
    }
    if tier.is_some() {
        return Err((None, "--tier is for a TextGrid, which this is not".to_owned()));
    }
    if first.split_whitespace().count() >= 8
        && first.starts_with(|c: char| c.is_ascii_uppercase())
        && is_rttm(first)
    {
        return rttm(text).map(Segments::OfStems);
    }
    let mut fields = first.split('\t');
    if fields.next().is_some_and(|field| field.parse::<f64>().is_ok()) {
        return labels(text).map(Segments::OfOne);
    }
    audformat(text).map(Segments::OfFiles)
}

/// Start and end, with the fault where it lies.
fn cut(start: &str, end: &str, line: u64) -> Result<Cut, Fault> {
    let time = |text: &str| text.parse::<Time>().map_err(|error| (Some(line), error.to_string()));
    let missing = |text: &str| text.is_empty() || text == "NaT";
    Ok(Cut {
        start: if missing(start) { Time::ZERO } else { time(start)? },
        end: if missing(end) { None } else { Some(time(end)?) },
    })
}

fn audformat(text: &str) -> Result<Vec<(String, Cut)>, Fault> {
    let header = text.lines().next().unwrap_or("");
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|delimiter| header.bytes().filter(|b| b == delimiter).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .from_reader(text.as_bytes());
    let broken = |error: csv::Error| (error.position().map(csv::Position::line), error.to_string());
    let columns = reader.headers().map_err(broken)?.clone();
    let column = |name: &str| columns.iter().position(|column| column.trim() == name);
    let Some(file) = column("file") else {
        return Err((
            Some(1),
            "it is no table of segments: a CSV table needs the columns file, start, end; Audacity labels, TextGrid and \
             RTTM are read as well"
                .to_owned(),
        ));
    };
    let (start, end) = (column("start"), column("end"));
    let mut cuts = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, csv::Position::line);
        let field = |column: Option<usize>| column.and_then(|column| record.get(column)).unwrap_or("").trim();
        let Some(name) = record.get(file).filter(|name| !name.is_empty()) else {
            return Err((Some(line), "the column file is empty".to_owned()));
        };
        cuts.push((super::names::unguarded(name).to_owned(), cut(field(start), field(end), line)?));
    }
    Ok(cuts)
}

/// Whether a line is one of NIST's rich transcription time marks.
fn is_rttm(line: &str) -> bool {
    const KINDS: [&str; 14] = [
        "SPEAKER",
        "SEGMENT",
        "NOSCORE",
        "NO_RT_METADATA",
        "LEXEME",
        "NON-LEX",
        "NON-SPEECH",
        "FILLER",
        "EDIT",
        "IP",
        "SU",
        "CB",
        "A/P",
        "SPKR-INFO",
    ];
    line.split_whitespace().next().is_some_and(|kind| KINDS.contains(&kind))
}

fn rttm(text: &str) -> Result<Vec<(String, Cut)>, Fault> {
    let mut cuts = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let fields: Vec<&str> = line.split_whitespace().collect();
        if fields.first() != Some(&"SPEAKER") {
            continue;
        }
        let line = at as u64 + 1;
        let [_, file, _, start, length, ..] = fields[..] else {
            return Err((
                Some(line),
                "a SPEAKER line needs a file, a channel, a start and a duration".to_owned(),
            ));
        };
        let mut found = cut(start, length, line)?;
        found.end = found.end.map(|length| found.start.after(1, length));
        cuts.push((file.to_owned(), found));
    }
    Ok(cuts)
}

fn labels(text: &str) -> Result<Vec<Cut>, Fault> {
    let mut cuts = Vec::new();
    for (at, line) in text.lines().enumerate() {
        // A backslash begins a line of frequencies that belong to the label before.
        if line.trim().is_empty() || line.starts_with('\\') {
            continue;
        }
        let mut fields = line.split('\t');
        let (Some(start), Some(end)) = (fields.next(), fields.next()) else {
            return Err((
                Some(at as u64 + 1),
                "a label needs a start and an end, with a tab between".to_owned(),
            ));
        };
        let found = cut(start, end, at as u64 + 1)?;
        if found.end != Some(found.start) {
            cuts.push(found);
        }
    }
    Ok(cuts)
}

/// What counts in a Praat text file; all other words are for people.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Number(String),
    Text(String),
    Flag,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        match first {
            '"' => {
                let mut content = String::new();
                let mut after = &rest[1..];
                loop {
                    let Some((part, behind)) = after.split_once('"') else {
                        content.push_str(after);
                        after = "";
                        break;
                    };
                    content.push_str(part);
                    after = behind;
                    match after.strip_prefix('"') {
                        Some(behind) => {
                            content.push('"');
                            after = behind;
                        }
                        None => break,
                    }
                }
                tokens.push(Token::Text(content));
                rest = after;
            }
            '!' => rest = rest.split_once('\n').map_or("", |(_, rest)| rest),
            _ => {
                let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                let word = &rest[..end];
                if word.starts_with('<') && word.ends_with('>') {
                    tokens.push(Token::Flag);
                } else if word.starts_with(|c: char| c.is_ascii_digit() || c == '-')
                    && word.parse::<f64>().is_ok()
                {
                    tokens.push(Token::Number(word.to_owned()));
                }
                rest = &rest[end..];
            }
        }
        rest = rest.trim_start();
    }
    tokens
}

fn text_grid(text: &str, wanted: Option<&str>) -> Result<Vec<Cut>, Fault> {
    let broken = || (None, "the TextGrid is cut off, or none: save it again from Praat".to_owned());
    let mut tokens = tokens(text).into_iter().filter(|token| *token != Token::Flag);
    let mut next = || tokens.next().ok_or_else(broken);
    let word = |token: Token| match token {
        Token::Text(text) => Ok(text),
        _ => Err(broken()),
    };
    let number = |token: Token| match token {
        Token::Number(text) => Ok(text),
        _ => Err(broken()),
    };
    let count = |token: Token| number(token)?.parse::<usize>().map_err(|_| broken());
    let (_, kind) = (next()?, word(next()?)?);
    if kind != "TextGrid" {
        return Err((None, format!("it is a {kind} of Praat, no TextGrid")));
    }
    let (_, _) = (next()?, next()?);
    let mut known = Vec::new();
    for _ in 0..count(next()?)? {
        let (class, name) = (word(next()?)?, word(next()?)?);
        let (_, _) = (next()?, next()?);
        let entries = count(next()?)?;
        let mut cuts = Vec::new();
        for _ in 0..entries {
            let start = number(next()?)?;
            if class != "IntervalTier" {
                next()?;
                continue;
            }
            let (end, label) = (number(next()?)?, word(next()?)?);
            if !label.trim().is_empty() {
                let start = start.trim_start_matches('-');
                cuts.push(cut(start, &end, 0).map_err(|(_, what)| (None, what))?);
            }
        }
        if class == "IntervalTier" {
            if wanted.is_none_or(|wanted| wanted == name) {
                return Ok(cuts);
            }
            known.push(name);
        }
    }
    Err((
        None,
        match wanted {
            Some(wanted) => format!("it has no tier “{wanted}” of intervals; it has: {}", known.join(", ")),
            None => "it has no tier of intervals".to_owned(),
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cuts(pairs: &[(&str, &str)]) -> Vec<Cut> {
        pairs.iter().map(|(start, end)| cut(start, end, 0).unwrap()).collect()
    }

    fn named(rows: &[(&str, &str, &str)]) -> Vec<(String, Cut)> {
        rows.iter().map(|(name, start, end)| ((*name).to_owned(), cut(start, end, 0).unwrap())).collect()
    }

    #[test]
    fn audformat_tables_are_read() {
        let expected = Segments::OfFiles(named(&[("a, b.wav", "0", "1.5"), ("c.wav", "0.25", "")]));
        for table in [
            "file,start,end,emotion\n\"a, b.wav\",0 days,0 days 00:00:01.500000,anger\nc.wav,0 days 00:00:00.25,NaT,\n",
            "end;file;start\r\n1.5;a, b.wav;0\r\n;c.wav;0.25\r\n",
        ] {
            assert_eq!(parse(table, None), Ok(expected.clone()), "{table}");
        }
        assert_eq!(
            parse("file\na\n", None),
            Ok(Segments::OfFiles(named(&[("a", "", "")]))),
            "a filewise table"
        );
        assert!(parse("name,start\na,1\n", None).is_err_and(|(_, what)| what.contains("file, start, end")));
        assert!(parse("file,start,end\na.wav,x,1\n", None).is_err_and(|(line, _)| line == Some(2)));
    }

    #[test]
    fn audacity_labels_are_read() {
        let table = "0.5\t1.25\tone\n\\\t100\t200\n2.0\t2.0\ta point\n3\t4\t\n";
        assert_eq!(parse(table, None), Ok(Segments::OfOne(cuts(&[("0.5", "1.25"), ("3", "4")]))));
        assert!(parse("0.5 1.25 one\n", None).is_err());
        assert!(parse("0.5\t1.0\n1,5\t2\n", None).is_err_and(|(line, _)| line == Some(2)), "a decimal comma");
    }

    #[test]
    fn rttm_is_read() {
        let table = ";; comment\nSPKR-INFO call 1 <NA> <NA> <NA> unknown A <NA>\nSPEAKER call 1 1.5 2.25 <NA> <NA> A <NA> <NA>\n";
        assert_eq!(parse(table, None), Ok(Segments::OfStems(named(&[("call", "1.5", "3.75")]))));
    }

    const LONG: &str = r#"File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 2.3
tiers? <exists>
size = 3
item []:
    item [1]:
        class = "TextTier"
        name = "marks"
        xmin = 0
        xmax = 2.3
        points: size = 1
        points [1]:
            number = 1.1
            mark = "x"
    item [2]:
        class = "IntervalTier"
        name = "words"
        xmin = 0
        xmax = 2.3
        intervals: size = 3
        intervals [1]:
            xmin = 0
            xmax = 0.5
            text = "say ""1 2"""
        intervals [2]:
            xmin = 0.5
            xmax = 1
            text = " "
        intervals [3]:
            xmin = 1
            xmax = 2.3
            text = "b"
    item [3]:
        class = "IntervalTier"
        name = "turns"
        xmin = 0
        xmax = 2.3
        intervals: size = 1
        intervals [1]:
            xmin = 0
            xmax = 2.3
            text = "A"
"#;

    #[test]
    fn text_grids_are_read_in_both_forms() {
        let words = Segments::OfOne(cuts(&[("0", "0.5"), ("1", "2.3")]));
        assert_eq!(parse(LONG, None), Ok(words.clone()));
        assert_eq!(parse(LONG, Some("turns")), Ok(Segments::OfOne(cuts(&[("0", "2.3")]))));
        assert!(parse(LONG, Some("marks")).is_err_and(|(_, what)| what.contains("words, turns")));
        let short = "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n0\n2.3\n<exists>\n1\n\"IntervalTier\"\n\"words\"\n0\n2.3\n\
                     3\n0\n0.5\n\"a\"\n0.5\n1\n\"\"\n1\n2.3\n\"b\"\n";
        assert_eq!(parse(short, None), Ok(words));
        for end in (0..LONG.len()).step_by(7) {
            let _ = parse(&LONG[..end], Some("turns"));
        }
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(LONG.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(text(wide).as_deref(), Some(LONG));
    }
}
