//! From stretches to utterances: what lies nearer together than a pause is one, and what is short goes with its neighbour.

use super::frames::FRAMES_PER_S;
use super::voice::{LEAST_VOICED, Stretch};

/// An utterance that is shorter than this goes with the nearer neighbour,
const SHORT: usize = FRAMES_PER_S;
/// if the pause between them is shorter than this.
const NEAR: usize = FRAMES_PER_S;

/// Sound without sustained voice is part of an utterance only so near to it: 0.1 s.
const CLOSE: usize = FRAMES_PER_S / 10;

/// Joins stretches as they come.
#[derive(Debug)]
pub(super) struct Joiner {
    /// Frames of silence that end an utterance.
    pause: usize,
    /// What may still grow.
    open: Option<Stretch>,
    /// Sound without sustained voice, which is part of an utterance that begins close behind it.
    lead: Option<Stretch>,
    /// What has ended but may still be joined, or joined with.
    last: Option<Stretch>,
    /// Something short behind it, which goes with it or with what follows, whichever is nearer.
    short: Option<Stretch>,
}

impl Joiner {
    pub(super) fn new(pause: usize) -> Joiner {
        Joiner { pause, open: None, lead: None, last: None, short: None }
    }

    /// Takes the next stretch, and hands on utterances that are complete.
    pub(super) fn push(&mut self, stretch: Stretch, hand_on: impl FnMut(Stretch)) {
        if stretch.voiced == 0 {
            match &mut self.open {
                Some(open) if stretch.start < open.end + CLOSE => *open = both(*open, stretch),
                _ => {
                    let lead = self.lead.filter(|lead| stretch.start < lead.end + CLOSE);
                    self.lead = Some(lead.map_or(stretch, |lead| both(lead, stretch)));
                }
            }
            return;
        }
        let lead = self.lead.take().filter(|lead| stretch.start < lead.end + CLOSE);
        let stretch = lead.map_or(stretch, |lead| both(lead, stretch));
        match &mut self.open {
            Some(open) if stretch.start < open.end + self.pause => *open = both(*open, stretch),
            open => {
                if let Some(ended) = open.replace(stretch) {
                    self.ended(ended, hand_on);
                }
            }
        }
    }

    /// No further stretch begins before this frame.
    pub(super) fn settle(&mut self, frame: usize, mut hand_on: impl FnMut(Stretch)) {
        self.lead = self.lead.filter(|lead| frame < lead.end + CLOSE);
        let frame = self.lead.map_or(frame, |lead| lead.start.min(frame));
        if let Some(ended) = self.open.take_if(|open| open.end + self.pause <= frame) {
            self.ended(ended, &mut hand_on);
        }
        let next = self.open.map_or(frame, |open| open.start.min(frame));
        let waits = |stretch: &Stretch| stretch.end + NEAR > next;
        if self.short.or(self.last).is_some_and(|stretch| !waits(&stretch)) {
            self.flush(hand_on);
        }
    }

    /// Nothing follows.
    pub(super) fn finish(&mut self, mut hand_on: impl FnMut(Stretch)) {
        if let Some(ended) = self.open.take() {
            self.ended(ended, &mut hand_on);
        }
        self.flush(hand_on);
    }

    /// Where an utterance began that has not ended.
    pub(super) fn open(&self) -> Option<usize> {
        self.open.filter(|open| open.voiced >= LEAST_VOICED).map(|open| open.start)
    }

    /// Where the first utterance begins that was not handed on.
    pub(super) fn begins(&self) -> Option<usize> {
        let begun = self.last.or(self.open).into_iter().chain(self.lead);
        begun.map(|stretch| stretch.start).min()
    }

    fn flush(&mut self, mut hand_on: impl FnMut(Stretch)) {
        match (self.last.take(), self.short.take()) {
            (Some(last), Some(short)) => hand_on(both(last, short)),
            (last, short) => last.into_iter().chain(short).for_each(hand_on),
        }
    }

