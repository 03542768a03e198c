//! Data for tests: made-up data sets and corpora, a synthetic utterance.

use super::conditions::talker::Talker;
use super::corpora::{Corpus, Problems, ReadingRow, Row, SpeakerGroup};
use super::dataset::{Dataset, Reading, Utterance, Variants};
use super::emotion::Emotion;
use crate::numeric::random::Random;
use egemaps::catalogue::FEATURE_COUNT;
use undertone::model::LabelOrigin;

/// Two seconds of a synthetic talker.
pub(crate) fn utterance(seed: u64) -> Vec<f32> {
    Talker { f0_hz: 150.0, formants: 1.05, melody: 0.1 }.speak(2.0, &mut Random::new(seed))
}

/// `speakers` speakers with `each` utterances in each of two corpora; activation shows in features 3 and 10,
/// each speaker has an offset of its own, the rest is noise.
pub(crate) fn dataset(speakers: usize, each: usize, seed: u64) -> Dataset {
    let mut random = Random::new(seed);
    let mut utterances = Vec::new();
    for speaker in 0..2 * speakers {
        let offset: Vec<f64> = (0..FEATURE_COUNT).map(|_| 0.5 * random.normal()).collect();
        for _ in 0..each {
            let activation = random.between(1.0, 5.0);
            let features = std::array::from_fn(|i| {
                let told = if i == 3 || i == 10 { activation - 3.0 } else { 0.0 };
                (10.0 + (i as f64 + 1.0) * (told + offset[i] + 0.7 * random.normal())) as f32
            });
            utterances.push(Utterance {
                features,
                activation,
                valence: Some(random.between(1.0, 5.0)),
                emotion: if activation > 3.0 { Emotion::Anger } else { Emotion::Sadness },
                speaker,
                corpus: speaker / speakers,
                variants: Variants::default(),
            });
        }
    }
    Dataset { utterances, readings: Vec::new() }
}

/// The same with `count` augmentations of every utterance, which differ from it and from each other.
pub(crate) fn with_augmentations(mut data: Dataset, count: usize) -> Dataset {
    let mut random = Random::new(9);
    let labelled = data.utterances.iter_mut().map(|u| (u.features, &mut u.variants));
    let readings = data.readings.iter_mut().map(|r| (r.features, &mut r.variants));
    for (features, variants) in labelled.chain(readings) {
        variants.augmented = (0..count)
            .map(|_| std::array::from_fn(|i| features[i] + (0.5 * (i as f64 + 1.0) * random.normal()) as f32))
            .collect();
    }
    data
}

/// The data with calm reading beside it, in a corpus of its own: `readers` readers with `each` utterances, whose features lie
/// about the middle, with an offset for each reader; every other reader is a child.
pub(crate) fn with_readings(mut data: Dataset, readers: usize, each: usize) -> Dataset {
    let mut random = Random::new(11);
    for reader in 0..readers {
        let offset: Vec<f64> = (0..FEATURE_COUNT).map(|_| 0.5 * random.normal()).collect();
        for _ in 0..each {
            let mut value = |i: usize| 10.0 + (i as f64 + 1.0) * (offset[i] + 0.7 * random.normal());
            data.readings.push(Reading {
                features: std::array::from_fn(|i| value(i) as f32),
                reader,
                age_years: Some(if reader % 2 == 0 { 9 } else { 30 }),
                corpus: 2,
                variants: Variants::default(),
            });
        }
    }
    data
}

/// The data set as two corpora, `c0` and `c1`.
pub(crate) fn corpora(speakers: usize, each: usize) -> Vec<Corpus> {
    let data = dataset(speakers, each, 5);
    (0..2)
        .map(|corpus| Corpus {
            id: format!("c{corpus}"),
            name: format!("Corpus {corpus}"),
            language: "none".into(),
            licence: "CC0-1.0".into(),
            rows: data
                .filter(|u| u.corpus == corpus)
                .utterances
                .iter()
                .enumerate()
                .map(|(i, u)| Row {
                    id: i.to_string(),
                    speaker: u.speaker.to_string(),
                    group: SpeakerGroup::default(),
                    emotion: u.emotion,
                    activation: u.activation,
                    valence: u.valence,
                    origin: LabelOrigin::Human,
                    features: u.features,
                    variants: Variants::default(),
                })
                .collect(),
            readings: Vec::new(),
            problems: Problems::default(),
        })
        .collect()
}

/// A corpus of calm reading, `c2`.
pub(crate) fn reading_corpus(readers: usize, each: usize) -> Corpus {
    let data = with_readings(Dataset::default(), readers, each);
    let row = |(i, r): (usize, &Reading)| ReadingRow {
        id: i.to_string(),
        speaker: r.reader.to_string(),
        age_years: r.age_years,
        features: r.features,
        variants: Variants::default(),
    };
    Corpus {
        id: "c2".into(),
        name: "Corpus 2".into(),
        language: "none".into(),
        licence: "CC0-1.0".into(),
        rows: Vec::new(),
        readings: data.readings.iter().enumerate().map(row).collect(),
        problems: Problems::default(),
    }
}
