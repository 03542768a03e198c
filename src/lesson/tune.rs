//! What the path through the pitch candidates is good for.

/// Neighbouring frames this many octaves apart, or more, leap: nobody's voice does that within a hundredth of a second.
const LEAP_OCTAVES: f64 = 0.75;

/// How often a line of pitch leaps by about an octave or more from one frame to the next. 0 in it means unvoiced.
pub fn leaps(f0_hz: &[f32]) -> usize {
    let leaps = |pair: &&[f32]| {
        let [before, now] = [pair[0], pair[1]].map(f64::from);
        before > 0.0 && now > 0.0 && libm::log2(now / before).abs() >= LEAP_OCTAVES
    };
    f0_hz.windows(2).filter(leaps).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_leaps_of_neighbours_that_sound_count() {
        assert_eq!(leaps(&[100.0, 200.0, 100.0, 50.0]), 3);
        assert_eq!(leaps(&[100.0, 0.0, 200.0, 0.0]), 0, "a gap is no leap");
        assert_eq!(leaps(&[100.0, 150.0, 225.0]), 0, "a fifth is none");
        assert_eq!(leaps(&[]), 0);
    }

    #[test]
    fn a_steady_voice_does_not_leap_along_its_path() {
        let lesson = crate::lesson::testing::lesson(1.0);
        assert_eq!(leaps(&lesson.features.f0_hz), 0);
    }
}
