//! Which channel of a file is taken. Whether its channels are so unlike that their mean says little: [`undertone::audio::channels`].

use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;

pub(super) use undertone::audio::channels::Comparison;
pub use undertone::audio::channels::Difference;

/// Which channel of a file is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// The mean of all.
    Mean,
    /// One; the first is 1.
    Number(NonZeroU16),
    /// Each by itself.
    Each,
}

impl FromStr for Channel {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Channel, Self::Err> {
        let number = |text: &str| text.parse().map(Channel::Number);
        match text {
            "mean" => Ok(Channel::Mean),
            "each" => Ok(Channel::Each),
            "left" => Ok(Channel::Number(NonZeroU16::MIN)),
            "right" => number("2").map_err(|_| "no number"),
            _ => number(text).map_err(|_| "use mean, left, right, each, or a number: 1 is the first channel"),
        }
    }
}

/// As on the command line, with a number for left and right.
impl fmt::Display for Channel {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Channel::Mean => out.write_str("mean"),
            Channel::Each => out.write_str("each"),
            Channel::Number(number) => number.fmt(out),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_named_on_the_command_line() {
        let parse = |text: &str| text.parse::<Channel>();
        assert_eq!(parse("left"), parse("1"));
        assert_eq!(parse("right"), parse("2"));
        assert_eq!(parse("right").map(|channel| channel.to_string()), Ok("2".to_owned()));
        assert!(parse("0").is_err() && parse("both").is_err());
    }
}
