//! Where the utterances of a longer sound are, and how far the score of one can be relied on.

use js_sys::Object;
use undertone::analysis::utterances::{self, Splitter, Utterance};
use undertone::audio::checks::Flag;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use super::set;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** An utterance of a longer sound. */
export interface UtterancePlace {
  /** Where it starts and ends in the sound, s. */
  start: number;
  end: number;
  /** How long there is voice in it, s. */
  voicedS: number;
  /** How far its speech stands above the background, dB. */
  aboveDb: number;
}

/** How far an utterance's score can be relied on; `reasons` are flags, or why there is no score. */
export interface Reliance { certainty: "none" | "uncertain" | "sure"; reasons: string[] }
"#;

/// Finds where utterances start and end, while a sound comes in.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Utterances {
    /// None once the sound has ended.
    splitter: Option<Splitter>,
    /// What [`Utterances::next_place`] has not given yet after the end, the last first.
    rest: Vec<Utterance>,
}

#[wasm_bindgen]
impl Utterances {
    /// A pause of `pauseS` seconds ends an utterance.
    #[wasm_bindgen(constructor)]
    pub fn new(#[wasm_bindgen(js_name = pauseS)] pause_s: f64) -> Utterances {
        Utterances { splitter: Some(Splitter::new(pause_s)), rest: Vec::new() }
    }

    /// Takes further samples at 16 kHz.
    pub fn push(&mut self, samples: &[f32]) {
        if let Some(splitter) = &mut self.splitter {
            splitter.push(samples);
        }
    }

    /// There are no more samples.
    pub fn finish(&mut self) {
        if let Some(splitter) = self.splitter.take() {
            self.rest = splitter.finish();
            self.rest.reverse();
        }
    }

    /// The next utterance that is complete, if there is one.
    #[wasm_bindgen(js_name = next, unchecked_return_type = "UtterancePlace | undefined")]
    pub fn next_place(&mut self) -> JsValue {
        let next = match &mut self.splitter {
            Some(splitter) => splitter.next_utterance(),
            None => self.rest.pop(),
        };
        let Some(utterance) = next else { return JsValue::UNDEFINED };
        let [start_s, end_s] = utterance.seconds();
        let object = Object::new();
        set(&object, "start", start_s);
        set(&object, "end", end_s);
        set(&object, "voicedS", utterance.voiced_s);
        set(&object, "aboveDb", utterance.above_background_db);
        object.into()
    }

    /// Where an utterance began that is still going on, s, as far as is known.
    #[wasm_bindgen(getter)]
    pub fn open(&self) -> Option<f64> {
        self.splitter.as_ref().and_then(Splitter::open).map(undertone::audio::seconds)
    }
}

/// Why an utterance that lasts so long and stands so far above its background has no score, whatever its analysis would say.
#[wasm_bindgen(unchecked_return_type = "string | undefined")]
pub fn unscored(
    #[wasm_bindgen(js_name = durationS)] duration_s: f64,
    #[wasm_bindgen(js_name = aboveDb)] above_db: f64,
) -> Option<String> {
    utterances::unscored(duration_s, above_db).map(|doubt| doubt.name().to_owned())
}

/// How sure the score of an utterance is, from the flags of its analysis; or, in their place, from the code that it ended with.
#[wasm_bindgen(unchecked_return_type = "Reliance")]
pub fn certainty(
    #[wasm_bindgen(js_name = durationS)] duration_s: f64,
    #[wasm_bindgen(js_name = aboveDb)] above_db: f64,
    flags: Vec<String>,
    code: Option<String>,
) -> JsValue {
    let flags: Vec<Flag> =
        Flag::ALL.into_iter().filter(|flag| flags.iter().any(|name| name == flag.name())).collect();
    let measured = match &code {
        Some(code) => Err(code.as_str()),
        None => Ok(&flags[..]),
    };
    let (certainty, reasons) = utterances::certainty(duration_s, above_db, measured);
    let object = Object::new();
    set(&object, "certainty", certainty.name());
    let reasons: Vec<JsValue> = reasons.iter().map(|doubt| doubt.name().into()).collect();
    set(&object, "reasons", reasons);
    object.into()
}
