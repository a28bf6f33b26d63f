//! What an uploaded file is, and how big it is once unpacked; asked before anything parses it.

use super::inflate::{Inflate, unpacked_length};

/// What the bytes are, whatever the name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Xlsx,
    XlsxWithMacros,
    Xlsb,
    /// An OLE file that holds an encrypted package.
    Encrypted,
    /// XLS, DOC and other old Office files.
    OldOffice,
    Ods,
    Docx,
    OtherZip,
    Pdf,
    Html,
    Text,
    Unknown,
}

/// Why a ZIP cannot be let in.
#[derive(Debug, PartialEq, Eq)]
pub enum BadParcel {
    Broken,
    TooBig,
}

/// One part of a ZIP, as its directory tells.
pub struct Part<'a> {
    pub name: String,
    /// Where its own head begins, and where its packed bytes end.
    begins: usize,
    ends: usize,
    method: u16,
    packed: &'a [u8],
    declared: u64,
}

const MOST_PARTS: usize = 2_000;

pub fn kind_of(bytes: &[u8]) -> FileKind {
    if bytes.starts_with(b"PK\x03\x04") {
        return zip_kind(bytes);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        let marker: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let encrypted = bytes.windows(marker.len()).any(|window| window == marker);
        return if encrypted { FileKind::Encrypted } else { FileKind::OldOffice };
    }
    if bytes.windows(5).take(1024).any(|window| window == b"%PDF-") {
        return FileKind::Pdf;
    }
    let start = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    if start.is_empty() || start.contains(&0) {
        return FileKind::Unknown;
    }
    if start.trim_ascii_start().starts_with(b"<") { FileKind::Html } else { text_or_unknown(start) }
}

/// Bytes above 127 may be UTF-8 or windows-1250; control bytes are neither.
fn text_or_unknown(start: &[u8]) -> FileKind {
    let control = |byte: &u8| *byte < 32 && !matches!(*byte, b'\n' | b'\r' | b'\t' | 0x0C);
    if start.iter().any(control) { FileKind::Unknown } else { FileKind::Text }
}

fn zip_kind(bytes: &[u8]) -> FileKind {
    let Ok(parts) = parts(bytes) else {
        return FileKind::OtherZip;
    };
    let has = |name: &str| parts.iter().any(|part| part.name == name);
    let under = |folder: &str| parts.iter().any(|part| part.name.starts_with(folder));
    let ods = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    if has("xl/workbook.bin") {
        FileKind::Xlsb
    } else if has("xl/vbaProject.bin") {
        FileKind::XlsxWithMacros
    } else if under("xl/") {
        FileKind::Xlsx
    } else if under("word/") {
        FileKind::Docx
    } else if bytes.windows(ods.len()).take(200).any(|window| window == ods) {
        FileKind::Ods
    } else {
        FileKind::OtherZip
    }
}

/// True unpacked size of all parts together. Never trusts the directory: a part that says less than it holds is counted
/// as what it holds, and counting stops at `limit`. No two parts share a byte ([`parts`]), so what is read is never
/// more than the file.
pub fn unpacked_size(bytes: &[u8], limit: u64) -> Result<u64, BadParcel> {
    let parts = parts(bytes)?;
    let mut total = 0_u64;
    for part in &parts {
        total = total.checked_add(part.declared).filter(|sum| *sum <= limit).ok_or(BadParcel::TooBig)?;
    }
    let mut total = 0_u64;
    for part in parts {
        let room = limit.saturating_sub(total);
        total = total.saturating_add(part.true_size(room)?);
    }
    Ok(total)
}

impl Part<'_> {
    fn true_size(&self, limit: u64) -> Result<u64, BadParcel> {
        match self.method {
            0 => match u64::try_from(self.packed.len()) {
                Ok(size) if size <= limit => Ok(size),
                Ok(_) | Err(_) => Err(BadParcel::TooBig),
            },
            8 => unpacked_length(self.packed, limit).map_err(|fault| match fault {
                Inflate::Broken => BadParcel::Broken,
                Inflate::OverLimit => BadParcel::TooBig,
            }),
            _ => Err(BadParcel::Broken),
        }
    }
}

/// The parts that the central directory lists. Split archives and ZIP64 are not Excel's and are refused, and so are
/// parts that overlap: a body that a thousand entries name would be unpacked a thousand times.
pub fn parts(bytes: &[u8]) -> Result<Vec<Part<'_>>, BadParcel> {
    const END: &[u8] = b"PK\x05\x06";
    let from = bytes.len().saturating_sub(22 + 65_535);
    let tail = bytes.get(from..).ok_or(BadParcel::Broken)?;
    let end = tail.windows(END.len()).rposition(|window| window == END).ok_or(BadParcel::Broken)?;
    let record = tail.get(end..).ok_or(BadParcel::Broken)?;
    let count = usize::from(u16_at(record, 10)?);
    if count > MOST_PARTS {
        return Err(BadParcel::TooBig);
    }
    let mut at = offset(u32_at(record, 16)?)?;
    let mut parts = Vec::with_capacity(count);
    for _ in 0..count {
        let entry = bytes.get(at..).ok_or(BadParcel::Broken)?;
        let (part, length) = part(bytes, entry)?;
        parts.push(part);
        at = at.checked_add(length).ok_or(BadParcel::Broken)?;
    }
    if overlap(&parts) { Err(BadParcel::Broken) } else { Ok(parts) }
}

fn overlap(parts: &[Part<'_>]) -> bool {
    let mut places: Vec<(usize, usize)> = parts.iter().map(|part| (part.begins, part.ends)).collect();
    places.sort_unstable();
    places.iter().zip(places.iter().skip(1)).any(|(one, next)| next.0 < one.1)
}

/// One entry of the directory, and the entry's own length.
fn part<'a>(bytes: &'a [u8], entry: &[u8]) -> Result<(Part<'a>, usize), BadParcel> {
    if !entry.starts_with(b"PK\x01\x02") {
        return Err(BadParcel::Broken);
    }
    let (name_length, extra, comment) =
        (usize::from(u16_at(entry, 28)?), usize::from(u16_at(entry, 30)?), usize::from(u16_at(entry, 32)?));
    let name = entry.get(46..46 + name_length).ok_or(BadParcel::Broken)?;
    let begins = offset(u32_at(entry, 42)?)?;
    let local = bytes.get(begins..).ok_or(BadParcel::Broken)?;
    if !local.starts_with(b"PK\x03\x04") {
        return Err(BadParcel::Broken);
    }
    let start = 30 + usize::from(u16_at(local, 26)?) + usize::from(u16_at(local, 28)?);
    let packed = local.get(start..).ok_or(BadParcel::Broken)?;
    let packed = packed.get(..offset(u32_at(entry, 20)?)?).ok_or(BadParcel::Broken)?;
    let part = Part {
        name: String::from_utf8_lossy(name).into_owned(),
        begins,
        ends: begins.saturating_add(start).saturating_add(packed.len()),
        method: u16_at(entry, 10)?,
        packed,
        declared: u64::from(u32_at(entry, 24)?),
    };
    Ok((part, 46 + name_length + extra + comment))
}

fn u16_at(bytes: &[u8], at: usize) -> Result<u16, BadParcel> {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map(|two| u16::from_le_bytes(*two)).ok_or(BadParcel::Broken)
}

fn u32_at(bytes: &[u8], at: usize) -> Result<u32, BadParcel> {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map(|four| u32::from_le_bytes(*four)).ok_or(BadParcel::Broken)
}

fn offset(n: u32) -> Result<usize, BadParcel> {
    usize::try_from(n).map_err(|_| BadParcel::Broken)
}
