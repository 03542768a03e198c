//! How a model's latent space is projected onto the map.
//!
//! The map has one horizontal axis with five marks. For metric-act they are the scores 1 to 5, because its score *is* a
//! direction of the space. The other spaces have no such direction, so they keep their own units: metric-val lies with
//! its valence direction across, the two others with their longer side across, since any rotation of them is as good
//! as another. Every projection keeps angles, and one step is as long upwards as it is sideways.

use super::{ModelInfo, Network, Objective};
use egemaps::catalogue::FEATURE_COUNT;

/// A point of the latent space, or a direction in it.
type Latent = [f64; 2];

/// The middle mark.
const MIDDLE: f64 = 3.0;
/// Steps that the marks span to either side of the middle, with a little room beyond them.
const REACH_STEPS: f64 = 2.08;
/// Steps that fit into the map's greatest height.
const HEIGHT_STEPS: f64 = 2.85;
/// Lengths of a step, times a power of ten.
const STEPS: [f64; 9] = [1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.5, 10.0];
/// Share of the voices at each end that may lie beyond the marks.
const TAIL: f64 = 0.005;
/// Readings between which the fitted line's arrow leads.
const ARROW_READINGS: [f64; 2] = [2.0, 4.0];

/// What the map's horizontal axis is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MapAxis {
    /// The score, 1 to 5: the model was trained on activation.
    Score,
    /// Valence: a direction that the model was trained on, but no score of this program's.
    Valence,
    /// No direction was trained: the longer side of the space.
    Free,
}

impl MapAxis {
    /// Every axis.
    pub const ALL: [MapAxis; 3] = [MapAxis::Score, MapAxis::Valence, MapAxis::Free];

    /// Name in files and in the page.
    pub const fn name(self) -> &'static str {
        match self {
            MapAxis::Score => "score",
            MapAxis::Valence => "valence",
            MapAxis::Free => "free",
        }
    }
}

/// A latent space: what shaped it, how the score is read from it and where the training voices lie.
#[derive(Debug, Clone, Copy)]
struct LatentSpace<'a> {
    /// What shaped the space.
    objective: Objective,
    /// Score = readout · latent + offset.
    readout: Latent,
    /// See `readout`.
    offset: f64,
    /// Where the average voice lies.
    average: Latent,
    /// The training voices.
    voices: &'a [[f32; 2]],
}

/// From the latent space to the map: x in marks (1 to 5), y in steps of the same length.
#[derive(Debug, Clone, PartialEq)]
pub struct MapProjection {
    /// What the horizontal axis is.
    pub axis: MapAxis,
    /// Direction in the latent space that grows by one unit from left to right.
    pub across: Latent,
    /// The same for upwards.
    pub up: Latent,
    /// What the middle mark stands for, in the model's units, counted from the average voice; 0 for a score.
    pub centre: f64,
    /// Length of a step in the model's units; 1 for a score.
    pub step: f64,
    /// `across · z` at which x is 0, and `up · z` at which y is 0.
    pub(super) origin: [f64; 2],
    /// From where to where in the map the fitted activation readout rises; only where the axis is free.
    pub arrow: Option<[[f64; 2]; 2]>,
}

impl MapProjection {
    /// The projection of the space of a network.
    pub(super) fn of_space(info: &ModelInfo, network: &Network, voices: &[[f32; 2]]) -> MapProjection {
        MapProjection::new(&LatentSpace {
            objective: info.objective,
            readout: info.readout,
            offset: info.offset,
            average: network.encode(&[0.0; FEATURE_COUNT]),
            voices,
        })
    }

    fn new(space: &LatentSpace<'_>) -> MapProjection {
        let LatentSpace { readout: [a, b], average, .. } = *space;
        match space.objective {
            Objective::MetricAct => MapProjection {
                axis: MapAxis::Score,
                across: [a, b],
                up: [b, -a],
                centre: 0.0,
                step: 1.0,
                origin: [-space.offset, 0.0],
                arrow: None,
            },
            Objective::MetricVal => {
                let (across, up) = ([0.5, 0.5], [0.5, -0.5]);
                let origin = [dot(across, average) - MIDDLE, dot(up, average)];
                MapProjection {
                    axis: MapAxis::Valence,
                    across,
                    up,
                    centre: 0.0,
                    step: 1.0,
                    origin,
                    arrow: None,
                }
            }
            Objective::Unsupervised | Objective::MetricCluster => Self::longer_side_across(space),
        }
    }

