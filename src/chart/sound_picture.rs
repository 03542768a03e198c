//! The sound picture: how strong each pitch region is, one column per 10 ms, in nine flat tones of ink.
//!
//! A column shows 20 ms around its middle, Hamming-windowed; its rows are the lines of a 512-point spectrum from 0 to
//! 5,000 Hz, linear, 31.25 Hz each. The samples are differenced first (1 − 0.97 z⁻¹), or the bright parts of speech,
//! which are 30 dB weaker than the dark ones, would not be seen. Levels are kept as bytes in half decibels, so a
//! minute takes one megabyte, and what is black can be decided afterwards: the loudest place of the whole recording,
//! or of the last seconds while one is being made.
//!
//! ```
//! use undertone::chart::sound_picture::SoundPicture;
//!
//! // A second of a tone at 1 kHz: row 32 of the rows of 31.25 Hz.
//! let samples: Vec<f32> = (0..16_000).map(|k| 0.5 * (0.125 * std::f32::consts::PI * k as f32).sin()).collect();
//! let mut picture = SoundPicture::new();
//! while picture.step(&samples) < 1.0 {}
//! let tones = picture.whole();
//! let column = &tones.tones[50 * tones.rows..51 * tones.rows];
//! assert!(column[32] == 9 && column[100] == 0);
//! ```

use egemaps::fft::RealFft;

/// Rows of the picture; row k is the band around k · 31.25 Hz.
pub const ROWS: usize = 160;
/// Samples from column to column at 16 kHz: 10 ms.
pub const HOP: usize = 160;
/// Columns that [`SoundPicture::whole`] has at most: more than any screen shows, and less than browsers can draw.
const WIDEST: usize = 4_096;
/// Columns that [`SoundPicture::step_overview`] takes at once.
const COLUMNS_PER_OVERVIEW: usize = 2_048;
/// Columns that [`SoundPicture::step`] draws at once.
const COLUMNS_PER_STEP: usize = 50;
/// Hops from a frame's beginning to its middle. A frame of the pitch is 60 ms long, so the one whose middle lies in a
/// column started two or three columns before.
const HOPS_TO_MIDDLE: usize = 2;
/// Columns whose pitch may still change when further ones come: 40 frames that are not decided, and the columns after the
/// middle of the newest frame; and one more, from which the line of the pitch comes.
const UNSETTLED: usize = 48;
/// Tones of ink besides none.
pub const TONES: u8 = 9;
/// What lies this far below the loudest place is left empty.
pub const RANGE_DB: f64 = 50.0;
/// Samples of one column: 20 ms.
const WINDOW: usize = 320;
const FFT_LENGTH: usize = 512;
const EMPHASIS: f32 = 0.97;
/// Half decibels per decibel of the stored levels, and the level that is stored as 0.
const STEPS_PER_DB: f32 = 2.0;
const LOWEST_DB: f32 = -85.0;

/// Tones of ink, column by column, row 0 = 0 Hz: 0 is empty, [`TONES`] the darkest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tones {
    /// Number of columns.
    pub columns: usize,
    /// Rows of each column.
    pub rows: usize,
    /// Their tones.
    pub tones: Vec<u8>,
}

/// The whole picture in the making: see [`SoundPicture::step_overview`].
#[derive(Debug, Clone, Default)]
pub struct Overview {
    levels: Vec<u8>,
}

impl Overview {
    /// Its tones, relative to its loudest place.
    pub fn tones(&self) -> Tones {
        let loudest = self.levels.iter().copied().max().unwrap_or(0);
        Tones { columns: self.levels.len() / ROWS, rows: ROWS, tones: tones_of(&self.levels, loudest) }
    }
}

/// What is to be painted of a growing picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The column that stands at the left edge.
    pub start: usize,
    /// The first column to be painted; all after it are, too.
    pub first: usize,
    /// Their tones.
    pub tones: Tones,
    /// The loudest level that is shown, which the tones are relative to.
    pub loudest: u8,
}

