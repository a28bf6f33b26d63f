//! Texts of people, made fit for a format that cannot carry every character.

/// The longest text of a cell, in UTF-16 units; Excel refuses more.
const CELL_MOST: usize = 32_767;
const CUT: &str = "… [tekst skrócono]";

/// Characters that the embedded text font draws. A test renders them all, so a wrong range fails there.
/// Anything else is printed as its code point: PDF/A has no place for a character without a glyph, and an offer
/// must not fail to print because of one.
const DRAWN: &[(char, char)] = &[
    (' ', '~'),
    ('\u{A0}', '\u{241}'),
    ('\u{250}', '\u{2E4}'),
    ('\u{300}', '\u{34E}'),
    ('\u{384}', '\u{38A}'),
    ('\u{38E}', '\u{3A1}'),
    ('\u{3A3}', '\u{3CE}'),
    ('\u{400}', '\u{45F}'),
    ('\u{490}', '\u{4C4}'),
    ('\u{1E00}', '\u{1E9B}'),
    ('\u{1EA0}', '\u{1EF9}'),
    ('\u{2000}', '\u{200A}'),
    ('\u{2010}', '\u{2027}'),
    ('\u{202F}', '\u{2037}'),
    ('\u{2039}', '\u{203E}'),
    ('\u{2070}', '\u{2071}'),
    ('\u{2074}', '\u{208E}'),
    ('€', '€'),
    ('№', '№'),
    ('™', '™'),
    ('\u{2153}', '\u{2184}'),
    ('\u{2190}', '\u{2199}'),
    ('−', '−'),
    ('≈', '≈'),
    ('≠', '≠'),
    ('≤', '≥'),
    ('■', '□'),
    ('●', '●'),
    ('\u{FFFD}', '\u{FFFD}'),
];

/// A text for the printed page: line ends unified, invisible joiners dropped, a character that the font does not draw
/// written as `[U+1F600]`, direction overrides and control characters too, so that nothing is hidden.
pub fn for_print(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' => out.push('\n'),
            '\t' => out.push(' '),
            '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{FE0F}' => {}
            c if drawn(c) => out.push(c),
            c => out.push_str(&format!("[U+{:04X}]", u32::from(c))),
        }
    }
    out
}

fn drawn(c: char) -> bool {
    DRAWN.iter().any(|(from, to)| (*from..=*to).contains(&c))
}

/// A text for a cell: no control characters but line ends, none that XML forbids, at most Excel's length.
pub fn for_sheet(text: &str) -> String {
    let clean: String = text
        .replace("\r\n", "\n")
        .chars()
        .map(|c| if c == '\t' { ' ' } else { c })
        .filter(|c| *c == '\n' || !(c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}')))
        .collect();
    if clean.encode_utf16().count() <= CELL_MOST {
        return clean;
    }
    let room = CELL_MOST.saturating_sub(CUT.encode_utf16().count());
    let mut used = 0_usize;
    let kept = clean.chars().take_while(|c| {
        used = used.saturating_add(c.len_utf16());
        used <= room
    });
    kept.chain(CUT.chars()).collect()
}

/// Every character that [`for_print`] lets through.
#[cfg(test)]
pub fn all_drawn() -> String {
    DRAWN.iter().flat_map(|(from, to)| *from..=*to).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn print_shows_what_it_cannot_draw() {
        assert_eq!(for_print("Zażółć gęślą jaźń – „tak” 5 €"), "Zażółć gęślą jaźń – „tak” 5 €");
        assert_eq!(for_print("a😀b\u{0}c\u{202E}d\u{200B}e"), "a[U+1F600]b[U+0000]c[U+202E]de");
        assert_eq!(for_print("a\r\nb\rc\td"), "a\nb\nc d");
    }

    #[test]
    fn a_cell_keeps_line_ends_only() {
        assert_eq!(for_sheet("a\u{0}\u{1b}\r\nb\tc"), "a\nb c");
        let long = for_sheet(&"ł".repeat(40_000));
        assert_eq!(long.encode_utf16().count(), CELL_MOST);
        assert!(long.ends_with(CUT));
    }
}
