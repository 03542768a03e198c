//! Tests of reading a corpus from its folder.

use super::*;
use crate::data::emotion::Emotion;
use crate::io::decode::DecodeError;
use test_signals::Voice;
use undertone::audio::{pcm, wav};
use undertone::model::LabelOrigin;

/// A miniature corpus: every file's content is its own length in features.
struct Miniature {
    folder: tempfile::TempDir,
    ratings: tempfile::TempDir,
}

fn miniature(files: &[&str], tables: &[(&str, &str)]) -> Miniature {
    let m = Miniature { folder: tempfile::tempdir().unwrap(), ratings: tempfile::tempdir().unwrap() };
    for file in files {
        let path = m.folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file).unwrap();
    }
    for (name, text) in tables {
        fs::write(m.folder.path().join(name), text).unwrap();
        fs::write(m.ratings.path().join(name), text).unwrap();
    }
    m
}

/// Sound that says "broken" is; all else is as long as it is.
fn fake(bytes: &[u8]) -> Result<[f32; FEATURE_COUNT], FeatureError> {
    if bytes.starts_with(b"broken") {
        return Err(std::io::Error::other("no sound in it").into());
    }
    Ok([bytes.len() as f32; FEATURE_COUNT])
}

fn read(m: &Miniature, corpus: CorpusId, ratings: bool) -> Result<Corpus, CorpusError> {
    load(corpus, m.folder.path(), &options(ratings.then(|| m.ratings.path())))
}

fn options(ratings: Option<&Path>) -> LoadOptions<'_> {
    LoadOptions { ratings, features: &fake, cache: None, progress: &|_| () }
}

/// Speaker, emotion, activation and valence of every row.
fn labels(corpus: &Corpus) -> Vec<(&str, Emotion, f64, f64)> {
    corpus.rows.iter().map(|r| (r.speaker.as_str(), r.emotion, r.activation, r.valence.unwrap())).collect()
}

fn ids(corpus: &Corpus) -> Vec<&str> {
    corpus.rows.iter().map(|r| r.id.as_str()).collect()
}

#[test]
fn load_emodb_takes_its_ratings_and_names_what_does_not_fit() {
    let m = miniature(
        &[
            "wav/03a01Fa.wav",
            "wav/03a01Wa.flac",
            "wav/03a01Fa.flac",
            "wav/08a01Na.wav",
            "wav/08a01Xa.wav",
            "wav/readme.wav",
            "notes.txt",
        ],
        &[(
            "EMO_DB.csv",
            "filename,activation,valence\n03a01Fa.wav,3.5,3\n03a01Wa.wav,4.5,1\n03a02Fc.wav,4,4\n",
        )],
    );
    let corpus = read(&m, CorpusId::EmoDb, true).unwrap();
    assert_eq!(ids(&corpus), ["03a01Fa", "03a01Wa"]);
    assert_eq!((corpus.rows[1].activation, corpus.rows[1].speaker.as_str()), (4.5, "03"));
    assert_eq!(corpus.rows[1].features[0], "wav/03a01Wa.flac".len() as f32);
    assert_eq!(corpus.origin(), LabelOrigin::Human);
    let problems = &corpus.problems;
    assert_eq!(problems.files(Problem::Layout), ["wav/readme.wav"]);
    assert_eq!(problems.files(Problem::Emotion), ["wav/08a01Xa.wav"]);
    assert_eq!(problems.files(Problem::Rating), ["wav/08a01Na.wav"]);
    assert_eq!(problems.count(Problem::Duplicate), 1);
    assert_eq!((problems.total(), problems.files(Problem::Absent)), (4, &["03a02Fc".to_owned()][..]));
    let words = problems.to_string();
    assert!(words.contains("1 × no rating: wav/08a01Na.wav"), "{words}");
    assert!(matches!(read(&m, CorpusId::EmoDb, false), Err(CorpusError::NoRatings { .. })));
}

#[test]
fn load_bangla_ser_labels_by_category_and_survives_broken_files() {
    let m = miniature(&["03-01-03-02-01-01-01.wav", "03-01-02-02-01-01-02.wav"], &[]);
    fs::write(m.folder.path().join("03-01-05-01-01-01-02.wav"), "broken").unwrap();
    let corpus = read(&m, CorpusId::BanglaSer, false).unwrap();
    assert_eq!(corpus.rows.iter().map(|r| r.activation).collect::<Vec<_>>(), [2.2, 4.2]);
    assert_eq!(corpus.origin(), LabelOrigin::Category);
    assert_eq!(corpus.problems.count(Problem::Unreadable), 1);
    assert!(corpus.problems.to_string().contains("03-01-05-01-01-01-02.wav (no sound in it)"));
    let info = corpus.info();
    assert_eq!((info.utterances, info.speakers, info.licence.as_str()), (2, 2, "CC BY 4.0"));
}

