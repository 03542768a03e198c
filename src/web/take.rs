//! One sound as it comes in: a recording or a decoded file.

use std::cell::RefCell;

use js_sys::{Float32Array, Uint8Array};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::error::{coded, set, to_js};
use super::picture::tones_object;
use crate::analysis::AnalysisError;
use crate::analysis::LivePitch;
use crate::audio::resample::Resampler;
use crate::audio::sniff::sniff;
use crate::audio::{SAMPLE_RATE_HZ, seconds, wav, whole_rate_hz};
use crate::chart::sound_picture::{SoundPicture, pitch_of_columns};

/// A sound that grows at the rate it comes in at and is kept at 16 kHz.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Take {
    samples: Vec<f32>,
    /// None once there is no more input.
    resampler: Option<Resampler>,
    /// Drawn as far as it was asked for.
    picture: RefCell<SoundPicture>,
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
            samples: Vec::new(),
            resampler: Some(resampler),
            picture: RefCell::new(SoundPicture::new()),
            live_pitch: None,
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
        // The analysis extracts the pitch itself.
        self.live_pitch = None;
    }

    /// Seconds so far.
    #[wasm_bindgen(getter)]
    pub fn seconds(&self) -> f64 {
        seconds(self.samples.len())
    }

    /// The samples at 16 kHz, to be played.
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
        tones_object(&picture.part(picture.newest(columns)))
    }

    /// Pitch of the last `columns` columns of the sound picture of a growing sound, Hz, 0 = none. Provisional: the
    /// newest 40 frames (0.4 s) may still be decided otherwise, and the measures do not come from here. Nothing is followed
    /// before the first call, so a sound whose pitch is not shown costs nothing; an ended one has no provisional pitch.
    #[wasm_bindgen(js_name = livePitch)]
    pub fn live_pitch(&mut self, columns: usize) -> Result<Float32Array, JsValue> {
        let columns = self.picture.borrow().newest(columns);
        let f0_hz = self.follow()?;
        Ok(Float32Array::from(pitch_of_columns(0, &f0_hz, columns).as_slice()))
    }

    /// Reads a WAV file with our own reader: its rate and its samples, mono, for [`Take::push`] in portions. Throws the
    /// reader's errors.
    #[wasm_bindgen(js_name = readWav, unchecked_return_type = "WavSound")]
    pub fn read_wav(bytes: &[u8]) -> Result<JsValue, JsValue> {
        let wave = wav::read(bytes)?;
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
    /// The provisional pitch of every frame so far, Hz; none once the sound has ended.
    fn follow(&mut self) -> Result<Vec<f32>, AnalysisError> {
        if self.resampler.is_none() {
            return Ok(Vec::new());
        }
        let live_pitch = match self.live_pitch.take() {
            Some(live_pitch) => live_pitch,
            None => LivePitch::new()?,
        };
        self.live_pitch.insert(live_pitch).follow(&self.samples)
    }

    /// The samples at 16 kHz.
    pub(super) fn as_slice(&self) -> &[f32] {
        &self.samples
    }
}
