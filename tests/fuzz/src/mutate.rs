//! Changes of bytes by chance, for the short run: half of them within the first 256 bytes, where headers lie.

/// Numbers that limits lie beside.
const EDGES: [u32; 12] =
    [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff];

/// A generator of random numbers (xorshift), the same for the same seed.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// From a seed.
    #[must_use]
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `limit`, which has at most 32 bits, so that it is the same where addresses have; 0 for none.
    pub fn below(&mut self, limit: usize) -> usize {
        ((self.bits() >> 11) % limit.max(1) as u64) as usize
    }
}

/// One of the seeds with up to eight changes.
pub fn mutated(random: &mut Random, seeds: &[Vec<u8>], longest: usize) -> Vec<u8> {
    let mut bytes = seeds.get(random.below(seeds.len())).cloned().unwrap_or_default();
    for _ in 0..1 + random.below(8) {
        if bytes.is_empty() {
            bytes.push(0);
        }
        let span = if random.below(2) == 0 { bytes.len().min(256) } else { bytes.len() };
        let at = random.below(span);
        let end = (at + 1 + random.below(64)).min(bytes.len());
        match random.below(9) {
            0 => bytes[at] ^= 1 << random.below(8),
            1 => bytes[at] = random.below(256) as u8,
            2 => write(&mut bytes, at, &EDGES[random.below(EDGES.len())].to_le_bytes()),
            3 => write(&mut bytes, at, &EDGES[random.below(EDGES.len())].to_be_bytes()),
            4 => write(&mut bytes, at, &(EDGES[random.below(EDGES.len())] as u16).to_be_bytes()),
            5 => drop(bytes.drain(at..end)),
            6 => {
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            7 => bytes.truncate(at),
            _ => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len());
                bytes.truncate(at);
                bytes.extend_from_slice(&other[from.min(other.len())..]);
            }
        }
    }
    bytes.truncate(longest);
    bytes
}

fn write(bytes: &mut [u8], at: usize, what: &[u8]) {
    for (byte, new) in bytes[at..].iter_mut().zip(what) {
        *byte = *new;
    }
}