#[test]
fn load_emotale_takes_its_languages_as_two_corpora() {
    let table =
        "file,a1_A,a2_A,a3_A,a1_V,a2_V,a3_V\nDK_001_A_1.wav,4,4.5,5,1,1,1\nEN_001_S_1.wav,1,1.5,2,2,2,2\n";
    let m = miniature(&["DK_001_A_1.flac", "EN_001_S_1.flac"], &[("annotations.csv", table)]);
    let danish = read(&m, CorpusId::EmoTaleDanish, false).unwrap();
    let english = read(&m, CorpusId::EmoTaleEnglish, false).unwrap();
    assert_eq!((ids(&danish), danish.rows[0].activation), (vec!["DK_001_A_1"], 4.5));
    assert_eq!((ids(&english), english.rows[0].activation), (vec!["EN_001_S_1"], 1.5));
    assert!(danish.problems.is_empty(), "{}", danish.problems);
    fs::remove_file(m.folder.path().join("annotations.csv")).unwrap();
    assert!(matches!(read(&m, CorpusId::EmoTaleDanish, false), Err(CorpusError::NoRatings { .. })));
}

#[test]
fn load_savee_flat_and_in_speakers_folders() {
    let m = miniature(&["DC_a01.wav", "JE/a01.wav", "KL/sa02.wav"], &[]);
    let corpus = read(&m, CorpusId::Savee, false).unwrap();
    assert_eq!(ids(&corpus), ["DC_a01", "JE_a01", "KL_sa02"]);
}

#[test]
fn load_refuses_folders_that_are_no_corpus() {
    let m = miniature(&["song.mp3"], &[]);
    assert!(matches!(read(&m, CorpusId::Savee, false), Err(CorpusError::NoAudio { .. })));
    let m = miniature(&["a.wav", "b.wav"], &[]);
    let e = read(&m, CorpusId::Savee, false).unwrap_err();
    assert!(
        matches!(&e, CorpusError::Nothing { problems, .. } if problems.count(Problem::Layout) == 2),
        "{e}"
    );
    let e = load(CorpusId::Savee, Path::new("/nowhere"), &options(None)).unwrap_err();
    assert!(matches!(e, CorpusError::Folder { .. }), "{e}");
}

#[test]
fn load_takes_features_from_the_cache_and_refuses_those_that_are_not_finite() {
    let m = miniature(&["DC_a01.wav"], &[]);
    let kept = tempfile::tempdir().unwrap();
    let cache = FeatureCache::open(kept.path(), &fake).unwrap();
    let once = |features: &FeatureFunction| {
        let options = LoadOptions { ratings: None, features, cache: Some(&cache), progress: &|_| () };
        load(CorpusId::Savee, m.folder.path(), &options)
    };
    let nan = |_: &[u8]| -> Result<_, FeatureError> { Ok([f32::NAN; FEATURE_COUNT]) };
    assert!(matches!(once(&nan), Err(CorpusError::Nothing { .. })));
    let first = once(&fake).unwrap();
    let never = |_: &[u8]| -> Result<_, FeatureError> { Err(std::io::Error::other("asked again").into()) };
    assert_eq!(once(&never).unwrap(), first);
}

#[test]
fn load_cafe_by_ratings_or_by_category_with_its_intensities() {
    let m = miniature(
        &[
            "Colère/Faible/01-C-1-1.wav",
            "Colère/Fort/02-C-2-1.wav",
            "Tristesse/Fort/02-T-2-6.wav",
            "Neutre/12-N-1-1.wav",
            "Joie/Fort/03-J-3-1.wav",
        ],
        &[(
            "CAFE.csv",
            "filname,activation ,valence\n01-C-1-1.wav,4,1\n02-C-2-1.wav,5,2\n12-N-1-1.wav,2.5,3\n",
        )],
    );
    let corpus = read(&m, CorpusId::Cafe, true).unwrap();
    assert_eq!(
        labels(&corpus),
        [
            ("01", Emotion::Anger, 4.0, 1.0),
            ("02", Emotion::Anger, 5.0, 2.0),
            ("12", Emotion::Neutral, 2.5, 3.0)
        ]
    );
    assert_eq!(corpus.problems.files(Problem::Rating), ["Tristesse/Fort/02-T-2-6.wav"]);
    assert_eq!(corpus.problems.files(Problem::Layout), ["Joie/Fort/03-J-3-1.wav"]);

    let e = read(&m, CorpusId::Cafe, false).unwrap_err();
    assert!(e.to_string().contains("CAFE.csv") && e.to_string().contains("--category-labels"), "{e}");
    let corpus = load_by_category(CorpusId::Cafe, m.folder.path(), &options(None)).unwrap();
    let activations: Vec<f64> = corpus.rows.iter().map(|r| r.activation).collect();
    assert_eq!(activations, [4.2, 4.7, 2.2 - 0.5, 2.8]);
    assert_eq!((corpus.origin(), corpus.problems.total()), (LabelOrigin::Category, 1));
}

