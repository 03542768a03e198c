//! Sound files for JavaScript: what they are, and the samples of those that we read ourselves ([`undertone::audio`]); and the utterances
//! of longer sounds. A module of its own, which the page starts with the first file or conversation: who only records a sentence does
//! without it.
//!
//! Nothing is computed here; values are translated. Errors are thrown as plain objects `{ code }`, by which the page looks its
//! words up: their texts would be a fifth of the module.
#![cfg(target_arch = "wasm32")]

mod utterances;

use js_sys::{Object, Reflect};
use undertone::audio::channels::{Comparison, Difference};
use undertone::audio::sniff;
use undertone::audio::sound_file::{self, ReadError};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// The type of what [`sniff`] gives.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
export interface Sniffed {
  kind:
    | "wav" | "aiff" | "caf" | "au" | "flac" | "mp3" | "aac" | "ogg_vorbis"
    | "ogg_opus" | "ogg_flac" | "ogg_speex" | "ogg_other" | "mp4" | "webm" | "amr" | "asf"
    | "adif" | "ac3" | "dts" | "dsd" | "ape" | "wav_pack" | "musepack" | "tta"
    | "sphere" | "voc" | "silk" | "real_media" | "gsm" | "avi" | "flv" | "mpeg_video" | "silent_video" | "midi"
    | "image" | "pdf" | "archive" | "text" | "zeros" | "empty" | "unknown";
  /** Sampling rate that a decoder delivers, Hz, if the header says so. */
  rateHz?: number;
}

/** A file that ends before its sound does. */
export interface Cut {
  /** How much sound is there, s. */
  presentS: number;
  /** How much there should be, s, if the file says so. */
  declaredS?: number;
}

/** Why the mean of a file's channels says little. */
export type Difference = "silent" | "cancel" | "levels" | "unlike";
"#;

/// What some bytes are the beginning of.
#[wasm_bindgen(js_name = sniff, unchecked_return_type = "Sniffed")]
pub fn sniff_bytes(bytes: &[u8]) -> JsValue {
    let found = sniff::sniff(bytes);
    let object = Object::new();
    set(&object, "kind", found.kind.name());
    if let Some(rate_hz) = found.rate_hz {
        set(&object, "rateHz", rate_hz);
    }
    object.into()
}

/// A sound file of a format that we read ourselves.
#[wasm_bindgen]
#[derive(Debug)]
pub struct SoundFile(sound_file::SoundFile);

#[wasm_bindgen]
impl SoundFile {
    /// Opens a file of `length` bytes by the first of them. Throws the readers' errors.
    pub fn open(first: &[u8], length: f64) -> Result<SoundFile, JsValue> {
        sound_file::SoundFile::open(first, length as u64).map_err(thrown).map(SoundFile)
    }

    /// Takes one channel, counted from 0, instead of the mean of all.
    pub fn choose(&mut self, channel: usize) {
        self.0.choose(channel);
    }

    /// The file's own sampling rate, Hz; 0 until what is wanted of its header was given.
    #[wasm_bindgen(getter, js_name = rateHz)]
    pub fn rate_hz(&self) -> u32 {
        self.0.rate_hz()
    }

    /// Number of channels.
    #[wasm_bindgen(getter)]
    pub fn channels(&self) -> usize {
        self.0.channels()
    }

    /// Length in seconds, if the header says so.
    #[wasm_bindgen(getter)]
    pub fn seconds(&self) -> Option<f64> {
        self.0.seconds()
    }

    /// Which bytes of the file are needed next: the first, and the one after the last. Undefined when all that matter were given.
    pub fn wanted(&self) -> Option<Vec<f64>> {
        self.0.wanted().map(|wanted| vec![wanted.start as f64, wanted.end as f64])
    }

    /// Takes the bytes that were wanted. Throws the readers' errors.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), JsValue> {
        self.0.push(bytes).map_err(thrown)
    }

    /// About a quarter of a second of samples; undefined if that needs more bytes. Throws the readers' errors.
    #[wasm_bindgen(js_name = next)]
    pub fn next_samples(&mut self) -> Result<Option<Vec<f32>>, JsValue> {
        let mut samples = Vec::new();
        let found = self.0.next(&mut samples).map_err(thrown)?;
        Ok(found.then_some(samples))
    }

    /// Whether a file whose bytes were all given is cut off.
    #[wasm_bindgen(unchecked_return_type = "Cut | undefined")]
    pub fn cut(&self) -> JsValue {
        let Some(cut) = self.0.cut() else { return JsValue::UNDEFINED };
        let object = Object::new();
        set(&object, "presentS", cut.present_s);
        if let Some(declared_s) = cut.declared_s {
            set(&object, "declaredS", declared_s);
        }
        object.into()
    }

    /// What makes the channels unlike, as far as they were read.
    #[wasm_bindgen(unchecked_return_type = "Difference | undefined")]
    pub fn difference(&self) -> JsValue {
        named(self.0.difference())
    }
}

/// The channels of a sound that the browser decoded: mixed and compared as those of [`SoundFile`].
#[wasm_bindgen]
#[derive(Debug)]
pub struct Mixer {
    channels: usize,
    channel: Option<usize>,
    comparison: Comparison,
}

#[wasm_bindgen]
impl Mixer {
    /// For so many channels, at least one: their mean, or one of them, counted from 0.
    #[wasm_bindgen(constructor)]
    pub fn new(channels: usize, channel: Option<usize>) -> Mixer {
        Mixer { channels: channels.max(1), channel, comparison: Comparison::default() }
    }

    /// The next samples: those of the first channel, then as many of the second, and so on.
    pub fn mix(&mut self, planes: &[f32]) -> Vec<f32> {
        let length = planes.len() / self.channels;
        let planes: Vec<Vec<f32>> = planes.chunks_exact(length.max(1)).map(<[f32]>::to_vec).collect();
        if self.channels > 1 {
            self.comparison.push(&planes);
        }
        match self.channel {
            Some(channel) => planes.into_iter().nth(channel).unwrap_or_default(),
            None => {
                let sum = |k: usize| planes.iter().map(|plane| f64::from(plane[k])).sum::<f64>();
                (0..length).map(|k| (sum(k) / self.channels as f64) as f32).collect()
            }
        }
    }

    /// What makes the channels unlike, as far as they were mixed.
    #[wasm_bindgen(unchecked_return_type = "Difference | undefined")]
    pub fn difference(&self) -> JsValue {
        named(self.comparison.difference())
    }
}

fn named(difference: Option<Difference>) -> JsValue {
    difference.map_or(JsValue::UNDEFINED, |difference| difference.name().into())
}

/// An error by its code.
fn thrown(error: ReadError) -> JsValue {
    let object = Object::new();
    set(&object, "code", error.code());
    object.into()
}

/// Sets a property of an object of ours; that cannot fail.
fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(object, &name.into(), &value.into());
}
