//! The figures of the lesson's first six steps.

use js_sys::Uint8Array;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::HtmlCanvasElement;

use super::canvas::paint_on;
use super::error::{coded, set, thrown, to_js};
use super::fields::Fields;
use super::lesson::Lesson;
use super::lesson_specs as specs;
use crate::audio::SAMPLE_RATE_HZ;
use crate::chart::ChartError;
use crate::chart::lesson::{close_up, contours, pitch, spectrum, summary, waveform};
use crate::lesson::{Lesson as Heard, frame_middle_s};
use egemaps::catalogue::Lld;
use egemaps::geometry::{HOP_S, SHORT_FRAME_S, Window};
use egemaps::{Slice, Slicer, energy_shares};

const RATE_HZ: f64 = SAMPLE_RATE_HZ as f64;

fn chart_error(error: ChartError) -> JsValue {
    thrown(&error)
}

#[wasm_bindgen]
impl Lesson {
    /// A short stretch of the sound picture up to 2,500 Hz, through a Hamming window of `windowSeconds`.
    #[wasm_bindgen(js_name = closeUp, unchecked_return_type = "LivePicture")]
    pub fn close_up(
        &self,
        from: f64,
        to: f64,
        #[wasm_bindgen(js_name = windowSeconds)] window_s: f64,
        columns: usize,
    ) -> Result<JsValue, JsValue> {
        let mut slicer = Slicer::new(SAMPLE_RATE_HZ, window_s.clamp(0.002, 0.25), Window::Hamming);
        let columns = columns.min(2_000);
        let tones = close_up::tones(&self.ready()?.speech, RATE_HZ, &mut slicer, [from, to], columns);
        let object = JsValue::from(js_sys::Object::new());
        set(&object, "columns", &JsValue::from_f64(columns as f64));
        set(&object, "rows", &JsValue::from_f64(close_up::ROWS as f64));
        set(&object, "tones", &Uint8Array::from(tones.as_slice()));
        Ok(object)
    }

    /// Draws a stretch of the sound, with windows over it.
    #[wasm_bindgen(js_name = drawWave)]
    pub fn draw_wave(
        &self,
        canvas: HtmlCanvasElement,
        #[wasm_bindgen(unchecked_param_type = "WaveSpec")] spec: JsValue,
    ) -> Result<(), JsValue> {
        let speech = &self.ready()?.speech;
        let mut spec = specs::wave(&Fields::of(spec)?)?;
        spec.peak = peak(speech);
        let drawing = waveform::draw(&spec, speech, RATE_HZ).map_err(chart_error)?;
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
        let fields = Fields::of(spec)?;
        let (slice, _) = slice_at(lesson, fields.number("at")?);
        let spec = waveform::WaveformSpec {
            sheet: specs::sheet(&fields)?,
            span: [0.0, SHORT_FRAME_S],
            peak: peak(&lesson.speech),
            windows: Vec::new(),
            at: None,
        };
        let drawing = waveform::draw(&spec, &slice.windowed, RATE_HZ).map_err(chart_error)?;
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
        let fields = Fields::of(spec)?;
        let (slice, slicer) = slice_at(lesson, fields.number("at")?);
        let spec = spectrum::SpectrumSpec {
            sheet: specs::sheet(&fields)?,
            // A tone as loud as the loudest sample.
            loudest: 0.5
                * peak(&lesson.speech)
                * slicer.window().iter().fold(0.0, |sum, w| sum + f64::from(*w)),
            range_db: 80.0,
            edges_hz: specs::four(&fields, "edgesHz")?,
        };
        let drawing = spectrum::draw(&spec, &slice.magnitudes, slicer.bin_hz()).map_err(chart_error)?;
        paint_on(canvas, &drawing, spec.sheet.ratio)?;
        Ok(energy_shares(&slice.magnitudes, slicer.bin_hz(), &spec.edges_hz))
    }

