//! Writes FLAC in every way that the reader has to know, one way per file.

use crate::audio::flac::bits::{crc8, crc16};

/// How the samples of a channel are stored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    Constant,
    Verbatim,
    Fixed(usize),
    /// Weights of the samples before, the newest first, and how far their sum is shifted.
    Linear(&'static [i64], u32),
}

/// How channels are stored.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stereo {
    Independent,
    LeftSide,
    SideRight,
    MidSide,
}

/// A way to write a file.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    pub bits: u32,
    pub kind: Kind,
    pub stereo: Stereo,
    /// Samples of a block; the last has what is left.
    pub block: usize,
    /// Blocks are numbered by their first sample, not one after the other.
    pub by_sample: bool,
    /// 2 to this power is the number of partitions, where it divides the block.
    pub partitions: u32,
    /// The errors are stored with so many bits each instead of as a Rice code.
    pub escaped: bool,
    /// Bits that are 0 in each sample are left out.
    pub wasted: u32,
    /// Rate and bits stand in each frame, not at the beginning alone.
    pub in_frames: bool,
    /// The header says how long the sound is.
    pub announced: bool,
}

pub const PLAIN: Layout = Layout {
    bits: 16,
    kind: Kind::Fixed(2),
    stereo: Stereo::Independent,
    block: 192,
    by_sample: false,
    partitions: 0,
    escaped: false,
    wasted: 0,
    in_frames: true,
    announced: true,
};

#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    used: usize,
}

impl Writer {
    fn put(&mut self, value: i64, count: u32) {
        for bit in (0..count).rev() {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((value >> bit & 1) as u8) << (7 - self.used % 8);
            }
            self.used += 1;
        }
    }

    fn unary(&mut self, zeros: i64) {
        (0..zeros).for_each(|_| self.put(0, 1));
        self.put(1, 1);
    }

    fn align(&mut self) {
        self.used = self.used.next_multiple_of(8);
    }
}

/// A whole file of 16 kHz.
pub fn write(channels: &[Vec<i64>], layout: Layout) -> Vec<u8> {
    let frames = channels[0].len();
    let mut out = Writer::default();
    for letter in *b"fLaC" {
        out.put(letter.into(), 8);
    }
    // STREAMINFO, then an application block that says nothing.
    out.put(34, 32);
    out.put(layout.block as i64, 16);
    out.put(layout.block as i64, 16);
    out.put(0, 48);
    out.put(16_000, 20);
    out.put(channels.len() as i64 - 1, 3);
    out.put(i64::from(layout.bits) - 1, 5);
    out.put(if layout.announced { frames as i64 } else { 0 }, 36);
    (0..16).for_each(|_| out.put(0, 8));
    out.put(0x82, 8);
    out.put(4, 24);
    out.put(0x7465_7374, 32);
    let mut bytes = out.bytes;
    for (number, from) in (0..frames).step_by(layout.block).enumerate() {
        let block: Vec<&[i64]> =
            channels.iter().map(|channel| &channel[from..(from + layout.block).min(frames)]).collect();
        bytes.extend(frame(&block, if layout.by_sample { from } else { number } as i64, layout));
    }
    bytes
}

fn frame(channels: &[&[i64]], number: i64, layout: Layout) -> Vec<u8> {
    let mut out = Writer::default();
    let length = channels[0].len();
    out.put(0b111_1111_1111_1100, 15);
    out.put(layout.by_sample.into(), 1);
    // A length in 16 bits; a rate in 16 bits.
    out.put(7, 4);
    out.put(if layout.in_frames { 13 } else { 0 }, 4);
    out.put(
        match layout.stereo {
            Stereo::Independent => channels.len() as i64 - 1,
            Stereo::LeftSide => 8,
            Stereo::SideRight => 9,
            Stereo::MidSide => 10,
        },
        4,
    );
    let depth = [8, 12, 0, 16, 20, 24, 32].iter().position(|bits| *bits == layout.bits);
    out.put(depth.filter(|_| layout.in_frames).map_or(0, |depth| depth as i64 + 1), 3);
    out.put(0, 1);
    match number {
        0..0x80 => out.put(number, 8),
        0x80..0x800 => {
            out.put(0xC0 | number >> 6, 8);
            out.put(0x80 | number & 0x3F, 8);
        }
        _ => {
            out.put(0xE0 | number >> 12, 8);
            out.put(0x80 | number >> 6 & 0x3F, 8);
            out.put(0x80 | number & 0x3F, 8);
        }
    }
    out.put(length as i64 - 1, 16);
    if layout.in_frames {
        out.put(16_000, 16);
    }
    out.put(crc8(&out.bytes).into(), 8);
    let pairs = |f: fn(i64, i64) -> i64| -> Vec<i64> {
        channels[0].iter().zip(channels[1]).map(|(l, r)| f(*l, *r)).collect()
    };
    let bits = layout.bits;
    let stored: Vec<(Vec<i64>, u32)> = match layout.stereo {
        Stereo::Independent => channels.iter().map(|channel| (channel.to_vec(), bits)).collect(),
        Stereo::LeftSide => vec![(channels[0].to_vec(), bits), (pairs(|l, r| l - r), bits + 1)],
        Stereo::SideRight => vec![(pairs(|l, r| l - r), bits + 1), (channels[1].to_vec(), bits)],
        Stereo::MidSide => vec![(pairs(|l, r| (l + r) >> 1), bits), (pairs(|l, r| l - r), bits + 1)],
    };
    for (samples, bits) in stored {
        subframe(&mut out, &samples, bits, layout);
    }
    out.align();
    out.put(crc16(&out.bytes).into(), 16);
    out.bytes
}

