//! The models as the page loads them: what all of them share once, and a smaller file for each.
//!
//! Scores, attributions, intervals, flags and ranks have the bits of the weights file. Only the places of the training voices,
//! which are drawn and nothing else, are rounded to 16 bits between the least and the greatest, and what the network was trained on is left out; the map's projection, which
//! follows from the exact places, is kept as it is. The hash is the one of the weights file.
//!
//! Numbers are little-endian; texts are UTF-8 after their length in 16 bits. Lists of numbers are split into planes, all lowest
//! bytes first and so on, because the highest bytes resemble one another and compress better side by side. Each file begins with
//! its kind and ends with a checksum; a model's file also has that of the shared file that it belongs to.

use super::error::ModelError;
use super::evaluate::Model;
use super::fingerprints::Fingerprints;
use super::half;
use super::half_width::{HalfWidths, KNOTS};
use super::info::{
    Architecture, CorpusInfo, FORMAT_VERSION, Interval, LabelOrigin, ModelInfo, Novelty, Objective,
    Provenance,
};
use super::network::{LATENT_COUNT, Network};
use super::order::Order;
use super::projection::{MapAxis, MapProjection};
use super::quantiles::{QUANTILE_COUNT, Quantiles};
use super::scaler::Scaler;
use super::training_voices::TrainingVoices;
use super::weights;
use egemaps::catalogue::FEATURE_COUNT;

/// How the two kinds of file begin; the digit is the version of this layout.
const SHARED: [u8; 4] = *b"UTs2";
const OWN: [u8; 4] = *b"UTm3";
/// Bytes of a checksum.
const CHECKSUM: usize = 8;
/// Bytes of a number of half and of single precision.
const HALF: usize = 2;
const SINGLE: usize = 4;
/// Bytes of a SHA-256.
const HASH: usize = 32;

