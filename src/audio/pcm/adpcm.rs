//! ADPCM: differences of samples in four bits, in blocks that begin anew.
//!
//! * Microsoft's, WAV's format 2: Microsoft, “Multimedia Data Standards Update”, 1994 (RFC 2361 names it).
//! * IMA's, WAV's format 17 and QuickTime's `ima4`: IMA, “Recommended Practices for Enhancing Digital Audio Compatibility in
//!   Multimedia Systems”, 3.0, 1992. A difference is summed of shifted steps, as printed there; decoders that multiply differ by
//!   a few parts in 32768.

/// The pairs of coefficients that every file has first, in 1/256.
pub(super) const MS_COEFFICIENTS: [[i16; 2]; 7] =
    [[256, 0], [512, -256], [0, 0], [192, 64], [240, 0], [460, -208], [392, -232]];

/// By what Microsoft's step grows at a difference, in 1/256.
const MS_GROWTH: [i32; 16] = [230, 230, 230, 230, 307, 409, 512, 614, 768, 614, 512, 409, 307, 230, 230, 230];

const IMA_STEPS: [i16; 89] = [
    7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88,
    97, 107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658,
    724, 796, 876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660,
    4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818,
    18500, 20350, 22385, 24623, 27086, 29794, 32767,
];
const IMA_INDEX_CHANGES: [i8; 8] = [-1, -1, -1, -1, 2, 4, 6, 8];

/// Bytes of a channel's packet in `ima4`, and the frames in it.
pub(super) const IMA4_PACKET: usize = 34;
pub(super) const IMA4_FRAMES: usize = 64;

/// A channel between two samples, in IMA's ADPCM.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Ima {
    sample: i32,
    index: i32,
}

impl Ima {
    fn next(&mut self, nibble: u8) -> f64 {
        let step = i32::from(IMA_STEPS[self.index.clamp(0, 88) as usize]);
        let mut difference = step >> 3;
        for (bit, shift) in [(4, 0), (2, 1), (1, 2)] {
            if nibble & bit != 0 {
                difference += step >> shift;
            }
        }
        let difference = if nibble & 8 == 0 { difference } else { -difference };
        self.sample = clipped(self.sample + difference);
        self.index = (self.index + i32::from(IMA_INDEX_CHANGES[usize::from(nibble & 7)])).clamp(0, 88);
        scaled(self.sample)
    }
}

fn clipped(sample: i32) -> i32 {
    sample.clamp(i16::MIN.into(), i16::MAX.into())
}

fn scaled(sample: i32) -> f64 {
    f64::from(sample) / 32_768.0
}

fn i16_at(bytes: &[u8], at: usize) -> i32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk::<2>).map_or(0, |b| i16::from_le_bytes(*b).into())
}

/// Frames in `bytes` of a block of IMA's ADPCM in WAV: the first stands in the header, then four bytes of each channel in turn
/// hold eight.
pub(super) fn ima_wav_frames(bytes: usize, channels: usize) -> usize {
    bytes.checked_sub(4 * channels).map_or(0, |bytes| 1 + bytes / (4 * channels) * 8)
}

/// A block of IMA's ADPCM in WAV.
pub(super) fn ima_wav(block: &[u8], channels: usize, out: &mut Vec<f64>) {
    let Some((header, body)) = block.split_at_checked(4 * channels) else { return };
    let mut states: Vec<Ima> =
        header.chunks_exact(4).map(|head| Ima { sample: i16_at(head, 0), index: head[2].into() }).collect();
    out.extend(states.iter().map(|state| scaled(state.sample)));
    let groups = body.chunks_exact(4 * channels);
    for group in groups {
        let before = out.len();
        out.resize(before + 8 * channels, 0.0);
        for (channel, (bytes, state)) in group.chunks_exact(4).zip(&mut states).enumerate() {
            for (pair, byte) in bytes.iter().enumerate() {
                out[before + 2 * pair * channels + channel] = state.next(byte & 15);
                out[before + (2 * pair + 1) * channels + channel] = state.next(byte >> 4);
            }
        }
    }
}

/// A packet of each channel of QuickTime's `ima4`. A packet's header has only the first nine bits of the sample before it, so the
/// sample that the packets before led to is kept where it agrees.
pub(super) fn ima4(block: &[u8], states: &mut [Ima], out: &mut Vec<f64>) {
    let (before, channels) = (out.len(), states.len());
    out.resize(before + IMA4_FRAMES * channels, 0.0);
    for (channel, (packet, state)) in block.chunks_exact(IMA4_PACKET).zip(states).enumerate() {
        let head = i16::from_be_bytes([packet[0], packet[1]]);
        let (sample, index) = (i32::from(head & !0x7f), i32::from(head & 0x7f).min(88));
        if state.index != index || (state.sample - sample).abs() > 0x7f {
            *state = Ima { sample, index };
        }
        for (pair, byte) in packet[2..].iter().enumerate() {
            out[before + 2 * pair * channels + channel] = state.next(byte & 15);
            out[before + (2 * pair + 1) * channels + channel] = state.next(byte >> 4);
        }
    }
}

/// Frames in `bytes` of a block of Microsoft's ADPCM: two stand in the header, then there are four bits of each channel in turn.
pub(super) fn ms_frames(bytes: usize, channels: usize) -> usize {
    bytes.checked_sub(7 * channels).map_or(0, |bytes| 2 + 2 * bytes / channels)
}

/// A block of Microsoft's ADPCM.
pub(super) fn ms(block: &[u8], channels: usize, coefficients: &[[i16; 2]], out: &mut Vec<f64>) {
    struct State {
        coefficients: [i32; 2],
        step: i32,
        /// The newest first.
        samples: [i32; 2],
    }
    let Some((header, body)) = block.split_at_checked(7 * channels) else { return };
    let field = |number: usize, channel: usize| i16_at(header, channels + 2 * (number * channels + channel));
    let mut states: Vec<State> = (0..channels)
        .map(|channel| State {
            coefficients: coefficients
                .get(usize::from(header[channel]))
                .copied()
                .unwrap_or_default()
                .map(i32::from),
            step: field(0, channel),
            samples: [field(1, channel), field(2, channel)],
        })
        .collect();
    for age in [1, 0] {
        out.extend(states.iter().map(|state| scaled(state.samples[age])));
    }
    let nibbles = body.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let whole = body.len() * 2 / channels * channels;
    for (at, nibble) in nibbles.take(whole).enumerate() {
        let State { coefficients: [a, b], step, samples: [new, old] } = &mut states[at % channels];
        let signed = i32::from(nibble) - if nibble & 8 == 0 { 0 } else { 16 };
        // 16 bits × 16 bits, twice: within 32 bits but for one sum.
        let predicted = (i64::from(*new) * i64::from(*a) + i64::from(*old) * i64::from(*b)) / 256;
        let sample =
            (predicted + i64::from(signed) * i64::from(*step)).clamp(i16::MIN.into(), i16::MAX.into()) as i32;
        (*old, *new) = (*new, sample);
        *step = (*step).saturating_mul(MS_GROWTH[usize::from(nibble)]).max(16 << 8) >> 8;
        out.push(scaled(sample));
    }
}
