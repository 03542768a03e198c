//! The container of weights files: safetensors, of which one file is three parts.
//!
//! 1. The length of the header in bytes, 8 bytes, little-endian.
//! 2. The header, JSON: `__metadata__` with texts by name, and per tensor its element type, its shape and where in the data it
//!    begins and ends. Spaces fill it up to a multiple of 8.
//! 3. The data: all tensors, row-major and little-endian.
//!
//! The reader is strict: the tensors fill the data without gap or overlap, each begins at a multiple of its element's size, and
//! no name comes twice. All numbers of a header have 32 bits at most, wherever it is read: a file is refused or read, and for the
//! same reason, whatever the width of an address is.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes of the header's length, and what the header's own length is a multiple of.
const WORD: usize = 8;
/// The most bytes of a header that the format allows.
const MAX_HEADER: usize = 100_000_000;
const METADATA: &str = "__metadata__";

/// What is wrong with a container.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ContainerError {
    /// Too short for the length of a header.
    #[error("{bytes} bytes are too short")]
    TooShort {
        /// Bytes of the file.
        bytes: usize,
    },
    /// A header longer than the file, longer than the format allows, or not a multiple of 8 bytes.
    #[error("the header cannot have {length} bytes in a file of {bytes}")]
    HeaderLength {
        /// Length of the header as the file states it.
        length: u64,
        /// Bytes of the file.
        bytes: usize,
    },
    /// The header is not the JSON that it should be.
    #[error("the header cannot be read: {0}")]
    Header(#[source] serde_json::Error),
    /// A part that is to be written and whose size or place has more than 32 bits.
    #[error("tensor {name} is too large for a weights file")]
    TooLarge {
        /// Name of the tensor.
        name: String,
    },
    /// An element type that the format does not have.
    #[error("tensor {name} holds {dtype}, which is no type of this format")]
    UnknownType {
        /// Name of the tensor.
        name: String,
        /// Its element type.
        dtype: String,
    },
    /// A tensor begins elsewhere than the one before it ends, or not at a multiple of its element's size.
    #[error("tensor {name} begins at byte {begin} of the data, expected {expected}")]
    Begin {
        /// Name of the tensor.
        name: String,
        /// Where it begins.
        begin: u32,
        /// The next place where it may begin.
        expected: u32,
    },
    /// A tensor that has another size than its type and shape need.
    #[error("tensor {name} ends at byte {end} of the data, which does not fit its type and shape")]
    End {
        /// Name of the tensor.
        name: String,
        /// Where it ends.
        end: u32,
    },
    /// The tensors do not end where the data ends.
    #[error("the tensors have {tensors} bytes, the data {data}")]
    Data {
        /// Bytes of all tensors.
        tensors: u32,
        /// Bytes after the header.
        data: usize,
    },
}

/// An element type that weights files use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ElementType {
    /// Unsigned, 8 bits.
    U8,
    /// Unsigned, 16 bits.
    U16,
    /// Floating point, 16 bits.
    F16,
    /// Floating point, 32 bits.
    F32,
}

impl ElementType {
    /// Name in the header.
    pub const fn name(self) -> &'static str {
        match self {
            ElementType::U8 => "U8",
            ElementType::U16 => "U16",
            ElementType::F16 => "F16",
            ElementType::F32 => "F32",
        }
    }
}

/// Bytes of an element of any type that the format has in whole bytes.
fn size_of(dtype: &str) -> Option<u32> {
    Some(match dtype {
        "BOOL" | "U8" | "I8" | "F8_E5M2" | "F8_E4M3" | "F8_E8M0" => 1,
        "U16" | "I16" | "F16" | "BF16" => 2,
        "U32" | "I32" | "F32" => 4,
        "U64" | "I64" | "F64" | "C64" => 8,
        _ => return None,
    })
}

/// A tensor of a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct View<'a> {
    pub name: String,
    pub dtype: String,
    pub shape: Vec<usize>,
    pub bytes: &'a [u8],
}

/// A file that was read: its metadata by name, and its tensors in the order of their data.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Container<'a> {
    pub metadata: Vec<(String, String)>,
    pub tensors: Vec<View<'a>>,
}