/// FNV-1a: notices damage and files that do not belong together, not intent.
fn checksum(bytes: &[u8]) -> [u8; CHECKSUM] {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    for byte in bytes {
        sum = (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
    sum.to_le_bytes()
}

/// Reads from the front of what is left. What is missing is an error.
struct Reader<'a> {
    rest: &'a [u8],
}

type Read<T> = Result<T, ModelError>;

const DAMAGED: ModelError = ModelError::Packed { what: "damaged or cut off" };
const ENTRY: ModelError = ModelError::Packed { what: "an entry is not on its list" };

impl<'a> Reader<'a> {
    /// A file of this kind, without its checksum.
    fn open(file: &'a [u8], kind: [u8; 4]) -> Read<Reader<'a>> {
        let (content, sum) = file.split_last_chunk::<CHECKSUM>().ok_or(DAMAGED)?;
        let rest = content.strip_prefix(&kind).ok_or(ModelError::Packed { what: "another kind of file" })?;
        if checksum(content) == *sum { Ok(Reader { rest }) } else { Err(DAMAGED) }
    }

    fn bytes(&mut self, count: usize) -> Read<&'a [u8]> {
        let (bytes, rest) = self.rest.split_at_checked(count).ok_or(DAMAGED)?;
        self.rest = rest;
        Ok(bytes)
    }

    fn chunk<const N: usize>(&mut self) -> Read<[u8; N]> {
        let (bytes, rest) = self.rest.split_first_chunk::<N>().ok_or(DAMAGED)?;
        self.rest = rest;
        Ok(*bytes)
    }

    fn u8(&mut self) -> Read<usize> {
        Ok(usize::from(self.chunk::<1>()?[0]))
    }

    fn u16(&mut self) -> Read<usize> {
        Ok(usize::from(u16::from_le_bytes(self.chunk()?)))
    }

    fn u32(&mut self) -> Read<u32> {
        Ok(u32::from_le_bytes(self.chunk()?))
    }

    fn f64(&mut self) -> Read<f64> {
        Ok(f64::from_le_bytes(self.chunk()?))
    }

    fn pair(&mut self) -> Read<[f64; 2]> {
        Ok([self.f64()?, self.f64()?])
    }

    fn f64s(&mut self) -> Read<[f64; KNOTS]> {
        let mut values = [0.0; KNOTS];
        for value in &mut values {
            *value = self.f64()?;
        }
        Ok(values)
    }

    fn u32s(&mut self) -> Read<[u32; KNOTS]> {
        let mut values = [0; KNOTS];
        for value in &mut values {
            *value = self.u32()?;
        }
        Ok(values)
    }

    fn option<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<Option<T>> {
        if self.u8()? == 0 { Ok(None) } else { read(self).map(Some) }
    }

    fn text(&mut self) -> Read<String> {
        let length = self.u16()?;
        let bytes = self.bytes(length)?;
        std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| DAMAGED)
    }

    /// An entry of a list, by its place.
    fn one_of<T: Copy>(&mut self, list: &[T]) -> Read<T> {
        list.get(self.u8()?).copied().ok_or(ENTRY)
    }

    fn list<T>(&mut self, mut entry: impl FnMut(&mut Self) -> Read<T>) -> Read<Vec<T>> {
        let count = self.u16()?;
        let mut list = Vec::new();
        for _ in 0..count {
            list.push(entry(self)?);
        }
        Ok(list)
    }

    /// Numbers of `N` bytes each, from their planes.
    fn planes<const N: usize>(&mut self, count: usize) -> Read<impl Iterator<Item = [u8; N]> + use<'a, N>> {
        let planes = self.bytes(count.checked_mul(N).ok_or(DAMAGED)?)?;
        Ok((0..count).map(move |k| std::array::from_fn(|plane| planes[plane * count + k])))
    }

    fn floats(&mut self, name: &str, count: usize) -> Read<Vec<f32>> {
        let values: Vec<f32> = match self.u8()? {
            HALF => self.planes(count)?.map(|bytes| half::to_f32(u16::from_le_bytes(bytes))).collect(),
            SINGLE => self.planes(count)?.map(f32::from_le_bytes).collect(),
            _ => return Err(ENTRY),
        };
        weights::finite(name, values)
    }

    /// The numbers of a tensor, into their places.
    fn fill<'b>(&mut self, name: &str, places: impl ExactSizeIterator<Item = &'b mut f64>) -> Read<()> {
        let values = self.floats(name, places.len())?;
        places.zip(values).for_each(|(place, value)| *place = f64::from(value));
        Ok(())
    }

    fn end(self) -> Read<()> {
        if self.rest.is_empty() { Ok(()) } else { Err(DAMAGED) }
    }
}

/// What all models share.
struct Shared {
    scaler: Scaler,
    quantiles: Quantiles,
    corpora: Vec<CorpusInfo>,
    emotions: Vec<String>,
    speakers: Vec<String>,
    /// Without their places.
    voices: TrainingVoices,
}

impl Shared {
    fn read(file: &[u8]) -> Read<Shared> {
        let mut r = Reader::open(file, SHARED)?;
        let scaler = weights::positive(Scaler {
            mean: r.floats("scaler.mean", FEATURE_COUNT)?,
            scale: r.floats("scaler.scale", FEATURE_COUNT)?,
        })?;
        let quantiles = weights::ascending(&r.floats("quantiles", FEATURE_COUNT * QUANTILE_COUNT)?)?;
        let corpora = r.list(|r| {
            Ok(CorpusInfo {
                id: r.text()?,
                name: r.text()?,
                language: r.text()?,
                licence: r.text()?,
                labels: r.one_of(&LABELS)?,
                utterances: r.u32()?,
                speakers: r.u32()?,
            })
        })?;
        let emotions = r.list(Reader::text)?;
        let speakers = r.list(Reader::text)?;
        let count = r.u32()? as usize;
        let voices = TrainingVoices {
            latent: Vec::new(),
            activation: r.floats("cloud.activation", count)?,
            emotion: r.bytes(count)?.to_vec(),
            corpus: r.bytes(count)?.to_vec(),
            speaker: r.planes(count)?.map(u16::from_le_bytes).collect(),
        };
        r.end()?;
        Ok(Shared { scaler, quantiles, corpora, emotions, speakers, voices })
    }
}

