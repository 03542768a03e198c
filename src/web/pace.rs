//! Long work in short pieces, so that the page stays awake.

use std::ops::ControlFlow;

use wasm_bindgen::prelude::JsValue;

/// Does small units of work for about `max_ms` milliseconds, at least one, and returns the share that is done by then. A unit
/// returns that share, and breaks off when there is nothing left to do or something new to show. Without a clock one unit per
/// call is the safe pace.
pub(super) fn for_about(
    max_ms: f64,
    mut unit: impl FnMut() -> Result<ControlFlow<f64, f64>, JsValue>,
) -> Result<f64, JsValue> {
    let clock = web_sys::window().and_then(|window| window.performance());
    let begin = clock.as_ref().map(web_sys::Performance::now);
    loop {
        let done = match unit()? {
            ControlFlow::Continue(done) => done,
            ControlFlow::Break(done) => return Ok(done),
        };
        let spent_ms = clock.as_ref().zip(begin).map_or(f64::INFINITY, |(clock, begin)| clock.now() - begin);
        if spent_ms >= max_ms || max_ms.is_nan() {
            return Ok(done);
        }
    }
}
