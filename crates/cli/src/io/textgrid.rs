//! Writes tiers of intervals as a Praat TextGrid, in its long text form (Praat's manual, “TextGrid file formats”).

use std::fmt::Write as _;

/// An interval with a label.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// Where it starts, in seconds.
    pub start_s: f64,
    /// Where it ends, in seconds.
    pub end_s: f64,
    /// What stands in it.
    pub label: String,
}

/// The file of a sound that lasts `duration_s`. Each tier has a name and intervals in order that do not overlap; what lies between
/// them is left without a label.
#[must_use]
pub fn textgrid(duration_s: f64, tiers: &[(&str, Vec<Interval>)]) -> String {
    let mut text = format!(
        "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = {duration_s}\n\
         tiers? <exists>\nsize = {}\nitem []:\n",
        tiers.len()
    );
    for (number, (name, intervals)) in (1..).zip(tiers) {
        let filled = filled(duration_s, intervals);
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "    item [{number}]:\n        class = \"IntervalTier\"\n        name = {}\n        xmin = 0\n        \
             xmax = {duration_s}\n        intervals: size = {}\n",
            quoted(name),
            filled.len()
        );
        for (number, (start_s, end_s, label)) in (1..).zip(filled) {
            let _ = write!(
                text,
                "        intervals [{number}]:\n            xmin = {start_s}\n            xmax = {end_s}\n            \
                 text = {}\n",
                quoted(label)
            );
        }
    }
    text
}

/// The intervals with empty ones between them.
fn filled(duration_s: f64, intervals: &[Interval]) -> Vec<(f64, f64, &str)> {
    let (mut all, mut at) = (Vec::new(), 0.0);
    for Interval { start_s, end_s, label } in intervals {
        if *start_s > at {
            all.push((at, *start_s, ""));
        }
        all.push((*start_s, *end_s, label.as_str()));
        at = *end_s;
    }
    if duration_s > at {
        all.push((at, duration_s, ""));
    }
    all
}

/// A quote within a text is doubled.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn textgrid_fills_each_tier_and_doubles_quotes() {
        let label = |start_s, end_s, label: &str| Interval { start_s, end_s, label: label.to_owned() };
        let text =
            textgrid(2.5, &[("a", vec![label(0.5, 1.0, "3 \"x\""), label(1.0, 2.5, "4")]), ("b", vec![])]);
        let values = |key: &str| -> Vec<&str> {
            text.lines().filter_map(|line| line.trim().strip_prefix(key)).collect()
        };
        assert_eq!(values("text = "), ["\"\"", "\"3 \"\"x\"\"\"", "\"4\"", "\"\""]);
        assert_eq!(values("xmax = "), ["2.5", "2.5", "0.5", "1", "2.5", "2.5", "2.5"]);
        assert_eq!(values("intervals: size = "), ["3", "1"]);
        // Praat reads no exponents.
        assert!(textgrid(6.25e-5, &[]).contains("xmax = 0.0000625\n"));
    }
}
