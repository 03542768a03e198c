//! Tests of corpora as tables of features.

use std::fs;

use super::*;
use crate::data::emotion::Emotion;

fn header(delimiter: &str) -> String {
    let names: Vec<&str> = FEATURES.iter().rev().map(|f| f.name).collect();
    format!("activation{d}file{d}{}{d}emotion{d}speaker", names.join(delimiter), d = delimiter)
}

/// A row whose feature i is i + ½, in the header's reversed order.
fn row(delimiter: &str, activation: &str, emotion: &str) -> String {
    let values: Vec<String> = (0..FEATURE_COUNT).rev().map(|i| format!("{i}.5")).collect();
    format!("{activation}{d}x1{d}{}{d}{emotion}{d}s7", values.join(delimiter), d = delimiter)
}

fn read(text: &str) -> Result<Corpus, CorpusError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.csv");
    fs::write(&path, text).unwrap();
    read_table(&path)
}

#[test]
fn read_table_finds_columns_by_name_with_either_delimiter() {
    for d in [",", ";"] {
        let corpus = read(&format!("{}\n{}\n", header(d), row(d, "3.5", "fear"))).unwrap();
        assert_eq!(corpus.id, "mine");
        let row = &corpus.rows[0];
        assert_eq!((row.id.as_str(), row.speaker.as_str(), row.emotion), ("x1", "s7", Emotion::Fear));
        assert_eq!((row.activation, row.features[0], row.features[87]), (3.5, 0.5, 87.5));
    }
}

#[test]
fn read_table_names_what_is_wrong() {
    let d = ",";
    let good = format!("{}\n{}\n", header(d), row(d, "3.5", "fear"));
    let e = read(&good.replace("speaker", "voice").replace("HNRdBACF_sma3nz_amean", "hnr")).unwrap_err();
    assert!(
        matches!(&e, CorpusError::MissingColumns { columns, .. }
            if columns == &["speaker", "HNRdBACF_sma3nz_amean"]),
        "{e}"
    );
    let e = read(&good.replace("file", "speaker")).unwrap_err();
    assert!(matches!(&e, CorpusError::RepeatedColumn { column, .. } if column == "speaker"), "{e}");
    for (from, to, column) in [
        (",7.5,", ",inf,", FEATURES[7].name),
        (",7.5,", ",x,", FEATURES[7].name),
        ("fear", "awe", "emotion"),
        ("\n3.5", "\n6", "activation"),
        ("s7", "", "speaker"),
    ] {
        let e = read(&good.replace(from, to)).unwrap_err();
        assert!(matches!(&e, CorpusError::Cell { line: 2, column: c, .. } if c == column), "{to}: {e}");
    }
    assert!(matches!(read(&format!("{}\n", header(d))), Err(CorpusError::Nothing { .. })));
    let e = read(&format!("{good}1,2,3\n")).unwrap_err();
    assert!(matches!(e, CorpusError::RowLength { line: 3, cells: 3, columns: 92, .. }), "{e}");
}

#[test]
fn read_table_leaves_out_rows_without_a_rating_and_repeated_rows() {
    for d in [",", ";"] {
        let text = format!(
            "{}\n{}\n{}\n{}\n",
            header(d),
            row(d, "3.5", "fear"),
            row(d, "NaN", "fear").replace("x1", "x2"),
            row(d, "2", "calm")
        );
        let corpus = read(&text).unwrap();
        assert_eq!(corpus.rows.len(), 1);
        assert_eq!(corpus.problems.files(Problem::Rating), ["x2"]);
        assert_eq!(corpus.problems.files(Problem::Duplicate), ["x1 (line 4)"]);
    }
}

#[test]
fn read_table_takes_one_speaker_one_class_and_constant_labels() {
    let d = ",";
    let rows: Vec<String> = (0..4).map(|i| row(d, "3", "fear").replace("x1", &format!("x{i}"))).collect();
    let corpus = read(&format!("{}\n{}\n", header(d), rows.join("\n"))).unwrap();
    assert_eq!((corpus.rows.len(), corpus.info().speakers, corpus.problems.is_empty()), (4, 1, true));
}

/// What openSMILE's program (`;`) or Python package (`,`) writes for these sounds, feature i being i + ½.
fn opensmile(d: &str, sounds: &[(&str, &str)]) -> String {
    let python = d == ",";
    let first = if python { "file,start,end" } else { "name;frameTime" };
    let names: Vec<&str> = FEATURES.iter().map(|f| f.name).collect();
    let values: Vec<String> = (0..FEATURE_COUNT).map(|i| format!("{i}.5")).collect();
    let mut text = format!("{first}{d}{}\n", names.join(d));
    for (sound, start) in sounds {
        let place =
            if python { format!("{sound},{start},0 days 00:00:09.5") } else { format!("'{sound}';{start}") };
        text += &format!("{place}{d}{}\n", values.join(d));
    }
    text
}

