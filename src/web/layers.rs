//! The layers of the network, and its inputs among those of the training voices: the last steps of the page's lesson.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::HtmlCanvasElement;

use super::canvas::paint_on;
use super::error::{coded, set, to_js};
use super::model::{Model, all_features};
use super::options::read;
use crate::attribution::groups::per_feature;
use crate::chart::lesson::layers::{self, LayersSpec};
use crate::chart::lesson::ranks::{self, RanksSpec};

#[wasm_bindgen]
impl Model {
    /// Draws the activation of every unit of the encoder for a voice (its 88 model features) with its groups shifted by
    /// `shifts` standard deviations (one number per group, in the catalogue's order), the two coordinates relative to the
    /// average voice's; tells where the voice lands then.
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
        let spec: LayersSpec = read(spec)?;
        let shown = activations.relative_to_average(self.inner());
        let (drawing, ends) = layers::draw(&spec, &shown)?;
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

/// Draws rows of ticks among the training voices.
#[wasm_bindgen(js_name = drawRanks)]
pub fn draw_ranks(
    canvas: HtmlCanvasElement,
    #[wasm_bindgen(unchecked_param_type = "RanksSpec")] spec: JsValue,
) -> Result<(), JsValue> {
    let spec: RanksSpec = read(spec)?;
    let drawing = ranks::draw(&spec)?;
    paint_on(canvas, &drawing, spec.sheet.ratio)
}
