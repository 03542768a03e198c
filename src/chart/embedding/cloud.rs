//! The training voices as the map needs them, and how much of their space it shows.

use crate::chart::ChartError;
use crate::chart::density::Density;
use crate::chart::geometry::Axis;

/// Room above and below the cloud, in CSS px.
const MARGIN_PX: f64 = 16.0;

/// The training voices as the map needs them; all columns are equally long.
#[derive(Debug, Clone, Copy)]
pub struct Cloud<'a> {
    /// Place of every voice from left to right, in marks of the axis.
    pub score: &'a [f32],
    /// Place upwards, in steps of the same length.
    pub other: &'a [f32],
    /// Index of the emotion in `emotions`.
    pub emotion: &'a [u8],
    /// Index of the corpus in `corpora`.
    pub corpus: &'a [u8],
    /// Names of the emotions that actors were asked to play.
    pub emotions: &'a [String],
    /// Ids of the corpora.
    pub corpora: &'a [String],
    /// How densely the voices lie; no contours without.
    pub density: Option<&'a Density>,
    /// An arrow from one place to another: where an activation readout that was fitted afterwards rises.
    pub arrow: Option<[[f64; 2]; 2]>,
}

impl Cloud<'_> {
    /// Checks that the columns are equally long.
    ///
    /// # Errors
    /// [`ChartError::BadCloud`] if they are not.
    pub(super) fn check(&self) -> Result<(), ChartError> {
        let count = self.score.len();
        let equal = [self.other.len(), self.emotion.len(), self.corpus.len()].iter().all(|&len| len == count);
        if equal { Ok(()) } else { Err(ChartError::BadCloud) }
    }

    /// The part of the other coordinate that the map shows: the outermost contour and all but the outermost
    /// hundredth of the voices.
    pub(super) fn other_range(&self) -> [f64; 2] {
        let mut sorted: Vec<f64> =
            self.other.iter().map(|&v| f64::from(v)).filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let at =
            |share: f64| sorted.get(((sorted.len().max(1) - 1) as f64 * share).round() as usize).copied();
        let (Some(low), Some(high)) = (at(0.005), at(0.995)) else { return [-1.0, 1.0] };
        let [outer_low, outer_high] = self.density.map_or([low, high], Density::other_range);
        [low.min(outer_low), high.max(outer_high)]
    }

    /// The height in CSS px at which the map shows the whole cloud, for an axis in px.
    pub fn natural_height(&self, axis: Axis) -> f64 {
        let [low, high] = self.other_range();
        ((high - low) * axis.px_per_unit() + 2.0 * MARGIN_PX).ceil()
    }
}