#[test]
fn load_urdu_reads_nameless_columns_and_refuses_contradicting_folders() {
    let m = miniature(
        &[
            "Angry/SM1_F01_A01.wav",
            "Happy/SF1_F10_H010.wav",
            "Sad/SM2_F02_A02.wav",
            "Sad/SM2_F03_X03.wav",
            "Sad/notes.wav",
        ],
        &[(
            "URDU.csv",
            ",,filename,activation,valence\n,,SM1_F01_A01.wav,4.5,1.5\n,,SF1_F10_H010.wav,3,4\n,,SM2_F02_A02.wav,4,2\n",
        )],
    );
    let corpus = read(&m, CorpusId::Urdu, true).unwrap();
    assert_eq!(labels(&corpus), [("SF1", Emotion::Happiness, 3.0, 4.0), ("SM1", Emotion::Anger, 4.5, 1.5)]);
    assert_eq!(corpus.problems.files(Problem::Contradiction), ["Sad/SM2_F02_A02.wav"]);
    assert_eq!(corpus.problems.files(Problem::Emotion), ["Sad/SM2_F03_X03.wav"]);
    assert_eq!(corpus.problems.files(Problem::Layout), ["Sad/notes.wav"]);
    assert_eq!(corpus.problems.count(Problem::Absent), 0);
}

#[test]
fn load_aesd_leaves_out_a_file_whose_rating_is_not_a_number() {
    let m = miniature(
        &["anger/a01 (2).wav", "anger/a06 (5)b.wav", "sadness/s05 (3).wav", "fear/f10 (01).wav"],
        &[(
            "AESD.csv",
            "filename,activation,valence \na01 (2).wav,4,2.5\na06 (5)b.wav,3,3\ns05 (3).wav,nan,nan\nf10 (01).wav,4,2\n\
             h01 (1).wav,3,3\nh02 (1).wav,nan,nan\n",
        )],
    );
    let corpus = read(&m, CorpusId::Aesd, true).unwrap();
    assert_eq!(ids(&corpus), ["a01 (2)", "a06 (5)b", "f10 (01)"]);
    assert_eq!(labels(&corpus)[0], ("2", Emotion::Anger, 4.0, 2.5));
    assert_eq!(labels(&corpus)[2], ("1", Emotion::Fear, 4.0, 2.0));
    assert_eq!(corpus.problems.files(Problem::Rating), ["sadness/s05 (3).wav"]);
    assert_eq!(corpus.problems.files(Problem::Absent), ["h01 (1)"]);
    assert_eq!(corpus.problems.total(), 1);
}

#[test]
fn load_ravdess_has_two_intensities_and_leaves_out_songs() {
    let m = miniature(
        &[
            "Actor_01/03-01-05-01-01-01-01.wav",
            "Actor_01/03-01-05-02-01-01-01.wav",
            "Actor_02/03-01-04-02-02-01-02.wav",
            "Actor_02/03-02-04-02-02-01-02.wav",
            "Actor_02/03-01-01-01-02-01-02.wav",
            "copy/Actor_02/03-01-01-01-02-01-02.wav",
        ],
        &[],
    );
    let corpus = read(&m, CorpusId::Ravdess, false).unwrap();
    let activations: Vec<f64> = corpus.rows.iter().map(|r| r.activation).collect();
    assert_eq!(activations, [2.8, 2.2 - 0.5, 4.2, 4.7]);
    assert_eq!((corpus.origin(), corpus.info().speakers), (LabelOrigin::Category, 2));
    assert_eq!(corpus.problems.files(Problem::Song), ["Actor_02/03-02-04-02-02-01-02.wav"]);
    assert_eq!(corpus.problems.files(Problem::Duplicate), ["copy/Actor_02/03-01-01-01-02-01-02.wav"]);
}

