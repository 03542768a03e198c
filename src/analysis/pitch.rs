//! The span of a voice's pitch.

use serde::Serialize;

/// Pitch of the voiced frames: tenth percentile, median, ninetieth percentile, Hz.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PitchSpan {
    /// A tenth of the voiced frames lie below.
    pub low_hz: f32,
    /// The middle.
    pub median_hz: f32,
    /// A tenth of the voiced frames lie above.
    pub high_hz: f32,
}

impl PitchSpan {
    /// Span of F0 values, one per frame, Hz, 0 = unvoiced; all 0 if nothing is voiced.
    pub fn of(f0_hz: &[f32]) -> PitchSpan {
        // As doubles, which everything in this crate sorts: sorting another type would be a second time in the page's module.
        let mut voiced: Vec<f64> = f0_hz.iter().filter(|f| **f > 0.0).map(|f| f64::from(*f)).collect();
        voiced.sort_by(f64::total_cmp);
        let at = |share: f64| {
            let place = share * voiced.len().saturating_sub(1) as f64;
            voiced.get(place.round() as usize).map_or(0.0, |hz| *hz as f32)
        };
        PitchSpan { low_hz: at(0.1), median_hz: at(0.5), high_hz: at(0.9) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pitch_span_ignores_unvoiced_frames() {
        let f0: Vec<f32> = (0..=100).flat_map(|k| [0.0, 100.0 + k as f32]).collect();
        let span = PitchSpan::of(&f0);
        assert_eq!((span.low_hz, span.median_hz, span.high_hz), (110.0, 150.0, 190.0));
        assert_eq!(PitchSpan::of(&[0.0]).median_hz, 0.0);
    }
}
