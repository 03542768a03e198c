//! Tones of ink for JavaScript.

use js_sys::{Float32Array, Uint8Array};
use wasm_bindgen::JsValue;

use super::error::set;
use crate::chart::sound_picture::{Tones, View};

/// A `LiveView` of this pitch.
pub fn view_object(view: &View, f0_hz: &[f32]) -> JsValue {
    let object = tones_object(&view.tones);
    set(&object, "start", &JsValue::from_f64(view.start as f64));
    set(&object, "first", &JsValue::from_f64(view.first as f64));
    set(&object, "loudest", &JsValue::from_f64(f64::from(view.loudest)));
    set(&object, "f0Hz", &Float32Array::from(f0_hz));
    object
}

/// A `LivePicture`.
pub fn tones_object(tones: &Tones) -> JsValue {
    let object = JsValue::from(js_sys::Object::new());
    set(&object, "columns", &JsValue::from_f64(tones.columns as f64));
    set(&object, "rows", &JsValue::from_f64(tones.rows as f64));
    set(&object, "tones", &Uint8Array::from(tones.tones.as_slice()));
    object
}