    /// Draws the pitch candidates and the line through them.
    #[wasm_bindgen(js_name = drawPitch)]
    pub fn draw_pitch(
        &self,
        canvas: HtmlCanvasElement,
        #[wasm_bindgen(unchecked_param_type = "PitchSpec")] spec: JsValue,
    ) -> Result<(), JsValue> {
        let lesson = self.ready()?;
        let fields = Fields::of(spec)?;
        let path = fields.flag("path");
        let spec = pitch::PitchSpec {
            sheet: specs::sheet(&fields)?,
            span: specs::two(&fields, "span")?,
            at: fields.number_if("at")?,
            join_leaps: !path,
        };
        let line = if path { &lesson.features.f0_hz } else { &lesson.trace.best_guess_hz };
        let middle_s = |frame: usize| frame as f64 * lesson.features.hop_s + frame_middle_s(Lld::F0);
        let shown = |frame: &usize| (spec.span[0]..=spec.span[1]).contains(&middle_s(*frame));
        let frames: Vec<usize> = (0..line.len()).filter(shown).collect();
        let dots: Vec<pitch::Dot> = frames
            .iter()
            .flat_map(|&frame| {
                let found = lesson.trace.candidates.get(frame).into_iter().flatten();
                found.filter(|candidate| candidate.f0_hz > 0.0).map(move |candidate| pitch::Dot {
                    at_s: middle_s(frame),
                    f0_hz: f64::from(candidate.f0_hz),
                    strong: candidate.is_voiced(),
                })
            })
            .collect();
        let line: Vec<(f64, f64)> =
            frames.iter().map(|&frame| (middle_s(frame), f64::from(line[frame]))).collect();
        let drawing = pitch::draw(&spec, &dots, &line).map_err(chart_error)?;
        paint_on(canvas, &drawing, spec.sheet.ratio)
    }

    /// Draws contours under each other.
    #[wasm_bindgen(js_name = drawContours)]
    pub fn draw_contours(
        &self,
        canvas: HtmlCanvasElement,
        #[wasm_bindgen(unchecked_param_type = "ContoursSpec")] spec: JsValue,
    ) -> Result<(), JsValue> {
        let spec = specs::contours(&Fields::of(spec)?, self.ready()?)?;
        let drawing = contours::draw(&spec).map_err(chart_error)?;
        paint_on(canvas, &drawing, spec.sheet.ratio)
    }

    /// Draws one contour and the numbers that it comes down to.
    #[wasm_bindgen(js_name = drawSummary, unchecked_return_type = "Summary")]
    pub fn draw_summary(
        &self,
        canvas: HtmlCanvasElement,
        #[wasm_bindgen(unchecked_param_type = "SummarySpec")] spec: JsValue,
    ) -> Result<JsValue, JsValue> {
        let lesson = self.ready()?;
        let fields = Fields::of(spec)?;
        let found = lesson.summary(fields.number("feature")? as usize);
        let found =
            found.ok_or_else(|| coded("bad_argument", &"this feature is not the mean of a descriptor"))?;
        let percentiles = found.percentiles.map(|all| all.map(f64::from));
        let spec = summary::SummarySpec {
            sheet: specs::sheet(&fields)?,
            contour_right: fields.number("contourRight")?,
            turned_left: fields.number("turnedLeft")?,
            mean: f64::from(found.mean),
            spread: found.spread.map(f64::from),
            percentiles,
        };
        let (drawing, heights) = summary::draw(&spec, &found.gapped()).map_err(chart_error)?;
        paint_on(canvas, &drawing, spec.sheet.ratio)?;
        let object = JsValue::from(js_sys::Object::new());
        set(&object, "mean", &JsValue::from_f64(spec.mean));
        set(&object, "spread", &to_js(&spec.spread)?);
        set(&object, "percentiles", &to_js(&percentiles)?);
        set(&object, "meanY", &JsValue::from_f64(heights.mean));
        set(&object, "percentilesY", &to_js(&heights.percentiles)?);
        Ok(object)
    }
}

fn peak(samples: &[f32]) -> f64 {
    samples.iter().fold(0.0f64, |peak, v| peak.max(f64::from(v.abs())))
}

/// The short frame whose middle is nearest to a moment: one of the extractor's own, on its grid of 10 ms.
fn slice_at(lesson: &Heard, at_s: f64) -> (Slice, Slicer) {
    let mut slicer = Slicer::new(SAMPLE_RATE_HZ, SHORT_FRAME_S, Window::Hamming);
    let hop = (HOP_S * RATE_HZ).round() as i64;
    let slice = slicer.slice(&lesson.speech, lesson.frame_at(Lld::Loudness, at_s) as i64 * hop);
    (slice, slicer)
}
