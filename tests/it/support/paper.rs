//! Reads a printed page as a person does.

use std::io::Write as _;
use std::process::{Command, Stdio};

/// The words of a PDF in the order of its text, without the heads and footers of its pages.
pub fn pdf_text(bytes: &[u8]) -> String {
    assert!(bytes.starts_with(b"%PDF-"), "not a PDF");
    let mut child = Command::new("pdftotext")
        .args(["-raw", "-x", "0", "-y", "40", "-W", "595", "-H", "735", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext of poppler-utils");
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
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
