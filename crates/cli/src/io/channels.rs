//! Which channel of a file is taken. Whether its channels are so unlike that their mean says little: [`undertone::audio::channels`].

use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;

pub use undertone::audio::channels::Difference;
pub(super) use undertone::audio::channels::Comparison;

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

/// Why the mean of a file's channels says little.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// A channel is silent, another is not.
    Silent,
    /// The channels cancel one another.
    Cancel,
    /// Their levels are more than 20 dB apart.
    Levels,
    /// They have little in common: two speakers, perhaps.
    Unlike,
}

impl Difference {
    /// Its name in tables and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Difference::Silent => "silent",
            Difference::Cancel => "cancel",
            Difference::Levels => "levels",
            Difference::Unlike => "unlike",
        }
    }

    /// What is the matter.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Difference::Silent => "one of its channels is silent",
            Difference::Cancel => "its channels cancel each other",
            Difference::Levels => "its channels are more than 20 dB apart",
            Difference::Unlike => "its channels have little in common, as of two speakers",
        }
    }
}

/// What has been heard of a file's channels.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    frames: f64,
    sums: Vec<f64>,
    /// Sums of products, row by row.
    products: Vec<f64>,
}

impl Comparison {
    /// Listens to the next samples of all channels.
    pub fn push(&mut self, channels: &[Vec<f32>]) {
        let channels = &channels[..channels.len().min(MAX_COMPARED)];
        let count = channels.len();
        self.sums.resize(count, 0.0);
        self.products.resize(count * count, 0.0);
        self.frames += channels.first().map_or(0, Vec::len) as f64;
        for (i, one) in channels.iter().enumerate() {
            self.sums[i] += one.iter().map(|v| f64::from(*v)).sum::<f64>();
            for (j, other) in channels[..=i].iter().enumerate() {
                let product: f64 = one.iter().zip(other).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
                self.products[i * count + j] += product;
            }
        }
    }

    /// What makes the channels unlike, the gravest first.
    pub fn difference(&self) -> Option<Difference> {
        let count = self.sums.len();
        if count < 2 || self.frames == 0.0 {
            return None;
        }
        // A constant offset is no sound.
        let mean = |i: usize| self.sums[i] / self.frames;
        let covariance = |i: usize, j: usize| {
            let (i, j) = (i.max(j), i.min(j));
            self.products[i * count + j] / self.frames - mean(i) * mean(j)
        };
        let powers: Vec<f64> = (0..count).map(|i| covariance(i, i)).collect();
        let loudest = powers.iter().copied().fold(0.0, f64::max);
        let softest = powers.iter().copied().fold(f64::INFINITY, f64::min);
        if loudest < SILENT {
            return None;
        }
        if softest < SILENT {
            return Some(Difference::Silent);
        }
        let pairs = || (0..count).flat_map(|i| (0..count).map(move |j| (i, j)));
        let squared = (count * count) as f64;
        let of_mean = pairs().map(|(i, j)| covariance(i, j)).sum::<f64>() / squared;
        if of_mean < CANCELLED * powers.iter().sum::<f64>() / count as f64 {
            return Some(Difference::Cancel);
        }
        if loudest > APART * softest {
            return Some(Difference::Levels);
        }
        let low =
            |(i, j): (usize, usize)| covariance(i, j) < LOW_CORRELATION * (powers[i] * powers[j]).sqrt();
        pairs().any(low).then_some(Difference::Unlike)
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
