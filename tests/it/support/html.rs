//! Reads pages the way a person does: tags away, white space folded.

/// The visible text of some HTML.
pub fn text_of(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let Some(end) = rest[start..].find('>') else { break };
        let tag = &rest[start..start + end];
        if ![
            "<b", "<strong", "</strong", "<em", "</em", "<span", "</span", "<a", "</a", "<abbr", "</abbr", "<time",
            "</time",
        ]
        .iter()
        .any(|inline| tag.starts_with(inline) && !tag[inline.len()..].starts_with(|c: char| c.is_ascii_alphabetic()))
        {
            out.push(' ');
        }
        rest = &rest[start + end + 1..];
    }
    out.push_str(rest);
    let out = out
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&#x2F;", "/")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
        .replace(['\u{a0}', '\u{202f}'], " ");
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The part of a page inside `<main>`.
pub fn main_of(html: &str) -> &str {
    let Some(start) = html.find("<main") else { return html };
    let end = html.find("</main>").unwrap_or(html.len());
    &html[start..end]
}

/// The value of the first `attribute="…"` after `marker`.
pub fn attribute_after<'a>(html: &'a str, marker: &str, attribute: &str) -> Option<&'a str> {
    let from = html.find(marker)?;
    let key = format!("{attribute}=\"");
    let start = from + html[from..].find(&key)? + key.len();
    let end = start + html[start..].find('"')?;
    Some(&html[start..end])
}
