//! What a file is by its bytes, for files that people attach. The name is asked afterwards,
//! and only whether it tells the same.

use super::parcel::{FileKind, kind_of, parts, unpacked_size};

/// A kind of file that may be attached.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AttachmentKind {
    Pdf,
    Docx,
    Odt,
    Xlsx,
    Jpg,
    Png,
}

/// Most bytes an Office file may unpack to.
const UNPACKED: u64 = 400 * 1024 * 1024;

impl AttachmentKind {
    pub const ALL: [AttachmentKind; 6] = [
        AttachmentKind::Pdf,
        AttachmentKind::Docx,
        AttachmentKind::Odt,
        AttachmentKind::Xlsx,
        AttachmentKind::Jpg,
        AttachmentKind::Png,
    ];

    /// For the `accept` of a file field.
    pub const ACCEPT: &'static str = ".pdf,.docx,.odt,.xlsx,.jpg,.jpeg,.png";
    /// For sentences.
    pub const LIST: &'static str = "PDF, DOCX, ODT, XLSX, JPG i PNG";

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            AttachmentKind::Pdf => "pdf",
            AttachmentKind::Docx => "docx",
            AttachmentKind::Odt => "odt",
            AttachmentKind::Xlsx => "xlsx",
            AttachmentKind::Jpg => "jpg",
            AttachmentKind::Png => "png",
        }
    }

    #[must_use]
    pub fn parse(code: &str) -> Option<AttachmentKind> {
        AttachmentKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            AttachmentKind::Pdf => "dokument PDF",
            AttachmentKind::Docx => "dokument Worda (DOCX)",
            AttachmentKind::Odt => "dokument ODT",
            AttachmentKind::Xlsx => "arkusz Excela (XLSX)",
            AttachmentKind::Jpg => "obraz JPG",
            AttachmentKind::Png => "obraz PNG",
        }
    }

    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            AttachmentKind::Pdf => "application/pdf",
            AttachmentKind::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            AttachmentKind::Odt => "application/vnd.oasis.opendocument.text",
            AttachmentKind::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            AttachmentKind::Jpg => "image/jpeg",
            AttachmentKind::Png => "image/png",
        }
    }

    /// Whether a name with this ending tells the truth.
    #[must_use]
    pub fn has_ending(self, ending: &str) -> bool {
        let ending = ending.to_lowercase();
        ending == self.code() || (self == AttachmentKind::Jpg && ending == "jpeg")
    }
}

/// Beginnings that tell what a file is, and how a person calls it.
const FOREIGN: &[(&[u8], &str)] = &[
    (b"MZ", "program dla Windows (EXE)"),
    (b"\x7FELF", "program dla Linuksa"),
    (b"GIF8", "obraz GIF"),
    (b"BM", "obraz BMP"),
    (b"II*\0", "obraz TIFF"),
    (b"MM\0*", "obraz TIFF"),
    (b"Rar!", "archiwum RAR"),
    (b"7z\xBC\xAF", "archiwum 7-Zip"),
    (b"{\\rtf", "dokument RTF"),
    (b"PK\x05\x06", "puste archiwum ZIP"),
];

/// Tells the kind by the bytes alone.
///
/// # Errors
/// What the file is instead, as a person calls it.
pub fn attachment_kind(bytes: &[u8]) -> Result<AttachmentKind, &'static str> {
    if bytes.is_empty() {
        return Err("plik pusty");
    }
    if bytes.starts_with(b"\xFF\xD8\xFF") {
        return Ok(AttachmentKind::Jpg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1A\n") {
        return Ok(AttachmentKind::Png);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return office_kind(bytes);
    }
    if let Some((_, name)) = FOREIGN.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(name);
    }
    match (bytes.get(4..8), bytes.get(8..12)) {
        (Some(b"ftyp"), Some(b"heic" | b"heix" | b"mif1")) => return Err("zdjęcie HEIC z telefonu"),
        (Some(b"ftyp"), _) => return Err("film"),
        (_, Some(b"WEBP")) => return Err("obraz WEBP"),
        (..) => {}
    }
    match kind_of(bytes) {
        FileKind::Pdf => Ok(AttachmentKind::Pdf),
        FileKind::Encrypted => Err("dokument zabezpieczony hasłem"),
        FileKind::OldOffice => Err("plik starego Worda lub Excela (DOC, XLS)"),
        FileKind::Html => Err("strona internetowa albo plik XML"),
        FileKind::Text => Err("zwykły tekst"),
        FileKind::Xlsx
        | FileKind::XlsxWithMacros
        | FileKind::Xlsb
        | FileKind::Ods
        | FileKind::Docx
        | FileKind::OtherZip => Err("archiwum ZIP"),
        FileKind::Unknown => Err("plik nieznanego rodzaju"),
    }
}

