//! One sound as it comes in: a recording or a decoded file.

use std::ops::Range;
use std::rc::Rc;

use js_sys::{Float32Array, Uint8Array};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::error::coded;
use super::picture::view_object;
use crate::analysis::AnalysisError;
use crate::analysis::LivePitch;
use crate::analysis::utterances::between;
use crate::audio::resample::Resampler;
use crate::audio::{SAMPLE_RATE_HZ, seconds, wav, whole_rate_hz};
use crate::chart::sound_picture::{SoundPicture, frame_of_column, pitch_of_columns, start_of_frame};

/// Samples at 16 kHz that a take and the analysis of it both hold.
#[derive(Debug, Clone, Default)]
pub(super) struct Samples(Rc<Vec<f32>>);

impl AsRef<[f32]> for Samples {
    fn as_ref(&self) -> &[f32] {
        &self.0
    }
}

/// A sound that grows at the rate it comes in at and is kept at 16 kHz.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Take {
    samples: Samples,
    /// None once there is no more input.
    resampler: Option<Resampler>,
    /// Drawn as far as it was asked for.
    picture: SoundPicture,
    /// Followed as far as it was asked for; none before that, nor after the end.
    live_pitch: Option<LivePitch>,
}

#[wasm_bindgen]
impl Take {
    /// A sound that comes in at `rateHz` (8–192 kHz). Throws `unsupported_rate`.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(js_name = rateHz)] rate_hz: f64) -> Result<Take, JsValue> {
        let resampler = Resampler::new(whole_rate_hz(rate_hz))?;
        Ok(Take {
            samples: Samples::default(),
            resampler: Some(resampler),
            picture: SoundPicture::new(),
            live_pitch: None,
        })
    }

    /// Says how long the sound will be, in seconds: it is then not copied while it grows. Whether it is longer or shorter changes
    /// nothing else. Throws `memory` where there is not so much: later that could only end the module, and with it the sound.
    pub fn expect(&mut self, seconds: f64) -> Result<(), JsValue> {
        let samples = Rc::make_mut(&mut self.samples.0);
        let more = between(0.0, seconds, usize::MAX).len().saturating_sub(samples.len());
        samples.try_reserve_exact(more).map_err(|error| coded("memory", &error))
    }

    /// Adds mono samples, in chunks of any size. Throws `closed` after `close`.
    pub fn push(&mut self, chunk: &[f32]) -> Result<(), JsValue> {
        let resampler =
            self.resampler.as_mut().ok_or_else(|| coded("closed", &"this sound has ended already"))?;
        // Nobody shares a sound that still grows, so nothing is copied.
        resampler.push(chunk, Rc::make_mut(&mut self.samples.0));
        Ok(())
    }

    /// No more input. A second call does nothing.
    pub fn close(&mut self) {
        if let Some(resampler) = self.resampler.take() {
            let samples = Rc::make_mut(&mut self.samples.0);
            resampler.finish(samples);
            samples.shrink_to_fit();
        }
        // The analysis draws and extracts the pitch itself.
        self.picture = SoundPicture::new();
        self.live_pitch = None;
    }

    /// Seconds so far.
    #[wasm_bindgen(getter)]
    pub fn seconds(&self) -> f64 {
        seconds(self.as_slice().len())
    }

    /// The samples at 16 kHz, to be played.
    pub fn samples(&self) -> Float32Array {
        Float32Array::from(self.as_slice())
    }

    /// Those between two times, in seconds.
    #[wasm_bindgen(js_name = samplesBetween)]
    pub fn samples_between(
        &self,
        #[wasm_bindgen(js_name = startS)] start_s: f64,
        #[wasm_bindgen(js_name = endS)] end_s: f64,
    ) -> Float32Array {
        let samples = self.as_slice();
        Float32Array::from(&samples[between(start_s, end_s, samples.len())])
    }

    /// A piece of the whole sound as a float WAV file at 16 kHz, in which nothing is lost: number 0 is what comes before the samples, the
    /// others have so many of them that each is made in a millisecond. Behind the last one pieces are empty.
    #[wasm_bindgen(js_name = wavPiece)]
    pub fn wav_piece(&self, number: usize) -> Uint8Array {
        let bytes = wav::piece_f32(self.as_slice(), SAMPLE_RATE_HZ, number);
        Uint8Array::from(bytes.as_slice())
    }

    /// What is to be painted of the sound picture of a growing sound (columns of 10 ms) and of its pitch, where `room` columns
    /// are seen: the newest, or page after page. All columns before number `painted` are painted, with tones relative to
    /// `loudest`; 0 and 0 for nothing.
    ///
    /// The pitch is provisional: the newest 40 frames (0.4 s) may still be decided otherwise, and the measures do not come from
    /// here. An ended sound has none.
    #[wasm_bindgen(js_name = liveView, unchecked_return_type = "LiveView")]
    pub fn live_view(
        &mut self,
        room: usize,
        paged: bool,
        painted: usize,
        loudest: u8,
    ) -> Result<JsValue, JsValue> {
        self.picture.draw(self.samples.as_ref(), self.resampler.is_none(), usize::MAX);
        let view = self.picture.view(room, paged, painted, loudest);
        let frame = frame_of_column(view.first);
        let f0_hz = self.follow(frame)?;
        let columns = view.first..self.picture.columns();
        Ok(view_object(&view, &pitch_of_columns(start_of_frame(frame), &f0_hz, columns)))
    }
}

impl Take {
    /// The provisional pitch of the frames from number `first` on, Hz; none once the sound has ended.
    fn follow(&mut self, first: usize) -> Result<Vec<f32>, AnalysisError> {
        if self.resampler.is_none() {
            return Ok(Vec::new());
        }
        let live_pitch = match self.live_pitch.take() {
            Some(live_pitch) => live_pitch,
            None => LivePitch::new()?,
        };
        self.live_pitch.insert(live_pitch).follow(self.samples.as_ref(), first)
    }

    /// The samples at 16 kHz.
    pub(super) fn as_slice(&self) -> &[f32] {
        self.samples.as_ref()
    }

    /// A part of them, copied: a sound that still grows is not shared.
    pub(super) fn part(&self, range: Range<usize>) -> Samples {
        Samples(Rc::new(self.as_slice()[range].to_vec()))
    }

    /// The samples at 16 kHz, not copied.
    pub(super) fn share(&self) -> Samples {
        self.samples.clone()
    }
}