fn join(features: &str, labels: &str) -> Result<Corpus, CorpusError> {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("smile.csv"), folder.path().join("labels.csv"));
    fs::write(&one, features).unwrap();
    fs::write(&two, labels).unwrap();
    read_joined(&one, &two)
}

#[test]
fn read_table_of_opensmile_names_the_missing_columns() {
    for (d, start) in [(";", "0.000000"), (",", "0 days")] {
        let e = read(&opensmile(d, &[("a", start)])).unwrap_err();
        assert!(
            matches!(&e, CorpusError::NoLabels { columns, .. } if columns == &["speaker", "emotion", "activation"]),
            "{e}"
        );
        assert!(e.to_string().contains("FEATURES.csv+LABELS.csv"), "{e}");
    }
}

#[test]
fn read_joined_joins_labels_by_the_name_of_the_sound() {
    let labels = "filename;emotion;speaker;activation;valence\n\
                  a01 (1).wav;anger;1;4.5;2\nb;fear;2;3.5;\nc.wav;fear;2;nan;1\nd.wav;calm;3;2;3\n";
    for (d, zero, later) in [(";", "0.000000", "1.5"), (",", "0 days", "0 days 00:00:01.500000")] {
        let features = opensmile(
            d,
            &[("/x/a01 (1).wav", zero), ("b.wav", zero), ("b.wav", later), ("c.wav", zero), ("e.wav", zero)],
        );
        let corpus = join(&features, labels).unwrap();
        let rows: Vec<(&str, &str, f64)> =
            corpus.rows.iter().map(|r| (r.id.as_str(), r.speaker.as_str(), r.activation)).collect();
        let segment = format!("b.wav@{later}");
        assert_eq!(rows, [("/x/a01 (1).wav", "1", 4.5), ("b.wav", "2", 3.5), (segment.as_str(), "2", 3.5)]);
        assert_eq!((corpus.rows[0].valence, corpus.rows[1].valence), (Some(2.0), None));
        assert_eq!(corpus.rows[0].features[87], 87.5);
        assert_eq!(corpus.problems.files(Problem::Rating), ["c.wav", "e.wav"]);
        assert_eq!(corpus.problems.files(Problem::Absent), ["d.wav"]);
        assert_eq!((corpus.id.as_str(), corpus.problems.total()), ("smile", 2));
    }
}

#[test]
fn read_joined_takes_names_that_repeat_in_folders_as_written_only() {
    let features = opensmile(",", &[("DC/a01.wav", "0 days"), ("JE/a01.wav", "0 days")]);
    let labels = "file,emotion,speaker,activation\nDC/a01.wav,anger,DC,4\nJE/a01.wav,anger,JE,5\n";
    let corpus = join(&features, labels).unwrap();
    assert_eq!((corpus.rows[0].activation, corpus.rows[1].activation), (4.0, 5.0));
    // One label, two sounds; two labels, one sound: no guesses.
    let corpus = join(&features, "file,emotion,speaker,activation\na01.wav,anger,DC,4\n").unwrap();
    assert_eq!(
        (corpus.rows.len(), corpus.problems.files(Problem::Duplicate)),
        (1, &["JE/a01.wav".to_owned()][..])
    );
    let e = join(&opensmile(",", &[("a01.wav", "0 days")]), labels).unwrap_err();
    assert!(
        matches!(&e, CorpusError::Nothing { problems, .. } if problems.count(Problem::Rating) == 1),
        "{e}"
    );
}

#[test]
fn read_joined_names_what_is_wrong() {
    let features = opensmile(";", &[("a", "0"), ("b", "0")]);
    let e = join(&features, "filename,activation,valence\na,3,3\n").unwrap_err();
    assert!(
        matches!(&e, CorpusError::MissingColumns { path, columns }
            if columns == &["speaker", "emotion"] && path.ends_with("labels.csv")),
        "{e}"
    );
    let labels = "file,emotion,speaker,activation\na,anger,1,4\n";
    let e = join(&features.replace("name;", "row;"), labels).unwrap_err();
    assert!(matches!(&e, CorpusError::MissingColumns { columns, .. } if columns == &["file"]), "{e}");
    let e = join(&features, &format!("{labels}a,anger,1,4\n")).unwrap_err();
    assert!(matches!(&e, CorpusError::RepeatedLabel { line: 3, name, .. } if name == "a"), "{e}");
    let e = join(&features, &labels.replace(",4", ",9")).unwrap_err();
    assert!(matches!(&e, CorpusError::Cell { line: 2, column, .. } if column == "activation"), "{e}");
    let e = join(&features.replacen(";7.5;", ";7,5;", 1), labels).unwrap_err();
    assert!(matches!(&e, CorpusError::Cell { line: 2, column, .. } if column == FEATURES[7].name), "{e}");
    assert!(e.to_string().contains("write 2.5, not 2,5"), "{e}");
}

