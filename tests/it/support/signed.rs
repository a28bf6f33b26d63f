//! Signs a PDF as the programs of people do (PAdES): a certificate of one's own making, a CMS message, and the
//! dictionary with its gap at the end of the file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use der::asn1::ObjectIdentifier;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaKeyPair,
};
use sha2::{Digest as _, Sha256};

/// Digits of the gap that holds the signature.
const GAP: usize = 8192;

/// Whose certificate it is; an empty field is left out.
#[derive(Clone, Copy)]
pub struct Who<'a> {
    pub given: &'a str,
    pub surname: &'a str,
    pub common_name: &'a str,
    pub organisation: &'a str,
    pub number: &'a str,
    /// `YYMMDDhhmmssZ`
    pub from: &'a str,
    pub to: &'a str,
}

/// A person with a certificate that is good through 2026.
pub fn person<'a>(given: &'a str, surname: &'a str) -> Who<'a> {
    let number = "PNOPL-90010112345";
    let (from, to) = ("250101000000Z", "270101000000Z");
    Who { given, surname, common_name: "", organisation: "", number, from, to }
}

pub fn seal<'a>(common_name: &'a str, organisation: &'a str) -> Who<'a> {
    Who { common_name, organisation, number: "", ..person("", "") }
}

/// How a signature is made.
#[derive(Clone, Copy)]
pub struct How<'a> {
    pub pen: Pen,
    /// `/SubFilter`.
    pub kind: &'a str,
    /// Entries of the dictionary beside those that must be there.
    pub entries: &'a str,
    /// The attribute with the time, `YYMMDDhhmmssZ`; none when empty.
    pub at: &'a str,
    /// The open lengths of BER around the message.
    pub open: bool,
    /// Names the certificate by its key instead of issuer and number.
    pub by_key: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Pen {
    P256,
    Rsa,
    RsaPss,
}

pub const USUAL: How<'static> = How {
    pen: Pen::P256,
    kind: "ETSI.CAdES.detached",
    entries: "/M (D:20261123113000+01'00')",
    at: "",
    open: false,
    by_key: false,
};

/// The file with a signature after everything that is in it.
pub fn sign(pdf: &[u8], who: Who<'_>) -> Vec<u8> {
    sign_with(pdf, who, USUAL)
}

pub fn sign_with(pdf: &[u8], who: Who<'_>, how: How<'_>) -> Vec<u8> {
    let head = format!("\n900 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /{} {}", how.kind, how.entries);
    let range = |a: usize, b: usize, c: usize| format!(" /ByteRange [0 {a:010} {b:010} {c:010}] /Contents ");
    let tail = " >>\nendobj\n%%EOF\n";
    let first = pdf.len() + head.len() + range(0, 0, 0).len();
    let next = first + GAP + 2;
    let before = [pdf, head.as_bytes(), range(first, next, tail.len()).as_bytes()].concat();
    let digest = Sha256::new().chain_update(&before).chain_update(tail).finalize();
    let mut digits: String = message(&digest, who, how).iter().map(|b| format!("{b:02X}")).collect();
    assert!(digits.len() <= GAP, "the gap is too small: {}", digits.len());
    digits.extend(std::iter::repeat_n('0', GAP - digits.len()));
    [&before, b"<".as_slice(), digits.as_bytes(), b">", tail.as_bytes()].concat()
}

/// An element: its first byte and its parts one after another.
pub fn element(kind: u8, parts: &[&[u8]]) -> Vec<u8> {
    let inside = parts.concat();
    let mut out = vec![kind];
    match inside.len() {
        short @ 0..128 => out.push(u8::try_from(short).unwrap()),
        long => {
            let bytes: Vec<u8> = long.to_be_bytes().into_iter().skip_while(|b| *b == 0).collect();
            out.push(0x80 | u8::try_from(bytes.len()).unwrap());
            out.extend(bytes);
        }
    }
    out.extend(inside);
    out
}

/// The same with an end mark instead of a length.
fn open(kind: u8, parts: &[&[u8]]) -> Vec<u8> {
    [&[kind, 0x80][..], &parts.concat(), &[0, 0]].concat()
}

fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(0x30, parts)
}

fn oid(dotted: &str) -> Vec<u8> {
    element(0x06, &[ObjectIdentifier::new(dotted).unwrap().as_bytes()])
}

fn field(kind: &str, text: &str) -> Vec<u8> {
    if text.is_empty() {
        return Vec::new();
    }
    element(0x31, &[&sequence(&[&oid(kind), &element(0x0C, &[text.as_bytes()])])])
}

