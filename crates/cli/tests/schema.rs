//! Whether what the command line writes is what `docs/schema/` describes.
// Helpers of tests may fail a test, too; the lint knows only the tests themselves.
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::Command;

use jsonschema::{Registry, Validator};
use serde_json::{Map, Value, json};

use egemaps::catalogue::{CATALOGUE_VERSION, FEATURES};
use undertone::analysis::SCHEMA;
use undertone::attribution::Method;
use undertone::attribution::groups::{FeatureFamily, Group};
use undertone::audio::checks::Flag;
use undertone::model::Objective;

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn schema(name: &str) -> Value {
    let text = std::fs::read_to_string(repository("docs/schema").join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A validator of a schema, which may refer to `analysis.json`.
fn validator(name: &str) -> Validator {
    let registry =
        Registry::new().add("json-schema:///analysis.json", schema("analysis.json")).unwrap().prepare();
    jsonschema::options()
        .with_registry(&registry.unwrap())
        .with_base_uri(format!("json-schema:///{name}"))
        .build(&schema(name))
        .unwrap()
}

/// What is wrong with a value, as `place: what`.
fn faults(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The lines that a command writes, as JSON.
fn lines(args: &[&str]) -> Vec<Value> {
    let run = Command::new(env!("CARGO_BIN_EXE_undertone")).args(args).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn fixtures() -> [String; 4] {
    ["flac", "mp3", "ogg", "m4a"]
        .map(|kind| repository("tests/fixtures").join(format!("voice.{kind}")).to_str().unwrap().to_owned())
}

/// Every object within a value, by its path.
fn objects(value: &Value, path: String, found: &mut Vec<String>) {
    let Some(object) = value.as_object() else { return };
    for (name, member) in object {
        objects(member, format!("{path}/{}", name.replace('/', "~1")), found);
    }
    found.push(path);
}

/// Breaks a valid value in every way that one more, one fewer or another kind of member can; returns what was let pass.
fn let_pass(validator: &Validator, value: &Value, optional: &[&str]) -> Vec<String> {
    let (mut paths, mut passed) = (Vec::new(), Vec::new());
    objects(value, String::new(), &mut paths);
    for path in paths {
        let names: Vec<String> = value.pointer(&path).unwrap().as_object().unwrap().keys().cloned().collect();
        let broken = |change: &dyn Fn(&mut Map<String, Value>)| {
            let mut broken = value.clone();
            change(broken.pointer_mut(&path).unwrap().as_object_mut().unwrap());
            validator.is_valid(&broken)
        };
        if broken(&|object| drop(object.insert("more".to_owned(), json!(1.0)))) {
            passed.push(format!("{path}/more"));
        }
        for name in &names {
            if !optional.contains(&name.as_str()) && broken(&|object| drop(object.remove(name))) {
                passed.push(format!("{path}/{name} left out"));
            }
            if broken(&|object| drop(object.insert(name.clone(), json!([{}])))) {
                passed.push(format!("{path}/{name} of another kind"));
            }
        }
    }
    passed
}

#[test]
fn score_writes_what_the_schema_describes_with_every_model() {
    let validator = validator("analysis.json");
    let files = fixtures();
    for objective in Objective::ALL {
        let args =
            [&["score", "--json", "--model", objective.name()], &files.each_ref().map(String::as_str)[..]];
        let lines = lines(&args.concat());
        assert_eq!(lines.len(), files.len());
        for line in lines {
            assert_eq!(faults(&validator, &line), Vec::<String>::new());
            assert_eq!(line["model"]["objective"], objective.name());
            assert_eq!(line["schema"], SCHEMA);
        }
    }
}

#[test]
fn the_schema_of_an_analysis_lets_no_field_pass_that_it_does_not_know_and_none_be_left_out() {
    let validator = validator("analysis.json");
    let line = &lines(&["score", "--json", &fixtures()[0]])[0];
    assert_eq!(let_pass(&validator, line, &["file"]), Vec::<String>::new());
    let other = |pointer: &str, value: Value| {
        let mut line = line.clone();
        *line.pointer_mut(pointer).unwrap() = value;
        validator.is_valid(&line)
    };
    assert!(other("/file", json!("b.wav")));
    for (pointer, value) in [
        ("/schema", json!(2)),
        ("/catalogue", json!("eGeMAPSv02/2")),
        ("/flags", json!(["too_loud"])),
        ("/region", json!([0.0])),
        ("/interval", json!([1.0, 2.0, 3.0])),
        ("/limited", json!([11])),
        ("/ranks/loudness_sma3_amean", json!(1.5)),
        ("/model/hash", json!("0")),
        ("/pitch", Value::Null),
        ("/signal/voiced_share", Value::Null),
        ("/features/loudness_sma3_amean", Value::Null),
    ] {
        assert!(!other(pointer, value.clone()), "{pointer} = {value}");
    }
}

#[test]
fn explain_writes_what_the_schema_describes_by_every_method() {
    let validator = validator("explanation.json");
    let [file, other, ..] = fixtures();
    for method in Method::ALL {
        let starts: &[&str] =
            if method == Method::ExpectedGradients { &["--background", &other] } else { &[] };
        let args = ["explain", &file, "--format", "json", "--method", method.name()];
        let line = &lines(&[&args, starts].concat())[0];
        assert_eq!(faults(&validator, line), Vec::<String>::new());
        assert_eq!(let_pass(&validator, line, &[]), Vec::<String>::new(), "{method:?}");
    }
    let methods = schema("explanation.json")["properties"]["method"]["enum"].clone();
    assert_eq!(methods, json!(Method::ALL.map(Method::name)));
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
    for objectives in [
        &definitions["model"]["properties"]["objective"]["enum"],
        &session["properties"]["model"]["properties"]["objective"]["enum"],
    ] {
        assert_eq!(*objectives, json!(Objective::ALL.map(Objective::name)));
    }
    assert_eq!(definitions["schema"]["const"], SCHEMA);
    assert_eq!(definitions["catalogue"]["const"], CATALOGUE_VERSION);
}

/// Every property that a schema lists, with its own description or that of what it refers to.
fn undescribed(value: &Value, analysis: &Value, path: &str, found: &mut Vec<String>) {
    let Some(object) = value.as_object() else { return };
    if let Some(properties) = object.get("properties").and_then(Value::as_object) {
        for (name, property) in properties {
            let target = property["$ref"].as_str().and_then(|target| target.split_once('#'));
            let referred = target.map(|(_, pointer)| &analysis.pointer(pointer).unwrap()["description"]);
            let own = &property["description"];
            if !own.is_string() && !referred.is_some_and(Value::is_string) {
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
    for name in ["analysis.json", "explanation.json", "session.json"] {
        let mut found = Vec::new();
        undescribed(&schema(name), &analysis, "", &mut found);
        assert_eq!(found, Vec::<String>::new(), "{name}");
    }
}
