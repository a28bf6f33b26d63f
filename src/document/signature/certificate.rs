//! What a certificate says: whose it is, who issued it, from when to when, and its key.

use der::asn1::ObjectIdentifier;

use super::asn1::{BITS, Element, INTEGER, OCTETS, SEQUENCE, SET, UNDER_0, UNDER_3, elements};
use super::words;
use crate::law::Instant;

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const SURNAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.4");
const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.5");
const ORGANISATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");
const GIVEN_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.42");
const KEY_ID: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");

pub(super) struct Certificate<'a> {
    serial: &'a [u8],
    issuer: Element<'a>,
    subject: Element<'a>,
    pub valid_from: Option<Instant>,
    pub valid_to: Option<Instant>,
    /// What the key is for, and on which curve.
    pub algorithm: ObjectIdentifier,
    pub curve: Option<ObjectIdentifier>,
    pub key: &'a [u8],
    key_id: Option<&'a [u8]>,
}

impl<'a> Certificate<'a> {
    pub fn read(whole: Element<'a>) -> Option<Certificate<'a>> {
        let mut parts = whole.inside(SEQUENCE)?.next()?.inside(SEQUENCE)?.peekable();
        parts.next_if(|version| version.kind == UNDER_0);
        let serial = parts.next()?.of(INTEGER)?;
        let (_, issuer, mut validity) = (parts.next()?, parts.next()?, parts.next()?.inside(SEQUENCE)?);
        let (subject, mut key) = (parts.next()?, parts.next()?.inside(SEQUENCE)?);
        let mut algorithm = key.next()?.inside(SEQUENCE)?;
        Some(Certificate {
            serial,
            issuer,
            subject,
            valid_from: validity.next().and_then(Element::time),
            valid_to: validity.next().and_then(Element::time),
            algorithm: algorithm.next()?.oid()?,
            curve: algorithm.next().and_then(Element::oid),
            key: key.next()?.of(BITS)?.strip_prefix(&[0])?,
            key_id: parts.find(|part| part.kind == UNDER_3).and_then(key_id),
        })
    }

    /// Whether a signer names this certificate: by issuer and number, or by its key.
    pub fn is_named(&self, by: Element<'_>) -> bool {
        match by.inside(SEQUENCE) {
            Some(mut named) => {
                let issuer = named.next().is_some_and(|issuer| issuer.whole == self.issuer.whole);
                issuer && named.next().and_then(|serial| serial.of(INTEGER)) == Some(self.serial)
            }
            None => self.key_id.is_some_and(|id| {
                id == by.value || elements(by.value).is_some_and(|e| e.iter().any(|e| e.value == id))
            }),
        }
    }

    /// Given name and surname as the certificate keeps them apart; nothing for a seal.
    pub fn person(&self) -> Option<String> {
        let (given, surname) = (self.of(GIVEN_NAME)?, self.of(SURNAME)?);
        Some(format!("{given} {surname}"))
    }

    /// The name that the owner goes by.
    pub fn common_name(&self) -> String {
        self.of(COMMON_NAME).or_else(|| self.organisation()).unwrap_or_default()
    }

    pub fn organisation(&self) -> Option<String> {
        self.of(ORGANISATION)
    }

    /// The owner's number, as it stands.
    pub fn number(&self) -> Option<String> {
        field(self.subject, SERIAL_NUMBER)
    }

    /// Who issued it: name and firm.
    pub fn issued_by(&self) -> String {
        let (name, firm) = (field(self.issuer, COMMON_NAME), field(self.issuer, ORGANISATION));
        match (name, firm) {
            (Some(name), Some(firm)) if name != firm => words::clean(&format!("{name}, {firm}")),
            (Some(one), _) | (None, Some(one)) => words::clean(&one),
            (None, None) => String::new(),
        }
    }

    fn of(&self, wanted: ObjectIdentifier) -> Option<String> {
        field(self.subject, wanted).map(|text| words::clean(&text)).filter(|text| !text.is_empty())
    }
}

/// One field of a name, which is a sequence of sets of pairs.
fn field(name: Element<'_>, wanted: ObjectIdentifier) -> Option<String> {
    for set in name.inside(SEQUENCE)? {
        for pair in set.inside(SET)? {
            let mut pair = pair.inside(SEQUENCE)?;
            if pair.next()?.oid() == Some(wanted) {
                return Some(pair.next()?.text());
            }
        }
    }
    None
}

fn key_id<'a>(extensions: Element<'a>) -> Option<&'a [u8]> {
    for extension in extensions.inside(UNDER_3)?.next()?.inside(SEQUENCE)? {
        let parts: Vec<Element<'a>> = extension.inside(SEQUENCE)?.collect();
        if parts.first()?.oid() == Some(KEY_ID) {
            return elements(parts.last()?.of(OCTETS)?)?.first()?.of(OCTETS);
        }
    }
    None
}
