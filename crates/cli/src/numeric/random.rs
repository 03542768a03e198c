//! Random numbers with the same bits on every machine.

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg64Mcg;

/// A stream of random numbers: PCG XSL 128/64 (O'Neill 2014) under fixed, `libm`-only transformations.
#[derive(Debug, Clone)]
pub struct Random {
    generator: Pcg64Mcg,
    /// The second of a pair of normal numbers, if it has not been used yet.
    spare: Option<f64>,
}

impl Random {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Random {
        Random { generator: Pcg64Mcg::seed_from_u64(seed), spare: None }
    }

    /// Uniform in 0 ≤ x < 1, 53 bits.
    pub fn uniform(&mut self) -> f64 {
        (self.generator.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Uniform in `low` ≤ x < `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// Uniform in 0 ≤ x < `count`; 0 for `count` = 0.
    pub fn below(&mut self, count: usize) -> usize {
        // High half of a 64 × 64 bit product: unbiased to 1 in 2⁶⁴/count.
        ((u128::from(self.generator.next_u64()) * count as u128) >> 64) as usize
    }

    /// Normal with mean 0 and deviation 1 (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        if let Some(value) = self.spare.take() {
            return value;
        }
        // 1 − u is never 0, so the logarithm is finite.
        let radius = libm::sqrt(-2.0 * libm::log(1.0 - self.uniform()));
        let angle = 2.0 * std::f64::consts::PI * self.uniform();
        self.spare = Some(radius * libm::sin(angle));
        radius * libm::cos(angle)
    }

    /// Puts items in random order (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_gives_the_same_bits_for_a_seed_on_every_machine() {
        let mut random = Random::new(4);
        let bits: Vec<u64> = (0..3).map(|_| random.normal().to_bits()).collect();
        let uniform = random.uniform().to_bits();
        let mut again = Random::new(4);
        assert_eq!(bits, (0..3).map(|_| again.normal().to_bits()).collect::<Vec<_>>());
        // Written down once; a machine that gives others would train other models.
        assert_eq!((bits[0], uniform), (4_591_964_611_459_678_644, 4_603_727_760_949_675_190));
        assert_ne!(Random::new(5).normal().to_bits(), bits[0]);
    }

    #[test]
    fn random_has_the_moments_of_its_distributions() {
        let mut random = Random::new(1);
        let n = 100_000;
        let normal: Vec<f64> = (0..n).map(|_| random.normal()).collect();
        let mean = normal.iter().sum::<f64>() / n as f64;
        let fourth = normal.iter().map(|v| v * v * v * v).sum::<f64>() / n as f64;
        let variance = normal.iter().map(|v| v * v).sum::<f64>() / n as f64;
        assert!(mean.abs() < 0.02 && (variance - 1.0).abs() < 0.02 && (fourth - 3.0).abs() < 0.1);
        let mut counts = [0; 7];
        for _ in 0..70_000 {
            counts[random.below(7)] += 1;
        }
        assert!(counts.iter().all(|c| (9_500..10_500).contains(c)), "{counts:?}");
        assert_eq!(random.below(0), 0);
    }

    #[test]
    fn shuffle_keeps_every_item() {
        let mut items: Vec<usize> = (0..50).collect();
        Random::new(3).shuffle(&mut items);
        assert_ne!(items, (0..50).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..50).collect::<Vec<_>>());
    }
}
