//! Segments of sounds in tables: openSMILE's columns `start` and `end`.

use std::fmt;

use super::csv_file::{CsvFile, Record};
use crate::io::time;

/// Columns of a table of segments.
const COLUMNS: [&str; 2] = ["start", "end"];

/// A part of a sound, by its times. Two ways to write the same time (`0 days 00:00:01.500000`, `00:00:01.5`, `1.5` in
/// seconds) are equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Segment<'a> {
    start: Time<'a>,
    end: Time<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Time<'a> {
    Microseconds(u64),
    /// What is no time: `NaT` of a sound's end.
    Text(&'a str),
}

impl<'a> Segment<'a> {
    /// The segment of a row.
    pub fn of(record: Record<'a>) -> Segment<'a> {
        let [start, end] = COLUMNS.map(|column| Time::of(record.text(column)));
        Segment { start, end }
    }
}

/// Whether a table has segments.
pub fn has_segments(table: &CsvFile) -> bool {
    COLUMNS.iter().all(|column| table.column_index(column).is_some())
}

impl<'a> Time<'a> {
    fn of(text: &'a str) -> Time<'a> {
        text.parse::<time::Time>().map_or(Time::Text(text), |time| Time::Microseconds(time.microseconds()))
    }
}

impl fmt::Display for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}-{}", self.start, self.end)
    }
}

impl fmt::Display for Time<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Time::Microseconds(time) => write!(f, "{}", *time as f64 / 1e6),
            Time::Text(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_equal_however_they_are_written() {
        for text in ["0 days 00:00:01.500000", "00:00:01.5", "1.5", "1.50"] {
            assert_eq!(Time::of(text), Time::Microseconds(1_500_000), "{text}");
        }
        assert_eq!((Time::of("0 days"), Time::of("0")), (Time::Microseconds(0), Time::Microseconds(0)));
        assert_eq!(Time::of("1 days 00:01:00"), Time::Microseconds(86_460_000_000));
        for text in ["NaT", "", "-1", "nan"] {
            assert_eq!(Time::of(text), Time::Text(text));
        }
    }
}
