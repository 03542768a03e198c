//! How much of the work on one recording is done, for a progress bar: features first, then the picture, then putting the
//! answer together.
//!
//! ```
//! use undertone::analysis::progress::{while_drawing, while_extracting};
//!
//! assert_eq!(while_extracting(0.5), 0.45);
//! assert!(while_extracting(1.0) == while_drawing(0.0) && while_drawing(1.0) < 1.0);
//! ```

/// Share of the time that the features take.
const FEATURES: f64 = 0.9;
/// Share of the time that drawing the picture takes.
const PICTURE: f64 = 0.06;
/// Share of the time that making it as small as it is shown takes; the rest is for the answer.
const OVERVIEW: f64 = 0.01;

/// The share of all work that is done with `share` of the features, 0 … 1.
pub fn while_extracting(share: f64) -> f64 {
    FEATURES * share
}

/// The share of all work that is done with all features and `share` of the picture.
pub fn while_drawing(share: f64) -> f64 {
    FEATURES + PICTURE * share
}

/// The share of all work that is done with the picture drawn and `share` of it made smaller; below 1, since the answer is still to
/// come.
pub fn while_shrinking(share: f64) -> f64 {
    FEATURES + PICTURE + OVERVIEW * share
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_rises_from_nothing_through_all_stages_and_leaves_room_for_the_end() {
        assert_eq!(while_extracting(0.0), 0.0);
        assert_eq!(while_extracting(1.0), while_drawing(0.0));
        assert!(while_drawing(0.0) < while_drawing(0.5));
        assert_eq!(while_drawing(1.0), while_shrinking(0.0));
        assert!(while_shrinking(0.0) < while_shrinking(1.0) && while_shrinking(1.0) < 1.0);
    }
}
