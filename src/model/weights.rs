//! Reading and writing weights files.
//!
//! Layout: safetensors, little-endian. Metadata has one entry, `undertone`, the JSON of
//! [`ModelInfo`] (one entry, because the container does not keep the order of several).
//!
//! | tensor | type | shape |
//! |---|---|---|
//! | `scaler.mean`, `scaler.scale` | F32 | \[88\] |
//! | `encoder.{0..3}.weight`, `decoder.{0..3}.weight` | F32 | \[outputs, inputs\] |
//! | `encoder.{0..3}.bias`, `decoder.{0..3}.bias` | F32 | \[outputs\] |
//! | `quantiles` | F32 | \[88, 21\] |
//! | `cloud.latent` (the training voices) | F32 | \[n, 2\] |
//! | `cloud.activation` | F32 | \[n\] |
//! | `cloud.emotion`, `cloud.corpus` | U8 | \[n\] |
//! | `cloud.speaker` | U16 | \[n\] |
//! | `trained_on` ([`Fingerprints`]; may be missing) | U8 | \[recordings, 8\] |
//!
//! That is how they are written. Where F32 stands, a file may have F16 ([`half`]), which is read as the same numbers.

use ndarray::{Array1, Array2};
use sha2::{Digest, Sha256};

use super::container::{self, Container, ElementType, Tensor, View};
use super::error::ModelError;
use super::evaluate::Model;
use super::fingerprints::{FINGERPRINT_BYTES, Fingerprints};
use super::half;
use super::info::{FORMAT_VERSION, ModelInfo};
use super::network::{LATENT_COUNT, Layer, Network};
use super::projection::MapProjection;
use super::quantiles::{QUANTILE_COUNT, Quantiles};
use super::scaler::Scaler;
use super::training_voices::TrainingVoices;
use egemaps::catalogue::FEATURE_COUNT;

const METADATA_KEY: &str = "undertone";
const TRAINED_ON: &str = "trained_on";

impl Tensor {
    fn f32(name: impl Into<String>, shape: &[usize], values: impl Iterator<Item = f32>) -> Tensor {
        let bytes = values.flat_map(f32::to_le_bytes).collect();
        Tensor { name: name.into(), element: ElementType::F32, shape: shape.to_vec(), bytes }
    }
}

/// All tensors of a model, in file order.
fn tensors(model: &Model) -> Vec<Tensor> {
    let scaler = &model.scaler;
    let voices = &model.training_voices;
    let n = voices.len();
    let mut list = vec![
        Tensor::f32("scaler.mean", &[scaler.mean.len()], scaler.mean.iter().copied()),
        Tensor::f32("scaler.scale", &[scaler.scale.len()], scaler.scale.iter().copied()),
    ];
    for (part, layers) in [("encoder", &model.network.encoder), ("decoder", &model.network.decoder)] {
        for (i, layer) in layers.iter().enumerate() {
            list.push(Tensor::f32(
                format!("{part}.{i}.weight"),
                layer.weight.shape(),
                layer.weight.iter().map(|&v| v as f32),
            ));
            list.push(Tensor::f32(
                format!("{part}.{i}.bias"),
                layer.bias.shape(),
                layer.bias.iter().map(|&v| v as f32),
            ));
        }
    }
    let quantiles = &model.quantiles.values;
    list.push(Tensor::f32(
        "quantiles",
        &[quantiles.len(), QUANTILE_COUNT],
        quantiles.iter().flatten().copied(),
    ));
    list.push(Tensor::f32("cloud.latent", &[n, LATENT_COUNT], voices.latent.iter().flatten().copied()));
    list.push(Tensor::f32("cloud.activation", &[n], voices.activation.iter().copied()));
    for (name, values) in [("cloud.emotion", &voices.emotion), ("cloud.corpus", &voices.corpus)] {
        let element = ElementType::U8;
        list.push(Tensor { name: name.into(), element, shape: vec![n], bytes: values.clone() });
    }
    let speakers = voices.speaker.iter().flat_map(|v| v.to_le_bytes()).collect();
    let element = ElementType::U16;
    list.push(Tensor { name: "cloud.speaker".into(), element, shape: vec![n], bytes: speakers });
    let fingerprints = model.trained_on.as_slice();
    if !fingerprints.is_empty() {
        let shape = vec![fingerprints.len(), FINGERPRINT_BYTES];
        let bytes = fingerprints.as_flattened().to_vec();
        list.push(Tensor { name: TRAINED_ON.into(), element: ElementType::U8, shape, bytes });
    }
    list
}

