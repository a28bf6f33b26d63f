//! Reading the signatures of a PDF: what each kind says, what a change does, and that no bytes do harm.

use konkurs::document::{ContentCheck, KeyCheck, PdfSignature, SignatureKind, Signatures};
use proptest::prelude::*;

use crate::support::signed::{How, Pen, USUAL, element, person, seal, sign, sign_with};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n";

fn only(pdf: &[u8]) -> PdfSignature {
    let mut seen = Signatures::of(pdf);
    assert_eq!((seen.found.len(), seen.unreadable), (1, 0), "{seen:?}");
    seen.found.remove(0)
}

fn at(iso: &str) -> Option<konkurs::law::Instant> {
    Some(iso.parse().unwrap())
}

#[test]
fn a_signature_says_who_when_and_with_what() {
    let expected = PdfSignature {
        kind: SignatureKind::Person,
        signer: "Anna Prezes".into(),
        identifier: "PNOPL-*********45".into(),
        issuer: "Centrum Testowe 2025, Firma Testowa S.A.".into(),
        valid_from: at("2025-01-01T00:00:00Z"),
        valid_to: at("2027-01-01T00:00:00Z"),
        claimed_at: at("2026-11-23T10:30:00Z"),
        content: ContentCheck::Unchanged,
        key: KeyCheck::Fits,
        appended: 0,
    };
    let usual = sign(PDF, person("Anna", "Prezes"));
    assert_eq!(Signatures::of(&usual), Signatures { found: vec![expected.clone()], unreadable: 0, uncovered: 0 });
    for how in [
        How { pen: Pen::Rsa, ..USUAL },
        How { pen: Pen::RsaPss, ..USUAL },
        How { kind: "adbe.pkcs7.detached", ..USUAL },
        How { open: true, ..USUAL },
        How { by_key: true, ..USUAL },
        How { at: "261123103000Z", entries: "", ..USUAL },
    ] {
        assert_eq!(only(&sign_with(PDF, person("Anna", "Prezes"), how)), expected);
    }
    let timeless = only(&sign_with(PDF, person("Anna", "Prezes"), How { entries: "", ..USUAL }));
    assert_eq!(timeless, PdfSignature { claimed_at: None, ..expected });
}

#[test]
fn a_change_of_one_byte_is_seen() {
    let signed = sign(PDF, person("Anna", "Prezes"));
    let with = |from: &[u8], to: &[u8]| {
        let at = signed.windows(from.len()).position(|w| w == from).unwrap();
        [&signed[..at], to, &signed[at + from.len()..]].concat()
    };
    let changed = only(&with(b"Catalog", b"Katalog"));
    assert_eq!((changed.content, changed.key), (ContentCheck::Changed, KeyCheck::Fits));
    assert!(!changed.holds());
    // The digest inside the signature belongs to what was signed with the key.
    let time: String = "261123103000Z".bytes().map(|b| format!("{b:02X}")).collect();
    let other: String = "261123113000Z".bytes().map(|b| format!("{b:02X}")).collect();
    let timed = sign_with(PDF, person("Anna", "Prezes"), How { at: "261123103000Z", ..USUAL });
    let forged = only(String::from_utf8(timed).unwrap().replace(&time, &other).as_bytes());
    assert_eq!((forged.content, forged.key), (ContentCheck::Unchanged, KeyCheck::DoesNotFit));
    assert!(!forged.holds());
}

#[test]
fn what_comes_after_a_signature_is_counted() {
    let one = sign(PDF, person("Anna", "Prezes"));
    let two = sign(&one, person("Jan", "Skarbnik"));
    let seen = Signatures::of(&two);
    let named: Vec<(&str, usize)> = seen.found.iter().map(|s| (s.signer.as_str(), s.appended)).collect();
    assert_eq!(named, [("Anna Prezes", two.len() - one.len()), ("Jan Skarbnik", 0)]);
    assert!(seen.found.iter().all(PdfSignature::holds));
    assert_eq!(seen.uncovered, 0);

    let longer = [two.as_slice(), b"1 0 obj << >> endobj\n"].concat();
    let seen = Signatures::of(&longer);
    assert_eq!((seen.found.len(), seen.uncovered), (2, 21));
    assert!(seen.found.iter().all(PdfSignature::holds));
}

