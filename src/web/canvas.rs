//! A canvas as a plotters backend, sharp on any screen.
//!
//! plotters places shapes on whole units. The canvas has as many pixels as the screen has, and its transform makes a unit 1/16 of a
//! CSS px ([`crate::chart::shape::UNITS_PER_PX`]).

use std::f64::consts::TAU;
use std::fmt;

use plotters_backend::text_anchor::HPos;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::error::coded;
use crate::chart::Rgb;
use crate::chart::shape::{Drawing, device_px_per_unit, paint};
use crate::number::Decimal;

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
    context.set_text_baseline("middle");
    Ok(paint(drawing, Canvas { context, size: drawing.size_in_units() })?)
}

/// A canvas's context, measured in units. What is invisible costs nothing there, and is drawn as anything else.
struct Canvas {
    context: CanvasRenderingContext2d,
    size: (u32, u32),
}

/// The canvas threw an error.
#[derive(Debug)]
struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the canvas refused a shape")
    }
}

impl std::error::Error for Refused {}

type Drawn = Result<(), DrawingErrorKind<Refused>>;

fn drawn(result: Result<(), JsValue>) -> Drawn {
    result.map_err(|_| DrawingErrorKind::DrawingError(Refused))
}

impl Canvas {
    /// Fills and strokes have this colour from now on.
    fn colour(&self, BackendColor { alpha, rgb: (red, green, blue) }: BackendColor) {
        let colour = Rgb(red, green, blue).to_string();
        self.context.set_global_alpha(alpha);
        self.context.set_fill_style_str(&colour);
        self.context.set_stroke_style_str(&colour);
    }

    fn path(&self, path: impl IntoIterator<Item = BackendCoord>) {
        self.context.begin_path();
        for (x, y) in path {
            // The first one of a path only moves there.
            self.context.line_to(x.into(), y.into());
        }
    }

    /// Fills the path, or strokes it.
    fn finish(&self, style: &impl BackendStyle, fill: bool) {
        self.colour(style.color());
        if fill {
            self.context.fill();
        } else {
            self.context.set_line_width(style.stroke_width().into());
            self.context.stroke();
        }
    }
}

impl DrawingBackend for Canvas {
    type ErrorType = Refused;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Drawn {
        self.colour(colour);
        self.context.fill_rect(x.into(), y.into(), 1.0, 1.0);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.path(path);
        self.finish(style, false);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        self.context.begin_path();
        drawn(self.context.arc(x.into(), y.into(), radius.into(), 0.0, TAU))?;
        self.finish(style, fill);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        self.path(path);
        self.finish(style, true);
        Ok(())
    }

    /// The position is in the middle of the text, vertically.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        self.colour(style.color());
        self.context.set_text_align(match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "center",
            HPos::Right => "end",
        });
        let (style, size, family) = (style.style(), style.size(), style.family());
        self.context.set_font(&format!("{} {}px {}", style.as_str(), Decimal(size), family.as_str()));
        drawn(self.context.fill_text(text, x.into(), y.into()))
    }
}
