//! Official names, units and statistics of eGeMAPSv02: the 25 low-level descriptors (LLDs) and the 88 functionals.
//!
//! Order and names are those of openSMILE's output (specification part 1, section 11). Column headers, the inputs of
//! models and everything that refers to a feature by its index follow [`FEATURES`].
//!
//! ```
//! use egemaps::catalogue::{FEATURES, Frames, Lld, Statistic};
//!
//! let jitter = FEATURES.iter().position(|f| f.lld == Some(Lld::Jitter) && f.statistic == Statistic::Mean);
//! let feature = FEATURES[jitter.unwrap()];
//! assert_eq!(feature.name, "jitterLocal_sma3nz_amean");
//! assert_eq!((feature.frames, feature.unit.symbol()), (Frames::Voiced, "1"));
//! ```

mod feature;
mod lld;
mod unit;

pub use feature::{FEATURE_COUNT, FEATURES, Feature, Frames, Statistic};
pub use lld::{LLD_COUNT, LLD_NAMES, Lld};
pub use unit::Unit;

/// Version of this catalogue; a weights file names the version that it was trained with.
pub const CATALOGUE_VERSION: &str = "eGeMAPSv02/1";
