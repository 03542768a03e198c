//! Tests of reading a corpus from its folder.

use super::*;
use crate::data::emotion::Emotion;
use test_signals::Voice;
use undertone::audio::{AudioError, wav};
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
    assert!(matches!(e, CorpusError::Io { .. }));
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
        let sound = wav::read(bytes).map_err(AudioError::from)?;
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
