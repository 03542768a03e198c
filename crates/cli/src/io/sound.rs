//! One file, taken as the command line asks: some channel of it, whole or in segments and windows.
//!
//! The file is decoded once, piece by piece. Each segment has a [`Sink`] of its own, which is given the samples
//! [round(start · rate), round(end · rate)) and no others, so that what it computes is what a file with only these samples
//! gives.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::FileError;
use super::batch::{self, Turn};
use super::channels::{Channel, Comparison, Difference};
use super::decode::{CutOff, Damage, DecodeError, Decoder, Limits};
use super::inputs::{Fault, STANDARD_INPUT};
use super::time::Time;

/// Samples of a sound in memory that are taken at a time: a second at 16 kHz.
const PIECE: usize = 16_000;
/// How far a segment may reach beyond the end: tables round their times to the millisecond.
const SLACK_S: f64 = 1e-3;

/// What is done with the samples of a segment.
pub trait Sink {
    /// What is known in the end.
    type Result;

    /// Takes the next samples, at the file's own rate.
    ///
    /// # Errors
    /// [`FileError`]; then it is given no more.
    fn push(&mut self, samples: &[f32]) -> Result<(), FileError>;

    /// There are no more samples.
    ///
    /// # Errors
    /// [`FileError`].
    fn finish(self) -> Result<Self::Result, FileError>;
}

/// A segment of a sound.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cut {
    /// Where it starts.
    pub start: Time,
    /// Where it ends; none if it lasts till the end of the sound.
    pub end: Option<Time>,
}

/// Windows of equal length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Windows {
    /// The length of each.
    pub length: Time,
    /// From the start of one to the start of the next.
    pub hop: Time,
}

/// A file, and what is wanted of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The file.
    pub file: PathBuf,
    /// What is known to be wrong with it.
    pub fault: Option<Fault>,
    /// Its segments, in the order of the rows.
    pub cuts: Vec<Cut>,
}

impl batch::Item for Job {
    fn name(&self) -> &Path {
        &self.file
    }
}

impl Job {
    /// A whole file.
    #[must_use]
    pub fn whole(file: PathBuf) -> Job {
        Job { file, fault: None, cuts: vec![Cut::default()] }
    }
}

/// What is taken of files, beside their segments.
#[derive(Debug, Clone, Copy)]
pub struct Selection {
    /// Which channel.
    pub channel: Channel,
    /// How much of a file is taken, and whether it must be whole.
    pub limits: Limits,
    /// Windows in each segment, in its place.
    pub windows: Option<Windows>,
    /// What becomes of segments that the sound does not reach the end of.
    pub beyond: Beyond,
    /// Memory that a second of sound takes, in bytes.
    pub bytes_per_s: f64,
}

/// What becomes of segments that the sound does not reach the end of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    /// They are errors.
    Refuse,
    /// They are taken as far as the sound goes, which may be not a sample, as opensmile-python does.
    Clip,
}

/// What is known of a file.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Facts {
    /// Its own sampling rate, in Hz.
    pub rate_hz: u32,
    /// How many channels it has.
    pub channels: usize,
    /// Whether they differ so much that it has to be said.
    pub difference: Option<Difference>,
    /// Where it was cut off, if it was.
    pub missing_end: Option<CutOff>,
    /// What is missing in its middle, if anything is.
    pub damage: Option<Damage>,
}

/// A segment or window, and what is known of it.
#[derive(Debug)]
pub struct Row<T> {
    /// Which of the segments that were asked for, counted from 0.
    pub segment: usize,
    /// Where it is.
    pub cut: Cut,
    /// The channel, if each is taken by itself; the first is 1.
    pub channel: Option<usize>,
    /// What was computed.
    pub result: Result<T, FileError>,
}

/// What a file gave.
#[derive(Debug)]
pub struct Taken<T> {
    /// The file.
    pub facts: Facts,
    /// In the order of its segments, then of windows, then of channels.
    pub rows: Vec<Row<T>>,
}

impl<T> Taken<T> {
    /// The same with something made of each result.
    pub fn map<U>(self, make: impl Fn(T) -> U) -> Taken<U> {
        let row =
            |Row { segment, cut, channel, result }| Row { segment, cut, channel, result: result.map(&make) };
        Taken { facts: self.facts, rows: self.rows.into_iter().map(row).collect() }
    }
}

