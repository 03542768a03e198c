//! Long work in short pieces, so that the page stays awake.

use wasm_bindgen::prelude::JsValue;

/// Does small units of work for about `max_ms` milliseconds, at least one, and returns the share that is done by then; a unit
/// returns the share, 1 when there is nothing left. Without a clock one unit per call is the safe pace.
pub(super) fn for_about(max_ms: f64, mut unit: impl FnMut() -> Result<f64, JsValue>) -> Result<f64, JsValue> {
    let clock = web_sys::window().and_then(|window| window.performance());
    let begin = clock.as_ref().map(web_sys::Performance::now);
    loop {
        let done = unit()?;
        let spent_ms = clock.as_ref().zip(begin).map_or(f64::INFINITY, |(clock, begin)| clock.now() - begin);
        if done >= 1.0 || spent_ms >= max_ms || max_ms.is_nan() {
            return Ok(done);
        }
    }
}
