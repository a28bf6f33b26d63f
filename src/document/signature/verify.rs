//! Two questions of arithmetic: does the digest fit the bytes, and does the signature fit the key.

use der::asn1::ObjectIdentifier;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA384_ASN1, ECDSA_P384_SHA256_ASN1, ECDSA_P384_SHA384_ASN1,
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, RSA_PSS_2048_8192_SHA256,
    RSA_PSS_2048_8192_SHA384, RSA_PSS_2048_8192_SHA512, UnparsedPublicKey, VerificationAlgorithm,
};
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::asn1::{INTEGER, SEQUENCE, SET, first};
use super::certificate::Certificate;
use super::cms::Signer;
use super::{ContentCheck, KeyCheck};

const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const RSA_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const RSA_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12");
const RSA_SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13");
const EC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const EC_SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const EC_SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
/// Shortest RSA key that is checked, in bytes of its modulus.
const SHORTEST: usize = 256;

/// Whether the bytes are those whose digest was signed.
pub(super) fn content(signer: &Signer<'_>, covered: [&[u8]; 2]) -> ContentCheck {
    let Some(said) = signer.message_digest else { return ContentCheck::NotChecked };
    let own = match signer.digest {
        SHA256 => digest::<Sha256>(covered),
        SHA384 => digest::<Sha384>(covered),
        SHA512 => digest::<Sha512>(covered),
        _ => return ContentCheck::NotChecked,
    };
    if own == said { ContentCheck::Unchanged } else { ContentCheck::Changed }
}

fn digest<D: Digest>(covered: [&[u8]; 2]) -> Vec<u8> {
    let mut digest = D::new();
    for part in covered {
        digest.update(part);
    }
    digest.finalize().to_vec()
}

/// Whether the signature was made with the key of the certificate.
pub(super) fn key(signer: &Signer<'_>) -> KeyCheck {
    let (Some(attributes), Some(algorithm)) = (signer.attributes, algorithm(signer)) else {
        return KeyCheck::NotChecked;
    };
    // Signed as a set, whatever it is called inside the message.
    let mut signed = attributes.whole.to_vec();
    if let Some(kind) = signed.first_mut() {
        *kind = SET;
    }
    match UnparsedPublicKey::new(algorithm, signer.certificate.key).verify(&signed, signer.signature) {
        Ok(()) => KeyCheck::Fits,
        // A salt of another length is sound too, and not known here.
        Err(_) if signer.method == RSA_PSS => KeyCheck::NotChecked,
        Err(_) => KeyCheck::DoesNotFit,
    }
}

fn algorithm(signer: &Signer<'_>) -> Option<&'static dyn VerificationAlgorithm> {
    let certificate = &signer.certificate;
    let found: &'static dyn VerificationAlgorithm = match (signer.method, signer.digest, certificate.curve) {
        (RSA, SHA256, _) | (RSA_SHA256, SHA256, _) => &RSA_PKCS1_2048_8192_SHA256,
        (RSA, SHA384, _) | (RSA_SHA384, SHA384, _) => &RSA_PKCS1_2048_8192_SHA384,
        (RSA, SHA512, _) | (RSA_SHA512, SHA512, _) => &RSA_PKCS1_2048_8192_SHA512,
        (RSA_PSS, SHA256, _) => &RSA_PSS_2048_8192_SHA256,
        (RSA_PSS, SHA384, _) => &RSA_PSS_2048_8192_SHA384,
        (RSA_PSS, SHA512, _) => &RSA_PSS_2048_8192_SHA512,
        (EC_SHA256, _, Some(P256)) => &ECDSA_P256_SHA256_ASN1,
        (EC_SHA384, _, Some(P256)) => &ECDSA_P256_SHA384_ASN1,
        (EC_SHA256, _, Some(P384)) => &ECDSA_P384_SHA256_ASN1,
        (EC_SHA384, _, Some(P384)) => &ECDSA_P384_SHA384_ASN1,
        _ => return None,
    };
    (certificate.algorithm == EC_KEY || long_enough(certificate)).then_some(found)
}

fn long_enough(certificate: &Certificate<'_>) -> bool {
    let modulus = first(certificate.key).and_then(|(key, _)| key.inside(SEQUENCE)?.next()?.of(INTEGER));
    modulus.is_some_and(|bytes| bytes.strip_prefix(&[0]).unwrap_or(bytes).len() >= SHORTEST)
}
