//! A short stretch of the sound picture through a window of any length: the longer it is, the sharper the tones and the
//! more blurred the time.

use crate::chart::sound_picture::{level, tone};
use egemaps::Slicer;

/// Rows of the close-up.
pub const ROWS: usize = 160;
/// Where it ends, Hz.
pub const TOP_HZ: f64 = 2_500.0;

/// Tones of ink, column by column, row 0 = 0 Hz: slices whose middles lie evenly between the ends of `span_s`.
pub fn tones(
    samples: &[f32],
    rate_hz: f64,
    slicer: &mut Slicer,
    [from, to]: [f64; 2],
    columns: usize,
) -> Vec<u8> {
    let half = slicer.length() as f64 / 2.0;
    let mut levels = Vec::with_capacity(columns * ROWS);
    for column in 0..columns {
        let middle = from + (to - from) * (column as f64 + 0.5) / columns as f64;
        let magnitudes = slicer.slice(samples, (middle * rate_hz - half).round() as i64).magnitudes;
        for row in 0..ROWS {
            let bin = (row as f64 * TOP_HZ / ROWS as f64 / slicer.bin_hz()).round() as usize;
            let magnitude = magnitudes.get(bin).copied().unwrap_or(0.0);
            levels.push(level(magnitude * magnitude));
        }
    }
    let loudest = levels.iter().copied().max().unwrap_or(0);
    levels.into_iter().map(|level| tone(level, loudest)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use egemaps::geometry::Window;

    /// A pulse every 10 ms: a short window sees each, a long one sees their tone of 100 Hz.
    #[test]
    fn a_long_window_tells_tones_apart_and_a_short_one_moments() {
        let pulses: Vec<f32> = (0..16_000).map(|n| if n % 160 == 0 { 0.9 } else { 0.0 }).collect();
        let picture = |seconds: f64| {
            let mut slicer = Slicer::new(16_000, seconds, Window::Hamming);
            tones(&pulses, 16_000.0, &mut slicer, [0.4, 0.5], 50)
        };
        let at = |tones: &[u8], column: usize, row: usize| tones[column * ROWS + row];
        // Rows are 15.625 Hz: 1,000 Hz is row 64, and 1,050 Hz lies between two tones.
        let long = picture(0.08);
        assert!((0..50).all(|column| at(&long, column, 64) >= 8 && at(&long, column, 67) <= 5));
        let short = picture(0.004);
        let moments: Vec<u8> = (0..50).map(|column| at(&short, column, 64)).collect();
        assert!(moments.contains(&9) && moments.contains(&0), "{moments:?}");
    }
}
