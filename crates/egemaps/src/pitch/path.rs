//! The smoothest path through the pitch candidates: a Viterbi search with delay (specification part 2, section 5).

use super::candidates::{Candidate, SLOTS, VOICING_THRESHOLD};

/// Six candidates and "unvoiced".
const STATES: usize = SLOTS + 1;
const UNVOICED: usize = SLOTS;
/// Frames that may wait for a decision.
pub(super) const BUFFER: usize = 40;

const LOCAL_WEIGHT: f64 = 2.0;
/// Cost of a candidate below the voicing threshold, and of "unvoiced" beside one above it.
const THRESHOLD_BIAS: f64 = 4.0;
const VOICING_CHANGE: f64 = 10.0;
const LOG_RATIO: f64 = 10.0;
/// Quirk 7: the configured 5 is ignored, openSMILE copies the weight above.
const LOG_RATIO_CHANGE: f64 = 10.0;
/// Quirk 7: the configured 0 is unreachable.
const UNVOICED_STAYS: f64 = 1.0;
const EMPTY_SLOT: f64 = 999.0;

/// Cost of a frequency by itself.
fn range_cost(f_hz: f64) -> f64 {
    if f_hz <= 0.0 {
        2.0
    } else if f_hz < 100.0 {
        -(1.0 / 100.0) * f_hz + 1.0
    } else if f_hz < 350.0 {
        0.0
    } else if f_hz < 600.0 {
        (f_hz - 350.0) / 250.0
    } else {
        1.2
    }
}

/// Cost of a state and the path to it; frame t stands at t mod [`BUFFER`].
#[derive(Debug, Clone, Copy)]
struct Path {
    cost: f64,
    states: [u8; BUFFER],
}

/// The search, frame by frame; it returns frequencies as soon as they are decided.
#[derive(Debug)]
pub(crate) struct PathTracker {
    paths: [Path; STATES],
    frequencies: [[f32; SLOTS]; BUFFER],
    frames: usize,
    decided: usize,
    /// Quirk 7: one log-ratio for the whole file, updated by every evaluation in evaluation order.
    last_log_ratio: f64,
}

impl PathTracker {
    pub(crate) fn new() -> PathTracker {
        PathTracker {
            paths: [Path { cost: 0.0, states: [0; BUFFER] }; STATES],
            frequencies: [[0.0; SLOTS]; BUFFER],
            frames: 0,
            decided: 0,
            last_log_ratio: 1.0,
        }
    }

    /// Frames decided so far.
    pub(crate) fn decided(&self) -> usize {
        self.decided
    }

    /// Adds a frame and appends the frequencies that are now decided, Hz (0 = unvoiced).
    pub(crate) fn push(&mut self, candidates: &[Candidate; SLOTS], f0_hz: &mut Vec<f32>) {
        let local = Self::local_costs(candidates);
        let here = self.frames % BUFFER;
        let previous_f0 = self.frequencies[(self.frames + BUFFER - 1) % BUFFER];
        let f0 = candidates.map(|c| c.f0_hz);
        let old = self.paths;
        for (state, path) in self.paths.iter_mut().enumerate() {
            if self.frames == 0 {
                path.cost = local[state];
            } else {
                let (mut best, mut cost) = (0, f64::INFINITY);
                for (previous, old) in old.iter().enumerate() {
                    let step = Self::transition(&mut self.last_log_ratio, &previous_f0, previous, &f0, state);
                    let total = step + old.cost;
                    if total < cost {
                        (best, cost) = (previous, total);
                    }
                }
                *path = Path { cost: cost + local[state], ..old[best] };
            }
            path.states[here] = state as u8;
        }
        self.frequencies[here] = f0;
        self.frames += 1;
        if self.frames - self.decided >= BUFFER {
            // Quirk 9: a full buffer forces one decision, and inconsistent paths live on.
            let state = self.paths[self.cheapest()].states[self.decided % BUFFER];
            self.decide(state, f0_hz);
        } else {
            while self.decided < self.frames {
                let at = self.decided % BUFFER;
                let state = self.paths[0].states[at];
                if self.paths.iter().any(|p| p.states[at] != state) {
                    break;
                }
                self.decide(state, f0_hz);
            }
        }
    }

    /// Ends the input: the cheapest path decides what is left.
    pub(crate) fn finish(&mut self, f0_hz: &mut Vec<f32>) {
        let cheapest = self.cheapest();
        while self.decided < self.frames {
            let state = self.paths[cheapest].states[self.decided % BUFFER];
            self.decide(state, f0_hz);
        }
    }