fn office_kind(bytes: &[u8]) -> Result<AttachmentKind, &'static str> {
    let Ok(parts) = parts(bytes) else { return Err("uszkodzone archiwum ZIP") };
    let has = |name: &str| parts.iter().any(|part| part.name == name);
    let under = |folder: &str| parts.iter().any(|part| part.name.starts_with(folder));
    if parts.iter().any(|part| part.name.ends_with("vbaProject.bin")) || under("Basic/") {
        return Err("dokument z makrami");
    }
    let kind = if has("word/document.xml") {
        AttachmentKind::Docx
    } else if has("xl/workbook.xml") {
        AttachmentKind::Xlsx
    } else {
        match open_document(bytes) {
            Some("text") => AttachmentKind::Odt,
            Some("spreadsheet") => return Err("arkusz ODS"),
            Some("presentation") => return Err("prezentacja ODP"),
            Some(_) => return Err("dokument OpenDocument innego rodzaju niż tekst"),
            None if under("ppt/") => return Err("prezentacja PowerPoint"),
            None if has("xl/workbook.bin") => return Err("arkusz XLSB"),
            None => return Err("archiwum ZIP"),
        }
    };
    match unpacked_size(bytes, UNPACKED) {
        Ok(_) => Ok(kind),
        Err(_) => Err("dokument uszkodzony albo za duży po rozpakowaniu"),
    }
}