/// A file of a miniature's folder.
fn write(m: &Miniature, file: &str, text: &str) {
    let path = m.folder.path().join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn load_crema_d_labels_by_the_emotion_heard_in_the_voice() {
    let m = miniature(
        &[
            "AudioWAV/1001_IEO_ANG_HI.wav",
            "AudioWAV/1001_IEO_ANG_LO.wav",
            "AudioWAV/1002_DFA_HAP_XX.wav",
            "AudioWAV/1002_DFA_SAD_XX.wav",
            "AudioWAV/1003_DFA_FEA_XX.wav",
            "AudioWAV/1003_DFA_SUR_XX.wav",
            "AudioWAV/1040_ITH_SAD_X.wav",
            "AudioMP3/1001_IEO_ANG_HI.mp3",
        ],
        &[],
    );
    let votes = |rows: &str| {
        let header = r#""","FileName","VoiceVote","VoiceLevel","FaceVote","FaceLevel","MultiModalVote","MultiModalLevel""#;
        write(&m, "processedResults/summaryTable.csv", &format!("{header}\n{rows}"));
    };
    votes(
        "\"1\",\"1001_IEO_ANG_HI\",\"A\",\"90\",\"H\",\"50\",\"H\",\"50\"\n\
         \"2\",\"1001_IEO_ANG_LO\",\"N\",\"69.1\",\"A\",\"92.22\",\"A\",\"64.78\"\n\
         \"3\",\"1002_DFA_HAP_XX\",\"A:D:N\",\"39.00:89.00:83.67\",\"H\",\"1\",\"H\",\"1\"\n\
         \"4\",\"1002_DFA_SAD_XX\",\"S\",\"10\",\"S\",\"1\",\"S\",\"1\"\n\
         \"5\",\"1091_DFA_SAD_XX\",\"D\",\"10\",\"S\",\"1\",\"S\",\"1\"\n",
    );
    write(
        &m,
        "VideoDemographics.csv",
        "\"ActorID\",\"Age\",\"Sex\",\"Race\",\"Ethnicity\"\n1001,51,\"Male\",\"x\",\"x\"\n1002,17,\"Female\",\"x\",\"x\"\n",
    );
    let corpus = read(&m, CorpusId::CremaD, false).unwrap();
    // Neither the acted level nor the level heard moves a label.
    assert_eq!(
        labels(&corpus),
        [
            ("1001", Emotion::Anger, 4.2, 2.0),
            ("1001", Emotion::Neutral, 2.8, 3.0),
            ("1002", Emotion::Sadness, 2.2, 2.2)
        ]
    );
    assert_eq!((corpus.origin(), corpus.group_counts()), (LabelOrigin::Category, [1, 2, 1]));
    assert_eq!(corpus.problems.files(Problem::Agreement), ["AudioWAV/1002_DFA_HAP_XX.wav"]);
    assert_eq!(corpus.problems.files(Problem::Rating), ["AudioWAV/1003_DFA_FEA_XX.wav"]);
    assert_eq!(corpus.problems.files(Problem::Emotion), ["AudioWAV/1003_DFA_SUR_XX.wav"]);
    assert_eq!(corpus.problems.files(Problem::Layout), ["AudioWAV/1040_ITH_SAD_X.wav"]);
    assert_eq!(corpus.problems.files(Problem::Absent), ["1091_DFA_SAD_XX"]);

    let acted = load_by_category(CorpusId::CremaD, m.folder.path(), &options(None)).unwrap();
    let emotions: Vec<Emotion> = acted.rows.iter().map(|r| r.emotion).collect();
    assert_eq!(
        emotions,
        [Emotion::Anger, Emotion::Anger, Emotion::Happiness, Emotion::Sadness, Emotion::Fear]
    );
    assert_eq!((acted.rows[0].activation, acted.rows[1].activation), (4.2, 4.2));
    assert_eq!((acted.origin(), acted.group_counts()), (LabelOrigin::Category, [2, 2, 2]));

    votes("\"1\",\"1001_IEO_ANG_HI\",\"X\",\"90\",\"H\",\"50\",\"H\",\"50\"\n");
    let e = read(&m, CorpusId::CremaD, false).unwrap_err();
    assert!(matches!(&e, CorpusError::Cell { line: 2, value, .. } if value == "X"), "{e}");
    write(&m, "processedResults/summaryTable.csv", "FileName,VoiceVote\na,A\na,A\n");
    let e = read(&m, CorpusId::CremaD, false).unwrap_err();
    assert!(matches!(e, CorpusError::RepeatedLabel { line: 3, .. }), "{e}");
    write(&m, "processedResults/summaryTable.csv", "FileName,vote\na,A\n");
    let e = read(&m, CorpusId::CremaD, false).unwrap_err();
    assert!(matches!(&e, CorpusError::MissingColumns { columns, .. } if columns == &["VoiceVote"]), "{e}");
    fs::remove_dir_all(m.folder.path().join("processedResults")).unwrap();
    let e = read(&m, CorpusId::CremaD, false).unwrap_err();
    assert!(
        matches!(&e, CorpusError::NoTable { expected, .. } if expected.ends_with("summaryTable.csv")),
        "{e}"
    );
    assert!(e.to_string().contains("--category-labels"), "{e}");
}

#[test]
fn load_mesd_counts_kinds_of_voice_as_speakers() {
    let m = miniature(
        &[
            "Anger_C_A_abajo.wav",
            "Sadness_C_B_abuso.wav",
            "Neutral_F_A_por_favor.wav",
            "Fear_M_B_arana.wav",
            "Boredom_M_B_arana.wav",
            "readme.wav",
        ],
        &[],
    );
    let corpus = read(&m, CorpusId::Mesd, false).unwrap();
    assert_eq!(
        labels(&corpus),
        [
            ("C", Emotion::Anger, 4.2, 2.0),
            ("M", Emotion::Fear, 3.6, 2.1),
            ("F", Emotion::Neutral, 2.8, 3.0),
            ("C", Emotion::Sadness, 2.2, 2.2)
        ]
    );
    assert_eq!((corpus.origin(), corpus.group_counts()), (LabelOrigin::Category, [1, 1, 2]));
    let problems = &corpus.problems;
    assert_eq!((problems.count(Problem::Emotion), problems.count(Problem::Layout)), (1, 1));
}

#[test]
fn load_subesco_tells_speakers_apart_by_sex_and_number() {
    let m = miniature(
        &[
            "F_01_OISHI_S_1_ANGRY_1.wav",
            "M_01_NIPUN_S_1_HAPPY_1.wav",
            "F_02_MONIKA_S_2_SURPRISE_3].wav",
            "F_02_MONIKA_S_2_SLEEPY_3.wav",
        ],
        &[],
    );
    let corpus = read(&m, CorpusId::Subesco, false).unwrap();
    assert_eq!(
        labels(&corpus),
        [
            ("F_01", Emotion::Anger, 4.2, 2.0),
            ("F_02", Emotion::Surprise, 3.3, 3.0),
            ("M_01", Emotion::Happiness, 3.6, 3.4)
        ]
    );
    assert_eq!((corpus.info().speakers, corpus.group_counts()), (3, [2, 1, 0]));
    assert_eq!(corpus.problems.files(Problem::Emotion), ["F_02_MONIKA_S_2_SLEEPY_3.wav"]);
}

#[test]
fn load_emozionalmente_labels_by_most_votes_and_takes_speakers_from_its_tables() {
    // The archive's own folder is one deeper.
    let place = "emozionalmente_dataset";
    let file = |number: u64| format!("{place}/audio/161287284829{number}.wav");
    let files: Vec<String> = (0..6).map(file).collect();
    let m = miniature(&files.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
    write(&m, &format!("{place}/audio/intro.wav"), "no utterance");
    let samples = |rows: &str| {
        let header = "file_name,sentence,sentence_language,actor,emotion_expressed";
        write(&m, &format!("{place}/metadata/samples.csv"), &format!("{header}\n{rows}"));
    };
    let all = "1612872848290.wav,\"Uno, due\",it,u1,anger\n1612872848291.wav,x,it,u1,joy\n\
               1612872848292.wav,x,it,u2,neutrality\n1612872848293.wav,x,it,u3,fear\n\
               1612872848294.wav,x,it,u3,disgust\n1612872848299.wav,x,it,u3,surprise\n";
    samples(all);
    let mut votes = "file_name,evaluator,audio_quality,emotion_recognized\n".to_owned();
    for (number, heard) in [
        (0, "anger anger neutrality anger fear"),
        (1, "neutrality neutrality joy surprise neutrality"),
        (2, "sadness sadness neutrality neutrality joy"),
        (3, "fear"),
        (9, "surprise"),
    ] {
        for (rater, emotion) in heard.split(' ').enumerate() {
            votes += &format!("161287284829{number}.wav,r{rater},good,{emotion}\n");
        }
    }
    write(&m, &format!("{place}/metadata/evaluations.csv"), &votes);
    let users = "username,gender,age,mother_tongue\nu1,Female,17,it\nu2,male,40,it\nu3,other,,it\n";
    write(&m, &format!("{place}/metadata/users.csv"), users);
    let corpus = read(&m, CorpusId::Emozionalmente, false).unwrap();
    assert_eq!(ids(&corpus), ["1612872848290", "1612872848291", "1612872848293"]);
    assert_eq!(
        labels(&corpus),
        [
            ("u1", Emotion::Anger, 4.2, 2.0),
            ("u1", Emotion::Neutral, 2.8, 3.0),
            ("u3", Emotion::Fear, 3.6, 2.1)
        ]
    );
    assert_eq!((corpus.origin(), corpus.group_counts()), (LabelOrigin::Category, [2, 0, 2]));
    assert_eq!(corpus.problems.files(Problem::Agreement), [file(2)]);
    assert_eq!(corpus.problems.files(Problem::Rating), [file(4), file(5)]);
    assert_eq!(corpus.problems.files(Problem::Layout), [format!("{place}/audio/intro.wav")]);
    assert_eq!(corpus.problems.files(Problem::Absent), ["1612872848299"]);

    let acted = load_by_category(CorpusId::Emozionalmente, m.folder.path(), &options(None)).unwrap();
    assert_eq!(
        labels(&acted).iter().map(|l| l.1).collect::<Vec<_>>(),
        [Emotion::Anger, Emotion::Happiness, Emotion::Neutral, Emotion::Fear, Emotion::Disgust]
    );
    assert_eq!((acted.problems.files(Problem::Emotion), acted.group_counts()), (&[file(5)][..], [2, 1, 2]));

    samples(&all.replace("joy", "gioia"));
    let e = read(&m, CorpusId::Emozionalmente, false).unwrap_err();
    assert!(matches!(&e, CorpusError::Cell { line: 3, value, .. } if value == "gioia"), "{e}");
    samples(&all.replace("u2", ""));
    let e = read(&m, CorpusId::Emozionalmente, false).unwrap_err();
    assert!(matches!(&e, CorpusError::Cell { line: 4, column, .. } if column == "actor"), "{e}");
    for (table, left) in [("evaluations.csv", "samples.csv"), ("samples.csv", "users.csv")] {
        samples(all);
        fs::remove_file(m.folder.path().join(place).join("metadata").join(table)).unwrap();
        let e = read(&m, CorpusId::Emozionalmente, false).unwrap_err();
        assert!(
            matches!(&e, CorpusError::NoTable { expected, .. } if expected.ends_with(table)),
            "{left}: {e}"
        );
    }
}

#[test]
fn load_quechua_collao_takes_ratings_and_leaves_out_what_its_tables_get_wrong() {
    let numbers = ["10001", "10002", "10003", "10004", "10005", "10006", "10007", "10008"];
    let files = numbers.map(|n| format!("Audios/{n}.wav"));
    let m = miniature(&files.each_ref().map(String::as_str), &[]);
    let map = "Audio,Emotion,Actor,File,Duration (s)\n10001,happy,a1,x,2\n10002,anger,a6,x,2\n10003,sleepy,a2,x,2\n\
               10004,sadness,A2,x,2\n10005,calm,a2,x,2\n10006,bored,a2,x,2\n10007,joy,a2,x,2\n10009,fear,a2,x,2\n,,,,\n";
    let e = read(&m, CorpusId::QuechuaCollao, false).unwrap_err();
    assert!(matches!(e, CorpusError::NoTable { expected: "Data/Data/map.csv", .. }), "{e}");
    assert!(e.to_string().contains("sheet “map” of Data/Data/Data.xlsx"), "{e}");
    write(&m, "Data/Data/map.csv", map);
    let e = read(&m, CorpusId::QuechuaCollao, false).unwrap_err();
    assert!(matches!(e, CorpusError::NoTable { expected: "Labels/Labels/Labels.csv", .. }), "{e}");
    let acted = load_by_category(CorpusId::QuechuaCollao, m.folder.path(), &options(None)).unwrap();
    assert_eq!((acted.origin(), acted.rows.len(), acted.rows[0].activation), (LabelOrigin::Category, 4, 3.6));

    let ratings = "Audio,Valence,Arousal,Dominance\n10001,4.25,3.5,3\n10002,1.5,4.75,4\n10003,2,1.25,2\n10004,2,2,2\n\
                   10005,-4439.2,2,2\n10007,3,3,3\n10008,3,3,3\n10009,2,3,3\n";
    write(&m, "Labels/Labels/Labels.csv", ratings);
    let corpus = read(&m, CorpusId::QuechuaCollao, false).unwrap();
    assert_eq!(labels(&corpus), [("a1", Emotion::Happiness, 3.5, 4.25), ("a6", Emotion::Anger, 4.75, 1.5)]);
    assert_eq!((corpus.origin(), corpus.group_counts()), (LabelOrigin::Human, [0, 0, 0]));
    for (problem, number) in
        [(Problem::OtherClass, 3), (Problem::Speaker, 4), (Problem::Scale, 5), (Problem::Emotion, 7)]
    {
        assert_eq!(corpus.problems.files(problem), [format!("Audios/1000{number}.wav")], "{problem:?}");
    }
    assert_eq!(corpus.problems.files(Problem::Rating), ["Audios/10006.wav", "Audios/10008.wav"]);
    assert_eq!(corpus.problems.files(Problem::Absent), ["10009"]);

    // A sheet saved where lists have semicolons.
    write(&m, "Data/Data/map.csv", &map.replace(',', ";"));
    assert_eq!(read(&m, CorpusId::QuechuaCollao, false).unwrap(), corpus);
    write(&m, "Labels/Labels/Labels.csv", "Audio,Valence,Arousal\n10001,high,3\n");
    let e = read(&m, CorpusId::QuechuaCollao, false).unwrap_err();
    assert!(matches!(&e, CorpusError::Cell { line: 2, value, .. } if value == "high"), "{e}");
    write(&m, "Labels/Labels/Labels.csv", "Audio,Valence,Arousal\n10001,3,3\n10001,3,4\n");
    let e = read(&m, CorpusId::QuechuaCollao, false).unwrap_err();
    assert!(matches!(e, CorpusError::RepeatedLabel { line: 3, .. }), "{e}");
    write(&m, "Data/Data/map.csv", "Audio,Emotion\n10001,happy\n");
    let e = read(&m, CorpusId::QuechuaCollao, false).unwrap_err();
    assert!(matches!(&e, CorpusError::MissingColumns { columns, .. } if columns == &["Actor"]), "{e}");
}

/// Two sessions; every class once, an utterance without evaluation, an evaluation without utterance.
fn iemocap() -> Miniature {
    let m = miniature(
        &[
            "Session1/dialog/wav/Ses01F_impro01.wav",
            "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F000.wav",
            "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_F001.wav",
            "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_M000.wav",
            "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_M001.wav",
            "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_M002.wav",
            "Session1/sentences/wav/Ses01F_impro01/Ses01F_impro01_M003.wav",
            "Session2/sentences/wav/Ses02M_script01_1/Ses02M_script01_1_F000.wav",
            "Session2/sentences/wav/Ses02M_script01_1/Ses02M_script01_1_M000.wav",
            "Session2/sentences/wav/Ses02M_script01_1/Ses02M_script01_1_M001.wav",
        ],
        &[],
    );
    for (session, dialogue, lines) in [
        (
            "Session1",
            "Ses01F_impro01",
            &[
                "F000 neu 2.5 2.0",
                "F001 exc 4.5 4.0",
                "M000 ang 1.5 4.5",
                "M001 fru 2 3",
                "M002 xxx 2 3",
                "M009 sad 2 2",
            ][..],
        ),
        ("Session2", "Ses02M_script01_1", &["F000 hap 4.0 3.5", "M000 sad 5.5 1.5", "M001 glad 4 4"]),
    ] {
        let place = m.folder.path().join(session).join("dialog/EmoEvaluation");
        fs::create_dir_all(&place).unwrap();
        let mut text = String::from("% [START_TIME - END_TIME] TURN_NAME EMOTION [V, A, D]\n\n");
        for line in lines {
            let fields: Vec<&str> = line.split(' ').collect();
            let &[turn, class, valence, activation] = fields.as_slice() else { panic!("{line}") };
            text += &format!(
                "[1.0000 - 2.0000]\t{dialogue}_{turn}\t{class}\t[{valence}, {activation}, 3.0000]\nC-E2:\tAnger;\t()\n\n"
            );
        }
        fs::write(place.join(format!("{dialogue}.txt")), text).unwrap();
    }
    m
}

#[test]
fn load_iemocap_takes_its_evaluations_and_counts_what_it_leaves_out() {
    let m = iemocap();
    let corpus = read(&m, CorpusId::Iemocap, false).unwrap();
    assert_eq!(
        labels(&corpus),
        [
            ("Ses01F", Emotion::Neutral, 2.0, 2.5),
            ("Ses01M", Emotion::Anger, 4.5, 1.5),
            ("Ses02F", Emotion::Happiness, 3.5, 4.0)
        ]
    );
    assert_eq!(corpus.origin(), LabelOrigin::Human);
    let short = |kind| -> Vec<&str> {
        corpus.problems.files(kind).iter().map(|f| f.rsplit(['/', '_']).next().unwrap()).collect()
    };
    assert_eq!(short(Problem::OtherClass), ["F001.wav", "M001.wav", "M002.wav"]);
    assert_eq!(short(Problem::Rating), ["M003.wav"]);
    assert_eq!(short(Problem::Scale), ["M000.wav"]);
    assert_eq!(short(Problem::Emotion), ["M001.wav"]);
    assert_eq!(short(Problem::Absent), ["M009"]);
    assert_eq!(corpus.problems.total(), 6);

    let merged = read(&m, CorpusId::IemocapExcited, false).unwrap();
    assert_eq!(merged.rows.len(), 4);
    assert_eq!(labels(&merged)[1], ("Ses01F", Emotion::Happiness, 4.0, 4.5));
    assert_eq!((merged.id.as_str(), merged.problems.count(Problem::OtherClass)), ("iemocap-exc", 2));

    let by_category = load_by_category(CorpusId::Iemocap, m.folder.path(), &options(None)).unwrap();
    assert_eq!((by_category.rows.len(), by_category.rows[0].activation), (4, 2.8));

    for session in ["Session1", "Session2"] {
        fs::remove_dir_all(m.folder.path().join(session).join("dialog")).unwrap();
    }
    assert!(matches!(read(&m, CorpusId::Iemocap, false), Err(CorpusError::NoRatings { .. })));
}

#[test]
fn load_by_category_takes_the_example_of_every_corpus_and_counts_the_others() {
    for corpus in CorpusId::ALL {
        let of_this = |other: &CorpusId| other.layout().example == corpus.layout().example;
        let others = CorpusId::ALL.into_iter().filter(|other| !of_this(other));
        let mut files = vec![corpus.layout().example];
        // Names of RAVDESS and BanglaSER, and the two languages of EmoTale, cannot be told apart by their form.
        let alike = [&["ravdess", "bangla-ser"][..], &["emotale-dk", "emotale-en"]];
        let foreign: Vec<&str> = others
            .filter(|other| {
                !alike.iter().any(|pair| pair.contains(&corpus.id()) && pair.contains(&other.id()))
            })
            .map(|other| other.layout().example)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        files.extend(&foreign);
        let m = miniature(&files, &[]);
        if matches!(corpus, CorpusId::Iemocap | CorpusId::IemocapExcited) {
            let place = m.folder.path().join("Session1/dialog/EmoEvaluation");
            fs::create_dir_all(&place).unwrap();
            let line = "[1.0 - 2.0]\tSes01F_impro01_F000\tneu\t[2.5, 2.5, 2.5]\n";
            fs::write(place.join("Ses01F_impro01.txt"), line).unwrap();
        }
        // Where names have no emotion.
        write(&m, "Data/Data/map.csv", "Audio,Emotion,Actor\n10006,happy,a1\n");
        let sample = "file_name,actor,emotion_expressed\n1612872848291.wav,u,joy\n";
        write(&m, "metadata/samples.csv", sample);
        let loaded = load_by_category(corpus, m.folder.path(), &options(None)).unwrap();
        assert_eq!(loaded.rows.len() + loaded.readings.len(), 1, "{corpus:?}");
        assert_eq!(loaded.problems.count(Problem::Layout), foreign.len(), "{corpus:?}: {}", loaded.problems);
    }
}

#[test]
fn load_takes_one_speaker_one_class_and_constant_labels() {
    let m = miniature(&["DC_n01.wav", "DC_n02.wav"], &[]);
    let corpus = read(&m, CorpusId::Savee, false).unwrap();
    assert_eq!((corpus.rows.len(), corpus.info().speakers, corpus.problems.is_empty()), (2, 1, true));
}

#[test]
fn load_keeps_and_notes_the_same_sound_under_two_names() {
    let m = miniature(&["DC_n01.wav", "DC_n02.wav"], &[]);
    fs::copy(m.folder.path().join("DC_n01.wav"), m.folder.path().join("JE_a03.wav")).unwrap();
    let corpus = read(&m, CorpusId::Savee, false).unwrap();
    assert_eq!((corpus.rows.len(), corpus.problems.total()), (3, 0));
    assert_eq!(corpus.problems.files(Problem::SameSound), ["JE_a03.wav (as DC_n01.wav)"]);
}

#[test]
fn load_extracts_features_of_synthesised_sounds() {
    let m = miniature(&["Actor_02/03-01-04-01-02-01-02.wav"], &[]);
    let actor = m.folder.path().join("Actor_01");
    fs::create_dir_all(&actor).unwrap();
    let voice = Voice { silence_s: 0.25, ..Voice::default() };
    for (name, samples) in [
        ("03-01-05-02-01-01-01.wav", Voice { f0_hz: 200.0, ..voice }.integers()),
        ("03-01-01-01-01-01-01.wav", Voice { f0_hz: 100.0, ..voice }.integers()),
        ("03-01-02-01-01-01-01.wav", vec![0; 16_000]),
    ] {
        fs::write(actor.join(name), wav::write_pcm16(&samples, 16_000)).unwrap();
    }
    let real = |bytes: &[u8]| -> Result<[f32; FEATURE_COUNT], FeatureError> {
        let sound = pcm::read(bytes).map_err(DecodeError::from)?;
        Ok(undertone::analysis::model_features(&sound.samples)?)
    };
    let options = LoadOptions { ratings: None, features: &real, cache: None, progress: &|_| () };
    let corpus = load(CorpusId::Ravdess, m.folder.path(), &options).unwrap();
    assert_eq!(ids(&corpus), ["03-01-01-01-01-01-01", "03-01-05-02-01-01-01"]);
    // The first feature is the mean pitch in semitones above 27.5 Hz. In this second the pitch goes from 100 over 120 to
    // 118 Hz, on average 24.6 semitones; the other voice is an octave higher.
    let pitch: Vec<f32> = corpus.rows.iter().map(|r| r.features[0]).collect();
    assert!((pitch[0] - 24.6).abs() < 0.3 && (pitch[1] - pitch[0] - 12.0).abs() < 0.3, "{pitch:?}");
    // Silence and what is no sound are named.
    assert_eq!(corpus.problems.count(Problem::Unreadable), 2, "{}", corpus.problems);
}

#[test]
fn load_speechocean762_gives_readings_with_ages_and_no_labels() {
    let files = [
        "000010063.flac",
        "000010106.flac",
        "000020001.wav",
        "broken/000030001.wav",
        "000040001.wav",
        "100010063.flac",
        "speakers.txt",
    ];
    let m = miniature(&files, &[("speakers.csv", "speaker,age,gender\n0001,6,m\n0002,43,f\n0003,9,f\n")]);
    let corpus = read(&m, CorpusId::Speechocean762, false).unwrap();
    let readings: Vec<_> =
        corpus.readings.iter().map(|r| (r.id.as_str(), r.speaker.as_str(), r.age_years)).collect();
    let expected = [
        ("000010063", "0001", Some(6)),
        ("000010106", "0001", Some(6)),
        ("000020001", "0002", Some(43)),
        // Not in the table.
        ("000040001", "0004", None),
    ];
    assert_eq!(readings, expected);
    assert!(corpus.rows.is_empty());
    assert_eq!(corpus.problems.files(Problem::Layout), ["100010063.flac"]);
    assert_eq!(corpus.problems.count(Problem::Unreadable), 1);
    let info = corpus.info();
    assert_eq!((info.labels, info.utterances, info.speakers), (LabelOrigin::Reading, 4, 3));
    // The same with category labels: there are none.
    let by_category = load_by_category(CorpusId::Speechocean762, m.folder.path(), &options(None)).unwrap();
    assert_eq!(by_category.readings, corpus.readings);
}

#[test]
fn join_counts_readers_apart_from_speakers() {
    let readings = miniature(&["000010063.flac", "000010106.flac", "000020001.wav"], &[]);
    let labelled = miniature(&["DC_a01.wav", "JE_n01.wav"], &[]);
    let reading = read(&readings, CorpusId::Speechocean762, false).unwrap();
    let savee = read(&labelled, CorpusId::Savee, false).unwrap();
    let (data, speakers) = crate::data::corpora::join(&[&reading, &savee]);
    assert_eq!(speakers, ["savee/DC", "savee/JE"]);
    assert_eq!((data.len(), data.labelled_corpora()), (2, vec![1]));
    let readers: Vec<_> = data.readings.iter().map(|r| (r.reader, r.corpus)).collect();
    assert_eq!(readers, [(0, 0), (0, 0), (1, 0)]);
    // The scaler sees them, folds of readers keep a reader together.
    assert_eq!(data.scaler().mean[0], (10.0 + 10.0 + 14.0 + 14.0 + 13.0) / 5.0);
    let folds = data.reader_folds(2, 1);
    assert!(folds[0] == folds[1] && folds[0] != folds[2]);
}
