//! The pitch of an utterance as the extractor finds it: candidates in every frame, and the path through them.

use super::{Lesson, frame_middle_s};
use egemaps::catalogue::Lld;

/// Neighbouring frames this many octaves apart, or more, count as a leap: no voice changes as much within 10 ms.
const LEAP_OCTAVES: f64 = 0.75;

/// One frame of the pitch analysis.
#[derive(Debug, Clone, PartialEq)]
pub struct PitchFrame {
    /// Its middle, s into the speech.
    pub middle_s: f64,
    /// Pitch by the line that was asked for, Hz; 0 = unvoiced.
    pub f0_hz: f64,
    /// All its candidates.
    pub candidates: Vec<PitchCandidate>,
}

/// A frequency that a frame's pitch could have, as the lesson shows it; the extractor's own candidates, with their scores
/// and empty slots, are [`egemaps::PitchCandidate`]s.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PitchCandidate {
    /// The frequency, Hz.
    pub f0_hz: f64,
    /// Whether it is strong enough for a voiced frame.
    pub is_voiced: bool,
}

impl Lesson {
    /// The pitch of every frame, Hz, 0 = unvoiced: by the path that the extractor chose, and by the best candidate of
    /// each frame alone.
    pub fn pitch_lines(&self) -> [&[f32]; 2] {
        [&self.features.f0_hz, &self.trace.best_guess_hz]
    }

    /// How often each of [`Lesson::pitch_lines`] leaps by about an octave or more from one frame to the next.
    pub fn octave_leaps(&self) -> [usize; 2] {
        self.pitch_lines().map(octave_leaps)
    }

    /// The value of each of [`Lesson::pitch_lines`] in the frame around a moment, s into the speech.
    pub fn pitch_at(&self, at_s: f64) -> [f32; 2] {
        let frame = self.frame_at(Lld::F0, at_s);
        self.pitch_lines().map(|line| line.get(frame).copied().unwrap_or(0.0))
    }

    /// The frames whose middles lie within a span, s into the speech, with the extractor's path (`path`) or the best
    /// candidates alone.
    pub fn pitch_frames(&self, span_s: [f64; 2], path: bool) -> Vec<PitchFrame> {
        let [chosen, best] = self.pitch_lines();
        let line = if path { chosen } else { best };
        let frames = line.iter().zip(&self.trace.candidates).enumerate();
        frames
            .map(|(frame, found)| (frame as f64 * self.features.hop_s + frame_middle_s(Lld::F0), found))
            .filter(|(middle_s, _)| (span_s[0]..=span_s[1]).contains(middle_s))
            .map(|(middle_s, (f0_hz, found))| {
                let candidates = found.iter().filter(|candidate| candidate.f0_hz > 0.0);
                let candidates = candidates.map(|candidate| PitchCandidate {
                    f0_hz: f64::from(candidate.f0_hz),
                    is_voiced: candidate.is_voiced(),
                });
                PitchFrame { middle_s, f0_hz: f64::from(*f0_hz), candidates: candidates.collect() }
            })
            .collect()
    }
}

/// How often a line of pitch leaps by about an octave or more from one frame to the next. 0 in it means unvoiced.
fn octave_leaps(f0_hz: &[f32]) -> usize {
    let leaps = |pair: &&[f32]| {
        let [before, now] = [pair[0], pair[1]].map(f64::from);
        before > 0.0 && now > 0.0 && libm::log2(now / before).abs() >= LEAP_OCTAVES
    };
    f0_hz.windows(2).filter(leaps).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::testing::lesson;

    #[test]
    fn octave_leaps_count_only_between_voiced_neighbours() {
        assert_eq!(octave_leaps(&[100.0, 200.0, 100.0, 50.0]), 3);
        assert_eq!(octave_leaps(&[100.0, 0.0, 200.0, 0.0]), 0, "a gap is no leap");
        assert_eq!(octave_leaps(&[100.0, 150.0, 225.0]), 0, "a fifth is none");
        assert_eq!(octave_leaps(&[]), 0);
    }

    #[test]
    fn octave_leaps_do_not_occur_on_the_path_of_a_steady_voice() {
        assert_eq!(lesson(1.0).octave_leaps()[0], 0);
    }

    #[test]
    fn pitch_frames_are_those_of_the_span_with_the_line_that_was_asked_for() {
        let lesson = lesson(1.0);
        let all = lesson.pitch_frames([0.0, 99.0], true);
        assert_eq!(all.len(), lesson.features.f0_hz.len());
        // A frame of 60 ms has its middle after 30.
        assert!((all[0].middle_s - 0.03).abs() < 1e-12 && (all[7].middle_s - 0.1).abs() < 1e-12);
        for (path, line) in [(true, &lesson.features.f0_hz), (false, &lesson.trace.best_guess_hz)] {
            let part = lesson.pitch_frames([0.2, 0.305], path);
            assert_eq!(part.len(), 11, "middles at 0.20, 0.21 … 0.30");
            let shown: Vec<f32> = part.iter().map(|frame| frame.f0_hz as f32).collect();
            assert_eq!(shown, line[17..28]);
        }
        let candidates = all.iter().flat_map(|frame| &frame.candidates);
        assert!(candidates.clone().all(|candidate| candidate.f0_hz > 0.0));
        assert!(candidates.clone().any(|candidate| candidate.is_voiced));
        let kept: usize = lesson.trace.candidates.iter().flatten().filter(|c| c.f0_hz > 0.0).count();
        assert_eq!(candidates.count(), kept);
    }

    #[test]
    fn pitch_at_a_moment_is_that_of_the_nearest_frame() {
        let lesson = lesson(1.0);
        let [path, best] = lesson.pitch_lines();
        assert_eq!(lesson.pitch_at(0.513), [path[48], best[48]]);
        assert_eq!(lesson.pitch_at(-1.0), [path[0], best[0]]);
    }
}
