//! The crate for JavaScript: the one place that knows wasm-bindgen.
//!
//! Everything here turns plain JavaScript values into calls of the crate and back; nothing is computed, which
//! `tests/web.rs` checks. Methods and options are camelCase in JavaScript; results ([`crate::analysis`]) have the names that
//! they have as JSON. Errors are thrown as plain objects `{ code, message, …data }` whose `code` is what the page looks its
//! words up by, and `undertone.d.ts` has a type for every object: those of options come from the figures' own lists of
//! fields (`options`), the others stand in `types`.

mod analyser;
mod canvas;
mod catalogue;
mod charts;
mod error;
mod layers;
mod lesson;
mod lesson_figures;
mod lesson_types;
mod model;
mod options;
mod pace;
mod part_picture;
mod picture;
mod take;
mod types;

pub use analyser::Analyser;
pub use catalogue::catalogue;
pub use charts::{chart_svg, draw_contributions, draw_embedding, draw_scale};
pub use layers::draw_ranks;
pub use lesson::Lesson;
pub use model::Model;
pub use part_picture::PartPicture;
pub use take::Take;
