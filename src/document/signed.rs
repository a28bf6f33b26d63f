//! A signed paper as a file: what it is by its bytes, and whether a PDF carries an electronic signature.

use serde::{Deserialize, Serialize};

use super::parcel::{FileKind, kind_of};

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignedFile {
    /// A PDF with an electronic signature inside (PAdES or an older kind). Who made it, and whether it is
    /// valid, is not checked here.
    SignedPdf,
    /// A PDF without one: a scan, as a rule.
    Pdf,
    Jpg,
    Png,
}

/// The words that every signature of a PDF has: the bytes it covers, and its kind.
const COVERS: &[u8] = b"/ByteRange";
const KINDS: [&[u8]; 3] = [b"/ETSI.CAdES.detached", b"/adbe.pkcs7.detached", b"/adbe.pkcs7.sha1"];

impl SignedFile {
    /// For the `accept` of a file field.
    pub const ACCEPT: &'static str = ".pdf,.jpg,.jpeg,.png";

    /// What the bytes are; none for anything that is not taken.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<SignedFile> {
        if kind_of(bytes) == FileKind::Pdf {
            let has = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
            let signed = has(COVERS) && KINDS.into_iter().any(has);
            return Some(if signed { SignedFile::SignedPdf } else { SignedFile::Pdf });
        }
        if bytes.starts_with(b"\xFF\xD8\xFF") {
            return Some(SignedFile::Jpg);
        }
        bytes.starts_with(b"\x89PNG\r\n\x1A\n").then_some(SignedFile::Png)
    }

    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            SignedFile::SignedPdf => "PDF z podpisem elektronicznym",
            SignedFile::Pdf => "PDF bez podpisu elektronicznego (skan)",
            SignedFile::Jpg | SignedFile::Png => "obraz (skan)",
        }
    }

    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            SignedFile::SignedPdf | SignedFile::Pdf => "application/pdf",
            SignedFile::Jpg => "image/jpeg",
            SignedFile::Png => "image/png",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_say_what_a_file_is() {
        let signed = b"%PDF-1.7 << /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] >>";
        assert_eq!(SignedFile::of(signed), Some(SignedFile::SignedPdf));
        assert_eq!(SignedFile::of(b"%PDF-1.7 << /ByteRange >>"), Some(SignedFile::Pdf));
        assert_eq!(SignedFile::of(b"\xFF\xD8\xFF\xE0 JFIF"), Some(SignedFile::Jpg));
        assert_eq!(SignedFile::of(b"\x89PNG\r\n\x1A\n..."), Some(SignedFile::Png));
        assert_eq!(SignedFile::of(b"MZ\x90"), None);
        assert_eq!(SignedFile::of(b""), None);
    }
}