impl Model {
    /// Reads a weights file (safetensors with the metadata entry `undertone`) and checks all of it: versions, names,
    /// types and shapes of the tensors, finite values, positive scales, indices within their lists.
    ///
    /// # Errors
    /// [`ModelError`] says what does not fit, what was expected and what was found.
    pub fn from_bytes(bytes: &[u8]) -> Result<Model, ModelError> {
        read(bytes)
    }

    /// Puts a model together from its parts, with the same checks as [`Model::from_bytes`]; the hash in `info` is
    /// replaced by the one of the bytes that [`Model::to_bytes`] gives.
    ///
    /// # Errors
    /// As [`Model::from_bytes`].
    pub fn from_parts(
        info: ModelInfo,
        scaler: Scaler,
        network: Network,
        training_voices: TrainingVoices,
        quantiles: Quantiles,
    ) -> Result<Model, ModelError> {
        Model::from_bytes(&write(&assemble(info, scaler, network, training_voices, quantiles))?)
    }

    /// The same model, which knows what it was trained on.
    ///
    /// # Errors
    /// As [`Model::from_bytes`].
    pub fn with_trained_on(self, trained_on: Fingerprints) -> Result<Model, ModelError> {
        Model::from_bytes(&write(&Model { trained_on, ..self })?)
    }

    /// The weights file. The same model always gives the same bytes.
    ///
    /// # Errors
    /// [`ModelError::Container`] if the parts cannot be laid out as tensors.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ModelError> {
        write(self)
    }
}

/// A model from its parts, with the projection that follows from them.
fn assemble(
    info: ModelInfo,
    scaler: Scaler,
    network: Network,
    training_voices: TrainingVoices,
    quantiles: Quantiles,
) -> Model {
    let projection = MapProjection::of_space(&info, &network, &training_voices.latent);
    let trained_on = Fingerprints::default();
    Model { info, scaler, network, training_voices, quantiles, trained_on, projection }
}

/// Lays a model out as bytes.
fn write(model: &Model) -> Result<Vec<u8>, ModelError> {
    // The hash is of the bytes, so it cannot stand in them.
    let info = ModelInfo { hash: String::new(), ..model.info.clone() };
    Ok(container::write(tensors(model), METADATA_KEY, serde_json::to_string(&info)?)?)
}

/// Reads and checks a weights file.
fn read(bytes: &[u8]) -> Result<Model, ModelError> {
    let file = Container::read(bytes)?;
    let json = file.text(METADATA_KEY).ok_or(ModelError::NoMetadata)?;
    // Versions first, on their own: a file of another version may have other fields.
    check_versions(json)?;
    let mut info: ModelInfo = serde_json::from_str(json)?;
    info.check()?;
    info.hash = hex(&Sha256::digest(bytes));

    let scaler = positive(Scaler {
        mean: floats(&file, "scaler.mean", &[FEATURE_COUNT])?,
        scale: floats(&file, "scaler.scale", &[FEATURE_COUNT])?,
    })?;
    let mut network = Network::zeros();
    for (part, layers) in [("encoder", &mut network.encoder), ("decoder", &mut network.decoder)] {
        for (i, layer) in layers.iter_mut().enumerate() {
            fill_layer(&file, &format!("{part}.{i}"), layer)?;
        }
    }
    let quantiles = ascending(&floats(&file, "quantiles", &[FEATURE_COUNT, QUANTILE_COUNT])?)?;
    let training_voices = read_training_voices(&file, &info)?;

    let trained_on = read_trained_on(&file)?;
    let model = Model { trained_on, ..assemble(info, scaler, network, training_voices, quantiles) };
    let known = tensors(&model);
    if let Some(other) = file.tensors.iter().find(|tensor| known.iter().all(|t| t.name != tensor.name)) {
        return Err(ModelError::UnexpectedTensor { name: other.name.clone() });
    }
    Ok(model)
}

