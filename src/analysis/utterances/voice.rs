//! From frames to stretches of sound with a voice in them.
//!
//! A nucleus is a run of at least 40 ms of voiced frames: periodic, with a period that a neighbour shares, at most 20 dB below
//! the speech around it and 5 dB above its background (where the background lies close below the speech: 4 dB below the
//! speech). From there the stretch grows to either side over what stands out from the background, by 0.3 s at most and over holes of
//! less than 50 ms: consonants without voice. A knock rings off, a vowel lasts: nuclei that do not stay within 10 dB of their
//! loudest frame for 70 ms count as no voice, though they may be part of an utterance.

use std::collections::VecDeque;

use super::background::{self, AHEAD, STEP};
use super::frames::Frame;

/// From here on a frame is periodic.
const PERIODIC: f64 = 0.5;
/// The shortest nucleus, in frames.
const NUCLEUS: usize = 4;
/// Less voice than this is no utterance: 0.12 s.
pub(super) const LEAST_VOICED: usize = 12;
/// How long the loud part of a nucleus lasts at least that counts as voice, in frames, and how far its power may fall: 10 dB.
const SUSTAINED: usize = 7;
const SUSTAINED_SHARE: f64 = 0.1;
/// How far a stretch grows beyond its nucleus, and from which length on a hole in the sound ends it, in frames.
pub(super) const GROWTH: usize = 30;
const HOLE: usize = 5;

/// A voice lies less than 20 dB below the speech around it,
const VOICE_BELOW_LEVEL: f64 = 0.01;
/// and 5 dB above the background,
const VOICE_ABOVE_FLOOR: f64 = 3.162_277_660_168_379;
/// or, where that is more, less than 4 dB below the speech.
const VOICE_NEAR_LEVEL: f64 = 0.398_107_170_553_497_2;
/// Sound that belongs to it lies less than 25 dB below the speech and 4 dB above the background.
const SOUND_BELOW_LEVEL: f64 = 0.003_162_277_660_168_379;
const SOUND_ABOVE_FLOOR: f64 = 2.511_886_431_509_58;

/// Sound around a nucleus, or around several, in frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub start: usize,
    /// One past the last frame.
    pub end: usize,
    /// Frames that are voice.
    pub voiced: usize,
}

/// Decides frame by frame, a second after it was heard, and hands on the stretches.
#[derive(Debug, Default)]
pub(super) struct Voice {
    /// Of all frames.
    powers: Vec<f64>,
    /// Whether they are periodic; the last one is not known before the next.
    periodic: Vec<bool>,
    last: Frame,
    before_last: Option<usize>,
    /// The background of each decided step.
    floors: Vec<f64>,
    /// Of the decided frames: whether they are voiced, and whether they stand out.
    voiced: Vec<bool>,
    sound: Vec<bool>,
    /// Where a run of voiced frames began that has not ended.
    began: Option<usize>,
    /// Frames that were looked at for runs.
    scanned: usize,
    nuclei: VecDeque<(usize, usize)>,
    scratch: Vec<f64>,
}

impl Voice {
    /// Takes the next frame, and hands on the stretches that are complete.
    pub(super) fn push(&mut self, frame: Frame, hand_on: impl FnMut(Stretch)) {
        if !self.powers.is_empty() {
            let is_periodic = self.last_is_periodic(Some(frame.lag));
            self.periodic.push(is_periodic);
            self.before_last = Some(self.last.lag);
        }
        self.powers.push(frame.power);
        self.last = frame;
        while self.voiced.len() + STEP + AHEAD < self.powers.len() {
            self.decide();
        }
        self.find(false, hand_on);
    }

    /// There are no more frames.
    pub(super) fn finish(&mut self, hand_on: impl FnMut(Stretch)) {
        if !self.powers.is_empty() {
            let is_periodic = self.last_is_periodic(None);
            self.periodic.push(is_periodic);
        }
        while self.voiced.len() < self.powers.len() {
            self.decide();
        }
        self.find(true, hand_on);
    }

    /// Before this frame no further stretch begins.
    pub(super) fn settled(&self) -> usize {
        let next = self.nuclei.front().map(|(start, _)| *start).or(self.began).unwrap_or(self.voiced.len());
        next.saturating_sub(GROWTH)
    }

