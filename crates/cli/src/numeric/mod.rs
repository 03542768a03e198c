//! Random numbers, statistics, and numbers as text: what every layer may use.

pub mod decimal;
pub mod random;
pub mod statistics;
