//! Small files of every container.

/// A chunk with a size of four bytes, padded to an even length.
pub fn chunk(name: &[u8; 4], content: &[u8], big: bool) -> Vec<u8> {
    let size = content.len() as u32;
    let size = if big { size.to_be_bytes() } else { size.to_le_bytes() };
    let padding: &[u8] = if content.len() % 2 == 1 { &[0] } else { &[] };
    [name, &size[..], content, padding].concat()
}

/// Assembles a WAV file from chunks, with a correct RIFF size.
pub fn riff(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let chunks = chunks.iter().flat_map(|(name, content)| chunk(name, content, false));
    chunk(b"RIFF", &b"WAVE".iter().copied().chain(chunks).collect::<Vec<_>>(), false)
}

pub fn fmt(tag: u16, channels: u16, rate_hz: u32, bits: u16) -> Vec<u8> {
    fmt_of_block(tag, channels, rate_hz, bits, channels * bits.div_ceil(8))
}

pub fn fmt_of_block(tag: u16, channels: u16, rate_hz: u32, bits: u16, block: u16) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(tag.to_le_bytes());
    out.extend(channels.to_le_bytes());
    out.extend(rate_hz.to_le_bytes());
    out.extend((rate_hz * u32::from(block)).to_le_bytes());
    out.extend(block.to_le_bytes());
    out.extend(bits.to_le_bytes());
    out
}

pub fn extensible(tag: u16, channels: u16, rate_hz: u32, bits: u16) -> Vec<u8> {
    let mut out = fmt(0xFFFE, channels, rate_hz, bits);
    out.extend(22u16.to_le_bytes());
    out.extend(bits.to_le_bytes());
    out.extend(0u32.to_le_bytes());
    out.extend(tag.to_le_bytes());
    // KSDATAFORMAT_SUBTYPE_*: {0000tttt-0000-0010-8000-00aa00389b71}
    out.extend([0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71]);
    out
}

/// RF64 with the sizes of file and sound in its chunk `ds64`.
pub fn rf64(format: &[u8], data: &[u8]) -> Vec<u8> {
    let mut ds64 = vec![0; 28];
    ds64[8..16].copy_from_slice(&(data.len() as u64).to_le_bytes());
    let mut file = riff(&[(b"ds64", &ds64), (b"fmt ", format), (b"data", data)]);
    file[..8].copy_from_slice(b"RF64\xff\xff\xff\xff");
    let size = file.len() - data.len().next_multiple_of(2) - 4;
    file[size..size + 4].fill(0xff);
    file
}

pub fn wave64(format: &[u8], data: &[u8]) -> Vec<u8> {
    let guid = |name: &[u8; 4]| [name, &b"\xF3\xAC\xD3\x11\x8C\xD1\x00\xC0\x4F\x8E\xDB\x8A"[..]].concat();
    let chunk = |name: &[u8; 4], content: &[u8]| {
        let mut out =
            [guid(name), (24 + content.len() as u64).to_le_bytes().to_vec(), content.to_vec()].concat();
        out.resize(out.len().next_multiple_of(8), 0);
        out
    };
    let body =
        [guid(b"wave"), chunk(b"junk", &[1; 3]), chunk(b"fmt ", format), chunk(b"data", data)].concat();
    let riff = b"riff\x2E\x91\xCF\x11\xA5\xD6\x28\xDB\x04\xC1\0\0";
    [&riff[..], &(24 + body.len() as u64).to_le_bytes(), &body].concat()
}

/// 22050 Hz as a float of 80 bits: 1.3458… × 2^14.
pub const RATE_22050: [u8; 10] = [0x40, 0x0D, 0xAC, 0x44, 0, 0, 0, 0, 0, 0];

/// AIFF, or AIFC if there is a `compression`.
pub fn aiff(compression: Option<&[u8; 4]>, channels: u16, bits: u16, data: &[u8]) -> Vec<u8> {
    let mut comm = [&channels.to_be_bytes()[..], &[0; 4], &bits.to_be_bytes(), &RATE_22050].concat();
    comm.extend(compression.into_iter().flatten());
    comm.extend(compression.map(|_| [0, 0]).into_iter().flatten());
    let kind = if compression.is_some() { b"AIFC" } else { b"AIFF" };
    let chunks = [
        chunk(b"NAME", b"odd", true),
        chunk(b"COMM", &comm, true),
        chunk(b"SSND", &[&[0; 8], data].concat(), true),
    ];
    chunk(b"FORM", &[&kind[..], &chunks.concat()].concat(), true)
}

pub fn caf(name: &[u8; 4], flags: u32, packet: u32, channels: u32, bits: u32, data: &[u8]) -> Vec<u8> {
    let fields = [flags, packet, 1, channels, bits].map(u32::to_be_bytes).concat();
    let desc = [&22_050f64.to_be_bytes()[..], name, &fields].concat();
    let chunk =
        |name: &[u8; 4], content: &[u8]| [name, &(content.len() as u64).to_be_bytes()[..], content].concat();
    let data = chunk(b"data", &[&[0, 0, 0, 1], data].concat());
    [b"caff\0\x01\0\0".to_vec(), chunk(b"desc", &desc), chunk(b"free", &[0; 5]), data].concat()
}

pub fn au(encoding: u32, channels: u32, data: &[u8]) -> Vec<u8> {
    let fields = [28, data.len() as u32, encoding, 22_050, channels, 0].map(u32::to_be_bytes).concat();
    [b".snd", &fields[..], data].concat()
}
