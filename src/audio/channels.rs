//! Whether the channels of a file are so unlike that their mean says little: one rule for page and command line.

use serde::Serialize;

/// A channel below this mean square is silent (−90 dBFS).
const SILENT: f64 = 1e-9;
/// The mean of the channels has lost more than 10 dB beside them.
const CANCELLED: f64 = 0.1;
/// Levels are more than 20 dB apart.
const APART: f64 = 100.0;
/// Correlations below this are low. Channels that share nothing have 0, two microphones before one voice mostly more than 0.7.
const LOW_CORRELATION: f64 = 0.5;
/// Of more channels than this, the first are compared.
const MAX_COMPARED: usize = 8;

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
pub struct Comparison {
    frames: f64,
    sums: Vec<f64>,
    /// Sums of products, row by row.
    products: Vec<f64>,
}

impl Comparison {
    /// Listens to the next samples of all channels, as many of each.
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
    #[must_use]
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

    fn difference(channels: &[Vec<f32>]) -> Option<Difference> {
        let mut heard = Comparison::default();
        // In pieces, as files are decoded.
        let frames = channels[0].len();
        for piece in [0..frames / 3, frames / 3..frames] {
            heard.push(&channels.iter().map(|channel| channel[piece.clone()].to_vec()).collect::<Vec<_>>());
        }
        heard.difference()
    }

    #[test]
    fn channels_that_differ_are_found() {
        let noise = |seed: u32, gain: f32| -> Vec<f32> {
            let mut state = seed;
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                gain * (state as f32 / u32::MAX as f32 - 0.5)
            };
            (0..4_000).map(|_| next()).collect()
        };
        let (a, b) = (noise(1, 0.5), noise(2, 0.5));
        let scaled = |gain: f32| a.iter().map(|v| gain * v).collect::<Vec<f32>>();
        let offset = a.iter().map(|v| v + 0.3).collect::<Vec<f32>>();
        assert_eq!(difference(std::slice::from_ref(&a)), None);
        assert_eq!(difference(&[a.clone(), a.clone()]), None);
        assert_eq!(difference(&[a.clone(), scaled(0.2)]), None, "14 dB");
        assert_eq!(difference(&[a.clone(), offset]), None);
        assert_eq!(difference(&[a.clone(), scaled(0.09)]), Some(Difference::Levels), "21 dB");
        assert_eq!(difference(&[a.clone(), scaled(0.0)]), Some(Difference::Silent));
        assert_eq!(difference(&[scaled(0.0), scaled(0.0)]), None, "nothing is heard at all");
        assert_eq!(difference(&[a.clone(), scaled(-1.0)]), Some(Difference::Cancel));
        assert_eq!(difference(&[a.clone(), b.clone()]), Some(Difference::Unlike));
        assert_eq!(difference(&[a.clone(), a.clone(), b]), Some(Difference::Unlike));
        assert_eq!(difference(&vec![a; 20]), None);
    }
}