/// Decodes a file and gives its segments to sinks, of which `sink` makes one for the file's rate.
///
/// # Errors
/// [`FileError`] if the file cannot be read, or no sink be made. What is wrong with a segment is the error of its row.
pub fn take<S: Sink>(
    job: &Job,
    selection: Selection,
    turn: &Turn<'_>,
    sink: impl Fn(u32) -> Result<S, FileError>,
) -> Result<Taken<S::Result>, FileError> {
    match job.fault {
        Some(Fault::Folder(kind)) => return Err(FileError::Folder(kind)),
        Some(Fault::NoSoundFiles) => return Err(FileError::NoSoundFiles),
        Some(Fault::NoSegments) => return Err(FileError::NoSegments),
        None => {}
    }
    let mut decoder = open(&job.file, selection.limits)?;
    let (rate_hz, count) = (decoder.rate_hz(), decoder.channels());
    let first = sink(rate_hz)?;
    let chosen = chosen(selection.channel, count)?;
    turn.begin(
        (selection.bytes_per_s * memory_s(job, selection, decoder.expected_s()) * chosen.len().max(1) as f64)
            as u64,
    )?;

    let mut cutter = Cutter::new(&job.cuts, selection, rate_hz, chosen.len().max(1), sink, first);
    let mut comparison = Comparison::default();
    let mut planes = vec![Vec::new(); if count > 1 { count } else { 0 }];
    let mut mixed = Vec::new();
    loop {
        turn.check()?;
        let Some(samples) = decoder.next_piece()? else { break };
        if planes.is_empty() {
            cutter.push(&[samples])?;
            continue;
        }
        mixed.clear();
        mixed.extend_from_slice(samples);
        for (index, plane) in planes.iter_mut().enumerate() {
            decoder.channel(index, plane);
        }
        comparison.push(&planes);
        let channels: Vec<&[f32]> = match chosen[..] {
            [] => vec![&mixed],
            _ => chosen.iter().filter_map(|index| planes.get(*index).map(Vec::as_slice)).collect(),
        };
        cutter.push(&channels)?;
    }
    let facts = Facts {
        rate_hz,
        channels: count,
        difference: comparison.difference(),
        missing_end: decoder.missing_end(),
        damage: decoder.damage(),
    };
    Ok(Taken { facts, rows: cutter.finish()? })
}

/// The same of a sound in memory: its channels, of which each has as many samples.
///
/// # Errors
/// [`FileError`] as of [`take`]. What is wrong with a segment is the error of its row.
pub fn take_samples<S: Sink>(
    channels: &[Vec<f32>],
    rate_hz: u32,
    cuts: &[Cut],
    selection: Selection,
    sink: impl Fn(u32) -> Result<S, FileError>,
) -> Result<Taken<S::Result>, FileError> {
    let first = sink(rate_hz)?;
    let chosen = chosen(selection.channel, channels.len())?;
    let mut cutter = Cutter::new(cuts, selection, rate_hz, chosen.len().max(1), sink, first);
    let mut comparison = Comparison::default();
    if channels.len() > 1 {
        comparison.push(channels);
    }
    let length = channels.iter().map(Vec::len).min().unwrap_or(0);
    for from in (0..length).step_by(PIECE) {
        let piece = from..length.min(from + PIECE);
        let planes: Vec<&[f32]> = channels.iter().map(|channel| &channel[piece.clone()]).collect();
        if chosen.is_empty() {
            cutter.push(&[&mean(&planes)])?;
        } else {
            let chosen: Vec<&[f32]> = chosen.iter().filter_map(|index| planes.get(*index).copied()).collect();
            cutter.push(&chosen)?;
        }
    }
    let difference = comparison.difference();
    let facts = Facts { rate_hz, channels: channels.len(), difference, missing_end: None, damage: None };
    Ok(Taken { facts, rows: cutter.finish()? })
}

/// The mean of channels.
fn mean(channels: &[&[f32]]) -> Vec<f32> {
    let length = channels.first().map_or(0, |channel| channel.len());
    let sum = |at: usize| channels.iter().map(|channel| f64::from(channel[at])).sum::<f64>();
    (0..length).map(|at| (sum(at) / channels.len() as f64) as f32).collect()
}

/// Which channels are taken, counted from 0; none for their mean.
fn chosen(channel: Channel, count: usize) -> Result<Vec<usize>, FileError> {
    match channel {
        Channel::Mean => Ok(Vec::new()),
        Channel::Number(number) if usize::from(number.get()) <= count => {
            Ok(vec![usize::from(number.get()) - 1])
        }
        Channel::Number(number) => Err(FileError::NoChannel { channel: number.get(), count }),
        Channel::Each => Ok((0..count).collect()),
    }
}

/// Opens a file, or standard input.
fn open(file: &Path, limits: Limits) -> Result<Decoder, DecodeError> {
    if file.as_os_str() != STANDARD_INPUT {
        return Decoder::open(file, limits);
    }
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Decoder::of_bytes(bytes, limits)
}