/// A tensor to be written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tensor {
    pub name: String,
    pub element: ElementType,
    pub shape: Vec<usize>,
    pub bytes: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    dtype: String,
    shape: Vec<u32>,
    data_offsets: (u32, u32),
}

#[derive(Default)]
struct Header {
    metadata: Vec<(String, String)>,
    tensors: Vec<(String, Entry)>,
}

/// The entries of a JSON object in their order; a name that comes twice is an error.
struct Pairs<T>(Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pairs<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Pairs<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                once(&pairs)?;
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Entries(std::marker::PhantomData))
    }
}

/// Refuses pairs of which two have one name.
fn once<T, E: serde::de::Error>(pairs: &[(String, T)]) -> Result<(), E> {
    let mut names = BTreeSet::new();
    match pairs.iter().find(|(name, _)| !names.insert(name)) {
        Some((name, _)) => Err(E::custom(format!("{name} comes twice"))),
        None => Ok(()),
    }
}

impl<'de> Deserialize<'de> for Header {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Header;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with tensors by name")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Header, A::Error> {
                let (mut metadata, mut tensors) = (None, Vec::new());
                while let Some(name) = map.next_key::<String>()? {
                    if name != METADATA {
                        tensors.push((name, map.next_value()?));
                    } else if metadata.is_none() {
                        metadata = Some(map.next_value::<Pairs<String>>()?.0);
                    } else {
                        return Err(A::Error::custom(format!("{METADATA} comes twice")));
                    }
                }
                once(&tensors)?;
                Ok(Header { metadata: metadata.unwrap_or_default(), tensors })
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

impl Serialize for Header {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        struct Texts<'a>(&'a [(String, String)]);
        impl Serialize for Texts<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_map(self.0.iter().map(|(name, text)| (name, text)))
            }
        }
        let mut map = serializer.serialize_map(None)?;
        if !self.metadata.is_empty() {
            map.serialize_entry(METADATA, &Texts(&self.metadata))?;
        }
        for (name, entry) in &self.tensors {
            map.serialize_entry(name, entry)?;
        }
        map.end()
    }
}

impl<'a> Container<'a> {
    /// Reads a file and checks that all of its parts fit together.
    pub fn read(file: &'a [u8]) -> Result<Container<'a>, ContainerError> {
        let bytes = file.len();
        let (word, rest) = file.split_first_chunk::<WORD>().ok_or(ContainerError::TooShort { bytes })?;
        let length = u64::from_le_bytes(*word);
        let (header, data) = usize::try_from(length)
            .ok()
            .filter(|length| *length <= MAX_HEADER && length.is_multiple_of(WORD))
            .and_then(|length| rest.split_at_checked(length))
            .ok_or(ContainerError::HeaderLength { length, bytes })?;
        let Header { metadata, mut tensors } =
            serde_json::from_slice(header).map_err(ContainerError::Header)?;
        // An empty tensor ends where it begins, so it comes before the one that begins there.
        tensors.sort_by_key(|(_, entry)| entry.data_offsets);
        let mut end_of_last = 0u32;
        let mut views = Vec::with_capacity(tensors.len());
        for (name, Entry { dtype, shape, data_offsets: (begin, end) }) in tensors {
            let Some(size) = size_of(&dtype) else { return Err(ContainerError::UnknownType { name, dtype }) };
            if begin != end_of_last || !begin.is_multiple_of(size) {
                return Err(ContainerError::Begin { name, begin, expected: end_of_last });
            }
            let needed = shape.iter().try_fold(size, |all, count| all.checked_mul(*count));
            let ends_at = needed.and_then(|needed| begin.checked_add(needed));
            match data.get(begin as usize..end as usize) {
                Some(bytes) if ends_at == Some(end) => {
                    let shape = shape.iter().map(|count| *count as usize).collect();
                    views.push(View { name, dtype, shape, bytes });
                }
                _ => return Err(ContainerError::End { name, end }),
            }
            end_of_last = end;
        }
        if end_of_last as usize != data.len() {
            return Err(ContainerError::Data { tensors: end_of_last, data: data.len() });
        }
        Ok(Container { metadata, tensors: views })
    }

    /// The text of that name in the metadata.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.metadata.iter().find(|(own, _)| own == name).map(|(_, text)| text.as_str())
    }

