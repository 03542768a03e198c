//! Length and level of the synthetic sounds.

use crate::data::conditions::level::{amplitude, mean_square};
use crate::numeric::random::Random;

/// Length of each sound, in seconds.
pub const SECONDS: f64 = 3.0;

/// The sound with its root mean square at a level between −40 and −15 dB of full scale, samples within it.
pub(super) fn levelled(sound: &[f64], random: &mut Random) -> Vec<f32> {
    let wanted = amplitude(random.between(-40.0, -15.0));
    let scale = wanted / libm::sqrt(mean_square(sound)).max(1e-12);
    let peak = sound.iter().fold(0.0f64, |peak, v| peak.max(v.abs()));
    let scale = scale.min(0.99 / peak.max(1e-12));
    sound.iter().map(|v| (v * scale) as f32).collect()
}
