//! Errors and values for JavaScript.

use std::fmt::Display;

use js_sys::Reflect;
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::analysis::AnalysisError;
use crate::audio::AudioError;
use crate::chart::ChartError;

/// A plain object, array or primitive. Maps become objects, as in JSON.
pub fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).map_err(|error| coded("unexpected", &error))
}

/// An error that serialises to `{ code, …data }`, with its text as `message`.
fn thrown(error: &(impl Serialize + Display)) -> JsValue {
    match to_js(error) {
        Ok(object) if object.is_object() => with_message(object, error),
        _ => coded("unexpected", error),
    }
}

/// Errors of the crate that are thrown as they are.
macro_rules! thrown_as_they_are {
    ($($error:ty),+) => {$(
        impl From<$error> for JsValue {
            fn from(error: $error) -> JsValue {
                thrown(&error)
            }
        }
    )+};
}
thrown_as_they_are!(AnalysisError, AudioError, ChartError);

/// `{ code, message }`.
pub fn coded(code: &str, message: &dyn Display) -> JsValue {
    let object = JsValue::from(js_sys::Object::new());
    set(&object, "code", &JsValue::from_str(code));
    with_message(object, message)
}

fn with_message(object: JsValue, message: &dyn Display) -> JsValue {
    set(&object, "message", &JsValue::from_str(&message.to_string()));
    object
}

/// Sets a property of an object of ours; that cannot fail.
pub fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}