    /// The tensor of that name.
    pub fn tensor(&self, name: &str) -> Option<&View<'a>> {
        self.tensors.iter().find(|tensor| tensor.name == name)
    }
}

/// Lays tensors out as a file: the widest elements first, then by name, as the format's own library does.
pub(super) fn write(mut tensors: Vec<Tensor>, name: &str, text: String) -> Result<Vec<u8>, ContainerError> {
    tensors.sort_by(|a, b| b.element.cmp(&a.element).then_with(|| a.name.cmp(&b.name)));
    let mut header = Header { metadata: vec![(name.to_owned(), text)], tensors: Vec::new() };
    let mut data = Vec::new();
    for Tensor { name, element, shape, bytes } in tensors {
        let begin = data.len();
        data.extend(bytes);
        let shape: Result<Vec<u32>, _> = shape.into_iter().map(u32::try_from).collect();
        let (Ok(shape), Ok(begin), Ok(end)) = (shape, u32::try_from(begin), u32::try_from(data.len())) else {
            return Err(ContainerError::TooLarge { name });
        };
        let dtype = element.name().to_owned();
        header.tensors.push((name, Entry { dtype, shape, data_offsets: (begin, end) }));
    }
    let mut header = serde_json::to_vec(&header).map_err(ContainerError::Header)?;
    header.resize(header.len().next_multiple_of(WORD), b' ');
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header);
    file.extend(data);
    Ok(file)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use safetensors::SafeTensors;

    use super::*;

    /// A file with this header, filled up with spaces, and this many bytes of data.
    fn file(header: &str, data: usize) -> Vec<u8> {
        let length = header.len().next_multiple_of(WORD);
        let mut file = (length as u64).to_le_bytes().to_vec();
        file.extend(header.bytes().chain(std::iter::repeat_n(b' ', length - header.len())));
        file.extend((0..data).map(|k| k as u8));
        file
    }

    fn refused(header: &str, data: usize) -> ContainerError {
        Container::read(&file(header, data)).unwrap_err()
    }

    const TWO: &str = r#"{"b":{"dtype":"U8","shape":[3],"data_offsets":[8,11]},"a":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}"#;

    fn models() -> Vec<Vec<u8>> {
        use crate::model::{Objective, built_in_bytes};
        Objective::ALL.iter().map(|objective| built_in_bytes(*objective).to_vec()).collect()
    }

    #[test]
    fn tensors_come_in_the_order_of_their_data_with_their_bytes() {
        let bytes = file(TWO, 11);
        let container = Container::read(&bytes).unwrap();
        let names: Vec<_> = container.tensors.iter().map(|t| t.name.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
        let a = container.tensor("a").unwrap();
        assert_eq!(
            (a.dtype.as_str(), a.shape.as_slice(), a.bytes),
            ("F32", &[1, 2][..], &[0, 1, 2, 3, 4, 5, 6, 7][..])
        );
        assert_eq!(container.tensor("b").unwrap().bytes, [8, 9, 10]);
        assert_eq!(container.tensor("c"), None);
        assert_eq!(container.text("x"), None);
        let with = file(r#"{"__metadata__":{"x":"y"}}"#, 0);
        assert_eq!(Container::read(&with).unwrap().text("x"), Some("y"));
    }

    #[test]
    fn a_file_is_read_as_the_formats_own_library_reads_it() {
        for bytes in models() {
            let container = Container::read(&bytes).unwrap();
            let peer = SafeTensors::deserialize(&bytes).unwrap();
            assert_eq!(container.tensors.len(), peer.len());
            for tensor in &container.tensors {
                let other = peer.tensor(&tensor.name).unwrap();
                assert_eq!(tensor.dtype, other.dtype().to_string());
                assert_eq!((tensor.shape.as_slice(), tensor.bytes), (other.shape(), other.data()));
            }
            let (_, header) = SafeTensors::read_metadata(&bytes).unwrap();
            let metadata: Vec<_> = header.metadata().clone().unwrap().into_iter().collect();
            assert_eq!(container.metadata, metadata);
        }
    }

    #[test]
    fn a_file_is_written_as_the_formats_own_library_writes_it() {
        use safetensors::tensor::{Dtype, TensorView};
        let tensor = |name: &str, element, shape: &[usize], count: u8| Tensor {
            name: name.into(),
            element,
            shape: shape.to_vec(),
            bytes: (0..count).collect(),
        };
        let list = vec![
            tensor("z", ElementType::U8, &[3], 3),
            tensor("none", ElementType::U16, &[0, 4], 0),
            tensor("b", ElementType::F32, &[2, 1], 8),
            tensor("scalar", ElementType::F32, &[], 4),
            tensor("c", ElementType::U16, &[1], 2),
            tensor("half", ElementType::F16, &[1, 3], 6),
        ];
        let dtype = |element| match element {
            ElementType::U8 => Dtype::U8,
            ElementType::U16 => Dtype::U16,
            ElementType::F16 => Dtype::F16,
            ElementType::F32 => Dtype::F32,
        };
        let views = list.iter().map(|t| {
            (t.name.as_str(), TensorView::new(dtype(t.element), t.shape.clone(), &t.bytes).unwrap())
        });
        let metadata = [("key".to_owned(), "“text” \n \\".to_owned())];
        let peer = safetensors::serialize(views, Some(metadata.clone().into())).unwrap();
        let [(key, text)] = metadata;
        let own = write(list.clone(), &key, text).unwrap();
        assert_eq!(own, peer);
        assert_eq!(Container::read(&own).unwrap().tensors.len(), list.len());
    }

    #[test]
    fn too_short_and_wrong_lengths_of_the_header_are_refused() {
        assert!(matches!(Container::read(&[0; 7]), Err(ContainerError::TooShort { bytes: 7 })));
        let length = |length: u64| {
            let mut bytes = file(TWO, 11);
            bytes[..8].copy_from_slice(&length.to_le_bytes());
            Container::read(&bytes).unwrap_err()
        };
        let fitting = file(TWO, 0).len() as u64 - 8;
        for wrong in [fitting + 16, u64::MAX, MAX_HEADER as u64 + 8] {
            let error = length(wrong);
            assert!(
                matches!(error, ContainerError::HeaderLength { length, .. } if length == wrong),
                "{error}"
            );
        }
        // In a file that is long enough, too.
        let mut bytes = file(TWO, 11);
        bytes.resize(MAX_HEADER + 100, b' ');
        bytes[..8].copy_from_slice(&(MAX_HEADER as u64 + 8).to_le_bytes());
        assert!(matches!(Container::read(&bytes), Err(ContainerError::HeaderLength { .. })));
        // Spaces that are not a multiple of 8.
        let mut bytes = file(TWO, 11);
        bytes[..8].copy_from_slice(&(fitting + 1).to_le_bytes());
        bytes.insert(8 + fitting as usize, b' ');
        assert!(matches!(Container::read(&bytes), Err(ContainerError::HeaderLength { .. })));
    }

    #[test]
    fn headers_that_are_not_what_they_should_be_are_refused() {
        for header in [
            "",
            "[]",
            "{",
            r#"{"a":1}"#,
            r#"{"a":{"dtype":"U8","shape":[-1],"data_offsets":[0,0]}}"#,
            r#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0]}}"#,
            // More than 32 bits, of which an address of 32 bits could say nothing.
            r#"{"a":{"dtype":"U8","shape":[0,4294967296],"data_offsets":[0,0]}}"#,
            r#"{"a":{"dtype":"U8","shape":[0],"data_offsets":[4294967296,4294967296]}}"#,
            r#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"more":0}}"#,
            r#"{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}"#,
            r#"{"__metadata__":{},"__metadata__":{}}"#,
            r#"{"__metadata__":{"a":"","a":""}}"#,
            r#"{"__metadata__":{"a":1}}"#,
            "{} {}",
        ] {
            let error = refused(header, 0);
            assert!(matches!(error, ContainerError::Header(_)), "{header}: {error}");
        }
        let mut bytes = file(TWO, 11);
        bytes[10] = 0xFF;
        assert!(matches!(Container::read(&bytes), Err(ContainerError::Header(_))));
        assert!(matches!(
            refused(r#"{"a":{"dtype":"F4","shape":[2],"data_offsets":[0,1]}}"#, 1),
            ContainerError::UnknownType { name, dtype } if name == "a" && dtype == "F4"
        ));
    }

    /// Two tensors of bytes at these places.
    fn places(a: (usize, usize), b: (usize, usize)) -> String {
        let one = |(begin, end): (usize, usize)| {
            format!(
                r#"{{"dtype":"U8","shape":[{}],"data_offsets":[{begin},{end}]}}"#,
                end.saturating_sub(begin)
            )
        };
        format!(r#"{{"a":{},"b":{}}}"#, one(a), one(b))
    }

    #[test]
    fn tensors_that_do_not_fill_the_data_side_by_side_are_refused() {
        Container::read(&file(&places((0, 4), (4, 8)), 8)).unwrap();
        for (a, b, what) in
            [((0, 5), (4, 8), "overlap"), ((0, 3), (4, 8), "gap"), ((1, 4), (4, 8), "gap before")]
        {
            let error = refused(&places(a, b), 8);
            assert!(matches!(error, ContainerError::Begin { .. }), "{what}: {error}");
        }
        assert!(matches!(refused(&places((0, 4), (4, 2)), 8), ContainerError::End { end: 2, .. }));
        assert!(matches!(refused(&places((0, 4), (4, 9)), 8), ContainerError::End { end: 9, .. }));
        for data in [9, 1000] {
            let error = refused(&places((0, 4), (4, 8)), data);
            assert!(matches!(error, ContainerError::Data { tensors: 8, data: d } if d == data), "{error}");
        }
        let half = r#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"U16","shape":[1],"data_offsets":[1,3]}}"#;
        assert!(matches!(refused(half, 3), ContainerError::Begin { name, begin: 1, .. } if name == "b"));
        for shape in ["[2]", "[1,3]", "[1073741825]", "[65536,65536]"] {
            let header = format!(r#"{{"a":{{"dtype":"F32","shape":{shape},"data_offsets":[0,4]}}}}"#);
            assert!(matches!(refused(&header, 4), ContainerError::End { end: 4, .. }), "{shape}");
        }
    }

    proptest! {
        /// What is read after a change the format's own library reads, too, and as the same.
        #[test]
        fn a_changed_file_is_refused_or_read_as_the_formats_own_library_reads_it(
            changes in prop::collection::vec((0usize..4400, any::<u8>()), 1..4),
            cut in prop::option::of(0usize..78_000),
        ) {
            let mut bytes = models().swap_remove(2);
            for (at, value) in changes {
                bytes[at] = value;
            }
            bytes.truncate(cut.unwrap_or(usize::MAX));
            if let Ok(container) = Container::read(&bytes) {
                let peer = SafeTensors::deserialize(&bytes).unwrap();
                prop_assert_eq!(container.tensors.len(), peer.len());
                for tensor in &container.tensors {
                    let other = peer.tensor(&tensor.name).unwrap();
                    prop_assert_eq!((tensor.shape.as_slice(), tensor.bytes), (other.shape(), other.data()));
                }
            }
        }

        /// The numbers of the header are what most depends on.
        #[test]
        fn changed_numbers_of_the_header_are_refused_or_read_alike(at in 0usize..400, digit in b'0'..=b'9') {
            let mut bytes = models().swap_remove(2);
            let digits: Vec<usize> = (2500..4016).filter(|k| bytes[*k].is_ascii_digit()).collect();
            bytes[digits[at % digits.len()]] = digit;
            match (Container::read(&bytes), SafeTensors::deserialize(&bytes)) {
                (Ok(own), Ok(peer)) => prop_assert_eq!(own.tensors.len(), peer.len()),
                // Names may be changed without any harm to the container, places and shapes may not.
                (own, peer) => prop_assert!(own.is_err(), "{own:?} {peer:?}"),
            }
        }

        #[test]
        fn noise_is_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(Container::read(&bytes).is_err());
        }
    }
}