/// `text`, `spreadsheet` …: what the first part of an OpenDocument file says it is.
fn open_document(bytes: &[u8]) -> Option<&str> {
    let rest = bytes.get(30..110)?.strip_prefix(b"mimetypeapplication/vnd.oasis.opendocument.")?;
    let end = rest.iter().position(|byte| *byte == b'P')?; // the next part begins with PK
    std::str::from_utf8(rest.get(..end)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ZIP of stored parts.
    fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut out, mut directory) = (Vec::new(), Vec::new());
        for (name, content) in parts {
            let (length, at) = (u32::try_from(content.len()).unwrap(), u32::try_from(out.len()).unwrap());
            let (n, sizes) = (u16::try_from(name.len()).unwrap().to_le_bytes(), length.to_le_bytes());
            out.extend(b"PK\x03\x04\x14\0");
            out.extend([0; 12]);
            out.extend([sizes, sizes].concat());
            out.extend([n, [0, 0]].concat());
            out.extend([name.as_bytes(), content].concat());
            directory.extend(b"PK\x01\x02\x14\0\x14\0");
            directory.extend([0; 12]);
            directory.extend([sizes, sizes].concat());
            directory.extend([n, [0; 2], [0; 2], [0; 2], [0; 2], [0; 2], [0; 2]].concat());
            directory.extend(at.to_le_bytes());
            directory.extend(name.as_bytes());
        }
        let (count, at) = (u16::try_from(parts.len()).unwrap().to_le_bytes(), u32::try_from(out.len()).unwrap());
        let size = u32::try_from(directory.len()).unwrap();
        out.extend(directory);
        out.extend(b"PK\x05\x06\0\0\0\0");
        out.extend([count, count].concat());
        out.extend([size.to_le_bytes(), at.to_le_bytes()].concat());
        out.extend([0, 0]);
        out
    }

    #[test]
    fn the_bytes_tell_and_not_the_name() {
        let odt: &[u8] = b"application/vnd.oasis.opendocument.text";
        let ods: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
        let cases: Vec<(Vec<u8>, Result<AttachmentKind, &str>)> = vec![
            (b"%PDF-1.7 x".to_vec(), Ok(AttachmentKind::Pdf)),
            (b"\xFF\xD8\xFF\xE0 x".to_vec(), Ok(AttachmentKind::Jpg)),
            (b"\x89PNG\r\n\x1A\n x".to_vec(), Ok(AttachmentKind::Png)),
            (zip(&[("[Content_Types].xml", b"x"), ("word/document.xml", b"x")]), Ok(AttachmentKind::Docx)),
            (zip(&[("xl/workbook.xml", b"x")]), Ok(AttachmentKind::Xlsx)),
            (zip(&[("mimetype", odt), ("content.xml", b"x")]), Ok(AttachmentKind::Odt)),
            (zip(&[("mimetype", ods), ("content.xml", b"x")]), Err("arkusz ODS")),
            (zip(&[("mimetype", odt), ("Basic/script.xml", b"x")]), Err("dokument z makrami")),
            (zip(&[("word/document.xml", b"x"), ("word/vbaProject.bin", b"x")]), Err("dokument z makrami")),
            (zip(&[("ppt/presentation.xml", b"x")]), Err("prezentacja PowerPoint")),
            (zip(&[("umowa.exe", b"MZ")]), Err("archiwum ZIP")),
            (b"PK\x03\x04 broken".to_vec(), Err("uszkodzone archiwum ZIP")),
            (b"MZ\x90\0".to_vec(), Err("program dla Windows (EXE)")),
            (b"GIF89a".to_vec(), Err("obraz GIF")),
            (b"\0\0\0\x18ftypheic\0\0".to_vec(), Err("zdjęcie HEIC z telefonu")),
            (b"RIFF\0\0\0\0WEBPVP8 ".to_vec(), Err("obraz WEBP")),
            (b"{\\rtf1 x".to_vec(), Err("dokument RTF")),
            (b"\xD0\xCF\x11\xE0 x".to_vec(), Err("plik starego Worda lub Excela (DOC, XLS)")),
            (b"<html><body>".to_vec(), Err("strona internetowa albo plik XML")),
            (b"zwykle slowa".to_vec(), Err("zwykły tekst")),
            (b"\0\x01\x02\x03".to_vec(), Err("plik nieznanego rodzaju")),
            (Vec::new(), Err("plik pusty")),
        ];
        for (bytes, expected) in cases {
            assert_eq!(attachment_kind(&bytes), expected, "{:?}", String::from_utf8_lossy(&bytes));
        }
    }

    #[test]
    fn a_part_that_lies_about_its_length_is_refused() {
        let mut bytes = zip(&[("word/document.xml", b"x")]);
        let at = bytes.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
        bytes[at + 10] = 12; // bzip2: nothing that Word writes
        assert_eq!(attachment_kind(&bytes), Err("dokument uszkodzony albo za duży po rozpakowaniu"));
    }

    #[test]
    fn parts_that_share_their_bytes_are_refused() {
        let mut bytes = zip(&[("word/document.xml", b"x"), ("word/styles.xml", b"y")]);
        assert_eq!(attachment_kind(&bytes), Ok(AttachmentKind::Docx));
        let second = bytes.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
        bytes[second + 42..second + 46].copy_from_slice(&[0; 4]); // both bodies are the first one
        assert_eq!(attachment_kind(&bytes), Err("uszkodzone archiwum ZIP"));
    }

    #[test]
    fn endings_belong_to_one_kind() {
        assert!(AttachmentKind::Jpg.has_ending("JPEG") && AttachmentKind::Jpg.has_ending("jpg"));
        assert!(!AttachmentKind::Png.has_ending("jpg"));
        for kind in AttachmentKind::ALL {
            assert_eq!(AttachmentKind::parse(kind.code()), Some(kind));
            assert!(AttachmentKind::ACCEPT.contains(&format!(".{}", kind.code())));
        }
    }
}
