//! The utterances of a longer sound, while it comes in or when it has ended.

use std::ops::ControlFlow;

use serde::Serialize;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::error::to_js;
use super::pace::for_about;
use super::take::Take;
use crate::analysis::utterances::{self, Certainty, Doubt, Splitter, Utterance};
use crate::audio::checks::Flag;

/// Finds where the utterances of a take start and end.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Utterances {
    /// None once all of a closed take has been followed.
    splitter: Option<Splitter>,
    /// What [`Utterances::next`] has not given yet, the last first.
    last: Vec<Utterance>,
}

#[derive(Serialize)]
struct Place {
    start_s: f64,
    end_s: f64,
    voiced_s: f64,
    above_background_db: f64,
}

#[derive(Serialize)]
struct Reliance {
    certainty: Certainty,
    reasons: Vec<Doubt>,
}

#[wasm_bindgen]
impl Utterances {
    /// A pause of `pauseS` seconds ends an utterance.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(js_name = pauseS)] pause_s: f64) -> Utterances {
        Utterances { splitter: Some(Splitter::new(pause_s)), last: Vec::new() }
    }

    /// Follows what has come of a take for about `maxMs` milliseconds, at least a second of sound, and returns the share that is
    /// done. Of a closed take 1 means that all utterances are known.
    pub fn step(&mut self, take: &Take, #[wasm_bindgen(js_name = maxMs)] max_ms: f64) -> Result<f64, JsValue> {
        let share = for_about(max_ms, || {
            let share = self.splitter.as_mut().map_or(1.0, |splitter| splitter.follow(take.as_slice()));
            Ok(if share < 1.0 { ControlFlow::Continue(share) } else { ControlFlow::Break(share) })
        })?;
        if share == 1.0 && take.has_ended() {
            if let Some(splitter) = self.splitter.take() {
                self.last = splitter.finish();
                self.last.reverse();
            }
        }
        Ok(share)
    }

    /// The next utterance that is complete, if there is one.
    #[wasm_bindgen(unchecked_return_type = "UtterancePlace | undefined")]
    pub fn next(&mut self) -> Result<JsValue, JsValue> {
        let next = match &mut self.splitter {
            Some(splitter) => splitter.next_utterance(),
            None => self.last.pop(),
        };
        next.map_or(Ok(JsValue::UNDEFINED), |utterance| {
            let [start_s, end_s] = utterance.seconds();
            let Utterance { voiced_s, above_background_db, .. } = utterance;
            to_js(&Place { start_s, end_s, voiced_s, above_background_db })
        })
    }

    /// Where an utterance began that is still going on, in seconds, as far as is known.
    #[wasm_bindgen(getter)]
    pub fn open(&self) -> Option<f64> {
        self.splitter.as_ref().and_then(Splitter::open).map(crate::audio::seconds)
    }
}

/// Why an utterance that lasts so long and stands so far above its background needs no analysis: it has no score.
#[wasm_bindgen(unchecked_return_type = "string | undefined")]
pub fn unscored(
    #[wasm_bindgen(js_name = durationS)] duration_s: f64,
    #[wasm_bindgen(js_name = aboveBackgroundDb)] above_background_db: f64,
) -> Option<String> {
    utterances::unscored(duration_s, above_background_db).map(|doubt| doubt.name().to_owned())
}

/// How sure the score of an utterance is, from the flags of its analysis; or, in their place, from the code that it ended with.
#[wasm_bindgen(unchecked_return_type = "Reliance")]
pub fn certainty(
    #[wasm_bindgen(js_name = durationS)] duration_s: f64,
    #[wasm_bindgen(js_name = aboveBackgroundDb)] above_background_db: f64,
    flags: Vec<String>,
    code: Option<String>,
) -> Result<JsValue, JsValue> {
    let flags: Vec<Flag> =
        Flag::ALL.into_iter().filter(|flag| flags.iter().any(|name| name == flag.name())).collect();
    let measured = match &code {
        Some(code) => Err(code.as_str()),
        None => Ok(&flags[..]),
    };
    let (certainty, reasons) = utterances::certainty(duration_s, above_background_db, measured);
    to_js(&Reliance { certainty, reasons })
}
