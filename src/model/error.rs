//! What can be wrong with a weights file.

use super::container::{ContainerError, ElementType};
use crate::number::Decimal;

/// Why a weights file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// Not a safetensors file, or a damaged one.
    #[error("not a readable weights file: {0}")]
    Container(#[from] ContainerError),
    /// A file for the page that is damaged or belongs elsewhere, or models that cannot be laid out as one.
    #[error("not a readable packed model: {what}")]
    Packed {
        /// What is wrong.
        what: &'static str,
    },
    /// The metadata entry `undertone` is missing.
    #[error("the file has no metadata entry “undertone”: it was not written by this program")]
    NoMetadata,
    /// The metadata entry is not what it should be.
    #[error("the metadata cannot be read: {0}")]
    Metadata(#[from] serde_json::Error),
    /// Written in another version of the format.
    #[error("weights format {actual}, this program reads format {expected}")]
    Format {
        /// The version that this program reads.
        expected: u32,
        /// The version in the file.
        actual: u32,
    },
    /// Trained with another set of features.
    #[error("trained with the features “{actual}”, this program computes “{expected}”")]
    Catalogue {
        /// [`egemaps::catalogue::CATALOGUE_VERSION`].
        expected: String,
        /// What the file names.
        actual: String,
    },
    /// A metadata value outside its range.
    #[error("metadata value {name} = {}, expected {expected}", Decimal(*actual))]
    Value {
        /// Path of the value within the metadata.
        name: &'static str,
        /// The range.
        expected: &'static str,
        /// The value.
        actual: f64,
    },
    /// A tensor is missing.
    #[error("tensor {name} is missing")]
    MissingTensor {
        /// Its name.
        name: String,
    },
    /// A tensor that does not belong to this format.
    #[error("tensor {name} does not belong here")]
    UnexpectedTensor {
        /// Its name.
        name: String,
    },
    /// A tensor with another element type.
    #[error("tensor {name} holds {actual}, expected {expected:?}")]
    Type {
        /// Its name.
        name: String,
        /// The type that belongs there.
        expected: ElementType,
        /// The name of the type in the file.
        actual: String,
    },
    /// A tensor with another shape.
    #[error("tensor {name} has the shape {actual:?}, expected {expected:?}")]
    Shape {
        /// Its name.
        name: String,
        /// The shape that belongs there.
        expected: Vec<usize>,
        /// The shape in the file.
        actual: Vec<usize>,
    },
    /// NaN or infinity in a tensor.
    #[error("tensor {name}: value {index} is not finite")]
    NotFinite {
        /// Its name.
        name: String,
        /// Position in row-major order.
        index: usize,
    },
    /// A scale that cannot divide.
    #[error("scaler.scale[{index}] = {}, expected a number above 0", Decimal((*actual).into()))]
    Scale {
        /// Feature.
        index: usize,
        /// The value.
        actual: f32,
    },
    /// Quantiles of a feature that fall.
    #[error("quantiles of feature {index} are not ascending")]
    Quantiles {
        /// Feature.
        index: usize,
    },
    /// An entry of the training voices points beyond the end of its list of names.
    #[error("tensor {name}: entry {index} is {actual}, but the metadata lists {count} names")]
    Index {
        /// Tensor.
        name: &'static str,
        /// Position.
        index: usize,
        /// The entry.
        actual: usize,
        /// Length of the list.
        count: usize,
    },
}

impl ModelError {
    /// Stable name of the kind of error, for messages in other languages.
    pub fn code(&self) -> &'static str {
        match self {
            ModelError::Container(_) => "model_container",
            ModelError::Packed { .. } => "model_packed",
            ModelError::NoMetadata => "model_no_metadata",
            ModelError::Metadata(_) => "model_metadata",
            ModelError::Format { .. } => "model_format",
            ModelError::Catalogue { .. } => "model_catalogue",
            ModelError::Value { .. } => "model_value",
            ModelError::MissingTensor { .. } => "model_missing_tensor",
            ModelError::UnexpectedTensor { .. } => "model_unexpected_tensor",
            ModelError::Type { .. } => "model_type",
            ModelError::Shape { .. } => "model_shape",
            ModelError::NotFinite { .. } => "model_not_finite",
            ModelError::Scale { .. } => "model_scale",
            ModelError::Quantiles { .. } => "model_quantiles",
            ModelError::Index { .. } => "model_index",
        }
    }
}
