//! A file somebody attaches, looked at before it is kept: what it is by its bytes, whether
//! its name tells the same, how big it is.

use super::upload::UploadedFile;
use crate::document::{AttachmentKind, attachment_kind};
use crate::error::{AppError, FieldErrors};
use crate::store::digest_bytes;

/// A file that may be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// The bare name with an ending that fits.
    pub name: String,
    pub kind: AttachmentKind,
    pub size: i64,
    pub sha256: String,
}

/// Longest name that is kept, in characters.
const NAME: usize = 150;

/// Looks at an uploaded file; `field` is where its errors stand.
///
/// # Errors
/// `Invalid` with a sentence that says what the file is.
pub fn inspect(file: &UploadedFile, field: &str) -> Result<Inspected, AppError> {
    let refuse = |why: String| AppError::Invalid(FieldErrors::of(field, why));
    let name = bare(&file.name);
    let kind = attachment_kind(&file.bytes).map_err(|what| {
        let way = if what.contains("DOC") || what.contains("RTF") || what.contains("makrami") || what.contains("hasłem")
        {
            " Zapisz go jako PDF i dołącz jeszcze raz."
        } else {
            ""
        };
        refuse(format!("Plik „{name}” to w środku {what}. Dołączyć można tylko {}.{way}", AttachmentKind::LIST))
    })?;
    let name = match name.rsplit_once('.') {
        Some((_, ending)) if kind.has_ending(ending) => name,
        Some((_, ending)) if (1..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric()) => {
            return Err(refuse(format!(
                "Plik „{name}” ma w nazwie końcówkę .{ending}, a w środku to {}. Zmień końcówkę na .{} albo wybierz właściwy plik.",
                kind.label(),
                kind.code()
            )));
        }
        Some(_) | None => format!("{name}.{}", kind.code()),
    };
    let size = i64::try_from(file.bytes.len()).map_err(|e| AppError::Internal(Box::new(e)))?;
    Ok(Inspected { name, kind, size, sha256: digest_bytes(&file.bytes) })
}

/// The name without folders and invisible characters, not too long, its ending kept.
fn bare(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).collect();
    let clean = clean.trim().trim_start_matches('.');
    if clean.is_empty() {
        return "plik".to_owned();
    }
    let length = clean.chars().count();
    if length <= NAME {
        return clean.to_owned();
    }
    let (stem, ending) = clean.rsplit_once('.').filter(|(_, e)| e.chars().count() <= 5).unwrap_or((clean, ""));
    let short: String = stem.chars().take(NAME - 6).collect();
    if ending.is_empty() { short } else { format!("{short}.{ending}") }
}

/// `2,4 MB`, `350 kB`: a size as people read it.
#[must_use]
pub fn shown_size(bytes: i64) -> String {
    let kb = bytes.max(0).saturating_add(1023) / 1024;
    if kb < 1000 {
        return format!("{kb}\u{a0}kB");
    }
    let tenths = (bytes.saturating_mul(10) / (1024 * 1024)).max(10);
    format!("{},{}\u{a0}MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: &[u8]) -> UploadedFile {
        UploadedFile { field: "file".into(), name: name.into(), bytes: bytes.to_vec() }
    }

    fn says(name: &str, bytes: &[u8]) -> String {
        inspect(&file(name, bytes), "file").unwrap_err().reason()
    }

    #[test]
    fn a_renamed_file_is_called_by_its_name() {
        assert_eq!(
            says("umowa.pdf", b"MZ\x90\0"),
            "file: Plik „umowa.pdf” to w środku program dla Windows (EXE). Dołączyć można tylko PDF, DOCX, ODT, XLSX, JPG i PNG."
        );
        assert_eq!(
            says("skan.jpg", b"%PDF-1.4 x"),
            "file: Plik „skan.jpg” ma w nazwie końcówkę .jpg, a w środku to dokument PDF. Zmień końcówkę na .pdf albo wybierz właściwy plik."
        );
        assert!(says("statut.doc", b"\xD0\xCF\x11\xE0 x").ends_with("Zapisz go jako PDF i dołącz jeszcze raz."));
    }

    #[test]
    fn names_lose_their_folders_and_gain_their_ending() {
        let named = |name: &str| inspect(&file(name, b"%PDF-1.4 x"), "file").unwrap().name;
        assert_eq!(named("C:\\Moje dokumenty\\Statut.PDF"), "Statut.PDF");
        assert_eq!(named("../../etc/statut.pdf"), "statut.pdf");
        assert_eq!(named("statut"), "statut.pdf");
        assert_eq!(named("uchwała nr 3. z dnia"), "uchwała nr 3. z dnia.pdf");
        assert_eq!(named("\u{7}.pdf"), "pdf.pdf");
        let long = named(&format!("{}.pdf", "ą".repeat(400)));
        assert!(long.ends_with(".pdf") && long.chars().count() <= NAME, "{long}");
    }

    #[test]
    fn sizes_are_short() {
        for (bytes, text) in
            [(1, "1 kB"), (1024, "1 kB"), (1_022_976, "999 kB"), (1_048_576, "1,0 MB"), (25_500_000, "24,3 MB")]
        {
            assert_eq!(shown_size(bytes).replace('\u{a0}', " "), text);
        }
    }
}
