//! The figures of the lesson's first six steps.

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::HtmlCanvasElement;

use super::canvas::paint_on;
use super::error::{coded, set, to_js};
use super::lesson::Lesson;
use super::options::read;
use super::picture::tones_object;
use crate::audio::SAMPLE_RATE_HZ;
use crate::chart::lesson::close_up;
use crate::chart::lesson::llds::{self, LldsSpec};
use crate::chart::lesson::pitch::{self, PitchSpec};
use crate::chart::lesson::spectrum::{self, SpectrumSpec};
use crate::chart::lesson::summary::{self, SummarySpec};
use crate::chart::lesson::waveform::{self, SliceSpec, WaveSpec};
use crate::lesson::LldLine;
use egemaps::energy_shares;

#[wasm_bindgen]
impl Lesson {
    /// A short span of the sound picture up to 2,500 Hz, through a Hamming window of `windowSeconds`.
    #[wasm_bindgen(js_name = closeUp, unchecked_return_type = "LivePicture")]
    pub fn close_up(
        &self,
        from: f64,
        to: f64,
        #[wasm_bindgen(js_name = windowSeconds)] window_s: f64,
        columns: usize,
    ) -> Result<JsValue, JsValue> {
        let speech = &self.ready()?.speech;
        Ok(tones_object(&close_up::tones(speech, SAMPLE_RATE_HZ, window_s, [from, to], columns)))
    }

    /// Draws a span of the sound, with windows over it.
    #[wasm_bindgen(js_name = drawWave)]
    pub fn draw_wave(
        &self,
        canvas: HtmlCanvasElement,
        #[wasm_bindgen(unchecked_param_type = "WaveSpec")] spec: JsValue,
    ) -> Result<(), JsValue> {
        let lesson = self.ready()?;
        let spec: WaveSpec = read(spec)?;
        let drawing = waveform::draw(&spec, &lesson.speech, SAMPLE_RATE_HZ, lesson.peak())?;
        paint_on(canvas, &drawing, spec.sheet.ratio)
    }

    /// Draws the 20 ms around a moment as they are under the Hamming window.
    #[wasm_bindgen(js_name = drawSlice)]
    pub fn draw_slice(
        &self,
        canvas: HtmlCanvasElement,
        #[wasm_bindgen(unchecked_param_type = "SliceSpec")] spec: JsValue,
    ) -> Result<(), JsValue> {
        let lesson = self.ready()?;
        let spec: SliceSpec = read(spec)?;
        let frame = lesson.short_frame_at(spec.at);
        let drawing = waveform::draw_slice(&spec, &frame, SAMPLE_RATE_HZ, lesson.peak())?;
        paint_on(canvas, &drawing, spec.sheet.ratio)
    }

    /// Draws the spectrum of those 20 ms; returns the share of energy in each of the three parts, 0 to 1.
    #[wasm_bindgen(js_name = drawSpectrum)]
    pub fn draw_spectrum(
        &self,
        canvas: HtmlCanvasElement,
        #[wasm_bindgen(unchecked_param_type = "SpectrumSpec")] spec: JsValue,
    ) -> Result<Vec<f64>, JsValue> {
        let lesson = self.ready()?;
        let spec: SpectrumSpec = read(spec)?;
        let frame = lesson.short_frame_at(spec.slice.at);
        let drawing = spectrum::draw(&spec, &frame)?;
        paint_on(canvas, &drawing, spec.slice.sheet.ratio)?;
        Ok(energy_shares(&frame.slice.magnitudes, frame.bin_hz, &spec.edges_hz))
    }

    /// Draws the pitch candidates and the line through them.
    #[wasm_bindgen(js_name = drawPitch)]
    pub fn draw_pitch(
        &self,
        canvas: HtmlCanvasElement,
        #[wasm_bindgen(unchecked_param_type = "PitchSpec")] spec: JsValue,
    ) -> Result<(), JsValue> {
        let lesson = self.ready()?;
        let spec: PitchSpec = read(spec)?;
        let frames = lesson.pitch_frames(spec.span, spec.path);
        let drawing = pitch::draw(&spec, &frames)?;
        paint_on(canvas, &drawing, spec.sheet.ratio)
    }

    /// Draws LLDs below each other.
    #[wasm_bindgen(js_name = drawLlds)]
    pub fn draw_llds(
        &self,
        canvas: HtmlCanvasElement,
        #[wasm_bindgen(unchecked_param_type = "LldsSpec")] spec: JsValue,
    ) -> Result<(), JsValue> {
        let lesson = self.ready()?;
        let spec: LldsSpec = read(spec)?;
        let lines: Vec<LldLine> = spec.rows.iter().map(|row| lesson.lld_line(row.lld, spec.at)).collect();
        let drawing = llds::draw(&spec, &lines)?;
        paint_on(canvas, &drawing, spec.sheet.ratio)
    }

    /// Draws one LLD and the functionals that summarise it.
    #[wasm_bindgen(js_name = drawSummary, unchecked_return_type = "Summary")]
    pub fn draw_summary(
        &self,
        canvas: HtmlCanvasElement,
        #[wasm_bindgen(unchecked_param_type = "SummarySpec")] spec: JsValue,
    ) -> Result<JsValue, JsValue> {
        let lesson = self.ready()?;
        let spec: SummarySpec = read(spec)?;
        let found = lesson.summary(spec.feature);
        let found = found.ok_or_else(|| coded("bad_argument", &"this feature is not the mean of an LLD"))?;
        let (drawing, heights) = summary::draw(&spec, &found)?;
        paint_on(canvas, &drawing, spec.sheet.ratio)?;
        let object = JsValue::from(js_sys::Object::new());
        set(&object, "mean", &JsValue::from_f64(f64::from(found.mean)));
        set(&object, "spread", &to_js(&found.spread)?);
        set(&object, "percentiles", &to_js(&found.percentiles)?);
        set(&object, "meanY", &JsValue::from_f64(heights.mean));
        set(&object, "percentilesY", &to_js(&heights.percentiles)?);
        Ok(object)
    }
}