/// A picture in the making; it follows a growing recording or works through a finished one in slices.
#[derive(Debug)]
pub struct SoundPicture {
    fft: RealFft,
    window: Vec<f32>,
    levels: Vec<u8>,
    frame: Vec<f32>,
    spectrum: Vec<f32>,
}

impl Default for SoundPicture {
    fn default() -> Self {
        Self::new()
    }
}

impl SoundPicture {
    /// A picture without columns.
    pub fn new() -> Self {
        let turn = 2.0 * std::f64::consts::PI / (WINDOW - 1) as f64;
        SoundPicture {
            fft: RealFft::new(FFT_LENGTH),
            window: (0..WINDOW).map(|n| (0.54 - 0.46 * libm::cos(turn * n as f64)) as f32).collect(),
            levels: Vec::new(),
            frame: Vec::with_capacity(WINDOW),
            spectrum: Vec::with_capacity(FFT_LENGTH),
        }
    }

    /// Columns so far.
    pub fn columns(&self) -> usize {
        self.levels.len() / ROWS
    }

    /// Columns of a finished recording: one per begun 10 ms.
    fn columns_of(sample_count: usize) -> usize {
        sample_count.div_ceil(HOP)
    }

    /// Draws up to `most` further columns of a recording at 16 kHz. `samples` is the recording from its beginning;
    /// what has been drawn before must not have changed. While it is growing (`finished` false) a column waits for
    /// all of its samples; afterwards what is missing counts as silence. Returns whether nothing is left to draw.
    pub fn draw(&mut self, samples: &[f32], finished: bool, most: usize) -> bool {
        let reach = (WINDOW + HOP) / 2;
        let ready = if finished {
            Self::columns_of(samples.len())
        } else {
            (samples.len() + HOP).saturating_sub(reach) / HOP
        };
        let last = ready.min(self.columns().saturating_add(most));
        for column in self.columns()..last {
            self.draw_column(samples, column);
        }
        self.columns() >= ready
    }

    /// Draws some further columns of a finished recording and returns the share that is drawn; 1 if all are.
    pub fn step(&mut self, samples: &[f32]) -> f64 {
        if self.draw(samples, true, COLUMNS_PER_STEP) {
            1.0
        } else {
            self.columns() as f64 / Self::columns_of(samples.len()) as f64
        }
    }

    fn draw_column(&mut self, samples: &[f32], column: usize) {
        let start = (column * HOP + HOP / 2) as i64 - (WINDOW / 2) as i64;
        let at = |index: i64| {
            let sample = usize::try_from(index).ok().and_then(|index| samples.get(index)).copied();
            sample.filter(|value| value.is_finite()).unwrap_or(0.0)
        };
        self.frame.clear();
        self.frame.extend(self.window.iter().zip(start..).map(|(w, n)| w * (at(n) - EMPHASIS * at(n - 1))));
        self.fft.forward(&self.frame, &mut self.spectrum);
        // The first pair holds the real lines 0 and N/2, which the picture does not reach.
        let powers =
            self.spectrum.chunks_exact(2).enumerate().map(|(k, line)| {
                if k == 0 { line[0] * line[0] } else { line[0] * line[0] + line[1] * line[1] }
            });
        self.levels.extend(powers.take(ROWS).map(level));
    }

    /// What is to be painted where the newest columns stand in `room`, or, if it is `paged`, where page after page is filled;
    /// by whoever has painted all columns before number `painted`, with tones relative to `loudest`. Unless the loudest place
    /// has changed, only the newest columns are.
    pub fn view(&self, room: usize, paged: bool, painted: usize, loudest: u8) -> View {
        let (end, room) = (self.columns(), room.max(1));
        let start = if paged { end.saturating_sub(1) / room * room } else { end.saturating_sub(room) };
        let now = self.loudest(start..end);
        let settled = painted.min(end).saturating_sub(UNSETTLED);
        let first = if now == loudest { settled.max(start) } else { start };
        let tones = Tones { columns: end - first, rows: ROWS, tones: self.tones_at(first..end, now) };
        View { start, first, tones, loudest: now }
    }

    /// The tones of all columns, however many there are.
    pub fn every_column(&self) -> Tones {
        Tones { columns: self.columns(), rows: ROWS, tones: self.tones(0, self.columns()) }
    }

