//! Laughter-like sound: “ha ha ha”, bursts of breath and voice at a steady beat.
//!
//! After measurements of spontaneous laughter (Bachorowski, Smoski and Owren 2001): about four to six calls a second, pitch high and
//! falling within the call and along the bout, a central vowel, the breath between the calls as long as the calls.

use std::f64::consts::PI;

use super::common::{SECONDS, levelled};
use crate::data::conditions::talker::{Resonator, glottal_flow};
use crate::numeric::random::Random;
use undertone::audio::SAMPLE_RATE_HZ;

const RATE: f64 = SAMPLE_RATE_HZ as f64;
const LENGTH: usize = (SECONDS * RATE) as usize;
/// A central open vowel, a man's, in Hz, and its bandwidths.
const FORMANTS_HZ: [(f64, f64); 5] =
    [(650.0, 90.0), (1_350.0, 110.0), (2_450.0, 170.0), (3_500.0, 250.0), (4_500.0, 300.0)];

/// Bouts of five to nine calls with a breath between them.
pub fn laughter(random: &mut Random) -> Vec<f32> {
    let scale = random.between(0.95, 1.25);
    let mut formants = [Resonator::default(); 5];
    for (formant, (hz, bandwidth_hz)) in formants.iter_mut().zip(FORMANTS_HZ) {
        formant.tune(hz * scale, bandwidth_hz * scale);
    }
    let f0_hz = random.between(180.0, 500.0);
    let (calls_hz, voiced) = (random.between(4.0, 6.0), random.between(0.35, 0.6));
    let breath = random.between(0.05, 0.4);
    let (mut sound, mut phase, mut flow_before) = (Vec::with_capacity(LENGTH), 0.0, 0.0);
    while sound.len() < LENGTH {
        let calls = 5 + random.below(5);
        for call in 0..calls {
            let period = (RATE / calls_hz * (1.0 + 0.06 * random.normal())).max(800.0);
            let pitch = f0_hz * (1.15 - 0.06 * call as f64).max(0.6) * (1.0 + 0.05 * random.normal());
            let strength = (1.0 - 0.08 * call as f64).max(0.3);
            for i in 0..period as usize {
                let done = i as f64 / period;
                // First the voice, rising and falling, then the breath.
                let opens = if done < voiced { libm::sin(PI * done / voiced) } else { 0.0 };
                phase += pitch * (1.1 - 0.25 * done) / RATE;
                phase -= libm::floor(phase);
                let flow = opens * glottal_flow(phase);
                let hiss = breath * libm::sin(PI * done) * random.normal();
                let mut v = flow - flow_before + 0.1 * hiss;
                flow_before = flow;
                for formant in &mut formants {
                    v = formant.next(v);
                }
                sound.push(strength * v);
            }
        }
        let pause = (random.between(0.2, 0.5) * RATE) as usize;
        sound.extend((0..pause).map(|_| 0.0));
    }
    sound.truncate(LENGTH);
    let peak = sound.iter().fold(0.0f64, |peak, v| peak.max(v.abs()));
    sound.iter_mut().for_each(|v| *v += 1e-3 * peak * random.normal());
    levelled(&sound, random)
}