enum Pair {
    Ec(EcdsaKeyPair),
    Rsa(RsaKeyPair),
}

fn pair(pen: Pen) -> Pair {
    if pen == Pen::P256 {
        let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &SystemRandom::new()).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, made.as_ref(), &SystemRandom::new());
        return Pair::Ec(pair.unwrap());
    }
    Pair::Rsa(RsaKeyPair::from_pkcs8(&STANDARD.decode(RSA.replace('\n', "")).unwrap()).unwrap())
}

const KEY_NAME: &[u8] = b"key";
const SERIAL: [u8; 3] = [0x02, 0x01, 0x2A];

fn issuer() -> Vec<u8> {
    sequence(&[&field("2.5.4.10", "Firma Testowa S.A."), &field("2.5.4.3", "Centrum Testowe 2025")])
}

fn certificate(who: Who<'_>, pair: &Pair) -> Vec<u8> {
    let subject = sequence(&[
        &field("2.5.4.42", who.given),
        &field("2.5.4.4", who.surname),
        &field("2.5.4.3", who.common_name),
        &field("2.5.4.10", who.organisation),
        &field("2.5.4.5", who.number),
    ]);
    let validity = sequence(&[&element(0x17, &[who.from.as_bytes()]), &element(0x17, &[who.to.as_bytes()])]);
    let (kind, key) = match pair {
        Pair::Ec(pair) => {
            let kind = sequence(&[&oid("1.2.840.10045.2.1"), &oid("1.2.840.10045.3.1.7")]);
            (kind, pair.public_key().as_ref().to_vec())
        }
        Pair::Rsa(pair) => (sequence(&[&oid("1.2.840.113549.1.1.1"), &[5, 0]]), pair.public_key().as_ref().to_vec()),
    };
    let name = element(0x04, &[&element(0x04, &[KEY_NAME])]);
    let body = sequence(&[
        &element(0xA0, &[&[2, 1, 2]]),
        &SERIAL,
        &sequence(&[&oid("1.2.840.10045.4.3.2")]),
        &issuer(),
        &validity,
        &subject,
        &sequence(&[&kind, &element(0x03, &[&[0], &key])]),
        &element(0xA3, &[&sequence(&[&sequence(&[&oid("2.5.29.14"), &name])])]),
    ]);
    // Nobody looks at who vouches for it.
    sequence(&[&body, &sequence(&[&oid("1.2.840.10045.4.3.2")]), &element(0x03, &[&[0, 0, 0]])])
}

fn message(digest: &[u8], who: Who<'_>, how: How<'_>) -> Vec<u8> {
    let pair = pair(how.pen);
    let sha256 = sequence(&[&oid("2.16.840.1.101.3.4.2.1")]);
    let attribute = |kind: &str, value: &[u8]| sequence(&[&oid(kind), &element(0x31, &[value])]);
    let mut attributes = attribute("1.2.840.113549.1.9.3", &oid("1.2.840.113549.1.7.1"));
    if !how.at.is_empty() {
        attributes.extend(attribute("1.2.840.113549.1.9.5", &element(0x17, &[how.at.as_bytes()])));
    }
    attributes.extend(attribute("1.2.840.113549.1.9.4", &element(0x04, &[digest])));
    let (method, signature) = made(&pair, how.pen, &element(0x31, &[&attributes]));
    let by = if how.by_key { element(0x80, &[KEY_NAME]) } else { sequence(&[&issuer(), &SERIAL]) };
    let info = sequence(&[
        &[2, 1, 1],
        &by,
        &sha256,
        &element(0xA0, &[&attributes]),
        &sequence(&[&oid(method)]),
        &element(0x04, &[&signature]),
    ]);
    let around = if how.open { open } else { element };
    let data = around(
        0x30,
        &[
            &[2, 1, 1],
            &element(0x31, &[&sha256]),
            &around(0x30, &[&oid("1.2.840.113549.1.7.1")]),
            &around(0xA0, &[&certificate(who, &pair)]),
            &element(0x31, &[&info]),
        ],
    );
    around(0x30, &[&oid("1.2.840.113549.1.7.2"), &around(0xA0, &[&data])])
}