fn subframe(out: &mut Writer, samples: &[i64], bits: u32, layout: Layout) {
    let samples: Vec<i64> = samples.iter().map(|sample| sample >> layout.wasted).collect();
    let bits = bits - layout.wasted;
    // The last block may be too short for what is wanted.
    let kind = match layout.kind {
        Kind::Fixed(order) if order > samples.len() => Kind::Verbatim,
        Kind::Linear(weights, _) if weights.len() > samples.len() => Kind::Verbatim,
        kind => kind,
    };
    out.put(
        match kind {
            Kind::Constant => 0,
            Kind::Verbatim => 1,
            Kind::Fixed(order) => 8 + order as i64,
            Kind::Linear(weights, _) => 31 + weights.len() as i64,
        },
        7,
    );
    out.put((layout.wasted > 0).into(), 1);
    if layout.wasted > 0 {
        out.unary(i64::from(layout.wasted) - 1);
    }
    let fixed: [&[i64]; 5] = [&[], &[1], &[2, -1], &[3, -3, 1], &[4, -6, 4, -1]];
    let (weights, shift) = match kind {
        Kind::Constant => return out.put(samples[0], bits),
        Kind::Verbatim => return samples.iter().for_each(|sample| out.put(*sample, bits)),
        Kind::Fixed(order) => (fixed[order], 0),
        Kind::Linear(weights, shift) => (weights, shift),
    };
    samples[..weights.len()].iter().for_each(|sample| out.put(*sample, bits));
    if let Kind::Linear(..) = kind {
        out.put(12 - 1, 4);
        out.put(shift.into(), 5);
        weights.iter().for_each(|weight| out.put(*weight, 12));
    }
    let errors: Vec<i64> = (weights.len()..samples.len())
        .map(|k| {
            let sum: i64 =
                weights.iter().enumerate().map(|(back, weight)| weight * samples[k - 1 - back]).sum();
            samples[k] - (sum >> shift)
        })
        .collect();
    residual(out, &errors, samples.len(), weights.len(), layout);
}

fn residual(out: &mut Writer, errors: &[i64], length: usize, order: usize, layout: Layout) {
    let fold = |error: i64| if error < 0 { -2 * error - 1 } else { 2 * error };
    let count = 1 << layout.partitions;
    let partitions =
        if length.is_multiple_of(count) && length / count >= order { layout.partitions } else { 0 };
    let each = length >> partitions;
    // Parameters of five bits.
    out.put(1, 2);
    out.put(partitions.into(), 4);
    let mut from = 0;
    for partition in 1..=1 << partitions {
        let part = &errors[from..partition * each - order];
        from += part.len();
        let widest = part.iter().map(|error| 64 - fold(*error).leading_zeros()).max().unwrap_or(0);
        if layout.escaped && widest < 32 {
            out.put(31, 5);
            out.put(widest.into(), 5);
            part.iter().for_each(|error| out.put(*error, widest));
        } else {
            let parameter = widest.saturating_sub(3).min(30);
            out.put(parameter.into(), 5);
            for error in part {
                out.unary(fold(*error) >> parameter);
                out.put(fold(*error), parameter);
            }
        }
    }
}

/// The same stream in Ogg: a packet for each of the given parts, in pages of their own, among pages of another stream.
pub fn in_ogg(parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut page = |serial: u8, packet: &[u8]| {
        bytes.extend(*b"OggS\0\0");
        bytes.extend([0; 8]);
        bytes.extend([serial, 0, 0, 0]);
        bytes.extend([0; 8]);
        let lacing: Vec<u8> = packet.chunks(255).map(|segment| segment.len() as u8).collect();
        bytes.push(lacing.len() as u8);
        bytes.extend(lacing);
        bytes.extend(packet);
    };
    for (number, part) in parts.iter().enumerate() {
        let head: &[u8] = if number == 0 { b"\x7FFLAC\x01\0\0\x01" } else { b"" };
        // A page holds 255 segments at most.
        for piece in [head, part].concat().chunks(50_000) {
            page(7, piece);
            page(9, b"another stream");
        }
    }
    bytes
}
