//! Random numbers and statistics: what every layer may use.

pub mod random;
pub mod statistics;