#[test]
fn a_seal_a_trusted_signature_and_a_timestamp_are_told_apart() {
    let told = |who, how| {
        let read = only(&sign_with(PDF, who, how));
        (read.kind, read.signer, read.identifier)
    };
    let of = |kind, name: &str| (kind, name.to_owned(), String::new());
    assert_eq!(told(seal("Fundacja Promyk", "Fundacja Promyk"), USUAL), of(SignatureKind::Seal, "Fundacja Promyk"));
    let minister = seal("Minister do spraw informatyzacji - pieczęć podpisu zaufanego", "Ministerstwo Cyfryzacji");
    let wide: String = "w imieniu: ANNA ŻÓŁĆ, PESEL: 90010112345".encode_utf16().map(|u| format!("{u:04X}")).collect();
    let reason = format!("/Reason <FEFF{wide}>");
    let trusted = of(SignatureKind::Trusted, "ANNA ŻÓŁĆ");
    assert_eq!(told(minister, How { entries: &reason, ..USUAL }), trusted);
    let plain = "/Reason (Opatrzono pieczęcią \\(ministra\\) w imieniu: ANNA ŻÓŁĆ, PZ ID: anna)";
    assert_eq!(told(minister, How { entries: plain, ..USUAL }), trusted);
    assert_eq!(told(minister, USUAL), of(SignatureKind::Trusted, ""));
    let stamp = How { kind: "ETSI.RFC3161", ..USUAL };
    let read = only(&sign_with(PDF, seal("Zegar Testowy", "Firma"), stamp));
    assert_eq!((read.kind, read.content), (SignatureKind::Timestamp, ContentCheck::NotChecked));
}

#[test]
fn marks_that_lead_nowhere_are_counted_and_no_more() {
    let unreadable = |pdf: &[u8]| {
        let seen = Signatures::of(pdf);
        assert!(seen.found.is_empty(), "{seen:?}");
        seen.unreadable
    };
    assert!(Signatures::of(PDF).is_empty());
    for pdf in [
        "%PDF-1.7 /ByteRange",
        "%PDF-1.7 /ByteRange [0 1 2 3]",
        "%PDF-1.7 /ByteRange [1 2 3 4 5]",
        "%PDF-1.7 /ByteRange [0 9 99999999999999999999 1]",
        "%PDF-1.7 /ByteRange [0 18446744073709551615 18446744073709551615 18446744073709551615]",
        "%PDF-1.7 /ByteRange [-1 2 3 4]",
        "%PDF-1.7 /ByteRange [0 37 41 0] /Contents <00>",
        "%PDF-1.7 /ByteRange [0 45 47 0] /Contents <00>",
    ] {
        assert_eq!(unreadable(pdf.as_bytes()), 1, "{pdf}");
    }
    assert_eq!(unreadable(&b"/ByteRange [0 1 2 3]".repeat(100_000)), 64);
    let moved = sign(PDF, person("Anna", "Prezes"));
    assert_eq!(unreadable(&moved[1..]), 1, "the gap is elsewhere");
    // Nested without end.
    let deep = (0..3000).fold(Vec::new(), |inside: Vec<u8>, _| element(0x30, &[&inside]));
    let open = [0x30_u8, 0x80].repeat(3000);
    for message in [deep, open] {
        assert_eq!(unreadable(&around(&message)), 1);
    }
}

/// A file whose only signature is these bytes.
fn around(message: &[u8]) -> Vec<u8> {
    let digits: String = message.iter().map(|b| format!("{b:02x}")).collect();
    let head = |gap: usize| format!("%PDF-1.7 /SubFilter /ETSI.CAdES.detached /ByteRange [0 99 {gap:08} 1] ");
    let head = format!("{:<99}", head(99 + digits.len() + 2));
    format!("{head}<{digits}>\n").into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_bytes_do_harm(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let seen = Signatures::of(&[b"%PDF-1.7 /ByteRange [0 5 ", bytes.as_slice()].concat());
        prop_assert!(seen.found.is_empty());
        let seen = Signatures::of(&around(&bytes));
        prop_assert!(seen.found.is_empty());
    }

    #[test]
    fn no_change_of_a_signed_file_does_harm(
        changes in prop::collection::vec((0..10_000_usize, any::<u8>()), 1..6),
        cut in 0..10_000_usize,
    ) {
        let mut signed = sign_with(PDF, person("Anna", "Prezes"), How { pen: Pen::Rsa, ..USUAL });
        for (at, byte) in changes {
            let at = at % signed.len();
            signed[at] = byte;
        }
        let seen = Signatures::of(&signed);
        prop_assert!(seen.found.len() + seen.unreadable <= 2);
        let cut = cut % signed.len();
        prop_assert!(Signatures::of(&signed[..cut]).found.is_empty());
    }

    #[test]
    fn a_changed_message_is_one_signature_or_none(at in 0..1200_usize, byte in any::<u8>()) {
        let signed = sign(PDF, person("Anna", "Prezes"));
        let start = signed.windows(11).position(|w| w == b"/Contents <").unwrap() + 11;
        let mut changed = signed.clone();
        let digits = format!("{byte:02X}");
        changed[start + 2 * at..start + 2 * at + 2].copy_from_slice(digits.as_bytes());
        let seen = Signatures::of(&changed);
        prop_assert!(seen.found.len() + seen.unreadable == 1);
    }
}