    fn longer_side_across(space: &LatentSpace<'_>) -> MapProjection {
        let spread = Spread::of(space.voices);
        let mut across = spread.longer_side();
        // Of the two ways round the one whose readings rise to the right, if any does.
        let rise = dot(space.readout, spread.covaried(across));
        if rise < 0.0 {
            across = across.map(|v| -v);
        }
        let up = [-across[1], across[0]];
        let [left, right] = ends(space.voices, across, space.average);
        let [low, high] = ends(space.voices, up, space.average);
        let mut step = nice_step(((right - left) / (2.0 * REACH_STEPS)).max((high - low) / HEIGHT_STEPS));
        let middle = |step: f64| (((left + right) / 2.0) / step).round() * step;
        // The middle mark is a whole number of steps from the average voice, which may push an end out.
        while (right - middle(step)).max(middle(step) - left) > REACH_STEPS * step {
            step = nice_step(step * 1.01);
        }
        let centre = middle(step);
        let origin = [dot(across, space.average) + centre - MIDDLE * step, dot(up, space.average)];
        let mut projection =
            MapProjection { axis: MapAxis::Free, across, up, centre, step, origin, arrow: None };
        projection.arrow = spread.rise(space).map(|places| places.map(|place| projection.place(place)));
        projection
    }

    /// Where a latent point lies in the map: x in marks, y in steps.
    pub fn place(&self, latent: Latent) -> [f64; 2] {
        [
            (dot(self.across, latent) - self.origin[0]) / self.step,
            (dot(self.up, latent) - self.origin[1]) / self.step,
        ]
    }

    /// Where many latent points lie: all x, all y.
    pub fn places(&self, latents: &[[f32; 2]]) -> (Vec<f32>, Vec<f32>) {
        let places = latents.iter().map(|latent| self.place(latent.map(f64::from)));
        places.map(|[x, y]| (x as f32, y as f32)).unzip()
    }
}

fn dot(a: Latent, b: Latent) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

/// The least length of a step that is not below `least`.
fn nice_step(least: f64) -> f64 {
    if !(least.is_finite() && least > 0.0) {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(least)));
    STEPS.into_iter().map(|step| step * power).find(|step| *step >= least).unwrap_or(10.0 * power)
}

/// Where all but the outermost voices end along a direction, counted from the average voice.
fn ends(voices: &[[f32; 2]], direction: Latent, average: Latent) -> [f64; 2] {
    let from = dot(direction, average);
    let mut along: Vec<f64> =
        voices.iter().map(|z| dot(direction, z.map(f64::from)) - from).filter(|v| v.is_finite()).collect();
    along.sort_by(f64::total_cmp);
    let last = along.len().saturating_sub(1) as f64;
    let at = |share: f64| along.get((last * share).round() as usize).copied().unwrap_or(0.0);
    [at(TAIL), at(1.0 - TAIL)]
}

/// Mean and covariance of the voices.
struct Spread {
    mean: Latent,
    /// var z₁, cov, var z₂
    covariance: [f64; 3],
}

impl Spread {
    fn of(voices: &[[f32; 2]]) -> Spread {
        let count = voices.len().max(1) as f64;
        let mut mean = [0.0; 2];
        for voice in voices {
            mean[0] += f64::from(voice[0]);
            mean[1] += f64::from(voice[1]);
        }
        let mean = mean.map(|sum| sum / count);
        let mut covariance = [0.0; 3];
        for voice in voices {
            let [x, y] = [f64::from(voice[0]) - mean[0], f64::from(voice[1]) - mean[1]];
            covariance[0] += x * x;
            covariance[1] += x * y;
            covariance[2] += y * y;
        }
        Spread { mean, covariance: covariance.map(|sum| sum / count) }
    }

    /// The covariance times a direction.
    fn covaried(&self, direction: Latent) -> Latent {
        let [xx, xy, yy] = self.covariance;
        [xx * direction[0] + xy * direction[1], xy * direction[0] + yy * direction[1]]
    }

    /// The direction of the greatest variance, of length 1.
    fn longer_side(&self) -> Latent {
        let [xx, xy, yy] = self.covariance;
        let angle = 0.5 * libm::atan2(2.0 * xy, xx - yy);
        [libm::cos(angle), libm::sin(angle)]
    }

