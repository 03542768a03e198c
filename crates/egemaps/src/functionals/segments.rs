//! Lengths of voiced and unvoiced segments (specification part 1, 10.6).

use crate::geometry::FUNCTIONALS_HOP_S;

/// Number of frames that a segment needs at least.
const MIN_RUN: usize = 3;
/// Number of frames outside that end it; a single one is bridged.
const MIN_GAP: usize = 2;
/// Quirk 23: later segments are ignored.
const MAX_SEGMENTS: usize = 1000;

/// Segments of a contour of `frames` frames. Each length is one frame short (quirk 22).
#[derive(Debug, Default)]
pub(super) struct SegmentLengths {
    frames: usize,
    lengths: Vec<usize>,
}

impl SegmentLengths {
    /// Finds the segments where `inside` holds.
    pub(super) fn of(contour: &[f32], inside: impl Fn(f32) -> bool) -> SegmentLengths {
        enum State {
            Idle,
            Candidate,
            Active,
        }
        let mut lengths = Vec::new();
        let mut state = State::Idle;
        let (mut start, mut run, mut gap) = (0, 0, 0);
        for (i, value) in contour.iter().enumerate() {
            match (&state, inside(*value)) {
                (State::Idle, true) => {
                    (state, start, run) = (State::Candidate, i, 1);
                }
                (State::Idle, false) => {}
                (State::Candidate, true) => {
                    gap = 0;
                    run += 1;
                    if run >= MIN_RUN {
                        (state, run) = (State::Active, 0);
                    }
                }
                (State::Active, true) => gap = 0,
                (State::Candidate, false) => {
                    gap += 1;
                    if gap >= MIN_GAP {
                        (state, run, gap) = (State::Idle, 0, 0);
                    }
                }
                (State::Active, false) => {
                    gap += 1;
                    if gap >= MIN_GAP {
                        lengths.push(i - gap - start);
                        (state, run, gap) = (State::Idle, 0, 0);
                    }
                }
            }
        }
        if matches!(state, State::Active) {
            lengths.push(contour.len() - (gap + 1) - start);
        }
        lengths.truncate(MAX_SEGMENTS);
        SegmentLengths { frames: contour.len(), lengths }
    }

    /// Segments per second.
    pub(super) fn per_second(&self) -> f32 {
        if self.lengths.is_empty() {
            0.0
        } else {
            self.lengths.len() as f32 / (FUNCTIONALS_HOP_S * self.frames as f32)
        }
    }

    /// Mean and standard deviation of the lengths, s.
    pub(super) fn mean_and_sd_s(&self) -> [f32; 2] {
        let count = self.lengths.len();
        let sum = self.lengths.iter().fold(0.0f32, |s, l| s + *l as f32);
        if count <= 1 {
            return [sum * FUNCTIONALS_HOP_S, 0.0];
        }
        let mean = sum / count as f32;
        let squares = self.lengths.iter().fold(0.0f32, |s, l| s + (*l as f32 - mean) * (*l as f32 - mean));
        [mean * FUNCTIONALS_HOP_S, (squares / count as f32).sqrt() * FUNCTIONALS_HOP_S]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segment_lengths_meet_the_example_of_the_specification() {
        let v = [0, 0, 1, 1, 0, 1, 1, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 1, 1, 0].map(|x| x as f32);
        assert_eq!(SegmentLengths::of(&v, |v| v != 0.0).lengths, [7, 3]);
        assert_eq!(SegmentLengths::of(&v, |v| v == 0.0).lengths, [3, 2]);
    }

    #[test]
    fn segment_lengths_need_three_frames() {
        assert!(SegmentLengths::of(&[1.0, 1.0], |v| v != 0.0).lengths.is_empty());
        let one = SegmentLengths::of(&[1.0; 11], |v| v != 0.0);
        assert_eq!(one.mean_and_sd_s(), [10.0 * FUNCTIONALS_HOP_S, 0.0]);
        assert_eq!(one.per_second(), 1.0 / (FUNCTIONALS_HOP_S * 11.0));
    }
}
