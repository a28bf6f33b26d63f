//! Where the signatures of a PDF stand: what bytes each covers, the signature itself, and its dictionary.
//!
//! No reader of PDFs: a signature names the bytes it covers with `/ByteRange`, which must stand in plain sight
//! in the file, and the gap between them is the signature in hexadecimal digits.

/// Most marks that are looked at.
const MOST: usize = 64;
/// Longest signature, in hexadecimal digits.
const LONGEST: usize = 2 * 1024 * 1024;
/// How far around the gap the dictionary is looked for, in bytes.
const AROUND: usize = 8 * 1024;
const MARK: &[u8] = b"/ByteRange";

/// One signature as it stands in the file.
pub(super) struct Place<'a> {
    /// What it covers: before the gap and after it.
    pub covered: [&'a [u8]; 2],
    /// Bytes of the file after the last one that it covers.
    pub appended: usize,
    /// The signature, in bytes.
    pub contents: Vec<u8>,
    /// The text of its dictionary, without the signature.
    pub dictionary: Vec<u8>,
}

/// Every mark of a signature in `pdf`, in the order of the file; nothing for a mark that leads nowhere.
pub(super) fn places(pdf: &[u8]) -> impl Iterator<Item = Option<Place<'_>>> {
    let mut rest = pdf;
    let marks = std::iter::from_fn(move || {
        rest = rest.get(find(rest, MARK)? + MARK.len()..)?;
        Some(rest)
    });
    marks.take(MOST).map(move |after| place(pdf, after))
}

fn place<'a>(pdf: &'a [u8], after_mark: &[u8]) -> Option<Place<'a>> {
    let [start, first, next, last] = range(after_mark)?;
    if start != 0 {
        return None; // the head of the file could be anything
    }
    let end = next.checked_add(last)?;
    let (before, after) = (pdf.get(..first)?, pdf.get(next..end)?);
    let digits = pdf.get(first..next)?.trim_ascii().strip_prefix(b"<")?.strip_suffix(b">")?;
    let head = before.get(before.len().saturating_sub(AROUND)..)?;
    let head = rfind(head, b" obj").and_then(|at| head.get(at..)).unwrap_or(head);
    let tail = after.get(..AROUND).unwrap_or(after);
    let tail = find(tail, b"endobj").and_then(|at| tail.get(..at)).unwrap_or(tail);
    Some(Place {
        covered: [before, after],
        appended: pdf.len() - end,
        contents: from_hex(digits)?,
        dictionary: [head, b" ", tail].concat(),
    })
}

/// `[0 840 960 240]`.
fn range(text: &[u8]) -> Option<[usize; 4]> {
    let text = text.get(..120).unwrap_or(text).trim_ascii_start().strip_prefix(b"[")?;
    let text = text.split(|b| *b == b']').next()?;
    let mut numbers = text.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let mut number = || std::str::from_utf8(numbers.next()?).ok()?.parse().ok();
    let four = [number()?, number()?, number()?, number()?];
    numbers.next().is_none().then_some(four)
}

fn from_hex(digits: &[u8]) -> Option<Vec<u8>> {
    if digits.len() > LONGEST {
        return None;
    }
    let mut out = Vec::with_capacity(digits.len() / 2);
    let mut high = None;
    for digit in digits.iter().filter(|b| !b.is_ascii_whitespace()) {
        let value = u8::try_from(char::from(*digit).to_digit(16)?).ok()?;
        match high.take() {
            None => high = Some(value << 4),
            Some(first) => out.push(first | value),
        }
    }
    out.extend(high); // a missing last digit is a zero
    Some(out)
}

pub(super) fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

fn rfind(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).rposition(|window| window == word)
}
