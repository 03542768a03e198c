//! One utterance on its way through the extractor, for the page's lesson.

use js_sys::Float32Array;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::HtmlCanvasElement;

use super::canvas::paint_on;
use super::error::{coded, set, thrown, to_js};
use super::fields::Fields;
use super::lesson_specs as specs;
use super::take::{Take, picture_object};
use crate::audio::SAMPLE_RATE_HZ;
use crate::chart::ChartError;
use crate::chart::lesson::{close_up, contours, pitch, spectrum, summary, waveform};
use crate::chart::sound_picture::SoundPicture;
use crate::egemaps::geometry::{LONG_FRAME_S, SHORT_FRAME_S, Window};
use crate::egemaps::{Slicer, energy_shares};
use crate::lesson::{self, Preparation, tune};

/// Columns of the sound picture that are drawn between two looks at the clock.
const COLUMNS_PER_UNIT: usize = 50;
/// Share of the work that is done when everything has been heard; the picture is the rest.
const HEARD_SHARE: f64 = 0.9;
const RATE_HZ: f64 = SAMPLE_RATE_HZ as f64;

fn chart_error(error: ChartError) -> JsValue {
    thrown(&error)
}

/// What is known of one finished sound on its way to the 88 numbers.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Lesson {
    stage: Stage,
    picture: SoundPicture,
}

#[derive(Debug)]
enum Stage {
    Hearing(Box<Preparation>),
    Ready(Box<lesson::Lesson>),
    /// An error was thrown; there is nothing to ask for any more.
    Failed,
}

#[wasm_bindgen]
impl Lesson {
    /// Finds the speech of a closed take. Throws `empty`, `too_short`, `silent`, `not_finite`.
    #[wasm_bindgen(constructor)]
    pub fn new(take: &Take) -> Result<Lesson, JsValue> {
        let preparation = Preparation::new(take.as_slice()).map_err(|error| thrown(&error))?;
        Ok(Lesson { stage: Stage::Hearing(Box::new(preparation)), picture: SoundPicture::new() })
    }

    /// Works for about `maxMs` milliseconds, at least one small unit, and returns the share that is done; 1 means that
    /// everything else can be asked for. Throws `no_voice`.
    pub fn step(&mut self, #[wasm_bindgen(js_name = maxMs)] max_ms: f64) -> Result<f64, JsValue> {
        let clock = web_sys::window().and_then(|window| window.performance());
        let begin = clock.as_ref().map(web_sys::Performance::now);
        loop {
            let done = self.unit()?;
            let spent_ms =
                clock.as_ref().zip(begin).map_or(f64::INFINITY, |(clock, begin)| clock.now() - begin);
            if done >= 1.0 || spent_ms >= max_ms || max_ms.is_nan() {
                return Ok(done);
            }
        }
    }

    /// Length of the speech, seconds.
    #[wasm_bindgen(getter)]
    pub fn seconds(&self) -> Result<f64, JsValue> {
        Ok(self.ready()?.seconds())
    }

    /// Where the speech begins in the recording, seconds.
    #[wasm_bindgen(getter, js_name = startSeconds)]
    pub fn start_seconds(&self) -> Result<f64, JsValue> {
        Ok(self.ready()?.region.seconds()[0])
    }

    /// The 88 numbers, the model's inputs.
    pub fn features(&self) -> Result<Float32Array, JsValue> {
        Ok(Float32Array::from(self.ready()?.features.functionals.as_slice()))
    }

