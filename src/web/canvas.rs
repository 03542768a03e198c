//! A canvas as a plotters backend, sharp on any screen.
//!
//! plotters places shapes on whole units and its canvas backend takes a unit for a pixel, so that lines get one or
//! two pixels wide and the same drawing is small on a dense screen. Here the canvas has as many pixels as the screen
//! has, and its transform makes a unit 1/16 of a CSS px ([`crate::chart::shape::UNITS_PER_PX`]).

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::error::coded;
use crate::chart::shape::{Drawing, device_px_per_unit, paint};

/// Paints a drawing on a canvas, which is cleared and given the right number of pixels before; its size on the page
/// is left to the style sheet.
pub fn paint_on(canvas: HtmlCanvasElement, drawing: &Drawing, ratio: f64) -> Result<(), JsValue> {
    let (width, height) = drawing.size_in_device_px(ratio);
    canvas.set_width(width);
    canvas.set_height(height);
    let no_context = || coded("chart_surface_failed", &"the canvas has no 2d context");
    let context: CanvasRenderingContext2d =
        canvas.get_context("2d")?.ok_or_else(no_context)?.dyn_into().map_err(|_| no_context())?;
    let scale = device_px_per_unit(ratio);
    context.set_transform(scale, 0.0, 0.0, scale, 0.0, 0.0)?;
    let canvas = CanvasBackend::with_canvas_object(canvas).ok_or_else(no_context)?;
    Ok(paint(drawing, UnitCanvas { canvas, size: drawing.size_in_units() })?)
}

/// The canvas backend, measured in units.
struct UnitCanvas {
    canvas: CanvasBackend,
    size: (u32, u32),
}

type Drawn = Result<(), DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>>;

impl DrawingBackend for UnitCanvas {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        self.canvas.ensure_prepared()
    }

    fn present(&mut self) -> Drawn {
        self.canvas.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        self.canvas.draw_pixel(point, color)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.canvas.draw_path(path, style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.canvas.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.canvas.fill_polygon(path, style)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, pos: BackendCoord) -> Drawn {
        self.canvas.draw_text(text, style, pos)
    }
}
