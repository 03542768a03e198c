//! The catalogue of names.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::error::to_js;
use crate::catalogue::Catalogue;

/// Low-level descriptors, features with their groups and families, names of the flags, and the limits of the input.
#[wasm_bindgen(unchecked_return_type = "Catalogue")]
pub fn catalogue() -> Result<JsValue, JsValue> {
    to_js(&Catalogue::current())
}
