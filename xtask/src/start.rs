//! Starts a built page under Node: a module may compile and yet not start, and the first to see that would be a visitor.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::models::MODELS;
use crate::shell::{command, which};
use crate::{paths, tools};

/// Exit status of `start.mjs` where Node is too old to tell.
const TOO_OLD: i32 = 2;

/// How an attempt ended that found no fault.
#[derive(Debug)]
pub enum Attempt {
    /// The page works; what came out of it.
    Started(String),
    /// There is no Node that could tell; why.
    NotTried(String),
}

/// Starts what lies in a folder like `pkg/`, where Node is at hand. A page that does not start is an error.
pub fn attempt(pkg: &Path) -> Result<Attempt> {
    let Some(node) = which(&["node"]) else {
        return Ok(Attempt::NotTried("Node.js is not here".to_owned()));
    };
    let mut start = command(node, &[]);
    start.arg(paths::root().join("xtask/src/start.mjs")).arg(pkg).args(MODELS);
    let output = start.output().context("cannot run node")?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
    match output.status.code() {
        Some(0) => Ok(Attempt::Started(text(&output.stdout))),
        Some(TOO_OLD) => Ok(Attempt::NotTried(text(&output.stderr))),
        _ if output.stderr.is_empty() => bail!("node ended without a word ({})", output.status),
        _ => bail!("{}", text(&output.stderr)),
    }
}

/// Starts the page in the tests, which need Node anyway.
pub fn required(pkg: &Path) -> Result<String> {
    if which(&["node"]).is_none() {
        tools::npm()?;
    }
    match attempt(pkg)? {
        Attempt::Started(what) => Ok(what),
        Attempt::NotTried(why) => bail!("the page was not started: {why}"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::script_module::encode;

    /// Glue that answers as the real one does, without computing anything.
    const GLUE: &str = "\
const VALUES = Array(88).fill(0.5);
export const initSync = ({ module }) => new WebAssembly.Instance(module);
export const catalogue = () => ({ features: VALUES });
export class Take { push() {} close() {} wavPiece(number) { return new Uint8Array(number < 2 ? 4 : 0); } samples() { return Float32Array.of(0.5); } }
export class Analyser {
  step() { return 1; }
  measures() { return { features: VALUES, model_features: VALUES, pitch: { median_hz: 131 } }; }
}
export class Model {
  predict() { return { activation: 46.5, baseline: 2.5, contributions: { features: VALUES } }; }
}
";
    /// As much of the reader's glue.
    const READER: &str = "
export const initSync = ({ module }) => new WebAssembly.Instance(module);
export const sniff = () => ({ kind: 'wav', rateHz: 16000 });
export class SoundFile {
  static open() { return new SoundFile(); }
  wanted() { const first = !this.given; this.given = true; return first ? [0, 9] : undefined; }
  push() { this.samples = Float32Array.of(0.5); }
  next() { const { samples } = this; this.samples = undefined; return samples; }
}
";
    /// The smallest module there is.
    const MODULE: &[u8] = b"\0asm\x01\0\0\0";

    /// What comes of a page with this glue and this module.
    fn outcome(name: &str, glue: &str, module: &str) -> Result<String> {
        outcome_with(READER, name, glue, module)
    }

    /// The same with this glue of the reader's.
    fn outcome_with(reader: &str, name: &str, glue: &str, module: &str) -> Result<String> {
        let folder = std::env::temp_dir().join(format!("undertone-start-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("undertone.js"), glue)?;
        fs::write(folder.join("undertone-wasm.js"), module)?;
        fs::write(folder.join("reader.js"), reader)?;
        fs::write(folder.join("reader-wasm.js"), encode(MODULE))?;
        fs::write(folder.join("models-shared.js"), encode(b"shared"))?;
        for model in MODELS {
            fs::write(folder.join(format!("model-{model}.js")), encode(b"weights"))?;
        }
        let outcome = required(&folder);
        fs::remove_dir_all(&folder)?;
        outcome
    }

    #[test]
    fn a_page_that_works_is_started() {
        let what = outcome("works", GLUE, &encode(MODULE)).unwrap();
        assert!(what.contains("88 features of a synthetic voice; metric-act 46.50, "), "{what}");
    }

    #[test]
    fn a_page_that_does_not_start_or_computes_nothing_is_refused_with_the_reason() {
        let refused = |name: &str, from: &str, to: &str, reason: &str| {
            assert_eq!(GLUE.matches(from).count(), 1, "{from}");
            let error = outcome(name, &GLUE.replace(from, to), &encode(MODULE)).unwrap_err().to_string();
            assert!(error.contains(reason), "{name}: {error}");
        };
        refused("wav", "number < 2 ? 4 : 0", "4", "a WAV file does not end");
        refused("grammar", "export class Take {", "export class {", "undertone.js is not a script");
        refused("init", "new WebAssembly.Instance(module)", "module.exports.set(0)", "TypeError: ");
        refused(
            "code",
            "step() { return 1; }",
            "step() { throw { code: 'silent', message: 'no' }; }",
            "silent: no",
        );
        refused("names", "features: VALUES })", "features: [] })", "the catalogue has 0 features");
        refused("pitch", "median_hz: 131", "median_hz: 260", "130 Hz was measured at 260 Hz");
        refused("step", "step() { return 1; }", "step() { return 0.5; }", "does not come to an end");
        refused("features", "features: VALUES, model", "features: [1], model", "the features: 1 values");
        refused(
            "inputs",
            "model_features: VALUES",
            "model_features: Array(88).fill(NaN)",
            "not all are numbers",
        );
        refused("score", "activation: 46.5", "activation: NaN", "the score by metric-act is not a number");
        refused("reasons", "baseline: 2.5", "baseline: 2.4", "lead to 46.4, its score is 46.5");
    }

    #[test]
    fn a_reader_that_reads_otherwise_is_refused() {
        for (from, to, reason) in [
            ("kind: 'wav'", "kind: 'mp3'", "a WAV file is taken for mp3 of 16000 Hz"),
            ("Float32Array.of(0.5)", "Float32Array.of(0.25)", "not read as it was written"),
            ("Float32Array.of(0.5)", "Float32Array.of(0.5, 0.5)", "not read as it was written"),
            ("export class SoundFile {", "export class {", "reader.js is not a script"),
        ] {
            assert_eq!(READER.matches(from).count(), 1, "{from}");
            let reader = READER.replace(from, to);
            let error = outcome_with(&reader, "reader", GLUE, &encode(MODULE)).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn a_module_that_is_cut_or_missing_is_refused() {
        let error = outcome("cut", GLUE, &encode(b"\0asm\x01")).unwrap_err().to_string();
        assert!(error.contains("CompileError"), "{error}");
        let error = outcome("text", GLUE, "export default \"\n\";\n").unwrap_err().to_string();
        assert!(error.contains("undertone-wasm.js is not a script"), "{error}");
        let folder = std::env::temp_dir().join(format!("undertone-start-none-{}", std::process::id()));
        assert!(required(&folder).unwrap_err().to_string().contains("ENOENT"));
    }
}
