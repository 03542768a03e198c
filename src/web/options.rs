//! Figures' options from plain objects of the page, and their TypeScript declarations.

use js_sys::{Array, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::chart::contributions::{ContributionRow, ContributionsSpec, StartMark};
use crate::chart::embedding::{DotsBy, EmbeddingSpec, Utterance};
use crate::chart::figure::{
    FigureLabel, FigureSpec, GuidePart, PlacedContributions, PlacedEmbedding, PlacedScale,
};
use crate::chart::geometry::Axis;
use crate::chart::lesson::Sheet;
use crate::chart::lesson::layers::LayersSpec;
use crate::chart::lesson::llds::{LldRow, LldsSpec};
use crate::chart::lesson::pitch::PitchSpec;
use crate::chart::lesson::ranks::{RankRow, RanksSpec};
use crate::chart::lesson::spectrum::SpectrumSpec;
use crate::chart::lesson::summary::SummarySpec;
use crate::chart::lesson::waveform::{SliceSpec, WaveSpec, WindowKind, WindowSpec};
use crate::chart::options::{Declared, Source, Value};
use crate::chart::palette::{EmotionColours, Palette};
use crate::chart::scale::{MarkStyle, ScaleMark, ScaleSpec};
use crate::chart::shape::{Anchor, Face};
use crate::chart::svg::Caption;
use crate::chart::{Guide, Panel};

/// Reads options. Throws `bad_argument` with the field that is not what it has to be, `chart_bad_colour`.
pub fn read<T: Value>(value: JsValue) -> Result<T, JsValue> {
    T::read(&Plain(value), "options")
}

/// A value of the page.
struct Plain(JsValue);

impl Source for Plain {
    type Error = JsValue;

    fn is_object(&self) -> bool {
        self.0.is_object()
    }

    fn field(&self, name: &str) -> Option<Plain> {
        let value = Reflect::get(&self.0, &JsValue::from_str(name)).ok()?;
        (!value.is_undefined() && !value.is_null()).then_some(Plain(value))
    }

    fn items(&self) -> Option<Vec<Plain>> {
        let list: &Array = self.0.dyn_ref()?;
        Some(list.iter().map(Plain).collect())
    }

    fn number(&self) -> Option<f64> {
        self.0.as_f64()
    }

    fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    fn truth(&self) -> Option<bool> {
        self.0.as_bool()
    }
}

/// Adds declarations to the types of the module.
macro_rules! declare {
    ($($name:ty),+ $(,)?) => {$(
        const _: () = {
            #[wasm_bindgen(typescript_custom_section)]
            const DECLARATION: &str = <$name as Declared>::TYPESCRIPT;
        };
    )+};
}

declare!(
    Axis,
    EmotionColours,
    Palette,
    Panel,
    Guide,
    ScaleSpec,
    ScaleMark,
    MarkStyle,
    EmbeddingSpec,
    DotsBy,
    Utterance,
    ContributionsSpec,
    ContributionRow,
    StartMark,
    FigureSpec,
    PlacedScale,
    PlacedEmbedding,
    PlacedContributions,
    GuidePart,
    FigureLabel,
    Face,
    Anchor,
    Caption,
    Sheet,
    WaveSpec,
    WindowSpec,
    WindowKind,
    SliceSpec,
    SpectrumSpec,
    PitchSpec,
    LldsSpec,
    LldRow,
    SummarySpec,
    RanksSpec,
    RankRow,
    LayersSpec,
);
