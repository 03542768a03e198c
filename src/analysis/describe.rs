//! What spectra and pitch of the levelled speech say of line, room and manner of speaking, in pieces: half an hour has 180,000 spectra.

use super::bands::BandFrame;
use super::channel::{Fall, band_edge_db};
use super::manner::MannerMeter;
use crate::audio::Progress;
use crate::audio::checks::SpeechTraits;

/// Describes the speech; see [`Describer::step`].
#[derive(Debug)]
pub(super) struct Describer {
    frames: Vec<BandFrame>,
    piece: Piece,
    falls: Vec<Fall>,
}

/// What is done next.
#[derive(Debug)]
enum Piece {
    /// One group of bands is followed, by its number.
    Fall(usize),
    /// The manner of speaking is looked at for the first time,
    Manner,
    /// and measured further.
    Moving(Box<MannerMeter>),
    /// All is known.
    Rest(Option<f64>),
}

/// Shares of the work that are done after the groups, and once the manner has been looked at.
const FALLS_SHARE: f64 = 0.4;
const LOOKED_SHARE: f64 = 0.5;
const MOVED_SHARE: f64 = 0.9;

impl Describer {
    pub(super) fn new(frames: Vec<BandFrame>) -> Describer {
        Describer { frames, piece: Piece::Fall(0), falls: Vec::new() }
    }

    /// Works on the next piece. `f0_hz` is the pitch of the speech, always the same.
    pub(super) fn step(&mut self, f0_hz: &[f32]) -> Progress<SpeechTraits> {
        let frames = &self.frames;
        let (next, share) = match std::mem::replace(&mut self.piece, Piece::Rest(None)) {
            Piece::Fall(group) => {
                self.falls.extend(Fall::in_group(frames, group));
                let next = if group + 1 < Fall::GROUPS { Piece::Fall(group + 1) } else { Piece::Manner };
                (next, FALLS_SHARE * (group + 1) as f64 / Fall::GROUPS as f64)
            }
            Piece::Manner => match MannerMeter::new(frames, f0_hz) {
                Some(meter) => (Piece::Moving(Box::new(meter)), LOOKED_SHARE),
                None => (Piece::Rest(None), MOVED_SHARE),
            },
            Piece::Moving(mut meter) => {
                let share = meter.step(frames, f0_hz);
                if share < 1.0 {
                    (Piece::Moving(meter), LOOKED_SHARE + (MOVED_SHARE - LOOKED_SHARE) * share)
                } else {
                    let manner = meter.finish(frames, f0_hz);
                    (Piece::Rest(manner.map(|manner| manner.not_spoken())), MOVED_SHARE)
                }
            }
            Piece::Rest(not_spoken) => {
                let (fall_db, fall_share) = Fall::of_all(&self.falls).unzip();
                let band_edge_db = band_edge_db(frames);
                return Progress::Done(SpeechTraits { band_edge_db, fall_db, fall_share, not_spoken });
            }
        };
        self.piece = next;
        Progress::Share(share)
    }
}
