//! A short span of the sound picture through a window of any length: the longer the window, the finer the resolution of
//! frequency and the coarser that of time.

use crate::chart::sound_picture::{Tones, level, tone};
use egemaps::Slicer;
use egemaps::geometry::Window;

/// Rows of the close-up.
pub const ROWS: usize = 160;
/// Where it ends, Hz.
const TOP_HZ: f64 = 2_500.0;
/// Lengths of windows that make sense, s.
const WINDOW_S: [f64; 2] = [0.002, 0.25];
/// Most columns at once: more than a screen has.
const MOST_COLUMNS: usize = 2_000;

/// Tones of ink through a Hamming window of `window_s`: slices whose middles lie evenly between the ends of `span_s`.
pub fn tones(samples: &[f32], rate_hz: u32, window_s: f64, span_s: [f64; 2], columns: usize) -> Tones {
    let mut slicer = Slicer::new(rate_hz, window_s.clamp(WINDOW_S[0], WINDOW_S[1]), Window::Hamming);
    let (rate_hz, [from, to], columns) = (f64::from(rate_hz), span_s, columns.min(MOST_COLUMNS));
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
    let tones = levels.into_iter().map(|level| tone(level, loudest)).collect();
    Tones { columns, rows: ROWS, tones }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pulse every 10 ms: a short window sees each, a long one sees their tone of 100 Hz.
    #[test]
    fn close_up_tells_tones_apart_by_a_long_window_and_moments_by_a_short_one() {
        let pulses: Vec<f32> = (0..16_000).map(|n| if n % 160 == 0 { 0.9 } else { 0.0 }).collect();
        let picture = |seconds: f64| tones(&pulses, 16_000, seconds, [0.4, 0.5], 50).tones;
        let at = |tones: &[u8], column: usize, row: usize| tones[column * ROWS + row];
        // Rows are 15.625 Hz: 1,000 Hz is row 64, and 1,050 Hz lies between two tones.
        let long = picture(0.08);
        assert!((0..50).all(|column| at(&long, column, 64) >= 8 && at(&long, column, 67) <= 5));
        let short = picture(0.004);
        let moments: Vec<u8> = (0..50).map(|column| at(&short, column, 64)).collect();
        assert!(moments.contains(&9) && moments.contains(&0), "{moments:?}");
    }

    #[test]
    fn close_up_keeps_windows_and_columns_within_what_makes_sense() {
        let pulses: Vec<f32> = (0..16_000).map(|n| if n % 160 == 0 { 0.9 } else { 0.0 }).collect();
        let picture = |seconds| tones(&pulses, 16_000, seconds, [0.4, 0.5], 20);
        assert_eq!(picture(1e-9), picture(0.002));
        assert_eq!(picture(99.0), picture(0.25));
        let wide = tones(&[], 16_000, 0.002, [0.0, 1.0], usize::MAX);
        assert_eq!((wide.columns, wide.rows, wide.tones.len()), (2_000, ROWS, 2_000 * ROWS));
    }
}
