//! What can be told of a workbook before it is parsed: whether it claims more than it holds, and whether what it holds
//! grows in the parser.
//!
//! The parser takes a file at its word. It makes room for as many texts as `uniqueCount` names, and keeps fonts and
//! number formats once more for every cell format that points at them. The parts are unpacked here by the library that
//! the parser unpacks them with, so that nobody shows one directory to us and another one to it.

use std::io::{Cursor, Read, Result as IoResult, Seek, SeekFrom, sink};

use zip::ZipArchive;

use super::bad_workbook::BadWorkbook;
use super::grid::GridLimits;

/// Parts of one workbook; one of Excel has some dozens.
const MOST_PARTS: usize = 2_000;
/// Texts of a workbook, each counted once however many cells show it.
const MOST_TEXTS: usize = 500_000;
/// A workbook may claim so many texts without having them: some programs count those of all cells.
const CLAIMED: u64 = 100_000;
/// Excel itself takes no more cell formats than this.
pub(super) const MOST_FORMATS: usize = 65_536;
/// Elements of the part with the formats.
const MOST_STYLE_TAGS: usize = 600_000;
/// Cell formats times the longest element, in bytes: what their copies may take.
const MOST_COPIED: usize = 32 * 1024 * 1024;

/// Unpacks every part once: packed bytes are counted up to those of the file (more means that parts overlap), unpacked
/// ones up to `limits.unpacked`. Keeps one part at a time, and only those two whose words the parser trusts.
pub(super) fn check(bytes: &[u8], limits: &GridLimits) -> Result<(), BadWorkbook> {
    let too_big = || BadWorkbook::TooBigUnpacked { limit: limits.unpacked };
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| BadWorkbook::Broken)?;
    if zip.len() > MOST_PARTS {
        return Err(too_big());
    }
    let (mut packed, mut left) = (0_u64, limits.unpacked);
    for no in 0..zip.len() {
        let part = zip.by_index(no).map_err(|_| BadWorkbook::Broken)?;
        packed = packed.saturating_add(part.compressed_size());
        if packed > u64::try_from(bytes.len()).unwrap_or(u64::MAX) {
            return Err(BadWorkbook::Broken);
        }
        let judge = judge_of(&part.name().map_err(|_| BadWorkbook::Broken)?);
        let (mut text, mut part) = (Vec::new(), part.take(left.saturating_add(1)));
        let size = match judge {
            Some(_) => part.read_to_end(&mut text).map(|n| u64::try_from(n).unwrap_or(u64::MAX)),
            None => std::io::copy(&mut part, &mut sink()),
        };
        left = left.checked_sub(size.map_err(|_| BadWorkbook::Broken)?).ok_or_else(too_big)?;
        judge.map_or(Ok(()), |judge| judge(&text))?;
    }
    Ok(())
}

type Judge = fn(&[u8]) -> Result<(), BadWorkbook>;

/// The parser finds both parts by the end of their names, whatever the case.
fn judge_of(name: &str) -> Option<Judge> {
    let name = name.to_lowercase();
    if name.ends_with("sharedstrings.xml") {
        Some(texts)
    } else if name.ends_with("styles.xml") {
        Some(formats)
    } else {
        None
    }
}

/// Texts that are there are no more than Excel needs, and no more are claimed.
fn texts(part: &[u8]) -> Result<(), BadWorkbook> {
    let there = elements(part, b"si");
    if there > MOST_TEXTS {
        return Err(BadWorkbook::TooManyTexts { limit: MOST_TEXTS });
    }
    let most = u64::try_from(there).unwrap_or(u64::MAX).max(CLAIMED);
    // A zero byte is another alphabet than the one that was searched.
    if part.contains(&0) || claims(part).any(|claimed| claimed > most) {
        return Err(BadWorkbook::Broken);
    }
    Ok(())
}

fn formats(part: &[u8]) -> Result<(), BadWorkbook> {
    let (formats, mut tags, mut longest) = (elements(part, b"xf"), 0_usize, 0_usize);
    for tag in part.split(|byte| *byte == b'<') {
        (tags, longest) = (tags.saturating_add(1), longest.max(tag.len()));
    }
    if formats > MOST_FORMATS || tags > MOST_STYLE_TAGS || formats.saturating_mul(longest) > MOST_COPIED {
        return Err(BadWorkbook::TooManyFormats { limit: MOST_FORMATS });
    }
    if part.contains(&0) { Err(BadWorkbook::Broken) } else { Ok(()) }
}

/// How many elements of this name begin, with a prefix or without; rather too many than too few.
fn elements(part: &[u8], name: &[u8]) -> usize {
    let begins = |at: usize| part.get(at..).is_some_and(|rest| rest.starts_with(name));
    let plain = |at: usize, byte: u8| byte == b'<' && begins(at.saturating_add(1));
    let prefixed = |at: usize, byte: u8| byte == b':' && begins(at.saturating_add(1));
    part.iter().enumerate().filter(|(at, byte)| plain(*at, **byte) || prefixed(*at, **byte)).count()
}

/// Every number that the part gives as `uniqueCount`; one that no number type holds is the largest.
fn claims(part: &[u8]) -> impl Iterator<Item = u64> + '_ {
    const NAME: &[u8] = b"uniqueCount";
    let named = part.windows(NAME.len()).enumerate().filter(|(_, window)| *window == NAME);
    named.map(|(at, _)| {
        let rest = part.get(at.saturating_add(NAME.len())..).unwrap_or_default();
        let value = rest.split(|byte| matches!(byte, b'"' | b'\'')).nth(1).unwrap_or_default();
        let digits = value.iter().filter(|byte| byte.is_ascii_digit());
        digits.fold(0_u64, |n, digit| n.saturating_mul(10).saturating_add(u64::from(digit.saturating_sub(b'0'))))
    })
}

/// The file as the parser reads it, until it has read so many bytes: sheets that are all one part would be unpacked
/// again and again.
pub(super) struct Metered<'a> {
    file: Cursor<&'a [u8]>,
    left: usize,
}

impl<'a> Metered<'a> {
    /// The directory, and every part twice: its cells and its merged cells; with room for what is read by blocks.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { file: Cursor::new(bytes), left: bytes.len().saturating_mul(3).saturating_add(64 * 1024) }
    }
}

impl Read for Metered<'_> {
    fn read(&mut self, out: &mut [u8]) -> IoResult<usize> {
        let read = self.file.read(out)?;
        self.left = self.left.checked_sub(read).ok_or_else(|| std::io::Error::other("read too often"))?;
        Ok(read)
    }
}

impl Seek for Metered<'_> {
    fn seek(&mut self, to: SeekFrom) -> IoResult<u64> {
        self.file.seek(to)
    }
}
