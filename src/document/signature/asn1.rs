//! The elements of ASN.1 as signatures carry them: DER, and the BER that older programs write.

use chrono::DateTime;
use der::asn1::{AnyRef, GeneralizedTime, ObjectIdentifier, UtcTime};
use der::{Decode as _, EncodingRules, Header, Reader as _, SliceReader, Tag};

use crate::law::Instant;

pub(super) const INTEGER: u8 = 0x02;
pub(super) const BITS: u8 = 0x03;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;
/// What stands under `[0]`, `[1]` and `[3]`, constructed.
pub(super) const UNDER_0: u8 = 0xA0;
pub(super) const UNDER_3: u8 = 0xA3;
/// `[0]` as plain bytes.
pub(super) const PLAIN_0: u8 = 0x80;
const OID: u8 = 0x06;
const UTC_TIME: u8 = 0x17;
const LONG_TIME: u8 = 0x18;
const WIDE_TEXT: u8 = 0x1E;
/// The length that is told by an end mark instead of a number.
const OPEN: u8 = 0x80;
/// Most elements beside each other: no certificate and no signature has so many.
const MOST: usize = 4096;

/// One element: its first byte, what it holds, and all of its bytes.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    pub kind: u8,
    pub value: &'a [u8],
    pub whole: &'a [u8],
}

/// The first element of `bytes` and what follows it.
pub(super) fn first(bytes: &[u8]) -> Option<(Element<'_>, &[u8])> {
    let mut reader = SliceReader::new_with_encoding_rules(bytes, EncodingRules::Ber).ok()?;
    let header = Header::decode(&mut reader).ok()?;
    let start = usize::try_from(reader.position()).ok()?;
    let length = usize::try_from(header.length()).ok()?;
    let (whole, rest) = bytes.split_at_checked(start.checked_add(length)?)?;
    let value = whole.get(start..)?;
    let open = whole.get(1) == Some(&OPEN);
    let value = if open { value.strip_suffix(&[0, 0])? } else { value };
    Some((Element { kind: *whole.first()?, value, whole }, rest))
}

/// All elements of `bytes`; nothing when one of them is broken.
pub(super) fn elements(bytes: &[u8]) -> Option<Vec<Element<'_>>> {
    let (mut out, mut rest) = (Vec::new(), bytes);
    while !rest.is_empty() {
        let (one, after) = first(rest)?;
        if out.len() == MOST {
            return None;
        }
        out.push(one);
        rest = after;
    }
    Some(out)
}

impl<'a> Element<'a> {
    /// What it holds, when it is of this kind.
    pub fn of(self, kind: u8) -> Option<&'a [u8]> {
        (self.kind == kind).then_some(self.value)
    }

    /// The elements inside, when it is of this kind.
    pub fn inside(self, kind: u8) -> Option<std::vec::IntoIter<Element<'a>>> {
        Some(elements(self.of(kind)?)?.into_iter())
    }

    pub fn oid(self) -> Option<ObjectIdentifier> {
        ObjectIdentifier::from_bytes(self.of(OID)?).ok()
    }

    /// Text in one of the alphabets of a certificate.
    pub fn text(self) -> String {
        if self.kind == WIDE_TEXT {
            let units: Vec<u16> =
                self.value.chunks_exact(2).filter_map(|c| c.try_into().ok()).map(u16::from_be_bytes).collect();
            return String::from_utf16_lossy(&units);
        }
        String::from_utf8_lossy(self.value).into_owned()
    }

    pub fn time(self) -> Option<Instant> {
        let since_1970 = match self.kind {
            UTC_TIME => AnyRef::new(Tag::UtcTime, self.value).ok()?.decode_as::<UtcTime>().ok()?.to_unix_duration(),
            LONG_TIME => AnyRef::new(Tag::GeneralizedTime, self.value)
                .ok()?
                .decode_as::<GeneralizedTime>()
                .ok()?
                .to_unix_duration(),
            _ => return None,
        };
        DateTime::from_timestamp(i64::try_from(since_1970.as_secs()).ok()?, 0)
    }
}
