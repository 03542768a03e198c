//! Tones of ink for JavaScript.

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;

use super::error::set;
use crate::chart::sound_picture::Tones;

/// A `LivePicture`.
pub fn tones_object(tones: &Tones) -> JsValue {
    let object = JsValue::from(js_sys::Object::new());
    set(&object, "columns", &JsValue::from_f64(tones.columns as f64));
    set(&object, "rows", &JsValue::from_f64(tones.rows as f64));
    set(&object, "tones", &Uint8Array::from(tones.tones.as_slice()));
    object
}
