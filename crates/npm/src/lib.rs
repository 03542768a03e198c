//! What the npm package's scripts (`packages/npm/`) call: the extractor of features, and scores with all that belongs to them. A
//! WebAssembly module is made of either by itself, so that who wants features alone loads nothing else.
//!
//! Nothing is computed here; values are translated. Errors are thrown as plain objects `{ code, message }`, of which the scripts
//! make errors of JavaScript.
#![cfg(target_arch = "wasm32")]

#[cfg(feature = "extract")]
mod extract;
#[cfg(feature = "score")]
mod score;
#[cfg(feature = "score")]
mod utterances;

use std::fmt::Display;

use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::JsValue;

/// An error by its code and its text.
fn thrown(code: &str, message: &dyn Display) -> JsValue {
    let object = Object::new();
    set(&object, "code", code);
    set(&object, "message", message.to_string());
    object.into()
}

/// Sets a property of an object of ours; that cannot fail.
fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(object, &name.into(), &value.into());
}