    /// The sound picture of the speech.
    #[wasm_bindgen(unchecked_return_type = "LivePicture")]
    pub fn picture(&self) -> Result<JsValue, JsValue> {
        self.ready()?;
        Ok(picture_object(&self.picture, 0))
    }

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
        set(&object, "tones", &js_sys::Uint8Array::from(tones.as_slice()));
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
        let speech = &self.ready()?.speech;
        let fields = Fields::of(spec)?;
        let (slice, _) = slice_at(speech, fields.number("at")?);
        let spec = waveform::WaveformSpec {
            sheet: specs::sheet(&fields)?,
            span: [0.0, SHORT_FRAME_S],
            peak: peak(speech),
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
        let speech = &self.ready()?.speech;
        let fields = Fields::of(spec)?;
        let (slice, slicer) = slice_at(speech, fields.number("at")?);
        let spec = spectrum::SpectrumSpec {
            sheet: specs::sheet(&fields)?,
            // A tone as loud as the loudest sample.
            loudest: 0.5 * peak(speech) * slicer.window().iter().fold(0.0, |sum, w| sum + f64::from(*w)),
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
        let middle_s = |frame: usize| frame as f64 * lesson.features.hop_s + LONG_FRAME_S / 2.0;
        let shown = |frame: &usize| (spec.span[0]..=spec.span[1]).contains(&middle_s(*frame));
        let frames: Vec<usize> = (0..line.len()).filter(shown).collect();
        let dots: Vec<pitch::Dot> = frames
            .iter()
            .flat_map(|&frame| {
                let found = lesson.trace.candidates.get(frame).into_iter().flatten();
                found.filter(|candidate| candidate.f0_hz > 0.0).map(move |candidate| pitch::Dot {
                    at_s: middle_s(frame),
                    f0_hz: f64::from(candidate.f0_hz),
                    strong: candidate.speaks_for_a_tone(),
                })
            })
            .collect();
        let line: Vec<(f64, f64)> =
            frames.iter().map(|&frame| (middle_s(frame), f64::from(line[frame]))).collect();
        let drawing = pitch::draw(&spec, &dots, &line).map_err(chart_error)?;
        paint_on(canvas, &drawing, spec.sheet.ratio)
    }

    /// How often the chosen path, and how often the best guess of each frame by itself, leaps by about an octave.
    pub fn leaps(&self) -> Result<Vec<u32>, JsValue> {
        let lesson = self.ready()?;
        let lines = [&lesson.features.f0_hz, &lesson.trace.best_guess_hz];
        Ok(lines.iter().map(|line| tune::leaps(line) as u32).collect())
    }

    /// The pitch of the frame around a moment by the chosen path, and by its best guess alone, Hz; 0 = none.
    #[wasm_bindgen(js_name = pitchAt)]
    pub fn pitch_at(&self, at: f64) -> Result<Vec<f32>, JsValue> {
        let lesson = self.ready()?;
        let frame = lesson.frame_at(PITCH_CONTOUR, at);
        let lines = [&lesson.features.f0_hz, &lesson.trace.best_guess_hz];
        Ok(lines.iter().map(|line| line.get(frame).copied().unwrap_or(0.0)).collect())
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

    /// The 25 contours at a moment; not a number where one has no value.
    pub fn reading(&self, at: f64) -> Result<Float32Array, JsValue> {
        let lesson = self.ready()?;
        let values: Vec<f32> = (0..crate::egemaps::catalogue::CONTOUR_COUNT)
            .map(|contour| lesson.value(contour, lesson.frame_at(contour, at)))
            .collect();
        Ok(Float32Array::from(values.as_slice()))
    }

    /// Features that are the mean of a contour that can be shown, by their index in the catalogue.
    #[wasm_bindgen(js_name = summaries)]
    pub fn summaries() -> Vec<u32> {
        lesson::summary::contours().map(|index| index as u32).collect()
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
        let found = found.ok_or_else(|| coded("bad_argument", &"this feature is not a contour's mean"))?;
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

/// Place of the pitch among the contours.
const PITCH_CONTOUR: usize = 10;

impl Lesson {
    fn ready(&self) -> Result<&lesson::Lesson, JsValue> {
        match &self.stage {
            Stage::Ready(lesson) => Ok(lesson),
            _ => Err(coded("not_finished", &"the lesson is not ready")),
        }
    }

    /// One small unit of work; the share that is done after it.
    fn unit(&mut self) -> Result<f64, JsValue> {
        let (stage, done) = match std::mem::replace(&mut self.stage, Stage::Failed) {
            Stage::Hearing(mut preparation) => {
                let share = preparation.step().map_err(|error| thrown(&error))?;
                if share < 1.0 {
                    (Stage::Hearing(preparation), HEARD_SHARE * share)
                } else {
                    let lesson = preparation.finish().map_err(|error| thrown(&error))?;
                    (Stage::Ready(Box::new(lesson)), HEARD_SHARE)
                }
            }
            Stage::Ready(lesson) => {
                let drawn = self.picture.draw(&lesson.speech, true, COLUMNS_PER_UNIT);
                (Stage::Ready(lesson), if drawn { 1.0 } else { HEARD_SHARE })
            }
            Stage::Failed => return Err(coded("not_finished", &"the lesson has failed")),
        };
        self.stage = stage;
        Ok(done)
    }
}

fn peak(samples: &[f32]) -> f64 {
    samples.iter().fold(0.0f64, |peak, v| peak.max(f64::from(v.abs())))
}

/// The short frame whose middle is nearest to a moment: one of the extractor's own, on its grid of 10 ms.
fn slice_at(speech: &[f32], at_s: f64) -> (crate::egemaps::Slice, Slicer) {
    let mut slicer = Slicer::new(SAMPLE_RATE_HZ, SHORT_FRAME_S, Window::Hamming);
    let hop = f64::from(SAMPLE_RATE_HZ) * crate::egemaps::geometry::HOP_S;
    let frame = ((at_s - SHORT_FRAME_S / 2.0) * RATE_HZ / hop).round().max(0.0);
    let slice = slicer.slice(speech, (frame * hop) as i64);
    (slice, slicer)
}