const LABELS: [LabelOrigin; 3] = [LabelOrigin::Human, LabelOrigin::Category, LabelOrigin::Reading];

impl Model {
    /// Reads a model from its own file and the one that it shares with the others, as [`pack`] writes them, with the checks of
    /// [`Model::from_bytes`].
    ///
    /// # Errors
    /// [`ModelError`] says what does not fit.
    pub fn from_packed(shared: &[u8], own: &[u8]) -> Result<Model, ModelError> {
        let mut r = Reader::open(own, OWN)?;
        if !shared.ends_with(&r.chunk::<CHECKSUM>()?) {
            return Err(ModelError::Packed { what: "the model belongs to another shared file" });
        }
        let Shared { scaler, quantiles, corpora, emotions, speakers, mut voices } = Shared::read(shared)?;
        let info = ModelInfo {
            format: FORMAT_VERSION,
            catalogue: r.text()?,
            objective: r.one_of(&Objective::ALL)?,
            architecture: r.one_of(&Architecture::ALL)?,
            readout: r.pair()?,
            offset: r.f64()?,
            limit: r.f64()?,
            interval: Interval {
                level: r.f64()?,
                lower: r.f64()?,
                upper: r.f64()?,
                method: r.text()?,
                residuals: r.u32()?,
                half_widths: r.option(half_widths)?,
            },
            novelty: Novelty {
                quantile: r.f64()?,
                reconstruction_error: r.f64()?,
                feature_distance: r.f64()?,
            },
            order: r.option(order)?,
            corpora,
            emotions,
            speakers,
            provenance: Provenance {
                name: r.text()?,
                seed: u64::from_le_bytes(r.chunk()?),
                epochs: r.u32()?,
                date: r.text()?,
                commit: r.text()?,
                version: r.text()?,
            },
            hash: weights::hex(&r.chunk::<HASH>()?),
        };
        info.check()?;
        let projection = projection(&mut r)?;
        let mut network = Network::zeros();
        for (name, layers) in [("encoder", &mut network.encoder), ("decoder", &mut network.decoder)] {
            for layer in layers {
                r.fill(name, layer.weight.iter_mut())?;
                r.fill(name, layer.bias.iter_mut())?;
            }
        }
        let [first, second] =
            [places(&mut r, voices.activation.len())?, places(&mut r, voices.activation.len())?];
        voices.latent = first.into_iter().zip(second).map(<[f32; LATENT_COUNT]>::from).collect();
        r.end()?;
        weights::check_voices(&voices, &info)?;
        let trained_on = Fingerprints::default();
        Ok(Model { info, scaler, network, training_voices: voices, quantiles, trained_on, projection })
    }
}

fn half_widths(r: &mut Reader<'_>) -> Read<HalfWidths> {
    Ok(HalfWidths {
        speech_s: r.f64s()?,
        clean: r.f64s()?,
        noisy: r.f64s()?,
        noisy_below_snr_db: r.f64()?,
        residuals: [r.u32s()?, r.u32s()?],
    })
}

fn order(r: &mut Reader<'_>) -> Read<Order> {
    Ok(Order {
        speech_s: r.f64s()?,
        slopes: r.f64s()?,
        speakers: r.u32()?,
        pairs: r.u32()?,
        method: r.text()?,
    })
}

fn projection(r: &mut Reader<'_>) -> Read<MapProjection> {
    Ok(MapProjection {
        axis: r.one_of(&MapAxis::ALL)?,
        across: r.pair()?,
        up: r.pair()?,
        centre: r.f64()?,
        step: r.f64()?,
        origin: r.pair()?,
        arrow: if r.u8()? == 0 { None } else { Some([r.pair()?, r.pair()?]) },
    })
}

