//! Reading plain objects field by field.
//!
//! Derived deserialisers for the charts' specifications would be a fifth of the whole wasm; these few functions are
//! shared by all of them.

use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::error::{coded, set, thrown};
use crate::chart::palette::Rgb;

/// A plain object of the page.
pub struct Fields(JsValue);

impl Fields {
    /// Throws `bad_argument` if the value is not an object.
    pub fn of(value: JsValue) -> Result<Fields, JsValue> {
        if value.is_object() { Ok(Fields(value)) } else { Err(wrong("", "an object")) }
    }

    /// The value of a field; null counts as absent.
    fn get(&self, name: &str) -> Option<JsValue> {
        let value = Reflect::get(&self.0, &JsValue::from_str(name)).ok()?;
        (!value.is_undefined() && !value.is_null()).then_some(value)
    }

    fn need<T>(&self, name: &str, what: &str, read: impl Fn(JsValue) -> Option<T>) -> Result<T, JsValue> {
        self.get(name).and_then(read).ok_or_else(|| wrong(name, what))
    }

    /// A number; whether it makes sense is for the chart to say.
    pub fn number(&self, name: &str) -> Result<f64, JsValue> {
        self.need(name, "a number", |value| value.as_f64())
    }

    /// A number, or nothing.
    pub fn number_if(&self, name: &str) -> Result<Option<f64>, JsValue> {
        if self.get(name).is_some() { self.number(name).map(Some) } else { Ok(None) }
    }

    /// Whether a field is true.
    pub fn flag(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value.is_truthy())
    }

    /// A text.
    pub fn text(&self, name: &str) -> Result<String, JsValue> {
        self.need(name, "a text", |value| value.as_string())
    }

    /// A text, or nothing.
    pub fn text_if(&self, name: &str) -> Result<Option<String>, JsValue> {
        if self.get(name).is_some() { self.text(name).map(Some) } else { Ok(None) }
    }

    /// One of a few words, or the first of them if absent.
    pub fn word<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<T, JsValue> {
        let given = self.text_if(name)?;
        let is_given = |entry: &&(&str, T)| given.as_deref().is_none_or(|given| given == entry.0);
        words.iter().find(is_given).map(|entry| entry.1).ok_or_else(|| wrong(name, "one of the known words"))
    }

    /// A colour as style sheets write it.
    pub fn colour(&self, name: &str) -> Result<Rgb, JsValue> {
        Rgb::parse(&self.text(name)?).map_err(|error| thrown(&error))
    }

    /// Two numbers, or nothing.
    pub fn pair_if(&self, name: &str) -> Result<Option<[f64; 2]>, JsValue> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let array: Array = value.dyn_into().map_err(|_| wrong(name, "two numbers"))?;
        match (array.length(), array.get(0).as_f64(), array.get(1).as_f64()) {
            (2, Some(first), Some(second)) => Ok(Some([first, second])),
            _ => Err(wrong(name, "two numbers")),
        }
    }

    /// An object.
    pub fn fields(&self, name: &str) -> Result<Fields, JsValue> {
        self.need(name, "an object", |value| Fields::of(value).ok())
    }

    /// An object, or nothing.
    pub fn fields_if(&self, name: &str) -> Result<Option<Fields>, JsValue> {
        if self.get(name).is_some() { self.fields(name).map(Some) } else { Ok(None) }
    }

    /// The members of a list; none if it is absent.
    pub fn list(&self, name: &str) -> Result<Vec<JsValue>, JsValue> {
        let Some(value) = self.get(name) else { return Ok(Vec::new()) };
        let array: Array = value.dyn_into().map_err(|_| wrong(name, "a list"))?;
        Ok(array.to_vec())
    }
}

fn wrong(field: &str, what: &str) -> JsValue {
    let error = coded("bad_argument", &format_args!("`{field}` is not {what}"));
    set(&error, "field", &JsValue::from_str(field));
    error
}
