//! The true unpacked length of a deflate stream, found without unpacking it.
//!
//! A ZIP says how long its parts are, but the one who packed it wrote that number. Only decoding tells the truth; for
//! the length no output is kept, so a bomb of gigabytes costs no memory, and counting stops at the limit.

/// Why a stream has no length.
#[derive(Debug, PartialEq, Eq)]
pub enum Inflate {
    Broken,
    OverLimit,
}

const LENGTH_BASE: [u16; 29] =
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_EXTRA: [u8; 29] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const END: u16 = 256;

/// Blocks that any stream may have, and packed bytes that one more of them takes: packers fill thousands of bytes
/// into a block, while an empty one of ten bits costs as much to begin.
const BLOCKS: usize = 256;
const BYTES_A_BLOCK: usize = 32;

/// Length in bytes of what `packed` unpacks to, at most `limit`. The work is bounded by the input as well: every bit is
/// read once, and a stream of more blocks than its bytes deserve is broken.
pub fn unpacked_length(packed: &[u8], limit: u64) -> Result<u64, Inflate> {
    let mut bits = Bits { bytes: packed.iter(), held: 0, count: 0 };
    let (fixed_lengths, fixed_distances) = (Code::fixed_lengths(), Code::fixed_distances());
    let (mut length, mut blocks) = (0_u64, packed.len() / BYTES_A_BLOCK + BLOCKS);
    loop {
        blocks = blocks.checked_sub(1).ok_or(Inflate::Broken)?;
        let last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => length += bits.stored()?,
            1 => length = block(&mut bits, &fixed_lengths, &fixed_distances, length, limit)?,
            2 => {
                let (lengths, distances) = dynamic(&mut bits)?;
                length = block(&mut bits, &lengths, &distances, length, limit)?;
            }
            _ => return Err(Inflate::Broken),
        }
        if length > limit {
            return Err(Inflate::OverLimit);
        }
        if last {
            return Ok(length);
        }
    }
}

fn block(bits: &mut Bits<'_>, literals: &Code, distances: &Code, so_far: u64, limit: u64) -> Result<u64, Inflate> {
    let mut length = so_far;
    loop {
        let symbol = literals.next(bits)?;
        if symbol == END {
            return Ok(length);
        }
        length += match symbol.checked_sub(END + 1) {
            None => 1,
            Some(at) => {
                let at = usize::from(at);
                let base = LENGTH_BASE.get(at).ok_or(Inflate::Broken)?;
                let extra = LENGTH_EXTRA.get(at).ok_or(Inflate::Broken)?;
                let run = u64::from(*base) + u64::from(bits.take(*extra)?);
                skip_distance(bits, distances)?;
                run
            }
        };
        if length > limit {
            return Err(Inflate::OverLimit);
        }
    }
}

fn skip_distance(bits: &mut Bits<'_>, distances: &Code) -> Result<(), Inflate> {
    let symbol = distances.next(bits)?;
    if symbol > 29 {
        return Err(Inflate::Broken);
    }
    let extra = u8::try_from((symbol / 2).saturating_sub(1)).map_err(|_| Inflate::Broken)?;
    bits.take(extra)?;
    Ok(())
}

fn dynamic(bits: &mut Bits<'_>) -> Result<(Code, Code), Inflate> {
    let literals = usize::from(bits.take(5)?) + 257;
    let distances = usize::from(bits.take(5)?) + 1;
    let given = usize::from(bits.take(4)?) + 4;
    let mut code_lengths = [0_u8; 19];
    for at in ORDER.iter().take(given) {
        *code_lengths.get_mut(*at).ok_or(Inflate::Broken)? = small(bits.take(3)?)?;
    }
    let code = Code::new(&code_lengths);
    let mut lengths: Vec<u8> = Vec::with_capacity(320);
    while lengths.len() < literals + distances {
        let (value, times) = match code.next(bits)? {
            16 => (*lengths.last().ok_or(Inflate::Broken)?, bits.take(2)? + 3),
            17 => (0, bits.take(3)? + 3),
            18 => (0, bits.take(7)? + 11),
            length => (small(length)?, 1),
        };
        lengths.extend(std::iter::repeat_n(value, usize::from(times)));
    }
    let (first, second) = lengths.split_at_checked(literals).ok_or(Inflate::Broken)?;
    Ok((Code::new(first), Code::new(second)))
}

fn small(n: u16) -> Result<u8, Inflate> {
    u8::try_from(n).map_err(|_| Inflate::Broken)
}

/// A canonical Huffman code: how many codes each bit length has, and the symbols in the order of their codes.
struct Code {
    counts: [u16; 16],
    symbols: Vec<u16>,
}

impl Code {
    fn new(lengths: &[u8]) -> Self {
        let mut counts = [0_u16; 16];
        let mut symbols: Vec<(u8, u16)> = (0_u16..)
            .zip(lengths)
            .filter(|(_, length)| **length > 0)
            .map(|(symbol, length)| (*length, symbol))
            .collect();
        symbols.sort_unstable();
        for (length, _) in &symbols {
            if let Some(count) = counts.get_mut(usize::from(*length)) {
                *count += 1;
            }
        }
        Self { counts, symbols: symbols.into_iter().map(|(_, symbol)| symbol).collect() }
    }

    fn fixed_lengths() -> Self {
        let length = |symbol: u16| match symbol {
            0..=143 => 8,
            144..=255 => 9,
            256..=279 => 7,
            _ => 8,
        };
        Self::new(&(0..288).map(length).collect::<Vec<_>>())
    }

    fn fixed_distances() -> Self {
        Self::new(&[5; 30])
    }

    fn next(&self, bits: &mut Bits<'_>) -> Result<u16, Inflate> {
        let (mut code, mut first, mut index) = (0_u32, 0_u32, 0_u32);
        for count in self.counts.iter().skip(1) {
            code |= u32::from(bits.take(1)?);
            let count = u32::from(*count);
            if let Some(past) = code.checked_sub(first).filter(|past| *past < count) {
                let at = usize::try_from(index + past).map_err(|_| Inflate::Broken)?;
                return self.symbols.get(at).copied().ok_or(Inflate::Broken);
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        Err(Inflate::Broken)
    }
}

struct Bits<'a> {
    bytes: std::slice::Iter<'a, u8>,
    held: u32,
    count: u8,
}

impl Bits<'_> {
    /// The next `wanted` bits, at most 13.
    fn take(&mut self, wanted: u8) -> Result<u16, Inflate> {
        while self.count < wanted {
            let byte = self.bytes.next().ok_or(Inflate::Broken)?;
            self.held |= u32::from(*byte) << self.count;
            self.count += 8;
        }
        let value = self.held & ((1_u32 << wanted) - 1);
        self.held >>= wanted;
        self.count -= wanted;
        u16::try_from(value).map_err(|_| Inflate::Broken)
    }

    /// Skips a stored block and gives its length.
    fn stored(&mut self) -> Result<u64, Inflate> {
        // What is left of the current byte is padding; `take` never holds a whole byte more.
        self.held = 0;
        self.count = 0;
        let mut half = || Ok(u16::from_le_bytes([self.byte()?, self.byte()?]));
        let (length, check) = (half()?, half()?);
        if length != !check {
            return Err(Inflate::Broken);
        }
        if length > 0 {
            self.bytes.nth(usize::from(length) - 1).ok_or(Inflate::Broken)?;
        }
        Ok(u64::from(length))
    }

    fn byte(&mut self) -> Result<u8, Inflate> {
        self.bytes.next().copied().ok_or(Inflate::Broken)
    }
}
