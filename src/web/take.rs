//! One sound on its way in: a recording or a decoded file.

use std::cell::RefCell;

use js_sys::{Float32Array, Uint8Array};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::analyser::pitch_per_column;
use super::error::{coded, set, thrown, to_js};
use crate::audio::resample::Resampler;
use crate::audio::sniff::sniff;
use crate::audio::{SAMPLE_RATE_HZ, wav};
use crate::chart::sound_picture::{self, SoundPicture};
use egemaps::Extractor;

/// A sound that grows at the rate it comes in at and is kept at 16 kHz.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Take {
    samples: Vec<f32>,
    /// None once there is no more input.
    resampler: Option<Resampler>,
    /// Drawn as far as somebody looked.
    picture: RefCell<SoundPicture>,
    /// Listens along as far as somebody asked for the pitch; none before that, nor after the end.
    follower: Option<Follower>,
}

/// The pitch tracker of a growing sound.
#[derive(Debug)]
struct Follower {
    extractor: Extractor,
    /// Samples that it has heard.
    heard: usize,
}

#[wasm_bindgen]
impl Take {
    /// A sound that comes in at `rateHz` (8–192 kHz). Throws `unsupported_rate`.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(js_name = rateHz)] rate_hz: f64) -> Result<Take, JsValue> {
        // A rate that is not a whole number does not exist in files; microphones of that kind are refused.
        let whole = if rate_hz.fract() == 0.0 { rate_hz as u32 } else { 0 };
        let resampler = Resampler::new(whole).map_err(|error| thrown(&error))?;
        Ok(Take {
            samples: Vec::new(),
            resampler: Some(resampler),
            picture: RefCell::new(SoundPicture::new()),
            follower: None,
        })
    }

    /// Adds mono samples, in chunks of any size. Throws `closed` after `close`.
    pub fn push(&mut self, chunk: &[f32]) -> Result<(), JsValue> {
        let resampler =
            self.resampler.as_mut().ok_or_else(|| coded("closed", &"this sound has ended already"))?;
        resampler.push(chunk, &mut self.samples);
        Ok(())
    }

    /// No more input. A second call does nothing.
    pub fn close(&mut self) {
        if let Some(resampler) = self.resampler.take() {
            resampler.finish(&mut self.samples);
        }
        // The analysis does its own listening.
        self.follower = None;
    }

    /// Seconds so far.
    #[wasm_bindgen(getter)]
    pub fn seconds(&self) -> f64 {
        self.samples.len() as f64 / f64::from(SAMPLE_RATE_HZ)
    }

    /// The samples at 16 kHz, for listening again.
    pub fn samples(&self) -> Float32Array {
        Float32Array::from(self.samples.as_slice())
    }

    /// The whole sound as a float WAV file at 16 kHz: nothing is lost.
    pub fn wav(&self) -> Uint8Array {
        Uint8Array::from(wav::write_f32(&self.samples, SAMPLE_RATE_HZ).as_slice())
    }

    /// The last `columns` columns (10 ms each) of the sound picture of a growing sound.
    #[wasm_bindgen(js_name = livePicture, unchecked_return_type = "LivePicture")]
    pub fn live_picture(&self, columns: usize) -> JsValue {
        let mut picture = self.picture.borrow_mut();
        picture.draw(&self.samples, self.resampler.is_none(), usize::MAX);
        let first = picture.columns().saturating_sub(columns);
        picture_object(&picture, first)
    }

    /// Pitch of the last `columns` columns of the sound picture of a growing sound, Hz, 0 = none. Provisional: the
    /// newest 40 frames (0.4 s) may still be decided otherwise, and the measures do not come from here. The first call
    /// begins to listen along, so a sound that nobody watches costs nothing; an ended one has no provisional pitch.
    #[wasm_bindgen(js_name = livePitch)]
    pub fn live_pitch(&mut self, columns: usize) -> Float32Array {
        let drawn = self.picture.borrow().columns();
        let line = pitch_per_column(0, &self.follow(), drawn);
        Float32Array::from(&line[drawn.saturating_sub(columns)..])
    }

    /// Reads a WAV file with our own reader: its rate and its samples, mono, for [`Take::push`] in portions. Throws the
    /// reader's errors.
    #[wasm_bindgen(js_name = readWav, unchecked_return_type = "WavSound")]
    pub fn read_wav(bytes: &[u8]) -> Result<JsValue, JsValue> {
        let wave = wav::read(bytes).map_err(|error| thrown(&error))?;
        let object = JsValue::from(js_sys::Object::new());
        set(&object, "rateHz", &JsValue::from_f64(f64::from(wave.rate_hz)));
        set(&object, "samples", &Float32Array::from(wave.samples.as_slice()));
        Ok(object)
    }

    /// Whether `readWav` is the reader for these bytes.
    #[wasm_bindgen(js_name = isWav)]
    pub fn is_wav(bytes: &[u8]) -> bool {
        wav::is_wav(bytes)
    }

    /// Container and sampling rate from a file's header.
    #[wasm_bindgen(unchecked_return_type = "Sniffed")]
    pub fn sniff(bytes: &[u8]) -> Result<JsValue, JsValue> {
        to_js(&sniff(bytes))
    }
}

impl Take {
    /// Lets the pitch tracker hear what is new; the pitch of every frame so far, Hz.
    fn follow(&mut self) -> Vec<f32> {
        if self.resampler.is_none() {
            return Vec::new();
        }
        if self.follower.is_none() {
            let extractor = Extractor::new(SAMPLE_RATE_HZ).ok();
            self.follower = extractor.map(|extractor| Follower { extractor, heard: 0 });
        }
        let Some(Follower { extractor, heard }) = &mut self.follower else { return Vec::new() };
        // What is not a number ends the analysis with an error; the line only leaves a gap.
        let new = self.samples.get(*heard..).unwrap_or_default();
        let new: Vec<f32> = new.iter().map(|v| if v.is_finite() { *v } else { 0.0 }).collect();
        *heard += new.len();
        if extractor.push(&new).is_err() {
            return Vec::new();
        }
        extractor.provisional_f0_hz()
    }

    /// The samples at 16 kHz.
    pub(super) fn as_slice(&self) -> &[f32] {
        &self.samples
    }
}

/// The columns of a picture from `first` on as a plain object.
pub(super) fn picture_object(picture: &SoundPicture, first: usize) -> JsValue {
    let columns = picture.columns().saturating_sub(first);
    let object = JsValue::from(js_sys::Object::new());
    set(&object, "columns", &JsValue::from_f64(columns as f64));
    set(&object, "rows", &JsValue::from_f64(sound_picture::ROWS as f64));
    set(&object, "tones", &Uint8Array::from(picture.tones(first, columns).as_slice()));
    object
}
