//! What a PDF of ours carries inside: the texts of its compressed streams. No PDF reader; whoever asks knows
//! the text to look for.

use std::io::Read as _;

/// How much is unpacked of one file, in bytes.
const MOST: u64 = 32 * 1024 * 1024;
/// How many streams of one file are looked at.
const MOST_STREAMS: usize = 10_000;
const STREAM: &[u8] = b"stream";
const END: &[u8] = b"endstream";

/// Every compressed stream of `pdf` that is text, up to a bound: the file may be anybody's. Each byte of it is unpacked
/// at most once, because a stream ends where the file says so and the next one begins after it; what comes out is
/// bounded by [`MOST`].
#[must_use]
pub fn texts_inside(pdf: &[u8]) -> Vec<String> {
    unpacked_texts(pdf).0
}

/// The texts, and how many bytes of the file were given to the decoder.
fn unpacked_texts(pdf: &[u8]) -> (Vec<String>, usize) {
    let (mut out, mut rest, mut left, mut read) = (Vec::new(), pdf, MOST, 0_usize);
    for _ in 0..MOST_STREAMS {
        let Some(at) = position(rest, STREAM) else { break };
        rest = rest.get(at + STREAM.len()..).unwrap_or_default();
        let body = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"));
        let Some(body) = body.filter(|body| is_packed(body)) else { continue };
        let (packed, after) = body.split_at_checked(position(body, END).unwrap_or(body.len())).unwrap_or((body, &[]));
        rest = after.strip_prefix(END).unwrap_or_default();
        read = read.saturating_add(packed.len());
        let mut bytes = Vec::new();
        let whole = flate2::read::ZlibDecoder::new(packed).take(left).read_to_end(&mut bytes).is_ok();
        left = left.saturating_sub(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        let text = Some(bytes).filter(|bytes| whole && !bytes.is_empty());
        out.extend(text.and_then(|bytes| String::from_utf8(bytes).ok()));
    }
    (out, read)
}

fn position(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

/// The two bytes that every packed stream begins with.
fn is_packed(body: &[u8]) -> bool {
    let head = body.first_chunk().map(|head| u16::from_be_bytes(*head));
    head.is_some_and(|head| (head >> 8) & 0x0F == 8 && head.is_multiple_of(31))
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
    fn a_file_of_bombs_costs_no_more_than_the_bound() {
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(&vec![b' '; 20 * 1024 * 1024]).unwrap();
        let bomb = [b"stream\n".as_slice(), &packed.finish().unwrap(), b"\nendstream"].concat();
        let sizes: Vec<usize> = texts_inside(&bomb.repeat(50)).iter().map(String::len).collect();
        assert_eq!(sizes, [20 * 1024 * 1024, 12 * 1024 * 1024]);
    }

    /// Empty stored blocks give nothing out, so only what goes in can be counted.
    #[test]
    fn many_marks_on_one_body_read_each_byte_once() {
        let empty: &[u8] = &[0, 0, 0, 0xFF, 0xFF];
        let one = [b"stream\n\x78\x01".as_slice(), &empty.repeat(200)].concat();
        for end in [&b""[..], b"\nendstream\n"] {
            let pdf = [one.as_slice(), end].concat().repeat(2_600);
            let (texts, read) = unpacked_texts(&pdf);
            assert!(texts.is_empty() && read <= pdf.len(), "{read} of {}", pdf.len());
        }
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
