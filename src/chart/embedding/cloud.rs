//! The training voices as the map needs them, and how much of their space it shows.

use crate::chart::ChartError;
use crate::chart::density::Density;
use crate::chart::geometry::Axis;

/// Room above and below what is shown, in CSS px.
pub(super) const MARGIN_PX: f64 = 16.0;
/// The map reaches at most to recordings within this many times the cloud's own span.
const FARTHEST: f64 = 1.3;

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

    /// The part of the other coordinate that the map shows: the outermost contour, all voices, and recordings at these
    /// places as far as they lie within [`FARTHEST`] times that.
    pub(super) fn other_range(&self, recordings: &[f64]) -> [f64; 2] {
        let nothing = [f64::INFINITY, f64::NEG_INFINITY];
        let [low, high] = stretched(
            self.density.map_or(nothing, Density::other_range),
            self.other.iter().map(|&v| f64::from(v)),
        );
        if low > high {
            return [-1.0, 1.0];
        }
        let (middle, reach) = ((low + high) / 2.0, FARTHEST * (high - low) / 2.0);
        let [least, most] = stretched([low, high], recordings.iter().copied());
        [least.max(middle - reach), most.min(middle + reach)]
    }

    /// The height in CSS px at which the map shows the whole cloud, and recordings at these places upwards, as high as it
    /// is wide, for an axis in px.
    pub fn natural_height(&self, axis: Axis, recordings: &[f64]) -> f64 {
        let [low, high] = self.other_range(recordings);
        ((high - low) * axis.px_per_unit() + 2.0 * MARGIN_PX).ceil()
    }
}

/// A range with further values in it.
fn stretched([low, high]: [f64; 2], values: impl Iterator<Item = f64>) -> [f64; 2] {
    values
        .filter(|value| value.is_finite())
        .fold([low, high], |[low, high], value| [low.min(value), high.max(value)])
}