    fn ended(&mut self, next: Stretch, mut hand_on: impl FnMut(Stretch)) {
        if next.voiced < LEAST_VOICED {
            return;
        }
        if let (Some(last), Some(short)) = (self.last, self.short.take()) {
            if pause(short, next) < pause(last, short) {
                hand_on(last);
                self.last = Some(short);
            } else {
                self.last = Some(both(last, short));
            }
        }
        let Some(last) = self.last else {
            self.last = Some(next);
            return;
        };
        if pause(last, next) >= NEAR {
            hand_on(last);
            self.last = Some(next);
        } else if is_short(last) {
            self.last = Some(both(last, next));
        } else if is_short(next) {
            self.short = Some(next);
        } else {
            hand_on(last);
            self.last = Some(next);
        }
    }
}

fn both(one: Stretch, next: Stretch) -> Stretch {
    Stretch { start: one.start.min(next.start), end: one.end.max(next.end), voiced: one.voiced + next.voiced }
}

fn pause(one: Stretch, next: Stretch) -> usize {
    next.start.saturating_sub(one.end)
}

fn is_short(stretch: Stretch) -> bool {
    stretch.end - stretch.start < SHORT
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Utterances of stretches that are all voice, given as start and end in frames.
    fn joined(pause: usize, stretches: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let (mut joiner, mut found) = (Joiner::new(pause), Vec::new());
        for (start, end) in stretches {
            joiner.settle(*start, |stretch| found.push((stretch.start, stretch.end)));
            let stretch = Stretch { start: *start, end: *end, voiced: end - start };
            joiner.push(stretch, |stretch| found.push((stretch.start, stretch.end)));
        }
        joiner.finish(|stretch| found.push((stretch.start, stretch.end)));
        found
    }

    #[test]
    fn a_pause_ends_an_utterance() {
        assert_eq!(joined(50, &[(0, 200), (249, 400)]), [(0, 400)]);
        assert_eq!(joined(50, &[(0, 200), (250, 400)]), [(0, 200), (250, 400)]);
        assert_eq!(joined(30, &[(0, 200), (249, 400)]), [(0, 200), (249, 400)]);
        assert_eq!(joined(50, &[(0, 200), (190, 400)]), [(0, 400)], "they may overlap");
    }

    #[test]
    fn what_is_short_goes_with_the_nearer_neighbour() {
        assert_eq!(joined(50, &[(0, 200), (260, 300), (380, 600)]), [(0, 300), (380, 600)]);
        assert_eq!(joined(50, &[(0, 200), (280, 320), (380, 600)]), [(0, 200), (280, 600)]);
        assert_eq!(joined(50, &[(0, 200), (300, 320), (420, 600)]), [(0, 200), (300, 320), (420, 600)]);
        assert_eq!(joined(50, &[(0, 40), (100, 300)]), [(0, 300)]);
        assert_eq!(joined(50, &[(0, 200), (260, 300)]), [(0, 300)]);
        assert_eq!(joined(50, &[(0, 40), (100, 140), (200, 240)]), [(0, 240)], "short ones make a long one");
        assert_eq!(joined(50, &[(0, 40)]), [(0, 40)], "alone it stays what it is");
    }

    #[test]
    fn sound_without_voice_belongs_only_to_what_is_close() {
        let sound = |start, end, voiced| Stretch { start, end, voiced };
        let all = |stretches: &[Stretch]| {
            let (mut joiner, mut found) = (Joiner::new(50), Vec::new());
            for stretch in stretches {
                joiner.settle(stretch.start, |stretch| found.push((stretch.start, stretch.end)));
                joiner.push(*stretch, |stretch| found.push((stretch.start, stretch.end)));
            }
            joiner.finish(|stretch| found.push((stretch.start, stretch.end)));
            found
        };
        let speech = sound(100, 300, 150);
        assert_eq!(all(&[sound(60, 92, 0), speech, sound(305, 320, 0)]), [(60, 320)]);
        assert_eq!(all(&[sound(60, 90, 0), speech, sound(310, 330, 0)]), [(100, 300)]);
        // A knock in a pause neither lengthens nor ends what is around it.
        assert_eq!(all(&[speech, sound(320, 330, 0), sound(345, 500, 90)]), [(100, 500)]);
        assert_eq!(all(&[speech, sound(345, 355, 0), sound(380, 500, 90)]), [(100, 300), (380, 500)]);
        assert_eq!(all(&[sound(60, 90, 0)]), []);
    }

    #[test]
    fn less_than_a_tenth_of_a_second_of_voice_is_no_utterance() {
        assert_eq!(joined(50, &[(0, 11), (300, 312), (600, 605), (640, 647)]), [(300, 312), (600, 647)]);
    }
}