/// One coordinate of all training voices.
fn places(r: &mut Reader<'_>, count: usize) -> Read<Vec<f32>> {
    let ends = r.floats("cloud.latent", 2)?;
    let [low, high] = [f64::from(ends[0]), f64::from(ends[1])];
    let at = |part: [u8; 2]| (low + (high - low) * (f64::from(u16::from_le_bytes(part)) / LAST)) as f32;
    Ok(r.planes(count)?.map(at).collect())
}

/// The greatest number of 16 bits.
const LAST: f64 = u16::MAX as f64;

#[cfg(not(target_arch = "wasm32"))]
pub use writing::{PackedModels, pack};

#[cfg(not(target_arch = "wasm32"))]
mod writing {
    use super::*;

    /// Models as [`pack`] lays them out.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct PackedModels {
        /// What all share.
        pub shared: Vec<u8>,
        /// The file of each, in the order in which they were given.
        pub own: Vec<Vec<u8>>,
    }

    /// Lays models out for the page ([`Model::from_packed`] reads them).
    ///
    /// # Errors
    /// [`ModelError::Packed`] if the models were not trained on the same utterances, or a list or text is longer than the
    /// layout's 16 bits can count.
    pub fn pack(models: &[Model]) -> Result<PackedModels, ModelError> {
        let shared = match models.first() {
            Some(first) => shared(first)?,
            None => return Err(ModelError::Packed { what: "no model" }),
        };
        if models.iter().any(|model| self::shared(model).ok().as_ref() != Some(&shared)) {
            return Err(ModelError::Packed { what: "the models were not trained on the same utterances" });
        }
        let own = models.iter().map(|model| own(model, &shared)).collect::<Result<_, _>>()?;
        Ok(PackedModels { shared, own })
    }

    const TOO_LONG: ModelError = ModelError::Packed { what: "a list or a text is too long" };

    struct Writer(Vec<u8>);

    impl Writer {
        fn u8(&mut self, value: usize) -> Result<(), ModelError> {
            self.0.push(u8::try_from(value).map_err(|_| TOO_LONG)?);
            Ok(())
        }

        fn u16(&mut self, value: usize) -> Result<(), ModelError> {
            self.0.extend(u16::try_from(value).map_err(|_| TOO_LONG)?.to_le_bytes());
            Ok(())
        }

        fn u32(&mut self, value: u32) {
            self.0.extend(value.to_le_bytes());
        }

        fn f64s(&mut self, values: &[f64]) {
            self.0.extend(values.iter().flat_map(|value| value.to_le_bytes()));
        }

        fn text(&mut self, text: &str) -> Result<(), ModelError> {
            self.u16(text.len())?;
            self.0.extend(text.bytes());
            Ok(())
        }

        fn one_of<T: PartialEq>(&mut self, value: &T, list: &[T]) -> Result<(), ModelError> {
            self.u8(list.iter().position(|one| one == value).ok_or(ENTRY)?)
        }

        fn planes<const N: usize>(&mut self, values: impl Iterator<Item = [u8; N]> + Clone) {
            for plane in 0..N {
                self.0.extend(values.clone().map(|bytes| bytes[plane]));
            }
        }

        fn floats(&mut self, values: impl Iterator<Item = f32> + Clone) {
            let halves: Option<Vec<u16>> = values.clone().map(half::exactly).collect();
            match halves {
                Some(halves) => {
                    self.0.push(HALF as u8);
                    self.planes(halves.into_iter().map(u16::to_le_bytes));
                }
                None => {
                    self.0.push(SINGLE as u8);
                    self.planes(values.map(f32::to_le_bytes));
                }
            }
        }

        fn close(mut self) -> Vec<u8> {
            let sum = checksum(&self.0);
            self.0.extend(sum);
            self.0
        }
    }

    fn shared(model: &Model) -> Result<Vec<u8>, ModelError> {
        let mut w = Writer(SHARED.to_vec());
        let (info, voices) = (&model.info, &model.training_voices);
        w.floats(model.scaler.mean.iter().copied());
        w.floats(model.scaler.scale.iter().copied());
        w.floats(model.quantiles.values.iter().flatten().copied());
        w.u16(info.corpora.len())?;
        for corpus in &info.corpora {
            for text in [&corpus.id, &corpus.name, &corpus.language, &corpus.licence] {
                w.text(text)?;
            }
            w.one_of(&corpus.labels, &LABELS)?;
            w.u32(corpus.utterances);
            w.u32(corpus.speakers);
        }
        for list in [&info.emotions, &info.speakers] {
            w.u16(list.len())?;
            for text in list {
                w.text(text)?;
            }
        }
        w.u32(u32::try_from(voices.len()).map_err(|_| TOO_LONG)?);
        w.floats(voices.activation.iter().copied());
        w.0.extend(&voices.emotion);
        w.0.extend(&voices.corpus);
        w.planes(voices.speaker.iter().map(|speaker| speaker.to_le_bytes()));
        Ok(w.close())
    }

    fn own(model: &Model, shared: &[u8]) -> Result<Vec<u8>, ModelError> {
        let mut w = Writer(OWN.to_vec());
        let Model { info, network, training_voices: voices, projection, .. } = model;
        w.0.extend(shared.iter().skip(shared.len() - CHECKSUM));
        w.text(&info.catalogue)?;
        w.one_of(&info.objective, &Objective::ALL)?;
        w.one_of(&info.architecture, &Architecture::ALL)?;
        w.f64s(&info.readout);
        w.f64s(&[info.offset, info.limit]);
        w.f64s(&[info.interval.level, info.interval.lower, info.interval.upper]);
        w.text(&info.interval.method)?;
        w.u32(info.interval.residuals);
        w.u8(usize::from(info.interval.half_widths.is_some()))?;
        if let Some(widths) = &info.interval.half_widths {
            w.f64s([widths.speech_s, widths.clean, widths.noisy].as_flattened());
            w.f64s(&[widths.noisy_below_snr_db]);
            for count in widths.residuals.as_flattened() {
                w.u32(*count);
            }
        }
        let novelty = &info.novelty;
        w.f64s(&[novelty.quantile, novelty.reconstruction_error, novelty.feature_distance]);
        w.u8(usize::from(info.order.is_some()))?;
        if let Some(order) = &info.order {
            w.f64s([order.speech_s, order.slopes].as_flattened());
            w.u32(order.speakers);
            w.u32(order.pairs);
            w.text(&order.method)?;
        }
        w.text(&info.provenance.name)?;
        w.0.extend(info.provenance.seed.to_le_bytes());
        w.u32(info.provenance.epochs);
        for text in [&info.provenance.date, &info.provenance.commit, &info.provenance.version] {
            w.text(text)?;
        }
        w.0.extend(weights::unhex(&info.hash).ok_or(ModelError::Packed { what: "the model has no hash" })?);
        w.one_of(&projection.axis, &MapAxis::ALL)?;
        w.f64s(&projection.across);
        w.f64s(&projection.up);
        w.f64s(&[projection.centre, projection.step]);
        w.f64s(&projection.origin);
        w.u8(usize::from(projection.arrow.is_some()))?;
        w.f64s(projection.arrow.as_slice().as_flattened().as_flattened());
        for layers in [&network.encoder, &network.decoder] {
            for layer in layers {
                w.floats(layer.weight.iter().map(|v| *v as f32));
                w.floats(layer.bias.iter().map(|v| *v as f32));
            }
        }
        for axis in 0..LATENT_COUNT {
            let values = voices.latent.iter().map(|latent| latent[axis]);
            let low = values.clone().fold(f32::INFINITY, f32::min);
            let high = values.clone().fold(f32::NEG_INFINITY, f32::max);
            // Of no voices at all nothing is rounded.
            let ends = if low <= high { [low, high] } else { [0.0; 2] };
            w.floats(ends.into_iter());
            let [low, high] = ends.map(f64::from);
            let length = if high > low { high - low } else { 1.0 };
            let part = |value: f32| ((f64::from(value) - low) / length * LAST).round() as u16;
            w.planes(values.map(|value| part(value).to_le_bytes()));
        }
        Ok(w.close())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::Prediction;
    use crate::attribution::attribute_along_map_axis;
    use crate::model::{built_in, testing};
    use egemaps::catalogue::CATALOGUE_VERSION;

    fn originals() -> Vec<Model> {
        Objective::ALL.iter().map(|objective| built_in(*objective).unwrap()).collect()
    }

    /// All digits of a prediction, of a comparison, and of what it was made from.
    fn everything(model: &Model, features: &[f32; FEATURE_COUNT]) -> (String, Vec<u64>) {
        let prediction = Prediction::new(features, None, model);
        let evaluation = model.evaluate(features);
        let compared =
            attribute_along_map_axis(model, &MapProjection::of(model), Some(&[0.5; FEATURE_COUNT]), features);
        let bits = [
            evaluation.latent.to_vec(),
            evaluation.interval.to_vec(),
            prediction.ranks.iter().map(|rank| rank.unwrap_or(-1.0)).collect(),
            vec![
                evaluation.activation,
                evaluation.reconstruction_error,
                evaluation.feature_distance,
                prediction.baseline,
                prediction.score_axis,
                prediction.other_axis,
            ],
        ];
        let text = serde_json::to_string(&(&prediction, compared)).unwrap();
        (text, bits.iter().flatten().map(|value| value.to_bits()).collect())
    }

    #[test]
    fn packed_models_predict_with_the_bits_of_the_weights_files() {
        let models = originals();
        let packed = pack(&models).unwrap();
        let (mut flagged, mut limited) = (0, 0);
        for (model, own) in models.iter().zip(&packed.own) {
            let again = Model::from_packed(&packed.shared, own).unwrap();
            assert_eq!(again.info(), model.info());
            assert_eq!(again.network(), model.network());
            assert_eq!(again.scaler(), model.scaler());
            assert_eq!(again.quantiles(), model.quantiles());
            assert_eq!(MapProjection::of(&again), MapProjection::of(model));
            for seed in 0..200 {
                let mut features = testing::features(model, seed);
                // Farther and farther from the average voice, and some that are missing.
                for (i, value) in features.iter_mut().enumerate() {
                    let mean = model.scaler().mean[i];
                    *value = mean + (*value - mean) * (seed as f32 / 60.0);
                }
                if seed % 20 == 19 {
                    features[seed as usize % FEATURE_COUNT] = f32::NAN;
                }
                assert_eq!(everything(&again, &features), everything(model, &features), "{seed}");
                let evaluation = model.evaluate(&features);
                flagged += usize::from(evaluation.unlike_reference);
                limited += usize::from(!evaluation.limited.is_empty());
            }
        }
        // Both sides of the thresholds were among them.
        assert!((100..700).contains(&flagged) && (100..700).contains(&limited), "{flagged}, {limited}");
    }

    /// A model with its weights rounded to half precision, all but those that `keep` names by layer of the encoder.
    fn rounded(model: &Model, keep: Option<usize>) -> Model {
        let mut model = model.clone();
        let round = |value: &mut f64| *value = half::to_f32(half::from_f32(*value as f32)).into();
        let Network { encoder, decoder } = &mut model.network;
        let layers = encoder.iter_mut().chain(decoder).enumerate();
        for (_, layer) in layers.filter(|(index, _)| Some(*index) != keep) {
            layer.weight.iter_mut().chain(&mut layer.bias).for_each(round);
        }
        model
    }

    #[test]
    fn weights_of_half_precision_take_half_the_bytes_and_come_back_with_their_bits() {
        let size = |model: &Model| {
            let packed = pack(std::slice::from_ref(model)).unwrap();
            let again = Model::from_packed(&packed.shared, &packed.own[0]).unwrap();
            assert_eq!(again.network(), model.network());
            packed.own[0].len()
        };
        const PARAMETERS: usize = 9_310;
        const SECOND_LAYER: usize = 40 * 20 + 20;
        for model in originals() {
            // Stored in 32 bits, so that the weights files may change to halves and this still has something to compare.
            let wide = size(&with_single_precision(&model));
            assert_eq!(wide - size(&rounded(&model, None)), 2 * PARAMETERS);
            let kept = rounded(&with_single_precision(&model), Some(1));
            assert_eq!(wide - size(&kept), 2 * (PARAMETERS - SECOND_LAYER));
        }
    }

    /// A model in which every tensor of the network has a weight that is no half.
    fn with_single_precision(model: &Model) -> Model {
        let mut model = model.clone();
        let Network { encoder, decoder } = &mut model.network;
        for layer in encoder.iter_mut().chain(decoder) {
            layer.weight[[0, 0]] = f64::from(0.1_f32);
            layer.bias[0] = f64::from(0.1_f32);
        }
        model
    }

    #[test]
    fn training_voices_stay_where_they_are_to_a_65535th_of_their_range() {
        let models = originals();
        let packed = pack(&models).unwrap();
        for (model, own) in models.iter().zip(&packed.own) {
            let again = Model::from_packed(&packed.shared, own).unwrap();
            let (before, after) = (model.training_voices(), again.training_voices());
            assert_eq!(after.activation, before.activation);
            assert_eq!(
                (&after.emotion, &after.corpus, &after.speaker),
                (&before.emotion, &before.corpus, &before.speaker)
            );
            assert_eq!(after.len(), before.len());
            for axis in 0..LATENT_COUNT {
                let all = || before.latent.iter().map(|latent| latent[axis]);
                let least = f64::from(all().fold(f32::MAX, f32::min));
                let half_a_step = 0.5 * (f64::from(all().fold(f32::MIN, f32::max)) - least) / 65_535.0;
                for (a, b) in after.latent.iter().zip(&before.latent) {
                    let [a, b] = [a, b].map(|latent| f64::from(latent[axis]));
                    // Half a step, and what rounding to 24 bits adds.
                    assert!((a - b).abs() <= half_a_step + a.abs() / f64::from(1 << 24), "{a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn models_that_do_not_share_their_training_are_not_packed_and_their_files_are_not_mixed() {
        assert!(matches!(pack(&[]), Err(ModelError::Packed { what: "no model" })));
        let two = [testing::model(1), testing::model(2)];
        let error = pack(&two).unwrap_err().to_string();
        assert!(error.contains("not trained on the same utterances"), "{error}");
        let [a, b] = two.map(|model| pack(&[model]).unwrap());
        let error = Model::from_packed(&a.shared, &b.own[0]).unwrap_err().to_string();
        assert!(error.contains("another shared file"), "{error}");
        for (shared, own) in [(&a.own[0], &a.own[0]), (&a.shared, &a.shared), (&a.own[0], &a.shared)] {
            Model::from_packed(shared, own).unwrap_err();
        }
        let same = Model::from_packed(&a.shared, &a.own[0]).unwrap();
        assert_eq!(same.info(), testing::model(1).info());
    }

    #[test]
    fn calibrations_travel_with_a_packed_model() {
        let model = testing::calibrated(&testing::model(1));
        let packed = pack(std::slice::from_ref(&model)).unwrap();
        let again = Model::from_packed(&packed.shared, &packed.own[0]).unwrap();
        assert_eq!(again.info(), model.info());
        assert!(again.info().order.is_some() && again.info().interval.half_widths.is_some());
    }

    fn is(error: ModelError, expected: &ModelError) {
        assert_eq!(error.to_string(), expected.to_string());
    }

    /// A file with another checksum that fits: what is wrong in it is seen by its content.
    fn sealed(mut file: Vec<u8>) -> Vec<u8> {
        file.truncate(file.len() - CHECKSUM);
        let sum = checksum(&file);
        file.extend(sum);
        file
    }

    #[test]
    fn content_is_checked_as_that_of_a_weights_file() {
        let packed = pack(&[testing::model(3)]).unwrap();
        let own = |edit: fn(&mut Vec<u8>)| {
            let mut file = packed.own[0].clone();
            edit(&mut file);
            Model::from_packed(&packed.shared, &sealed(file)).unwrap_err()
        };
        // Kind, checksum of the shared file, the text of the catalogue.
        const AFTER_CATALOGUE: usize = 4 + CHECKSUM + 2 + CATALOGUE_VERSION.len();
        assert!(matches!(own(|f| f[14] = b'E'), ModelError::Catalogue { .. }));
        is(own(|f| f[AFTER_CATALOGUE] = 4), &ENTRY);
        is(own(|f| f[AFTER_CATALOGUE + 1] = 2), &ENTRY);
        assert!(matches!(
            own(|f| f[AFTER_CATALOGUE + 8..][..2].fill(0xFF)),
            ModelError::Value { name: "readout", .. }
        ));
        is(own(|f| f.truncate(f.len() - 1)), &DAMAGED);
        is(own(|f| f.push(0)), &DAMAGED);
        let shared = |edit: fn(&mut Vec<u8>)| {
            let mut file = packed.shared.clone();
            edit(&mut file);
            let file = sealed(file);
            let mut own = packed.own[0].clone();
            own[4..4 + CHECKSUM].copy_from_slice(&file[file.len() - CHECKSUM..]);
            Model::from_packed(&file, &sealed(own)).unwrap_err()
        };
        // Of the first list, how many bytes each number has.
        is(shared(|f| f[4] = 3), &ENTRY);
        // The highest two bytes of a number: the third and fourth plane.
        assert!(matches!(
            shared(|f| { f[269 + 5] = 0x7F; f[181 + 5] = 0xC0; }),
            ModelError::NotFinite { name, index: 5 } if name == "scaler.mean"
        ));
        assert!(matches!(shared(|f| f[6 + 7 * 88 + 2] = 0xC0), ModelError::Scale { index: 2, .. }));
        assert!(matches!(shared(|f| f[7 + 8 * 88 + 3 * 88 * 21] = 0x7E), ModelError::Quantiles { index: 0 }));
        assert!(matches!(
            shared(|f| {
                let n = f.len();
                f[n - 9] = 9;
            }),
            ModelError::Index { name: "cloud.speaker", .. }
        ));
        is(shared(|f| f.push(0)), &DAMAGED);
    }

    proptest! {
        /// Without the checksum in its way, damage is an error or another model, never a panic.
        #[test]
        fn damaged_files_are_refused(at in any::<prop::sample::Index>(), bit in 0..8, cut in any::<prop::sample::Index>()) {
            let packed = pack(&[testing::model(4)]).unwrap();
            for file in [&packed.shared, &packed.own[0]] {
                let mut changed = file.clone();
                changed[at.index(file.len())] ^= 1u8 << bit;
                let (shared, own) =
                    if file == &packed.shared { (&changed, &packed.own[0]) } else { (&packed.shared, &changed) };
                prop_assert!(Model::from_packed(shared, own).is_err());
                let sealed = sealed(changed.clone());
                if file != &packed.shared {
                    let _ = Model::from_packed(&packed.shared, &sealed);
                }
                let short = file[..cut.index(file.len())].to_vec();
                let (shared, own) =
                    if file == &packed.shared { (&short, &packed.own[0]) } else { (&packed.shared, &short) };
                prop_assert!(Model::from_packed(shared, own).is_err());
            }
        }
    }
}
