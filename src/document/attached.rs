//! What a PDF of ours carries inside: the texts of its compressed streams. No PDF reader; whoever asks knows
//! the text to look for.

use std::io::Read as _;

/// Longest text that is unpacked, in bytes.
const MOST: u64 = 32 * 1024 * 1024;
const STREAM: &[u8] = b"stream";

/// Every compressed stream of `pdf` that is text.
#[must_use]
pub fn texts_inside(pdf: &[u8]) -> Vec<String> {
    let (mut out, mut rest) = (Vec::new(), pdf);
    while let Some(at) = rest.windows(STREAM.len()).position(|window| window == STREAM) {
        rest = rest.get(at + STREAM.len()..).unwrap_or_default();
        let body = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"));
        out.extend(body.and_then(unpacked));
    }
    out
}

fn unpacked(body: &[u8]) -> Option<String> {
    let mut text = String::new();
    flate2::read::ZlibDecoder::new(body).take(MOST).read_to_string(&mut text).ok()?;
    (!text.is_empty()).then_some(text)
}

/// JSON with every character beyond ASCII written as `\u…`: the same value in characters that every format
/// carries unchanged.
#[must_use]
pub fn ascii_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        let mut units = [0_u16; 2];
        for unit in c.encode_utf16(&mut units) {
            out.push_str(&format!("\\u{unit:04x}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn compressed_texts_are_found_among_other_bytes() {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        packed.write_all("{\"a\":1}".as_bytes()).unwrap();
        let mut pdf = b"%PDF-1.7\n1 0 obj << >>\nstream\n\xFF\xFEnot packed\nendstream\n2 0 obj\nstream\r\n".to_vec();
        pdf.extend(packed.finish().unwrap());
        pdf.extend(b"\nendstream");
        assert_eq!(texts_inside(&pdf), ["{\"a\":1}"]);
        assert!(texts_inside(b"%PDF-1.7 stream").is_empty());
    }

    #[test]
    fn ascii_json_is_the_same_value() {
        let json = "{\"tytuł\":\"zażółć 😀\"}";
        let plain = ascii_json(json);
        assert_eq!(plain, "{\"tytu\\u0142\":\"za\\u017c\\u00f3\\u0142\\u0107 \\ud83d\\ude00\"}");
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        assert_eq!(value(json), value(&plain));
    }
}