    /// Where voice began that is still going on, if it has lasted for 0.12 s.
    pub(super) fn open(&self) -> Option<usize> {
        self.began.filter(|start| self.voiced.len() - start >= LEAST_VOICED)
    }

    /// How far the speech of some frames stands above their background, in dB, at most 100.
    pub(super) fn above_background_db(&self, start: usize, end: usize) -> f64 {
        let (from, to) = (start / STEP, end.div_ceil(STEP).min(self.floors.len()));
        let floors = &self.floors[from.min(to)..to];
        let floor = floors.iter().sum::<f64>() / floors.len().max(1) as f64;
        let level = background::level(&self.powers[start..end]);
        if floor > level * 1e-10 { 10.0 * libm::log10(level / floor) } else { 100.0 }
    }

    /// Mean square of the loudest frame of some.
    pub(super) fn loudest(&self, start: usize, end: usize) -> f64 {
        self.powers[start..end].iter().fold(0.0, |loudest, power| f64::max(loudest, *power))
    }

    /// Whether the last frame is periodic, and the frame before or after has its period.
    fn last_is_periodic(&self, next: Option<usize>) -> bool {
        let Frame { periodicity, lag, .. } = self.last;
        let near = |other: usize| lag.abs_diff(other) as f64 <= f64::max(1.0, 0.15 * lag as f64);
        periodicity >= PERIODIC && self.before_last.into_iter().chain(next).any(near)
    }

    /// Decides the next step.
    fn decide(&mut self) {
        let start = self.voiced.len();
        let background::Background { floor, level } =
            background::around(&self.powers, start, &mut self.scratch);
        self.floors.push(floor);
        let voice = f64::max(
            level * VOICE_BELOW_LEVEL,
            f64::min(floor * VOICE_ABOVE_FLOOR, level * VOICE_NEAR_LEVEL),
        );
        let sound = f64::max(level * SOUND_BELOW_LEVEL, floor * SOUND_ABOVE_FLOOR);
        for frame in start..(start + STEP).min(self.powers.len()) {
            let power = self.powers[frame];
            self.voiced.push(self.periodic[frame] && power > 0.0 && power >= voice);
            self.sound.push(power > 0.0 && power >= sound);
        }
    }

    /// Finds nuclei among the decided frames, and hands on the stretches around those that cannot grow any more.
    fn find(&mut self, ended: bool, mut hand_on: impl FnMut(Stretch)) {
        while self.scanned < self.voiced.len() {
            if self.voiced[self.scanned] {
                self.began.get_or_insert(self.scanned);
            } else {
                self.end_of_run();
            }
            self.scanned += 1;
        }
        if ended {
            self.end_of_run();
        }
        while let Some((start, end)) = self.nuclei.front().copied()
            && (ended || self.voiced.len() >= end + GROWTH)
        {
            self.nuclei.pop_front();
            hand_on(self.around(start, end));
        }
    }

    fn end_of_run(&mut self) {
        let run = self.began.take().map(|start| (start, self.scanned));
        self.nuclei.extend(run.filter(|(start, end)| end - start >= NUCLEUS));
    }

    /// The stretch around a nucleus.
    fn around(&self, start: usize, end: usize) -> Stretch {
        let before = self.sound[..start].iter().rev().take(GROWTH);
        let after = self.sound[end..].iter().take(GROWTH);
        let voiced = if self.is_sustained(start, end) { end - start } else { 0 };
        Stretch { start: start - reach(before), end: end + reach(after), voiced }
    }

    fn is_sustained(&self, start: usize, end: usize) -> bool {
        let least = self.loudest(start, end) * SUSTAINED_SHARE;
        let (mut longest, mut run) = (0, 0);
        for power in &self.powers[start..end] {
            run = if *power >= least { run + 1 } else { 0 };
            longest = longest.max(run);
        }
        longest >= SUSTAINED
    }
}

/// How many frames sound goes on, over short holes.
fn reach<'a>(sound: impl Iterator<Item = &'a bool>) -> usize {
    let (mut reached, mut hole) = (0, 0);
    for (at, sounds) in sound.enumerate() {
        if *sounds {
            (reached, hole) = (at + 1, 0);
        } else {
            hole += 1;
            if hole == HOLE {
                break;
            }
        }
    }
    reached
}
