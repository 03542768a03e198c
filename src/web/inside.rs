//! Inside the network, and its inputs among the reference voices: the last steps of the page's lesson.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::HtmlCanvasElement;

use super::canvas::paint_on;
use super::error::{coded, set, thrown, to_js};
use super::fields::Fields;
use super::lesson_specs as specs;
use super::model::{Model, all_features};
use crate::attribution::groups::{Group, per_feature};
use crate::chart::lesson::{layers, ranks};
use egemaps::catalogue::FEATURES;

/// An input this many standard deviations from the average voice is full ink.
const FULL_INPUT: f64 = 3.0;
/// A coordinate this far from the average voice's is full ink: most reference voices lie nearer.
const FULL_COORDINATE: f64 = 2.0;

#[wasm_bindgen]
impl Model {
    /// Draws what every unit of the encoder says about a voice (its 88 model features) with its groups turned up by
    /// `shifts` standard deviations (one number per group, in the catalogue's order), the two coordinates from the average
    /// voice's; tells where the voice lands then.
    #[wasm_bindgen(js_name = drawLayers, unchecked_return_type = "Landing")]
    pub fn draw_layers(
        &self,
        canvas: HtmlCanvasElement,
        features: &[f32],
        shifts: &[f64],
        #[wasm_bindgen(unchecked_param_type = "LayersSpec")] spec: JsValue,
    ) -> Result<JsValue, JsValue> {
        let shifts = shifts.try_into().map_err(|_| coded("bad_argument", &"27 shifts are needed"))?;
        let activations = self.inner().layer_activations(&all_features(features)?, &per_feature(shifts));
        let fields = Fields::of(spec)?;
        let group = fields.text_if("group")?;
        let spec = layers::LayersSpec {
            sheet: specs::sheet(&fields)?,
            full: vec![FULL_INPUT, 0.0, 0.0, 0.0, FULL_COORDINATE],
            marked: FEATURES.iter().map(|f| group.as_deref() == Some(Group::of(f).name())).collect(),
        };
        let shown = activations.relative_to_average(self.inner());
        let (drawing, ends) = layers::draw(&spec, &shown).map_err(|error| thrown(&error))?;
        paint_on(canvas, &drawing, spec.sheet.ratio)?;
        let object = JsValue::from(js_sys::Object::new());
        set(&object, "activation", &JsValue::from_f64(activations.activation));
        let [x, y] = self.projection().place(activations.latent);
        set(&object, "score_axis", &JsValue::from_f64(x));
        set(&object, "other_axis", &JsValue::from_f64(y));
        set(&object, "from_average", &to_js(&shown.last())?);
        set(&object, "layers", &to_js(&ends)?);
        Ok(object)
    }
}

/// Draws rows of ticks among the reference voices.
#[wasm_bindgen(js_name = drawRanks)]
pub fn draw_ranks(
    canvas: HtmlCanvasElement,
    #[wasm_bindgen(unchecked_param_type = "RanksSpec")] spec: JsValue,
) -> Result<(), JsValue> {
    let spec = specs::ranks(&Fields::of(spec)?)?;
    let drawing = ranks::draw(&spec).map_err(|error| thrown(&error))?;
    paint_on(canvas, &drawing, spec.sheet.ratio)
}
