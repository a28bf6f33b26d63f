//! The signers of a CMS message (RFC 5652) as a PDF carries it: what they signed, with what, and when.

use der::asn1::ObjectIdentifier;

use super::asn1::{Element, INTEGER, OCTETS, PLAIN_0, SEQUENCE, SET, UNDER_0, first};
use super::certificate::Certificate;
use crate::law::Instant;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.5");
/// Most signers of one message; a PDF should have one in each.
const MOST: usize = 4;

pub(super) struct Signer<'a> {
    pub certificate: Certificate<'a>,
    pub digest: ObjectIdentifier,
    pub method: ObjectIdentifier,
    pub signature: &'a [u8],
    /// What the signature is made over, as it stands in the message.
    pub attributes: Option<Element<'a>>,
    pub message_digest: Option<&'a [u8]>,
    pub signed_at: Option<Instant>,
}

/// Everyone who signed; nothing when the message cannot be read or a signer's certificate is not in it.
pub(super) fn signers(message: &[u8]) -> Option<Vec<Signer<'_>>> {
    let mut info = first(message)?.0.inside(SEQUENCE)?;
    if info.next()?.oid() != Some(SIGNED_DATA) {
        return None;
    }
    let parts: Vec<Element<'_>> = info.next()?.inside(UNDER_0)?.next()?.inside(SEQUENCE)?.collect();
    let kept = parts.iter().find(|part| part.kind == UNDER_0)?.inside(UNDER_0)?;
    let certificates: Vec<Element<'_>> = kept.collect();
    let found: Vec<Signer<'_>> =
        parts.last()?.inside(SET)?.take(MOST).map(|one| signer(one, &certificates)).collect::<Option<_>>()?;
    (!found.is_empty()).then_some(found)
}

fn signer<'a>(info: Element<'a>, certificates: &[Element<'a>]) -> Option<Signer<'a>> {
    let mut parts = info.inside(SEQUENCE)?.peekable();
    parts.next()?.of(INTEGER)?;
    let by = parts.next().filter(|by| [SEQUENCE, PLAIN_0, UNDER_0].contains(&by.kind))?;
    let digest = parts.next()?.inside(SEQUENCE)?.next()?.oid()?;
    let attributes = parts.next_if(|part| part.kind == UNDER_0);
    let method = parts.next()?.inside(SEQUENCE)?.next()?.oid()?;
    let signature = parts.next()?.of(OCTETS)?;
    let certificate = certificates.iter().filter_map(|one| Certificate::read(*one)).find(|one| one.is_named(by))?;
    Some(Signer {
        certificate,
        digest,
        method,
        signature,
        attributes,
        message_digest: attributes.and_then(|all| attribute(all, MESSAGE_DIGEST)?.of(OCTETS)),
        signed_at: attributes.and_then(|all| attribute(all, SIGNING_TIME)?.time()),
    })
}

/// The first value of an attribute.
fn attribute<'a>(all: Element<'a>, wanted: ObjectIdentifier) -> Option<Element<'a>> {
    for attribute in all.inside(UNDER_0)? {
        let mut attribute = attribute.inside(SEQUENCE)?;
        if attribute.next()?.oid() == Some(wanted) {
            return attribute.next()?.inside(SET)?.next();
        }
    }
    None
}