    /// The tones of the whole picture: of every column, or, where there are more than 4,096, of the mean levels of as many
    /// neighbours as needed.
    pub fn whole(&self) -> Tones {
        let mut overview = Overview::default();
        while self.step_overview(&mut overview) < 1.0 {}
        overview.tones()
    }

    /// Takes some further columns into an overview, and returns the share that is taken; 1 if all are.
    pub fn step_overview(&self, overview: &mut Overview) -> f64 {
        let together = self.columns().div_ceil(WIDEST).max(1);
        let all = self.columns().div_ceil(together);
        let done = overview.levels.len() / ROWS;
        let to = (done + (COLUMNS_PER_OVERVIEW / together).max(1)).min(all);
        for columns in self.levels(done * together..to * together).chunks(together * ROWS) {
            let mut sums = [0u32; ROWS];
            for column in columns.as_chunks::<ROWS>().0 {
                sums.iter_mut().zip(column).for_each(|(sum, level)| *sum += u32::from(*level));
            }
            let count = (columns.len() / ROWS) as u32;
            overview.levels.extend(sums.map(|sum| (sum / count) as u8));
        }
        if to < all { to as f64 / all as f64 } else { 1.0 }
    }

    /// The tones of `count` columns from `first` on, column by column, row 0 (0 Hz) first: 0 is empty, 9 the darkest.
    /// Columns that do not exist are empty. The loudest place among them is the measure.
    pub fn tones(&self, first: usize, count: usize) -> Vec<u8> {
        let columns = first..first.saturating_add(count);
        let mut tones = self.tones_at(columns.clone(), self.loudest(columns));
        tones.resize(count.saturating_mul(ROWS), 0);
        tones
    }

    /// The levels of those of the columns that exist.
    fn levels(&self, columns: std::ops::Range<usize>) -> &[u8] {
        let place = |column: usize| column.saturating_mul(ROWS).min(self.levels.len());
        &self.levels[place(columns.start)..place(columns.end)]
    }

    fn loudest(&self, columns: std::ops::Range<usize>) -> u8 {
        self.levels(columns).iter().copied().max().unwrap_or(0)
    }

    fn tones_at(&self, columns: std::ops::Range<usize>, loudest: u8) -> Vec<u8> {
        tones_of(self.levels(columns), loudest)
    }
}

fn tones_of(levels: &[u8], loudest: u8) -> Vec<u8> {
    let tones: [u8; 256] = std::array::from_fn(|level| tone((level as u8).min(loudest), loudest));
    levels.iter().map(|level| tones[usize::from(*level)]).collect()
}

/// The pitch in some of the columns of a picture, Hz, 0 where there is none. `f0_hz` has the pitch of every frame, a hop
/// apart, from sample `speech_start` of the recording on.
pub fn pitch_of_columns(speech_start: usize, f0_hz: &[f32], columns: std::ops::Range<usize>) -> Vec<f32> {
    let first = speech_start / HOP + HOPS_TO_MIDDLE;
    columns
        .map(|column| column.checked_sub(first).and_then(|frame| f0_hz.get(frame)).copied().unwrap_or(0.0))
        .collect()
}

/// The frame whose middle lies in a column of a sound's picture; the first one for the columns before it.
pub fn frame_of_column(column: usize) -> usize {
    column.saturating_sub(HOPS_TO_MIDDLE)
}

/// The sample at which a frame starts.
pub fn start_of_frame(frame: usize) -> usize {
    frame.saturating_mul(HOP)
}

/// A power as a stored level.
pub(super) fn level(power: f32) -> u8 {
    if power > 0.0 { (STEPS_PER_DB * (10.0 * libm::log10f(power) - LOWEST_DB)) as u8 } else { 0 }
}

