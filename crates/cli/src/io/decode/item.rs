//! What a container gives, one after the other.

use std::ops::Range;

use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::packet::Packet;

/// What comes next in a file.
#[derive(Debug)]
pub(super) enum Item {
    /// Coded sound.
    Packet(Piece),
    /// So many frames are missing here.
    Lost(u64),
    /// Something is missing here; a position that comes later tells how much.
    Gap,
    /// Another sound begins.
    Another(Box<Link>),
    /// There is no more.
    End,
}

/// A packet, and what the container says of its place.
#[derive(Debug)]
pub(super) struct Piece {
    pub packet: Packet,
    /// Frames from the beginning of the sound to the end of this packet.
    pub after: Option<u64>,
    /// Frames that the whole sound has.
    pub end: Option<u64>,
}

impl From<Packet> for Piece {
    fn from(packet: Packet) -> Self {
        Self { packet, after: None, end: None }
    }
}

/// One of the sounds that a file has one after the other.
#[derive(Debug)]
pub(super) struct Link {
    pub parameters: AudioCodecParameters,
    /// Which of the frames that are decoded are to be heard.
    pub heard: Range<u64>,
    /// Frames that there must be.
    pub declared: Option<u64>,
    /// Whether packets tell their positions, and the first of them where the sound begins.
    pub positions: bool,
}