fn made(pair: &Pair, pen: Pen, signed: &[u8]) -> (&'static str, Vec<u8>) {
    let random = SystemRandom::new();
    match pair {
        Pair::Ec(pair) => ("1.2.840.10045.4.3.2", pair.sign(&random, signed).unwrap().as_ref().to_vec()),
        Pair::Rsa(pair) => {
            let mut out = vec![0; pair.public().modulus_len()];
            let pss = pen == Pen::RsaPss;
            if pss {
                pair.sign(&RSA_PSS_SHA256, &random, signed, &mut out).unwrap();
            } else {
                pair.sign(&RSA_PKCS1_SHA256, &random, signed, &mut out).unwrap();
            }
            (if pss { "1.2.840.113549.1.1.10" } else { "1.2.840.113549.1.1.1" }, out)
        }
    }
}

/// A key made for these tests alone (PKCS #8).
const RSA: &str = "\
MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQCVMuumP9npOQMi2eLk101/9WaPSqyScSxB8GXQfElWBuEMrlV8
0g3KYRBEOI8XfgnuqQ3sfLem0RgxDIErTAPtiZDG2xQXG3ner78ySRruCTDYZBFblSsuZ1bBa7m/waAKoI4GB9pRMX5RqGe4R5y4
6SA0BTacDivvmbLrzK9WPTO1eMHO/rest5BosMbNzQUQD9rtwsYD5hQAZbAhuiMy8pCH3XP0JjL/xeMR4GXWmSOmWgezB1d9Fj82
OJtTows2ZudUkKxZTu+l3moJnytK41xrSZwD6Ueme6fvgnswgjyHto0XdNE1+ZeU8hY3JYYALAU4y7BhkiFaMg2YhseRAgMBAAEC
ggEACRZwFmZsPPxCgyRstrighACWuHf5bqANweRv0dTy2JZprc6OmXWSmSGeuTENZ4Zp+iCk9E3HwpWY2MqksYDwpPl3Q+LYj0HB
WL2Gsqbo84JuzbdmppfoPewrHh6UJ/3AuZ+m7ETH2PXf9lRWIPoyWGxRZanC9kVstVbneDJgTwB/2hWt5efivawS4k/ytl20b1Sy
nC7tpR7unV46tMkFB56FECH0n1jhlrf+oIzeK1UsnPvahK4jAi+4pZ0oEWGAJCTTK1Ak9B+dfX/UMC1YzSLr0X7LFhZ4ZepnVD10
Yg6l2toIZgomCd0ks7GWxftuzLuy5SMfoPBGXyzH7QuQQwKBgQDDoa0VikFviNMcHIxNvkG2qFE9rBgoE5fFTOoYOSJvIVrRBXHs
UFm4bnzeGV3cddra3RIjRfuhvhpk8RgAVZVJCsAfY2FiZ3xlr1JyZbjFIqLlS0IAfBRDHX7b9Z/Wx5S1A/vcSfX9io3XM1aVTsUr
Eorq7ynSFQkql40itEk9AwKBgQDDPTNn44ffaSI1chup+7C1Flfen87nmcGZiIkm/pM0aD29RApziWicEcxb2AnhrxxTOr3DyrWw
BIThCSU+Ry4UPPgRexQEHvSbRWWKd7YnEGxw0EaW7nWXf5rinaWXpaWtIJyFuTSkygKodc+4C4n6vhkCNM9XbXjxfn7Lwacy2wKB
gQDCdVsPJjaVH3R5ZQcx4ASCBB19KCt66r7aJ/Ip0eEghg835imvtM76PRlxy9U45w18sHLvDQlrZQPngp9Q9cFGsaD3klmi7ysA
CJ3ziJl5m0xAj+YzhSK+8/q9uhH/9LMkm6km933FYIxNdYKDN6FVh0D+9myjnrVV2P85l+uU8QKBgQCQBFoiHTXB+BRy5jw/1FhS
DCw/HRULxGCJ96xsJkfB1c8NCN7IwSh4T6y2ZxNK9dfoESGgBqylLYAzW4KsgOcdqKe4hViLfaYjzzoKvSmRgUzsnsYjWb1GRqui
1HUs+tTOc4riHW8Wy6jQSS8zbNeYLZfXB8uWizs2sH+pn6zNFwKBgQCpw3DZlcoVUiI1hI9EG/QQ4gN5W9SbIcxlfiJv5ql5uOAC
sO8Kzqr/TQ+kLN8+3//+5LN3jH+j/c8hsZbWQq9OeRaCSYLjZ4qOyizNy1m4QiBc+DMhF0mi+k85gUlt46fLKVIDbkJ/Hn251sX4
uPdMebdUljvkcmXRLO0Ne19PHQ==";
