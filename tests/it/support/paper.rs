//! Reads a printed page as a person does.

use std::io::Write as _;
use std::process::{Command, Stdio};

fn pdftotext(bytes: &[u8], how: &[&str]) -> String {
    assert!(bytes.starts_with(b"%PDF-"), "not a PDF");
    let mut child = Command::new("pdftotext")
        .args(how)
        .args(["-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext of poppler-utils");
    let mut into = child.stdin.take().unwrap();
    let bytes = bytes.to_vec();
    // It may write before it has read everything.
    let writing = std::thread::spawn(move || into.write_all(&bytes).unwrap());
    let out = child.wait_with_output().unwrap().stdout;
    writing.join().unwrap();
    String::from_utf8(out).unwrap()
}

/// The words of a PDF in the order of its text, without the heads and footers of its pages.
pub fn pdf_text(bytes: &[u8]) -> String {
    pdftotext(bytes, &["-raw", "-x", "0", "-y", "40", "-W", "842", "-H", "735"])
}

/// The words of each page, as [`pdf_text`] reads them.
pub fn pdf_pages(bytes: &[u8]) -> Vec<String> {
    let text = pdf_text(bytes);
    text.split('\u{c}').filter(|page| !page.trim().is_empty()).map(str::to_owned).collect()
}

/// A word where it stands, in points from the left and the top of its page.
#[derive(Debug)]
pub struct Word {
    pub page: usize,
    /// Of its page.
    pub width: f64,
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub text: String,
}

/// Every word of a PDF with its place.
pub fn pdf_words(bytes: &[u8]) -> Vec<Word> {
    let boxes = pdftotext(bytes, &["-bbox"]);
    let number = |line: &str, name: &str| -> f64 {
        let at = line.split_once(&format!("{name}=\"")).unwrap().1;
        at.split_once('"').unwrap().0.parse().unwrap()
    };
    let (mut page, mut width, mut out) = (0, 0.0, Vec::new());
    for line in boxes.lines().map(str::trim) {
        if line.starts_with("<page ") {
            (page, width) = (page + 1, number(line, "width"));
        } else if line.starts_with("<word ") {
            let text = line.split_once('>').unwrap().1.trim_end_matches("</word>").to_owned();
            let at = |name: &str| number(line, name);
            out.push(Word { page, width, left: at("xMin"), right: at("xMax"), top: at("yMin"), text });
        }
    }
    out
}

/// Letters and digits only: how a form breaks lines and hyphenates does not matter.
pub fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Asserts that a print says all of it, in this order.
pub fn says_in_order(text: &str, words: &[&str]) {
    let (text, mut from) = (bare(text), 0);
    for said in words {
        let at = text[from..].find(&bare(said));
        from += at.unwrap_or_else(|| panic!("„{said}” is missing or out of order in: {}", &text[from..]))
            + bare(said).len();
    }
}