/// Seconds of sound that sinks hold at most at the same time, about.
fn memory_s(job: &Job, selection: Selection, expected_s: f64) -> f64 {
    let cuts = |cut: &Cut| (cut.end.map_or(expected_s, Time::seconds) - cut.start.seconds()).max(0.0);
    let of_cuts: f64 = job.cuts.iter().map(cuts).sum();
    match selection.windows {
        // A window is done before the next but few begins; its result is small.
        Some(windows) => {
            let at_once = (windows.length.seconds() / windows.hop.seconds()).ceil() + 1.0;
            of_cuts.min(at_once * windows.length.seconds() * job.cuts.len() as f64)
        }
        None => of_cuts,
    }
}

/// A row's place: the segment, then the window.
type Place = (usize, u64);

/// A segment or window that has not begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    from: u64,
    place: Place,
    start: Time,
    end: Option<Time>,
    to: Option<u64>,
}

/// A segment or window that has begun, with a sink for each channel, or the error that it has come to.
struct Active<S> {
    span: Span,
    sinks: Vec<Result<S, FileError>>,
}

/// Gives pieces of a sound to the sinks of its segments.
struct Cutter<'a, S: Sink, F> {
    cuts: &'a [Cut],
    windows: Option<Windows>,
    beyond: Beyond,
    /// Whether rows say which channel they are of.
    named: bool,
    rate_hz: u32,
    channels: usize,
    sink: F,
    /// A sink that was made to see whether one can be.
    spare: Option<S>,
    /// What has not begun, the earliest on top: of windows the next of each segment.
    waiting: BinaryHeap<Reverse<Span>>,
    active: Vec<Active<S>>,
    /// Samples that have come.
    position: u64,
    rows: Vec<(Place, Row<S::Result>)>,
}

impl<'a, S: Sink, F: Fn(u32) -> Result<S, FileError>> Cutter<'a, S, F> {
    fn new(cuts: &'a [Cut], selection: Selection, rate_hz: u32, channels: usize, sink: F, spare: S) -> Self {
        let mut cutter = Self {
            cuts,
            windows: selection.windows,
            beyond: selection.beyond,
            named: selection.channel == Channel::Each,
            rate_hz,
            channels,
            sink,
            spare: Some(spare),
            waiting: BinaryHeap::new(),
            active: Vec::new(),
            position: 0,
            rows: Vec::new(),
        };
        for place in 0..cuts.len() {
            cutter.wait((place, 0));
        }
        cutter
    }

    /// Puts a segment, or its next window, among those that wait, or notes what is wrong with it.
    fn wait(&mut self, place: Place) {
        let cut = self.cuts[place.0];
        let (start, end) = match self.windows {
            Some(windows) => {
                let start = cut.start.after(place.1, windows.hop);
                (start, Some(start.after(1, windows.length)))
            }
            None => (cut.start, cut.end),
        };
        let at = |time: Time| time.sample(self.rate_hz);
        if self.windows.is_some()
            && let (Some(end), Some(limit)) = (end, cut.end)
            && at(end) > at(limit)
        {
            if place.1 == 0 {
                let length = Time::of_samples(at(limit).saturating_sub(at(cut.start)), self.rate_hz);
                self.fail(place, cut, || FileError::NoWindow { length });
            }
            return;
        }
        let span = Span { from: at(start), place, start, end, to: end.map(at) };
        if span.to.is_some_and(|to| to <= span.from) {
            self.fail(place, cut, || FileError::Backwards);
        } else {
            self.waiting.push(Reverse(span));
        }
    }

    /// Puts an error in the place of a row for each channel.
    fn fail(&mut self, place: Place, cut: Cut, error: impl Fn() -> FileError) {
        for channel in 0..self.channels {
            self.note(place, cut, channel, Err(error()));
        }
    }

    /// Takes the next samples, of each channel as many.
    fn push(&mut self, channels: &[&[f32]]) -> Result<(), FileError> {
        let count = channels.first().map_or(0, |channel| channel.len()) as u64;
        let end = self.position + count;
        while let Some(Reverse(span)) = self.waiting.peek().copied().filter(|Reverse(span)| span.from < end) {
            self.waiting.pop();
            let mut sinks = Vec::with_capacity(self.channels);
            for _ in 0..self.channels {
                sinks.push(Ok(match self.spare.take() {
                    Some(sink) => sink,
                    None => (self.sink)(self.rate_hz)?,
                }));
            }
            self.active.push(Active { span, sinks });
            if self.windows.is_some() {
                self.wait((span.place.0, span.place.1 + 1));
            }
        }
        for active in &mut self.active {
            let from = active.span.from.saturating_sub(self.position) as usize;
            let to = active.span.to.unwrap_or(end).min(end) - self.position;
            for (sink, samples) in active.sinks.iter_mut().zip(channels) {
                if let Ok(working) = sink
                    && let Err(error) = working.push(&samples[from..to as usize])
                {
                    *sink = Err(error);
                }
            }
        }
        self.position = end;
        let done: Vec<_> =
            self.active.extract_if(.., |active| active.span.to.is_some_and(|to| to <= end)).collect();
        for active in done {
            self.complete(active);
        }
        Ok(())
    }