pub(super) fn tone(level: u8, loudest: u8) -> u8 {
    const RANGE: u32 = (RANGE_DB as u32) * STEPS_PER_DB as u32;
    let below = u32::from(loudest - level);
    if level == 0 || below >= RANGE { 0 } else { ((RANGE - below) * u32::from(TONES)).div_ceil(RANGE) as u8 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone_at(hz: f64, seconds: f64, amplitude: f64) -> Vec<f32> {
        let count = (16_000.0 * seconds) as usize;
        let sample = |n: usize| amplitude * libm::sin(2.0 * std::f64::consts::PI * hz * n as f64 / 16_000.0);
        (0..count).map(|n| sample(n) as f32).collect()
    }

    fn whole(samples: &[f32]) -> SoundPicture {
        let mut picture = SoundPicture::new();
        assert!(picture.draw(samples, true, usize::MAX));
        picture
    }

    #[test]
    fn picture_of_a_tone_is_a_dark_line_at_its_frequency() {
        let picture = whole(&tone_at(1_000.0, 0.5, 0.3));
        assert_eq!(picture.columns(), 50);
        let tones = picture.tones(0, 50);
        let column = &tones[25 * ROWS..26 * ROWS];
        let darkest: Vec<usize> = (0..ROWS).filter(|&row| column[row] == TONES).collect();
        assert!(darkest.contains(&32), "{darkest:?}: 1,000 Hz is row 32");
        assert!(darkest.iter().all(|row| row.abs_diff(32) <= 2));
        assert_eq!(column[100], 0);
    }

    #[test]
    fn tone_has_nine_equal_steps_of_fifty_decibels() {
        assert_eq!(tone(200, 200), 9);
        assert_eq!(tone(200 - 11, 200), 9, "5.5 dB below: still the first step");
        assert_eq!(tone(200 - 12, 200), 8);
        assert_eq!(tone(101, 200), 1, "49.5 dB below");
        assert_eq!(tone(100, 200), 0);
        assert_eq!(tone(0, 0), 0, "silence is empty");
    }

    #[test]
    fn picture_of_a_growing_recording_has_the_columns_of_a_finished_one() {
        let samples = tone_at(700.0, 0.337, 0.5);
        let finished = whole(&samples);
        let mut growing = SoundPicture::new();
        for end in (0..samples.len()).step_by(377) {
            assert!(growing.draw(&samples[..end], false, usize::MAX));
        }
        let before_the_end = growing.columns();
        assert!((30..34).contains(&before_the_end));
        while !growing.draw(&samples, true, 1) {}
        assert_eq!(growing.levels, finished.levels);
        assert_eq!(finished.columns(), 34);
    }

    #[test]
    fn tones_are_relative_to_the_loudest_place_that_is_shown() {
        let samples = [tone_at(500.0, 0.2, 0.9), tone_at(500.0, 0.2, 0.0009)].concat();
        let picture = whole(&samples);
        let all = picture.tones(0, 40);
        assert_eq!(all[30 * ROWS + 16], 0, "60 dB below the loud half");
        let end = picture.tones(25, 20);
        assert_eq!(end[5 * ROWS + 16], TONES);
        assert_eq!(end.len(), 20 * ROWS);
        assert_eq!(end[19 * ROWS + 16], 0, "a column that does not exist");
    }

    #[test]
    fn pitch_of_columns_stands_where_the_middle_of_its_frame_is() {
        let f0 = [100.0, 101.0, 102.0];
        assert_eq!(pitch_of_columns(0, &f0, 0..7), [0.0, 0.0, 100.0, 101.0, 102.0, 0.0, 0.0]);
        // Frame 0 of speech from 10 ms on has its middle at 40 ms, which column 3 begins with or holds.
        assert_eq!(pitch_of_columns(HOP, &f0, 2..5), [0.0, 100.0, 101.0]);
        assert_eq!(pitch_of_columns(usize::MAX, &f0, 0..2), [0.0, 0.0]);
        assert!(pitch_of_columns(0, &f0, 3..3).is_empty());
    }

    #[test]
    fn step_draws_the_whole_picture_and_says_how_far_it_is() {
        let samples = tone_at(700.0, 1.2, 0.5);
        let mut picture = SoundPicture::new();
        let shares: Vec<f64> = (0..3).map(|_| picture.step(&samples)).collect();
        assert_eq!(shares, [50.0 / 120.0, 100.0 / 120.0, 1.0]);
        assert_eq!(picture.levels, whole(&samples).levels);
        assert_eq!(SoundPicture::new().step(&[]), 1.0);
        assert_eq!(picture.whole().tones, picture.tones(0, 120));
    }

    #[test]
    fn whole_of_a_long_sound_has_means_of_columns() {
        let picture = whole(&[tone_at(1_000.0, 45.0, 0.3), tone_at(2_000.0, 37.0, 0.3)].concat());
        let tones = picture.whole();
        assert_eq!((picture.columns(), tones.columns), (8_200, 2_734), "three together, the last one alone");
        for (column, row, other) in [(0, 32, 64), (1_490, 32, 64), (1_510, 64, 32), (2_733, 64, 32)] {
            let column = &tones.tones[column * ROWS..(column + 1) * ROWS];
            // The pre-emphasis makes the lower tone the weaker one; leakage of the other may leave a trace.
            assert!(column[row] >= 8 && column[other] <= 1, "{} {}", column[row], column[other]);
        }
    }

    #[test]
    fn view_has_what_is_new_and_what_may_have_changed() {
        let picture = whole(&tone_at(700.0, 3.0, 0.5));
        let all = picture.view(200, false, 0, 0);
        assert_eq!((all.start, all.first, all.tones.columns), (100, 100, 200));
        assert_eq!(all.tones.tones, picture.tones(100, 200));
        let next = picture.view(200, false, 290, all.loudest);
        assert_eq!((next.start, next.first, next.tones.columns), (100, 290 - UNSETTLED, 10 + UNSETTLED));
        assert_eq!(next.tones.tones, all.tones.tones[(next.first - 100) * ROWS..]);
        let louder = picture.view(200, false, 290, all.loudest - 1);
        assert_eq!(louder, all, "other tones everywhere");
        let paged = picture.view(80, true, 290, all.loudest);
        assert_eq!((paged.start, paged.first), (240, 290 - UNSETTLED), "the fourth page");
        let turned = picture.view(75, true, 200, all.loudest);
        assert_eq!((turned.start, turned.first, turned.tones.columns), (225, 225, 75), "a page that is full");
        let empty = SoundPicture::new().view(0, true, 7, 0);
        assert_eq!((empty.start, empty.first, empty.tones.columns), (0, 0, 0));
    }

    /// The newest columns' pitch at every moment, put together from views alone, is that of all frames at the end.
    #[test]
    fn columns_before_a_view_have_the_pitch_that_they_keep() {
        let samples = crate::lesson::testing::recording(1.8);
        let (mut picture, mut live) = (SoundPicture::new(), crate::analysis::LivePitch::new().unwrap());
        let (mut painted, mut line) = (0, Vec::new());
        let mut pitch_from = |samples: &[f32], first: usize, end: usize| {
            let frame = frame_of_column(first);
            let f0_hz = live.follow(samples, frame).unwrap();
            pitch_of_columns(start_of_frame(frame), &f0_hz, first..end)
        };
        for end in (0..samples.len()).step_by(531) {
            picture.draw(&samples[..end], false, usize::MAX);
            let view = picture.view(10_000, false, painted, picture.loudest(0..picture.columns()));
            line.truncate(view.first);
            line.extend(pitch_from(&samples[..end], view.first, picture.columns()));
            painted = picture.columns();
        }
        let whole = pitch_from(&samples[..(samples.len() - 1) / 531 * 531], 0, painted);
        assert!(painted > 270 && whole.iter().filter(|hz| **hz > 0.0).count() > 150);
        assert_eq!(line, whole);
    }

    #[test]
    fn picture_of_silence_and_broken_samples_is_empty() {
        let picture = whole(&[0.0; 1000]);
        assert!(picture.tones(0, 7).iter().all(|&tone| tone == 0));
        let picture = whole(&[f32::NAN; 1000]);
        assert!(picture.tones(0, 7).iter().all(|&tone| tone == 0));
        assert_eq!(whole(&[]).columns(), 0);
        assert!(picture.tones(usize::MAX, 1).iter().all(|&tone| tone == 0));
    }
}
