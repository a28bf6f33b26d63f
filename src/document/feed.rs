//! Atom feeds (RFC 4287), written by hand: a feed of short texts is a page of code.

use chrono::SecondsFormat;

use crate::law::Instant;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedEntry {
    /// The same for ever, see [`urn`].
    pub id: String,
    pub title: String,
    pub url: String,
    pub published: Instant,
    pub updated: Instant,
    /// What happened, in a word.
    pub category: &'static str,
    pub summary: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    pub id: String,
    pub title: String,
    pub author: String,
    /// The address of the feed itself, and of the page it tells about.
    pub url: String,
    pub page: String,
    pub entries: Vec<FeedEntry>,
}

/// `urn:uuid:…` of something that has no id of its own; the same name gives the same one for ever.
#[must_use]
pub fn urn(name: &str) -> String {
    use sha2::{Digest as _, Sha256};
    let mut bytes = [0_u8; 16];
    bytes.iter_mut().zip(Sha256::digest(name.as_bytes())).for_each(|(to, from)| *to = from);
    format!("urn:uuid:{}", uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

impl Feed {
    /// The feed was updated when its newest entry was; without one it never was.
    #[must_use]
    pub fn atom(&self) -> String {
        let updated = self.entries.iter().map(|e| e.updated).max().unwrap_or(Instant::UNIX_EPOCH);
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        out.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"pl\">\n");
        element(&mut out, "id", &self.id);
        element(&mut out, "title", &self.title);
        element(&mut out, "updated", &time(updated));
        link(&mut out, "self", "application/atom+xml", &self.url);
        link(&mut out, "alternate", "text/html", &self.page);
        out.push_str("<author>");
        element(&mut out, "name", &self.author);
        out.push_str("</author>\n");
        self.entries.iter().for_each(|entry| entry.put_into(&mut out));
        out.push_str("</feed>\n");
        out
    }
}

impl FeedEntry {
    fn put_into(&self, out: &mut String) {
        out.push_str("<entry>\n");
        element(out, "id", &self.id);
        element(out, "title", &self.title);
        element(out, "published", &time(self.published));
        element(out, "updated", &time(self.updated));
        link(out, "alternate", "text/html", &self.url);
        out.push_str(&format!("<category term=\"{}\"/>\n", escaped(self.category)));
        element(out, "summary", &self.summary);
        out.push_str("</entry>\n");
    }
}

fn element(out: &mut String, name: &str, text: &str) {
    out.push_str(&format!("<{name}>{}</{name}>\n", escaped(text)));
}

fn link(out: &mut String, rel: &str, kind: &str, href: &str) {
    out.push_str(&format!("<link rel=\"{rel}\" type=\"{kind}\" href=\"{}\"/>\n", escaped(href)));
}

fn time(at: Instant) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Text for XML: markup escaped, characters that XML forbids left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_give_ids_that_stay() {
        assert_eq!(urn("a"), urn("a"));
        assert_ne!(urn("a"), urn("b"));
        assert!(urn("a").starts_with("urn:uuid:") && urn("a").len() == 45, "{}", urn("a"));
        assert_eq!(escaped("a & <b> \"c\"\u{0}"), "a &amp; &lt;b&gt; &quot;c&quot;");
    }
}