    /// Where voices lie on average that the fitted line gives each of [`ARROW_READINGS`]; `None` if it gives all the same.
    ///
    /// Not the direction of the readout itself: in a narrow space that may point where no voice is.
    fn rise(&self, space: &LatentSpace<'_>) -> Option<[Latent; 2]> {
        let direction = self.covaried(space.readout);
        let variance = dot(space.readout, direction);
        if !(variance.is_finite() && variance > 0.0) {
            return None;
        }
        let mean = dot(space.readout, self.mean) + space.offset;
        Some(ARROW_READINGS.map(|reading| {
            let share = (reading - mean) / variance;
            [self.mean[0] + direction[0] * share, self.mean[1] + direction[1] * share]
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing;

    /// An ellipse of voices around (1, −2), four times as long along (0.6, 0.8) as across it.
    fn voices() -> Vec<[f32; 2]> {
        (0..500)
            .map(|k| {
                let (turn, reach) = (2.4 * f64::from(k), libm::sqrt(f64::from(k) / 500.0));
                let (long, short) = (4.0 * reach * libm::cos(turn), reach * libm::sin(turn));
                [(1.0 + 0.6 * long - 0.8 * short) as f32, (-2.0 + 0.8 * long + 0.6 * short) as f32]
            })
            .collect()
    }

    fn space(objective: Objective, voices: &[[f32; 2]]) -> LatentSpace<'_> {
        LatentSpace { objective, readout: [-0.3, -0.1], offset: 3.2, average: [1.5, -2.0], voices }
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn projection_leaves_a_score_at_its_own_mark() {
        let voices = voices();
        let space = LatentSpace { readout: [0.5, 0.5], ..space(Objective::MetricAct, &voices) };
        let projection = MapProjection::new(&space);
        let [x, y] = projection.place([0.4, -1.0]);
        assert!(close(x, -0.3 + 3.2) && close(y, 0.7));
        assert_eq!((projection.axis, projection.arrow), (MapAxis::Score, None));
    }

    #[test]
    fn projection_of_a_model_has_its_score_across() {
        let model = testing::model(7);
        let projection = MapProjection::of(&model);
        for seed in 0..4 {
            let evaluation = model.evaluate(&testing::features(&model, seed));
            assert!(close(projection.place(evaluation.latent)[0], evaluation.activation));
        }
        let (x, y) = projection.places(&model.training_voices().latent);
        assert_eq!((x.len(), y.len()), (model.training_voices().len(), model.training_voices().len()));
        let [first_x, first_y] = projection.place(model.training_voices().latent[0].map(f64::from));
        assert_eq!((x[0], y[0]), (first_x as f32, first_y as f32));
    }

    #[test]
    fn projection_puts_the_average_voice_at_the_middle_of_valence() {
        let voices = voices();
        let projection = MapProjection::new(&space(Objective::MetricVal, &voices));
        assert_eq!(projection.place([1.5, -2.0]), [3.0, 0.0]);
        let [x, y] = projection.place([2.5, -2.0]);
        assert!(close(x, 3.5) && close(y, 0.5));
        assert_eq!((projection.axis, projection.arrow), (MapAxis::Valence, None));
    }

    #[test]
    fn projection_of_a_free_space_has_its_longer_side_across_and_keeps_its_units() {
        let voices = voices();
        let projection = MapProjection::new(&space(Objective::Unsupervised, &voices));
        // Readings fall along (0.6, 0.8), so that lies to the left.
        assert!(
            close(projection.across[0], -0.6) || (projection.across[0] + 0.6).abs() < 1e-3,
            "{projection:?}"
        );
        let places: Vec<[f64; 2]> = voices.iter().map(|z| projection.place(z.map(f64::from))).collect();
        assert!(places.iter().all(|place| (0.8..5.2).contains(&place[0])));
        // Distances are the space's own, divided by the step, in every direction.
        for pair in [(3, 400), (77, 250)] {
            let [a, b] = [voices[pair.0], voices[pair.1]].map(|z| z.map(f64::from));
            let [p, q] = [places[pair.0], places[pair.1]];
            let length = |a: [f64; 2], b: [f64; 2]| libm::hypot(a[0] - b[0], a[1] - b[1]);
            assert!(close(length(a, b), projection.step * length(p, q)));
        }
        // The marks count from the average voice.
        let average = projection.place([1.5, -2.0]);
        assert!(
            close(projection.centre + (average[0] - 3.0) * projection.step, 0.0) && close(average[1], 0.0)
        );
        assert!(close(libm::remainder(projection.centre, projection.step), 0.0));
    }

    #[test]
    fn projection_arrow_leads_from_one_score_to_another_through_the_middle_of_the_voices() {
        let voices = voices();
        let space = space(Objective::MetricCluster, &voices);
        let projection = MapProjection::new(&space);
        let [tail, head] = projection.arrow.unwrap();
        // Back from the map: a place is origin + step · (x along across, y along up).
        let latent = |[x, y]: [f64; 2]| {
            let (along, over) =
                (x * projection.step + projection.origin[0], y * projection.step + projection.origin[1]);
            [0, 1].map(|k| projection.across[k] * along + projection.up[k] * over)
        };
        let reading = |place| dot(space.readout, latent(place)) + space.offset;
        assert!(close(reading(tail), 2.0) && close(reading(head), 4.0), "{tail:?} {head:?}");
        assert!(head[0] > tail[0]);
    }

    #[test]
    fn projection_of_a_collapsed_space_is_finite() {
        let voices = vec![[0.25f32, 0.5]; 40];
        let projection = MapProjection::new(&space(Objective::Unsupervised, &voices));
        assert!(projection.place([0.25, 0.5]).iter().all(|v| v.is_finite()));
        assert_eq!(projection.arrow, None);
    }

    #[test]
    fn nice_step_is_a_round_number_that_suffices() {
        assert_eq!(nice_step(2.2), 2.5);
        assert!(close(nice_step(0.031), 0.04));
        assert!(close(nice_step(7.6), 10.0));
        assert_eq!(nice_step(0.0), 1.0);
        assert_eq!(nice_step(f64::NAN), 1.0);
    }
}
