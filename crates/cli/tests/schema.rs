//! Whether what the command line writes has the fields that `docs/schema/` describes, and no others. Their kinds and
//! ranges are validated together with what the page writes, in `tests/browser/e2e/result.test.mjs`.
// Helpers of tests may fail a test, too; the lint knows only the tests themselves.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

mod common;

use common::{fixture, repository, said};
use egemaps::catalogue::{CATALOGUE_VERSION, FEATURES};
use undertone::analysis::SCHEMA;
use undertone::analysis::utterances::{Certainty, Doubt};
use undertone::attribution::Method;
use undertone::attribution::groups::{FeatureFamily, Group};
use undertone::audio::checks::Flag;
use undertone::model::{Architecture, MapAxis, Objective, OrderVerdict};

fn schema(name: &str) -> Value {
    let text = std::fs::read_to_string(repository("docs/schema").join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// What a part of a schema refers to, if it does; all references are into `analysis.json`.
fn referred<'a>(part: &Value, analysis: &'a Value) -> Option<&'a Value> {
    let (_, pointer) = part["$ref"].as_str()?.split_once('#')?;
    Some(analysis.pointer(pointer).unwrap())
}

/// Members of an object that its schema does not list, and required ones that it has not; also of the objects within.
fn differences(value: &Value, part: &Value, analysis: &Value, path: &str) -> Vec<String> {
    let Some(object) = value.as_object() else { return Vec::new() };
    if let Some(part) = referred(part, analysis) {
        return differences(value, part, analysis, path);
    }
    assert_eq!(part["additionalProperties"], false, "{path} is open");
    let required = part["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap());
    let missing =
        required.filter(|name| !object.contains_key(*name)).map(|name| format!("{path}/{name} is missing"));
    let mut found: Vec<String> = missing.collect();
    for (name, member) in object {
        let path = format!("{path}/{name}");
        match part["properties"].get(name) {
            Some(part) => found.extend(differences(member, part, analysis, &path)),
            None => found.push(format!("{path} is not described")),
        }
    }
    found
}

/// The lines that a command writes, as JSON.
fn lines(args: &[&str]) -> Vec<Value> {
    said(args).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn fixtures() -> [String; 4] {
    ["flac", "mp3", "ogg", "m4a"].map(|kind| fixture(&format!("voice.{kind}")))
}

#[test]
fn score_writes_the_fields_that_the_schema_describes_with_every_model() {
    let analysis = schema("analysis.json");
    let files = fixtures();
    for objective in Objective::ALL {
        let args =
            [&["score", "--json", "--model", objective.name()], &files.each_ref().map(String::as_str)[..]];
        let lines = lines(&args.concat());
        assert_eq!(lines.len(), files.len());
        for line in lines {
            assert_eq!(differences(&line, &analysis, &analysis, ""), Vec::<String>::new());
            assert_eq!(line["model"]["objective"], objective.name());
            assert_eq!(line["schema"], SCHEMA);
        }
    }
}

/// The fields that only some lines have: of segments, and of files with several channels.
#[test]
fn segments_and_channels_have_the_fields_that_the_schemas_describe() {
    let (analysis, explanation) = (schema("analysis.json"), schema("explanation.json"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("stereo.wav");
    let voice = test_signals::Voice { seconds: 2.0, ..test_signals::Voice::default() }.integers();
    let mut wav =
        undertone::audio::wav::write_pcm16(&voice.iter().flat_map(|v| [*v, 0]).collect::<Vec<_>>(), 16_000);
    wav[22..24].copy_from_slice(&2u16.to_le_bytes());
    wav[28..32].copy_from_slice(&64_000u32.to_le_bytes());
    wav[32..34].copy_from_slice(&4u16.to_le_bytes());
    std::fs::write(&file, wav).unwrap();
    let file = file.to_str().unwrap();
    let only = |fields: &[&str], line: &Value| fields.iter().all(|field| line.get(field).is_some());
    for (args, fields, schema) in [
        (&["score", "--json", "--start", "0.5"][..], &["start", "end", "channels"][..], &analysis),
        (&["score", "--json", "--channel", "1", "--window", "1"], &["start", "end", "channels"], &analysis),
        (&["explain", "--format", "json", "--channel", "left"], &["channels"], &explanation),
    ] {
        for mut line in lines(&[args, &["-q", file]].concat()) {
            if args[0] == "explain" {
                // Depends on the method; the test below looks at it.
                line["contributions"] = Value::Null;
            }
            assert_eq!(differences(&line, schema, &analysis, ""), Vec::<String>::new());
            assert!(only(fields, &line), "{args:?}: {line}");
            assert_eq!(line["channels"]["difference"], "silent");
        }
    }
    let known = analysis["$defs"]["channels"]["properties"]["difference"]["enum"].as_array().unwrap();
    use undertone_cli::io::channels::Difference;
    for difference in [Difference::Silent, Difference::Cancel, Difference::Levels, Difference::Unlike] {
        assert!(known.contains(&difference.name().into()));
        assert_eq!(serde_json::to_value(difference).unwrap(), difference.name());
    }
}

#[test]
fn utterances_have_the_fields_that_the_schema_describes() {
    let (analysis, utterance) = (schema("analysis.json"), schema("utterance.json"));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("talk.wav");
    let parts = [9.0, 1.2, 0.4]
        .map(|seconds| [test_signals::phrase(seconds, 0.5, 16_000), vec![0.0; 24_000]].concat());
    std::fs::write(&file, undertone::audio::wav::write_f32(&parts.concat(), 16_000)).unwrap();
    let lines = lines(&["score", "--utterances", "--json", file.to_str().unwrap()]);
    assert_eq!(lines.len(), 3);
    for mut line in lines {
        let (scored, windows) = (line["analysis"].take(), line["windows"].take());
        assert_eq!(differences(&line, &utterance, &analysis, ""), Vec::<String>::new());
        assert_eq!(differences(&scored, &analysis, &analysis, "/analysis"), Vec::<String>::new());
        for window in windows.as_array().unwrap() {
            let part = &utterance["properties"]["windows"]["items"];
            assert_eq!(differences(window, part, &analysis, "/windows"), Vec::<String>::new());
        }
    }
    let known = &utterance["properties"];
    assert_eq!(known["certainty"]["enum"], json!(Certainty::ALL.map(Certainty::name)));
    let reasons = known["reasons"]["items"]["oneOf"].as_array().unwrap();
    for doubt in [Doubt::TooShort, Doubt::TooNoisy, Doubt::NoTone, Doubt::Unmeasured] {
        assert!(reasons.iter().any(|reason| reason["const"] == doubt.name()), "{doubt:?}");
    }
}

#[test]
fn explain_writes_the_fields_that_the_schema_describes_by_every_method() {
    let (analysis, explanation) = (schema("analysis.json"), schema("explanation.json"));
    let [file, other, ..] = fixtures();
    for method in Method::ALL {
        let starts: &[&str] =
            if method == Method::ExpectedGradients { &["--background", &other] } else { &[] };
        let args = ["explain", &file, "--format", "json", "--method", method.name()];
        let mut line = lines(&[&args, starts].concat()).remove(0);
        // Which contributions there are depends on the method.
        let contributions = line["contributions"].take();
        assert_eq!(differences(&line, &explanation, &analysis, ""), Vec::<String>::new());
        let branch = &explanation[if method == Method::Shapley { "then" } else { "else" }];
        let part = &branch["properties"]["contributions"];
        assert_eq!(differences(&contributions, part, &analysis, "/contributions"), Vec::<String>::new());
    }
    assert_eq!(explanation["properties"]["method"]["enum"], json!(Method::ALL.map(Method::name)));
}

#[test]
fn compare_writes_the_fields_that_the_schema_describes() {
    let (analysis, comparison) = (schema("analysis.json"), schema("comparison.json"));
    let [file, other, ..] = fixtures();
    let mut line = lines(&["compare", "--json", &file, &other]).remove(0);
    let recordings = line["recordings"].take();
    let order = line["order"].take();
    assert_eq!(differences(&line, &comparison, &analysis, ""), Vec::<String>::new());
    let part = |name: &str| &comparison["$defs"][name];
    for recording in recordings.as_array().unwrap() {
        assert_eq!(differences(recording, part("scored"), &analysis, "/recordings"), Vec::<String>::new());
    }
    assert_eq!(differences(&order, part("order"), &analysis, "/order"), Vec::<String>::new());
    let verdicts = OrderVerdict::ALL.map(|verdict| json!(verdict.name()));
    let known = part("order")["properties"]["verdict"]["enum"].as_array().unwrap();
    assert_eq!(known[..], [&verdicts[..], &[Value::Null]].concat());
}

#[test]
fn a_field_more_or_fewer_is_found_at_any_depth() {
    let analysis = schema("analysis.json");
    let line = &lines(&["score", "--json", &fixtures()[0]])[0];
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut line = line.clone();
        change(&mut line);
        differences(&line, &analysis, &analysis, "")
    };
    assert_eq!(changed(&|line| line["more"] = json!(1)), ["/more is not described"]);
    assert_eq!(changed(&|line| line["signal"]["more"] = json!(1)), ["/signal/more is not described"]);
    let removed = changed(&|line| drop(line["ranks"].as_object_mut().unwrap().remove("loudness_sma3_amean")));
    assert_eq!(removed, ["/ranks/loudness_sma3_amean is missing"]);
}

#[test]
fn the_schema_names_what_the_catalogue_names() {
    let analysis = schema("analysis.json");
    let definitions = &analysis["$defs"];
    let properties = |name: &str| definitions[name]["properties"].as_object().unwrap();
    let by_feature = properties("by_feature");
    assert_eq!(by_feature.len(), FEATURES.len());
    for feature in &FEATURES {
        assert_eq!(by_feature[feature.name]["description"], feature.unit.symbol(), "{}", feature.name);
    }
    assert_eq!(
        definitions["feature_name"]["enum"],
        json!(FEATURES.iter().map(|f| f.name).collect::<Vec<_>>())
    );
    let names = |name: &str| properties(name).keys().cloned().collect::<Vec<_>>();
    fn sorted<const N: usize>(mut names: [&str; N]) -> [&str; N] {
        names.sort_unstable();
        names
    }
    assert_eq!(names("by_group"), sorted(Group::ALL.map(Group::name)));
    assert_eq!(names("by_family"), sorted(FeatureFamily::ALL.map(FeatureFamily::name)));
    let flags: Vec<&Value> =
        definitions["flag"]["oneOf"].as_array().unwrap().iter().map(|flag| &flag["const"]).collect();
    assert_eq!(flags, Flag::ALL.map(Flag::name));
    let session = schema("session.json");
    let (predicted, chosen) =
        (&definitions["model"]["properties"], &session["properties"]["model"]["properties"]);
    for objectives in [&predicted["objective"]["enum"], &chosen["objective"]["enum"]] {
        assert_eq!(*objectives, json!(Objective::ALL.map(Objective::name)));
    }
    for axes in [&predicted["axis"]["enum"], &chosen["map"]["properties"]["axis"]["enum"]] {
        assert_eq!(*axes, json!(MapAxis::ALL.map(MapAxis::name)));
        assert_eq!(*axes, json!(MapAxis::ALL), "as it is serialised");
    }
    assert_eq!(chosen["architecture"]["enum"], json!(Architecture::ALL.map(Architecture::name)));
    assert_eq!(definitions["schema"]["const"], SCHEMA);
    assert_eq!(definitions["catalogue"]["const"], CATALOGUE_VERSION);
}

/// Every property that a schema lists, with its own description or that of what it refers to.
fn undescribed(value: &Value, analysis: &Value, path: &str, found: &mut Vec<String>) {
    let Some(object) = value.as_object() else { return };
    if let Some(properties) = object.get("properties").and_then(Value::as_object) {
        for (name, property) in properties {
            let described = |part: &Value| part["description"].is_string();
            if !described(property) && !referred(property, analysis).is_some_and(described) {
                found.push(format!("{path}/{name}"));
            }
        }
    }
    for (name, member) in object {
        // Conditions repeat what is described elsewhere; groups and families have no unit of their own.
        if !matches!(name.as_str(), "if" | "by_group" | "by_family") {
            undescribed(member, analysis, &format!("{path}/{name}"), found);
        }
    }
}

#[test]
fn every_field_is_described() {
    let analysis = schema("analysis.json");
    for name in ["analysis.json", "comparison.json", "explanation.json", "session.json"] {
        let mut found = Vec::new();
        undescribed(&schema(name), &analysis, "", &mut found);
        assert_eq!(found, Vec::<String>::new(), "{name}");
    }
}