    /// Frequencies of the undecided frames along the cheapest path as it stands now, Hz: for live displays only.
    pub(crate) fn provisional(&self, f0_hz: &mut Vec<f32>) {
        let path = &self.paths[self.cheapest()];
        f0_hz.extend(
            (self.decided..self.frames).map(|frame| self.frequency(frame, path.states[frame % BUFFER])),
        );
    }

    fn frequency(&self, frame: usize, state: u8) -> f32 {
        self.frequencies[frame % BUFFER].get(usize::from(state)).copied().unwrap_or(0.0)
    }

    fn decide(&mut self, state: u8, f0_hz: &mut Vec<f32>) {
        f0_hz.push(self.frequency(self.decided, state));
        self.decided += 1;
    }

    fn cheapest(&self) -> usize {
        let mut best = 0;
        for (i, path) in self.paths.iter().enumerate() {
            if path.cost < self.paths[best].cost {
                best = i;
            }
        }
        best
    }

    fn local_costs(candidates: &[Candidate; SLOTS]) -> [f64; STATES] {
        let mut costs = [0.0; STATES];
        for (cost, candidate) in costs.iter_mut().zip(candidates) {
            let voicing = f64::from(candidate.voicing);
            let bias = if voicing < VOICING_THRESHOLD { THRESHOLD_BIAS } else { 0.0 };
            *cost = (-libm::log(voicing.clamp(0.01, 1.0)) + bias) * LOCAL_WEIGHT
                + range_cost(f64::from(candidate.f0_hz));
        }
        if candidates.iter().any(|c| f64::from(c.voicing) >= VOICING_THRESHOLD) {
            costs[UNVOICED] = LOCAL_WEIGHT * THRESHOLD_BIAS;
        }
        costs
    }

    fn transition(
        last_log_ratio: &mut f64,
        previous_f0: &[f32; SLOTS],
        previous: usize,
        f0: &[f32; SLOTS],
        state: usize,
    ) -> f64 {
        match (previous_f0.get(previous), f0.get(state)) {
            (Some(&before), Some(&now)) => {
                if before == 0.0 || now == 0.0 {
                    return EMPTY_SLOT;
                }
                let log_ratio = libm::log(f64::from(now / before));
                let cost =
                    LOG_RATIO * log_ratio.abs() + LOG_RATIO_CHANGE * (log_ratio - *last_log_ratio).abs();
                *last_log_ratio = log_ratio;
                cost
            }
            (None, None) => UNVOICED_STAYS,
            _ => {
                *last_log_ratio = 0.0;
                VOICING_CHANGE
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voiced(f0_hz: f32) -> [Candidate; SLOTS] {
        let mut c = [Candidate::default(); SLOTS];
        c[0] = Candidate { f0_hz, voicing: 0.95, score: 1.0 };
        c
    }

    fn run(frames: &[[Candidate; SLOTS]]) -> (Vec<f32>, usize) {
        let (mut tracker, mut f0) = (PathTracker::new(), Vec::new());
        for frame in frames {
            tracker.push(frame, &mut f0);
        }
        let decided = tracker.decided();
        tracker.finish(&mut f0);
        (f0, decided)
    }

    #[test]
    fn path_decides_every_frame_once_and_the_last_one_at_the_end() {
        for n in [1, 2, 39, 40, 41, 100] {
            let (f0, decided) = run(&vec![voiced(200.0); n]);
            assert_eq!(f0.len(), n);
            assert!(decided < n);
        }
    }

    #[test]
    fn path_follows_a_steady_tone_and_leaves_silence_unvoiced() {
        let mut frames = vec![[Candidate::default(); SLOTS]; 20];
        frames.extend(vec![voiced(180.0); 30]);
        frames.extend(vec![[Candidate::default(); SLOTS]; 20]);
        let (f0, _) = run(&frames);
        assert!(f0[..20].iter().chain(&f0[50..]).all(|f| *f == 0.0), "{f0:?}");
        assert!(f0[20..50].iter().all(|f| *f == 180.0));
    }

    #[test]
    fn path_corrects_an_octave_error_of_one_frame() {
        let mut frames = vec![voiced(200.0); 15];
        frames[7][1] = frames[7][0];
        frames[7][0] = Candidate { f0_hz: 400.0, voicing: 0.97, score: 1.2 };
        assert_eq!(run(&frames).0, vec![200.0; 15]);
    }

    #[test]
    fn range_cost_has_the_values_of_the_specification() {
        for (f, cost) in [(0.0, 2.0), (50.0, 0.5), (100.0, 0.0), (350.0, 0.0), (475.0, 0.5), (600.0, 1.2)] {
            assert!((range_cost(f) - cost).abs() < 1e-12);
        }
    }
}
