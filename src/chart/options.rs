//! A figure's options, each spelled once.
//!
//! `options!` makes of one list of fields the struct, its reader from plain objects and its TypeScript interface, so
//! that the three cannot differ; `words!` does the same for a choice of a few words. What a plain object is depends on
//! who calls ([`Source`]): JavaScript's values in the page, JSON in the tests.
//!
//! serde's derived deserialisers would be a fifth of the page's module; the readers made here share a few functions.

use super::ChartError;
use super::colour::Rgb;
use egemaps::catalogue::Lld;

/// A plain value, as a caller hands it over: an object, a list, a number, a text or a truth value.
pub trait Source: Sized {
    /// What the caller is told when something does not fit.
    type Error: From<ChartError>;

    /// Whether it is an object.
    fn is_object(&self) -> bool;
    /// A field of an object; nothing if it is missing or null.
    fn field(&self, name: &str) -> Option<Self>;
    /// The members of a list.
    fn items(&self) -> Option<Vec<Self>>;
    /// Its number.
    fn number(&self) -> Option<f64>;
    /// Its text.
    fn text(&self) -> Option<String>;
    /// Its truth value.
    fn truth(&self) -> Option<bool>;
}

/// What can be read from a plain value.
pub trait Value: Sized {
    /// What the plain value has to be, for errors.
    const WANTED: &'static str;

    /// Reads the value of the field `name`.
    ///
    /// # Errors
    /// [`ChartError::BadOption`] names the field that is not what it has to be, [`ChartError::BadColour`] says which
    /// colour cannot be read.
    fn read<S: Source>(source: &S, name: &'static str) -> Result<Self, S::Error>;
}

/// What has a declaration of its own in TypeScript.
pub trait Declared {
    /// The declaration.
    const TYPESCRIPT: &'static str;
}

/// Reads a field that must be there.
#[inline(never)] // called for every field: as calls, all readers together stay small
pub fn needed<S: Source, T: Value>(source: &S, name: &'static str) -> Result<T, S::Error> {
    match source.field(name) {
        Some(value) => T::read(&value, name),
        None => Err(bad::<S>(name, T::WANTED)),
    }
}

/// Reads a field that may be absent.
#[inline(never)]
pub fn given<S: Source, T: Value>(source: &S, name: &'static str) -> Result<Option<T>, S::Error> {
    match source.field(name) {
        Some(value) => T::read(&value, name).map(Some),
        None => Ok(None),
    }
}

/// The error of a field that is not what it has to be.
#[inline(never)]
pub fn bad<S: Source>(field: &'static str, wanted: &'static str) -> S::Error {
    ChartError::BadOption { field, wanted }.into()
}

impl Value for f64 {
    const WANTED: &'static str = "a number";

    /// Whether the number makes sense is for the chart to say.
    fn read<S: Source>(source: &S, name: &'static str) -> Result<f64, S::Error> {
        source.number().ok_or_else(|| bad::<S>(name, Self::WANTED))
    }
}

/// Whole numbers are truncated and clamped to their type's range.
macro_rules! whole {
    ($($whole:ident),+) => {$(
        impl Value for $whole {
            const WANTED: &'static str = f64::WANTED;

            fn read<S: Source>(source: &S, name: &'static str) -> Result<$whole, S::Error> {
                f64::read(source, name).map(|number| number as $whole)
            }
        }
    )+};
}
whole!(u32, usize);

impl Value for bool {
    const WANTED: &'static str = "true or false";

    fn read<S: Source>(source: &S, name: &'static str) -> Result<bool, S::Error> {
        source.truth().ok_or_else(|| bad::<S>(name, Self::WANTED))
    }
}

impl Value for String {
    const WANTED: &'static str = "a text";

    fn read<S: Source>(source: &S, name: &'static str) -> Result<String, S::Error> {
        source.text().ok_or_else(|| bad::<S>(name, Self::WANTED))
    }
}

impl Value for Rgb {
    const WANTED: &'static str = String::WANTED;