fn check_versions(json: &str) -> Result<(), ModelError> {
    #[derive(serde::Deserialize)]
    struct Version {
        format: u32,
    }
    let version: Version = serde_json::from_str(json)?;
    if version.format != FORMAT_VERSION {
        return Err(ModelError::Format { expected: FORMAT_VERSION, actual: version.format });
    }
    Ok(())
}

/// A tensor of that type and shape; where singles are expected, it may be of halves.
fn tensor<'a, 'file>(
    file: &'file Container<'a>,
    name: &str,
    expected: ElementType,
    shape: &[usize],
) -> Result<&'file View<'a>, ModelError> {
    let view = file.tensor(name).ok_or_else(|| ModelError::MissingTensor { name: name.to_owned() })?;
    if view.dtype != expected.name() && !(expected == ElementType::F32 && is_half(view)) {
        return Err(ModelError::Type { name: name.to_owned(), expected, actual: view.dtype.clone() });
    }
    if view.shape != shape {
        return Err(ModelError::Shape {
            name: name.to_owned(),
            expected: shape.to_vec(),
            actual: view.shape.clone(),
        });
    }
    Ok(view)
}

fn is_half(view: &View<'_>) -> bool {
    view.dtype == ElementType::F16.name()
}

fn floats(file: &Container<'_>, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
    let view = tensor(file, name, ElementType::F32, shape)?;
    let values = if is_half(view) {
        view.bytes.chunks_exact(2).map(|b| half::to_f32(u16::from_le_bytes([b[0], b[1]]))).collect()
    } else {
        view.bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
    };
    finite(name, values)
}

/// Refuses numbers that are not finite.
pub(super) fn finite(name: &str, values: Vec<f32>) -> Result<Vec<f32>, ModelError> {
    match values.iter().position(|v| !v.is_finite()) {
        Some(index) => Err(ModelError::NotFinite { name: name.to_owned(), index }),
        None => Ok(values),
    }
}

/// Refuses scales that cannot divide.
pub(super) fn positive(scaler: Scaler) -> Result<Scaler, ModelError> {
    match scaler.scale.iter().position(|&v| v <= 0.0) {
        Some(index) => Err(ModelError::Scale { index, actual: scaler.scale[index] }),
        None => Ok(scaler),
    }
}

fn fill_layer(file: &Container<'_>, name: &str, layer: &mut Layer) -> Result<(), ModelError> {
    let (outputs, inputs) = layer.weight.dim();
    let weight = floats(file, &format!("{name}.weight"), &[outputs, inputs])?;
    let bias = floats(file, &format!("{name}.bias"), &[outputs])?;
    layer.weight = Array2::from_shape_fn((outputs, inputs), |(o, i)| f64::from(weight[o * inputs + i]));
    layer.bias = Array1::from_iter(bias.into_iter().map(f64::from));
    Ok(())
}

/// Quantiles of all features from one list; refuses some that fall.
pub(super) fn ascending(flat: &[f32]) -> Result<Quantiles, ModelError> {
    let values: Vec<[f32; QUANTILE_COUNT]> =
        flat.chunks_exact(QUANTILE_COUNT).map(|row| std::array::from_fn(|k| row[k])).collect();
    match values.iter().position(|row| row.windows(2).any(|w| w[0] > w[1])) {
        Some(index) => Err(ModelError::Quantiles { index }),
        None => Ok(Quantiles { values }),
    }
}

fn read_training_voices(file: &Container<'_>, info: &ModelInfo) -> Result<TrainingVoices, ModelError> {
    let n = match file.tensor("cloud.activation") {
        Some(view) => view.shape.first().copied().unwrap_or(0),
        None => return Err(ModelError::MissingTensor { name: "cloud.activation".into() }),
    };
    let latent = floats(file, "cloud.latent", &[n, LATENT_COUNT])?;
    let speaker = tensor(file, "cloud.speaker", ElementType::U16, &[n])?;
    let voices = TrainingVoices {
        latent: latent.chunks_exact(LATENT_COUNT).map(|p| [p[0], p[1]]).collect(),
        activation: floats(file, "cloud.activation", &[n])?,
        emotion: tensor(file, "cloud.emotion", ElementType::U8, &[n])?.bytes.to_vec(),
        corpus: tensor(file, "cloud.corpus", ElementType::U8, &[n])?.bytes.to_vec(),
        speaker: speaker.bytes.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect(),
    };
    check_voices(&voices, info)?;
    Ok(voices)
}

