//! The charts: on a canvas of the page, or as SVG to be saved.

use js_sys::Array;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::HtmlCanvasElement;

use super::canvas::paint_on;
use super::error::{coded, set};
use super::model::Model;
use super::options::read;
use crate::chart::contributions::{self, ContributionsSpec};
use crate::chart::embedding::{self, EmbeddingSpec};
use crate::chart::figure::{self, FigureSpec};
use crate::chart::scale::{self, ScaleSpec};
use crate::chart::svg::{self, Caption};

/// Draws the scale.
#[wasm_bindgen(js_name = drawScale)]
pub fn draw_scale(
    canvas: HtmlCanvasElement,
    #[wasm_bindgen(unchecked_param_type = "ScaleSpec")] spec: JsValue,
) -> Result<(), JsValue> {
    let spec: ScaleSpec = read(spec)?;
    let drawing = scale::draw(&spec)?;
    paint_on(canvas, &drawing, spec.panel.ratio)
}

/// Draws the map and tells where its dots and discs are, in CSS px of the canvas.
#[wasm_bindgen(js_name = drawEmbedding, unchecked_return_type = "DrawnMap")]
pub fn draw_embedding(
    canvas: HtmlCanvasElement,
    model: &Model,
    #[wasm_bindgen(unchecked_param_type = "EmbeddingSpec")] spec: JsValue,
) -> Result<JsValue, JsValue> {
    let spec: EmbeddingSpec = read(spec)?;
    let map = embedding::draw(&spec, &model.chart_cloud())?;
    paint_on(canvas, &map.drawing, spec.panel.ratio)?;
    let dots: Array = map.dots.iter().map(|dot| place(dot.x, dot.y, "index", dot.index as f64)).collect();
    let discs: Array =
        map.discs.iter().map(|disc| place(disc.x, disc.y, "number", f64::from(disc.number))).collect();
    let object = JsValue::from(js_sys::Object::new());
    set(&object, "dots", &dots);
    set(&object, "discs", &discs);
    set(&object, "flatness", &JsValue::from_f64(map.flatness));
    Ok(object)
}

fn place(x: f64, y: f64, name: &str, value: f64) -> JsValue {
    let object = JsValue::from(js_sys::Object::new());
    set(&object, "x", &JsValue::from_f64(x));
    set(&object, "y", &JsValue::from_f64(y));
    set(&object, name, &JsValue::from_f64(value));
    object
}

/// Draws the reasons.
#[wasm_bindgen(js_name = drawContributions)]
pub fn draw_contributions(
    canvas: HtmlCanvasElement,
    #[wasm_bindgen(unchecked_param_type = "ContributionsSpec")] spec: JsValue,
) -> Result<(), JsValue> {
    let spec: ContributionsSpec = read(spec)?;
    let drawing = contributions::draw(&spec)?;
    paint_on(canvas, &drawing, spec.panel.ratio)
}

/// A chart, or the whole figure with its words, as an SVG document.
#[wasm_bindgen(js_name = chartSvg)]
pub fn chart_svg(
    #[wasm_bindgen(unchecked_param_type = "\"scale\" | \"embedding\" | \"contributions\" | \"figure\"")]
    kind: &str,
    model: &Model,
    #[wasm_bindgen(
        unchecked_param_type = "(ScaleSpec | EmbeddingSpec | ContributionsSpec | FigureSpec) & Caption"
    )]
    spec: JsValue,
) -> Result<String, JsValue> {
    let caption: Caption = read(spec.clone())?;
    let drawing = match kind {
        "scale" => scale::draw(&read::<ScaleSpec>(spec)?),
        "embedding" => {
            let spec: EmbeddingSpec = read(spec)?;
            embedding::draw(&spec, &model.chart_cloud()).map(|map| map.drawing)
        }
        "contributions" => contributions::draw(&read::<ContributionsSpec>(spec)?),
        "figure" => figure::draw(&read::<FigureSpec>(spec)?, Some(&model.chart_cloud())),
        _ => return Err(coded("bad_argument", &"there is no such chart")),
    };
    Ok(svg::render(&drawing?, &caption)?)
}