    fn read<S: Source>(source: &S, name: &'static str) -> Result<Rgb, S::Error> {
        Ok(Rgb::parse(&String::read(source, name)?)?)
    }
}

impl Value for Lld {
    const WANTED: &'static str = "the official name of an LLD";

    fn read<S: Source>(source: &S, name: &'static str) -> Result<Lld, S::Error> {
        let text = String::read(source, name)?;
        Lld::ALL.into_iter().find(|lld| lld.name() == text).ok_or_else(|| bad::<S>(name, Self::WANTED))
    }
}

impl<T: Value> Value for Option<T> {
    const WANTED: &'static str = T::WANTED;

    fn read<S: Source>(source: &S, name: &'static str) -> Result<Option<T>, S::Error> {
        T::read(source, name).map(Some)
    }
}

impl<T: Value> Value for Vec<T> {
    const WANTED: &'static str = "a list";

    fn read<S: Source>(source: &S, name: &'static str) -> Result<Vec<T>, S::Error> {
        let items = source.items().ok_or_else(|| bad::<S>(name, Self::WANTED))?;
        let mut values = Vec::with_capacity(items.len());
        for item in &items {
            values.push(T::read(item, name)?);
        }
        Ok(values)
    }
}

impl<const N: usize> Value for [f64; N] {
    const WANTED: &'static str = if N == 2 { "two numbers" } else { "as many numbers as it has to be" };