    /// Notes what the sinks of a segment have found.
    fn complete(&mut self, Active { span, sinks }: Active<S>) {
        let end = match (self.beyond, span.end) {
            (Beyond::Refuse, end) => end.unwrap_or(Time::of_samples(self.position, self.rate_hz)),
            (Beyond::Clip, Some(end)) if span.to <= Some(self.position) => end,
            (Beyond::Clip, _) => {
                let samples = self.position.saturating_sub(span.from);
                span.start.after(1, Time::of_samples(samples, self.rate_hz))
            }
        };
        let cut = Cut { start: span.start, end: Some(end) };
        for (channel, sink) in sinks.into_iter().enumerate() {
            self.note(span.place, cut, channel, sink.and_then(Sink::finish));
        }
    }

    fn note(&mut self, place: Place, cut: Cut, channel: usize, result: Result<S::Result, FileError>) {
        let channel = self.named.then_some(channel + 1);
        self.rows.push((place, Row { segment: place.0, cut, channel, result }));
    }

    /// The sound has ended.
    fn finish(mut self) -> Result<Vec<Row<S::Result>>, FileError> {
        let total = Time::of_samples(self.position, self.rate_hz);
        let slack = (SLACK_S * f64::from(self.rate_hz)).ceil() as u64;
        for active in std::mem::take(&mut self.active) {
            let reached =
                active.span.to.is_none_or(|to| self.windows.is_none() && to <= self.position + slack);
            if reached || self.clips() {
                self.complete(active);
            } else {
                self.beyond(active.span, total);
            }
        }
        // An empty file, or segments that begin behind the end.
        for Reverse(span) in std::mem::take(&mut self.waiting).into_sorted_vec() {
            if self.position == 0 && span.to.is_none() && span.from == 0 || self.clips() {
                // The sink says what is wrong with no sound at all.
                let sinks = (0..self.channels).map(|_| (self.sink)(self.rate_hz)).collect();
                self.complete(Active { span, sinks });
            } else {
                self.beyond(span, total);
            }
        }
        self.rows.sort_by_key(|(place, row)| (*place, row.channel));
        Ok(self.rows.into_iter().map(|(_, row)| row).collect())
    }

    /// Whether what the sound does not reach the end of is taken as far as it goes. A window is whole or is none.
    fn clips(&self) -> bool {
        self.beyond == Beyond::Clip && self.windows.is_none()
    }

    /// A segment that the sound does not reach the end of. Of windows that fill the rest of a sound there is always one more.
    fn beyond(&mut self, span: Span, total: Time) {
        let cut = self.cuts[span.place.0];
        match self.windows {
            None => self.fail(span.place, cut, || FileError::Beyond { end: total }),
            Some(_) if self.beyond == Beyond::Refuse && (cut.end.is_some() || cut.start >= total) => {
                // Windows overlap, and one error says it.
                let said = |(place, row): &(Place, Row<_>)| place.0 == span.place.0 && row.result.is_err();
                if !self.rows.iter().any(said) {
                    self.fail(span.place, cut, || FileError::Beyond { end: total });
                }
            }
            Some(_) if span.place.1 == 0 => {
                let samples = self.position.saturating_sub(cut.start.sample(self.rate_hz));
                let length = Time::of_samples(samples, self.rate_hz);
                self.fail(span.place, cut, || FileError::NoWindow { length });
            }
            Some(_) => {}
        }
    }
}

/// A file's segment or channel, for messages; empty for a whole file.
#[must_use]
pub fn part(cut: Option<Cut>, channel: Option<usize>) -> String {
    let mut parts = Vec::new();
    if let Some(cut) = cut {
        let end = cut.end.map_or("the end".to_owned(), |end| format!("{} s", end.seconds()));
        parts.push(format!("{} s to {end}", cut.start.seconds()));
    }
    if let Some(channel) = channel {
        parts.push(format!("channel {channel}"));
    }
    parts.join(", ")
}
