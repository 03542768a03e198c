//! The utterances of a longer sound, each with its score.

use std::rc::Rc;

use serde::Serialize;
use undertone::analysis::Analysis;
use undertone::analysis::utterances::{Certainty, Doubt, PAUSE_S, PAUSES_S, Spoken, UtteranceScorer};
use undertone::audio::seconds;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::score::{Model, of_audio, to_js};
use super::thrown;

/// Cuts and scores a sound as it comes in.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Utterances(UtteranceScorer<Rc<undertone::model::Model>>);

#[wasm_bindgen]
impl Utterances {
    /// Of a sound at `rateHz`, in which a pause of `pauseSeconds` ends an utterance, or of the usual length. Throws
    /// `unsupported_rate`, and `bad_argument` for another pause than there can be.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(js_name = rateHz)] rate_hz: u32,
        #[wasm_bindgen(js_name = pauseSeconds)] pause_s: Option<f64>,
        model: &Model,
    ) -> Result<Utterances, JsValue> {
        let pause_s = pause_s.unwrap_or(PAUSE_S);
        if !PAUSES_S.contains(&pause_s) {
            let [least, most] = [PAUSES_S.start(), PAUSES_S.end()];
            return Err(thrown("bad_argument", &format_args!("pauseSeconds must be {least} to {most}")));
        }
        UtteranceScorer::new(rate_hz, pause_s, model.share()).map(Utterances).map_err(of_audio)
    }

    /// Adds samples.
    pub fn push(&mut self, samples: &[f32]) {
        self.0.push(samples);
    }

    /// There are no more samples.
    pub fn finish(&mut self) {
        self.0.finish();
    }

    /// Scores the next utterance that is complete; undefined if there is none.
    #[wasm_bindgen(js_name = next)]
    pub fn next_spoken(&mut self) -> Result<JsValue, JsValue> {
        let Some(Spoken { utterance, scored, certainty, doubts, analysis, windows }) = self.0.next_spoken()
        else {
            return Ok(JsValue::UNDEFINED);
        };
        let [start, end] = utterance.seconds();
        to_js(&Line {
            start,
            end,
            certainty,
            reasons: doubts.into_iter().map(Doubt::name).collect(),
            voiced_s: utterance.voiced_s,
            above_background_db: utterance.above_background_db,
            scored: [scored.start, scored.end].map(seconds),
            windows: windows
                .into_iter()
                .map(|window| WindowLine {
                    start: seconds(window.place.start),
                    end: seconds(window.place.end),
                    activation: window.activation,
                })
                .collect(),
            analysis,
        })
    }
}

/// An utterance as `docs/schema/utterance.json` describes it, without what belongs to a file.
#[derive(Serialize)]
struct Line {
    start: f64,
    end: f64,
    certainty: Certainty,
    reasons: Vec<&'static str>,
    voiced_s: f64,
    above_background_db: f64,
    scored: [f64; 2],
    windows: Vec<WindowLine>,
    analysis: Option<Box<Analysis>>,
}

#[derive(Serialize)]
struct WindowLine {
    start: f64,
    end: f64,
    activation: Option<f64>,
}
