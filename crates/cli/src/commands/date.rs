//! The date that a weights file carries.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Why there is no date for a weights file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DateError {
    /// Not a date in the form YYYY-MM-DD.
    #[error("“{text}” is not a date: write YYYY-MM-DD, such as 2026-02-28")]
    Form {
        /// What was given.
        text: String,
    },
    /// `SOURCE_DATE_EPOCH` is set, but is not a number of seconds that has a date.
    #[error(
        "SOURCE_DATE_EPOCH is “{text}”: it must be whole seconds since 1970, no later than the year 9999"
    )]
    Epoch {
        /// What was given.
        text: String,
    },
}

/// A date in the form `YYYY-MM-DD`; no other form.
pub(super) fn parse_date(text: &str) -> Result<Date, DateError> {
    let date: Option<Date> = text.parse().ok();
    // The parser also accepts times, signs and dates without dashes.
    date.filter(|date| date.to_string() == text && date.year() >= 0)
        .ok_or_else(|| DateError::Form { text: text.to_owned() })
}

/// Today in UTC, or the date of `SOURCE_DATE_EPOCH` where that is set (reproducible-builds.org).
pub(super) fn today() -> Result<Date, DateError> {
    std::env::var_os("SOURCE_DATE_EPOCH")
        .map_or_else(|| Ok(utc_date(Timestamp::now())), |text| date_of_epoch(&text.to_string_lossy()))
}

/// Seconds after 1970 → their date in UTC.
fn date_of_epoch(text: &str) -> Result<Date, DateError> {
    let seconds = text.parse::<i64>().ok().filter(|&seconds| seconds >= 0);
    seconds
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .map(utc_date)
        .ok_or_else(|| DateError::Epoch { text: text.to_owned() })
}

fn utc_date(time: Timestamp) -> Date {
    time.to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_of_epoch_converts_seconds_and_refuses_too_many() {
        for (seconds, day) in [
            ("0", "1970-01-01"),
            ("86399", "1970-01-01"),
            ("5097600", "1970-03-01"),
            ("951782400", "2000-02-29"),
            ("1735603200", "2024-12-31"),
        ] {
            assert_eq!(date_of_epoch(seconds).unwrap().to_string(), day);
        }
        for text in ["", "-1", "1e3", "18446744073709551615", "9223372036854775807", "99999999999999"] {
            assert!(matches!(date_of_epoch(text), Err(DateError::Epoch { .. })), "{text}");
        }
    }

    #[test]
    fn parse_date_takes_dates_of_the_calendar_only() {
        assert_eq!(parse_date("2024-02-29").unwrap().to_string(), "2024-02-29");
        for text in
            ["x", "", "2023-02-29", "2024-13-01", "2024-2-9", "20240229", "2024-02-29T10:00", "-002024-02-29"]
        {
            assert!(matches!(parse_date(text), Err(DateError::Form { .. })), "{text}");
        }
    }
}