#[test]
fn rows_without_a_feature_are_left_out_and_named() {
    for (d, nothing) in [(",", ""), (";", "NaN"), (";", "nan")] {
        let bad = row(d, "3", "fear")
            .replace("x1", "x2")
            .replace(&format!("{d}7.5{d}"), &format!("{d}{nothing}{d}"));
        let corpus = read(&format!("{}\n{}\n{bad}\n", header(d), row(d, "3.5", "fear"))).unwrap();
        assert_eq!((corpus.rows.len(), corpus.rows[0].id.as_str()), (1, "x1"));
        assert_eq!(corpus.problems.files(Problem::Feature), ["x2 (line 3)"]);
    }
    let features = opensmile(";", &[("a", "0"), ("b", "0")]).replacen(";7.5;", ";nan;", 1);
    let labels = "file,emotion,speaker,activation\na,anger,1,4\nb,anger,1,4\n";
    let corpus = join(&features, labels).unwrap();
    assert_eq!((corpus.rows.len(), corpus.problems.files(Problem::Feature).len()), (1, 1));
    assert_eq!(corpus.problems.count(Problem::Absent), 0);
}

#[test]
fn tables_in_other_forms_are_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.csv");
    let good = format!("{}\n{}\n", header(","), row(",", "3.5", "fear"));
    let utf_16: Vec<u8> =
        std::iter::once(0xFEFF).chain(good.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (bytes, expected) in [
        (utf_16.clone(), "UTF-16: save it as “CSV UTF-8”"),
        (utf_16[2..].to_vec(), "UTF-16: save it as"),
        (good.replace("s7", "sé").chars().map(|c| c as u8).collect(), "not UTF-8: save it as"),
        (good.replace(',', "\t").into_bytes(), "tabs: save it as CSV, with commas"),
        (
            good.replace(",7.5,", ",7,5,").into_bytes(),
            "line 2: 93 cells, but 92 columns: if its numbers have decimal commas",
        ),
        (good.replace(",7.5,", ",\"7,5\",").into_bytes(), "write 2.5, not 2,5"),
    ] {
        fs::write(&path, bytes).unwrap();
        let e = read_table(&path).unwrap_err().to_string();
        assert!(e.contains(expected), "{e}");
    }
}

#[test]
fn columns_and_emotions_have_synonyms_in_any_case() {
    for (activation, emotion, speaker) in [
        ("arousal", "label", "Speaker"),
        ("Activation", "Emotion", "SPEAKER"),
        ("Arousal", "Label", "speaker"),
    ] {
        let header = header(",")
            .replace("activation", activation)
            .replace(",emotion", &format!(",{emotion}"))
            .replace(",speaker", &format!(",{speaker}"));
        let corpus = read(&format!("{header}\n{}\n", row(",", "3.5", "Fearful"))).unwrap();
        let row = &corpus.rows[0];
        assert_eq!((row.activation, row.emotion, row.speaker.as_str()), (3.5, Emotion::Fear, "s7"));
    }
    // The name that messages use goes first.
    let text = format!("arousal,{}\n1,{}\n", header(","), row(",", "3.5", "fear"));
    assert_eq!(read(&text).unwrap().rows[0].activation, 3.5);
}

#[test]
fn segments_have_labels_of_their_own_if_both_tables_have_start_and_end() {
    let features = opensmile(
        ",",
        &[("/x/a.wav", "0 days"), ("/x/a.wav", "0 days 00:00:01.500000"), ("b.wav", "0 days")],
    );
    let labels = "file,start,end,emotion,speaker,activation\n\
                  a.wav,0,9.5,sad,1,2\na.wav,00:00:01.5,0 days 00:00:09.500000,angry,1,4\nb.wav,0,8,angry,2,3\n";
    let corpus = join(&features, labels).unwrap();
    let rows: Vec<(&str, f64)> = corpus.rows.iter().map(|r| (r.id.as_str(), r.activation)).collect();
    assert_eq!(rows, [("/x/a.wav@0-9.5", 2.0), ("/x/a.wav@1.5-9.5", 4.0)]);
    assert_eq!(corpus.problems.files(Problem::Rating), ["b.wav@0-9.5"]);
    assert_eq!(corpus.problems.files(Problem::Absent), ["b.wav@0-8"]);
}