fn read_trained_on(file: &Container<'_>) -> Result<Fingerprints, ModelError> {
    let Some(count) = file.tensor(TRAINED_ON).map(|view| view.shape.first().copied().unwrap_or(0)) else {
        return Ok(Fingerprints::default());
    };
    let view = tensor(file, TRAINED_ON, ElementType::U8, &[count, FINGERPRINT_BYTES])?;
    Ok(view.bytes.as_chunks::<FINGERPRINT_BYTES>().0.iter().copied().collect())
}

/// Refuses training voices with names that are on no list.
pub(super) fn check_voices(voices: &TrainingVoices, info: &ModelInfo) -> Result<(), ModelError> {
    check_indices("cloud.emotion", voices.emotion.iter().map(|&v| v.into()), info.emotions.len())?;
    check_indices("cloud.corpus", voices.corpus.iter().map(|&v| v.into()), info.corpora.len())?;
    check_indices("cloud.speaker", voices.speaker.iter().map(|&v| v.into()), info.speakers.len())
}

fn check_indices(
    name: &'static str,
    entries: impl Iterator<Item = usize>,
    count: usize,
) -> Result<(), ModelError> {
    match entries.enumerate().find(|&(_, entry)| entry >= count) {
        Some((index, actual)) => Err(ModelError::Index { name, index, actual, count }),
        None => Ok(()),
    }
}

/// Hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes of hexadecimal digits.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn unhex(digits: &str) -> Option<[u8; 32]> {
    let values: Option<Vec<u32>> = digits.chars().map(|digit| digit.to_digit(16)).collect();
    let bytes: Vec<u8> =
        values?.chunks(2).map(|pair| pair.iter().fold(0, |sum, v| (sum << 4) | *v as u8)).collect();
    bytes.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing;

    /// A test model's file with its metadata and tensors changed.
    fn changed(edit: impl FnOnce(&mut serde_json::Value, &mut Vec<Tensor>)) -> Vec<u8> {
        let model = testing::model(11);
        let mut metadata = serde_json::to_value(model.info()).unwrap();
        let mut list = tensors(&model);
        edit(&mut metadata, &mut list);
        container::write(list, METADATA_KEY, metadata.to_string()).unwrap()
    }

    fn error(edit: impl FnOnce(&mut serde_json::Value, &mut Vec<Tensor>)) -> ModelError {
        Model::from_bytes(&changed(edit)).unwrap_err()
    }

    fn find<'a>(list: &'a mut [Tensor], name: &str) -> &'a mut Tensor {
        list.iter_mut().find(|t| t.name == name).unwrap()
    }

    #[test]
    fn weights_file_gives_back_the_model_and_the_same_bytes() {
        let model = testing::model(11);
        let bytes = model.to_bytes().unwrap();
        let again = Model::from_bytes(&bytes).unwrap();
        assert_eq!(again, model);
        assert_eq!(again.to_bytes().unwrap(), bytes);
        assert_eq!(again.info().hash, hex(&Sha256::digest(&bytes)));
        assert_eq!(again.info().hash.len(), 64);
        assert_eq!(Model::from_bytes(&changed(|_, _| ())).unwrap().network, model.network);
    }

    #[test]
    fn from_bytes_refuses_what_is_no_weights_file() {
        assert!(matches!(Model::from_bytes(b""), Err(ModelError::Container(_))));
        assert!(matches!(Model::from_bytes(b"RIFF....WAVEfmt "), Err(ModelError::Container(_))));
        let bytes = testing::model(11).to_bytes().unwrap();
        assert!(matches!(Model::from_bytes(&bytes[..bytes.len() - 1]), Err(ModelError::Container(_))));
        let empty = container::write(Vec::new(), "other", String::new()).unwrap();
        assert!(matches!(Model::from_bytes(&empty), Err(ModelError::NoMetadata)));
    }

    #[test]
    fn from_bytes_checks_versions_before_anything_else() {
        let e = error(|m, t| {
            *m = serde_json::json!({ "format": 99, "entirely": "different" });
            t.clear();
        });
        assert!(matches!(e, ModelError::Format { expected: FORMAT_VERSION, actual: 99 }), "{e}");
        let e = error(|m, _| m["catalogue"] = "eGeMAPSv01a/1".into());
        assert!(matches!(&e, ModelError::Catalogue { actual, .. } if actual == "eGeMAPSv01a/1"), "{e}");
    }

    #[test]
    fn from_bytes_needs_and_checks_every_metadata_field() {
        let names: Vec<String> = serde_json::to_value(testing::model(11).info())
            .unwrap()
            .as_object()
            .unwrap()
            .keys()
            .filter(|name| *name != "hash")
            .cloned()
            .collect();
        assert_eq!(names.len(), 13);
        for name in names {
            let e = error(|m, _| drop(m.as_object_mut().unwrap().remove(&name)));
            assert!(matches!(&e, ModelError::Metadata(e) if e.to_string().contains(&name)), "{name}: {e}");
        }
        let e = error(|m, _| m["objective"] = "metric-mood".into());
        assert!(matches!(e, ModelError::Metadata(_)), "{e}");

        for (path, value, named) in [
            ("/limit", 0.0, "limit"),
            ("/interval/level", 1.0, "interval.level"),
            ("/interval/lower", 9.0, "interval.lower"),
            ("/novelty/quantile", 0.0, "novelty.quantile"),
            ("/novelty/reconstruction_error", -1.0, "novelty.reconstruction_error"),
            ("/novelty/feature_distance", 0.0, "novelty.feature_distance"),
        ] {
            let e = error(|m, _| *m.pointer_mut(path).unwrap() = value.into());
            assert!(
                matches!(&e, ModelError::Value { name, actual, .. } if *name == named && *actual == value),
                "{path}: {e}"
            );
        }
    }

    #[test]
    fn fingerprints_come_back_and_files_without_them_are_read() {
        let plain = testing::model(11);
        assert!(plain.trained_on().as_slice().is_empty());
        let recordings: Vec<[f32; FEATURE_COUNT]> = (0..5).map(|k| [k as f32; FEATURE_COUNT]).collect();
        let model = plain.clone().with_trained_on(Fingerprints::of(&recordings)).unwrap();
        assert_ne!(model.info().hash, plain.info().hash);
        let again = Model::from_bytes(&model.to_bytes().unwrap()).unwrap();
        assert_eq!(again, model);
        assert!(recordings.iter().all(|features| again.trained_on().contains(features)));
        assert!(!again.trained_on().contains(&[5.0; FEATURE_COUNT]));
        let e = error(|_, t| {
            let (name, element) = (TRAINED_ON.into(), ElementType::U8);
            t.push(Tensor { name, element, shape: vec![2, 7], bytes: vec![0; 14] });
        });
        assert!(matches!(&e, ModelError::Shape { name, .. } if name == TRAINED_ON), "{e}");
    }

    #[test]
    fn calibrations_come_back_and_files_without_them_are_read() {
        let plain = testing::model(11);
        let json = serde_json::to_string(plain.info()).unwrap();
        assert!(!json.contains("half_widths") && !json.contains("order"), "{json}");
        let calibrated = testing::calibrated(&plain);
        assert!(calibrated.info().order.is_some() && calibrated.info().interval.half_widths.is_some());
        let bytes = calibrated.to_bytes().unwrap();
        assert_eq!(Model::from_bytes(&bytes).unwrap(), calibrated);
        let mut metadata = serde_json::to_value(calibrated.info()).unwrap();
        metadata["order"]["slopes"][1] = 0.0.into();
        let bytes = container::write(tensors(&calibrated), METADATA_KEY, metadata.to_string()).unwrap();
        assert!(matches!(Model::from_bytes(&bytes), Err(ModelError::Value { name: "order.slopes", .. })));
        metadata["interval"]["half_widths"]["clean"][0] = (-1.0).into();
        let bytes = container::write(tensors(&calibrated), METADATA_KEY, metadata.to_string()).unwrap();
        let error = Model::from_bytes(&bytes).unwrap_err();
        assert!(matches!(error, ModelError::Value { name: "interval.half_widths.clean", .. }), "{error}");
    }

    #[test]
    fn from_bytes_needs_every_tensor_with_its_type_and_shape_and_no_other() {
        let names: Vec<String> = tensors(&testing::model(11)).into_iter().map(|t| t.name).collect();
        assert_eq!(names.len(), 2 + 16 + 1 + 5);
        for name in &names {
            let e = error(|_, t| t.retain(|t| t.name != *name));
            assert!(matches!(&e, ModelError::MissingTensor { name: n } if n == name), "{name}: {e}");
            let e = error(|_, t| {
                let tensor = find(t, name);
                let count: usize = tensor.shape.iter().product();
                // Another type of the same shape.
                let (element, size) = match tensor.element {
                    ElementType::F32 => (ElementType::U16, 2),
                    ElementType::U16 => (ElementType::F16, 2),
                    ElementType::U8 | ElementType::F16 => (ElementType::F32, 4),
                };
                tensor.element = element;
                tensor.bytes = vec![0; count * size];
            });
            assert!(matches!(&e, ModelError::Type { name: n, .. } if n == name), "{name}: {e}");
            let e = error(|_, t| find(t, name).shape.push(1));
            assert!(matches!(&e, ModelError::Shape { name: n, .. } if n == name), "{name}: {e}");
        }
        let e = error(|_, t| t.push(Tensor::f32("encoder.4.weight", &[1], [0.0].into_iter())));
        assert!(matches!(&e, ModelError::UnexpectedTensor { name } if name == "encoder.4.weight"), "{e}");
    }

    #[test]
    fn halves_in_the_file_are_read_as_the_singles_of_the_same_values() {
        let narrow = |t: &mut Vec<Tensor>, name: &str, wide: bool| {
            let tensor = find(t, name);
            let singles = tensor.bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]));
            let halves: Vec<u16> = singles.map(half::from_f32).collect();
            tensor.bytes = if wide {
                halves.iter().flat_map(|&value| half::to_f32(value).to_le_bytes()).collect()
            } else {
                tensor.element = ElementType::F16;
                halves.iter().flat_map(|value| value.to_le_bytes()).collect()
            };
        };
        for name in ["encoder.0.weight", "decoder.3.bias", "cloud.latent"] {
            let [halves, singles] = [false, true].map(|wide| changed(|_, t| narrow(t, name, wide)));
            assert!(halves.len() < singles.len(), "{name}");
            let [halves, singles] = [halves, singles].map(|file| Model::from_bytes(&file).unwrap());
            assert_eq!(halves.network, singles.network, "{name}");
            assert_eq!(halves.training_voices, singles.training_voices, "{name}");
        }
        let e = error(|_, t| {
            narrow(t, "encoder.1.bias", false);
            find(t, "encoder.1.bias").bytes[2..4].copy_from_slice(&0x7C00_u16.to_le_bytes());
        });
        assert!(matches!(&e, ModelError::NotFinite { name, index: 1 } if name == "encoder.1.bias"), "{e}");
    }

    #[test]
    fn from_bytes_refuses_numbers_that_cannot_work() {
        let put = |t: &mut Vec<Tensor>, name: &str, index: usize, value: f32| {
            find(t, name).bytes[4 * index..4 * index + 4].copy_from_slice(&value.to_le_bytes());
        };
        let e = error(|_, t| put(t, "decoder.2.weight", 17, f32::NAN));
        assert!(matches!(&e, ModelError::NotFinite { name, index: 17 } if name == "decoder.2.weight"), "{e}");
        let e = error(|_, t| put(t, "scaler.scale", 87, 0.0));
        assert!(matches!(e, ModelError::Scale { index: 87, .. }), "{e}");
        let e = error(|_, t| put(t, "quantiles", 21 * 3, 1e9));
        assert!(matches!(e, ModelError::Quantiles { index: 3 }), "{e}");
        let e = error(|_, t| find(t, "cloud.emotion").bytes[2] = 200);
        assert!(
            matches!(e, ModelError::Index { name: "cloud.emotion", index: 2, actual: 200, count: 2 }),
            "{e}"
        );
        let e = error(|m, _| m["corpora"] = serde_json::json!([]));
        assert!(matches!(e, ModelError::Index { name: "cloud.corpus", index: 0, count: 0, .. }), "{e}");
        let e = error(|_, t| find(t, "cloud.speaker").bytes[1] = 1);
        assert!(matches!(e, ModelError::Index { name: "cloud.speaker", actual: 256, .. }), "{e}");
    }
}