    fn read<S: Source>(source: &S, name: &'static str) -> Result<[f64; N], S::Error> {
        let numbers =
            source.items().and_then(|items| items.iter().map(S::number).collect::<Option<Vec<_>>>());
        numbers.and_then(|numbers| numbers.try_into().ok()).ok_or_else(|| bad::<S>(name, Self::WANTED))
    }
}

/// Makes a struct of options, its reader and its TypeScript interface.
///
/// A field with a default (`= …`) may be absent or null, every other one must be there. `as "…"` gives the name in
/// JavaScript where that is another one. `extends field: Type` takes in the fields of another struct of options.
macro_rules! options {
    (
        $(#[doc = $about:literal])+
        #[derive($($derived:ident),+)]
        pub struct $name:ident $(extends $base:ident: $base_type:ident)? {
            $(
                $(#[doc = $doc:literal])+
                $field:ident $(as $js:literal)?: $type:tt $(<$inner:tt>)? $(= $default:expr)?,
            )*
        }
    ) => {
        $(#[doc = $about])+
        #[derive($($derived),+)]
        pub struct $name {
            $(
                #[doc = concat!("See [`", stringify!($base_type), "`].")]
                pub $base: $base_type,
            )?
            $(
                $(#[doc = $doc])+
                pub $field: $type $(<$inner>)?,
            )*
        }

        impl $crate::chart::options::Value for $name {
            const WANTED: &'static str = "an object";

            fn read<S: $crate::chart::options::Source>(
                source: &S,
                name: &'static str,
            ) -> Result<Self, S::Error> {
                if !source.is_object() {
                    return Err($crate::chart::options::bad::<S>(name, Self::WANTED));
                }
                Ok($name {
                    $($base: $crate::chart::options::Value::read(source, name)?,)?
                    $($field: $crate::chart::options::field!(source, ($field $(as $js)?) $($default)?),)*
                })
            }
        }

        impl $crate::chart::options::Declared for $name {
            const TYPESCRIPT: &'static str = concat!(
                "/**\n", $(" *", $about, "\n",)+ " */\n",
                "export interface ", stringify!($name), $(" extends ", stringify!($base_type),)? " {\n",
                $(
                    "  /**\n", $("   *", $doc, "\n",)+ "   */\n",
                    "  ", $crate::chart::options::name!($field $(as $js)?),
                    $crate::chart::options::typescript!(@field ($type $(<$inner>)?) $($default)?),
                )*
                "}\n",
            );
        }
    };
}

/// Makes a choice of a few words: the enum, its reader and its TypeScript type.
macro_rules! words {
    (
        $(#[doc = $about:literal])+
        pub enum $name:ident {
            $(
                $(#[doc = $doc:literal])+
                $variant:ident = $word:literal,
            )+
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name {
            $(
                $(#[doc = $doc])+
                $variant,
            )+
        }

        impl $crate::chart::options::Value for $name {
            const WANTED: &'static str = "one of the known words";

            fn read<S: $crate::chart::options::Source>(
                source: &S,
                name: &'static str,
            ) -> Result<Self, S::Error> {
                match source.text().as_deref() {
                    $(Some($word) => Ok($name::$variant),)+
                    _ => Err($crate::chart::options::bad::<S>(name, Self::WANTED)),
                }
            }
        }

        impl $crate::chart::options::Declared for $name {
            const TYPESCRIPT: &'static str = concat!(
                "/**\n", $(" *", $about, "\n",)+ " */\n",
                "export type ", stringify!($name), " =", $("\n  | \"", $word, "\"",)+ ";\n",
            );
        }
    };
}

/// Reads one field; see `options!`.
macro_rules! field {
    ($source:ident, ($($name:tt)+)) => {
        $crate::chart::options::needed($source, $crate::chart::options::name!($($name)+))?
    };
    ($source:ident, ($($name:tt)+) $default:expr) => {
        $crate::chart::options::given($source, $crate::chart::options::name!($($name)+))?.unwrap_or_else(|| $default)
    };
}

/// A field's name in JavaScript; see `options!`.
macro_rules! name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident as $js:literal) => {
        $js
    };
}

/// A type as TypeScript writes it; see `options!`.
macro_rules! typescript {
    (@field ($($type:tt)+)) => {
        concat!(": ", $crate::chart::options::typescript!($($type)+), ";\n")
    };
    (@field ($($type:tt)+) $default:expr) => {
        concat!("?: ", $crate::chart::options::typescript!($($type)+), " | null;\n")
    };
    (f64) => { "number" };
    (u32) => { "number" };
    (usize) => { "number" };
    (bool) => { "boolean" };
    (String) => { "string" };
    (Rgb) => { "string" };
    (Lld) => { "string" };
    ([f64; 2]) => { "[number, number]" };
    ([f64; 4]) => { "[number, number, number, number]" };
    (Option<$inner:tt>) => { $crate::chart::options::typescript!($inner) };
    (Vec<$inner:tt>) => { concat!($crate::chart::options::typescript!($inner), "[]") };
    ($name:ident) => { stringify!($name) };
}

pub(crate) use {field, name, options, typescript, words};

#[cfg(test)]
pub(crate) mod testing {
    use super::{ChartError, Source};
    use serde_json::Value;

    impl Source for Value {
        type Error = ChartError;

        fn is_object(&self) -> bool {
            Value::is_object(self)
        }

        fn field(&self, name: &str) -> Option<Value> {
            self.get(name).filter(|value| !value.is_null()).cloned()
        }

        fn items(&self) -> Option<Vec<Value>> {
            self.as_array().cloned()
        }

        fn number(&self) -> Option<f64> {
            self.as_f64()
        }

        fn text(&self) -> Option<String> {
            self.as_str().map(str::to_owned)
        }

        fn truth(&self) -> Option<bool> {
            self.as_bool()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    options! {
        /// A size.
        #[derive(Debug, PartialEq)]
        pub struct Size {
            /// Width in CSS px.
            width: f64,
        }
    }

    words! {
        /// A shape,
        /// or two.
        pub enum Form {
            /// Round.
            Round = "round",
            /// With four corners.
            SquareOne = "square-one",
        }
    }

    options! {
        /// One of everything.
        #[derive(Debug, PartialEq)]
        pub struct Example extends size: Size {
            /// A whole number
            /// in two lines.
            max_dots as "maxDots": usize,
            /// A list that must be there.
            rows: Vec<Form>,
            /// A pair.
            span: Option<[f64; 2]> = None,
            /// A colour.
            ink: Option<Rgb> = None,
            /// A descriptor.
            lld: Lld = Lld::F0,
            /// A word.
            form: Form = Form::Round,
            /// A truth value.
            dashed: bool = false,
            /// A text.
            name: String = String::from("none"),
        }
    }

    fn read(value: serde_json::Value) -> Result<Example, ChartError> {
        Example::read(&value, "example")
    }

    #[test]
    fn options_are_read_by_their_names_and_have_their_defaults() {
        let least = json!({ "width": 3, "maxDots": 7.9, "rows": [], "span": null });
        let wanted = Example {
            size: Size { width: 3.0 },
            max_dots: 7,
            rows: Vec::new(),
            span: None,
            ink: None,
            lld: Lld::F0,
            form: Form::Round,
            dashed: false,
            name: "none".to_owned(),
        };
        assert_eq!(read(least).unwrap(), wanted);
        let all = json!({
            "width": 3, "maxDots": -1, "rows": ["square-one", "round"], "span": [1, 2.5], "ink": "#123456",
            "lld": "Loudness_sma3", "form": "square-one", "dashed": true, "name": "n"
        });
        let wanted = Example {
            size: Size { width: 3.0 },
            max_dots: 0,
            rows: vec![Form::SquareOne, Form::Round],
            span: Some([1.0, 2.5]),
            ink: Some(Rgb(0x12, 0x34, 0x56)),
            lld: Lld::Loudness,
            form: Form::SquareOne,
            dashed: true,
            name: "n".to_owned(),
        };
        assert_eq!(read(all).unwrap(), wanted);
    }

    #[test]
    fn options_that_do_not_fit_are_refused_by_name() {
        let good = json!({ "width": 3, "maxDots": 7, "rows": [] });
        let wrong = |field: &'static str, value: serde_json::Value| {
            let mut object = good.clone();
            object[field] = value;
            match read(object).unwrap_err() {
                ChartError::BadOption { field: found, wanted } if found == field => wanted,
                other => panic!("{field}: {other}"),
            }
        };
        assert_eq!(wrong("width", json!("3")), "a number");
        assert_eq!(wrong("width", json!(null)), "a number");
        assert_eq!(wrong("maxDots", json!([])), "a number");
        assert_eq!(wrong("rows", json!(3)), "a list");
        assert_eq!(wrong("rows", json!(["oval"])), "one of the known words");
        assert_eq!(wrong("span", json!([1, 2, 3])), "two numbers");
        assert_eq!(wrong("span", json!([1, "2"])), "two numbers");
        assert_eq!(wrong("lld", json!("loudness_sma3")), "the official name of an LLD");
        assert_eq!(wrong("dashed", json!(1)), "true or false");
        assert_eq!(wrong("name", json!(1)), "a text");
        assert_eq!(
            read(json!(3)).unwrap_err(),
            ChartError::BadOption { field: "example", wanted: "an object" }
        );
        let mut object = good.clone();
        object["ink"] = json!("red");
        assert_eq!(read(object).unwrap_err(), ChartError::BadColour { text: "red".to_owned() });
    }

    #[test]
    fn options_declare_the_same_fields_in_typescript() {
        let wanted = r#"/**
 * One of everything.
 */
export interface Example extends Size {
  /**
   * A whole number
   * in two lines.
   */
  maxDots: number;
  /**
   * A list that must be there.
   */
  rows: Form[];
  /**
   * A pair.
   */
  span?: [number, number] | null;
  /**
   * A colour.
   */
  ink?: string | null;
  /**
   * A descriptor.
   */
  lld?: string | null;
  /**
   * A word.
   */
  form?: Form | null;
  /**
   * A truth value.
   */
  dashed?: boolean | null;
  /**
   * A text.
   */
  name?: string | null;
}
"#;
        assert_eq!(Example::TYPESCRIPT, wanted);
        let wanted =
            "/**\n * A shape,\n * or two.\n */\nexport type Form =\n  | \"round\"\n  | \"square-one\";\n";
        assert_eq!(Form::TYPESCRIPT, wanted);
    }
}
